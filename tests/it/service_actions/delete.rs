//! `ecsctl delete`.

use serde_json::json;

use crate::support::aws_models::assert_valid;
use crate::support::cases;
use crate::support::files::{built, deploy_yaml};
use crate::support::screen::sorted_screen;
use crate::support::two_services::{run, running};
use crate::support::{Cut, Ecsctl, Scenario, Scripted};

fn status_of(server: &Scripted, name: &str) -> String {
    server.world(|world| {
        world.services[&("default".to_owned(), name.to_owned())]
            .status
            .clone()
    })
}

#[test]
fn service_is_deleted_once_its_tasks_have_stopped() {
    let server = running("");
    let output = run(&server, &["delete", "web", "--yes"]).run().exits(0);
    insta::assert_snapshot!("deleted", output.record());
    let log = server.log();
    assert_eq!(
        log.only("ecs DeleteService").input,
        json!({"cluster": "default", "service": "web", "force": true})
    );
    log.assert_is(&[
        &["ecs DescribeServices"],
        &["ecs DeleteService"],
        &["ecs DescribeServices+"],
    ]);
    assert_eq!(
        (status_of(&server, "web"), status_of(&server, "worker")),
        ("INACTIVE".to_owned(), "ACTIVE".to_owned())
    );
    assert_valid(&server);
}

#[test]
fn deleting_a_deleted_service_changes_nothing() {
    let server = running("");
    run(&server, &["delete", "web", "--yes"]).run().exits(0);
    server.clear_log();
    let again = run(&server, &["delete", "web", "--yes", "-o", "json"])
        .run()
        .exits(0);
    assert_eq!(again.json()["outcome"], "unchanged");
    assert!(server.log().writes().is_empty());
    let output = run(&server, &["delete", "web", "worker", "--yes"]).run().exits(0);
    insta::assert_snapshot!("one_of_two", output.record());
}

#[test]
fn variable_names_nothing_to_delete() {
    let delete = |arguments: &[&str], code| {
        let server = running("");
        let run = run(&server, arguments).env("ECSCTL_ONLY", "web");
        run.env("ECSCTL_YES", "1").run().exits(code);
        ["web", "worker"].map(|name| status_of(&server, name) == "INACTIVE")
    };
    assert_eq!(delete(&["delete"], 2), [false, false]);
    assert_eq!(delete(&["delete", "worker"], 0), [false, true]);
    assert_eq!(delete(&["delete", "--only", "worker"], 0), [false, true]);
    assert_eq!(delete(&["delete", "--all"], 0), [true, true]);
}

#[test]
fn nothing_is_deleted_without_a_yes() {
    let server = running("");
    let output = run(&server, &["delete", "web", "worker"]).run().exits(2);
    insta::assert_snapshot!("no_yes", output.record());
    assert!(server.log().names().is_empty());
}

fn bad_arguments_delete_nothing(arguments: &[&str], words: &str) {
    let server = running("");
    run(&server, arguments).run().exits(2).says(words);
    assert!(server.log().writes().is_empty());
}

cases! { bad_arguments_delete_nothing {
    no_service(&["delete"], "or --all");
    unknown_service(&["delete", "wbe"], "did you mean `web`?");
    service_and_all(&["delete", "web", "--all"], "");
    only_and_all(&["delete", "--only", "web", "--all"], "--all and --only can't be combined");
} }

fn question_on_a_terminal(typed: &str, code: i32, worker: &str) {
    let server = running("");
    let ecsctl = run(&server, &["delete", "--all"]);
    let running = ecsctl.start_in_terminal(100);
    running.wait_until_it_shows("delete 2 services of default in us-east-1? [y/N] ");
    running.type_in(typed);
    let output = running.end();
    assert_eq!(output.code(), code, "{}", output.stdout);
    insta::assert_snapshot!(format!("asked_{code}"), sorted_screen(&output, 100));
    assert_eq!(status_of(&server, "worker"), worker);
}

cases! { question_on_a_terminal {
    enter_deletes_nothing("\n", 130, "ACTIVE");
    yes_deletes_all("y\n", 0, "INACTIVE");
} }

#[test]
fn interrupt_at_the_question_deletes_nothing() {
    let server = running("");
    let ecsctl = run(&server, &["delete", "web"]);
    let running = ecsctl.start_in_terminal(100);
    running.wait_until_it_shows("[y/N]");
    running.signal(rustix::process::Signal::INT);
    assert_eq!(running.end().code(), 130);
    assert!(server.log().writes().is_empty());
}

/// web, which drains already; it is gone after so many polls, if ever.
fn draining(drained_after: Option<u32>) -> Scripted {
    let after = drained_after.map_or(String::new(), |polls| format!(", drainedAfter: {polls}"));
    let text = format!(
        r#"
definitions:
  - {{family: web, containerDefinitions: [{{name: web, image: "shop:1", memory: 128}}]}}
services:
  web: {{input: {{taskDefinition: "web:1", desiredCount: 1}}, status: DRAINING{after}}}
"#
    );
    Scripted::start(Scenario::parse(&text))
}

