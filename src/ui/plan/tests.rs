use insta::assert_snapshot;
use serde_json::json;

use super::*;
use crate::model::{DefinitionId, ImagePlan, ImageState};
use crate::ui::testing::plan_of as plan;

const UTF8: TerminalStyle = TerminalStyle {
    colour: false,
    unicode: true,
    terminal: true,
    width: None,
};

fn change(path: &str, before: DisplayValue, after: DisplayValue) -> Change {
    Change {
        path: path.to_owned(),
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
        key: key.to_owned(),
        name: key.to_owned(),
        definition,
        action,
        depends_on: Vec::new(),
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
    new.create_cluster = true;
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
    let lines = lines(plan, PlanStyle { look, verbose });
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
