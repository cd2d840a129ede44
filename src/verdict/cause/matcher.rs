//! The signs by which a cause is recognized.

use super::evidence::Evidence;
use super::indexed_text::IndexedText;

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
    /// Same as `LoggedBut`, for a word that stands alone, such as the name of an error: `EACCES`, `:eacces`.
    LoggedWord(&'static str, &'static [&'static str]),
    /// Same, for a phrase whose steps each have alternatives: `unable to` or `failed to`, then `read` or `open`.
    LoggedPhrase(&'static [&'static [&'static str]], &'static [&'static str]),
    /// The target's reason code, if the task has not stopped by itself.
    Target(&'static str),
    /// Same, with a pattern for its description.
    TargetSaid(&'static str, &'static str),
    /// The container health check failed.
    Unhealthy,
}

impl CauseSign {
    /// Whether the evidence shows this sign.
    pub fn holds(&self, evidence: &Evidence<'_>) -> bool {
        let Evidence { facts, said, log } = evidence;
        let target = || facts.target.filter(|_| !facts.stopped_by_itself());
        match *self {
            Self::Said(pattern) => said.iter().any(|text| text.contains(pattern)),
            Self::SaidBut(pattern, not) => said
                .iter()
                .any(|text| text.contains(pattern) && !contains_any(text, not)),
            Self::SaidOf(name, pattern) => {
                let named = facts
                    .container
                    .is_some_and(|container| IndexedText::new(container.name).starts_with(name));
                named && said.iter().any(|text| text.contains(pattern))
            }
            Self::Stopped(code) => facts.stop_code == Some(code),
            Self::Exited(code) => facts.ended_with() == Some(code),
            Self::Crashed => facts.ended_with().is_some_and(|code| code != 0),
            Self::Logged(pattern) => log.iter().any(|line| line.contains(pattern)),
            Self::LoggedBut(pattern, not) => log
                .iter()
                .any(|line| line.contains(pattern) && !contains_any(line, not)),
            Self::LoggedVariable(pattern, not) => log.iter().any(|line| {
                line.contains(pattern) && !contains_any(line, not) && names_variable(line.text())
            }),
            Self::LoggedAs(pattern) => log.iter().any(|line| line.starts_with(pattern)),
            Self::LoggedWord(word, not) => log
                .iter()
                .any(|line| line.contains_word(word) && !contains_any(line, not)),
            Self::LoggedPhrase(steps, not) => log
                .iter()
                .any(|line| line.contains_phrase(steps) && !contains_any(line, not)),
            Self::Target(reason) => target().is_some_and(|target| target.reason == reason),
            Self::TargetSaid(reason, pattern) => target().is_some_and(|target| {
                let description = target.description.map(IndexedText::new);
                target.reason == reason && description.is_some_and(|text| text.contains(pattern))
            }),
            Self::Unhealthy => facts.health_check_failed,
        }
    }
}

fn contains_any(text: &IndexedText<'_>, patterns: &[&str]) -> bool {
    patterns.iter().any(|pattern| text.contains(pattern))
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
const FAILED_PROGRAM: [&str; 3] = ["spawnerr: ", " entered FATAL state", "; not expected)"];

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
