//! `images:`: where each image is pushed, and how it is built.

use std::sync::LazyLock;

use indexmap::IndexMap;
use regex::Regex;

use super::context::ReadContext;
use super::{build, keys, typed_values};
use crate::diagnostic::{Problem, joined};
use crate::model::{Entry, Image, ImageSource, Node, NodeKind, RegistryHost, Repository};
use crate::schema::similar_name;

/// A repository's name (ECR API, CreateRepository, `repositoryName`).
const REPOSITORY: &str = r"^([a-z0-9]+([._-][a-z0-9]+)*/)*[a-z0-9]+([._-][a-z0-9]+)*$";
/// A tag (OCI distribution specification, "Pulling manifests").
const TAG: &str = r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$";

fn matches(pattern: &'static str, text: &str) -> bool {
    static PATTERNS: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
        [REPOSITORY, TAG]
            .into_iter()
            .filter_map(|pattern| Some((pattern, Regex::new(pattern).ok()?)))
            .collect()
    });
    PATTERNS
        .iter()
        .any(|(known, regex)| *known == pattern && regex.is_match(text))
}

/// Reads `images:`. `given` holds the references of `--image NAME=REF`.
pub(super) fn read(root: &Node, context: &mut ReadContext<'_>) -> IndexMap<String, Image> {
    let mut images = IndexMap::new();
    let entry = typed_values::present(root, "images");
    let entries = entry.and_then(|entry| typed_values::mapping(entry, context.problems));
    for entry in entries
        .unwrap_or_default()
        .iter()
        .filter(|entry| !entry.value.is_null())
    {
        if let Some(image) = image(entry, context) {
            images.insert(entry.key.clone(), image);
        }
    }
    check_given(root, context);
    images
}

fn check_given(root: &Node, context: &mut ReadContext<'_>) {
    let names = root.get("images").and_then(Node::entries).unwrap_or_default();
    for (name, _) in &context.overrides.images {
        if names.iter().any(|entry| entry.key == *name) {
            continue;
        }
        let known = names.iter().map(|entry| entry.key.as_str());
        let meant = similar_name(name, known.clone());
        let problem = Problem::error(
            "unknown-image",
            format!("--image {name}=…: unknown image `{name}`"),
            None,
        );
        context.problems.push(match meant {
            Some(meant) => problem.hint(format!("did you mean --image {meant}=…?")),
            None => {
                let known: Vec<&str> = known.collect();
                problem.hint(format!("existing images: {}", listed(&known)))
            }
        });
    }
}

fn listed(names: &[&str]) -> String {
    if names.is_empty() {
        "nothing".to_owned()
    } else {
        joined(names)
    }
}

fn image(entry: &Entry, context: &mut ReadContext<'_>) -> Option<Image> {
    if !super::interpolate::is_name(&entry.key) {
        let message = format!("invalid image name `{}`", entry.key);
        context
            .problems
            .push(Problem::error("name", message, entry.key_span).label("letters, digits, `_` and `-`"));
    }
    typed_values::mapping(entry, context.problems)?;
    keys::IMAGE.check(&entry.value, &|_| None, context.problems);
    let repository = repository(entry, context);
    let tags = tags(&entry.value, context);
    let build = source(entry, context);
    let given = context
        .overrides
        .images
        .iter()
        .find(|(name, _)| *name == entry.key);
    let source = match given {
        Some((_, reference)) => Some(ImageSource::Given(reference.clone())),
        None => build,
    };
    Some(Image {
        name: entry.key.clone(),
        repository: repository?,
        source: source?,
        tags,
    })
}

fn source(entry: &Entry, context: &mut ReadContext<'_>) -> Option<ImageSource> {
    let build = typed_values::present(&entry.value, "build");
    if let Some(build) = build {
        return build::read(build, context).map(|build| ImageSource::Build(Box::new(build)));
    }
    let is_given = context
        .overrides
        .images
        .iter()
        .any(|(name, _)| *name == entry.key);
    let has_other = entry.value.get("from").is_some();
    if !is_given && !has_other && typed_values::lacks(&entry.value, "build", context.problems) {
        let message = format!("missing `build` in the image `{}`", entry.key);
        context.problems.push(
            Problem::error("missing-key", message, entry.key_span)
                .label("add the folder of the Dockerfile: `build: .`"),
        );
    }
    None
}

fn repository(image: &Entry, context: &mut ReadContext<'_>) -> Option<Repository> {
    let Some(entry) = typed_values::present(&image.value, "repository") else {
        if typed_values::lacks(&image.value, "repository", context.problems) {
            let message = format!("missing `repository` in the image `{}`", image.key);
            context.problems.push(
                Problem::error("missing-key", message, image.key_span)
                    .label("add the name of its Amazon ECR repository"),
            );
        }
        return None;
    };
    if entry.value.entries().is_some() {
        context
            .problems
            .push(typed_values::not_supported(entry, "`repository` as a mapping"));
        return None;
    }
    let text = typed_values::text(entry, context.problems)?;
    match parse_repository(&text) {
        Ok(repository) => Some(repository),
        Err((code, message, label)) => {
            context
                .problems
                .push(Problem::error(code, message, entry.value.span).label(label));
            None
        }
    }
}

