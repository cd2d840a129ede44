//! Completions, asked for as the scripts ask.

use std::path::Path;
use std::process::{Command, Output};

use crate::support::cases;
use crate::support::command::ecsctl;

const FILE: &str = "
vars: {domain: shop.example, tier: gold}
images: {front: {repository: shop/front, build: .}, jobs: {repository: shop/jobs, build: .}}
services:
  web: {taskDefinition: 'web:1'}
  worker: {taskDefinition: 'worker:1'}
environments: {staging: {}, production: {services: {worker: ~, audit: {taskDefinition: 'audit:1'}}}}
";

/// A folder with deploy.yaml, another file in it, a broken one, and a folder without any.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("deploy.yaml", FILE);
    write("other.yaml", "services: {shop: {}}\n");
    write("broken.yaml", "services: {web: [\n");
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    folder
}

/// Completes the last of these words in bash, with the script that ecsctl prints.
fn in_bash(folder: &Path, words: &str, variables: &[(&str, &str)]) -> Output {
    let variables: String = variables
        .iter()
        .map(|(name, value)| format!("export {name}={value}\n"))
        .collect();
    let script = format!(
        "source <(ecsctl completions bash)
         {variables}
         COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
         COMP_LINE=\"${{COMP_WORDS[*]}}\"; COMP_POINT=${{#COMP_LINE}}
         function=$(complete -p ecsctl); function=${{function##*-F }}
         ${{function%% *}} ecsctl \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"
         printf '%s\\n' \"${{COMPREPLY[@]}}\""
    );
    bash(folder, &script)
}

fn bash(folder: &Path, script: &str) -> Output {
    let bin = Path::new(env!("CARGO_BIN_EXE_ecsctl")).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    Command::new("bash")
        .args(["-c", script])
        .current_dir(folder)
        .env_clear()
        .env("PATH", format!("{}:{path}", bin.display()))
        .env("HOME", folder)
        .output()
        .unwrap()
}

/// Returns the completions; nothing else is printed.
fn completed(folder: &Path, words: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let output = in_bash(folder, words, variables);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{words}");
    assert!(output.status.success(), "{words}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_whitespace().map(str::to_owned).collect()
}

fn bash_completes(words: &str, expected: &str) {
    let folder = folder();
    let found = completed(folder.path(), words, &[]);
    assert_eq!(found.join(" "), expected, "{words}");
}

cases! { bash_completes {
    verb("ecsctl dep", "deploy");
    verb_behind_flags("ecsctl -f other.yaml -q dep", "deploy");
    flag("ecsctl plan --exit", "--exit-code");
    global_flag("ecsctl plan --allow", "--allow-unknown-fields");
    value_of_a_flag("ecsctl plan --output j", "json jsonl");
    value_behind_equals("ecsctl plan --output = j", "json jsonl");
    shell("ecsctl completions z", "zsh");
    services("ecsctl deploy ''", "web worker");
    services_of_the_environment("ecsctl -e production deploy ''", "web audit");
    services_of_an_unknown_environment("ecsctl deploy -e nope ''", "web worker");
    second_service("ecsctl restart web wo", "worker");
    service_to_open("ecsctl open w", "web worker");
    service_to_look_into("ecsctl exec wo", "worker");
    service_and_count("ecsctl scale wo", "worker=");
    no_count("ecsctl scale web = 3", "");
    service_of_only("ecsctl plan --only wo", "worker");
    service_of_only_behind_equals("ecsctl plan --only = wo", "worker");
    service_of_only_before_the_verb("ecsctl --only wo", "worker");
    second_of_only("ecsctl plan --only web,wo", "web,worker");
    images("ecsctl build ''", "front jobs");
    images_to_push("ecsctl push fr", "front");
    image_of_only("ecsctl push --only ''", "front jobs");
    image_to_use("ecsctl deploy --image fr", "front=");
    variable("ecsctl deploy --var ti", "tier=");
    environment("ecsctl deploy -e st", "staging");
    environment_before_the_verb("ecsctl --environment ''", "staging production");
    service_of_another_file("ecsctl -f other.yaml deploy ''", "shop");
    service_of_another_file_behind("ecsctl deploy --file = other.yaml ''", "shop");
    service_of_another_file_at_home("ecsctl deploy -f '~/other.yaml' ''", "shop");
    service_to_follow("ecsctl logs -f w", "web worker");
    service_to_follow_of_another_file("ecsctl -f other.yaml logs -f ''", "shop");
    file("ecsctl -f oth", "other.yaml");
    nothing("ecsctl deploy nonsense", "");
} }

fn without_names_nothing_is_printed(inside: &str, words: &str, variables: &[(&str, &str)]) {
    let folder = folder();
    assert_eq!(completed(&folder.path().join(inside), words, variables), [""; 0]);
}

cases! { without_names_nothing_is_printed {
    folder_without_a_file("empty", "ecsctl deploy we", &[]);
    broken_file("", "ecsctl -f broken.yaml deploy we", &[]);
    missing_file("", "ecsctl deploy -f gone.yaml we", &[]);
    folder_as_file("", "ecsctl deploy -f empty we", &[]);
    unreadable_variable("", "ecsctl deploy we", &[("ECSCTL_FILE", "gone.yaml")]);
    malformed_variable("empty", "ecsctl deploy we", &[("ECSCTL_QUIET", "maybe"), ("ECSCTL_OUTPUT", "xml")]);
    malformed_flags("empty", "ecsctl --nonsense --timeout 3 deploy -- we", &[]);
} }

#[test]
fn the_variable_names_the_file() {
    let folder = folder();
    let variables = [("ECSCTL_FILE", "other.yaml")];
    assert_eq!(completed(folder.path(), "ecsctl status ''", &variables), ["shop"]);
    let flag = completed(folder.path(), "ecsctl -f deploy.yaml status wo", &variables);
    assert_eq!(flag, ["worker"]);
}

#[test]
fn flags_are_completed_in_a_folder_without_a_file() {
    let folder = folder();
    let found = completed(&folder.path().join("empty"), "ecsctl deploy --cr", &[]);
    assert_eq!(found, ["--create-cluster"]);
}

#[test]
fn completion_without_ecsctl_is_silent() {
    let folder = folder();
    let script = "source <(ecsctl completions bash)
        PATH=/nonexistent; COMP_WORDS=(ecsctl deploy ''); COMP_CWORD=2; _ecsctl ecsctl '' deploy";
    let output = bash(folder.path(), script);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn completion_runs_no_other_program_and_calls_nobody() {
    let folder = folder();
    // A git that is called leaves a file.
    let git = folder.path().join("git");
    std::fs::write(&git, "#!/bin/sh\ntouch \"$HOME/called\"\n").unwrap();
    std::fs::set_permissions(&git, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    std::fs::write(
        folder.path().join("deploy.yaml"),
        "cluster: '${git.branch}-${aws.account}'\nservices: {web: {}}\n",
    )
    .unwrap();
    let output = ecsctl()
        .current_dir(folder.path())
        .env("PATH", folder.path())
        .env("HOME", folder.path())
        .env("_ECSCTL_COMPLETE", "bash")
        .env("AWS_ENDPOINT_URL", "http://192.0.2.1")
        .args(["--", "ecsctl", "deploy", "w"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "web");
    assert!(!folder.path().join("called").exists());
}

/// Asks as the script of a shell does.
fn other_shells_get_names(shell: &str, index: Option<&str>, expected: &str) {
    let folder = folder();
    let output = ecsctl()
        .current_dir(folder.path())
        .env("_ECSCTL_COMPLETE", shell)
        .envs(index.map(|index| ("_CLAP_COMPLETE_INDEX", index)))
        .args(["--", "ecsctl", "deploy", "w"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{shell}");
}

cases! { other_shells_get_names {
    zsh("zsh", Some("2"), "web\nworker");
    fish("fish", None, "web\nworker\n");
    elvish("elvish", Some("2"), "web\nworker");
    powershell("powershell", None, "web\nworker\n");
} }

fn script_asks_ecsctl(shell: &str, words: &str) {
    let output = ecsctl().args(["completions", shell]).output().unwrap();
    let script = String::from_utf8(output.stdout).unwrap();
    assert!(
        script.contains("_ECSCTL_COMPLETE") && script.contains(words),
        "{script}"
    );
}

cases! { script_asks_ecsctl {
    bash_by_function("bash", "complete -F _ecsctl ");
    zsh_from_fpath_and_sourced("zsh", "compdef _clap_dynamic_completer_ecsctl ecsctl\n\nif [ \"$funcstack[1]\" = \"_ecsctl\" ]");
    fish_by_command("fish", "--command ecsctl ");
    elvish_by_command("elvish", "edit:completion:arg-completer[ecsctl]");
    powershell_by_command("powershell", "-CommandName ecsctl ");
} }

#[test]
fn help_has_the_line_of_each_shell() {
    let help = ecsctl().args(["completions", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    for line in [
        "source <(ecsctl completions bash)",
        "source <(ecsctl completions zsh)",
        "ecsctl completions fish | source",
        "eval (ecsctl completions elvish | slurp)",
        "ecsctl completions powershell | Out-String | Invoke-Expression",
    ] {
        assert!(help.contains(line), "{help}");
    }
}
