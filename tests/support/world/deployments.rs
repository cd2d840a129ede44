//! Service deployments: the API that tells how a deployment ended.

use serde_json::{Value, json};

use super::base::{Base, merge, now};
use super::hooks::Hook;
use super::page::page;
use super::service::Service;
use super::{World, missing};
use crate::support::protocol::{Answer, Call};

/// One service deployment.
pub struct ServiceDeployment {
    pub arn: String,
    /// The deployment (`ecs-svc/N`) that it brings; its target revision ends in the same N.
    pub target: String,
    /// The previous revision.
    pub source: Option<String>,
    pub status: String,
    pub reason: Option<String>,
    pub started_at: Value,
    pub finished_at: Option<Value>,
    pub stopped_at: Option<Value>,
    /// What triggered the failure: BREAKER, or an alarm's name.
    pub triggered: Option<String>,
    /// The deployment created by a rollback, and the `rollback` member.
    pub rollback: Option<(String, Value)>,
    /// Number of further lists that leave it out.
    pub unlisted: u32,
    /// The current lifecycle stage.
    pub stage: Option<String>,
    /// Percentage of traffic that the new revision gets.
    pub traffic: Option<f64>,
    pub test_traffic: Option<f64>,
    pub hooks: Vec<Hook>,
    /// Members that the frames so far have merged over it.
    pub patch: Value,
}

impl Service {
    /// Adds a record for the PRIMARY deployment.
    pub fn record_deployment(&mut self, before: Option<&str>, unlisted: u32, base: &mut Base) {
        let id = base.short_id();
        let Some(primary) = self.primary() else { return };
        let source = before.and_then(|before| {
            let old = self
                .deployments
                .iter()
                .find(|deployment| deployment.id == before)?;
            Some(self.revision_arn(old, base))
        });
        let record = ServiceDeployment {
            arn: base.arn(&format!("service-deployment/{}/{}/{id}", self.cluster, self.name)),
            target: primary.id.clone(),
            source,
            status: "IN_PROGRESS".to_owned(),
            reason: None,
            started_at: now(),
            finished_at: None,
            stopped_at: None,
            triggered: None,
            rollback: None,
            unlisted,
            stage: None,
            traffic: None,
            test_traffic: None,
            hooks: Vec::new(),
            patch: Value::Null,
        };
        // Each is created later than the one before, also within a millisecond.
        let newest = self.history.first().and_then(|newest| newest.started_at.as_f64());
        let record = match (newest, record.started_at.as_f64()) {
            (Some(newest), Some(started)) if started <= newest => ServiceDeployment {
                started_at: json!(((newest + 0.001) * 1000.0).round() / 1000.0),
                ..record
            },
            _ => record,
        };
        for older in &mut self.history {
            if older.status == "IN_PROGRESS" {
                older.end("STOPPED", "Replaced by a new service deployment");
            }
        }
        self.history.insert(0, record);
    }

    /// Returns the record of a deployment.
    pub fn record_of(&mut self, id: &str) -> Option<&mut ServiceDeployment> {
        self.history.iter_mut().find(|record| record.target == id)
    }

    /// Ends the record of the change in progress.
    pub fn end_record(&mut self, status: &str, reason: &str) {
        let subject = self.script.subject.clone();
        if let Some(record) = self.record_of(&subject) {
            record.end(status, reason);
        }
    }

    /// Ends the record of the change in progress because of a newer deployment, unless it has ended already.
    pub fn replace_record(&mut self, reason: &str) {
        let subject = self.script.subject.clone();
        let open = |record: &&mut ServiceDeployment| record.finished_at.is_none();
        if let Some(record) = self.record_of(&subject).filter(open) {
            record.end("STOPPED", reason);
        }
    }

    /// Marks the record of the change in progress as rolling back.
    pub fn record_rollback(&mut self, to: &str, reason: &str, revision: Option<String>) {
        let subject = self.script.subject.clone();
        if let Some(record) = self.record_of(&subject) {
            let rollback = json!({
                "reason": reason,
                "startedAt": now(),
                "serviceRevisionArn": revision,
            });
            record.status = "ROLLBACK_IN_PROGRESS".to_owned();
            record.reason = Some(reason.to_owned());
            record.rollback = Some((to.to_owned(), rollback));
        }
    }

