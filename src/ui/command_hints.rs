//! Repeats the flags of the current invocation in suggested commands, so that they can be pasted.

use super::secret_mask::shown;
use super::wrap::glued;
use crate::diagnostic::{CommandLine, Suggestion, SuggestionPart};
use crate::model::{LookVerb, shell_word};

/// The verbs that build or plan images; only their result depends on `--image`.
const OF_IMAGES: [&str; 6] = ["deploy", "build", "push", "register", "plan", "render"];

/// The verbs that need `--yes` without a terminal, each with the argument that makes it so; `""` is always.
const CONFIRMED: [(&str, &str); 4] = [
    ("rollback", ""),
    ("stop", ""),
    ("delete", ""),
    ("continue", "--rollback"),
];

/// A flag of the command line, in a form that is safe to display.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A flag without a value.
    Switch,
    /// A flag with a value.
    Value(String),
    /// A variable of deploy.yaml, by its name. Its value may be secret, and stays where it was typed.
    Variable(String),
    /// A flag with a secret value, which the shell must read from a variable of this name, reduced to characters
    /// that a variable name allows.
    Secret(String),
}

impl Argument {
    /// Returns the value in POSIX shell syntax. If the variable is unset, the shell refuses the command
    /// (XCU 2.6.2, `${x:?}`): neither a mask nor an empty string is used in place of the secret.
    fn typed(&self) -> String {
        match self {
            Self::Switch => String::new(),
            // A name may look like a flag.
            Self::Value(value) if value.starts_with('-') => format!("={}", shell_word(value)),
            Self::Value(value) => format!(" {}", shell_word(value)),
            Self::Variable(name) => format!(" {}…", shell_word(&format!("{name}="))),
            Self::Secret(variable) => format!(" \"${{{}:?}}\"", variable_name(variable)),
        }
    }
}

/// Converts text to a variable name (XBD 3.235: letters, digits and underscores, no digit first).
fn variable_name(text: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = text.chars().map(letter).collect();
    match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("_{name}"),
        false => name,
    }
}

/// The flags that other commands need too: those that select the file, the account and the region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandFlags {
    /// `-f shop.yaml --region eu-west-1 `, with a trailing space; empty if no flags were given.
    flags: String,
    /// `--image web=REF `, also with a trailing space.
    images: String,
    /// Whether a follow-up command has nobody to ask, so that it needs `--yes`.
    unattended: bool,
    /// Whether a value is left out, so that commands can't be run as they are.
    incomplete: bool,
    /// Whether there is no file, so that most commands need one.
    without_file: bool,
}

impl CommandFlags {
    /// Collects the relevant flags from those on the command line.
    pub fn new(given: &[(String, Argument)]) -> Self {
        let mut made = Self::default();
        for (flag, argument) in given {
            made.incomplete |= matches!(argument, Argument::Variable(_) | Argument::Secret(_));
            let flags = match flag.as_str() {
                "--image" => &mut made.images,
                _ => &mut made.flags,
            };
            flags.push_str(flag);
            flags.push_str(&argument.typed());
            flags.push(' ');
        }
        made
    }

    /// Sets whether follow-up commands run without a terminal, and thus need `--yes`.
    #[must_use]
    pub fn unattended(mut self, unattended: bool) -> Self {
        self.unattended = unattended;
        self
    }

    /// Makes commands that need a file name one: this run has none.
    #[must_use]
    pub fn without_file(mut self) -> Self {
        self.without_file = true;
        self
    }

    /// Whether a file has to be named for a command.
    fn lacks_file(&self, command: &CommandLine) -> bool {
        self.without_file && LookVerb::named(command.verb).is_none()
    }

    /// Whether the commands of a suggestion can be run as shown, with every value in them.
    pub fn is_complete(&self, suggestion: &Suggestion) -> bool {
        let lacks_value = |part: &SuggestionPart| match part {
            SuggestionPart::Command(command) => self.incomplete || self.lacks_file(command),
            SuggestionPart::Text(_) | SuggestionPart::LineBreak => false,
        };
        !suggestion.parts().iter().any(lacks_value)
    }

    /// Returns a suggestion as text, with the flags inserted into each command.
    pub fn complete(&self, suggestion: &Suggestion) -> String {
        let parts = suggestion.parts().iter();
        parts
            .map(|part| match part {
                SuggestionPart::Text(text) => text.to_string(),
                SuggestionPart::Command(command) => self.command(command),
                SuggestionPart::LineBreak => "\n".to_owned(),
            })
            .collect()
    }

    /// Like `complete`, with commands that stay whole where a line is broken.
    pub fn complete_whole(&self, suggestion: &Suggestion) -> String {
        let parts = suggestion.parts().iter();
        parts
            .map(|part| match part {
                SuggestionPart::Text(text) => shown(text).into_owned(),
                // What hides a secret has to see the command as it is.
                SuggestionPart::Command(command) => glued(&shown(&self.command(command))),
                SuggestionPart::LineBreak => "\n".to_owned(),
            })
            .collect()
    }

    fn command(&self, command: &CommandLine) -> String {
        let images = match OF_IMAGES.contains(&command.verb) {
            true => self.images.as_str(),
            false => "",
        };
        let line = command.to_string();
        let arguments = line.strip_prefix(PROGRAM).unwrap_or(&line);
        let yes = match self.unattended && needs_yes(command) {
            true => " --yes",
            false => "",
        };
        let file = if self.lacks_file(command) { "-f PATH " } else { "" };
        format!("{PROGRAM}{file}{}{images}{arguments}{yes}", self.flags)
    }
}

