//! Tests of service plans.

use super::*;
use crate::model::{CapacityBounds, LogGroup, ServiceAction};
use crate::plan::{Cluster, ScalableTarget};

fn with(fields: Value) -> Manifest {
    manifest([service("web", web_definition(), fields)])
}

fn running(fields: Value) -> Ecs {
    let mut ecs = Ecs::default();
    deploy(&mut ecs, &with(fields), 'c', 'd');
    ecs
}

fn plan_of(ecs: &Ecs, fields: Value) -> Plan {
    planned(ecs, &with(fields), &built('c'))
}

/// Returns the input and the changes, if there is an update.
fn update(ecs: &Ecs, fields: Value) -> Option<(Value, Vec<String>)> {
    match &only(&plan_of(ecs, fields)).action {
        ServiceAction::Keep => None,
        ServiceAction::Update { input, changes, .. } => Some((input.clone(), lines(changes))),
        other => panic!("{other:?}"),
    }
}

fn network(subnets: &[&str]) -> Value {
    json!({"awsvpcConfiguration": {"subnets": subnets, "securityGroups": ["sg-1"]}})
}

#[test]
fn creation_adds_the_defaults_that_the_file_does_not_name() {
    let named =
        json!({"deploymentConfiguration": {"maximumPercent": 150, "strategy": null}, "propagateTags": null});
    let service = ServiceSpec {
        creation_defaults: node(json!({
            "launchType": "FARGATE", "desiredCount": 1, "propagateTags": "SERVICE",
            "deploymentConfiguration": {"strategy": "ROLLING", "deploymentCircuitBreaker": {"enable": true, "rollback": true}},
        })),
        ..service("web", web_definition(), named)
    };
    let plan = planned(&Ecs::default(), &manifest([service]), &built('c'));
    let ServiceAction::Create { input, .. } = &only(&plan).action else {
        panic!()
    };
    assert_eq!(
        *input,
        json!({
            "serviceName": "web",
            "deploymentConfiguration": {"maximumPercent": 150, "deploymentCircuitBreaker": {"enable": true, "rollback": true}},
            "launchType": "FARGATE", "desiredCount": 1,
        })
    );
}

#[test]
fn a_capacity_provider_strategy_excludes_the_launch_type() {
    let service = ServiceSpec {
        creation_defaults: node(json!({"launchType": "FARGATE"})),
        ..service(
            "web",
            web_definition(),
            json!({"capacityProviderStrategy": [{"capacityProvider": "a", "weight": 1}]}),
        )
    };
    let plan = planned(&Ecs::default(), &manifest([service]), &built('c'));
    let ServiceAction::Create { input, .. } = &only(&plan).action else {
        panic!()
    };
    assert_eq!(input.get("launchType"), None);
}

#[test]
fn launch_type_follows_what_the_definition_supports() {
    let created = |members: Value, definition: TaskDefinitionSource| {
        let mut ecs = Ecs::default();
        ecs.register(&web_definition());
        let described = ecs.definitions[0].as_object_mut().unwrap();
        for (member, value) in members.as_object().unwrap() {
            described.insert(member.clone(), value.clone());
        }
        let service = ServiceSpec {
            definition,
            fargate_if_supported: true,
            ..service("web", json!({}), json!({}))
        };
        let plan = planned(&ecs, &manifest([service]), &built('c'));
        let ServiceAction::Create { input, .. } = &only(&plan).action else {
            panic!()
        };
        input.get("launchType").cloned()
    };
    let fargate = Some(json!("FARGATE"));
    let only_ec2 = json!({"requiresCompatibilities": ["EC2"]});
    let bridge =
        json!({"requiresCompatibilities": null, "compatibilities": ["EC2"], "networkMode": "bridge"});
    let compatible = json!({"requiresCompatibilities": null, "compatibilities": ["EC2", "FARGATE"]});
    let span = node(json!(null)).span;
    let revision = || TaskDefinitionSource::Revision("web:1".to_owned(), span);
    let over = |changes: Value| TaskDefinitionSource::Based {
        base: Base::Family("web".to_owned()),
        span,
        changes: node(changes),
    };
    for (members, definition, expected) in [
        (json!({}), revision(), fargate.clone()),
        (compatible.clone(), revision(), fargate.clone()),
        (only_ec2.clone(), revision(), None),
        (bridge.clone(), revision(), None),
        (json!({}), over(json!({})), fargate.clone()),
        (json!({}), over(json!({"cpu": "512"})), fargate.clone()),
        (compatible.clone(), over(json!({"cpu": "512"})), fargate.clone()),
        (compatible, over(json!({"networkMode": "host"})), None),
        (only_ec2.clone(), over(json!({})), None),
        (only_ec2.clone(), over(json!({"cpu": "512"})), None),
        (
            only_ec2,
            over(json!({"requiresCompatibilities": ["FARGATE"]})),
            fargate,
        ),
        (bridge, over(json!({"cpu": "512"})), None),
    ] {
        let shown = format!("{members} {definition:?}");
        assert_eq!(created(members, definition), expected, "{shown}");
    }
}

