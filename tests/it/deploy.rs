//! `ecsctl deploy` against the scripted ECS, with existing images, so that no Docker is needed.

mod access_denied;
mod action_log;
mod aws_errors;
mod bases;
mod certificates;
mod concurrent_changes;
mod crash_loop;
mod create_and_update;
mod credentials;
mod dependencies;
mod existing_resources;
mod failure_report;
mod interrupted;
mod killed;
mod known_causes;
mod mfa;
mod moved_tags;
mod odd_variables;
mod optional_reads;
mod partial_results;
mod passing_errors;
mod profiles;
mod refusals;
mod strategies;
mod two_deploys;
mod unidentified;
