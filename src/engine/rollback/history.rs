//! The successfully deployed revisions, newest first: from ListServiceDeployments, which keeps 90 days, and
//! never from the task definition numbers, some of which failed or were never deployed. The revision that ran
//! before the oldest listed deployment comes last: a service unchanged for months has no other.

use std::collections::VecDeque;

use crate::aws::{Aws, AwsError};
use crate::ecs::{Service, ServiceDeployment, ServiceRevision};
use crate::engine::polling::ReadRetry;

/// Service deployments whose revisions are described per call (API reference, DescribeServiceRevisions).
const REVISIONS_A_CALL: usize = 20;

/// A task definition that ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PastDefinition {
    /// Its ARN.
    pub definition: String,
    /// Whether it is older than ECS's history, so that its outcome is unknown.
    pub deleted_definitions: bool,
}

/// The task definitions of successful deployments, each once. ListServiceDeployments documents no order, so all
/// deployments are listed first; their revisions are described on demand.
pub(super) struct DeploymentHistory<'a> {
    aws: &'a Aws,
    cluster: &'a str,
    service: &'a str,
    /// ARNs already returned, and the current one.
    seen: Vec<String>,
    found: VecDeque<PastDefinition>,
    page: HistoryPage,
    /// The current service deployment by DescribeServices, which may be older than the list.
    current: Option<String>,
}

enum HistoryPage {
    Unread,
    /// The target revisions that haven't been described yet, newest first.
    Listed(VecDeque<String>),
    Over,
}

impl<'a> DeploymentHistory<'a> {
    /// The history without `current`, the ARN of the current task definition. `described` is from
    /// DescribeServices.
    pub fn but(
        aws: &'a Aws,
        (cluster, service): (&'a str, &'a str),
        described: &Service,
        current: &str,
    ) -> Self {
        Self {
            aws,
            cluster,
            service,
            seen: vec![current.to_owned()],
            found: VecDeque::new(),
            page: HistoryPage::Unread,
            current: described.current_service_deployment.clone(),
        }
    }

    /// The next older one; None at the end.
    pub async fn next(&mut self) -> Result<Option<PastDefinition>, AwsError> {
        loop {
            if let Some(found) = self.found.pop_front() {
                return Ok(Some(found));
            }
            match &mut self.page {
                HistoryPage::Unread => {
                    let (aws, cluster, service) = (self.aws, self.cluster, self.service);
                    let listed = ReadRetry::silent(aws.clock())
                        .read(|| Box::pin(aws.all_service_deployments(cluster, service, &["SUCCESSFUL"])))
                        .await?;
                    let revisions = listed.into_iter().filter_map(|it| it.target_revision);
                    self.page = HistoryPage::Listed(revisions.collect());
                }
                HistoryPage::Listed(revisions) if revisions.is_empty() => {
                    // The revision before the oldest deployment may still be known.
                    self.page = HistoryPage::Over;
                    self.take_deleted().await?;
                }
                HistoryPage::Listed(revisions) => {
                    let most = revisions.len().min(REVISIONS_A_CALL);
                    let next: Vec<String> = revisions.drain(..most).collect();
                    self.take_definitions(&next, false).await?;
                }
                HistoryPage::Over => return Ok(None),
            }
        }
    }

    async fn take_definitions(
        &mut self,
        revisions: &[String],
        deleted_definitions: bool,
    ) -> Result<(), AwsError> {
        if revisions.is_empty() {
            return Ok(());
        }
        let described = ReadRetry::silent(self.aws.clock())
            .read(|| Box::pin(self.aws.describe_service_revisions(revisions)))
            .await?;
        for revision in revisions {
            // Revisions that AWS no longer knows are skipped.
            if let Some(definition) = definition_of(&described, revision)
                && !self.seen.contains(&definition)
            {
                self.seen.push(definition.clone());
                self.found.push_back(PastDefinition {
                    definition,
                    deleted_definitions,
                });
            }
        }
        Ok(())
    }

    /// The revision that ran before the oldest known deployment: its source. With several sources, it is
    /// unknown which of them worked.
    async fn take_deleted(&mut self) -> Result<(), AwsError> {
        let Some(oldest) = self.oldest().await? else {
            return Ok(());
        };
        let oldest = [oldest];
        let detail = ReadRetry::silent(self.aws.clock())
            .read(|| Box::pin(self.aws.describe_service_deployments(&oldest)))
            .await?;
        let sources = detail
            .first()
            .map(ServiceDeployment::source_arns)
            .unwrap_or_default();
        match sources.as_slice() {
            [_] => self.take_definitions(&sources, true).await,
            _ => Ok(()),
        }
    }

    /// The ARN of the oldest listed deployment, however it ended; if none is listed, of the service's current
    /// one.
    async fn oldest(&self) -> Result<Option<String>, AwsError> {
        let listed = ReadRetry::silent(self.aws.clock())
            .read(|| Box::pin(self.aws.all_service_deployments(self.cluster, self.service, &[])))
            .await?;
        let oldest = listed.into_iter().next_back().map(|it| it.arn);
        Ok(oldest.or_else(|| self.current.clone()))
    }
}

/// The task definition of a service revision, if it was described.
pub(super) fn definition_of(described: &[ServiceRevision], revision: &str) -> Option<String> {
    let found = described.iter().find(|it| it.arn == revision)?;
    found.task_definition.clone()
}
