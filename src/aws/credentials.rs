//! Credentials: their sources, the order of the sources, and one cache for the whole process.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_smithy_runtime_api::client::result::ConnectorError;
use tokio::sync::Mutex;

use super::error::{Denial, chain, error_text};
use super::setup_error::SetupError;
use super::usable_keys::usable;
use crate::clock::Clock;

/// How long before expiration credentials are refreshed (AWS SDKs refresh temporary credentials 5 minutes
/// early).
pub(super) const EARLY: Duration = Duration::from_secs(5 * 60);

/// STS's words for an MFA code that is wrong, or was used before.
const WRONG_CODE: &str = "MultiFactorAuthentication failed";

/// A possible source of credentials.
#[derive(Debug)]
pub(super) struct CredentialSource {
    /// The source's name: `environment`, `profile `prod``, `container`.
    pub name: String,
    /// Why the source has no credentials, if it has none: `no such profile`.
    pub absent: Option<String>,
    /// Timeout for loading credentials.
    pub budget: Duration,
    /// The hint when the source fails.
    pub cure: String,
    /// The SDK's provider. None: not queried, for the reason in `absent`.
    pub provider: Option<Box<dyn ProvideCredentials>>,
}

/// The sources, in the order of the AWS SDKs.
#[derive(Debug)]
pub(super) struct ProviderChain {
    pub sources: Vec<CredentialSource>,
    pub profile: String,
    pub log_in: Option<String>,
}

impl ProviderChain {
    /// Loads credentials from the first source that has any; a source without credentials is skipped, and a
    /// source that fails ends the search.
    async fn load(&self) -> Result<Credentials, SetupError> {
        let mut tried = Vec::new();
        for source in &self.sources {
            if let Some(provider) = &source.provider
                && let Some(credentials) = source.ask(provider.as_ref()).await?
            {
                return Ok(credentials);
            }
            tried.push(match &source.absent {
                Some(why) => format!("{} ({why})", source.name),
                None => source.name.clone(),
            });
        }
        Err(SetupError::NoCredentials {
            tried,
            profile: self.profile.clone(),
            log_in: self.log_in.clone(),
        })
    }
}

impl CredentialSource {
    async fn ask(&self, provider: &dyn ProvideCredentials) -> Result<Option<Credentials>, SetupError> {
        // A wall-clock timeout: programs and networks that provide credentials don't follow the program's own clock.
        let Ok(answer) = tokio::time::timeout(self.budget, provider.provide_credentials()).await else {
            return Err(self.failed(format!("no answer within {} s", self.budget.as_secs())));
        };
        match answer {
            Ok(credentials) => usable(credentials, &self.name).map(Some),
            Err(CredentialsError::CredentialsNotLoaded(_)) => Ok(None),
            Err(error) if let Some(setup) = setup_error(&error) => Err(setup),
            Err(error) if chain(&error).any(|layer| layer.is::<ConnectorError>()) => {
                Err(self.unreachable(error_text(&error)))
            }
            Err(error) => Err(self.failed(error_text(&error))),
        }
    }

    fn unreachable(&self, said: String) -> SetupError {
        SetupError::CredentialsFailed {
            origin: self.name.clone(),
            said,
            hint: "check the network, HTTPS_PROXY, and AWS_ENDPOINT_URL where it is set".to_owned(),
        }
    }

    fn failed(&self, said: String) -> SetupError {
        let hint = match Denial::read(&said) {
            _ if said.contains(WRONG_CODE) => "run the command again with the device's next code: each \
                                               code counts once"
                .to_owned(),
            Some(denial) => denial.hint("AssumeRole"),
            None => self.cure.clone(),
        };
        SetupError::CredentialsFailed {
            origin: self.name.clone(),
            said,
            hint,
        }
    }
}

/// Returns our own error inside a provider's.
fn setup_error(error: &CredentialsError) -> Option<SetupError> {
    chain(error).find_map(|layer| layer.downcast_ref::<SetupError>().cloned())
}

/// Credentials that are loaded once, and refreshed shortly before they expire. Clones share them.
#[derive(Clone, Debug)]
pub(super) struct CachedCredentials(Arc<CachedState>);

