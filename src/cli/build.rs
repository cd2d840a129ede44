//! `ecsctl build`

use clap::Args;

use super::help;

/// Build the images without pushing them
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl build", "all images in deploy.yaml"),
    ("ecsctl build web -v", "one, with its build log"),
    ("ecsctl build --list-context", "list list what would be sent to Docker, largest last"),
]))]
pub struct BuildArgs {
    /// Images, by their name in deploy.yaml [default: all]
    #[arg(value_name = "IMAGE")]
    pub names: Vec<String>,

    /// List the files of the build contexts with sizes, largest last, without building
    #[arg(long)]
    pub list_context: bool,
}
