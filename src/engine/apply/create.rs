//! Creates services, including when a deleted or draining service of the same name still exists.

use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::error::{ApplyError, not_created};
use super::{ServiceApplier, ServiceWrite};
use crate::aws::AwsError;
use crate::ecs::Service;
use crate::engine::polling::{Poller, find_effect};
use crate::model::{ServicePlan, Value, hex, short_definition};

/// Time between attempts: reads may lag behind what CreateService sees.
const ATTEMPT_INTERVAL: Duration = Duration::from_secs(3);
/// How long a service may drain. Tasks stop within their `stopTimeout`; deregistration from a load balancer
/// takes 5 minutes by default.
const DRAINING_LIMIT: Duration = Duration::from_secs(15 * 60);
/// Maximum number of CreateService attempts when AWS rejects the call because of an older service.
const ATTEMPTS: u32 = 5;

/// What currently exists under a service's name.
enum NameState {
    /// An ACTIVE service.
    Active(Box<Service>),
    /// No service, or a deleted one that was created at this time.
    Free(Option<Timestamp>),
    /// A deleted service whose tasks are still stopping.
    Draining,
}

/// A service that exists since the plan.
pub(super) struct CreatedService {
    /// The service as CreateService or DescribeServices responded.
    pub service: Service,
    /// The ARN of its task definition.
    pub definition: String,
}

impl ServiceApplier<'_> {
    /// Creates the service. One that was created at the same time with the same content counts as created.
    pub(super) async fn create(
        &self,
        change: &ServiceWrite<'_>,
        plan: &ServicePlan,
        definition: &str,
        (input, draining): (&Value, bool),
    ) -> Result<CreatedService, ApplyError> {
        let name = change.service;
        let mut salt = None;
        if draining {
            salt = match self.wait_until_free(name).await? {
                NameState::Active(service) => return self.adopt(plan, definition, *service).await,
                NameState::Free(earlier) => earlier,
                NameState::Draining => None,
            };
        }
        let mut attempt = 1;
        loop {
            let input = self.complete(name, definition, input, salt);
            let created = self
                .passing
                .retry(name, || Box::pin(self.send_create(change, &input)));
            let refusal = match created.await {
                Ok(service) if service.status.is_empty() || service.status == "ACTIVE" => {
                    let definition = definition.to_owned();
                    return Ok(CreatedService { service, definition });
                }
                // The token belonged to a service that has been deleted since.
                Ok(_) => None,
                Err(error) if is_in_the_way(&error) => Some(error),
                // AWS may have created it anyway.
                Err(error) if error.is_ambiguous() => {
                    return match self.created_unheard(name).await {
                        Some(service) => self.adopt(plan, definition, service).await,
                        None => Err(error.into()),
                    };
                }
                Err(error) => return Err(error.into()),
            };
            change.rejected();
            salt = match self.wait_until_free(name).await? {
                NameState::Active(service) => return self.adopt(plan, definition, *service).await,
                NameState::Free(earlier) => earlier,
                NameState::Draining => None,
            };
            self.aws.clock().sleep(ATTEMPT_INTERVAL).await;
            attempt += 1;
            if attempt > ATTEMPTS {
                return Err(match refusal {
                    Some(error) => error.into(),
                    None => not_created(name),
                });
            }
        }
    }

    /// Handles an ACTIVE service where none existed before. It is what we want if it runs our revision (an earlier
    /// run created it, and was killed or didn't get the response) or one with the same content (another run created
    /// it at the same time).
    async fn adopt(
        &self,
        plan: &ServicePlan,
        definition: &str,
        service: Service,
    ) -> Result<CreatedService, ApplyError> {
        let runs = service.task_definition.clone().unwrap_or_default();
        if runs == definition || self.is_same_content(plan, &runs).await {
            return Ok(CreatedService {
                service,
                definition: runs,
            });
        }
        Err(ApplyError::CreatedMeanwhile {
            service: plan.name.clone(),
            definition: short_definition(&runs).to_owned(),
        })
    }

    /// Makes one attempt. If it is refused for a while, the change can be canceled until the next attempt.
    async fn send_create(&self, change: &ServiceWrite<'_>, input: &Value) -> Result<Service, AwsError> {
        let sent = self
            .aws
            .create_service(change.service, input, || change.may_send())
            .await;
        sent.inspect_err(|error| {
            if self.passing.awaits(error) {
                change.rejected();
            }
        })
    }

    /// Builds the complete CreateService input. The client token is derived from the content (and from the
    /// deleted service of that name, if any), so that running again after a killed run doesn't create a second
    /// service.
    fn complete(&self, name: &str, definition: &str, input: &Value, salt: Option<Timestamp>) -> Value {
        let mut members = input.as_object().cloned().unwrap_or_default();
        members.insert("cluster".to_owned(), self.cluster.into());
        members.insert("serviceName".to_owned(), name.into());
        members.insert("taskDefinition".to_owned(), definition.into());
        let salt = salt.map(|created_at| created_at.to_string());
        let content = json!([members, self.aws.region(), salt]).to_string();
        // At most 36 characters (API reference, CreateService).
        let token = hex(&Sha256::digest(content)[..14]);
        members.insert("clientToken".to_owned(), format!("ecsctl-{token}").into());
        Value::Object(members)
    }

    /// Waits until no service of that name is draining.
    async fn wait_until_free(&self, name: &str) -> Result<NameState, ApplyError> {
        let clock = self.aws.clock();
        let (began_at, mut poller) = (clock.now(), Poller::new(clock, self.sink));
        let mut is_reported = false;
        loop {
            let standing = poller.record_read(self.standing(name).await)?;
            let is_draining = match standing {
                None => false,
                Some(NameState::Draining) => true,
                Some(standing) => return Ok(standing),
            };
            if is_draining && !std::mem::replace(&mut is_reported, true) {
                self.sink.warn(
                    Some(name),
                    format!("the old service {name} is still draining; waiting to create it again"),
                    None,
                );
            }
            if clock.elapsed(began_at) >= DRAINING_LIMIT {
                return Err(ApplyError::StillDraining {
                    service: name.to_owned(),
                    cluster: self.cluster.to_owned(),
                });
            }
            poller.wait(1).await;
        }
    }

    /// Returns the service that a request without a usable response has created.
    async fn created_unheard(&self, name: &str) -> Option<Service> {
        let read = || -> BoxFuture<'_, _> {
            Box::pin(async {
                Ok(match self.standing(name).await? {
                    NameState::Active(service) => Some(*service),
                    NameState::Free(_) | NameState::Draining => None,
                })
            })
        };
        find_effect(self.aws.clock(), &read).await.ok().flatten()
    }

    async fn standing(&self, name: &str) -> Result<NameState, AwsError> {
        let described = self.describe(name).await?;
        Ok(match described.named(name) {
            Some(service) if service.is_inactive() => NameState::Free(service.created_at),
            Some(service) if service.is_draining() => NameState::Draining,
            Some(service) => NameState::Active(Box::new(service.clone())),
            None => NameState::Free(None),
        })
    }
}

/// Whether ECS rejected the call because of another service of that name (by its error message).
fn is_in_the_way(error: &AwsError) -> bool {
    let message = error.message().unwrap_or_default().to_lowercase();
    message.contains("still draining") || message.contains("not idempotent")
}
