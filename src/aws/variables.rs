//! Variables that the SDK reads itself: those that are not text, which it ignores, and empty endpoints, at
//! which it panics.

use std::ffi::OsString;
use std::path::PathBuf;

use aws_config::SdkConfig;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};

use super::http::PROXY_VARIABLES;
use super::settings::process_environment;
use super::setup_error::SetupError;
use crate::files;

/// Names the first of AWS's variables and the proxies' that is not valid UTF-8.
pub(super) fn check_encoding(
    variables: impl Iterator<Item = (OsString, OsString)>,
) -> Result<(), SetupError> {
    let is_read = |name: &str| {
        name.starts_with("AWS_") || PROXY_VARIABLES.contains(&name) || matches!(name, "NO_PROXY" | "no_proxy")
    };
    let mut odd: Vec<String> = variables
        .filter(|(_, value)| value.to_str().is_none())
        .filter_map(|(name, _)| name.into_string().ok())
        .filter(|name| is_read(name))
        .collect();
    odd.sort();
    match odd.into_iter().next() {
        Some(name) => Err(SetupError::NotUnicode { name }),
        None => Ok(()),
    }
}

/// Names a configuration file that is not valid UTF-8, which the SDK ignores as a whole.
pub(super) fn check_files() -> Result<(), SetupError> {
    let home = std::env::home_dir().unwrap_or_default();
    for (variable, default) in [
        ("AWS_CONFIG_FILE", ".aws/config"),
        ("AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials"),
    ] {
        let path = process_environment(variable).map_or_else(|| home.join(default), PathBuf::from);
        if let Ok(text) = files::read(&path, files::MAX_CONFIG)
            && std::str::from_utf8(&text).is_err()
        {
            let said = format!("{} is not valid UTF-8", path.display());
            return Err(SetupError::ProfileFiles { said });
        }
    }
    Ok(())
}

/// The endpoints of variables and profiles as the SDK reads them, but empty ones count as unset.
#[derive(Debug)]
pub(super) struct EndpointSettings {
    config: SdkConfig,
    /// The profile's `endpoint_url`.
    of_profile: Option<String>,
}

impl EndpointSettings {
    /// Replaces the SDK's own settings.
    pub fn replace(config: SdkConfig, of_profile: Option<&str>) -> SdkConfig {
        let of_profile = of_profile.map(str::to_owned);
        let mut builder = config.to_builder();
        let settings = Self { config, of_profile };
        // Under the name of no service, this is the endpoint for all of them; absent if endpoints are ignored.
        let for_all = settings.load("ecsctl", "endpoint_url", "AWS_ENDPOINT_URL");
        if for_all.is_some_and(|url| is_blank(&url)) {
            builder.set_endpoint_url(settings.of_profile.clone());
        }
        builder.service_config(settings).build()
    }

    fn load(&self, service: &str, profile: &str, env: &str) -> Option<String> {
        let key = ServiceConfigKey::builder()
            .service_id(service)
            .profile(profile)
            .env(env)
            .build();
        self.config.service_config()?.load_config(key.ok()?)
    }
}

impl LoadServiceConfig for EndpointSettings {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let found = self.load(key.service_id(), key.profile(), key.env())?;
        if !is_blank(&found) {
            return Some(found);
        }
        // The profile's endpoint for all services comes after that of AWS_ENDPOINT_URL.
        let is_own = |value: &String| !is_blank(value) && self.of_profile.as_ref() != Some(value);
        self.load(key.service_id(), key.profile(), "").filter(is_own)
    }
}

/// Whether a flag, a variable or a profile sets the endpoint of a service, which is named as the SDK names it.
pub(super) fn has_own_endpoint(config: &SdkConfig, service: &str) -> bool {
    let key = ServiceConfigKey::builder()
        .service_id(service)
        .profile("endpoint_url")
        .env("AWS_ENDPOINT_URL")
        .build();
    let of_service = key.ok().and_then(|key| config.service_config()?.load_config(key));
    config.endpoint_url().is_some() || of_service.is_some()
}

fn is_blank(value: &str) -> bool {
    value.trim().is_empty()
}
