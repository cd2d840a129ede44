//! Secrets and parameters of containers, without their values.

use futures_util::future::{join, join_all};
use indexmap::IndexMap;

use super::reader::{PreflightReader, distinct};
use crate::aws::PARAMETERS_A_CALL;
use crate::model::SecretReference;
use crate::plan::EffectiveService;
use crate::plan::preflight::{SecretState, values_from};

/// Reads which of them exist, in one round trip.
pub(super) async fn read(
    reader: &PreflightReader<'_>,
    services: &[EffectiveService],
) -> IndexMap<String, SecretState> {
    let (mut secrets, mut parameters) = (Vec::new(), IndexMap::<Option<String>, Vec<String>>::new());
    for value_from in distinct(services.iter().flat_map(values_from)) {
        match SecretReference::parse(value_from) {
            Some(SecretReference::Secret { arn, region, .. }) => {
                secrets.push((value_from.to_owned(), arn, region));
            }
            Some(SecretReference::Parameter { name, region }) => {
                parameters.entry(region).or_default().push(name);
            }
            None => {}
        }
    }
    let secrets = join_all(secrets.into_iter().map(async |(value_from, arn, region)| {
        let aws = reader.in_region(Some(&region));
        let found = reader.known("secrets", aws.describe_secret(&arn).await)?;
        let state = match found {
            None => SecretState::Missing,
            Some(secret) if secret.is_deleted => SecretState::Deleted,
            Some(_) => SecretState::Exists,
        };
        Some((value_from, state))
    }));
    let calls = parameters.iter().flat_map(|(region, names)| {
        let chunks = names.chunks(PARAMETERS_A_CALL);
        chunks.map(move |names| (region.as_deref(), names))
    });
    let parameters = join_all(calls.map(async |(region, names)| {
        let aws = reader.in_region(region);
        let Some(found) = reader.known("parameters", aws.get_parameters(names, false).await) else {
            return Vec::new();
        };
        let state = |name: &String| match found.contains_key(name) {
            true => SecretState::Exists,
            false => SecretState::Missing,
        };
        names.iter().map(|name| (name.clone(), state(name))).collect()
    }));
    let (secrets, parameters) = join(secrets, parameters).await;
    let parameters = parameters.into_iter().flatten();
    secrets.into_iter().flatten().chain(parameters).collect()
}
