//! The part of the terminal that is redrawn. While a question is open there, nothing is.

use std::sync::{Mutex, MutexGuard, PoisonError};

use indicatif::ProgressBar;

/// The live rows on the terminal, if there are any.
#[derive(Default)]
pub struct LiveRegion {
    state: Mutex<RegionState>,
}

#[derive(Default)]
struct RegionState {
    bar: Option<ProgressBar>,
    /// The open questions.
    questions: usize,
}

/// Nothing is redrawn while this lives.
pub struct RegionPause<'a>(&'a LiveRegion);

impl LiveRegion {
    /// Sets what draws the rows.
    pub fn open(&self, bar: ProgressBar) {
        self.lock().bar = Some(bar);
    }

    /// Draws the rows, unless a question is open.
    pub fn draw(&self, rows: String) {
        let state = self.lock();
        if let Some(bar) = state.bar.as_ref().filter(|_| state.questions == 0) {
            bar.set_message(rows);
        }
    }

    /// Removes the rows from the terminal for a question.
    pub fn pause(&self) -> RegionPause<'_> {
        let mut state = self.lock();
        state.questions += 1;
        if let Some(bar) = &state.bar {
            bar.set_message("");
        }
        RegionPause(self)
    }

    fn lock(&self) -> MutexGuard<'_, RegionState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for RegionPause<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.questions = state.questions.saturating_sub(1);
    }
}
