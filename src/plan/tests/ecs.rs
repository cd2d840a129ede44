//! A model of what ECS returns for its input: its defaults, its order, its read-only members.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::REPOSITORY;
use crate::ecs::{ClusterCapacity, Service, ServiceRevision, TaskDefinition};
use crate::model::{
    Base, DefinitionPlan, Digest, Identity, LogGroupId, Manifest, Plan, ServiceAction, ServiceSpec,
    TaskDefinitionSource,
};
use crate::plan::{Cluster, Observed, ObservedGroup, ObservedImage, ObservedService, ScalableTarget};

/// The ECS state of one cluster.
#[derive(Default)]
pub(super) struct Ecs {
    pub definitions: Vec<Value>,
    pub services: IndexMap<String, Value>,
    pub log_groups: Vec<LogGroupId>,
    pub deployed: IndexMap<Digest, Digest>,
    pub scalable: ScalableTarget,
    pub cluster: Cluster,
    pub capacity: Option<ClusterCapacity>,
    pub draining: bool,
}

const PREFIX: &str = "arn:aws:ecs:us-east-1:123456789012:task-definition/";

impl Ecs {
    pub fn register(&mut self, input: &Value) -> String {
        let family = input["family"].as_str().unwrap().to_owned();
        let of_family = self
            .definitions
            .iter()
            .filter(|definition| definition["family"] == family.as_str());
        let revision = of_family.count() + 1;
        let arn = format!("{PREFIX}{family}:{revision}");
        let mut described = input.clone();
        for (member, value) in [
            ("taskDefinitionArn", json!(arn)),
            ("revision", json!(revision)),
            ("status", json!("ACTIVE")),
            ("requiresAttributes", json!([{"name": "ecs.capability.task-eni"}])),
            ("compatibilities", json!(["EC2", "FARGATE"])),
            ("registeredAt", json!(1_700_000_000.5)),
            ("registeredBy", json!("arn:aws:iam::123456789012:user/ci")),
        ] {
            described[member] = value;
        }
        for member in ["volumes", "placementConstraints"] {
            absent(&mut described, member, json!([]));
        }
        absent(&mut described, "networkMode", json!("bridge"));
        if let Some(role) = described["taskRoleArn"]
            .as_str()
            .filter(|role| !role.starts_with("arn:"))
        {
            described["taskRoleArn"] = json!(format!("arn:aws:iam::123456789012:role/{role}"));
        }
        let shares_ports = matches!(described["networkMode"].as_str(), Some("awsvpc" | "host"));
        for container in described["containerDefinitions"].as_array_mut().unwrap() {
            returned_container(container, shares_ports);
        }
        described["containerDefinitions"]
            .as_array_mut()
            .unwrap()
            .reverse();
        for volume in described["volumes"].as_array_mut().unwrap() {
            absent(volume, "host", json!({}));
        }
        self.definitions.push(described);
        arn
    }

    pub fn definition(&self, arn: &str) -> Option<&Value> {
        self.definitions
            .iter()
            .find(|definition| definition["taskDefinitionArn"] == arn)
    }

    pub fn latest(&self, family: &str) -> Option<&Value> {
        let mut of_family = self.definitions.iter().rev();
        of_family.find(|definition| definition["family"] == family && definition["status"] == "ACTIVE")
    }

    pub fn create(&mut self, arn: &str, input: &Value) {
        let name = input["serviceName"].as_str().unwrap().to_owned();
        let mut service = input.clone();
        service["status"] = json!("ACTIVE");
        service["taskDefinition"] = json!(arn);
        for (member, value) in [
            ("desiredCount", json!(1)),
            ("platformVersion", json!("LATEST")),
            ("schedulingStrategy", json!("REPLICA")),
            ("deploymentController", json!({"type": "ECS"})),
            ("propagateTags", json!("NONE")),
            ("enableExecuteCommand", json!(false)),
            ("enableECSManagedTags", json!(false)),
            ("deploymentConfiguration", json!({})),
            ("placementStrategy", json!([])),
            ("placementConstraints", json!([])),
            ("loadBalancers", json!([])),
        ] {
            absent(&mut service, member, value);
        }
        if let Some(role) = service["role"].as_str() {
            service["roleArn"] = json!(format!("arn:aws:iam::123456789012:role/{role}"));
        }
        self.services.insert(name.clone(), service);
        self.returned(&name);
    }

