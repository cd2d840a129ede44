//! The final contents of a terminal.

use std::path::Path;

use indicatif::{InMemoryTerm, TermLike};

use super::cli::{Output, filtered};

/// Returns the final contents of a terminal this wide, without trailing blanks, and filtered.
pub fn screen(output: &Output, columns: u16) -> String {
    filtered(&contents(output, columns), Path::new("/nonexistent"))
}

/// Returns the final contents of a terminal this wide, unfiltered.
pub fn contents(output: &Output, columns: u16) -> String {
    contents_of(output, 40, columns)
}

fn contents_of(output: &Output, rows: u16, columns: u16) -> String {
    let terminal = InMemoryTerm::new(rows, columns);
    terminal.write_str(&output.stdout).unwrap();
    let lines: Vec<String> = terminal
        .contents()
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    lines.join("\n")
}

/// Returns the final contents of a terminal this wide, with the exit code and without ids.
pub fn screen_with_code(output: &Output, columns: u16) -> String {
    let text = format!("exit: {}\n{}", output.code(), contents_of(output, 60, columns));
    without_ids(&filtered(&text, Path::new("/nonexistent")))
}

/// Removes task ids and deployment numbers: they are the same in every run, but mean nothing to a reader.
pub fn without_ids(text: &str) -> String {
    [
        (r"\b[0-9a-f]{32}\b", "[TASK]"),
        (r"ecs-svc/[\d\n]+", "ecs-svc/[N]"),
        (
            r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
            "[ID]",
        ),
        (
            r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d\d \[TIME\]",
            "[DATE]",
        ),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (pattern, by)| {
        regex::Regex::new(pattern)
            .unwrap()
            .replace_all(&text, by)
            .into_owned()
    })
}

/// Returns a terminal's contents, sorting adjacent lines that begin alike: services finish in any order.
pub fn sorted_screen(output: &Output, columns: u16) -> String {
    let shown = screen(output, columns);
    let mut lines: Vec<&str> = shown.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let first = |line: &str| (indent(line), line.split_whitespace().next().map(str::to_owned));
    for alike in lines.chunk_by_mut(|one, other| first(one) == first(other)) {
        alike.sort_unstable();
    }
    lines.join("\n")
}
