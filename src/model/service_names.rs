//! Which services deploy.yaml names, and where they are.

use indexmap::IndexMap;

use super::{AccountId, CodeDeployNames, CodeDeploySettings, JobSchedules};

/// The services of deploy.yaml by name: enough for a command that doesn't deploy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceNames {
    /// The required account (`account:`), checked before any write.
    pub account: Option<AccountId>,
    /// `cluster:`, or `default`.
    pub cluster: String,
    /// Each service's name on ECS, by its key under `services:`.
    pub services: IndexMap<String, String>,
    /// What the file says about CodeDeploy, by the service's name on ECS: the names only.
    pub code_deploy: IndexMap<String, CodeDeploySettings>,
    /// The jobs with a schedule; None if there are none.
    pub schedules: Option<JobSchedules>,
}

impl ServiceNames {
    /// Returns the CodeDeploy application and deployment group of a service, by its name on ECS, if the file has a
    /// `codeDeploy:` for it.
    pub fn code_deploy(&self, service: &str) -> Option<CodeDeployNames> {
        let settings = self.code_deploy.get(service)?;
        Some(CodeDeployNames::of(&self.cluster, service, Some(settings)))
    }
}
