//! Why there is no file to work with.

use std::borrow::Cow;
use std::io;

use crate::config::Rejected;
use crate::diagnostic::{Explain, Problems, Sources};
use crate::exit::Exit;

/// Why there is no file to work with.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// No deploy.yaml.
    #[error("no deploy.yaml here or above, up to the top of the git repository")]
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
    #[error("the current folder can't be found")]
    NoFolder {
        /// The system's words.
        error: io::Error,
    },
    /// `-f -`.
    #[error("the file can't be standard input: the paths in it are relative to its folder")]
    Stdin,
    /// A variable that the file refers to can't be put into it.
    #[error("the environment variable `{name}` is not Unicode")]
    NotUnicode {
        /// Its name.
        name: String,
    },
    /// It is no YAML, or no mapping.
    #[error(transparent)]
    Rejected(#[from] Rejected),
}

impl Explain for LoadError {
    fn exit(&self) -> Exit {
        Exit::Usage
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoFile { .. } => "no-file",
            Self::Unreadable { .. } => "file-unreadable",
            Self::NoFolder { .. } => "no-folder",
            Self::Stdin => "standard-input",
            Self::NotUnicode { .. } => "not-unicode",
            Self::Rejected(rejected) => rejected.code(),
        }
    }

    fn resource(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::NoFile { .. } => Some("deploy.yaml".into()),
            Self::Unreadable { name, .. } => Some(name.into()),
            Self::NotUnicode { name } => Some(name.into()),
            Self::NoFolder { .. } | Self::Stdin => None,
            Self::Rejected(rejected) => rejected.resource(),
        }
    }

    fn said(&self) -> Option<(&'static str, Cow<'_, str>)> {
        match self {
            Self::NoFile { .. } | Self::Stdin | Self::NotUnicode { .. } => None,
            Self::Unreadable { said, .. } => Some(("system", said.into())),
            Self::NoFolder { error } => Some(("system", error.to_string().into())),
            Self::Rejected(rejected) => rejected.said(),
        }
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::NoFile { other: Some(other) } => Some(format!("ecsctl -f {other} …").into()),
            Self::NoFile { other: None } => Some("ecsctl -f PATH …, or write one".into()),
            Self::Unreadable { name, said } if said == "it is a folder" => {
                Some(format!("ecsctl -f {}/deploy.yaml …", name.trim_end_matches('/')).into())
            }
            Self::Stdin => Some("write it to a file, and ecsctl -f PATH …".into()),
            Self::Unreadable { .. } | Self::NoFolder { .. } | Self::NotUnicode { .. } => None,
            Self::Rejected(rejected) => rejected.hint(),
        }
    }

    fn problems(&self) -> Option<(&Problems, &Sources)> {
        match self {
            Self::Rejected(rejected) => rejected.problems(),
            _ => None,
        }
    }
}
