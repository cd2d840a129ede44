//! Scales services: changes the desired count and nothing else.

use std::fmt;

use futures_util::future::join;
use indexmap::IndexMap;
use serde_json::json;

use super::{ServiceChange, find, update};
use crate::aws::{Aws, AwsError};
use crate::diagnostic::Explain;
use crate::ecs::Service;
use crate::engine::refused_request::with_cause;
use crate::engine::watch::StartState;
use crate::engine::{ExistingService, Run, RunReport, watch_request};
use crate::model::{CapacityBounds, Event, Manifest, ServiceNames, Sink};
use crate::verdict::{RequestedAction, WatchRequest, WatchTarget};

/// Up to how many tasks, and times the desired count, an increase needs no confirmation.
const MAX_STEP: u64 = 10;

/// A service and its new desired count.
pub struct CountChange {
    existing: ExistingService,
    count: u32,
    /// The bounds set by Application Auto Scaling, if it scales the service.
    bounds: Option<CapacityBounds>,
    /// `desiredCount` in deploy.yaml.
    in_file: Option<u64>,
}

/// Finds the services to scale, by their keys in deploy.yaml. Fails unless all of them exist and can
/// be scaled. `manifest` is the whole file, if it is valid: what it sets is worth a warning.
pub async fn find_count_changes(
    aws: &Aws,
    known: &ServiceNames,
    manifest: Option<&Manifest>,
    counts: &IndexMap<String, u32>,
    sink: &dyn Sink,
) -> Result<Vec<CountChange>, RunReport> {
    let cluster = &known.cluster;
    let pair = |key: &String| Some((key.clone(), known.services.get(key)?.clone()));
    let pairs: Vec<(String, String)> = counts.keys().filter_map(pair).collect();
    let names: Vec<String> = pairs.iter().map(|(_, name)| name.clone()).collect();
    let existing = find(aws, cluster, &pairs, ServiceChange::Scale);
    let (existing, bounds) = join(existing, capacity_bounds(aws, cluster, &names)).await;
    let existing = existing?;
    let bounds = bounds.unwrap_or_else(|error| {
        sink.warn(
            None,
            format!("{error}: whether autoscaling controls the count is unknown"),
            error.explain().hint,
        );
        Vec::new()
    });
    let change = |existing: ExistingService| {
        let bounds = bounds.iter().find(|(name, _)| *name == existing.name);
        let spec = manifest.and_then(|manifest| manifest.services.get(&existing.key));
        let in_file = spec.and_then(|spec| spec.fields.get("desiredCount"));
        Some(CountChange {
            count: *counts.get(&existing.key)?,
            bounds: bounds.map(|(_, bounds)| *bounds),
            in_file: in_file.and_then(|node| node.to_value(&|_| String::new()).as_u64()),
            existing,
        })
    };
    Ok(existing.into_iter().filter_map(change).collect())
}

impl CountChange {
    /// Describes the bounds if the count is outside them: autoscaling would undo it.
    pub fn outside_bounds(&self) -> Option<String> {
        let outside: OutsideBounds = outside(self.bounds?, self.count)?;
        Some(format!("{}: {} is {outside}", self.existing.name, self.count))
    }

    /// Describes a count that is more than ten times the current one, and more than ten: it may be a typing error.
    pub fn steep_increase(&self) -> Option<String> {
        let now = self.existing.service.desired_count?;
        let (name, count) = (&self.existing.name, u64::from(self.count));
        (count > MAX_STEP && count > now.saturating_mul(MAX_STEP)).then(|| {
            format!("{name}: {count} tasks are more than ten times the desired count, which is {now}")
        })
    }

    /// Warns about anything that will reset the count.
    pub fn warn(&self, sink: &dyn Sink) {
        let message = match (self.bounds, self.in_file) {
            (Some(bounds), _) if outside(bounds, self.count).is_none() => {
                format!("autoscaling ({bounds}) may change the count again")
            }
            (None, Some(in_file)) if in_file != u64::from(self.count) => {
                format!("deploy.yaml has desiredCount: {in_file}, which the next deploy restores")
            }
            _ => return,
        };
        sink.warn(Some(&self.existing.name), message, None);
    }
}

