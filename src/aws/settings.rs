//! The session's settings, decided and checked before the SDK sees them: the SDK panics at some invalid ones,
//! silently ignores others, and waits seconds for the metadata service where there is none.

use std::path::{Path, PathBuf};

use aws_config::profile::ProfileSet;

use super::role_chain::base_profile;
use super::role_profile::MfaPrompt;
use super::setup_error::SetupError;
use crate::files;
use crate::model::is_region;

/// The caller's settings: flags, `ECSCTL_…` variables and the file, with their precedence already applied.
#[derive(Clone, Debug, Default)]
pub struct SessionOptions {
    /// The region; falls back to AWS_REGION, AWS_DEFAULT_REGION, the profile's.
    pub region: Option<String>,
    /// The profile; falls back to the file's, AWS_PROFILE, then `default`.
    pub profile: Option<String>,
    /// The profile that deploy.yaml names. In CI it need not exist if the environment has credentials.
    pub file_profile: Option<String>,
    /// The ARN of a role to assume.
    pub assume_role: Option<String>,
    /// The endpoint of every service; falls back to AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the profile's.
    pub endpoint_url: Option<String>,
    /// Asks for the code of an MFA device. None: nobody can be asked.
    pub mfa: Option<MfaPrompt>,
}

/// Maximum number of attempts per call (the SDKs' standard).
const DEFAULT_ATTEMPTS: u32 = 3;

/// The services whose endpoint variables are checked.
const ENDPOINT_VARIABLES: [&str; 8] = [
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_ECS",
    "AWS_ENDPOINT_URL_ECR",
    "AWS_ENDPOINT_URL_STS",
    "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS",
    "AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING",
    "AWS_ENDPOINT_URL_SCHEDULER",
    "AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2",
];

/// Looks up a variable; an empty value counts as unset.
pub(super) type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads a variable of the process's environment.
pub(super) fn process_environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// The chosen profile and where it was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ProfileChoice {
    pub name: String,
    /// The flag or variable that named it. None for the default profile, which need not exist.
    pub from: Option<&'static str>,
    /// Whether it was requested explicitly (`--profile`): then it takes precedence over keys in the environment,
    /// as in the AWS CLI.
    pub explicit: bool,
}

/// Where deploy.yaml names the profile.
const IN_FILE: &str = "`profile:` in deploy.yaml";

/// Chooses the profile.
pub(super) fn choose_profile(options: &SessionOptions, env: Environment) -> ProfileChoice {
    let flag = options
        .profile
        .clone()
        .map(|name| (name, "--profile or ECSCTL_PROFILE"));
    let file = options.file_profile.clone().map(|name| (name, IN_FILE));
    let given = [flag, file]
        .into_iter()
        .flatten()
        .find(|(name, _)| !name.is_empty());
    let explicit = given.is_some();
    match given {
        Some((name, from)) => ProfileChoice {
            name,
            from: Some(from),
            explicit,
        },
        None => match env("AWS_PROFILE") {
            Some(name) => ProfileChoice {
                name,
                from: Some("AWS_PROFILE"),
                explicit,
            },
            None => ProfileChoice {
                name: "default".to_owned(),
                from: None,
                explicit,
            },
        },
    }
}

/// Chooses another profile if only deploy.yaml names this one, it doesn't exist, and the environment has
/// credentials: the file is shared by people, who have profiles, and by CI, which has none.
pub(super) fn without_missing_profile(
    options: &SessionOptions,
    profile: &ProfileChoice,
    profiles: &ProfileSet,
    env: Environment,
) -> Option<ProfileChoice> {
    let is_missing = profile.from == Some(IN_FILE) && profiles.get_profile(&profile.name).is_none();
    let all_set = |names: [&str; 2]| names.iter().all(|name| env(name).is_some());
    let has_credentials = all_set(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
        || all_set(["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"]);
    let options = SessionOptions {
        file_profile: None,
        ..options.clone()
    };
    (is_missing && has_credentials).then(|| choose_profile(&options, env))
}

/// The resolved settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AwsSettings {
    /// The region. None: query the instance metadata, on EC2 only.
    pub region: Option<String>,
    pub attempts: u32,
    pub ca_bundle: Option<PathBuf>,
    /// The variable or flag that set the endpoint, for hints.
    pub endpoint_from: Option<&'static str>,
    /// The profile's `endpoint_url`.
    pub profile_endpoint: Option<String>,
    /// `aws sso login --profile NAME` or `aws login --profile NAME`, if the profile, or the one whose credentials
    /// it rests on, needs one of them.
    pub log_in: Option<String>,
    /// Whether the profile gets its credentials from a program, which may prompt the user.
    pub credential_process: bool,
}

