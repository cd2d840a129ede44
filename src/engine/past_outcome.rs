//! How a service deployment ended, by its status and its failure monitors.

use crate::ecs::{FailureMonitor, ServiceDeployment, ServiceDeploymentStatus};
use crate::model::PastOutcome;

/// Returns how a service deployment ended. Only the detailed form shows whether a stopped one failed.
pub fn past_outcome(read: &ServiceDeployment) -> PastOutcome {
    use ServiceDeploymentStatus as Status;
    match &read.status {
        Status::Successful => PastOutcome::Done,
        Status::Pending | Status::InProgress => PastOutcome::InProgress,
        Status::StopRequested | Status::RollbackRequested => PastOutcome::Ending,
        Status::RollbackInProgress => PastOutcome::RollingBack,
        Status::RollbackSuccessful => PastOutcome::RolledBack,
        Status::RollbackFailed => PastOutcome::RollbackFailed,
        // "Replaced by a new service deployment" (ecspresso #961).
        Status::Stopped
            if read
                .status_reason
                .as_deref()
                .is_some_and(|it| it.contains("Replaced by")) =>
        {
            PastOutcome::Superseded
        }
        Status::Stopped => {
            let triggered = |monitor: &Option<_>| monitor.as_ref().is_some_and(FailureMonitor::is_triggered);
            if triggered(&read.circuit_breaker) || triggered(&read.alarms) {
                PastOutcome::Failed
            } else {
                PastOutcome::Stopped
            }
        }
        Status::Other(_) => PastOutcome::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_status_has_its_outcome() {
        let rows = [
            ("SUCCESSFUL", "", "", PastOutcome::Done),
            ("PENDING", "", "", PastOutcome::InProgress),
            ("IN_PROGRESS", "", "", PastOutcome::InProgress),
            ("STOP_REQUESTED", "", "", PastOutcome::Ending),
            ("ROLLBACK_REQUESTED", "", "", PastOutcome::Ending),
            ("ROLLBACK_IN_PROGRESS", "", "", PastOutcome::RollingBack),
            ("ROLLBACK_SUCCESSFUL", "", "", PastOutcome::RolledBack),
            ("ROLLBACK_FAILED", "", "", PastOutcome::RollbackFailed),
            (
                "STOPPED",
                "Replaced by a new service deployment",
                "MONITORING",
                PastOutcome::Superseded,
            ),
            ("STOPPED", "", "TRIGGERED", PastOutcome::Failed),
            ("STOPPED", "", "MONITORING", PastOutcome::Stopped),
            ("TOMORROW", "", "", PastOutcome::Unknown),
        ];
        for (status, reason, breaker, expected) in rows {
            let reply = json!({"serviceDeploymentArn": "arn", "status": status, "statusReason": reason,
                "deploymentCircuitBreaker": {"status": breaker}});
            let read = ServiceDeployment::read(&reply).unwrap();
            assert_eq!(past_outcome(&read), expected, "{status} {reason} {breaker}");
        }
    }
}
