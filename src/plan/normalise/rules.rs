//! What AWS adds, reorders and respells by itself, as data: a comparison must not count it as a
//! difference.
//!
//! Sources: [D] the member's description in AWS's service model (botocore), [T] a public thread or tool,
//! named, [M] only assumed. An [M] row can do no harm: it makes "absent" and one harmless value the same.

use super::spelling;

/// A rule for one member of one shape.
pub(in crate::plan) struct MemberRules {
    /// The structure, by its name in AWS's model.
    pub shape: &'static str,
    /// The member.
    pub member: &'static str,
    /// The rule.
    pub rule: Rule,
    /// The source. For readers, and for the test that there is one.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "part of the table, not of the comparison")
    )]
    pub source: &'static str,
}

/// A rule for comparing a member.
pub(in crate::plan) enum Rule {
    /// Returned but can't be sent: dropped.
    ReadOnly,
    /// This value is the same as absence.
    Default(Literal),
    /// This value is the same as absence, under a condition.
    DefaultWhere(DefaultCondition, Literal),
    /// The value of this sibling is the same as absence.
    SameAs(&'static str),
    /// The value of this sibling is the same as absence, under a condition.
    SameAsWhere(DefaultCondition, &'static str),
    /// This value is the same as absence if the sibling is present.
    DefaultBeside(&'static str, Literal),
    /// A mapping without members is the same as absence.
    EmptyMapping,
    /// Equivalent spellings are normalized to one.
    Spelled(fn(&str) -> Option<String>),
    /// AWS fills it in: absence on our side is the same as any value on AWS's.
    FilledIn,
    /// A name is the same as the ARN that ends with it.
    NameOfArn,
    /// A name and an ARN can't be compared: they are considered the same.
    NameOrArn,
    /// A list in which only the items that the file names are compared.
    OwnItems,
}

/// A scalar in the table.
pub(in crate::plan) enum Literal {
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(&'static str),
}

/// The condition of a default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan) enum DefaultCondition {
    /// Network mode awsvpc or host: a host port can only be the container's.
    SharedPorts,
    /// schedulingStrategy REPLICA.
    Replica,
    /// schedulingStrategy DAEMON.
    Daemon,
}

/// How the elements of a list are compared.
pub(in crate::plan) struct ListRow {
    /// The structure that has the list.
    pub shape: &'static str,
    /// The list.
    pub member: &'static str,
    /// What identifies its elements.
    pub by: ListKey,
    /// The source. For readers, and for the test that there is one.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "part of the table, not of the comparison")
    )]
    pub source: &'static str,
}

/// What identifies the elements of a list. Only the order of `Position` has a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan) enum ListKey {
    /// Members of the element. Where elements may share them, those are paired in order.
    Members(&'static [&'static str]),
    /// The first of these members that the element has.
    FirstOf(&'static [&'static str]),
    /// A port mapping's container port or range, and its protocol unless it is tcp.
    Port,
    /// The element itself, a string or a number: the list is a set.
    Item,
    /// The position.
    Position,
}

impl ListKey {
    /// Returns the members that an element's name consists of.
    pub fn members(self) -> &'static [&'static str] {
        match self {
            ListKey::Members(members) => members,
            ListKey::Port => &["containerPort", "containerPortRange", "protocol"],
            // The name doesn't say which of the members it is.
            ListKey::FirstOf(_) | ListKey::Item | ListKey::Position => &[],
        }
    }
}

const fn row(shape: &'static str, member: &'static str, rule: Rule, source: &'static str) -> MemberRules {
    MemberRules {
        shape,
        member,
        rule,
        source,
    }
}

const fn list(shape: &'static str, member: &'static str, by: ListKey, source: &'static str) -> ListRow {
    ListRow {
        shape,
        member,
        by,
        source,
    }
}

