//! Secrets that changed after the tasks that use them started: `status`, `plan` and `deploy --restart-on-secret-change`.

use std::time::{SystemTime, UNIX_EPOCH};

use super::server;
use crate::support::deploys::deploy;
use crate::support::files::WEB;
use crate::support::{Ecsctl, Fault, Output, Scripted, cases};

const ARN: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db-AbCdEf";

/// Returns the file with secrets of these references.
fn file(secrets: &str) -> String {
    WEB.replace(
        "          environment:",
        &format!("          secrets: {{{secrets}}}\n          environment:"),
    )
}

fn both() -> String {
    file(&format!("DB: '{ARN}:password::', KEY: /shop/key"))
}

/// Deploys the file.
fn deployed(file: &str) -> Scripted {
    let server = server("{secrets: {shop/db: planted}, parameters: {/shop/key: planted}}");
    deploy(&server, file).run().exits(0);
    server.clear_log();
    server
}

fn now() -> f64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_secs_f64()
}

fn change(server: &Scripted, name: &str) {
    let at = now();
    server.world(|world| world.sources.changed.insert(name.to_owned(), at));
}

fn run(server: &Scripted, file: &str, arguments: &[&str]) -> Output {
    Ecsctl::on(server, arguments).file(file).run()
}

fn is_shown(name: &str, shown: &str) {
    let server = deployed(&both());
    change(&server, name);
    for (verb, command) in [("status", "ecsctl restart web"), ("plan", "ecsctl restart web")] {
        let output = run(&server, &both(), &[verb]).exits(0);
        let text = format!("a secret changed after its tasks started: {shown}");
        for said in [text.as_str(), command] {
            assert!(output.stdout.contains(said), "{verb}, {said}: {}", output.stdout);
        }
    }
    let document = run(&server, &both(), &["plan", "-o", "json"]).exits(0).json();
    assert_eq!(document["services"][0]["changedSecrets"][0]["name"], shown);
    let document = run(&server, &both(), &["status", "-o", "json"]).exits(0).json();
    assert_eq!(document["services"][0]["changedSecrets"][0]["name"], shown);
}

cases! { is_shown {
    secret("shop/db", "shop/db-AbCdEf");
    parameter("/shop/key", "/shop/key");
} }

fn is_not_shown(server: &Scripted, file: &str) {
    for verb in ["status", "plan"] {
        let output = run(server, file, &[verb]).exits(0);
        assert!(
            !output.stdout.contains("changed after"),
            "{verb}: {}",
            output.stdout
        );
    }
}

#[test]
fn unchanged_secrets_are_not_mentioned() {
    is_not_shown(&deployed(&both()), &both());
}

#[test]
fn secret_that_is_only_tagged_has_not_changed() {
    let server = deployed(&both());
    let at = now();
    server.world(|world| world.sources.tagged.insert("shop/db".to_owned(), at));
    is_not_shown(&server, &both());
    assert!(!server.log().of("secretsmanager ListSecretVersionIds").is_empty());
}

fn other_values_are_kept(secret: &str) {
    let file = file(&format!("DB: '{secret}'"));
    let server = deployed(&file);
    change(&server, "shop/db");
    is_not_shown(&server, &file);
}

cases! { other_values_are_kept {
    version_by_its_id(&format!("{ARN}:::0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f"));
    previous_version(&format!("{ARN}::AWSPREVIOUS:"));
    of_another_region(&ARN.replace("us-east-1", "eu-west-1"));
} }

#[test]
fn tasks_that_started_after_the_change_have_the_new_value() {
    let server = deployed(&both());
    change(&server, "shop/db");
    // ECS replaced the tasks since, one by one.
    let created = now() + 1.0;
    server.world(|world| {
        let services = world.services.values_mut();
        for task in services.flat_map(|service| &mut service.tasks) {
            task.created_at = created.into();
        }
    });
    is_not_shown(&server, &both());
}

#[test]
fn new_revision_needs_no_restart() {
    let server = deployed(&both());
    change(&server, "shop/db");
    let next = both().replace("VERSION: \"1\"", "VERSION: \"2\"");
    let output = run(&server, &next, &["plan"]).exits(0);
    assert!(!output.stdout.contains("changed after"), "{}", output.stdout);
}

fn missing_right_is_said_once(operation: &str) {
    let server = deployed(&both());
    change(&server, "shop/db");
    server.fault(Fault::denied(operation));
    let action = operation.replace(' ', ":");
    let output = run(&server, &both(), &["status"]).exits(0);
    let note = format!("changes of secrets can't be shown without permission for {action}");
    assert_eq!(output.stdout.matches(&note).count(), 1, "{}", output.stdout);
    let output = run(&server, &both(), &["plan"]).exits(0);
    let consequence = "whether secrets changed after the tasks started is unknown";
    assert_eq!(output.stderr.matches(consequence).count(), 1, "{}", output.stderr);
    assert!(output.stderr.contains(&action), "{}", output.stderr);
}

cases! { missing_right_is_said_once {
    to_describe_secrets("secretsmanager DescribeSecret");
    to_list_versions("secretsmanager ListSecretVersionIds");
    to_read_parameters("ssm GetParameters");
} }

#[test]
fn deploy_restarts_on_request() {
    let server = deployed(&both());
    change(&server, "/shop/key");
    run(&server, &both(), &["deploy"]).exits(0);
    let log = server.log();
    assert!(log.of("ssm GetParameters").is_empty() && log.writes().is_empty());
    let output = run(&server, &both(), &["deploy", "--restart-on-secret-change"]).exits(0);
    output.says("/shop/key changed after the tasks started");
    let log = server.log();
    assert_eq!(log.writes(), ["ecs UpdateService"]);
    assert_eq!(log.only("ecs UpdateService").input["forceNewDeployment"], true);
    server.clear_log();
    // The new tasks have the new value.
    run(&server, &both(), &["deploy", "--restart-on-secret-change"]).exits(0);
    assert!(server.log().writes().is_empty(), "{:?}", server.log().names());
}

#[test]
fn unchanged_secrets_take_one_read_each() {
    let server = deployed(&both());
    run(&server, &both(), &["plan"]).exits(0);
    let log = server.log();
    assert!(log.of("ecs ListTasks").is_empty(), "{:?}", log.names());
    log.only("secretsmanager DescribeSecret");
    log.only("ssm GetParameters");
}
