//! Builds a session from flags, variables and profiles: one HTTP client, one set of credentials, one region.

use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use aws_config::BehaviorVersion;
use aws_config::imds::region::ImdsRegionProvider;
use aws_config::profile::ProfileSet;
use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{AppName, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_runtime_api::client::http::{HttpConnectorSettings, SharedHttpConnector};
use aws_types::os_shim_internal::{Env, Fs};
use tokio_util::task::task_tracker::TaskTrackerToken;

use super::credentials::CachedCredentials;
#[cfg(test)]
use super::credentials::{CredentialSource, ProviderChain};
use super::error::error_text;
use super::http::Http;
use super::input_files;
use super::provider_chain::{NEAR, assume, default_chain, source_profile};
use super::rate_limiter::RateLimiter;
use super::role_chain::roles_to_assume;
use super::role_profile::RoleProfile;
use super::settings::{
    AwsSettings, ProfileChoice, SessionOptions, choose_profile, decide, may_ask_instance,
    process_environment, without_missing_profile,
};
use super::setup_error::SetupError;
use super::time::{ClockSleep, ClockTime};
use super::variables::{EndpointSettings, check_encoding, check_files, has_own_endpoint};
use super::wire::{AttemptRecord, AwsCall};
use super::writes::Writes;
use crate::clock::Clock;

/// The SDK's own default in its current behavior version.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3100);
/// From sending the request to the response's head. AWS's control planes respond within seconds.
const READ_TIMEOUT: Duration = Duration::from_secs(20);
/// A session with AWS in one region. Cheap to clone; clones share connections and credentials.
#[derive(Clone, Debug)]
pub struct Aws(Arc<SharedSession>);

#[derive(Debug)]
struct SharedSession {
    config: SdkConfig,
    http: Http,
    region: String,
    credentials: CachedCredentials,
    clock: Clock,
    endpoint_from: Option<&'static str>,
    profile: Option<String>,
    skipped_profile: Option<String>,
    bundle_warning: Option<String>,
    rate_limiter: RateLimiter,
    writes: Writes,
    clients: Clients,
}

/// A client per service, created on first use.
#[derive(Debug, Default)]
struct Clients {
    ecs: OnceLock<aws_sdk_ecs::Client>,
    ecs_once: OnceLock<aws_sdk_ecs::Client>,
    ecr: OnceLock<aws_sdk_ecr::Client>,
    logs: OnceLock<aws_sdk_cloudwatchlogs::Client>,
    elb: OnceLock<aws_sdk_elasticloadbalancingv2::Client>,
    cloudformation: OnceLock<aws_sdk_cloudformation::Client>,
    autoscaling: OnceLock<aws_sdk_applicationautoscaling::Client>,
    code_deploy: OnceLock<aws_sdk_codedeploy::Client>,
    code_deploy_once: OnceLock<aws_sdk_codedeploy::Client>,
    s3: OnceLock<aws_sdk_s3::Client>,
    scheduler: OnceLock<aws_sdk_scheduler::Client>,
    secretsmanager: OnceLock<aws_sdk_secretsmanager::Client>,
    ssm: OnceLock<aws_sdk_ssm::Client>,
    sts: OnceLock<aws_sdk_sts::Client>,
}

impl Aws {
    /// Opens a session: chooses profile and region, and loads the credentials. Calls only the services that
    /// provide credentials. Fails before sending anything if a setting is invalid.
    pub async fn open(options: &SessionOptions, clock: &Clock, writes: &Writes) -> Result<Self, SetupError> {
        super::http::install_tls_provider();
        check_encoding(std::env::vars_os())?;
        let env: &dyn Fn(&str) -> Option<String> = &process_environment;
        let mut profile = choose_profile(options, env);
        input_files::check(env)?;
        let profiles = load_profiles(&profile.name).await?;
        input_files::check_tokens(&profiles)?;
        let skipped = without_missing_profile(options, &profile, &profiles, env)
            .map(|other| std::mem::replace(&mut profile, other).name);
        let settings = decide(options, &profile, &profiles, env)?;
        if settings.log_in.is_some() {
            input_files::check_logins(env)?;
        }
        let http = Http::new(settings.ca_bundle.clone());
        let on_instance = may_ask_instance(env, Path::new("/"));

        let mut providers = provider_config(&http);
        let region = match settings.region.clone() {
            Some(region) => Some(region),
            None if on_instance => ask_instance_for_region(&providers).await,
            None => None,
        };
        let region = region.ok_or_else(|| SetupError::NoRegion {
            profile: profile.name.clone(),
        })?;
        providers = providers.with_region(Some(Region::new(region.clone())));

        let mfa = match roles_to_assume(&profile.name, &profiles) {
            None => None,
            Some(roles) => {
                let source = roles.last().map_or("", |role| &role.source_profile);
                let source = source_profile(source, &profiles, &providers);
                let config = load_config(options, &profile, &settings, &region, &http, None, clock).await;
                Some(RoleProfile::new(
                    roles,
                    source,
                    config,
                    options.mfa.clone(),
                    clock,
                ))
            }
        };
        let chain = default_chain(&profile, &profiles, &settings, &providers, mfa, on_instance);
        let own = CachedCredentials::new(chain, clock.clone());
        let config = load_config(options, &profile, &settings, &region, &http, Some(&own), clock).await;
        let (config, credentials) = match options.assume_role.as_deref().filter(|role| !role.is_empty()) {
            None => (config, own),
            Some(role) => {
                // A role can't be assumed without base credentials, so report missing ones first.
                own.get().await?;
                let role = assume(role, &config, &own, clock).await;
                let config = config
                    .into_builder()
                    .credentials_provider(SharedCredentialsProvider::new(role.clone()))
                    .build();
                (config, role)
            }
        };
        credentials.get().await?;
        Ok(Self(Arc::new(SharedSession {
            config,
            http,
            region,
            credentials,
            clock: clock.clone(),
            endpoint_from: settings.endpoint_from,
            profile: profile.from.and(Some(profile.name)),
            skipped_profile: skipped,
            bundle_warning: settings
                .ca_bundle
                .as_deref()
                .and_then(super::http::bundle_warning),
            rate_limiter: RateLimiter::new(),
            writes: writes.clone(),
            clients: Clients::default(),
        })))
    }

    /// Creates a session for a server on loopback, with fixed keys and a virtual clock.
    #[cfg(test)]
    pub(crate) async fn for_tests(endpoint: &str) -> Self {
        let keys = aws_credential_types::Credentials::new("AKIATEST", "secret", None, None, "test");
        Self::for_tests_with(endpoint, keys).await
    }

    /// Creates the same session, with keys from the given source.
    #[cfg(test)]
    pub(crate) async fn for_tests_with(
        endpoint: &str,
        keys: impl aws_credential_types::provider::ProvideCredentials + 'static,
    ) -> Self {
        let clock = Clock::virtual_time();
        let chain = ProviderChain {
            sources: vec![CredentialSource {
                name: "test".to_owned(),
                absent: None,
                budget: NEAR,
                cure: String::new(),
                provider: Some(Box::new(keys)),
            }],
            profile: "default".to_owned(),
            log_in: None,
        };
        let options = SessionOptions {
            region: Some("us-east-1".to_owned()),
            endpoint_url: Some(endpoint.to_owned()),
            ..SessionOptions::default()
        };
        let profile = choose_profile(&options, &|_| None);
        let settings = decide(
            &options,
            &profile,
            &load_profiles("default").await.unwrap(),
            &|_| None,
        )
        .unwrap();
        let credentials = CachedCredentials::new(chain, clock.clone());
        let http = Http::new(None);
        let config = load_config(
            &options,
            &profile,
            &settings,
            "us-east-1",
            &http,
            Some(&credentials),
            &clock,
        )
        .await;
        Self(Arc::new(SharedSession {
            config,
            http,
            region: "us-east-1".to_owned(),
            credentials,
            clock,
            endpoint_from: settings.endpoint_from,
            profile: None,
            skipped_profile: None,
            bundle_warning: None,
            rate_limiter: RateLimiter::new(),
            writes: Writes::default(),
            clients: Clients::default(),
        }))
    }

    /// Returns the same session in another region, e.g. for an image repository or a log group there.
    #[must_use]
    pub fn in_region(&self, region: &str) -> Self {
        if region == self.0.region {
            return self.clone();
        }
        let here = &self.0;
        let there = Region::new(region.to_owned());
        Self(Arc::new(SharedSession {
            config: here.config.to_builder().region(there).build(),
            http: here.http.clone(),
            region: region.to_owned(),
            credentials: here.credentials.clone(),
            clock: here.clock.clone(),
            endpoint_from: here.endpoint_from,
            profile: here.profile.clone(),
            skipped_profile: None,
            bundle_warning: None,
            rate_limiter: RateLimiter::new(),
            writes: here.writes.clone(),
            clients: Clients::default(),
        }))
    }

    /// Returns the region.
    pub fn region(&self) -> &str {
        &self.0.region
    }

    /// Returns the flag or variable that overrides the AWS endpoint, if there is one.
    pub fn endpoint_from(&self) -> Option<&'static str> {
        self.0.endpoint_from
    }

    /// Returns the profile, if a flag, the file or a variable names one.
    pub fn profile(&self) -> Option<&str> {
        self.0.profile.as_deref()
    }

    /// Returns the profile of deploy.yaml, if it was skipped because it doesn't exist and the environment has
    /// credentials.
    pub fn skipped_profile(&self) -> Option<&str> {
        self.0.skipped_profile.as_deref()
    }

    /// Returns the warning about a CA bundle of which only a part can be used.
    pub fn bundle_warning(&self) -> Option<&str> {
        self.0.bundle_warning.as_deref()
    }

    /// Returns the secret parts of the session's credentials.
    pub async fn secret_values(&self) -> Vec<String> {
        let Ok(credentials) = self.0.credentials.get().await else {
            return Vec::new();
        };
        let token = credentials.session_token();
        let values = [Some(credentials.secret_access_key()), token];
        values.into_iter().flatten().map(str::to_owned).collect()
    }

    /// Returns the HTTP connector for requests outside the SDK, such as those to image registries.
    pub fn connector(&self) -> SharedHttpConnector {
        let settings = HttpConnectorSettings::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT)
            .build();
        self.0.http.connector(&settings)
    }

    /// Returns the program's clock.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Whether there are newer credentials than those that signed the recorded attempt.
    pub(super) async fn renew(&self, record: &AttemptRecord) -> bool {
        match record.last().access_key {
            Some(key) => self.0.credentials.renew(&key).await,
            None => false,
        }
    }

    /// Waits until ECS's rate limits allow a call; a write is then in progress until the token is dropped.
    pub(super) async fn begin_call(&self, call: &AwsCall) -> Option<TaskTrackerToken> {
        let SharedSession {
            rate_limiter, clock, ..
        } = self.0.as_ref();
        rate_limiter.wait(call.service, call.operation, clock).await;
        self.0.writes.begin(call.operation).await
    }

    pub(super) fn ecs(&self) -> &aws_sdk_ecs::Client {
        self.0
            .clients
            .ecs
            .get_or_init(|| aws_sdk_ecs::Client::new(&self.0.config))
    }

    /// Returns the ECS client without SDK retries, for calls that must not be repeated without checking the state
    /// first.
    pub(super) fn ecs_once(&self) -> &aws_sdk_ecs::Client {
        self.0.clients.ecs_once.get_or_init(|| {
            let config = aws_sdk_ecs::config::Builder::from(&self.0.config)
                .retry_config(RetryConfig::disabled())
                .build();
            aws_sdk_ecs::Client::from_conf(config)
        })
    }

    pub(super) fn ecr(&self) -> &aws_sdk_ecr::Client {
        self.0
            .clients
            .ecr
            .get_or_init(|| aws_sdk_ecr::Client::new(&self.0.config))
    }

    pub(super) fn logs(&self) -> &aws_sdk_cloudwatchlogs::Client {
        self.0
            .clients
            .logs
            .get_or_init(|| aws_sdk_cloudwatchlogs::Client::new(&self.0.config))
    }

    pub(super) fn elb(&self) -> &aws_sdk_elasticloadbalancingv2::Client {
        self.0
            .clients
            .elb
            .get_or_init(|| aws_sdk_elasticloadbalancingv2::Client::new(&self.0.config))
    }

    pub(super) fn autoscaling(&self) -> &aws_sdk_applicationautoscaling::Client {
        self.0
            .clients
            .autoscaling
            .get_or_init(|| aws_sdk_applicationautoscaling::Client::new(&self.0.config))
    }

    pub(super) fn code_deploy(&self) -> &aws_sdk_codedeploy::Client {
        self.0
            .clients
            .code_deploy
            .get_or_init(|| aws_sdk_codedeploy::Client::new(&self.0.config))
    }

    /// Returns the CodeDeploy client without SDK retries: CreateDeployment takes no idempotency token.
    pub(super) fn code_deploy_once(&self) -> &aws_sdk_codedeploy::Client {
        self.0.clients.code_deploy_once.get_or_init(|| {
            let config = aws_sdk_codedeploy::config::Builder::from(&self.0.config)
                .retry_config(RetryConfig::disabled())
                .build();
            aws_sdk_codedeploy::Client::from_conf(config)
        })
    }

    pub(super) fn cloudformation(&self) -> &aws_sdk_cloudformation::Client {
        self.0
            .clients
            .cloudformation
            .get_or_init(|| aws_sdk_cloudformation::Client::new(&self.0.config))
    }

    /// Returns the S3 client. What stands in for AWS has no host name for each bucket.
    pub(super) fn s3(&self) -> &aws_sdk_s3::Client {
        self.0.clients.s3.get_or_init(|| {
            let config = aws_sdk_s3::config::Builder::from(&self.0.config)
                .force_path_style(has_own_endpoint(&self.0.config, "S3"))
                .build();
            aws_sdk_s3::Client::from_conf(config)
        })
    }

    pub(super) fn scheduler(&self) -> &aws_sdk_scheduler::Client {
        self.0
            .clients
            .scheduler
            .get_or_init(|| aws_sdk_scheduler::Client::new(&self.0.config))
    }

    pub(super) fn secretsmanager(&self) -> &aws_sdk_secretsmanager::Client {
        self.0
            .clients
            .secretsmanager
            .get_or_init(|| aws_sdk_secretsmanager::Client::new(&self.0.config))
    }

    pub(super) fn ssm(&self) -> &aws_sdk_ssm::Client {
        self.0
            .clients
            .ssm
            .get_or_init(|| aws_sdk_ssm::Client::new(&self.0.config))
    }

    pub(super) fn sts(&self) -> &aws_sdk_sts::Client {
        self.0
            .clients
            .sts
            .get_or_init(|| aws_sdk_sts::Client::new(&self.0.config))
    }
}

