//! Application Auto Scaling: scalable targets and their bounds.

use serde_json::{Value, json};

use super::World;
use super::base::now;
use crate::support::protocol::{Answer, Call, Refusal};
use crate::support::scenario::Bounds;

impl World {
    pub(super) fn scaling(&mut self, call: &Call) -> Option<Answer> {
        Some(match call.operation.as_str() {
            "DescribeScalableTargets" => Ok(self.scalable_targets(call)),
            "RegisterScalableTarget" => self.register_scalable_target(call),
            "DeregisterScalableTarget" => self.deregister_scalable_target(call),
            _ => return None,
        })
    }

    fn scalable_targets(&self, call: &Call) -> Value {
        let wanted = call.texts("ResourceIds");
        let targets: Value = self
            .scalable
            .iter()
            .filter(|(id, _)| wanted.is_empty() || wanted.contains(id))
            .map(|(id, bounds)| {
                json!({
                    "ServiceNamespace": "ecs",
                    "ResourceId": id,
                    "ScalableDimension": "ecs:service:DesiredCount",
                    "MinCapacity": bounds.min,
                    "MaxCapacity": bounds.max,
                    "RoleARN": format!("arn:aws:iam::{}:role/scaling", self.base.account),
                    "CreationTime": now(),
                    "SuspendedState": {
                        "DynamicScalingInSuspended": false,
                        "DynamicScalingOutSuspended": false,
                        "ScheduledScalingSuspended": false,
                    },
                })
            })
            .collect();
        json!({"ScalableTargets": targets})
    }

    /// Sets the bounds; unnamed ones are kept. A service outside of them is scaled to fit.
    fn register_scalable_target(&mut self, call: &Call) -> Answer {
        let id = call.text("ResourceId").unwrap_or_default().to_owned();
        let mut parts = id.splitn(3, '/').skip(1).map(str::to_owned);
        let key = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let is_active = |service: &super::Service| service.status == "ACTIVE";
        let Some(desired) = self
            .services
            .get(&key)
            .filter(|it| is_active(it))
            .map(|it| it.desired)
        else {
            return Err(validation(format!("ECS service doesn't exist: {id}")));
        };
        let old = self.scalable.get(&id);
        let bound = |member: &str, old: Option<i64>| {
            let named = call.input[member].as_i64();
            named.or(old).ok_or_else(|| {
                validation(
                    "MinCapacity and MaxCapacity must be specified when registering a new scalable target",
                )
            })
        };
        let bounds = Bounds {
            min: bound("MinCapacity", old.map(|old| old.min))?,
            max: bound("MaxCapacity", old.map(|old| old.max))?,
        };
        if bounds.min > bounds.max {
            return Err(validation(
                "Maximum capacity cannot be less than minimum capacity",
            ));
        }
        let least = u64::try_from(bounds.min).unwrap_or_default();
        let most = u64::try_from(bounds.max).unwrap_or_default();
        let inside = desired.clamp(least, most);
        if inside != desired {
            self.scale(&key, inside);
        }
        let arn = self.base.arn_of(
            "application-autoscaling",
            "scalable-target/0ec5f3a1b2c4d5e6f7a8b9c0d1e2f3a4b5c6",
        );
        self.scalable.insert(id, bounds);
        Ok(json!({"ScalableTargetARN": arn}))
    }

    fn deregister_scalable_target(&mut self, call: &Call) -> Answer {
        let id = call.text("ResourceId").unwrap_or_default();
        match self.scalable.shift_remove(id) {
            Some(_) => Ok(json!({})),
            None => Err(Refusal::new(
                "ObjectNotFoundException",
                format!(
                    "No scalable target found for service namespace: ecs, resource ID: {id}, scalable dimension: ecs:service:DesiredCount"
                ),
            )),
        }
    }
}

fn validation(message: impl Into<String>) -> Refusal {
    Refusal::new("ValidationException", message)
}
