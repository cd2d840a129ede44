//! Variables and profiles with values that no reader expects. CI systems pass empty ones, and copied secrets end in
//! line breaks.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

use crate::support::cases;
use crate::support::fault::Deny;
use crate::support::files::WEB;
use crate::support::{Ecsctl, Fault, Scenario, Scripted};

/// Values that are empty, blank, not ASCII, not UTF-8, or absurd.
fn odd_values() -> Vec<OsString> {
    let mut values = [
        "",
        "\n",
        "x\ny",
        "x\n",
        "\u{1}",
        "é",
        "%",
        "http://",
        "http://[::1",
        "-1",
        "99999999999999999999",
    ]
    .map(OsString::from)
    .to_vec();
    values.push(OsString::from_vec(b"\xff\xfe".to_vec()));
    values.push("x".repeat(5000).into());
    values
}

/// Returns a run of `ecsctl status web` whose default profile has the server's endpoint.
fn status(server: &Scripted, members: &str) -> Ecsctl {
    let profile = format!("[default]\nendpoint_url = {}\n{members}\n", server.url());
    Ecsctl::on(server, &["status", "web"])
        .without("AWS_ENDPOINT_URL")
        .file(WEB)
        .write(".aws/config", &profile)
}

/// Runs it with each value; it succeeds, or fails with an error of ours.
fn is_no_defect(variables: &[&str], start: impl Fn(&Scripted) -> Ecsctl) {
    let server = Scripted::start(Scenario::default());
    for variable in variables {
        for value in odd_values() {
            let output = start(&server).env(variable, value.clone()).run();
            let said = format!("{variable}={value:?}: {}\n{}", output.code(), output.stderr);
            assert!(matches!(output.code(), 0 | 2 | 3), "{said}");
            assert!(!output.stderr.contains("bug in ecsctl"), "{said}");
            assert!(
                output.code() == 0 || output.stderr.starts_with("error: "),
                "{said}"
            );
        }
    }
}

fn without_keys(server: &Scripted) -> Ecsctl {
    status(server, "")
        .without("AWS_ACCESS_KEY_ID")
        .without("AWS_SECRET_ACCESS_KEY")
}

cases! { is_no_defect {
    of_keys(&["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ACCOUNT_ID"], |server| {
        status(server, "")
    });
    of_endpoints(&["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_ECS", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"], |server| {
        let ignored = ["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_ECR"];
        ignored.iter().fold(status(server, "").env("HTTPS_PROXY", "http://127.0.0.1:1"), |run, name| run.env(name, ""))
    });
    of_regions(&["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_CONFIG_FILE"], |server| {
        status(server, "").env("AWS_ENDPOINT_URL", server.url())
    });
    of_retries(&["AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE", "AWS_NEW_RETRIES_2026", "AWS_SDK_UA_APP_ID"], |server| {
        status(server, "")
    });
    of_requests(
        &[
            "AWS_EXECUTION_ENV",
            "AWS_USE_FIPS_ENDPOINT",
            "AWS_USE_DUALSTACK_ENDPOINT",
            "AWS_ACCOUNT_ID_ENDPOINT_MODE",
            "AWS_AUTH_SCHEME_PREFERENCE",
            "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
            "AWS_LAMBDA_FUNCTION_NAME",
            "_X_AMZN_TRACE_ID",
        ],
        |server| status(server, "").env("AWS_LAMBDA_FUNCTION_NAME", "x"),
    );
    of_networks(&["AWS_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"], |server| {
        status(server, "")
            .env("AWS_ENDPOINT_URL", "https://127.0.0.1:1")
            .env("AWS_MAX_ATTEMPTS", "1")
    });
    of_containers(&["AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"], without_keys);
    of_container_tokens(&["AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"], |server| {
        without_keys(server).env("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/x")
    });
    of_web_identities(&["AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME", "AWS_WEB_IDENTITY_TOKEN_FILE"], |server| {
        without_keys(server)
            .env("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/ci")
            .env("AWS_WEB_IDENTITY_TOKEN_FILE", "deploy.yaml")
    });
} }

fn odd_profile_is_no_defect(members: &[(&str, &str)]) {
    let server = Scripted::start(Scenario::default());
    for (odd, _) in members {
        for value in ["", "\u{1}", "é", "%", "http://[::1", "-1", "99999999999999999999"] {
            let lines: Vec<String> = members
                .iter()
                .map(|(name, usual)| format!("{name} = {}", if name == odd { value } else { usual }))
                .collect();
            let base = "[profile base]\naws_access_key_id = AKIA\naws_secret_access_key = s";
            let run = status(&server, &format!("{}\n{base}", lines.join("\n")));
            let output = run.env("AWS_ENDPOINT_URL", server.url());
            let output = output.without("AWS_ACCESS_KEY_ID").run();
            let said = format!("{odd} = {value:?}: {}\n{}", output.code(), output.stderr);
            assert!(matches!(output.code(), 0 | 2 | 3), "{said}");
            assert!(!output.stderr.contains("bug in ecsctl"), "{said}");
        }
    }
}

