//! Reads the sessions of assumed roles that the AWS CLI has cached. Nothing is written.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use serde_json::Value;
use sha1::{Digest, Sha1};

use super::role_chain::ProfileRole;
use crate::files;
use crate::model::hex;

/// Returns the AWS CLI's cache: `~/.aws/cli/cache` (awscli/customizations/assumerole.py, `CACHE_DIR`).
pub(super) fn folder() -> Option<PathBuf> {
    Some(std::env::home_dir()?.join(".aws/cli/cache"))
}

/// Returns the cached session of a role, if it lasts longer than until `until`.
pub(super) fn read(folder: &Path, role: &ProfileRole, until: SystemTime) -> Option<Credentials> {
    let text = files::read(&folder.join(file_name(role)), files::MAX_CONFIG).ok()?;
    let document: Value = serde_json::from_slice(&text).ok()?;
    let credentials = document.get("Credentials")?;
    let text = |key: &str| credentials.get(key).and_then(Value::as_str);
    // botocore writes the time zone's name: `2026-01-31T12:00:00UTC` (botocore/utils.py, `JSONFileCache`).
    let end: jiff::Timestamp = text("Expiration")?.replace("UTC", "Z").parse().ok()?;
    let end = SystemTime::UNIX_EPOCH + Duration::from_secs(end.as_second().try_into().ok()?);
    (end > until).then_some(())?;
    Some(Credentials::new(
        text("AccessKeyId")?,
        text("SecretAccessKey")?,
        Some(text("SessionToken")?.to_owned()),
        Some(end),
        "AWS CLI cache",
    ))
}

/// Returns the name of the cached session's file: the SHA-1 of the AssumeRole arguments as Python's sorted JSON
/// (botocore/credentials.py, `BaseAssumeRoleCredentialFetcher._create_cache_key`). A session name counts only
/// if the profile sets it.
fn file_name(role: &ProfileRole) -> String {
    let text = |value: &Option<String>| value.clone().map(Value::from);
    let arguments = [
        ("DurationSeconds", role.duration_seconds.map(Value::from)),
        ("ExternalId", text(&role.external_id)),
        ("RoleArn", Some(Value::from(role.role_arn.as_str()))),
        ("RoleSessionName", text(&role.session_name)),
        ("SerialNumber", text(&role.mfa_serial)),
    ];
    let members: Vec<String> = arguments
        .into_iter()
        .filter_map(|(name, value)| Some(format!("\"{name}\": {}", value?)))
        .collect();
    let hash = Sha1::digest(format!("{{{}}}", members.join(", ")));
    format!("{}.json", hex(&hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role() -> ProfileRole {
        ProfileRole {
            role_arn: "arn:aws:iam::123456789012:role/deploy".to_owned(),
            mfa_serial: Some("arn:aws:iam::123456789012:mfa/me".to_owned()),
            ..ProfileRole::default()
        }
    }

    #[test]
    fn files_are_named_as_by_botocore() {
        // Computed by botocore 1.43.106.
        assert_eq!(
            file_name(&role()),
            "391a75524b09afcc91e2f38d977d7e9d386fc338.json"
        );
        let role = ProfileRole {
            external_id: Some("acme=1".to_owned()),
            session_name: Some("me".to_owned()),
            duration_seconds: Some(900),
            ..role()
        };
        assert_eq!(file_name(&role), "c441581b9394762473bddf0416beaecaedfd2c5d.json");
    }

    #[test]
    fn only_sessions_that_last_are_used() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(file_name(&role()));
        let at = |end: &str| {
            let credentials = serde_json::json!({
                "AccessKeyId": "ASIA", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": end
            });
            let document = serde_json::json!({"Credentials": credentials});
            std::fs::write(&path, document.to_string()).unwrap();
            let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600);
            read(folder.path(), &role(), now).is_some()
        };
        assert!(at("2026-01-01T00:00:01UTC"));
        assert!(at("2026-01-01T00:00:01+00:00"));
        assert!(!at("2026-01-01T00:00:00Z"));
        assert!(!at("soon"));
    }
}
