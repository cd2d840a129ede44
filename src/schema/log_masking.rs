//! Masks secrets that a task definition holds in plain text, in the output of the program that runs in
//! it.
//!
//! `environment` is sensitive as a whole in AWS's model, but masking each of its values in a log (`true`,
//! `eu`, `8080`) would make it unreadable. So only values are masked whose variable's name indicates a
//! secret, and passwords inside URLs. The values of `secrets` are not known here: they are never read.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use crate::model::{MASK, Value};

/// The minimum length of a masked value: shorter ones occur in words by chance.
const SHORTEST: usize = 6;
/// Values that are not secret, whatever their variable's name: settings about secrets have them
/// (`TOKEN_STORE=default`), and logs are full of these words.
const TRIVIAL: [&str; 24] = [
    "default",
    "disabled",
    "enabled",
    "required",
    "optional",
    "production",
    "staging",
    "development",
    "testing",
    "sandbox",
    "preview",
    "private",
    "public",
    "internal",
    "external",
    "localhost",
    "undefined",
    "password",
    "secret",
    "secrets",
    "bearer",
    "cookie",
    "header",
    "session",
];
/// Parts of a variable's name that indicate a secret value.
const TELLING: [&str; 10] = [
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "SECRET",
    "TOKEN",
    "APIKEY",
    "API_KEY",
    "PRIVATE_KEY",
    "ACCESS_KEY",
    "CREDENTIAL",
];

/// Words of a variable's name that indicate a secret value: `DB_PASS`, `MYSQL_PWD`, `smtpPass`.
const TELLING_WORDS: [&str; 2] = ["PASS", "PWD"];

/// Returns the secret values in a task definition's environments, the longest first.
pub fn secrets_of(definition: &Value) -> Vec<String> {
    let list = |value: &Value, member: &str| -> Vec<Value> {
        value
            .get(member)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let text = |value: &Value, member: &str| -> String {
        value
            .get(member)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let mut secrets: Vec<String> = list(definition, "containerDefinitions")
        .iter()
        .flat_map(|container| list(container, "environment"))
        .filter_map(|variable| secret_in(&text(&variable, "name"), &text(&variable, "value")))
        .flat_map(|secret| parts(&secret))
        .collect();
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets.dedup();
    secrets
}

/// Returns the strings to search for: the whole secret, and each of its lines, since logs show a
/// multi-line key line by line. A variable may hold such a key in one line, with `\n` for each line
/// break, which the program expands.
fn parts(secret: &str) -> Vec<String> {
    let lines = secret.lines().flat_map(|line| line.split("\\n"));
    let lines = lines.map(|line| line.strip_suffix("\\r").unwrap_or(line).trim());
    let lines = lines.filter(|line| *line != secret);
    std::iter::once(secret)
        .chain(lines)
        .filter(|part| part.len() >= SHORTEST && !is_trivial(part))
        .map(str::to_owned)
        .collect()
}

/// Whether a value is not secret: a common word, or the name of a resource, which AWS itself shows in
/// plain text.
fn is_trivial(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    value.starts_with("arn:aws") || TRIVIAL.contains(&value.as_str())
}

/// Whether a value is or contains a secret, judging by its variable's name or its own form.
pub fn holds_secret(name: &str, value: &str) -> bool {
    secret_in(name, value).is_some()
}

/// Whether a variable's name indicates a secret value.
fn is_telling(name: &str, value: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    if TELLING.iter().any(|part| upper.contains(part)) {
        return true;
    }
    // POSIX's PWD, and names made after it, hold a folder.
    !value.starts_with('/') && words(name).any(|word| TELLING_WORDS.contains(&word.as_str()))
}

/// Returns the words of a name in upper case: `DB`, `PASS` of `DB_PASS`, `db-pass` and `dbPass`.
fn words(name: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_ascii_alphabetic() || (was_lower && c.is_ascii_uppercase()) {
            words.push(String::new());
        }
        was_lower = c.is_ascii_lowercase();
        if let Some(word) = words.last_mut().filter(|_| c.is_ascii_alphabetic()) {
            word.push(c.to_ascii_uppercase());
        }
    }
    words.into_iter()
}

/// Returns the strings by which the secret part of a variable, if it has one, is found in a text.
pub fn secrets_in(name: &str, value: &str) -> Vec<String> {
    secret_in(name, value)
        .map(|secret| parts(&secret))
        .unwrap_or_default()
}

/// Returns the values in a configuration file that its names indicate as secret: `DB_PASSWORD: hunter22`, or
/// `{name: DB_PASSWORD, value: hunter22}`. What only refers to a secret (a path, an ARN, a placeholder) is none.
pub fn secrets_in_file(text: &str) -> Vec<String> {
    const PAIR: &str = r#"(?:name["']?\s*:\s*["']?(?<a>[\w.-]+)["']?\s*,?\s*["']?value|(?<b>[\w.-]+))["']?\s*[:=]\s*(?:"(?<c>[^"\n]+)"|'(?<d>[^'\n]+)'|(?<e>[^\s"',{}\[\]]+))"#;
    static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PAIR).ok());
    let mut secrets = Vec::new();
    // The pattern is compiled when a line needs it: that takes longer than to look through most files.
    let pairs = telling_lines(text).filter_map(|lines| Some(PATTERN.as_ref()?.captures_iter(lines)));
    for found in pairs.flatten() {
        let group = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| found.name(name))
                .map(|it| it.as_str())
        };
        if let (Some(name), Some(value)) = (group(&["a", "b"]), group(&["c", "d", "e"]))
            && !value.starts_with(['/', '$', '{', '[', '&', '*', '|', '>'])
        {
            secrets.extend(secrets_in(name, value));
        }
    }
    secrets
}

