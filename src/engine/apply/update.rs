//! Updates a service: its tags first, then everything else in one call.

use futures_util::future::BoxFuture;

use super::error::{ApplyError, not_observed};
use super::{ServiceApplier, ServiceWrite};
use crate::aws::AwsError;
use crate::ecs::Service;
use crate::engine::polling::retry_write;
use crate::model::Value;

/// The parts of a service update.
#[derive(Clone, Copy)]
pub(super) struct ServiceUpdateCall<'a> {
    /// UpdateService's input, without `cluster`, `service` and `taskDefinition`.
    pub input: &'a Value,
    /// The new task definition, if it changes.
    pub definition: Option<&'a str>,
    pub tags: &'a [(String, String)],
}

impl ServiceApplier<'_> {
    /// Updates the service and returns it as UpdateService responded. None if there were only tags to set.
    pub(super) async fn update(
        &self,
        change: &ServiceWrite<'_>,
        update: ServiceUpdateCall<'_>,
        before: Option<&Service>,
        primary_before: Option<&str>,
    ) -> Result<Option<Service>, ApplyError> {
        // Tags first: tasks started by the update get theirs from the service.
        if !update.tags.is_empty() {
            let arn = before.and_then(|service| service.arn.as_deref());
            let arn = arn.ok_or_else(|| not_observed(change.service))?;
            if !change.passes(primary_before).await || !change.may_send() {
                return Err(change.not_sent());
            }
            self.aws.tag_resource(arn, update.tags).await?;
            change.cancellation.tags_were_set();
        }
        let mut input = update.input.as_object().cloned().unwrap_or_default();
        if let Some(definition) = update.definition {
            input.insert("taskDefinition".to_owned(), definition.into());
        }
        if input.is_empty() {
            return Ok(None);
        }
        input.insert("cluster".to_owned(), self.cluster.into());
        input.insert("service".to_owned(), change.service.into());
        let input = Value::Object(input);
        let send = || -> BoxFuture<'_, _> {
            Box::pin(self.send_update_once(change, update, &input, primary_before))
        };
        match self.passing.retry(change.service, send).await {
            Ok(reply) => Ok(Some(reply)),
            Err(error) if error.is_cancelled() => Err(change.not_sent()),
            Err(error) => Err(error.into()),
        }
    }

    /// Sends the update, unless its deployment has started without a response.
    async fn send_update_once(
        &self,
        change: &ServiceWrite<'_>,
        update: ServiceUpdateCall<'_>,
        input: &Value,
        primary_before: Option<&str>,
    ) -> Result<Service, AwsError> {
        retry_write(
            self.aws.clock(),
            || Box::pin(self.send_update(change, input, primary_before)),
            || {
                Box::pin(async {
                    let described = self.describe(change.service).await?;
                    let now = described.active(change.service);
                    Ok(now
                        .filter(|now| has_started(now, update, primary_before))
                        .cloned())
                })
            },
            |_| false,
        )
        .await
    }

    /// Makes one attempt. If it is rejected, the change can be canceled until the next attempt; if there is no
    /// response, the outcome is unknown until the service is read again.
    async fn send_update(
        &self,
        change: &ServiceWrite<'_>,
        input: &Value,
        primary_before: Option<&str>,
    ) -> Result<Service, AwsError> {
        let passes = change.passes(primary_before).await;
        let sent = self
            .aws
            .update_service(change.service, input, || passes && change.may_send())
            .await;
        sent.inspect_err(|error| {
            if !error.is_ambiguous() && !error.is_cancelled() {
                change.rejected();
            }
        })
    }
}

/// Whether the deployment that the change starts exists: a new PRIMARY with our task definition. A change
/// that starts no deployment can safely be sent again.
fn has_started(now: &Service, update: ServiceUpdateCall<'_>, primary_before: Option<&str>) -> bool {
    let Some(primary) = now.primary() else {
        return false;
    };
    let runs = primary.task_definition.as_deref();
    Some(primary.id.as_str()) != primary_before
        && update
            .definition
            .is_none_or(|definition| runs == Some(definition))
}
