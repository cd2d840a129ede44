//! Servers whose certificates TLS refuses.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::support::files::WEB;
use crate::support::{Ecsctl, Scenario, Scripted};

/// The certificate of a CA, with its key: for `localhost`, valid until 2126, and used nowhere else.
const CERTIFICATE: &str = "\
-----BEGIN CERTIFICATE-----\n\
MIIBnDCCAUGgAwIBAgIUU6PaTdBiSybo+ptaStacs4CUuzYwCgYIKoZIzj0EAwIw\n\
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyODEyMjUxM1oYDzIxMjYxMTA0\n\
MTIyNTEzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO\n\
PQMBBwNCAAT3iMuawXGda9nERnhBx7ri2WOWiqpTBlzoCv1xMMqMOMDQT+iY/K3U\n\
gcrBFB1K+kta9vEy3yRR4D4cdOQJTzTlo28wbTAdBgNVHQ4EFgQUxR4TjGFj27Kr\n\
3jN2GJvm3by6tAAwHwYDVR0jBBgwFoAUxR4TjGFj27Kr3jN2GJvm3by6tAAwGgYD\n\
VR0RBBMwEYcEfwAAAYIJbG9jYWxob3N0MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZI\n\
zj0EAwIDSQAwRgIhAMm7lfTp+dVuUDu111FVUhkYJg4RSZ6u1o21WglZ6bGbAiEA\n\
nPWUln+KP5qkNVem05C7s/2ppF/0ZmziuFWNFpLZ+eU=\n\
-----END CERTIFICATE-----\n";
const KEY: &str = "\
-----BEGIN PRIVATE KEY-----\n\
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8FWmhPEEpYWpCuKV\n\
SlYMvgGVhVXBltc0S2duFayWCi6hRANCAAT3iMuawXGda9nERnhBx7ri2WOWiqpT\n\
BlzoCv1xMMqMOMDQT+iY/K3UgcrBFB1K+kta9vEy3yRR4D4cdOQJTzTl\n\
-----END PRIVATE KEY-----\n";

/// Starts a server that presents the CA's own certificate. Returns its URL.
fn server_with_the_certificate_of_a_ca() -> String {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(KEY.as_bytes()).unwrap();
    let config =
        rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
    let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").unwrap());
    let url = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut tls = rustls::Stream::new(&mut connection, &mut stream);
            // The client ends it with an alert.
            let _ = tls.read(&mut [0; 1024]);
            let _ = tls.flush();
        }
    });
    url
}

#[test]
fn ca_certificate_of_a_server_is_named_with_the_next_step() {
    let server = Scripted::start(Scenario::default());
    let url = server_with_the_certificate_of_a_ca();
    for verb in [&["status", "web"][..], &["deploy"], &["logs", "web"]] {
        let output = Ecsctl::on(&server, verb)
            .file(WEB)
            .write("ca.pem", CERTIFICATE)
            .env("AWS_ENDPOINT_URL", &url)
            .env("AWS_CA_BUNDLE", "ca.pem")
            .env("AWS_MAX_ATTEMPTS", "1")
            .run()
            .exits(3);
        let output = output
            .says("the server's certificate is a CA certificate (basicConstraints CA:TRUE)")
            .says("create a certificate for that server")
            .says("set AWS_CA_BUNDLE");
        assert!(!output.stderr.contains("CaUsedAsEndEntity"), "{}", output.stderr);
        assert!(!output.stderr.contains("start the server"), "{}", output.stderr);
    }
}
