//! The commands that people are told to type carry the flags that they gave to this one, so that they can be pasted.

use std::borrow::Cow;

/// The verbs: what follows `ecsctl` in a sentence is a command only when it is one of them.
pub const VERBS: [&str; 20] = [
    "deploy",
    "build",
    "push",
    "register",
    "plan",
    "wait",
    "rollback",
    "stop",
    "continue",
    "status",
    "events",
    "logs",
    "tasks",
    "history",
    "open",
    "scale",
    "restart",
    "delete",
    "render",
    "completions",
];

/// Which file, and which account and region: the flags of the command line that another command needs too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invocation {
    /// `-f shop.yaml --region eu-west-1 `, with the blank at its end; empty when no flag was given.
    flags: String,
}

impl Invocation {
    /// Of flags and their values, as they were given. A flag without a value is a switch.
    pub fn new(given: &[(String, Option<String>)]) -> Self {
        let mut flags = String::new();
        for (flag, value) in given {
            flags.push_str(flag);
            flags.push(' ');
            if let Some(value) = value {
                flags.push_str(&quoted(value));
                flags.push(' ');
            }
        }
        Self { flags }
    }

    /// Our own text with the flags put into each command.
    pub fn typed<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.flags.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut typed = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(PROGRAM) {
            typed.push_str(before);
            typed.push_str(PROGRAM);
            let begins_word = !before.ends_with(|c: char| c.is_alphanumeric() || "-_/.".contains(c));
            if begins_word && is_command(after) {
                typed.push_str(&self.flags);
            }
            rest = after;
        }
        typed.push_str(rest);
        Cow::Owned(typed)
    }
}

const PROGRAM: &str = "ecsctl ";

fn is_command(text: &str) -> bool {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let word = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
    VERBS.contains(&word)
}

/// As a POSIX shell reads it (XCU 2.2.2: single quotes).
fn quoted(value: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@,+%".contains(c);
    if !value.is_empty() && value.chars().all(is_plain) {
        return Cow::Borrowed(value);
    }
    Cow::Owned(format!("'{}'", value.replace('\'', "'\\''")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invocation() -> Invocation {
        let given = [("-f", Some("my shop.yaml")), ("--region", Some("eu-west-1"))];
        Invocation::new(&given.map(|(flag, value)| (flag.to_owned(), value.map(str::to_owned))))
    }

    #[test]
    fn commands_carry_the_flags_and_prose_does_not() {
        let flags = "-f 'my shop.yaml' --region eu-west-1";
        let rows = [
            ("ecsctl wait web", format!("ecsctl {flags} wait web")),
            (
                "wait (ecsctl wait web), or ecsctl deploy",
                format!("wait (ecsctl {flags} wait web), or ecsctl {flags} deploy"),
            ),
            (
                "`ecsctl deploy` does it",
                format!("`ecsctl {flags} deploy` does it"),
            ),
            (
                "it goes on without ecsctl",
                "it goes on without ecsctl".to_owned(),
            ),
            ("ecsctl deploys it", "ecsctl deploys it".to_owned()),
            ("ecsctl -f PATH deploy", "ecsctl -f PATH deploy".to_owned()),
            ("/bin/ecsctl deploy", "/bin/ecsctl deploy".to_owned()),
        ];
        for (text, expected) in rows {
            assert_eq!(invocation().typed(text), expected);
        }
        assert_eq!(Invocation::default().typed("ecsctl wait web"), "ecsctl wait web");
    }

    #[test]
    fn values_are_quoted_for_a_shell() {
        for (value, expected) in [
            ("a=b", "a=b"),
            ("", "''"),
            ("it's", "'it'\\''s'"),
            ("$(rm)", "'$(rm)'"),
        ] {
            assert_eq!(quoted(value), expected);
        }
        let switch = Invocation::new(&[("--allow-unknown-fields".to_owned(), None)]);
        assert_eq!(switch.typed("ecsctl plan"), "ecsctl --allow-unknown-fields plan");
    }
}
