//! Passwords in URLs: `scheme://user:password@host` (RFC 3986, 3.2.1).

use std::borrow::Cow;

/// The replacement of a hidden value.
pub const MASK: &str = "********";

/// Replaces the password in each URL of a text.
pub fn mask_url_passwords(text: &str) -> Cow<'_, str> {
    let mut masked = String::new();
    let (mut copied, mut from) = (0, 0);
    while let Some(found) = text[from..].find("://") {
        from += found + "://".len();
        let rest = &text[from..];
        let url = &rest[..rest.find(is_url_end).unwrap_or(rest.len())];
        if let Some((user, at)) = password_of(url) {
            masked.extend([&text[copied..from], user, ":", MASK]);
            copied = from + at;
            from = copied;
        }
    }
    match copied {
        0 => Cow::Borrowed(text),
        copied => Cow::Owned(masked + &text[copied..]),
    }
}

/// Replaces the password in a value that is meant as a URL or as `user:password@host`, however malformed.
pub fn mask_userinfo(url: &str) -> String {
    let (scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), url),
    };
    match (rest.split_once(':'), rest.rfind('@')) {
        (Some((user, _)), Some(at)) if user.len() < at => format!("{scheme}{user}:{MASK}{}", &rest[at..]),
        _ => url.to_owned(),
    }
}

/// Returns the user and where the password ends, if an authority has a password.
fn password_of(url: &str) -> Option<(&str, usize)> {
    let authority = url.split(['/', '?', '#']).next()?;
    let at = authority.rfind('@')?;
    let (user, password) = authority[..at].split_once(':')?;
    (!password.is_empty()).then_some((user, at))
}

/// Whether no URL contains the character, so that it ends one in a text.
fn is_url_end(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '`' | '\'' | '\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_texts_are_masked() {
        for (text, expected) in [
            ("plain", "plain"),
            ("at https://example.com/@x:y", "at https://example.com/@x:y"),
            (
                "`http://u:p@h:80/x?y` and tcp://v:q@w@i",
                "`http://u:********@h:80/x?y` and tcp://v:********@i",
            ),
            (
                "\"postgres://:p@h\", 'a://b:c@d'",
                "\"postgres://:********@h\", 'a://b:********@d'",
            ),
            ("http://u@h http://h:80", "http://u@h http://h:80"),
            ("a://b://c:d@e", "a://b://c:********@e"),
        ] {
            assert_eq!(mask_url_passwords(text), expected);
            assert_eq!(mask_url_passwords(expected), expected);
        }
    }

    #[test]
    fn passwords_in_malformed_urls_are_masked() {
        for (url, expected) in [
            ("http://u:p/w@h", "http://u:********@h"),
            ("u:p@h:80", "u:********@h:80"),
            ("u@h:80", "u@h:80"),
            ("localhost:5000", "localhost:5000"),
        ] {
            assert_eq!(mask_userinfo(url), expected);
        }
    }
}
