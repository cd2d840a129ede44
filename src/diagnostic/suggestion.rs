//! Suggested next steps for the user. The commands in them are data, so that `ui` can add the flags of
//! this run.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};

/// An ecsctl command, such as `ecsctl logs web --previous`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandLine {
    /// The verb: `logs`.
    pub verb: &'static str,
    /// The arguments: `web --previous`; may be empty.
    pub arguments: Cow<'static, str>,
}

impl fmt::Display for CommandLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { verb, arguments } = self;
        match arguments.is_empty() {
            true => write!(f, "ecsctl {verb}"),
            false => write!(f, "ecsctl {verb} {arguments}"),
        }
    }
}

/// A part of a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SuggestionPart {
    /// Plain text.
    Text(Cow<'static, str>),
    /// A command to run.
    Command(CommandLine),
    /// A line break. Those in a text that may come from outside are not shown as such.
    LineBreak,
}

impl SuggestionPart {
    /// Prose, for tables.
    pub const fn text(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// A command, for tables.
    pub const fn command(verb: &'static str, arguments: &'static str) -> Self {
        let arguments = Cow::Borrowed(arguments);
        Self::Command(CommandLine { verb, arguments })
    }
}

impl fmt::Display for SuggestionPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Command(command) => command.fmt(f),
            Self::LineBreak => f.write_str("\n"),
        }
    }
}

/// A suggested next step: text and commands. Its `Display` omits the flags of this run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestion {
    parts: Vec<SuggestionPart>,
}

impl Suggestion {
    /// Creates a suggestion of a single command.
    pub fn command(verb: &'static str, arguments: impl Into<Cow<'static, str>>) -> Self {
        Self::default().run(verb, arguments)
    }

    /// Adds text, or another suggestion.
    #[must_use]
    pub fn then(mut self, more: impl Into<Self>) -> Self {
        self.parts.extend(more.into().parts);
        self
    }

    /// Adds a command.
    #[must_use]
    pub fn run(mut self, verb: &'static str, arguments: impl Into<Cow<'static, str>>) -> Self {
        let arguments = arguments.into();
        self.parts
            .push(SuggestionPart::Command(CommandLine { verb, arguments }));
        self
    }

    /// Replaces text in the prose and in the arguments of commands.
    #[must_use]
    pub fn map_text(self, map: impl Fn(&str) -> String) -> Self {
        let map_part = |part| match part {
            SuggestionPart::Text(text) => SuggestionPart::Text(map(&text).into()),
            SuggestionPart::Command(CommandLine { verb, arguments }) => {
                let arguments = map(&arguments).into();
                SuggestionPart::Command(CommandLine { verb, arguments })
            }
            SuggestionPart::LineBreak => SuggestionPart::LineBreak,
        };
        let parts = self.parts.into_iter().map(map_part).collect();
        Self { parts }
    }

    /// Returns the text and commands, in order.
    pub fn parts(&self) -> &[SuggestionPart] {
        &self.parts
    }
}

impl From<&'static str> for Suggestion {
    /// Keeps the line breaks: the text is ecsctl's own.
    fn from(text: &'static str) -> Self {
        let mut parts = Vec::new();
        for (number, line) in text.split('\n').enumerate() {
            parts.extend((number > 0).then_some(SuggestionPart::LineBreak));
            parts.extend((!line.is_empty()).then(|| SuggestionPart::text(line)));
        }
        Self { parts }
    }
}

impl From<String> for Suggestion {
    fn from(text: String) -> Self {
        Self::from(Cow::Owned(text))
    }
}

impl From<Cow<'static, str>> for Suggestion {
    fn from(text: Cow<'static, str>) -> Self {
        let parts = vec![SuggestionPart::Text(text)];
        Self { parts }
    }
}

impl From<&[SuggestionPart]> for Suggestion {
    fn from(parts: &[SuggestionPart]) -> Self {
        let parts = parts.to_vec();
        Self { parts }
    }
}

impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| part.fmt(f))
    }
}

#[cfg(test)]
impl PartialEq<&str> for Suggestion {
    fn eq(&self, other: &&str) -> bool {
        let text = self.to_string();
        text == *other
    }
}

impl Serialize for Suggestion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_and_commands_are_shown_in_order() {
        let suggestion = Suggestion::from("wait (")
            .run("wait", "web")
            .then("), or ")
            .then(Suggestion::command("deploy", ""));
        assert_eq!(suggestion.to_string(), "wait (ecsctl wait web), or ecsctl deploy");
        assert_eq!(suggestion.parts().len(), 4);
    }
}
