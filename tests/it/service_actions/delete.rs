//! Services that go.

use serde_json::json;

use super::{run, running};
use crate::scripted_ecs::conformance::assert_valid;
use crate::support::{Ecsctl, Scenario, Scripted};

fn status_of(server: &Scripted, name: &str) -> String {
    server.world(|world| {
        world.services[&("default".to_owned(), name.to_owned())]
            .status
            .clone()
    })
}

#[test]
fn a_service_goes_once_its_tasks_have_stopped() {
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
fn what_is_not_there_is_nothing_to_do() {
    let server = running("");
    run(&server, &["delete", "web", "--yes"]).run().exits(0);
    server.clear_log();
    // Nobody has to say yes to nothing.
    let again = run(&server, &["delete", "web", "-o", "json"]).run().exits(0);
    assert_eq!(again.json()["outcome"], "unchanged");
    assert!(server.log().writes().is_empty());
    let output = run(&server, &["delete", "web", "worker", "--yes"]).run().exits(0);
    insta::assert_snapshot!("one_of_two", output.record());
}

#[test]
fn without_a_yes_nothing_goes() {
    let server = running("");
    let output = run(&server, &["delete", "web", "worker"]).run().exits(2);
    insta::assert_snapshot!("no_yes", output.record());
    run(&server, &["delete"]).run().exits(2).says("or --all");
    run(&server, &["delete", "wbe"])
        .run()
        .exits(2)
        .says("did you mean `web`?");
    run(&server, &["delete", "web", "--all"]).run().exits(2);
    assert!(server.log().writes().is_empty());
}

#[test]
fn a_person_is_told_what_goes_and_asked() {
    let server = running("");
    for (typed, code) in [("\n", 130), ("y\n", 0)] {
        let ecsctl = run(&server, &["delete", "--all"]);
        let running = ecsctl.start_in_terminal(100);
        running.wait_until_it_shows("delete 2 services of default in us-east-1? [y/N] ");
        running.type_in(typed);
        let output = running.end();
        assert_eq!(output.code(), code, "{}", output.stdout);
        insta::assert_snapshot!(format!("asked_{code}"), super::screen(&output, 100));
    }
    assert_eq!(status_of(&server, "worker"), "INACTIVE");
}

#[test]
fn interrupted_at_the_question_nothing_goes() {
    let server = running("");
    let ecsctl = run(&server, &["delete", "web"]);
    let running = ecsctl.start_in_terminal(100);
    running.wait_until_it_shows("[y/N]");
    running.signal(rustix::process::Signal::INT);
    assert_eq!(running.end().code(), 130);
    assert!(server.log().writes().is_empty());
}

#[test]
fn one_that_is_on_its_way_out_is_waited_for() {
    let text = r#"
definitions:
  - {family: web, containerDefinitions: [{name: web, image: "shop:1", memory: 128}]}
services:
  web: {input: {taskDefinition: "web:1", desiredCount: 1}, status: DRAINING, drainedAfter: 3}
"#;
    let server = Scripted::start(Scenario::parse(text));
    run(&server, &["delete", "web"]).run().exits(0);
    assert!(server.log().writes().is_empty());
    let never = text.replace(", drainedAfter: 3", "");
    let server = Scripted::start(Scenario::parse(&never));
    let output = run(&server, &["delete", "web", "-o", "json"]).run().exits(6);
    let document = output.json();
    assert_eq!(document["outcome"], "timedOut");
    assert_eq!(document["error"]["code"], "still-draining");
}

#[test]
fn a_daemon_needs_no_force() {
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

/// A service that is made of things of its own.
const OWN: &str = r#"
region: us-east-1
images: {web: {repository: acme/web, build: .}}
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::123456789012:role/ecsTaskExecutionRole
      containerDefinitions: {web: {image: "${images.web}"}}
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1], securityGroups: [sg-1]}}
"#;

/// `ecsctl delete web --yes`, of a file with images to build.
fn delete_web(server: &Scripted, file: &str) -> Ecsctl {
    let ecsctl = Ecsctl::on(server, &["delete", "web", "--yes"]).file(file);
    ecsctl.write("Dockerfile", "FROM scratch\n")
}

