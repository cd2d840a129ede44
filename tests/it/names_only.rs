//! Commands that don't deploy need the region, the cluster and the names of deploy.yaml: faults in the rest of
//! it don't stop them.

use crate::support::two_services::{file, run, running};
use crate::support::{Ecsctl, Scripted, cases};

/// web and worker, with names that have to be resolved, and with faults wherever no name is.
const BROKEN: &str = r#"
region: us-east-1
vars: {where: "${env.PLACE}", broken: "${env.UNSET}", round: "${vars.round}"}
cluster: ${vars.where}
images: {web: {repository: "${env.UNSET}", biuld: .}}
services:
  web:
    desiredCount: many
    taskDefinition:
      cpu: ${env.UNSET}
      memory: 5
      containerDefinitions: {web: {image: "${vars.broken}", environment: {A: "${ssm./x}", B: "${vars.round}"}}}
  worker: {serviceName: "${vars.unset:-worker}", taskDefinition: ./missing.json, dependsOn: [nobody], surplus: 1}
"#;

fn with(server: &Scripted, file: &str, arguments: &[&str]) -> Ecsctl {
    Ecsctl::on(server, arguments).file(file).env("PLACE", "default")
}

/// Returns the requests; some are sent side by side.
fn calls(server: &Scripted) -> Vec<String> {
    let mut names: Vec<String> = server.log().names().iter().map(ToString::to_string).collect();
    names.sort();
    names
}

/// The verb does with the broken file what it does with a valid one.
fn verb_needs_names_only(arguments: &[&str]) {
    let server = running("");
    let expected = run(&server, arguments).run();
    let expected_calls = calls(&server);
    assert!(!expected_calls.is_empty());
    let server = running("");
    let output = with(&server, BROKEN, arguments).run();
    assert_eq!(output.code(), expected.code(), "{}", output.stderr);
    assert!(!output.stderr.contains("--> deploy.yaml"), "{}", output.stderr);
    assert_eq!(calls(&server), expected_calls);
}

cases! { verb_needs_names_only {
    status(&["status"]);
    logs(&["logs"]);
    tasks(&["tasks"]);
    events(&["events"]);
    history(&["history"]);
    wait(&["wait", "web"]);
    rollback(&["rollback", "web", "--yes"]);
    stop(&["stop", "web", "--yes"]);
    continue_(&["continue", "web", "--yes"]);
    scale(&["scale", "web=3"]);
    restart(&["restart", "web"]);
    delete(&["delete", "web", "--yes"]);
    open(&["open", "web"]);
} }

#[test]
fn delete_says_that_leftovers_are_unknown() {
    let server = running("");
    let output = with(&server, BROKEN, &["delete", "web", "--yes"]).run().exits(0);
    output.says("not listed because of errors in the file");
}

#[test]
fn variable_only_of_the_rest_is_used() {
    let server = running("");
    let output = with(&server, BROKEN, &["status", "--var", "broken=x"])
        .run()
        .exits(0);
    assert_eq!(output.stderr, "");
    with(&server, BROKEN, &["status", "--var", "borken=x"])
        .run()
        .exits(0)
        .says("nothing uses --var borken=…")
        .says("did you mean --var broken=…?");
}

fn names_are_checked(from: &str, to: &str, words: &str) {
    let server = running("");
    let text = BROKEN.replace(from, to);
    assert_ne!(text, BROKEN);
    let output = with(&server, &text, &["status"]).run().exits(2);
    output.says(words).says("1 error");
    assert!(server.log().names().is_empty());
}

cases! { names_are_checked {
    unset_cluster("env.PLACE", "env.NOWHERE", "the environment variable `NOWHERE` is not set");
    unknown_variable("vars.where}\nimages", "vars.wehre}\nimages", "did you mean `where`?");
    invalid_region("region: us-east-1", "region: us_east_1", "invalid region `us_east_1`");
    invalid_account("region: us-east-1", "account: '12'", "invalid AWS account ID");
    misspelled_cluster("cluster: ", "clustr: ", "did you mean `cluster`?");
    misspelled_name("serviceName", "serviceNmae", "did you mean `serviceName`?");
    unset_name("vars.unset:-worker", "vars.nobody", "unknown variable `nobody`");
    one_name_twice("vars.unset:-worker", "vars.unset:-web", "two services have the name `web`");
    unmet_version("region: us-east-1", "requiredVersion: '>=99'", "the file requires >=99");
    syntax("desiredCount: many", "desiredCount: [many", "unclosed");
} }

#[test]
fn deploying_verbs_need_the_whole_file() {
    for verb in ["plan", "deploy", "render", "register"] {
        let server = running("");
        let output = with(&server, BROKEN, &[verb]).run().exits(2);
        output.says("the environment variable `UNSET` is not set");
        assert!(server.log().names().is_empty());
    }
    let server = running("");
    with(&server, &file(), &["plan"]).run().exits(0);
}
