//! Errors for services that can't be changed as requested. No request is sent then.

use super::ServiceChange;
use crate::aws::AwsError;
use crate::diagnostic::{Failure, Suggestion};
use crate::ecs::{DeploymentController, Service};
use crate::engine::RunReport;
use crate::exit::Exit;

/// The failure for a service that doesn't exist. `key` is its key in deploy.yaml.
pub(super) fn no_such_service(service: &str, key: &str) -> Failure {
    Failure::new(
        Exit::Preflight,
        "no-such-service",
        format!("service {service} doesn't exist"),
    )
    .resource(service)
    .hint(Suggestion::command("deploy", format!("--only {key}")).then(" creates it"))
}

/// Returns why an existing service can't be changed this way, or None if it can.
pub(super) fn refusal(service: &Service, name: &str, change: ServiceChange) -> Option<Failure> {
    let refused =
        |code, why: &str| Failure::new(Exit::Preflight, code, format!("service {name} {why}")).resource(name);
    if service.is_draining() && change != ServiceChange::Delete {
        let failure = refused("service-draining", "is being deleted");
        return Some(
            failure.hint(Suggestion::command("status", name.to_string()).then(" shows its remaining tasks")),
        );
    }
    // DeleteService works with every deployment controller, except for Express services.
    let is_external = service.deployment_controller == DeploymentController::External;
    if (service.is_express() || (is_external && change != ServiceChange::Delete))
        && let Some(controller) = service.foreign_controller()
    {
        let why = format!("is deployed by {controller}, not by ECS");
        let hint = "the verbs status, tasks, logs and events work for it; change it where it is managed";
        return Some(refused("unsupported-controller", &why).hint(hint));
    }
    match change {
        ServiceChange::Scale if service.is_daemon() => {
            let why = "is a DAEMON: it runs one task on each container instance";
            let hint = "its number of tasks follows the cluster's container instances";
            Some(refused("daemon-has-no-count", why).hint(hint))
        }
        ServiceChange::Scale | ServiceChange::Restart | ServiceChange::Delete => None,
    }
}

/// Fails with all refusals combined, if there are any, and reports each of the services (pairs of deploy.yaml key and
/// ECS service name). Nothing was changed then.
pub(super) fn refused(
    services: &[(String, String)],
    refusals: &[(String, Failure)],
) -> Result<(), RunReport> {
    let Some(((_, first), rest)) = refusals.split_first() else {
        return Ok(());
    };
    let rest = rest.iter().map(|(_, refusal)| format!("and: {refusal}"));
    let failure = first
        .clone()
        .details(rest.chain(["nothing was changed".to_owned()]));
    let names = services.iter().map(|(_, name)| name.as_str());
    Err(RunReport::of_refusal(names, refusals, failure))
}

/// Reports services that can't be read. Nothing was changed.
pub(super) fn unread(services: &[(String, String)], error: AwsError) -> RunReport {
    let names = services.iter().map(|(_, name)| name.as_str());
    RunReport::of_failed_services(names, &error.into())
}
