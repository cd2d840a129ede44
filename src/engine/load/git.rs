//! What git knows about the folder of deploy.yaml.

use std::path::Path;
use std::process::Command;

use crate::config::{Git, GitFacts};

/// Where CI systems say which branch they build, as they check out a commit and not the branch.
/// The name, and what stands before the branch in it.
const BRANCH_VARIABLES: [(&str, &str); 9] = [
    // GitHub Actions: the source of a pull request; else `refs/heads/…`, or a tag.
    ("GITHUB_HEAD_REF", ""),
    ("GITHUB_REF", "refs/heads/"),
    // GitLab CI
    ("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", ""),
    ("CI_COMMIT_BRANCH", ""),
    ("BITBUCKET_BRANCH", ""),
    ("CIRCLE_BRANCH", ""),
    ("BUILDKITE_BRANCH", ""),
    // AWS CodeBuild and Azure Pipelines
    ("CODEBUILD_WEBHOOK_HEAD_REF", "refs/heads/"),
    ("BUILD_SOURCEBRANCH", "refs/heads/"),
];

/// Asks git; whether everything is committed only when that is wanted.
pub fn ask(root: &Path, dirty: bool, variable: &dyn Fn(&str) -> Option<String>) -> Git {
    match facts(root, dirty, variable) {
        Ok(facts) => Git::Facts(facts),
        Err(why) => Git::Missing(why),
    }
}

fn facts(root: &Path, dirty: bool, variable: &dyn Fn(&str) -> Option<String>) -> Result<GitFacts, String> {
    // One process tells the commit and its names; a person's settings must not change what it prints.
    let output = git(
        root,
        &[
            "-c",
            "log.showSignature=false",
            "log",
            "-1",
            "--no-color",
            "--decorate=full",
            "--decorate-refs=HEAD",
            "--decorate-refs=refs/heads/*",
            "--decorate-refs=refs/tags/*",
            "--format=%H%n%h%n%D",
        ],
    )?;
    let mut lines = output.lines();
    let (sha, short_sha) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let names: Vec<&str> = lines.next().unwrap_or_default().split(", ").collect();
    let checked_out = names
        .iter()
        .find_map(|name| name.strip_prefix("HEAD -> refs/heads/"))
        .map(str::to_owned);
    Ok(GitFacts {
        sha: sha.to_owned(),
        short_sha: short_sha.to_owned(),
        branch: checked_out.or_else(|| ci_branch(variable)),
        tag: names
            .iter()
            .find_map(|name| name.strip_prefix("tag: refs/tags/"))
            .map(str::to_owned),
        dirty: dirty && !git(root, &["status", "--porcelain"])?.trim().is_empty(),
    })
}

fn ci_branch(variable: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    BRANCH_VARIABLES.iter().find_map(|(name, prefix)| {
        let value = variable(name)?;
        let branch = value.strip_prefix(prefix)?;
        (!branch.is_empty()).then(|| branch.to_owned())
    })
}

/// What git prints, or the first line of why it doesn't.
fn git(root: &Path, args: &[&str]) -> Result<String, String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(args)
        // Reading must not wait for, or get in the way of, somebody else's git.
        .env("GIT_OPTIONAL_LOCKS", "0")
        .output()
        .map_err(|error| format!("git can't be run: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let first = said.lines().next().unwrap_or("no reason given");
    Err(format!("git: {}", first.trim_start_matches("fatal: ")))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn repository() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let run = |args: &[&str]| {
            let identity = [
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@example.com",
                "-c",
                "commit.gpgSign=false",
            ];
            git(folder.path(), &[&identity[..], args].concat()).unwrap()
        };
        run(&["init", "-q", "-b", "feature/x"]);
        fs::write(folder.path().join("file"), "1").unwrap();
        run(&["add", "."]);
        run(&["commit", "-q", "-m", "first"]);
        folder
    }

    fn known(git: Git) -> GitFacts {
        match git {
            Git::Facts(facts) => facts,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_branch_a_tag_and_what_is_not_committed() {
        let folder = repository();
        let facts = known(ask(folder.path(), true, &|_| None));
        assert_eq!(facts.branch.as_deref(), Some("feature/x"));
        assert_eq!((facts.tag.clone(), facts.dirty), (None, false));
        assert_eq!(facts.sha.len(), 40);
        assert!(facts.sha.starts_with(&facts.short_sha) && facts.short_sha.len() >= 7);

        git(folder.path(), &["tag", "v1.0"]).unwrap();
        fs::write(folder.path().join("file"), "2").unwrap();
        let facts = known(ask(folder.path(), true, &|_| None));
        assert_eq!((facts.tag.as_deref(), facts.dirty), (Some("v1.0"), true));
        assert!(!known(ask(folder.path(), false, &|_| None)).dirty);
    }

    #[test]
    fn a_detached_head_is_named_by_the_ci_system() {
        let folder = repository();
        git(folder.path(), &["checkout", "-q", "--detach"]).unwrap();
        let with = |name: &'static str, value: &'static str| {
            known(ask(folder.path(), false, &move |asked| {
                (asked == name).then(|| value.to_owned())
            }))
            .branch
        };
        assert_eq!(with("NOTHING", ""), None);
        assert_eq!(with("GITHUB_REF", "refs/heads/main").as_deref(), Some("main"));
        assert_eq!(with("GITHUB_REF", "refs/tags/v1"), None);
        assert_eq!(with("GITHUB_HEAD_REF", "fix").as_deref(), Some("fix"));
        assert_eq!(with("GITHUB_HEAD_REF", ""), None);
        assert_eq!(with("CI_COMMIT_BRANCH", "main").as_deref(), Some("main"));
        assert_eq!(
            with("CODEBUILD_WEBHOOK_HEAD_REF", "refs/heads/a/b").as_deref(),
            Some("a/b")
        );
    }

    #[test]
    fn why_there_is_nothing_to_know() {
        let folder = tempfile::tempdir().unwrap();
        match ask(folder.path(), false, &|_| None) {
            Git::Missing(why) => assert!(why.starts_with("git: not a git repository"), "{why}"),
            other => panic!("{other:?}"),
        }
        git(folder.path(), &["init", "-q"]).unwrap();
        assert!(matches!(ask(folder.path(), false, &|_| None), Git::Missing(_)));
    }
}