const TASK: &str = "RegisterTaskDefinitionRequest";
const SERVICE: &str = "CreateServiceRequest";
const D: &str = "[D]";
const M: &str = "[M]";
const PULUMI: &str = "[T] pulumi-aws #1985";
const ECSPRESSO: &str = "[T] ecspresso, defaults of deploymentConfiguration";
const ECSPRESSO_861: &str = "[T] ecspresso #861";
const ECSPRESSO_1082: &str = "[T] ecspresso #1082";
const HAKO: &str = "[T] hako, ecs_definition_comparator.rb: an unordered array";
const TERRAFORM: &str = "[T] terraform-provider-aws";
const TERRAFORM_DEFINITION: &str = "[T] terraform-provider-aws, internal/service/ecs/task_definition.go";
const TERRAFORM_SERVICE: &str = "[T] terraform-provider-aws, internal/service/ecs/service.go";
const TERRAFORM_3645: &str = "[T] terraform-provider-aws #3645";
const TERRAFORM_5907: &str = "[T] terraform-provider-aws #5907";
const TERRAFORM_41394: &str = "[T] terraform-provider-aws #41394";

use DefaultCondition::{Daemon, Replica, SharedPorts};
use Literal::{Bool, Double, Int, Text};
use Rule::{
    Default, DefaultBeside, DefaultWhere, EmptyMapping, FilledIn, NameOfArn, NameOrArn, OwnItems, ReadOnly,
    SameAs, SameAsWhere, Spelled,
};

