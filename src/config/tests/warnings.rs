//! Suspicious input that no source says AWS rejects: it causes a warning, and is sent.

use super::*;

/// Returns the file's warnings, each as its first line and its label; panics if the file is rejected.
fn warned(text: &str) -> Vec<String> {
    let loaded = match FileCase::default().load(text) {
        Ok(loaded) => loaded,
        Err(rejected) => panic!(
            "{}",
            show(
                &rejected.problems,
                &rejected.sources,
                crate::diagnostic::RenderStyle::default()
            )
        ),
    };
    let told = loaded.warnings.iter();
    told.map(|it| format!("{}: {}", it.message, it.label.as_deref().unwrap_or_default()))
        .collect()
}

fn containers(rows: &str) -> String {
    format!(
        "services:\n  web:\n    launchType: EC2\n    taskDefinition:\n      memory: 512\n      \
         containerDefinitions: {{{rows}}}\n"
    )
}

#[test]
fn a_proxy_of_another_name_than_any_container() {
    assert_eq!(
        warned(&fargate("").replace(
            "cpu: 256",
            "cpu: 256\n      proxyConfiguration: {containerName: envoy}"
        )),
        ["no container `envoy`: the task definition has web"]
    );
}

#[test]
fn containers_that_wait_in_circles() {
    let on = |name: &str| format!("image: a, dependsOn: [{{containerName: {name}, condition: START}}]");
    assert_eq!(
        warned(&containers(&format!("a: {{{}}}", on("a")))),
        ["the container `a` depends on itself: it would never start: remove this"]
    );
    let three = format!("a: {{{}}}, b: {{{}}}, c: {{{}}}", on("b"), on("c"), on("a"));
    assert_eq!(
        warned(&containers(&three)),
        ["containers depend on each other: a → b → c → a: this closes the cycle: none of them would start"]
    );
}

#[test]
fn an_environment_variable_that_is_there_twice() {
    let text = containers("a: {image: a, environment: [{name: A, value: x}, {name: A, value: y}]}");
    assert_eq!(
        warned(&text),
        ["the environment variable `A` is there twice: again here: AWS does not document which one applies"]
    );
}

#[test]
fn a_size_beyond_all_that_is_known() {
    let text = fargate("").replace("256", "32768").replace("512", "249856");
    assert_eq!(
        warned(&text),
        ["unsupported Fargate CPU value 32768: one of 256, 512, 1024, 2048, 4096, 8192, 16384"]
    );
}

#[test]
fn enum_values_that_are_empty_are_left_out() {
    // As in ecspresso's files.
    let text = fargate("launchType: ''\ncapacityProviderStrategy: [{capacityProvider: FARGATE, weight: 1}]")
        .replace(
            "cpu: 256",
            "cpu: 256\n      networkMode: awsvpc\n      ipcMode: ''\n      pidMode: ''",
        );
    let mut told = warned(&text);
    told.sort();
    let empty = |member: &str| format!("`{member}` is empty: treated as absent");
    assert_eq!(
        told[..3],
        [empty("ipcMode"), empty("launchType"), empty("pidMode")]
    );
    let web = web(&text);
    assert!(web["service"].get("launchType").is_none(), "{web:#}");
    assert!(web["taskDefinition"].get("ipcMode").is_none(), "{web:#}");
}

#[test]
fn a_port_mapping_of_protocol_http() {
    assert_eq!(
        warned(&fargate("").replace("name: http}", "protocol: http}")),
        [
            "`http` is not a transport protocol: ECS uses tcp: write `tcp`; `appProtocol: http` is for Service Connect"
        ]
    );
}
