//! `ECSCTL_LOG`: what it logs to stderr, and that no secret is in it.

use crate::support::cases;
use crate::support::files::{built, deploy_yaml};
use crate::support::{Ecsctl, Fault, Output, Scenario, Scripted};

/// Secrets of the environment and of a task definition, and what stands beside the first in a signature.
const SECRETS: [&str; 5] = [
    "planted-secret-key",
    "planted-session-token",
    "planted-value",
    "AWS4-HMAC",
    "Signature",
];

/// No secret, but only libraries log it.
const KEY_ID: &str = "AKIAPLANTED";

fn server() -> Scripted {
    Scripted::start(Scenario::parse(
        r#"
definitions:
  - {family: web, containerDefinitions: [{name: web, image: "acme/shop:1", memory: 128, environment: [{name: API_TOKEN, value: planted-value}]}]}
services:
  web: {input: {taskDefinition: "web:1", desiredCount: 1}}
"#,
    ))
}

fn with_secrets(run: Ecsctl, filter: &str) -> Ecsctl {
    run.env("ECSCTL_LOG", filter)
        .env("AWS_ACCESS_KEY_ID", KEY_ID)
        .env("AWS_SECRET_ACCESS_KEY", SECRETS[0])
        .env("AWS_SESSION_TOKEN", SECRETS[1])
}

fn status(server: &Scripted, filter: &str) -> Ecsctl {
    let file = deploy_yaml([("web", "taskDefinition: 'web:1'")]);
    with_secrets(Ecsctl::on(server, &["status"]).file(&file), filter)
}

fn without_secrets(output: &Output) {
    for secret in SECRETS {
        assert!(!output.stderr.contains(secret), "{secret} in:\n{}", output.stderr);
    }
}

/// The logged lines that contain a text, without their time.
fn lines<'a>(output: &'a Output, text: &str) -> Vec<&'a str> {
    let lines = output.stderr.lines().filter(|line| line.contains(text));
    lines
        .map(|line| line.split_once(' ').expect("a time").1.trim())
        .collect()
}

fn field<'a>(line: &'a str, name: &str) -> &'a str {
    line.split(' ')
        .find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
        .unwrap_or_else(|| panic!("no {name} in {line}"))
}

#[test]
fn each_aws_request_has_one_line() {
    let server = server();
    let output = status(&server, "debug").run().exits(0);
    let mut sent: Vec<String> = server.log().0.iter().map(|it| it.name.clone()).collect();
    let requests = lines(&output, "AWS request");
    let mut logged: Vec<String> = requests
        .iter()
        .map(|line| {
            assert_eq!(field(line, "status"), "200", "{line}");
            assert_eq!(field(line, "attempt"), "1", "{line}");
            assert!(!field(line, "request_id").is_empty(), "{line}");
            field(line, "ms").parse::<u64>().unwrap();
            format!("{} {}", field(line, "service"), field(line, "operation"))
        })
        .collect();
    sent.sort();
    logged.sort();
    assert!(sent.contains(&"ecs DescribeServices".to_owned()), "{sent:?}");
    assert_eq!(logged, sent);
    without_secrets(&output);
    assert!(!output.stderr.contains(KEY_ID), "{}", output.stderr);
    let others = output.stderr.lines().filter(|line| line.contains("DEBUG"));
    for line in others {
        assert!(line.contains(" DEBUG ecsctl::"), "{line}");
    }
}

#[test]
fn retries_show_their_attempt() {
    let server = server();
    server.fault(Fault {
        nth: Some(1),
        throttle: true,
        ..Fault::on("ecs DescribeServices")
    });
    server.fault(Fault {
        nth: Some(2),
        reset: true,
        ..Fault::on("ecs DescribeServices")
    });
    let output = status(&server, "debug").run().exits(0);
    let lines = lines(&output, "operation=DescribeServices");
    let attempts: Vec<&str> = lines.iter().map(|line| field(line, "attempt")).collect();
    assert_eq!(attempts, ["1", "2", "3"]);
    assert_eq!(field(lines[0], "status"), "400");
    assert!(
        lines[1].contains(" error=") && !lines[1].contains(" status="),
        "{}",
        lines[1]
    );
    without_secrets(&output);
}

