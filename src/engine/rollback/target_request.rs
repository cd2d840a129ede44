//! Which service to roll back, and to what.

use super::error::{RollbackError, not_deployable};
use super::validate::NotDeployable;
use crate::ecs::Service;
use crate::model::{CodeDeployNames, DefinitionId};

/// Which service to roll back.
#[derive(Clone, Copy, Debug)]
pub struct TargetRequest<'a> {
    /// The cluster.
    pub cluster: &'a str,
    /// The service's key in deploy.yaml.
    pub key: &'a str,
    /// The ECS service's name.
    pub name: &'a str,
    /// The service.
    pub service: &'a Service,
    /// Its CodeDeploy resources, if they are known.
    pub code_deploy: Option<&'a CodeDeployNames>,
    /// The revision from `--to`: a number, `FAMILY:NUMBER`, `ecs-svc/NUMBER`, or the ARN of a task definition
    /// or a service revision.
    pub to: Option<&'a str>,
}

impl TargetRequest<'_> {
    /// The error for a revision that can't be deployed. `other` is one that can.
    pub fn not_deployable(
        &self,
        revision: &str,
        reason: &NotDeployable,
        other: Option<String>,
    ) -> RollbackError {
        not_deployable(self.name, &revision_name(revision), reason, other)
    }
}

/// Returns `web:42` for an ARN; anything else unchanged.
pub(super) fn revision_name(definition: &str) -> String {
    DefinitionId::parse(definition).map_or_else(|| definition.to_owned(), |id| id.to_string())
}
