//! Rules for a task definition's family and containers beyond the API's shape.

use super::reference::is_name;
use crate::config::typed_values;
use crate::diagnostic::{Problem, Problems};
use crate::model::{ImageAttribute, ImageReference, Node, NodeKind};

const NAME: &str = "up to 255 letters, digits, `_` and `-`";

/// Checks that a family, if set, is a valid name for ECS.
pub(super) fn check_family(node: &Node, problems: &mut Problems) {
    let Some(family) = node.get("family") else { return };
    if let Some(text) = family.as_str().filter(|text| !is_name(text)) {
        let message = format!("invalid task definition family `{text}`");
        problems.push(Problem::error("name", message, family.span).label(NAME));
    }
}

/// Reports a definition without containers, which ECS doesn't register.
pub(super) fn refuse_none(node: &Node, problems: &mut Problems) {
    let Some(entry) = node.entry("containerDefinitions") else {
        return;
    };
    let is_empty = entry.value.items().is_some_and(<[Node]>::is_empty);
    if is_empty && !typed_values::is_reported(Some(entry), problems) {
        problems.push(
            Problem::error(
                "missing-key",
                "a task definition needs at least one container",
                entry.value.span,
            )
            .label("write NAME: {image: …} for each container"),
        );
    }
}

/// Reports changes that remove all containers of a base.
pub(super) fn refuse_null(changes: &Node, problems: &mut Problems) {
    let entry = changes.entry("containerDefinitions");
    if let Some(entry) = entry.filter(|entry| entry.value.is_null()) {
        let message = "a task definition needs at least one container";
        let problem = Problem::error("missing-key", message, entry.key_span);
        problems.push(problem.label("remove this line to keep those of the base"));
    }
}

/// Checks that each container in the API's list has a valid name for ECS and a nonblank image.
pub(super) fn check(node: &Node, problems: &mut Problems) {
    let containers = node.get("containerDefinitions").and_then(Node::items);
    for container in containers.unwrap_or_default() {
        check_name(container, problems);
        warn_of_http(container, problems);
        let Some(image) = container.entry("image") else {
            continue;
        };
        if image.value.as_str().is_some_and(|text| text.trim().is_empty()) {
            let message = match container.text_of("name") {
                Some(name) => format!("the `image` of the container `{name}` is empty"),
                None => "the `image` of a container is empty".to_owned(),
            };
            problems.push(
                Problem::error("empty", message, image.value.span).label("it resolves to an empty text"),
            );
        } else if !problems.concern(image.value.span) {
            check_image(&image.value, problems);
        }
    }
}

/// Checks an image: a literal one must be a valid reference; one from `images:` takes no tag, as it has a
/// digest.
fn check_image(image: &Node, problems: &mut Problems) {
    let why = match image.as_str() {
        Some(text) => match text.trim().parse::<ImageReference>() {
            Ok(_) => return,
            Err(error) => error.why,
        },
        None if is_extended(image) => {
            "`${images.NAME}` is a whole reference with its digest: nothing goes before or after it"
        }
        None => return,
    };
    let message = "invalid image reference";
    problems.push(Problem::error("bad-image-name", message, image.span).label(why));
}

/// Whether there is other text next to an image's whole reference.
fn is_extended(image: &Node) -> bool {
    let NodeKind::Text(text) = &image.kind else {
        return false;
    };
    let refs = image.image_refs();
    text.has_literal_part() && refs.iter().any(|it| it.attribute == ImageAttribute::Uri)
}

/// Warns about `http`, for which AWS keeps tcp (terraform-provider-aws #3645).
fn warn_of_http(container: &Node, problems: &mut Problems) {
    for mapping in typed_values::items(container, "portMappings") {
        let protocol = mapping.get("protocol");
        if let Some(protocol) =
            protocol.filter(|it| it.as_str().is_some_and(|it| it.eq_ignore_ascii_case("http")))
        {
            let message = "`http` is not a transport protocol: ECS uses tcp";
            let warning = Problem::warning("protocol", message, protocol.span);
            problems.push(warning.label("write `tcp`; `appProtocol: http` is for Service Connect"));
        }
    }
}

fn check_name(container: &Node, problems: &mut Problems) {
    let Some(name) = typed_values::present(container, "name") else {
        if container.entries().is_some() && typed_values::lacks(container, "name", problems) {
            problems.push(
                Problem::error("missing-key", "missing `name` in a container", container.span)
                    .label("add `name:`"),
            );
        }
        return;
    };
    if let Some(text) = name.value.as_str().filter(|text| !is_name(text)) {
        let message = format!("invalid container name `{text}`");
        problems.push(Problem::error("name", message, name.value.span).label(NAME));
    }
}
