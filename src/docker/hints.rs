//! Hints for common errors of builders and registries.

use crate::diagnostic::{Suggestion, SuggestionPart};

/// Returns the hint for a builder's error message, if one is known.
pub(super) fn build_hint(said: &str) -> Option<&'static str> {
    const OTHER_BASE: &str =
        "use a base image available for the platform, or set `platform:` to what the task runs on";
    const CURES: &[(&str, &str)] = &[
        ("no space left on device", "free disk space: docker system prune"),
        ("toomanyrequests", "log in for a higher limit: docker login"),
        (
            "no basic auth credentials",
            "log in to the registry of the base image: docker login HOST",
        ),
        (
            "pull access denied",
            "check the base image's name, or log in: docker login HOST",
        ),
        (
            "401 Unauthorized",
            "log in to the registry of the base image: docker login HOST",
        ),
        ("the specified platform", OTHER_BASE),
        ("no match for platform in manifest", OTHER_BASE),
        ("no matching manifest for", OTHER_BASE),
        (
            "exec format error",
            "install emulation for the platform: docker run --privileged --rm tonistiigi/binfmt --install all",
        ),
        (
            "the --mount option requires BuildKit",
            "unset DOCKER_BUILDKIT=0, or update the daemon",
        ),
        ("no such host", "check the network and DNS of the Docker daemon"),
    ];
    cure(CURES, said)
}

/// Whether a builder's error message says that the registry of a base image wants a login, or another one.
pub(super) fn is_login_wanted(said: &str) -> bool {
    const SIGNS: [&str; 7] = [
        "toomanyrequests",
        "no basic auth credentials",
        "pull access denied",
        "401 Unauthorized",
        "403 Forbidden",
        "authorization failed",
        "unauthorized",
    ];
    SIGNS.iter().any(|sign| said.contains(sign))
}

/// Whether a builder's error message says that the same build, run again, is likely to succeed.
pub(super) fn is_transient(said: &str) -> bool {
    /// Something from the cache, or just made, is gone: another client removed it in the meantime. Seen on Docker 29
    /// with `docker image prune` beside builds; see also github.com/moby/moby, `daemon/internal/image/cache`
    /// (`unable to find image`) and `layer` (`layer does not exist`).
    const GONE: [&str; 5] = [
        "unable to find image \"sha256:",
        "unable to find image sha256:",
        "No such image: sha256:",
        "layer does not exist",
        "lease does not exist",
    ];
    /// Race conditions in BuildKit: github.com/moby/buildkit #1822 (a `COPY` of hundreds of sources; seen on Docker 20.10)
    /// and #2303; github.com/depot/cli #89 and #90 run such builds again, too.
    const RACES: [&str; 3] = [
        "flightcontrol: exceeded retry timeout",
        "inconsistent graph state",
        "failed to get state for index",
    ];
    let mut signs = GONE.iter().chain(&RACES);
    signs.any(|sign| said.contains(sign))
}

/// Returns the hint for a registry's error message, if one is known.
pub(super) fn push_hint(said: &str) -> Option<Suggestion> {
    const REPOSITORY_MISSING: &[SuggestionPart] = &[
        SuggestionPart::text("the repository does not exist; "),
        SuggestionPart::command("push", ""),
        SuggestionPart::text(" creates it, if ecr:CreateRepository is allowed"),
    ];
    if ["name unknown", "does not exist in the registry"]
        .iter()
        .any(|words| said.contains(words))
    {
        return Some(REPOSITORY_MISSING.into());
    }
    const CURES: &[(&str, &str)] = &[
        (
            "no basic auth credentials",
            "the registry requires a login; check the host given with --registry",
        ),
        (
            "unauthorized",
            "the registry rejected the login; check your identity: aws sts get-caller-identity",
        ),
        (
            "not authorized to perform",
            "allow that action in the role's policy",
        ),
        (
            "denied",
            "allow ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload and ecr:PutImage on the repository",
        ),
        (
            "tag is immutable",
            "the tag already exists for another image: use a tag that changes with the content",
        ),
        (
            "connection refused",
            "nothing is listening at the registry's address as the Docker daemon sees it",
        ),
        (
            "no such host",
            "check the registry's name, and the DNS of the Docker daemon",
        ),
        (
            "server gave HTTP response to HTTPS client",
            "Docker uses plain HTTP only for 127.0.0.0/8: see the daemon's insecure-registries",
        ),
        (
            "x509",
            "the daemon does not trust the registry's certificate: put its CA into /etc/docker/certs.d/HOST/ca.crt",
        ),
        (
            "toomanyrequests",
            "the registry is throttling requests: run the command again in a minute",
        ),
    ];
    cure(CURES, said).map(Suggestion::from)
}

fn cure(cures: &[(&str, &'static str)], said: &str) -> Option<&'static str> {
    let known = cures.iter().find(|(words, _)| said.contains(words));
    known.map(|(_, cure)| *cure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_messages_have_a_hint() {
        assert!(
            build_hint("write /x: no space left on device")
                .unwrap()
                .contains("prune")
        );
        assert_eq!(build_hint("unknown instruction: FORM"), None);
        assert!(is_login_wanted(
            "failed to authorize: unexpected status: 401 Unauthorized"
        ));
        assert!(!is_login_wanted("exit code: 1"));
        assert!(is_transient("unable to find image \"sha256:0123\""));
        assert!(!is_transient("Unable to find image 'web:1' locally"));
        // Messages of Docker 20.10, Docker 29, BuildKit for an index, and the classic builder for an index.
        for said in [
            "image with reference h:5/base:arm was found but does not match the specified platform: wanted \
             linux/amd64, actual: linux/arm64",
            "image with reference h:5/base:arm was found but does not provide the specified platform (linux/amd64)",
            "h:5/base:arm: failed to resolve source metadata for h:5/base:arm: no match for platform in manifest: \
             not found",
            "no matching manifest for linux/amd64 in the manifest list entries",
        ] {
            assert!(build_hint(said).unwrap().contains("set `platform:`"), "{said}");
        }
    }
}

#[cfg(test)]
mod push_hint_tests {
    use super::*;

    #[test]
    fn refusals_have_a_hint() {
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
