//! Clusters.

use serde_json::{Value, json};

use super::{World, missing, name_in};
use crate::support::protocol::{Answer, Call, Refusal};

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
            "capacityProviders": self.providers_of(name),
            "defaultCapacityProviderStrategy": [],
        })
    }

    fn providers_of(&self, name: &str) -> Vec<String> {
        let set = self.capacity_providers.get(name).cloned();
        set.unwrap_or_else(|| vec!["FARGATE".to_owned(), "FARGATE_SPOT".to_owned()])
    }

    /// Rejects a strategy with a capacity provider that the cluster doesn't have, where it is known which ones it has
    /// (AWS's words: dask/dask-cloudprovider#328).
    pub(super) fn check_capacity(&self, cluster: &str, input: &Value) -> Result<(), Refusal> {
        let Some(known) = self.capacity_providers.get(cluster) else {
            return Ok(());
        };
        let strategy = input["capacityProviderStrategy"].as_array();
        let mut named = strategy.into_iter().flatten();
        match named.all(|item| known.iter().any(|name| item["capacityProvider"] == name.as_str())) {
            true => Ok(()),
            false => Err(Refusal::new(
                "InvalidParameterException",
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated \
                 with the cluster. Associate the capacity provider with the cluster or specify a valid capacity \
                 provider and try again.",
            )),
        }
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
        if !self.clusters.contains_key(&name) {
            let providers = call.texts("capacityProviders");
            self.capacity_providers.insert(name.clone(), providers);
        }
        self.clusters.insert(name.clone(), "ACTIVE".to_owned());
        Ok(json!({"cluster": self.cluster_value(&name, "ACTIVE")}))
    }
}