#[derive(Debug)]
struct CachedState {
    chain: ProviderChain,
    clock: Clock,
    current: Mutex<Option<HeldCredentials>>,
}

/// Loaded credentials, and when to load others.
#[derive(Debug)]
struct HeldCredentials {
    credentials: Credentials,
    /// None: never.
    renew_at: Option<SystemTime>,
}

impl HeldCredentials {
    /// Holds credentials that were just loaded. Some programs hand out the same short-lived ones each time: those that
    /// are near their end when they are loaded are the best there are, and are kept to their end.
    fn loaded(fresh: Credentials, now: SystemTime) -> Self {
        let renew_at = fresh.expiry().map(|end| match end - EARLY {
            early if early > now => early,
            _ => end,
        });
        Self {
            credentials: fresh,
            renew_at,
        }
    }

    fn has_expired(&self, now: SystemTime) -> bool {
        self.credentials.expiry().is_some_and(|end| end <= now)
    }
}

impl CachedCredentials {
    pub fn new(chain: ProviderChain, clock: Clock) -> Self {
        Self(Arc::new(CachedState {
            chain,
            clock,
            current: Mutex::default(),
        }))
    }

    /// Returns the credentials, loading them if there are none or if they are about to expire.
    pub async fn get(&self) -> Result<Credentials, SetupError> {
        let mut current = self.0.current.lock().await;
        let now = self.0.clock.system_time();
        if let Some(held) = current.as_ref()
            && held.renew_at.is_none_or(|at| at > now)
        {
            return Ok(held.credentials.clone());
        }
        match self.0.chain.load().await {
            Ok(fresh) => {
                let held = HeldCredentials::loaded(fresh, now);
                Ok(current.insert(held).credentials.clone())
            }
            // The cached credentials may still be valid while their source fails temporarily.
            Err(error) => match current.as_ref() {
                Some(held) if !held.has_expired(now) => Ok(held.credentials.clone()),
                _ => Err(error),
            },
        }
    }

    /// Returns whether there are other credentials now, after AWS reported that those with this access key have
    /// expired.
    pub async fn renew(&self, refused_access_key: &str) -> bool {
        let mut current = self.0.current.lock().await;
        let is_other = |held: &Credentials| held.access_key_id() != refused_access_key;
        if current.as_ref().is_some_and(|held| is_other(&held.credentials)) {
            return true;
        }
        match self.0.chain.load().await {
            Ok(fresh) if is_other(&fresh) => {
                *current = Some(HeldCredentials::loaded(fresh, self.0.clock.system_time()));
                true
            }
            _ => false,
        }
    }
}

impl ProvideCredentials for CachedCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async { self.get().await.map_err(CredentialsError::provider_error) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// Provides new credentials each time, which expire after the given time.
    #[derive(Debug)]
    struct Counting {
        asked: Arc<AtomicU32>,
        lasts: Option<Duration>,
    }

