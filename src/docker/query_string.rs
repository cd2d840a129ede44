//! Query strings for the daemon's API.

use std::fmt::Write as _;

/// Percent-encodes all characters except RFC 3986's unreserved ones.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            escaped.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

/// Escapes an image reference for use in a path, keeping the characters that references are made of.
pub(super) fn escape_reference(reference: &str) -> String {
    escape(reference)
        .replace("%2F", "/")
        .replace("%3A", ":")
        .replace("%40", "@")
}

/// A query string under construction.
#[derive(Debug, Default)]
pub(super) struct QueryString(String);

impl QueryString {
    /// Adds a parameter.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.0.push(if self.0.is_empty() { '?' } else { '&' });
        self.0.push_str(name);
        self.0.push('=');
        self.0.push_str(&escape(value));
    }

    /// Returns `?a=b&c=d`, or an empty string without parameters.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_unreserved_stay() {
        assert_eq!(escape("aZ0-._~"), "aZ0-._~");
        assert_eq!(escape("a b&c=d/é"), "a%20b%26c%3Dd%2F%C3%A9");
        assert_eq!(escape_reference("h:5/a/b@sha256:0?x"), "h:5/a/b@sha256:0%3Fx");
        let mut query = QueryString::default();
        assert_eq!(query.as_str(), "");
        query.add("t", "a:b");
        query.add("q", "1");
        assert_eq!(query.as_str(), "?t=a%3Ab&q=1");
    }
}
