//! `hooks:` — commands that run on this machine around a deploy.

use std::fs;
use std::path::Path;

use rustix::process::Signal;
use serde_json::Value;

use crate::support::files::{WEB, changed};
use crate::support::{Ecsctl, Fault, Scenario, Scripted, cases};

/// Each hook notes that it ran, and with which variables.
const NOTED: &str = r#"
hooks:
  beforeBuild: &note 'echo "$ECSCTL_HOOK_NAME" >> order; env | grep ^ECSCTL_HOOK_ | sort > "$ECSCTL_HOOK_NAME"'
  afterBuild: *note
  beforeDeploy: *note
  afterDeploy: *note
  onFailure: *note
"#;

fn server() -> Scripted {
    Scripted::start(Scenario::default())
}

fn deploy(server: &Scripted, file: &str) -> Ecsctl {
    Ecsctl::on(server, &["deploy"]).file(file)
}

/// What a hook wrote; empty if it didn't run.
fn written(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_default()
}

/// A file whose hook at this point is this command.
fn with_hook(file: &str, point: &str, command: &str) -> String {
    format!(
        "{file}hooks:\n  {point}: |\n    {}\n",
        command.replace('\n', "\n    ")
    )
}

#[test]
fn hooks_learn_what_is_deployed() {
    let server = server();
    let run = deploy(&server, &format!("{WEB}{NOTED}")).env("ECSCTL_HOOK_OUTER", "1");
    run.run().exits(0);
    let folder = run.folder();
    assert_eq!(written(folder, "order"), "beforeDeploy\nafterDeploy\n");
    assert_eq!(
        written(folder, "beforeDeploy"),
        "ECSCTL_HOOK_CLUSTER=default\nECSCTL_HOOK_NAME=beforeDeploy\nECSCTL_HOOK_SERVICE=web\n"
    );
    assert_eq!(
        written(folder, "afterDeploy"),
        "ECSCTL_HOOK_CLUSTER=default\nECSCTL_HOOK_EXIT_CODE=0\nECSCTL_HOOK_NAME=afterDeploy\n\
         ECSCTL_HOOK_OUTCOME=done\nECSCTL_HOOK_REVISION=web:1\nECSCTL_HOOK_SERVICE=web\n"
    );
}

#[test]
fn hooks_learn_environment_image_and_commit() {
    let server = server();
    let file = WEB.replace(
        "services:",
        "images: {web: {repository: acme/web, build: .}}\nservices:",
    );
    let file = file.replace("public.ecr.aws/acme/shop:1", "\"${images.web}\"");
    let file = format!("{file}{NOTED}environments: {{staging: {{cluster: staging}}}}\n");
    let sha = "0123456789abcdef0123456789abcdef01234567";
    let arguments = [
        "deploy",
        "-e",
        "staging",
        "--create-cluster",
        "--image",
        "web=nginx:1.29",
    ];
    let run = Ecsctl::on(&server, &arguments).file(&file).env("GITHUB_SHA", sha);
    run.run().exits(0);
    assert_eq!(
        written(run.folder(), "beforeDeploy"),
        format!(
            "ECSCTL_HOOK_CLUSTER=staging\nECSCTL_HOOK_ENVIRONMENT=staging\nECSCTL_HOOK_GIT_SHA={sha}\n\
             ECSCTL_HOOK_IMAGE=nginx:1.29\nECSCTL_HOOK_NAME=beforeDeploy\nECSCTL_HOOK_SERVICE=web\n"
        )
    );
}

#[test]
fn unchanged_deploy_runs_no_hooks() {
    let server = server();
    deploy(&server, WEB).run().exits(0);
    let run = deploy(&server, &format!("{WEB}{NOTED}"));
    run.run().exits(0);
    assert_eq!(written(run.folder(), "order"), "");
}

#[test]
fn forced_deploy_runs_hooks() {
    let server = server();
    deploy(&server, WEB).run().exits(0);
    let run = Ecsctl::on(&server, &["deploy", "--force"]).file(&format!("{WEB}{NOTED}"));
    run.run().exits(0);
    assert_eq!(written(run.folder(), "order"), "beforeDeploy\nafterDeploy\n");
}

fn hooks_are_skipped(arguments: &[&str], variables: &[(&str, &str)]) {
    let server = server();
    let run = Ecsctl::on(&server, &[&["deploy"], arguments].concat()).file(&format!("{WEB}{NOTED}"));
    let with = |run: Ecsctl, (name, value): &(&str, &str)| run.env(name, *value);
    let run = variables.iter().fold(run, with);
    run.run().exits(0);
    assert_eq!(written(run.folder(), "order"), "");
}

