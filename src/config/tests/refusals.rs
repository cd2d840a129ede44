//! What ECS rejects about a task definition as a whole, one row per rule: the containers, and the
//! expected problems.

use super::*;

/// Returns the errors of a service on instances, each as `message [line] label`.
fn errors(network: &str, containers: &str) -> Vec<String> {
    let containers: String = containers
        .lines()
        .map(|line| format!("        {line}\n"))
        .collect();
    let text = format!(
        "services:\n  web:\n    launchType: EC2\n    taskDefinition:\n      networkMode: {network}\n      \
         containerDefinitions:\n{containers}"
    );
    listed(&text)
}

fn listed(text: &str) -> Vec<String> {
    let Err(rejected) = FileCase::default().load(text) else {
        return Vec::new();
    };
    let line = |problem: &crate::diagnostic::Problem| {
        let position = problem.span.and_then(|span| rejected.sources.position(span));
        let (line, column) = position.unwrap_or_default();
        let label = problem.label.as_deref().unwrap_or_default();
        format!("{} [{line}:{column}] {label}", problem.message)
    };
    rejected.problems.sorted().into_iter().map(line).collect()
}

#[test]
fn without_memory_for_the_task_each_container_has_its_own() {
    let said = "[7:9] add `memory` or `memoryReservation` (MiB) here, or `memory` to the task";
    for memory in ["", ", memory: 0", ", memoryReservation: ~"] {
        assert_eq!(
            errors(
                "bridge",
                &format!("web: {{image: a{memory}}}\nside: {{image: b, memory: 64}}")
            ),
            [format!("missing memory for the container `web` {said}")],
            "{memory}"
        );
    }
    for memory in [
        "memory: 64",
        "memoryReservation: 64",
        "memory: 0, memoryReservation: 1",
    ] {
        assert!(
            errors("bridge", &format!("web: {{image: a, {memory}}}")).is_empty(),
            "{memory}"
        );
    }
    let whole = service("launchType: EC2", "memory: 512");
    assert!(listed(&whole).is_empty(), "the task has it");
    for (memory, once) in [
        ("memory: lots", "must be a whole number"),
        ("memry: 64", "unknown key `memry`"),
    ] {
        let said = errors("bridge", &format!("web: {{image: a, {memory}}}"));
        assert!(said.len() == 1 && said[0].contains(once), "{said:?}");
    }
}

#[test]
fn one_container_is_essential() {
    assert_eq!(
        errors(
            "bridge",
            "web: {image: a, memory: 64, essential: false}\nside: {image: b, memory: 64, essential: false}"
        ),
        ["no container is essential [7:48] set `essential: true` on at least one container"]
    );
    assert!(
        errors(
            "bridge",
            "web: {image: a, memory: 64}\nside: {image: b, memory: 64, essential: false}"
        )
        .is_empty()
    );
    assert!(errors("bridge", "- {name: web, image: a, memory: 64, essential: ~}").is_empty());
}

#[test]
fn ten_containers_at_most() {
    let containers = |count: usize| -> String {
        (1..=count)
            .map(|at| format!("c{at}: {{image: a, memory: 64}}\n"))
            .collect()
    };
    assert!(errors("bridge", &containers(10)).is_empty());
    assert_eq!(
        errors("bridge", &containers(12)),
        ["a task definition has at most 10 containers, not 12 [17:9] over the limit"]
    );
}

