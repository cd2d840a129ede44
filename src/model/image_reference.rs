//! Image references, following the grammar of github.com/distribution/reference.

use std::fmt;
use std::str::FromStr;

use crate::diagnostic::{Explain, Explanation};
use crate::exit::Exit;

/// The maximum length of a name, including the host (distribution/reference, `RepositoryNameTotalLengthMax`).
const NAME_LIMIT: usize = 255;
/// The maximum length of a tag.
const TAG_LIMIT: usize = 128;

/// An image reference, `[HOST[:PORT]/]PATH[:TAG][@DIGEST]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageReference {
    /// The registry's host, if given.
    pub host: Option<String>,
    /// The repository's path in the registry.
    pub path: String,
    /// The tag.
    pub tag: Option<String>,
    /// The digest, including the algorithm.
    pub digest: Option<String>,
}

/// The error for an invalid image reference.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid image reference `{text}`: {why}")]
pub struct InvalidImageReference {
    text: String,
    /// The rule that the text violates.
    pub why: &'static str,
}

impl Explain for InvalidImageReference {
    fn explain(&self) -> Explanation {
        Explanation::new(Exit::Usage, "bad-image-name")
            .hint("write it as docker pull does: HOST/NAME:TAG, or HOST/NAME@sha256:…")
    }
}

impl FromStr for ImageReference {
    type Err = InvalidImageReference;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).map_err(|why| InvalidImageReference {
            text: text.to_owned(),
            why,
        })
    }
}

fn parse(text: &str) -> Result<ImageReference, &'static str> {
    check_kind(text)?;
    let (rest, digest) = match text.split_once('@') {
        Some((rest, digest)) => (rest, Some(digest)),
        None => (text, None),
    };
    // A colon before the last slash belongs to the host's port.
    let name_end = rest.rfind('/').map_or(0, |slash| slash + 1);
    let (name, tag) = match rest[name_end..].split_once(':') {
        Some((last, tag)) => (&rest[..name_end + last.len()], Some(tag)),
        None => (rest, None),
    };
    let (host, path) = match name.split_once('/') {
        Some((host, path)) if is_host(host) => (Some(host), path),
        _ => (None, name),
    };
    if name.len() > NAME_LIMIT {
        return Err("it is longer than 255 characters");
    }
    host.map_or(Ok(()), check_host)?;
    check_path(path)?;
    tag.map_or(Ok(()), check_tag)?;
    digest.map_or(Ok(()), check_digest)?;
    Ok(ImageReference {
        host: host.map(str::to_owned),
        path: path.to_owned(),
        tag: tag.map(str::to_owned),
        digest: digest.map(str::to_owned),
    })
}

/// Recognizes other kinds of text that are often written in place of an image reference.
fn check_kind(text: &str) -> Result<(), &'static str> {
    if text.contains("://") {
        return Err("an image's reference has no scheme: it starts with the registry's host");
    }
    if text.starts_with("arn:") {
        return Err("an image is named by its repository's URI, not by an ARN");
    }
    if text.contains(['$', '<', '{']) {
        return Err(
            "its placeholder is not resolved; deploy.yaml resolves `${env.NAME}` and `${images.NAME}`",
        );
    }
    Ok(())
}

/// Whether the first part is a host: it has a dot or a port, is localhost, or isn't a valid repository
/// component.
fn is_host(part: &str) -> bool {
    part.contains(['.', ':']) || part == "localhost" || part.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// Checks that `host` is a domain name or IP address with an optional port
/// (distribution/reference, `DomainRegexp`).
fn check_host(host: &str) -> Result<(), &'static str> {
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    let is_name = |part: &str| {
        let is_plain = |char: char| char.is_ascii_alphanumeric();
        part.starts_with(is_plain)
            && part.ends_with(is_plain)
            && part.chars().all(|char| is_plain(char) || char == '-')
    };
    let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let is_address = address.is_some_and(|address| address.parse::<core::net::Ipv6Addr>().is_ok());
    if port.is_none_or(is_port) && (is_address || name.split('.').all(is_name)) {
        Ok(())
    } else {
        Err("the part before the first `/` is not a registry's host")
    }
}

fn check_path(path: &str) -> Result<(), &'static str> {
    if path.is_empty() {
        return Err("the repository is missing");
    }
    if path.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Err("a repository must be lowercase");
    }
    if path.split('/').all(is_component) {
        Ok(())
    } else {
        Err("the parts of a repository name are a-z and 0-9, separated by `.`, `_`, `__` or dashes")
    }
}