#[test]
fn fields_that_are_not_named_are_left_as_they_are() {
    let ecs = running(
        json!({"desiredCount": 5, "enableExecuteCommand": true, "networkConfiguration": network(&["a"])}),
    );
    assert!(plan_of(&ecs, json!({})).is_empty());
    assert!(plan_of(&ecs, json!({"desiredCount": null, "enableExecuteCommand": null})).is_empty());
}

#[test]
fn named_fields_are_compared_with_what_aws_makes_of_them() {
    let fields = json!({
        "desiredCount": 2, "networkConfiguration": network(&["a", "b"]), "platformVersion": "LATEST",
        "placementStrategy": [{"type": "binpack", "field": "memory"}], "role": "elb",
        "deploymentConfiguration": {"maximumPercent": 200, "deploymentCircuitBreaker": {"enable": true, "rollback": true}},
        "loadBalancers": [{"targetGroupArn": "x", "containerName": "web", "containerPort": 1}, {"targetGroupArn": "y"}],
        "serviceConnectConfiguration": {"enabled": true, "services": [{"portName": "http"}]},
        "monitoring": {"metricConfigurations": [{"metricNames": ["CPUUtilization"], "resolutionSeconds": 20}]},
        "schedulingStrategy": "REPLICA",
    });
    let ecs = running(fields.clone());
    assert!(plan_of(&ecs, fields).is_empty());
}

#[test]
fn only_what_differs_is_sent() {
    let ecs = running(json!({"desiredCount": 2, "networkConfiguration": network(&["a"])}));
    assert_eq!(
        update(
            &ecs,
            json!({"desiredCount": 3, "enableExecuteCommand": true, "networkConfiguration": network(&["a"])})
        ),
        Some((
            json!({"desiredCount": 3, "enableExecuteCommand": true}),
            vec![
                "desiredCount: 2 -> 3".to_owned(),
                "enableExecuteCommand: false -> true (tasks started later)".to_owned(),
            ]
        ))
    );
}

#[test]
fn a_network_is_replaced_whole_and_shown_by_member() {
    let ecs = running(json!({"networkConfiguration": network(&["a"])}));
    let (input, changes) = update(&ecs, json!({"networkConfiguration": network(&["a", "b"])})).unwrap();
    assert_eq!(input, json!({"networkConfiguration": network(&["a", "b"])}));
    assert_eq!(
        changes,
        ["networkConfiguration.awsvpcConfiguration.subnets.b: absent -> \"b\""]
    );
}

#[test]
fn of_the_deployment_configuration_only_named_members_count() {
    let ecs = running(json!({"deploymentConfiguration": {
        "maximumPercent": 150, "alarms": {"alarmNames": ["cpu"], "enable": true, "rollback": true}
    }}));
    assert_eq!(
        update(&ecs, json!({"deploymentConfiguration": {"maximumPercent": 150}})),
        None
    );
    let (input, changes) = update(&ecs, json!({"deploymentConfiguration": {"maximumPercent": 200}})).unwrap();
    assert_eq!(input, json!({"deploymentConfiguration": {"maximumPercent": 200}}));
    assert_eq!(changes, ["deploymentConfiguration.maximumPercent: 150 -> 200"]);
}

