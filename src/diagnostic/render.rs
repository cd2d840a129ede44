//! Renders problems for humans: the source line, underlined, and what to do.

use std::collections::BTreeSet;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Mark, Renderer, Snippet};

use super::sanitize::{blanked, clean_lines};
use super::{Label, Level, Problem, Problems, SourceId, Sources, Span};

/// Renders every problem in file order, then their number. Ends with a newline; empty if there are no
/// problems. With `coloured` the text has ANSI escapes; they carry no information beyond the text.
pub fn render(problems: &Problems, sources: &Sources, coloured: bool) -> String {
    let renderer = if coloured {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let sorted = problems.clone().sorted();
    let mut out = String::new();
    for problem in &sorted {
        out.push_str(&one(problem, sources, &renderer));
        out.push('\n');
    }
    if !sorted.is_empty() {
        out.push_str(&count(&sorted, sources));
        out.push('\n');
    }
    out
}

fn one(problem: &Problem, sources: &Sources, renderer: &Renderer) -> String {
    let message = clean_lines(&problem.message);
    let title = match problem.level {
        Level::Error => Mark::ERROR.primary_title(message),
        Level::Warning => Mark::WARNING.primary_title(message),
    };
    let mut group = Group::with_title(title);
    for id in places(problem) {
        group = group.element(snippet(problem, id, sources));
    }
    if problem.span.is_none() && problem.others.is_empty() {
        return without_place(problem, &renderer.render(&[group]));
    }
    for note in &problem.notes {
        group = group.element(Mark::NOTE.no_name().message(clean_lines(note)));
    }
    if let Some(hint) = &problem.hint {
        group = group.element(
            Mark::HELP
                .with_name("hint")
                .message(clean_lines(&hint.to_string()).into_owned()),
        );
    }
    // The library pads some lines up to the gutter.
    let text = renderer.render(&[group]);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// Renders a problem that has no location, so no excerpt with a gutter for its notes.
fn without_place(problem: &Problem, title: &str) -> String {
    let notes = problem
        .label
        .iter()
        .chain(&problem.notes)
        .map(|note| format!("  {}", clean_lines(note)));
    let hint = problem
        .hint
        .iter()
        .map(|hint| format!("  hint:  {}", clean_lines(&hint.to_string())));
    let lines: Vec<String> = [title.trim_end().to_owned()]
        .into_iter()
        .chain(notes)
        .chain(hint)
        .collect();
    lines.join("\n")
}

/// Returns the sources that a problem refers to, that of its own location first.
fn places(problem: &Problem) -> Vec<SourceId> {
    let mut ids = Vec::new();
    let others = problem.others.iter().map(|other| other.span);
    for span in problem.span.into_iter().chain(others) {
        if !ids.contains(&span.source) {
            ids.push(span.source);
        }
    }
    ids
}

fn snippet<'a>(
    problem: &'a Problem,
    id: SourceId,
    sources: &'a Sources,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let (name, text) = sources
        .get(id)
        .map_or(("?", ""), |source| (source.name.as_str(), source.text.as_str()));
    let text = blanked(text);
    let own = problem.span.filter(|span| span.source == id).map(|span| {
        AnnotationKind::Primary
            .span(first_line(&text, span))
            .label(problem.label.as_deref().map(clean_lines))
    });
    let others = problem.others.iter().filter(|other| other.span.source == id);
    let others: Vec<_> = others.map(|other| context(&text, other)).collect();
    Snippet::source(text)
        .path(clean_lines(name))
        .annotations(own)
        .annotations(others)
}

fn context<'a>(text: &str, other: &'a Label) -> annotate_snippets::Annotation<'a> {
    let span = first_line(text, other.span);
    if other.text.is_empty() {
        return AnnotationKind::Visible.span(span);
    }
    AnnotationKind::Context.span(span).label(clean_lines(&other.text))
}

