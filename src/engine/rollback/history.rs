//! The successfully deployed revisions, newest first: from ListServiceDeployments, which keeps 90 days, and
//! never from the task definition numbers, some of which failed or were never deployed. The revision that ran
//! before the oldest listed deployment comes last: a service unchanged for months has no other.

use std::collections::VecDeque;

use crate::aws::{Aws, AwsError};
use crate::ecs::{Service, ServiceDeployment, ServiceRevision};
use crate::engine::polling::ReadRetry;
use crate::model::Value;

/// Pages of deployments read at most to find the oldest: some hundred deployments in 90 days.
const PAGES: usize = 20;

/// A task definition that ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PastDefinition {
    /// Its ARN.
    pub definition: String,
    /// Whether it is older than ECS's history, so that its outcome is unknown.
    pub deleted_definitions: bool,
}

/// The task definitions of successful deployments, each once, read page by page on demand.
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
    First,
    Next(Value),
    /// The list is exhausted; the revision before the oldest deployment may still be known.
    Listed,
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
            page: HistoryPage::First,
            current: described.current_service_deployment.clone(),
        }
    }

    /// The next older one; None at the end.
    pub async fn next(&mut self) -> Result<Option<PastDefinition>, AwsError> {
        loop {
            if let Some(found) = self.found.pop_front() {
                return Ok(Some(found));
            }
            let token = match &self.page {
                HistoryPage::First => None,
                HistoryPage::Next(token) => Some(token.clone()),
                HistoryPage::Listed => {
                    self.page = HistoryPage::Over;
                    self.take_deleted().await?;
                    continue;
                }
                HistoryPage::Over => return Ok(None),
            };
            let (aws, cluster, service) = (self.aws, self.cluster, self.service);
            let (listed, next) = ReadRetry::silent(aws.clock())
                .read(|| {
                    Box::pin(aws.list_service_deployments_page(
                        cluster,
                        service,
                        &["SUCCESSFUL"],
                        token.as_ref(),
                    ))
                })
                .await?;
            self.page = next.map_or(HistoryPage::Listed, HistoryPage::Next);
            self.take(listed).await?;
        }
    }

    async fn take(&mut self, mut deployments: Vec<ServiceDeployment>) -> Result<(), AwsError> {
        // A stable sort: deployments without createdAt stay in list order, newest first.
        deployments.sort_by_key(|it| std::cmp::Reverse(it.created_at));
        let revisions: Vec<String> = deployments
            .into_iter()
            .filter_map(|it| it.target_revision)
            .collect();
        self.take_definitions(&revisions, false).await
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
        let detail = self.aws.describe_service_deployments(&[oldest]).await?;
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
        let (mut token, mut oldest) = (None, None);
        for _ in 0..PAGES {
            let (listed, next) = self
                .aws
                .list_service_deployments_page(self.cluster, self.service, &[], token.as_ref())
                .await?;
            oldest = listed.into_iter().next_back().map(|it| it.arn).or(oldest);
            token = next;
            if token.is_none() {
                return Ok(oldest.or_else(|| self.current.clone()));
            }
        }
        Ok(None)
    }
}

/// The task definition of a service revision, if it was described.
pub(super) fn definition_of(described: &[ServiceRevision], revision: &str) -> Option<String> {
    let found = described.iter().find(|it| it.arn == revision)?;
    found.task_definition.clone()
}
