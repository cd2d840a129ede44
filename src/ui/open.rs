//! Prints an address, and opens it in a browser on an interactive terminal.

use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use super::line::{Line, Symbol};
use super::printer::Printer;
use crate::model::Addresses;

/// The command that opens an address on this system.
const OPENER: &str = if cfg!(target_os = "macos") {
    "open"
} else {
    "xdg-open"
};

/// Prints the address, and also opens it on a terminal.
pub fn open(printer: &Printer, found: &Addresses) {
    let look = printer.out_look();
    printer.present(found, |printer| {
        printer.result(&Line::of(&found.url));
    });
    if printer.settings().quiet {
        return;
    }
    if found.addresses.first().is_some_and(|address| address.internal) {
        let text = " the load balancer is internal: it is reachable only from its own network";
        printer.note(&Line::of(" ").sign(Symbol::Warning).text(text));
    }
    let is_page = ["http://", "https://"]
        .iter()
        .any(|scheme| found.url.starts_with(scheme));
    let is_text = printer.settings().form == super::OutputFormat::Text;
    if look.terminal && is_text && is_page && !browse(&found.url) {
        printer.note(
            &Line::of(" ")
                .sign(Symbol::Warning)
                .text(" could not start a browser"),
        );
    }
}

/// Opens the address in a browser: the first command of BROWSER (a colon-separated list in which `%s` stands
/// for the address) that starts, else the system's default. Doesn't wait for it to exit.
fn browse(url: &str) -> bool {
    let browsers = std::env::var("BROWSER").unwrap_or_default();
    let named = browsers.split(':').filter(|browser| !browser.trim().is_empty());
    named.chain([OPENER]).any(|browser| start(browser, url))
}

fn start(browser: &str, url: &str) -> bool {
    let mut words = browser.split_whitespace();
    let Some(program) = words.next() else { return false };
    let mut arguments: Vec<String> = words.map(|word| word.replace("%s", url)).collect();
    if !browser.contains("%s") {
        arguments.push(url.to_owned());
    }
    let mut command = Command::new(program);
    command.args(arguments);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // Closing the terminal or pressing Ctrl-C must not end the browser.
    command.process_group(0);
    command.spawn().is_ok()
}
