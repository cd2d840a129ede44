//! The log router and the containers that log through it: ECS rejects one without the other.

use crate::config::typed_values;
use crate::diagnostic::{Problem, Problems};
use crate::model::{Entry, Node};

/// Reports a `firelensConfiguration` that no container uses, and a container that logs through a router that is missing
/// ("at least one container has to be configured with the awsfirelens log driver",
/// aws/amazon-cloudwatch-logs-for-fluent-bit#20; ECS API, ContainerDefinition, `firelensConfiguration`).
pub(super) fn check(definition: &Node, problems: &mut Problems) {
    let containers = typed_values::items(definition, "containerDefinitions");
    if containers.iter().any(|it| is_unclear(it, problems)) {
        return;
    }
    let router = containers
        .iter()
        .find_map(|it| typed_values::present(it, "firelensConfiguration"));
    let user = containers.iter().find_map(firelens_driver);
    match (router, user) {
        (Some(router), None) => problems.push(
            Problem::error(
                "firelens",
                "no container logs through this log router",
                router.key_span,
            )
            .label("needs a container with `logConfiguration: {logDriver: awsfirelens}`"),
        ),
        (None, Some(driver)) => problems.push(
            Problem::error("firelens", "no container is a log router", driver.value.span)
                .label("needs a container with `firelensConfiguration: {type: fluentbit}`"),
        ),
        _ => {}
    }
}

/// Whether a container's part in logging is unknown because of a problem that was reported.
fn is_unclear(container: &Node, problems: &Problems) -> bool {
    let is_reported = |key: &&str| {
        typed_values::present(container, key).is_none() && !typed_values::lacks(container, key, problems)
    };
    let logging = typed_values::present(container, "logConfiguration");
    container.is_null()
        || ["firelensConfiguration", "logConfiguration"]
            .iter()
            .any(is_reported)
        || logging.is_some_and(|it| typed_values::present(&it.value, "logDriver").is_none())
}

fn firelens_driver(container: &Node) -> Option<&Entry> {
    let driver = container.get("logConfiguration")?.entry("logDriver")?;
    (driver.value.as_str() == Some("awsfirelens")).then_some(driver)
}
