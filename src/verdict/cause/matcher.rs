//! The signs by which a cause is recognized.

use super::FailureFacts;

/// A sign of a cause. A pattern's words must occur in this order, case-insensitively; `*` matches anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CauseSign {
    /// AWS's message about the task or its container, or a service event.
    Said(&'static str),
    /// AWS's message, unless it also contains one of the other patterns.
    SaidBut(&'static str, &'static [&'static str]),
    /// AWS's message about a container whose name starts with the first pattern: one that ECS adds to tasks.
    SaidOf(&'static str, &'static str),
    /// The task's stop code.
    Stopped(&'static str),
    /// An essential container exited by itself with this code.
    Exited(i64),
    /// An essential container exited by itself with a code other than 0.
    Crashed,
    /// A log line of an essential container that crashed.
    Logged(&'static str),
    /// Same, unless the line also contains one of the other patterns.
    LoggedBut(&'static str, &'static [&'static str]),
    /// Same, for a line that also names an environment variable: `DATABASE_URL`.
    LoggedVariable(&'static str, &'static [&'static str]),
    /// Same as `Logged`, for a line that starts with the pattern: programs may quote such errors from others.
    LoggedAs(&'static str),
    /// The target's reason code, if the task has not stopped by itself.
    Target(&'static str),
    /// Same, with a pattern for its description.
    TargetSaid(&'static str, &'static str),
    /// The container health check failed.
    Unhealthy,
}

impl CauseSign {
    /// Whether the facts show this sign.
    pub fn holds(&self, facts: &FailureFacts<'_>) -> bool {
        let crashed = || facts.ended_with().is_some_and(|code| code != 0);
        let logged =
            |tells: &dyn Fn(&str) -> bool| crashed() && facts.log_tail.iter().any(|line| tells(line));
        let target = || facts.target.filter(|_| !facts.stopped_by_itself());
        match *self {
            Self::Said(pattern) => facts.said().any(|text| occurs(pattern, text)),
            Self::SaidBut(pattern, not) => facts.said().any(|text| occurs_but(pattern, not, text)),
            Self::SaidOf(name, pattern) => {
                let named = facts
                    .container
                    .is_some_and(|container| begins(name, container.name));
                named && facts.said().any(|text| occurs(pattern, text))
            }
            Self::Stopped(code) => facts.stop_code == Some(code),
            Self::Exited(code) => facts.ended_with() == Some(code),
            Self::Crashed => crashed(),
            Self::Logged(pattern) => logged(&|line| occurs(pattern, line)),
            Self::LoggedBut(pattern, not) => logged(&|line| occurs_but(pattern, not, line)),
            Self::LoggedVariable(pattern, not) => {
                logged(&|line| occurs_but(pattern, not, line) && names_variable(line))
            }
            Self::LoggedAs(pattern) => logged(&|line| begins(pattern, line)),
            Self::Target(reason) => target().is_some_and(|target| target.reason == reason),
            Self::TargetSaid(reason, pattern) => target().is_some_and(|target| {
                target.reason == reason && target.description.is_some_and(|text| occurs(pattern, text))
            }),
            Self::Unhealthy => facts.health_check_failed,
        }
    }
}

/// Whether the pieces of a pattern between its `*` occur in `text`, in this order.
pub fn occurs(pattern: &str, text: &str) -> bool {
    let mut rest = text.as_bytes();
    pattern.split('*').map(str::as_bytes).all(|piece| {
        let Some(at) = find(piece, rest) else {
            return false;
        };
        rest = rest.get(at + piece.len()..).unwrap_or_default();
        true
    })
}

/// Same, but none of the other patterns may occur.
fn occurs_but(pattern: &str, not: &[&str], text: &str) -> bool {
    occurs(pattern, text) && !not.iter().any(|not| occurs(not, text))
}

/// Same as `occurs`, but `text` must start with the first piece.
fn begins(pattern: &str, text: &str) -> bool {
    let first = pattern.split('*').next().unwrap_or_default().as_bytes();
    let text = text.trim_start();
    let start = text.as_bytes().get(..first.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(first)) && occurs(pattern, text)
}

/// How programs mark a line that reports no trouble.
const ROUTINE: [&str; 10] = [
    " INFO ",
    "[INFO]",
    " DEBUG ",
    "[DEBUG]",
    "level=info",
    "level=debug",
    "level\":\"info\"",
    "level\":\"debug\"",
    "[info]",
    "[notice]",
];

/// What supervisord reports as information although a program of it failed.
const FAILED_PROGRAM: [&str; 2] = ["spawnerr: ", " entered FATAL state"];

/// Whether the program itself marks a line as information: it quotes errors there that it has dealt with.
pub fn is_routine(line: &str) -> bool {
    if FAILED_PROGRAM.iter().any(|words| line.contains(words)) {
        return false;
    }
    let head = line.char_indices().nth(120).map_or(line, |(end, _)| &line[..end]);
    let begins = ["INFO ", "INFO:", "DEBUG ", "DEBUG:", "info: ", "dbug: "];
    begins.iter().any(|level| head.starts_with(level)) || ROUTINE.iter().any(|level| head.contains(level))
}

/// The last words of error codes, which are spelled as variables are: `NOT_FOUND`, `CERTIFICATE_VERIFY_FAILED`.
const ERROR_CODE: [&str; 17] = [
    "ARGUMENT",
    "CONSTRAINT",
    "DENIED",
    "ERROR",
    "EXCEEDED",
    "EXCEPTION",
    "EXHAUSTED",
    "EXISTS",
    "FAILED",
    "FAILURE",
    "FOUND",
    "INVALID",
    "MISSING",
    "PRECONDITION",
    "REFUSED",
    "REQUIRED",
    "VIOLATION",
];

/// Whether a word of the line is written as the name of an environment variable. Node.js and MySQL begin their error
/// codes with prefixes of their own.
fn names_variable(line: &str) -> bool {
    let words = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.into_iter().any(|word| {
        let upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        let mut parts = word.split('_');
        let code = word.starts_with("ERR_")
            || word.starts_with("ER_")
            || parts
                .clone()
                .next_back()
                .is_some_and(|last| ERROR_CODE.contains(&last));
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.contains('_')
            && !code
            && parts.all(|part| !part.is_empty() && part.chars().all(upper))
    })
}

fn find(piece: &[u8], text: &[u8]) -> Option<usize> {
    let Some(first) = piece.first().map(u8::to_ascii_lowercase) else {
        return Some(0);
    };
    let starts = |window: &[u8]| window.first().map(u8::to_ascii_lowercase) == Some(first);
    text.windows(piece.len())
        .position(|window| starts(window) && window.eq_ignore_ascii_case(piece))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_begins_with_the_first_piece() {
        let pattern = "exec /*: no such file";
        assert!(begins(pattern, "exec /web: no such file or directory"));
        assert!(begins(pattern, "  Exec /web: No such file"));
        assert!(!begins(pattern, "fork/exec /web: no such file or directory"));
        assert!(!begins(pattern, "exec"));
    }

    #[test]
    fn lines_marked_as_information_are_routine() {
        for line in [
            "2026-11-27 10:00:00 INFO  Retrying after connect ECONNREFUSED",
            "INFO: retrying",
            "info: Microsoft.Hosting.Lifetime[0]",
            "level=info msg=\"open /etc/app.yml: no such file or directory, using defaults\"",
            r#"{"level":"debug","msg":"cache miss"}"#,
            "[info] no such file or directory",
        ] {
            assert!(is_routine(line), "{line}");
        }
        for line in [
            "ERROR failed to read INFO",
            "2016-05-23 15:16:47,348 INFO spawnerr: can't find command '/usr/sbin/php5-fpm'",
            "Failed to get more information",
            "Error: could not load [information]",
            "WARN connect ECONNREFUSED",
            "",
        ] {
            assert!(!is_routine(line), "{line}");
        }
    }

    #[test]
    fn names_of_variables_are_recognized() {
        for line in [
            "DATABASE_URL is not set",
            "missing `S3_BUCKET`",
            "env.DB_HOST_2: empty",
        ] {
            assert!(names_variable(line), "{line}");
        }
        for line in [
            "ERR_MODULE_NOT_FOUND",
            "ER_ACCESS_DENIED_ERROR: required",
            "5 NOT_FOUND: the database was not found",
            "SSL: CERTIFICATE_VERIFY_FAILED, issuer missing",
            "HOME is not set",
            "some_name is missing",
            "_X is missing",
            "A__B",
            "Database_URL",
        ] {
            assert!(!names_variable(line), "{line}");
        }
    }

    #[test]
    fn pieces_of_a_pattern_occur_in_their_order() {
        let rows = [
            ("manifest unknown", "API error: manifest unknown", true),
            ("Manifest Unknown", "API error: mANIFEST unknown", true),
            ("pull*unknown", "pull of the manifest: unknown", true),
            ("unknown*pull", "pull of the manifest: unknown", false),
            ("unknown*unknown", "unknown", false),
            ("aa*aa", "aaa", false),
            ("anything", "", false),
            ("", "", true),
            ("*", "", true),
            ("é*ü", "Café, Übung: früh", true),
        ];
        for (pattern, text, expected) in rows {
            assert_eq!(occurs(pattern, text), expected, "{pattern} in {text}");
        }
    }
}
