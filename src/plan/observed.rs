//! What was observed on AWS before planning.

use indexmap::IndexMap;

use crate::ecs;
use crate::model::{CapacityBounds, Digest, Identity, LogGroupId};

/// All that was looked up before planning.
#[derive(Clone, Debug, Default)]
pub struct Observed {
    /// The caller. None where nobody had to ask.
    pub identity: Option<Identity>,
    /// The region that every regional call goes to.
    pub region: String,
    /// The cluster.
    pub cluster: Cluster,
    /// By the service's key in deploy.yaml; one for each that was asked for.
    pub services: IndexMap<String, ObservedService>,
    /// By the image's key in deploy.yaml.
    pub images: IndexMap<String, ObservedImage>,
    /// Log groups that were looked up and exist.
    pub log_groups: Vec<LogGroupId>,
}

/// The cluster's state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cluster {
    /// There, and ACTIVE.
    #[default]
    Active,
    /// Not there (or INACTIVE, which is the same to a deployer).
    Missing,
}

/// One service and its task definitions.
#[derive(Clone, Debug, Default)]
pub struct ObservedService {
    /// The service. None when it is MISSING or INACTIVE.
    pub service: Option<ecs::Service>,
    /// The DRAINING service of that name: CreateService has to wait for it.
    pub draining: bool,
    /// The task definition that the service runs, with `tags` beside its members.
    pub running_definition: Option<ecs::TaskDefinition>,
    /// The family's latest ACTIVE revision, where it isn't the running one.
    pub latest_definition: Option<ecs::TaskDefinition>,
    /// The definition that `base:` or `FAMILY:REV` names.
    pub base_definition: Option<ecs::TaskDefinition>,
    /// The service revision that the PRIMARY deployment aims at: where `monitoring` and `gatewayConnectors` are
    /// read back. Only needed when the file names one of the two.
    pub service_revision: Option<ecs::ServiceRevision>,
    /// Whether something scales it.
    pub scalable_target: ScalableTarget,
}

/// Whether Application Auto Scaling owns the desired count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ScalableTarget {
    /// It doesn't.
    #[default]
    None,
    /// It does, between these bounds.
    Exists(CapacityBounds),
    /// Could not be looked up (access denied): never lower the count.
    Unknown,
}

/// An image's repository and what of the image is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObservedImage {
    /// The repository's URI that pushes go to and tasks pull from (`--registry` applied).
    pub repository_uri: String,
    /// Whether the repository exists.
    pub repository_exists: bool,
    /// What the services' running and latest task definitions use from this repository:
    /// manifest digest → the image's config digest.
    pub deployed: IndexMap<Digest, Digest>,
}
