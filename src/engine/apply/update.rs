//! Changing a service: its tags, then everything else in one call.

use super::Applier;
use super::error::ApplyError;
use super::patience::careful;
use crate::aws::AwsError;
use crate::ecs::Service;
use crate::model::Value;

/// What changes.
#[derive(Clone, Copy)]
pub(super) struct Change<'a> {
    pub name: &'a str,
    /// UpdateService's input, less `cluster`, `service` and `taskDefinition`.
    pub input: &'a Value,
    /// The new task definition, when it changes.
    pub definition: Option<&'a str>,
    pub tags: &'a [(String, String)],
}

impl Applier<'_> {
    /// Service, as UpdateService replied. None when there were only tags to set.
    pub(super) async fn update(
        &self,
        change: Change<'_>,
        before: Option<&Service>,
        primary_before: Option<&str>,
    ) -> Result<Option<Service>, ApplyError> {
        // Tags first: tasks that the update starts take theirs from the service.
        if !change.tags.is_empty() {
            let arn =
                before
                    .and_then(|service| service.arn.as_deref())
                    .ok_or_else(|| ApplyError::NotObserved {
                        service: change.name.to_owned(),
                    })?;
            self.pass(change.name).await;
            self.aws.tag_resource(arn, change.tags).await?;
        }
        let mut input = change.input.as_object().cloned().unwrap_or_default();
        if let Some(definition) = change.definition {
            input.insert("taskDefinition".to_owned(), definition.into());
        }
        if input.is_empty() {
            return Ok(None);
        }
        input.insert("cluster".to_owned(), self.cluster.into());
        input.insert("service".to_owned(), change.name.into());
        let input = Value::Object(input);
        let reply = careful(
            self.aws.clock(),
            || Box::pin(self.send(change.name, &input)),
            || {
                Box::pin(async {
                    let described = self.look(change.name).await?;
                    let now = described.active(change.name);
                    Ok(now
                        .filter(|now| has_started(now, change, primary_before))
                        .cloned())
                })
            },
            |_| false,
        )
        .await?;
        Ok(Some(reply))
    }

    /// One attempt. Turned down, it can be called off until the next; unanswered, nobody knows before the looks.
    async fn send(&self, name: &str, input: &Value) -> Result<Service, AwsError> {
        let sent = self.aws.update_service(name, input, self.pass(name)).await;
        sent.inspect_err(|error| {
            if !error.is_ambiguous() {
                self.waits(name);
            }
        })
    }
}

/// Whether the deployment that the change starts is there: a new PRIMARY, of our definition. A change that starts
/// none can be sent again without harm.
fn has_started(now: &Service, change: Change<'_>, primary_before: Option<&str>) -> bool {
    let Some(primary) = now.primary() else {
        return false;
    };
    let runs = primary.task_definition.as_deref();
    Some(primary.id.as_str()) != primary_before
        && change
            .definition
            .is_none_or(|definition| runs == Some(definition))
}
