//! Elastic Container Registry: logins, repositories, images.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::SecretString;
use serde_json::json;

use super::error::{AwsError, AwsErrorKind};
use super::reply::{list, member};
use super::session::Aws;
use super::wire::{AwsCall, json as send};
use crate::model::{Object, Value};

/// A login for all registries of a region that the caller may use. It is kept in memory only.
#[derive(Clone, Debug)]
pub struct RegistryLogin {
    /// The user name: `AWS`.
    pub user: String,
    /// The password, valid for 12 hours (ECR user guide, "Private registry authentication").
    pub password: SecretString,
}

fn call(operation: &'static str) -> AwsCall {
    AwsCall::new("ecr", operation)
}

fn nonsense(call: &AwsCall, what: &str) -> AwsError {
    AwsError::new(call, AwsErrorKind::Nonsense, Some(what.to_owned()))
}

/// Returns the members that identify a repository; `registryId` is included for another account's.
fn repository_members(repository: &str, account: Option<&str>) -> Object {
    let mut members = Object::new();
    if let Some(account) = account {
        members.insert("registryId".to_owned(), account.into());
    }
    members.insert("repositoryName".to_owned(), repository.into());
    members
}

impl Aws {
    /// Calls GetAuthorizationToken in this session's region. One token is valid for every registry in it that the
    /// caller may use, including other accounts'.
    pub async fn registry_login(&self) -> Result<RegistryLogin, AwsError> {
        let call = call("GetAuthorizationToken").body(&json!({}));
        let reply = send!(self, call.clone(), self.ecr().get_authorization_token())?;
        let data = list(reply, "authorizationData").into_iter().next();
        let text = |key: &str| data.as_ref()?.get(key)?.as_str();
        let token = text("authorizationToken")
            .and_then(|token| STANDARD.decode(token).ok())
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .ok_or_else(|| nonsense(&call, "the reply holds no token"))?;
        let (user, password) = token
            .split_once(':')
            .ok_or_else(|| nonsense(&call, "the token holds no password"))?;
        Ok(RegistryLogin {
            user: user.to_owned(),
            password: password.to_owned().into(),
        })
    }

