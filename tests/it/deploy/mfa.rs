//! Profiles whose role needs a code from an MFA device.

use std::path::Path;

use crate::support::files::WEB;
use crate::support::{Ecsctl, Fault, Scenario, Scripted};

const PROFILES: &str = "\
[profile mfa]
region = us-east-1
role_arn = arn:aws:iam::123456789012:role/deploy
source_profile = base
mfa_serial = arn:aws:iam::123456789012:mfa/me
[profile base]
aws_access_key_id = AKIABASE
aws_secret_access_key = test
[profile outer]
role_arn = arn:aws:iam::210987654321:role/outer
source_profile = mfa
external_id = acme
";

const PROMPT: &str = "MFA code of arn:aws:iam::123456789012:mfa/me: ";

/// botocore's name for the cached session of profile `mfa`: the SHA-1 of its AssumeRole arguments.
const CACHED: &str = ".aws/cli/cache/391a75524b09afcc91e2f38d977d7e9d386fc338.json";

fn server() -> Scripted {
    Scripted::start(Scenario::default())
}

fn deploy(server: &Scripted, profile: &str) -> Ecsctl {
    Ecsctl::on(server, &["deploy"])
        .without("AWS_ACCESS_KEY_ID")
        .without("AWS_SECRET_ACCESS_KEY")
        .env("AWS_PROFILE", profile)
        .write(".aws/config", PROFILES)
        .file(WEB)
}

fn cached_until(end: &str) -> String {
    format!(
        r#"{{"Credentials": {{"AccessKeyId": "ASIACACHED", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": "{end}"}}}}"#
    )
}

/// Returns the names of the files in the AWS CLI's folder.
fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join(".aws")).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn without_a_terminal_the_hint_is_the_aws_cli() {
    let server = server();
    let output = deploy(&server, "mfa").run().exits(3);
    insta::assert_snapshot!(output.stderr, @r#"
    error: profile `mfa` needs a code from the MFA device arn:aws:iam::123456789012:mfa/me
      hint:  run: eval "$(aws configure export-credentials --profile mfa --format env)", then the same command again; or run it on a terminal, where it asks for the code
    "#);
    assert!(server.log().0.is_empty());
}

#[test]
fn source_profiles_with_mfa_need_a_code_too() {
    deploy(&server(), "outer")
        .run()
        .exits(3)
        .says("profile `outer` needs a code from the MFA device arn:aws:iam::123456789012:mfa/me")
        .says("--profile outer");
}

#[test]
fn on_a_terminal_the_code_is_asked_for_and_sent() {
    let server = server();
    let run = deploy(&server, "mfa");
    let running = run.start_in_terminal(120);
    running.wait_until_it_shows(PROMPT);
    // No code has these digits: it asks again.
    running.type_in("12345\n");
    running.wait_until_it_shows_times(PROMPT, 2);
    running.type_in("123456\n");
    let output = running.end();
    assert_eq!(output.code(), 0, "{}", output.stdout);
    let log = server.log();
    let request = &log.only("sts AssumeRole").input;
    assert_eq!(request["SerialNumber"], "arn:aws:iam::123456789012:mfa/me");
    assert_eq!(request["TokenCode"], "123456");
    assert_eq!(request["RoleArn"], "arn:aws:iam::123456789012:role/deploy");
    assert_eq!(files(run.folder()), ["config"], "nothing is written");
}

#[test]
fn only_the_role_with_mfa_gets_the_code() {
    let server = server();
    let run = deploy(&server, "outer");
    let running = run.start_in_terminal(120);
    running.wait_until_it_shows(PROMPT);
    running.type_in("123456\n");
    assert_eq!(running.end().code(), 0);
    let log = server.log();
    let requests = log.of("sts AssumeRole");
    let codes: Vec<_> = requests.iter().map(|it| it.input.get("TokenCode")).collect();
    assert_eq!(codes, [Some(&"123456".into()), None]);
    assert_eq!(requests[1].input["ExternalId"], "acme");
}

#[test]
fn wrong_codes_do_not_blame_iam() {
    let server = server();
    server.fault(Fault {
        code: Some("AccessDenied".to_owned()),
        message: Some("MultiFactorAuthentication failed with invalid MFA one time pass code. ".to_owned()),
        status: Some(403),
        ..Fault::on("sts AssumeRole")
    });
    let run = deploy(&server, "mfa");
    let running = run.start_in_terminal(120);
    running.wait_until_it_shows(PROMPT);
    running.type_in("123456\n");
    let output = running.end();
    assert_eq!(output.code(), 3);
    let said = "AWS SDK: MultiFactorAuthentication failed with invalid MFA one time pass code.";
    assert!(output.stdout.contains(said), "{}", output.stdout);
    assert!(
        output.stdout.contains("the device's next code"),
        "{}",
        output.stdout
    );
}

#[test]
fn sessions_cached_by_the_aws_cli_are_used() {
    for profile in ["mfa", "outer"] {
        let server = server();
        // Its keys alone are good.
        server.fault(Fault {
            key: Some("AKIABASE".to_owned()),
            code: Some("AccessDenied".to_owned()),
            ..Fault::on("*")
        });
        deploy(&server, profile)
            .write(CACHED, &cached_until("2099-01-01T00:00:00UTC"))
            .run()
            .exits(0);
    }
}

#[test]
fn expired_cached_sessions_are_not_used() {
    deploy(&server(), "mfa")
        .write(CACHED, &cached_until("2020-01-01T00:00:00UTC"))
        .run()
        .exits(3)
        .says("needs a code from the MFA device");
}

#[test]
fn build_does_not_ask_for_a_code_it_can_do_without() {
    let server = server();
    let output = Ecsctl::on(&server, &["build"])
        .without("AWS_ACCESS_KEY_ID")
        .env("AWS_PROFILE", "mfa")
        .write(".aws/config", PROFILES)
        .file(WEB)
        .run_in_terminal(120);
    assert!(!output.stdout.contains(PROMPT), "{}", output.stdout);
}

#[test]
fn denied_roles_are_reported_in_the_words_of_aws() {
    let server = server();
    let words = "User: arn:aws:iam::123456789012:user/me is not authorized to perform: sts:AssumeRole \
                 on resource: arn:aws:iam::123456789012:role/deploy";
    server.fault(Fault {
        code: Some("AccessDenied".to_owned()),
        message: Some(words.to_owned()),
        status: Some(403),
        ..Fault::on("sts AssumeRole")
    });
    let run = deploy(&server, "mfa");
    let output = run
        .write(".aws/config", &PROFILES.replace("mfa_serial", "output"))
        .run()
        .exits(3);
    insta::assert_snapshot!(output.stderr, @"
    error: can't load credentials from profile `mfa`
      AWS SDK: User: arn:aws:iam::123456789012:user/me is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/deploy
      hint:    allow sts:AssumeRole on arn:aws:iam::123456789012:role/deploy to arn:aws:iam::123456789012:user/me
    ");
}
