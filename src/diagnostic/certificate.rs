//! What rustls reports of a server's certificate, in words.

const CA_AS_SERVER: &str = "the server's certificate is a CA certificate (basicConstraints CA:TRUE), which can't \
                            identify a server: let the CA sign a certificate for the server";

/// Returns an explanation where rustls's own text is the name of a variant. A server whose own certificate is a CA's,
/// as self-signed ones often are, is refused even if the CA is trusted (rustls-webpki, `Error::CaUsedAsEndEntity`).
pub fn refused_certificate(said: &str) -> Option<&'static str> {
    said.contains("CaUsedAsEndEntity").then_some(CA_AS_SERVER)
}

/// Whether a text has that explanation.
pub fn is_refused_certificate(said: &str) -> bool {
    said.contains(CA_AS_SERVER)
}
