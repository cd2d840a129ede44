//! Endpoints where no daemon responded.

use std::io;

use crate::diagnostic::{is_refused_certificate, refused_certificate};

/// An endpoint that did not respond.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FailedEndpoint {
    /// The endpoint, in the form of a DOCKER_HOST value.
    pub(crate) place: String,
    /// The reason.
    pub(crate) why: String,
    /// Whether we lack permission to connect.
    pub(crate) denied: bool,
}

impl FailedEndpoint {
    /// Creates an entry from an endpoint and its connection error.
    pub(crate) fn new(place: String, error: &io::Error) -> Self {
        let why = match error.kind() {
            io::ErrorKind::NotFound => "no such file".to_owned(),
            io::ErrorKind::ConnectionRefused => "connection refused (nothing is listening)".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            _ => {
                let said = error.to_string();
                refused_certificate(&said).map_or(said, str::to_owned)
            }
        };
        Self {
            place,
            why,
            denied: error.kind() == io::ErrorKind::PermissionDenied,
        }
    }
}

/// Returns a hint on what to do when no daemon responded.
pub(crate) fn cure(tried: &[FailedEndpoint], named_by: Option<&str>) -> String {
    if tried.iter().any(|tried| tried.denied) {
        return "add yourself to the docker group, then log in again: sudo usermod -aG docker $USER"
            .to_owned();
    }
    if tried.iter().any(|tried| is_refused_certificate(&tried.why)) {
        return "create a certificate for that daemon that isn't a CA's (basicConstraints CA:FALSE), and sign it with the CA"
            .to_owned();
    }
    match named_by {
        Some("DOCKER_HOST") => "start the daemon that DOCKER_HOST names, or unset DOCKER_HOST".to_owned(),
        Some(_) => "start that daemon, or use another: docker context use default".to_owned(),
        None if cfg!(target_os = "macos") => "start Docker Desktop: open -a Docker".to_owned(),
        None => "start one: sudo systemctl start docker".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ca_certificate_of_a_daemon_is_explained() {
        let refused = io::Error::other("invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))");
        let tried = FailedEndpoint::new("tcp://h:2376".to_owned(), &refused);
        assert!(tried.why.contains("is a CA certificate"), "{}", tried.why);
        assert!(cure(&[tried], Some("DOCKER_HOST")).contains("CA:FALSE"));
    }

    #[test]
    fn permission_denied_suggests_the_docker_group() {
        let denied = FailedEndpoint::new(
            "unix:///s".to_owned(),
            &io::Error::from(io::ErrorKind::PermissionDenied),
        );
        let missing = FailedEndpoint::new("unix:///t".to_owned(), &io::Error::from(io::ErrorKind::NotFound));
        assert!(cure(&[missing.clone(), denied], None).contains("usermod -aG docker"));
        assert!(cure(std::slice::from_ref(&missing), Some("DOCKER_HOST")).contains("DOCKER_HOST"));
        assert!(cure(&[missing], Some("the Docker context `x`")).contains("docker context use"));
    }
}