/// Whether a command needs `--yes` without a terminal, and does not have it yet.
fn needs_yes(command: &CommandLine) -> bool {
    let has = |argument: &str| command.arguments.split_whitespace().any(|it| it == argument);
    let confirmed = CONFIRMED
        .iter()
        .any(|&(verb, argument)| verb == command.verb && (argument.is_empty() || has(argument)));
    confirmed && !has("--yes")
}

const PROGRAM: &str = "ecsctl ";

#[cfg(test)]
mod tests {
    use super::*;

    fn given(flag: &str, argument: Argument) -> (String, Argument) {
        (flag.to_owned(), argument)
    }

    fn value(value: &str) -> Argument {
        Argument::Value(value.to_owned())
    }

    fn invocation() -> CommandFlags {
        CommandFlags::new(&[
            given("-f", value("my shop.yaml")),
            given("--region", value("eu-west-1")),
        ])
    }

    #[test]
    fn commands_that_need_a_file_name_one_where_there_is_none() {
        let invocation = CommandFlags::new(&[given("--cluster", value("c"))]).without_file();
        let change = Suggestion::command("rollback", "web");
        assert_eq!(
            invocation.complete(&change),
            "ecsctl -f PATH --cluster c rollback web"
        );
        assert!(!invocation.is_complete(&change));
        let look = Suggestion::command("logs", "web");
        assert_eq!(invocation.complete(&look), "ecsctl --cluster c logs web");
        assert!(invocation.is_complete(&look));
    }

    #[test]
    fn only_commands_get_the_flags() {
        let flags = "-f 'my shop.yaml' --region eu-west-1";
        let rows = [
            (
                Suggestion::command("wait", "web"),
                format!("ecsctl {flags} wait web"),
            ),
            (
                Suggestion::from("wait (")
                    .run("wait", "web")
                    .then("), or ")
                    .run("deploy", ""),
                format!("wait (ecsctl {flags} wait web), or ecsctl {flags} deploy"),
            ),
            (
                Suggestion::from("ecsctl deploy is prose here"),
                "ecsctl deploy is prose here".to_owned(),
            ),
        ];
        for (suggestion, expected) in rows {
            assert_eq!(invocation().complete(&suggestion), expected);
        }
        let plain = CommandFlags::default().complete(&Suggestion::command("wait", "web"));
        assert_eq!(plain, "ecsctl wait web");
    }

    #[test]
    fn values_are_quoted_for_a_shell() {
        for (value, expected) in [
            ("a=b", "a=b"),
            ("", "''"),
            ("it's", "'it'\\''s'"),
            ("$(rm)", "'$(rm)'"),
        ] {
            assert_eq!(shell_word(value), expected);
        }
        let switch = CommandFlags::new(&[given("--allow-unknown-fields", Argument::Switch)]);
        let plan = switch.complete(&Suggestion::command("plan", ""));
        assert_eq!(plan, "ecsctl --allow-unknown-fields plan");
    }

    #[test]
    fn values_that_may_be_secret_are_left_out() {
        for (flag, argument, expected) in [
            ("--var", Argument::Variable("token".to_owned()), "token=…"),
            ("--var", Argument::Variable("my key".to_owned()), "'my key='…"),
            (
                "--endpoint-url",
                Argument::Secret("endpoint-url".to_owned()),
                r#""${endpoint_url:?}""#,
            ),
        ] {
            let invocation = CommandFlags::new(&[given(flag, argument)]);
            let typed = format!("ecsctl {flag} {expected} wait web");
            let suggestion = Suggestion::command("wait", "web");
            assert_eq!(invocation.complete(&suggestion), typed);
            assert!(!invocation.is_complete(&suggestion));
            assert!(invocation.is_complete(&Suggestion::from("prose")));
        }
        assert!(invocation().is_complete(&Suggestion::command("wait", "web")));
    }

    #[test]
    fn unattended_commands_get_yes_where_the_verb_needs_it() {
        for (verb, arguments, expected) in [
            ("rollback", "web", "ecsctl rollback web --yes"),
            ("rollback", "", "ecsctl rollback --yes"),
            ("rollback", "web --to 4 --yes", "ecsctl rollback web --to 4 --yes"),
            ("stop", "web", "ecsctl stop web --yes"),
            ("delete", "web", "ecsctl delete web --yes"),
            ("continue", "web", "ecsctl continue web"),
            (
                "continue",
                "web --rollback",
                "ecsctl continue web --rollback --yes",
            ),
            ("restart", "web", "ecsctl restart web"),
        ] {
            let suggestion = Suggestion::command(verb, arguments);
            let unattended = CommandFlags::default().unattended(true);
            assert_eq!(unattended.complete(&suggestion), expected);
            let attended = CommandFlags::default().complete(&suggestion);
            assert_eq!(attended, suggestion.to_string());
        }
    }

    #[test]
    fn images_go_with_the_verbs_that_use_them() {
        let invocation = CommandFlags::new(&[
            given("--image", value("web=acme/web:1")),
            given("--region", value("eu-west-1")),
        ]);
        let suggestion = Suggestion::command("deploy", "--only web --force")
            .then(", or ")
            .run("rollback", "web");
        let typed = "ecsctl --region eu-west-1 --image web=acme/web:1 deploy --only web --force, \
                     or ecsctl --region eu-west-1 rollback web";
        assert_eq!(invocation.complete(&suggestion), typed);
    }
}
