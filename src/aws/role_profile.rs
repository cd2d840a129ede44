//! Profiles whose roles are not left to the SDK: it ignores `mfa_serial`, and panics at keys of a program that it
//! can't send.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use aws_config::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};

use super::cli_cache;
use super::credentials::EARLY;
use super::role_chain::ProfileRole;
use super::setup_error::SetupError;
use super::usable_keys::usable;
use crate::clock::Clock;

/// Asks the user for the current code of an MFA device. It blocks until a code is typed.
#[derive(Clone)]
pub struct MfaPrompt(Arc<AskForCode>);

/// Returns the code for a device's serial number. None: none was typed.
type AskForCode = dyn Fn(&str) -> Option<String> + Send + Sync;

impl MfaPrompt {
    /// Creates a prompt from the function that asks.
    pub fn new(ask: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(ask))
    }
}

impl fmt::Debug for MfaPrompt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MfaPrompt")
    }
}

/// Provides the credentials of a profile that assumes roles. If a role needs a code: the session that the AWS CLI
/// has cached, else a new one. Nothing is written to disk.
#[derive(Debug)]
pub(super) struct RoleProfile {
    /// The roles to assume, the profile's own first.
    roles: Vec<ProfileRole>,
    /// The credentials with which the last role is assumed.
    base: Box<dyn ProvideCredentials>,
    config: SdkConfig,
    cache: Option<PathBuf>,
    /// Asks once a run: a renewal must not ask in the middle of a rollout.
    prompt: Mutex<Option<MfaPrompt>>,
    clock: Clock,
}

impl RoleProfile {
    /// `config` is for the calls of STS; its credentials are not used.
    pub fn new(
        roles: Vec<ProfileRole>,
        base: Box<dyn ProvideCredentials>,
        config: SdkConfig,
        prompt: Option<MfaPrompt>,
        clock: &Clock,
    ) -> Self {
        // Other sessions are as quickly made anew.
        let needs_code = roles.iter().any(|role| role.mfa_serial.is_some());
        let cache = needs_code.then(cli_cache::folder).flatten();
        Self {
            roles,
            base,
            config,
            cache,
            prompt: Mutex::new(prompt),
            clock: clock.clone(),
        }
    }

    async fn load(&self) -> Result<Credentials, CredentialsError> {
        let until = self.clock.system_time() + EARLY;
        let cached = self.cache.as_deref().and_then(|cache| {
            let read = |role| cli_cache::read(cache, role, until);
            self.roles
                .iter()
                .enumerate()
                .find_map(|(at, role)| Some((at, read(role)?)))
        });
        let (unassumed, found) = match cached {
            Some((at, credentials)) => (at, Some(credentials)),
            None => (self.roles.len(), None),
        };
        let roles = self.roles.get(..unassumed).unwrap_or_default();
        self.check_prompt(roles)?;
        let mut credentials = match found {
            Some(credentials) => credentials,
            None => self.base_credentials().await?,
        };
        let prompt = self.take_prompt(roles)?;
        for role in roles.iter().rev() {
            credentials = self.assume(role, credentials, prompt.as_ref()).await?;
        }
        Ok(credentials)
    }

    /// Returns the credentials with which the last role is assumed, checked before the SDK signs with them.
    async fn base_credentials(&self) -> Result<Credentials, CredentialsError> {
        let source = self.roles.last().map_or("", |role| role.source_profile.as_str());
        let credentials = self.base.provide_credentials().await?;
        usable(credentials, &format!("profile `{source}`")).map_err(CredentialsError::provider_error)
    }

    /// Fails if a role needs a code and nobody can be asked, before any request is sent.
    fn check_prompt(&self, roles: &[ProfileRole]) -> Result<(), CredentialsError> {
        let serial = roles.iter().find_map(|role| role.mfa_serial.as_ref());
        let prompt = self.prompt.lock().unwrap_or_else(PoisonError::into_inner);
        match serial {
            Some(serial) if prompt.is_none() => Err(self.needs_code(serial)),
            _ => Ok(()),
        }
    }

    /// Takes the prompt if a role needs a code.
    fn take_prompt(&self, roles: &[ProfileRole]) -> Result<Option<MfaPrompt>, CredentialsError> {
        let Some(serial) = roles.iter().find_map(|role| role.mfa_serial.as_ref()) else {
            return Ok(None);
        };
        let mut prompt = self.prompt.lock().unwrap_or_else(PoisonError::into_inner);
        match prompt.take() {
            Some(prompt) => Ok(Some(prompt)),
            None => Err(self.needs_code(serial)),
        }
    }

    fn needs_code(&self, serial: &str) -> CredentialsError {
        let profile = self.roles.first().map(|role| role.profile.clone());
        CredentialsError::provider_error(SetupError::NeedsMfa {
            profile: profile.unwrap_or_default(),
            serial: serial.to_owned(),
        })
    }

    async fn assume(
        &self,
        role: &ProfileRole,
        credentials: Credentials,
        prompt: Option<&MfaPrompt>,
    ) -> Result<Credentials, CredentialsError> {
        let code = match &role.mfa_serial {
            None => None,
            Some(serial) => Some(self.ask(serial, prompt).await?),
        };
        let config = self
            .config
            .to_builder()
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .build();
        let name = role.session_name.clone().unwrap_or_else(|| "ecsctl".to_owned());
        let reply = aws_sdk_sts::Client::new(&config)
            .assume_role()
            .role_arn(&role.role_arn)
            .role_session_name(name)
            .set_external_id(role.external_id.clone())
            .set_duration_seconds(role.duration_seconds)
            .set_serial_number(role.mfa_serial.clone())
            .set_token_code(code)
            .send()
            .await
            .map_err(CredentialsError::provider_error)?;
        let assumed = reply
            .credentials()
            .ok_or_else(|| CredentialsError::unhandled("no credentials in the response of AssumeRole"))?;
        Ok(Credentials::new(
            assumed.access_key_id(),
            assumed.secret_access_key(),
            Some(assumed.session_token().to_owned()),
            SystemTime::try_from(*assumed.expiration()).ok(),
            "AssumeRole",
        ))
    }

    async fn ask(&self, serial: &str, prompt: Option<&MfaPrompt>) -> Result<String, CredentialsError> {
        let Some(MfaPrompt(ask)) = prompt.cloned() else {
            return Err(self.needs_code(serial));
        };
        let device = serial.to_owned();
        // Signals are still handled meanwhile; the reading thread is abandoned.
        let typed = tokio::task::spawn_blocking(move || ask(&device)).await;
        typed.ok().flatten().ok_or_else(|| self.needs_code(serial))
    }
}

impl ProvideCredentials for RoleProfile {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.load())
    }
}
