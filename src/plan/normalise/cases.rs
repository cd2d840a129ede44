//! A case for each row: the file's value, the value that AWS returns for it, and another value that does
//! differ.

use serde_json::{Value, json};

use super::{NormaliseContext, SERVICE, TASK_DEFINITION};
use crate::schema::READ_ONLY;

pub(super) struct NormaliseCase {
    pub shape: &'static str,
    pub member: &'static str,
    pub ours: Value,
    pub theirs: Value,
    pub other: Value,
    pub context: NormaliseContext,
}

fn case(
    shape: &'static str,
    member: &'static str,
    ours: Value,
    theirs: Value,
    other: Value,
) -> NormaliseCase {
    let context = NormaliseContext::of_service(false);
    NormaliseCase {
        shape,
        member,
        ours,
        theirs,
        other,
        context,
    }
}

/// Returns the case of a default: absent on our side, `default` on AWS's; `other` is not the default.
fn default(shape: &'static str, member: &'static str, default: Value, other: Value) -> NormaliseCase {
    case(
        shape,
        member,
        json!({}),
        json!({member: default}),
        json!({member: other}),
    )
}

fn read_only(member: &'static str) -> NormaliseCase {
    let differs = json!({"family": "other"});
    case(
        TASK_DEFINITION,
        member,
        json!({"family": "web"}),
        json!({"family": "web", member: "x"}),
        differs,
    )
}

fn empty(shape: &'static str, member: &'static str, other: Value) -> NormaliseCase {
    default(shape, member, json!({}), other)
}

