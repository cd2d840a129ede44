//! Renders problems for humans: the source line, underlined, and what to do.

use std::borrow::Cow;
use std::collections::BTreeSet;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Mark, Renderer, Snippet};

use super::excerpt::Excerpt;
use super::sanitize::clean_lines;
use super::span::Source;
use super::{Label, Level, Problem, Problems, SourceId, Sources, Span, joined};

/// The columns before a source line: a line number of up to four digits, and the gutter.
const GUTTER: usize = 7;
/// The columns that the library shows around a problem in a line that it cuts.
const WINDOW: usize = 12;

/// How problems are rendered.
#[derive(Clone, Copy, Debug, Default)]
pub struct RenderStyle {
    /// Whether the text has ANSI escapes; they carry no information beyond the text.
    pub coloured: bool,
    /// The columns of the terminal. Of a longer source line, the part around the problem is shown.
    pub width: Option<usize>,
}

/// Renders every problem in file order, then their number. Ends with a newline; empty if there are no
/// problems.
pub fn render(problems: &Problems, sources: &Sources, style: RenderStyle) -> String {
    let renderer = if style.coloured {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let renderer = match style.width {
        Some(width) => renderer.term_width(width),
        None => renderer,
    };
    let shown = problems.shown();
    let mut out = String::new();
    for problem in &shown.list {
        out.push_str(&one(problem, sources, (&renderer, style)));
        out.push('\n');
    }
    if let Some(rest) = shown.rest() {
        out.push_str(&rest);
        out.push('\n');
    }
    if !problems.is_empty() {
        out.push_str(&count(problems, sources));
        out.push('\n');
    }
    out
}

fn one(problem: &Problem, sources: &Sources, (renderer, style): (&Renderer, RenderStyle)) -> String {
    let problem = &with_room(problem, sources, style);
    let message = clean_lines(&problem.message);
    let title = match problem.level {
        Level::Error => Mark::ERROR.primary_title(message),
        Level::Warning => Mark::WARNING.primary_title(message),
    };
    let excerpts: Vec<(&Source, Excerpt)> = places(problem)
        .into_iter()
        .filter_map(|id| Some((sources.get(id)?, excerpt(problem, id, sources.get(id)?))))
        .collect();
    let mut group = Group::with_title(title);
    for (id, (source, excerpt)) in places(problem).into_iter().zip(&excerpts) {
        group = group.element(snippet(problem, id, source, excerpt));
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
    let mut text = renderer.render(&[group]);
    for (id, (source, excerpt)) in places(problem).into_iter().zip(&excerpts) {
        if let Some((line, column)) = header(problem, id).and_then(|span| sources.position(span))
            && excerpt.is_cut
        {
            text = with_place(&text, &format!("{}:{line}:{column}", source.name));
        }
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// Moves a label that doesn't fit beside the underlined text to the notes, which may wrap.
fn with_room(problem: &Problem, sources: &Sources, style: RenderStyle) -> Problem {
    let mut problem = problem.clone();
    let Some(((width, span), (line, column))) = style
        .width
        .zip(problem.span)
        .and_then(|(width, span)| Some(((width, span), sources.position(span)?)))
    else {
        return problem;
    };
    // Of a line that is too long, the part around the problem is shown.
    let is_windowed = sources.any_line(line, |text| text.chars().count() + GUTTER > width);
    let before = if is_windowed { WINDOW } else { column };
    let used = GUTTER + before + span.end.saturating_sub(span.start);
    if let Some(label) = problem
        .label
        .take_if(|label| used + label.chars().count() > width)
    {
        problem.notes.insert(0, label);
    }
    problem
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

/// Returns the location that stands above the excerpt of a source.
fn header(problem: &Problem, id: SourceId) -> Option<Span> {
    let others = problem.others.iter().map(|other| other.span);
    problem
        .span
        .into_iter()
        .chain(others)
        .find(|span| span.source == id)
}

fn excerpt(problem: &Problem, id: SourceId, source: &Source) -> Excerpt {
    let others = problem.others.iter().map(|other| other.span);
    let spans = problem
        .span
        .into_iter()
        .chain(others)
        .filter(|span| span.source == id);
    Excerpt::of(source, &spans.collect::<Vec<_>>())
}

fn snippet<'a>(
    problem: &'a Problem,
    id: SourceId,
    source: &'a Source,
    excerpt: &'a Excerpt,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let own = problem.span.filter(|span| span.source == id).map(|span| {
        AnnotationKind::Primary
            .span(excerpt.place(span))
            .label(problem.label.as_deref().map(clean_lines))
    });
    let others = problem.others.iter().filter(|other| other.span.source == id);
    let others: Vec<_> = others.map(|other| context(excerpt, other)).collect();
    let name = match excerpt.is_cut {
        true => Cow::Borrowed(CUT),
        false => clean_lines(&source.name),
    };
    Snippet::source(excerpt.text.as_str())
        .line_start(excerpt.first_line)
        .path(name)
        .annotations(own)
        .annotations(others)
}

fn context<'a>(excerpt: &Excerpt, other: &'a Label) -> annotate_snippets::Annotation<'a> {
    let span = excerpt.place(other.span);
    if other.text.is_empty() {
        return AnnotationKind::Visible.span(span);
    }
    AnnotationKind::Context.span(span).label(clean_lines(&other.text))
}

