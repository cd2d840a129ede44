//! Reads git facts about the folder of deploy.yaml.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::config::{GitFacts, GitOutcome};

/// Variables in which CI systems pass the branch (they check out a commit, not the branch), each with the
/// prefix before the branch name. Pull request variables come first: in a pull request the others name the
/// merge.
const BRANCH_VARIABLES: [(&str, &str); 14] = [
    // GitHub Actions: the source branch of a pull request; else `refs/heads/…`, or a tag.
    ("GITHUB_HEAD_REF", ""),
    ("GITHUB_REF", "refs/heads/"),
    // GitLab CI
    ("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", ""),
    ("CI_COMMIT_BRANCH", ""),
    ("BITBUCKET_BRANCH", ""),
    ("CIRCLE_BRANCH", ""),
    ("BUILDKITE_BRANCH", ""),
    ("DRONE_SOURCE_BRANCH", ""),
    // AWS CodeBuild and Azure Pipelines
    ("CODEBUILD_WEBHOOK_HEAD_REF", "refs/heads/"),
    ("SYSTEM_PULLREQUEST_SOURCEBRANCH", "refs/heads/"),
    ("BUILD_SOURCEBRANCH", "refs/heads/"),
    // Jenkins: a pull request, a branch of a multibranch job, any other job.
    ("CHANGE_BRANCH", ""),
    ("BRANCH_NAME", ""),
    ("GIT_BRANCH", "origin/"),
];

/// The same for tags, which may be missing in a shallow clone.
const TAG_VARIABLES: [(&str, &str); 6] = [
    ("GITHUB_REF", "refs/tags/"),
    ("CI_COMMIT_TAG", ""),
    ("BITBUCKET_TAG", ""),
    ("CIRCLE_TAG", ""),
    ("BUILDKITE_TAG", ""),
    ("BUILD_SOURCEBRANCH", "refs/tags/"),
];

/// Variables in which CI systems pass the commit. CodeBuild, started by CodePipeline, has no repository; in a
/// container the repository may belong to another user.
const COMMIT_VARIABLES: [(&str, &str); 8] = [
    // AWS CodeBuild: of an S3 source it is the object's version.
    ("CODEBUILD_RESOLVED_SOURCE_VERSION", ""),
    ("GITHUB_SHA", ""),
    ("CI_COMMIT_SHA", ""),
    ("BITBUCKET_COMMIT", ""),
    ("CIRCLE_SHA1", ""),
    ("BUILDKITE_COMMIT", ""),
    // Jenkins
    ("GIT_COMMIT", ""),
    // Azure Pipelines
    ("BUILD_SOURCEVERSION", ""),
];

/// The length of `${git.shortSha}` where git can't choose it: git's own minimum.
const SHORT: usize = 7;

/// Runs git; checks for uncommitted changes only if `dirty` is set.
pub fn ask(root: &Path, dirty: bool, variable: &dyn Fn(&str) -> Option<String>) -> GitOutcome {
    match facts(root, dirty, variable) {
        Ok(facts) => GitOutcome::Facts(facts),
        // Only git knows of uncommitted changes.
        Err(why) if dirty => GitOutcome::Missing(why),
        Err(why) => ci_facts(variable).map_or(GitOutcome::Missing(why), GitOutcome::Facts),
    }
}

/// Returns the commit that is checked out in a folder, or that the CI system names.
pub fn commit(folder: &Path) -> Option<String> {
    match ask(folder, false, &|name| std::env::var(name).ok()) {
        GitOutcome::Facts(facts) => Some(facts.sha),
        GitOutcome::Missing(_) | GitOutcome::NotAsked => None,
    }
}

/// Returns what the CI system says about the commit, if it names one.
fn ci_facts(variable: &dyn Fn(&str) -> Option<String>) -> Option<GitFacts> {
    let is_commit = |value: &String| value.len() == 40 && value.bytes().all(|it| it.is_ascii_hexdigit());
    let sha = from_ci_variables(&COMMIT_VARIABLES, &|name| variable(name).filter(is_commit))?;
    Some(GitFacts {
        short_sha: sha.chars().take(SHORT).collect(),
        sha,
        branch: from_ci_variables(&BRANCH_VARIABLES, variable),
        tag: from_ci_variables(&TAG_VARIABLES, variable),
        dirty: false,
    })
}

fn facts(root: &Path, dirty: bool, variable: &dyn Fn(&str) -> Option<String>) -> Result<GitFacts, String> {
    // One process returns the commit and its names; the user's settings must not change its output.
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
        branch: checked_out.or_else(|| from_ci_variables(&BRANCH_VARIABLES, variable)),
        tag: names
            .iter()
            .find_map(|name| name.strip_prefix("tag: refs/tags/"))
            .map(str::to_owned)
            .or_else(|| from_ci_variables(&TAG_VARIABLES, variable)),
        dirty: dirty && !git(root, &["status", "--porcelain"])?.trim().is_empty(),
    })
}

