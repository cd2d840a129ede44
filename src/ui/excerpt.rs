//! Problems with their source lines, within the width of the terminal: a long line is cut, and none wraps.

use std::borrow::Cow;

use console::{strip_ansi_codes, truncate_str};

use super::line::Symbol;
use super::terminal_style::TerminalStyle;
use super::wrap::{unglued, wrapped};
use crate::diagnostic::{Problems, RenderStyle, Sources, render};

/// What the renderer puts in place of a part of a source line.
const CUT: &str = "...";
/// The start or end of a source line that tells it apart from one that was cut, in characters.
const COMPARED: usize = 12;

/// Renders problems for this stream.
pub fn rendered(problems: &Problems, sources: &Sources, look: TerminalStyle) -> String {
    let style = RenderStyle {
        coloured: look.colour,
        width: look.width,
    };
    let text = render(problems, sources, style);
    let Some(width) = look.width else {
        return unglued(&text);
    };
    let ellipsis = Symbol::Ellipsis.text(look.unicode);
    let mut fitted = String::new();
    for line in text.lines() {
        let plain = strip_ansi_codes(line);
        let line = match source_line(&plain) {
            Some((number, shown)) => with_ellipsis(line, number, shown, ellipsis, sources),
            None => Cow::Borrowed(line),
        };
        match is_of_excerpt(&plain) {
            true => fitted.push_str(&truncate_str(&line, width, ellipsis)),
            false => {
                let indented = plain.len() - plain.trim_start_matches(' ').len();
                fitted.push_str(&wrapped(&line, width, indented + 2));
            }
        }
        fitted.push('\n');
    }
    fitted
}

/// Whether this is a line beside the gutter: ` 14 | …` or `    | ^^^ …`.
fn is_of_excerpt(plain: &str) -> bool {
    let rest = plain.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
    rest.starts_with('|')
}

/// The number and the text of a source line.
fn source_line(plain: &str) -> Option<(usize, &str)> {
    let (number, text) = plain.split_once('|')?;
    Some((
        number.trim().parse().ok()?,
        text.strip_prefix(' ').unwrap_or(text),
    ))
}

/// Replaces the dots at the ends of a source line, unless they are the source's own. What is above and below stays
/// aligned.
fn with_ellipsis<'a>(
    line: &'a str,
    number: usize,
    shown: &str,
    ellipsis: &str,
    sources: &Sources,
) -> Cow<'a, str> {
    let chars: Vec<char> = shown.chars().collect();
    let head: String = chars.iter().take(COMPARED).collect();
    let tail: String = chars.iter().skip(chars.len().saturating_sub(COMPARED)).collect();
    let mut line = Cow::Borrowed(line);
    if tail.ends_with(CUT)
        && !sources.any_line(number, |text| text.ends_with(&tail))
        && let Some(at) = line.rfind(CUT)
    {
        line.to_mut().replace_range(at..at + CUT.len(), ellipsis);
    }
    if head.starts_with(CUT)
        && !sources.any_line(number, |text| text.starts_with(&head))
        && let Some(at) = line.find(CUT)
    {
        let padded = format!("{ellipsis:<width$}", width = CUT.len());
        line.to_mut().replace_range(at..at + CUT.len(), &padded);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Problem, Span};

    fn shown(text: &str, part: &str, width: usize) -> String {
        let mut sources = Sources::default();
        let source = sources.add("deploy.yaml", text);
        let start = text.find(part).unwrap();
        let span = Span {
            source,
            start,
            end: start + part.len(),
        };
        let mut problems = Problems::default();
        problems.push(Problem::error("x", "unknown key", span).label("did you mean `portMappings`?"));
        let look = TerminalStyle {
            unicode: true,
            terminal: true,
            width: Some(width),
            ..TerminalStyle::PLAIN
        };
        rendered(&problems, &sources, look)
    }

    #[test]
    fn excerpts_are_cut_at_the_terminals_width() {
        let line =
            "web: {portMapping: [{containerPort: 8080}], image: shop, command: [serve, --verbose], cpu: 1}\n";
        for width in [40, 60, 80] {
            let text = shown(line, "portMapping", width);
            let excerpt: Vec<&str> = text.lines().filter(|line| is_of_excerpt(line)).collect();
            assert!(
                excerpt.iter().all(|line| line.chars().count() <= width),
                "{width}: {text}"
            );
            assert!(excerpt[1].ends_with('\u{2026}'), "{width}: {text}");
            assert!(
                text.contains("portMapping") && text.contains("did you mean `portMappings`?"),
                "{text}"
            );
        }
    }

    #[test]
    fn the_problem_stays_visible_far_to_the_right() {
        let line = format!(
            "web: {{image: {}, portMapping: 1, more: {}}}\n",
            "a".repeat(90),
            "b".repeat(90)
        );
        insta::assert_snapshot!(shown(&line, "portMapping", 60), @r"
        error: unknown key
         --> deploy.yaml:1:106
          |
        1 | …  aaa, portMapping: 1, more: bbbbbbbbbbbbbbbbbbbbbbb…
          |         ^^^^^^^^^^^ did you mean `portMappings`?
        1 error in deploy.yaml
        ");
    }

    #[test]
    fn dots_of_the_source_stay() {
        let text = shown("a: portMapping and so on...\n", "portMapping", 60);
        assert!(text.contains("so on...\n"), "{text}");
    }

    #[test]
    fn a_label_that_fits_nowhere_becomes_a_note() {
        let text = shown("portMapping: 1\n", "portMapping", 30);
        assert!(text.contains("= did you mean\n    `portMappings`?"), "{text}");
    }
}