#[test]
fn nested_members_of_others_are_sent_and_not_compared() {
    let breaker = |rollback: bool| json!({"deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": true, "rollback": rollback}}});
    let mut ecs = running(breaker(true));
    let live = &mut ecs.services["web"]["deploymentConfiguration"]["deploymentCircuitBreaker"];
    let threshold = json!({"type": "COUNT", "value": 3});
    live["thresholdConfiguration"] = threshold.clone();
    live["resetOnHealthyTask"] = json!(false);
    assert_eq!(update(&ecs, breaker(true)), None);
    let (input, changes) = update(&ecs, breaker(false)).unwrap();
    let expected = json!({"deploymentConfiguration": {"deploymentCircuitBreaker": {
        "enable": true, "rollback": false, "resetOnHealthyTask": false, "thresholdConfiguration": threshold
    }}});
    assert_eq!(input, expected);
    assert_eq!(
        changes,
        ["deploymentConfiguration.deploymentCircuitBreaker.rollback: true -> false"]
    );
    let mut other = breaker(true);
    other["deploymentConfiguration"]["deploymentCircuitBreaker"]["thresholdConfiguration"] =
        json!({"type": "COUNT", "value": 5});
    let (_, changes) = update(&ecs, other).unwrap();
    assert_eq!(
        changes,
        ["deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration.value: 3 -> 5"]
    );
}

#[test]
fn unnamed_public_address_and_security_groups_stay() {
    let ecs = running(json!({"networkConfiguration": {"awsvpcConfiguration": {
        "subnets": ["a"], "securityGroups": ["sg-1"], "assignPublicIp": "ENABLED"
    }}}));
    let subnets =
        |subnets: &[&str]| json!({"networkConfiguration": {"awsvpcConfiguration": {"subnets": subnets}}});
    assert_eq!(update(&ecs, subnets(&["a"])), None);
    let (input, changes) = update(&ecs, subnets(&["b"])).unwrap();
    assert_eq!(
        input,
        json!({"networkConfiguration": {"awsvpcConfiguration": {
            "subnets": ["b"], "securityGroups": ["sg-1"], "assignPublicIp": "ENABLED"
        }}})
    );
    assert_eq!(
        changes,
        [
            "networkConfiguration.awsvpcConfiguration.subnets.a: \"a\" -> absent",
            "networkConfiguration.awsvpcConfiguration.subnets.b: absent -> \"b\""
        ]
    );
    let disabled = json!({"networkConfiguration": {"awsvpcConfiguration": {"subnets": ["a"], "assignPublicIp": "DISABLED"}}});
    let (_, changes) = update(&ecs, disabled).unwrap();
    assert_eq!(changes.len(), 1, "{changes:?}");
}

#[test]
fn service_connect_keeps_what_others_set_until_it_is_disabled() {
    let services = json!([{"portName": "http"}]);
    let ecs = running(json!({"serviceConnectConfiguration": {
        "enabled": true, "namespace": "shop", "services": services,
        "accessLogConfiguration": {"format": "JSON", "includeQueryParameters": "ENABLED"}
    }}));
    let connect = |members: Value| json!({"serviceConnectConfiguration": members});
    assert_eq!(update(&ecs, connect(json!({"enabled": true}))), None);
    let named = json!({"enabled": true, "accessLogConfiguration": {"format": "TEXT"}});
    let (input, _) = update(&ecs, connect(named)).unwrap();
    let sent = &input["serviceConnectConfiguration"];
    assert_eq!(
        sent["accessLogConfiguration"],
        json!({"format": "TEXT", "includeQueryParameters": "ENABLED"})
    );
    assert_eq!(
        (&sent["namespace"], &sent["services"][0]["portName"]),
        (&json!("shop"), &json!("http"))
    );
    let (input, _) = update(&ecs, connect(json!({"enabled": false}))).unwrap();
    assert_eq!(input, connect(json!({"enabled": false})));
}

#[test]
fn an_empty_list_clears() {
    let balancer = json!({"containerName": "web", "containerPort": 80, "targetGroupArn": "x"});
    let ecs = running(json!({"loadBalancers": [balancer]}));
    let (input, changes) = update(&ecs, json!({"loadBalancers": []})).unwrap();
    assert_eq!(input, json!({"loadBalancers": []}));
    assert_eq!(
        changes,
        [
            "loadBalancers.web:80: {\"containerName\":\"web\",\"containerPort\":80,\"targetGroupArn\":\"x\"} -> absent"
        ]
    );
    assert_eq!(update(&running(json!({})), json!({"loadBalancers": []})), None);
}

#[test]
fn clearing_what_aws_documents_no_way_for_is_warned_about() {
    let ecs = running(json!({"gatewayConnectors": [{"portName": "http"}]}));
    let plan = plan_of(&ecs, json!({"gatewayConnectors": []}));
    assert_eq!(
        plan.warnings,
        ["web: AWS documents no way to clear `gatewayConnectors`; an empty list is sent as is"]
    );
}

