//! .dockerignore with Docker's semantics (docs.docker.com, "Build context", ".dockerignore files"), which
//! differ from git's: a pattern is anchored at the context's root, the last matching pattern decides, and a
//! pattern that matches a folder applies to everything in it.

use std::path::{Path, PathBuf};

use index::PatternIndex;
use pattern::Pattern;

use super::DockerError;
use super::error::bad_ignore_pattern;
use crate::files;

mod index;
mod pattern;

/// The largest ignore file in bytes, and the most patterns: BuildKit gets them with every request for files.
const MAX_BYTES: u64 = 4 << 20;
const MAX_PATTERNS: usize = 50_000;

/// The patterns of one ignore file, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct IgnorePatterns {
    file: PathBuf,
    patterns: Vec<Pattern>,
    /// The line of each pattern, from 1.
    lines: Vec<usize>,
    index: PatternIndex,
}

/// The numbers of the patterns that matched a folder, in order; its children inherit the matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PatternMatch(Vec<usize>);

/// A line of an ignore file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IgnoreLine {
    /// The ignore file.
    pub(crate) file: PathBuf,
    /// The line's number, from 1.
    pub(crate) line: usize,
    /// The line's pattern.
    pub(crate) pattern: String,
}

impl IgnorePatterns {
    /// Parses the text of an ignore file.
    pub(crate) fn parse(file: &Path, text: &str) -> Result<Self, DockerError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (mut patterns, mut lines) = (Vec::new(), Vec::new());
        for (index, line) in text.lines().enumerate() {
            // A comment must have # in the first column: after blanks it is a pattern.
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            if patterns.len() == MAX_PATTERNS {
                let why = "it is one of more than 50000 patterns";
                return Err(bad_ignore_pattern(file, index + 1, line.trim(), why));
            }
            let pattern = Pattern::parse(line.trim())
                .map_err(|why| bad_ignore_pattern(file, index + 1, line.trim(), why))?;
            patterns.push(pattern);
            lines.push(index + 1);
        }
        Ok(Self {
            file: file.to_owned(),
            index: PatternIndex::new(&patterns),
            patterns,
            lines,
        })
    }

    /// Reads the effective ignore file: `<Dockerfile>.dockerignore` beside the Dockerfile, else the context's.
    pub(crate) fn read(context: &Path, dockerfile: &Path) -> Result<Self, DockerError> {
        let mut own = dockerfile.as_os_str().to_owned();
        own.push(".dockerignore");
        for file in [PathBuf::from(own), context.join(".dockerignore")] {
            match files::read(&file, MAX_BYTES) {
                Ok(bytes) => return Self::parse(&file, &String::from_utf8_lossy(&bytes)),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => {
                    return Err(DockerError::Read {
                        path: file,
                        why: error.to_string(),
                    });
                }
            }
        }
        Ok(Self::default())
    }

    /// Returns whether a path (relative, with `/`) is excluded, and the matches that its children inherit.
    pub(crate) fn excludes(&self, path: &str, parent: &PatternMatch) -> (bool, PatternMatch) {
        let mut excluded = false;
        let mut matched = Vec::new();
        let mut inherited = parent.0.iter().copied().peekable();
        let mut candidates = self.index.candidates(path).into_iter().peekable();
        // Patterns that are neither inherited nor candidates can't match.
        while let Some(number) = inherited
            .peek()
            .into_iter()
            .chain(candidates.peek())
            .min()
            .copied()
        {
            let is_inherited = inherited.next_if_eq(&number).is_some();
            let is_candidate = candidates.next_if_eq(&number).is_some();
            let Some(pattern) = self.patterns.get(number) else {
                continue;
            };
            // Excluding an excluded path, or making an exception for an included one, changes nothing.
            if is_inherited || is_candidate && pattern.is_exception() == excluded && pattern.matches(path) {
                matched.push(number);
                excluded = !pattern.is_exception();
            }
        }
        (excluded, PatternMatch(matched))
    }

    /// Returns the line that excludes a path (relative, with `/`); None if it is not excluded.
    pub(crate) fn excluding_line(&self, path: &str) -> Option<IgnoreLine> {
        let mut matched = PatternMatch::default();
        let mut is_excluded = false;
        for (end, _) in path.match_indices('/').chain([(path.len(), "")]) {
            (is_excluded, matched) = self.excludes(path.get(..end)?, &matched);
        }
        let last = *matched.0.last().filter(|_| is_excluded)?;
        Some(IgnoreLine {
            file: self.file.clone(),
            line: *self.lines.get(last)?,
            pattern: self.patterns.get(last)?.text().to_owned(),
        })
    }

    /// Whether an excluded folder may contain an exception, so that it has to be walked.
    pub(crate) fn may_keep_inside(&self, folder: &str) -> bool {
        self.index.may_keep_inside(folder)
    }
}

