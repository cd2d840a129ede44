//! The default timeout of a CodeDeploy deployment.

use jiff::SignedDuration;

use crate::ecs::CodeDeployment;

/// What `aws ecs deploy` allows for besides the waits of the deployment group (aws-cli,
/// `customizations/ecs/deploy.py`).
const TIMEOUT: SignedDuration = SignedDuration::from_mins(30);

/// How many minutes the predefined deployment configurations take to shift the traffic (CodeDeploy user guide,
/// deployment configurations on an Amazon ECS compute platform).
const SHIFTS: [(&str, i64); 4] = [
    ("CodeDeployDefault.ECSLinear10PercentEvery1Minutes", 10),
    ("CodeDeployDefault.ECSLinear10PercentEvery3Minutes", 30),
    ("CodeDeployDefault.ECSCanary10Percent5Minutes", 5),
    ("CodeDeployDefault.ECSCanary10Percent15Minutes", 15),
];

/// Returns the default timeout: 30 minutes, plus the deployment's own waits and its shift of traffic.
pub fn code_deploy_timeout(deployment: &CodeDeployment) -> SignedDuration {
    let config = deployment.config.as_deref();
    let shift = SHIFTS.iter().find(|(name, _)| Some(*name) == config);
    let waits = deployment
        .ready_minutes
        .unwrap_or(0)
        .saturating_add(deployment.termination_minutes);
    let minutes = i64::try_from(waits).unwrap_or(i64::MAX / 120);
    TIMEOUT
        .saturating_add(SignedDuration::from_mins(
            shift.map_or(0, |(_, minutes)| *minutes),
        ))
        .saturating_add(SignedDuration::from_mins(minutes.min(i64::MAX / 120)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn waits_and_the_shift_are_added_to_thirty_minutes() {
        let timeout = |value| code_deploy_timeout(&CodeDeployment::read(&value));
        assert_eq!(timeout(json!({})), SignedDuration::from_mins(30));
        let deployment = json!({
            "deploymentConfigName": "CodeDeployDefault.ECSLinear10PercentEvery3Minutes",
            "blueGreenDeploymentConfiguration": {
                "deploymentReadyOption": {"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": 20},
                "terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE", "terminationWaitTimeInMinutes": 60}}});
        assert_eq!(timeout(deployment), SignedDuration::from_mins(140));
    }
}