#[test]
fn another_capacity_provider_forces_a_deployment() {
    let provider =
        |name: &str| json!({"capacityProviderStrategy": [{"capacityProvider": name, "weight": 1}]});
    let ecs = running(provider("FARGATE"));
    let (input, changes) = update(&ecs, provider("FARGATE_SPOT")).unwrap();
    assert_eq!(input["forceNewDeployment"], true);
    assert_eq!(changes.len(), 2);
    assert!(
        changes[0].starts_with("capacityProviderStrategy.FARGATE:")
            && changes[0].ends_with("(with a forced deployment)")
    );
}

#[test]
fn the_count_of_a_scaled_service_is_used_at_creation_only() {
    let mut ecs = running(json!({"desiredCount": 5}));
    ecs.scalable = ScalableTarget::Exists(CapacityBounds { min: 1, max: 10 });
    assert_eq!(update(&ecs, json!({"desiredCount": 1})), None);
    assert_eq!(update(&ecs, json!({"desiredCount": 8})), None);
    ecs.scalable = ScalableTarget::Unknown;
    let plan = plan_of(&ecs, json!({"desiredCount": 1}));
    assert!(plan.is_empty());
    assert_eq!(
        plan.warnings,
        ["web: desiredCount stays 5 and is not lowered to 1: autoscaling could not be read"]
    );
    assert_eq!(
        update(&ecs, json!({"desiredCount": 8})).unwrap().0,
        json!({"desiredCount": 8})
    );
}

#[test]
fn a_daemon_has_no_count() {
    let fields = json!({"schedulingStrategy": "DAEMON", "desiredCount": 3});
    let plan = plan_of(&Ecs::default(), fields.clone());
    let ServiceAction::Create { input, .. } = &only(&plan).action else {
        panic!()
    };
    assert_eq!(
        *input,
        json!({"serviceName": "web", "schedulingStrategy": "DAEMON"})
    );
    assert_eq!(plan.warnings.len(), 1);
    let ecs = running(json!({"schedulingStrategy": "DAEMON"}));
    let plan = plan_of(&ecs, fields);
    assert!(plan.is_empty(), "{plan:?}");
    assert_eq!(
        plan.warnings,
        ["web: desiredCount is not used, a DAEMON service runs one task on each instance"]
    );
}

#[test]
fn other_tags_are_kept() {
    let mut ecs = running(json!({"tags": [{"key": "team", "value": "a"}]}));
    ecs.services["web"]["tags"]
        .as_array_mut()
        .unwrap()
        .push(json!({"key": "cost", "value": "1"}));
    assert_eq!(
        update(&ecs, json!({"tags": [{"key": "team", "value": "a"}]})),
        None
    );
    let manifest = with(
        json!({"tags": [{"key": "team", "value": "b"}, {"key": "new"}, {"key": "aws:x", "value": "1"}]}),
    );
    let plan = planned(&ecs, &manifest, &built('c'));
    let ServiceAction::Update {
        input,
        changes,
        new_definition,
        tags,
    } = &only(&plan).action
    else {
        panic!()
    };
    assert_eq!((input, new_definition), (&json!({}), &false));
    assert_eq!(
        lines(changes),
        ["tags.team: \"a\" -> \"b\"", "tags.new: absent -> \"\""]
    );
    assert_eq!(
        *tags,
        [
            ("team".to_owned(), "b".to_owned()),
            ("new".to_owned(), String::new())
        ]
    );
}

#[test]
fn force_deploys_where_nothing_differs() {
    let ecs = running(json!({}));
    let manifest = with(json!({}));
    let options = PlanOptions {
        force: true,
        ..PlanOptions::default()
    };
    let plan = make(&manifest, &ecs.observe(&manifest), &built('c'), &options).unwrap();
    let ServiceAction::Update { input, changes, .. } = &only(&plan).action else {
        panic!()
    };
    assert_eq!(*input, json!({"forceNewDeployment": true}));
    assert_eq!(
        lines(changes),
        ["forceNewDeployment: absent -> true (requested by `deploy --force`)"]
    );
}