pub(super) fn cases() -> Vec<NormaliseCase> {
    let awsvpc = || NormaliseContext::of_definition(&json!({"networkMode": "awsvpc"}));
    let daemon = || NormaliseContext::of_service(true);
    let role = |member: &'static str, shape: &'static str| {
        let arn = json!({member: "arn:aws:iam::123456789012:role/web"});
        case(
            shape,
            member,
            json!({member: "web"}),
            arn,
            json!({member: "arn:aws:iam::123456789012:role/otherweb"}),
        )
    };
    let filled = |shape: &'static str, member: &'static str, theirs: Value, other: Value| {
        let differs = json!({member: theirs.clone(), "name": other});
        case(shape, member, json!({}), json!({member: theirs}), differs)
    };
    let ebs = "ServiceManagedEBSVolumeConfiguration";
    let breaker = "DeploymentCircuitBreaker";
    let deployment = "DeploymentConfiguration";
    let early = "DeploymentEarlySuccessCriteria";
    let hook = "DeploymentLifecycleHook";
    let hook_timeout = "DeploymentLifecycleHookTimeoutConfiguration";
    let mut cases: Vec<NormaliseCase> = READ_ONLY.map(read_only).into_iter().collect();
    cases.extend([
        default(TASK_DEFINITION, "networkMode", json!("bridge"), json!("awsvpc")),
        case(
            TASK_DEFINITION,
            "cpu",
            json!({"cpu": "1 vCPU"}),
            json!({"cpu": "1024"}),
            json!({"cpu": "512"}),
        ),
        case(
            TASK_DEFINITION,
            "memory",
            json!({"memory": "2 GB"}),
            json!({"memory": "2048"}),
            json!({"memory": "1 GB"}),
        ),
        default(TASK_DEFINITION, "enableFaultInjection", json!(false), json!(true)),
        role("taskRoleArn", TASK_DEFINITION),
        role("executionRoleArn", TASK_DEFINITION),
        case(
            "ContainerDefinition",
            "user",
            json!({"firelensConfiguration": {"type": "fluentbit"}}),
            json!({"firelensConfiguration": {"type": "fluentbit"}, "user": "0"}),
            json!({"user": "0"}),
        ),
        default(TASK_DEFINITION, "taskRoleArn", json!(""), json!("web")),
        default(TASK_DEFINITION, "executionRoleArn", json!(""), json!("web")),
        default(TASK_DEFINITION, "pidMode", json!(""), json!("task")),
        default(TASK_DEFINITION, "ipcMode", json!(""), json!("task")),
        case(
            TASK_DEFINITION,
            "tags",
            json!({"tags": [{"key": "team", "value": "a"}]}),
            json!({"tags": [{"key": "cost", "value": "b"}, {"key": "team", "value": "a"}]}),
            json!({"tags": [{"key": "team", "value": "b"}]}),
        ),
        default("ContainerDefinition", "essential", json!(true), json!(false)),
        default("ContainerDefinition", "cpu", json!(0), json!(10)),
        default(
            "ContainerDefinition",
            "versionConsistency",
            json!("enabled"),
            json!("disabled"),
        ),
        empty(
            "ContainerDefinition",
            "linuxParameters",
            json!({"initProcessEnabled": true}),
        ),
        empty("ContainerDefinition", "dockerLabels", json!({"a": "b"})),
        default(
            "ContainerRestartPolicy",
            "restartAttemptPeriod",
            json!(300),
            json!(60),
        ),
        default("PortMapping", "protocol", json!("tcp"), json!("udp")),
        case(
            "PortMapping",
            "protocol",
            json!({"protocol": "http"}),
            json!({"protocol": "tcp"}),
            json!({"protocol": "udp"}),
        ),
        default("PortMapping", "hostPort", json!(0), json!(80)),
        NormaliseCase {
            context: awsvpc(),
            ..case(
                "PortMapping",
                "hostPort",
                json!({"containerPort": 80}),
                json!({"containerPort": 80, "hostPort": 80}),
                json!({"containerPort": 80, "hostPort": 81}),
            )
        },
        default("HealthCheck", "interval", json!(30), json!(31)),
        default("HealthCheck", "timeout", json!(5), json!(6)),
        default("HealthCheck", "retries", json!(3), json!(4)),
        default("HealthCheck", "startPeriod", json!(0), json!(1)),
        default("MountPoint", "readOnly", json!(false), json!(true)),
        default("VolumeFrom", "readOnly", json!(false), json!(true)),
        empty("LinuxParameters", "capabilities", json!({"add": ["SYS_PTRACE"]})),
        empty("LogConfiguration", "options", json!({"mode": "blocking"})),
        empty("FirelensConfiguration", "options", json!({"a": "b"})),
        empty("Volume", "host", json!({"sourcePath": "/data"})),
        default("Volume", "configuredAtLaunch", json!(false), json!(true)),
        empty(
            "Volume",
            "efsVolumeConfiguration",
            json!({"fileSystemId": "fs-1"}),
        ),
        default(
            "DockerVolumeConfiguration",
            "scope",
            json!("task"),
            json!("shared"),
        ),
        default(
            "DockerVolumeConfiguration",
            "driver",
            json!("local"),
            json!("rexray/ebs"),
        ),
        default(
            "DockerVolumeConfiguration",
            "autoprovision",
            json!(false),
            json!(true),
        ),
        empty("DockerVolumeConfiguration", "driverOpts", json!({"a": "b"})),
        empty("DockerVolumeConfiguration", "labels", json!({"a": "b"})),
        default(
            "EFSVolumeConfiguration",
            "rootDirectory",
            json!("/"),
            json!("/data"),
        ),
        default(
            "EFSVolumeConfiguration",
            "transitEncryption",
            json!("DISABLED"),
            json!("ENABLED"),
        ),
        empty(
            "EFSVolumeConfiguration",
            "authorizationConfig",
            json!({"iam": "ENABLED"}),
        ),
        default(
            "EFSAuthorizationConfig",
            "iam",
            json!("DISABLED"),
            json!("ENABLED"),
        ),
        default(
            "S3FilesVolumeConfiguration",
            "rootDirectory",
            json!("/"),
            json!("/data"),
        ),
        default(SERVICE, "platformVersion", json!("LATEST"), json!("1.4.0")),
        default(SERVICE, "healthCheckGracePeriodSeconds", json!(0), json!(10)),
        default(SERVICE, "schedulingStrategy", json!("REPLICA"), json!("DAEMON")),
        default(
            SERVICE,
            "deploymentController",
            json!({"type": "ECS"}),
            json!({"type": "CODE_DEPLOY"}),
        ),
        default(SERVICE, "enableECSManagedTags", json!(false), json!(true)),
        default(SERVICE, "enableExecuteCommand", json!(false), json!(true)),
        default(SERVICE, "propagateTags", json!("NONE"), json!("SERVICE")),
        role("role", SERVICE),
        default(
            SERVICE,
            "serviceConnectConfiguration",
            json!({"enabled": false}),
            json!({"enabled": true}),
        ),
        empty(
            SERVICE,
            "monitoring",
            json!({"metricConfigurations": [{"resolutionSeconds": 20}]}),
        ),
        empty(
            SERVICE,
            "networkConfiguration",
            json!({"awsvpcConfiguration": {"subnets": ["a"]}}),
        ),
        empty(SERVICE, "deploymentConfiguration", json!({"strategy": "CANARY"})),
        default("DeploymentController", "type", json!("ECS"), json!("EXTERNAL")),
        default(
            "AwsVpcConfiguration",
            "assignPublicIp",
            json!("DISABLED"),
            json!("ENABLED"),
        ),
        default("CapacityProviderStrategyItem", "weight", json!(0), json!(1)),
        default("CapacityProviderStrategyItem", "base", json!(0), json!(1)),
        default(deployment, "maximumPercent", json!(200), json!(100)),
        NormaliseCase {
            context: daemon(),
            ..default(deployment, "maximumPercent", json!(100), json!(200))
        },
        default(deployment, "minimumHealthyPercent", json!(100), json!(0)),
        NormaliseCase {
            context: daemon(),
            ..default(deployment, "minimumHealthyPercent", json!(0), json!(100))
        },
        default(deployment, "strategy", json!("ROLLING"), json!("BLUE_GREEN")),
        default(deployment, "bakeTimeInMinutes", json!(0), json!(5)),
        default(
            deployment,
            "deploymentCircuitBreaker",
            json!({"enable": false, "rollback": false}),
            json!({"enable": true}),
        ),
        default(
            deployment,
            "alarms",
            json!({"alarmNames": [], "enable": false, "rollback": false}),
            json!({"alarmNames": ["a"]}),
        ),
        default(
            deployment,
            "earlySuccessCriteria",
            json!({"enable": false, "healthyPercent": 100}),
            json!({"enable": true}),
        ),
        empty(deployment, "linearConfiguration", json!({"stepPercent": 20.0})),
        empty(deployment, "canaryConfiguration", json!({"canaryPercent": 20.0})),
        default(breaker, "enable", json!(false), json!(true)),
        default(breaker, "rollback", json!(false), json!(true)),
        default(breaker, "resetOnHealthyTask", json!(true), json!(false)),
        default(
            breaker,
            "thresholdConfiguration",
            json!({"type": "BOUNDED_PERCENT", "value": 50}),
            json!({"type": "COUNT", "value": 3}),
        ),
        default(
            "ThresholdConfiguration",
            "type",
            json!("BOUNDED_PERCENT"),
            json!("COUNT"),
        ),
        default("ThresholdConfiguration", "value", json!(50), json!(3)),
        default("DeploymentAlarms", "enable", json!(false), json!(true)),
        default("DeploymentAlarms", "rollback", json!(false), json!(true)),
        default(early, "enable", json!(false), json!(true)),
        default(early, "healthyPercent", json!(100), json!(50)),
        default(
            early,
            "sourceServiceRevisionCleanup",
            json!("BLOCKING"),
            json!("DEFERRED"),
        ),
        default(hook, "targetType", json!("AWS_LAMBDA"), json!("PAUSE")),
        default(
            hook,
            "timeoutConfiguration",
            json!({"action": "ROLLBACK", "timeoutInMinutes": 1440}),
            json!({"action": "CONTINUE"}),
        ),
        default(hook_timeout, "action", json!("ROLLBACK"), json!("CONTINUE")),
        default(hook_timeout, "timeoutInMinutes", json!(1440), json!(5)),
        default("LinearConfiguration", "stepPercent", json!(10), json!(20)),
        default("LinearConfiguration", "stepBakeTimeInMinutes", json!(6), json!(1)),
        default("CanaryConfiguration", "canaryPercent", json!(5), json!(6)),
        default(
            "CanaryConfiguration",
            "canaryBakeTimeInMinutes",
            json!(10),
            json!(11),
        ),
        default("ProxyConfiguration", "type", json!("APPMESH"), json!("OTHER")),
        default(
            "EFSVolumeConfiguration",
            "transitEncryptionPort",
            json!(0),
            json!(2049),
        ),
        default(
            "EFSAuthorizationConfig",
            "accessPointId",
            json!(""),
            json!("fsap-1"),
        ),
        default("HostVolumeProperties", "sourcePath", json!(""), json!("/data")),
        default("RuntimePlatform", "cpuArchitecture", json!(""), json!("ARM64")),
        default(
            "RuntimePlatform",
            "operatingSystemFamily",
            json!(""),
            json!("LINUX"),
        ),
        default(
            TASK_DEFINITION,
            "runtimePlatform",
            json!({"cpuArchitecture": ""}),
            json!({"cpuArchitecture": "ARM64"}),
        ),
        default("ServiceRegistry", "port", json!(0), json!(80)),
        default("ServiceRegistry", "containerPort", json!(0), json!(80)),
        default("ServiceRegistry", "containerName", json!(""), json!("web")),
        case(
            "PlacementStrategy",
            "field",
            json!({"type": "binpack", "field": "memory"}),
            json!({"type": "binpack", "field": "MEMORY"}),
            json!({"type": "binpack", "field": "CPU"}),
        ),
        default(
            "ServiceConnectConfiguration",
            "enabled",
            json!(false),
            json!(true),
        ),
        case(
            "ServiceConnectConfiguration",
            "namespace",
            json!({"enabled": true}),
            json!({"enabled": true, "namespace": "arn:aws:servicediscovery:::namespace/ns-1"}),
            json!({"enabled": false}),
        ),
        case(
            "ServiceConnectConfiguration",
            "namespace",
            json!({"namespace": "internal"}),
            json!({"namespace": "arn:aws:servicediscovery:::namespace/ns-1"}),
            json!({"namespace": "other"}),
        ),
        case(
            "ServiceConnectService",
            "discoveryName",
            json!({"portName": "http"}),
            json!({"portName": "http", "discoveryName": "http"}),
            json!({"portName": "http", "discoveryName": "web"}),
        ),
        case(
            "ServiceConnectClientAlias",
            "dnsName",
            json!({"port": 80}),
            json!({"port": 80, "dnsName": "http.internal"}),
            json!({"port": 81, "dnsName": "http.internal"}),
        ),
        default(
            "ServiceConnectAccessLogConfiguration",
            "includeQueryParameters",
            json!("DISABLED"),
            json!("ENABLED"),
        ),
        filled(ebs, "encrypted", json!(true), json!("x")),
        filled(ebs, "kmsKeyId", json!("key"), json!("x")),
        filled(ebs, "volumeType", json!("gp3"), json!("x")),
        filled(ebs, "sizeInGiB", json!(20), json!("x")),
        filled(ebs, "iops", json!(3000), json!("x")),
        filled(ebs, "throughput", json!(125), json!("x")),
        default(ebs, "filesystemType", json!("xfs"), json!("ext4")),
        default(
            "GatewayConnector",
            "deregistrationDelay",
            json!({"timeoutSeconds": 300}),
            json!({"timeoutSeconds": 1}),
        ),
        default(
            "GatewayConnectorDeregistrationDelay",
            "timeoutSeconds",
            json!(300),
            json!(1),
        ),
    ]);
    cases
}
