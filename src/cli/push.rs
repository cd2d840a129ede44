//! `ecsctl push`

use clap::Args;

use super::help;

/// Build the images and push them to ECR
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl push", "all images in deploy.yaml"),
    ("ecsctl push --only web", "one image; prints its digest"),
]))]
pub struct PushArgs {}
