//! Small manifests for unit tests.

use std::path::PathBuf;

use indexmap::IndexMap;
use serde_json::json;

use crate::model::{
    Build, Hooks, Image, ImageSource, Manifest, Node, Repository, ServiceSpec, TaskDefinitionSource, Value,
};
use crate::schema::testing::written;

/// Creates a value as if it were written in the file.
fn node(value: &Value) -> Node {
    written(value).node
}

/// Creates a service with its own task definition family and these fields.
pub(super) fn service(key: &str, fields: Value) -> ServiceSpec {
    ServiceSpec {
        key: key.to_owned(),
        span: node(&Value::Null).span,
        name: key.to_owned(),
        definition: TaskDefinitionSource::Owned(node(&json!({"family": key}))),
        fields: node(&fields),
        creation_defaults: node(&json!({})),
        fargate_if_supported: false,
        log_groups: Vec::new(),
        autoscaling: None,
        depends_on: Vec::new(),
        before_deploy: Vec::new(),
        code_deploy: None,
        after_deploy: Vec::new(),
    }
}

/// Creates an image that is built.
pub(super) fn image(name: &str, repository: &str) -> Image {
    Image {
        name: name.to_owned(),
        repository: Repository {
            name: repository.to_owned(),
            host: None,
        },
        source: ImageSource::Build(Box::new(Build::of("/".into()))),
        tags: Vec::new(),
    }
}

/// Creates a manifest with these services, in cluster `production`.
pub(super) fn manifest(services: impl IntoIterator<Item = ServiceSpec>) -> Manifest {
    Manifest {
        root: PathBuf::from("/"),
        account: None,
        cluster: "production".to_owned(),
        images: IndexMap::new(),
        services: services
            .into_iter()
            .map(|service| (service.key.clone(), service))
            .collect(),
        hooks: Hooks::default(),
        jobs: IndexMap::new(),
        schedule_group: None,
    }
}
