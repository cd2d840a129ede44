//! Creates the CodeDeploy deployment of a service, exactly once: the API has no idempotency token.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::error::{ApplyError, no_deployment_id};
use super::{ServiceApplier, ServiceWrite};
use crate::aws::{Aws, AwsError};
use crate::ecs::{CodeDeployment, Service};
use crate::engine::code_deploy::{definition_of, deployment_in_progress};
use crate::engine::polling::retry_write;
use crate::model::{CodeDeployPlan, Value, hex, short_definition};

/// What CodeDeploy answers while another deployment of the group is in progress: "The Deployment Group 'x' already has an
/// active Deployment 'd-…'" (CircleCI-Public/aws-ecs-orb #181).
const ANOTHER: &str = "DeploymentLimitExceededException";

/// A CodeDeploy deployment that deploys what the plan says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartedCodeDeployment {
    /// Its ID: `d-…`.
    pub id: String,
    /// Whether an earlier run created it.
    pub attached: bool,
}

/// A deployment as it is created.
struct WantedDeployment<'a> {
    plan: &'a CodeDeployPlan,
    /// The ARN of the task definition.
    definition: &'a str,
    content: String,
    sha256: String,
}

impl<'a> WantedDeployment<'a> {
    fn new(plan: &'a CodeDeployPlan, definition: &'a str) -> Self {
        let content = plan.content(definition);
        Self {
            plan,
            definition,
            sha256: hex(&Sha256::digest(content.as_bytes())),
            content,
        }
    }

    fn input(&self) -> Value {
        let mut input = json!({
            "applicationName": self.plan.names.application,
            "deploymentGroupName": self.plan.names.group,
            "revision": {
                "revisionType": "AppSpecContent",
                "appSpecContent": {"content": self.content, "sha256": self.sha256},
            },
        });
        if let Some(config) = &self.plan.config {
            input["deploymentConfigName"] = config.as_str().into();
        }
        input
    }

    /// Whether a deployment in progress has the same AppSpec, or deploys the same revision where nothing else changes.
    fn is_made_by(&self, open: &CodeDeployment, service: Option<&Service>) -> bool {
        let definition = service.and_then(|it| it.task_set_of(&open.id)?.task_definition.as_deref());
        let is_same = !self.plan.replaces_tasks && definition == Some(self.definition);
        !open.is_rollback && (is_same || open.app_spec_sha256.as_ref() == Some(&self.sha256))
    }
}

impl ServiceApplier<'_> {
    /// Looks for a deployment in progress. An earlier run may have created the planned one; any other is an error,
    /// as CodeDeploy has only one deployment of a group at a time. `definition` is the task definition's ARN, if it
    /// is registered.
    pub async fn find_code_deployment(
        &self,
        service: &str,
        plan: &CodeDeployPlan,
        definition: Option<&str>,
        before: Option<&Service>,
    ) -> Result<Option<StartedCodeDeployment>, ApplyError> {
        let open = match deployment_in_progress(self.aws, &plan.names).await {
            Ok(open) => open,
            // CreateDeployment refuses a second one anyway.
            Err(error) if error.is_access_denied() => {
                tracing::debug!(%error, "deployments in progress are unknown");
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        let Some(open) = open else {
            return Ok(None);
        };
        let wanted = definition.map(|definition| WantedDeployment::new(plan, definition));
        match wanted.is_some_and(|wanted| wanted.is_made_by(&open, before)) {
            true => Ok(Some(StartedCodeDeployment {
                id: open.id,
                attached: true,
            })),
            false => Err(another_in_progress(self.aws, service, &open, before).await),
        }
    }

    /// Creates the deployment.
    pub(super) async fn create_code_deployment(
        &self,
        change: &ServiceWrite<'_>,
        plan: &CodeDeployPlan,
        definition: &str,
        before: Option<&Service>,
    ) -> Result<StartedCodeDeployment, ApplyError> {
        let wanted = WantedDeployment::new(plan, definition);
        let input = wanted.input();
        let is_ours = |open: CodeDeployment| wanted.is_made_by(&open, before).then_some(Some(open.id));
        let created = retry_write(
            self.aws.clock(),
            || Box::pin(self.send_code_deployment(change, &input)),
            || {
                Box::pin(async {
                    Ok(deployment_in_progress(self.aws, &plan.names)
                        .await?
                        .and_then(is_ours))
                })
            },
            |_| false,
        );
        match created.await {
            Ok(Some(id)) => Ok(StartedCodeDeployment { id, attached: false }),
            Ok(None) => Err(no_deployment_id(change.service)),
            Err(error) if error.is_cancelled() => Err(change.not_sent()),
            Err(error) if error.aws_code() == Some(ANOTHER) => {
                let found = self.find_code_deployment(change.service, plan, Some(definition), before);
                found.await?.ok_or_else(|| error.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn send_code_deployment(
        &self,
        change: &ServiceWrite<'_>,
        input: &Value,
    ) -> Result<Option<String>, AwsError> {
        let sent = self
            .aws
            .create_code_deployment(change.service, input, || change.may_send());
        sent.await.inspect_err(|error| {
            if !error.is_ambiguous() && !error.is_cancelled() {
                change.rejected();
            }
        })
    }
}

/// Returns the error for a deployment in progress that isn't the planned one. `before` is the service, if it is known.
pub async fn another_in_progress(
    aws: &Aws,
    service: &str,
    deployment: &CodeDeployment,
    before: Option<&Service>,
) -> ApplyError {
    let definition = match before {
        Some(before) => definition_of(aws, before, deployment).await,
        None => None,
    };
    ApplyError::InProgress {
        service: service.to_owned(),
        deployment: deployment.id.clone(),
        definition: definition.map(|it| short_definition(&it).to_owned()),
        since: deployment.created_at,
    }
}