/// Returns the parts of a file that may hold a secret: the lines with a telling word or with a URL's user, and those
/// around them that may hold the rest of the pair. To search the rest too would take many times as long.
fn telling_lines(text: &str) -> impl Iterator<Item = &str> {
    /// How many lines with content a pair may go on after its telling line.
    const AFTER: usize = 3;
    let mut parts: Vec<Range<usize>> = Vec::new();
    let (mut start, mut before, mut left) = (0, 0, 0);
    for line in text.split_inclusive('\n') {
        let (at, end) = (start, start + line.len());
        start = end;
        let is_telling = may_hold_secret(line);
        match parts.last_mut() {
            Some(part) if part.end == at && (is_telling || left > 0) => part.end = end,
            _ if is_telling => parts.push(before..end),
            _ => {}
        }
        let has_content = !line.trim().is_empty();
        left = match is_telling {
            true => AFTER,
            false => left - usize::from(left > 0 && has_content),
        };
        if has_content {
            before = at;
        }
    }
    parts.into_iter().map(|part| &text[part])
}

/// Whether a line has what makes the name or the value of a pair telling.
fn may_hold_secret(line: &str) -> bool {
    static SIGNS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let signs = TELLING.iter().chain(&TELLING_WORDS).chain(&["@"]);
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(signs)
            .ok()
    });
    SIGNS.as_ref().is_none_or(|signs| signs.is_match(line))
}

/// Returns the values in a Dockerfile whose names indicate a secret: of `ARG` and `ENV`, which steps and their output
/// show.
pub fn secrets_in_dockerfile(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace("\\\n", " ");
    let instructions = text
        .lines()
        .filter_map(|line| line.trim_start().split_once([' ', '\t']));
    instructions
        .filter(|(name, _)| ["ARG", "ENV"].iter().any(|it| name.eq_ignore_ascii_case(it)))
        .flat_map(|(_, values)| secrets_in_file(values))
        .collect()
}

/// Returns the secret part of a variable: the whole value, or the password of its URL.
fn secret_in(name: &str, value: &str) -> Option<String> {
    if is_telling(name, value) {
        return Some(value.to_owned());
    }
    // RFC 3986, 3.2.1: scheme://user:password@host
    let (_, rest) = value.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let (user, _) = authority.rsplit_once('@')?;
    let (_, password) = user.split_once(':')?;
    Some(password.to_owned())
}

