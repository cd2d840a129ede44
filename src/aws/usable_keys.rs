//! Checks keys before the SDK signs with them: it panics at those that can't be sent in a header
//! (aws-runtime 1.10, `apply_signing_instructions`).

use aws_config::profile::Profile;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};

use super::setup_error::SetupError;

/// The name of the source that reads keys from variables.
pub(super) const ENVIRONMENT: &str = "environment";

/// The parts of credentials: their variables, their members of a profile, and what they are.
const PARTS: [[&str; 3]; 3] = [
    ["AWS_ACCESS_KEY_ID", "aws_access_key_id", "access key ID"],
    [
        "AWS_SECRET_ACCESS_KEY",
        "aws_secret_access_key",
        "secret access key",
    ],
    ["AWS_SESSION_TOKEN", "aws_session_token", "session token"],
];

/// Returns the credentials without surrounding blanks, which a copied or piped value often has.
pub(super) fn usable(credentials: Credentials, source: &str) -> Result<Credentials, SetupError> {
    let values = [
        Some(credentials.access_key_id()),
        Some(credentials.secret_access_key()),
        credentials.session_token(),
    ];
    for ([variable, _, what], value) in PARTS.iter().zip(values) {
        let name = match source {
            ENVIRONMENT => (*variable).to_owned(),
            source => format!("the {what} from {source}"),
        };
        check(value.unwrap_or_default(), name)?;
    }
    if values.iter().flatten().all(|value| value.trim() == *value) {
        return Ok(credentials);
    }
    let mut trimmed = Credentials::builder()
        .access_key_id(credentials.access_key_id().trim())
        .secret_access_key(credentials.secret_access_key().trim())
        .provider_name(ENVIRONMENT);
    let token = credentials.session_token().map(str::trim);
    trimmed.set_session_token(token.filter(|token| !token.is_empty()).map(str::to_owned));
    trimmed.set_expiry(credentials.expiry());
    trimmed.set_account_id(credentials.account_id().cloned());
    Ok(trimmed.build())
}

/// Checks the keys of a profile, with which the SDK may assume a role before we see any credentials.
pub(super) fn check_profile(section: &Profile) -> Result<(), SetupError> {
    for [_, member, _] in PARTS {
        let name = format!("`{member}` of profile `{}`", section.name());
        check(section.get(member).unwrap_or_default(), name)?;
    }
    Ok(())
}

/// Checks the keys of variables, with which the SDK assumes the role of a profile whose `credential_source` they are.
/// It signs with them as they are, so that blanks around them would be sent, too.
pub(super) fn check_variables(env: fn(&str) -> Option<String>) -> Result<(), SetupError> {
    for [variable, ..] in PARTS {
        let value = env(variable).unwrap_or_default();
        check(&value, variable.to_owned())?;
        if value.trim() != value {
            let what = variable.to_owned();
            return Err(SetupError::BadKey {
                what,
                found: "blanks or a line break around it",
            });
        }
    }
    Ok(())
}

fn check(value: &str, what: String) -> Result<(), SetupError> {
    let odd = value.trim().chars().find(|c| c.is_control() || !c.is_ascii());
    let found = match odd {
        None => return Ok(()),
        Some('\n' | '\r') => "a line break",
        Some(c) if c.is_control() => "a control character",
        Some(_) => "a character that is not ASCII",
    };
    Err(SetupError::BadKey { what, found })
}

/// Provides the error instead of credentials.
#[derive(Debug)]
pub(super) struct Unusable(pub SetupError);

impl ProvideCredentials for Unusable {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err(CredentialsError::provider_error(self.0.clone())))
    }
}
