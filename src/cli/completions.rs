//! `ecsctl completions`

use clap::Args;
use clap_complete::Shell;

use super::help;

/// Print shell completions
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("source <(ecsctl completions bash)", "in this shell"),
    ("ecsctl completions fish > ~/.config/fish/completions/ecsctl.fish", "permanently"),
]))]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}
