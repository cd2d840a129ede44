//! `build:`: a folder, or a mapping with Docker's terms.

use std::path::{Path, PathBuf};

use indexmap::IndexMap;

use super::context::ReadContext;
use super::{keys, typed_values};
use crate::diagnostic::{Problem, Problems, Span};
use crate::model::{Build, BuildSecret, Entry, Node, NodeKind, Platform, split_secret};

/// Reads a build. Its platform is settled later, once it is known which services use the image.
pub(super) fn read(entry: &Entry, context: &mut ReadContext<'_>) -> Option<Build> {
    match &entry.value.kind {
        NodeKind::Map(_) => {}
        NodeKind::Text(_) => {
            return Some(named_in(Build::of(path(entry, context)?), entry.value.span));
        }
        _ => {
            context
                .problems
                .push(typed_values::wrong(entry, &entry.value, "a folder or a mapping"));
            return None;
        }
    }
    keys::BUILD.check(&entry.value, &|_| None, context.problems);
    let node = &entry.value;
    let (folder, span) = match typed_values::present(node, "context") {
        Some(folder) => (path(folder, context)?, folder.value.span),
        None => (context.root.to_owned(), entry.key_span),
    };
    let mut build = named_in(Build::of(folder), span);
    if let Some(dockerfile) = typed_values::present(node, "dockerfile") {
        // Relative to deploy.yaml like every path in the file, and like `docker build -f`: not relative to the
        // context.
        build.dockerfile = path(dockerfile, context)?;
        build.dockerfile_span = Some(dockerfile.value.span);
    }
    let problems = &mut *context.problems;
    let optional = |key| typed_values::present(node, key);
    build.target = optional("target").and_then(|entry| typed_values::text(entry, problems));
    build.network = optional("network").and_then(|entry| typed_values::text(entry, problems));
    build.args = optional("args").map_or_else(IndexMap::new, |entry| typed_values::text_map(entry, problems));
    build.labels =
        optional("labels").map_or_else(IndexMap::new, |entry| typed_values::text_map(entry, problems));
    build.no_cache = flag(node, "noCache", problems);
    build.pull = flag(node, "pull", problems);
    build.ssh = optional("ssh").is_some_and(|entry| ssh(entry, problems));
    build.cache_from = optional("cacheFrom").map_or_else(Vec::new, |entry| {
        typed_values::texts(entry, problems)
            .into_iter()
            .map(|(text, _)| text)
            .collect()
    });
    if let Some(secrets) = optional("secrets") {
        build.secrets = self::secrets(secrets, context);
    }
    if let Some(platform) = typed_values::present(node, "platform") {
        build.platform = self::platform(platform, context.problems)?;
    }
    Some(build)
}

fn named_in(build: Build, span: Span) -> Build {
    Build {
        context_span: Some(span),
        dockerfile_span: Some(span),
        ..build
    }
}

/// Reads a nonempty path. For an empty one, `below` would return the folder of deploy.yaml.
fn path(entry: &Entry, context: &mut ReadContext<'_>) -> Option<PathBuf> {
    let text = typed_values::text(entry, context.problems)?;
    if text.trim().is_empty() {
        let message = format!("`{}` is empty", entry.key);
        context
            .problems
            .push(Problem::error("empty", message, entry.value.span).label("it resolves to an empty text"));
        return None;
    }
    Some(below(context.root, &text))
}

/// Joins a path from the file to `root`, without the `.` of `build: .`, as it is shown to users.
fn below(root: &Path, path: &str) -> PathBuf {
    root.join(path).components().collect()
}

fn flag(node: &Node, key: &str, problems: &mut Problems) -> bool {
    typed_values::present(node, key).is_some_and(|entry| typed_values::boolean(entry, problems) == Some(true))
}

