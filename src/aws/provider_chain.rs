//! The possible sources of credentials, built from the SDK's providers.

use std::time::Duration;

use aws_config::SdkConfig;
use aws_config::ecs::EcsCredentialsProvider;
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::profile::{Profile, ProfileFileCredentialsProvider, ProfileSet};
use aws_config::provider_config::ProviderConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;

use super::credentials::{CachedCredentials, CredentialSource, ProviderChain};
use super::role_chain::{base_profile, has_keys};
use super::role_profile::RoleProfile;
use super::settings::{AwsSettings, ProfileChoice, process_environment};
use super::setup_error::SetupError;
use super::usable_keys::{ENVIRONMENT, Unusable, check_profile, check_variables};
use crate::clock::Clock;

/// Timeout for a metadata service on this machine to return credentials.
pub(super) const NEAR: Duration = Duration::from_secs(5);
/// Timeout for STS and SSO, including retries.
const FAR: Duration = Duration::from_secs(20);
/// Timeout for a program that may ask the user for a code.
const PERSON: Duration = Duration::from_secs(120);

/// Returns the sources in the order of the AWS SDKs: environment, profile, web identity, container, instance.
pub(super) fn default_chain(
    profile: &ProfileChoice,
    profiles: &ProfileSet,
    settings: &AwsSettings,
    providers: &ProviderConfig,
    mfa: Option<RoleProfile>,
    on_instance: bool,
) -> ProviderChain {
    let source =
        |name: &str, budget: Duration, provider: Option<Box<dyn ProvideCredentials>>| CredentialSource {
            name: name.to_owned(),
            absent: None,
            budget,
            cure: format!("check the {name}, or use a profile: --profile NAME"),
            provider,
        };
    let mut environment = source(
        ENVIRONMENT,
        NEAR,
        Some(Box::new(EnvironmentVariableCredentialsProvider::new())),
    );
    environment.absent = incomplete_key();
    let from_profile = profile_source(profile, profiles, settings, providers, mfa);
    let is_set = |name: &str| process_environment(name).is_some();
    let mut web_identity = source("web identity", FAR, None);
    web_identity.cure =
        "check AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN, or use a profile: --profile NAME".to_owned();
    // The SDK takes empty variables as set.
    if is_set("AWS_WEB_IDENTITY_TOKEN_FILE") {
        if !is_set("AWS_ROLE_ARN") {
            web_identity.absent = Some("AWS_ROLE_ARN is not set".to_owned());
        } else {
            web_identity.provider = Some(Box::new(
                WebIdentityTokenCredentialsProvider::builder()
                    .configure(providers)
                    .build(),
            ));
        }
    }
    let container_variables = CONTAINER_VARIABLES.iter().find(|name| is_set(name));
    let mut container = source("container", NEAR, None);
    if let Some(variable) = container_variables {
        container.cure = format!("check {variable}, or use a profile: --profile NAME");
        container.provider = Some(Box::new(
            EcsCredentialsProvider::builder().configure(providers).build(),
        ));
    }
    let mut instance = source("instance metadata", NEAR, None);
    if on_instance {
        instance.absent = Some("no role".to_owned());
        instance.provider = Some(Box::new(
            ImdsCredentialsProvider::builder().configure(providers).build(),
        ));
    } else {
        instance.absent = Some("not on EC2".to_owned());
    }
    let mut sources = vec![from_profile, web_identity, container, instance];
    // A profile that was explicitly requested takes precedence over keys in the environment, as in the AWS CLI.
    if !profile.explicit {
        sources.insert(0, environment);
    }
    ProviderChain {
        sources,
        profile: profile.name.clone(),
        log_in: settings.log_in.clone(),
    }
}

/// The variables that name the container's credential endpoint; the SDK reads the first one that is set.
const CONTAINER_VARIABLES: [&str; 2] = [
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];