fn from_ci_variables(
    variables: &[(&str, &str)],
    variable: &dyn Fn(&str) -> Option<String>,
) -> Option<String> {
    variables.iter().find_map(|(name, prefix)| {
        let value = variable(name)?;
        let said = value.strip_prefix(prefix)?;
        (!said.is_empty()).then(|| said.to_owned())
    })
}

/// Our messages for git's most common errors.
const IN_WORDS: [(&str, &str); 3] = [
    ("not a git repository", "deploy.yaml is not in a git repository"),
    (
        "does not have any commits yet",
        "the git repository has no commits yet",
    ),
    (
        "dubious ownership",
        "git refuses the repository: it belongs to another user (see safe.directory in git help config)",
    ),
];

/// Whether a variable is for AWS or ecsctl, and may be a secret.
fn is_ours(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b"AWS_") || name.starts_with(b"ECSCTL_")
}

/// Runs git and returns its output, or the first line of its error.
fn git(root: &Path, args: &[&str]) -> Result<String, String> {
    let mut command = Command::new("git");
    // Git may run programs that the repository's configuration names.
    for (name, _) in std::env::vars_os().filter(|(name, _)| is_ours(name)) {
        command.env_remove(name);
    }
    let output = command
        .arg("-C")
        .arg(root)
        .args(args)
        // Reading must not wait for, or block, another git process.
        .env("GIT_OPTIONAL_LOCKS", "0")
        // Its messages are matched.
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| match error.kind() {
            ErrorKind::NotFound => "git is not installed or not in PATH".to_owned(),
            _ => format!("git can't be run: {error}"),
        })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if let Some((_, words)) = IN_WORDS.iter().find(|(gits, _)| said.contains(gits)) {
        return Err((*words).to_owned());
    }
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

    fn known(git: GitOutcome) -> GitFacts {
        match git {
            GitOutcome::Facts(facts) => facts,
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
        assert_eq!(with("GITHUB_REF", "refs/tags/v1"), None);
        assert_eq!(with("GITHUB_HEAD_REF", ""), None);
        assert_eq!(
            with("CODEBUILD_WEBHOOK_HEAD_REF", "refs/heads/a/b").as_deref(),
            Some("a/b")
        );
    }

    #[test]
    fn every_ci_system_is_understood() {
        for (variables, expected) in [(&BRANCH_VARIABLES[..], "a/b"), (&TAG_VARIABLES[..], "v1.0")] {
            for (name, prefix) in variables {
                let value = format!("{prefix}{expected}");
                let said = from_ci_variables(variables, &|asked| (asked == *name).then(|| value.clone()));
                assert_eq!(said.as_deref(), Some(expected), "{name}");
            }
        }
        // GitHub pull requests: the merge is checked out, and GITHUB_REF names it.
        let request = |name: &str| match name {
            "GITHUB_HEAD_REF" => Some("fix".to_owned()),
            "GITHUB_REF" => Some("refs/pull/12/merge".to_owned()),
            _ => None,
        };
        assert_eq!(
            from_ci_variables(&BRANCH_VARIABLES, &request).as_deref(),
            Some("fix")
        );
    }

    #[test]
    fn commits_come_from_ci_where_git_has_none() {
        let folder = tempfile::tempdir().unwrap();
        let sha = "0123456789abcdef0123456789abcdef01234567";
        for (name, _) in COMMIT_VARIABLES {
            let variable = |asked: &str| (asked == name).then(|| sha.to_owned());
            let facts = known(ask(folder.path(), false, &variable));
            assert_eq!((facts.sha.as_str(), facts.short_sha.as_str()), (sha, "0123456"));
            assert!(matches!(
                ask(folder.path(), true, &variable),
                GitOutcome::Missing(_)
            ));
        }
        for other in ["", "main", "arn:aws:s3:::b/o", &sha[1..], &"g".repeat(40)] {
            let variable = |asked: &str| (asked == "GITHUB_SHA").then(|| other.to_owned());
            let outcome = ask(folder.path(), false, &variable);
            assert!(matches!(outcome, GitOutcome::Missing(_)), "{other}");
        }
        // The repository knows best.
        let folder = repository();
        let facts = known(ask(folder.path(), false, &|_| Some(sha.to_owned())));
        assert_ne!(facts.sha, sha);
    }

    #[test]
    fn missing_git_information_has_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        let why = || match ask(folder.path(), false, &|_| None) {
            GitOutcome::Missing(why) => why,
            other => panic!("{other:?}"),
        };
        assert_eq!(why(), "deploy.yaml is not in a git repository");
        git(folder.path(), &["init", "-q"]).unwrap();
        assert_eq!(why(), "the git repository has no commits yet");
    }
}
