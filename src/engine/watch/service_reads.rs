//! Fresh reads of services before they are changed, ten per call.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use jiff::Timestamp;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::oneshot;

use super::data_source::DataSource;
use crate::aws::SERVICES_A_CALL;
use crate::clock::Clock;
use crate::ecs::Service;
use crate::engine::polling::{PollRate, ReadError};

/// How long a read waits for others to share its call when the budget is spent.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// A service to read, and the channel for the reply.
pub(super) struct ServiceRead {
    pub service: String,
    pub reply: oneshot::Sender<Result<Option<Service>, ReadError>>,
}

/// Reads services on request; simultaneous requests share calls.
pub(super) struct ServiceReads<'a, S> {
    source: &'a S,
    cluster: &'a str,
    clock: &'a Clock,
    rate: &'a PollRate,
    requests: UnboundedReceiver<ServiceRead>,
    /// Requests not yet sent.
    waiting: Vec<ServiceRead>,
    /// When the first of them arrived.
    waiting_since: Timestamp,
}

impl<'a, S: DataSource> ServiceReads<'a, S> {
    pub fn new(
        source: &'a S,
        cluster: &'a str,
        clock: &'a Clock,
        rate: &'a PollRate,
        requests: UnboundedReceiver<ServiceRead>,
    ) -> Self {
        Self {
            source,
            cluster,
            clock,
            rate,
            requests,
            waiting: Vec::new(),
            waiting_since: clock.now(),
        }
    }

    /// Serves requests until the last sender is dropped.
    pub async fn run(mut self) {
        let (source, cluster, rate) = (self.source, self.cluster, self.rate);
        let mut calls = FuturesUnordered::new();
        loop {
            tokio::select! {
                is_open = self.gather() => {
                    while !self.waiting.is_empty() {
                        let rest = self.waiting.split_off(self.waiting.len().min(SERVICES_A_CALL));
                        let batch = std::mem::replace(&mut self.waiting, rest);
                        rate.spend(1);
                        calls.push(read(source, cluster, batch));
                    }
                    if !is_open {
                        break;
                    }
                }
                Some(()) = calls.next() => {}
            }
        }
        while calls.next().await.is_some() {}
    }

    /// Waits for requests until a call is due. False if no more can come.
    async fn gather(&mut self) -> bool {
        if self.waiting.is_empty() {
            if self.receive().await == 0 {
                return false;
            }
            self.waiting_since = self.clock.now();
        }
        let clock = self.clock;
        loop {
            self.rate.earn(clock.now());
            if self.waiting.len() >= SERVICES_A_CALL || self.rate.can_afford(1) {
                break;
            }
            let pause = LONGEST_WAIT.saturating_sub(clock.elapsed(self.waiting_since));
            if pause.is_zero() {
                break;
            }
            tokio::select! {
                () = clock.sleep(pause) => {}
                received = self.receive() => if received == 0 {
                    return false;
                },
            }
        }
        true
    }

    /// Waits for requests and takes them. Returns how many; 0 if no more can come.
    async fn receive(&mut self) -> usize {
        self.requests.recv_many(&mut self.waiting, usize::MAX).await
    }
}

async fn read<S: DataSource>(source: &S, cluster: &str, batch: Vec<ServiceRead>) {
    let names: Vec<String> = batch.iter().map(|read| read.service.clone()).collect();
    let described = source.describe_services(cluster, &names).await;
    for ServiceRead { service, reply } in batch {
        let found = match &described {
            Ok(described) => Ok(described.existing(&service).cloned()),
            // Access may be denied for only one of them: read each alone.
            Err(error) if names.len() > 1 && error.severity.is_permanent() => {
                let alone = source
                    .describe_services(cluster, std::slice::from_ref(&service))
                    .await;
                alone.map(|described| described.existing(&service).cloned())
            }
            Err(error) => Err(error.clone()),
        };
        // The receiver may have been dropped.
        let _ = reply.send(found);
    }
}
