//! AWS: sessions, calls, errors. Depends on `model` only.

mod bounded_replies;
mod cli_cache;
mod credentials;
mod error;
mod http;
mod input_files;
mod json_endpoint;
mod provider_chain;
mod query;
mod query_endpoint;
mod rate_limiter;
mod reply;
mod request_log;
mod role_chain;
mod role_profile;
mod session;
mod settings;
mod setup_error;
mod time;
mod usable_keys;
mod variables;
mod wire;
mod writes;
mod xml;

#[cfg(test)]
mod settings_tests;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod wire_tests;

mod alarms;
mod autoscaling;
mod balancers;
mod cloudformation;
mod code_deploy;
mod ec2;
mod ecr;
mod ecs;
mod elb;
mod iam;
mod logs;
mod quotas;
mod s3;
mod scheduler;
mod secretsmanager;
mod ssm;
mod sts;
mod target_groups;

pub use ecs::SERVICES_A_CALL;
pub use error::{AwsError, AwsErrorKind};
pub use logs::{LogEvent, LogPage, LogStart};
pub use role_profile::MfaPrompt;
pub use s3::StoredObject;
pub use session::Aws;
pub use settings::SessionOptions;
pub use setup_error::SetupError;
pub use ssm::PARAMETERS_A_CALL;
pub use wire::within;
pub use writes::Writes;
