//! Prompts on a terminal.

use std::io::{self, BufRead, IsTerminal};
use std::sync::Arc;

use super::line::{Line, Symbol};
use super::printer::Printer;

/// The result of a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptAnswer {
    /// Confirmed.
    Yes,
    /// The user was asked and did not confirm.
    No,
    /// Nobody could be asked.
    Nobody,
}

/// Whether a prompt is possible: stderr and stdin are terminals.
pub fn can_ask(printer: &Printer) -> bool {
    printer.err_look().terminal && io::stdin().is_terminal()
}

/// Prints what will happen and asks for confirmation. `yes` (`--yes`) confirms without asking. Without a
/// terminal on both ends, asks nobody and prints nothing.
pub async fn ask(printer: &Arc<Printer>, yes: bool, matter: &[String], question: &str) -> PromptAnswer {
    if !yes && !can_ask(printer) {
        return PromptAnswer::Nobody;
    }
    let _pause = printer.region().pause();
    for line in matter {
        printer.note(&Line::of(" ").sign(Symbol::Warning).text(" ").text(line));
    }
    if yes {
        return PromptAnswer::Yes;
    }
    printer.question(&format!("{question} [y/N] "));
    // Signals are still handled meanwhile; the reading thread is abandoned.
    let typed = tokio::task::spawn_blocking(|| {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).map(|_| line)
    });
    match typed.await {
        Ok(Ok(line)) if is_yes(&line) => PromptAnswer::Yes,
        _ => PromptAnswer::No,
    }
}

/// Asks which of several things is meant, by its name or its number. Blocks until one is typed; None if none is, or
/// nobody can be asked.
pub fn choose(printer: &Printer, kind: &str, names: &[String]) -> Option<String> {
    if !can_ask(printer) {
        return None;
    }
    for (number, name) in names.iter().enumerate() {
        printer.note(&Line::of(format!("  {}  {name}", number + 1)));
    }
    loop {
        printer.question(&format!("Which {kind}? "));
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).ok()?;
        let typed = line.trim();
        if typed.is_empty() {
            return None;
        }
        if let Some(chosen) = chosen(typed, names) {
            return Some(chosen.clone());
        }
    }
}

fn chosen<'a>(typed: &str, names: &'a [String]) -> Option<&'a String> {
    let by_number = || names.get(typed.parse::<usize>().ok()?.checked_sub(1)?);
    names.iter().find(|name| *name == typed).or_else(by_number)
}

/// Asks for a text, again as long as it isn't valid. Blocks until it is typed; nothing typed is the default.
pub fn ask_text(printer: &Printer, question: &str, default: &str, is_valid: &dyn Fn(&str) -> bool) -> String {
    loop {
        printer.question(&format!("{question} [{default}] "));
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line).unwrap_or(0);
        match line.trim() {
            "" => return default.to_owned(),
            typed if is_valid(typed) || read == 0 => return typed.to_owned(),
            _ => {}
        }
    }
}

/// Notes where a session begins.
pub fn session_begins(printer: &Printer, place: &str, container: &str) {
    if !printer.settings().quiet {
        printer.note(&Line::of(format!("  {place}, container {container}")));
    }
}

/// Asks for the six digits that an MFA device shows. Blocks until they are typed; None if nothing is.
pub fn ask_for_code(printer: &Printer, device: &str) -> Option<String> {
    let _pause = printer.region().pause();
    loop {
        printer.question(&format!("MFA code of {device}: "));
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).ok()?;
        let code = line.trim();
        if code.is_empty() {
            return None;
        }
        if is_code(code) {
            return Some(code.to_owned());
        }
    }
}

/// Notes that deploy.yaml's profile doesn't exist here, so that the environment's credentials are used.
pub fn skipped_profile(printer: &Printer, profile: &str) {
    if printer.settings().quiet {
        return;
    }
    printer.note(&Line::of(format!(
        "  profile `{profile}` of deploy.yaml doesn't exist here: using the credentials in the environment"
    )));
}

/// Lists what was left unchanged; `None` if that is unknown, because the file has errors.
pub fn left_behind(printer: &Printer, left: Option<&[String]>) {
    if printer.settings().quiet || left.is_some_and(<[String]>::is_empty) {
        return;
    }
    let Some(left) = left else {
        let unknown =
            "  unchanged: task definitions, images and log groups, not listed because of errors in the file";
        return printer.note(&Line::of(unknown));
    };
    printer.note(&Line::of("  unchanged:"));
    for it in left {
        printer.note(&Line::of("    ").text(it));
    }
}

fn is_yes(line: &str) -> bool {
    matches!(line.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}

/// Whether this can be the code of an MFA device (AssumeRole, `TokenCode`: six digits).
fn is_code(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_a_name_or_a_number() {
        let names = ["web", "2", "api"].map(str::to_owned);
        for (typed, expected) in [
            ("web", Some("web")),
            ("1", Some("web")),
            ("2", Some("2")),
            ("3", Some("api")),
            ("0", None),
            ("4", None),
            ("wbe", None),
        ] {
            assert_eq!(chosen(typed, &names).map(String::as_str), expected, "{typed}");
        }
    }

    #[test]
    fn nothing_but_yes_is_yes() {
        for (line, yes) in [
            ("y\n", true),
            ("Yes\r\n", true),
            ("\n", false),
            ("", false),
            ("n\n", false),
            ("yess\n", false),
        ] {
            assert_eq!(is_yes(line), yes, "{line:?}");
        }
    }
}
