//! Formats a service's deployments in progress: each revision with its own tasks and traffic, and who is
//! being waited for.

use crate::diagnostic::Suggestion;
use jiff::Timestamp;

use super::remarks::StatusRemark;
use super::when;
use crate::model::{DeploymentStatus, EventStatus, HookStatus, InProgressStatus, ServiceStatus};
use crate::ui::line::Symbol;
use crate::ui::terminal_style::TerminalStyle;
use crate::ui::{text, times};

/// The PRIMARY deployment, which the line of a service describes. The service's own counts cover all of its
/// deployments.
pub struct PrimaryDeployment<'a> {
    /// `ecs-svc/N`.
    pub id: Option<&'a str>,
    /// `web:42`.
    pub definition: Option<&'a str>,
    /// Running tasks.
    pub running: Option<u64>,
    /// Starting tasks.
    pub pending: u64,
    /// Desired tasks.
    pub desired: Option<u64>,
    /// Tasks that failed.
    pub failed: u64,
    /// Whether it is still rolling out or has failed.
    pub is_rolling: bool,
}

/// Returns the deployment that the line of a service describes; services with other deployment controllers
/// have no deployments.
pub fn head(service: &ServiceStatus) -> PrimaryDeployment<'_> {
    let own = service.task_definition.as_deref();
    match primary(service) {
        Some(primary) if primary.running.is_some() && primary.desired.is_some() => PrimaryDeployment {
            id: Some(&primary.id),
            definition: primary.task_definition.as_deref().or(own),
            running: primary.running,
            pending: primary.pending,
            // ECS sets the desired count of a failed deployment to zero, but the service still lacks all of its tasks.
            desired: match has_failed(primary) {
                true => service.desired.or(primary.desired),
                false => primary.desired,
            },
            failed: primary.failed,
            is_rolling: is_rolling(service, primary) || has_failed(primary),
        },
        _ => PrimaryDeployment {
            id: None,
            definition: own,
            running: service.running,
            pending: service.pending.unwrap_or(0),
            desired: service.desired,
            failed: 0,
            is_rolling: false,
        },
    }
}

/// Returns a remark for each deployment other than one that simply runs, and one for a pause.
pub fn remarks(service: &ServiceStatus, look: TerminalStyle, now: Timestamp) -> Vec<StatusRemark> {
    let flight = service.in_flight.as_ref();
    let mut lines = Vec::new();
    for deployment in &service.deployments {
        let of_flight = flight.filter(|it| it.deployment.as_ref() == Some(&deployment.id));
        if let Some((sign, text)) = remark(service, deployment, of_flight, look, now) {
            let remark = StatusRemark::of(sign, text);
            lines.push(match sign {
                Symbol::Failed => remark,
                _ => remark.whole(),
            });
        }
        if let Some(hook) = of_flight.filter(|it| it.paused).and_then(|it| it.hook.as_ref()) {
            lines.push(pause(service, hook, look, now));
        }
    }
    lines
}

/// Returns the last ECS event if tasks don't start, to explain why. If other tasks serve, returns only an
/// event that indicates a problem. An event from before the current deployments, or that repeats a failed
/// deployment's reason, is left out.
pub fn trouble(service: &ServiceStatus) -> Option<&EventStatus> {
    let event = service.last_event.as_ref()?;
    let at = event.at.as_deref().and_then(time);
    let mut failed = service.deployments.iter().filter(|it| has_failed(it));
    let last_words = |text: &str| text.rsplit(": ").next().unwrap_or(text).to_owned();
    let is_said = failed.any(|it| it.reason.as_deref().map(last_words) == Some(last_words(&event.message)));
    // Amazon ECS service event messages: "has reached a steady state".
    if at < service.runs_since() || is_said || event.message.contains("reached a steady state") {
        return None;
    }
    if service.running < service.desired {
        return Some(event);
    }
    let head = head(service);
    let is_of_it = at >= service.deployed_at.as_deref().and_then(time);
    (head.running < head.desired && is_of_it && text::is_trouble(&event.message)).then_some(event)
}

