//! Why a service has no address.

use crate::diagnostic::{Explain, Explanation};
use crate::exit::Exit;

/// Why there is nothing to open.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoAddress {
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