/// Resolves and checks all settings, and reports the first invalid one.
pub(super) fn decide(
    options: &SessionOptions,
    profile: &ProfileChoice,
    profiles: &ProfileSet,
    env: Environment,
) -> Result<AwsSettings, SetupError> {
    let section = profiles.get_profile(&profile.name);
    if section.is_none()
        && let Some(from) = profile.from
    {
        let mut known: Vec<String> = profiles.profiles().map(str::to_owned).collect();
        known.sort();
        return Err(SetupError::UnknownProfile {
            name: profile.name.clone(),
            from,
            known,
        });
    }
    let of_profile = |key: &str| {
        section
            .and_then(|section| section.get(key))
            .filter(|v| !v.is_empty())
    };
    Ok(AwsSettings {
        region: choose_region(options, of_profile("region"), env)?,
        attempts: choose_attempts(of_profile("max_attempts"), env)?,
        ca_bundle: env("AWS_CA_BUNDLE")
            .or_else(|| of_profile("ca_bundle").map(str::to_owned))
            .map(PathBuf::from),
        endpoint_from: check_endpoints(options, of_profile("endpoint_url"), env)?,
        profile_endpoint: of_profile("endpoint_url").map(str::to_owned),
        log_in: log_in(&profile.name, profiles),
        credential_process: profiles
            .get_profile(&base_profile(&profile.name, profiles))
            .is_some_and(|base| base.get("credential_process").is_some()),
    })
}

/// Returns the command that logs in the profile whose credentials this one rests on.
fn log_in(profile: &str, profiles: &ProfileSet) -> Option<String> {
    let base = base_profile(profile, profiles);
    let section = profiles.get_profile(&base)?;
    let is_set = |key: &str| section.get(key).is_some_and(|value| !value.is_empty());
    let command = if is_set("sso_session") || is_set("sso_start_url") {
        "aws sso login"
    } else if is_set("login_session") {
        "aws login"
    } else {
        return None;
    };
    Some(format!("{command} --profile {base}"))
}

fn choose_region(
    options: &SessionOptions,
    of_profile: Option<&str>,
    env: Environment,
) -> Result<Option<String>, SetupError> {
    let given = options.region.clone().filter(|region| !region.is_empty());
    let choice = given
        .map(|region| (region, "--region, ECSCTL_REGION or `region:`"))
        .or_else(|| env("AWS_REGION").map(|region| (region, "AWS_REGION")))
        .or_else(|| env("AWS_DEFAULT_REGION").map(|region| (region, "AWS_DEFAULT_REGION")))
        .or_else(|| of_profile.map(|region| (region.to_owned(), "the profile's `region`")));
    let Some((region, from)) = choice else {
        return Ok(None);
    };
    if is_region(&region) {
        Ok(Some(region))
    } else {
        Err(SetupError::invalid_setting(
            &region,
            "a region name",
            from,
            "write the region's code, for example us-east-1",
        ))
    }
}

fn choose_attempts(of_profile: Option<&str>, env: Environment) -> Result<u32, SetupError> {
    let choice = env("AWS_MAX_ATTEMPTS")
        .map(|value| (value, "AWS_MAX_ATTEMPTS"))
        .or_else(|| of_profile.map(|value| (value.to_owned(), "the profile's `max_attempts`")));
    let Some((value, from)) = choice else {
        return Ok(DEFAULT_ATTEMPTS);
    };
    match value.trim().parse::<u32>() {
        Ok(attempts) if attempts > 0 => Ok(attempts),
        _ => Err(SetupError::invalid_setting(
            &value,
            "a number of attempts",
            from,
            "write a whole number of at least 1, or unset it (default: 3)",
        )),
    }
}

/// Checks the endpoints: the SDK would ignore an invalid one and send the request to AWS itself.
fn check_endpoints(
    options: &SessionOptions,
    of_profile: Option<&str>,
    env: Environment,
) -> Result<Option<&'static str>, SetupError> {
    const HINT: &str = "write a URL with its scheme, for example http://127.0.0.1:4566";
    let check = |value: &str, from: &'static str| {
        let is_url = value.parse::<http::Uri>().is_ok_and(|uri| {
            uri.host().is_some_and(|host| !host.is_empty())
                && matches!(uri.scheme_str(), Some("http" | "https"))
        });
        if is_url {
            Ok(from)
        } else {
            Err(SetupError::invalid_setting(
                value,
                "an endpoint's URL",
                from,
                HINT,
            ))
        }
    };
    if let Some(url) = options.endpoint_url.as_deref().filter(|url| !url.is_empty()) {
        return check(url, "--endpoint-url").map(Some);
    }
    let mut from = None;
    for name in ENDPOINT_VARIABLES {
        if let Some(url) = env(name) {
            from = from.or(Some(check(&url, name)?));
        }
    }
    match (from, of_profile) {
        (None, Some(url)) => check(url, "the profile's `endpoint_url`").map(Some),
        (from, _) => Ok(from),
    }
}

/// Whether to query the instance metadata service: on EC2, or if its endpoint is set explicitly. Elsewhere
/// packets to its address are dropped, and the SDK would wait seconds for it.
pub(super) fn may_ask_instance(env: Environment, root: &Path) -> bool {
    if env("AWS_EC2_METADATA_DISABLED").is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        return false;
    }
    env("AWS_EC2_METADATA_SERVICE_ENDPOINT").is_some() || is_ec2(root)
}

/// Whether this is an EC2 instance, by the vendor and UUIDs that the system reports (AWS, "Detect whether a
/// host is an EC2 instance").
fn is_ec2(root: &Path) -> bool {
    let reads = |path: &str| {
        let text = files::read(&root.join(path), files::MAX_CONFIG).unwrap_or_default();
        String::from_utf8_lossy(&text).trim().to_lowercase()
    };
    reads("sys/devices/virtual/dmi/id/sys_vendor").contains("amazon")
        || reads("sys/devices/virtual/dmi/id/product_uuid").starts_with("ec2")
        || reads("sys/hypervisor/uuid").starts_with("ec2")
}
