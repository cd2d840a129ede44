//! `ecsctl push`

use clap::Args;

use super::help;

/// Build the images and push them to ECR
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl push", "all images in deploy.yaml"),
    ("ecsctl push web", "one image; prints its digest"),
]))]
pub struct PushArgs {
    /// Images, by their name in deploy.yaml [default: all]
    #[arg(value_name = "IMAGE")]
    pub names: Vec<String>,
}
