//! Registers task definitions: once per content, one at a time per family.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

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
        Ok(arn)
    }

    /// Whether this run has registered a revision of a family, or is about to.
    pub fn has_registered(&self, family: &str, arn: &str) -> bool {
        match self.family(family).try_lock() {
            Ok(registered) => registered.iter().any(|(_, known)| known == arn),
            Err(_) => true,
        }
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
