//! The end of services: they are deleted, and watched until their tasks are gone.

use std::borrow::Cow;
use std::time::Duration;

use jiff::SignedDuration;

use super::{Found, Lever, Refusal, Refused, judged, text};
use crate::aws::{Aws, AwsError};
use crate::diagnostic::{Explain, Failure};
use crate::engine::apply::careful;
use crate::engine::presence::Presence;
use crate::exit::Exit;
use crate::model::{Event, RolloutEvent, Sink, Value};

/// Time between two looks at services on their way out.
const LOOK_EVERY: Duration = Duration::from_secs(2);

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
    let reply = aws.describe_services(cluster, &names).await?;
    let (mut deletions, mut refusals) = (Vec::new(), Vec::new());
    for (key, name) in services {
        match judged(&reply, key, name, Lever::Delete) {
            Ok(found) if is_draining(&found.service) => deletions.push(Deletion::Draining(found)),
            Ok(found) => deletions.push(Deletion::Active(found)),
            Err(Refusal::Missing { service, .. }) => deletions.push(Deletion::Absent { name: service }),
            Err(refusal) => refusals.push(refusal),
        }
    }
    match Refused::of(refusals) {
        Some(refused) => Err(refused.into()),
        None => Ok(deletions),
    }
}

/// Deletes a service and waits until it is INACTIVE: all its tasks have stopped then. `force` stands for scaling it
/// down first, and only REPLICA services need it (API reference: DeleteService).
pub async fn delete(
    aws: &Aws,
    cluster: &str,
    deletion: &Deletion,
    timeout: Duration,
    sink: &dyn Sink,
) -> Result<(), Failure> {
    let found = match deletion {
        Deletion::Absent { .. } => return Ok(()),
        Deletion::Draining(found) => found,
        Deletion::Active(found) => {
            send(aws, cluster, found).await?;
            found
        }
    };
    sink.emit(Event::Deleted {
        service: found.name.clone(),
    });
    drain(aws, cluster, &found.name, timeout, sink).await
}

async fn send(aws: &Aws, cluster: &str, found: &Found) -> Result<(), AwsError> {
    let force = text(&found.service, "schedulingStrategy") != Some("DAEMON");
    let sent = careful(
        aws.clock(),
        || {
            Box::pin(async move {
                let deleted = aws.delete_service(cluster, &found.name, force).await;
                deleted.map(|_| ())
            })
        },
        || {
            Box::pin(async move {
                let left = look(aws, cluster, &found.name).await?;
                Ok(left.is_none_or(|left| is_draining(&left)).then_some(()))
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

async fn drain(
    aws: &Aws,
    cluster: &str,
    name: &str,
    timeout: Duration,
    sink: &dyn Sink,
) -> Result<(), Failure> {
    let clock = aws.clock();
    let begun = clock.now();
    let mut told = None;
    loop {
        match look(aws, cluster, name).await {
            Ok(None) => return Ok(()),
            Ok(Some(service)) => {
                let running = running(&service);
                if told != Some(running) {
                    told = Some(running);
                    let event = RolloutEvent::Draining { running };
                    sink.emit(Event::Rollout {
                        service: name.to_owned(),
                        event,
                    });
                }
            }
            Err(error) if error.is_worth_retrying() || error.is_ambiguous() => {
                tracing::debug!(%error, service = name, "a look failed");
            }
            Err(error) => return Err(error.into()),
        }
        let waited = clock.now().duration_since(begun);
        if waited >= SignedDuration::try_from(timeout).unwrap_or(SignedDuration::MAX) {
            return Err(NotDrained {
                service: name.to_owned(),
                tasks: told,
            }
            .into());
        }
        clock.sleep(LOOK_EVERY).await;
    }
}

async fn look(aws: &Aws, cluster: &str, name: &str) -> Result<Option<Value>, AwsError> {
    let reply = aws.describe_services(cluster, &[name.to_owned()]).await?;
    Ok(Presence::in_reply(&reply, name).there().cloned())
}

fn is_draining(service: &Value) -> bool {
    text(service, "status") == Some("DRAINING")
}

/// Tasks that run or start.
fn running(service: &Value) -> u64 {
    let count = |key: &str| service.get(key).and_then(Value::as_u64).unwrap_or(0);
    count("runningCount").saturating_add(count("pendingCount"))
}

/// A service that was deleted and whose tasks had not all stopped when the time was up. They go on stopping.
#[derive(Debug, thiserror::Error)]
#[error("service {service} is deleted, but not all its tasks have stopped yet")]
pub struct NotDrained {
    service: String,
    tasks: Option<u64>,
}

impl Explain for NotDrained {
    fn exit(&self) -> Exit {
        Exit::TimedOut
    }

    fn code(&self) -> &'static str {
        "still-draining"
    }

    fn resource(&self) -> Option<Cow<'_, str>> {
        Some(self.service.as_str().into())
    }

    fn details(&self) -> Vec<String> {
        let left = self.tasks.map(|tasks| format!("{tasks} left when last seen"));
        left.into_iter().collect()
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        Some(format!("ecsctl delete {} goes on waiting", self.service).into())
    }
}