/// Stands for the name of a source of which a line is cut: the library counts columns from the cut.
const CUT: &str = "\u{e000}";

/// Replaces the place of a cut line, `\u{e000}:LINE:COLUMN`, by the place in the source.
fn with_place(text: &str, place: &str) -> String {
    let Some((before, after)) = text.split_once(CUT) else {
        return text.to_owned();
    };
    let is_counted = |c: char| c == ':' || c.is_ascii_digit();
    format!("{before}{place}{}", after.trim_start_matches(is_counted))
}

fn count(problems: &Problems, sources: &Sources) -> String {
    let (errors, warnings) = (problems.error_count(), problems.warning_count());
    let parts: Vec<String> = [(errors, "error"), (warnings, "warning")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}{}", if number == 1 { "" } else { "s" }))
        .collect();
    let files: BTreeSet<SourceId> = problems
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
        let names = match names.len() {
            ..=2 => names.join(" and "),
            _ => joined(&names),
        };
        format!(" in {names}")
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
        insta::assert_snapshot!(render(&problems, &sources, RenderStyle::default()), @"
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
        insta::assert_snapshot!(render(&all([problem]), &sources, RenderStyle::default()), @r#"
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
        insta::assert_snapshot!(render(&problems, &sources, RenderStyle::default()), @r#"
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
        insta::assert_snapshot!(render(&problems, &sources, RenderStyle::default()), @r#"
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
        let rendered = render(&all([problem]), &sources, RenderStyle::default());
        assert!(
            rendered.lines().all(|line| line.chars().count() < 160),
            "{rendered}"
        );
        assert!(rendered.contains("^ this"), "{rendered}");
        assert!(rendered.contains("--> deploy.yaml:1:5004\n"), "{rendered}");
    }

    #[test]
    fn color_adds_no_information() {
        let (sources, at) = sources("a: 1\n");
        let problems = all([Problem::error("x", "wrong", at("1")).label("here")]);
        let coloured = render(
            &problems,
            &sources,
            RenderStyle {
                coloured: true,
                ..RenderStyle::default()
            },
        );
        assert!(coloured.contains("\u{1b}["));
        let stripped = anstream::adapter::strip_str(&coloured).to_string();
        assert_eq!(stripped, render(&problems, &sources, RenderStyle::default()));
    }

    #[test]
    fn no_problems_render_nothing() {
        assert_eq!(
            render(&Problems::default(), &Sources::default(), RenderStyle::default()),
            ""
        );
    }
}
