//! Table tests of the settings resolved before the SDK is called.

use aws_config::profile::ProfileSet;
#[expect(
    deprecated,
    reason = "the new names live in a crate that is internal to the SDK"
)]
use aws_config::profile::profile_file::{ProfileFileKind, ProfileFiles};
use aws_types::os_shim_internal::{Env, Fs};

use super::settings::{AwsSettings, SessionOptions, choose_profile, decide, may_ask_instance};
use super::setup_error::SetupError;
use crate::diagnostic::Explain;
use crate::exit::Exit;

#[expect(
    deprecated,
    reason = "the new names live in a crate that is internal to the SDK"
)]
async fn profiles(config: &str) -> ProfileSet {
    let files = ProfileFiles::builder()
        .with_contents(ProfileFileKind::Config, config)
        .build();
    aws_config::profile::load(&Fs::from_slice(&[]), &Env::from_slice(&[]), &files, None)
        .await
        .unwrap()
}

async fn decided(
    options: SessionOptions,
    variables: &[(&str, &str)],
    config: &str,
) -> Result<AwsSettings, SetupError> {
    let env = |name: &str| {
        let found = variables.iter().find(|(key, _)| *key == name)?;
        Some(found.1.to_owned()).filter(|value| !value.is_empty())
    };
    let profile = choose_profile(&options, &env);
    decide(&options, &profile, &profiles(config).await, &env)
}

fn region(region: &str) -> SessionOptions {
    SessionOptions {
        region: Some(region.to_owned()),
        ..SessionOptions::default()
    }
}

#[tokio::test]
async fn the_region_comes_from_the_nearest_that_names_one() {
    let config = "[default]\nregion = eu-west-1\n";
    let variables = [("AWS_REGION", "us-east-2"), ("AWS_DEFAULT_REGION", "us-west-1")];
    let none = SessionOptions::default;
    for (options, variables, expected) in [
        (region("ap-south-1"), &variables[..], Some("ap-south-1")),
        (none(), &variables[..], Some("us-east-2")),
        (none(), &variables[1..], Some("us-west-1")),
        (none(), &[("AWS_REGION", "")][..], Some("eu-west-1")),
        (region(""), &[][..], Some("eu-west-1")),
    ] {
        let settings = decided(options, variables, config).await.unwrap();
        assert_eq!(settings.region.as_deref(), expected);
    }
    assert_eq!(decided(none(), &[], "").await.unwrap().region, None);
}

#[tokio::test]
async fn what_is_no_region_is_refused() {
    for invalid_setting in ["us east 1", "US-EAST-1", "evil.test/", "-a", "a-"] {
        let error = decided(region(invalid_setting), &[], "").await.unwrap_err();
        assert_eq!(error.explain().exit, Exit::Usage, "{invalid_setting}");
    }
}

#[tokio::test]
async fn an_unknown_profile_is_an_error_that_lists_the_known() {
    let config = "[default]\n[profile prod]\nregion = eu-west-1\n";
    let error = decided(SessionOptions::default(), &[("AWS_PROFILE", "nope")], config)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "AWS profile `nope` doesn't exist (AWS_PROFILE)"
    );
    assert_eq!(error.explain().hint.unwrap(), "existing profiles: default, prod");
    assert_eq!(error.explain().exit, Exit::Preflight);

    let flag = SessionOptions {
        profile: Some("default".to_owned()),
        ..SessionOptions::default()
    };
    assert!(
        decided(flag, &[], "").await.is_err(),
        "asked for, so it must exist"
    );
    assert!(decided(SessionOptions::default(), &[], "").await.is_ok());
    let prod = decided(SessionOptions::default(), &[("AWS_PROFILE", "prod")], config).await;
    assert_eq!(prod.unwrap().region.as_deref(), Some("eu-west-1"));
}

#[tokio::test]
async fn attempts_that_would_make_the_sdk_panic_are_refused() {
    for invalid_setting in ["0", "abc", "-1", "1.5", "99999999999"] {
        let error = decided(
            SessionOptions::default(),
            &[("AWS_MAX_ATTEMPTS", invalid_setting)],
            "",
        )
        .await
        .unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("invalid value `{invalid_setting}` from AWS_MAX_ATTEMPTS: expected a number of attempts")
        );
    }
    for (variable, config, expected) in [
        ("5", "", 5),
        ("", "", 3),
        ("", "[default]\nmax_attempts = 7\n", 7),
    ] {
        let settings = decided(
            SessionOptions::default(),
            &[("AWS_MAX_ATTEMPTS", variable)],
            config,
        )
        .await;
        assert_eq!(settings.unwrap().attempts, expected);
    }
}

#[tokio::test]
async fn an_endpoint_that_the_sdk_would_ignore_is_refused() {
    for invalid_setting in ["127.0.0.1:4566", "ftp://x", "http://", "not a url"] {
        let error = decided(
            SessionOptions::default(),
            &[("AWS_ENDPOINT_URL_ECS", invalid_setting)],
            "",
        )
        .await;
        assert!(
            matches!(error, Err(SetupError::BadValue { .. })),
            "{invalid_setting}"
        );
    }
    let variables = [("AWS_ENDPOINT_URL", "http://127.0.0.1:1")];
    let settings = decided(SessionOptions::default(), &variables, "").await.unwrap();
    assert_eq!(settings.endpoint_from, Some("AWS_ENDPOINT_URL"));
}

#[tokio::test]
async fn how_to_log_in_is_read_from_the_profile() {
    for (config, expected) in [
        (
            "[default]\nsso_session = s\n",
            Some("aws sso login --profile default"),
        ),
        (
            "[default]\nlogin_session = arn\n",
            Some("aws login --profile default"),
        ),
        (
            "[default]\nrole_arn = r\nsource_profile = a\n[profile a]\nrole_arn = r\nsource_profile = corp\n\
             [profile corp]\nsso_session = s\n",
            Some("aws sso login --profile corp"),
        ),
        ("[default]\naws_access_key_id = a\n", None),
    ] {
        let settings = decided(SessionOptions::default(), &[], config).await.unwrap();
        assert_eq!(settings.log_in.as_deref(), expected, "{config}");
    }
}

#[test]
fn the_instance_is_asked_on_ec2_only() {
    let root = tempfile::tempdir().unwrap();
    let none = |_: &str| None;
    assert!(!may_ask_instance(&none, root.path()));
    let dmi = root.path().join("sys/devices/virtual/dmi/id");
    std::fs::create_dir_all(&dmi).unwrap();
    std::fs::write(dmi.join("sys_vendor"), "Amazon EC2\n").unwrap();
    assert!(may_ask_instance(&none, root.path()));
    let disabled = |name: &str| (name == "AWS_EC2_METADATA_DISABLED").then(|| "TRUE".to_owned());
    assert!(!may_ask_instance(&disabled, root.path()));
    std::fs::write(dmi.join("sys_vendor"), "QEMU\n").unwrap();
    std::fs::write(dmi.join("product_uuid"), "EC2E1916-9099\n").unwrap();
    assert!(may_ask_instance(&none, root.path()));
}
