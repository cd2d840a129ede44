//! What every verb has in common: help, version, usage errors, and how the streams behave.

use std::fs::OpenOptions;
use std::io::Read;
use std::process::{Command, Output, Stdio};

use insta::assert_snapshot;

/// The program in an environment that says nothing.
pub fn ecsctl() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecsctl"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    command
        .env_clear()
        .env("PATH", path)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    ecsctl().args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Exit code, stdout and stderr, as a snapshot shows them.
fn shown(output: &Output) -> String {
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    format!(
        "exit {}\n--- stdout\n{out}--- stderr\n{err}",
        output.status.code().unwrap()
    )
}

#[test]
fn help_shows_groups_options_examples_and_exit_codes() {
    assert_snapshot!("help", shown(&run(&["--help"])));
    assert_snapshot!("brief_help", shown(&run(&["-h"])));
}

#[test]
fn every_verb_has_help_with_examples() {
    let verbs = [
        "deploy",
        "build",
        "push",
        "register",
        "plan",
        "wait",
        "status",
        "events",
        "tasks",
        "logs",
        "history",
        "render",
        "completions",
    ];
    for verb in verbs {
        let output = run(&[verb, "--help"]);
        assert_eq!(output.status.code(), Some(0), "{verb}");
        assert!(
            text(&output.stdout).contains(&format!("Examples:\n  ecsctl {verb}")) || verb == "completions",
            "{verb}"
        );
        assert_eq!(output.stdout, run(&["help", verb]).stdout, "{verb}");
    }
    assert_snapshot!("help_deploy", shown(&run(&["deploy", "--help"])));
    assert_snapshot!("help_plan", shown(&run(&["plan", "-h"])));
}

#[test]
fn the_version_names_the_commit() {
    assert_eq!(
        text(&run(&["-V"]).stdout),
        format!("ecsctl {}\n", env!("CARGO_PKG_VERSION"))
    );
    let output = run(&["--version"]);
    assert_eq!(output.status.code(), Some(0));
    let version = text(&output.stdout);
    let mut git = Command::new("git");
    git.args(["rev-parse", "--short=8", "HEAD"])
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    let commit = git.output().ok().filter(|output| output.status.success());
    match commit {
        Some(commit) => assert!(
            version.contains(&format!(" ({} ", text(&commit.stdout).trim())),
            "{version}"
        ),
        None => assert_eq!(version, format!("ecsctl {}\n", env!("CARGO_PKG_VERSION"))),
    }
}

#[test]
fn usage_errors_name_what_was_meant() {
    assert_snapshot!(
        "no_verb",
        shown(&run(&[])).lines().take(4).collect::<Vec<_>>().join("\n")
    );
    assert_snapshot!("unknown_verb", shown(&run(&["deply"])));
    assert_snapshot!("unknown_flag", shown(&run(&["deploy", "--create-clutser"])));
    assert_snapshot!("bad_value", shown(&run(&["deploy", "--timeout", "15"])));
    assert_snapshot!("bad_assignment", shown(&run(&["plan", "--var", "novalue"])));
    assert_snapshot!("unknown_shell", shown(&run(&["completions", "csh"])));
    assert_snapshot!("usage_as_json", shown(&run(&["deploy", "--frce", "-o", "json"])));
}

#[test]
fn an_empty_variable_is_an_unset_one_and_a_wrong_one_an_error() {
    let with = |name: &str, value: &str| {
        ecsctl()
            .env(name, value)
            .args(["completions", "bash"])
            .output()
            .unwrap()
    };
    for name in [
        "ECSCTL_FILE",
        "ECSCTL_IMAGE",
        "ECSCTL_ONLY",
        "ECSCTL_OUTPUT",
        "ECSCTL_QUIET",
        "ECSCTL_COLOR",
        "ECSCTL_REGISTRY",
        "ECSCTL_ENDPOINT_URL",
        "ECSCTL_NO_PROGRESS",
        "ECSCTL_VAR_x",
        "ECSCTL_LOG",
    ] {
        let output = with(name, "");
        assert_eq!(output.status.code(), Some(0), "{name}: {}", text(&output.stderr));
        assert_eq!(text(&output.stderr), "", "{name}");
    }
    for value in ["1", "true", "yes", "on", "0", "false", "no", "off"] {
        assert_eq!(with("ECSCTL_QUIET", value).status.code(), Some(0), "{value}");
    }
    for (name, value) in [
        ("ECSCTL_QUIET", "maybe"),
        ("ECSCTL_OUTPUT", "xml"),
        ("ECSCTL_IMAGE", "noref"),
    ] {
        let output = with(name, value);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(text(&output.stderr).contains(value), "{}", text(&output.stderr));
    }
}

#[test]
fn a_wrong_log_filter_is_said_and_stops_nothing() {
    let output = ecsctl()
        .env("ECSCTL_LOG", "ecsctl=loud")
        .args(["completions", "bash"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(
        text(&output.stderr).starts_with("warning: ECSCTL_LOG=ecsctl=loud: "),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn a_reader_that_leaves_ends_the_program_quietly() {
    let mut child = ecsctl()
        .args(["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Gone before the first byte can be written.
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(said, "");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_stdout_is_an_error() {
    for arguments in [
        &["completions", "bash"][..],
        &["--help"],
        &["--version"],
        &["deploy", "--nonsense", "-o", "json"],
    ] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = ecsctl()
            .args(arguments)
            .stdout(full)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let expected = if arguments.contains(&"--nonsense") { 2 } else { 1 };
        assert_eq!(output.status.code(), Some(expected), "{arguments:?}");
        let said = text(&output.stderr);
        assert!(
            said.contains("error: stdout could not be written: No space left on device"),
            "{said}"
        );
    }
}

#[test]
fn closed_streams_are_survived() {
    for (redirection, arguments, expected) in [
        ("2>&-", "deploy --nonsense", 2),
        (">&-", "--help", 0),
        ("2>&- >&-", "completions bash", 0),
        ("2>/dev/full", "deploy --nonsense", 2),
    ] {
        let line = format!("exec \"$0\" {arguments} {redirection}");
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &line, env!("CARGO_BIN_EXE_ecsctl")])
            .stdin(Stdio::null());
        let status = shell.stdout(Stdio::null()).status().unwrap();
        assert_eq!(status.code(), Some(expected), "{arguments} {redirection}");
    }
}

#[test]
fn colours_follow_flag_and_environment() {
    let coloured = |variables: &[(&str, &str)], flags: &[&str]| {
        let output = ecsctl()
            .envs(variables.iter().copied())
            .args(flags)
            .arg("deply")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        text(&output.stderr).contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&[], &["--color", "always"]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], &["--color=never"]));
    assert!(coloured(&[("ECSCTL_COLOR", "always")], &[]));
}