#[test]
fn what_is_left_is_named() {
    let server = running("");
    let output = delete_web(&server, OWN).run().exits(0);
    let left = "  left as they are:
    task definition web:1
    images in acme/web
    log group /ecs/web
";
    assert!(output.stderr.contains(left), "{}", output.stderr);
}

#[test]
fn what_stays_keeps_all_that_it_names() {
    let network =
        "networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1], securityGroups: [sg-1]}}";
    let literal = "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web:stable";
    let role = "executionRoleArn: 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole'";
    let own = |container: &str| {
        format!("{{cpu: 256, memory: 512, {role}, containerDefinitions: {{main: {{{container}}}}}}}")
    };
    let logs = "logConfiguration: {logDriver: awslogs, options: {awslogs-group: /ecs/web, awslogs-region: us-east-1, awslogs-stream-prefix: w}}";
    let all = [
        "task definition web:1",
        "images in acme/web",
        "log group /ecs/web",
    ];
    let rows = [
        (own("image: 'nginx:1'"), &all[..]),
        (own(&format!("image: '{literal}'")), &[all[0], all[2]][..]),
        (own(&format!("image: 'nginx:1', {logs}")), &all[..2]),
        // What it runs is not in the file.
        ("'worker:1'".to_owned(), &all[..1]),
        ("{base: web, cpu: 512}".to_owned(), &[]),
    ];
    for (worker, left) in rows {
        let server = running("");
        let file = format!("{OWN}  worker:\n    taskDefinition: {worker}\n    {network}\n");
        let output = delete_web(&server, &file).run().exits(0);
        for it in all {
            let is_left = output.stderr.contains(it);
            assert_eq!(is_left, left.contains(&it), "{worker}: {it}\n{}", output.stderr);
        }
    }
}

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
fn what_another_service_lives_on_is_not_called_left() {
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
fn a_revision_that_the_file_only_names_is_not_ours_to_take_away() {
    let server = running("");
    let output = run(&server, &["delete", "web", "--yes"]).run().exits(0);
    assert!(!output.stderr.contains("task definition"), "{}", output.stderr);
}

#[test]
fn interrupted_while_it_drains_it_says_so() {
    let text = r#"
definitions:
  - {family: web, containerDefinitions: [{name: web, image: "shop:1", memory: 128}]}
services:
  web: {input: {taskDefinition: "web:1", desiredCount: 1}, status: DRAINING}
"#;
    let server = Scripted::start(Scenario::parse(text));
    server.freeze_at("ecs DescribeServices", 4, crate::support::Cut::BeforeReply);
    let ecsctl = run(&server, &["delete", "web", "-o", "json"]);
    let running = ecsctl.start();
    server.wait_frozen();
    running.signal(rustix::process::Signal::TERM);
    server.thaw();
    let output = running.end().exits(143);
    for words in [
        "web is deleted; its last tasks stop without ecsctl",
        "hint:  ecsctl delete web goes on waiting",
    ] {
        assert!(output.stderr.contains(words), "{}", output.stderr);
    }
    assert!(!output.stderr.contains("rollout"), "{}", output.stderr);
    assert_eq!(
        output.json()["error"]["hint"],
        "ecsctl delete web goes on waiting"
    );
}

#[test]
fn a_missing_right_is_named() {
    let server = running("faults: [{operation: ecs DeleteService, deny: true}]");
    run(&server, &["delete", "web", "--yes"])
        .run()
        .exits(3)
        .says("ecs:DeleteService");
    let server = running("faults: [{operation: ecs DeleteService, reset: true, processed: true}]");
    run(&server, &["delete", "web", "--yes"]).run().exits(0);
    assert_eq!(server.log().of("ecs DeleteService").len(), 1);
}

/// A hundred services on their way out take ten calls a look, and no more than a rollout's watch does.
#[test]
fn a_hundred_services_are_looked_at_together() {
    let (mut start, mut file) = (String::new(), String::from("region: us-east-1\nservices:\n"));
    for number in 0..100 {
        let after = 10 + number % 10;
        start.push_str(&format!(
            "  s{number}: {{input: {{taskDefinition: \"web:1\", desiredCount: 1}}, drainedAfter: {after}}}\n"
        ));
        file.push_str(&format!("  s{number}: {{taskDefinition: \"web:1\"}}\n"));
    }
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