cases! { hooks_are_skipped {
    by_the_flag(&["--skip-hooks"], &[]);
    by_the_variable(&[], &[("ECSCTL_SKIP_HOOKS", "true")]);
} }

#[test]
fn null_in_an_environment_removes_a_hook() {
    let server = server();
    let file = format!("{WEB}{NOTED}environments: {{quiet: {{hooks: {{beforeDeploy: null}}}}}}\n");
    let run = Ecsctl::on(&server, &["deploy", "-e", "quiet"]).file(&file);
    run.run().exits(0);
    assert_eq!(written(run.folder(), "order"), "afterDeploy\n");
}

#[test]
fn failed_hook_before_a_deploy_prevents_it() {
    let server = server();
    let file = with_hook(
        WEB,
        "beforeDeploy",
        "echo checking; echo 'no approval' >&2; exit 3",
    );
    let run = Ecsctl::on(&server, &["deploy", "-o", "json"]).file(&file);
    let output = run.run().exits(10);
    assert!(server.log().writes().is_empty());
    let output = output
        .says("the beforeDeploy hook failed with exit code 3; nothing was deployed")
        .says("checking\n")
        .says("no approval\n")
        .says("--skip-hooks");
    let document = output.json();
    assert_eq!(document["outcome"], "failed");
    assert_eq!(document["exitCode"], 10);
    assert_eq!(document["error"]["code"], "hook-failed");
    assert_eq!(document["error"]["resource"], "hooks.beforeDeploy");
}

#[test]
fn failed_hook_after_a_deploy_fails_the_run_only() {
    let server = server();
    let file = with_hook(WEB, "afterDeploy", "kill -9 $$");
    let run = Ecsctl::on(&server, &["deploy", "-o", "json"]).file(&file);
    let output = run.run().exits(10).says("SIGKILL");
    let document = output.says("the services are deployed").json();
    assert_eq!(document["services"][0]["outcome"], "done");
    assert_eq!(document["error"]["code"], "hook-failed");
}

fn refused() -> Scripted {
    Scripted::start(Scenario::default().fault(Fault {
        code: Some("InvalidParameterException".to_owned()),
        message: Some("Subnet subnet-1 is not valid.".to_owned()),
        ..Fault::on("ecs CreateService")
    }))
}

#[test]
fn failure_hook_learns_the_failure() {
    let server = refused();
    let run = deploy(&server, &format!("{WEB}{NOTED}"));
    run.run().exits(3);
    let folder = run.folder();
    assert_eq!(written(folder, "order"), "beforeDeploy\nonFailure\n");
    let variables = written(folder, "onFailure");
    let value = |name: &str| {
        let line = variables.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_default().to_owned()
    };
    assert_eq!(value("ECSCTL_HOOK_OUTCOME="), "failed");
    assert_eq!(value("ECSCTL_HOOK_EXIT_CODE="), "3");
    assert_eq!(value("ECSCTL_HOOK_SERVICE="), "web");
    let failure: Value = serde_json::from_str(&value("ECSCTL_HOOK_FAILURE=")).expect("JSON");
    let message = failure["message"].as_str().unwrap_or_default();
    assert!(message.contains("Subnet subnet-1 is not valid."), "{failure}");
}

#[test]
fn failure_hook_runs_after_another_hook_failed() {
    let server = server();
    let file = format!(
        "{WEB}hooks: {{beforeDeploy: exit 1, onFailure: 'echo \"$ECSCTL_HOOK_EXIT_CODE\" > failed'}}\n"
    );
    let run = deploy(&server, &file);
    run.run().exits(10);
    assert_eq!(written(run.folder(), "failed"), "10\n");
}

#[test]
fn failing_failure_hook_only_warns() {
    let server = refused();
    let file = with_hook(WEB, "onFailure", "echo pager is down; exit 4");
    deploy(&server, &file)
        .run()
        .exits(3)
        .says("the onFailure hook failed with exit code 4: pager is down");
}

#[test]
fn failed_rollout_runs_the_failure_hook() {
    let server = Scripted::start(Scenario::parse(
        "rollouts: {web: [{frames: [{pending: 0, state: FAILED, because: 'ECS deployment circuit breaker: tasks failed to start.'}]}]}",
    ));
    let run = deploy(&server, &format!("{WEB}{NOTED}"));
    run.run().exits(5);
    assert_eq!(written(run.folder(), "order"), "beforeDeploy\nonFailure\n");
    assert!(written(run.folder(), "onFailure").contains("ECSCTL_HOOK_REVISION=web:1\n"));
}

