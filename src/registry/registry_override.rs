//! `--registry`: a registry that replaces the ECR hosts.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use crate::diagnostic::{Explain, Explanation};
use crate::exit::Exit;
use crate::model::mask_userinfo;

/// `[http[s]://]HOST[:PORT]`. Without a scheme, uses plain HTTP for the local machine, as Docker does for
/// 127.0.0.0/8 (docs.docker.com, `dockerd`, "Insecure registries"), and HTTPS for all other hosts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RegistryOverride {
    /// Whether to use HTTPS.
    pub(crate) is_tls: bool,
    /// `HOST[:PORT]`: the part before the repository in an image's name.
    pub(crate) host: String,
}

/// An invalid value of `--registry`.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid registry `{0}`: write HOST:PORT, or http://HOST:PORT")]
pub(crate) struct InvalidRegistry(String);

impl Explain for InvalidRegistry {
    fn explain(&self) -> Explanation {
        Explanation::new(Exit::Usage, "bad-registry").hint("--registry localhost:5000")
    }
}

impl FromStr for RegistryOverride {
    type Err = InvalidRegistry;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || InvalidRegistry(mask_userinfo(text));
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (Some(scheme), rest),
            None => (None, text),
        };
        let host = rest.strip_suffix('/').unwrap_or(rest);
        let name = host_name(host).ok_or_else(wrong)?;
        let is_tls = match scheme {
            Some("https") => true,
            Some("http") => false,
            Some(_) => return Err(wrong()),
            None => !is_loopback(name),
        };
        Ok(Self {
            is_tls,
            host: host.to_owned(),
        })
    }
}

impl fmt::Display for RegistryOverride {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.is_tls { "https" } else { "http" };
        write!(f, "{scheme}://{}", self.host)
    }
}

/// Returns the host of `HOST[:PORT]`, if it is valid.
fn host_name(host: &str) -> Option<&str> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let (address, after) = rest.split_once(']')?;
            address.parse::<std::net::Ipv6Addr>().ok()?;
            let port = if after.is_empty() {
                None
            } else {
                Some(after.strip_prefix(':')?)
            };
            return port.is_none_or(is_port).then_some(address);
        }
        None => match host.split_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (host, None),
        },
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    (name.split('.').all(is_label) && port.is_none_or(is_port)).then_some(name)
}

fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok_and(|port| port > 0)
}

fn is_loopback(name: &str) -> bool {
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form() {
        let rows = [
            ("127.0.0.1:4566", "http://127.0.0.1:4566"),
            ("localhost", "http://localhost"),
            ("[::1]:5000", "http://[::1]:5000"),
            ("registry.local:5000", "https://registry.local:5000"),
            ("http://registry.local:5000/", "http://registry.local:5000"),
            ("https://127.0.0.1", "https://127.0.0.1"),
            ("localhost.evil.test", "https://localhost.evil.test"),
        ];
        for (text, shown) in rows {
            assert_eq!(text.parse::<RegistryOverride>().unwrap().to_string(), shown);
        }
    }

    #[test]
    fn invalid_registries_are_refused() {
        for text in [
            "", "http://", "ftp://h", "h:port", "h:0", "h:99999", "h/x", "u@h", "a b", "-h", "[::1", "[x]:1",
            "h:",
        ] {
            assert!(text.parse::<RegistryOverride>().is_err(), "{text}");
        }
    }
}
