//! The process's one HTTP client. Plain HTTP to this machine has no TLS cost; the system's root certificates
//! are read when the first request needs TLS (3 to 40 ms), off the event loop.

use std::collections::HashMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Connector, ConnectorBuilder};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio::sync::OnceCell;

use super::bounded_replies::BoundedReplies;
use super::request_log::LoggingConnector;
use crate::files;

/// The proxy variables (those that curl reads, in both spellings).
pub(super) const PROXY_VARIABLES: [&str; 6] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
];

/// Installs ring as the process's TLS provider. With two providers in the dependency tree and none selected,
/// rustls panics at the first `DOCKER_HOST` over TLS.
pub fn install_tls_provider() {
    // This fails only if a provider is already installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Why TLS can't be set up.
#[derive(Debug, thiserror::Error)]
enum TrustError {
    #[error("can't read the CA bundle {path}: {source}")]
    Unreadable { path: String, source: std::io::Error },
    #[error("no PEM certificate in the CA bundle {path}")]
    NotPem { path: String },
    #[error("the TLS handshake was aborted")]
    Broken,
}

/// The connectors of this process, one per set of timeouts. Clones share them.
#[derive(Clone, Debug)]
pub(super) struct Http {
    shared: Arc<SharedConnectors>,
}

#[derive(Debug)]
struct SharedConnectors {
    /// `AWS_CA_BUNDLE` or a profile's `ca_bundle`: replaces the system's roots, as in the AWS CLI.
    ca_bundle: Option<PathBuf>,
    proxied: bool,
    connectors: Mutex<HashMap<Timeouts, SharedHttpConnector>>,
}

/// The timeouts that identify a connector.
type Timeouts = (Option<Duration>, Option<Duration>);

impl Http {
    /// Creates a client that trusts the system's roots (respecting `SSL_CERT_FILE`), or only the bundle if one is
    /// given.
    pub fn new(ca_bundle: Option<PathBuf>) -> Self {
        let proxied = PROXY_VARIABLES
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
        Self {
            shared: Arc::new(SharedConnectors {
                ca_bundle,
                proxied,
                connectors: Mutex::default(),
            }),
        }
    }
}

impl Http {
    /// Returns the connector for these timeouts, shared by all callers with the same timeouts.
    pub fn connector(&self, settings: &HttpConnectorSettings) -> SharedHttpConnector {
        let key = (settings.connect_timeout(), settings.read_timeout());
        let mut connectors = self
            .shared
            .connectors
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        connectors
            .entry(key)
            .or_insert_with(|| {
                SharedHttpConnector::new(Connectors::new(settings.clone(), self.shared.clone()))
            })
            .clone()
    }
}

impl HttpClient for Http {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(BoundedReplies::new(SharedHttpConnector::new(LoggingConnector(
            self.connector(settings),
        ))))
    }
}

/// Sends plain HTTP to this machine directly, and everything else through TLS and proxies.
#[derive(Debug)]
struct Connectors {
    settings: HttpConnectorSettings,
    shared: Arc<SharedConnectors>,
    direct: Connector,
    full: Arc<OnceCell<Connector>>,
}

impl Connectors {
    fn new(settings: HttpConnectorSettings, shared: Arc<SharedConnectors>) -> Self {
        Self {
            direct: builder(&settings).build_http(),
            settings,
            shared,
            full: Arc::default(),
        }
    }
}

impl HttpConnector for Connectors {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        if goes_direct(request.uri(), self.shared.proxied) {
            return self.direct.call(request);
        }
        let (settings, shared, full) = (self.settings.clone(), self.shared.clone(), self.full.clone());
        HttpConnectorFuture::new(async move {
            let connector = full
                .get_or_try_init(|| async {
                    // Reading and parsing about 150 certificates would block the event loop.
                    tokio::task::spawn_blocking(move || build_full(&settings, &shared))
                        .await
                        .unwrap_or(Err(TrustError::Broken))
                })
                .await
                .map_err(|error: TrustError| ConnectorError::user(error.into()))?;
            connector.call(request).await
        })
    }
}

/// Whether a request needs neither TLS nor a proxy. Loopback and link-local addresses (the container's and the
/// instance's credential endpoints) are never behind a proxy.
fn goes_direct(uri: &str, proxied: bool) -> bool {
    let Some(host) = uri
        .strip_prefix("http://")
        .map(|rest| rest.split(['/', '?']).next().unwrap_or(rest))
    else {
        return false;
    };
    !proxied || is_local(host)
}

/// Whether `host[:port]` is a loopback or link-local address.
fn is_local(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or(v6),
        None => authority.split(':').next().unwrap_or(authority),
    };
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ip.is_loopback() || ip.is_link_local(),
        Ok(IpAddr::V6(ip)) => ip.is_loopback() || ip.is_unicast_link_local() || ip.is_unique_local(),
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}