/// Returns the missing half of a key pair in the environment.
fn incomplete_key() -> Option<String> {
    let is_set = |name: &str| process_environment(name).is_some();
    match (is_set("AWS_ACCESS_KEY_ID"), is_set("AWS_SECRET_ACCESS_KEY")) {
        (true, false) => Some("AWS_SECRET_ACCESS_KEY is not set".to_owned()),
        (false, true) => Some("AWS_ACCESS_KEY_ID is not set".to_owned()),
        _ => None,
    }
}

/// Explains why an existing profile has no credentials: its source profile may not exist.
fn nothing_found(section: &Profile, profiles: &ProfileSet) -> String {
    match section.get("source_profile") {
        Some(source) if profiles.get_profile(source).is_none() => {
            format!("its source_profile `{source}` does not exist")
        }
        _ => "has no credentials".to_owned(),
    }
}

fn profile_source(
    profile: &ProfileChoice,
    profiles: &ProfileSet,
    settings: &AwsSettings,
    providers: &ProviderConfig,
    mfa: Option<RoleProfile>,
) -> CredentialSource {
    let name = &profile.name;
    let section = profiles.get_profile(name);
    let cure = match &settings.log_in {
        Some(command) => command.clone(),
        None => {
            format!("aws sts get-caller-identity --profile {name} checks the profile")
        }
    };
    CredentialSource {
        name: format!("profile `{name}`"),
        absent: Some(section.map_or_else(
            || "no such profile".to_owned(),
            |section| nothing_found(section, profiles),
        )),
        budget: if settings.credential_process || mfa.is_some() {
            PERSON
        } else {
            FAR
        },
        cure,
        provider: Some(match (unusable_keys(name, profiles), mfa) {
            (Some(error), _) => Box::new(Unusable(error)),
            (None, Some(mfa)) => Box::new(mfa),
            (None, None) => of_profile(name, providers),
        }),
    }
}

/// Checks the keys that a profile rests on: its own, or those with which its roles are assumed.
fn unusable_keys(profile: &str, profiles: &ProfileSet) -> Option<SetupError> {
    let base = base_profile(profile, profiles);
    let sections = [profile, &base].map(|name| profiles.get_profile(name));
    sections.into_iter().flatten().find_map(|section| {
        let signs_with_variables = section.get("credential_source") == Some("Environment");
        check_profile(section).err().or_else(|| {
            signs_with_variables
                .then(|| check_variables(process_environment))?
                .err()
        })
    })
}

fn of_profile(name: &str, providers: &ProviderConfig) -> Box<dyn ProvideCredentials> {
    Box::new(
        ProfileFileCredentialsProvider::builder()
            .configure(providers)
            .profile_name(name)
            .build(),
    )
}

/// Returns the credentials of a source profile: its keys come before its role, as in the AWS CLI.
pub(super) fn source_profile(
    name: &str,
    profiles: &ProfileSet,
    providers: &ProviderConfig,
) -> Box<dyn ProvideCredentials> {
    let section = profiles.get_profile(name).filter(|section| has_keys(section));
    let keys = section.and_then(|section| {
        let token = section.get("aws_session_token").map(str::to_owned);
        let (id, secret) = (
            section.get("aws_access_key_id")?,
            section.get("aws_secret_access_key")?,
        );
        Some(Credentials::new(id, secret, token, None, "profile"))
    });
    match keys {
        Some(keys) => Box::new(keys),
        None => of_profile(name, providers),
    }
}

pub(super) async fn assume(
    role: &str,
    config: &SdkConfig,
    own: &CachedCredentials,
    clock: &Clock,
) -> CachedCredentials {
    let provider = AssumeRoleProvider::builder(role)
        .session_name("ecsctl")
        .configure(config)
        .build_from_provider(own.clone())
        .await;
    let chain = ProviderChain {
        sources: vec![CredentialSource {
            name: format!("role {role}"),
            absent: None,
            budget: FAR,
            cure: format!(
                "allow sts:AssumeRole on {role} to the caller, and the caller in the role's trust policy"
            ),
            provider: Some(Box::new(provider)),
        }],
        profile: role.to_owned(),
        log_in: None,
    };
    CachedCredentials::new(chain, clock.clone())
}
