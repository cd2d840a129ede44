//! The operations on services.

use std::time::Duration;

use serde_json::{Value, json};

use super::base::{ago, now};
use super::service::{Deployment, Script, Service};
use super::settings;
use super::{World, missing, name_in};
use crate::support::protocol::{Answer, Call, Refusal};

/// A service's cluster name and name.
pub type Key = (String, String);

fn not_found() -> Refusal {
    Refusal::new("ServiceNotFoundException", "Service not found.")
}

fn invalid(message: &str) -> Refusal {
    Refusal::new("InvalidParameterException", message)
}

/// Rejects updates of what CodeDeploy deploys (API reference: UpdateService). The messages are from public
/// captures.
fn refuse_code_deploy(controller: &str, input: &Value) -> Result<(), Refusal> {
    if controller != "CODE_DEPLOY" {
        return Ok(());
    }
    let refused = [
        ("taskDefinition", "Unable to update task definition on services"),
        (
            "networkConfiguration",
            "Unable to update network parameters on services",
        ),
        ("platformVersion", "Unable to update platform version on services"),
        ("loadBalancers", "Unable to update load balancers on services"),
    ];
    let named = refused.iter().find(|(member, _)| input.get(*member).is_some());
    let words = match named {
        Some((_, words)) => *words,
        None if input["forceNewDeployment"] == true => "Cannot force a new deployment on services",
        None => return Ok(()),
    };
    Err(invalid(&format!(
        "{words} with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment."
    )))
}

impl World {
    /// Returns the service that a call's `service` refers to.
    pub(super) fn key_of(&self, call: &Call) -> Result<Key, Refusal> {
        let cluster = self.cluster_of(call)?;
        let name = name_in(call.text("service").unwrap_or_default()).to_owned();
        let key = (cluster, name);
        if self.services.contains_key(&key) {
            Ok(key)
        } else {
            Err(not_found())
        }
    }

    /// Advances each named service by one poll, and describes it.
    pub(super) fn describe_services(&mut self, call: &Call) -> Answer {
        let cluster = self.cluster_of(call)?;
        let names = call.texts("services");
        if names.is_empty() {
            return Err(invalid("Services cannot be empty."));
        }
        if names.len() > 10 {
            return Err(invalid("Services cannot have more than 10 elements"));
        }
        let with_tags = call.texts("include").iter().any(|wish| wish == "TAGS");
        let (mut services, mut failures) = (Vec::new(), Vec::new());
        for name in names {
            let key = (cluster.clone(), name_in(&name).to_owned());
            match self.poll(&key, with_tags) {
                Some(shown) => services.push(shown),
                None => failures.push(missing(self.base.arn(&format!("service/{}/{}", key.0, key.1)))),
            }
        }
        Ok(json!({"services": services, "failures": failures}))
    }

    /// Returns what one poll of a service shows.
    fn poll(&mut self, key: &Key, with_tags: bool) -> Option<Value> {
        self.advance_code_deployments(key);
        let service = self.services.get_mut(key)?;
        if let Some((left, old)) = service.stale.take()
            && left > 0
        {
            let shown = old.clone();
            service.stale = Some((left - 1, old));
            return Some(shown);
        }
        let mut service = self.services.shift_remove(key)?;
        self.advance(&mut service);
        let shown = service.value(&self.base, with_tags);
        self.services.insert(key.clone(), service);
        Some(shown)
    }

    pub(super) fn create_service(&mut self, call: &Call) -> Answer {
        let cluster = self.cluster_of(call)?;
        let key = (cluster, call.text("serviceName").unwrap_or_default().to_owned());
        match self.services.get(&key).map(|service| service.status.as_str()) {
            Some("ACTIVE") => return Err(invalid("Creation of service was not idempotent.")),
            Some("DRAINING") => {
                return Err(invalid("Unable to Start a service that is still Draining."));
            }
            _ => {}
        }
        let definition = self.checked_definition(&call.input)?;
        self.check_capacity(&key.0, &call.input)?;
        self.check_volumes(&definition, &call.input)?;
        self.add_service(&key, &call.input, Duration::ZERO);
        self.deploy(&key, &definition);
        let service = &self.services[&key];
        Ok(json!({"service": service.value(&self.base, true)}))
    }

