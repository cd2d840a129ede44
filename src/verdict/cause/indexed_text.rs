//! Text with an index that tells quickly which patterns can't occur in it.

use std::borrow::Cow;

/// Bits of the index. A log line has some hundred pairs of bytes.
const BITS: usize = 4096;

/// A text and the pairs of neighboring bytes in it, regardless of ASCII case. Most patterns of the table have a
/// pair that a given line lacks, so that the line need not be searched for them.
#[derive(Clone, Debug)]
pub struct IndexedText<'a> {
    text: Cow<'a, str>,
    pairs: [u64; BITS / 64],
}

impl<'a> IndexedText<'a> {
    /// Indexes a text.
    pub fn new(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        let mut pairs = [0; BITS / 64];
        for pair in text.as_bytes().array_windows() {
            let bit = bit_of(*pair);
            if let Some(word) = pairs.get_mut(bit / 64) {
                *word |= 1 << (bit % 64);
            }
        }
        Self { text, pairs }
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the pieces of a pattern between its `*` occur, in this order and regardless of ASCII case.
    pub fn contains(&self, pattern: &str) -> bool {
        if !self.may_contain(pattern) {
            return false;
        }
        let mut rest = self.text.as_bytes();
        pattern.split('*').map(str::as_bytes).all(|piece| {
            let Some(at) = find(piece, rest) else {
                return false;
            };
            rest = rest.get(at + piece.len()..).unwrap_or_default();
            true
        })
    }

    /// Same as `contains`, but the text must start with the first piece.
    pub fn starts_with(&self, pattern: &str) -> bool {
        let first = pattern.split('*').next().unwrap_or_default().as_bytes();
        let start = self.text.trim_start().as_bytes().get(..first.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(first)) && self.contains(pattern)
    }

    /// Whether `word` occurs with no letter, digit or `_` directly before or after it.
    pub fn contains_word(&self, word: &str) -> bool {
        let text = self.text.as_bytes();
        let free = |at: Option<usize>| {
            let neighbor = at.and_then(|at| text.get(at));
            neighbor.is_none_or(|byte| !is_part_of_word(*byte))
        };
        self.may_contain(word)
            && occurrences(word.as_bytes(), text, 0)
                .any(|at| free(at.checked_sub(1)) && free(Some(at + word.len())))
    }

    /// Whether one of the alternatives of each step occurs, each at the start of a word and at most
    /// `PHRASE_GAP` bytes after the end of the step before: `unable to` … `read` … `config`.
    pub fn contains_phrase(&self, steps: &[&[&str]]) -> bool {
        let can = |step: &&[&str]| step.iter().any(|words| self.may_contain(words));
        steps.iter().all(can) && phrase_from(steps, self.text.as_bytes(), None)
    }

    /// Whether the text has all the pairs of a pattern.
    fn may_contain(&self, pattern: &str) -> bool {
        pattern.as_bytes().array_windows().all(|pair| {
            let bit = bit_of(*pair);
            let has = self
                .pairs
                .get(bit / 64)
                .is_some_and(|word| word & (1 << (bit % 64)) != 0);
            has || pair.contains(&b'*')
        })
    }
}

/// How many bytes may stand between two steps of a phrase: an article, a name, a path.
const PHRASE_GAP: usize = 32;

/// Whether the steps occur in `text`, the first one anywhere or soon after `end`.
fn phrase_from(steps: &[&[&str]], text: &[u8], end: Option<usize>) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return true;
    };
    let near = |at: usize| end.is_none_or(|end| at <= end + PHRASE_GAP);
    let begins = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| text.get(at));
        before.is_none_or(|byte| !is_part_of_word(*byte))
    };
    step.iter().any(|words| {
        occurrences(words.as_bytes(), text, end.unwrap_or(0))
            .take_while(|at| near(*at))
            .any(|at| begins(at) && phrase_from(rest, text, Some(at + words.len())))
    })
}

fn is_part_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn bit_of([first, second]: [u8; 2]) -> usize {
    let first = usize::from(first.to_ascii_lowercase());
    ((first << 5) ^ usize::from(second.to_ascii_lowercase())) % BITS
}

fn find(piece: &[u8], text: &[u8]) -> Option<usize> {
    occurrences(piece, text, 0).next()
}

/// Where `piece` occurs in `text` from `start` on.
fn occurrences(piece: &[u8], text: &[u8], start: usize) -> impl Iterator<Item = usize> {
    let first = piece.first().map(u8::to_ascii_lowercase);
    let windows = text.get(start..).unwrap_or_default().windows(piece.len().max(1));
    let found = windows.enumerate().filter(move |(_, window)| {
        window.first().map(u8::to_ascii_lowercase) == first && window.eq_ignore_ascii_case(piece)
    });
    // An empty piece occurs at once, and in the empty text too.
    let empty = piece.is_empty().then_some(start);
    empty.into_iter().chain(found.map(move |(at, _)| start + at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_a_pattern_occur_in_their_order() {
        let rows = [
            ("manifest unknown", "API error: manifest unknown", true),
            ("Manifest Unknown", "API error: mANIFEST unknown", true),
            ("pull*unknown", "pull of the manifest: unknown", true),
            ("unknown*pull", "pull of the manifest: unknown", false),
            ("unknown*unknown", "unknown", false),
            ("aa*aa", "aaa", false),
            ("anything", "", false),
            ("", "", true),
            ("*", "", true),
            ("é*ü", "Café, Übung: früh", true),
        ];
        for (pattern, text, expected) in rows {
            assert_eq!(
                IndexedText::new(text).contains(pattern),
                expected,
                "{pattern} in {text}"
            );
        }
    }

    #[test]
    fn a_text_starts_with_the_first_piece() {
        let pattern = "exec /*: no such file";
        let starts = |text| IndexedText::new(text).starts_with(pattern);
        assert!(starts("exec /web: no such file or directory"));
        assert!(starts("  Exec /web: No such file"));
        assert!(!starts("fork/exec /web: no such file or directory"));
        assert!(!starts("exec"));
    }

    #[test]
    fn a_word_stands_alone() {
        for text in [
            "EACCES",
            "{error,eacces}",
            "~c\"x.log\", :eacces}",
            "EACCES: permission denied",
        ] {
            assert!(IndexedText::new(text).contains_word("EACCES"), "{text}");
        }
        for text in ["", "EACCESS", "MY_EACCES", "eacces2", "seacces", "EACCE"] {
            assert!(!IndexedText::new(text).contains_word("EACCES"), "{text}");
        }
    }

    #[test]
    fn steps_of_a_phrase_follow_one_another_closely() {
        let steps: &[&[&str]] = &[&["unable to", "failed to"], &["open", "read"], &["config"]];
        for text in [
            "Error: Unable to open config file /etc/a.conf",
            "failed to read the service's configuration",
            "failed to start; unable to open the config",
        ] {
            assert!(IndexedText::new(text).contains_phrase(steps), "{text}");
        }
        for text in [
            "",
            "unable to open",
            "config: unable to open",
            "unable to reopen config",
            "failed to read from the socket of a client that went away, see config",
        ] {
            assert!(!IndexedText::new(text).contains_phrase(steps), "{text}");
        }
    }
}
