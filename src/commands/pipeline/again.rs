//! Services looked at once more, right before they are judged or changed: what was observed is as old as a build, a push
//! and the waves before.

use tokio::sync::OnceCell;

use crate::aws::Aws;
use crate::ecs::{DescribedServices, Service};

/// The services of one wave: read together, when the first of them is needed.
pub struct Again<'a> {
    aws: &'a Aws,
    cluster: &'a str,
    names: Vec<String>,
    found: OnceCell<DescribedServices>,
}

impl<'a> Again<'a> {
    /// For services that were there when they were observed.
    pub fn new(aws: &'a Aws, cluster: &'a str, names: Vec<String>) -> Self {
        Self {
            aws,
            cluster,
            names,
            found: OnceCell::new(),
        }
    }

    /// None when it is not ACTIVE any more, or the look failed.
    pub async fn look(&self, name: &str) -> Option<&Service> {
        let found = self.found.get_or_init(|| self.read()).await;
        found.active(name)
    }

    async fn read(&self) -> DescribedServices {
        let described = self.aws.describe_services(self.cluster, &self.names).await;
        described.unwrap_or_else(|error| {
            tracing::debug!(%error, "the services could not be looked at again");
            DescribedServices::default()
        })
    }
}