fn builder(settings: &HttpConnectorSettings) -> ConnectorBuilder {
    // I/O timeouts use real time even when the program's clock is virtual.
    Connector::builder()
        .connector_settings(settings.clone())
        .sleep_impl(TokioSleep::new())
}

fn build_full(settings: &HttpConnectorSettings, shared: &SharedConnectors) -> Result<Connector, TrustError> {
    let trust = match &shared.ca_bundle {
        None => {
            check_system_roots()?;
            TrustStore::default()
        }
        Some(path) => TrustStore::empty().with_pem_certificate(CaBundle::read(path)?.pem),
    };
    let context = TlsContext::builder()
        .with_trust_store(trust)
        .build()
        .map_err(|_| TrustError::Broken)?;
    Ok(builder(settings)
        .proxy_config(ProxyConfig::from_env())
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .tls_context(context)
        .build())
}

/// Checks the file that replaces the system's roots, which the TLS library reads by itself.
fn check_system_roots() -> Result<(), TrustError> {
    let Some(path) = std::env::var_os("SSL_CERT_FILE").map(PathBuf::from) else {
        return Ok(());
    };
    match files::check(&path, files::MAX_CONFIG) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(TrustError::Unreadable {
            path: path.display().to_string(),
            source,
        }),
        _ => Ok(()),
    }
}

/// A CA bundle: the certificates that the TLS library can use. It would panic at others.
pub(super) struct CaBundle {
    pem: Vec<u8>,
    /// How many can be used, and how many can't.
    counts: (usize, usize),
}

impl CaBundle {
    /// Reads the bundle. One bad certificate does not make the others useless.
    fn read(path: &Path) -> Result<Self, TrustError> {
        let name = path.display().to_string();
        let text = files::read_pipe(path, files::MAX_CONFIG).map_err(|source| TrustError::Unreadable {
            path: name.clone(),
            source,
        })?;
        let mut roots = rustls::RootCertStore::empty();
        let mut bundle = Self {
            pem: Vec::new(),
            counts: (0, 0),
        };
        for certificate in CertificateDer::pem_slice_iter(&text) {
            match certificate {
                Ok(certificate) if roots.add(certificate.clone()).is_ok() => {
                    bundle.pem.extend(pem(&certificate).into_bytes());
                    bundle.counts.0 += 1;
                }
                _ => bundle.counts.1 += 1,
            }
        }
        match bundle.counts {
            (0, _) => Err(TrustError::NotPem { path: name }),
            _ => Ok(bundle),
        }
    }
}

/// Returns the warning about a bundle of which only a part can be used.
pub(super) fn bundle_warning(path: &Path) -> Option<String> {
    // A pipe can't be read twice.
    files::check(path, files::MAX_CONFIG).ok()?;
    match CaBundle::read(path).ok()?.counts {
        (_, 0) => None,
        (good, bad) => Some(format!(
            "{bad} of {} certificates in the CA bundle {} can't be read and {} not used",
            good + bad,
            path.display(),
            if bad == 1 { "is" } else { "are" }
        )),
    }
}

/// Encodes a certificate (RFC 7468).
fn pem(certificate: &[u8]) -> String {
    let text = STANDARD.encode(certificate);
    format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_http_may_go_direct() {
        assert!(goes_direct("http://127.0.0.1:4566/", false));
        assert!(goes_direct("http://stand-in.test/", false));
        assert!(!goes_direct("https://127.0.0.1:4566/", false));
        assert!(!goes_direct("https://ecs.us-east-1.amazonaws.com/", true));
    }

    #[test]
    fn a_proxy_never_stands_before_this_machine() {
        for local in [
            "127.0.0.1:80",
            "localhost",
            "LOCALHOST:1",
            "[::1]:80",
            "169.254.170.2",
            "[fd00:ec2::23]",
        ] {
            assert!(goes_direct(&format!("http://{local}/x"), true), "{local}");
        }
        for remote in ["10.0.0.1:80", "aws.test", "127.0.0.1.test"] {
            assert!(!goes_direct(&format!("http://{remote}/x"), true), "{remote}");
        }
    }

    #[test]
    fn a_bad_bundle_is_an_error_and_not_a_panic() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        assert!(matches!(
            CaBundle::read(&path),
            Err(TrustError::Unreadable { .. })
        ));
        std::fs::write(&path, "no certificate at all").unwrap();
        assert!(matches!(CaBundle::read(&path), Err(TrustError::NotPem { .. })));
        std::fs::write(
            &path,
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        )
        .unwrap();
        assert!(matches!(CaBundle::read(&path), Err(TrustError::NotPem { .. })));
    }
}