    /// Adds defaults and changes the order, as DescribeServices does.
    fn returned(&mut self, name: &str) {
        let service = self.services.get_mut(name).unwrap();
        let is_daemon = service["schedulingStrategy"] == "DAEMON";
        let deployment = &mut service["deploymentConfiguration"];
        absent(
            deployment,
            "maximumPercent",
            json!(if is_daemon { 100 } else { 200 }),
        );
        absent(
            deployment,
            "minimumHealthyPercent",
            json!(if is_daemon { 0 } else { 100 }),
        );
        absent(deployment, "strategy", json!("ROLLING"));
        absent(deployment, "bakeTimeInMinutes", json!(0));
        absent(
            deployment,
            "alarms",
            json!({"alarmNames": [], "rollback": false, "enable": false}),
        );
        absent(
            deployment,
            "deploymentCircuitBreaker",
            json!({"enable": false, "rollback": false}),
        );
        absent(
            &mut deployment["deploymentCircuitBreaker"],
            "resetOnHealthyTask",
            json!(true),
        );
        deployment["cleverness"] = json!("a member that nobody knows yet");
        if let Some(network) = service.pointer_mut("/networkConfiguration/awsvpcConfiguration") {
            absent(network, "assignPublicIp", json!("DISABLED"));
            absent(network, "securityGroups", json!([]));
            network["subnets"].as_array_mut().unwrap().reverse();
        }
        for strategy in service["placementStrategy"].as_array_mut().unwrap() {
            if let Some(field @ ("cpu" | "memory")) = strategy["field"].as_str() {
                strategy["field"] = json!(field.to_uppercase());
            }
        }
        if let Some(balancers) = service["loadBalancers"].as_array_mut() {
            balancers.reverse();
        }
        let mut primary = json!({"id": "ecs-svc/1", "status": "PRIMARY"});
        for member in [
            "serviceConnectConfiguration",
            "volumeConfigurations",
            "vpcLatticeConfigurations",
        ] {
            if let Some(value) = service.get(member) {
                primary[member] = value.clone();
            }
        }
        let services = primary.pointer_mut("/serviceConnectConfiguration/services");
        for connected in services.and_then(Value::as_array_mut).into_iter().flatten() {
            let name = connected["portName"].clone();
            absent(connected, "discoveryName", name);
        }
        service["deployments"] = json!([{"id": "ecs-svc/0", "status": "ACTIVE"}, primary]);
    }

    fn update(&mut self, name: &str, arn: &str, input: &Value) {
        let service = self.services.get_mut(name).unwrap();
        service["taskDefinition"] = json!(arn);
        for (member, value) in input.as_object().unwrap() {
            match (member.as_str(), value) {
                ("forceNewDeployment", _) => {}
                ("deploymentConfiguration", Value::Object(named)) => {
                    let there = service["deploymentConfiguration"].as_object_mut().unwrap();
                    there.extend(named.clone());
                }
                _ => service[member] = value.clone(),
            }
        }
        self.returned(name);
    }

    pub fn apply(&mut self, plan: &Plan) {
        self.cluster = Cluster::Active;
        let groups = plan.log_groups.iter();
        self.log_groups.extend(groups.map(|group| LogGroupId {
            name: group.name.clone(),
            region: group.region.clone(),
        }));
        for service in &plan.services {
            let arn = match &service.definition {
                DefinitionPlan::Keep { arn } => arn.clone(),
                DefinitionPlan::Register { input, pending, .. } => {
                    assert!(pending.is_empty(), "nothing pending is applied");
                    self.register(input)
                }
            };
            match &service.action {
                ServiceAction::Keep => {}
                ServiceAction::Create { input, .. } => self.create(&arn, input),
                ServiceAction::Update { input, tags, .. } => {
                    self.update(&service.name, &arn, input);
                    let there = self.services.get_mut(&service.name).unwrap();
                    absent(there, "tags", json!([]));
                    let there = there["tags"].as_array_mut().unwrap();
                    for (key, value) in tags {
                        there.retain(|tag| tag["key"] != key.as_str());
                        there.push(json!({"key": key, "value": value}));
                    }
                }
            }
        }
    }

