//! ECR's own API, on top of its registry.

use base64::Engine;
use serde_json::{Value, json};

use super::World;
use super::base::now;
use super::registry::{PASSWORD, Repository};
use crate::support::protocol::{Answer, Call, Refusal};

impl World {
    pub(super) fn ecr(&mut self, call: &Call) -> Option<Answer> {
        Some(match call.operation.as_str() {
            "GetAuthorizationToken" => Ok(self.authorization_token(call)),
            "DescribeRepositories" => self.describe_repositories(call),
            "CreateRepository" => self.create_repository(call),
            "BatchGetImage" => self.batch_get_image(call),
            "DescribeImages" => self.describe_images(call),
            "GetLifecyclePolicy" => self.repository(call).and_then(|_| {
                Err(Refusal::new(
                    "LifecyclePolicyNotFoundException",
                    format!(
                        "Lifecycle policy does not exist for the repository with name '{}' in the registry with \
                         id '{}'",
                        call.text("repositoryName").unwrap_or_default(),
                        self.base.account
                    ),
                ))
            }),
            _ => return None,
        })
    }

    fn host(&self, account: &str) -> String {
        format!("{account}.dkr.ecr.{}.amazonaws.com", self.base.region)
    }

    fn authorization_token(&self, call: &Call) -> Value {
        let mut accounts = call.texts("registryIds");
        if accounts.is_empty() {
            accounts.push(self.base.account.clone());
        }
        let token = base64::engine::general_purpose::STANDARD.encode(format!("AWS:{PASSWORD}"));
        let expires = now().as_f64().unwrap_or_default() + 12.0 * 3600.0;
        let data = accounts.iter().map(|account| {
            json!({
                "authorizationToken": token,
                "expiresAt": expires,
                "proxyEndpoint": format!("https://{}", self.host(account)),
            })
        });
        json!({"authorizationData": data.collect::<Value>()})
    }

    fn unknown_repository(&self, name: &str) -> Refusal {
        Refusal::new(
            "RepositoryNotFoundException",
            format!(
                "The repository with name '{name}' does not exist in the registry with id '{}'",
                self.base.account
            ),
        )
    }

    fn repository(&self, call: &Call) -> Result<&Repository, Refusal> {
        let name = call.text("repositoryName").unwrap_or_default();
        self.repositories
            .all
            .get(name)
            .ok_or_else(|| self.unknown_repository(name))
    }

    fn repository_value(&self, name: &str, repository: &Repository) -> Value {
        let settings = &repository.settings;
        let or = |member: &str, default: Value| match settings.get(member) {
            Some(value) => value.clone(),
            None => default,
        };
        let mut value = json!({
            "repositoryArn": self.base.arn_of("ecr", &format!("repository/{name}")),
            "registryId": self.base.account,
            "repositoryName": name,
            "repositoryUri": format!("{}/{name}", self.host(&self.base.account)),
            "createdAt": now(),
            "imageTagMutability": or("imageTagMutability", json!("MUTABLE")),
            "imageScanningConfiguration": or("imageScanningConfiguration", json!({"scanOnPush": false})),
            "encryptionConfiguration": or("encryptionConfiguration", json!({"encryptionType": "AES256"})),
        });
        if let Some(filters) = settings.get("imageTagMutabilityExclusionFilters") {
            value["imageTagMutabilityExclusionFilters"] = filters.clone();
        }
        value
    }

    fn describe_repositories(&self, call: &Call) -> Answer {
        let wanted = call.texts("repositoryNames");
        let mut found = Vec::new();
        for name in &wanted {
            match self.repositories.all.get(name) {
                Some(repository) => found.push(self.repository_value(name, repository)),
                None => return Err(self.unknown_repository(name)),
            }
        }
        if wanted.is_empty() {
            let all = self.repositories.all.iter();
            found.extend(all.map(|(name, repository)| self.repository_value(name, repository)));
        }
        Ok(json!({"repositories": found}))
    }

    fn create_repository(&mut self, call: &Call) -> Answer {
        let name = call.text("repositoryName").unwrap_or_default().to_owned();
        if self.repositories.all.contains_key(&name) {
            return Err(Refusal::new(
                "RepositoryAlreadyExistsException",
                format!(
                    "The repository with name '{name}' already exists in the registry with id '{}'",
                    self.base.account
                ),
            ));
        }
        self.repositories.create(&name, &call.input);
        let made = self.repository_value(&name, &self.repositories.all[&name]);
        Ok(json!({"repository": made}))
    }

    fn batch_get_image(&self, call: &Call) -> Answer {
        let repository = self.repository(call)?;
        let (mut images, mut failures) = (Vec::new(), Vec::new());
        for id in call.input["imageIds"].as_array().into_iter().flatten() {
            let reference = id["imageDigest"].as_str().or(id["imageTag"].as_str());
            let digest = reference.and_then(|reference| repository.digest_of(reference));
            match digest.and_then(|digest| Some((repository.manifests.get(&digest)?, digest))) {
                Some(((media_type, bytes), digest)) => {
                    let mut id = id.clone();
                    id["imageDigest"] = digest.into();
                    images.push(json!({
                        "registryId": self.base.account,
                        "repositoryName": call.text("repositoryName"),
                        "imageId": id,
                        "imageManifest": String::from_utf8_lossy(bytes),
                        "imageManifestMediaType": media_type,
                    }));
                }
                None => failures.push(json!({
                    "imageId": id,
                    "failureCode": "ImageNotFound",
                    "failureReason": "Requested image not found",
                })),
            }
        }
        Ok(json!({"images": images, "failures": failures}))
    }

    fn describe_images(&self, call: &Call) -> Answer {
        let repository = self.repository(call)?;
        let ids = call.input["imageIds"].as_array().cloned().unwrap_or_default();
        let mut digests: Vec<String> = Vec::new();
        for id in &ids {
            let reference = id["imageDigest"].as_str().or(id["imageTag"].as_str());
            match reference.and_then(|reference| repository.digest_of(reference)) {
                Some(digest) => digests.push(digest),
                None => {
                    let name = call.text("repositoryName").unwrap_or_default();
                    return Err(Refusal::new(
                        "ImageNotFoundException",
                        format!(
                            "The image with imageId {{imageDigest:'{}', imageTag:'{}'}} does not exist within the \
                             repository with name '{name}' in the registry with id '{}'",
                            id["imageDigest"].as_str().unwrap_or("null"),
                            id["imageTag"].as_str().unwrap_or("null"),
                            self.base.account
                        ),
                    ));
                }
            }
        }
        if ids.is_empty() {
            digests.extend(repository.manifests.keys().cloned());
        }
        let details: Value = digests
            .iter()
            .map(|digest| self.image_detail(call, repository, digest))
            .collect();
        Ok(json!({"imageDetails": details}))
    }

    fn image_detail(&self, call: &Call, repository: &Repository, digest: &str) -> Value {
        let tags: Vec<&String> = repository
            .tags
            .iter()
            .filter(|(_, named)| *named == digest)
            .map(|(tag, _)| tag)
            .collect();
        let (media_type, bytes) = &repository.manifests[digest];
        let mut detail = json!({
            "registryId": self.base.account,
            "repositoryName": call.text("repositoryName"),
            "imageDigest": digest,
            "imageSizeInBytes": bytes.len(),
            "imagePushedAt": now(),
            "imageManifestMediaType": media_type,
        });
        if !tags.is_empty() {
            detail["imageTags"] = json!(tags);
        }
        detail
    }
}
