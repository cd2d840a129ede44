//! The revisions that were deployed well, the newest first: from ListServiceDeployments, which keeps 90 days, and
//! never from the numbers of task definitions, some of which failed or were never deployed.

use std::collections::VecDeque;

use crate::aws::{Aws, AwsError};
use crate::model::Value;
use crate::verdict::ServiceDeployment;

/// The task definitions of successful deployments, each once, read page by page as they are asked for.
pub(super) struct Past<'a> {
    aws: &'a Aws,
    cluster: &'a str,
    service: &'a str,
    /// ARNs that were given out, and the one that runs.
    seen: Vec<String>,
    found: VecDeque<String>,
    page: Page,
}

enum Page {
    First,
    Next(Value),
    Over,
}

impl<'a> Past<'a> {
    /// All but `current`, the ARN of what the service is set to.
    pub fn but(aws: &'a Aws, cluster: &'a str, service: &'a str, current: &str) -> Self {
        Self {
            aws,
            cluster,
            service,
            seen: vec![current.to_owned()],
            found: VecDeque::new(),
            page: Page::First,
        }
    }

    /// The next older task definition's ARN. None: there is no more.
    pub async fn next(&mut self) -> Result<Option<String>, AwsError> {
        loop {
            if let Some(found) = self.found.pop_front() {
                return Ok(Some(found));
            }
            let token = match &self.page {
                Page::First => None,
                Page::Next(token) => Some(token.clone()),
                Page::Over => return Ok(None),
            };
            let (listed, next) = self
                .aws
                .list_service_deployments_page(self.cluster, self.service, &["SUCCESSFUL"], token.as_ref())
                .await?;
            self.page = next.map_or(Page::Over, Page::Next);
            self.take(&listed).await?;
        }
    }

    async fn take(&mut self, listed: &[Value]) -> Result<(), AwsError> {
        let mut deployments: Vec<ServiceDeployment> =
            listed.iter().filter_map(ServiceDeployment::read).collect();
        // Stable, so that those that don't say when stay as they were listed: the newest first.
        deployments.sort_by_key(|it| std::cmp::Reverse(it.created_at));
        let revisions: Vec<String> = deployments.into_iter().filter_map(|it| it.target).collect();
        if revisions.is_empty() {
            return Ok(());
        }
        let described = self.aws.describe_service_revisions(&revisions).await?;
        for revision in &revisions {
            // One that AWS no longer knows is passed over.
            if let Some(definition) = definition_of(&described, revision)
                && !self.seen.contains(&definition)
            {
                self.seen.push(definition.clone());
                self.found.push_back(definition);
            }
        }
        Ok(())
    }
}

fn definition_of(described: &[Value], revision: &str) -> Option<String> {
    let text = |it: &Value, key: &str| it.get(key)?.as_str().map(str::to_owned);
    let found = described
        .iter()
        .find(|it| text(it, "serviceRevisionArn").as_deref() == Some(revision))?;
    text(found, "taskDefinition")
}
