//! deploy.yaml: from text to a `Manifest`. No I/O: files and lookups are passed in.
//!
//! Call `Document::parse` and `in_environment`, look up what `references` and `files_needed` ask for, then call
//! `Document::load`. While the account or the region isn't known, placeholders are used and
//! `LoadedFile::used` says so. This way an invalid file is rejected before any call to AWS.

mod autoscaling;
mod budget;
mod build;
mod code_deploy;
mod config_error;
mod conflicts;
mod context;
mod cycles;
mod definition;
mod depends_on;
mod dotenv;
mod ebs_volumes;
mod env_file_secrets;
mod environments;
mod explain;
mod files_needed;
mod foreign_file;
mod hooks;
mod images;
mod interpolate;
mod jobs;
mod json_schema;
mod keys;
mod launch;
mod load;
mod merge;
mod names;
mod overridden;
mod parse;
mod platform;
mod references;
mod render;
mod root;
mod schedule;
mod schedule_expression;
mod secrets;
mod service;
mod service_constraints;
mod session_settings;
mod sources;
mod state_address;
mod state_location;
mod terraform_state;
#[cfg(test)]
mod tests;
mod typed_values;

pub use config_error::ConfigError;
pub use context::{FileOverrides, ReferencedFiles};
pub use definition::{definition_input, health_check_range, smallest_fargate_size};
pub use dotenv::{Dotenv, DotenvError, DotenvValue};
pub use env_file_secrets::{env_file_secrets, shown_names};
pub use explain::{Explainer, UnknownPath};
pub use foreign_file::{ForeignFile, ForeignReading, invalid_file};
pub use interpolate::{GitFacts, GitOutcome, Lookups, UsedFacts};
pub use json_schema::json_schema;
pub use load::{Document, LoadedFile, LoadedNames, ManifestInput, NeededSources};
pub use parse::{MAX_BYTES, parse as parse_yaml};
pub use render::render;
pub use secrets::secrets;
pub use session_settings::SessionSettings;
pub use sources::{SourceQuery, SourceReplies, SourceReply};
pub use state_location::StateLocation;
pub use terraform_state::TerraformState;
