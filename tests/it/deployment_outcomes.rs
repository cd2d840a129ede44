//! Deployment outcomes: every one that ECS knows, with its exit code and the text that a user reads, as
//! lines, as JSON, and for some as the final contents of a terminal.

mod aws_errors;
mod every_service;
mod lifecycle_stages;
mod scenarios;
mod several_services;
