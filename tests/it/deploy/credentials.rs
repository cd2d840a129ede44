//! Credentials, profiles, regions and endpoints: errors before the first write.

use crate::support::cases;
use crate::support::deploys::deploy;
use crate::support::files::WEB;
use crate::support::{Ecsctl, Fault, Scenario, Scripted};

fn server() -> Scripted {
    Scripted::start(Scenario::default())
}

#[test]
fn missing_credentials_are_an_error() {
    let server = server();
    let output = deploy(&server, WEB)
        .without("AWS_ACCESS_KEY_ID")
        .without("AWS_SECRET_ACCESS_KEY")
        .run()
        .exits(3)
        .says("credentials");
    assert!(server.log().0.is_empty());
    insta::assert_snapshot!("no_credentials", output.record());
}

fn unknown_profile_is_an_error(run: impl Fn(&Scripted) -> Ecsctl) {
    let server = server();
    run(&server)
        .run()
        .exits(3)
        .says("AWS profile `nope` doesn't exist (");
    assert!(server.log().0.is_empty());
}

cases! { unknown_profile_is_an_error {
    of_the_environment(|server| deploy(server, WEB).env("AWS_PROFILE", "nope"));
    of_the_flag(|server| Ecsctl::on(server, &["deploy", "--profile", "nope"]).file(WEB));
} }

fn without_region() -> String {
    WEB.replace("region: us-east-1\n", "")
}

#[test]
fn empty_region_is_no_region() {
    deploy(&server(), &without_region())
        .env("AWS_REGION", "")
        .run()
        .exits(3)
        .says("no AWS region configured");
}

#[test]
fn default_region_stands_in_for_an_empty_one() {
    deploy(&server(), &without_region())
        .env("AWS_REGION", "")
        .env("AWS_DEFAULT_REGION", "us-east-1")
        .run()
        .exits(0);
}

#[test]
fn zero_attempts_are_refused() {
    deploy(&server(), WEB)
        .env("AWS_MAX_ATTEMPTS", "0")
        .run()
        .exits(2)
        .says("invalid value `0` from AWS_MAX_ATTEMPTS: expected a number of attempts");
}

fn odd_number_of_attempts_does_not_panic(attempts: &str) {
    let output = deploy(&server(), WEB).env("AWS_MAX_ATTEMPTS", attempts).run();
    assert!(
        [0, 2, 3].contains(&output.code()),
        "{attempts}: {}",
        output.stderr
    );
    assert!(!output.stderr.contains("panic"), "{}", output.stderr);
}

cases! { odd_number_of_attempts_does_not_panic {
    zero("0");
    negative("-1");
    word("many");
    empty("");
} }

#[test]
fn wrong_account_is_refused_before_any_write() {
    let server = server();
    let file = format!("account: \"210987654321\"{WEB}");
    let output = deploy(&server, &file)
        .run()
        .exits(3)
        .says("210987654321")
        .says("123456789012");
    assert!(server.log().writes().is_empty());
    insta::assert_snapshot!("wrong_account", output.record());
}

#[test]
fn unreachable_endpoint_is_named() {
    // A port that was free a moment ago.
    let address = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    let output = Ecsctl::new(&["deploy"])
        .env("AWS_ENDPOINT_URL", format!("http://{address}"))
        .file(WEB)
        .run()
        .exits(3)
        .says(&address.to_string());
    insta::assert_snapshot!("unreachable", output.record());
}

#[test]
fn malformed_endpoint_is_refused() {
    let run = Ecsctl::new(&["status"]).env("AWS_ENDPOINT_URL", "127.0.0.1:1");
    run.file(WEB)
        .run()
        .exits(2)
        .says("from AWS_ENDPOINT_URL: expected an endpoint's URL");
}

#[test]
fn incomplete_credentials_are_named() {
    deploy(&server(), WEB)
        .without("AWS_ACCESS_KEY_ID")
        .run()
        .exits(3)
        .says("environment (AWS_ACCESS_KEY_ID is not set), profile `default` (no such profile)");
}

#[test]
fn expired_credentials_are_explained() {
    let server = server();
    server.fault(Fault {
        code: Some("ExpiredTokenException".to_owned()),
        message: Some("The security token included in the request is expired".to_owned()),
        ..Fault::on("*")
    });
    deploy(&server, WEB).run().exits(3).says("expired");
    assert!(server.log().writes().is_empty());
}

#[test]
fn flags_override_variables() {
    let server = server();
    Ecsctl::new(&["deploy", "--endpoint-url", &server.url(), "--region", "us-east-1"])
        .env("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
        .env("AWS_REGION", "eu-west-1")
        .file(WEB)
        .run()
        .exits(0);
}

#[test]
fn plan_shows_the_account_from_sts() {
    let server = server();
    let file = WEB.replace(
        "arn:aws:iam::123456789012:role",
        "arn:aws:iam::${aws.account}:role",
    );
    let output = Ecsctl::on(&server, &["plan"]).file(&file).run().exits(0);
    let title = "default in us-east-1, account 123456789012";
    assert!(output.stdout.contains(title), "{}", output.stdout);
    // It is asked for once, though the plan shows it and the file rests on it.
    assert_eq!(server.log().of("sts GetCallerIdentity").len(), 1);
}
