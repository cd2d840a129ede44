//! Reads what scales the services: bounds, suspended processes, policies with their alarms, and the last scaling
//! activities.

use std::collections::HashMap;

use futures_util::future::{join, join_all, try_join_all};

use super::{READ_LIMIT, UniqueNotes};
use crate::aws::{Aws, AwsError};
use crate::ecs::{MetricAlarm, MetricReading, RegisteredTarget, ScalingActivity, ScalingPolicy};
use crate::model::{AlarmStatus, ScalingActivityStatus, ScalingPolicyStatus, ScalingStatus};

/// The number of scaling activities that are read.
const ACTIVITIES: usize = 3;

/// What scales services, as far as it could be read.
pub struct ScalingDetails {
    targets: Result<Vec<(String, RegisteredTarget)>, AwsError>,
    /// The policies and activities of services with a scalable target, by service.
    parts: Vec<(String, ScalingReads)>,
}

struct ScalingReads {
    policies: Result<Vec<ScalingPolicy>, AwsError>,
    /// The alarms of the policies; None if they took too long.
    alarms: Option<Result<Vec<MetricAlarm>, AwsError>>,
    /// The values of the alarms' metrics, by policy; None if they took too long.
    metrics: Option<Result<HashMap<String, MetricReading>, AwsError>>,
    activities: Result<Vec<ScalingActivity>, AwsError>,
}

impl ScalingReads {
    /// Reads the policies, then their alarms, and then the values of their metrics; the activities side by side.
    async fn of(aws: &Aws, cluster: &str, service: &str) -> Self {
        let scaling = aws.scaling(cluster, service);
        let policies = async {
            let policies = scaling.policies().await;
            let alarms = policies.iter().flatten().flat_map(|it| it.alarms.clone());
            let names: Vec<String> = alarms.collect();
            let clock = aws.clock();
            let alarms = clock.io_timeout(READ_LIMIT, aws.describe_alarms(&names)).await;
            let metrics = metrics(aws, policies.iter().flatten(), alarms.iter().flatten().flatten());
            let metrics = clock.io_timeout(READ_LIMIT, metrics).await;
            (policies, alarms, metrics)
        };
        let ((policies, alarms, metrics), activities) = join(policies, scaling.activities(ACTIVITIES)).await;
        Self {
            policies,
            alarms,
            metrics,
            activities,
        }
    }

    /// Adds them to the status of the scaling.
    fn show(self, status: &mut ScalingStatus, notes: &mut UniqueNotes) {
        let policies = notes.take(self.policies, "scaling policies");
        let alarms = notes.take_in_time(self.alarms, "alarms of scaling policies");
        let metrics = notes.take_in_time(self.metrics, "metrics of scaling policies");
        let metrics = metrics.unwrap_or_default();
        status.policies = policies.map(|them| {
            let policies = them.iter();
            policies
                .map(|it| policy(it, alarms.as_deref(), metrics.get(&it.name)))
                .collect()
        });
        let activities = notes.take(self.activities, "scaling activities");
        status.activities = activities.map(|them| them.into_iter().map(activity).collect());
    }
}

impl ScalingDetails {
    /// Reads the bounds of all services, then the rest of those that are looked into and have a scalable target.
    pub async fn of(aws: &Aws, cluster: &str, names: &[String], looked_into: &[String]) -> Self {
        let targets = aws.describe_scalable_targets(cluster, names).await;
        let scaled = targets.iter().flatten().map(|(name, _)| name);
        let scaled = scaled.filter(|name| looked_into.contains(name));
        let parts = join_all(scaled.map(async |name| {
            let reads = ScalingReads::of(aws, cluster, name).await;
            (name.clone(), reads)
        }))
        .await;
        Self { targets, parts }
    }

    /// Returns the status by service.
    pub fn status(self, notes: &mut UniqueNotes) -> HashMap<String, ScalingStatus> {
        let targets = notes.take(self.targets, "autoscaling").unwrap_or_default();
        let status = |target: RegisteredTarget| ScalingStatus {
            min: target.bounds.min,
            max: target.bounds.max,
            suspended: target.suspended,
            ..ScalingStatus::default()
        };
        let mut all: HashMap<String, ScalingStatus> = targets
            .into_iter()
            .map(|(name, target)| (name, status(target)))
            .collect();
        for (name, reads) in self.parts {
            if let Some(status) = all.get_mut(&name) {
                reads.show(status, notes);
            }
        }
        all
    }
}

/// Reads the value of each policy's metric: that of its first alarm, as the others watch the same metric.
async fn metrics(
    aws: &Aws,
    policies: impl Iterator<Item = &ScalingPolicy>,
    alarms: impl Iterator<Item = &MetricAlarm> + Clone,
) -> Result<HashMap<String, MetricReading>, AwsError> {
    let watched = policies.filter_map(|policy| {
        let alarm = alarms.clone().find(|alarm| policy.alarms.contains(&alarm.name))?;
        Some((policy.name.clone(), alarm))
    });
    let readings = try_join_all(watched.map(async |(policy, alarm)| {
        let reading = aws.metric_of(alarm).await?;
        Ok::<_, AwsError>(reading.map(|reading| (policy, reading)))
    }))
    .await?;
    Ok(readings.into_iter().flatten().collect())
}

/// `alarms`: those of all policies, if they could be read.
fn policy(
    policy: &ScalingPolicy,
    alarms: Option<&[MetricAlarm]>,
    reading: Option<&MetricReading>,
) -> ScalingPolicyStatus {
    let own = |alarm: &&MetricAlarm| policy.alarms.contains(&alarm.name);
    let watched = || alarms.into_iter().flatten().find(own)?.metric();
    ScalingPolicyStatus {
        name: policy.name.clone(),
        metric: policy.metric().or_else(watched),
        target: policy.target(),
        value: reading.map(|it| it.value),
        measured_at: reading.map(|it| it.at.to_string()),
        alarms: alarms.map(|all| all.iter().filter(own).map(alarm).collect()),
    }
}

fn alarm(alarm: &MetricAlarm) -> AlarmStatus {
    AlarmStatus {
        name: alarm.name.clone(),
        state: alarm.state.clone(),
        reason: alarm.reason.clone(),
    }
}

fn activity(activity: ScalingActivity) -> ScalingActivityStatus {
    ScalingActivityStatus {
        at: activity.at.map(|at| at.to_string()),
        description: activity.description,
        cause: activity.cause,
        status: activity.status,
        message: activity.message,
    }
}
