//! `ecsctl generate`, for `scripts/generate`

use std::path::PathBuf;

use clap::{Args, ValueHint};

/// Write the files that are made from the program: completions, man pages, parts of the README
#[derive(Debug, Args)]
#[command(hide = true)]
pub struct GenerateArgs {
    /// Write nothing; exit 1 and name each file that is out of date
    #[arg(long)]
    pub check: bool,

    /// The root of the repository
    #[arg(value_name = "ROOT", default_value = ".", value_hint = ValueHint::DirPath)]
    pub root: PathBuf,
}
