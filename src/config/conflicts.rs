//! Service members, including tags, that ECS rejects because of their value or in combination.

use std::collections::HashMap;

use super::typed_values;
use crate::diagnostic::{Problem, Problems, Span};
use crate::model::{Entry, Node, NodeKind};

/// Checks the members of CreateService that the file sets; null ones count as not set. `name` is the
/// service's name.
pub(super) fn check(fields: &Node, name: &str, problems: &mut Problems) {
    if let Some(count) = typed_values::present(fields, "desiredCount") {
        check_count(count, problems);
        refuse_count_of_daemon(count, fields, name, problems);
    }
    refuse_daemon_on_fargate(fields, name, problems);
    check_capacity(fields, &format!("service {name}"), problems);
}

fn check_count(count: &Entry, problems: &mut Problems) {
    let NodeKind::Number(number, source) = &count.value.kind else {
        return;
    };
    if number.as_i64().is_some_and(|number| number < 0) {
        let message = format!("`desiredCount` must be at least 0, not {source}");
        problems.push(Problem::error("out-of-range", message, count.value.span).label("at least 0"));
    }
}

/// Reports a desired count on a daemon service.
/// A daemon runs one task on each instance (ECS API, CreateService, `schedulingStrategy`). With any count
/// AWS rejects it: "The daemon scheduling strategy does not support a desired count for services"
/// (InvalidParameterException of CreateService and UpdateService: aws/aws-cdk issue 1197, kayac/ecspresso
/// pull request 20, fabfuel/ecs-deploy issue 59).
fn refuse_count_of_daemon(count: &Entry, fields: &Node, name: &str, problems: &mut Problems) {
    let strategy = fields.entry("schedulingStrategy");
    if let Some(strategy) = strategy.filter(|strategy| strategy.value.as_str() == Some("DAEMON")) {
        let message = format!("service {name} is a DAEMON and has a `desiredCount`");
        problems.push(
            Problem::error("daemon-count", message, count.key_span)
                .label("a daemon runs one task per instance: remove `desiredCount`")
                .other(strategy.key_span, "a daemon here"),
        );
    }
}

/// Reports a daemon service on Fargate: "Tasks using the Fargate launch type […] don't support the DAEMON
/// scheduling strategy" (ECS API, CreateService, `schedulingStrategy`).
fn refuse_daemon_on_fargate(fields: &Node, name: &str, problems: &mut Problems) {
    let entry = |key: &str, value: &str| {
        let entry = fields.entry(key);
        entry.filter(|entry| entry.value.as_str() == Some(value))
    };
    let (daemon, fargate) = (
        entry("schedulingStrategy", "DAEMON"),
        entry("launchType", "FARGATE"),
    );
    if let (Some(daemon), Some(fargate)) = (daemon, fargate) {
        let message = format!("service {name} is a DAEMON, which Fargate does not support");
        problems.push(
            Problem::error("daemon-on-fargate", message, fargate.value.span)
                .label("write `launchType: EC2`")
                .other(daemon.value.span, "a daemon here"),
        );
    }
}

/// Reports `launchType` next to a capacity provider strategy, where it must be omitted
/// (ECS API, CreateService and RunTask, `capacityProviderStrategy`). `whose` names the service or the job.
pub(super) fn check_capacity(fields: &Node, whose: &str, problems: &mut Problems) {
    let launch_type = typed_values::present(fields, "launchType");
    let strategy = typed_values::present(fields, "capacityProviderStrategy");
    let (Some(launch_type), Some(strategy)) = (launch_type, strategy) else {
        return;
    };
    if strategy.value.items().is_some_and(<[Node]>::is_empty) {
        return;
    }
    let message = format!("{whose} has both `launchType` and `capacityProviderStrategy`");
    problems.push(
        Problem::error("launch-type-and-strategy", message, launch_type.key_span)
            .label("one of them")
            .other(strategy.key_span, "and the other")
            .hint("remove one of the two"),
    );
}

/// Checks that tag keys are unique and that none begins with `aws:`, in any case (ECS API, Tag).
pub(super) fn check_tags(node: &Node, problems: &mut Problems) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    let tags = node.get("tags").and_then(Node::items).unwrap_or_default();
    for key in tags.iter().filter_map(|tag| tag.get("key")) {
        let Some(text) = key.as_str() else { continue };
        if text
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case("aws:"))
        {
            let message = format!("invalid tag key `{text}`");
            problems.push(Problem::error("tag-key", message, key.span).label("`aws:` is reserved for AWS"));
        }
        match seen.get(text) {
            Some(first) => problems.push(
                Problem::error("duplicate-name", format!("duplicate tag `{text}`"), key.span)
                    .label("again here")
                    .other(*first, "first here"),
            ),
            None => {
                seen.insert(text, key.span);
            }
        }
    }
}