cases! { odd_profile_is_no_defect {
    of_keys(&[("aws_access_key_id", "AKIA"), ("aws_secret_access_key", "s"), ("aws_session_token", "t")]);
    of_a_role(&[
        ("role_arn", "arn:aws:iam::123456789012:role/ci"),
        ("source_profile", "base"),
        ("role_session_name", "ci"),
        ("external_id", "x"),
        ("duration_seconds", "900"),
    ]);
    of_a_program(&[("credential_process", "/bin/false"), ("max_attempts", "3"), ("sdk_ua_app_id", "x")]);
    of_a_token(&[("role_arn", "arn:aws:iam::123456789012:role/ci"), ("web_identity_token_file", "/dev/null")]);
} }

#[test]
fn keys_of_a_role_are_checked_before_signing() {
    let server = Scripted::start(Scenario::default());
    let members = "role_arn = arn:aws:iam::123456789012:role/ci\nsource_profile = base\n\
                   [profile base]\naws_access_key_id = AK\u{1}IA\naws_secret_access_key = s";
    let run = status(&server, members).without("AWS_ACCESS_KEY_ID");
    let output = run.run().exits(3);
    let words = "`aws_access_key_id` of profile `base` contains a control character";
    assert!(output.stderr.contains(words), "{}", output.stderr);
}

fn unusable_key_of_a_program_behind_a_role_is_named(member: &str, value: &str, words: &str) {
    let server = Scripted::start(Scenario::default());
    let mut keys =
        serde_json::json!({"Version": 1, "AccessKeyId": "AKIA", "SecretAccessKey": "s", "SessionToken": "t"});
    keys[member] = value.into();
    let run = status(&server, "").without("AWS_ACCESS_KEY_ID");
    let folder = run.folder().display().to_string();
    let role = "role_arn = arn:aws:iam::123456789012:role";
    let profiles = format!(
        "[default]\nendpoint_url = {}\n{role}/outer\nsource_profile = inner\n\
         [profile inner]\n{role}/inner\nsource_profile = program\n\
         [profile program]\ncredential_process = /bin/cat {folder}/keys.json\n",
        server.url()
    );
    let run = run
        .write("keys.json", &keys.to_string())
        .write(".aws/config", &profiles);
    run.run().exits(3).says(words);
    keys[member] = "fine".into();
    run.write("keys.json", &keys.to_string()).run().exits(0);
}

cases! { unusable_key_of_a_program_behind_a_role_is_named {
    id_of_a_program(
        "AccessKeyId",
        "AKIA\nX",
        "the access key ID from profile `program` contains a line break"
    );
    secret_of_a_program(
        "SecretAccessKey",
        "a\u{1}b",
        "the secret access key from profile `program` contains a control character"
    );
    token_of_a_program(
        "SessionToken",
        "a\u{1b}b",
        "the session token from profile `program` contains a control character"
    );
} }

fn unusable_variable_behind_a_role_is_named(variable: &str, value: &str, found: &str) {
    let server = Scripted::start(Scenario::default());
    let role = "role_arn = arn:aws:iam::123456789012:role/ci\ncredential_source = Environment";
    let profile = format!("[profile ci]\nendpoint_url = {}\n{role}\n", server.url());
    let run = status(&server, "").write(".aws/config", &profile);
    let run = run.env("ECSCTL_PROFILE", "ci");
    run.run().exits(0);
    let words = format!("error: {variable} contains {found}\n");
    run.env(variable, value).run().exits(3).says(&words);
}

cases! { unusable_variable_behind_a_role_is_named {
    id_behind_a_role("AWS_ACCESS_KEY_ID", "AKIA\nX", "a line break");
    secret_behind_a_role("AWS_SECRET_ACCESS_KEY", "s\n", "blanks or a line break around it");
    token_behind_a_role("AWS_SESSION_TOKEN", "a\u{1b}b", "a control character");
} }

fn unusable_key_is_named(variable: &str, value: &str, found: &str) {
    let server = Scripted::start(Scenario::default());
    let output = status(&server, "").env(variable, value).run().exits(3);
    let words = format!("error: {variable} contains {found}\n");
    assert!(output.stderr.starts_with(&words), "{}", output.stderr);
}

cases! { unusable_key_is_named {
    id_with_a_line_break("AWS_ACCESS_KEY_ID", "AKIA\nX", "a line break");
    secret_with_a_line_break("AWS_SECRET_ACCESS_KEY", "a\r\nb", "a line break");
    token_with_a_control_character("AWS_SESSION_TOKEN", "a\u{1b}b", "a control character");
    id_that_is_not_ascii("AWS_ACCESS_KEY_ID", "AKIAé", "a character that is not ASCII");
} }

