//! Applies the autoscaling of a service that exists. Every call can be repeated with the same result.

use std::collections::HashMap;

use futures_util::future::BoxFuture;

use crate::aws::{Aws, AwsError};
use crate::engine::polling::repeat_write;
use crate::model::{ALARM_ACTIONS, AlarmWrite, Event, ScalingPart, ScalingPlan, Sink, Value};

/// Applies the plan: first deletes, as AWS allows one target tracking policy per metric; then the scalable target,
/// without which AWS accepts neither policies nor scheduled actions. One call after the other: AWS refuses concurrent
/// ones for a target (ConcurrentUpdateException).
pub async fn apply_scaling(
    aws: &Aws,
    cluster: &str,
    service: &str,
    plan: &ScalingPlan,
    sink: &dyn Sink,
) -> Result<(), AwsError> {
    let scaling = &aws.scaling(cluster, service);
    let done = |action: &'static str, what: String| {
        sink.emit(Event::Autoscaling {
            service: service.to_owned(),
            action,
            what,
        });
    };
    for left in plan.deleted() {
        let name = left.name.as_str();
        match left.kind {
            ScalingPart::Policy => write(aws, || Box::pin(scaling.delete_policy(name))).await?,
            ScalingPart::Alarm => write(aws, || Box::pin(aws.delete_alarm(name))).await?,
            ScalingPart::ScheduledAction => {
                write(aws, || Box::pin(scaling.delete_scheduled_action(name))).await?;
            }
        }
        done("delete", format!("{} {name}", left.kind));
    }
    if let Some(bounds) = plan.bounds {
        write(aws, || Box::pin(scaling.register(bounds))).await?;
        done("set", format!("{bounds} tasks"));
    }
    let mut arns = HashMap::new();
    for policy in &plan.policies {
        let put = || -> BoxFuture<'_, _> { Box::pin(scaling.put_policy(&policy.name, &policy.input)) };
        arns.insert(policy.name.as_str(), write(aws, put).await?);
        done("put", format!("{} {}", ScalingPart::Policy, policy.name));
    }
    for alarm in &plan.alarms {
        let put = arns.get(alarm.policy.as_str()).or(alarm.policy_arn.as_ref());
        let input = &with_action(alarm, put);
        let put = || -> BoxFuture<'_, _> { Box::pin(aws.put_alarm(&alarm.name, input)) };
        write(aws, put).await?;
        done("put", format!("{} {}", ScalingPart::Alarm, alarm.name));
    }
    for action in &plan.scheduled_actions {
        let put =
            || -> BoxFuture<'_, _> { Box::pin(scaling.put_scheduled_action(&action.name, &action.input)) };
        write(aws, put).await?;
        done("put", format!("{} {}", ScalingPart::ScheduledAction, action.name));
    }
    Ok(())
}

/// Returns the input of an alarm whose actions include the policy with this ARN.
fn with_action(alarm: &AlarmWrite, policy: Option<&String>) -> Value {
    let mut input = alarm.input.clone();
    let actions = input.get(ALARM_ACTIONS).and_then(Value::as_array);
    let mut actions = actions.cloned().unwrap_or_default();
    let policy = policy.map(|arn| Value::from(arn.as_str()));
    actions.extend(policy.filter(|it| !actions.contains(it)));
    input[ALARM_ACTIONS] = actions.into();
    input
}

/// Sends a call until it succeeds or fails for good: what it puts is the same each time.
async fn write<'a, T: 'a>(
    aws: &Aws,
    send: impl Fn() -> BoxFuture<'a, Result<T, AwsError>>,
) -> Result<T, AwsError> {
    repeat_write(aws.clock(), send, is_busy).await
}

/// What RegisterScalableTarget says of a service that was created a moment ago (terraform-provider-aws,
/// `appautoscaling/target.go`).
const NOT_SEEN: &str = "ECS service doesn't exist";

/// Whether the same call may succeed a moment later: another one is in progress for the target, or the service was just
/// created or the target registered ("there might be a brief delay until the operation achieves eventual consistency",
/// API reference, RegisterScalableTarget).
fn is_busy(error: &AwsError) -> bool {
    match error.aws_code() {
        Some("ConcurrentUpdateException" | "ObjectNotFoundException") => true,
        Some("ValidationException") => error.message().is_some_and(|it| it.contains(NOT_SEEN)),
        _ => false,
    }
}
