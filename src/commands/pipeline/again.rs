//! Services looked at once more, right before they are judged or changed: what was observed is as old as a build, a push
//! and the waves before.

use tokio::sync::OnceCell;

use crate::aws::Aws;
use crate::engine::presence::Presence;
use crate::model::Value;

/// The services of one wave: read together, when the first of them is needed.
pub struct Again<'a> {
    aws: &'a Aws,
    cluster: &'a str,
    names: Vec<String>,
    found: OnceCell<Vec<Value>>,
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

    /// DescribeServices' Service; None when it is not ACTIVE any more, or the look failed.
    pub async fn look(&self, name: &str) -> Option<&Value> {
        let found = self.found.get_or_init(|| self.read()).await;
        Presence::among(found, name).active()
    }

    async fn read(&self) -> Vec<Value> {
        match self.aws.describe_services(self.cluster, &self.names).await {
            Ok(mut reply) => match reply.get_mut("services").map(Value::take) {
                Some(Value::Array(services)) => services,
                _ => Vec::new(),
            },
            Err(error) => {
                tracing::debug!(%error, "the services could not be looked at again");
                Vec::new()
            }
        }
    }
}
