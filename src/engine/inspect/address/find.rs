//! The addresses of the one service that is meant.

use super::{addresses, target_groups};
use crate::aws::Aws;
use crate::diagnostic::{Explain, Explanation, Failure};
use crate::ecs::Service;
use crate::engine::inspect::no_service;
use crate::exit::Exit;
use crate::model::Addresses;

/// Finds the addresses of one of these services (pairs of their key in deploy.yaml and their name on ECS): the only one,
/// or the only one behind a load balancer.
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
        None => Err(unreachable(name, service).into()),
    }
}

/// The only one; of several, the only one behind a load balancer.
fn chosen<'a>(there: &[&'a Service], names: &[String]) -> Result<&'a Service, NoAddress> {
    if let ([_], [service]) = (names, there) {
        return Ok(service);
    }
    let mut balanced = there
        .iter()
        .filter(|it| !it.target_groups.is_empty() || !it.classic_load_balancers.is_empty());
    match (balanced.next(), balanced.next()) {
        (Some(service), None) => Ok(service),
        (None, _) => Err(NoAddress::Nowhere {
            services: names.join(", "),
        }),
        (Some(_), Some(_)) => Err(NoAddress::Several {
            services: names.to_vec(),
        }),
    }
}

fn unreachable(name: &str, service: &Service) -> NoAddress {
    let service_name = name.to_owned();
    match (
        service.classic_load_balancers.first(),
        service.target_groups.is_empty(),
    ) {
        (Some(balancer), _) => NoAddress::Classic {
            service: service_name,
            balancer: balancer.clone(),
        },
        (None, true) => NoAddress::Nowhere {
            services: service_name,
        },
        (None, false) => NoAddress::NoListener {
            service: service_name,
        },
    }
}

/// Why there is nothing to open.
#[derive(Debug, thiserror::Error)]
enum NoAddress {
    #[error("{services}: no load balancer leads here")]
    Nowhere { services: String },
    #[error("several services have a load balancer: {}", services.join(", "))]
    Several { services: Vec<String> },
    #[error(
        "{service} is behind the Classic Load Balancer {balancer}, whose address ecsctl does not look up"
    )]
    Classic { service: String, balancer: String },
    #[error("{service}: no listener of a load balancer forwards to its target group")]
    NoListener { service: String },
}

impl Explain for NoAddress {
    fn explain(&self) -> Explanation {
        let no_address = Explanation::new(Exit::Preflight, "no-address");
        match self {
            Self::Nowhere { services } => no_address
                .resource(services)
                .hint("loadBalancers in deploy.yaml put a service behind one"),
            Self::Several { services } => {
                let first = services.first().map_or("SERVICE", String::as_str);
                Explanation::new(Exit::Usage, "several-services").hint(format!("ecsctl open {first}"))
            }
            Self::Classic { service, balancer } => no_address.resource(service).hint(format!(
                "aws elb describe-load-balancers --load-balancer-names {balancer}"
            )),
            Self::NoListener { service } => no_address
                .resource(service)
                .hint(format!("ecsctl status {service} shows its targets")),
        }
    }
}
