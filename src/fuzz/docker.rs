//! .dockerignore.

use crate::docker::fuzzed_ignore;

/// The first line is a path, the rest an ignore file: both are read without a panic, and a folder whose contents are
/// kept is walked.
pub fn dockerignore(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (path, patterns) = text.split_once('\n').unwrap_or(("a/b/c", &text));
    let path: String = path.chars().take(200).collect();
    // Long patterns take long to compile, in the same way as short ones.
    let patterns: Vec<&str> = patterns
        .lines()
        .filter(|line| line.len() <= 100)
        .take(20)
        .collect();
    fuzzed_ignore(&path, &patterns.join("\n"));
}
