//! What AWS adds, reorders and respells by itself, as data: what a comparison must not take for a difference.
//!
//! Sources: [D] the member's own text in AWS's service model (botocore), [T] a public thread or tool, named,
//! [M] believed only. An [M] row can do no harm: it makes "absent" and one harmless value the same.

use super::spelling;

/// What holds for one member of one shape.
pub(in crate::plan) struct Row {
    /// The structure, by its name in AWS's model.
    pub shape: &'static str,
    /// The member.
    pub member: &'static str,
    /// What holds.
    pub rule: Rule,
    /// Who says so. For people, and for the test that there is somebody.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "part of the table, not of the comparison")
    )]
    pub source: &'static str,
}

/// What may hold for a member.
pub(in crate::plan) enum Rule {
    /// Comes back and can't be sent: dropped.
    ReadOnly,
    /// This value is the same as none.
    Default(Literal),
    /// This value is the same as none, for some only.
    DefaultWhere(Condition, Literal),
    /// The value of this sibling is the same as none.
    SameAs(&'static str),
    /// The value of this sibling is the same as none, for some only.
    SameAsWhere(Condition, &'static str),
    /// This value is the same as none, where the sibling is there.
    DefaultBeside(&'static str, Literal),
    /// A mapping without members is the same as none.
    EmptyMapping,
    /// Texts that mean the same become one.
    Spelled(fn(&str) -> Option<String>),
    /// AWS fills it in: none on our side is the same as any on theirs.
    FilledIn,
    /// A name is the same as the ARN that ends in it.
    NameOfArn,
    /// A name and an ARN can't be compared: taken for the same.
    NameOrArn,
    /// A list of which only the items that the file names count.
    OwnItems,
}

/// A scalar in the table.
pub(in crate::plan) enum Literal {
    Bool(bool),
    Int(i64),
    Double(f64),
    Text(&'static str),
}

/// What a default may depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan) enum Condition {
    /// Network mode awsvpc or host: a host port can only be the container's.
    SharedPorts,
    /// schedulingStrategy REPLICA.
    Replica,
    /// schedulingStrategy DAEMON.
    Daemon,
}

/// A list whose order means nothing.
pub(in crate::plan) struct ListRow {
    /// The structure that has the list.
    pub shape: &'static str,
    /// The list.
    pub member: &'static str,
    /// What tells its items apart.
    pub by: By,
    /// Who says so. For people, and for the test that there is somebody.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "part of the table, not of the comparison")
    )]
    pub source: &'static str,
}

/// What tells the items of a list apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan) enum By {
    /// A member of the item.
    Member(&'static str),
    /// A port mapping's container port or range, and its protocol unless it is tcp.
    Port,
    /// The whole item: the list is a set, and shown as a whole.
    Whole,
}

const fn row(shape: &'static str, member: &'static str, rule: Rule, source: &'static str) -> Row {
    Row {
        shape,
        member,
        rule,
        source,
    }
}

const fn list(shape: &'static str, member: &'static str, by: By, source: &'static str) -> ListRow {
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
const TERRAFORM: &str = "[T] terraform-provider-aws";
const TERRAFORM_41394: &str = "[T] terraform-provider-aws #41394";

use Condition::{Daemon, Replica, SharedPorts};
use Literal::{Bool, Double, Int, Text};
use Rule::{
    Default, DefaultBeside, DefaultWhere, EmptyMapping, FilledIn, NameOfArn, NameOrArn, OwnItems, ReadOnly,
    SameAs, SameAsWhere, Spelled,
};

/// Beyond these rows, everywhere: a null member and an empty list are the same as none [D].
#[rustfmt::skip]
pub(in crate::plan) const ROWS: &[Row] = &[
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
    row("DockerVolumeConfiguration", "driverOpts", EmptyMapping, M),
    row("DockerVolumeConfiguration", "labels", EmptyMapping, M),
    row("EFSVolumeConfiguration", "rootDirectory", Default(Text("/")), D),
    row("EFSVolumeConfiguration", "transitEncryption", Default(Text("DISABLED")), D),
    row("EFSVolumeConfiguration", "authorizationConfig", EmptyMapping, M),
    row("EFSAuthorizationConfig", "iam", Default(Text("DISABLED")), D),
    row("S3FilesVolumeConfiguration", "rootDirectory", Default(Text("/")), D),
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

/// Lists that are compared without regard to order.
#[rustfmt::skip]
pub(in crate::plan) const LISTS: &[ListRow] = &[
    list(TASK, "containerDefinitions", By::Member("name"), REORDERED),
    list(TASK, "volumes", By::Member("name"), NAMED),
    list(TASK, "tags", By::Member("key"), NAMED),
    list(TASK, "requiresCompatibilities", By::Whole, ORDERLESS),
    list(TASK, "placementConstraints", By::Whole, ORDERLESS),
    list("ContainerDefinition", "environment", By::Member("name"), REORDERED),
    list("ContainerDefinition", "secrets", By::Member("name"), REORDERED),
    list("ContainerDefinition", "portMappings", By::Port, ORDERLESS),
    list("ContainerDefinition", "ulimits", By::Member("name"), NAMED),
    list("ContainerDefinition", "systemControls", By::Member("namespace"), NAMED),
    list("ContainerDefinition", "dependsOn", By::Member("containerName"), NAMED),
    list("ContainerDefinition", "mountPoints", By::Member("containerPath"), ORDERLESS),
    list("ContainerDefinition", "volumesFrom", By::Member("sourceContainer"), ORDERLESS),
    list("ContainerDefinition", "resourceRequirements", By::Member("type"), ORDERLESS),
    list("LogConfiguration", "secretOptions", By::Member("name"), NAMED),
    list("ProxyConfiguration", "properties", By::Member("name"), NAMED),
    list("KernelCapabilities", "add", By::Whole, ORDERLESS),
    list("KernelCapabilities", "drop", By::Whole, ORDERLESS),
    list(SERVICE, "tags", By::Member("key"), NAMED),
    list(SERVICE, "loadBalancers", By::Whole, ORDERLESS),
    list(SERVICE, "serviceRegistries", By::Whole, ORDERLESS),
    list(SERVICE, "capacityProviderStrategy", By::Member("capacityProvider"), ORDERLESS),
    list(SERVICE, "placementConstraints", By::Whole, ORDERLESS),
    list(SERVICE, "volumeConfigurations", By::Member("name"), NAMED),
    list(SERVICE, "vpcLatticeConfigurations", By::Whole, ORDERLESS),
    list("AwsVpcConfiguration", "subnets", By::Whole, ORDERLESS),
    list("AwsVpcConfiguration", "securityGroups", By::Whole, ORDERLESS),
    list("DeploymentAlarms", "alarmNames", By::Whole, ORDERLESS),
    list("DeploymentConfiguration", "lifecycleHooks", By::Whole, ORDERLESS),
    list("DeploymentLifecycleHook", "lifecycleStages", By::Whole, ORDERLESS),
    list("ServiceConnectConfiguration", "services", By::Member("portName"), NAMED),
    list("ServiceConnectService", "clientAliases", By::Member("port"), ORDERLESS),
    list("MonitoringConfiguration", "metricConfigurations", By::Whole, ORDERLESS),
    list("MetricConfiguration", "metricNames", By::Whole, ORDERLESS),
];

/// The rows of one member.
pub(in crate::plan) fn rows_of(shape: &str, member: &str) -> impl Iterator<Item = &'static Rule> {
    ROWS.iter()
        .filter(move |row| row.member == member && row.shape == shape)
        .map(|row| &row.rule)
}

/// How the items of a list are told apart, when its order means nothing.
pub(in crate::plan) fn list_of(shape: &str, member: &str) -> Option<By> {
    LISTS
        .iter()
        .find(|row| row.member == member && row.shape == shape)
        .map(|row| row.by)
}
