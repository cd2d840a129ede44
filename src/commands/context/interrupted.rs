//! A run that a signal stopped.

use crate::diagnostic::Failure;
use crate::exit::Exit;

/// A signal stopped the run. ECS goes on with the services that were in flight, whose change was sent without a reply,
/// or whose last tasks were draining.
pub fn interrupted(exit: Exit, in_flight: &[String], sent: &[String], draining: &[String]) -> Failure {
    let code = match exit {
        Exit::Terminated => "terminated",
        Exit::HungUp => "hung-up",
        _ => "interrupted",
    };
    let goes_on = |services: String| format!("the rollout of {services} goes on without ecsctl");
    let stop = |services: String| match draining.len() {
        1 => format!("{services} is deleted; its last tasks stop without ecsctl"),
        _ => format!("{services} are deleted; their last tasks stop without ecsctl"),
    };
    let unanswered =
        |services: String| format!("the change of {services} was sent; whether ECS took it is not known");
    let named = |services: &[String]| (!services.is_empty()).then(|| services.join(", "));
    let lines = [
        named(in_flight).map(goes_on),
        named(sent).map(unanswered),
        named(draining).map(stop),
    ];
    let (waits, drains) = ([in_flight, sent].concat().join(" "), draining.join(" "));
    let hint = match (waits.as_str(), drains.as_str()) {
        ("", "") => None,
        ("", drains) => Some(format!("ecsctl delete {drains} goes on waiting")),
        (waits, _) => Some(format!("ecsctl wait {waits}")),
    };
    Failure::new(exit, code, exit.meaning())
        .details(lines.into_iter().flatten())
        .maybe_hint(hint)
}