    /// Calls DescribeRepositories for one repository. None when it doesn't exist. `account` is set for another
    /// account's.
    pub async fn describe_repository(
        &self,
        repository: &str,
        account: Option<&str>,
    ) -> Result<Option<Value>, AwsError> {
        let mut input = Object::new();
        if let Some(account) = account {
            input.insert("registryId".to_owned(), account.into());
        }
        input.insert("repositoryNames".to_owned(), json!([repository]));
        let call = call("DescribeRepositories")
            .on(repository)
            .body(&Value::Object(input));
        match send!(self, call, self.ecr().describe_repositories()) {
            Ok(reply) => Ok(list(reply, "repositories").into_iter().next()),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Calls BatchGetImage for one image and returns whether it exists. `id` is `imageDigest` or `imageTag`, and
    /// its value.
    pub async fn has_image(
        &self,
        repository: &str,
        account: Option<&str>,
        (kind, name): (&str, &str),
    ) -> Result<bool, AwsError> {
        let mut input = repository_members(repository, account);
        input.insert("imageIds".to_owned(), json!([{kind: name}]));
        let call = call("BatchGetImage")
            .on(format!("{repository} {name}"))
            .body(&Value::Object(input));
        match send!(self, call, self.ecr().batch_get_image()) {
            Ok(reply) => {
                let is_missing =
                    |failure: &Value| failure.get("failureCode") == Some(&json!("ImageNotFound"));
                Ok(!list(reply, "failures").iter().any(is_missing))
            }
            Err(error) if error.is_not_found() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Calls BatchGetImage for a tag and returns the digest and the manifest that it points to. None when it
    /// doesn't exist.
    pub async fn tagged_image(
        &self,
        repository: &str,
        account: &str,
        tag: &str,
    ) -> Result<Option<(String, String)>, AwsError> {
        let mut input = repository_members(repository, Some(account));
        input.insert("imageIds".to_owned(), json!([{"imageTag": tag}]));
        let call = call("BatchGetImage")
            .on(format!("{repository} {tag}"))
            .body(&Value::Object(input));
        let reply = match send!(self, call, self.ecr().batch_get_image()) {
            Ok(reply) => reply,
            Err(error) if error.is_not_found() => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok(list(reply, "images").first().and_then(|image| {
            let digest = image.get("imageId")?.get("imageDigest")?.as_str()?;
            let manifest = image.get("imageManifest").and_then(Value::as_str);
            Some((digest.to_owned(), manifest.unwrap_or_default().to_owned()))
        }))
    }

    /// Calls BatchGetImage for one image and returns its manifest. `id` is `imageDigest` or `imageTag`, and its value. None
    /// when it doesn't exist.
    pub async fn image_manifest(
        &self,
        repository: &str,
        account: &str,
        (kind, name): (&str, &str),
    ) -> Result<Option<String>, AwsError> {
        let mut input = repository_members(repository, Some(account));
        input.insert("imageIds".to_owned(), json!([{kind: name}]));
        let call = call("BatchGetImage")
            .on(format!("{repository} {name}"))
            .optional()
            .body(&Value::Object(input));
        let reply = match send!(self, call, self.ecr().batch_get_image()) {
            Ok(reply) => reply,
            Err(error) if error.is_not_found() => return Ok(None),
            Err(error) => return Err(error),
        };
        let image = list(reply, "images").into_iter().next();
        Ok(image.map(|image| {
            let manifest = image.get("imageManifest").and_then(Value::as_str);
            manifest.unwrap_or_default().to_owned()
        }))
    }

    /// Calls CreateRepository. An existing repository is returned unchanged.
    pub async fn create_repository(
        &self,
        repository: &str,
        account: Option<&str>,
    ) -> Result<Value, AwsError> {
        let input = Value::Object(repository_members(repository, account));
        let call = call("CreateRepository").on(repository).body(&input);
        match send!(self, call.clone(), self.ecr().create_repository()) {
            Ok(reply) => member(&call, reply, "repository"),
            Err(error) if error.is_already_there() => {
                self.describe_repository(repository, account).await?.ok_or(error)
            }
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;
    use crate::aws::testing::{Answer, FakeAws};
    use crate::model::registry_domain;

    #[tokio::test]
    async fn registry_hosts_are_in_the_partition_that_the_sdk_knows() {
        use aws_sdk_ecr::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};
        for region in [
            "us-east-1",
            "eu-west-1",
            "us-gov-west-1",
            "cn-north-1",
            "eusc-de-east-1",
            "us-iso-east-1",
            "us-isob-east-1",
            "eu-isoe-west-1",
            "us-isof-south-1",
        ] {
            let params = Params::builder().region(region).build().unwrap();
            let endpoint = DefaultResolver::new().resolve_endpoint(&params).await.unwrap();
            let (_, suffix) = endpoint.url().split_once(region).unwrap();
            assert_eq!(registry_domain(region), format!("dkr.ecr.{region}{suffix}"));
        }
    }

    #[tokio::test]
    async fn the_token_becomes_a_login_that_does_not_show() {
        let token = STANDARD.encode("AWS:pass:word");
        let data = json!({"authorizationToken": token, "proxyEndpoint": "https://1.dkr.ecr.x.amazonaws.com", "expiresAt": 1.0});
        let fake = FakeAws::answering([Answer::ok(json!({"authorizationData": [data]}))]).await;
        let login = fake.session().await.registry_login().await.unwrap();
        assert_eq!(
            (login.user.as_str(), login.password.expose_secret()),
            ("AWS", "pass:word")
        );
        assert!(!format!("{login:?}").contains("pass:word"));
    }

    #[tokio::test]
    async fn a_token_that_is_none_is_an_error() {
        for data in [
            json!([]),
            json!([{"authorizationToken": "%%%"}]),
            json!([{"authorizationToken": "QQ=="}]),
        ] {
            let fake = FakeAws::answering([Answer::ok(json!({"authorizationData": data}))]).await;
            let error = fake.session().await.registry_login().await.unwrap_err();
            assert_eq!(*error.kind(), AwsErrorKind::Nonsense);
        }
    }

    #[tokio::test]
    async fn a_repository_that_somebody_made_meanwhile_is_fine() {
        let fake = FakeAws::answering([
            Answer::refusal(400, "RepositoryAlreadyExistsException", "exists"),
            Answer::ok(json!({"repositories": [{"repositoryName": "a/b"}]})),
        ])
        .await;
        let made = fake.session().await.create_repository("a/b", Some("1")).await;
        assert_eq!(made.unwrap()["repositoryName"], "a/b");
        assert_eq!(
            fake.requests()[0].json(),
            json!({"registryId": "1", "repositoryName": "a/b"})
        );
    }

    #[tokio::test]
    async fn a_missing_repository_is_none() {
        let refusal = Answer::refusal(400, "RepositoryNotFoundException", "no");
        let fake = FakeAws::answering([refusal]).await;
        let found = fake.session().await.describe_repository("a", None).await;
        assert_eq!(found.unwrap(), None);
    }
}
