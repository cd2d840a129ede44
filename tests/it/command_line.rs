//! Behavior that all commands share: help, version, usage errors, and how they use stdout and stderr.

use std::fs::OpenOptions;
use std::io::Read;
use std::process::{Command, Output, Stdio};

use crate::support::cases;
use insta::assert_snapshot;

use crate::support::command::ecsctl;

fn run(arguments: &[&str]) -> Output {
    ecsctl().args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Returns exit code, stdout and stderr, for a snapshot.
fn shown(output: &Output) -> String {
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    format!(
        "exit {}\n--- stdout\n{out}--- stderr\n{err}",
        output.status.code().unwrap()
    )
}

fn help_text(name: &str, arguments: &[&str]) {
    assert_snapshot!(name, shown(&run(arguments)));
}

cases! { help_text {
    long("help", &["--help"]);
    short("brief_help", &["-h"]);
    long_of_deploy("help_deploy", &["deploy", "--help"]);
    short_of_plan("help_plan", &["plan", "-h"]);
} }

fn command_has_help_with_examples(verb: &str) {
    let output = run(&[verb, "--help"]);
    assert_eq!(output.status.code(), Some(0), "{verb}");
    assert!(
        text(&output.stdout).contains(&format!("Examples:\n  ecsctl {verb}")) || verb == "completions",
        "{verb}"
    );
    assert_eq!(output.stdout, run(&["help", verb]).stdout, "{verb}");
}

cases! { command_has_help_with_examples {
    deploy("deploy");
    build("build");
    push("push");
    register("register");
    plan("plan");
    wait("wait");
    status("status");
    events("events");
    tasks("tasks");
    logs("logs");
    history("history");
    render("render");
    completions("completions");
} }

#[test]
fn version_names_the_commit() {
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
fn missing_command_shows_help() {
    assert_snapshot!(
        "no_verb",
        shown(&run(&[])).lines().take(4).collect::<Vec<_>>().join("\n")
    );
}

fn variable_leaves_help_as_it_is(name: &str, value: &str) {
    let output = ecsctl().env(name, value).output().unwrap();
    assert_eq!(shown(&output), shown(&run(&[])), "{name}={value}");
}

cases! { variable_leaves_help_as_it_is {
    of_a_value("ECSCTL_REGION", "eu-west-1");
    of_a_list("ECSCTL_ONLY", "web");
    of_a_switch("ECSCTL_YES", "1");
    of_vars("ECSCTL_VAR_tier", "gold");
    empty_one("ECSCTL_FILE", "");
    malformed_one("ECSCTL_NO_PROGRESS", "maybe");
} }

#[test]
fn missing_command_is_an_error_in_json_by_variable() {
    let output = ecsctl().env("ECSCTL_OUTPUT", "json").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let error: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(error["error"]["message"], "no verb");
}

fn usage_error(name: &str, arguments: &[&str]) {
    assert_snapshot!(name, shown(&run(arguments)));
}

cases! { usage_error {
    unknown_command("unknown_verb", &["deply"]);
    unknown_flag("unknown_flag", &["deploy", "--create-clutser"]);
    malformed_value("bad_value", &["deploy", "--timeout", "15"]);
    malformed_assignment("bad_assignment", &["plan", "--var", "novalue"]);
    unknown_shell("unknown_shell", &["completions", "csh"]);
    as_json("usage_as_json", &["deploy", "--frce", "-o", "json"]);
} }

/// Runs with an environment variable set.
fn with(name: &str, value: &str) -> Output {
    ecsctl()
        .env(name, value)
        .args(["completions", "bash"])
        .output()
        .unwrap()
}

fn empty_variable_counts_as_unset(name: &str) {
    let output = with(name, "");
    assert_eq!(output.status.code(), Some(0), "{name}: {}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "", "{name}");
}

cases! { empty_variable_counts_as_unset {
    file("ECSCTL_FILE");
    image("ECSCTL_IMAGE");
    only("ECSCTL_ONLY");
    output("ECSCTL_OUTPUT");
    quiet("ECSCTL_QUIET");
    color("ECSCTL_COLOR");
    registry("ECSCTL_REGISTRY");
    endpoint_url("ECSCTL_ENDPOINT_URL");
    no_progress("ECSCTL_NO_PROGRESS");
    var_x("ECSCTL_VAR_x");
    log("ECSCTL_LOG");
} }

fn boolean_variable_is_read(value: &str) {
    assert_eq!(with("ECSCTL_QUIET", value).status.code(), Some(0), "{value}");
}

cases! { boolean_variable_is_read {
    one("1");
    word_true("true");
    yes("yes");
    on("on");
    zero("0");
    word_false("false");
    no("no");
    off("off");
} }

fn malformed_variable_is_an_error(name: &str, value: &str) {
    let output = with(name, value);
    assert_eq!(output.status.code(), Some(2), "{name}");
    assert!(text(&output.stderr).contains(value), "{}", text(&output.stderr));
}

cases! { malformed_variable_is_an_error {
    quiet("ECSCTL_QUIET", "maybe");
    output("ECSCTL_OUTPUT", "xml");
    image("ECSCTL_IMAGE", "noref");
} }

#[test]
fn malformed_log_filter_is_a_warning() {
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
fn closed_pipe_ends_the_program_quietly() {
    let mut child = ecsctl()
        .args(["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Closed before the first byte can be written.
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(said, "");
}

#[cfg(target_os = "linux")]
fn full_stdout_is_an_error(arguments: &[&str], expected: i32) {
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = ecsctl()
        .args(arguments)
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(expected), "{arguments:?}");
    let said = text(&output.stderr);
    assert!(
        said.contains("error: can't write to stdout: No space left on device"),
        "{said}"
    );
}

#[cfg(target_os = "linux")]
cases! { full_stdout_is_an_error {
    completions(&["completions", "bash"], 1);
    help(&["--help"], 1);
    version(&["--version"], 1);
    usage_error(&["deploy", "--nonsense", "-o", "json"], 2);
} }

fn closed_stream_is_survived(redirection: &str, arguments: &str, expected: i32) {
    let line = format!("exec \"$0\" {arguments} {redirection}");
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &line, env!("CARGO_BIN_EXE_ecsctl")])
        .stdin(Stdio::null());
    let status = shell.stdout(Stdio::null()).status().unwrap();
    assert_eq!(status.code(), Some(expected), "{arguments} {redirection}");
}

cases! { closed_stream_is_survived {
    stderr("2>&-", "deploy --nonsense", 2);
    stdout(">&-", "--help", 0);
    both("2>&- >&-", "completions bash", 0);
    full_stderr("2>/dev/full", "deploy --nonsense", 2);
} }

fn colours_follow_flag_and_environment(variables: &[(&str, &str)], flags: &[&str], coloured: bool) {
    let output = ecsctl()
        .envs(variables.iter().copied())
        .args(flags)
        .arg("deply")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr).contains('\u{1b}'), coloured);
}

cases! { colours_follow_flag_and_environment {
    none_in_a_pipe(&[], &[], false);
    flag_always(&[], &["--color", "always"], true);
    forced_by_clicolor(&[("CLICOLOR_FORCE", "1")], &[], true);
    no_color_over_clicolor(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[], false);
    flag_never_over_clicolor(&[("CLICOLOR_FORCE", "1")], &["--color=never"], false);
    own_variable(&[("ECSCTL_COLOR", "always")], &[], true);
} }
