//! Finds the line of the ignore file that hides what a step copies: builders only say that it isn't there.

use super::super::context::BuildContext;
use super::super::ignore::{IgnoreLine, IgnorePatterns, PatternMatch};

/// Returns the hint for a file that a step couldn't find because it is excluded.
pub(super) fn hint(context: &BuildContext, said: &str, step: Option<&str>) -> Option<String> {
    const SIGNS: [&str; 4] = [
        "not found",
        "no such file",
        "does not exist",
        "no source files were specified",
    ];
    let is_missing = SIGNS.iter().any(|sign| said.contains(sign));
    // What comes from another stage is not in the context.
    let is_of_context = step.is_none_or(|step| !step.contains("from="));
    if !is_missing || !is_of_context {
        return None;
    }
    let named = named_paths(said).map(str::to_owned);
    let sources = step.map(sources).unwrap_or_default();
    let (path, line) = named.chain(sources).find_map(|path| excluded(context, &path))?;
    let file = line.file.strip_prefix(&context.root).unwrap_or(&line.file);
    Some(format!(
        "`{path}` is excluded by {}:{} (`{}`): remove that line, or add `!{path}` below it",
        file.display(),
        line.line,
        line.pattern
    ))
}

/// Returns the paths of `"/config.json" not found` (BuildKit) and `stat config.json: ` (the classic builder).
fn named_paths(said: &str) -> impl Iterator<Item = &str> {
    let quoted = said.split('"').skip(1).step_by(2);
    let statted = said
        .split("stat ")
        .skip(1)
        .filter_map(|rest| rest.split_once(": ").map(|(path, _)| path));
    quoted.chain(statted)
}

/// Returns the sources of `[2/3] COPY --chown=1 a b /c`.
fn sources(step: &str) -> Vec<String> {
    let text = step.split_once("] ").map_or(step, |(_, text)| text);
    let mut words = text.split_whitespace();
    let instruction = words.next().unwrap_or_default();
    let copies = ["COPY", "ADD"]
        .iter()
        .any(|known| instruction.eq_ignore_ascii_case(known));
    if !copies {
        return Vec::new();
    }
    let mut paths: Vec<String> = words
        .filter(|word| !word.starts_with("--"))
        // The form of a JSON array has brackets, quotes and commas.
        .map(|word| word.trim_matches(['[', ']', '"', ',']).to_owned())
        .collect();
    paths.pop();
    paths
}

/// Returns a path of the context, as it is written or as it matches a wildcard, and the line that excludes it.
fn excluded(context: &BuildContext, path: &str) -> Option<(String, IgnoreLine)> {
    let path = path.trim_start_matches("./").trim_matches('/');
    if path.is_empty() {
        return None;
    }
    if context.root.join(path).symlink_metadata().is_ok() {
        let line = context.ignore.excluding_line(path)?;
        return Some((path.to_owned(), line));
    }
    if !path.contains(['*', '?', '[']) {
        return None;
    }
    let wanted = IgnorePatterns::parse(&context.root, path).ok()?;
    let everything = BuildContext {
        ignore: IgnorePatterns::default(),
        ..context.clone()
    };
    let mut entries = everything.walk().map_while(Result::ok);
    entries.find_map(|entry| {
        let shown = entry.shown();
        let (is_wanted, _) = wanted.excludes(&shown, &PatternMatch::default());
        let line = is_wanted.then(|| context.ignore.excluding_line(&shown))??;
        Some((shown.into_owned(), line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(ignore: &str, said: &str, step: Option<&str>) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir_all(root.join("sub/deep")).unwrap();
        for file in ["Dockerfile", "config.json", "a.txt", "sub/deep/b.txt"] {
            std::fs::write(root.join(file), "x").unwrap();
        }
        std::fs::write(root.join(".dockerignore"), ignore).unwrap();
        let context = BuildContext::open("web", root, &root.join("Dockerfile")).unwrap();
        hint(&context, said, step)
    }

    #[test]
    fn each_builders_words_lead_to_the_line() {
        let ignored = "# no\nconfig.json\n";
        let wanted = "`config.json` is excluded by .dockerignore:2 (`config.json`): remove that line, or add \
                      `!config.json` below it";
        for said in [
            "failed to compute cache key: \"/config.json\" not found: not found",
            "failed to solve: failed to compute cache key: failed to calculate checksum of ref a::b: \
             \"/config.json\": not found",
            "COPY failed: file not found in build context or excluded by .dockerignore: stat config.json: file \
             does not exist",
        ] {
            assert_eq!(found(ignored, said, None).as_deref(), Some(wanted), "{said}");
        }
        let step = Some("[2/2] COPY ./config.json /c");
        let said = "lstat /var/lib/docker/tmp/buildkit-mount1/config.json: no such file or directory";
        assert_eq!(found(ignored, said, step).as_deref(), Some(wanted));
    }

    #[test]
    fn folders_and_wildcards_lead_to_the_line() {
        let said = "\"/sub/deep/b.txt\": not found";
        let hint = found("*.md\nsub\n", said, None).unwrap();
        assert!(
            hint.starts_with("`sub/deep/b.txt` is excluded by .dockerignore:2 (`sub`)"),
            "{hint}"
        );
        let said = "COPY failed: no source files were specified";
        let step = Some("[2/2] COPY --chown=1 sub/*/*.txt /c");
        let hint = found("**/*.txt", said, step).unwrap();
        assert!(
            hint.starts_with("`sub/deep/b.txt` is excluded by .dockerignore:1 (`**/*.txt`)"),
            "{hint}"
        );
        let step = Some("[2/2] COPY [\"config.json\", \"/c\"]");
        assert!(found("*.json", said, step).is_some());
    }

    #[test]
    fn other_failures_have_no_line() {
        let missing = "\"/config.json\": not found";
        assert_eq!(found("", missing, None), None);
        assert_eq!(found("config.json\n!*.json", missing, None), None);
        assert_eq!(found("nope", "\"/nope\": not found", None), None);
        assert_eq!(
            found("config.json", "exit code: 1", Some("[2/2] COPY config.json /c")),
            None
        );
        let step = Some("[2/2] COPY --from=base /config.json /c");
        assert_eq!(found("config.json", missing, step), None);
    }
}
