//! Fresh reads of services before they are changed: those that are asked for at the same time share their calls.

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::oneshot;

use super::data_source::DataSource;
use crate::aws::SERVICES_A_CALL;
use crate::ecs::Service;
use crate::engine::polling::{PollRate, ReadError};

/// A service to read, and who waits for it.
pub(super) struct ServiceRead {
    pub service: String,
    pub reply: oneshot::Sender<Result<Option<Service>, ReadError>>,
}

/// Reads services that flows ask for, ten to a call.
pub(super) struct ServiceReads<'a, S> {
    source: &'a S,
    cluster: &'a str,
    rate: &'a PollRate,
    requests: UnboundedReceiver<ServiceRead>,
}

impl<'a, S: DataSource> ServiceReads<'a, S> {
    pub fn new(
        source: &'a S,
        cluster: &'a str,
        rate: &'a PollRate,
        requests: UnboundedReceiver<ServiceRead>,
    ) -> Self {
        Self {
            source,
            cluster,
            rate,
            requests,
        }
    }

    /// Serves requests until nobody can make one any more.
    pub async fn run(mut self) {
        let mut calls = FuturesUnordered::new();
        loop {
            let mut batch = Vec::new();
            tokio::select! {
                received = self.requests.recv_many(&mut batch, SERVICES_A_CALL) => {
                    if received == 0 {
                        break;
                    }
                    calls.push(read(self.source, self.cluster, self.rate, batch));
                }
                Some(()) = calls.next() => {}
            }
        }
        while calls.next().await.is_some() {}
    }
}

async fn read<S: DataSource>(source: &S, cluster: &str, rate: &PollRate, batch: Vec<ServiceRead>) {
    let names: Vec<String> = batch.iter().map(|read| read.service.clone()).collect();
    rate.spend(1);
    let described = source.describe_services(cluster, &names).await;
    for ServiceRead { service, reply } in batch {
        let found = match &described {
            Ok(described) => Ok(described.existing(&service).cloned()),
            Err(error) => Err(error.clone()),
        };
        // Whoever asked may be gone.
        let _ = reply.send(found);
    }
}
