//! Which secrets changed after the tasks that use them were created. ECS reads them when it starts a task only.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::future::{join, join_all};
use jiff::Timestamp;

use crate::aws::{Aws, AwsError, PARAMETERS_A_CALL};
use crate::ecs::{Task, TaskDefinition};
use crate::model::{ChangedSecret, SecretReference};

/// How long these reads may take: Secrets Manager and Systems Manager may be out of reach, for want of a route or a VPC
/// endpoint.
pub const READ_LIMIT: Duration = Duration::from_secs(5);

/// Some of the secrets that changed; None if the read took too long.
pub type SecretRead = Option<Result<Vec<ChangedSecret>, AwsError>>;

/// Reads which secrets of a task definition changed after a time. Those of other regions are left out.
pub async fn changed_since(aws: &Aws, definition: &TaskDefinition, since: Timestamp) -> Vec<SecretRead> {
    let references = definition.secrets();
    let references: BTreeSet<SecretReference> = references
        .filter_map(SecretReference::parse)
        .filter(|it| it.region().is_none_or(|region| region == aws.region()))
        .collect();
    let (mut parameters, mut secrets) = (Vec::new(), Vec::new());
    for reference in &references {
        match reference {
            SecretReference::Parameter { name, .. } => parameters.push(name.clone()),
            SecretReference::Secret { arn, stage, .. } => {
                secrets.extend(stage.as_deref().map(|stage| (reference, arn, stage)));
            }
        }
    }
    let clock = aws.clock();
    let parameters = parameters.chunks(PARAMETERS_A_CALL).map(|names| {
        let read = changed_parameters(aws, names, since);
        clock.io_timeout(READ_LIMIT, read)
    });
    let secrets = secrets.into_iter().map(|(reference, arn, stage)| {
        let read = async move {
            let changed_at = secret_changed(aws, arn, stage, since).await?;
            Ok(changed_at.map(|at| changed(reference, at)).into_iter().collect())
        };
        clock.io_timeout(READ_LIMIT, read)
    });
    let (mut reads, secrets) = join(join_all(parameters), join_all(secrets)).await;
    reads.extend(secrets);
    reads
}

/// Returns when the oldest task was created among those that have not stopped and are not being replaced: `deployed_at` is
/// when what runs was deployed.
pub fn oldest_task(tasks: &[Task], deployed_at: Timestamp) -> Option<Timestamp> {
    let live = tasks.iter().filter(|task| task.last_status != "STOPPED");
    live.filter_map(|task| task.created_at.filter(|at| *at >= deployed_at))
        .min()
}

async fn changed_parameters(
    aws: &Aws,
    names: &[String],
    since: Timestamp,
) -> Result<Vec<ChangedSecret>, AwsError> {
    let found = aws.get_parameters(names, false).await?;
    let changed = found.into_iter().filter_map(|(name, parameter)| {
        let at = parameter.modified_at.filter(|at| *at > since)?;
        Some(self::changed(&SecretReference::parse(&name)?, at))
    });
    Ok(changed.collect())
}

/// Returns when a secret got its value, if that was after a time. Tags and rotation settings don't count; a stage that is
/// moved back to an older version is not recognized.
async fn secret_changed(
    aws: &Aws,
    arn: &str,
    stage: &str,
    since: Timestamp,
) -> Result<Option<Timestamp>, AwsError> {
    let Some(secret) = aws.describe_secret(arn).await? else {
        return Ok(None);
    };
    if secret.is_deleted || secret.modified_at.is_some_and(|at| at <= since) {
        return Ok(None);
    }
    let created = aws.secret_version_created(arn, stage).await?;
    let times = [created, secret.rotated_at.filter(|_| stage == "AWSCURRENT")];
    Ok(times.into_iter().flatten().filter(|at| *at > since).max())
}

fn changed(reference: &SecretReference, changed_at: Timestamp) -> ChangedSecret {
    ChangedSecret {
        name: reference.name().to_owned(),
        changed_at,
    }
}
