//! Finds the addresses of the selected service.

use super::{addresses, target_groups};
use crate::aws::Aws;
use crate::diagnostic::{Failure, Suggestion};
use crate::ecs::Service;
use crate::engine::inspect::no_service;
use crate::exit::Exit;
use crate::model::Addresses;

/// Finds the addresses of one of these services (pairs of deploy.yaml key and ECS service name): the
/// only one, or the only one behind a load balancer.
pub async fn find(aws: &Aws, cluster: &str, services: &[(String, String)]) -> Result<Addresses, Failure> {
    let names: Vec<String> = services.iter().map(|(_, name)| name.clone()).collect();
    let described = aws.describe_services(cluster, &names).await?;
    let there: Vec<&Service> = names.iter().filter_map(|name| described.existing(name)).collect();
    if there.is_empty() && !names.is_empty() {
        return Err(no_service(cluster, services));
    }
    let service = chosen(&there, &names)?;
    let name = service.name.as_str();
    let addresses = addresses(aws, &target_groups(service)).await?;
    match addresses.first() {
        Some(best) => Ok(Addresses {
            schema: 1,
            service: name.to_owned(),
            url: best.url.clone(),
            addresses,
        }),
        None => Err(unreachable(name, service)),
    }
}

/// Returns the only service or, if there are several, the only one behind a load balancer.
fn chosen<'a>(there: &[&'a Service], names: &[String]) -> Result<&'a Service, Failure> {
    if let ([_], [service]) = (names, there) {
        return Ok(service);
    }
    let mut balanced = there
        .iter()
        .filter(|it| !it.target_groups.is_empty() || !it.classic_load_balancers.is_empty());
    match (balanced.next(), balanced.next()) {
        (Some(service), None) => Ok(service),
        (None, _) => Err(no_load_balancer(&names.join(", "))),
        (Some(_), Some(_)) => Err(several(names)),
    }
}

fn unreachable(name: &str, service: &Service) -> Failure {
    if let Some(balancer) = service.classic_load_balancers.first() {
        let message =
            format!("{name} is behind the Classic Load Balancer {balancer}, which ecsctl does not support");
        let look = format!("aws elb describe-load-balancers --load-balancer-names {balancer}");
        return no_address(name, message).hint(look);
    }
    if service.target_groups.is_empty() {
        return no_load_balancer(name);
    }
    let message = format!("{name}: no load balancer listener forwards to its target group");
    no_address(name, message).hint(Suggestion::command("status", name.to_string()).then(" shows its targets"))
}

fn no_address(service: &str, message: String) -> Failure {
    Failure::new(Exit::Preflight, "no-address", message).resource(service)
}

fn no_load_balancer(services: &str) -> Failure {
    no_address(services, format!("{services}: no load balancer"))
        .hint("add loadBalancers to the service in deploy.yaml")
}

fn several(services: &[String]) -> Failure {
    let message = format!("several services have load balancers: {}", services.join(", "));
    let first = services.first().map_or("SERVICE", String::as_str);
    Failure::new(Exit::Usage, "several-services", message)
        .hint(Suggestion::command("open", first.to_string()))
}
