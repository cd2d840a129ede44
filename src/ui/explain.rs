//! What `render --explain` prints.

use super::Line;
use super::json_encoding;
use crate::model::{ExplainedValue, FilePosition, ValueSource};

/// Returns a line for each value, and one for each reference in it: `PATH: VALUE  # SOURCE`.
pub fn lines(values: &[ExplainedValue]) -> Vec<Line> {
    let lines = values.iter().flat_map(|explained| {
        let value = json_encoding::line(&explained.value).unwrap_or_default();
        let value = match &explained.source {
            ValueSource::Base { .. } => explained.path.clone(),
            _ => format!("{}: {}", explained.path, value.trim_end()),
        };
        let references = explained.references.iter();
        let references = references.map(|it| line(&format!("  ${{{}}}", it.reference), &it.source));
        std::iter::once(line(&value, &explained.source)).chain(references)
    });
    lines.collect()
}

fn line(text: &str, source: &ValueSource) -> Line {
    Line::of(format!("{text}  # {}", words(source)))
}

fn words(source: &ValueSource) -> String {
    match source {
        ValueSource::File(position) => place(position),
        ValueSource::Environment { name, position } => format!("environment {name}, {}", place(position)),
        ValueSource::Default => "default".to_owned(),
        ValueSource::Base { name, position } => {
            let position = position.iter().map(|position| format!(", {}", place(position)));
            format!(
                "base {name}{}; only AWS has its values",
                position.collect::<String>()
            )
        }
        ValueSource::Fallback { is_empty: true } => "empty: the default behind `:-`".to_owned(),
        ValueSource::Fallback { is_empty: false } => "not set: the default behind `:-`".to_owned(),
        ValueSource::Flag { name } => format!("flag {name}"),
        ValueSource::Variable { name } => format!("variable {name}"),
        ValueSource::Lookup { name } => name.clone(),
        ValueSource::Image { name } => format!("image {name}, known after the push"),
    }
}

fn place(position: &FilePosition) -> String {
    format!("{}:{}:{}", position.file, position.line, position.column)
}