    impl ProvideCredentials for Counting {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            let number = self.asked.fetch_add(1, Ordering::Relaxed);
            let end = self.lasts.map(|lasts| SystemTime::now() + lasts);
            future::ProvideCredentials::ready(Ok(Credentials::new(
                format!("AKIA{number}"),
                "secret",
                None,
                end,
                "test",
            )))
        }
    }

    /// Provides the same credentials each time.
    #[derive(Debug)]
    struct EndingAt {
        asked: Arc<AtomicU32>,
        end: SystemTime,
    }

    impl ProvideCredentials for EndingAt {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            self.asked.fetch_add(1, Ordering::Relaxed);
            let keys = Credentials::new("AKIA", "secret", None, Some(self.end), "test");
            future::ProvideCredentials::ready(Ok(keys))
        }
    }

    #[derive(Debug)]
    struct Failing(fn() -> CredentialsError);

    impl ProvideCredentials for Failing {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            future::ProvideCredentials::ready(Err(self.0()))
        }
    }

    #[derive(Debug)]
    struct Silent;

    impl ProvideCredentials for Silent {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            future::ProvideCredentials::new(std::future::pending())
        }
    }

    fn source(name: &str, provider: impl ProvideCredentials + 'static) -> CredentialSource {
        CredentialSource {
            name: name.to_owned(),
            absent: Some("has none".to_owned()),
            budget: Duration::from_millis(50),
            cure: "cure it".to_owned(),
            provider: Some(Box::new(provider)),
        }
    }

    fn cached(sources: Vec<CredentialSource>) -> CachedCredentials {
        let chain = ProviderChain {
            sources,
            profile: "default".to_owned(),
            log_in: None,
        };
        CachedCredentials::new(chain, Clock::virtual_time())
    }

    fn counting(lasts: Option<Duration>) -> (CachedCredentials, Arc<AtomicU32>) {
        let asked = Arc::new(AtomicU32::new(0));
        let provider = Counting {
            asked: asked.clone(),
            lasts,
        };
        (cached(vec![source("counting", provider)]), asked)
    }

    #[tokio::test]
    async fn they_are_loaded_once() {
        let (credentials, asked) = counting(Some(Duration::from_secs(3600)));
        for _ in 0..3 {
            credentials.get().await.unwrap();
        }
        assert_eq!(asked.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn they_are_renewed_before_their_end() {
        let (credentials, asked) = counting(Some(2 * EARLY));
        credentials.get().await.unwrap();
        credentials.0.clock.sleep(EARLY).await;
        credentials.get().await.unwrap();
        assert_eq!(asked.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn they_are_kept_to_their_end_if_it_is_near() {
        let (credentials, asked) = counting(Some(Duration::from_secs(60)));
        for _ in 0..5 {
            credentials.get().await.unwrap();
        }
        assert_eq!(asked.load(Ordering::Relaxed), 1);
        credentials.0.clock.sleep(Duration::from_secs(60)).await;
        credentials.get().await.unwrap();
        assert_eq!(asked.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn they_are_kept_if_others_end_as_soon() {
        let asked = Arc::new(AtomicU32::new(0));
        let provider = EndingAt {
            asked: asked.clone(),
            end: SystemTime::now() + 2 * EARLY,
        };
        let credentials = cached(vec![source("process", provider)]);
        credentials.get().await.unwrap();
        credentials.0.clock.sleep(EARLY).await;
        for _ in 0..5 {
            credentials.get().await.unwrap();
        }
        assert_eq!(asked.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn several_calls_that_expire_at_once_renew_once() {
        let (credentials, asked) = counting(None);
        let refused = credentials.get().await.unwrap();
        assert!(credentials.renew(refused.access_key_id()).await);
        assert!(credentials.renew(refused.access_key_id()).await);
        assert_eq!(asked.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn nowhere_found_lists_where_was_looked() {
        let absent = Failing(CredentialsError::not_loaded_no_source);
        let mut instance = source("instance metadata", Silent);
        instance.provider = None;
        instance.absent = Some("not on EC2".to_owned());
        let error = cached(vec![source("environment", absent), instance])
            .get()
            .await
            .unwrap_err();
        let SetupError::NoCredentials { tried, .. } = error else {
            panic!("{error:?}");
        };
        assert_eq!(
            tried,
            ["environment (has none)", "instance metadata (not on EC2)"]
        );
    }

    #[tokio::test]
    async fn a_source_that_fails_ends_the_search() {
        let broken = Failing(|| CredentialsError::provider_error("the token is gone"));
        let (_, asked) = counting(None);
        let next = Counting {
            asked: asked.clone(),
            lasts: None,
        };
        let error = cached(vec![source("profile `x`", broken), source("next", next)])
            .get()
            .await
            .unwrap_err();
        assert_eq!(asked.load(Ordering::Relaxed), 0);
        let SetupError::CredentialsFailed { origin, said, hint } = error else {
            panic!("{error:?}");
        };
        assert_eq!(origin, "profile `x`");
        assert!(said.contains("the token is gone"), "{said}");
        assert_eq!(hint, "cure it");
    }

    #[tokio::test]
    async fn a_silent_source_is_not_waited_for() {
        let error = cached(vec![source("container", Silent)]).get().await.unwrap_err();
        assert!(matches!(error, SetupError::CredentialsFailed { .. }), "{error:?}");
    }
}
