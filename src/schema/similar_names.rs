//! Finds the name that was probably meant by a misspelled one.

use std::borrow::Cow;
use std::collections::HashSet;

/// The longest name, in bytes, that is compared: a longer one is no typo of AWS's or of ours. The comparison
/// takes time in proportion to both lengths.
const MAX_LENGTH: usize = 100;
/// How many candidates are compared: a file may name thousands of things, and have thousands of mistakes.
const MAX_CANDIDATES: usize = 200;

/// Returns the candidate that `written` is most likely a typo of: different case, or a few letters
/// different.
pub fn similar_name<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = Letters::of(compared(written)?);
    let mut folded = None;
    candidates
        .into_iter()
        .take(MAX_CANDIDATES)
        .filter_map(compared)
        .filter_map(|candidate| {
            let others = Letters::of(candidate);
            let most = tolerance(letters.length.min(others.length));
            let is_near = letters.least_distance(&others) <= most;
            let distance = is_near.then(|| {
                let folded = folded.get_or_insert_with(|| fold(written));
                strsim::osa_distance(folded, &fold(candidate))
            })?;
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

/// What tells without comparing two names letter by letter that they differ much.
struct Letters {
    /// The number of characters.
    length: usize,
    /// The number of letters that are compared.
    count: usize,
    /// Which of `a` to `z` there are, a bit each.
    present: u32,
}

impl Letters {
    fn of(name: &str) -> Self {
        let folded = match name.is_ascii() {
            true => Cow::Borrowed(name),
            false => Cow::Owned(name.to_lowercase()),
        };
        let mut present = 0;
        for byte in folded.bytes() {
            let letter = byte | 0x20;
            if letter.is_ascii_lowercase() {
                present |= 1_u32 << (letter - b'a');
            }
        }
        let separators = name.bytes().filter(|byte| matches!(byte, b'-' | b'_')).count();
        let length = match folded {
            Cow::Borrowed(name) => name.len(),
            Cow::Owned(_) => name.chars().count(),
        };
        Self {
            length,
            count: length - separators,
            present,
        }
    }

    /// Returns a number that the distance of the two names is not below: an edit adds at most one letter, and replaces
    /// at most one.
    fn least_distance(&self, other: &Self) -> usize {
        let missing = |from: u32, of: u32| (of & !from).count_ones() as usize;
        let lost = missing(other.present, self.present);
        let added = missing(self.present, other.present);
        self.count.abs_diff(other.count).max(lost).max(added)
    }
}

/// Returns the number of letters that may differ where the shorter name has this many: a third of them, but only one
/// in a short word, and never all.
fn tolerance(length: usize) -> usize {
    (length / 3).clamp(1, 4).min(length.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn no_name_is_nearer_than_its_letters_tell(one in "[a-dA-D0-2_\u{212a}é]{0,8}", other in "[a-dk0-2é-]{0,8}") {
            let distance = strsim::osa_distance(&fold(&one), &fold(&other));
            prop_assert!(Letters::of(&one).least_distance(&Letters::of(&other)) <= distance);
        }
    }
}
