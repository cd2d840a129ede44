//! `ecsctl schema`.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn schema() -> Value {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_ecsctl"))
        .arg("schema")
        .current_dir(folder.path())
        .env_clear()
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn prints_the_committed_schema_without_a_file() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/deploy.schema.json");
    let committed: Value = serde_json::from_str(&fs::read_to_string(committed).unwrap()).unwrap();
    assert_eq!(schema(), committed);
}

#[test]
fn own_keys_have_a_description_and_an_example() {
    let schema = schema();
    let definitions = schema["$defs"].as_object().unwrap();
    // Those of AWS begin with a capital.
    let own = definitions
        .iter()
        .filter(|(name, _)| name.starts_with(char::is_lowercase));
    let mut count = 0;
    for (name, definition) in own
        .map(|(name, it)| (name.as_str(), it))
        .chain([("top", &schema)])
    {
        for (key, member) in definition["properties"].as_object().into_iter().flatten() {
            let description = member["description"].as_str();
            assert!(description.is_some(), "{name}.{key}");
            let is_of_aws = description.is_some_and(|it| it.contains("docs.aws.amazon.com"));
            assert!(is_of_aws || member["examples"].is_array(), "{name}.{key}");
            count += usize::from(!is_of_aws);
        }
    }
    assert!(count > 60, "{count} keys");
}

#[test]
fn members_of_aws_link_to_its_reference() {
    let schema = schema();
    let member = &schema["$defs"]["ContainerDefinition"]["properties"]["portMappings"]["description"];
    assert_eq!(
        member,
        "AWS API reference, ContainerDefinition, portMappings: \
         https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"
    );
}

#[test]
fn examples_of_the_reference_are_yaml() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/deploy-yaml.md");
    let text = fs::read_to_string(path).unwrap();
    let examples = text
        .lines()
        .filter_map(|line| line.strip_suffix("` |")?.rsplit_once("| `"));
    let mut count = 0;
    for (_, example) in examples {
        let example = example.replace("\\|", "|");
        let read: serde_yaml::Value =
            serde_yaml::from_str(&example).unwrap_or_else(|error| panic!("{example}: {error}"));
        assert_eq!(read.as_mapping().map(|it| it.len()), Some(1), "{example}");
        count += 1;
    }
    assert!(count > 60, "{count} examples");
}