    /// Marks a deployment's record as done: the one that brought it, or that rolled back to it.
    pub fn settle_records(&mut self, id: &str) {
        for record in &mut self.history {
            let went_back = record.rollback.as_ref().is_some_and(|(to, _)| to == id);
            let status = match record.status.as_str() {
                "ROLLBACK_IN_PROGRESS" if went_back => "ROLLBACK_SUCCESSFUL",
                "IN_PROGRESS" if record.target == id => "SUCCESSFUL",
                _ => continue,
            };
            record.status = status.to_owned();
            record.finished_at = Some(now());
        }
    }

    fn brief(&self, record: &ServiceDeployment, base: &Base) -> Value {
        let mut value = json!({
            "serviceDeploymentArn": record.arn,
            "serviceArn": base.arn(&self.path()),
            "clusterArn": base.arn(&format!("cluster/{}", self.cluster)),
            "startedAt": record.started_at,
            "createdAt": record.started_at,
            "targetServiceRevisionArn": self.revision_of(&record.target, base),
            "status": record.status,
        });
        merge(
            &mut value,
            &json!({"finishedAt": record.finished_at, "statusReason": record.reason}),
        );
        for member in ["status", "statusReason"] {
            if let Some(patched) = record.patch.get(member) {
                merge(&mut value, &json!({member: patched}));
            }
        }
        value
    }

    /// The brief form of the `number`th successful deployment before the first of the scenario.
    fn older_brief(&self, number: usize, oldest: f64, base: &Base) -> Value {
        let path = format!("{}/{}", self.cluster, self.name);
        let at = oldest - 3600.0 * number as f64;
        json!({
            "serviceDeploymentArn": base.arn(&format!("service-deployment/{path}/older{number}")),
            "serviceArn": base.arn(&self.path()),
            "clusterArn": base.arn(&format!("cluster/{}", self.cluster)),
            "startedAt": at,
            "createdAt": at,
            "finishedAt": at + 300.0,
            "targetServiceRevisionArn": base.arn(&format!("service-revision/{path}/{number}")),
            "status": "SUCCESSFUL",
        })
    }

    pub(super) fn revision_of(&self, id: &str, base: &Base) -> String {
        let number = id.trim_start_matches("ecs-svc/");
        base.arn(&format!(
            "service-revision/{}/{}/{number}",
            self.cluster, self.name
        ))
    }