type Refusal = (&'static str, String, String);

fn parse_repository(text: &str) -> Result<Repository, Refusal> {
    let refuse = |message: String, label: &str| Err(("repository", message, label.to_owned()));
    let (host, name) = match text.split_once('/') {
        Some((host, name)) if host.contains(['.', ':']) || host == "localhost" => (Some(host), name),
        _ => (None, text),
    };
    if let Some(host) = host {
        if host == "public.ecr.aws" {
            let message = "ECR Public is not supported yet by this version".to_owned();
            return Err(("not-supported", message, "not supported yet".to_owned()));
        }
        if RegistryHost::parse(host).is_none() {
            let message = format!("`{host}` is not an Amazon ECR registry");
            return refuse(
                message,
                "images are pushed to Amazon ECR; --registry HOST is for testing",
            );
        }
    }
    if name.contains('@') || name.contains(':') {
        return refuse(
            format!("`{text}` has a tag or a digest"),
            "write only the repository here; tags belong under `tags`",
        );
    }
    // ECR's limits: 2 to 256 characters.
    if !matches(REPOSITORY, name) || !(2..=256).contains(&name.len()) {
        let message = format!("invalid ECR repository name `{name}`");
        return refuse(
            message,
            "2 to 256 characters: a-z, 0-9, `.`, `_`, `-`, in parts separated by `/`",
        );
    }
    Ok(Repository {
        name: name.to_owned(),
        host: host.map(str::to_owned),
    })
}

fn tags(image: &Node, context: &mut ReadContext<'_>) -> Vec<String> {
    let Some(entry) = typed_values::present(image, "tags") else {
        return Vec::new();
    };
    let mut tags: Vec<String> = Vec::new();
    if let Some(items) = entry.value.items() {
        for item in items.iter().filter(|item| item.is_null()) {
            let unfilled = entry.with_value(item.clone());
            if !typed_values::is_reported(Some(&unfilled), context.problems) {
                context.problems.push(empty_tag(item));
            }
        }
    }
    let present = Node::new(
        entry.value.span,
        match &entry.value.kind {
            NodeKind::List(items) => {
                NodeKind::List(items.iter().filter(|item| !item.is_null()).cloned().collect())
            }
            other => other.clone(),
        },
    );
    let present = entry.with_value(present);
    for (tag, node) in typed_values::texts(&present, context.problems) {
        if tag.is_empty() {
            context.problems.push(empty_tag(node));
        } else if !matches(TAG, &tag) {
            let problem = Problem::error("tag", format!("invalid image tag `{tag}`"), node.span)
                .label("up to 128 letters, digits, `_`, `.` and `-`");
            let is_branch = tag.contains('/');
            context.problems.push(if is_branch {
                problem.hint("for a branch, use ${git.branchSlug}")
            } else {
                problem
            });
        } else if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

fn empty_tag(node: &Node) -> Problem {
    Problem::error("tag", "empty tag", node.span)
        .label("it resolves to an empty text; give a default: `${…:-latest}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repositories() {
        let ecr = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
        for (text, name, host) in [
            ("acme/web", "acme/web", None),
            ("web", "web", None),
            ("acme/team.x/web-1_a", "acme/team.x/web-1_a", None),
            (&format!("{ecr}/acme/web"), "acme/web", Some(ecr)),
            (
                "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/web",
                "web",
                Some("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn"),
            ),
            (
                "123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu/web",
                "web",
                Some("123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu"),
            ),
            (
                "123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov/web",
                "web",
                Some("123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov"),
            ),
            (
                "123456789012.dkr-ecr.eu-west-1.on.aws/web",
                "web",
                Some("123456789012.dkr-ecr.eu-west-1.on.aws"),
            ),
        ] {
            let expected = Repository {
                name: name.to_owned(),
                host: host.map(str::to_owned),
            };
            assert_eq!(parse_repository(text), Ok(expected));
        }
    }

    #[test]
    fn invalid_repositories() {
        for (text, message) in [
            ("acme/web:latest", "`acme/web:latest` has a tag or a digest"),
            ("Acme/web", "invalid ECR repository name `Acme/web`"),
            ("a", "invalid ECR repository name `a`"),
            ("a//b", "invalid ECR repository name `a//b`"),
            ("ghcr.io/acme/web", "`ghcr.io` is not an Amazon ECR registry"),
            (
                "localhost:5000/web",
                "`localhost:5000` is not an Amazon ECR registry",
            ),
            (
                "public.ecr.aws/acme/web",
                "ECR Public is not supported yet by this version",
            ),
            ("", "invalid ECR repository name ``"),
        ] {
            let (_, found, _) = parse_repository(text).expect_err(text);
            assert_eq!(found, message);
        }
    }
}
