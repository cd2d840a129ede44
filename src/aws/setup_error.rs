//! What can be wrong before the first call: profile, region, endpoint, credentials.

use crate::diagnostic::{Explain, Explanation};
use crate::exit::Exit;

/// Why there is no session with AWS.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    /// The profile that was asked for is in neither file.
    #[error("AWS profile `{name}` doesn't exist ({from})")]
    UnknownProfile {
        /// The name.
        name: String,
        /// Who asked for it: `AWS_PROFILE`, `--profile`.
        from: &'static str,
        /// The profiles that there are.
        known: Vec<String>,
    },
    /// `~/.aws/config` or `~/.aws/credentials` can't be parsed.
    #[error("can't read the AWS configuration files")]
    ProfileFiles {
        /// The parser's words.
        said: String,
    },
    /// Nobody names a region.
    #[error("no AWS region configured")]
    NoRegion {
        /// The profile that was looked at.
        profile: String,
    },
    /// A region, endpoint or number that can't be one.
    #[error("invalid value `{value}` from {from}: expected {expected}")]
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
    #[error("can't load credentials from {origin}")]
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
    pub(super) fn invalid_setting(
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
            SetupError::NoCredentials {
                tried,
                profile,
                log_in,
            } => preflight("no-credentials")
                .resource(profile)
                .details([format!("tried: {}", tried.join(", "))])
                .hint(match log_in {
                    Some(command) => format!("{command} --profile {profile}"),
                    None => "aws sso login --profile NAME, then ecsctl --profile NAME; \
                             or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                        .to_owned(),
                }),
            SetupError::CredentialsFailed { origin, said, hint } => preflight("credentials-failed")
                .resource(origin)
                .said("AWS SDK", said)
                .hint(hint.clone()),
        }
    }
}
