//! The poller against an ECS that is played by a script.

mod ends;
mod explained;
mod faults;
mod joining;
mod scripted;

use std::future::pending;

use super::{Clues, Ecs, Joining, ServiceResult, Tell, Watch, watch_until};
use crate::clock::Clock;
use crate::model::Sink;
use crate::verdict::WatchRequest;

/// Watches to the end, and tells each.
async fn watch<E: Ecs + Clues>(
    ecs: &E,
    cluster: &str,
    joining: impl Into<Joining>,
    sink: &dyn Sink,
    clock: &Clock,
) -> Watch {
    let ended = &|_: &WatchRequest, end: &ServiceResult| sink.emit(end.event());
    watch_until(
        ecs,
        cluster,
        joining,
        Tell {
            sink,
            ended,
            show_values: false,
        },
        clock,
        pending(),
    )
    .await
}