/// Returns the part of a span on its first line, within the text and on character boundaries.
fn first_line(text: &str, span: Span) -> Range<usize> {
    let boundary = |at: usize| {
        (0..=at.min(text.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0)
    };
    let start = boundary(span.start);
    let end = boundary(span.end).max(start);
    let line = text[start..end].find('\n').map_or(end, |newline| start + newline);
    start..start + text[start..line].trim_end().len()
}

fn count(sorted: &[Problem], sources: &Sources) -> String {
    let of = |level| sorted.iter().filter(|problem| problem.level == level).count();
    let parts: Vec<String> = [(of(Level::Error), "error"), (of(Level::Warning), "warning")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}{}", if number == 1 { "" } else { "s" }))
        .collect();
    let files: BTreeSet<SourceId> = sorted
        .iter()
        .filter_map(|problem| problem.span)
        .map(|span| span.source)
        .collect();
    let names: Vec<&str> = files
        .iter()
        .filter_map(|id| sources.get(*id))
        .map(|file| file.name.as_str())
        .collect();
    let files = if names.is_empty() {
        String::new()
    } else {
        format!(" in {}", names.join(" and "))
    };
    format!("{}{files}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(text: &str) -> (Sources, impl Fn(&str) -> Span) {
        let mut sources = Sources::default();
        let source = sources.add("deploy.yaml", text);
        let text = text.to_owned();
        let find = move |part: &str| {
            let start = text.find(part).expect("the part is in the text");
            Span {
                source,
                start,
                end: start + part.len(),
            }
        };
        (sources, find)
    }

    fn all(list: impl IntoIterator<Item = Problem>) -> Problems {
        let mut problems = Problems::default();
        list.into_iter().for_each(|problem| problems.push(problem));
        problems
    }

    #[test]
    fn problems_are_rendered_with_source_lines() {
        let (sources, at) = sources("cpu: 256\nmemory: 768\nc:\n  portMapping: [{containerPort: 8080}]\n");
        let problems = all([
            Problem::error(
                "unknown-key",
                "unknown key `portMapping` in a container definition",
                at("portMapping"),
            )
            .label("did you mean `portMappings`?")
            .note(
                "see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
            ),
            Problem::error(
                "size",
                "unsupported Fargate memory value 768 MiB for 256 CPU units",
                at("768"),
            )
            .label("with cpu 256: 512, 1024 or 2048")
            .other(at("cpu: 256"), "")
            .hint("write `memory: 1024`"),
        ]);
        insta::assert_snapshot!(render(&problems, &sources, false), @"
        error: unsupported Fargate memory value 768 MiB for 256 CPU units
         --> deploy.yaml:2:9
          |
        1 | cpu: 256
        2 | memory: 768
          |         ^^^ with cpu 256: 512, 1024 or 2048
          |
          = hint: write `memory: 1024`
        error: unknown key `portMapping` in a container definition
         --> deploy.yaml:4:3
          |
        4 |   portMapping: [{containerPort: 8080}]
          |   ^^^^^^^^^^^ did you mean `portMappings`?
          |
          = see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
        2 errors in deploy.yaml
        ");
    }

    #[test]
    fn two_places() {
        let (sources, at) = sources("a: 1\nb: 2\nc: 3\n");
        let problem = Problem::error("duplicate-key", "twice", at("c"))
            .label("again")
            .other(at("a"), "first");
        insta::assert_snapshot!(render(&all([problem]), &sources, false), @r#"
        error: twice
         --> deploy.yaml:3:1
          |
        1 | a: 1
          | - first
        2 | b: 2
        3 | c: 3
          | ^ again
        1 error in deploy.yaml
        "#);
    }

    #[test]
    fn two_files_and_a_problem_without_a_place() {
        let (mut sources, at) = sources("a: td.json\n");
        let other = sources.add("td.json", "{\"cpu\": 1}");
        let span = Span {
            source: other,
            start: 8,
            end: 9,
        };
        let problems = all([
            Problem::error("x", "in the other", span)
                .label("here")
                .other(at("td.json"), "referenced here"),
            Problem::warning("y", "a flag is odd", None)
                .note("a note")
                .hint("leave it out"),
        ]);
        insta::assert_snapshot!(render(&problems, &sources, false), @r#"
        warning: a flag is odd
          a note
          hint:  leave it out
        error: in the other
         --> td.json:1:9
          |
        1 | {"cpu": 1}
          |         ^ here
          |
         ::: deploy.yaml:1:4
          |
        1 | a: td.json
          |    ------- referenced here
        1 error, 1 warning in td.json
        "#);
    }

    #[test]
    fn awkward_text() {
        let text = "a: 1\r\nb:\t$x\r\n\u{e4}\u{1f600}: \u{1b}[31mred\r\nlast";
        let (sources, at) = sources(text);
        let end = Span {
            start: text.len(),
            end: text.len(),
            ..at("last")
        };
        let beyond = Span {
            start: text.len() + 9,
            end: text.len() + 12,
            ..end
        };
        let inside = Span {
            start: at("\u{1f600}").start + 1,
            ..at("\u{1f600}")
        };
        let problems = all([
            Problem::error("x", "crlf and tab", at("$x")).label("x"),
            Problem::error(
                "x",
                "over lines",
                Span {
                    end: text.len(),
                    ..at("$x")
                },
            )
            .label("its first line"),
            Problem::error("x", "wide\u{1b}[0m", inside).label("wide"),
            Problem::error("x", "escapes", at("[31mred")).label("no colour"),
            Problem::error("x", "the end", end).label("here"),
            Problem::error("x", "beyond", beyond),
        ]);
        insta::assert_snapshot!(render(&problems, &sources, false), @r#"
        error: crlf and tab
         --> deploy.yaml:2:4
          |
        2 | b:    $x
          |       ^^ x
        error: over lines
         --> deploy.yaml:2:4
          |
        2 | b:    $x
          |       ^^ its first line
        error: wide
         --> deploy.yaml:3:2
          |
        3 | ä😀:      red
          |  ^^ wide
        error: escapes
         --> deploy.yaml:3:6
          |
        3 | ä😀:      red
          |       ^^^^^^^ no colour
        error: the end
         --> deploy.yaml:4:5
          |
        4 | last
          |     ^ here
        error: beyond
         --> deploy.yaml:4:5
          |
        4 | last
          |     ^
        6 errors in deploy.yaml
        "#);
    }

    #[test]
    fn a_very_long_line_is_cut() {
        let text = format!("a: {}X{}", "-".repeat(5_000), "-".repeat(5_000));
        let (sources, at) = sources(&text);
        let problem = Problem::error("x", "long", at("X")).label("this");
        let rendered = render(&all([problem]), &sources, false);
        assert!(
            rendered.lines().all(|line| line.chars().count() < 160),
            "{rendered}"
        );
        assert!(rendered.contains("^ this"), "{rendered}");
    }

    #[test]
    fn color_adds_no_information() {
        let (sources, at) = sources("a: 1\n");
        let problems = all([Problem::error("x", "wrong", at("1")).label("here")]);
        let coloured = render(&problems, &sources, true);
        assert!(coloured.contains("\u{1b}["));
        let stripped = anstream::adapter::strip_str(&coloured).to_string();
        assert_eq!(stripped, render(&problems, &sources, false));
    }

    #[test]
    fn no_problems_render_nothing() {
        assert_eq!(render(&Problems::default(), &Sources::default(), false), "");
    }
}
