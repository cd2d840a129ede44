use serde_json::json;

use super::*;

fn in_environment(name: &str) -> FileCase {
    FileCase {
        overrides: FileOverrides {
            environment: Some(name.to_owned()),
            ..FileOverrides::default()
        },
        ..FileCase::default()
    }
}

const ENVIRONMENTS: &str = "
services:
  web:
    taskDefinition: {base: live, containerDefinitions: {web: {image: \"shop:2\", environment: {A: 1}}}}
environments:
  same: {}
  family: {services: {web: {taskDefinition: {base: web-staging, containerDefinitions: {web: {environment: {B: 2}}}}}}}
  file: {services: {web: {taskDefinition: {base: td.json}}}}
  revision: {services: {web: {taskDefinition: 'web:7'}}}
  inline: {services: {web: {taskDefinition: {base: ~, cpu: 256, memory: 512}}}}
";

#[test]
fn environment_replaces_the_base() {
    let definition = |environment: &str| {
        let file = "{\"family\": \"shop\", \"containerDefinitions\": [{\"name\": \"web\", \"memory\": 64, \"command\": [\"a\"]}]}";
        in_environment(environment)
            .file("td.json", file)
            .web(ENVIRONMENTS)
    };
    let web =
        |environment: Value| json!({"web": {"name": "web", "image": "shop:2", "environment": environment}});
    assert_eq!(
        definition("same")["taskDefinition"],
        json!({"base": "live", "containerDefinitions": web(json!({"A": "1"}))})
    );
    assert_eq!(
        definition("family")["taskDefinition"],
        json!({"base": "web-staging", "containerDefinitions": web(json!({"A": "1", "B": "2"}))})
    );
    let file = definition("file")["taskDefinition"].take();
    assert_eq!(file["family"], "shop");
    assert_eq!(file["containerDefinitions"][0]["image"], "shop:2");
    assert_eq!(file["containerDefinitions"][0]["command"], json!(["a"]));
    assert_eq!(definition("revision")["service"]["taskDefinition"], "web:7");
    // Without a base it is a definition of its own, with its defaults.
    let inline = definition("inline")["taskDefinition"].take();
    assert_eq!(
        (&inline["family"], &inline["networkMode"]),
        (&json!("web"), &json!("awsvpc"))
    );
    assert_eq!(
        inline["containerDefinitions"][0]["environment"],
        json!([{"name": "A", "value": "1"}])
    );
    assert_eq!(inline.get("base"), None);
}

#[test]
fn family_stays_the_bases_where_it_is_null() {
    let file = "{\"family\": \"shop\", \"containerDefinitions\": [{\"name\": \"web\", \"image\": \"a\", \"memory\": 64}]}";
    let case = FileCase::default().file("td.json", file);
    let over = |base: &str| {
        case.web(&format!(
            "services: {{web: {{taskDefinition: {{base: {base}, family: ~, cpu: '128'}}}}}}\n"
        ))["taskDefinition"]
            .take()
    };
    assert_eq!(over("live"), json!({"base": "live", "cpu": "128"}));
    assert_eq!(over("td.json")["family"], "shop");
}

#[test]
fn containers_of_a_base_can_not_all_be_null() {
    for base in ["live", "web", "td.json"] {
        let file = "{\"family\": \"shop\", \"containerDefinitions\": [{\"name\": \"web\", \"image\": \"a\", \"memory\": 64}]}";
        let case = FileCase::default().file("td.json", file);
        let text =
            format!("services: {{web: {{taskDefinition: {{base: {base}, containerDefinitions: ~}}}}}}\n");
        let said = case.said(&text);
        assert!(
            said.starts_with("error: a task definition needs at least one container"),
            "{said}"
        );
        assert!(said.contains("1 error in deploy.yaml"), "{said}");
    }
}

#[test]
fn no_default_goes_over_a_base() {
    let document = web("
services:
  web:
    launchType: FARGATE
    taskDefinition: {base: live, executionRoleArn: role, containerDefinitions: {web: {image: \"shop:2\"}}}
");
    assert_eq!(
        document["taskDefinition"],
        json!({"base": "live", "executionRoleArn": "role", "containerDefinitions": {"web": {"name": "web", "image": "shop:2"}}})
    );
    assert_eq!(document["logGroups"], json!([]));
}

#[test]
fn platform_of_a_base_on_aws_is_open() {
    let platform = |build: &str, base: &str| {
        let text = format!(
            "images: {{web: {{repository: acme/web, build: {build}}}}}\nservices: {{web: {{taskDefinition: {{base: {base}, containerDefinitions: {{web: {{image: \"${{images.web}}\"}}}}}}}}}}\n"
        );
        let loaded = FileCase::default().load(&text).expect("good");
        let crate::model::ImageSource::Build(build) = &loaded.manifest.images["web"].source else {
            panic!("built")
        };
        (
            build.platform_of_bases.clone(),
            build.bases_to_match.clone(),
            FileCase::default().rendered(&text)["images"]["web"]["build"]["platform"].take(),
        )
    };
    let (web, none) = (vec!["web".to_owned()], Vec::new());
    assert_eq!(platform(".", "live"), (web.clone(), none.clone(), json!(null)));
    let part = "live, runtimePlatform: {cpuArchitecture: ARM64}";
    assert_eq!(platform(".", part), (web.clone(), none.clone(), json!(null)));
    let whole = "live, runtimePlatform: {cpuArchitecture: ARM64, operatingSystemFamily: LINUX}";
    assert_eq!(
        platform(".", whole),
        (none.clone(), none.clone(), json!("linux/arm64"))
    );
    assert_eq!(
        platform("{platform: linux/arm64}", "live"),
        (none.clone(), web.clone(), json!("linux/arm64"))
    );
    // What another service needs is as good as written.
    let other = format!(
        "live, containerDefinitions: {{web: {{image: \"${{images.web}}\"}}}}}}}}, api: {{taskDefinition: {{base: {whole}"
    );
    assert_eq!(platform(".", &other), (none, web, json!("linux/arm64")));
}
