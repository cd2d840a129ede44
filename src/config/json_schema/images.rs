//! `images:` in the JSON Schema.

use serde_json::json;

use super::api_shapes::{Completeness, Definitions};
use super::own_key::own_key;
use super::value_forms::{
    ValuePlace, constrained_text, list, map, mapping, not_null, of_type, source_text, text,
};
use crate::model::Object;

const MEMBER: ValuePlace = ValuePlace::Member;

/// Returns the schema of an image.
pub(super) fn image(definitions: &mut Definitions, completeness: Completeness) -> Object {
    let required = completeness.required(&["repository", "build"]);
    let place = match completeness {
        Completeness::Complete => ValuePlace::Present,
        Completeness::Overlay => MEMBER,
    };
    let tag = constrained_text(
        vec![json!({"pattern": r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$"})],
        ValuePlace::Present,
    );
    let build = definitions.refer("build", Completeness::Complete, |_| build());
    let build = match place {
        ValuePlace::Present => not_null(build),
        ValuePlace::Member => build,
    };
    let mut or_folder = Object::new();
    or_folder.insert("anyOf".to_owned(), json!([text(place), build]));
    let properties = members([
        (
            "repository",
            own_key(
                text(place),
                "The Amazon ECR repository, created at the first push.",
                json!("shop/web"),
            ),
        ),
        (
            "build",
            own_key(
                or_folder,
                "The folder of the Dockerfile, or a mapping in Docker's terms.",
                json!("."),
            ),
        ),
        (
            "tags",
            own_key(
                list(tag, MEMBER),
                "Additional tags for the pushed image.",
                json!(["${git.shortSha}"]),
            ),
        ),
    ]);
    mapping(properties, &required, MEMBER)
}

fn build() -> Object {
    let texts = || list(text(ValuePlace::Present), MEMBER);
    let folder = || constrained_text(vec![json!({"pattern": r"\S"})], MEMBER);
    let properties = members([
        (
            "context",
            own_key(
                folder(),
                "The build context, relative to deploy.yaml: by default the folder of deploy.yaml.",
                json!("./app"),
            ),
        ),
        (
            "dockerfile",
            own_key(
                folder(),
                "The Dockerfile, relative to deploy.yaml: by default Dockerfile in the context.",
                json!("docker/web.Dockerfile"),
            ),
        ),
        (
            "target",
            own_key(
                text(MEMBER),
                "The stage of the Dockerfile to build.",
                json!("runtime"),
            ),
        ),
        (
            "platform",
            own_key(
                text(MEMBER),
                "The platform: by default that of the tasks.",
                json!("linux/arm64"),
            ),
        ),
        (
            "args",
            own_key(
                pairs(),
                "Build arguments. Not for secrets: they stay in the image's history.",
                json!({"VERSION": "${git.sha}"}),
            ),
        ),
        (
            "secrets",
            own_key(
                secrets(),
                "Build secrets by the ID that `RUN --mount=type=secret` names.",
                json!({"npmrc": {"file": ".npmrc"}}),
            ),
        ),
        (
            "ssh",
            own_key(
                ssh(),
                "Whether `RUN --mount=type=ssh` gets the SSH agent.",
                json!(true),
            ),
        ),
        (
            "cacheFrom",
            own_key(
                texts(),
                "Images whose layers the build may reuse.",
                json!(["acme/web:cache"]),
            ),
        ),
        (
            "labels",
            own_key(
                pairs(),
                "Labels of the image.",
                json!({"org.opencontainers.image.source": "https://example.com/acme/web"}),
            ),
        ),
        (
            "network",
            own_key(text(MEMBER), "The network of `RUN` steps.", json!("host")),
        ),
        (
            "noCache",
            own_key(
                of_type("boolean", MEMBER),
                "Builds without the cache.",
                json!(true),
            ),
        ),
        (
            "pull",
            own_key(
                of_type("boolean", MEMBER),
                "Pulls the base images even if they are on this machine.",
                json!(true),
            ),
        ),
    ]);
    mapping(properties, &[], MEMBER)
}

/// A mapping with values as they are written, or a list of `KEY=VALUE`.
fn pairs() -> Object {
    let mut schema = map(source_text(MEMBER), MEMBER);
    schema.insert("type".to_owned(), json!(["object", "array", "string", "null"]));
    let pair = constrained_text(vec![json!({"pattern": "^[^=]+="})], ValuePlace::Present);
    schema.insert("items".to_owned(), pair.into());
    schema
}

fn secrets() -> Object {
    const SOURCES: [&str; 4] = ["env", "file", "ssm", "secretsmanager"];
    let properties = SOURCES.map(|key| (key, text(MEMBER)));
    let mut source = mapping(members(properties), &[], MEMBER);
    let one = SOURCES.map(|key| json!({"required": [key], "properties": {key: {"type": "string"}}}));
    let forms = json!([{"type": ["string", "null"]}, {"type": "object", "oneOf": one}]);
    source.insert("anyOf".to_owned(), forms);
    let mut schema = map(source, MEMBER);
    schema.insert("type".to_owned(), json!(["object", "array", "string", "null"]));
    schema.insert("items".to_owned(), text(ValuePlace::Present).into());
    schema
}

fn ssh() -> Object {
    let agent = || constrained_text(vec![json!({"const": "default"})], ValuePlace::Present);
    let mut schema = constrained_text(vec![json!({"const": "default"})], MEMBER);
    schema.insert("type".to_owned(), json!(["boolean", "string", "array", "null"]));
    schema.insert("items".to_owned(), agent().into());
    schema
}

fn members<const N: usize>(members: [(&str, Object); N]) -> Object {
    members
        .into_iter()
        .map(|(key, schema)| (key.to_owned(), schema.into()))
        .collect()
}
