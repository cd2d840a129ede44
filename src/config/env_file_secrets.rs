//! The values of dotenv files that no output shows.

use crate::model::{ImageSource, Manifest, Node, TaskDefinitionSource};
use crate::schema::{holds_secret, secrets_in};

/// Returns the texts by which the values of dotenv files are found in an output. A plain word, a number, a region, and
/// a part of one of the `names` are hidden only where they are set: without these words nobody could read an output.
pub fn env_file_secrets(variables: &[(String, String)], names: &[String]) -> Vec<String> {
    let is_needed =
        |text: &str| is_word(text) || is_region(text) || names.iter().any(|name| name.contains(text));
    let secrets = variables
        .iter()
        .flat_map(|(name, value)| match holds_secret(name, value) {
            true => secrets_in(name, value),
            false => {
                let parts = secrets_in("SECRET", value).into_iter();
                parts.filter(|part| !is_needed(part)).collect()
            }
        });
    secrets.collect()
}

/// Returns the names in a manifest that AWS shows in plain text.
pub fn shown_names(manifest: &Manifest) -> Vec<String> {
    let mut names = vec![manifest.cluster.clone()];
    names.extend(
        manifest
            .account
            .as_ref()
            .map(|account| account.as_str().to_owned()),
    );
    for (key, image) in &manifest.images {
        names.extend([key.clone(), image.repository.name.clone()]);
        names.extend(image.repository.host.clone());
        names.extend(image.tags.iter().cloned());
        if let ImageSource::Given(reference) = &image.source {
            names.push(reference.clone());
        }
    }
    names.extend(manifest.jobs.keys().cloned());
    for service in manifest.specs() {
        names.extend([service.key.clone(), service.name.clone()]);
        names.extend(service.log_groups.iter().map(|group| group.name.clone()));
        match &service.definition {
            TaskDefinitionSource::Owned(node) => names.extend(names_of(node)),
            TaskDefinitionSource::Based { changes, .. } => names.extend(names_of(changes)),
            TaskDefinitionSource::Revision(revision, _) => names.push(revision.clone()),
        }
    }
    names
}

/// Returns the family, and the names and images of the containers.
fn names_of(definition: &Node) -> Vec<String> {
    let family = definition.get("family").and_then(Node::as_str);
    let mut names: Vec<String> = family.map(str::to_owned).into_iter().collect();
    let Some(containers) = definition.get("containerDefinitions") else {
        return names;
    };
    let by_name = containers.members();
    names.extend(by_name.iter().map(|entry| entry.key.clone()));
    let containers = containers.items().unwrap_or_default().iter();
    for container in containers.chain(by_name.iter().map(|entry| &entry.value)) {
        let texts = ["name", "image"].iter().filter_map(|key| container.text_of(key));
        names.extend(texts.map(str::to_owned));
    }
    names
}

/// Whether it is letters or digits only, and not too long for a word or a number.
fn is_word(text: &str) -> bool {
    text.len() <= 12
        && (text.bytes().all(|byte| byte.is_ascii_alphabetic())
            || text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether it has the form of an AWS region: `us-gov-west-1`.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let Some((number, words)) = parts.split_last() else {
        return false;
    };
    let is_lower = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    (2..=4).contains(&words.len())
        && words.first().is_some_and(|word| (2..=4).contains(&word.len()))
        && words.iter().all(is_lower)
        && matches!(number.as_bytes(), [b'0'..=b'9'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_secret_except_words_and_names() {
        let names = ["shop-prod-eu".to_owned()];
        for (name, value, expected) in [
            ("A", "x9-kq77", &["x9-kq77"][..]),
            ("A", "short", &[]),
            ("MODE", "warning", &[]),
            ("PORT", "10808080", &[]),
            ("REGION", "us-gov-west-1", &[]),
            ("REGION", "eu-west-1", &[]),
            ("CLUSTER", "shop-prod", &[]),
            ("DB_PASSWORD", "warning", &["warning"]),
            (
                "A",
                "first-line\nservices\nthird-1",
                &["first-line\nservices\nthird-1", "first-line", "third-1"],
            ),
        ] {
            let variables = [(name.to_owned(), value.to_owned())];
            assert_eq!(env_file_secrets(&variables, &names), expected, "{name}={value}");
        }
    }
}
