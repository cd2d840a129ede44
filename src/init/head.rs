//! The top of deploy.yaml: what holds for all of its services.

use super::draft::DraftMap;

/// What is known of where to deploy.
#[derive(Clone, Debug, Default)]
pub struct DraftHead {
    /// The region.
    pub region: Option<String>,
    /// The cluster's name or ARN.
    pub cluster: Option<String>,
}

impl DraftHead {
    /// Begins a file. `origin` is what it is made from.
    pub(super) fn begin(&self, origin: &str) -> DraftMap {
        let mut root = self.begin_without_cluster(origin);
        match &self.cluster {
            Some(cluster) => root.put("cluster", cluster.as_str()),
            None => {
                root.todo("name the cluster, unless it is the one called default");
                root.put("cluster", "default");
            }
        }
        root
    }

    /// Begins a file whose environments name their clusters. `origin` is what it is made from.
    pub(super) fn begin_without_cluster(&self, origin: &str) -> DraftMap {
        let mut root = DraftMap::default();
        root.comment(format!(
            "Written by `ecsctl init` from {origin}. `ecsctl render` prints it with every default."
        ));
        if let Some(region) = &self.region {
            root.put("region", region.as_str());
        }
        root
    }
}
