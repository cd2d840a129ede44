//! Plans the switch of a service from one existing task definition to another: nothing is registered.

use super::task_definition::{differences_between, lacking};
use crate::ecs::TaskDefinition;
use crate::model::{Change, DefinitionPlan, DisplayValue, Object, ServiceAction, ServicePlan, Value};

/// Plans UpdateService with the definition `to` (an ARN). `before` and `after` are
/// DescribeTaskDefinition's responses, if known.
pub fn switch(
    (key, name): (&str, &str),
    (from, before): (Option<&str>, Option<&TaskDefinition>),
    (to, after): (&str, Option<&TaskDefinition>),
) -> ServicePlan {
    let changes = changes(from, DisplayValue::Value(lacking(to).into()), before, after, None);
    planned(key, name, to, changes)
}

/// Plans the same switch when ECS does it itself because its deployment in progress is stopped. `to` is
/// an ARN; if unknown, it is the previous revision.
pub fn restored_by_ecs(
    (key, name): (&str, &str),
    (from, before): (Option<&str>, Option<&TaskDefinition>),
    (to, after): (Option<&str>, Option<&TaskDefinition>),
) -> ServicePlan {
    let note = "ECS rolls back the deployment in progress";
    restored((key, name), (from, before), (to, after), note)
}

/// Plans the same switch when CodeDeploy does it.
pub fn restored_by_code_deploy(
    names: (&str, &str),
    from: (Option<&str>, Option<&TaskDefinition>),
    to: (Option<&str>, Option<&TaskDefinition>),
) -> ServicePlan {
    restored(
        names,
        from,
        to,
        "CodeDeploy rolls back the deployment in progress",
    )
}

fn restored(
    (key, name): (&str, &str),
    (from, before): (Option<&str>, Option<&TaskDefinition>),
    (to, after): (Option<&str>, Option<&TaskDefinition>),
    note: &str,
) -> ServicePlan {
    let shown = match to {
        Some(to) => DisplayValue::Value(lacking(to).into()),
        None => DisplayValue::Pending("what ran before".to_owned()),
    };
    let changes = changes(from, shown, before, after, Some(note));
    planned(key, name, to.unwrap_or_default(), changes)
}

fn planned(key: &str, name: &str, to: &str, changes: Vec<Change>) -> ServicePlan {
    ServicePlan {
        rollout: None,
        key: key.to_owned(),
        name: name.to_owned(),
        definition: DefinitionPlan::Keep { arn: to.to_owned() },
        action: ServiceAction::Update {
            input: Value::Object(Object::new()),
            changes,
            new_definition: true,
            tags: Vec::new(),
        },
        scaling: None,
        schedules: Vec::new(),
        depends_on: Vec::new(),
        changed_secrets: Vec::new(),
        before_deploy: Vec::new(),
        code_deploy: None,
        after_deploy: Vec::new(),
    }
}

fn changes(
    from: Option<&str>,
    to: DisplayValue,
    before: Option<&TaskDefinition>,
    after: Option<&TaskDefinition>,
    note: Option<&str>,
) -> Vec<Change> {
    let mut changes = vec![Change {
        path: "taskDefinition".into(),
        before: from.map_or(DisplayValue::Absent, |from| {
            DisplayValue::Value(lacking(from).into())
        }),
        after: to,
        note: note.map(str::to_owned),
    }];
    if let (Some(before), Some(after)) = (before, after) {
        changes.extend(differences_between(before, after));
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const OLD: &str = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:2";
    const NEW: &str = "arn:aws:ecs:us-east-1:123456789012:task-definition/web:3";

    fn described(arn: &str, image: &str, level: &str) -> TaskDefinition {
        TaskDefinition::read(
            json!({"taskDefinitionArn": arn, "family": "web", "status": "ACTIVE", "registeredAt": 1.5, "cpu": "256",
            "containerDefinitions": [{"name": "web", "image": image, "essential": true, "cpu": 0,
                "environment": [{"name": "LEVEL", "value": level}]}]}),
        )
    }

    fn paths(plan: &ServicePlan) -> Vec<String> {
        let ServiceAction::Update { changes, .. } = &plan.action else {
            panic!("an update");
        };
        changes.iter().map(|change| change.path.to_string()).collect()
    }

    #[test]
    fn fields_added_by_aws_are_no_change() {
        let (before, after) = (
            described(NEW, "shop:3", "info"),
            described(OLD, "shop:2", "debug"),
        );
        let plan = switch(("web", "web"), (Some(NEW), Some(&before)), (OLD, Some(&after)));
        assert_eq!(
            paths(&plan),
            [
                "taskDefinition",
                "containerDefinitions.web.image",
                "containerDefinitions.web.environment.LEVEL"
            ]
        );
        let ServiceAction::Update { changes, input, .. } = &plan.action else {
            panic!("an update");
        };
        assert_eq!(changes[0].before, DisplayValue::Value(json!("web:3")));
        assert_eq!(changes[0].after, DisplayValue::Value(json!("web:2")));
        assert_eq!(
            changes[2].after,
            DisplayValue::Hidden,
            "environment values are not shown"
        );
        assert_eq!(*input, json!({}), "nothing of the service itself goes back");
    }

    #[test]
    fn unreadable_definitions_are_shown_by_name() {
        let plan = switch(("web", "web"), (Some(NEW), None), (OLD, None));
        assert_eq!(paths(&plan), ["taskDefinition"]);
        let plan = restored_by_ecs(("web", "web"), (Some(NEW), None), (None, None));
        assert_eq!(paths(&plan), ["taskDefinition"]);
        assert!(plan.changes() > 0);
    }
}
