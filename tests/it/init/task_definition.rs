//! `init --task-definition`: files as people keep them.

use std::fs;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Ecsctl, Output, cases};

/// Runs init on a file's bytes, and returns its output and the text of deploy.yaml.
fn init(name: &str, bytes: &[u8], arguments: &[&str]) -> (Output, String) {
    let run = Ecsctl::new(&[&["init", "--task-definition", name], arguments].concat());
    fs::write(run.folder().join(name), bytes).unwrap();
    let output = run.run();
    let text = fs::read_to_string(run.folder().join("deploy.yaml")).unwrap_or_default();
    (output, text)
}

/// Renders a file, and returns the RegisterTaskDefinition input of its only service.
fn rendered(text: &str) -> Value {
    let output = Ecsctl::new(&["render", "-o", "json", "--show-values"])
        .file(text)
        .run();
    let document = output.exits(0).json();
    let services = document["services"].as_object().unwrap();
    services.values().next().unwrap()["taskDefinition"].clone()
}

/// A definition as most are.
fn plain() -> Value {
    json!({
        "family": "shop-web", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"],
        "cpu": "256", "memory": "512",
        "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
        "containerDefinitions": [{
            "name": "web", "image": "nginx:1.27", "essential": true,
            "portMappings": [{"containerPort": 8080, "protocol": "tcp"}],
            "environment": [{"name": "PORT", "value": "8080"}, {"name": "GREETING", "value": "a: ${b}"}],
            "secrets": [{"name": "DB_URL", "valueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/db"}],
            "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/shop",
                "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web"}}
        }]
    })
}

/// The same as DescribeTaskDefinition returns it.
fn described() -> Value {
    let mut definition = plain();
    let members = definition.as_object_mut().unwrap();
    for (key, value) in [
        (
            "taskDefinitionArn",
            json!("arn:aws:ecs:us-east-1:123456789012:task-definition/shop-web:7"),
        ),
        ("revision", json!(7)),
        ("status", json!("ACTIVE")),
        ("requiresAttributes", json!([{"name": "ecs.capability.task-eni"}])),
        ("compatibilities", json!(["EC2", "FARGATE"])),
        ("registeredAt", json!(1_700_000_000.5)),
        ("registeredBy", json!("arn:aws:iam::123456789012:root")),
        ("taskRoleArn", Value::Null),
        ("volumes", json!([])),
        ("placementConstraints", json!([])),
    ] {
        members.insert(key.to_owned(), value);
    }
    definition
}

fn utf16(text: &str, is_little: bool) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units
        .flat_map(|unit: u16| {
            if is_little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        })
        .collect()
}

#[test]
fn plain_definition_becomes_a_file() {
    let (output, text) = init("task-definition.json", described().to_string().as_bytes(), &[]);
    assert_snapshot!(
        "plain",
        format!("{}--- deploy.yaml ---\n{text}", output.exits(0).record())
    );
    assert_eq!(rendered(&text), plain_rendered());
}

/// What render prints of the plain definition: AWS's lists that are empty stay.
fn plain_rendered() -> Value {
    let mut definition = plain();
    definition["volumes"] = json!([]);
    definition["placementConstraints"] = json!([]);
    definition
}

/// The definition is the same in whatever it is wrapped.
fn is_unwrapped(wrapped: &Value) {
    let (output, text) = init("td.json", wrapped.to_string().as_bytes(), &[]);
    output.exits(0);
    assert_eq!(
        rendered(&text)["containerDefinitions"],
        plain()["containerDefinitions"]
    );
}

cases! {
    is_unwrapped {
        bare(&plain());
        described_alone(&described());
        response(&json!({"taskDefinition": described(), "tags": []}));
        list_of_one(&json!([plain()]));
        list_in_a_mapping(&json!({"taskDefinitions": [plain()]}));
        under_a_name(&json!({"shop": {"taskDefinition": described()}}));
    }
}

/// The definition is the same in whatever encoding.
fn is_decoded(bytes: &[u8]) {
    let (output, text) = init("td.json", bytes, &[]);
    output.exits(0);
    assert_eq!(rendered(&text), plain());
}

cases! {
    is_decoded {
        utf_16_little_endian(&utf16(&plain().to_string(), true));
        utf_16_big_endian(&utf16(&plain().to_string(), false));
        utf_8_with_byte_order_mark(format!("\u{feff}{}", plain()).as_bytes());
        carriage_returns(serde_json::to_string_pretty(&plain()).unwrap().replace('\n', "\r\n").as_bytes());
        tabs(serde_json::to_string_pretty(&plain()).unwrap().replace("  ", "\t").as_bytes());
        yaml(serde_yaml::to_string(&plain()).unwrap().as_bytes());
    }
}

