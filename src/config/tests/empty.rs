//! Empty values and unknown names are not mistaken for something else.

use super::*;

fn first(text: &str) -> String {
    said(text).lines().next().unwrap_or_default().to_owned()
}

#[test]
fn a_service_without_a_body() {
    insta::assert_snapshot!(said("services:\n  web:\n"), @r"
    error: missing `taskDefinition` in the service `web`
     --> deploy.yaml:2:3
      |
    2 |   web:
      |   ^^^ a mapping, a path, or FAMILY:REV
    1 error in deploy.yaml
    ");
    let unfilled = "services: {web: \"${env.NONE}\"}\n";
    assert!(!said(unfilled).contains("taskDefinition"));
}

#[test]
fn no_services() {
    for text in [
        "services: {}\n",
        "services:\n",
        "services: {}\nimages: {}\n",
        "services: {}\nimages: {web: ~}\n",
    ] {
        assert_eq!(first(text), "error: `services` is empty");
    }
    assert_eq!(first("images: {}\n"), "error: missing `services`");
    let images = "images: {web: {repository: acme/web, build: .}}\n";
    assert_eq!(said(images), "");
    assert_eq!(said(&format!("{images}services: {{}}\n")), "");
}

#[test]
fn vars_are_a_mapping() {
    let vars = |vars: &str| first(&format!("vars: {vars}\n{}", fargate("")));
    assert_eq!(vars("x"), "error: `vars` must be a mapping, not a string");
    assert_eq!(vars("[a]"), "error: `vars` must be a mapping, not a list");
    assert_eq!(vars("{}"), "");
    assert_eq!(vars("~"), "");
}

fn containers(text: &str) -> String {
    format!(
        "services: {{web: {{taskDefinition: {{cpu: 256, memory: 512, containerDefinitions: {text}}}}}}}\n"
    )
}

#[test]
fn a_definition_needs_a_container() {
    let message = "error: a task definition needs at least one container";
    for none in ["{}", "[]", "{web: ~}"] {
        assert_eq!(first(&containers(none)), message, "{none}");
    }
    insta::assert_snapshot!(said(&containers("{web: ~}")), @r"
    error: a task definition needs at least one container
     --> deploy.yaml:1:80
      |
    1 | services: {web: {taskDefinition: {cpu: 256, memory: 512, containerDefinitions: {web: ~}}}}
      |                                                                                ^^^^^^^^ write NAME: {image: …} for each container
    1 error in deploy.yaml
    ");
    assert_eq!(
        first(&containers("{web: x}")),
        "error: the container `web` must be a mapping"
    );
    let file = "{\"family\": \"a\", \"containerDefinitions\": [{\"name\": \"a\", \"image\": \"b\", \"memory\": 64}]}";
    let case = FileCase::default()
        .file("td.json", file)
        .file("none.json", "{\"family\": \"a\", \"containerDefinitions\": []}");
    let over = |base: &str, changes: &str| {
        let text = format!(
            "services: {{web: {{taskDefinition: {{base: {base}, containerDefinitions: {changes}}}}}}}\n"
        );
        case.said(&text).lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(over("live", "{}"), "");
    assert_eq!(over("live", "{side: ~}"), "");
    assert_eq!(over("td.json", "{}"), "");
    assert_eq!(over("td.json", "{a: ~}"), message);
    assert_eq!(
        case.said("services: {web: {taskDefinition: none.json}}\n")
            .lines()
            .next(),
        Some(message)
    );
}

#[test]
fn names_and_images_of_containers() {
    for (text, message) in [
        ("[{image: a}]", "error: missing `name` in a container"),
        ("[{name: ~, image: a}]", "error: missing `name` in a container"),
        ("[{name: \"\", image: a}]", "error: invalid container name ``"),
        ("[{name: a b, image: a}]", "error: invalid container name `a b`"),
        ("{a.b: {image: a}}", "error: invalid container name `a.b`"),
        (
            "[{name: a, image: \" \"}]",
            "error: the `image` of the container `a` is empty",
        ),
        (
            "{a: {image: \"${env.NONE:-}\"}}",
            "error: the `image` of the container `a` is empty",
        ),
        ("{a_B-1: {image: a}}", ""),
    ] {
        assert_eq!(first(&containers(text)), message, "{text}");
    }
    let name = |length: usize| first(&containers(&format!("{{{}: {{image: a}}}}", "a".repeat(length))));
    assert_eq!(name(255), "");
    assert!(name(256).contains("invalid container name"));
    let live = "services: {web: {taskDefinition: {base: live, containerDefinitions: {a b: {image: x}}}}}\n";
    assert_eq!(first(live), "error: invalid container name `a b`");
}

#[test]
fn a_family_that_ecs_refuses() {
    for (family, message) in [
        ("a.b", "error: invalid task definition family `a.b`"),
        ("\"\"", "error: invalid task definition family ``"),
        ("a_B-1", ""),
    ] {
        assert_eq!(
            first(&service("", &format!("cpu: 256\nmemory: 512\nfamily: {family}"))),
            message
        );
        let live = format!("services: {{web: {{taskDefinition: {{base: live, family: {family}}}}}}}\n");
        assert_eq!(first(&live), message);
    }
}

#[test]
fn paths_that_resolve_to_nothing() {
    for (build, key) in [
        ("\"\"", "build"),
        ("\"${env.NOPE:-}\"", "build"),
        ("{context: \"${env.NOPE:-}\"}", "context"),
        ("{dockerfile: \"\"}", "dockerfile"),
        ("{secrets: {a: {file: \"\"}}}", "file"),
    ] {
        let text = format!("images: {{web: {{repository: acme/web, build: {build}}}}}\n");
        assert_eq!(first(&text), format!("error: `{key}` is empty"), "{build}");
    }
}
