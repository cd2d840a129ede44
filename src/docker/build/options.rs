//! Build options as parameters of the daemon's API (docs.docker.com, Engine API, "Build an image").

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use secrecy::ExposeSecret;
use serde_json::json;

use super::super::logins::{DockerCredentials, Logins};
use super::super::query_string::QueryString;
use crate::files;
use crate::model::Build;

/// Returns the options for BuildKit: context and Dockerfile come through the session.
pub(super) fn buildkit(build: &Build, dockerfile: &Path) -> QueryString {
    let mut query = QueryString::default();
    query.add("version", "2");
    query.add("remote", "client-session");
    let name = dockerfile.file_name().unwrap_or_default().to_string_lossy();
    common(&mut query, build, &name);
    query
}

/// Returns the options for the classic builder: context and Dockerfile come in the request's body.
pub(super) fn classic(build: &Build, dockerfile: &str) -> QueryString {
    let mut query = QueryString::default();
    query.add("version", "1");
    query.add("forcerm", "1");
    common(&mut query, build, dockerfile);
    query
}

fn common(query: &mut QueryString, build: &Build, dockerfile: &str) {
    query.add("rm", "1");
    query.add("dockerfile", dockerfile);
    query.add("platform", &build.platform.to_string());
    if let Some(target) = &build.target {
        query.add("target", target);
    }
    if let Some(network) = &build.network {
        query.add("networkmode", network);
    }
    for (is_set, name) in [(build.no_cache, "nocache"), (build.pull, "pull")] {
        if is_set {
            query.add(name, "1");
        }
    }
    if !build.args.is_empty() {
        query.add("buildargs", &json!(build.args).to_string());
    }
    if !build.labels.is_empty() {
        query.add("labels", &json!(build.labels).to_string());
    }
    if !build.cache_from.is_empty() {
        query.add("cachefrom", &json!(build.cache_from).to_string());
    }
}

/// Returns the logins that the classic builder requires up front: those of the registries named in the
/// Dockerfile.
pub(super) async fn logins_header(dockerfile: &Path, logins: &Logins) -> String {
    let text = files::read(dockerfile, files::MAX_CONFIG).unwrap_or_default();
    let mut found = BTreeMap::new();
    for host in base_registries(&String::from_utf8_lossy(&text)) {
        if let Some(login) = logins.at(&host).await {
            // Docker Hub's login is stored under its old name.
            let key = if host == "docker.io" {
                "https://index.docker.io/v1/"
            } else {
                host.as_str()
            };
            found.insert(key.to_owned(), auth_config(&login, key));
        }
    }
    URL_SAFE.encode(json!(found).to_string())
}

/// Converts a login to the form of the daemon's API.
pub(in crate::docker) fn auth_config(login: &DockerCredentials, server: &str) -> serde_json::Value {
    match login {
        DockerCredentials::Password { username, password } => {
            json!({"username": username, "password": password.expose_secret(), "serveraddress": server})
        }
        DockerCredentials::IdentityToken(token) => {
            json!({"identitytoken": token.expose_secret(), "serveraddress": server})
        }
    }
}

/// Returns the registries in `FROM` and `COPY --from=` that are written out literally.
fn base_registries(dockerfile: &str) -> Vec<String> {
    let mut hosts: Vec<String> = dockerfile
        .lines()
        .filter_map(image_of_line)
        .map(registry_of)
        .collect();
    hosts.sort();
    hosts.dedup();
    hosts
}

fn image_of_line(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    let instruction = words.next()?;
    if instruction.eq_ignore_ascii_case("FROM") {
        words.find(|word| !word.starts_with("--"))
    } else if instruction.eq_ignore_ascii_case("COPY") {
        words.find_map(|word| word.strip_prefix("--from="))
    } else {
        None
    }
}

/// Returns an image name's registry: its first part, if it looks like a host (distribution/reference).
fn registry_of(image: &str) -> String {
    match image.split_once('/') {
        Some((host, _)) if host.contains(['.', ':']) || host == "localhost" => host.to_owned(),
        _ => "docker.io".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use super::*;
    use crate::model::Platform;

    fn build() -> Build {
        Build {
            context: "/c".into(),
            dockerfile: "/c/docker/Dockerfile".into(),
            target: Some("prod".to_owned()),
            args: IndexMap::from([("A".to_owned(), "1 2".to_owned())]),
            labels: IndexMap::from([("l".to_owned(), "x".to_owned())]),
            cache_from: vec!["h/c:1".to_owned()],
            network: Some("host".to_owned()),
            secrets: IndexMap::new(),
            ssh: false,
            no_cache: true,
            pull: false,
            platform: Platform::linux_amd64(),
            platform_of_bases: Vec::new(),
            bases_to_match: Vec::new(),
            context_span: None,
            dockerfile_span: None,
        }
    }

    #[test]
    fn every_option_is_sent() {
        let build = build();
        let query = buildkit(&build, &build.dockerfile);
        assert_eq!(
            query.as_str(),
            "?version=2&remote=client-session&rm=1&dockerfile=Dockerfile&platform=linux%2Famd64&target=prod\
             &networkmode=host&nocache=1&buildargs=%7B%22A%22%3A%221%202%22%7D&labels=%7B%22l%22%3A%22x%22%7D\
             &cachefrom=%5B%22h%2Fc%3A1%22%5D"
        );
        assert!(
            classic(&build, "docker/Dockerfile")
                .as_str()
                .starts_with("?version=1&forcerm=1&rm=1&dockerfile=docker%2FDockerfile&")
        );
    }

    #[test]
    fn registries_are_read_from_the_dockerfile() {
        let text = "# FROM x.y/z\nARG B=1\nfrom --platform=linux/amd64 h.example:5000/a AS one\nFROM busybox\n\
                    COPY --chown=1 --from=localhost/b / /\nFROM public.ecr.aws/x/y:1\n";
        assert_eq!(
            base_registries(text),
            ["docker.io", "h.example:5000", "localhost", "public.ecr.aws"]
        );
    }

    #[tokio::test]
    async fn the_logins_are_url_safe_and_only_those_needed() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "FROM h.example:5000/a\n").unwrap();
        // `?` and `~` at these positions encode to + and / in the standard alphabet.
        let known = crate::docker::logins::KnownLogins(vec![("h.example:5000", "pa?~>?~>"), ("other", "x")]);
        let logins = Logins::asking(std::sync::Arc::new(known));
        let header = logins_header(file.path(), &logins).await;
        let json: serde_json::Value = serde_json::from_slice(&URL_SAFE.decode(header).unwrap()).unwrap();
        assert_eq!(json["h.example:5000"]["username"], "ann");
        assert_eq!(json.as_object().unwrap().len(), 1);
    }
}
