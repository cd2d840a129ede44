//! Which services deploy.yaml names, and where they are.

use indexmap::IndexMap;

use super::AccountId;

/// The services of deploy.yaml by name: enough for a command that doesn't deploy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceNames {
    /// The required account (`account:`), checked before any write.
    pub account: Option<AccountId>,
    /// `cluster:`, or `default`.
    pub cluster: String,
    /// Each service's name on ECS, by its key under `services:`.
    pub services: IndexMap<String, String>,
}
