//! Service members that ECS rejects, or that can never be deployed, because of other members of the
//! service or of its task definition.

use super::typed_values::{self, is_true};
use crate::diagnostic::{Problem, Problems};
use crate::model::{Entry, Node, NodeKind};

/// Members of CreateService, in any structure, that take an ARN and not a name (ECS API, the members'
/// descriptions).
const ARNS: [(&str, &str); 6] = [
    ("targetGroupArn", "the target group"),
    ("alternateTargetGroupArn", "the target group"),
    ("productionListenerRule", "the listener rule"),
    ("testListenerRule", "the listener rule"),
    ("registryArn", "the Cloud Map service"),
    ("hookTargetArn", "the Lambda function"),
];

/// Checks the members of CreateService that the file sets.
pub(super) fn check(fields: &Node, problems: &mut Problems) {
    check_arns(fields, problems);
    check_subnets(fields, problems);
    check_percentages(fields, problems);
    check_registries(fields, problems);
}

/// Checks what a service requires of the task definition that the file owns.
pub(super) fn check_with_definition(fields: &Node, definition: &Node, problems: &mut Problems) {
    check_execute_command(fields, definition, problems);
    check_grace_period(fields, definition, problems);
}

fn check_arns(node: &Node, problems: &mut Problems) {
    for entry in node.members() {
        if let Some((_, what)) = ARNS.iter().find(|(member, _)| *member == entry.key) {
            check_arn(entry, what, problems);
        }
        check_arns(&entry.value, problems);
    }
    for item in node.items().unwrap_or_default() {
        check_arns(item, problems);
    }
}

fn check_arn(entry: &Entry, what: &str, problems: &mut Problems) {
    let text = entry.value.as_str().map(str::trim);
    if let Some(text) = text.filter(|text| !text.is_empty() && !text.starts_with("arn:")) {
        let message = format!("`{}` takes an ARN, not `{text}`", entry.key);
        let problem = Problem::error("arn", message, entry.value.span);
        problems.push(problem.label(format!("write the ARN of {what}: arn:aws:…")));
    }
}

/// Checks that `subnets` is set: it is required (ECS API, AwsVpcConfiguration, `subnets`).
pub(super) fn check_subnets(fields: &Node, problems: &mut Problems) {
    let network = fields
        .get("networkConfiguration")
        .and_then(|it| it.get("awsvpcConfiguration"));
    let subnets = network.and_then(|it| it.entry("subnets"));
    if let Some(subnets) = subnets.filter(|it| it.value.items().is_some_and(<[Node]>::is_empty)) {
        let problem = Problem::error("no-subnets", "`subnets` is empty", subnets.value.span);
        problems.push(problem.label("name at least one subnet"));
    }
}

/// Reports a registry with a port of its own and a container's: "you must specify either a containerName and
/// containerPort combination or a port value. However, you can't specify both" (ECS API, ServiceRegistry, `port`).
fn check_registries(fields: &Node, problems: &mut Problems) {
    for registry in typed_values::items(fields, "serviceRegistries") {
        let port = typed_values::present(registry, "port");
        let container = ["containerName", "containerPort"];
        let container = container
            .iter()
            .find_map(|key| typed_values::present(registry, key));
        if let (Some(port), Some(container)) = (port, container) {
            let message = format!("a service registry has `port` or `{}`, not both", container.key);
            problems.push(
                Problem::error("registry-port", message, port.key_span)
                    .label("remove one of them")
                    .other(container.key_span, "the container's"),
            );
        }
    }
}

/// Reports percentages that leave no room for a rolling deployment.
fn check_percentages(fields: &Node, problems: &mut Problems) {
    let Some(configuration) = fields.get("deploymentConfiguration") else {
        return;
    };
    let strategy = configuration.text_of("strategy");
    let controller = fields
        .get("deploymentController")
        .and_then(|it| it.text_of("type"));
    if !matches!(strategy, None | Some("ROLLING")) || !matches!(controller, None | Some("ECS")) {
        return;
    }
    let maximum = typed_values::present(configuration, "maximumPercent");
    let Some((maximum, percent)) = maximum.and_then(|it| Some((it, number(&it.value)?))) else {
        return;
    };
    if percent > 100 {
        return;
    }
    // "The maximumPercent must be greater than 100" (aws/aws-cdk#32259).
    let rebalancing = fields.entry("availabilityZoneRebalancing");
    if let Some(rebalancing) = rebalancing.filter(|it| it.value.as_str() == Some("ENABLED")) {
        let message =
            format!("Availability Zone rebalancing needs `maximumPercent` above 100, not {percent}");
        problems.push(
            Problem::error("maximum-percent", message, maximum.value.span)
                .label("write `maximumPercent: 200`")
                .other(rebalancing.key_span, "enabled here"),
        );
    }
    let minimum = typed_values::present(configuration, "minimumHealthyPercent");
    if let Some(minimum) = minimum.filter(|it| number(&it.value).is_some_and(|it| it >= 100)) {
        // Developer Guide, "Amazon ECS service event messages": unable to stop or start tasks during a deployment.
        let message = "this deployment configuration lets ECS neither start nor stop a task";
        problems.push(
            Problem::error("no-room-to-deploy", message, maximum.value.span)
                .label("raise it, for example `maximumPercent: 200`")
                .other(minimum.value.span, "or lower this"),
        );
    }
}

/// Checks that ECS Exec has a task role, else: "a valid taskRoleArn is not being used"
/// (Amazon ECS Developer Guide, "Monitor Amazon ECS containers with ECS Exec").
fn check_execute_command(fields: &Node, definition: &Node, problems: &mut Problems) {
    let Some(enabled) = fields
        .entry("enableExecuteCommand")
        .filter(|it| is_true(&it.value))
    else {
        return;
    };
    let role = definition.entry("taskRoleArn");
    let is_empty = role.is_some_and(|it| it.value.as_str() == Some(""));
    if is_empty || typed_values::lacks(definition, "taskRoleArn", problems) {
        problems.push(
            Problem::error(
                "no-task-role",
                "`enableExecuteCommand` needs a task role",
                enabled.key_span,
            )
            .label("add `taskRoleArn:` to the task definition, with the ssmmessages permissions"),
        );
    }
}

/// Reports a grace period without a load balancer:
/// "Health check grace period is only valid for services configured to use load balancers"
/// (InvalidParameterException of CreateService: aws-cloudformation/cfn-lint#3612).
fn check_grace_period(fields: &Node, definition: &Node, problems: &mut Problems) {
    let grace = fields.entry("healthCheckGracePeriodSeconds");
    let Some(grace) = grace.filter(|it| number(&it.value).is_some_and(|seconds| seconds > 0)) else {
        return;
    };
    let has = |key: &str| {
        let value = fields.get(key);
        value.is_some_and(|it| !it.is_null() && !it.items().is_some_and(<[Node]>::is_empty))
    };
    let containers = typed_values::items(definition, "containerDefinitions");
    let has_check = containers
        .iter()
        .any(|it| typed_values::present(it, "healthCheck").is_some());
    if !has("loadBalancers") && !has("vpcLatticeConfigurations") && !has_check {
        problems.push(
            Problem::error(
                "grace-period",
                "a health check grace period without a load balancer or a health check",
                grace.key_span,
            )
            .label("remove it, or add `loadBalancers:`"),
        );
    }
}

fn number(value: &Node) -> Option<i64> {
    match &value.kind {
        NodeKind::Number(number, _) => number.as_i64(),
        _ => value.as_str()?.parse().ok(),
    }
}