    /// Returns the ARN of the definition that an input names, which must be compatible with the input.
    pub(super) fn checked_definition(&self, input: &Value) -> Result<String, Refusal> {
        let named = input["taskDefinition"].as_str().unwrap_or_default();
        let arn = self.definitions.deployable(named)?;
        let is_awsvpc = self
            .definitions
            .find(&arn)
            .is_some_and(|revision| revision.value["networkMode"] == "awsvpc");
        if is_awsvpc && input["networkConfiguration"]["awsvpcConfiguration"].is_null() {
            return Err(invalid(
                "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
            ));
        }
        Ok(arn)
    }

    /// Rejects the configuration of a volume that the definition doesn't leave to the launch (AWS's words:
    /// go-to-k/cdkd#811).
    fn check_volumes(&self, definition: &str, input: &Value) -> Result<(), Refusal> {
        let volumes = self
            .definitions
            .find(definition)
            .and_then(|it| it.value["volumes"].as_array());
        let is_at_launch = |name: &Value| {
            let mut volumes = volumes.into_iter().flatten();
            volumes.any(|volume| volume["name"] == *name && volume["configuredAtLaunch"] == true)
        };
        let mut configured = input["volumeConfigurations"].as_array().into_iter().flatten();
        match configured.all(|it| is_at_launch(&it["name"])) {
            true => Ok(()),
            false => Err(invalid(
                "Volume configuration provided but no matching configuredAtLaunch volume found in task definition.",
            )),
        }
    }

    /// Adds a service without a deployment.
    pub(super) fn add_service(&mut self, key: &Key, input: &Value, age: Duration) {
        let service = Service {
            cluster: key.0.clone(),
            name: key.1.clone(),
            status: "ACTIVE".to_owned(),
            desired: if input["schedulingStrategy"] == "DAEMON" {
                self.instances
            } else {
                input["desiredCount"].as_u64().unwrap_or(0)
            },
            settings: settings::created(input),
            created_at: ago(age),
            created_by: self.base.caller.clone(),
            tags: input["tags"].as_array().cloned().unwrap_or_default(),
            deployments: Vec::new(),
            events: Vec::new(),
            tasks: Vec::new(),
            history: Vec::new(),
            revisions: Vec::new(),
            script: Script::default(),
            stale: None,
            drained_after: None,
            patch: Value::Null,
        };
        self.services.insert(key.clone(), service);
    }

    pub(super) fn update_service(&mut self, call: &Call) -> Answer {
        let key = self.key_of(call)?;
        if self.services[&key].status != "ACTIVE" {
            return Err(Refusal::new(
                "ServiceNotActiveException",
                "Service was not ACTIVE.",
            ));
        }
        refuse_code_deploy(self.services[&key].controller(), &call.input)?;
        let named = call.text("taskDefinition");
        let definition = named
            .map(|named| self.definitions.deployable(named))
            .transpose()?;
        self.check_capacity(&key.0, &call.input)?;
        let before = self.services[&key].value(&self.base, true);
        let service = self.services.get_mut(&key).ok_or_else(not_found)?;
        let starts = settings::updated(&mut service.settings, &call.input)?;
        let running = service.primary().map(|primary| primary.task_definition.clone());
        let count = call.input["desiredCount"].as_u64();
        let counts = count.is_some_and(|count| count != service.desired);
        service.desired = count.unwrap_or(service.desired);
        if starts || (definition.is_some() && definition != running) {
            let definition = definition.or(running).unwrap_or_default();
            self.deploy_after(&key, &definition, before);
        } else if counts {
            self.recount(&key, before);
        }
        Ok(json!({"service": self.services[&key].value(&self.base, true)}))
    }

    /// Starts a deployment with the scenario's next rollout.
    pub(super) fn deploy(&mut self, key: &Key, definition: &str) {
        self.deploy_after(key, definition, Value::Null);
    }

