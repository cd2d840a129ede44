//! Sanitizes text from containers, AWS and files: it must not move the cursor, change colors or reverse text.

use std::borrow::Cow;

/// Returns one line of text that is safe to print: removes escape sequences, control characters and
/// bidirectional controls, and replaces tabs and line breaks with spaces. Keeps all other Unicode.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_control) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((piece, after)) = next_piece(rest) {
        match piece {
            Piece::Kept(c) => safe.push(c),
            Piece::Blank => safe.push(' '),
            Piece::Removed => {}
        }
        rest = after;
    }
    Cow::Owned(safe)
}

/// Cuts a text that has more characters than this.
pub(super) fn cut(text: &mut String, most: usize) {
    if let Some((end, _)) = text.char_indices().nth(most) {
        text.truncate(end);
        text.push('…');
    }
}

/// Returns the text with each of its lines cleaned. Lines end with LF or CRLF.
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_control(c) && c != '\n') {
        return Cow::Borrowed(text);
    }
    let lines = text
        .split('\n')
        .map(|line| clean(line.strip_suffix('\r').unwrap_or(line)));
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

/// Replaces what `clean` changes, byte for byte, so that positions in the text stay valid. Keeps line breaks
/// (LF) and tabs.
pub fn blanked(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_control(c) && !matches!(c, '\n' | '\t')) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((piece, after)) = next_piece(rest) {
        match piece {
            Piece::Kept(c) => safe.push(c),
            Piece::Blank | Piece::Removed => {
                let replaced = &rest[..rest.len() - after.len()];
                safe.extend(replaced.chars().map(|c| match c.len_utf8() {
                    _ if matches!(c, '\n' | '\t') => c,
                    1 => ' ',
                    2 => '\u{b7}',
                    3 => '\u{fffd}',
                    _ => c,
                }));
            }
        }
        rest = after;
    }
    Cow::Owned(safe)
}

/// What becomes of the first part of a text.
enum Piece {
    Kept(char),
    Blank,
    Removed,
}

/// Returns the first part of a text, and the rest. None at its end.
fn next_piece(text: &str) -> Option<(Piece, &str)> {
    let first = text.chars().next()?;
    let after = &text[first.len_utf8()..];
    Some(match first {
        '\u{1b}' => (Piece::Removed, skip_escape(after)),
        '\u{9b}' => (Piece::Removed, skip_parameters(after)),
        '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => (Piece::Removed, skip_string(after)),
        '\r' if after.starts_with('\n') => (Piece::Removed, after),
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => (Piece::Blank, after),
        other if is_control(other) => (Piece::Removed, after),
        other => (Piece::Kept(other), after),
    })
}

/// Whether this is C0, DEL, C1 (ECMA-48), a line or paragraph separator, or a bidirectional control of
/// Unicode's annex 9.
pub fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Skips the rest of an escape sequence after ESC (ECMA-48, 5.3 and 5.4; ECMA-35, 13.2).
fn skip_escape(rest: &str) -> &str {
    let Some(kind) = rest.chars().next() else {
        return rest;
    };
    match kind {
        '[' => skip_parameters(&rest[1..]),
        'P' | 'X' | ']' | '^' | '_' => skip_string(&rest[1..]),
        ' '..='/' => {
            let end = rest.trim_start_matches(|c| matches!(c, ' '..='/'));
            end.strip_prefix(|c| matches!(c, '0'..='~')).unwrap_or(end)
        }
        '0'..='~' => &rest[1..],
        _ => rest,
    }
}

/// Skips a control sequence: parameter bytes, intermediate bytes, one final byte.
fn skip_parameters(rest: &str) -> &str {
    let rest = rest.trim_start_matches(|c| matches!(c, '0'..='?'));
    let rest = rest.trim_start_matches(|c| matches!(c, ' '..='/'));
    rest.strip_prefix(|c| matches!(c, '@'..='~')).unwrap_or(rest)
}

/// Skips a control string up to its terminator, ST or BEL. An unterminated one hides nothing.
fn skip_string(rest: &str) -> &str {
    let end = rest.char_indices().find_map(|(at, c)| match c {
        '\u{7}' | '\u{9c}' => Some(at + c.len_utf8()),
        '\u{1b}' => rest[at..].starts_with("\u{1b}\\").then_some(at + 2),
        _ => None,
    });
    end.map_or(rest, |end| &rest[end..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn escape_sequences_are_removed() {
        for (given, expected) in [
            ("plain", "plain"),
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{1b}[38;2;1;2;3mtrue colour\u{1b}[m", "true colour"),
            ("\u{1b}[2J\u{1b}[Hgone", "gone"),
            ("\u{1b}]0;title\u{7}text", "text"),
            (
                "\u{1b}]8;;https://example.com\u{1b}\\link\u{1b}]8;;\u{1b}\\",
                "link",
            ),
            ("\u{1b}]0;never ends", "0;never ends"),
            ("\u{1b}(Bcharset", "charset"),
            ("\u{1b}cfull reset", "full reset"),
            ("\u{9b}31mC1\u{9b}0m", "C1"),
            ("\u{9d}0;title\u{9c}text", "text"),
            ("\u{1b}Pdevice\u{1b}\\text", "text"),
            ("bell\u{7} backspace\u{8} nul\u{0}", "bell backspace nul"),
            ("one\r\ntwo\nthree\tfour\rfive", "one two three four five"),
            ("safe\u{202e}txt.exe\u{2069}", "safetxt.exe"),
            ("ends in \u{1b}", "ends in "),
            ("ends in \u{1b}[", "ends in "),
            ("grüße → 世界 👩‍👩‍👧 é", "grüße → 世界 👩‍👩‍👧 é"),
        ] {
            assert_eq!(clean(given), expected, "{given:?}");
        }
    }

    #[test]
    fn lines_are_kept() {
        for (given, expected) in [
            ("one\ntwo\r\n", "one\ntwo\n"),
            ("a\u{1b}[31mb\nc\u{7}\u{2028}d", "ab\nc d"),
        ] {
            assert_eq!(clean_lines(given), expected);
        }
    }

    #[test]
    fn positions_are_kept() {
        for (given, expected) in [
            ("a\u{1b}[31mb\n\tc", "a     b\n\tc"),
            ("a\u{2028}b\u{202e}c\u{85}d\u{7}", "a\u{fffd}b\u{fffd}c\u{b7}d "),
            ("a\u{1b}]0;x\ny\u{7}b\r\n", "a     \n  b \n"),
        ] {
            assert_eq!(blanked(given), expected);
            assert_eq!(given.len(), expected.len());
        }
    }

    proptest! {
        #[test]
        fn no_control_characters_remain(text in any::<String>()) {
            prop_assert!(!clean(&text).chars().any(is_control));
        }

        #[test]
        fn no_parts_of_sequences_remain(text in "[\u{1b}\u{9b}\u{9d}\\[\\];0-9mA-Z\u{7}\\\\ \n\u{202e}é]{0,40}") {
            let once = clean(&text).into_owned();
            prop_assert!(!once.chars().any(is_control));
            prop_assert_eq!(clean(&once), once.as_str());
        }

        #[test]
        fn plain_text_is_unchanged(text in "[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]{0,40}") {
            prop_assert_eq!(clean(&text), text.as_str());
        }
    }
}