#[test]
fn a_port_of_the_host_is_taken_once() {
    let twice = |network: &str, web: &str, side: &str| {
        let container =
            |name: &str, ports: &str| format!("{name}: {{image: a, memory: 64, portMappings: [{ports}]}}\n");
        errors(
            network,
            &[container("web", web), container("side", side)].concat(),
        )
    };
    let again = "duplicate tcp host port 80 in the task";
    for (network, web, side, place) in [
        (
            "awsvpc",
            "{containerPort: 80}, {containerPort: 80, protocol: tcp}",
            "",
            "7:89",
        ),
        ("awsvpc", "{containerPort: 80}", "{containerPort: 80}", "8:69"),
        ("host", "{containerPort: 80}", "{containerPort: 80}", "8:69"),
        (
            "bridge",
            "{containerPort: 1, hostPort: 80}",
            "{containerPort: 2, hostPort: 80}",
            "8:82",
        ),
    ] {
        assert_eq!(
            twice(network, web, side),
            [format!("{again} [{place}] again here")],
            "{network}: {web}"
        );
    }
    for (network, web, side) in [
        (
            "awsvpc",
            "{containerPort: 80}, {containerPort: 80, protocol: udp}",
            "{containerPort: 81}",
        ),
        (
            "bridge",
            "{containerPort: 80}, {containerPort: 80}",
            "{containerPort: 80, hostPort: 0}",
        ),
    ] {
        assert!(twice(network, web, side).is_empty(), "{network}: {web}");
    }
    assert_eq!(
        twice("awsvpc", "{containerPort: 80, hostPort: 8080}", ""),
        [
            "`hostPort` 8080 differs from `containerPort` 80 [7:82] in network modes awsvpc and host they must be equal: remove `hostPort`"
        ]
    );
    assert!(twice("bridge", "{containerPort: 80, hostPort: 8080}", "").is_empty());
}

#[test]
fn containers_wait_for_what_comes_to_be() {
    let waiting = |rows: &[(&str, &str, &str)]| {
        let rows = rows.iter().map(|(name, dependency, more)| {
            format!("{name}: {{image: a, memory: 64{more}, dependsOn: [{dependency}]}}\n")
        });
        errors("bridge", &rows.collect::<String>())
    };
    let on = |name: &str, condition: &str| format!("{{containerName: {name}, condition: {condition}}}");
    assert_eq!(
        waiting(&[("a", &on("none", "START"), "")]),
        ["no container `none` [7:63] the task definition has a"]
    );
    for condition in ["SUCCESS", "COMPLETE"] {
        assert_eq!(
            waiting(&[("a", &on("b", condition), ""), ("b", "", "")]),
            [format!(
                "`b` is essential: its {condition} can't be a dependency [7:77] set `essential: false` on `b`, or use \
                 START or HEALTHY"
            )]
        );
        assert!(waiting(&[("a", &on("b", condition), ""), ("b", "", ", essential: false")]).is_empty());
    }
    assert!(waiting(&[("a", &on("b", "HEALTHY"), ""), ("b", "", "")]).is_empty());
}

#[test]
fn names_that_are_there_twice() {
    let tags = |tags: &str| {
        (
            listed(&fargate(&format!("tags: {tags}"))),
            listed(&service("", &format!("cpu: 256\nmemory: 512\ntags: {tags}"))),
        )
    };
    let (of_service, of_definition) = tags("[{key: a, value: b}, {key: b}, {key: a, value: c}]");
    assert_eq!(of_service, ["duplicate tag `a` [3:48] again here"]);
    assert_eq!(of_definition, ["duplicate tag `a` [6:50] again here"]);
    let (of_service, _) = tags("[{key: 'AWS:x', value: b}]");
    assert_eq!(
        of_service,
        ["invalid tag key `AWS:x` [3:18] `aws:` is reserved for AWS"]
    );
    assert_eq!(
        tags("[{key: a, value: b}, {key: A, value: b}]"),
        (vec![], vec![]),
        "case counts"
    );
}

#[test]
fn items_of_the_wrong_type_over_a_base_are_told_like_any_other() {
    let text = "services:\n  web:\n    taskDefinition:\n      base: live\n      containerDefinitions: {web: {environment: [A=1], secrets: [{valueFrom: x}]}}\n";
    assert_eq!(
        listed(text),
        [
            "an item of `environment` must be a mapping, not a string [5:50] a mapping: `name`, `value`",
            "a secret without a name [5:66] add `name:`"
        ]
    );
}
