//! `ecsctl build`

use clap::Args;

use super::help;

/// Build the images; push nothing
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl build", "every image in deploy.yaml"),
    ("ecsctl build --only web -v", "one, with its build log"),
    ("ecsctl build --list-context", "what would be sent to Docker, largest last"),
]))]
pub struct BuildArgs {
    /// Build nothing; list what the build contexts would send, with sizes, largest last
    #[arg(long)]
    pub list_context: bool,
}
