//! Every member of CreateService and UpdateService: where it is read back, and what a change of it does.
//!
//! Source of each column: AWS's service model, the members' own texts and the difference of the two inputs
//! (botocore), except where a row says otherwise.

/// One member.
pub(super) struct ServiceField {
    /// Its name in both inputs.
    pub name: &'static str,
    /// Where DescribeServices or DescribeServiceRevisions shows it.
    pub read: ReadBack,
    /// What a change of it takes, and does.
    pub change: OnChange,
    /// How it is cleared. Leaving a member out never clears it.
    pub clear: ClearRule,
    /// Whether UpdateService takes it for a CODE_DEPLOY service.
    pub code_deploy: bool,
}

/// Where a member is read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReadBack {
    /// On Service, under this name.
    Service(&'static str),
    /// On the PRIMARY one of Service's `deployments`.
    Primary,
    /// On the ServiceRevision that the PRIMARY deployment aims at.
    Revision,
    /// Never.
    Nowhere,
}

/// What a change of a member takes, and does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnChange {
    /// ecsctl gives it itself.
    Supplied,
    /// Only CreateService has it.
    CreateOnly,
    /// It starts a deployment.
    Deploys,
    /// It starts a deployment because ecsctl forces one with it: without, AWS refuses it (ecspresso #978) [T].
    Forces,
    /// It applies to tasks that are started later.
    LaterTasks,
    /// It applies at once, and starts no task.
    AtOnce,
    /// Only the named members of it are compared and sent: AWS merges (copilot #4565, ecspresso #1082) [T].
    Merges,
    /// The number of tasks.
    Count,
    /// By TagResource, own keys only.
    Tags,
}

/// How a member is cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClearRule {
    /// By an empty list.
    EmptyList,
    /// By `{enabled: false}`.
    Disabled,
    /// It always has a value.
    Never,
    /// AWS does not say.
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

/// In the order in which changes are shown.
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
    field(
        "enableExecuteCommand",
        Service("enableExecuteCommand"),
        LaterTasks,
        Never,
        false,
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
    /// What a person should know of it.
    pub fn note(self) -> Option<&'static str> {
        match self {
            LaterTasks => Some("tasks started later"),
            Forces => Some("with a forced deployment"),
            _ => None,
        }
    }
}

/// What is known of a member.
pub(super) fn field_of(name: &str) -> Option<&'static ServiceField> {
    FIELDS.iter().find(|field| field.name == name)
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
