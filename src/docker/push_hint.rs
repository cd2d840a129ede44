//! What usually cures what a registry says through the daemon.

/// The cure for words of a registry, where one is known.
pub(super) fn push_hint(said: &str) -> Option<&'static str> {
    const CURES: &[(&str, &str)] = &[
        (
            "no basic auth credentials",
            "the registry wants a login; with --registry, check that it is the right host",
        ),
        (
            "unauthorized",
            "the registry refuses the login; see who you are: aws sts get-caller-identity",
        ),
        (
            "not authorized to perform",
            "allow the action that is named in the role's policy",
        ),
        (
            "denied",
            "allow ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload and ecr:PutImage on the repository",
        ),
        (
            "name unknown",
            "the repository does not exist; ecsctl push creates it, if ecr:CreateRepository is allowed",
        ),
        (
            "does not exist in the registry",
            "the repository does not exist; ecsctl push creates it, if ecr:CreateRepository is allowed",
        ),
        (
            "tag is immutable",
            "the tag names another image already: use a tag that changes with the content",
        ),
        (
            "connection refused",
            "nothing listens at the registry's address, seen from the Docker daemon",
        ),
        (
            "no such host",
            "check the registry's name, and the DNS of the Docker daemon",
        ),
        (
            "server gave HTTP response to HTTPS client",
            "Docker speaks plain HTTP to 127.0.0.0/8 only: see insecure-registries of the daemon",
        ),
        (
            "x509",
            "the daemon does not trust the registry's certificate: put its CA into /etc/docker/certs.d/HOST/ca.crt",
        ),
        (
            "toomanyrequests",
            "the registry throttles: run it again in a minute",
        ),
    ];
    CURES
        .iter()
        .find(|(words, _)| said.contains(words))
        .map(|(_, cure)| *cure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_have_a_cure() {
        for said in [
            "denied: User: arn:aws:iam::1:user/x is not authorized to perform: ecr:PutImage",
            "no basic auth credentials",
            "name unknown: The repository with name 'x' does not exist in the registry with id '1'",
            "tag invalid: The image tag 'v1' already exists and cannot be overwritten because the tag is immutable.",
            "Put \"http://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused",
        ] {
            assert!(push_hint(said).is_some(), "{said}");
        }
        assert_eq!(push_hint("something else"), None);
    }
}
