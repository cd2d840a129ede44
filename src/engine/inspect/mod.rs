//! Shows what exists, once or continuously: events, tasks, logs, history.

pub mod address;
mod code_deploy_history;
pub mod events;
pub mod history;
pub mod logs;
pub mod status;
pub mod tasks;

use crate::diagnostic::{Failure, Suggestion};
use crate::exit::Exit;

/// The failure for services that don't exist, given by deploy.yaml key and ECS service name.
pub fn no_service(cluster: &str, services: &[(String, String)]) -> Failure {
    let (keys, names): (Vec<&str>, Vec<&str>) = services
        .iter()
        .map(|(key, name)| (key.as_str(), name.as_str()))
        .unzip();
    let message = format!("service {} doesn't exist in cluster {cluster}", names.join(", "));
    let only = match names.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    let creates = Suggestion::command("deploy", format!("--only {}", keys.join(",")));
    Failure::new(Exit::Preflight, "no-such-service", message)
        .maybe_resource(only)
        .hint(creates.then(match only {
            Some(_) => " creates it",
            None => " creates them",
        }))
}
