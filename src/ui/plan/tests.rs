use insta::assert_snapshot;
use serde_json::json;

use super::*;
use crate::model::{DefinitionId, ImagePlan, ImageState, Value};
use crate::ui::testing::plan_of as plan;

const UTF8: TerminalStyle = TerminalStyle {
    colour: false,
    unicode: true,
    terminal: true,
    width: None,
};

fn change(path: &str, before: DisplayValue, after: DisplayValue) -> Change {
    Change {
        path: path.into(),
        before,
        after,
        note: None,
    }
}

fn value(value: Value) -> DisplayValue {
    DisplayValue::Value(value)
}

fn service(key: &str, definition: DefinitionPlan, action: ServiceAction) -> ServicePlan {
    ServicePlan {
        rollout: None,
        key: key.to_owned(),
        name: key.to_owned(),
        definition,
        action,
        scaling: None,
        schedules: Vec::new(),
        depends_on: Vec::new(),
        changed_secrets: Vec::new(),
        before_deploy: Vec::new(),
        code_deploy: None,
        after_deploy: Vec::new(),
    }
}

fn a_change() -> Plan {
    let image = format!(
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web@sha256:{}",
        "77ab03c1".repeat(8)
    );
    let environment = json!([{"name": "LOG_LEVEL", "value": "debug"}]);
    let definition = DefinitionPlan::Register {
        family: "web".to_owned(),
        input: json!({"family": "web", "containerDefinitions": [{"name": "web", "environment": environment}]}),
        baseline: DefinitionId::parse("web:41"),
        changes: vec![
            change(
                "containerDefinitions.web.image",
                value(json!(image)),
                DisplayValue::Pending("${images.web}".to_owned()),
            ),
            change(
                "containerDefinitions.web.memory",
                value(json!(512)),
                value(json!(1024)),
            ),
            change(
                "containerDefinitions.web.environment.LOG_LEVEL",
                DisplayValue::Hidden,
                DisplayValue::Hidden,
            ),
            change(
                "containerDefinitions.web.environment.NEW",
                DisplayValue::Absent,
                DisplayValue::Hidden,
            ),
            change(
                "containerDefinitions.web.healthCheck",
                DisplayValue::Absent,
                value(json!({"command": ["CMD", "true"]})),
            ),
        ],
        pending: Vec::new(),
    };
    let mut flag = change("enableExecuteCommand", value(json!(false)), value(json!(true)));
    flag.note = Some("tasks started later".to_owned());
    let action = ServiceAction::Update {
        input: json!({}),
        changes: vec![flag],
        new_definition: true,
        tags: Vec::new(),
    };
    let kept = DefinitionPlan::Keep {
        arn: "arn:aws:ecs:us-east-1:123456789012:task-definition/worker:17".to_owned(),
    };
    Plan {
        images: vec![built("web")],
        ..plan(vec![
            service("web", definition, action),
            service("worker", kept, ServiceAction::Keep),
        ])
    }
}

fn built(name: &str) -> ImagePlan {
    let id = format!("sha256:{}", "9".repeat(64)).parse().unwrap();
    ImagePlan {
        name: name.to_owned(),
        repository: format!("123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/{name}"),
        create_repository: false,
        state: ImageState::Built { id, manifest: None },
        deployed: None,
    }
}

#[test]
fn pending_images_are_shown_as_such() {
    let row = |plan: &Plan| {
        let lines = lines(
            plan,
            PlanStyle {
                look: UTF8,
                verbose: false,
                columns: None,
            },
        );
        let texts = lines.iter().map(|line| line.render(UTF8));
        texts
            .filter(|text| text.contains("web.image"))
            .collect::<String>()
    };
    let mut plan = a_change();
    assert!(row(&plan).ends_with("→ built now"), "{}", row(&plan));
    plan.images[0].state = ImageState::Unbuilt;
    assert!(row(&plan).ends_with("→ known after build"), "{}", row(&plan));
}

fn everything_new() -> Plan {
    let definition = DefinitionPlan::Register {
        family: "web".to_owned(),
        input: json!({}),
        baseline: None,
        changes: Vec::new(),
        pending: Vec::new(),
    };
    let action = ServiceAction::Create {
        input: json!({}),
        draining: false,
    };
    let mut new = plan(vec![service("web", definition, action)]);
    (new.create_cluster, new.cluster_missing) = (true, true);
    new.log_groups.push(LogGroupPlan {
        name: "/ecs/web".to_owned(),
        region: None,
        retention_days: Some(30),
    });
    new.images.push(ImagePlan {
        name: "web".to_owned(),
        repository: "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web".to_owned(),
        create_repository: true,
        state: ImageState::Unbuilt,
        deployed: None,
    });
    new.warnings
        .push("a lifecycle rule of acme/web may remove the running image".to_owned());
    new
}

