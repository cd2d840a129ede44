//! A value that is known at deploy time only: texts and references.

/// A value in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OpenValue {
    parts: Vec<OpenPart>,
}

/// A part of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum OpenPart {
    /// Text that means itself.
    Literal(String),
    /// What stands between `${` and `}`: a name, and a default if it has one.
    Reference { name: String, default: Option<String> },
}

impl OpenValue {
    /// A text that means itself.
    pub fn literal(text: impl Into<String>) -> Self {
        Self {
            parts: vec![OpenPart::Literal(text.into())],
        }
    }

    /// A reference by its name, such as `env.PORT`.
    pub fn reference(name: impl Into<String>) -> Self {
        Self {
            parts: vec![OpenPart::Reference {
                name: name.into(),
                default: None,
            }],
        }
    }

    /// A value of one part.
    pub fn of(part: OpenPart) -> Self {
        Self { parts: vec![part] }
    }

    /// Returns its parts.
    pub fn parts(&self) -> &[OpenPart] {
        &self.parts
    }

    /// Returns the text if it has no reference.
    pub fn as_literal(&self) -> Option<String> {
        let text = |part: &OpenPart| match part {
            OpenPart::Literal(text) => Some(text.clone()),
            OpenPart::Reference { .. } => None,
        };
        self.parts.iter().map(text).collect()
    }

    /// Returns the texts between its references.
    pub fn literals(&self) -> String {
        let text = |part: &OpenPart| match part {
            OpenPart::Literal(text) => text.clone(),
            OpenPart::Reference { .. } => " ".to_owned(),
        };
        self.parts.iter().map(text).collect()
    }

    /// Adds what follows it.
    pub fn extend(&mut self, more: Self) {
        for part in more.parts {
            match (self.parts.last_mut(), part) {
                (Some(OpenPart::Literal(last)), OpenPart::Literal(text)) => last.push_str(&text),
                (_, part) => self.parts.push(part),
            }
        }
    }

    /// Returns it with other texts between its references.
    pub fn map_literals(&self, change: impl Fn(&str) -> String) -> Self {
        let changed = |part: &OpenPart| match part {
            OpenPart::Literal(text) => OpenPart::Literal(change(text)),
            OpenPart::Reference { .. } => part.clone(),
        };
        Self {
            parts: self.parts.iter().map(changed).collect(),
        }
    }

    /// Returns it with a default for the case that it is empty; `None` if that can't be written.
    pub fn or(&self, default: &Self) -> Option<Self> {
        match self.parts.as_slice() {
            [
                OpenPart::Reference {
                    name,
                    default: former,
                },
            ] if former.as_deref().unwrap_or_default().is_empty() => Some(Self {
                parts: vec![OpenPart::Reference {
                    name: name.clone(),
                    default: Some(default.inside()?),
                }],
            }),
            _ => match self.as_literal() {
                Some(text) if text.is_empty() => Some(default.clone()),
                Some(_) => Some(self.clone()),
                None => None,
            },
        }
    }

    /// Returns it as it is written inside a reference; `None` if it can't stand there: braces must be in pairs, and a
    /// `$` before a reference would make it text.
    pub fn inside(&self) -> Option<String> {
        let mut written = String::new();
        for part in &self.parts {
            match part {
                OpenPart::Literal(text) if has_paired_braces(text) => {
                    written.push_str(&text.replace("${", "$${"));
                }
                OpenPart::Literal(_) => return None,
                OpenPart::Reference { .. } if written.ends_with('$') => return None,
                OpenPart::Reference { .. } => written.push_str(&part.written()),
            }
        }
        Some(written)
    }

    /// Returns it as the name of a value: nothing in it may look like a default.
    pub fn as_name(&self) -> Option<String> {
        let is_name = |part: &OpenPart| match part {
            OpenPart::Literal(text) => {
                let has_default = [":-", ":?"].iter().any(|mark| text.contains(mark)) || text.ends_with(':');
                !has_default && !text.contains(|c: char| c.is_whitespace() || c.is_control())
            }
            OpenPart::Reference { .. } => true,
        };
        let name = self.inside()?;
        (self.parts.iter().all(is_name) && !name.is_empty()).then_some(name)
    }
}

impl OpenPart {
    /// Returns a reference as deploy.yaml has it.
    pub fn written(&self) -> String {
        match self {
            Self::Literal(text) => text.replace("${", "$${"),
            Self::Reference { name, default: None } => format!("${{{name}}}"),
            Self::Reference {
                name,
                default: Some(default),
            } => format!("${{{name}:-{default}}}"),
        }
    }
}

fn has_paired_braces(text: &str) -> bool {
    let mut open = 0_usize;
    for character in text.chars() {
        match character {
            '{' => open += 1,
            '}' if open == 0 => return false,
            '}' => open -= 1,
            _ => {}
        }
    }
    open == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> OpenValue {
        OpenValue::literal(text)
    }

    #[test]
    fn defaults_are_written_inside_references() {
        let env = OpenValue::reference("env.A");
        let written = |value: Option<OpenValue>| value.map(|it| it.inside().unwrap());
        assert_eq!(written(env.or(&literal("b"))).as_deref(), Some("${env.A:-b}"));
        assert_eq!(
            written(env.or(&literal("${B}"))).as_deref(),
            Some("${env.A:-$${B}}")
        );
        assert_eq!(written(env.or(&literal("}"))), None);
        let empty = env.or(&literal("")).unwrap();
        let nested = empty.or(&OpenValue::reference("env.B"));
        assert_eq!(written(nested).as_deref(), Some("${env.A:-${env.B}}"));
        assert_eq!(written(literal("").or(&env)).as_deref(), Some("${env.A}"));
    }

    #[test]
    fn names_have_nothing_that_ends_them() {
        for (text, is_name) in [
            ("/a/b", true),
            ("a b", false),
            ("a:-b", false),
            ("a:", false),
            ("", false),
            ("a}", false),
        ] {
            assert_eq!(literal(text).as_name().is_some(), is_name, "{text}");
        }
        let mut dollar = literal("$");
        dollar.extend(OpenValue::reference("env.A"));
        assert_eq!(dollar.as_name(), None);
    }
}
