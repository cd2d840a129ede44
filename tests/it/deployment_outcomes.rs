//! How a deploy ends: every outcome that ECS knows, with its exit code and what a person reads, as lines, as JSON, and
//! for some as what is left on a terminal.

mod aws_errors;
mod lifecycle_stages;
mod scenarios;
mod several_services;