#[test]
fn failure_hook_learns_of_a_rollback() {
    let server = Scripted::start(Scenario::parse(
        "rollouts: {web: [{}, {frames: [{pending: 0}, {rollback: {}}, {settle: true}]}]}",
    ));
    deploy(&server, WEB).run().exits(0);
    let run = deploy(&server, &format!("{}{NOTED}", changed()));
    run.run().exits(5);
    let variables = written(run.folder(), "onFailure");
    assert!(
        variables.contains("ECSCTL_HOOK_OUTCOME=rolledBack\n"),
        "{variables}"
    );
}

#[test]
fn long_output_is_shown_from_its_end() {
    let server = server();
    let command = "i=0; while [ $i -lt 20000 ]; do echo line-$i; i=$((i+1)); done; printf last; exit 1";
    let output = deploy(&server, &with_hook(WEB, "beforeDeploy", command))
        .run()
        .exits(10);
    let shown = output
        .stderr
        .lines()
        .filter(|line| line.starts_with("  line-"))
        .count();
    assert_eq!(shown, 99, "{}", output.stderr);
    output.says("line-19999\n").says("last\n");
}

#[test]
fn hook_does_not_wait_for_what_it_left_behind() {
    let server = server();
    let run = deploy(
        &server,
        &with_hook(WEB, "beforeDeploy", "(sleep 20; touch late) &\necho started"),
    );
    run.run().exits(0);
    assert!(!run.folder().join("late").exists());
}

#[test]
fn interrupted_run_ends_its_hook() {
    let server = server();
    let command =
        "trap 'echo cleaning up; touch ended; exit 1' TERM\ntouch started\nwhile :; do sleep 0.05; done";
    let run = deploy(&server, &with_hook(WEB, "beforeDeploy", command));
    let running = run.start();
    let wait_for = |name: &str| {
        while !run.folder().join(name).exists() {
            std::thread::yield_now();
        }
    };
    wait_for("started");
    running.signal(Signal::INT);
    running.end().exits(130).says("nothing was deployed");
    assert!(run.folder().join("ended").exists());
    assert!(server.log().writes().is_empty());
}

#[test]
fn hooks_run_in_the_folder_of_the_file_without_input() {
    let server = server();
    let run = deploy(
        &server,
        &with_hook(WEB, "beforeDeploy", "pwd > folder; cat > input"),
    );
    run.run().exits(0);
    let folder = run.folder().canonicalize().expect("folder");
    assert_eq!(
        written(&folder, "folder").trim_end(),
        folder.to_str().expect("UTF-8")
    );
    assert_eq!(written(&folder, "input"), "");
}

#[test]
fn hooks_are_events() {
    let server = server();
    let file = with_hook(WEB, "beforeDeploy", "echo hello");
    let output = Ecsctl::on(&server, &["deploy", "-o", "jsonl"])
        .file(&file)
        .run()
        .exits(0);
    let hooks: Vec<Value> = output
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .filter(|event| event["type"] == "hook")
        .collect();
    let steps: Vec<&str> = hooks.iter().filter_map(|event| event["step"].as_str()).collect();
    assert_eq!(steps, ["started", "log", "finished"]);
    assert_eq!(
        (&hooks[0]["point"], &hooks[0]["command"]),
        (&"beforeDeploy".into(), &"echo hello\n".into())
    );
    assert_eq!(
        (&hooks[1]["line"], &hooks[2]["succeeded"]),
        (&"hello".into(), &true.into())
    );
}

fn bad_hooks_are_refused(hooks: &str, said: &[&str]) {
    let output = Ecsctl::new(&["render"])
        .file(&format!("{WEB}hooks: {hooks}\n"))
        .run()
        .exits(2);
    said.iter().fold(output, |output, text| output.says(text));
}

cases! { bad_hooks_are_refused {
    of_an_unknown_name("{beforedeploy: make}", &["unknown key `beforedeploy` in the hooks", "did you mean `beforeDeploy`?"]);
    that_are_a_list("[make]", &["`hooks` must be a mapping"]);
    that_are_empty("{beforeBuild: ' '}", &["`beforeBuild` is empty"]);
    that_are_no_text("{beforeBuild: [make, assets]}", &["`beforeBuild` must be a string"]);
    all_at_once("{beforeBuild: 1, onfailure: x}", &["`beforeBuild` must be a string", "did you mean `onFailure`?"]);
} }

#[test]
fn render_shows_hooks() {
    let file = format!(
        "{}hooks: {{beforeDeploy: 'make ${{vars.target}}', afterDeploy: null}}\nvars: {{target: check}}\n",
        changed()
    );
    let output = Ecsctl::new(&["render", "-o", "json"]).file(&file).run().exits(0);
    assert_eq!(
        output.json()["hooks"],
        serde_json::json!({"beforeDeploy": "make check"})
    );
}
