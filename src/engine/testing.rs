//! Small manifests for unit tests.

use std::path::PathBuf;

use indexmap::IndexMap;
use serde_json::json;

use crate::diagnostic::{SourceId, Span};
use crate::model::{
    Build, Entry, Image, ImageSource, Manifest, Node, NodeKind, Platform, Repository, Service,
    TaskDefinition, Text, Value,
};

const SPAN: Span = Span {
    source: SourceId(0),
    start: 0,
    end: 0,
};

/// A value as if it had been written in the file.
pub(super) fn node(value: &Value) -> Node {
    let kind = match value {
        Value::Null => NodeKind::Null,
        Value::Bool(value) => NodeKind::Bool(*value, value.to_string()),
        Value::Number(number) => NodeKind::Number(number.clone(), number.to_string()),
        Value::String(text) => NodeKind::Text(Text::literal(text.clone())),
        Value::Array(items) => NodeKind::List(items.iter().map(node).collect()),
        Value::Object(members) => NodeKind::Map(
            members
                .iter()
                .map(|(key, value)| Entry {
                    key: key.clone(),
                    key_span: SPAN,
                    value: node(value),
                })
                .collect(),
        ),
    };
    Node { span: SPAN, kind }
}

/// A service of its own family, with these fields.
pub(super) fn service(key: &str, fields: Value) -> Service {
    Service {
        key: key.to_owned(),
        span: SPAN,
        name: key.to_owned(),
        definition: TaskDefinition::Owned(node(&json!({"family": key}))),
        fields: node(&fields),
        creation_defaults: node(&json!({})),
        log_groups: Vec::new(),
        depends_on: Vec::new(),
    }
}

/// An image that is built.
pub(super) fn image(name: &str, repository: &str) -> Image {
    Image {
        name: name.to_owned(),
        repository: Repository {
            name: repository.to_owned(),
            host: None,
        },
        source: ImageSource::Build(Box::new(Build {
            context: PathBuf::from("/"),
            dockerfile: PathBuf::from("/Dockerfile"),
            target: None,
            args: IndexMap::new(),
            labels: IndexMap::new(),
            cache_from: Vec::new(),
            network: None,
            secrets: IndexMap::new(),
            ssh: false,
            no_cache: false,
            pull: false,
            platform: Platform::linux_amd64(),
        })),
        tags: Vec::new(),
    }
}

/// A file with these services, in cluster `production`.
pub(super) fn manifest(services: impl IntoIterator<Item = Service>) -> Manifest {
    Manifest {
        root: PathBuf::from("/"),
        account: None,
        cluster: "production".to_owned(),
        images: IndexMap::new(),
        services: services
            .into_iter()
            .map(|service| (service.key.clone(), service))
            .collect(),
    }
}
