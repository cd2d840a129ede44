//! Why there is no file to work with.

use std::io;

use crate::config::ConfigError;
use crate::diagnostic::{Explain, Explanation};
use crate::exit::Exit;

/// Why there is no file to work with.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// No deploy.yaml.
    #[error("no deploy.yaml in this folder or a parent, up to the root of the git repository")]
    NoFile {
        /// A file of a similar name.
        other: Option<String>,
    },
    /// It is there, and can't be read.
    #[error("{name} can't be read")]
    Unreadable {
        /// As the person would type it.
        name: String,
        /// The system's words.
        said: String,
    },
    /// The current folder is gone.
    #[error("the current folder doesn't exist")]
    NoFolder {
        /// The system's words.
        error: io::Error,
    },
    /// `-f -`.
    #[error("deploy.yaml can't be read from standard input: its paths are relative to its folder")]
    Stdin,
    /// A variable that the file refers to can't be put into it.
    #[error("the environment variable `{name}` is not Unicode")]
    NotUnicode {
        /// Its name.
        name: String,
    },
    /// It is no YAML, or no mapping.
    #[error(transparent)]
    Rejected(#[from] ConfigError),
}

impl Explain for LoadError {
    fn explain(&self) -> Explanation {
        let usage = |code| Explanation::new(Exit::Usage, code);
        match self {
            Self::NoFile { other } => usage("no-file").resource("deploy.yaml").hint(match other {
                Some(other) => format!("ecsctl -f {other} …"),
                None => "pass ecsctl -f PATH …, or create one".to_owned(),
            }),
            Self::Unreadable { name, said } => {
                let within = format!("ecsctl -f {}/deploy.yaml …", name.trim_end_matches('/'));
                usage("file-unreadable")
                    .resource(name)
                    .said("system", said)
                    .maybe_hint((said == "is a folder").then_some(within))
            }
            Self::NoFolder { error } => usage("no-folder").said("system", error.to_string()),
            Self::Stdin => usage("standard-input").hint("write it to a file, then pass ecsctl -f PATH …"),
            Self::NotUnicode { name } => usage("not-unicode").resource(name),
            Self::Rejected(rejected) => rejected.explain(),
        }
    }
}
