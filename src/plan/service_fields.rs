//! Every member of CreateService and UpdateService: where it is read back, and the effect of changing it.
//!
//! Source of each column: AWS's service model, the members' descriptions and the difference between the
//! two inputs (botocore), except where a row says otherwise.

/// One member.
pub(super) struct ServiceField {
    /// Its name in both inputs.
    pub name: &'static str,
    /// Where DescribeServices or DescribeServiceRevisions returns it.
    pub read: ReadBack,
    /// How it is changed, and the effect.
    pub change: OnChange,
    /// How it is cleared. Omitting a member never clears it.
    pub clear: ClearRule,
    /// Whether UpdateService accepts it for a CODE_DEPLOY service.
    pub code_deploy: bool,
}

/// Where a member is read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReadBack {
    /// On Service, under this name.
    Service(&'static str),
    /// On the PRIMARY deployment in Service's `deployments`.
    Primary,
    /// On the target ServiceRevision of the PRIMARY deployment.
    Revision,
    /// Not returned.
    Nowhere,
}

/// How a member is changed, and the effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnChange {
    /// Set by ecsctl itself.
    Supplied,
    /// Accepted by CreateService only.
    CreateOnly,
    /// Starts a deployment.
    Deploys,
    /// Starts a deployment because ecsctl forces one with it: otherwise AWS rejects it (ecspresso #978) [T].
    Forces,
    /// Applies to tasks that are started later.
    LaterTasks,
    /// Applies immediately, and starts no task.
    AtOnce,
    /// Only the members of it that the file sets are sent: AWS merges (copilot #4565, ecspresso #1082) [T].
    /// Whether it also merges their own members is not documented: those are sent whole.
    Merges,
    /// The number of tasks.
    Count,
    /// Changed with TagResource, own keys only.
    Tags,
}

/// How a member is cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClearRule {
    /// By an empty list.
    EmptyList,
    /// By `{enabled: false}`.
    Disabled,
    /// Always has a value.
    Never,
    /// Not documented by AWS.
    Unknown,
}

const fn field(
    name: &'static str,
    read: ReadBack,
    change: OnChange,
    clear: ClearRule,
    code_deploy: bool,
) -> ServiceField {
    ServiceField {
        name,
        read,
        change,
        clear,
        code_deploy,
    }
}

use ClearRule::{Disabled, EmptyList, Never, Unknown};
use OnChange::{AtOnce, Count, CreateOnly, Deploys, Forces, LaterTasks, Merges, Supplied, Tags};
use ReadBack::{Nowhere, Primary, Revision, Service};

/// All members, in the order in which changes are shown.
pub(super) const FIELDS: &[ServiceField] = &[
    field("cluster", Nowhere, Supplied, Never, true),
    field("service", Nowhere, Supplied, Never, true),
    field("serviceName", Nowhere, Supplied, Never, true),
    field("clientToken", Nowhere, Supplied, Never, true),
    field("taskDefinition", Nowhere, Supplied, Never, false),
    field("forceNewDeployment", Nowhere, Supplied, Never, false),
    field("launchType", Service("launchType"), CreateOnly, Never, false),
    field(
        "schedulingStrategy",
        Service("schedulingStrategy"),
        CreateOnly,
        Never,
        false,
    ),
    field("role", Service("roleArn"), CreateOnly, Never, false),
    field(
        "deploymentController",
        Service("deploymentController"),
        AtOnce,
        Never,
        true,
    ),
    field("desiredCount", Service("desiredCount"), Count, Never, true),
    field(
        "capacityProviderStrategy",
        Service("capacityProviderStrategy"),
        Forces,
        EmptyList,
        false,
    ),
    field(
        "platformVersion",
        Service("platformVersion"),
        Deploys,
        Never,
        false,
    ),
    field(
        "networkConfiguration",
        Service("networkConfiguration"),
        Deploys,
        Never,
        false,
    ),
    field(
        "loadBalancers",
        Service("loadBalancers"),
        Deploys,
        EmptyList,
        false,
    ),
    field(
        "serviceRegistries",
        Service("serviceRegistries"),
        Deploys,
        EmptyList,
        false,
    ),
    field("serviceConnectConfiguration", Primary, Deploys, Disabled, false),
    field("vpcLatticeConfigurations", Primary, Deploys, Unknown, false),
    // An empty list clears it, as Copilot and Terraform do [T].
    field("volumeConfigurations", Primary, Deploys, EmptyList, false),
    field("gatewayConnectors", Revision, AtOnce, Unknown, false),
    field(
        "deploymentConfiguration",
        Service("deploymentConfiguration"),
        Merges,
        Unknown,
        true,
    ),
    field(
        "availabilityZoneRebalancing",
        Service("availabilityZoneRebalancing"),
        AtOnce,
        Never,
        false,
    ),
    field(
        "healthCheckGracePeriodSeconds",
        Service("healthCheckGracePeriodSeconds"),
        AtOnce,
        Never,
        true,
    ),
    field(
        "placementConstraints",
        Service("placementConstraints"),
        LaterTasks,
        EmptyList,
        true,
    ),
    field(
        "placementStrategy",
        Service("placementStrategy"),
        LaterTasks,
        EmptyList,
        true,
    ),
    // ecspresso sends it for a CODE_DEPLOY service, too (its deploy.go, UpdateServiceAttributes) [T].
    field(
        "enableExecuteCommand",
        Service("enableExecuteCommand"),
        LaterTasks,
        Never,
        true,
    ),
    field(
        "enableECSManagedTags",
        Service("enableECSManagedTags"),
        LaterTasks,
        Never,
        true,
    ),
    field("propagateTags", Service("propagateTags"), LaterTasks, Never, true),
    field("monitoring", Revision, AtOnce, Unknown, false),
    field("tags", Service("tags"), Tags, Never, true),
];

impl OnChange {
    /// Returns a note for the user about the change.
    pub fn note(self) -> Option<&'static str> {
        match self {
            LaterTasks => Some("tasks started later"),
            Forces => Some("with a forced deployment"),
            _ => None,
        }
    }
}

/// Returns the entry of a member, if known.
pub(super) fn field_of(name: &str) -> Option<&'static ServiceField> {
    FIELDS.iter().find(|field| field.name == name)
}

/// Whether AWS merges a member with what the service has.
pub(super) fn is_merged(name: &str) -> bool {
    field_of(name).is_some_and(|it| matches!(it.change, Merges))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{EcsOperation, model};

    fn members(operation: EcsOperation) -> Vec<&'static str> {
        let input = model().shape(operation.input()).unwrap();
        input.members().map(|(member, _)| member).collect()
    }

    #[test]
    fn every_member_of_both_inputs_has_one_row() {
        let mut wanted = members(EcsOperation::CreateService);
        wanted.extend(members(EcsOperation::UpdateService));
        wanted.sort_unstable();
        wanted.dedup();
        let mut rows: Vec<_> = FIELDS.iter().map(|field| field.name).collect();
        rows.sort_unstable();
        assert_eq!(rows, wanted);
    }

    #[test]
    fn create_only_fields_are_missing_from_update() {
        let (create, update) = (
            members(EcsOperation::CreateService),
            members(EcsOperation::UpdateService),
        );
        for name in create.iter().filter(|name| !update.contains(name)) {
            let change = field_of(name).unwrap().change;
            assert!(matches!(change, CreateOnly | Tags | Supplied), "{name}");
        }
        for field in FIELDS
            .iter()
            .filter(|field| matches!(field.change, CreateOnly | Tags))
        {
            assert!(!update.contains(&field.name), "{}", field.name);
        }
    }
}
