//! Reads what scales the services: bounds, policies and the last scaling activities.

use std::collections::HashMap;

use futures_util::future::{join, join_all};

use super::UniqueNotes;
use crate::aws::{Aws, AwsError};
use crate::ecs::{ScalingActivity, ScalingPolicy};
use crate::model::{CapacityBounds, ScalingActivityStatus, ScalingPolicyStatus, ScalingStatus};

/// The number of scaling activities that are read.
const ACTIVITIES: usize = 3;

/// What scales services, as far as it could be read.
pub struct ScalingDetails {
    bounds: Result<Vec<(String, CapacityBounds)>, AwsError>,
    /// The policies and activities of services with a scalable target, by service.
    parts: Vec<(String, ScalingReads)>,
}

struct ScalingReads {
    policies: Result<Vec<ScalingPolicy>, AwsError>,
    activities: Result<Vec<ScalingActivity>, AwsError>,
}

impl ScalingDetails {
    /// Reads the bounds of all services, then the rest of those that are looked into and have a scalable target.
    pub async fn of(aws: &Aws, cluster: &str, names: &[String], looked_into: &[String]) -> Self {
        let bounds = aws.describe_scalable_targets(cluster, names).await;
        let scaled = bounds.iter().flatten().map(|(name, _)| name);
        let scaled = scaled.filter(|name| looked_into.contains(name));
        let parts = join_all(scaled.map(async |name| {
            let scaling = aws.scaling(cluster, name);
            let (policies, activities) = join(scaling.policies(), scaling.activities(ACTIVITIES)).await;
            (name.clone(), ScalingReads { policies, activities })
        }))
        .await;
        Self { bounds, parts }
    }

    /// Returns the status by service.
    pub fn status(self, notes: &mut UniqueNotes) -> HashMap<String, ScalingStatus> {
        let bounds = notes.take(self.bounds, "autoscaling").unwrap_or_default();
        let status = |bounds: CapacityBounds| ScalingStatus {
            min: bounds.min,
            max: bounds.max,
            ..ScalingStatus::default()
        };
        let mut all: HashMap<String, ScalingStatus> = bounds
            .into_iter()
            .map(|(name, bounds)| (name, status(bounds)))
            .collect();
        for (name, reads) in self.parts {
            if let Some(status) = all.get_mut(&name) {
                let policies = notes.take(reads.policies, "scaling policies");
                status.policies = policies.map(|them| them.iter().map(policy).collect());
                let activities = notes.take(reads.activities, "scaling activities");
                status.activities = activities.map(|them| them.into_iter().map(activity).collect());
            }
        }
        all
    }
}

fn policy(policy: &ScalingPolicy) -> ScalingPolicyStatus {
    ScalingPolicyStatus {
        name: policy.name.clone(),
        metric: policy.metric(),
        target: policy.target(),
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
