//! Reports waits for AWS before there is anything else to show.

use std::future::Future;

use crate::model::{Event, Sink};

/// Does work, and reports that it is waited for meanwhile. `what` follows `reading`.
pub async fn waiting<T>(sink: &dyn Sink, what: &'static str, work: impl Future<Output = T>) -> T {
    sink.emit(Event::Waiting { what, done: false });
    let result = work.await;
    sink.emit(Event::Waiting { what, done: true });
    result
}
