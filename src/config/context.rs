//! The context shared by all the code that reads deploy.yaml.

use std::collections::BTreeMap;
use std::path::Path;

use super::budget::Budget;
use super::interpolate::UsedFacts;
use crate::diagnostic::{Problems, Sources};
use crate::model::Entry;

/// Values from flags and environment variables that override the file.
#[derive(Clone, Debug, Default)]
pub struct FileOverrides {
    /// `--environment`, which selects an overlay of the file.
    pub environment: Option<String>,
    /// `--cluster`.
    pub cluster: Option<String>,
    /// `--region`.
    pub region: Option<String>,
    /// `--profile`.
    pub profile: Option<String>,
    /// `--assume-role`.
    pub assume_role: Option<String>,
    /// `--image NAME=REF`.
    pub images: Vec<(String, String)>,
    /// `--allow-unknown-fields`.
    pub allow_unknown_fields: bool,
}

/// The files that `taskDefinition:` and `base:` name, by path as written: the text,
/// or why it could not be read.
pub type ReferencedFiles = BTreeMap<String, Result<String, String>>;

/// The context shared by all the code that reads deploy.yaml.
pub(super) struct ReadContext<'a> {
    /// The folder of deploy.yaml.
    pub root: &'a Path,
    pub overrides: &'a FileOverrides,
    pub files: &'a ReferencedFiles,
    /// Every file read, so that a span can be shown.
    pub sources: &'a mut Sources,
    pub problems: &'a mut Problems,
    /// The region to deploy to, if known.
    pub region: Option<String>,
    /// The session facts that the result depends on.
    pub used: UsedFacts,
    /// The variables of dotenv files, which are sensitive.
    pub env_file_values: Vec<(String, String)>,
    /// The variables of each dotenv file that was read, by its path as written; None of one that was refused. Containers
    /// share files, and each is parsed and reported once.
    pub env_files: BTreeMap<String, Option<Vec<Entry>>>,
    /// What references and files have filled in.
    pub budget: Budget,
}
