//! `build`: the image that ecsctl builds.

use super::interpolation::environment_variable;
use super::parts::ComposeParts;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::names::repository_name;
use crate::init::relative_path::relative;
use crate::init::source_reader::scalar;
use crate::model::{Node, NodeKind};

/// The attributes that are drafted.
const DRAFTED: [&str; 13] = [
    "context",
    "dockerfile",
    "target",
    "args",
    "labels",
    "cache_from",
    "network",
    "no_cache",
    "pull",
    "platforms",
    "secrets",
    "ssh",
    "dockerfile_inline",
];

/// Drafts an image. `secrets` are those of the whole file.
pub(super) fn image(
    build: &Node,
    service: &Node,
    secrets: Option<&Node>,
    parts: &mut ComposeParts<'_, '_>,
) -> DraftMap {
    let mut image = DraftMap::default();
    image.put("repository", repository(service, parts).as_str());
    if !matches!(build.kind, NodeKind::Map(_)) {
        let context = parts.reader.known("build", build).unwrap_or_default();
        image.put("build", context_draft(&context, &mut DraftMap::default(), parts));
        return image;
    }
    let mut draft = DraftMap::default();
    let context = build.get("context").filter(|node| !node.is_null());
    let context = context.and_then(|node| parts.reader.known("context", node));
    let context = context.unwrap_or_else(|| ".".to_owned());
    let folder = context_draft(&context, &mut draft, parts);
    draft.put("context", folder);
    members(build, &context, &mut draft, parts);
    if let Some(node) = build.get("secrets") {
        self::secrets(node, secrets, &mut draft, parts);
    }
    image.put("build", draft);
    image
}

/// Returns the repository's name: that of the image, or of the service.
fn repository(service: &Node, parts: &mut ComposeParts<'_, '_>) -> String {
    let image = service.get("image").filter(|node| !node.is_null());
    let image = image.and_then(|node| {
        let template = parts.reader.template("image", node)?;
        template.known().ok()
    });
    let path = image.as_deref().map(|image| match image.split_once('/') {
        Some((host, path)) if host.contains(['.', ':']) || host == "localhost" => path,
        _ => image,
    });
    let path = path.and_then(|path| path.split([':', '@']).next());
    let fallback = repository_name(parts.key, "app");
    path.map_or(fallback.clone(), |path| repository_name(path, &fallback))
}

/// Returns the folder of the build, with a note if it is none.
fn context_draft(context: &str, draft: &mut DraftMap, parts: &mut ComposeParts<'_, '_>) -> DraftValue {
    let is_remote = context.contains("://") || context.starts_with("git@");
    if is_remote {
        draft.todo("clone the repository, and name its folder: ecsctl builds folders");
        return ".".into();
    }
    DraftValue::plain(&parts.path(context))
}

fn members(build: &Node, context: &str, draft: &mut DraftMap, parts: &mut ComposeParts<'_, '_>) {
    for entry in build.members().iter().filter(|entry| !entry.value.is_null()) {
        let (key, node) = (entry.key.as_str(), &entry.value);
        match key {
            // Compose's is relative to the context, ecsctl's to deploy.yaml.
            "dockerfile" => {
                if let Some(path) = parts.reader.known(key, node) {
                    let path = relative(context.trim_end_matches('/'), &path);
                    let path = parts.path(path.strip_prefix("./").unwrap_or(&path));
                    draft.put(key, DraftValue::plain(&path));
                }
            }
            "dockerfile_inline" => {
                draft.todo("write the Dockerfile that compose has under `dockerfile_inline`")
            }
            "target" | "network" => {
                if let Some(text) = parts.reader.text(key, node) {
                    draft.put(key, text.as_str());
                }
            }
            "args" | "labels" => pairs(key, node, draft, parts),
            "cache_from" => {
                let texts = parts.reader.texts(key, node);
                let texts = texts.iter().map(|text| text.as_str().into());
                draft.put("cacheFrom", DraftValue::List(texts.collect()));
            }
            "no_cache" | "pull" => {
                let member = if key == "pull" { key } else { "noCache" };
                if let Some(flag) = parts.reader.flag(key, node) {
                    draft.put(member, DraftValue::Scalar(flag.into()));
                }
            }
            "platforms" => platforms(node, parts),
            "ssh" => ssh(node, draft, parts),
            key if DRAFTED.contains(&key) || key.starts_with("x-") => {}
            key => parts.leave_out(&format!("build.{key}"), ""),
        }
    }
}

fn pairs(key: &str, node: &Node, draft: &mut DraftMap, parts: &mut ComposeParts<'_, '_>) {
    let mut members = DraftMap::default();
    for (name, value) in parts.reader.pairs(key, node) {
        let value = value.unwrap_or_else(|| environment_variable(&name, &parts.inputs.variables));
        if let Some(value) = parts.reader.drafted(&value, node.span) {
            members.put(&name, value.as_str());
        }
    }
    if !members.is_empty() {
        draft.put(key, members);
    }
}

/// Notes several platforms; a single one is that of the task.
fn platforms(node: &Node, parts: &mut ComposeParts<'_, '_>) {
    if parts.reader.items("platforms", node).len() > 1 {
        parts.leave_out(
            "build.platforms",
            "ecsctl builds for the platform of the task definition",
        );
    }
}

/// Adds the SSH agent: ecsctl forwards the default one.
fn ssh(node: &Node, draft: &mut DraftMap, parts: &mut ComposeParts<'_, '_>) {
    let texts = parts.reader.texts("ssh", node);
    match texts.iter().all(|text| text == "default") {
        true => draft.put("ssh", DraftValue::Scalar(true.into())),
        false => parts.leave_out("build.ssh", "ecsctl forwards the default agent: `ssh: true`"),
    }
}

/// Adds the build's secrets, whose sources are under `secrets:` of the whole file.
fn secrets(node: &Node, all: Option<&Node>, draft: &mut DraftMap, parts: &mut ComposeParts<'_, '_>) {
    let mut members = DraftMap::default();
    for item in parts.reader.items("secrets", node) {
        let source = item.get("source").unwrap_or(item);
        let Some(name) = scalar(source) else {
            parts.reader.wrong("secrets", item, "a list of names");
            continue;
        };
        let id = item.get("target").and_then(scalar).unwrap_or(name);
        let definition = all.and_then(|all| all.get(name));
        let of = |key: &str| definition.and_then(|it| it.get(key));
        let mut secret = DraftMap::default();
        if let Some(path) = of("file").and_then(|node| parts.reader.known("file", node)) {
            secret.put("file", DraftValue::plain(&parts.path(&path)));
        } else if let Some(variable) = of("environment").and_then(scalar) {
            secret.put("env", DraftValue::plain(variable));
        } else {
            parts.leave_out(
                &format!("build.secrets {name}"),
                "it has neither a file nor a variable",
            );
            continue;
        }
        members.put(id, secret);
    }
    if !members.is_empty() {
        draft.put("secrets", members);
    }
}
