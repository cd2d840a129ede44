//! Clusters.

use serde_json::{Value, json};

use super::{World, missing, name_in};
use crate::support::protocol::{Answer, Call};

impl World {
    fn cluster_value(&self, name: &str, status: &str) -> Value {
        let services = self.services.keys().filter(|(cluster, _)| cluster == name);
        json!({
            "clusterArn": self.base.arn(&format!("cluster/{name}")),
            "clusterName": name,
            "status": status,
            "registeredContainerInstancesCount": 0,
            "runningTasksCount": 0,
            "pendingTasksCount": 0,
            "activeServicesCount": services.count(),
            "statistics": [],
            "tags": [],
            "settings": [],
            "capacityProviders": [],
            "defaultCapacityProviderStrategy": [],
        })
    }

    pub(super) fn describe_clusters(&self, call: &Call) -> Answer {
        let mut names = call.texts("clusters");
        if names.is_empty() {
            names.push("default".to_owned());
        }
        let (mut clusters, mut failures) = (Vec::new(), Vec::new());
        for name in names.iter().map(|name| name_in(name)) {
            match self.clusters.get(name) {
                Some(status) => clusters.push(self.cluster_value(name, status)),
                None => failures.push(missing(self.base.arn(&format!("cluster/{name}")))),
            }
        }
        Ok(json!({"clusters": clusters, "failures": failures}))
    }

    pub(super) fn create_cluster(&mut self, call: &Call) -> Answer {
        let name = call.text("clusterName").unwrap_or("default").to_owned();
        self.clusters.insert(name.clone(), "ACTIVE".to_owned());
        Ok(json!({"cluster": self.cluster_value(&name, "ACTIVE")}))
    }
}
