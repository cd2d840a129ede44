//! What every part of reading deploy.yaml is handed.

use std::collections::BTreeMap;
use std::path::Path;

use super::interpolate::UsedFacts;
use crate::diagnostic::{Problems, Sources};

/// What flags and variables say over the file.
#[derive(Clone, Debug, Default)]
pub struct FileOverrides {
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

/// The files that `taskDefinition:` and `base:` name, by the path as it was written: the text,
/// or why it could not be read.
pub type ReferencedFiles = BTreeMap<String, Result<String, String>>;

/// What every part of reading deploy.yaml is handed.
pub(super) struct ReadContext<'a> {
    /// The folder of deploy.yaml.
    pub root: &'a Path,
    pub overrides: &'a FileOverrides,
    pub files: &'a ReferencedFiles,
    /// Every file read, so that a span can be shown.
    pub sources: &'a mut Sources,
    pub problems: &'a mut Problems,
    /// The region that everything goes to, as far as it is known.
    pub region: Option<String>,
    /// Which facts of the session the result rests on.
    pub used: UsedFacts,
}
