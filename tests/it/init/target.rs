//! Where `init` writes.

use std::fs;

use crate::support::Ecsctl;

const DEFINITION: &str = r#"{"family": "web", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256",
"memory": "512", "containerDefinitions": [{"name": "web", "image": "nginx:1.27"}]}"#;

fn init(arguments: &[&str]) -> Ecsctl {
    let run = Ecsctl::new(&[&["init", "--task-definition", "td.json"], arguments].concat());
    run.write("td.json", DEFINITION)
}

#[test]
fn existing_file_is_kept() {
    for name in ["deploy.yaml", "ecsctl.yaml"] {
        let run = init(&[]).write(name, "services: {}\n");
        run.run()
            .exits(2)
            .says(&format!("{name} exists already"))
            .says("pass --yes");
        assert_eq!(
            fs::read_to_string(run.folder().join(name)).unwrap(),
            "services: {}\n"
        );
    }
}

#[test]
fn existing_file_is_overwritten_with_yes() {
    let run = init(&["--yes"]).write("ecsctl.yaml", "services: {}\n");
    assert_eq!(run.run().exits(0).stdout, "wrote ecsctl.yaml\n");
    let text = fs::read_to_string(run.folder().join("ecsctl.yaml")).unwrap();
    assert!(text.contains("nginx:1.27"), "{text}");
    assert!(!run.folder().join("deploy.yaml").exists());
}

#[test]
fn f_names_the_file_or_its_folder() {
    let run = init(&["-f", "sub/other.yaml"]).write("sub/note", "");
    assert_eq!(run.run().exits(0).stdout, "wrote sub/other.yaml\n");
    let run = init(&["-f", "sub"]).write("sub/note", "");
    assert_eq!(run.run().exits(0).stdout, "wrote sub/deploy.yaml\n");
    init(&["-f", "none/deploy.yaml"])
        .run()
        .exits(2)
        .says("can't be written");
}

#[test]
fn dash_prints_the_file() {
    let run = init(&["-f", "-"]).write("deploy.yaml", "services: {}\n");
    let output = run.run().exits(0);
    assert!(
        output
            .stdout
            .starts_with("# Written by `ecsctl init` from td.json."),
        "{}",
        output.stdout
    );
    assert!(!output.stderr.contains("ecsctl deploy"), "{}", output.stderr);
}

#[test]
fn schema_for_editors_is_written_beside_the_file() {
    let run = init(&["-f", "sub"]).write("sub/note", "");
    run.run().exits(0).says(".ecsctl/schema.json");
    let text = fs::read_to_string(run.folder().join("sub/deploy.yaml")).unwrap();
    let first = text.lines().next();
    assert_eq!(first, Some("# yaml-language-server: $schema=.ecsctl/schema.json"));
    let written = fs::read_to_string(run.folder().join("sub/.ecsctl/schema.json")).unwrap();
    let committed = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/deploy.schema.json");
    assert_eq!(written, fs::read_to_string(committed).unwrap());
}

#[test]
fn json_has_the_file_and_what_is_undecided() {
    let document = init(&["-o", "json"]).run().exits(0).json();
    assert_eq!(document["file"], "deploy.yaml");
    assert_eq!(document["services"], serde_json::json!(["web"]));
    assert_eq!(document["undecided"].as_array().unwrap().len(), 2, "{document}");
    assert!(document["text"].as_str().unwrap().contains("nginx:1.27"));
}
