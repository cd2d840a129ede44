//! The roles of tasks, and whether the caller may pass them.

use futures_util::future::{join, join_all};
use indexmap::IndexMap;

use super::reader::{PreflightReader, distinct};
use crate::ecs::{IamRole, PassDecision};
use crate::model::Identity;
use crate::plan::EffectiveService;
use crate::plan::preflight::{caller_principal, role_name, roles_of};

/// What was read of roles.
pub(super) struct RoleReads {
    /// The caller.
    pub caller: Option<Identity>,
    /// The roles by how they are named; `None` if there is none.
    pub found: IndexMap<String, Option<IamRole>>,
    /// Whether the caller may pass them.
    pub passes: IndexMap<String, PassDecision>,
}

/// Reads the caller and the roles, then simulates the caller's policies: two round trips.
pub(super) async fn read(
    reader: &PreflightReader<'_>,
    services: &[EffectiveService],
    caller: Option<Identity>,
) -> RoleReads {
    let roles = distinct(services.iter().flat_map(roles_of));
    let caller = async {
        match caller {
            Some(caller) => Some(caller),
            None => reader.known("the account", reader.aws.caller_identity().await),
        }
    };
    let found = join_all(roles.iter().map(async |role| {
        let found = reader.known("roles", reader.aws.get_role(role_name(role)).await)?;
        Some(((*role).to_owned(), found))
    }));
    let (caller, found) = join(caller, found).await;
    let found: IndexMap<String, Option<IamRole>> = found.into_iter().flatten().collect();
    let principal = caller.as_ref().and_then(caller_principal);
    let simulations = roles.iter().filter_map(|role| {
        let arn = match found.get(*role) {
            Some(found) => found.as_ref()?.arn.clone(),
            None => (*role).to_owned(),
        };
        Some((*role, arn)).filter(|(_, arn)| arn.starts_with("arn:"))
    });
    let passes = join_all(simulations.map(async |(role, arn)| {
        let simulated = reader.aws.simulate_pass_role(principal.as_ref()?, &arn).await;
        let decision = reader.known("iam:PassRole", simulated)??;
        Some((role.to_owned(), decision))
    }));
    let passes = passes.await.into_iter().flatten().collect();
    RoleReads {
        caller,
        found,
        passes,
    }
}
