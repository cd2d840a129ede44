//! Reads that explain and never decide: a failed one is noted.

use std::cell::RefCell;

use crate::aws::{Aws, AwsError};
use crate::engine::observe::unread;
use crate::model::UnreadResource;

/// A session, and what could not be read with it.
pub(super) struct PreflightReader<'a> {
    /// The session.
    pub aws: &'a Aws,
    unread: RefCell<Vec<UnreadResource>>,
}

impl<'a> PreflightReader<'a> {
    /// Creates a reader.
    pub fn new(aws: &'a Aws) -> Self {
        Self {
            aws,
            unread: RefCell::default(),
        }
    }

    /// Returns what was read, or notes what it would have been.
    pub fn known<T>(&self, what: &'static str, result: Result<T, AwsError>) -> Option<T> {
        let noted = |error: AwsError| self.unread.borrow_mut().push(unread(what, &error));
        result.map_err(noted).ok()
    }

    /// Returns the session in another region.
    pub fn in_region(&self, region: Option<&str>) -> Aws {
        region.map_or_else(|| self.aws.clone(), |region| self.aws.in_region(region))
    }

    /// Returns what could not be read.
    pub fn into_unread(self) -> Vec<UnreadResource> {
        self.unread.into_inner()
    }
}

/// Sorts names, and removes duplicates.
pub(super) fn distinct<T: Ord>(names: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut names: Vec<T> = names.into_iter().collect();
    names.sort();
    names.dedup();
    names
}
