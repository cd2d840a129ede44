//! Formats library errors: their `Display` says "dispatch failure", and the reason is in the sources.

use std::error::Error;
use std::sync::LazyLock;

use aws_smithy_types::error::ErrorMetadata;
use regex::Regex;

use crate::diagnostic::{clean, refused_certificate};
use crate::model::mask_url_passwords;

/// Texts of error layers that don't name a cause.
const EMPTY: [&str; 12] = [
    "dispatch failure",
    "service error",
    "response error",
    "request has timed out",
    "failed to construct request",
    "io error",
    "other",
    "user error",
    "client error (Connect)",
    "client error (SendRequest)",
    "tcp connect error",
    "an error occurred while loading credentials",
];

/// Iterates over the error and its sources, the outermost first. An `io::Error` hides its payload from
/// `source`.
pub(in crate::aws) fn chain<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| source(error))
}

fn source<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<std::io::Error>() {
        Some(io) => io.get_ref().map(|inner| inner as &(dyn Error + 'static)),
        None => error.source(),
    }
}

/// Returns the text of the chain, without uninformative layers and repetitions.
pub(in crate::aws) fn error_text(error: &(dyn Error + 'static)) -> String {
    let mut said: Vec<String> = Vec::new();
    for layer in chain(error) {
        // Its `Display` is that of a Rust struct, and the layer above repeats the code.
        let refusal = layer.downcast_ref::<ErrorMetadata>();
        let text = match refusal {
            Some(refusal) => refusal
                .message()
                .or(refusal.code())
                .unwrap_or_default()
                .to_owned(),
            None => layer.to_string(),
        };
        // Some layers repeat their source after a colon; drop that part, because the source follows.
        let text = match source(layer) {
            Some(source) => text
                .strip_suffix(&source.to_string())
                .map_or(text.as_str(), |own| own.trim_end_matches([':', ' '])),
            None => text.as_str(),
        };
        let text = plain(text.split(" (os error").next().unwrap_or(text));
        let text = match refusal {
            Some(_) => text,
            None => refused_certificate(&text).map_or_else(|| without_debug(&text), str::to_owned),
        };
        if !text.is_empty() && !is_uninformative(&text) && !said.contains(&text) {
            said.push(text);
        }
    }
    if said.is_empty() {
        error.to_string()
    } else {
        said.join(": ")
    }
}

/// Removes what is printed with a Rust type's `Debug`, as the SDK does with responses of metadata services:
/// `(code: 404). Response { status: …`. A status is kept as its number.
fn without_debug(text: &str) -> String {
    const STATUS: &str = r"\bStatusCode\((\d+)\)";
    const DUMP: &str = r#"\b[A-Z]\w*[a-z]\w*(?: \{ \w+: |\((?:\w+\(|"|\d))"#;
    static PATTERNS: LazyLock<Option<[Regex; 2]>> =
        LazyLock::new(|| Some([Regex::new(STATUS).ok()?, Regex::new(DUMP).ok()?]));
    let Some([status, dump]) = PATTERNS.as_ref() else {
        return text.to_owned();
    };
    let text = status.replace_all(text, "$1");
    match dump.find(&text) {
        Some(found) => text[..found.start()]
            .trim_end_matches([' ', '.', ':', ',', '('])
            .to_owned(),
        None => text.into_owned(),
    }
}

/// Whether a layer's text names no cause. The SDK says `unhandled error (CODE)` of a code that its model doesn't
/// declare; AWS's own message follows.
fn is_uninformative(text: &str) -> bool {
    EMPTY.contains(&text) || text.starts_with("unhandled error")
}

/// Returns one line without control characters, limited to a screen line or two.
pub(in crate::aws) fn plain(text: &str) -> String {
    const MOST: usize = 400;
    let line = clean(text);
    // Before a password loses its end.
    let line = mask_url_passwords(&line);
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::is_refused_certificate;

    #[derive(Debug, thiserror::Error)]
    #[error("dispatch failure")]
    struct Outer(#[source] std::io::Error);

    #[derive(Debug, thiserror::Error)]
    #[error("invalid peer certificate: UnknownIssuer")]
    struct Inner;

    #[test]
    fn the_reason_is_dug_out_of_the_layers() {
        let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        assert_eq!(error_text(&Outer(refused)), "connection refused");
        assert_eq!(
            error_text(&Outer(std::io::Error::other(Inner))),
            "invalid peer certificate: UnknownIssuer"
        );
    }

    #[test]
    fn what_debug_prints_is_removed() {
        for (text, expected) in [
            ("Non-success status: StatusCode(403)", "Non-success status: 403"),
            (
                r#"error response from IMDS (code: 404). Response { status: StatusCode(404), headers: Headers { headers: {} } }"#,
                "error response from IMDS (code: 404)",
            ),
            (
                "invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))",
                "invalid peer certificate",
            ),
            (
                "invalid peer certificate: UnknownIssuer",
                "invalid peer certificate: UnknownIssuer",
            ),
            (
                "client error (Connect), Region(s), f(x)",
                "client error (Connect), Region(s), f(x)",
            ),
        ] {
            assert_eq!(without_debug(text), expected);
        }
    }

    #[test]
    fn aws_is_quoted_in_its_own_words() {
        let refusal = |builder: aws_smithy_types::error::metadata::Builder| error_text(&builder.build());
        let builder = || ErrorMetadata::builder().code("AccessDenied");
        assert_eq!(
            refusal(builder().message("no Role { name: x }")),
            "no Role { name: x }"
        );
        assert_eq!(refusal(builder()), "AccessDenied");
    }

    #[test]
    fn ca_certificates_of_servers_are_explained() {
        #[derive(Debug, thiserror::Error)]
        #[error("invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))")]
        struct OfRustls;
        let text = error_text(&Outer(std::io::Error::other(OfRustls)));
        assert!(is_refused_certificate(&text), "{text}");
    }

    #[test]
    fn passwords_are_masked_before_the_text_is_cut() {
        let text = format!("{} http://me:{}@h", "x".repeat(380), "secret".repeat(9));
        assert!(!plain(&text).contains("secret"), "{}", plain(&text));
    }

    #[test]
    fn control_characters_and_length_are_tamed() {
        assert_eq!(plain("a\u{1b}[31mb\r\nc"), "ab c");
        assert_eq!(plain(&"x".repeat(1000)).chars().count(), 401);
    }
}