#[test]
fn blanks_around_keys_are_removed() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault {
        key: Some("AKIATRIMMED".to_owned()),
        deny: Some(Deny::Own(true)),
        ..Fault::on("ecs *")
    });
    status(&server, "")
        .env("AWS_ACCESS_KEY_ID", " AKIATRIMMED\n")
        .env("AWS_SECRET_ACCESS_KEY", "secret\r\n")
        .env("AWS_SESSION_TOKEN", "\ttoken\n")
        .run()
        .exits(3)
        .says("access denied");
}

fn empty_endpoint_is_no_endpoint(set: impl Fn(Ecsctl, &str) -> Ecsctl) {
    let server = Scripted::start(Scenario::default());
    set(status(&server, ""), &server.url()).run().exits(0);
    assert!(!server.log().0.is_empty());
}

cases! { empty_endpoint_is_no_endpoint {
    of_all_services(|run, _| run.env("AWS_ENDPOINT_URL", ""));
    of_blanks(|run, _| run.env("AWS_ENDPOINT_URL", " \n"));
    of_one_service(|run, _| run.env("AWS_ENDPOINT_URL_ECS", ""));
    before_that_of_all_services(|run, url| {
        run.write(".aws/config", "[default]\nendpoint_url = http://127.0.0.1:1\n")
            .env("AWS_ENDPOINT_URL", url)
            .env("AWS_ENDPOINT_URL_ECS", "")
    });
    of_the_profile(|run, url| {
        run.write(".aws/config", "[default]\nendpoint_url =\n").env("AWS_ENDPOINT_URL_ECS", url)
    });
} }

fn variable_in_another_encoding_is_named(variable: &str, code: i32) {
    let server = Scripted::start(Scenario::default());
    let odd = OsString::from_vec(b"us-east-1\xff".to_vec());
    let run = status(&server, "").env(variable, odd);
    let output = run.run().exits(code);
    let words = format!("error: {variable} is not valid UTF-8\n");
    assert!(output.stderr.starts_with(&words), "{}", output.stderr);
}

cases! { variable_in_another_encoding_is_named {
    region("AWS_REGION", 2);
    token("AWS_SESSION_TOKEN", 3);
    profile("AWS_PROFILE", 2);
    proxy("HTTPS_PROXY", 2);
    bundle("AWS_CA_BUNDLE", 2);
} }

/// A certificate of no server.
const CERTIFICATE: &str = "\
-----BEGIN CERTIFICATE-----\n\
MIIBdTCCARugAwIBAgIUEjV/+CVhRD9o9hAqUM6wDAMCnecwCgYIKoZIzj0EAwIw\n\
DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjgwMjQ3MDlaGA8yMTI2MTEwNDAyNDcw\n\
OVowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABD01\n\
0Wfh04G/L3o+vN3PnsSvr8oePjNkDgMjDqXcBm9I3WSjjzapgdXPTt7Uv8MT7YRR\n\
/hEnIBpdO5FrCceDwByjUzBRMB0GA1UdDgQWBBReoZScUkKYzrhaluLEb5iCXtCb\n\
gjAfBgNVHSMEGDAWgBReoZScUkKYzrhaluLEb5iCXtCbgjAPBgNVHRMBAf8EBTAD\n\
AQH/MAoGCCqGSM49BAMCA0gAMEUCIFPhsq18D93+/AfaNo2w8le4tHKN3IggT0Wm\n\
/P766YsjAiEAlgUjFP59tDv7hZinRbibl2r+k6pXdkIixY6BBjYQARU=\n\
-----END CERTIFICATE-----\n";

fn bundle_with_a_bad_certificate(bundle: &str) -> Ecsctl {
    let server = Scripted::start(Scenario::default());
    let run = Ecsctl::on(&server, &["status", "web"])
        .file(WEB)
        .write("ca.pem", bundle);
    run.env("AWS_ENDPOINT_URL", "https://127.0.0.1:1")
        .env("AWS_CA_BUNDLE", "ca.pem")
}

#[test]
fn good_certificates_of_a_bundle_are_used() {
    let bad = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let output = bundle_with_a_bad_certificate(&format!("{bad}{CERTIFICATE}"))
        .run()
        .exits(3);
    let warning = "warning: 1 of 2 certificates in the CA bundle ca.pem can't be read and is not used\n";
    assert!(output.stderr.starts_with(warning), "{}", output.stderr);
    assert!(output.stderr.contains("onnection refused"), "{}", output.stderr);
    let output = bundle_with_a_bad_certificate(bad).run().exits(3);
    assert!(
        output
            .stderr
            .contains("no PEM certificate in the CA bundle ca.pem"),
        "{}",
        output.stderr
    );
    let output = bundle_with_a_bad_certificate(CERTIFICATE).run().exits(3);
    assert!(!output.stderr.contains("warning"), "{}", output.stderr);
}
