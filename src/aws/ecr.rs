//! Elastic Container Registry: logins, repositories, images.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::SecretString;
use serde_json::json;

use super::error::{AwsError, AwsErrorKind};
use super::reply::{list, member};
use super::session::Aws;
use super::wire::{AwsCall, json as send};
use crate::model::{AccountId, Object, Value};

/// A login for all registries of a region that the caller may use. It is kept in memory only.
#[derive(Clone, Debug)]
pub struct RegistryLogin {
    /// The user name: `AWS`.
    pub user: String,
    /// The password, valid for 12 hours (ECR user guide, "Private registry authentication").
    pub password: SecretString,
}

/// A parsed private registry host: `ACCOUNT.dkr.ecr.REGION.amazonaws.com`, its FIPS and China variants, and
/// the dual-stack `ACCOUNT.dkr-ecr.REGION.on.aws` (ECR user guide, "Amazon ECR endpoints").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryHost {
    /// The account that owns the registry.
    pub account: AccountId,
    /// The registry's region.
    pub region: String,
}

impl RegistryHost {
    /// Parses a host; None when it isn't a private ECR registry.
    pub fn parse(host: &str) -> Option<Self> {
        let (account, rest) = host.split_once('.')?;
        let rest = ["dkr.ecr.", "dkr.ecr-fips.", "dkr-ecr.", "dkr-ecr-fips."]
            .iter()
            .find_map(|prefix| rest.strip_prefix(prefix))?;
        let (region, suffix) = rest.split_once('.')?;
        let is_aws = matches!(
            suffix,
            "amazonaws.com" | "amazonaws.com.cn" | "on.aws" | "on.amazonwebservices.com.cn"
        );
        Some(Self {
            account: account.parse().ok().filter(|_| is_aws)?,
            region: region.to_owned(),
        })
    }

    /// Returns the canonical host name.
    pub fn host(&self) -> String {
        let suffix = if self.region.starts_with("cn-") {
            "amazonaws.com.cn"
        } else {
            "amazonaws.com"
        };
        format!("{}.dkr.ecr.{}.{suffix}", self.account, self.region)
    }
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

    #[test]
    fn registry_hosts_are_read() {
        for (host, expected) in [
            ("012345678901.dkr.ecr.us-east-1.amazonaws.com", Some("us-east-1")),
            (
                "012345678901.dkr.ecr.cn-north-1.amazonaws.com.cn",
                Some("cn-north-1"),
            ),
            (
                "012345678901.dkr.ecr-fips.us-gov-west-1.amazonaws.com",
                Some("us-gov-west-1"),
            ),
            ("012345678901.dkr-ecr.eu-west-1.on.aws", Some("eu-west-1")),
            ("public.ecr.aws", None),
            ("12.dkr.ecr.us-east-1.amazonaws.com", None),
            ("012345678901.dkr.ecr.us-east-1.amazonaws.com.evil.test", None),
            ("localhost:5000", None),
        ] {
            let read = RegistryHost::parse(host);
            assert_eq!(read.as_ref().map(|read| read.region.as_str()), expected, "{host}");
        }
        for host in [
            "012345678901.dkr.ecr.us-east-1.amazonaws.com",
            "012345678901.dkr.ecr.cn-north-1.amazonaws.com.cn",
        ] {
            assert_eq!(RegistryHost::parse(host).unwrap().host(), host);
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
