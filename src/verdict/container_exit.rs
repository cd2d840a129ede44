//! What a container's exit code means.

use std::borrow::Cow;

/// The meaning, in our words, of an exit code that has one by convention: the shell's 126 and 127 (POSIX, Shell
/// Command Language 2.8.2), and 128 + N for a program that signal N ended (Docker's and the shell's habit).
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

/// Linux has the signals 1 to 64 (signal(7)).
fn by_signal(exit_code: i64) -> Option<Cow<'static, str>> {
    let signal = exit_code
        .checked_sub(128)
        .filter(|signal| (1..=64).contains(signal))?;
    Some(format!("terminated by signal {signal}").into())
}

/// The meaning where AWS's words on the container tell more: a 137 with an OutOfMemoryError is no riddle.
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
    fn each_code_of_the_convention_has_a_meaning() {
        for code in [0, 125, 126, 127, 129, 130, 132, 134, 135, 136, 137, 139, 141, 143] {
            assert!(meaning(code).is_some(), "{code}");
        }
    }

    #[test]
    fn any_other_signal_goes_by_its_number() {
        assert_eq!(meaning(128 + 15), meaning(143));
        assert_eq!(meaning(128 + 31).as_deref(), Some("terminated by signal 31"));
        assert_eq!(meaning(193), None);
    }

    #[test]
    fn a_code_of_the_programs_own_has_none() {
        for code in [1, 2, 42, -1, 255, i64::MAX] {
            assert_eq!(meaning(code), None, "{code}");
        }
    }

    #[test]
    fn out_of_memory_is_told_from_any_other_kill() {
        let oom = "OutOfMemoryError: Container killed due to memory usage";
        assert_eq!(
            meaning_with(137, Some(oom)).as_deref(),
            Some("killed (SIGKILL): out of memory")
        );
        assert_eq!(meaning_with(137, None), meaning(137));
        assert_eq!(meaning_with(1, Some(oom)), None);
    }
}
