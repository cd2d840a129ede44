//! The README's record and policy, made by real builds and pushes and a scripted ECS.

use std::collections::BTreeSet;

use indicatif::{InMemoryTerm, TermLike};
use serde_json::{Value, json};

use crate::ground::Docker;
use crate::support::fault::iam_action_of;
use crate::support::readme::{example, holds};
use crate::support::{Ecsctl, Output, Scenario, Scripted};

/// The program, as the README's reader would run it, in a folder with a Dockerfile.
fn project(docker: &Docker, server: &Scripted, arguments: &[&str], page: &str, file: &str) -> Ecsctl {
    Ecsctl::on(server, arguments)
        .env("DOCKER_HOST", docker.host.clone())
        .file(file)
        .write("Dockerfile", "FROM scratch\nCOPY page /page\nCOPY more /more\n")
        .write("page", page)
        .write("more", "the README's other layer")
}

/// What is left on a terminal of 100 columns.
fn screen(output: &Output) -> String {
    let terminal = InMemoryTerm::new(40, 100);
    terminal.write_str(&output.stdout).unwrap();
    // The stand-in's port would say nothing to a reader: ECR's hosts aren't shown either.
    let host = regex::Regex::new(r"127\.0\.0\.1:\d+/").unwrap();
    let contents = terminal.contents();
    contents
        .lines()
        .map(|line| format!("{}\n", host.replace_all(line, "").trim_end()))
        .collect()
}

/// Takes out what differs from run to run: digests, times, sizes, cached steps.
fn same(text: &str) -> String {
    [
        (r"sha256:[0-9a-f]{8}", "sha256:DIGEST"),
        (r" +\d+(\.\d+)?s\b", " TIME"),
        (r"\d+(\.\d+)? (B|kB|MB)\b", "SIZE"),
        (r"(\d+|all) from cache", "CACHED"),
        (r"2 steps(, CACHED)?", "2 steps"),
        // Docker 29 tells no sizes of layers this small.
        (r"\d of 2 layers(, SIZE)?", "LAYERS"),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (pattern, by)| {
        let pattern = regex::Regex::new(pattern).unwrap();
        pattern.replace_all(&text, by).into_owned()
    })
}

#[test]
fn the_record_is_what_a_terminal_shows() {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::parse("clusters: [production]"));
    let file = example("deploy.yaml");
    let mut record = String::new();
    // Pages that nobody has built before: a build that is all from the cache leaves no line.
    let now = format!("{:?}", std::time::SystemTime::now());
    for page in ["one", "two", "two"] {
        let page = &format!("{page} {now}");
        let output = project(&docker, &server, &["deploy"], page, &file).run_in_terminal(100);
        assert_eq!(output.code(), 0, "{}", output.stdout);
        record.push_str(&format!("$ ecsctl deploy\n{}", screen(&output)));
    }
    holds("record", &record, same);
}

/// Every action that deploys of all kinds call: new, changed, unchanged, failed, with tags, retention and a load
/// balancer.
fn called(docker: &Docker) -> BTreeSet<String> {
    let server = Scripted::start(Scenario::parse(
        "{clusters: [production], rollouts: {web: [{}, {}, {frames: [
            {stopped: [{tasks: 3, exitCode: 1}]},
            {fail: 'ECS deployment circuit breaker: tasks failed to start.'}]}]}}",
    ));
    let file = format!("{}    logRetentionDays: 30\n", example("deploy.yaml"));
    let tagged = format!("{file}    tags: [{{key: team, value: shop}}]\n");
    let group = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/73e2d6bc24d8a067";
    let balanced = format!(
        "{tagged}    loadBalancers: [{{targetGroupArn: '{group}', containerName: web, containerPort: 8080}}]\n"
    );
    for (page, file, code) in [
        ("one", &file, 0),
        ("two", &file, 0),
        ("two", &tagged, 0),
        ("two", &tagged, 0),
        ("three", &balanced, 5),
    ] {
        project(docker, &server, &["deploy"], page, file)
            .run()
            .exits(code);
    }
    project(docker, &server, &["status"], "three", &tagged)
        .run()
        .exits(0);
    server
        .log()
        .names()
        .into_iter()
        .filter_map(iam_action_of)
        .collect()
}

#[test]
fn the_policy_is_what_is_called() {
    let Some(docker) = Docker::find() else { return };
    let mut actions = called(&docker);
    // A daemon may send a layer whole with the request that completes it; ECR asks for both rights then (ECR user guide,
    // "Required IAM permissions for pushing an image").
    if actions.contains("ecr:CompleteLayerUpload") {
        actions.insert("ecr:UploadLayerPart".to_owned());
    }
    // Nobody calls this one: it is asked for when a call hands a role to ECS (IAM user guide, "PassRole").
    actions.remove("iam:PassRole");
    let actions: Vec<String> = actions.into_iter().collect();
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": actions, "Resource": "*"},
            {
                "Effect": "Allow", "Action": "iam:PassRole",
                "Resource": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
                "Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}},
            },
        ],
    });
    let text = format!("{}\n", serde_json::to_string_pretty(&policy).unwrap());
    holds("policy", &text, |text| {
        serde_json::from_str::<Value>(text).map_or_else(|error| error.to_string(), |value| value.to_string())
    });
}
