//! Creates what services depend on: cluster, log groups, repositories, and the group of their schedules. Existing ones are
//! fine.

use futures_util::future::try_join_all;
use jiff::SignedDuration;
use serde_json::json;

use super::error::ApplyError;
use crate::aws::Aws;
use crate::engine::observe::place;
use crate::engine::polling::{PassingWait, repeat_write};
use crate::model::{Event, LogGroupPlan, Plan, Repository, Sink, Value, cluster_name};

/// Creates the cluster, the log groups and the schedule group that the plan names. `timeout` limits how long a cluster is tried that
/// is refused for a while.
pub async fn create_prerequisites(
    aws: &Aws,
    plan: &Plan,
    timeout: Option<SignedDuration>,
    sink: &dyn Sink,
) -> Result<(), ApplyError> {
    if plan.create_cluster {
        let name = cluster_name(&plan.cluster);
        PassingWait::new(aws.clock(), sink)
            .within(timeout)
            .retry(name, || {
                Box::pin(aws.create_cluster(name, &plan.cluster_capacity_providers))
            })
            .await?;
        created(sink, "cluster", name);
    }
    let missing = plan
        .log_groups
        .iter()
        .map(|group| make_log_group(aws, group, sink));
    try_join_all(missing).await?;
    if let Some(group) = &plan.create_schedule_group {
        make_schedule_group(aws, group, sink).await?;
    }
    if !plan.is_empty() {
        let unknown = plan.unknown_log_groups.iter();
        try_join_all(unknown.map(|group| make_unknown_log_group(aws, group, sink))).await?;
    }
    Ok(())
}

/// Creates the group of the file's schedules, with a tag that says whose it is.
async fn make_schedule_group(aws: &Aws, group: &str, sink: &dyn Sink) -> Result<(), ApplyError> {
    let tags = json!([{"Key": "ecsctl", "Value": group}]);
    let send = || aws.create_schedule_group(group, &tags);
    if repeat_write(aws.clock(), || Box::pin(send()), |_| false).await? {
        created(sink, "schedule group", group);
    }
    Ok(())
}

async fn make_log_group(aws: &Aws, group: &LogGroupPlan, sink: &dyn Sink) -> Result<(), ApplyError> {
    let aws = of_group(aws, group);
    if aws.create_log_group(&group.name).await? {
        created(sink, "log group", &group.name);
    }
    retain(&aws, group).await
}

/// Creates a log group that may exist, if the caller may. An existing one keeps its retention, which would delete
/// events.
async fn make_unknown_log_group(aws: &Aws, group: &LogGroupPlan, sink: &dyn Sink) -> Result<(), ApplyError> {
    let aws = of_group(aws, group);
    match aws.create_log_group(&group.name).await {
        Ok(true) => {
            created(sink, "log group", &group.name);
            retain(&aws, group).await
        }
        Ok(false) => Ok(()),
        Err(error) if error.is_out_of_reach() => {
            sink.warn_of(error, "assuming that it exists");
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

/// Returns the session for a log group's region.
fn of_group(aws: &Aws, group: &LogGroupPlan) -> Aws {
    let region = group.region.as_deref();
    region.map_or_else(|| aws.clone(), |region| aws.in_region(region))
}

async fn retain(aws: &Aws, group: &LogGroupPlan) -> Result<(), ApplyError> {
    if let Some(days) = group.retention_days {
        aws.put_retention_policy(&group.name, days).await?;
    }
    Ok(())
}

/// Creates a repository, unless its host isn't ECR: then that is up to its owner. Returns ECR's URI of it.
pub async fn make_repository(
    aws: &Aws,
    repository: &Repository,
    sink: &dyn Sink,
) -> Result<Option<String>, ApplyError> {
    let Some((aws, account)) = place(aws, repository) else {
        return Ok(None);
    };
    let made = aws
        .create_repository(&repository.name, account.as_deref())
        .await?;
    created(sink, "repository", &repository.name);
    let uri = made.get("repositoryUri").and_then(Value::as_str);
    Ok(uri.map(str::to_owned))
}

fn created(sink: &dyn Sink, kind: &'static str, name: &str) {
    sink.emit(Event::Created {
        kind,
        name: name.to_owned(),
    });
}
