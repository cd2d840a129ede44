//! How a string that refers to a task definition is read.

use crate::model::{Arn, Base, DefinitionId};

/// What `taskDefinition: STRING` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DefinitionReference {
    /// A file, relative to deploy.yaml.
    Path(String),
    /// `FAMILY:REV`, or an ARN of a revision.
    Revision(String),
    /// Neither a path nor a revision.
    Unclear,
}

/// Classifies a string: a path has a `/` or ends in .json, .yaml or .yml; a revision is `FAMILY:REV` or
/// an ARN.
pub(crate) fn classify(text: &str) -> DefinitionReference {
    if text.parse::<Arn>().is_ok() {
        return match DefinitionId::parse(text) {
            Some(_) => DefinitionReference::Revision(text.to_owned()),
            None => DefinitionReference::Unclear,
        };
    }
    let is_file = [".json", ".yaml", ".yml"]
        .iter()
        .any(|ending| text.ends_with(ending));
    if text.contains('/') || is_file {
        return DefinitionReference::Path(text.to_owned());
    }
    match DefinitionId::parse(text) {
        Some(id) if is_name(&id.family) && id.revision > 0 => DefinitionReference::Revision(text.to_owned()),
        _ => DefinitionReference::Unclear,
    }
}

/// Reads `base: STRING`; a path is returned as `Err`. `None` if it is neither a path nor a base.
pub(crate) fn base(text: &str) -> Option<Result<Base, String>> {
    match classify(text) {
        DefinitionReference::Path(path) => Some(Err(path)),
        DefinitionReference::Revision(revision) => Some(Ok(Base::Revision(revision))),
        DefinitionReference::Unclear if text == "live" => Some(Ok(Base::Live)),
        DefinitionReference::Unclear => family(text).map(|family| Ok(Base::Family(family))),
    }
}

/// Returns the family that a text names, by itself or as an ARN without a revision (Terraform,
/// `aws_ecs_task_definition.arn_without_revision`).
fn family(text: &str) -> Option<String> {
    let arn = text.parse::<Arn>().ok().filter(|arn| arn.service == "ecs");
    let name = match &arn {
        Some(arn) => arn.resource.strip_prefix("task-definition/")?,
        None => text,
    };
    is_name(name).then(|| name.to_owned())
}

/// Whether a string is a valid name (ECS API, RegisterTaskDefinition, `family`, and ContainerDefinition,
/// `name`): up to 255 letters, numbers, underscores and hyphens.
pub(super) fn is_name(text: &str) -> bool {
    let is_legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    (1..=255).contains(&text.len()) && text.chars().all(is_legal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_revisions() {
        let path = |text: &str| DefinitionReference::Path(text.to_owned());
        let revision = |text: &str| DefinitionReference::Revision(text.to_owned());
        let arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:42";
        for (text, expected) in [
            ("td.json", path("td.json")),
            ("./td", path("./td")),
            ("ecs/td.yaml", path("ecs/td.yaml")),
            ("td.yml", path("td.yml")),
            ("web:42", revision("web:42")),
            (arn, revision(arn)),
            (
                "arn:aws:ecs:eu-west-1:123456789012:task-definition/web",
                DefinitionReference::Unclear,
            ),
            (
                "arn:aws:ecs:eu-west-1:123456789012:service/web",
                DefinitionReference::Unclear,
            ),
            ("web", DefinitionReference::Unclear),
            ("web:latest", DefinitionReference::Unclear),
            ("web:0", DefinitionReference::Unclear),
            ("web site:1", DefinitionReference::Unclear),
            ("", DefinitionReference::Unclear),
        ] {
            assert_eq!(classify(text), expected, "{text}");
        }
    }

    #[test]
    fn bases() {
        assert!(matches!(base("live"), Some(Ok(Base::Live))));
        assert!(matches!(base("web"), Some(Ok(Base::Family(family))) if family == "web"));
        assert!(matches!(base("web:3"), Some(Ok(Base::Revision(_)))));
        assert!(matches!(base("td.json"), Some(Err(path)) if path == "td.json"));
        let arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/web";
        assert!(matches!(base(arn), Some(Ok(Base::Family(family))) if family == "web"));
        let revision = format!("{arn}:3");
        assert!(matches!(base(&revision), Some(Ok(Base::Revision(id))) if id == revision));
        assert!(base("web site").is_none());
        assert!(base("arn:aws:ecs:eu-west-1:123456789012:service/web").is_none());
    }
}
