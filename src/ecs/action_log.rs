//! Entries of Amazon ECS Action Logs (developer guide: Monitor Amazon ECS operations with Action Logs,
//! Troubleshooting with Amazon ECS Action Logs).

use jiff::Timestamp;

use super::reply::text;
use crate::model::{ActionLogEntry, Value};

/// Selects the entries of the action log that are about one deployment of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionLogScope {
    /// The cluster's ARN.
    pub cluster_arn: String,
    /// The service's name.
    pub service: String,
    /// The service deployment's ARN, if known.
    pub deployment: Option<String>,
    /// When the deployment began.
    pub since: Timestamp,
}

impl ActionLogScope {
    /// Selects warnings and errors in CloudWatch Logs. (CloudWatch Logs user guide: Filter pattern syntax.)
    pub const PATTERN: &str = r#"{ ($.logLevel = "ERROR") || ($.logLevel = "WARN") }"#;

    /// Reads an entry. None if it isn't about the deployment, is no warning or error, or gives no reason.
    pub fn read(&self, message: &str) -> Option<ActionLogEntry> {
        let entry: Value = serde_json::from_str(message).ok()?;
        let detail = entry.get("detail").unwrap_or(&Value::Null);
        let level = text(&entry, "logLevel").filter(|it| matches!(it.as_str(), "WARN" | "ERROR"))?;
        let at = ["timestamp", "eventTimestamp"]
            .iter()
            .find_map(|name| entry.get(*name)?.as_i64())
            .and_then(|millis| Timestamp::from_millisecond(millis).ok());
        let is_ours =
            self.has_source(&entry) && self.has_deployment(detail) && at.is_none_or(|at| at >= self.since);
        is_ours.then_some(ActionLogEntry {
            at: at.map(|at| at.to_string()),
            level,
            event: text(&entry, "eventName").or_else(|| text(detail, "eventName")),
            reason: text(detail, "statusReason")?,
        })
    }

    /// Whether the entry's source is the service: `service/CLUSTER/SERVICE`, or an ARN that ends with it.
    fn has_source(&self, entry: &Value) -> bool {
        let of_cluster = text(entry, "resourceArn").is_none_or(|arn| arn == self.cluster_arn);
        let source = text(entry, "actionSourceId").unwrap_or_default();
        let mut parts = source.rsplit(':').next().unwrap_or_default().split('/');
        of_cluster && parts.next() == Some("service") && parts.next_back() == Some(&self.service)
    }

    /// Whether the entry is about the service deployment. Not every entry names one.
    fn has_deployment(&self, detail: &Value) -> bool {
        let named = text(detail, "serviceDeploymentArn").or_else(|| text(detail, "deploymentArn"));
        match (named, &self.deployment) {
            (Some(named), Some(ours)) => named == *ours,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const CLUSTER: &str = "arn:aws:ecs:us-east-1:111122223333:cluster/my-cluster";
    const DEPLOYMENT: &str =
        "arn:aws:ecs:us-east-1:111122223333:service-deployment/my-cluster/my-service/abc123def456";

    /// The developer guide's example.
    fn example() -> Value {
        json!({
            "resourceArn": CLUSTER, "actionSourceId": "service/my-cluster/my-service", "logLevel": "ERROR",
            "eventTimestamp": 1_784_573_730_986_i64,
            "detail": {
                "statusReason": "No rollback candidate was found to run the rollback.",
                "serviceDeploymentArn": DEPLOYMENT, "status": "FAILED",
                "eventName": "SERVICE_DEPLOYMENT_ROLLBACK_FAILED",
            },
        })
    }

    fn scope() -> ActionLogScope {
        ActionLogScope {
            cluster_arn: CLUSTER.to_owned(),
            service: "my-service".to_owned(),
            deployment: Some(DEPLOYMENT.to_owned()),
            since: Timestamp::from_millisecond(1_784_573_700_000).unwrap(),
        }
    }

    #[test]
    fn the_documented_entry_is_read() {
        let entry = scope().read(&example().to_string()).unwrap();
        assert_eq!(entry.at.as_deref(), Some("2026-07-20T18:55:30.986Z"));
        assert_eq!(entry.event.as_deref(), Some("SERVICE_DEPLOYMENT_ROLLBACK_FAILED"));
        assert_eq!(
            entry.reason,
            "No rollback candidate was found to run the rollback."
        );
        let mut by_arn = example();
        by_arn["actionSourceId"] = json!("arn:aws:ecs:us-east-1:111122223333:service/my-cluster/my-service");
        by_arn["eventName"] = json!("SERVICE_TASK_START_IMPAIRED");
        let entry = scope().read(&by_arn.to_string()).unwrap();
        assert_eq!(entry.event.as_deref(), Some("SERVICE_TASK_START_IMPAIRED"));
    }

    #[test]
    fn entries_about_something_else_are_skipped() {
        let changed = |path: &str, value: Value| {
            let mut entry = example();
            *entry.pointer_mut(path).unwrap() = value;
            scope().read(&entry.to_string())
        };
        let arn = "arn:aws:ecs:us-east-1:111122223333:daemon/my-cluster/my-service";
        assert_eq!(changed("/actionSourceId", json!(arn)), None);
        assert_eq!(
            changed("/actionSourceId", json!("service/my-cluster/other")),
            None
        );
        assert_eq!(changed("/resourceArn", json!(format!("{CLUSTER}-2"))), None);
        assert_eq!(changed("/logLevel", json!("INFO")), None);
        assert_eq!(changed("/eventTimestamp", json!(1_784_573_699_999_i64)), None);
        assert_eq!(changed("/detail/serviceDeploymentArn", json!("arn:other")), None);
        assert_eq!(changed("/detail/statusReason", json!("")), None);
        assert_eq!(scope().read("not JSON"), None);
    }
}