    pub fn observe(&self, manifest: &Manifest) -> Observed {
        let image = ObservedImage {
            repository_uri: REPOSITORY.to_owned(),
            repository_exists: true,
            deployed: self.deployed.clone(),
        };
        let services = manifest.services.values();
        Observed {
            identity: Some(Identity {
                account: "123456789012".parse().unwrap(),
                arn: "arn:aws:iam::123456789012:user/ci".to_owned(),
            }),
            region: "us-east-1".to_owned(),
            cluster: self.cluster,
            capacity: self.capacity.clone(),
            services: services
                .map(|service| (service.key.clone(), self.observe_one(service)))
                .collect(),
            images: [("web".to_owned(), image)].into_iter().collect(),
            log_groups: self.log_groups.clone(),
            other_retention: Vec::new(),
            unknown_log_groups: Vec::new(),
            jobs: indexmap::IndexMap::new(),
            schedules: crate::plan::ObservedSchedules::default(),
            target_groups: crate::plan::ObservedTargetGroups::default(),
        }
    }

    fn observe_one(&self, service: &ServiceSpec) -> ObservedService {
        let there = self.services.get(&service.name);
        let running = there.and_then(|there| self.definition(there["taskDefinition"].as_str()?));
        let family = match &service.definition {
            TaskDefinitionSource::Owned(node) => node.get("family").and_then(|family| family.as_str()),
            TaskDefinitionSource::Based { changes, .. } => {
                changes.get("family").and_then(|family| family.as_str())
            }
            TaskDefinitionSource::Revision(..) => None,
        };
        let base = match &service.definition {
            TaskDefinitionSource::Revision(revision, _)
            | TaskDefinitionSource::Based {
                base: Base::Revision(revision),
                ..
            } => self.definition(&format!("{PREFIX}{revision}")),
            TaskDefinitionSource::Based {
                base: Base::Family(family),
                ..
            } => self.latest(family),
            _ => None,
        };
        ObservedService {
            service: there.cloned().map(Service::read),
            draining: self.draining,
            deployment_group: ObservedGroup::Unread,
            running_definition: running.cloned().map(TaskDefinition::read),
            latest_definition: family
                .and_then(|family| self.latest(family))
                .cloned()
                .map(TaskDefinition::read),
            base_definition: base.cloned().map(TaskDefinition::read),
            service_revision: there.and_then(|there| {
                let mut revision = json!({"serviceRevisionArn": "arn"});
                for member in ["monitoring", "gatewayConnectors"] {
                    if let Some(value) = there.get(member) {
                        revision[member] = value.clone();
                    }
                }
                ServiceRevision::read(revision)
            }),
            scalable_target: self.scalable.clone(),
            changed_secrets: Vec::new(),
            scaling: None,
        }
    }
}

fn returned_container(container: &mut Value, shares_ports: bool) {
    for member in [
        "environment",
        "mountPoints",
        "volumesFrom",
        "systemControls",
        "portMappings",
    ] {
        absent(container, member, json!([]));
    }
    absent(container, "cpu", json!(0));
    absent(container, "essential", json!(true));
    for port in container["portMappings"].as_array_mut().unwrap() {
        let host = if shares_ports {
            port["containerPort"].clone()
        } else {
            json!(0)
        };
        absent(port, "hostPort", host);
        absent(port, "protocol", json!("tcp"));
    }
    if let Some(check) = container.get_mut("healthCheck").filter(|check| check.is_object()) {
        absent(check, "interval", json!(30));
        absent(check, "timeout", json!(5));
        absent(check, "retries", json!(3));
    }
    for list in ["environment", "secrets"] {
        if let Some(items) = container.get_mut(list).and_then(Value::as_array_mut) {
            items.reverse();
        }
    }
}

fn absent(object: &mut Value, member: &str, default: Value) {
    if object.get(member).is_none_or(Value::is_null) {
        object[member] = default;
    }
}