    /// Does the same for a service whose old state a few more responses may show.
    fn deploy_after(&mut self, key: &Key, definition: &str, before: Value) {
        let rollout = self.next_rollout(&key.1);
        let digests = self.digests(definition);
        let Some(service) = self.services.get_mut(key) else {
            return;
        };
        let old = service.primary().map(|primary| primary.id.clone());
        let new = Deployment::new(service, definition, &mut self.base);
        let subject = new.id.clone();
        service.remember(&new, digests);
        let frames = if rollout.frames.is_empty() {
            service.usual_frames()
        } else {
            rollout.frames.clone()
        };
        for deployment in &mut service.deployments {
            deployment.status = "ACTIVE".to_owned();
        }
        service.deployments.insert(0, new);
        service.record_deployment(old.as_deref(), rollout.unlisted, &mut self.base);
        service.stale = (!before.is_null() && rollout.stale > 0).then_some((rollout.stale, before));
        service.patch = Value::Null;
        service.script = Script {
            frames: frames.into(),
            left: 0,
            subject,
            before: old,
            stop_takes: rollout.stop_takes,
        };
    }

    /// Changes only the desired count: the same deployment gets more or fewer tasks.
    fn recount(&mut self, key: &Key, before: Value) {
        let written = self.rollouts.get(&key.1).is_some_and(|list| !list.is_empty());
        let rollout = self.next_rollout(&key.1);
        let Some(service) = self.services.get_mut(key) else {
            return;
        };
        let desired = service.desired;
        let Some(primary) = service
            .deployments
            .iter_mut()
            .find(|deployment| deployment.status == "PRIMARY")
        else {
            return;
        };
        primary.desired = desired;
        primary.updated_at = now();
        let frames = if written && !rollout.frames.is_empty() {
            rollout.frames.clone()
        } else {
            // No deployment, so no rollout: the counts follow at the next poll.
            vec![crate::support::scenario::all_running()]
        };
        service.script.subject = primary.id.clone();
        service.script.frames = frames.into();
        service.script.left = 0;
        service.stale = (rollout.stale > 0).then_some((rollout.stale, before));
    }

    /// Changes the desired count as Auto Scaling would: the tasks follow at the next poll.
    pub(super) fn scale(&mut self, key: &Key, desired: u64) {
        if let Some(service) = self.services.get_mut(key) {
            service.desired = desired;
        }
        self.recount(key, Value::Null);
    }

    pub(super) fn delete_service(&mut self, call: &Call) -> Answer {
        let key = self.key_of(call)?;
        let service = self.services.get_mut(&key).ok_or_else(not_found)?;
        // "It's only necessary to use this if the service uses the REPLICA scheduling strategy" (DeleteService, force).
        let is_daemon = service.settings["schedulingStrategy"] == "DAEMON";
        if service.desired > 0 && !is_daemon && call.input["force"] != true {
            return Err(invalid(
                "The service cannot be stopped while it is scaled above 0.",
            ));
        }
        if service.status == "INACTIVE" {
            return Err(not_found());
        }
        service.status = "DRAINING".to_owned();
        service.desired = 0;
        service.drained_after = service.drained_after.or(Some(1));
        for deployment in &mut service.deployments {
            deployment.desired = 0;
        }
        Ok(json!({"service": service.value(&self.base, true)}))
    }

    /// Returns the service that a long ARN refers to.
    fn service_by_arn(&mut self, call: &Call) -> Result<&mut Service, Refusal> {
        let arn = call.text("resourceArn").unwrap_or_default();
        let mut parts = arn.rsplit('/');
        let name = parts.next().unwrap_or_default().to_owned();
        let cluster = parts.next().unwrap_or_default().to_owned();
        self.services.get_mut(&(cluster, name)).ok_or_else(|| {
            invalid("The specified service could not be found. Specify a valid service and try again.")
        })
    }

    pub(super) fn tag(&mut self, call: &Call) -> Answer {
        let new = call.input["tags"].as_array().cloned().unwrap_or_default();
        let service = self.service_by_arn(call)?;
        service
            .tags
            .retain(|tag| new.iter().all(|other| other["key"] != tag["key"]));
        service.tags.extend(new);
        Ok(json!({}))
    }

    pub(super) fn untag(&mut self, call: &Call) -> Answer {
        let keys = call.texts("tagKeys");
        let service = self.service_by_arn(call)?;
        service
            .tags
            .retain(|tag| keys.iter().all(|key| tag["key"] != key.as_str()));
        Ok(json!({}))
    }

    pub(super) fn tags_of(&mut self, call: &Call) -> Answer {
        Ok(json!({"tags": self.service_by_arn(call)?.tags}))
    }
}
