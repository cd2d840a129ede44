//! Stopping a deployment, or continuing a paused one.

use serde_json::json;

use super::World;
use super::deployments::ServiceDeployment;
use super::rollout::stopping;
use super::service::Service;
use crate::support::protocol::{Answer, Call, Refusal};
use crate::support::scenario::Frame;

impl ServiceDeployment {
    /// Records the requested status, overriding what the frames so far have merged over it.
    fn request(&mut self, status: &str) {
        self.status = status.to_owned();
        if let Some(patch) = self.patch.as_object_mut() {
            patch.shift_remove("status");
        }
    }
}

impl World {
    /// Returns the service of a service deployment, or ECS's error if there is none.
    fn deploying(&mut self, arn: &str) -> Result<&mut Service, Refusal> {
        self.services
            .values_mut()
            .find(|service| service.history.iter().any(|record| record.arn == arn))
            .ok_or_else(|| {
                Refusal::new(
                    "ServiceDeploymentNotFoundException",
                    "Service deployment not found.",
                )
            })
    }

    /// Stops a deployment, with or without a rollback. A paused one can't be stopped this way, only continued
    /// (notes: `docs/ecs-behavior.md` §1). No capture shows the error messages.
    pub(super) fn stop_service_deployment(&mut self, call: &Call) -> Answer {
        let arn = call.text("serviceDeploymentArn").unwrap_or_default();
        let service = self.deploying(arn)?;
        let Some(record) = service.history.iter_mut().find(|record| record.arn == arn) else {
            return Ok(json!({}));
        };
        let is_paused = record.waiting().is_some();
        if is_paused || !matches!(record.status.as_str(), "IN_PROGRESS" | "PENDING") {
            return Err(Refusal::new(
                "ConflictException",
                "The service deployment is not in a state in which it can be stopped.",
            ));
        }
        let rolls_back = call.text("stopType") != Some("ABORT");
        record.request(if rolls_back {
            "ROLLBACK_REQUESTED"
        } else {
            "STOP_REQUESTED"
        });
        service.go_on_with(stopping(rolls_back));
        Ok(json!({"serviceDeploymentArn": arn}))
    }

    /// Continues a paused deployment, or rolls it back.
    pub(super) fn continue_service_deployment(&mut self, call: &Call) -> Answer {
        let arn = call.text("serviceDeploymentArn").unwrap_or_default();
        let id = call.text("hookId").unwrap_or_default();
        let service = self.deploying(arn)?;
        let record = service.history.iter_mut().find(|record| record.arn == arn);
        let Some(record) = record else {
            return Ok(json!({}));
        };
        let waiting = record.hook(id).filter(|hook| hook.is_waiting());
        let Some(hook) = waiting else {
            return Err(Refusal::new(
                "InvalidParameterException",
                "The hookId does not name a lifecycle hook that is awaiting an action.",
            ));
        };
        if call.text("action") == Some("ROLLBACK") {
            hook.status = "FAILED".to_owned();
            record.request("ROLLBACK_REQUESTED");
            service.go_on_with(stopping(true));
        } else {
            hook.status = "SUCCEEDED".to_owned();
            service.script.left = 0;
        }
        Ok(json!({"serviceDeploymentArn": arn}))
    }
}

impl Service {
    fn go_on_with(&mut self, frames: Vec<Frame>) {
        self.script.frames = frames.into();
        self.script.left = self.script.stop_takes;
    }
}
