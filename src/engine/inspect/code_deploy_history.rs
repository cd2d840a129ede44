//! Past deployments of a service that CodeDeploy deploys.

use futures_util::future::join_all;

use crate::aws::{Aws, AwsError};
use crate::ecs::{CodeDeployStatus, CodeDeployment, Service, TaskSet};
use crate::engine::code_deploy::{definition_of, group_of};
use crate::model::{CodeDeployNames, PastDeployment, PastOutcome, short_definition};

/// Returns a service's recent deployments, newest first. `named` is the deployment group as the file names it.
pub(super) async fn code_deploy_history(
    aws: &Aws,
    cluster: &str,
    service: &Service,
    named: Option<&CodeDeployNames>,
    limit: usize,
) -> Result<Vec<PastDeployment>, AwsError> {
    let group = group_of(aws, cluster, service, named).await?;
    let recent = aws.recent_code_deployments(&group, &[]).await?;
    let shown = recent.iter().take(limit);
    let past = shown.map(async |it| PastDeployment {
        task_definition: definition_of(aws, service, it)
            .await
            .map(|arn| short_definition(&arn).to_owned()),
        ..past(it, service, &recent)
    });
    let mut past = join_all(past).await;
    let first = service.primary_task_set().filter(|set| set.external_id.is_none());
    past.extend(first.map(|set| first_revision(service, set)));
    past.truncate(limit);
    Ok(past)
}

fn past(read: &CodeDeployment, service: &Service, recent: &[CodeDeployment]) -> PastDeployment {
    let set = service.task_set_of(&read.id);
    PastDeployment {
        service: service.name.clone(),
        deployment: Some(read.id.clone()),
        outcome: outcome(read, recent),
        status: read.status.to_string(),
        reason: read.why(),
        current: set.is_some_and(TaskSet::is_primary),
        running: set.map(|set| set.running),
        created_at: read.created_at,
        finished_at: read.finished_at,
        ..PastDeployment::default()
    }
}

/// Returns how a deployment ended. One that was rolled back is Failed or Stopped, and names the deployment that did it.
fn outcome(read: &CodeDeployment, recent: &[CodeDeployment]) -> PastOutcome {
    let rollback = read.rolled_back_by.as_ref();
    let rollback = rollback.and_then(|id| recent.iter().find(|it| it.id == *id));
    match (&read.status, rollback.map(|it| &it.status)) {
        (CodeDeployStatus::Succeeded, _) => PastOutcome::Done,
        (CodeDeployStatus::Failed | CodeDeployStatus::Stopped, Some(rollback)) => match rollback {
            CodeDeployStatus::Succeeded => PastOutcome::RolledBack,
            CodeDeployStatus::Failed | CodeDeployStatus::Stopped => PastOutcome::RollbackFailed,
            _ => PastOutcome::RollingBack,
        },
        (CodeDeployStatus::Failed, None) => PastOutcome::Failed,
        (CodeDeployStatus::Stopped, None) => PastOutcome::Stopped,
        (CodeDeployStatus::Other(_), _) => PastOutcome::Unknown,
        _ => PastOutcome::InProgress,
    }
}

/// The revision with which the service was created, which CodeDeploy didn't deploy.
fn first_revision(service: &Service, set: &TaskSet) -> PastDeployment {
    PastDeployment {
        service: service.name.clone(),
        deployment: Some(set.id.clone()),
        outcome: PastOutcome::Done,
        status: "PRIMARY".to_owned(),
        current: true,
        running: Some(set.running),
        created_at: set.created_at,
        task_definition: set.short_definition().map(str::to_owned),
        ..PastDeployment::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_status_has_its_outcome() {
        let read = |id: &str, status: &str, rollback: Option<&str>| {
            CodeDeployment::read(&json!({"deploymentId": id, "status": status,
                "rollbackInfo": {"rollbackDeploymentId": rollback}}))
        };
        let recent = [
            read("d-1", "Succeeded", None),
            read("d-2", "InProgress", None),
            read("d-3", "Failed", None),
        ];
        for (status, rollback, expected) in [
            ("Succeeded", None, PastOutcome::Done),
            ("Ready", None, PastOutcome::InProgress),
            ("Failed", None, PastOutcome::Failed),
            ("Stopped", None, PastOutcome::Stopped),
            ("Failed", Some("d-1"), PastOutcome::RolledBack),
            ("Stopped", Some("d-2"), PastOutcome::RollingBack),
            ("Stopped", Some("d-3"), PastOutcome::RollbackFailed),
            ("Failed", Some("d-9"), PastOutcome::Failed),
            ("Tomorrow", None, PastOutcome::Unknown),
        ] {
            let found = outcome(&read("d-0", status, rollback), &recent);
            assert_eq!(found, expected, "{status} {rollback:?}");
        }
    }
}