/// Loads the profile files with the SDK's parser. The SDK itself would only log a broken file and ignore it.
async fn load_profiles(name: &str) -> Result<ProfileSet, SetupError> {
    #[expect(
        deprecated,
        reason = "the new name lives in a crate that is internal to the SDK"
    )]
    let files = aws_config::profile::profile_file::ProfileFiles::default();
    check_files()?;
    aws_config::profile::load(&Fs::real(), &Env::real(), &files, Some(name.to_owned().into()))
        .await
        .map_err(|error| SetupError::ProfileFiles {
            said: error_text(&error),
        })
}

/// Returns the configuration shared by the SDK's credential providers. They wait in real time, because they
/// use networks.
fn provider_config(http: &Http) -> ProviderConfig {
    ProviderConfig::empty()
        .with_http_client(http.clone())
        .with_sleep_impl(TokioSleep::new())
        .with_behavior_version(Some(BehaviorVersion::v2026_01_12()))
}

async fn ask_instance_for_region(providers: &ProviderConfig) -> Option<String> {
    let instance = ImdsRegionProvider::builder().configure(providers).build();
    let region = tokio::time::timeout(NEAR, instance.region()).await.ok()??;
    Some(region.as_ref().to_owned())
}

async fn load_config(
    options: &SessionOptions,
    profile: &ProfileChoice,
    settings: &AwsSettings,
    region: &str,
    http: &Http,
    credentials: Option<&CachedCredentials>,
    clock: &Clock,
) -> SdkConfig {
    let mut loader = aws_config::defaults(BehaviorVersion::v2026_01_12())
        .region(Region::new(region.to_owned()))
        .profile_name(&profile.name)
        .http_client(http.clone())
        .sleep_impl(ClockSleep(clock.clone()))
        .time_source(ClockTime(clock.clone()))
        .retry_config(RetryConfig::standard().with_max_attempts(settings.attempts))
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(CONNECT_TIMEOUT)
                .read_timeout(READ_TIMEOUT)
                .build(),
        )
        // `CachedCredentials` replaces the SDK's cache, which measures its timeout by a clock that may be virtual.
        .identity_cache(aws_config::identity::IdentityCache::no_cache())
        // It uses the same clock, and every call has its own timeout.
        .stalled_stream_protection(
            aws_config::stalled_stream_protection::StalledStreamProtectionConfig::disabled(),
        );
    loader = match credentials {
        Some(credentials) => loader.credentials_provider(credentials.clone()),
        None => loader.no_credentials(),
    };
    if let Ok(name) = AppName::new("ecsctl") {
        loader = loader.app_name(name);
    }
    if let Some(url) = options.endpoint_url.as_deref().filter(|url| !url.is_empty()) {
        loader = loader.endpoint_url(url);
    }
    EndpointSettings::replace(loader.load().await, settings.profile_endpoint.as_deref())
}