/// Replaces each secret in a text with the mask. Returns the borrowed text if it contains no secret.
pub fn mask_secrets<'a>(text: &'a str, secrets: &[String]) -> Cow<'a, str> {
    let mut hidden = Cow::Borrowed(text);
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        if hidden.contains(secret.as_str()) {
            hidden = Cow::Owned(hidden.replace(secret.as_str(), MASK));
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn secrets(environment: &[(&str, &str)]) -> Vec<String> {
        let environment: Vec<Value> = environment
            .iter()
            .map(|(name, value)| json!({"name": name, "value": value}))
            .collect();
        secrets_of(&json!({"containerDefinitions": [{"name": "web", "environment": environment}]}))
    }

    #[test]
    fn secret_names_mask_their_values() {
        let secrets = secrets(&[
            ("DB_PASSWORD", "hunter22"),
            ("stripe_api_key", "sk_live_1234"),
            ("LOG_LEVEL", "debugging"),
            ("KEYBOARD", "qwertyuiop"),
            ("TOKEN", "short"),
        ]);
        assert_eq!(
            mask_secrets(
                "debugging with hunter22 and sk_live_1234, qwertyuiop, short",
                &secrets
            ),
            format!("debugging with {MASK} and {MASK}, qwertyuiop, short")
        );
    }

    #[test]
    fn words_of_names_indicate_secrets() {
        for (name, value, expected) in [
            ("DB_PASS", "hunter22", true),
            ("db-pwd", "hunter22", true),
            ("MYSQL_PWD", "hunter22", true),
            ("smtpPass", "hunter22", true),
            ("PWD", "hunter22", true),
            ("PWD", "/usr/src/app", false),
            ("OLDPWD", "/usr/src/app", false),
            ("BYPASS_CACHE", "hunter22", false),
            ("COMPASS", "hunter22", false),
        ] {
            assert_eq!(holds_secret(name, value), expected, "{name}");
        }
    }

    #[test]
    fn secrets_are_found_in_files() {
        let text = "env: {DB_PASSWORD: hunter22, X: 1}\n- {name: API_TOKEN, value: \"to ken-1\"}\n- name: A_SECRET\n  value: third-one\n\
                    secrets: {B_SECRET: /prod/b, C_TOKEN: 'arn:aws:ssm:x', D_TOKEN: ${env.D_TOKEN}}\nURL: a://u:fourth1@h\n";
        let mut found = secrets_in_file(text);
        found.sort();
        assert_eq!(found, ["fourth1", "hunter22", "third-one", "to ken-1"]);
    }

    #[test]
    fn secrets_are_found_across_lines_of_a_long_file() {
        let filler = "image: nginx\nport: 80\n\n".repeat(20);
        let pairs = [
            "name:\n\n  A_SECRET\nvalue:\n\n  value-a1\n",
            "B_TOKEN:\n\n\n  'value b2'\n",
            "{\"name\": \"C_TOKEN\",\r\n\r\n \"value\"\r\n:\r\n \"value-c3\"}\r\n",
            "- value: a://u:value-d4@h\n  name: D\n",
            "E_PASS: value-e5\nimage: nginx\nF_PWD: value-f6\n",
        ];
        let text = format!("{filler}{}", pairs.map(|pair| format!("{pair}{filler}")).concat());
        let expected = [
            "value-a1", "value b2", "value-c3", "value-d4", "value-e5", "value-f6",
        ];
        assert_eq!(secrets_in_file(&text), expected);
        assert!(secrets_in_file(&filler).is_empty());
    }

    #[test]
    fn secrets_are_found_in_dockerfiles() {
        let text = "FROM reg/secrets:1.2.3-a\narg A_TOKEN=hunter22 B=1\nENV X=1 \\\n  DB_PASSWORD=\"se cond\" C_TOKEN=$X\n\
                    RUN D_TOKEN=run-time-1 make\n";
        assert_eq!(secrets_in_dockerfile(text), ["hunter22", "se cond"]);
    }

    #[test]
    fn passwords_in_urls_are_masked() {
        let secrets = secrets(&[("DATABASE_URL", "postgres://shop:p4ssw0rd@db:5432/shop?x=@")]);
        assert_eq!(
            mask_secrets("can't reach postgres://shop:p4ssw0rd@db:5432/shop", &secrets),
            format!("can't reach postgres://shop:{MASK}@db:5432/shop")
        );
        assert!(super::secret_in("URL", "https://example.com/@x:y").is_none());
    }

    #[test]
    fn common_words_and_resource_names_are_not_masked() {
        let arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-a1b2c3";
        let secrets = secrets(&[
            ("TOKEN_STORE", "Default"),
            ("SECRET_STAGE", "production"),
            ("TOKENS", "true"),
            ("USE_TOKEN", "1"),
            ("DB_SECRET_ARN", arn),
            ("API_TOKEN", "productionkey"),
        ]);
        let line = format!("default true 1 production {arn}");
        assert_eq!(mask_secrets(&line, &secrets), line);
        assert_eq!(mask_secrets("productionkey", &secrets), MASK);
    }

    #[test]
    fn multiline_keys_are_masked_line_by_line() {
        let key =
            "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n  kqhkiG9w0BAQEF\n==\n-----END PRIVATE KEY-----\n";
        let secrets = secrets(&[("TLS_PRIVATE_KEY", key)]);
        assert_eq!(
            mask_secrets("read MIIEvQIBADANBg", &secrets),
            format!("read {MASK}")
        );
        assert_eq!(mask_secrets("kqhkiG9w0BAQEF ==", &secrets), format!("{MASK} =="));
        assert_eq!(
            mask_secrets(&format!("key: {key}"), &secrets),
            format!("key: {MASK}")
        );
    }

    #[test]
    fn keys_with_escaped_newlines_are_masked() {
        for end in [r"\n", r"\r\n"] {
            let key = [
                "-----BEGIN PRIVATE KEY-----",
                "MIIEvQIBADANBg",
                "kqhkiG9w0BAQEF",
                "",
            ]
            .join(end);
            let secrets = secrets(&[("TLS_PRIVATE_KEY", &key)]);
            assert_eq!(
                mask_secrets("read MIIEvQIBADANBg", &secrets),
                format!("read {MASK}")
            );
            assert_eq!(mask_secrets("kqhkiG9w0BAQEF", &secrets), MASK);
            assert_eq!(
                mask_secrets(&format!("key: {key}"), &secrets),
                format!("key: {MASK}")
            );
        }
    }

    #[test]
    fn longer_secrets_are_masked_first() {
        let secrets = secrets(&[("A_SECRET", "abcdef"), ("B_SECRET", "abcdefghi")]);
        assert_eq!(
            mask_secrets("abcdefghi abcdef", &secrets),
            format!("{MASK} {MASK}")
        );
    }

    #[test]
    fn values_of_another_type_hold_no_secrets() {
        for odd in [
            json!(null),
            json!({"containerDefinitions": [{"environment": [3, {"name": "TOKEN"}]}]}),
        ] {
            assert!(secrets_of(&odd).is_empty());
        }
    }
}
