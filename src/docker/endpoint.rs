//! Decides from the environment where the Docker daemon is, and explains why none responds.

use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

use super::DockerError;
use super::error::unusable_endpoint;
use crate::model::{hex, mask_userinfo};

/// The system-wide Docker socket.
const SYSTEM_SOCKET: &str = "/var/run/docker.sock";
/// The Podman socket for root.
const PODMAN_SOCKET: &str = "/run/podman/podman.sock";

/// All inputs that decide where the daemon is, read once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DockerEnvironment {
    /// `DOCKER_HOST`.
    pub(crate) host: Option<String>,
    /// Whether `DOCKER_TLS_VERIFY` is set to anything.
    pub(crate) tls_verify: bool,
    /// `DOCKER_CERT_PATH`.
    pub(crate) cert_path: Option<PathBuf>,
    /// `DOCKER_CONFIG`, else `~/.docker`.
    pub(crate) config_dir: Option<PathBuf>,
    /// `HOME`.
    pub(crate) home: Option<PathBuf>,
    /// `XDG_RUNTIME_DIR`.
    pub(crate) runtime_dir: Option<PathBuf>,
    /// `SSH_AUTH_SOCK`.
    pub(crate) ssh_agent: Option<PathBuf>,
    /// Whether `DOCKER_BUILDKIT` is set to 0 or false.
    pub(crate) classic_builder: bool,
    /// The Docker context in use, unless it is `default`.
    pub(crate) context: Option<DockerContext>,
}

/// The Docker context that was selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DockerContext {
    /// Its name.
    pub(crate) name: String,
    /// What selected it: `DOCKER_CONTEXT`, `~/.docker/config.json`.
    pub(crate) named_by: String,
    /// The contents of its meta.json, or why it can't be read.
    pub(crate) meta: Result<String, String>,
    /// The folder of its certificates, if it has any.
    pub(crate) certificates: Option<PathBuf>,
}

/// One endpoint where a daemon may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EndpointCandidate {
    /// A Unix socket.
    Unix(PathBuf),
    /// TCP; for TLS, with the folder that contains ca.pem, cert.pem and key.pem.
    Tcp {
        host: String,
        port: u16,
        certificates: Option<PathBuf>,
    },
}

/// The endpoints to try, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EndpointCandidates {
    /// What named the endpoint (`DOCKER_HOST`); None for the default endpoints.
    pub(crate) named_by: Option<String>,
    pub(crate) places: Vec<EndpointCandidate>,
}

/// Returns the endpoints to try. DOCKER_HOST overrides a context, as in the docker command
/// (docs.docker.com, "Docker contexts").
pub(crate) fn places(around: &DockerEnvironment) -> Result<EndpointCandidates, DockerError> {
    if let Some(host) = &around.host {
        let certificates = || around.cert_path.clone().or_else(|| around.config_dir.clone());
        let tls = (around.tls_verify || host.starts_with("https://"))
            .then(certificates)
            .flatten();
        let place = parse(host, tls).map_err(|wrong| wrong.named("DOCKER_HOST"))?;
        return Ok(named("DOCKER_HOST", place));
    }
    if let Some(context) = &around.context {
        let named_by = format!("the Docker context `{}` of {}", context.name, context.named_by);
        let place = of_context(context).map_err(|wrong| wrong.named(&named_by))?;
        return Ok(named(&named_by, place));
    }
    Ok(EndpointCandidates {
        named_by: None,
        places: usual_sockets(around)
            .into_iter()
            .map(EndpointCandidate::Unix)
            .collect(),
    })
}

fn named(by: &str, place: EndpointCandidate) -> EndpointCandidates {
    EndpointCandidates {
        named_by: Some(by.to_owned()),
        places: vec![place],
    }
}

/// Returns the default sockets: Docker, rootless Docker, Docker Desktop, then Podman.
fn usual_sockets(around: &DockerEnvironment) -> Vec<PathBuf> {
    let runtime = around.runtime_dir.as_deref();
    let home = around.home.as_deref();
    let mut sockets = vec![PathBuf::from(SYSTEM_SOCKET)];
    sockets.extend(runtime.map(|dir| dir.join("docker.sock")));
    sockets.extend(home.map(|dir| dir.join(".docker/run/docker.sock")));
    sockets.extend(home.map(|dir| dir.join(".docker/desktop/docker.sock")));
    sockets.extend(runtime.map(|dir| dir.join("podman/podman.sock")));
    sockets.push(PathBuf::from(PODMAN_SOCKET));
    sockets
}

