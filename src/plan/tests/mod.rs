//! Tests of the whole plan, against a small pure model of what ECS returns.

mod bases;
mod definition;
mod ecs;
mod laws;
mod refusals;
mod service;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::{PlanError, PlanOptions, make};
use crate::model::{
    Base, Build, Digest, Hooks, Image, ImageSource, ImageState, Manifest, Node, Plan, Repository,
    ServicePlan, ServiceSpec, TaskDefinitionSource,
};
use crate::schema::EcsOperation;
use crate::schema::testing::{valid, written};
use ecs::Ecs;

/// Converts a value to a node like the parser's. `image:web` in it is `${images.web}`.
fn node(value: Value) -> Node {
    written(&value).node
}

fn digest(letter: char) -> Digest {
    format!("sha256:{}", letter.to_string().repeat(64))
        .parse()
        .unwrap()
}

/// Returns a service that owns its definition.
fn service(key: &str, definition: Value, fields: Value) -> ServiceSpec {
    ServiceSpec {
        key: key.to_owned(),
        span: node(json!(null)).span,
        name: key.to_owned(),
        definition: TaskDefinitionSource::Owned(node(definition)),
        fields: node(fields),
        creation_defaults: node(json!({})),
        fargate_if_supported: false,
        log_groups: Vec::new(),
        autoscaling: None,
        depends_on: Vec::new(),
        before_deploy: Vec::new(),
        code_deploy: None,
        after_deploy: Vec::new(),
    }
}

fn based(base: Base, changes: Value) -> ServiceSpec {
    ServiceSpec {
        definition: TaskDefinitionSource::Based {
            base,
            span: node(json!(null)).span,
            changes: node(changes),
        },
        ..service("web", json!({}), json!({}))
    }
}

/// Returns `web`, a Fargate service with its own image.
fn web() -> ServiceSpec {
    service("web", web_definition(), json!({"desiredCount": 2}))
}

fn web_definition() -> Value {
    json!({
        "family": "web", "cpu": "256", "memory": "512", "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "containerDefinitions": [{
            "name": "web", "image": "image:web", "essential": true,
            "portMappings": [{"containerPort": 8080}],
            "environment": [{"name": "LOG_LEVEL", "value": "info"}, {"name": "A", "value": "1"}],
        }],
    })
}

/// Generates any definition of the family `web`, whose containers are `c0`, `c1` and so on.
fn any_named_definition(seed: u64) -> Value {
    let mut definition = valid(EcsOperation::RegisterTaskDefinition.input(), seed);
    definition["family"] = json!("web");
    let containers = definition["containerDefinitions"].as_array_mut().unwrap();
    if containers.is_empty() {
        containers.push(json!({}));
    }
    for (at, container) in containers.iter_mut().enumerate() {
        container["name"] = json!(format!("c{at}"));
    }
    definition
}

fn image(name: &str, tags: &[&str]) -> Image {
    Image {
        name: name.to_owned(),
        repository: Repository {
            name: format!("acme/{name}"),
            host: None,
        },
        source: ImageSource::Build(Box::new(Build::of("/app".into()))),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
    }
}

fn manifest(services: impl IntoIterator<Item = ServiceSpec>) -> Manifest {
    Manifest {
        root: "/app".into(),
        account: None,
        cluster: "default".to_owned(),
        images: [("web".to_owned(), image("web", &[]))].into_iter().collect(),
        services: services
            .into_iter()
            .map(|service| (service.key.clone(), service))
            .collect(),
        hooks: Hooks::default(),
        jobs: IndexMap::new(),
        schedule_group: None,
    }
}

const REPOSITORY: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web";

fn unbuilt() -> IndexMap<String, ImageState> {
    [("web".to_owned(), ImageState::Unbuilt)].into_iter().collect()
}

fn built(id: char) -> IndexMap<String, ImageState> {
    let state = ImageState::Built {
        id: digest(id),
        manifest: None,
    };
    [("web".to_owned(), state)].into_iter().collect()
}

fn pinned(manifest: char, id: char) -> IndexMap<String, ImageState> {
    let state = ImageState::Pinned {
        repository: REPOSITORY.to_owned(),
        digest: digest(manifest),
        tag: None,
        id: Some(digest(id)),
    };
    [("web".to_owned(), state)].into_iter().collect()
}

fn given(reference: &str) -> IndexMap<String, ImageState> {
    let state = ImageState::Given {
        reference: reference.to_owned(),
    };
    [("web".to_owned(), state)].into_iter().collect()
}

/// Deploys an image with ID `config` and digest `digest_of`: plans twice, then applies the plan.
fn deploy(ecs: &mut Ecs, manifest: &Manifest, config: char, digest_of: char) -> Plan {
    ecs.deployed.insert(digest(digest_of), digest(config));
    let first = planned(ecs, manifest, &built(config));
    let second = planned(ecs, manifest, &pinned(digest_of, config));
    super::refines(&first, &second).unwrap();
    ecs.apply(&second);
    second
}

fn planned(ecs: &Ecs, manifest: &Manifest, images: &IndexMap<String, ImageState>) -> Plan {
    make(manifest, &ecs.observe(manifest), images, &PlanOptions::default()).unwrap()
}

fn refused(ecs: &Ecs, manifest: &Manifest) -> Vec<PlanError> {
    let observed = ecs.observe(manifest);
    make(manifest, &observed, &pinned('d', 'c'), &PlanOptions::default()).unwrap_err()
}

/// Formats each change as `path: before -> after (note)`.
fn lines(changes: &[crate::model::Change]) -> Vec<String> {
    use crate::model::DisplayValue;
    let shown = |shown: &DisplayValue| match shown {
        DisplayValue::Absent => "absent".to_owned(),
        DisplayValue::Hidden => "hidden".to_owned(),
        DisplayValue::Pending(text) => format!("pending {text}"),
        DisplayValue::Value(value) => value.to_string(),
    };
    let line = |change: &crate::model::Change| {
        let note = change
            .note
            .as_ref()
            .map(|note| format!(" ({note})"))
            .unwrap_or_default();
        format!(
            "{}: {} -> {}{note}",
            change.path,
            shown(&change.before),
            shown(&change.after)
        )
    };
    changes.iter().map(line).collect()
}

fn only(plan: &Plan) -> &ServicePlan {
    assert_eq!(plan.services.len(), 1);
    &plan.services[0]
}
