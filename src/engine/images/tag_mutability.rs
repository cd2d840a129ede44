//! Which tags of a repository are immutable, by its settings.

use crate::model::Value;

/// Whether a tag can't be moved once put. `repository` is DescribeRepositories' Repository. For setting
/// values unknown to us, the registry decides.
///
/// Amazon ECR API reference, `ImageTagMutability` and `ImageTagMutabilityExclusionFilter`.
pub(super) fn is_immutable(repository: &Value, tag: &str) -> bool {
    match repository.get("imageTagMutability").and_then(Value::as_str) {
        Some("IMMUTABLE") => true,
        Some("IMMUTABLE_WITH_EXCLUSION") => exception(repository, tag) == Some(false),
        Some("MUTABLE_WITH_EXCLUSION") => exception(repository, tag) == Some(true),
        _ => false,
    }
}

/// Whether a filter excludes the tag from the repository's setting. None if a filter has an unknown type, and
/// so might match.
fn exception(repository: &Value, tag: &str) -> Option<bool> {
    let filters = repository
        .get("imageTagMutabilityExclusionFilters")
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    let matches = |filter: &Value| {
        let pattern = filter.get("filter")?.as_str()?;
        (filter.get("filterType")?.as_str()? == "WILDCARD").then(|| is_match(pattern, tag))
    };
    let answers: Vec<Option<bool>> = filters.iter().map(matches).collect();
    match answers.contains(&Some(true)) {
        true => Some(true),
        false => (!answers.contains(&None)).then_some(false),
    }
}

/// Whether a wildcard filter matches the whole tag. `*` matches any characters, or none.
fn is_match(pattern: &str, tag: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == tag;
    };
    let Some(mut left) = tag.strip_prefix(start) else {
        return false;
    };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    // The leftmost match of each part leaves the most for the following parts.
    for part in middle.split('*') {
        match left.split_once(part) {
            Some((_, after)) => left = after,
            None => return false,
        }
    }
    left.ends_with(end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn repository(mutability: &str, filters: &[&str]) -> Value {
        let filters: Vec<_> = filters
            .iter()
            .map(|filter| json!({"filterType": "WILDCARD", "filter": filter}))
            .collect();
        json!({"imageTagMutability": mutability, "imageTagMutabilityExclusionFilters": filters})
    }

    #[test]
    fn each_setting() {
        let rows: [(&str, &[&str], &str, bool); 12] = [
            ("MUTABLE", &[], "v1", false),
            ("IMMUTABLE", &[], "v1", true),
            ("IMMUTABLE_WITH_EXCLUSION", &["latest"], "v1", true),
            ("IMMUTABLE_WITH_EXCLUSION", &["latest"], "latest", false),
            ("IMMUTABLE_WITH_EXCLUSION", &["latest"], "latest-2", true),
            ("IMMUTABLE_WITH_EXCLUSION", &["latest", "dev-*"], "dev-7", false),
            ("IMMUTABLE_WITH_EXCLUSION", &["latest", "dev-*"], "a-dev-7", true),
            ("MUTABLE_WITH_EXCLUSION", &["v*"], "v1", true),
            ("MUTABLE_WITH_EXCLUSION", &["v*"], "latest", false),
            ("MUTABLE_WITH_EXCLUSION", &["V*"], "v1", false),
            ("MUTABLE_WITH_EXCLUSION", &[], "v1", false),
            ("FROZEN_ON_SUNDAYS", &["v*"], "v1", false),
        ];
        for (mutability, filters, tag, expected) in rows {
            let found = is_immutable(&repository(mutability, filters), tag);
            assert_eq!(found, expected, "{mutability} {filters:?} {tag}");
        }
        assert!(!is_immutable(&json!({}), "v1"));
    }

    #[test]
    fn an_unknown_filter_is_ignored() {
        let unknown = json!({"filterType": "REGEX", "filter": "v.*"});
        for mutability in ["IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"] {
            let mut repository = repository(mutability, &["dev-*"]);
            repository["imageTagMutabilityExclusionFilters"]
                .as_array_mut()
                .unwrap()
                .push(unknown.clone());
            assert!(!is_immutable(&repository, "v1"), "{mutability}");
        }
        let mut known = repository("MUTABLE_WITH_EXCLUSION", &["v*"]);
        known["imageTagMutabilityExclusionFilters"]
            .as_array_mut()
            .unwrap()
            .push(unknown);
        assert!(is_immutable(&known, "v1"), "another filter matches");
    }

    #[test]
    fn wildcards() {
        for (pattern, tag, expected) in [
            ("*", "", true),
            ("*", "v1", true),
            ("v*", "v", true),
            ("*-rc", "1.0-rc", true),
            ("*-rc", "1.0-rc2", false),
            ("a*a", "a", false),
            ("a*a", "aa", true),
            ("a*b*a", "aba", true),
            ("a*b*a", "abxba", true),
            ("a*b*a", "aa", false),
            ("**", "x", true),
            ("v1.0", "v1x0", false),
        ] {
            assert_eq!(is_match(pattern, tag), expected, "{pattern} on {tag}");
        }
    }

    /// Reference implementation: tries every length that a `*` may match.
    fn is_match_by_trying(pattern: &[u8], tag: &[u8]) -> bool {
        match pattern {
            [] => tag.is_empty(),
            [b'*', rest @ ..] => (0..=tag.len()).any(|skip| is_match_by_trying(rest, &tag[skip..])),
            [sign, rest @ ..] => tag.first() == Some(sign) && is_match_by_trying(rest, &tag[1..]),
        }
    }

    proptest! {
        #[test]
        fn matching_is_what_the_definition_says(pattern in "[ab*]{0,7}", tag in "[ab]{0,8}") {
            prop_assert_eq!(is_match(&pattern, &tag), is_match_by_trying(pattern.as_bytes(), tag.as_bytes()));
        }
    }
}