    fn full(&self, record: &ServiceDeployment, base: &Base) -> Value {
        let mut value = self.brief(record, base);
        if let Some(members) = value.as_object_mut() {
            members.shift_remove("targetServiceRevisionArn");
        }
        let counted = |arn: String| {
            let number = arn.rsplit('/').next().unwrap_or_default().to_owned();
            let deployment = self
                .deployments
                .iter()
                .find(|deployment| deployment.number() == number);
            let count = |count: fn(&super::Deployment) -> u64| deployment.map_or(0, count);
            json!({
                "arn": arn,
                "requestedTaskCount": count(|deployment| deployment.desired),
                "runningTaskCount": count(|deployment| deployment.running),
                "pendingTaskCount": count(|deployment| deployment.pending),
            })
        };
        let weighed = |mut value: Value, weigh: fn(f64) -> f64| {
            for (member, weight) in [
                ("requestedProductionTrafficWeight", record.traffic),
                ("requestedTestTrafficWeight", record.test_traffic),
            ] {
                merge(&mut value, &json!({member: weight.map(weigh)}));
            }
            value
        };
        let target = weighed(counted(self.revision_of(&record.target, base)), |weight| weight);
        let source = record
            .source
            .clone()
            .map(|source| weighed(counted(source), |weight| 100.0 - weight));
        let breaker = &self.settings["deploymentConfiguration"]["deploymentCircuitBreaker"];
        let failures = self
            .deployments
            .iter()
            .find(|deployment| deployment.id == record.target)
            .map_or(0, |deployment| deployment.failed);
        let alarms = &self.settings["deploymentConfiguration"]["alarms"];
        let by_breaker = record.triggered.as_deref() == Some("BREAKER");
        let by_alarm = record.triggered.as_deref().filter(|_| !by_breaker);
        let monitor = |is_on: bool, is_triggered: bool| match record.status.as_str() {
            _ if !is_on => "DISABLED",
            _ if is_triggered => "TRIGGERED",
            "PENDING" | "IN_PROGRESS" => "MONITORING",
            _ => "MONITORING_COMPLETE",
        };
        let more = json!({
            "updatedAt": now(),
            "stoppedAt": record.stopped_at,
            "targetServiceRevision": target,
            "sourceServiceRevisions": source.into_iter().collect::<Value>(),
            "deploymentConfiguration": self.settings["deploymentConfiguration"],
            "deploymentCircuitBreaker": {
                "status": monitor(breaker["enable"] == true, by_breaker),
                "failureCount": failures,
                // min(200, max(3, half of the desired tasks))
                "threshold": self.desired.div_ceil(2).clamp(3, 200),
            },
            "rollback": record.rollback.as_ref().map(|(_, rollback)| rollback),
            "alarms": {
                "status": monitor(alarms["enable"] == true, by_alarm.is_some()),
                "alarmNames": alarms.get("alarmNames").cloned().unwrap_or_else(|| json!([])),
                "triggeredAlarmNames": by_alarm.into_iter().collect::<Value>(),
            },
        });
        merge(&mut value, &more);
        merge(&mut value, &record.stage_members());
        merge(&mut value, &record.patch);
        value
    }
}

impl ServiceDeployment {
    fn end(&mut self, status: &str, reason: &str) {
        self.status = status.to_owned();
        self.reason = Some(reason.to_owned());
        self.stopped_at = Some(now());
        self.finished_at = Some(now());
    }
}

impl World {
    pub(super) fn list_service_deployments(&mut self, call: &Call) -> Answer {
        let key = self.key_of(call)?;
        let statuses = call.texts("status");
        let Some(service) = self.services.get_mut(&key) else {
            return Ok(json!({"serviceDeployments": []}));
        };
        let (after, before) = (
            call.input["createdAt"]["after"].as_f64(),
            call.input["createdAt"]["before"].as_f64(),
        );
        let mut listed = Vec::new();
        let remembered = self.remembers.unwrap_or(usize::MAX);
        for (at, record) in service.history.iter_mut().take(remembered).enumerate() {
            let created = record.started_at.as_f64().unwrap_or_default();
            let is_within =
                after.is_none_or(|after| created > after) && before.is_none_or(|before| created < before);
            if record.unlisted > 0 {
                record.unlisted -= 1;
            } else if is_within {
                listed.push(at);
            }
        }
        let oldest = service
            .history
            .last()
            .and_then(|record| record.started_at.as_f64());
        let older = (1..=self.older_deployments)
            .map(|number| service.older_brief(number, oldest.unwrap_or_default(), &self.base));
        let shown: Vec<Value> = listed
            .into_iter()
            .map(|at| service.brief(&service.history[at], &self.base))
            .chain(older)
            .filter(|brief| {
                statuses.is_empty() || statuses.iter().any(|status| brief["status"] == status.as_str())
            })
            .collect();
        let shown = self.list_order.apply(shown);
        page("serviceDeployments", shown, call, 20, self.page_size)
    }

    pub(super) fn describe_service_deployments(&mut self, call: &Call) -> Answer {
        let (mut found, mut failures) = (Vec::new(), Vec::new());
        for arn in call.texts("serviceDeploymentArns") {
            let shown = self.services.values().find_map(|service| {
                let record = service.history.iter().find(|record| record.arn == arn)?;
                Some(service.full(record, &self.base))
            });
            match shown {
                Some(shown) => found.push(shown),
                None => failures.push(missing(arn)),
            }
        }
        Ok(json!({"serviceDeployments": found, "failures": failures}))
    }
}
