//! `ecsctl check`: what a deploy would stumble over, all at once.

mod findings;
mod network;
mod reads;
mod rollout;

use crate::support::files::{TARGET_GROUP, WEB, behind_load_balancer};
use crate::support::{Ecsctl, Output, Scenario, Scripted};

/// Starts a server with the target group of `file`, and resources as this scenario sets them.
fn with(resources: &str) -> Scripted {
    let text = format!(
        "targets: {{'{TARGET_GROUP}': []}}\nsources: {{secrets: {{db: x}}, parameters: {{/shop/key: y}}}}\n{resources}"
    );
    Scripted::start(Scenario::parse(&text))
}

/// Returns `WEB` with everything: a load balancer, secrets, a task role, and a log group of its own.
fn file() -> String {
    behind_load_balancer(WEB).replace(
        "          environment:",
        "          secrets: {DB: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:url::', KEY: /shop/key}\n          environment:",
    )
}

/// Runs `ecsctl check` with a file.
fn check(server: &Scripted, file: &str) -> Output {
    Ecsctl::on(server, &["check"]).file(file).run()
}

/// Returns the codes of all findings.
fn codes(server: &Scripted, file: &str) -> Vec<String> {
    let output = Ecsctl::on(server, &["check", "-o", "json"]).file(file).run();
    let document = output.json();
    let of_services = document["services"].as_array().unwrap().iter();
    let lists = of_services.map(|service| &service["findings"]);
    let lists = std::iter::once(&document["findings"]).chain(lists);
    let findings = lists.flat_map(|list| list.as_array().unwrap());
    let code = |finding: &serde_json::Value| finding["code"].as_str().unwrap().to_owned();
    findings.map(code).collect()
}

/// Asserts that a text is on stdout.
fn shows(output: &Output, text: &str) {
    assert!(
        output.stdout.contains(text),
        "no {text:?} in stdout:\n{}",
        output.stdout
    );
}
