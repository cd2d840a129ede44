//! Values for `RUN --mount=type=secret`: held in memory during the build, never in the image.

use std::collections::{BTreeMap, HashMap};
use std::io::ErrorKind;
use std::path::Path;

use bollard::moby::buildkit::secrets::v1::{GetSecretRequest, GetSecretResponse, secrets_server};
use indexmap::IndexMap;
use secrecy::{ExposeSecret, SecretSlice};
use tonic::{Request, Response, Status};

use super::super::DockerError;
use super::super::error::no_build_secret;
use crate::files;
use crate::model::BuildSecret;

/// Maximum size of a secret in BuildKit (github.com/moby/buildkit, `session/secrets`).
const LIMIT: usize = 500 << 10;

/// The values of those build secrets that are stored in AWS.
pub(crate) type StoredSecrets = BTreeMap<BuildSecret, SecretSlice<u8>>;

/// Secrets by their id.
#[derive(Debug, Default)]
pub(in crate::docker) struct Secrets(HashMap<String, SecretSlice<u8>>);

impl Secrets {
    /// Reads every value, so that a missing one is reported before the build starts. A value may come from a pipe,
    /// so this is not for the event loop.
    pub(in crate::docker) fn read(
        image: &str,
        sources: &IndexMap<String, BuildSecret>,
        stored: &StoredSecrets,
    ) -> Result<Self, DockerError> {
        let mut values = HashMap::new();
        for (id, source) in sources {
            let value = value(source, stored).map_err(|why| no_build_secret(image, id, &why))?;
            values.insert(id.clone(), SecretSlice::from(value));
        }
        Ok(Self(values))
    }

    pub(in crate::docker) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn value(source: &BuildSecret, stored: &StoredSecrets) -> Result<Vec<u8>, String> {
    let value = match source {
        BuildSecret::Env(name) => std::env::var_os(name)
            .map(std::ffi::OsString::into_encoded_bytes)
            .ok_or_else(|| format!("the environment variable `{name}` is not set"))?,
        BuildSecret::File(path) => read(path)?,
        BuildSecret::Parameter(_) | BuildSecret::Secret(_) => match stored.get(source) {
            Some(value) => value.expose_secret().to_vec(),
            None => return Err("it was not read".to_owned()),
        },
    };
    if value.len() > LIMIT {
        return Err(too_large());
    }
    Ok(value)
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    files::read_pipe(path, LIMIT as u64).map_err(|error| match error.kind() {
        ErrorKind::FileTooLarge => too_large(),
        _ => format!("`{}`: {error}", path.display()),
    })
}

fn too_large() -> String {
    format!("it is larger than {} kB, BuildKit's limit", LIMIT >> 10)
}

#[tonic::async_trait]
impl secrets_server::Secrets for Secrets {
    async fn get_secret(
        &self,
        request: Request<GetSecretRequest>,
    ) -> Result<Response<GetSecretResponse>, Status> {
        let id = request.into_inner().id;
        match self.0.get(&id) {
            Some(value) => Ok(Response::new(GetSecretResponse {
                data: value.expose_secret().to_vec(),
            })),
            None => Err(Status::not_found(format!(
                "the secret `{id}` is not in deploy.yaml"
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(source: BuildSecret) -> Result<Secrets, String> {
        Secrets::read("web", &IndexMap::from([("npm".to_owned(), source)]), &stored())
            .map_err(|error| error.to_string())
    }

    fn stored() -> StoredSecrets {
        let value = SecretSlice::from(b"planted".to_vec());
        StoredSecrets::from([(BuildSecret::Parameter("/npm".to_owned()), value)])
    }

    #[test]
    fn stored_values_are_served_to_the_build() {
        let secrets = read_one(BuildSecret::Parameter("/npm".to_owned())).unwrap();
        assert_eq!(secrets.0["npm"].expose_secret(), b"planted");
        assert!(read_one(BuildSecret::Secret("/npm".to_owned())).is_err());
    }

    #[test]
    fn missing_secret_values_fail_before_the_build() {
        let error = read_one(BuildSecret::Env("ECSCTL_TEST_NO_SUCH_VARIABLE".to_owned())).unwrap_err();
        assert!(
            error.contains("`npm`") && error.contains("ECSCTL_TEST_NO_SUCH_VARIABLE"),
            "{error}"
        );
        let error = read_one(BuildSecret::File("/nonexistent/secret".into())).unwrap_err();
        assert!(error.contains("/nonexistent/secret"), "{error}");
    }

    #[test]
    fn a_value_is_neither_too_large_nor_shown() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), vec![b's'; LIMIT + 1]).unwrap();
        assert!(
            read_one(BuildSecret::File(file.path().into()))
                .unwrap_err()
                .contains("500 kB")
        );
        std::fs::write(file.path(), "ssss").unwrap();
        let secrets = read_one(BuildSecret::File(file.path().into())).unwrap();
        assert!(!format!("{secrets:?}").contains("115"), "{secrets:?}");
    }
}