fn time(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

fn primary(service: &ServiceStatus) -> Option<&DeploymentStatus> {
    service.deployments.iter().find(|it| it.status == "PRIMARY")
}

fn has_failed(deployment: &DeploymentStatus) -> bool {
    deployment.rollout.as_deref() == Some("FAILED")
}

fn has_tasks(deployment: &DeploymentStatus) -> bool {
    deployment.running.unwrap_or(0) + deployment.pending > 0
}

/// Whether ECS is still working on the deployment. Without other evidence (no rolloutState, and no permission
/// to read service deployments), this is inferred from what is left of other deployments.
fn is_rolling(service: &ServiceStatus, deployment: &DeploymentStatus) -> bool {
    let flight = service.in_flight.as_ref();
    let others = || {
        let mut others = service.deployments.iter().filter(|it| it.id != deployment.id);
        others.any(has_tasks)
    };
    flight.is_some_and(|it| it.deployment.as_ref() == Some(&deployment.id))
        || match deployment.rollout.as_deref() {
            Some("COMPLETED" | "FAILED") => false,
            Some(_) => true,
            None => others(),
        }
}

fn remark(
    service: &ServiceStatus,
    deployment: &DeploymentStatus,
    flight: Option<&InProgressStatus>,
    look: TerminalStyle,
    now: Timestamp,
) -> Option<(Symbol, String)> {
    let is_primary = deployment.status == "PRIMARY";
    let name = name(service, deployment, look, now);
    if has_failed(deployment) {
        let left = match deployment.running {
            Some(running) if running > 0 && !is_primary => format!("; {running} left"),
            _ => String::new(),
        };
        let why = because(deployment.reason.as_deref());
        return Some((Symbol::Failed, format!("deployment of {name} failed{left}{why}")));
    }
    if let Some(flight) = flight {
        return Some((Symbol::Change, progress(&name, deployment, flight)));
    }
    if is_primary {
        let why = because(told(deployment.reason.as_deref()));
        return is_rolling(service, deployment).then(|| (Symbol::Change, format!("rolling out {name}{why}")));
    }
    let running = deployment.running.unwrap_or(0);
    let traffic = traffic(deployment);
    let text = match deployment.desired {
        _ if !has_tasks(deployment) => return None,
        Some(desired) if desired == 0 || running > desired => {
            format!("{name} draining: {running} left{traffic}")
        }
        Some(desired) => {
            let starting = match deployment.pending {
                0 => String::new(),
                pending => format!(", {pending} starting"),
            };
            format!("{name} still running: {running} of {desired}{starting}{traffic}")
        }
        None => format!("{name} still running: {running}{traffic}"),
    };
    Some((Symbol::Change, text))
}

/// `web:42`; if the PRIMARY deployment runs the same revision, also the start time.
fn name(
    service: &ServiceStatus,
    deployment: &DeploymentStatus,
    look: TerminalStyle,
    now: Timestamp,
) -> String {
    let name = deployment.task_definition.as_deref().unwrap_or("?");
    let is_alike = primary(service)
        .is_some_and(|it| it.id != deployment.id && it.task_definition == deployment.task_definition);
    match deployment.created_at.as_deref() {
        Some(at) if is_alike => format!("{name} deployed {}", when(at, look, now)),
        _ => name.to_owned(),
    }
}

/// `rolling out web:42 (canary): PRODUCTION_TRAFFIC_SHIFT, 5 % of the traffic, bakes for 10m`.
fn progress(name: &str, deployment: &DeploymentStatus, flight: &InProgressStatus) -> String {
    let is_going_back = matches!(
        flight.status.as_str(),
        "STOP_REQUESTED" | "ROLLBACK_REQUESTED" | "ROLLBACK_IN_PROGRESS"
    );
    let does = if is_going_back {
        "rolling back"
    } else {
        "rolling out"
    };
    let strategy = match flight.strategy.as_str() {
        "ROLLING" => String::new(),
        "BLUE_GREEN" => " (blue/green)".to_owned(),
        other => format!(" ({})", other.to_ascii_lowercase()),
    };
    let stage = flight.stage.as_ref().map(|stage| format!(": {stage}"));
    let bake = flight
        .bake_minutes
        .map(|minutes| format!(", bakes for {minutes}m"));
    // A pause is shown on its own line.
    let hook = flight.hook.as_ref().filter(|_| !flight.paused);
    let hook = hook.map(|hook| format!(", hook {} {}", hook.name, hook.status));
    let said = match is_going_back {
        true => flight.reason.as_deref(),
        false => told(deployment.reason.as_deref()),
    };
    format!(
        "{does} {name}{strategy}{}{}{}{}{}",
        stage.unwrap_or_default(),
        traffic(deployment),
        bake.unwrap_or_default(),
        hook.unwrap_or_default(),
        because(said)
    )
}

/// `, 95 % of the traffic, 100 % of the test traffic`.
fn traffic(deployment: &DeploymentStatus) -> String {
    let production = deployment.production_traffic;
    let production = production.map(|percent| format!(", {percent} % of the traffic"));
    let test = deployment.test_traffic.filter(|percent| *percent > 0.0);
    let test = test.map(|percent| format!(", {percent} % of the test traffic"));
    [production, test].into_iter().flatten().collect()
}

fn because(reason: Option<&str>) -> String {
    reason
        .map(|reason| format!("; AWS: {reason}"))
        .unwrap_or_default()
}

/// Returns AWS's reason, if it says more than that the deployment continues
/// ("ECS deployment ecs-svc/N in progress.").
fn told(reason: Option<&str>) -> Option<&str> {
    reason.filter(|it| !(it.starts_with("ECS deployment ") && it.ends_with(" in progress.")))
}

/// `paused by hook 3f2a…, waiting for approval until 15:40:00, then rolled back`, and the available commands.
fn pause(service: &ServiceStatus, hook: &HookStatus, look: TerminalStyle, now: Timestamp) -> StatusRemark {
    let expires_at = hook.expires_at.as_deref().and_then(time);
    let until = expires_at.map(|at| format!(" until {}", times::clock(at, look, now)));
    let then = match hook.timeout_action.as_deref() {
        Some("ROLLBACK") => ", then rolled back",
        Some("CONTINUE") => ", then continued",
        _ => "",
    };
    let text = format!(
        "paused by hook {}, waiting for approval{}{then}",
        hook.id,
        until.unwrap_or_default()
    );
    let remark = StatusRemark::of(Symbol::Warning, text).whole();
    let remark = remark.next(Suggestion::command("continue", service.key.clone()));
    // A first deployment has no previous revision to roll back to.
    match service.deployments.len() {
        ..2 => remark,
        _ => remark.next(Suggestion::command("rollback", service.key.clone())),
    }
}