fn text(plan: &Plan, look: TerminalStyle, verbose: bool) -> String {
    let columns = look.width;
    let lines = lines(
        plan,
        PlanStyle {
            look,
            verbose,
            columns,
        },
    );
    lines
        .iter()
        .map(|line| line.render(look))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_change_names_each_member() {
    assert_snapshot!(text(&a_change(), UTF8, false));
    assert_eq!(summary(&a_change()), "2 to change, 1 unchanged");
}

fn group(name: &str) -> String {
    format!("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/{name}/73e2d6bc24d8a067")
}

fn at(steps: &[PathStep], before: DisplayValue, after: DisplayValue) -> Change {
    Change {
        path: steps.to_vec().into(),
        before,
        after,
        note: None,
    }
}

/// Returns a plan with changes of every kind of list.
fn elements() -> Plan {
    use DisplayValue::{Absent, Hidden};
    let member = |name: &str| PathStep::Member(name.to_owned());
    let element = |name: &str, key| PathStep::Element {
        name: name.to_owned(),
        key,
    };
    let balancer = |name: &str| element(name, &["containerName", "containerPort"]);
    let balancers = member("loadBalancers");
    let subnets = member("subnets");
    let environment = [member("environment"), element("TOKEN", &["name"])];
    let registry = |account: &str| {
        let arn = format!("arn:aws:servicediscovery:us-east-1:{account}:service/srv-1");
        [member("serviceRegistries"), element(&arn, &["registryArn"])]
    };
    let added = json!({"containerName": "web", "containerPort": 81, "targetGroupArn": group("admin")});
    let action = ServiceAction::Update {
        input: json!({}),
        changes: vec![
            at(
                &[balancers.clone(), balancer("web:80"), member("targetGroupArn")],
                value(json!(group("blue"))),
                value(json!(group("green"))),
            ),
            at(
                &[balancers.clone(), balancer("web:81")],
                Absent,
                value(added.clone()),
            ),
            at(&[balancers, balancer("web:82")], value(added), Absent),
            at(
                &[subnets.clone(), PathStep::Item("subnet-1".to_owned())],
                value(json!("subnet-1")),
                Absent,
            ),
            at(
                &[subnets, PathStep::Item("subnet-2".to_owned())],
                Absent,
                value(json!("subnet-2")),
            ),
            at(
                &[member("command"), PathStep::Position(1)],
                value(json!("80")),
                value(json!("81")),
            ),
            at(&environment, Hidden, Absent),
            at(
                &registry("123456789012"),
                value(json!({"registryArn": "x"})),
                Absent,
            ),
            at(
                &registry("210987654321"),
                Absent,
                value(json!({"registryArn": "y"})),
            ),
        ],
        new_definition: false,
        tags: Vec::new(),
    };
    let kept = DefinitionPlan::Keep { arn: String::new() };
    plan(vec![service("web", kept, action)])
}

#[test]
fn elements_are_added_removed_and_changed() {
    assert_snapshot!(text(&elements(), UTF8, false));
}

#[test]
fn values_go_below_their_path_on_a_narrow_terminal() {
    let narrow = TerminalStyle {
        width: Some(40),
        ..UTF8
    };
    assert_snapshot!(text(&elements(), narrow, false));
}

#[test]
fn names_in_a_long_path_stay_whole() {
    let style = PlanStyle {
        look: UTF8,
        verbose: false,
        columns: Some(40),
    };
    let path = "containerDefinitions[application].healthCheck.startPeriod";
    let lines = path_lines(Symbol::Change, path, 40, style);
    let text: Vec<String> = lines.iter().map(|line| line.render(UTF8)).collect();
    assert_eq!(
        text,
        [
            "  ~ containerDefinitions[application]",
            "      .healthCheck.startPeriod"
        ]
    );
}

#[test]
fn different_values_never_look_alike() {
    let host = |account: &str| {
        value(json!(format!(
            "{account}.dkr.ecr.us-east-1.amazonaws.com/acme/web:1"
        )))
    };
    let blob = |end: &str| value(json!({"a": "x".repeat(80), "b": end, "c": "y".repeat(80)}));
    let word = |end: &str| value(json!("z".repeat(100) + end + &"z".repeat(100)));
    for (before, after) in [
        (host("111111111111"), host("222222222222")),
        (blob("1"), blob("2")),
        (word("1"), word("2")),
        (value(json!(group("a"))), value(json!(group("b")))),
    ] {
        let style = PlanStyle {
            look: UTF8,
            verbose: false,
            columns: None,
        };
        let values = difference(&change("x", before, after), style);
        let (before, after) = (values.before.render(UTF8), values.after.unwrap().render(UTF8));
        assert_ne!(before, after);
        assert!(before.chars().count() <= 70, "{before}");
    }
}

#[test]
fn each_line_of_the_plan_counts_once() {
    for plan in [a_change(), everything_new(), elements()] {
        let text = text(&plan, UTF8, false);
        let count = |signs: &[&str]| {
            text.lines()
                .filter(|line| signs.iter().any(|sign| line.starts_with(sign)))
                .count()
        };
        assert_eq!(plan.changes(), count(&["+ ", "~ "]), "{text}");
    }
}

#[test]
fn a_plan_without_its_cluster_names_the_flag() {
    let mut plan = everything_new();
    let apply = "5 to change; run `ecsctl deploy --create-cluster` to apply";
    assert_eq!(conclusion(&plan), apply);
    plan.create_cluster = false;
    let create = "4 to change; run `ecsctl deploy --create-cluster` to create the cluster and apply";
    assert_eq!(conclusion(&plan), create);
}

#[test]
fn the_summary_names_the_deploy_command() {
    assert_eq!(
        conclusion(&a_change()),
        "2 to change, 1 unchanged; run `ecsctl deploy` to apply"
    );
    assert_eq!(conclusion(&plan(Vec::new())), "nothing to change");
}

#[test]
fn ascii_symbols_without_a_utf8_locale() {
    assert!(text(&a_change(), TerminalStyle::PLAIN, false).is_ascii());
}

#[test]
fn created_resources_are_marked() {
    assert_snapshot!(text(&everything_new(), UTF8, false));
}

#[test]
fn verbose_shows_whole_digests() {
    assert!(text(&a_change(), UTF8, true).contains(&"77ab03c1".repeat(8)));
}

#[test]
fn json_masks_sensitive_values_by_default() {
    let hidden = serde_json::to_string(&document(&a_change(), false)).unwrap();
    assert!(
        !hidden.contains("debug") && hidden.contains("LOG_LEVEL"),
        "{hidden}"
    );
    let open = serde_json::to_string(&document(&a_change(), true)).unwrap();
    assert!(open.contains("debug"));
}