#[test]
fn credential_requests_are_logged_too() {
    let server = server();
    let role = "arn:aws:iam::123456789012:role/deploy";
    let output = status(&server, "debug")
        .env("ECSCTL_ASSUME_ROLE", role)
        .run()
        .exits(0);
    let line = lines(&output, "AssumeRole");
    assert_eq!(line.len(), 1, "{line:?}");
    assert_eq!(
        (field(line[0], "service"), field(line[0], "status")),
        ("sts", "200")
    );
    without_secrets(&output);
}

#[test]
fn docker_requests_are_logged() {
    let server = Scripted::start(Scenario::default());
    let run = Ecsctl::on(&server, &["build"])
        .file(&built())
        .write("Dockerfile", "FROM scratch\n");
    let output = with_secrets(run, "ecsctl::docker=debug").run().exits(4);
    let line = lines(&output, "Docker request");
    assert_eq!(line.len(), 1, "{}", output.stderr);
    assert_eq!(
        (field(line[0], "method"), field(line[0], "path")),
        ("GET", "/_ping")
    );
    assert!(line[0].contains(" error="), "{}", line[0]);
    assert!(lines(&output, "AWS request").is_empty());
}

fn named_library_is_logged_without_secrets(filter: &str) {
    let output = status(&server(), filter).run().exits(0);
    assert!(output.stderr.contains(" DEBUG "), "{}", output.stderr);
    assert!(
        output.stderr.contains("aws_smithy_runtime::"),
        "{}",
        output.stderr
    );
    for text in ["AWS request", " TRACE "] {
        assert!(!output.stderr.contains(text), "{text} in:\n{}", output.stderr);
    }
    without_secrets(&output);
}

cases! { named_library_is_logged_without_secrets {
    one("aws_smithy_runtime=debug");
    trace_is_cut("aws=trace,hyper=trace,h2=trace,rustls=trace");
} }

fn forced_colors_do_not_break_logging(name: &str, value: &str) {
    let output = status(&server(), "debug").env(name, value).run().exits(0);
    let line = lines(&output, "operation=DescribeServices");
    assert_eq!(line.len(), 1, "{}", output.stderr);
    assert!(line[0].starts_with("DEBUG ecsctl::aws"), "{}", line[0]);
    assert!(!output.stderr.contains("tracing"), "{}", output.stderr);
}

cases! { forced_colors_do_not_break_logging {
    clicolor_force("CLICOLOR_FORCE", "1");
    force_color("FORCE_COLOR", "3");
    ecsctl_color("ECSCTL_COLOR", "always");
} }

fn invalid_filter_is_one_warning(filter: &str, color: &str, expected: &str) {
    let server = server();
    let silent = status(&server, "").run().exits(0);
    let output = status(&server, filter).env("ECSCTL_COLOR", color).run().exits(0);
    let said = anstream::adapter::strip_str(&output.stderr).to_string();
    let (first, rest) = said.split_once('\n').unwrap();
    assert_eq!(
        first,
        format!("warning: ECSCTL_LOG={filter}: {expected}; nothing is logged")
    );
    assert_eq!(rest, silent.stderr);
}

cases! { invalid_filter_is_one_warning {
    level("loud", "auto", "`loud` is not a level (off, error, warn, info, debug, trace)");
    level_of_a_target("ecsctl=loud", "always", "`loud` is not a level (off, error, warn, info, debug, trace)");
    target("debug,a b=info", "never", "`a b` is not a crate or module, such as ecsctl::aws");
    span("[x{y=1}]=debug", "always", "`[x{y` is not a crate or module, such as ecsctl::aws");
} }
