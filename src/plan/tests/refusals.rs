//! Tests of planning errors and their messages.

use super::*;
use crate::diagnostic::Explain;
use crate::ecs::{ClusterCapacity, DeploymentGroup};
use crate::exit::Exit;
use crate::model::{CodeDeployNames, ServiceAction};
use crate::plan::{Cluster, ObservedGroup};

fn running(fields: Value) -> Ecs {
    let mut ecs = Ecs::default();
    deploy(
        &mut ecs,
        &manifest([service("web", web_definition(), fields)]),
        'c',
        'd',
    );
    ecs
}

fn refusal(ecs: &Ecs, fields: Value) -> PlanError {
    let errors = refused(ecs, &manifest([service("web", web_definition(), fields)]));
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors[0].clone()
}

fn of_definition(ecs: &Ecs, definition: TaskDefinitionSource) -> PlanError {
    refused(ecs, &manifest([ServiceSpec { definition, ..web() }])).remove(0)
}

#[test]
fn a_missing_cluster_names_the_create_command() {
    let ecs = Ecs {
        cluster: Cluster::Missing,
        ..Ecs::default()
    };
    let plan = planned(&ecs, &manifest([web()]), &built('c'));
    let error = crate::plan::refusal(&plan).unwrap();
    assert_eq!(error.to_string(), "no cluster default in us-east-1");
    assert_eq!(
        error.explain().hint.unwrap(),
        "aws ecs create-cluster --cluster-name default --region us-east-1, or ecsctl deploy --create-cluster"
    );
    assert_eq!(
        (error.explain().exit, error.explain().code),
        (Exit::Preflight, "cluster-missing")
    );
}

#[test]
fn a_missing_provider_names_the_whole_command() {
    let ecs = Ecs {
        capacity: Some(ClusterCapacity {
            providers: vec!["FARGATE".to_owned(), "shop-ec2".to_owned()],
            default_strategy: vec!["capacityProvider=FARGATE,weight=1,base=0".to_owned()],
        }),
        ..Ecs::default()
    };
    let strategy =
        |name: &str| json!({"capacityProviderStrategy": [{"capacityProvider": name, "weight": 1}]});
    let on = |name: &str| manifest([service("web", web_definition(), strategy(name))]);
    let errors = refused(&ecs, &on("FARGATE_SPOT"));
    assert_eq!(errors.len(), 1);
    assert_eq!(
        errors[0].to_string(),
        "cluster default has no capacity provider FARGATE_SPOT"
    );
    // PutClusterCapacityProviders replaces the providers and the default strategy.
    assert_eq!(
        errors[0].explain().hint.unwrap(),
        "aws ecs put-cluster-capacity-providers --cluster default --region us-east-1 --capacity-providers FARGATE \
         shop-ec2 FARGATE_SPOT --default-capacity-provider-strategy capacityProvider=FARGATE,weight=1,base=0 \
         associates it; then ecsctl deploy"
    );
    for name in ["FARGATE", "shop-ec2", "shop-managed-instances"] {
        planned(&ecs, &on(name), &built('c'));
    }
}

#[test]
fn a_plan_without_its_cluster_is_whole_but_refused() {
    let ecs = Ecs {
        cluster: Cluster::Missing,
        ..Ecs::default()
    };
    let manifest = manifest([web()]);
    let plan = planned(&ecs, &manifest, &built('c'));
    assert_eq!(plan.services.len(), 1);
    assert_eq!(
        (plan.changes(), plan.create_cluster, plan.cluster_missing),
        (2, false, true)
    );
    let warning = "cluster default is missing: deploy needs --create-cluster";
    assert_eq!(plan.warnings, [warning]);
    let options = PlanOptions {
        create_cluster: true,
        ..PlanOptions::default()
    };
    let plan = make(&manifest, &ecs.observe(&manifest), &built('c'), &options).unwrap();
    assert_eq!(
        (plan.changes(), plan.create_cluster, plan.cluster_missing),
        (3, true, true)
    );
    assert!(plan.warnings.is_empty() && crate::plan::refusal(&plan).is_none());
}

#[test]
fn a_missing_cluster_is_reported_with_other_errors() {
    let ecs = Ecs {
        cluster: Cluster::Missing,
        ..Ecs::default()
    };
    let fields = json!({"deploymentController": {"type": "EXTERNAL"}});
    let errors = refused(&ecs, &manifest([service("web", web_definition(), fields)]));
    let codes: Vec<_> = errors.iter().map(|error| error.explain().code).collect();
    assert_eq!(codes, ["cluster-missing", "unsupported-controller"]);
}