/// The rules by member. In addition, a null member and an empty list are the same as absence everywhere
/// [D].
#[rustfmt::skip]
pub(in crate::plan) const ROWS: &[MemberRules] = &[
    // A described task definition.
    row(TASK, "taskDefinitionArn", ReadOnly, D),
    row(TASK, "revision", ReadOnly, D),
    row(TASK, "status", ReadOnly, D),
    row(TASK, "requiresAttributes", ReadOnly, D),
    row(TASK, "compatibilities", ReadOnly, D),
    row(TASK, "registeredAt", ReadOnly, D),
    row(TASK, "registeredBy", ReadOnly, D),
    row(TASK, "deregisteredAt", ReadOnly, D),
    row(TASK, "deleteRequestedAt", ReadOnly, D),
    // A task definition.
    row(TASK, "networkMode", Default(Text("bridge")), D),
    row(TASK, "cpu", Spelled(spelling::cpu_units), D),
    row(TASK, "memory", Spelled(spelling::mebibytes), D),
    row(TASK, "enableFaultInjection", Default(Bool(false)), D),
    row(TASK, "taskRoleArn", NameOfArn, D),
    row(TASK, "executionRoleArn", NameOfArn, M),
    row(TASK, "taskRoleArn", Default(Text("")), M),
    row(TASK, "executionRoleArn", Default(Text("")), M),
    row(TASK, "pidMode", Default(Text("")), M),
    row(TASK, "ipcMode", Default(Text("")), M),
    row(TASK, "tags", OwnItems, "tools that tag what others make would else cause a revision at each deploy"),
    row("ContainerDefinition", "essential", Default(Bool(true)), D),
    row("ContainerDefinition", "cpu", Default(Int(0)), PULUMI),
    row("ContainerDefinition", "versionConsistency", Default(Text("enabled")), D),
    row("ContainerDefinition", "linuxParameters", EmptyMapping, M),
    row("ContainerDefinition", "user", DefaultBeside("firelensConfiguration", Text("0")), TERRAFORM_41394),
    row("ContainerDefinition", "dockerLabels", EmptyMapping, M),
    row("ContainerRestartPolicy", "restartAttemptPeriod", Default(Int(300)), D),
    row("PortMapping", "protocol", Spelled(spelling::transport_protocol), TERRAFORM_3645),
    row("PortMapping", "protocol", Default(Text("tcp")), D),
    row("PortMapping", "hostPort", Default(Int(0)), D),
    row("PortMapping", "hostPort", SameAsWhere(SharedPorts, "containerPort"), D),
    row("HealthCheck", "interval", Default(Int(30)), D),
    row("HealthCheck", "timeout", Default(Int(5)), D),
    row("HealthCheck", "retries", Default(Int(3)), D),
    row("HealthCheck", "startPeriod", Default(Int(0)), M),
    row("MountPoint", "readOnly", Default(Bool(false)), D),
    row("VolumeFrom", "readOnly", Default(Bool(false)), D),
    row("LinuxParameters", "capabilities", EmptyMapping, M),
    row("LogConfiguration", "options", EmptyMapping, M),
    row("FirelensConfiguration", "options", EmptyMapping, M),
    row("Volume", "host", EmptyMapping, M),
    row("Volume", "configuredAtLaunch", Default(Bool(false)), M),
    row("Volume", "efsVolumeConfiguration", EmptyMapping, M),
    row("DockerVolumeConfiguration", "scope", Default(Text("task")), TERRAFORM_5907),
    row("DockerVolumeConfiguration", "driver", Default(Text("local")), TERRAFORM_5907),
    row("DockerVolumeConfiguration", "autoprovision", Default(Bool(false)), TERRAFORM_DEFINITION),
    row("DockerVolumeConfiguration", "driverOpts", EmptyMapping, M),
    row("DockerVolumeConfiguration", "labels", EmptyMapping, M),
    row("EFSVolumeConfiguration", "rootDirectory", Default(Text("/")), D),
    row("EFSVolumeConfiguration", "transitEncryption", Default(Text("DISABLED")), D),
    row("EFSVolumeConfiguration", "transitEncryptionPort", Default(Int(0)), TERRAFORM_DEFINITION),
    row("EFSVolumeConfiguration", "authorizationConfig", EmptyMapping, M),
    row("EFSAuthorizationConfig", "iam", Default(Text("DISABLED")), D),
    row("EFSAuthorizationConfig", "accessPointId", Default(Text("")), TERRAFORM_DEFINITION),
    row("HostVolumeProperties", "sourcePath", Default(Text("")), TERRAFORM_DEFINITION),
    row("RuntimePlatform", "cpuArchitecture", Default(Text("")), TERRAFORM_DEFINITION),
    row("RuntimePlatform", "operatingSystemFamily", Default(Text("")), TERRAFORM_DEFINITION),
    row(TASK, "runtimePlatform", EmptyMapping, TERRAFORM_DEFINITION),
    row("S3FilesVolumeConfiguration", "rootDirectory", Default(Text("/")), D),
    row("ProxyConfiguration", "type", Default(Text("APPMESH")), TERRAFORM_DEFINITION),
    // A service.
    row(SERVICE, "platformVersion", Default(Text("LATEST")), D),
    row(SERVICE, "healthCheckGracePeriodSeconds", Default(Int(0)), D),
    row(SERVICE, "schedulingStrategy", Default(Text("REPLICA")), D),
    row(SERVICE, "deploymentController", EmptyMapping, D),
    row(SERVICE, "enableECSManagedTags", Default(Bool(false)), D),
    row(SERVICE, "enableExecuteCommand", Default(Bool(false)), D),
    row(SERVICE, "propagateTags", Default(Text("NONE")), D),
    row(SERVICE, "role", NameOfArn, D),
    row(SERVICE, "serviceConnectConfiguration", EmptyMapping, M),
    row(SERVICE, "monitoring", EmptyMapping, M),
    row(SERVICE, "networkConfiguration", EmptyMapping, M),
    row(SERVICE, "deploymentConfiguration", EmptyMapping, M),
    row("DeploymentController", "type", Default(Text("ECS")), D),
    row("AwsVpcConfiguration", "assignPublicIp", Default(Text("DISABLED")), D),
    row("CapacityProviderStrategyItem", "weight", Default(Int(0)), D),
    row("CapacityProviderStrategyItem", "base", Default(Int(0)), D),
    row("DeploymentConfiguration", "maximumPercent", DefaultWhere(Replica, Int(200)), D),
    row("DeploymentConfiguration", "maximumPercent", DefaultWhere(Daemon, Int(100)), ECSPRESSO),
    row("DeploymentConfiguration", "minimumHealthyPercent", DefaultWhere(Replica, Int(100)), D),
    row("DeploymentConfiguration", "minimumHealthyPercent", DefaultWhere(Daemon, Int(0)), D),
    row("DeploymentConfiguration", "strategy", Default(Text("ROLLING")), ECSPRESSO_861),
    row("DeploymentConfiguration", "bakeTimeInMinutes", Default(Int(0)), ECSPRESSO_861),
    row("DeploymentConfiguration", "deploymentCircuitBreaker", EmptyMapping, ECSPRESSO),
    row("DeploymentConfiguration", "alarms", EmptyMapping, M),
    row("DeploymentConfiguration", "earlySuccessCriteria", EmptyMapping, ECSPRESSO_1082),
    row("DeploymentConfiguration", "linearConfiguration", EmptyMapping, M),
    row("DeploymentConfiguration", "canaryConfiguration", EmptyMapping, M),
    row("DeploymentCircuitBreaker", "enable", Default(Bool(false)), ECSPRESSO),
    row("DeploymentCircuitBreaker", "rollback", Default(Bool(false)), ECSPRESSO),
    row("DeploymentCircuitBreaker", "resetOnHealthyTask", Default(Bool(true)), D),
    row("DeploymentCircuitBreaker", "thresholdConfiguration", EmptyMapping, ECSPRESSO_1082),
    row("ThresholdConfiguration", "type", Default(Text("BOUNDED_PERCENT")), D),
    row("ThresholdConfiguration", "value", Default(Int(50)), D),
    row("DeploymentAlarms", "enable", Default(Bool(false)), M),
    row("DeploymentAlarms", "rollback", Default(Bool(false)), M),
    row("DeploymentEarlySuccessCriteria", "enable", Default(Bool(false)), D),
    row("DeploymentEarlySuccessCriteria", "healthyPercent", Default(Int(100)), ECSPRESSO_1082),
    row("DeploymentEarlySuccessCriteria", "sourceServiceRevisionCleanup", Default(Text("BLOCKING")), ECSPRESSO_1082),
    row("DeploymentLifecycleHook", "targetType", Default(Text("AWS_LAMBDA")), D),
    row("DeploymentLifecycleHook", "timeoutConfiguration", EmptyMapping, ECSPRESSO_1082),
    row("DeploymentLifecycleHookTimeoutConfiguration", "action", Default(Text("ROLLBACK")), D),
    row("DeploymentLifecycleHookTimeoutConfiguration", "timeoutInMinutes", Default(Int(1440)), D),
    row("LinearConfiguration", "stepPercent", Default(Double(10.0)), D),
    row("LinearConfiguration", "stepBakeTimeInMinutes", Default(Int(6)), D),
    row("CanaryConfiguration", "canaryPercent", Default(Double(5.0)), D),
    row("CanaryConfiguration", "canaryBakeTimeInMinutes", Default(Int(10)), D),
    row("ServiceRegistry", "port", Default(Int(0)), TERRAFORM_SERVICE),
    row("ServiceRegistry", "containerPort", Default(Int(0)), TERRAFORM_SERVICE),
    row("ServiceRegistry", "containerName", Default(Text("")), TERRAFORM_SERVICE),
    row("PlacementStrategy", "field", Spelled(spelling::placement_field), TERRAFORM),
    row("ServiceConnectConfiguration", "enabled", Default(Bool(false)), M),
    row("ServiceConnectConfiguration", "namespace", FilledIn, D),
    row("ServiceConnectConfiguration", "namespace", NameOrArn, M),
    row("ServiceConnectService", "discoveryName", SameAs("portName"), D),
    row("ServiceConnectClientAlias", "dnsName", FilledIn, D),
    row("ServiceConnectAccessLogConfiguration", "includeQueryParameters", Default(Text("DISABLED")), D),
    row("ServiceManagedEBSVolumeConfiguration", "encrypted", FilledIn, D),
    row("ServiceManagedEBSVolumeConfiguration", "kmsKeyId", FilledIn, D),
    row("ServiceManagedEBSVolumeConfiguration", "volumeType", FilledIn, M),
    row("ServiceManagedEBSVolumeConfiguration", "sizeInGiB", FilledIn, D),
    row("ServiceManagedEBSVolumeConfiguration", "iops", FilledIn, D),
    row("ServiceManagedEBSVolumeConfiguration", "throughput", FilledIn, M),
    row("ServiceManagedEBSVolumeConfiguration", "filesystemType", Default(Text("xfs")), D),
    row("GatewayConnector", "deregistrationDelay", EmptyMapping, M),
    row("GatewayConnectorDeregistrationDelay", "timeoutSeconds", Default(Int(300)), D),
];

