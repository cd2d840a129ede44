//! Names that ECS and ECR accept, made from any text.

/// The longest name of a family, a service or a container (ECS API, RegisterTaskDefinition, `family`).
const LONGEST: usize = 255;
/// The longest and the shortest name of a repository (ECR API, CreateRepository, `repositoryName`).
const REPOSITORY_LENGTHS: (usize, usize) = (2, 256);

/// Returns a name that ECS accepts; `otherwise` if nothing of the text remains.
pub(super) fn ecs_name(text: &str, otherwise: &str) -> String {
    let name = joined(text, is_ecs_character);
    let name: String = name.chars().take(LONGEST).collect();
    if name.is_empty() {
        otherwise.to_owned()
    } else {
        name
    }
}

/// Returns a name that ECR accepts, made from the path of an image or from a name.
pub(super) fn repository_name(text: &str, otherwise: &str) -> String {
    let parts = text.to_ascii_lowercase();
    let parts: Vec<String> = parts
        .split('/')
        .map(|part| joined(part, |c| c.is_ascii_lowercase() || c.is_ascii_digit()))
        .filter(|part| !part.is_empty())
        .collect();
    let name = parts.join("/");
    match (REPOSITORY_LENGTHS.0..=REPOSITORY_LENGTHS.1).contains(&name.len()) {
        true => name,
        false => otherwise.to_owned(),
    }
}

fn is_ecs_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

/// Returns the text with a `-` for each run of characters that aren't allowed, and none at its ends.
fn joined(text: &str, is_allowed: impl Fn(char) -> bool) -> String {
    let runs = text.split(|c| !is_allowed(c)).map(|run| run.trim_matches('-'));
    runs.filter(|run| !run.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_legal() {
        for (text, ecs, repository) in [
            ("web", "web", "web"),
            ("My App (2)", "My-App-2", "my-app-2"),
            ("<FAMILY>", "FAMILY", "family"),
            ("${x}", "x", "app"),
            ("shop/Web_API", "shop-Web_API", "shop/web-api"),
            ("…", "app", "app"),
        ] {
            assert_eq!(ecs_name(text, "app"), ecs, "{text}");
            assert_eq!(repository_name(text, "app"), repository, "{text}");
        }
        assert_eq!(ecs_name(&"a".repeat(300), "app").len(), 255);
        assert_eq!(repository_name(&"a".repeat(300), "app"), "app");
    }
}