#[test]
fn a_create_only_field_points_at_its_place() {
    let ecs = running(json!({"launchType": "FARGATE"}));
    let fields = written(&json!({"launchType": "EC2"}));
    let services = [ServiceSpec {
        fields: fields.node.clone(),
        ..web()
    }];
    let error = refused(&ecs, &manifest(services)).remove(0);
    let mut problems = crate::diagnostic::Problems::default();
    problems.push(error.problem().unwrap());
    assert_eq!(
        fields.render(problems),
        "`launchType` of service web can't be changed from FARGATE to EC2 [\"EC2\"] the service has FARGATE\n  \
         = `launchType` can only be set when the service is created: set it back to FARGATE, or replace the service\n  \
         = without downtime: deploy it under another serviceName beside this one, move the traffic, then delete this one\n  \
         hint: to replace it with downtime, from the stop of its tasks until new ones are healthy: ecsctl delete web, then ecsctl deploy --only web"
    );
    assert_eq!(error.explain().exit, Exit::Usage);
}

#[test]
fn unknown_values_of_create_only_fields_are_left_alone() {
    let ecs = running(json!({"launchType": "ORBITAL"}));
    let fields = json!({"launchType": "FARGATE"});
    let plan = planned(
        &ecs,
        &manifest([service("web", web_definition(), fields)]),
        &pinned('d', 'c'),
    );
    assert!(plan.is_empty(), "{plan:?}");
    let [warning] = plan.warnings.as_slice() else {
        panic!("{:?}", plan.warnings)
    };
    let words =
        "web: `launchType` is ORBITAL on AWS, which this version of ecsctl doesn't know: it is left as it is";
    assert_eq!(warning, words);
}

#[test]
fn every_create_only_field_is_guarded() {
    let ecs = running(json!({"role": "elb", "schedulingStrategy": "REPLICA", "launchType": "EC2"}));
    for fields in [
        json!({"role": "other"}),
        json!({"schedulingStrategy": "DAEMON"}),
        json!({"launchType": "FARGATE"}),
    ] {
        assert!(matches!(refusal(&ecs, fields), PlanError::CreateOnly { .. }));
    }
}

#[test]
fn services_of_other_controllers_are_refused() {
    let mut ecs = running(json!({}));
    ecs.services["web"]["deploymentController"] = json!({"type": "EXTERNAL"});
    let error = refusal(&ecs, json!({}));
    assert_eq!(
        error.to_string(),
        "service web is deployed by an external controller, not by ECS"
    );
    assert_eq!(error.explain().exit, Exit::Preflight);
    ecs.services["web"]["deploymentController"] = json!({"type": "ECS"});
    ecs.services["web"]["resourceManagementType"] = json!("ECS");
    assert_eq!(
        refusal(&ecs, json!({})).to_string(),
        "service web is deployed by ECS Express, not by ECS"
    );
    let error = refusal(
        &Ecs::default(),
        json!({"deploymentController": {"type": "EXTERNAL"}}),
    );
    assert!(matches!(error, PlanError::Controller { .. }));
}

#[test]
fn codedeploy_refuses_what_no_appspec_sets() {
    let fields = json!({"deploymentController": {"type": "CODE_DEPLOY"}, "loadBalancers": balancers(80)});
    let ecs = running(fields);
    let error = refusal(&ecs, json!({"availabilityZoneRebalancing": "ENABLED"}));
    assert_eq!(
        error.to_string(),
        "service web is deployed by CodeDeploy, so this can't be changed: availabilityZoneRebalancing"
    );
    let two = json!([balancers(80)[0], balancers(81)[0]]);
    let error = refusal(&ecs, json!({"loadBalancers": two}));
    assert!(error.to_string().ends_with(": loadBalancers"), "{error}");
    let none = running(json!({"deploymentController": {"type": "CODE_DEPLOY"}}));
    let error = refusal(&none, json!({"platformVersion": "1.4.0"}));
    assert_eq!(error.explain().code, "no-load-balancer");
    let moved = manifest([service(
        "web",
        web_definition(),
        json!({"deploymentController": {"type": "ECS"}}),
    )]);
    assert_eq!(planned(&ecs, &moved, &built('c')).changes(), 1);
}

fn balancers(port: u16) -> Value {
    json!([{"targetGroupArn": "arn:tg", "containerName": "web", "containerPort": port}])
}

