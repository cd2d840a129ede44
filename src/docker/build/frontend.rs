//! Finds Dockerfile features that the daemon's own frontend is too old for. BuildKit can load a newer frontend,
//! which the Dockerfile's first line names (docs.docker.com, "Custom Dockerfile syntax").

use std::collections::VecDeque;

/// Flags that came after Docker 20.10 (docs.docker.com, "Dockerfile reference", "Minimum Dockerfile version").
const NEWER_FLAGS: [&str; 12] = [
    "checksum",
    "chmod",
    "device",
    "exclude",
    "keep-git-dir",
    "link",
    "mount",
    "network",
    "parents",
    "security",
    "start-interval",
    "unpack",
];
/// The frontend that follows the latest release.
const LATEST: &str = "docker/dockerfile:1";

/// Returns the hint for an error that a newer frontend doesn't have.
pub(super) fn hint(said: &str, dockerfile: &str, is_classic: bool) -> Option<String> {
    let feature = newer_flag(said).or_else(|| here_document(said, dockerfile))?;
    let line = format!("`# syntax={LATEST}`");
    Some(match syntax(dockerfile) {
        _ if is_classic => {
            format!("unset DOCKER_BUILDKIT=0, and let the Dockerfile start with {line}: {feature} needs it")
        }
        None => format!(
            "let the Dockerfile start with {line}: the Docker daemon's own Dockerfile frontend is too old for \
             {feature}"
        ),
        Some(LATEST) => return None,
        Some(other) => format!("change `# syntax={other}` to {line}, if it is too old for {feature}"),
    })
}

/// Returns the flag of `unknown flag: parents` (also `Unknown flag`, `--parents`), if a newer frontend knows it.
fn newer_flag(said: &str) -> Option<String> {
    let at = said.to_ascii_lowercase().find("unknown flag: ")?;
    let flag = said.get(at + "unknown flag: ".len()..)?.trim_start_matches('-');
    let end = flag
        .find(|char: char| !char.is_ascii_alphanumeric() && char != '-')
        .unwrap_or(flag.len());
    let flag = flag.get(..end)?;
    NEWER_FLAGS.contains(&flag).then(|| format!("`--{flag}`"))
}

/// Recognizes a here-document whose lines were taken for instructions, or whose `<<EOF` for a file.
fn here_document(said: &str, dockerfile: &str) -> Option<String> {
    let found = said.contains("\"/<<")
        || said.to_ascii_lowercase().contains("unknown instruction")
            && error_line(said).is_some_and(|line| is_in_here_document(dockerfile, line));
    found.then(|| "here-documents (`<<`)".to_owned())
}

/// Returns the 3 of `parse error line 3:` and `parse error on line 3:`.
fn error_line(said: &str) -> Option<usize> {
    let (_, rest) = said.split_once("parse error")?;
    let (_, rest) = rest.split_once("line ")?;
    let end = rest
        .find(|char: char| !char.is_ascii_digit())
        .unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

/// Whether a line, from 1, lies in a here-document, its end included.
fn is_in_here_document(dockerfile: &str, wanted: usize) -> bool {
    // A line may open as many as the file is long.
    let mut open: VecDeque<&str> = VecDeque::new();
    for (index, line) in dockerfile.lines().enumerate() {
        if let Some(name) = open.front() {
            if index + 1 == wanted {
                return true;
            }
            if line.trim() == *name {
                open.pop_front();
            }
        } else {
            open = here_documents(line).into();
        }
    }
    false
}

/// Returns the end marks of the here-documents that an instruction starts.
fn here_documents(line: &str) -> Vec<&str> {
    let instruction = line.split_whitespace().next().unwrap_or_default();
    let takes_them = ["RUN", "COPY", "ADD"]
        .iter()
        .any(|known| instruction.eq_ignore_ascii_case(known));
    if !takes_them {
        return Vec::new();
    }
    let words = line.split_whitespace();
    let marks = words.filter_map(|word| {
        word.trim_start_matches(|char: char| char.is_ascii_digit())
            .strip_prefix("<<")
    });
    marks
        .map(|mark| mark.trim_start_matches('-').trim_matches(['"', '\'']))
        .filter(|mark| mark.starts_with(|char: char| char.is_alphabetic() || char == '_'))
        .collect()
}

/// Returns the frontend that the Dockerfile names: a comment of its first lines.
fn syntax(dockerfile: &str) -> Option<&str> {
    let comments = dockerfile
        .trim_start_matches('\u{feff}')
        .lines()
        .map_while(|line| line.trim().strip_prefix('#'));
    comments
        .filter_map(|comment| comment.split_once('='))
        .find(|(key, _)| key.trim().eq_ignore_ascii_case("syntax"))
        .map(|(_, value)| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_of_a_newer_frontend_have_a_hint() {
        let hint = |said: &str, dockerfile: &str| hint(said, dockerfile, false);
        for said in [
            "dockerfile parse error line 2: Unknown flag: parents",
            "failed to solve: dockerfile parse error on line 2: unknown flag: --parents (did you mean x?)",
        ] {
            let found = hint(said, "FROM a").unwrap();
            assert!(
                found.contains("start with `# syntax=docker/dockerfile:1`"),
                "{found}"
            );
            assert!(found.contains("`--parents`"), "{found}");
        }
        let old = "# escape=`\n# Syntax = docker/dockerfile:1.2\nFROM a";
        let found = hint("Unknown flag: exclude", old).unwrap();
        assert!(
            found.starts_with("change `# syntax=docker/dockerfile:1.2` to"),
            "{found}"
        );
        assert_eq!(hint("Unknown flag: form", "FROM a"), None);
        assert_eq!(
            hint("Unknown flag: link", "# syntax=docker/dockerfile:1\nFROM a"),
            None
        );
        assert_eq!(hint("unknown instruction: FORM", "FROM a"), None);
    }

    #[test]
    fn here_documents_are_told_from_other_errors() {
        let dockerfile =
            "FROM a\nRUN <<-\"END\" cat\nfirst\n\tEND\nCOPY <<A <<B /\na\nA\nb\nB\nFORM c\nRUN x << 2\ny\n";
        let hint = |line: usize| {
            let said = format!("dockerfile parse error line {line}: unknown instruction: X");
            super::hint(&said, dockerfile, false)
        };
        for line in [3, 4, 6, 7, 8, 9] {
            assert!(hint(line).unwrap().contains("here-documents"), "{line}");
        }
        for line in [1, 2, 5, 10, 12] {
            assert_eq!(hint(line), None, "{line}");
        }
        let missing = "failed to compute cache key: \"/<<EOF\" not found: not found";
        assert!(super::hint(missing, "FROM a", false).is_some());
    }

    /// A list that moves with every end would take minutes.
    #[test]
    fn a_line_may_open_very_many_here_documents() {
        let count = 300_000;
        let dockerfile = format!("RUN {}\n{}b\n", "<<A ".repeat(count), "A\n".repeat(count));
        let said = format!(
            "dockerfile parse error line {}: unknown instruction: B",
            count + 2
        );
        assert_eq!(super::hint(&said, &dockerfile, false), None);
    }

    #[test]
    fn the_classic_builder_loads_no_frontend() {
        let found = hint("Unknown flag: parents", "FROM a", true).unwrap();
        assert!(found.starts_with("unset DOCKER_BUILDKIT=0"), "{found}");
    }
}
