//! The registry behind ECR: the parts of the OCI distribution API that Docker and ecsctl use.

use std::collections::HashMap;

use base64::Engine;
use indexmap::IndexMap;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::base::Base;
use crate::support::http::{Reply, Request};

/// The password that GetAuthorizationToken hands out.
pub const PASSWORD: &str = "scripted-token";

/// Every repository, and uploads in progress.
#[derive(Default)]
pub struct Repositories {
    pub all: IndexMap<String, Repository>,
    uploads: HashMap<String, Vec<u8>>,
    /// Number of blob bytes received.
    pub received: usize,
}

/// One repository.
#[derive(Default)]
pub struct Repository {
    /// CreateRepository's members.
    pub settings: Value,
    /// Manifests (media type and bytes), by digest.
    pub manifests: IndexMap<String, (String, Vec<u8>)>,
    /// Digests, by tag.
    pub tags: IndexMap<String, String>,
    pub blobs: HashMap<String, Vec<u8>>,
}

impl Repository {
    /// Returns the digest that a tag or a digest refers to.
    pub fn digest_of(&self, reference: &str) -> Option<String> {
        match self.tags.get(reference) {
            Some(digest) => Some(digest.clone()),
            None => self
                .manifests
                .contains_key(reference)
                .then(|| reference.to_owned()),
        }
    }
}

