//! `ecsctl completions`

use clap::Args;
use clap_complete::Shell;

use super::help;

/// Print shell completions
///
/// Paste the line of your shell there for this session, or into the named file for every session. Completions know
/// verbs, options, and the names in deploy.yaml.
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("source <(ecsctl completions bash)", "bash: ~/.bashrc"),
    ("source <(ecsctl completions zsh)", "zsh: ~/.zshrc, after compinit"),
    ("ecsctl completions fish | source", "fish: ~/.config/fish/config.fish"),
    ("eval (ecsctl completions elvish | slurp)", "elvish: ~/.config/elvish/rc.elv"),
    ("ecsctl completions powershell | Out-String | Invoke-Expression", "PowerShell: $PROFILE"),
]))]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}