#[test]
fn codedeploy_splits_a_change_in_two() {
    let fields = json!({"deploymentController": {"type": "CODE_DEPLOY"}, "loadBalancers": balancers(80),
        "networkConfiguration": network("a")});
    let ecs = running(fields);
    let count = manifest([service("web", web_definition(), json!({"desiredCount": 4}))]);
    let plan = planned(&ecs, &count, &built('c'));
    assert_eq!(plan.services[0].code_deployment(), None);
    let both = json!({"desiredCount": 4, "networkConfiguration": network("b")});
    let plan = planned(
        &ecs,
        &manifest([service("web", web_definition(), both)]),
        &built('c'),
    );
    let ServiceAction::Update { input, changes, .. } = &plan.services[0].action else {
        panic!("an update");
    };
    assert_eq!(*input, json!({"desiredCount": 4}));
    assert_eq!(changes[1].note.as_deref(), Some("by a CodeDeploy deployment"));
    let deployment = plan.services[0].code_deployment().unwrap();
    assert_eq!(deployment.names.application, "AppECS-default-web");
    let properties = &deployment.app_spec["Resources"][0]["TargetService"]["Properties"];
    assert_eq!(
        properties["LoadBalancerInfo"],
        json!({"ContainerName": "web", "ContainerPort": 80})
    );
    let network = &properties["NetworkConfiguration"]["AwsvpcConfiguration"];
    assert_eq!(network["Subnets"], network_subnets("b"));
}

fn network_subnets(name: &str) -> Value {
    network(name)["awsvpcConfiguration"]["subnets"].clone()
}

#[test]
fn a_missing_deployment_group_is_refused() {
    let ecs =
        running(json!({"deploymentController": {"type": "CODE_DEPLOY"}, "loadBalancers": balancers(80)}));
    let changed = manifest([service(
        "web",
        web_definition(),
        json!({"loadBalancers": balancers(81)}),
    )]);
    let kept = manifest([service("web", web_definition(), json!({}))]);
    let names = || CodeDeployNames::of("c", "web", None);
    let with = |manifest: &Manifest, group: ObservedGroup| {
        let mut observed = ecs.observe(manifest);
        observed.services["web"].deployment_group = group;
        make(manifest, &observed, &built('c'), &PlanOptions::default())
    };
    let other = DeploymentGroup::read(&json!({"ecsServices": [{"clusterName": "c", "serviceName": "api"}]}));
    let codes = |result: Result<_, Vec<PlanError>>| {
        let errors = result.err().unwrap_or_default();
        errors
            .iter()
            .map(|error| error.explain().code)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        codes(with(&changed, ObservedGroup::Missing(names()))),
        ["no-deployment-group"]
    );
    assert_eq!(
        codes(with(&changed, ObservedGroup::Known(other))),
        ["other-deployment-group"]
    );
    assert!(with(&changed, ObservedGroup::Unread).is_ok());
    assert!(
        with(&kept, ObservedGroup::Missing(names())).is_ok(),
        "no deployment to make"
    );
}

#[test]
fn a_refused_service_still_registers_its_definition() {
    let fields =
        json!({"deploymentController": {"type": "CODE_DEPLOY"}, "networkConfiguration": network("a")});
    let codedeploy = running(fields);
    let mut external = running(json!({}));
    external.services["web"]["deploymentController"] = json!({"type": "EXTERNAL"});
    let changed = json!({"networkConfiguration": network("b")});
    // It has no load balancer.
    let cases = [
        (codedeploy, changed, "no-load-balancer"),
        (external, json!({}), "unsupported-controller"),
        (
            running(json!({})),
            json!({"schedulingStrategy": "DAEMON"}),
            "create-only-field",
        ),
    ];
    for (ecs, fields, code) in cases {
        let mut definition = web_definition();
        definition["memory"] = json!("1024");
        let manifest = manifest([service("web", definition, fields)]);
        assert_eq!(refused(&ecs, &manifest)[0].explain().code, code);
        let options = PlanOptions {
            definitions_only: true,
            ..PlanOptions::default()
        };
        let plan = make(&manifest, &ecs.observe(&manifest), &built('c'), &options).unwrap();
        assert_eq!(plan.services[0].action, ServiceAction::Keep, "{code}");
        assert_eq!(plan.changes(), 1, "{code}: the definition alone");
    }
}

fn network(subnet: &str) -> Value {
    json!({"awsvpcConfiguration": {"subnets": [subnet]}})
}

