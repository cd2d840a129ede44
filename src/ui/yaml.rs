//! Writes YAML for stdout. Characters that control a terminal or reorder text are escaped, as in JSON: the document is
//! safe on a terminal, and its content is unchanged.

use std::borrow::Cow;

use super::json_encoding;
use super::secret_mask::mask_document;
use crate::diagnostic::is_control;
use crate::model::Value;

/// Serializes a document, without what is hidden: a mask that was put into the YAML would have to be quoted.
pub fn to_yaml(document: &Value) -> Result<String, serde_yaml::Error> {
    let mut shown = document.clone();
    mask_document(&mut shown);
    let document = &shown;
    if !has_controls(document) {
        return serde_yaml::to_string(document);
    }
    let mut texts = Vec::new();
    let name = unused_name(&document.to_string());
    let mut yaml = serde_yaml::to_string(&without_controls(document, &name, &mut texts))?;
    for (index, text) in texts.iter().enumerate() {
        yaml = yaml.replace(&placeholder(&name, index), text);
    }
    Ok(yaml)
}

/// Whether a key or a text of the document has such characters.
fn has_controls(document: &Value) -> bool {
    match document {
        Value::String(text) => text.chars().any(is_escaped),
        Value::Array(items) => items.iter().any(has_controls),
        Value::Object(members) => members
            .iter()
            .any(|(key, member)| key.chars().any(is_escaped) || has_controls(member)),
        _ => false,
    }
}

fn is_escaped(c: char) -> bool {
    is_control(c) && c != '\n'
}

/// Returns a text in double quotes if it has such characters.
fn escaped(text: &str) -> Cow<'_, str> {
    let quoted = || json_encoding::line(&text).ok();
    match text.chars().any(is_escaped) {
        true => quoted().map_or(Cow::Borrowed(text), |it| Cow::Owned(it.trim_end().to_owned())),
        false => Cow::Borrowed(text),
    }
}

/// Returns the document with a placeholder for each text that has to be escaped, and adds these texts in double quotes:
/// what JSON has there is YAML too (YAML 1.2, 1.3).
fn without_controls(document: &Value, name: &str, texts: &mut Vec<String>) -> Value {
    let mut text_of = |text: &str| match escaped(text) {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(quoted) => {
            texts.push(quoted);
            placeholder(name, texts.len() - 1)
        }
    };
    match document {
        Value::String(text) => Value::String(text_of(text)),
        Value::Array(items) => items
            .iter()
            .map(|item| without_controls(item, name, texts))
            .collect(),
        Value::Object(members) => {
            let members = members.iter().map(|(key, member)| {
                let key = match without_controls(&Value::String(key.clone()), name, texts) {
                    Value::String(key) => key,
                    _ => key.clone(),
                };
                (key, without_controls(member, name, texts))
            });
            Value::Object(members.collect())
        }
        other => other.clone(),
    }
}

fn placeholder(name: &str, index: usize) -> String {
    format!("{name}{index}q")
}

/// Returns a name that the text doesn't contain.
fn unused_name(text: &str) -> String {
    let mut name = "escapedq".to_owned();
    while text.contains(&name) {
        name.push('q');
    }
    name
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn masked_scalars_are_quoted() {
        super::super::hide(["planted-in-yaml".to_owned()]);
        let yaml = to_yaml(&json!({"cluster": "planted-in-yaml", "a": "x planted-in-yaml"})).unwrap();
        assert_eq!(yaml, "cluster: '********'\na: x ********\n");
    }

    #[test]
    fn yaml_escapes_what_controls_a_terminal() {
        let document = json!({"a\u{202e}b": ["x\ty", "plain", "two\nlines", "\u{1b}[31m\u{2028}\"q\"\u{7}"], "n": 1,
            "escapedq0q": "\u{200f}", "many": vec!["\u{2066}"; 12]});
        let yaml = to_yaml(&document).unwrap();
        assert!(!yaml.chars().any(|c| is_control(c) && c != '\n'), "{yaml:?}");
        assert!(yaml.contains("\"a\\u202eb\":"), "{yaml}");
        let read: serde_json::Value = serde_yaml::from_str(&yaml).unwrap();
        assert_eq!(read, document);
    }
}
