//! `ecsctl register`

use clap::Args;

use super::help;

/// Build, push, and register task definitions; touch no service
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl register", "prints FAMILY:REVISION of each, new or not"),
]))]
pub struct RegisterArgs {}
