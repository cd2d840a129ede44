//! Verbs that roll back, stop or delete need `--yes` where nobody can be asked.

use crate::commands::Context;
use crate::diagnostic::Failure;
use crate::exit::Exit;
use crate::ui;

/// Fails without a terminal and without `--yes`. Call this before any request is sent. `command` is what the
/// user typed, such as `continue --rollback`; `done` is what does not happen, such as `rolled back`.
pub fn require_yes(context: &Context, command: &str, done: &str, services: &[String]) -> Result<(), Failure> {
    if context.global.yes || ui::can_ask(&context.printer) {
        return Ok(());
    }
    let verb = if services.len() == 1 { "is" } else { "are" };
    let message = format!(
        "{} {verb} not {done}: without a terminal, `{command}` needs --yes",
        services.join(", ")
    );
    let failure = Failure::new(Exit::Usage, "needs-yes", message).hint("pass --yes, or set ECSCTL_YES=1");
    Err(match services {
        [service] => failure.resource(service.clone()),
        _ => failure,
    })
}
