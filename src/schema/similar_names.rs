//! Finds the name that was probably meant by a misspelled one.

use std::collections::HashSet;

/// The longest name, in bytes, that is compared: a longer one is no typo of AWS's or of ours. The comparison
/// takes time in proportion to both lengths.
const MAX_LENGTH: usize = 100;
/// How many candidates are compared: a file may name thousands of things, and have thousands of mistakes.
const MAX_CANDIDATES: usize = 200;

/// Returns the candidate that `written` is most likely a typo of: different case, or a few letters
/// different.
pub fn similar_name<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(compared(written)?);
    let length = written.chars().count();
    let letters = letters(written);
    candidates
        .into_iter()
        .take(MAX_CANDIDATES)
        .filter_map(compared)
        .filter_map(|candidate| {
            let most = tolerance(length.min(candidate.chars().count()));
            // As many letters differ at least as one has more than the other.
            let is_near = letters.abs_diff(self::letters(candidate)) <= most;
            let distance = is_near.then(|| strsim::osa_distance(&folded, &fold(candidate)))?;
            (distance <= most).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Returns the `count` candidates most similar to `written`, best first, each once.
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    count: usize,
) -> Vec<&'a str> {
    let folded = fold(&written[..written.floor_char_boundary(MAX_LENGTH)]);
    let mut seen = HashSet::new();
    let mut scored: Vec<_> = candidates
        .into_iter()
        .filter(|candidate| seen.insert(*candidate))
        .take(MAX_CANDIDATES)
        .filter_map(compared)
        .map(|candidate| (strsim::jaro_winkler(&folded, &fold(candidate)), candidate))
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    scored.truncate(count);
    scored.into_iter().map(|(_, candidate)| candidate).collect()
}

/// Returns a name that is short enough to be compared.
fn compared(name: &str) -> Option<&str> {
    (name.len() <= MAX_LENGTH).then_some(name)
}

/// Normalizes case, `-` and `_`, the most common mistakes.
fn fold(name: &str) -> String {
    name.chars()
        .filter(is_letter)
        .flat_map(char::to_lowercase)
        .collect()
}

fn is_letter(c: &char) -> bool {
    !matches!(c, '-' | '_')
}

/// Returns the number of letters that are compared.
fn letters(name: &str) -> usize {
    name.chars().filter(is_letter).count()
}

/// Returns the number of letters that may differ where the shorter name has this many: a third of them, but only one
/// in a short word, and never all.
fn tolerance(length: usize) -> usize {
    (length / 3).clamp(1, 4).min(length.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typos_are_recognized() {
        let names = ["portMappings", "mountPoints", "cpu", "memory", "d"];
        for (written, meant) in [
            ("portMapping", Some("portMappings")),
            ("port_mappings", Some("portMappings")),
            ("PortMappings", Some("portMappings")),
            ("memroy", Some("memory")),
            ("CPU", Some("cpu")),
            ("ram", None),
            ("", None),
            ("c", None),
        ] {
            assert_eq!(similar_name(written, names), meant, "{written}");
        }
    }

    #[test]
    fn similar_names_are_sorted_by_distance() {
        assert_eq!(
            nearest("mount", ["cpu", "mountPoints", "mountPoints", "memory"], 2),
            ["mountPoints", "memory"]
        );
    }
}