/// Sets the counts concurrently, and watches each service until it has that many tasks.
pub async fn scale(run: &Run<'_>, changes: &[CountChange]) -> RunReport {
    let flows = changes
        .iter()
        .map(async |change| match scale_service(run, change).await {
            Ok(start) => run.watch(start).await,
            Err(error) => {
                let name = &change.existing.name;
                RunReport::of_failed_service(name, with_cause(error, name))
            }
        });
    run.join(flows).await
}

async fn scale_service(run: &Run<'_>, change: &CountChange) -> Result<StartState, AwsError> {
    let CountChange { existing, count, .. } = change;
    let wait = run.options.wait;
    let before = existing.service.desired_count;
    if before == Some((*count).into()) {
        let request = watch_request::of_kept(&existing.service, WatchTarget::InFlight, None, wait);
        return Ok(run.steady_state().state_of(request, &existing.service).await);
    }
    let (definition, reply) = join(
        existing.definition(run.aws),
        set_count(run.aws, run.cluster, existing, *count),
    )
    .await;
    let reply = reply?;
    run.sink.emit(Event::Changed {
        service: existing.name.clone(),
    });
    let target = WatchTarget::of_reply(existing.service.primary_id(), &reply, false);
    Ok(StartState::Watch(Box::new(WatchRequest {
        desired: Some((*count).into()),
        action: before.map_or(RequestedAction::Deploy, |from| RequestedAction::Scale { from }),
        ..watch_request::of_kept(&reply, target, definition.as_ref(), wait)
    })))
}

/// Sets the desired count, and returns the service from UpdateService's response.
pub(super) async fn set_count(
    aws: &Aws,
    cluster: &str,
    existing: &ExistingService,
    count: u32,
) -> Result<Service, AwsError> {
    let input = json!({"cluster": cluster, "service": existing.name, "desiredCount": count});
    let is_done = |now: &Service| now.desired_count == Some(count.into());
    update(aws, cluster, &existing.name, &input, is_done).await
}

/// A count outside the autoscaling bounds. It stays until a scaling activity returns it to the bound:
/// "if a service's desired count is set below its minimum capacity value, and an alarm triggers a
/// scale-out activity", the count goes up to the minimum first; above the maximum, a scale-in
/// activity takes it down to the maximum (ECS developer guide, "Automatically scale your Amazon ECS
/// service").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OutsideBounds {
    /// Below MinCapacity.
    Below(CapacityBounds),
    /// Above MaxCapacity.
    Above(CapacityBounds),
}

/// Returns on which side of the bounds a count is, or None if it is within them.
pub(super) fn outside(bounds: CapacityBounds, count: u32) -> Option<OutsideBounds> {
    match i64::from(count) {
        count if count < bounds.min => Some(OutsideBounds::Below(bounds)),
        count if count > bounds.max => Some(OutsideBounds::Above(bounds)),
        _ => None,
    }
}

impl fmt::Display for OutsideBounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Below(bounds) => write!(
                f,
                "below autoscaling's {bounds}: its next action raises the count to at least {}",
                bounds.min
            ),
            Self::Above(bounds) => write!(
                f,
                "above autoscaling's {bounds}: its next action lowers the count to at most {}",
                bounds.max
            ),
        }
    }
}

/// Returns the bounds of the services that have a scalable target, by name. An AWS stand-in without
/// Application Auto Scaling has none.
pub(super) async fn capacity_bounds(
    aws: &Aws,
    cluster: &str,
    services: &[String],
) -> Result<Vec<(String, CapacityBounds)>, AwsError> {
    match aws.describe_scalable_targets(cluster, services).await {
        Err(error) if error.is_unsupported() => Ok(Vec::new()),
        targets => Ok(targets?
            .into_iter()
            .map(|(name, target)| (name, target.bounds))
            .collect()),
    }
}
