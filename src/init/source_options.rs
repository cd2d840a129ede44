//! What a draft is made of, besides the files of its source.

use super::head::DraftHead;

/// Options of a source.
#[derive(Clone, Debug, Default)]
pub struct SourceOptions {
    /// The flags: they override the files.
    pub flags: DraftHead,
    /// The region where neither a flag nor a file names one.
    pub region: Option<String>,
    /// `--allow-unknown-fields`: accept what this binary doesn't know.
    pub allow_unknown: bool,
}
