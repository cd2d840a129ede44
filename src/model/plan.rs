//! What a deploy will do: typed, printable, countable, appliable.

use serde::Serialize;

use super::{DefinitionId, Digest, ImageRef, ImageState, Value};

/// Everything that a deploy will do, in the order of deploy.yaml.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// The cluster.
    pub cluster: String,
    /// Whether the cluster has to be made first (`--create-cluster`).
    pub create_cluster: bool,
    /// The region.
    pub region: String,
    /// The account, where known.
    pub account: Option<String>,
    /// The images that the services need.
    pub images: Vec<ImagePlan>,
    /// Log groups to make.
    pub log_groups: Vec<LogGroupPlan>,
    /// The services.
    pub services: Vec<ServicePlan>,
    /// What is worth knowing and stops nothing.
    pub warnings: Vec<String>,
}

impl Plan {
    /// How many things change: task definitions, services, log groups, the cluster, images to push.
    pub fn changes(&self) -> usize {
        let services: usize = self.services.iter().map(ServicePlan::changes).sum();
        services + self.log_groups.len() + usize::from(self.create_cluster)
    }

    /// Whether a deploy would write nothing to AWS.
    pub fn is_empty(&self) -> bool {
        self.changes() == 0
    }
}

/// What happens to an image.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImagePlan {
    /// Its key.
    pub name: String,
    /// Its repository's URI.
    pub repository: String,
    /// Whether the repository has to be made.
    pub create_repository: bool,
    /// How much of it is known.
    pub state: ImageState,
    /// The digest that runs already, when it is the same image.
    pub deployed: Option<Digest>,
}

/// A log group to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogGroupPlan {
    /// Its name.
    pub name: String,
    /// Its region, where it isn't that of the deploy.
    pub region: Option<String>,
    /// Days that events are kept; for ever unless given.
    pub retention_days: Option<u32>,
}

/// What happens to one service.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServicePlan {
    /// Its key in deploy.yaml.
    pub key: String,
    /// The ECS service's name.
    pub name: String,
    /// Its task definition.
    pub definition: DefinitionPlan,
    /// The service itself.
    pub action: ServiceAction,
    /// Services, by key, that must be stable first.
    pub depends_on: Vec<String>,
}

impl ServicePlan {
    /// How many of its parts change.
    pub fn changes(&self) -> usize {
        usize::from(!matches!(self.definition, DefinitionPlan::Keep { .. }))
            + usize::from(!matches!(self.action, ServiceAction::Keep))
    }
}

/// What happens to a task definition.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "action")]
pub enum DefinitionPlan {
    /// An existing revision is used.
    #[serde(rename_all = "camelCase")]
    Keep {
        /// Which.
        arn: String,
    },
    /// A new revision is registered.
    #[serde(rename_all = "camelCase")]
    Register {
        /// The family.
        family: String,
        /// RegisterTaskDefinition's input; complete unless `pending` names something.
        input: Value,
        /// The revision that it was compared with.
        baseline: Option<DefinitionId>,
        /// How it differs from the baseline. Empty when there is none.
        changes: Vec<Change>,
        /// What is still to be filled in after build and push.
        pending: Vec<ImageRef>,
    },
}

/// What happens to a service.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "action")]
pub enum ServiceAction {
    /// Nothing.
    Keep,
    /// It is made. `input` is CreateService's, less `cluster`, `taskDefinition` and `clientToken`.
    #[serde(rename_all = "camelCase")]
    Create {
        /// CreateService's input.
        input: Value,
        /// A service of that name is still draining: CreateService is refused until it is gone.
        draining: bool,
    },
    /// It is changed. `input` is UpdateService's, less `cluster`, `service` and `taskDefinition`.
    #[serde(rename_all = "camelCase")]
    Update {
        /// UpdateService's input: the named fields that differ.
        input: Value,
        /// How they differ.
        changes: Vec<Change>,
        /// Whether the task definition changes with it.
        new_definition: bool,
        /// Tags to set (TagResource); own named keys only.
        tags: Vec<(String, String)>,
    },
}

/// One difference between what is and what is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The member, dots between, containers and environment by name: `containerDefinitions.web.image`.
    pub path: String,
    /// What it was.
    pub before: DisplayValue,
    /// What it will be.
    pub after: DisplayValue,
    /// What a person should know of it (`tasks started later`).
    pub note: Option<String>,
}

/// A value as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind", content = "value")]
pub enum DisplayValue {
    /// Not there.
    Absent,
    /// There, and no secret.
    Value(Value),
    /// There, and not for showing.
    Hidden,
    /// Known after build and push.
    Pending(String),
}