#[test]
fn draining_service_is_waited_for() {
    let server = draining(Some(3));
    run(&server, &["delete", "web", "--yes"]).run().exits(0);
    assert!(server.log().writes().is_empty());
}

#[test]
fn service_that_never_drains_times_out() {
    let server = draining(None);
    let output = run(&server, &["delete", "web", "--yes", "-o", "json"])
        .run()
        .exits(6);
    let document = output.json();
    assert_eq!(document["outcome"], "timedOut");
    assert_eq!(document["error"]["code"], "still-draining");
}

#[test]
fn daemon_service_is_deleted_without_force() {
    let text = r#"
definitions:
  - {family: web, containerDefinitions: [{name: web, image: "shop:1", memory: 128}]}
services:
  web: {input: {taskDefinition: "web:1", schedulingStrategy: DAEMON}}
"#;
    let server = Scripted::start(Scenario::parse(text));
    run(&server, &["delete", "web", "-y"]).run().exits(0);
    let input = server.log().only("ecs DeleteService").input.clone();
    assert_eq!(input, json!({"cluster": "default", "service": "web"}));
}

/// `ecsctl delete web --yes`, of a file with images to build.
fn delete_web(server: &Scripted, file: &str) -> Ecsctl {
    let ecsctl = Ecsctl::on(server, &["delete", "web", "--yes"]).file(file);
    ecsctl.write("Dockerfile", "FROM scratch\n")
}

#[test]
fn resources_left_behind_are_listed() {
    let server = running("");
    let output = delete_web(&server, &built()).run().exits(0);
    let left = "  unchanged:
    task definition web:1
    images in acme/web
    log group /ecs/web
";
    assert!(output.stderr.contains(left), "{}", output.stderr);
}

#[test]
fn schedules_of_a_deleted_service_are_listed() {
    let server = running("");
    let file = crate::deploy::schedules::with_jobs(&built());
    let output = delete_web(&server, &file).run().exits(0);
    assert!(
        output.stderr.contains("    schedule nightly\n"),
        "{}",
        output.stderr
    );
    assert!(!output.stderr.contains("schedule report"), "{}", output.stderr);
}

#[test]
fn alarms_of_a_deleted_service_are_listed() {
    let server = running("");
    let file = crate::deploy::autoscaling::with(&built(), crate::deploy::step_scaling::STEPS);
    let output = delete_web(&server, &file).run().exits(0);
    assert!(
        output.stderr.contains("    alarm ecsctl/default/web/backlog\n"),
        "{}",
        output.stderr
    );
}

const ROLE: &str = "executionRoleArn: 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole'";

/// A task definition in the file, with this container.
fn own(container: &str) -> String {
    format!("{{cpu: 256, memory: 512, {ROLE}, containerDefinitions: {{main: {{{container}}}}}}}")
}

const DEFINITION: &str = "task definition web:1";
const IMAGES: &str = "images in acme/web";
const LOG_GROUP: &str = "log group /ecs/web";

/// web is deleted; worker stays, and what it uses of web's things isn't called left.
fn left_beside_another_service(worker: &str, left: &[&str]) {
    let network =
        "networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1], securityGroups: [sg-1]}}";
    let server = running("");
    let file = format!(
        "{}  worker:\n    taskDefinition: {worker}\n    {network}\n",
        built()
    );
    let output = delete_web(&server, &file).run().exits(0);
    for it in [DEFINITION, IMAGES, LOG_GROUP] {
        let is_left = output.stderr.contains(it);
        assert_eq!(is_left, left.contains(&it), "{worker}: {it}\n{}", output.stderr);
    }
}

cases! { left_beside_another_service {
    that_uses_nothing_of_it(&own("image: 'nginx:1'"), &[DEFINITION, IMAGES, LOG_GROUP]);
    that_uses_its_repository(
        &own("image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web:stable'"),
        &[DEFINITION, LOG_GROUP],
    );
    that_uses_its_log_group(
        &own(
            "image: 'nginx:1', logConfiguration: {logDriver: awslogs, options: {awslogs-group: /ecs/web, awslogs-region: us-east-1, awslogs-stream-prefix: w}}",
        ),
        &[DEFINITION, IMAGES],
    );
    whose_definition_is_not_in_the_file("'worker:1'", &[DEFINITION]);
    that_is_based_on_its_definition("{base: web, cpu: 512}", &[]);
} }

/// Two services that share what they are made of: a repository in somebody else's registry, and a log group.
const SHARED: &str = r#"
region: us-east-1
images:
  shop: {repository: 999999999999.dkr.ecr.eu-west-1.amazonaws.com/acme/shop, build: .}
  again: {repository: 999999999999.dkr.ecr.eu-west-1.amazonaws.com/acme/shop, build: .}
