//! The members of a task definition that require an `executionRoleArn`.

use crate::config::context::ReadContext;
use crate::config::typed_values;
use crate::diagnostic::{Problem, Span};
use crate::model::{Node, RegistryHost};

/// Reports a missing execution role, with the member that needs it. `at` is the position of the
/// definition.
///
/// Secrets always need it; awslogs and images in ECR need it on Fargate (Amazon ECS Developer Guide,
/// "Amazon ECS task execution IAM role").
pub(super) fn check(definition: &Node, at: Span, is_fargate: bool, context: &mut ReadContext<'_>) {
    let problems = &mut *context.problems;
    let role = definition.entry("executionRoleArn");
    if role.is_none_or(|role| role.value.is_null())
        && !typed_values::lacks(definition, "executionRoleArn", problems)
    {
        return;
    }
    if role.is_some_and(|role| !role.value.is_null() && role.value.as_str() != Some("")) {
        return;
    }
    let containers = typed_values::items(definition, "containerDefinitions");
    let given = &context.overrides.images;
    let need = containers
        .iter()
        .find_map(|container| need(container, is_fargate, given));
    if let Some((what, span)) = need {
        let problem = Problem::error(
            "no-execution-role",
            "missing `executionRoleArn` in a task definition",
            at,
        );
        problems.push(
            problem
                .label("add `executionRoleArn:` with the ARN of a task execution role")
                .other(span, format!("{what} need it")),
        );
    }
}

/// Returns what in a container needs the role, and where.
fn need(container: &Node, is_fargate: bool, given: &[(String, String)]) -> Option<(&'static str, Span)> {
    let logging = container.get("logConfiguration");
    let secrets = container.entry("secrets");
    let secret_options = logging.and_then(|it| it.entry("secretOptions"));
    for entry in [secrets, secret_options].into_iter().flatten() {
        if entry.value.items().is_some_and(|items| !items.is_empty()) {
            return Some(("secrets", entry.key_span));
        }
    }
    if !is_fargate {
        return None;
    }
    let driver = logging.and_then(|it| it.entry("logDriver"));
    if let Some(driver) = driver.filter(|it| it.value.as_str() == Some("awslogs")) {
        return Some(("logs in CloudWatch Logs", driver.value.span));
    }
    let image = container.entry("image")?;
    is_in_ecr(&image.value, given).then_some(("images in Amazon ECR", image.value.span))
}

/// Whether an image is in a private repository: one that ecsctl pushes, or an ECR URI. `given` holds
/// `--image NAME=REF`.
fn is_in_ecr(image: &Node, given: &[(String, String)]) -> bool {
    if let Some(literal) = image.as_str() {
        return is_ecr_uri(literal);
    }
    image.image_refs().iter().any(|image| {
        let mut given = given.iter().filter(|(name, _)| *name == image.image);
        given.next().is_none_or(|(_, reference)| is_ecr_uri(reference))
    })
}

fn is_ecr_uri(image: &str) -> bool {
    let host = image.split('/').next().unwrap_or_default();
    RegistryHost::parse(host).is_some()
}
