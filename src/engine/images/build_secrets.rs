//! Reads the build secrets that are stored in AWS: each once, all of them side by side, and only for a build.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::{StreamExt, TryStreamExt, stream};
use secrecy::{ExposeSecret, SecretSlice};

use crate::aws::{Aws, AwsError, PARAMETERS_A_CALL};
use crate::diagnostic::Failure;
use crate::docker::{StoredSecrets, no_build_secret};
use crate::engine::load::region_of;
use crate::engine::polling::ReadRetry;
use crate::exit::Exit;
use crate::model::{BuildSecret, Image, ImageSource, Value, split_secret};

/// How many calls are in progress at a time.
const AT_ONCE: usize = 10;

/// Hides texts in every output.
pub type HideSecrets = fn(Vec<String>);

/// A secret in a version.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct SecretVersion {
    secret: String,
    stage: Option<String>,
    version: Option<String>,
}

/// One call, and the build secrets whose values it returns.
enum StoredRead {
    /// In one region; None is the session's.
    Parameters(Option<String>, Vec<String>),
    Secret(SecretVersion, Vec<BuildSecret>),
}

/// The values of one call, or why there is none.
type ReadValues = Vec<(BuildSecret, Result<SecretSlice<u8>, String>)>;

/// Reads the stored secrets of the builds, and hides their values.
pub(super) async fn read(
    aws: Option<&Aws>,
    images: &[&Image],
    hide: HideSecrets,
) -> Result<StoredSecrets, Failure> {
    let needed = |image: &&Image| match &image.source {
        ImageSource::Build(build) => build.secrets.clone(),
        ImageSource::Given(_) => indexmap::IndexMap::new(),
    };
    let all = images.iter().flat_map(|image| needed(image).into_values());
    let needed_secrets: BTreeSet<BuildSecret> = all.filter(BuildSecret::is_stored).collect();
    if needed_secrets.is_empty() {
        return Ok(StoredSecrets::new());
    }
    let Some(aws) = aws else {
        let message = "build secrets that are stored in AWS need a session";
        return Err(Failure::new(Exit::Preflight, "no-session", message));
    };
    let values: Vec<ReadValues> = stream::iter(reads(&needed_secrets))
        .map(|read| run(aws, read))
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await?;
    let (mut stored, mut missing) = (StoredSecrets::new(), BTreeMap::new());
    for (secret, value) in values.into_iter().flatten() {
        match value {
            Ok(value) => {
                let text = String::from_utf8(value.expose_secret().to_vec());
                hide(text.into_iter().collect());
                stored.insert(secret, value);
            }
            Err(why) => {
                missing.insert(secret, why);
            }
        }
    }
    for image in images {
        for (id, secret) in needed(image) {
            if let Some(why) = missing.get(&secret) {
                return Err(no_build_secret(&image.name, &id, why).into());
            }
        }
    }
    Ok(stored)
}

/// Groups secrets into as few calls as possible.
fn reads(needed: &BTreeSet<BuildSecret>) -> Vec<StoredRead> {
    let mut parameters: BTreeMap<Option<String>, Vec<String>> = BTreeMap::new();
    let mut secrets: BTreeMap<SecretVersion, Vec<BuildSecret>> = BTreeMap::new();
    for secret in needed {
        match secret {
            BuildSecret::Parameter(name) => {
                parameters.entry(region_of(name)).or_default().push(name.clone());
            }
            BuildSecret::Secret(name) => {
                let (name, parts) = split_secret(name).unwrap_or((name, Vec::new()));
                let part = |nth: usize| parts.get(nth).filter(|part| !part.is_empty());
                let version = SecretVersion {
                    secret: name.to_owned(),
                    stage: part(1).map(ToString::to_string),
                    version: part(2).map(ToString::to_string),
                };
                secrets.entry(version).or_default().push(secret.clone());
            }
            BuildSecret::Env(_) | BuildSecret::File(_) => {}
        }
    }
    let mut reads = Vec::new();
    for (region, names) in parameters {
        let calls = names.chunks(PARAMETERS_A_CALL);
        reads.extend(calls.map(|names| StoredRead::Parameters(region.clone(), names.to_vec())));
    }
    reads.extend(
        secrets
            .into_iter()
            .map(|(version, of)| StoredRead::Secret(version, of)),
    );
    reads
}

async fn run(aws: &Aws, read: StoredRead) -> Result<ReadValues, AwsError> {
    let retry = ReadRetry::silent(aws.clock());
    match read {
        StoredRead::Parameters(region, names) => {
            let aws = in_region(aws, region);
            let mut found = retry.read(|| Box::pin(aws.get_parameters(&names, true))).await?;
            let value = |name: String| {
                let value = found.remove(&name).map(|parameter| parameter.value.into_bytes());
                let missing = || format!("the parameter `{name}` doesn't exist in {}", aws.region());
                let value = value.map(SecretSlice::from).ok_or_else(missing);
                (BuildSecret::Parameter(name), value)
            };
            Ok(names.clone().into_iter().map(value).collect())
        }
        StoredRead::Secret(version, secrets) => {
            let SecretVersion {
                secret,
                stage,
                version,
            } = version;
            let aws = in_region(aws, region_of(&secret));
            let call = || aws.get_secret_value(&secret, stage.as_deref(), version.as_deref());
            let found = retry.read(|| Box::pin(call())).await?;
            let value = |of: BuildSecret| {
                let missing = || format!("the secret `{secret}` has no such value in {}", aws.region());
                let value = found.as_ref().ok_or_else(missing);
                let value = value.and_then(|value| member(value, &of));
                (of, value)
            };
            Ok(secrets.into_iter().map(value).collect())
        }
    }
}

fn in_region(aws: &Aws, region: Option<String>) -> Aws {
    region.map_or_else(|| aws.clone(), |region| aws.in_region(&region))
}

/// Returns the value of a secret, or of its JSON key. The reason shows nothing of the value.
fn member(value: &SecretSlice<u8>, secret: &BuildSecret) -> Result<SecretSlice<u8>, String> {
    let name = match secret {
        BuildSecret::Secret(name) => name.as_str(),
        _ => "",
    };
    let (name, parts) = split_secret(name).unwrap_or((name, Vec::new()));
    let Some(key) = parts.first().filter(|key| !key.is_empty()) else {
        return Ok(value.clone());
    };
    let json: Value = serde_json::from_slice(value.expose_secret())
        .map_err(|_| format!("the secret `{name}` is not JSON, and has no key `{key}`"))?;
    match json.get(key) {
        Some(Value::String(text)) => Ok(SecretSlice::from(text.clone().into_bytes())),
        Some(other) if !other.is_null() => Ok(SecretSlice::from(other.to_string().into_bytes())),
        _ => Err(format!("the secret `{name}` has no key `{key}`")),
    }
}
