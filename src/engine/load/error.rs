//! Why deploy.yaml couldn't be opened.

use std::io;

use crate::config::{ConfigError, DotenvError};
use crate::diagnostic::{Explain, Explanation};
use crate::exit::Exit;
use crate::model::LookVerb;

/// Why deploy.yaml couldn't be opened.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no file.
    #[error("no deploy.yaml or ecsctl.yaml in this folder, or in a parent within the git repository")]
    NoFile {
        /// A file with a similar name.
        other: Option<String>,
    },
    /// A folder has both a deploy.yaml and an ecsctl.yaml.
    #[error("there are both a deploy.yaml and an ecsctl.yaml")]
    SeveralFiles {
        /// The path of one of them.
        one: String,
    },
    /// There is no file, and with `--cluster` no service is named.
    #[error("no deploy.yaml, and no service is named")]
    NoFileNorName {
        /// What the run looks with.
        verb: LookVerb,
    },
    /// `-f` names a folder without a file.
    #[error("no deploy.yaml in the folder {folder}")]
    NoFileInFolder {
        /// The folder as the user typed it.
        folder: String,
        /// The path of a file in it with a similar name.
        other: Option<String>,
    },
    /// The file exists but can't be read.
    #[error("{name} can't be read")]
    Unreadable {
        /// The path as the user would type it.
        name: String,
        /// The operating system's message.
        said: String,
    },
    /// The current folder doesn't exist any more.
    #[error("the current folder doesn't exist")]
    NoFolder {
        /// The operating system's error.
        error: io::Error,
    },
    /// `-f -`.
    #[error("deploy.yaml can't be read from standard input: its paths are relative to its folder")]
    Stdin,
    /// A variable that the file refers to isn't valid Unicode.
    #[error("the environment variable `{name}` is not Unicode")]
    NotUnicode {
        /// The variable's name.
        name: String,
    },
    /// A file of `--env-file` isn't a dotenv file.
    #[error("{name}, {error}")]
    InvalidEnvFile {
        /// The path as the user typed it.
        name: String,
        /// What is wrong with it.
        error: DotenvError,
    },
    /// The file isn't YAML, or not a mapping.
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
            Self::SeveralFiles { one } => usage("several-files")
                .resource(one)
                .hint(format!("name one with -f: ecsctl -f {one} …")),
            Self::NoFileNorName { verb } => usage("no-file").resource("deploy.yaml").hint(format!(
                "name the services behind `{}`, or pass ecsctl -f PATH …",
                verb.name()
            )),
            Self::NoFileInFolder { folder, other } => usage("no-file")
                .resource(folder)
                .maybe_hint(other.as_ref().map(|other| format!("ecsctl -f {other} …"))),
            Self::Unreadable { name, said } => usage("file-unreadable").resource(name).said("system", said),
            Self::NoFolder { error } => usage("no-folder").said("system", error.to_string()),
            Self::Stdin => usage("standard-input").hint("write it to a file, then pass ecsctl -f PATH …"),
            Self::NotUnicode { name } => usage("not-unicode").resource(name),
            Self::InvalidEnvFile { name, .. } => usage("env-file").resource(name),
            Self::Rejected(rejected) => rejected.explain(),
        }
    }
}