/// Reads `true`, or Compose's `default` and `[default]`: the agent of SSH_AUTH_SOCK.
fn ssh(entry: &Entry, problems: &mut Problems) -> bool {
    let is_default = |node: &Node| node.as_str() == Some("default");
    if is_default(&entry.value)
        || entry
            .value
            .items()
            .is_some_and(|items| items.iter().all(is_default))
    {
        return true;
    }
    typed_values::boolean(entry, problems) == Some(true)
}

fn platform(entry: &Entry, problems: &mut Problems) -> Option<Platform> {
    let text = typed_values::text(entry, problems)?;
    match text.parse() {
        Ok(platform) => Some(platform),
        Err(_) => {
            let message = format!("`{text}` is not a platform");
            problems.push(
                Problem::error("platform", message, entry.value.span)
                    .label("OS/ARCHITECTURE: linux/amd64, linux/arm64"),
            );
            None
        }
    }
}

/// The keys of a build secret.
const SECRET_SOURCES: [&str; 4] = ["env", "file", "ssm", "secretsmanager"];
const WHERE_SECRETS_ARE: &str = "write {env: NAME}, {file: PATH}, {ssm: NAME} or {secretsmanager: NAME}";

/// Reads `{ID: {env: NAME}}` and the other sources, or a list of variables that serve as IDs too.
fn secrets(entry: &Entry, context: &mut ReadContext<'_>) -> IndexMap<String, BuildSecret> {
    let mut secrets = IndexMap::new();
    if entry.value.items().is_some() {
        for (name, _) in typed_values::texts(entry, context.problems) {
            secrets.insert(name.clone(), BuildSecret::Env(name));
        }
        return secrets;
    }
    let entries = typed_values::mapping(entry, context.problems).unwrap_or_default();
    for member in entries.iter().filter(|member| !member.value.is_null()) {
        if let Some(secret) = secret(member, context) {
            secrets.insert(member.key.clone(), secret);
        }
    }
    secrets
}

fn secret(entry: &Entry, context: &mut ReadContext<'_>) -> Option<BuildSecret> {
    if entry.value.entries().is_none() {
        // A secret's value must never be in the file, so it isn't shown either.
        let message = format!("the build secret `{}` needs the source of its value", entry.key);
        context
            .problems
            .push(Problem::error("wrong-type", message, entry.value.span).label(WHERE_SECRETS_ARE));
        return None;
    }
    keys::BUILD_SECRET.check(&entry.value, &|_| None, context.problems);
    let given: Vec<&Entry> = SECRET_SOURCES
        .iter()
        .filter_map(|key| typed_values::present(&entry.value, key))
        .collect();
    match given.as_slice() {
        [source] if source.key == "file" => path(source, context).map(BuildSecret::File),
        [source] => {
            let name = typed_values::text(source, context.problems)?;
            named_secret(source, name, context)
        }
        [] if SECRET_SOURCES
            .iter()
            .any(|key| !typed_values::lacks(&entry.value, key, context.problems)) =>
        {
            None
        }
        _ => {
            let message = format!(
                "the build secret `{}` needs one of `env`, `file`, `ssm` and `secretsmanager`",
                entry.key
            );
            context
                .problems
                .push(Problem::error("missing-key", message, entry.key_span).label(WHERE_SECRETS_ARE));
            None
        }
    }
}

fn named_secret(source: &Entry, name: String, context: &mut ReadContext<'_>) -> Option<BuildSecret> {
    let is_legal = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control());
    match source.key.as_str() {
        "env" => Some(BuildSecret::Env(name)),
        "ssm" if is_legal => Some(BuildSecret::Parameter(name)),
        "secretsmanager" if is_legal && split_secret(&name).is_some() => Some(BuildSecret::Secret(name)),
        key => {
            let message = format!("invalid name of a build secret in `{key}`");
            let label = match key {
                "ssm" => "write the name or ARN of a parameter",
                _ => "write NAME, or NAME:JSON_KEY:VERSION_STAGE:VERSION_ID",
            };
            let problem = Problem::error("build-secret", message, source.value.span);
            context.problems.push(problem.label(label));
            None
        }
    }
}
