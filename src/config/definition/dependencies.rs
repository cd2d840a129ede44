//! `dependsOn:` of containers: the conditions they wait for must be reachable. An unreachable one is an
//! error where AWS documents that it rejects it, and a warning where no source does.

use crate::config::{cycles, typed_values};
use crate::diagnostic::{Problem, Problems};
use crate::model::{Node, NodeKind};

/// Reports containers that wait for themselves, or for an exit that can't happen. `links` checks that
/// each name is a container's.
pub(super) fn check(definition: &Node, problems: &mut Problems) {
    let containers = typed_values::items(definition, "containerDefinitions");
    for container in containers {
        for dependency in typed_values::items(container, "dependsOn") {
            itself(container, dependency, problems);
            end_of_essential(containers, dependency, problems);
        }
    }
    find_cycles(containers, problems);
}

/// Reports a container that waits for itself: it starts only once its dependency has at least started
/// (ECS API, ContainerDependency, `condition`), so it would never start.
fn itself(container: &Node, dependency: &Node, problems: &mut Problems) {
    let Some(name) = dependency.get("containerName") else {
        return;
    };
    if let Some(text) = name.as_str().filter(|text| name_of(container) == Some(text)) {
        let message = format!("the container `{text}` depends on itself");
        problems
            .push(Problem::warning("circle", message, name.span).label("it would never start: remove this"));
    }
}

/// Reports the same for several containers that wait for one another. Each cycle is reported once, at the
/// dependency that closes it.
fn find_cycles(containers: &[Node], problems: &mut Problems) {
    let all: Vec<&str> = containers.iter().filter_map(name_of).collect();
    let dependencies = |name: &str| -> Vec<&Node> {
        let container = containers.iter().find(|it| name_of(it) == Some(name));
        let dependencies = container.map(|it| typed_values::items(it, "dependsOn"));
        let dependencies = dependencies.unwrap_or_default().iter();
        dependencies.filter_map(|it| it.get("containerName")).collect()
    };
    let next = |name: &str| dependencies(name).into_iter().filter_map(Node::as_str).collect();
    for circle in cycles::cycles(&all, &next) {
        let (Some(first), Some(last)) = (circle.first(), circle.last()) else {
            continue;
        };
        let closing = dependencies(last)
            .into_iter()
            .find(|it| it.as_str() == Some(first));
        let message = format!("containers depend on each other: {}", cycles::in_words(&circle));
        let span = closing.map(|node| node.span);
        problems.push(
            Problem::warning("circle", message, span)
                .label("this closes the cycle: none of them would start"),
        );
    }
}

/// Reports COMPLETE or SUCCESS on an essential container, whose exit ends the task (ECS API,
/// ContainerDependency, `condition`): "A dependency container with SUCCESS or COMPLETE condition cannot
/// be an essential container" (ClientException of RegisterTaskDefinition: boto/boto3 issue 2436).
fn end_of_essential(containers: &[Node], dependency: &Node, problems: &mut Problems) {
    let condition = dependency.get("condition");
    let Some((condition, text)) = condition.and_then(|it| Some((it, it.as_str()?))) else {
        return;
    };
    let Some(name) = dependency.text_of("containerName") else {
        return;
    };
    let target = containers.iter().find(|it| name_of(it) == Some(name));
    if matches!(text, "COMPLETE" | "SUCCESS") && target.is_some_and(is_essential) {
        let message = format!("`{name}` is essential: its {text} can't be a dependency");
        problems.push(
            Problem::error("essential-dependency", message, condition.span).label(format!(
                "set `essential: false` on `{name}`, or use START or HEALTHY"
            )),
        );
    }
}

/// Whether a container is essential; it is by default (ECS API, ContainerDefinition, `essential`).
pub(super) fn is_essential(container: &Node) -> bool {
    !matches!(
        container.get("essential").map(|node| &node.kind),
        Some(NodeKind::Bool(false, _))
    )
}

/// Returns a container's name, if known.
pub(super) fn name_of(container: &Node) -> Option<&str> {
    container.text_of("name")
}
