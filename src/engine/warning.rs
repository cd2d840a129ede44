//! Failures that stop nothing.

use crate::diagnostic::Failure;
use crate::model::{Event, Sink};

/// Warns of a failure and its consequence.
pub fn warn(sink: &dyn Sink, failure: impl Into<Failure>, consequence: &str) {
    let failure = failure.into();
    sink.emit(Event::Warning {
        resource: failure.resource.clone(),
        message: format!("{failure}: {consequence}"),
        hint: failure.hint.clone(),
    });
}