/// Whether `part` is letters and digits, separated by one `.`, one or two `_`, or any number of `-`.
fn is_component(part: &str) -> bool {
    let is_plain = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit();
    let is_separator =
        |between: &str| matches!(between, "" | "." | "_" | "__") || between.bytes().all(|byte| byte == b'-');
    part.starts_with(is_plain) && part.ends_with(is_plain) && part.split(is_plain).all(is_separator)
}

/// Checks a tag: letters, digits, `_`, `.` and `-`, not starting with the last two, at most 128 characters.
pub(crate) fn check_tag(tag: &str) -> Result<(), &'static str> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if tag.is_empty() {
        return Err("the tag is empty");
    }
    if tag.len() > TAG_LIMIT {
        return Err("the tag is longer than 128 characters");
    }
    let mut bytes = tag.bytes();
    if bytes.next().is_some_and(is_word) && bytes.all(|byte| is_word(byte) || matches!(byte, b'.' | b'-')) {
        Ok(())
    } else {
        Err("a tag is letters, digits, `_`, `.` and `-`, and can't start with `.` or `-`")
    }
}

fn check_digest(digest: &str) -> Result<(), &'static str> {
    let is_hex = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase())
    };
    match digest.split_once(':') {
        Some(("sha256", hex)) if hex.len() == 64 && is_hex(hex) => Ok(()),
        Some(("sha512", hex)) if hex.len() == 128 && is_hex(hex) => Ok(()),
        _ => Err("a digest is `sha256:` and 64 hex digits"),
    }
}

impl fmt::Display for ImageReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(host) = &self.host {
            write!(f, "{host}/")?;
        }
        f.write_str(&self.path)?;
        if let Some(tag) = &self.tag {
            write!(f, ":{tag}")?;
        }
        self.digest
            .as_ref()
            .map_or(Ok(()), |digest| write!(f, "@{digest}"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    #[test]
    fn each_form() {
        let rows = [
            ("busybox", None, "busybox", None),
            ("library/busybox:1.36", None, "library/busybox", Some("1.36")),
            ("localhost/a", Some("localhost"), "a", None),
            (
                "h:5/a/b_c__d.e-f---g:t",
                Some("h:5"),
                "a/b_c__d.e-f---g",
                Some("t"),
            ),
            ("host:5", None, "host", Some("5")),
            (
                "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web:v1",
                Some("123456789012.dkr.ecr.us-east-1.amazonaws.com"),
                "acme/web",
                Some("v1"),
            ),
            ("public.ecr.aws/x/y", Some("public.ecr.aws"), "x/y", None),
        ];
        for (text, host, path, tag) in rows {
            for (text, digest) in [
                (text.to_owned(), None),
                (format!("{text}@{DIGEST}"), Some(DIGEST)),
            ] {
                let read: ImageReference = text.parse().unwrap_or_else(|error| panic!("{error}"));
                assert_eq!((read.host.as_deref(), read.path.as_str()), (host, path), "{text}");
                assert_eq!(
                    (read.tag.as_deref(), read.digest.as_deref()),
                    (tag, digest),
                    "{text}"
                );
                assert_eq!(read.to_string(), text);
            }
        }
    }

    #[test]
    fn invalid_references_say_why() {
        let long = format!("a/{}", "b".repeat(255));
        let long_tag = format!("a:{}", "t".repeat(129));
        let rows = [
            ("", "missing"),
            ("h:5/", "missing"),
            ("Busybox", "lowercase"),
            ("a//b", "parts"),
            ("a/", "parts"),
            ("a..b", "parts"),
            ("a___b", "parts"),
            ("a b", "parts"),
            ("-a", "parts"),
            ("a:", "empty"),
            ("a:-t", "can't start with"),
            ("a:t t", "can't start with"),
            ("a@sha256:00", "64 hex"),
            ("a@md5:00", "64 hex"),
            (&long, "255"),
            (&long_tag, "128"),
            ("https://h/a", "no scheme"),
            ("arn:aws:ecr:us-east-1:123456789012:repository/web", "ARN"),
            ("$ECR_REGISTRY/web", "placeholder"),
            ("h:x/web", "host"),
        ];
        for (text, why) in rows {
            let error = text.parse::<ImageReference>().expect_err(text).to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn references_round_trip(text in "[a-zA-Z0-9:/@._-]{0,40}") {
            if let Ok(reference) = text.parse::<ImageReference>() {
                prop_assert_eq!(reference.to_string(), text);
            }
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = text.parse::<ImageReference>();
        }
    }
}