services:
  web: &service
    taskDefinition: &definition
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::123456789012:role/ecsTaskExecutionRole
      family: shop
      containerDefinitions:
        main: &container
          image: "${images.shop}"
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1], securityGroups: [sg-1]}}
  worker:
    <<: *service
    taskDefinition:
      <<: *definition
      containerDefinitions:
        main: {<<: *container, image: "${images.again}"}
"#;

#[test]
fn resources_of_another_service_are_not_listed() {
    let server = running("");
    let delete = |service: &str| {
        let ecsctl = Ecsctl::on(&server, &["delete", service, "--yes"]);
        ecsctl
            .file(SHARED)
            .write("Dockerfile", "FROM scratch\n")
            .run()
            .exits(0)
            .stderr
    };
    let first = delete("web");
    assert!(first.contains("task definition web:1"), "{first}");
    assert!(
        !first.contains("acme/shop") && !first.contains("/ecs/shop"),
        "{first}"
    );
    // With the last one goes what both lived on: each told once, where it is.
    let last = delete("--all");
    let repository = "images in 999999999999.dkr.ecr.eu-west-1.amazonaws.com/acme/shop";
    for name in [repository, "log group /ecs/shop"] {
        assert_eq!(last.matches(name).count(), 1, "{name}\n{last}");
    }
}

#[test]
fn definition_outside_the_file_is_not_listed() {
    let server = running("");
    let output = run(&server, &["delete", "web", "--yes"]).run().exits(0);
    assert!(!output.stderr.contains("task definition"), "{}", output.stderr);
}

#[test]
fn interrupt_while_draining_says_how_to_go_on() {
    let text = r#"
definitions:
  - {family: web, containerDefinitions: [{name: web, image: "shop:1", memory: 128}]}
services:
  web: {input: {taskDefinition: "web:1", desiredCount: 1}, status: DRAINING}
"#;
    let server = Scripted::start(Scenario::parse(text));
    server.freeze_at("ecs DescribeServices", 4, Cut::BeforeReply);
    let ecsctl = run(&server, &["delete", "web", "--yes", "-o", "json"]);
    let running = ecsctl.start();
    server.wait_frozen();
    running.signal(rustix::process::Signal::TERM);
    server.thaw();
    let output = running.end().exits(143);
    for words in [
        "web is deleted; its last tasks are still stopping",
        "hint:  ecsctl delete web --yes waits for them",
    ] {
        assert!(output.stderr.contains(words), "{}", output.stderr);
    }
    assert!(!output.stderr.contains("rollout"), "{}", output.stderr);
    assert_eq!(
        output.json()["error"]["hint"],
        "ecsctl delete web --yes waits for them"
    );
}

#[test]
fn missing_permission_is_named() {
    let server = running("faults: [{operation: ecs DeleteService, deny: true}]");
    run(&server, &["delete", "web", "--yes"])
        .run()
        .exits(3)
        .says("ecs:DeleteService");
}

#[test]
fn lost_reply_does_not_delete_twice() {
    let server = running("faults: [{operation: ecs DeleteService, reset: true, processed: true}]");
    run(&server, &["delete", "web", "--yes"]).run().exits(0);
    assert_eq!(server.log().of("ecs DeleteService").len(), 1);
}

/// A hundred services on their way out take ten calls a look, and no more than a rollout's watch does.
#[test]
fn hundred_deleted_services_are_polled_together() {
    let mut start = String::new();
    for number in 0..100 {
        let after = 10 + number % 10;
        start.push_str(&format!(
            "  s{number}: {{input: {{taskDefinition: \"web:1\", desiredCount: 1}}, drainedAfter: {after}}}\n"
        ));
    }
    let file = deploy_yaml((0..100).map(|number| (format!("s{number}"), "taskDefinition: \"web:1\"")));
    let server = Scripted::start(Scenario::parse(&format!(
        "definitions:\n  - {{family: web, containerDefinitions: [{{name: web, image: \"shop:1\", memory: 128}}]}}\nservices:\n{start}"
    )));
    let delete = Ecsctl::on(&server, &["delete", "--all", "--yes", "-o", "json"]).file(&file);
    let document = delete.run().exits(0).json();
    assert_eq!(document["services"].as_array().unwrap().len(), 100);
    let log = server.log();
    let begun = log
        .0
        .iter()
        .position(|it| it.name == "ecs DeleteService")
        .unwrap();
    let watch = crate::support::log::RequestLog(log.0[begun..].to_vec());
    let (reads, seconds) = watch.reads();
    assert!(seconds >= 10, "time did not pass as it should: {seconds} s");
    // Whole seconds may hide one.
    assert!(reads <= 6 * (seconds + 1), "{reads} reads in {seconds} s");
    assert_eq!(status_of(&server, "s99"), "INACTIVE");
}