const REORDERED: &str = "[T] terraform-provider-aws: may be re-ordered in the API";
const NAMED: &str = "the API refers to them by name";
const ORDERLESS: &str = "their order has no meaning in the API";
const ORDERED: &str = "[D] words of a command, or tried in their order";
const AS_WRITTEN: &str = "nothing says that the order has no meaning";
const TARGETS: &str = "[D] LoadBalancer: a container and its port; several target groups may have the same";
const LATTICE: &str = "[D] VpcLatticeConfiguration: a port; several target groups may have the same";
const MOUNTS: &str = "[T] moby: refuses a duplicate mount point; a volume may be mounted at several paths";
const REGISTRIES: &str = "[D] ServiceRegistry: the ARN of the service registry";
const CONSTRAINTS: &str = "[D] PlacementConstraint: a type, of memberOf also an expression";
const HOOKS: &str = "[D] DeploymentLifecycleHook: the function; a pause has none";
const METRICS: &str = "[D] MetricConfiguration: a resolution for some metrics";
const FILES: &str = "[D] EnvironmentFile: processed from the top down";
const STRATEGY: &str = "[D] PlacementStrategy: applied in their order";
const FIRST_NAMESERVER: &str = "resolv.conf(5): queried in the order listed";

use ListKey::{FirstOf, Item, Members, Port, Position};

