//! Finds the daemon: reads the environment, tries the candidate endpoints, and connects to the first that
//! responds.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::DockerError;
use super::daemon::Daemon;
use super::endpoint::{self, DockerContext, DockerEnvironment, EndpointCandidate};
use super::error::unusable_endpoint;
use super::failed_endpoints::FailedEndpoint;
use super::transport::{DaemonAddress, TransportError};
use crate::files;

/// Timeout for a daemon's response to a ping.
const PING_TIMEOUT: Duration = Duration::from_secs(20);

impl DockerEnvironment {
    /// Reads the environment of this process.
    pub(crate) fn from_env() -> Self {
        let home = variable("HOME").map(PathBuf::from);
        let config_dir = variable("DOCKER_CONFIG")
            .map(PathBuf::from)
            .or_else(|| home.as_deref().map(|home| home.join(".docker")));
        Self {
            host: variable("DOCKER_HOST"),
            tls_verify: variable("DOCKER_TLS_VERIFY").is_some(),
            cert_path: variable("DOCKER_CERT_PATH").map(PathBuf::from),
            runtime_dir: variable("XDG_RUNTIME_DIR").map(PathBuf::from),
            ssh_agent: variable("SSH_AUTH_SOCK").map(PathBuf::from),
            classic_builder: variable("DOCKER_BUILDKIT")
                .is_some_and(|value| value == "0" || value == "false"),
            context: config_dir.as_deref().and_then(chosen_context),
            config_dir,
            home,
        }
    }
}

/// Returns the value of an environment variable, if it is set and not empty.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns the context named by DOCKER_CONTEXT, else by config.json; None for `default`.
fn chosen_context(config_dir: &Path) -> Option<DockerContext> {
    let (name, named_by) = match variable("DOCKER_CONTEXT") {
        Some(name) => (name, "DOCKER_CONTEXT".to_owned()),
        None => {
            let file = config_dir.join("config.json");
            // A missing or broken config.json names no context; reading logins reports more when one is needed.
            let config: serde_json::Value =
                serde_json::from_slice(&files::read(&file, files::MAX_CONFIG).ok()?).ok()?;
            let name = config["currentContext"].as_str()?.to_owned();
            (name, file.display().to_string())
        }
    };
    if name.is_empty() || name == "default" {
        return None;
    }
    let folder = endpoint::context_folder(&name);
    let meta_file = config_dir.join("contexts/meta").join(&folder).join("meta.json");
    let meta = files::read(&meta_file, files::MAX_CONFIG)
        .and_then(|meta| String::from_utf8(meta).map_err(io::Error::other));
    let meta = meta.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => "no such context".to_owned(),
        _ => format!("{}: {error}", meta_file.display()),
    });
    let certificates =
        Some(config_dir.join("contexts/tls").join(folder).join("docker")).filter(|dir| dir.is_dir());
    Some(DockerContext {
        name,
        named_by,
        meta,
        certificates,
    })
}

impl Daemon {
    /// Connects to the first daemon that responds.
    pub(crate) async fn connect(around: &DockerEnvironment) -> Result<Daemon, DockerError> {
        let places = endpoint::places(around)?;
        let mut tried = Vec::new();
        for place in &places.places {
            let address = address(place, places.named_by.as_deref())?;
            let shown = address.to_string();
            match tokio::time::timeout(PING_TIMEOUT, Daemon::ping(address)).await {
                Ok(Ok(daemon)) => return Ok(daemon),
                Ok(Err(TransportError::Connect(error))) => tried.push(FailedEndpoint::new(shown, &error)),
                Ok(Err(error)) => tried.push(FailedEndpoint {
                    why: format!("not a Docker daemon: {error}"),
                    place: shown,
                    denied: false,
                }),
                Err(_) => tried.push(FailedEndpoint {
                    place: shown,
                    why: format!("no answer to a ping in {} s", PING_TIMEOUT.as_secs()),
                    denied: false,
                }),
            }
        }
        Err(DockerError::NoDaemon {
            tried,
            named_by: places.named_by,
        })
    }
}

/// Converts a candidate to an address, reading its certificates if it uses TLS.
fn address(place: &EndpointCandidate, named_by: Option<&str>) -> Result<DaemonAddress, DockerError> {
    match place {
        EndpointCandidate::Unix(path) => Ok(DaemonAddress::Unix(path.clone())),
        EndpointCandidate::Tcp {
            host,
            port,
            certificates: None,
        } => Ok(DaemonAddress::Tcp {
            host: host.clone(),
            port: *port,
        }),
        EndpointCandidate::Tcp {
            host,
            port,
            certificates: Some(folder),
        } => {
            let hint = "set DOCKER_CERT_PATH to the folder of ca.pem, cert.pem and key.pem";
            let named_by = named_by.unwrap_or("the daemon");
            let config = tls(folder).map_err(|why| unusable_endpoint(named_by, &why, hint))?;
            Ok(DaemonAddress::Tls {
                host: host.clone(),
                port: *port,
                config: Arc::new(config),
            })
        }
    }
}

/// Builds the TLS configuration: trusts only the daemon's own CA, and authenticates with a client certificate
/// (docs.docker.com, "Protect the Docker daemon socket"). Without cert.pem, no client certificate is sent.
fn tls(folder: &Path) -> Result<ClientConfig, String> {
    let read = |name: &str| {
        let file = folder.join(name);
        files::read(&file, files::MAX_CONFIG).map_err(|error| format!("{}: {error}", file.display()))
    };
    let mut roots = RootCertStore::empty();
    let (added, _) = roots.add_parsable_certificates(certificates(&read("ca.pem")?, "ca.pem")?);
    if added == 0 {
        return Err(format!(
            "{}: holds no certificate",
            folder.join("ca.pem").display()
        ));
    }
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots);
    if !folder.join("cert.pem").exists() {
        return Ok(builder.with_no_client_auth());
    }
    let chain = certificates(&read("cert.pem")?, "cert.pem")?;
    let key =
        PrivateKeyDer::from_pem_slice(&read("key.pem")?).map_err(|error| format!("key.pem: {error}"))?;
    builder
        .with_client_auth_cert(chain, key)
        .map_err(|error| format!("cert.pem and key.pem: {error}"))
}

fn certificates(pem: &[u8], name: &str) -> Result<Vec<CertificateDer<'static>>, String> {
    CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|error| format!("{name}: {error}"))
}
