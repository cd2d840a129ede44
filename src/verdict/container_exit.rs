//! What a container's exit code means.

use std::borrow::Cow;

/// The meaning of an exit code that has one by convention: the shell's 126 and 127 (POSIX, Shell Command
/// Language 2.8.2), and 128 + N for a program terminated by signal N (as Docker and shells report it).
pub fn meaning(exit_code: i64) -> Option<Cow<'static, str>> {
    let known = match exit_code {
        0 => "exited without an error",
        125 => "the container could not be started",
        126 => "the command can't be executed",
        127 => "the command was not found",
        129 => "hung up (SIGHUP)",
        130 => "interrupted (SIGINT)",
        132 => "crashed: illegal instruction (SIGILL)",
        134 => "aborted (SIGABRT)",
        135 => "crashed: bus error (SIGBUS)",
        136 => "crashed: arithmetic error (SIGFPE)",
        137 => "killed (SIGKILL): out of memory, or it did not stop in time",
        139 => "crashed: segmentation fault (SIGSEGV)",
        141 => "terminated: broken pipe (SIGPIPE)",
        143 => "terminated (SIGTERM)",
        _ => return by_signal(exit_code),
    };
    Some(known.into())
}

/// The meaning of 128 + N; Linux has signals 1 to 64 (signal(7)).
fn by_signal(exit_code: i64) -> Option<Cow<'static, str>> {
    let signal = exit_code
        .checked_sub(128)
        .filter(|signal| (1..=64).contains(signal))?;
    Some(format!("terminated by signal {signal}").into())
}

/// The meaning, given the container's reason from AWS: an OutOfMemoryError explains a 137.
pub fn meaning_with(exit_code: i64, reason: Option<&str>) -> Option<Cow<'static, str>> {
    match (exit_code, reason) {
        (137, Some(reason)) if reason.contains("OutOfMemory") => {
            Some("killed (SIGKILL): out of memory".into())
        }
        _ => meaning(exit_code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conventional_exit_codes_have_a_meaning() {
        for code in [0, 125, 126, 127, 129, 130, 132, 134, 135, 136, 137, 139, 141, 143] {
            assert!(meaning(code).is_some(), "{code}");
        }
    }

    #[test]
    fn other_signals_are_shown_by_number() {
        assert_eq!(meaning(128 + 15), meaning(143));
        assert_eq!(meaning(128 + 31).as_deref(), Some("terminated by signal 31"));
        assert_eq!(meaning(193), None);
    }

    #[test]
    fn program_specific_exit_codes_have_no_meaning() {
        for code in [1, 2, 42, -1, 255, i64::MAX] {
            assert_eq!(meaning(code), None, "{code}");
        }
    }

    #[test]
    fn out_of_memory_is_distinguished_from_other_kills() {
        let oom = "OutOfMemoryError: Container killed due to memory usage";
        assert_eq!(
            meaning_with(137, Some(oom)).as_deref(),
            Some("killed (SIGKILL): out of memory")
        );
        assert_eq!(meaning_with(137, None), meaning(137));
        assert_eq!(meaning_with(1, Some(oom)), None);
    }
}
