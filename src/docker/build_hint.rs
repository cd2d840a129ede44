//! What usually cures what a builder says.

/// The cure for words of a builder, where one is known.
pub(super) fn build_hint(said: &str) -> Option<&'static str> {
    const OTHER_BASE: &str =
        "use a base image that exists for the platform, or set `platform:` to what the task runs on";
    const CURES: &[(&str, &str)] = &[
        ("no space left on device", "make room: docker system prune"),
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
    CURES
        .iter()
        .find(|(words, _)| said.contains(words))
        .map(|(_, cure)| *cure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_have_a_cure() {
        assert!(
            build_hint("write /x: no space left on device")
                .unwrap()
                .contains("prune")
        );
        assert_eq!(build_hint("unknown instruction: FORM"), None);
        // Docker 20.10, Docker 29, BuildKit of an index, and the classic builder of one.
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
