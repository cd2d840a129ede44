//! Profiles: one that is missing in CI, one that rests on another, and programs that provide credentials.

use std::io::{Read, Write};
use std::net::TcpListener;

use crate::support::deploys::{deploy, deployed};
use crate::support::files::WEB;
use crate::support::{Ecsctl, Fault, Scenario, Scripted, cases};

fn server() -> Scripted {
    Scripted::start(Scenario::default())
}

/// deploy.yaml with a profile.
fn of_corp() -> String {
    format!("profile: corp\n{WEB}")
}

fn without_keys(run: Ecsctl) -> Ecsctl {
    run.without("AWS_ACCESS_KEY_ID").without("AWS_SECRET_ACCESS_KEY")
}

fn missing_profile_of_the_file_is_skipped(run: impl Fn(Ecsctl) -> Ecsctl) {
    let server = server();
    run(deploy(&server, &of_corp()))
        .run()
        .exits(0)
        .says("profile `corp` of deploy.yaml doesn't exist here: using the credentials in the environment");
}

cases! { missing_profile_of_the_file_is_skipped {
    with_keys(|run| run);
    with_a_web_identity(|run| {
        let token = run.folder().join("token");
        without_keys(run)
            .write("token", "eyJ")
            .env("AWS_WEB_IDENTITY_TOKEN_FILE", token.to_str().unwrap())
            .env("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/ci")
    });
} }

#[test]
fn missing_profile_of_the_file_counts_without_credentials() {
    without_keys(deploy(&server(), &of_corp()))
        .run()
        .exits(3)
        .says("AWS profile `corp` doesn't exist (`profile:` in deploy.yaml)");
}

#[test]
fn existing_profile_of_the_file_is_not_skipped() {
    let server = server();
    server.fault(Fault {
        key: Some("AKIASCRIPTED".to_owned()),
        code: Some("AccessDenied".to_owned()),
        ..Fault::on("*")
    });
    let profile = "[profile corp]\naws_access_key_id = AKIACORP\naws_secret_access_key = s\n";
    let output = deploy(&server, &of_corp()).write(".aws/config", profile).run();
    assert_eq!(output.code(), 0, "{}", output.stderr);
    assert!(!output.stderr.contains("doesn't exist"), "{}", output.stderr);
}

#[test]
fn login_hints_name_the_profile_that_needs_it() {
    let profiles = "\
[profile prod]
role_arn = arn:aws:iam::123456789012:role/deploy
source_profile = tools
[profile tools]
role_arn = arn:aws:iam::123456789012:role/tools
source_profile = corp
[profile corp]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Developer
[sso-session corp]
sso_region = us-east-1
sso_start_url = https://acme.awsapps.com/start
";
    let output = without_keys(deploy(&server(), WEB))
        .env("AWS_PROFILE", "prod")
        .write(".aws/config", profiles)
        .run()
        .exits(3)
        .says("can't load credentials from profile `prod`");
    let hint = output.stderr.lines().last().unwrap();
    assert!(
        hint.trim_end().ends_with("  aws sso login --profile corp"),
        "{hint}"
    );
}

#[test]
fn keys_near_their_end_are_loaded_once() {
    let server = deployed(Scenario::default());
    let run = without_keys(Ecsctl::on(&server, &["plan"])).file(WEB);
    let folder = run.folder().to_owned();
    let end = jiff::Timestamp::now() + jiff::SignedDuration::from_mins(3);
    let keys = format!(
        r#"{{"Version": 1, "AccessKeyId": "ASIA", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": "{end}"}}"#
    );
    let program = format!("echo asked >> '{0}/asked'; echo '{keys}'", folder.display());
    let profile = format!(
        "[profile ci]\ncredential_process = /bin/sh {}/keys.sh\n",
        folder.display()
    );
    let run = run
        .write("keys.sh", &program)
        .write(".aws/config", &profile)
        .env("AWS_PROFILE", "ci");
    run.run().exits(0);
    let asked = std::fs::read_to_string(folder.join("asked")).unwrap();
    assert!(server.log().0.len() > 2, "the plan makes several calls");
    assert_eq!(asked.lines().count(), 1);
}

fn unknown_keys_may_be_a_region_not_enabled(code: &str, expected: bool) {
    let server = server();
    server.fault(Fault {
        code: Some(code.to_owned()),
        message: Some("The security token included in the request is invalid.".to_owned()),
        status: Some(403),
        ..Fault::on("ecs *")
    });
    let output = deploy(&server, WEB)
        .run()
        .exits(3)
        .says("AWS rejected the credentials");
    let hint = "or the region is not enabled for this account";
    assert_eq!(output.stderr.contains(hint), expected, "{}", output.stderr);
}

cases! { unknown_keys_may_be_a_region_not_enabled {
    of_json_services("UnrecognizedClientException", true);
    of_query_services("InvalidClientTokenId", true);
    but_not_a_wrong_signature("InvalidSignatureException", false);
} }

#[test]
fn metadata_errors_show_no_rust_types() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/credentials", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ =
                stream.write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        }
    });
    without_keys(deploy(&server(), WEB))
        .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", url)
        .run()
        .exits(3)
        .says("Non-success status from HTTP credential provider: 403\n");
}
