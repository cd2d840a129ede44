//! Repositories, and which of their images the services run.

use futures_util::future::{join_all, try_join_all};
use indexmap::IndexMap;

use super::ObserveRequest;
use super::error::no_account;
use crate::aws::{Aws, AwsError};
use crate::diagnostic::Failure;
use crate::model::{AccountId, Digest, Image, ImageSource, RegistryHost, Repository, Value};
use crate::plan::{ObservedImage, ObservedService};

/// ECR's response about a repository.
pub(super) enum RepositoryLookup {
    /// It exists, with the URI that ECR returned.
    There(Option<String>),
    /// It doesn't exist.
    Missing,
}

/// The account facts that a repository's URI is built from.
#[derive(Clone, Copy)]
pub(super) struct RegistryAccount<'a> {
    pub known: Option<&'a AccountId>,
    /// Why the account isn't known.
    pub unknown: Option<&'a AwsError>,
    pub region: &'a str,
}

/// Whether a repository's URI can't be determined without the account.
pub(super) fn need_account(request: &ObserveRequest<'_>) -> bool {
    request.registry.is_none() && selected(request).any(|image| image.repository.host.is_none())
}

/// Returns the requested images that have a repository of ours.
fn selected<'a>(request: &ObserveRequest<'a>) -> impl Iterator<Item = &'a Image> {
    let images = &request.manifest.images;
    request
        .images
        .iter()
        .filter_map(|key| images.get(key))
        .filter(|image| matches!(image.source, ImageSource::Build(_)))
}

/// First round trip: describes each repository separately, because one missing repository fails the whole
/// call.
pub(super) async fn repositories(
    aws: &Aws,
    request: ObserveRequest<'_>,
) -> Result<Vec<RepositoryLookup>, AwsError> {
    try_join_all(selected(&request).map(async |image| {
        let Some((session, account)) = place(aws, &image.repository) else {
            // Not ECR: the registry itself decides.
            return Ok(RepositoryLookup::There(None));
        };
        let name = &image.repository.name;
        let described = request
            .retry
            .read(|| Box::pin(session.describe_repository(name, account.as_deref())))
            .await;
        match described {
            Ok(None) => Ok(RepositoryLookup::Missing),
            Ok(Some(repository)) => Ok(RepositoryLookup::There(
                repository
                    .get("repositoryUri")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            )),
            Err(error) if error.is_access_denied() => {
                request.sink.warn_of(error, "assuming that it exists");
                Ok(RepositoryLookup::There(None))
            }
            Err(error) => Err(error),
        }
    }))
    .await
}

/// Returns the session and the account for a repository's ECR. None if its host isn't ECR.
pub(in crate::engine) fn place(aws: &Aws, repository: &Repository) -> Option<(Aws, Option<String>)> {
    match repository.host.as_deref() {
        None => Some((aws.clone(), None)),
        Some(host) => {
            let host = RegistryHost::parse(host)?;
            Some((
                aws.in_region(&host.region),
                Some(host.account.as_str().to_owned()),
            ))
        }
    }
}

/// Third round trip: resolves the digests that the services run.
pub(super) async fn deployed(
    request: ObserveRequest<'_>,
    account: RegistryAccount<'_>,
    repositories: Vec<RepositoryLookup>,
    services: &IndexMap<String, ObservedService>,
) -> Result<IndexMap<String, ObservedImage>, Failure> {
    let observed = try_join_all(selected(&request).zip(repositories).map(async |(image, found)| {
        let uri = uri(request, image, &found, account)?;
        let exists = matches!(found, RepositoryLookup::There(_));
        let digests = if exists {
            used_digests(services, &uri)
        } else {
            Vec::new()
        };
        let configs = join_all(
            digests
                .iter()
                .map(|digest| request.reader.config_digest(&image.name, &uri, digest)),
        )
        .await;
        let deployed = digests
            .iter()
            .cloned()
            .zip(configs)
            .filter_map(|(digest, config)| Some((digest, config?)))
            .collect();
        let observed = ObservedImage {
            repository_uri: uri,
            repository_exists: exists,
            deployed,
        };
        Ok::<_, Failure>((image.name.clone(), observed))
    }))
    .await?;
    Ok(observed.into_iter().collect())
}

/// Returns where to push and pull: `--registry`, the file's host, ECR's response, or the URI that ECR would
/// return.
fn uri(
    request: ObserveRequest<'_>,
    image: &Image,
    found: &RepositoryLookup,
    account: RegistryAccount<'_>,
) -> Result<String, Failure> {
    let name = &image.repository.name;
    if let Some(host) = request.registry.or(image.repository.host.as_deref()) {
        return Ok(format!("{host}/{name}"));
    }
    if let RepositoryLookup::There(Some(uri)) = found {
        return Ok(uri.clone());
    }
    let Some(id) = account.known else {
        return Err(no_account(name, account.region, account.unknown));
    };
    let host = RegistryHost {
        account: id.clone(),
        region: account.region.to_owned(),
    };
    Ok(format!("{}/{name}", host.host()))
}

/// Returns the distinct digests of a repository that the services' task definitions use.
fn used_digests(services: &IndexMap<String, ObservedService>, uri: &str) -> Vec<Digest> {
    let mut digests = Vec::new();
    let definitions = services.values().flat_map(|service| {
        [
            &service.running_definition,
            &service.latest_definition,
            &service.base_definition,
        ]
    });
    for definition in definitions.flatten() {
        for digest in definition.images().filter_map(|image| digest_in(image, uri)) {
            if !digests.contains(&digest) {
                digests.push(digest);
            }
        }
    }
    digests
}

/// Returns the digest of `uri[:tag]@sha256:…`.
fn digest_in(image: &str, uri: &str) -> Option<Digest> {
    let rest = image.strip_prefix(uri)?;
    let (tag, digest) = rest.split_once('@')?;
    (tag.is_empty() || tag.starts_with(':')).then(|| digest.parse().ok())?
}