#[test]
fn tags_beside_the_definition_are_kept() {
    let tags = json!([{"key": "team", "value": "shop"}]);
    let (output, text) = init(
        "td.json",
        json!({"taskDefinition": described(), "tags": tags})
            .to_string()
            .as_bytes(),
        &[],
    );
    output.exits(0);
    assert_eq!(rendered(&text)["tags"], tags);
}

#[test]
fn standard_input_is_a_file_too() {
    let run = Ecsctl::new(&["init", "--task-definition", "-"]).stdin(&plain().to_string());
    run.run().exits(0);
    let text = fs::read_to_string(run.folder().join("deploy.yaml")).unwrap();
    assert_eq!(rendered(&text), plain());
}

#[test]
fn placeholders_of_an_image_become_an_image() {
    let definition = json!({
        "family": "<FAMILY>", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
        "taskRoleArn": "arn:aws:iam::123456789012:role/${ROLE}",
        "containerDefinitions": [
            {"name": "web", "image": "<IMAGE1_NAME>", "environment": [{"name": "DB_PASSWORD", "value": "hunter2222"}]},
            {"name": "worker", "image": "${REGISTRY}/shop/worker:{{ tag }}", "command": ["sh", "-c", "echo ${HOME}"]},
        ]
    });
    let (output, text) = init(
        "td.json",
        definition.to_string().as_bytes(),
        &["--cluster", "shop"],
    );
    assert_snapshot!(
        "placeholders",
        format!("{}--- deploy.yaml ---\n{text}", output.exits(0).record())
    );
}

#[test]
fn definition_for_instances_gets_no_fargate_defaults() {
    let definition = json!({
        "family": "agent", "volumes": [{"name": "docker", "host": {"sourcePath": "/var/run/docker.sock"}}],
        "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
        "containerDefinitions": [{
            "name": "agent", "image": "public.ecr.aws/datadog/agent:7", "memory": 256, "cpu": 0, "essential": true,
            "environment": [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}],
            "mountPoints": [{"sourceVolume": "docker", "containerPath": "/var/run/docker.sock", "readOnly": true}],
            "healthCheck": {"command": ["CMD-SHELL", "agent health"], "interval": 30, "retries": 3}
        }]
    });
    let (output, text) = init("td.json", definition.to_string().as_bytes(), &[]);
    assert_snapshot!(
        "instances",
        format!("{}--- deploy.yaml ---\n{text}", output.exits(0).record())
    );
    assert_eq!(rendered(&text), definition);
}

#[test]
fn definition_that_names_no_platform_stays_so() {
    let mut definition = plain();
    definition
        .as_object_mut()
        .unwrap()
        .remove("requiresCompatibilities");
    let (output, text) = init("td.json", definition.to_string().as_bytes(), &[]);
    output.exits(0);
    assert_eq!(rendered(&text), definition);
}

#[test]
fn faults_are_reported_at_their_place() {
    let text =
        "{\n  \"family\": \"web\",\n  \"containerDefinitions\": [{\"nam\": \"web\", \"image\": 1}]\n}\n";
    let (output, written) = init("td.json", text.as_bytes(), &[]);
    assert_snapshot!("faults", output.exits(2).record());
    assert_eq!(written, "");
}

/// What isn't a task definition is called that.
fn is_refused(text: &str, reason: &str) {
    let (output, written) = init("td.json", text.as_bytes(), &[]);
    output.exits(2).says(reason);
    assert_eq!(written, "");
}

cases! {
    is_refused {
        empty("", "the file is empty");
        list_of_containers(r#"[{"name": "web", "image": "nginx"}]"#, "a list of containers");
        list_of_several(r#"[{"family": "a"}, {"family": "b"}]"#, "a list of several");
        text("hello", "is not a task definition");
        comment("{\n// a comment\n\"family\": \"web\"}", "`//` doesn't start a comment");
        no_family(r#"{"containerDefinitions": []}"#, "missing `family`");
        not_utf_8("\u{1f}", "not valid YAML");
    }
}

#[test]
fn missing_file_is_named() {
    let run = Ecsctl::new(&["init", "--task-definition", "none.json"]).run();
    run.exits(2).says("none.json can't be read: no such file");
}

#[test]
fn semantic_errors_are_left_to_render() {
    let mut definition = plain();
    definition["cpu"] = json!("300");
    let (output, text) = init("td.json", definition.to_string().as_bytes(), &[]);
    output.exits(0);
    Ecsctl::new(&["render"]).file(&text).run().exits(2).says("300");
}
