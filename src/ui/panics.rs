//! Panics are bugs in ecsctl: they are held until the terminal is restored, then printed with a link for
//! reporting them.

use std::panic;
use std::sync::{Mutex, PoisonError};

use super::error;
use super::line::Line;
use super::printer::Printer;
use crate::exit::Exit;

/// The first panic of the process; later ones are consequences of it.
static FIRST: Mutex<Option<Panic>> = Mutex::new(None);

struct Panic {
    message: String,
    place: String,
    backtrace: Option<String>,
}

/// Installs a hook that records panics instead of printing them over the live view.
pub fn keep_panics() {
    panic::set_hook(Box::new(|info| {
        let mut first = FIRST.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert_with(|| Panic {
            message: info.payload_as_str().unwrap_or("no message").to_owned(),
            place: info
                .location()
                .map_or_else(|| "an unknown place".to_owned(), ToString::to_string),
            backtrace: std::env::var_os("RUST_BACKTRACE")
                .is_some_and(|wanted| wanted != "0")
                .then(|| std::backtrace::Backtrace::force_capture().to_string()),
        });
    }));
}

/// Reports the recorded panic, if any, including one on a thread that was never joined.
pub fn report_panic(printer: &Printer) -> Option<Exit> {
    let panic = FIRST.lock().unwrap_or_else(PoisonError::into_inner).take()?;
    error::print_message(printer, &format!("bug in ecsctl: {}", panic.message));
    printer.note(&Line::of(format!(
        "  at:    {} in ecsctl {}",
        panic.place,
        env!("CARGO_PKG_VERSION")
    )));
    for line in panic.backtrace.iter().flat_map(|backtrace| backtrace.lines()) {
        printer.note(&Line::of(line));
    }
    printer.note(&Line::of(format!(
        "  hint:  report it {} with these lines and the command that you ran",
        place_to_report()
    )));
    Some(Exit::Unexpected)
}

fn place_to_report() -> String {
    match env!("CARGO_PKG_REPOSITORY") {
        "" => "to the maintainers of ecsctl".to_owned(),
        repository => format!("at {repository}/issues"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::printer::PrinterSettings;
    use crate::ui::terminal_style::TerminalStyle;
    use crate::ui::testing::Captured;

    #[test]
    fn a_panic_is_reported_once_with_its_place() {
        let panic = Panic {
            message: "index 3\u{1b}[31m".into(),
            place: "src/x.rs:1:2".into(),
            backtrace: None,
        };
        *FIRST.lock().unwrap() = Some(panic);
        let (printer, _, err) = Captured::printer(PrinterSettings::default(), TerminalStyle::PLAIN);
        assert_eq!(report_panic(&printer), Some(Exit::Unexpected));
        assert_eq!(report_panic(&printer), None);
        let lines: Vec<String> = err.text().lines().map(str::to_owned).collect();
        assert_eq!(lines[0], "error: bug in ecsctl: index 3");
        assert!(
            lines[1].starts_with("  at:    src/x.rs:1:2 in ecsctl "),
            "{lines:?}"
        );
        assert!(lines[2].starts_with("  hint:  report it "), "{lines:?}");
    }
}
