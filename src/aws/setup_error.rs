//! Errors before the first call: profile, region, endpoint, credentials.

use crate::diagnostic::{Explain, Explanation};
use crate::exit::Exit;
use crate::model::mask_userinfo;

/// Why a session with AWS could not be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    /// The requested profile is in neither file.
    #[error("AWS profile `{name}` doesn't exist ({from})")]
    UnknownProfile {
        /// The profile's name.
        name: String,
        /// Where it was requested: `AWS_PROFILE`, `--profile`.
        from: &'static str,
        /// The existing profiles.
        known: Vec<String>,
    },
    /// `~/.aws/config` or `~/.aws/credentials` can't be parsed.
    #[error("can't read the AWS configuration files")]
    ProfileFiles {
        /// The parser's error message.
        said: String,
    },
    /// No region is configured.
    #[error("no AWS region configured")]
    NoRegion {
        /// The profile that was checked.
        profile: String,
    },
    /// An invalid region, endpoint or number.
    #[error("invalid value `{value}` from {from}: expected {expected}")]
    BadValue {
        /// The value as given.
        value: String,
        /// What was expected: `a region name`.
        expected: &'static str,
        /// Where it was set: the flag, variable or profile key.
        from: &'static str,
        /// How to fix it.
        hint: &'static str,
    },
    /// A variable that can't be read as text.
    #[error("{name} is not valid UTF-8")]
    NotUnicode {
        /// The variable's name.
        name: String,
    },
    /// A key with characters that no key has; they can't be sent.
    #[error("{what} contains {found}")]
    BadKey {
        /// Which key: `AWS_ACCESS_KEY_ID`.
        what: String,
        /// `a line break`.
        found: &'static str,
    },
    /// No source has credentials.
    #[error("no AWS credentials")]
    NoCredentials {
        /// The sources tried, and why each had no credentials.
        tried: Vec<String>,
        /// The profile in use.
        profile: String,
        /// The login command with its profile (SSO or `aws login`), if the profile rests on one.
        log_in: Option<String>,
    },
    /// The profile's role needs a code from an MFA device, and nobody can be asked for one.
    #[error("profile `{profile}` needs a code from the MFA device {serial}")]
    NeedsMfa {
        /// The profile in use.
        profile: String,
        /// The device, as `mfa_serial` names it.
        serial: String,
    },
    /// A source that should have credentials failed.
    #[error("can't load credentials from {origin}")]
    CredentialsFailed {
        /// The source: `profile `prod``, `the container`, `role arn:…`.
        origin: String,
        /// The cause, as reported by the source.
        said: String,
        /// How to fix it.
        hint: String,
    },
}

impl SetupError {
    /// Reports an invalid value of a setting.
    pub(super) fn invalid_setting(
        value: &str,
        expected: &'static str,
        from: &'static str,
        hint: &'static str,
    ) -> SetupError {
        SetupError::BadValue {
            value: mask_userinfo(value),
            expected,
            from,
            hint,
        }
    }
}

impl Explain for SetupError {
    fn explain(&self) -> Explanation {
        let preflight = |code| Explanation::new(Exit::Preflight, code);
        match self {
            SetupError::UnknownProfile { name, known, .. } => preflight("unknown-profile")
                .resource(name)
                .hint(match known.as_slice() {
                    [] => "no profiles exist; create one with aws configure".to_owned(),
                    known => format!("existing profiles: {}", known.join(", ")),
                }),
            SetupError::ProfileFiles { said } => preflight("bad-aws-config").said("AWS SDK", said).hint(
                "check ~/.aws/config and ~/.aws/credentials \
                 (or AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE)",
            ),
            SetupError::NoRegion { profile } => preflight("no-region").resource(profile).hint(format!(
                "set `region: us-east-1` in deploy.yaml, --region or AWS_REGION, or run: aws configure set region us-east-1 --profile {profile}"
            )),
            SetupError::BadValue { hint, .. } => Explanation::new(Exit::Usage, "bad-aws-setting").hint(*hint),
            SetupError::NotUnicode { name } => {
                Explanation::new(key_exit(name), "bad-aws-setting").hint("set it again, or unset it")
            }
            SetupError::BadKey { .. } => {
                preflight("bad-credentials").hint("set it again, as printable ASCII characters on one line")
            }
            SetupError::NoCredentials {
                tried,
                profile,
                log_in,
            } => preflight("no-credentials")
                .resource(profile)
                .details([format!("tried: {}", tried.join(", "))])
                .hint(match log_in {
                    Some(command) => command.clone(),
                    None => "aws sso login --profile NAME, then ecsctl --profile NAME; \
                             or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                        .to_owned(),
                }),
            // The AWS CLI asks for the code, and caches the session. It is found there even if the profile is
            // named by a flag or the file, which keys in the environment don't override.
            SetupError::NeedsMfa { profile, .. } => preflight("mfa-required").resource(profile).hint(format!(
                "run: eval \"$(aws configure export-credentials --profile {profile} --format env)\", \
                 then the same command again; or run it on a terminal, where it asks for the code"
            )),
            SetupError::CredentialsFailed { origin, said, hint } => preflight("credentials-failed")
                .resource(origin)
                .said("AWS SDK", said)
                .hint(hint.clone()),
        }
    }
}

/// Unusable credentials are exit 3, like missing ones; other unusable settings are exit 2.
fn key_exit(variable: &str) -> Exit {
    match variable {
        "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" | "AWS_SESSION_TOKEN" => Exit::Preflight,
        _ => Exit::Usage,
    }
}