/// Returns the `sha256:…` digest of bytes.
pub fn digest(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

fn error(status: u16, code: &str, message: impl Into<String>) -> Reply {
    let body = json!({"errors": [{"code": code, "message": message.into()}]});
    Reply::status(status).body("application/json", body.to_string())
}

/// Whether a repository's settings make a tag immutable.
fn is_immutable(settings: &Value, tag: &str) -> bool {
    let filters = settings["imageTagMutabilityExclusionFilters"].as_array();
    let is_excepted = filters.into_iter().flatten().any(|filter| {
        let filter = filter["filter"].as_str().unwrap_or_default();
        // Scenarios only use one `*` at the end.
        match filter.strip_suffix('*') {
            Some(start) => tag.starts_with(start),
            None => tag == filter,
        }
    });
    match settings["imageTagMutability"].as_str() {
        Some("IMMUTABLE") => true,
        Some("IMMUTABLE_WITH_EXCLUSION") => !is_excepted,
        Some("MUTABLE_WITH_EXCLUSION") => is_excepted,
        _ => false,
    }
}

/// Whether the request carries the login from ECR's token.
fn is_logged_in(request: &Request) -> bool {
    let expected = base64::engine::general_purpose::STANDARD.encode(format!("AWS:{PASSWORD}"));
    request
        .header("authorization")
        .and_then(|value| value.strip_prefix("Basic "))
        .is_some_and(|given| given == expected)
}

impl Repositories {
    /// Creates a repository.
    pub fn create(&mut self, name: &str, settings: &Value) {
        self.all.insert(
            name.to_owned(),
            Repository {
                settings: settings.clone(),
                ..Repository::default()
            },
        );
    }

    /// Answers a request under `/v2/`.
    pub fn serve(&mut self, request: &Request, base: &Base) -> Reply {
        if !is_logged_in(request) {
            let host = format!("https://{}.dkr.ecr.{}.amazonaws.com/", base.account, base.region);
            return error(401, "UNAUTHORIZED", "Not Authorized").with(
                "www-authenticate",
                format!("Basic realm=\"{host}\",service=\"ecr.amazonaws.com\""),
            );
        }
        let path = request
            .path()
            .trim_start_matches("/v2")
            .trim_matches('/')
            .to_owned();
        if path.is_empty() {
            return Reply::status(200).with("docker-distribution-api-version", "registry/2.0");
        }
        let parts = path
            .split_once("/manifests/")
            .map(|(name, rest)| (name, "manifest", rest))
            .or_else(|| {
                path.split_once("/blobs/uploads")
                    .map(|(name, rest)| (name, "upload", rest.trim_start_matches('/')))
            })
            .or_else(|| {
                path.split_once("/blobs/")
                    .map(|(name, rest)| (name, "blob", rest))
            });
        let Some((name, kind, reference)) = parts else {
            return error(404, "UNSUPPORTED", path.as_str());
        };
        if !self.all.contains_key(name) {
            let account = &base.account;
            return error(
                404,
                "NAME_UNKNOWN",
                format!(
                    "The repository with name '{name}' does not exist in the registry with id '{account}'"
                ),
            );
        }
        match kind {
            "manifest" if request.method == "PUT" => self.put_manifest(name, reference, request),
            "manifest" => self.get_manifest(name, reference),
            "upload" => self.upload(name, reference, request, base),
            _ => self.get_blob(name, reference),
        }
    }

    fn get_manifest(&self, name: &str, reference: &str) -> Reply {
        let repository = &self.all[name];
        let found = repository
            .digest_of(reference)
            .and_then(|digest| Some((repository.manifests.get(&digest)?, digest)));
        match found {
            Some(((media_type, bytes), digest)) => Reply::status(200)
                .body(media_type, bytes.clone())
                .with("docker-content-digest", digest),
            None => error(404, "MANIFEST_UNKNOWN", "Requested image not found"),
        }
    }

    fn put_manifest(&mut self, name: &str, reference: &str, request: &Request) -> Reply {
        let digest = digest(&request.body);
        let Some(repository) = self.all.get_mut(name) else {
            return error(404, "NAME_UNKNOWN", name);
        };
        if let Some(unknown) = unknown_blob(repository, &request.body) {
            return error(
                400,
                "MANIFEST_BLOB_UNKNOWN",
                format!("blob unknown to registry: {unknown}"),
            );
        }
        if reference.starts_with("sha256:") {
            if reference != digest {
                return error(
                    400,
                    "DIGEST_INVALID",
                    "provided digest did not match uploaded content",
                );
            }
        } else {
            let is_immutable = is_immutable(&repository.settings, reference);
            let names_another = repository.tags.get(reference).is_some_and(|old| *old != digest);
            if is_immutable && names_another {
                return error(
                    400,
                    "TAG_INVALID",
                    format!(
                        "The image tag '{reference}' already exists in the '{name}' repository and cannot be \
                         overwritten because the repository is immutable."
                    ),
                );
            }
            repository.tags.insert(reference.to_owned(), digest.clone());
        }
        let media_type = request
            .header("content-type")
            .unwrap_or("application/vnd.docker.distribution.manifest.v2+json");
        repository
            .manifests
            .insert(digest.clone(), (media_type.to_owned(), request.body.clone()));
        Reply::status(201)
            .with("location", format!("/v2/{name}/manifests/{digest}"))
            .with("docker-content-digest", digest)
    }

    fn get_blob(&self, name: &str, digest: &str) -> Reply {
        match self.all[name].blobs.get(digest) {
            Some(bytes) => Reply::status(200)
                .body("application/octet-stream", bytes.clone())
                .with("docker-content-digest", digest),
            None => error(404, "BLOB_UNKNOWN", "blob unknown to registry"),
        }
    }

    fn upload(&mut self, name: &str, id: &str, request: &Request, base: &Base) -> Reply {
        match request.method.as_str() {
            "POST" => self.start_upload(name, request, base),
            "PATCH" => self.take_upload(name, id, request, base),
            "PUT" => self.finish_upload(name, id, request),
            _ => error(405, "UNSUPPORTED", "The operation is unsupported."),
        }
    }

    fn start_upload(&mut self, name: &str, request: &Request, base: &Base) -> Reply {
        if let (Some(digest), Some(from)) = (request.query("mount"), request.query("from")) {
            let blob = self
                .all
                .get(&from)
                .and_then(|other| other.blobs.get(&digest))
                .cloned();
            if let (Some(blob), Some(repository)) = (blob, self.all.get_mut(name)) {
                repository.blobs.insert(digest.clone(), blob);
                return Reply::status(201)
                    .with("location", format!("/v2/{name}/blobs/{digest}"))
                    .with("docker-content-digest", digest);
            }
        }
        let id = format!("upload-{}", self.uploads.len() + 1);
        self.uploads.insert(id.clone(), Vec::new());
        located(202, name, &id, 0, base)
    }

    fn take_upload(&mut self, name: &str, id: &str, request: &Request, base: &Base) -> Reply {
        let Some(upload) = self.uploads.get_mut(id) else {
            return error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
        };
        upload.extend_from_slice(&request.body);
        let length = upload.len();
        located(202, name, id, length, base)
    }

    fn finish_upload(&mut self, name: &str, id: &str, request: &Request) -> Reply {
        let Some(upload) = self.uploads.get_mut(id) else {
            return error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
        };
        let mut bytes = std::mem::take(upload);
        bytes.extend_from_slice(&request.body);
        let digest = digest(&bytes);
        if request.query("digest").as_deref() != Some(digest.as_str()) {
            return error(
                400,
                "DIGEST_INVALID",
                "provided digest did not match uploaded content",
            );
        }
        self.received += bytes.len();
        if let Some(repository) = self.all.get_mut(name) {
            repository.blobs.insert(digest.clone(), bytes);
        }
        Reply::status(201)
            .with("location", format!("/v2/{name}/blobs/{digest}"))
            .with("docker-content-digest", digest)
    }
}

fn located(status: u16, name: &str, id: &str, length: usize, base: &Base) -> Reply {
    Reply::status(status)
        .with(
            "location",
            format!("http://127.0.0.1:{}/v2/{name}/blobs/uploads/{id}", base.port),
        )
        .with("docker-upload-uuid", id)
        .with("range", format!("0-{}", length.saturating_sub(1)))
}

/// Returns the first blob or manifest that a manifest refers to and the repository lacks.
fn unknown_blob(repository: &Repository, manifest: &[u8]) -> Option<String> {
    let manifest: Value = serde_json::from_slice(manifest).ok()?;
    let list = |member: &str| manifest[member].as_array().cloned().unwrap_or_default();
    let digest = |part: &Value| part["digest"].as_str().map(str::to_owned);
    let blobs = std::iter::once(manifest["config"].clone())
        .chain(list("layers"))
        .filter_map(|part| digest(&part))
        .find(|digest| !repository.blobs.contains_key(digest));
    let manifests = list("manifests")
        .iter()
        .filter_map(digest)
        .find(|digest| !repository.manifests.contains_key(digest));
    blobs.or(manifests)
}
