//! `ecsctl open`.

use crate::support::cases;
use crate::support::two_services::{balanced, file, running};
use crate::support::{Ecsctl, Scripted};

fn open(server: &Scripted, arguments: &[&str]) -> Ecsctl {
    let arguments: Vec<&str> = std::iter::once("open").chain(arguments.iter().copied()).collect();
    Ecsctl::on(server, &arguments).file(&file())
}

#[test]
fn address_is_printed_in_a_pipe() {
    let server = balanced("");
    let output = open(&server, &["web"]).run().exits(0);
    assert_eq!(output.stdout, "https://web-1.us-east-1.elb.amazonaws.com\n");
    assert_eq!(output.stderr, "");
    let log = server.log();
    log.assert_is(&[
        &["ecs DescribeServices"],
        &["elbv2 DescribeTargetGroups"],
        &["elbv2 DescribeLoadBalancers", "elbv2 DescribeListeners"],
        &["elbv2 DescribeRules?"],
    ]);
    let document = open(&server, &["-o", "json"]).run().exits(0).json();
    assert_eq!(document["service"], "web");
    assert_eq!(document["url"], "https://web-1.us-east-1.elb.amazonaws.com");
    assert_eq!(document["addresses"][0]["internal"], false);
}

#[test]
fn browser_is_started_on_a_terminal() {
    let server = balanced("");
    let ecsctl = open(&server, &["web"]);
    let seen = ecsctl.folder().join("seen");
    let script = format!(
        "#!/bin/sh\nprintf %s \"$1\" > {0}.part && mv {0}.part {0}\n",
        seen.display()
    );
    let ecsctl = ecsctl.write("browser", &script);
    let browser = ecsctl.folder().join("browser");
    std::fs::set_permissions(&browser, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let named = format!("/nonexistent/browser:{} %s", browser.display());
    let ecsctl = ecsctl.env("BROWSER", named);
    let output = ecsctl.run_in_terminal(100).exits(0);
    assert!(output.stdout.contains("https://web-1."), "{}", output.stdout);
    let began = std::time::Instant::now();
    while !seen.exists() && began.elapsed().as_secs() < 20 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let opened = std::fs::read_to_string(&seen).unwrap();
    assert_eq!(opened, "https://web-1.us-east-1.elb.amazonaws.com");
}

#[test]
fn address_is_shown_without_a_browser() {
    let server = balanced("");
    let ecsctl = open(&server, &["web"]).env("PATH", "/nonexistent");
    let output = ecsctl.run_in_terminal(100).exits(0);
    assert!(output.stdout.contains("https://web-1."), "{}", output.stdout);
    assert!(
        output.stdout.contains("could not start a browser"),
        "{}",
        output.stdout
    );
}

fn missing_address_says_why(server: &Scripted, service: &[&str], code: i32, words: &str) {
    open(server, service).run().exits(code).says(words);
}

cases! { missing_address_says_why {
    no_load_balancer(&balanced(""), &["worker"], 3, "error: worker: no load balancer");
    unknown_service(&balanced(""), &["wroker"], 2, "did you mean `worker`?");
    no_load_balancer_anywhere(&running(""), &[], 3, "web, worker: no load balancer");
    missing_permission(
        &balanced("faults: [{operation: elbv2 DescribeTargetGroups, deny: true}]"),
        &["web"],
        3,
        "elasticloadbalancing:DescribeTargetGroups",
    );
} }

#[test]
fn missing_service_is_named() {
    let server = balanced("");
    let gone = file().replace("services:", "services:\n  gone: {taskDefinition: \"web:1\"}");
    Ecsctl::on(&server, &["open", "gone"])
        .file(&gone)
        .run()
        .exits(3)
        .says("error: service gone doesn't exist in cluster default")
        .says("hint:  ecsctl deploy --only gone");
}
