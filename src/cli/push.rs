//! `ecsctl push`

use clap::Args;

use super::help;

/// Build the images and push them to ECR
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl push", "every image in deploy.yaml"),
    ("ecsctl push --only web", "one; prints its digest"),
]))]
pub struct PushArgs {}
