//! A case for each row: what the file says, what AWS returns for it, and something else that does differ.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::rows::{LISTS, ROWS};
use super::*;
use crate::plan::diff::{Side, diff};
use crate::shape::testing::valid;
use crate::shape::{Operation, model};

struct Case {
    shape: &'static str,
    member: &'static str,
    ours: Value,
    theirs: Value,
    other: Value,
    context: Context,
}

fn case(shape: &'static str, member: &'static str, ours: Value, theirs: Value, other: Value) -> Case {
    let context = Context::of_service(false);
    Case {
        shape,
        member,
        ours,
        theirs,
        other,
        context,
    }
}

/// A default: absent on our side, `default` on theirs; `other` is no default.
fn default(shape: &'static str, member: &'static str, default: Value, other: Value) -> Case {
    case(
        shape,
        member,
        json!({}),
        json!({member: default}),
        json!({member: other}),
    )
}

fn read_only(member: &'static str) -> Case {
    let differs = json!({"family": "other"});
    case(
        TASK_DEFINITION,
        member,
        json!({"family": "web"}),
        json!({"family": "web", member: "x"}),
        differs,
    )
}

fn empty(shape: &'static str, member: &'static str, other: Value) -> Case {
    default(shape, member, json!({}), other)
}

fn cases() -> Vec<Case> {
    let awsvpc = || Context::of_definition(&json!({"networkMode": "awsvpc"}));
    let daemon = || Context::of_service(true);
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
    let mut cases: Vec<Case> = [
        "taskDefinitionArn",
        "revision",
        "status",
        "requiresAttributes",
        "compatibilities",
        "registeredAt",
        "registeredBy",
        "deregisteredAt",
        "deleteRequestedAt",
    ]
    .map(read_only)
    .into_iter()
    .collect();
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
        default("PortMapping", "hostPort", json!(0), json!(80)),
        Case {
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
        Case {
            context: daemon(),
            ..default(deployment, "maximumPercent", json!(100), json!(200))
        },
        default(deployment, "minimumHealthyPercent", json!(100), json!(0)),
        Case {
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

fn differ(shape: &'static str, ours: &Value, theirs: &Value, context: &Context) -> bool {
    let wanted = normalise(ours, shape, context);
    let there = align(&normalise(theirs, shape, context), &wanted, shape);
    !diff(Side::new(&there, theirs), Side::new(&wanted, ours), shape).is_empty()
}

#[test]
fn what_aws_returns_for_it_is_no_difference_and_another_value_is() {
    for case in cases() {
        let name = format!("{}.{}", case.shape, case.member);
        assert_ne!(case.ours, case.theirs, "{name}");
        assert!(
            !differ(case.shape, &case.ours, &case.theirs, &case.context),
            "{name}: {}",
            case.theirs
        );
        assert!(
            differ(case.shape, &case.ours, &case.other, &case.context),
            "{name}: {}",
            case.other
        );
    }
}

#[test]
fn every_row_has_its_case_and_a_source() {
    let cases = cases();
    for row in ROWS {
        let rows = ROWS
            .iter()
            .filter(|other| (other.shape, other.member) == (row.shape, row.member));
        let of_row = cases
            .iter()
            .filter(|case| (case.shape, case.member) == (row.shape, row.member));
        assert_eq!(of_row.count(), rows.count(), "{}.{}", row.shape, row.member);
        assert!(!row.source.is_empty());
    }
}

#[test]
fn every_row_names_what_the_model_knows() {
    for row in ROWS.iter().filter(|row| !matches!(row.rule, Rule::ReadOnly)) {
        let shape = model().shape(row.shape).unwrap();
        assert!(
            shape.member_shape(row.member).is_some(),
            "{}.{}",
            row.shape,
            row.member
        );
    }
}

#[test]
fn read_only_members_are_those_that_can_not_be_sent() {
    let shape = model().shape(TASK_DEFINITION).unwrap();
    for row in ROWS.iter().filter(|row| matches!(row.rule, Rule::ReadOnly)) {
        assert!(shape.member_shape(row.member).is_none(), "{}", row.member);
    }
}

/// Two items of a list that are not the same.
fn two_items(shape: &str, member: &str, by: By) -> [Value; 2] {
    let list = model().shape(shape).unwrap().member_shape(member).unwrap();
    let item = model().shape(list).unwrap().member.unwrap();
    let is_text = model().shape(item).unwrap().kind == Kind::String;
    let key = match by {
        By::Member(key) => key,
        By::Port => "containerPort",
        By::Whole if is_text => return [json!("a"), json!("b")],
        By::Whole => model().shape(item).unwrap().members().next().unwrap().0,
    };
    assert!(
        model().shape(item).unwrap().member_shape(key).is_some(),
        "{item}.{key}"
    );
    [json!({key: "a"}), json!({key: "b"})]
}

#[test]
fn the_order_of_each_listed_list_means_nothing() {
    let context = Context::default();
    for row in LISTS {
        let [one, two] = two_items(row.shape, row.member, row.by);
        let of = |items: &[&Value]| json!({row.member: items});
        let name = format!("{}.{}", row.shape, row.member);
        assert!(!row.source.is_empty());
        // Tags are owned by key: one more on AWS is no difference, one less is.
        assert!(
            !differ(row.shape, &of(&[&one, &two]), &of(&[&two, &one]), &context),
            "{name}"
        );
        assert!(
            differ(row.shape, &of(&[&one, &two]), &of(&[&one]), &context),
            "{name}"
        );
    }
}

#[test]
fn the_order_of_other_lists_stays() {
    let context = Context::default();
    let ours = json!({"command": ["a", "b"]});
    assert!(differ(
        "ContainerDefinition",
        &ours,
        &json!({"command": ["b", "a"]}),
        &context
    ));
}

#[test]
fn empty_lists_and_nulls_are_nothing() {
    let context = Context::default();
    let theirs =
        json!({"mountPoints": [], "volumesFrom": [], "systemControls": [], "command": [], "image": null});
    assert!(!differ("ContainerDefinition", &json!({}), &theirs, &context));
}

#[test]
fn a_bridge_host_port_stays() {
    let context = Context::of_definition(&json!({"networkMode": "bridge"}));
    let theirs = json!({"containerPort": 80, "hostPort": 80});
    assert!(differ(
        "PortMapping",
        &json!({"containerPort": 80}),
        &theirs,
        &context
    ));
}

#[test]
fn unknown_members_are_told_apart_by_path() {
    let there =
        json!({"cpu": "1", "soon": 1, "containerDefinitions": [{"name": "web", "fast": true, "mine": 2}]});
    let wanted = json!({"containerDefinitions": [{"name": "web", "mine": 3}]});
    let (known, unknown) = known_only(&there, &wanted, TASK_DEFINITION);
    assert_eq!(
        known,
        json!({"cpu": "1", "containerDefinitions": [{"name": "web", "mine": 2}]})
    );
    assert_eq!(unknown, ["soon", "containerDefinitions.web.fast"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn twice_is_once(seed: u64, is_daemon: bool) {
        let definition = valid(Operation::RegisterTaskDefinition.input(), seed);
        let once = task_definition(&definition);
        prop_assert_eq!(&task_definition(&once), &once);

        let service = valid(Operation::CreateService.input(), seed);
        let context = Context::of_service(is_daemon);
        let once = normalise(&service, SERVICE, &context);
        prop_assert_eq!(&normalise(&once, SERVICE, &context), &once);
    }
}
