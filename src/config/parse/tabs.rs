//! JSON indented with tabs and pasted below a key. The parser requires a block's indentation to be spaces
//! inside brackets too (YAML 1.2.2, §6.1); in JSON it doesn't matter, so there each such tab is read as a
//! space.

use granit_parser::{Scanner, StrInput, TokenType};

/// Replaces the tabs that indent lines inside brackets with spaces, so that all byte offsets stay the
/// same.
pub(super) fn as_spaces(text: &str) -> String {
    let spaced = indented_by_spaces(text);
    let mut read = String::with_capacity(text.len());
    let mut depth = 0_usize;
    let mut seen = 0;
    let copy = |read: &mut String, to: usize, depth: usize| {
        let from = if depth > 0 { &spaced } else { text };
        read.push_str(from.get(read.len()..to).unwrap_or_default());
    };
    for token in Scanner::new(StrInput::new(&spaced)) {
        let token = match token {
            Ok(token) => token,
            Err(error) => {
                // The scanner reads ahead and drops the tokens before an error: a bracket may be one of them.
                let stopped = error.marker().byte_offset().unwrap_or(seen);
                let ahead = spaced.get(seen..stopped).unwrap_or_default();
                let opened = ahead.matches(['{', '[']).count();
                if opened > ahead.matches(['}', ']']).count() {
                    copy(
                        &mut read,
                        seen + ahead.find(['{', '[']).unwrap_or_default(),
                        depth,
                    );
                    depth += 1;
                }
                break;
            }
        };
        let span = token.span();
        match token.token_type() {
            TokenType::FlowSequenceStart | TokenType::FlowMappingStart => {
                copy(&mut read, span.start.byte_offset().unwrap_or(seen), depth);
                depth += 1;
            }
            TokenType::FlowSequenceEnd | TokenType::FlowMappingEnd => {
                copy(&mut read, span.end.byte_offset().unwrap_or(seen), depth);
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        seen = span.end.byte_offset().unwrap_or(seen);
    }
    copy(&mut read, text.len(), depth);
    read
}

/// Replaces the tabs that indent lines with spaces, except those that a block scalar may begin with,
/// which are indented more than the line before.
fn indented_by_spaces(text: &str) -> String {
    let mut outer = 0;
    let mut spaced = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches([' ', '\t']);
        let indentation = &line[..line.len() - rest.len()];
        match indentation.find('\t') {
            Some(tab) if tab <= outer => spaced.extend(indentation.chars().map(|_| ' ')),
            Some(_) => spaced.push_str(indentation),
            None => {
                spaced.push_str(indentation);
                if !rest.trim().is_empty() {
                    outer = indentation.len();
                }
            }
        }
        spaced.push_str(rest);
    }
    spaced
}
