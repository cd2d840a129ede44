//! The end of services: they are deleted, and watched until their tasks are gone.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::{join, join_all};
use tokio::sync::mpsc::unbounded_channel;

use super::drain::{Drain, Draining};
use super::{Found, Refusal, ServiceChange, judged, refused};
use crate::aws::{Aws, AwsError};
use crate::diagnostic::Failure;
use crate::ecs::Service;
use crate::engine::apply::careful;
use crate::model::{Event, Sink};

/// A service that is to be deleted.
#[derive(Clone, Debug, PartialEq)]
pub enum Deletion {
    /// It isn't there: nothing to do.
    Absent {
        /// Its name on ECS.
        name: String,
    },
    /// It is on its way out already: only watched.
    Draining(Found),
    /// It is deleted.
    Active(Found),
}

impl Deletion {
    /// The service, where it is there.
    pub fn found(&self) -> Option<&Found> {
        match self {
            Deletion::Absent { .. } => None,
            Deletion::Draining(found) | Deletion::Active(found) => Some(found),
        }
    }
}

/// Looks services up (pairs of their key in deploy.yaml and their name on ECS). One that can't be deleted keeps the
/// others from it too.
pub async fn deletions(
    aws: &Aws,
    cluster: &str,
    services: &[(String, String)],
) -> Result<Vec<Deletion>, Failure> {
    let names: Vec<String> = services.iter().map(|(_, name)| name.clone()).collect();
    let described = aws.describe_services(cluster, &names).await?;
    let (mut deletions, mut refusals) = (Vec::new(), Vec::new());
    for (key, name) in services {
        match judged(&described, key, name, ServiceChange::Delete) {
            Ok(found) if found.service.is_draining() => deletions.push(Deletion::Draining(found)),
            Ok(found) => deletions.push(Deletion::Active(found)),
            Err(Refusal::Missing { service, .. }) => deletions.push(Deletion::Absent { name: service }),
            Err(refusal) => refusals.push(refusal),
        }
    }
    refused(refusals)?;
    Ok(deletions)
}

/// Deletes services and waits until each is INACTIVE: all its tasks have stopped then. `force` stands for scaling one
/// down first, and only REPLICA services need it (API reference: DeleteService). `gone` hears of each end as it comes;
/// given back is what came of each, in their order.
pub async fn delete(
    aws: &Aws,
    cluster: &str,
    deletions: &[Deletion],
    (timeout, sink): (Duration, &dyn Sink),
    gone: &dyn Fn(&Deletion),
) -> Vec<Result<(), Failure>> {
    let ends = RefCell::new(BTreeMap::new());
    let over = |at: usize, end: Result<(), Failure>| {
        if let (Some(deletion), Ok(())) = (deletions.get(at), &end) {
            gone(deletion);
        }
        ends.borrow_mut().insert(at, end);
    };
    let (to_drain, coming) = unbounded_channel();
    let each = deletions.iter().enumerate();
    let send = async {
        let to_drain = to_drain;
        join_all(
            each.map(async |(at, deletion)| match begin(aws, cluster, deletion).await {
                Ok(Some(found)) => {
                    let name = found.name.clone();
                    sink.emit(Event::Deleted {
                        service: name.clone(),
                    });
                    let (since, told) = (aws.clock().now(), None);
                    // Whoever drains them listens until no more can come.
                    let _ = to_drain.send(Draining {
                        at,
                        name,
                        since,
                        told,
                    });
                }
                Ok(None) => over(at, Ok(())),
                Err(error) => over(at, Err(error.into())),
            }),
        )
        .await
    };
    let drain = Drain {
        aws,
        cluster,
        timeout,
        sink,
        over: &over,
    };
    join(send, drain.run(coming)).await;
    ends.into_inner().into_values().collect()
}

/// Has a service deleted. None: there is nothing to delete.
async fn begin<'a>(aws: &Aws, cluster: &str, deletion: &'a Deletion) -> Result<Option<&'a Found>, AwsError> {
    if let Deletion::Active(found) = deletion {
        send(aws, cluster, found).await?;
    }
    Ok(deletion.found())
}

async fn send(aws: &Aws, cluster: &str, found: &Found) -> Result<(), AwsError> {
    let force = !found.service.is_daemon();
    let sent = careful(
        aws.clock(),
        || Box::pin(aws.delete_service(cluster, &found.name, force)),
        || {
            Box::pin(async move {
                let left = look(aws, cluster, &found.name).await?;
                Ok(left.is_none_or(|left| left.is_draining()).then_some(()))
            })
        },
        |_| false,
    );
    match sent.await {
        // Somebody else was faster.
        Err(error) if error.aws_code() == Some("ServiceNotFoundException") => Ok(()),
        sent => sent,
    }
}

async fn look(aws: &Aws, cluster: &str, name: &str) -> Result<Option<Service>, AwsError> {
    let described = aws.describe_services(cluster, &[name.to_owned()]).await?;
    Ok(described.existing(name).cloned())
}
