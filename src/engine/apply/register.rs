//! Registers task definitions: once per content, one at a time per family.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::error::{ApplyError, no_arn};
use crate::aws::{Aws, AwsError};
use crate::ecs::TaskDefinition;
use crate::engine::polling::{PassingWait, retry_write};
use crate::model::{DefinitionId, Event, Sink, Value};
use crate::plan::is_same_definition;

/// The inputs and ARNs that this run has registered for a family.
type RegisteredFamily = Arc<tokio::sync::Mutex<Vec<(Value, String)>>>;

/// Keeps track of what this run has registered.
#[derive(Default)]
pub(super) struct Registrar {
    families: Mutex<HashMap<String, RegisteredFamily>>,
    revisions: Mutex<Vec<OwnRevision>>,
}

/// A revision that this run registered.
struct OwnRevision {
    arn: String,
    /// The service's key.
    service: String,
    /// Whether a change with it was sent; None if none was tried.
    is_used: Option<bool>,
}

impl Registrar {
    /// Registers a revision and returns its ARN. If this run has already registered the same input for another
    /// service, returns that ARN; so it does if somebody else has registered it since the plan was made, which is
    /// looked up if that `is_late`.
    pub async fn register(
        &self,
        aws: &Aws,
        service: &str,
        (family, input): (&str, &Value),
        sink: &dyn Sink,
        passing: PassingWait<'_>,
        is_late: bool,
    ) -> Result<String, ApplyError> {
        let known = self.family(family);
        // Concurrent calls for a family fail with "Too many concurrent attempts to create a new revision".
        let mut registered = known.lock().await;
        if let Some((_, arn)) = registered.iter().find(|(sent, _)| sent == input) {
            return Ok(arn.clone());
        }
        if is_late && let Ok(Some(TaskDefinition { arn: Some(arn), .. })) = latest(aws, family, input).await {
            registered.push((input.clone(), arn.clone()));
            return Ok(arn);
        }
        let definition = passing
            .retry(service, || Box::pin(send(aws, family, input)))
            .await?;
        let Some(arn) = definition.arn else {
            return Err(no_arn(family));
        };
        sink.emit(Event::Registered {
            service: service.to_owned(),
            task_definition: DefinitionId::parse(&arn).map_or_else(|| arn.clone(), |id| id.to_string()),
        });
        registered.push((input.clone(), arn.clone()));
        self.revisions().push(OwnRevision {
            arn: arn.clone(),
            service: service.to_owned(),
            is_used: None,
        });
        Ok(arn)
    }

    /// Whether this run has registered a revision of a family, or is about to.
    pub fn has_registered(&self, family: &str, arn: &str) -> bool {
        match self.family(family).try_lock() {
            Ok(registered) => registered.iter().any(|(_, known)| known == arn),
            Err(_) => true,
        }
    }

    /// Notes whether a change of a service with this revision was sent.
    pub fn note_use(&self, arn: &str, is_sent: bool) {
        let mut revisions = self.revisions();
        let of_ours = revisions.iter_mut().find(|it| it.arn == arn);
        if let Some(revision) = of_ours {
            revision.is_used = Some(is_sent || revision.is_used == Some(true));
        }
    }

    /// Takes the revisions that this run registered in vain, each with the service's key: every change with them was
    /// held back or refused.
    pub fn take_unused(&self) -> Vec<(String, String)> {
        let unused = |it: &mut OwnRevision| it.is_used == Some(false);
        let taken = self.revisions().extract_if(.., unused).collect::<Vec<_>>();
        taken.into_iter().map(|it| (it.arn, it.service)).collect()
    }

    /// Forgets a revision that somebody has deregistered since.
    pub async fn forget(&self, family: &str, arn: &str) {
        let known = self.family(family);
        known.lock().await.retain(|(_, registered)| registered != arn);
    }

    fn revisions(&self) -> MutexGuard<'_, Vec<OwnRevision>> {
        self.revisions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn family(&self, family: &str) -> RegisteredFamily {
        let mut families = self.families.lock().unwrap_or_else(PoisonError::into_inner);
        families.entry(family.to_owned()).or_default().clone()
    }
}

/// Registers a revision, unless one with this input already arrived without a response.
async fn send(aws: &Aws, family: &str, input: &Value) -> Result<TaskDefinition, AwsError> {
    retry_write(
        aws.clock(),
        || Box::pin(aws.register_task_definition(family, input)),
        || Box::pin(latest(aws, family, input)),
        is_busy,
    )
    .await
}

/// Returns the family's latest revision if it has this input.
async fn latest(aws: &Aws, family: &str, input: &Value) -> Result<Option<TaskDefinition>, AwsError> {
    let latest = aws.describe_task_definition(family).await?;
    Ok(latest.filter(|latest| is_same_definition(input, latest)))
}

/// Whether somebody else is registering at the same time (terraform-provider-aws #9777: a plain
/// ClientException).
fn is_busy(error: &AwsError) -> bool {
    error
        .message()
        .is_some_and(|message| message.contains("Too many concurrent attempts to create a new revision"))
}