/// Reads a path against an ignore file, and checks that a walk finds what is kept.
#[cfg(any(test, fuzzing))]
pub(crate) fn fuzzed_ignore(path: &str, text: &str) {
    let Ok(ignore) = IgnorePatterns::parse(Path::new(".dockerignore"), text) else {
        return;
    };
    let mut matched = PatternMatch::default();
    let mut unreachable = None;
    let mut is_excluded = false;
    for (end, _) in path.match_indices('/').chain([(path.len(), "")]) {
        let part = &path[..end];
        (is_excluded, matched) = ignore.excludes(part, &matched);
        let is_folder = end < path.len();
        if is_folder && is_excluded && unreachable.is_none() && !ignore.may_keep_inside(part) {
            unreachable = Some(part);
        }
    }
    assert!(
        is_excluded || unreachable.is_none(),
        "{path:?} is kept, and {unreachable:?} not walked"
    );
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ignore(text: &str) -> IgnorePatterns {
        IgnorePatterns::parse(Path::new(".dockerignore"), text)
            .unwrap_or_else(|error| panic!("{text:?}: {error}"))
    }

    /// Evaluates a path as the walk does: from the root down, passing each folder's matches to its children.
    fn is_excluded(ignore: &IgnorePatterns, path: &str) -> bool {
        let mut matched = PatternMatch::default();
        let mut excluded = false;
        for (end, _) in path.match_indices('/').chain([(path.len(), "")]) {
            (excluded, matched) = ignore.excludes(&path[..end], &matched);
        }
        excluded
    }

    #[test]
    fn each_rule() {
        // Columns: pattern lines, excluded paths, kept paths.
        let rows: &[(&str, &[&str], &[&str])] = &[
            ("foo", &["foo", "foo/a/b"], &["a/foo", "foobar", "xfoo"]),
            ("/foo", &["foo"], &["a/foo"]),
            ("foo/", &["foo", "foo/x"], &["a/foo"]),
            ("./foo//bar", &["foo/bar"], &["foo", "foo/baz"]),
            ("a/../foo", &["foo"], &["a"]),
            ("../foo", &[], &["foo", "a/foo"]),
            ("*.md", &["README.md"], &["docs/README.md", "README.mdx"]),
            ("*/*.md", &["docs/README.md"], &["README.md", "a/b/c.md"]),
            ("**/*.md", &["README.md", "a/b.md", "a/b/c.md"], &["README.txt"]),
            (
                "**/target",
                &["target", "a/target", "a/target/x"],
                &["targets", "a/xtarget"],
            ),
            (
                "target/**",
                &["target/a", "target/a/b"],
                &["target", "a/target/b"],
            ),
            ("a/**/z", &["a/z", "a/b/z", "a/b/c/z"], &["z", "a/b/y"]),
            ("**", &["a", "a/b"], &[]),
            ("*", &["a", "a/b", ".x"], &[]),
            ("a?c", &["abc", "aéc"], &["ac", "a/c", "abbc"]),
            ("[ab].txt", &["a.txt", "b.txt"], &["c.txt"]),
            ("[a-c]x", &["ax", "cx"], &["dx"]),
            ("[^a]x", &["bx"], &["ax"]),
            ("[!a]x", &["ax", "!x"], &["bx"]),
            ("[&&]x", &["&x"], &["ax"]),
            ("[[:digit:]]x", &["1x"], &["ax", "dx"]),
            (r"\*x", &["*x"], &["ax"]),
            (r"[\]]x", &["]x"], &["ax"]),
            (r"a\!b", &["a!b"], &["ab"]),
            ("a.b+(c)|{d}$^", &["a.b+(c)|{d}$^"], &["axb+(c)|{d}$^"]),
            ("a.*", &["a.b"], &["axb"]),
            ("a]*", &["a]b"], &["ab"]),
            ("*.md\n!README.md", &["x.md"], &["README.md"]),
            ("!README.md\n*.md", &["README.md"], &["x.txt"]),
            (
                "*.md\n!README*.md\nREADME-secret.md",
                &["x.md", "README-secret.md"],
                &["README.md", "README-a.md"],
            ),
            ("foo\n!foo/bar", &["foo", "foo/x"], &["foo/bar", "foo/bar/x"]),
            ("foo\n!foo/bar\nfoo/bar/no", &["foo/bar/no"], &["foo/bar/yes"]),
            ("*\n!src", &["a", "a/src"], &["src", "src/a/b"]),
            ("**\n!**/keep", &["a", "a/b"], &["keep", "a/b/keep"]),
            ("# comment\n\n  \n #x", &["#x"], &["comment"]),
            ("\u{feff}foo\r\nbar\r\n", &["foo", "bar"], &["\u{feff}foo"]),
            ("  foo  ", &["foo"], &["  foo  "]),
            ("! foo\nfoo", &["foo"], &[]),
            ("foo\n! foo", &[], &["foo"]),
            ("/", &[], &["a"]),
            (".", &[], &["a", ".a"]),
            ("", &[], &["a"]),
            ("Éa*", &["Éab"], &["Eab"]),
        ];
        for (text, excluded, kept) in rows {
            let ignore = ignore(text);
            for path in *excluded {
                assert!(is_excluded(&ignore, path), "{text:?} excludes {path}");
            }
            for path in *kept {
                assert!(!is_excluded(&ignore, path), "{text:?} keeps {path}");
            }
        }
    }

    #[test]
    fn invalid_patterns_are_reported_with_their_line() {
        for (pattern, why) in [
            ("[", "never closed"),
            ("a[b", "never closed"),
            ("[]a]", "empty"),
            ("[-a]", "starts with `-`"),
            ("[a-]", "no end"),
            ("[z-a]", "backwards"),
            ("a\\", "nothing follows the escape"),
            ("!", "excludes nothing"),
        ] {
            let error = IgnorePatterns::parse(Path::new("x/.dockerignore"), &format!("ok\n# c\n{pattern}\n"))
                .expect_err(pattern)
                .to_string();
            assert!(
                error.starts_with(&format!("x/.dockerignore:3: invalid pattern `{pattern}`: ")),
                "{error}"
            );
            assert!(error.contains(why), "{error}");
        }
    }

    #[test]
    fn a_folder_is_walked_only_when_something_in_it_may_be_kept() {
        let walked = |text: &str, folder: &str| ignore(text).may_keep_inside(folder);
        assert!(!walked("foo", "foo"));
        assert!(walked("foo\n!foo/bar", "foo"));
        assert!(walked("foo\n!foo/bar/baz", "foo/bar"));
        assert!(!walked("foo\n!foo/bar", "foo/qux"));
        assert!(!walked("*\n!src", "node_modules"));
        assert!(walked("**\n!**/keep", "any/folder"));
        assert!(walked("*\n!a*/b", "abc"));
        assert!(walked("*\n!src/**", "src"));
        assert!(!walked("*\n!src/**", "node_modules"));
    }

    /// Evaluates a path as Docker does: every pattern in turn (github.com/moby/patternmatcher,
    /// `MatchesUsingParentResults`).
    fn is_excluded_by_each_in_turn(ignore: &IgnorePatterns, path: &str) -> bool {
        let mut inherited = vec![false; ignore.patterns.len()];
        let mut excluded = false;
        for (end, _) in path.match_indices('/').chain([(path.len(), "")]) {
            excluded = false;
            for (pattern, matched) in ignore.patterns.iter().zip(&mut inherited) {
                *matched = *matched || pattern.is_exception() == excluded && pattern.matches(&path[..end]);
                if *matched {
                    excluded = !pattern.is_exception();
                }
            }
        }
        excluded
    }

    #[test]
    fn few_of_twenty_thousand_patterns_are_tried() {
        let kinds: [fn(usize) -> String; 10] = [
            |number| format!("build/output/file-{number}.o"),
            |number| format!("!build/keep-{number}"),
            |number| format!("**/name-{number}"),
            |number| format!("**/*.{number}x"),
            |number| format!("*.ext{number}"),
            |number| format!("folder-{number}/**"),
            |number| format!("!src/*/{number}-?.rs"),
            |number| format!("a*b{number}*c"),
            |number| format!("**/cache-{number}/**"),
            |number| format!("[a-z]{number}"),
        ];
        let lines = (0..20_000).map(|number| kinds[number % kinds.len()](number));
        let ignore = ignore(&lines.collect::<Vec<_>>().join("\n"));
        for path in [
            "build/output/file-100.o",
            "src/lib/19996-a.rs",
            "a/b/name-19992/c.txt",
            "x.19993x",
            "plain",
        ] {
            let tried = ignore.index.candidates(path).len();
            assert!(tried <= 10, "{path}: {tried}");
        }
        assert!(is_excluded(&ignore, "a/b/name-19992/c.txt"));
        assert!(is_excluded(&ignore, "x.19993x"));
        assert!(!is_excluded(&ignore, "plain"));
    }

    #[test]
    fn the_line_that_excludes_a_path_is_found() {
        let ignore = ignore("# comment\n*.json\n!config.json\n\nconf*/\nlogs\n");
        let line = |path: &str| ignore.excluding_line(path).map(|line| (line.line, line.pattern));
        assert_eq!(line("a.json"), Some((2, "*.json".to_owned())));
        assert_eq!(line("config.json"), Some((5, "conf*".to_owned())));
        assert_eq!(line("logs/a/b"), Some((6, "logs".to_owned())));
        assert_eq!(line("src/a.json"), None);
    }

    #[test]
    fn patterns_are_bounded() {
        let parse = |lines: usize| IgnorePatterns::parse(Path::new("i"), &"a\n".repeat(lines));
        assert!(parse(MAX_PATTERNS).is_ok());
        let error = parse(MAX_PATTERNS + 1).unwrap_err().to_string();
        assert!(error.contains("50000"), "{error}");
    }

    /// Compiling an expression takes 600 times its length.
    #[test]
    fn patterns_longer_than_a_path_are_refused() {
        let parse = |text: &str| IgnorePatterns::parse(Path::new(".dockerignore"), text).map(|_| ());
        assert!(parse(&"a".repeat(4_096)).is_ok());
        assert!(parse(&"a/".repeat(2_048)).is_ok());
        for pattern in ["a".repeat(4_097), "*a".repeat(500_000)] {
            let error = parse(&pattern).unwrap_err().to_string();
            assert!(error.ends_with("…`: it is longer than 4096 bytes"), "{error}");
            assert!(error.len() < 1_000, "{}", error.len());
        }
    }

    #[test]
    fn the_dockerfiles_own_ignore_file_wins() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at(".dockerignore"), "general").unwrap();
        std::fs::write(at("prod.Dockerfile.dockerignore"), "special").unwrap();
        let read = |dockerfile: &str| IgnorePatterns::read(folder.path(), &at(dockerfile)).unwrap();
        assert!(is_excluded(&read("Dockerfile"), "general"));
        assert!(!is_excluded(&read("prod.Dockerfile"), "general"));
        assert!(is_excluded(&read("prod.Dockerfile"), "special"));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[-a-c*?!/\\[\\]\\\\^.#: \n]{0,40}", path in "[a-c/.]{0,12}") {
            if let Ok(ignore) = IgnorePatterns::parse(Path::new("i"), &text) {
                let _ = is_excluded(&ignore, &path);
                let _ = ignore.may_keep_inside(&path);
            }
        }

        #[test]
        fn no_input_panics_anywhere(text in any::<String>(), path in any::<String>()) {
            if let Ok(ignore) = IgnorePatterns::parse(Path::new("i"), &text) {
                let _ = is_excluded(&ignore, &path);
            }
        }

        #[test]
        fn the_index_changes_nothing(
            text in "([!]?(/)?[ab\\\\*?/.]{1,7}\n|[!]?[*][*]/?[ab]{1,2}\n|[ab]/\\[ab\\]\n){1,8}",
            path in "[ab.]{1,2}(/[ab.]{1,2}){0,3}",
        ) {
            let Ok(ignore) = IgnorePatterns::parse(Path::new("i"), &text) else { return Ok(()) };
            prop_assert_eq!(is_excluded(&ignore, &path), is_excluded_by_each_in_turn(&ignore, &path));
            let index = &ignore.index;
            for (number, pattern) in ignore.patterns.iter().enumerate() {
                prop_assert!(!pattern.matches(&path) || index.candidates(&path).contains(&number));
            }
        }

        /// A walk with pruning finds everything that is kept in an excluded folder.
        #[test]
        fn pruning_loses_nothing(text in "([!]?[abc*/]{1,6}\n){1,4}", path in "[abc](/[abc]){1,4}") {
            let Ok(ignore) = IgnorePatterns::parse(Path::new("i"), &text) else { return Ok(()) };
            if !is_excluded(&ignore, &path) {
                for (end, _) in path.match_indices('/') {
                    let folder = &path[..end];
                    prop_assert!(!is_excluded(&ignore, folder) || ignore.may_keep_inside(folder), "{folder}");
                }
            }
        }
    }
}