/// An invalid address, before its origin is added to the error.
struct InvalidAddress {
    why: String,
    hint: String,
}

impl InvalidAddress {
    fn new(why: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            hint: hint.into(),
        }
    }

    fn named(self, by: &str) -> DockerError {
        unusable_endpoint(by, &self.why, self.hint)
    }
}

fn parse(host: &str, certificates: Option<PathBuf>) -> Result<EndpointCandidate, InvalidAddress> {
    let shown = mask_userinfo(host);
    let (scheme, rest) = host.split_once("://").ok_or_else(|| {
        InvalidAddress::new(
            format!("`{shown}` is not a Docker daemon address"),
            "write unix:///path/to/docker.sock or tcp://host:port",
        )
    })?;
    match scheme {
        "unix" if rest.starts_with('/') => Ok(EndpointCandidate::Unix(PathBuf::from(rest))),
        "unix" => Err(InvalidAddress::new(
            format!("`{shown}` has no absolute path"),
            "write it with three slashes: unix:///var/run/docker.sock",
        )),
        "tcp" | "http" | "https" => tcp(&shown, rest, certificates),
        "ssh" => Err(InvalidAddress::new(
            format!("`{shown}`: ecsctl can't connect to a daemon over ssh"),
            format!(
                "forward its socket: ssh -nNT -L /tmp/docker.sock:{SYSTEM_SOCKET} {} & then DOCKER_HOST=unix:///tmp/docker.sock",
                ssh_target(rest)
            ),
        )),
        _ => Err(InvalidAddress::new(
            format!("`{scheme}://` is not supported on this system"),
            "use unix:// or tcp://",
        )),
    }
}

/// Converts `user[:password]@host:port` to the form that the ssh command expects, which takes no password.
fn ssh_target(rest: &str) -> String {
    let authority = rest.split('/').next().unwrap_or(rest);
    // The ssh command takes no password.
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let user = match user.split(':').next() {
        Some(name) if !name.is_empty() => format!("{name}@"),
        _ => String::new(),
    };
    match host.rsplit_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() => format!("-p {port} {user}{host}"),
        _ => format!("{user}{host}"),
    }
}

fn tcp(whole: &str, rest: &str, certificates: Option<PathBuf>) -> Result<EndpointCandidate, InvalidAddress> {
    let wrong = || {
        InvalidAddress::new(
            format!("`{}` is not HOST:PORT", mask_userinfo(whole)),
            "write tcp://host:2375",
        )
    };
    let authority = rest.split('/').next().unwrap_or_default();
    let (host, port) = match authority.strip_prefix('[') {
        Some(bracketed) => {
            let (host, after) = bracketed.split_once(']').ok_or_else(wrong)?;
            (host, after.strip_prefix(':'))
        }
        None => match authority.rsplit_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
    };
    if host.is_empty() || host.contains('@') {
        return Err(wrong());
    }
    // docs.docker.com, "Docker daemon default ports": 2375 plain, 2376 with TLS.
    let usual = if certificates.is_some() { 2376 } else { 2375 };
    let port = port.map_or(Ok(usual), |port| port.parse().map_err(|_| wrong()))?;
    Ok(EndpointCandidate::Tcp {
        host: host.to_owned(),
        port,
        certificates,
    })
}

/// Returns the folder name of a context under `contexts/meta` and `contexts/tls`: the hash of its name.
pub(super) fn context_folder(name: &str) -> String {
    hex(&Sha256::digest(name.as_bytes()))
}

fn of_context(context: &DockerContext) -> Result<EndpointCandidate, InvalidAddress> {
    let hint = "use another: docker context use default";
    let text = context
        .meta
        .as_ref()
        .map_err(|why| InvalidAddress::new(why.clone(), hint))?;
    let meta: serde_json::Value = serde_json::from_str(text)
        .map_err(|error| InvalidAddress::new(format!("invalid meta.json: {error}"), hint))?;
    let docker = &meta["Endpoints"]["docker"];
    let host = docker["Host"]
        .as_str()
        .filter(|host| !host.is_empty())
        .ok_or_else(|| InvalidAddress::new("no Docker endpoint in it", hint))?;
    parse(host, context.certificates.clone())
}

#[cfg(test)]
mod tests;
