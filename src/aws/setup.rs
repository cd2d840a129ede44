//! What can be wrong before the first call: profile, region, endpoint, credentials.

use std::borrow::Cow;

use crate::diagnostic::Explain;
use crate::exit::Exit;

/// Why there is no session with AWS.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    /// The profile that was asked for is in neither file.
    #[error("there is no AWS profile `{name}` ({from})")]
    UnknownProfile {
        /// The name.
        name: String,
        /// Who asked for it: `AWS_PROFILE`, `--profile`.
        from: &'static str,
        /// The profiles that there are.
        known: Vec<String>,
    },
    /// `~/.aws/config` or `~/.aws/credentials` can't be parsed.
    #[error("the AWS configuration files can't be read")]
    ProfileFiles {
        /// The parser's words.
        said: String,
    },
    /// Nobody names a region.
    #[error("no AWS region is set")]
    NoRegion {
        /// The profile that was looked at.
        profile: String,
    },
    /// A region, endpoint or number that can't be one.
    #[error("`{value}` is not {expected} ({from})")]
    BadValue {
        /// As given.
        value: String,
        /// `a region name`.
        expected: &'static str,
        /// The flag, variable or profile key.
        from: &'static str,
        /// What would be right.
        hint: &'static str,
    },
    /// No source has credentials.
    #[error("no AWS credentials")]
    NoCredentials {
        /// What was tried, and why it had none.
        tried: Vec<String>,
        /// The profile in use.
        profile: String,
        /// Whether that profile logs in by SSO or `aws login`.
        log_in: Option<&'static str>,
    },
    /// A source should have had credentials, and failed.
    #[error("the credentials of {origin} can't be loaded")]
    CredentialsFailed {
        /// `profile `prod``, `the container`, `role arn:…`.
        origin: String,
        /// The cause, in the words of who said it.
        said: String,
        /// What to do about it.
        hint: String,
    },
}

impl SetupError {
    /// A value that can't be what it should.
    pub(super) fn bad(
        value: &str,
        expected: &'static str,
        from: &'static str,
        hint: &'static str,
    ) -> SetupError {
        SetupError::BadValue {
            value: value.to_owned(),
            expected,
            from,
            hint,
        }
    }
}

impl Explain for SetupError {
    fn exit(&self) -> Exit {
        match self {
            SetupError::BadValue { .. } => Exit::Usage,
            _ => Exit::Preflight,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            SetupError::UnknownProfile { .. } => "unknown-profile",
            SetupError::ProfileFiles { .. } => "bad-aws-config",
            SetupError::NoRegion { .. } => "no-region",
            SetupError::BadValue { .. } => "bad-aws-setting",
            SetupError::NoCredentials { .. } => "no-credentials",
            SetupError::CredentialsFailed { .. } => "credentials-failed",
        }
    }

    fn resource(&self) -> Option<Cow<'_, str>> {
        match self {
            SetupError::UnknownProfile { name, .. } => Some(name.into()),
            SetupError::NoRegion { profile } | SetupError::NoCredentials { profile, .. } => {
                Some(profile.into())
            }
            SetupError::CredentialsFailed { origin, .. } => Some(origin.into()),
            SetupError::ProfileFiles { .. } | SetupError::BadValue { .. } => None,
        }
    }

    fn said(&self) -> Option<(&'static str, Cow<'_, str>)> {
        match self {
            SetupError::ProfileFiles { said } | SetupError::CredentialsFailed { said, .. } => {
                Some(("AWS SDK", said.into()))
            }
            _ => None,
        }
    }

    fn details(&self) -> Vec<String> {
        match self {
            SetupError::NoCredentials { tried, .. } => vec![format!("tried: {}", tried.join(", "))],
            _ => Vec::new(),
        }
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            SetupError::UnknownProfile { known, .. } if known.is_empty() => {
                "there are no profiles; aws configure makes one".into()
            }
            SetupError::UnknownProfile { known, .. } => format!("there are: {}", known.join(", ")).into(),
            SetupError::ProfileFiles { .. } => {
                "look at ~/.aws/config and ~/.aws/credentials (or AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE)"
                    .into()
            }
            SetupError::NoRegion { profile } => format!(
                "write `region: us-east-1` into deploy.yaml, or --region us-east-1, or AWS_REGION, or: aws configure set region us-east-1 --profile {profile}"
            )
            .into(),
            SetupError::BadValue { hint, .. } => (*hint).into(),
            SetupError::NoCredentials {
                profile,
                log_in: Some(command),
                ..
            } => format!("{command} --profile {profile}").into(),
            SetupError::NoCredentials { .. } => {
                "aws sso login --profile NAME, then ecsctl --profile NAME; or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                    .into()
            }
            SetupError::CredentialsFailed { hint, .. } => hint.into(),
        })
    }
}
