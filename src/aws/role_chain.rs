//! The roles that a profile assumes, one with the credentials of the next: `role_arn` and `source_profile`.

use aws_config::profile::{Profile, ProfileSet};

/// A role that a profile assumes with its source profile's credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ProfileRole {
    /// The profile that names the role.
    pub profile: String,
    pub role_arn: String,
    pub source_profile: String,
    pub external_id: Option<String>,
    pub session_name: Option<String>,
    pub duration_seconds: Option<i32>,
    /// The ARN or serial number of the MFA device whose code AssumeRole needs.
    pub mfa_serial: Option<String>,
}

impl ProfileRole {
    fn of(section: &Profile) -> Option<Self> {
        let text = |key: &str| section.get(key).filter(|it| !it.is_empty()).map(str::to_owned);
        // A web identity is a source of its own, and needs no other profile.
        if text("web_identity_token_file").is_some() {
            return None;
        }
        Some(Self {
            profile: section.name().to_owned(),
            role_arn: text("role_arn")?,
            source_profile: text("source_profile")?,
            external_id: text("external_id"),
            session_name: text("role_session_name"),
            // botocore ignores what is no number (botocore/credentials.py, `_get_role_config`).
            duration_seconds: text("duration_seconds").and_then(|it| it.trim().parse().ok()),
            mfa_serial: text("mfa_serial"),
        })
    }
}

/// Returns the roles, the profile's own first. Empty if the profile assumes none, or if the chain is a loop,
/// which the SDK reports.
fn roles_of(profile: &str, profiles: &ProfileSet) -> Vec<ProfileRole> {
    let mut roles: Vec<ProfileRole> = Vec::new();
    let mut name = profile.to_owned();
    while let Some(section) = profiles.get_profile(&name) {
        // A source profile's keys come before its role, as in botocore (`_resolve_credentials_from_profile`).
        if !roles.is_empty() && has_keys(section) {
            break;
        }
        let Some(role) = ProfileRole::of(section) else {
            break;
        };
        // A profile may name itself as the source of its own keys.
        let is_last = role.source_profile == name;
        name.clone_from(&role.source_profile);
        roles.push(role);
        if is_last {
            break;
        }
        if roles.iter().any(|role| role.profile == name) {
            return Vec::new();
        }
    }
    roles
}

/// Returns the roles up to the last one that needs a code from an MFA device, the profile's own first. None if
/// none needs one: then the SDK can do it all.
fn roles_with_mfa(profile: &str, profiles: &ProfileSet) -> Option<Vec<ProfileRole>> {
    let mut roles = roles_of(profile, profiles);
    let last = roles.iter().rposition(|role| role.mfa_serial.is_some())?;
    roles.truncate(last + 1);
    Some(roles)
}

/// Returns the roles that are not left to the SDK: those up to the last that needs a code, or all of them where they
/// rest on a program's keys, which must be checked before they sign a request.
pub(super) fn roles_to_assume(profile: &str, profiles: &ProfileSet) -> Option<Vec<ProfileRole>> {
    roles_with_mfa(profile, profiles).or_else(|| {
        let roles = roles_of(profile, profiles);
        let base = profiles.get_profile(&roles.last()?.source_profile)?;
        let asks_a_program = !has_keys(base) && base.get("credential_process").is_some();
        asks_a_program.then_some(roles)
    })
}

/// Returns the profile at the end of the chain, whose credentials all others rest on.
pub(super) fn base_profile(profile: &str, profiles: &ProfileSet) -> String {
    roles_of(profile, profiles)
        .pop()
        .map_or_else(|| profile.to_owned(), |role| role.source_profile)
}

/// Whether a profile has keys of its own.
pub(super) fn has_keys(section: &Profile) -> bool {
    section.get("aws_access_key_id").is_some() && section.get("aws_secret_access_key").is_some()
}