#[test]
fn a_field_newer_than_this_binary_is_compared_where_it_is_shown() {
    let ecs = running(json!({"quantum": {"on": true}}));
    assert_eq!(update(&ecs, json!({"quantum": {"on": true}})), None);
    assert_eq!(
        update(&ecs, json!({"quantum": {"on": false}})).unwrap().0,
        json!({"quantum": {"on": false}})
    );
    let ecs = running(json!({"quantum": {"on": true, "spin": 1}}));
    assert_eq!(update(&ecs, json!({"quantum": {"on": true}})), None);
    assert_eq!(
        update(&ecs, json!({"quantum": {"on": false}})).unwrap().0,
        json!({"quantum": {"on": false, "spin": 1}})
    );
    let plan = plan_of(&running(json!({})), json!({"quantum": 1}));
    assert!(plan.is_empty());
    assert_eq!(
        plan.warnings,
        ["web: AWS does not return quantum; it is sent with the next change, or by `deploy --force`"]
    );
    let (input, _) = update(
        &running(json!({})),
        json!({"quantum": 1, "enableExecuteCommand": true}),
    )
    .unwrap();
    assert_eq!(input, json!({"enableExecuteCommand": true, "quantum": 1}));
}

#[test]
fn draining_services_and_missing_clusters_are_planned() {
    let ecs = Ecs {
        draining: true,
        cluster: Cluster::Missing,
        ..Ecs::default()
    };
    let manifest = with(json!({}));
    let options = PlanOptions {
        create_cluster: true,
        ..PlanOptions::default()
    };
    let mut observed = ecs.observe(&manifest);
    let plan = make(&manifest, &observed, &built('c'), &options).unwrap();
    assert!(matches!(
        only(&plan).action,
        ServiceAction::Create { draining: true, .. }
    ));
    assert!(plan.create_cluster);
    assert_eq!(plan.changes(), 3);
    observed.services.clear();
    assert!(make(&manifest, &observed, &built('c'), &options).is_ok());
}

#[test]
fn log_groups_are_made_once_where_they_are_missing() {
    let group = |name: &str, region: Option<&str>| LogGroup {
        name: name.to_owned(),
        region: region.map(str::to_owned),
        retention_days: Some(30),
    };
    let service = |key: &str| ServiceSpec {
        log_groups: vec![
            group("/ecs/web", None),
            group("/ecs/web", Some("eu-west-1")),
            group("/there", None),
        ],
        ..service(key, web_definition(), json!({}))
    };
    let mut ecs = Ecs {
        log_groups: vec![group("/there", None).id()],
        ..Ecs::default()
    };
    let manifest = manifest([service("a"), service("b")]);
    let plan = planned(&ecs, &manifest, &pinned('d', 'c'));
    let names: Vec<_> = plan
        .log_groups
        .iter()
        .map(|group| (group.name.as_str(), group.region.as_deref()))
        .collect();
    assert_eq!(names, [("/ecs/web", None), ("/ecs/web", Some("eu-west-1"))]);
    ecs.apply(&plan);
    assert!(planned(&ecs, &manifest, &pinned('d', 'c')).log_groups.is_empty());
}

#[test]
fn only_the_services_that_were_asked_for_are_planned() {
    let manifest = manifest([web(), service("worker", web_definition(), json!({}))]);
    let options = PlanOptions {
        only: vec!["worker".to_owned()],
        ..PlanOptions::default()
    };
    let plan = make(
        &manifest,
        &Ecs::default().observe(&manifest),
        &built('c'),
        &options,
    )
    .unwrap();
    assert_eq!(only(&plan).key, "worker");
}

#[test]
fn codedeploy_chooses_the_target_group() {
    let balancers = |group: &str, port: u16| {
        let group = format!("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/{group}/1");
        json!([{"targetGroupArn": group, "containerName": "web", "containerPort": port}])
    };
    let blue = |port| json!({"loadBalancers": balancers("blue", port)});
    let running_with = |controller: &str| {
        let mut ecs = running(
            json!({"deploymentController": {"type": controller}, "loadBalancers": balancers("blue", 80)}),
        );
        ecs.services["web"]["loadBalancers"] = balancers("green", 80);
        ecs
    };
    assert_eq!(update(&running_with("CODE_DEPLOY"), blue(80)), None);
    // Everything else of a load balancer, and the target group of other controllers, are compared.
    let (input, changes) = update(&running_with("CODE_DEPLOY"), blue(81)).unwrap();
    assert_eq!(input, json!({}), "a CodeDeploy deployment changes it");
    assert!(changes[0].contains("containerPort"), "{changes:?}");
    assert!(update(&running_with("ECS"), blue(80)).is_some());
}

fn changes(before: &Value, after: &Value) -> Vec<String> {
    let update = update(&running(before.clone()), after.clone());
    update.map(|(_, changes)| changes).unwrap_or_default()
}

fn balancer(port: u16, group: &str) -> Value {
    json!({"containerName": "web", "containerPort": port, "targetGroupArn": group})
}

