//! Placeholders of other tools in a separate task definition file, in which nothing is interpolated.

use crate::diagnostic::{Problem, Problems, SourceId};
use crate::model::{Node, NodeKind};

/// The members where a shell or the program may expand `${NAME}` in the container.
const EXPANDED_LATER: [&str; 3] = ["command", "entryPoint", "healthCheck"];

/// Reports strings of the file `path` that still contain a placeholder: CodePipeline's `<IMAGE1_NAME>`,
/// or `${NAME}`.
pub(super) fn check(definition: &Node, source: SourceId, path: &str, problems: &mut Problems) {
    for entry in definition.members() {
        if EXPANDED_LATER.contains(&entry.key.as_str()) {
            continue;
        }
        check(&entry.value, source, path, problems);
    }
    for item in definition.items().unwrap_or_default() {
        check(item, source, path, problems);
    }
    let NodeKind::Text(_) = &definition.kind else {
        return;
    };
    let found = definition.as_str().and_then(placeholder);
    if let Some(placeholder) = found.filter(|_| definition.span.source == source) {
        let message = format!("the placeholder `{placeholder}` is not resolved");
        problems.push(
            Problem::error("placeholder", message, definition.span)
                .label("ecsctl resolves no placeholders in this file")
                .note(format!(
                    "set it in deploy.yaml: taskDefinition: {{base: {path}, containerDefinitions: \
                     {{NAME: {{image: \"${{images.NAME}}\"}}}}}}"
                )),
        );
    }
}

/// Finds a placeholder: `<IMAGE1_NAME>` or `${NAME}`.
fn placeholder(text: &str) -> Option<&str> {
    enclosed(text, "${", '}', |name| !name.is_empty()).or_else(|| enclosed(text, "<", '>', is_constant_name))
}

fn enclosed<'a>(text: &'a str, open: &str, close: char, is_name: impl Fn(&str) -> bool) -> Option<&'a str> {
    text.match_indices(open).find_map(|(at, _)| {
        let name_start = at + open.len();
        let length = text.get(name_start..)?.find(close)?;
        let name = text.get(name_start..name_start + length)?;
        is_name(name).then(|| text.get(at..name_start + length + close.len_utf8()))?
    })
}

/// Whether a name consists of capitals, digits and underscores, like `IMAGE1_NAME`.
fn is_constant_name(name: &str) -> bool {
    let is_capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    name.bytes().next().is_some_and(|byte| byte.is_ascii_uppercase()) && name.bytes().all(is_capital)
}
