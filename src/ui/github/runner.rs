//! The GitHub runner that this process is a step of, and what was recorded of the run so far.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The GitHub runner that this process is a step of.
pub struct Github {
    /// `$GITHUB_STEP_SUMMARY`.
    pub(super) summary: Option<PathBuf>,
    /// `$GITHUB_OUTPUT`.
    pub(super) outputs: Option<PathBuf>,
    /// `$GITHUB_WORKSPACE`: paths in annotations are relative to it.
    pub(super) workspace: Option<PathBuf>,
    pub(super) seen: Mutex<RunRecord>,
}

/// What was recorded of a run so far.
#[derive(Default)]
pub(super) struct RunRecord {
    pub place: Option<RunLocation>,
    /// The plan's summary and its lines.
    pub plan: Option<(String, Vec<String>)>,
    /// The sentence about each service's ending, by service name.
    pub endings: Vec<(String, String)>,
    /// Whether the error has been annotated at its locations in the file.
    pub placed: bool,
}

/// The location of the services.
#[derive(Clone, Debug)]
pub struct RunLocation {
    /// The cluster's name.
    pub cluster: String,
    /// The region.
    pub region: String,
    /// Whether the services run on AWS, so that there is a console to link to.
    pub is_aws: bool,
}

impl Github {
    /// Returns the runner, if there is one: it sets GITHUB_ACTIONS to `true`.
    pub fn of_process() -> Option<Self> {
        let path = |name: &str| {
            let value = std::env::var_os(name).filter(|value| !value.is_empty());
            value.map(PathBuf::from)
        };
        let there = std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true");
        there.then(|| Self {
            summary: path("GITHUB_STEP_SUMMARY"),
            outputs: path("GITHUB_OUTPUT"),
            workspace: path("GITHUB_WORKSPACE"),
            seen: Mutex::default(),
        })
    }

    pub(super) fn seen(&self) -> MutexGuard<'_, RunRecord> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records the location of the services.
    pub fn stand_in(&self, place: RunLocation) {
        self.seen().place = Some(place);
    }
}