#[test]
fn registering_takes_no_cluster() {
    let ecs = Ecs {
        cluster: Cluster::Missing,
        ..Ecs::default()
    };
    let options = PlanOptions {
        definitions_only: true,
        ..PlanOptions::default()
    };
    let manifest = manifest([web()]);
    let plan = make(&manifest, &ecs.observe(&manifest), &built('c'), &options).unwrap();
    assert_eq!((plan.changes(), plan.warnings.len()), (1, 0));
    assert!(crate::plan::refusal(&plan).is_none());
}

#[test]
fn launch_type_and_strategy_exclude_each_other() {
    let fields = json!({"launchType": "FARGATE", "capacityProviderStrategy": [{"capacityProvider": "a"}]});
    let error = refusal(&Ecs::default(), fields);
    assert_eq!(error.problem().unwrap().others.len(), 1);
    let back = json!({"launchType": "FARGATE", "capacityProviderStrategy": []});
    let manifest = manifest([service("web", web_definition(), back)]);
    assert!(
        make(
            &manifest,
            &Ecs::default().observe(&manifest),
            &built('c'),
            &PlanOptions::default()
        )
        .is_ok()
    );
}

#[test]
fn a_missing_definition_is_an_error() {
    let ecs = Ecs::default();
    let span = node(json!(null)).span;
    let error = of_definition(&ecs, TaskDefinitionSource::Revision("web:7".to_owned(), span));
    assert_eq!(error.to_string(), "no task definition web:7 for service web");
    assert_eq!(
        error.explain().hint.unwrap(),
        "aws ecs list-task-definitions --family-prefix web"
    );
    assert_eq!(
        (error.explain().exit, error.problem().unwrap().label.as_deref()),
        (Exit::Preflight, Some("not on AWS"))
    );
    let live = TaskDefinitionSource::Based {
        base: Base::Live,
        span,
        changes: node(json!({})),
    };
    assert_eq!(
        of_definition(&ecs, live).to_string(),
        "service web does not exist yet: `base: live` has no task definition to start from"
    );
    let family = TaskDefinitionSource::Based {
        base: Base::Family("shop".to_owned()),
        span,
        changes: node(json!({})),
    };
    assert_eq!(
        of_definition(&ecs, family).to_string(),
        "no task definition shop for service web"
    );
}

#[test]
fn an_inactive_revision_can_not_be_deployed() {
    let mut ecs = Ecs::default();
    ecs.register(&web_definition());
    ecs.definitions[0]["status"] = json!("INACTIVE");
    let error = of_definition(
        &ecs,
        TaskDefinitionSource::Revision("web:1".to_owned(), node(json!(null)).span),
    );
    assert_eq!(
        error.to_string(),
        "task definition web:1 of service web is INACTIVE"
    );
}

#[test]
fn a_part_that_a_given_image_lacks_is_said() {
    use crate::model::{ImageAttribute, ImageRef, NodeKind, Part, Text};
    let mut fields = node(json!({"platformVersion": "x"}));
    let image = ImageRef {
        image: "web".to_owned(),
        attribute: ImageAttribute::Tag,
    };
    if let NodeKind::Map(entries) = &mut fields.kind {
        entries[0].value.kind = NodeKind::Text(Text {
            parts: vec![Part::Image(image)],
            plain: true,
            interpolated: true,
            filled: true,
        });
    }
    let manifest = manifest([ServiceSpec { fields, ..web() }]);
    let observed = Ecs::default().observe(&manifest);
    let errors = make(&manifest, &observed, &given("nginx"), &PlanOptions::default()).unwrap_err();
    assert_eq!(errors[0].to_string(), "${images.web.tag} has no value in nginx");
}

#[test]
fn all_reasons_are_reported_at_once() {
    let manifest = manifest([
        ServiceSpec {
            depends_on: vec!["b".to_owned()],
            ..service("a", web_definition(), json!({}))
        },
        ServiceSpec {
            depends_on: vec!["a".to_owned()],
            ..service("b", web_definition(), json!({}))
        },
        service(
            "c",
            web_definition(),
            json!({"deploymentController": {"type": "EXTERNAL"}}),
        ),
    ]);
    let codes: Vec<_> = refused(&Ecs::default(), &manifest)
        .iter()
        .map(|error| error.explain().code)
        .collect();
    assert_eq!(codes, ["unsupported-controller", "dependency-circle"]);
}

#[test]
fn an_unread_service_is_not_treated_as_absent() {
    let manifest = manifest([web()]);
    let mut observed = Ecs::default().observe(&manifest);
    observed.services.clear();
    let errors = make(&manifest, &observed, &built('c'), &PlanOptions::default()).unwrap_err();
    assert_eq!(errors[0].explain().exit, Exit::Unexpected);
}