#[test]
fn load_balancers_are_compared_by_container_and_port() {
    let before = json!({"loadBalancers": [balancer(80, "a"), balancer(81, "b"), balancer(82, "c")]});
    let after = json!({"loadBalancers": [balancer(82, "c"), balancer(80, "x"), balancer(83, "b")]});
    assert_eq!(
        changes(&before, &after),
        [
            r#"loadBalancers.web:80.targetGroupArn: "a" -> "x""#,
            r#"loadBalancers.web:81: {"containerName":"web","containerPort":81,"targetGroupArn":"b"} -> absent"#,
            r#"loadBalancers.web:83: absent -> {"containerName":"web","containerPort":83,"targetGroupArn":"b"}"#,
        ]
    );
}

#[test]
fn a_second_target_group_of_a_port_is_an_addition() {
    let before = json!({"loadBalancers": [balancer(80, "b")]});
    let after = json!({"loadBalancers": [balancer(80, "a"), balancer(80, "b")]});
    let added =
        r#"loadBalancers.web:80: absent -> {"containerName":"web","containerPort":80,"targetGroupArn":"a"}"#;
    assert_eq!(changes(&before, &after), [added]);
}

#[test]
fn the_lists_of_a_service_are_compared_by_their_elements() {
    let constraint = |expression: &str| json!({"type": "memberOf", "expression": expression});
    let hook = |name: &str, role: &str| {
        let arn = format!("arn:aws:lambda:us-east-1:123456789012:function:{name}");
        json!({"hookTargetArn": arn, "roleArn": role, "lifecycleStages": ["PRE_SCALE_UP"]})
    };
    let spread = |field: &str| json!({"type": "spread", "field": field});
    let cases = [
        (
            json!({"serviceRegistries": [{"registryArn": "a", "containerPort": 1}]}),
            json!({"serviceRegistries": [{"registryArn": "a", "containerPort": 2}]}),
            vec!["serviceRegistries.a.containerPort: 1 -> 2"],
        ),
        (
            json!({"networkConfiguration": network(&["a", "b"])}),
            json!({"networkConfiguration": network(&["c", "b"])}),
            vec![
                r#"networkConfiguration.awsvpcConfiguration.subnets.a: "a" -> absent"#,
                r#"networkConfiguration.awsvpcConfiguration.subnets.c: absent -> "c""#,
            ],
        ),
        (
            json!({"placementConstraints": [constraint("a == 1"), {"type": "distinctInstance"}]}),
            json!({"placementConstraints": [{"type": "distinctInstance"}, constraint("a == 2")]}),
            vec![
                r#"placementConstraints.memberOf:a == 1: {"type":"memberOf","expression":"a == 1"} -> absent (tasks started later)"#,
                r#"placementConstraints.memberOf:a == 2: absent -> {"type":"memberOf","expression":"a == 2"} (tasks started later)"#,
            ],
        ),
        (
            json!({"placementStrategy": [spread("memory"), spread("instanceId")]}),
            json!({"placementStrategy": [spread("cpu"), spread("memory"), spread("instanceId")]}),
            vec![r#"placementStrategy.0: absent -> {"type":"spread","field":"cpu"} (tasks started later)"#],
        ),
        (
            json!({"deploymentConfiguration": {"lifecycleHooks": [hook("check", "a")]}}),
            json!({"deploymentConfiguration": {"lifecycleHooks": [hook("check", "b")]}}),
            vec![
                r#"deploymentConfiguration.lifecycleHooks.arn:aws:lambda:us-east-1:123456789012:function:check.roleArn: "a" -> "b""#,
            ],
        ),
        (
            json!({"monitoring": {"metricConfigurations": [{"metricNames": ["CPUUtilization"], "resolutionSeconds": 20}]}}),
            json!({"monitoring": {"metricConfigurations": [{"metricNames": ["CPUUtilization"], "resolutionSeconds": 60}]}}),
            vec!["monitoring.metricConfigurations.CPUUtilization: 20 -> 60"],
        ),
        (
            json!({"vpcLatticeConfigurations": [{"roleArn": "r", "targetGroupArn": "a", "portName": "http"}]}),
            json!({"vpcLatticeConfigurations": [{"roleArn": "r", "targetGroupArn": "b", "portName": "http"}]}),
            vec![r#"vpcLatticeConfigurations.http.targetGroupArn: "a" -> "b""#],
        ),
    ];
    for (before, after, expected) in cases {
        assert_eq!(changes(&before, &after), expected);
    }
}