/// How the elements of each list are compared: a test has a row for every list of the model.
#[rustfmt::skip]
pub(in crate::plan) const LISTS: &[ListRow] = &[
    list(TASK, "containerDefinitions", Members(&["name"]), REORDERED),
    list(TASK, "volumes", Members(&["name"]), NAMED),
    list(TASK, "tags", Members(&["key"]), NAMED),
    list(TASK, "requiresCompatibilities", Item, ORDERLESS),
    list(TASK, "placementConstraints", Members(&["type", "expression"]), CONSTRAINTS),
    list(TASK, "inferenceAccelerators", Members(&["deviceName"]), TERRAFORM_DEFINITION),
    list("ContainerDefinition", "environment", Members(&["name"]), REORDERED),
    list("ContainerDefinition", "environmentFiles", Position, FILES),
    list("ContainerDefinition", "secrets", Members(&["name"]), REORDERED),
    list("ContainerDefinition", "portMappings", Port, ORDERLESS),
    list("ContainerDefinition", "ulimits", Members(&["name"]), NAMED),
    list("ContainerDefinition", "systemControls", Members(&["namespace"]), NAMED),
    list("ContainerDefinition", "dependsOn", Members(&["containerName"]), NAMED),
    list("ContainerDefinition", "mountPoints", Members(&["containerPath"]), MOUNTS),
    list("ContainerDefinition", "volumesFrom", Members(&["sourceContainer"]), ORDERLESS),
    list("ContainerDefinition", "resourceRequirements", Members(&["type"]), ORDERLESS),
    list("ContainerDefinition", "links", Item, HAKO),
    list("ContainerDefinition", "extraHosts", Members(&["hostname"]), HAKO),
    list("ContainerDefinition", "dockerSecurityOptions", Item, HAKO),
    list("ContainerDefinition", "entryPoint", Position, ORDERED),
    list("ContainerDefinition", "command", Position, ORDERED),
    list("ContainerDefinition", "dnsServers", Position, FIRST_NAMESERVER),
    list("ContainerDefinition", "dnsSearchDomains", Position, FIRST_NAMESERVER),
    list("ContainerDefinition", "credentialSpecs", Position, AS_WRITTEN),
    list("ContainerRestartPolicy", "ignoredExitCodes", Item, ORDERLESS),
    list("HealthCheck", "command", Position, ORDERED),
    list("LinuxParameters", "devices", Members(&["hostPath"]), HAKO),
    list("Device", "permissions", Item, HAKO),
    list("LinuxParameters", "tmpfs", Members(&["containerPath"]), HAKO),
    list("Tmpfs", "mountOptions", Position, AS_WRITTEN),
    list("LogConfiguration", "secretOptions", Members(&["name"]), NAMED),
    list("ProxyConfiguration", "properties", Members(&["name"]), NAMED),
    list("KernelCapabilities", "add", Item, ORDERLESS),
    list("KernelCapabilities", "drop", Item, ORDERLESS),
    list(SERVICE, "tags", Members(&["key"]), NAMED),
    list(SERVICE, "loadBalancers", Members(&["containerName", "containerPort"]), TARGETS),
    list(SERVICE, "serviceRegistries", Members(&["registryArn"]), REGISTRIES),
    list(SERVICE, "capacityProviderStrategy", Members(&["capacityProvider"]), ORDERLESS),
    list(SERVICE, "placementConstraints", Members(&["type", "expression"]), CONSTRAINTS),
    list(SERVICE, "placementStrategy", Position, STRATEGY),
    list(SERVICE, "volumeConfigurations", Members(&["name"]), NAMED),
    list(SERVICE, "vpcLatticeConfigurations", Members(&["portName"]), LATTICE),
    list(SERVICE, "gatewayConnectors", Members(&["portName"]), NAMED),
    list("GatewayConnectorFilters", "accessTypes", Item, ORDERLESS),
    list("ServiceManagedEBSVolumeConfiguration", "tagSpecifications", Members(&["resourceType"]), ORDERLESS),
    list("EBSTagSpecification", "tags", Members(&["key"]), NAMED),
    list("AwsVpcConfiguration", "subnets", Item, ORDERLESS),
    list("AwsVpcConfiguration", "securityGroups", Item, ORDERLESS),
    list("DeploymentAlarms", "alarmNames", Item, ORDERLESS),
    list("DeploymentConfiguration", "lifecycleHooks", FirstOf(&["hookTargetArn", "targetType"]), HOOKS),
    list("DeploymentLifecycleHook", "lifecycleStages", Item, ORDERLESS),
    list("ServiceConnectConfiguration", "services", Members(&["portName"]), NAMED),
    list("ServiceConnectConfiguration", "containerConfigurations", Position, AS_WRITTEN),
    list("ServiceConnectService", "clientAliases", Members(&["port"]), ORDERLESS),
    list("MonitoringConfiguration", "metricConfigurations", Members(&["metricNames"]), METRICS),
    list("MetricConfiguration", "metricNames", Item, ORDERLESS),
];

/// Returns the rules of one member.
pub(in crate::plan) fn rows_of(shape: &str, member: &str) -> impl Iterator<Item = &'static Rule> {
    ROWS.iter()
        .filter(move |row| row.member == member && row.shape == shape)
        .map(|row| &row.rule)
}

/// Returns what identifies the elements of a list; `None` for a list that this version doesn't know.
pub(in crate::plan) fn list_of(shape: &str, member: &str) -> Option<ListKey> {
    LISTS
        .iter()
        .find(|row| row.member == member && row.shape == shape)
        .map(|row| row.by)
}
