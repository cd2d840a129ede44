//! Tests of the watcher against a scripted ECS.

mod ends;
mod explained;
mod faults;
mod joining;
mod scripted;

use futures_util::future::{join, join_all};
use tokio_util::sync::CancellationToken;

use super::data_source::DataSource;
use super::{NoSuchService, Observer, ServiceResult, Unwatchable, WatchProgress, WatchResult, with_watcher};
use crate::clock::Clock;
use crate::diagnostic::Failure;
use crate::model::Sink;
use crate::verdict::WatchRequest;

/// Results of watches, grouped by how they ended.
#[derive(Debug, Default)]
struct Results {
    services: Vec<ServiceResult>,
    absent: Vec<NoSuchService>,
    left: Vec<WatchProgress>,
    unwatchable: Vec<Unwatchable>,
}

impl Results {
    fn of(results: impl IntoIterator<Item = WatchResult>) -> Self {
        let mut all = Self::default();
        for result in results {
            match result {
                WatchResult::Ended(result) => all.services.push(*result),
                WatchResult::NotFound(error) => all.absent.push(error),
                WatchResult::Cut(progress) => all.left.push(progress),
                WatchResult::Unwatchable(unwatchable) => all.unwatchable.push(unwatchable),
            }
        }
        all
    }

    /// The failure that ended all watches.
    fn broken_off(&self) -> Option<Failure> {
        let failures = Unwatchable::failures(&self.unwatchable);
        assert!(failures.len() < 2, "{failures:?}");
        failures.into_iter().next()
    }
}

/// Watches the services until all watches end, and emits each result.
async fn watch<S: DataSource>(
    source: &S,
    cluster: &str,
    requests: Vec<WatchRequest>,
    sink: &dyn Sink,
    clock: &Clock,
) -> Results {
    let observer = Observer {
        sink,
        show_values: false,
        rollback: CancellationToken::new(),
    };
    let results = with_watcher((source, cluster), observer, clock, async |watcher| {
        let watches = requests.into_iter().map(async |request| {
            let result = watcher.watch(request).await;
            if let WatchResult::Ended(result) = &result {
                sink.emit(result.event());
            }
            result
        });
        join_all(watches).await
    });
    Results::of(results.await)
}

/// Watches a service until a rollback is requested.
async fn watch_until<S: DataSource>(
    source: &S,
    request: WatchRequest,
    clock: &Clock,
    requested: impl Future<Output = ()>,
) -> Results {
    let rollback = CancellationToken::new();
    let observer = Observer {
        sink: &|_| {},
        show_values: false,
        rollback: rollback.clone(),
    };
    let request_rollback = async {
        requested.await;
        rollback.cancel();
    };
    let watch = with_watcher((source, "c"), observer, clock, async |watcher| {
        watcher.watch_until_rollback(request).await
    });
    let (result, ()) = join(watch, request_rollback).await;
    Results::of([result])
}
