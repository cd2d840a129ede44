//! The session: what the plugin gets, and how it ends.

use rustix::process::Signal;
use serde_json::{Value, json};

use super::{exec, newest, running, with_plugin, written};
use crate::support::cases;
use crate::support::world::exec::TOKEN;
use crate::support::{Ecsctl, Scripted};

/// Returns the only argument of ExecuteCommand that depends on the command.
fn command(server: &Scripted) -> String {
    let input = server.log().only("ecs ExecuteCommand").input.clone();
    assert_eq!(input["interactive"], true);
    input["command"].as_str().unwrap().to_owned()
}

#[test]
fn plugin_gets_what_the_aws_cli_passes() {
    let server = running("");
    let program = exec(&server, &["web"], "echo in the session");
    let output = program.run().exits(0);
    assert!(output.stdout.ends_with("in the session\n"), "{}", output.stdout);
    let arguments = written(&output, "arguments");
    let arguments: Vec<&str> = arguments.lines().collect();
    let input = server.log().only("ecs ExecuteCommand").input.clone();
    let task = input["task"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    let [name, region, operation, profile, request, endpoint] = arguments.as_slice() else {
        panic!("{arguments:?}")
    };
    assert_eq!(
        (*name, *region, *operation, *profile, *endpoint),
        (
            "AWS_SSM_START_SESSION_RESPONSE",
            "us-east-1",
            "StartSession",
            "",
            server.url().as_str()
        )
    );
    let request: Value = serde_json::from_str(request).unwrap();
    assert_eq!(request, json!({"Target": format!("ecs:default_{task}_{task}-3")}));
    let session: Value = serde_json::from_str(&written(&output, "variable")).unwrap();
    assert_eq!(session["tokenValue"], TOKEN);
    assert!(session["streamUrl"].as_str().unwrap().starts_with("wss://"));
    assert_eq!(
        (command(&server).as_str(), &input["container"]),
        ("/bin/sh", &json!("web"))
    );
    output.says(&format!("task {} of web, container web", &task[..8]));
    server.log().assert_is(&[
        &["ecs DescribeServices", "ecs ListTasks"],
        &["ecs DescribeTasks"],
        &["ecs DescribeTaskDefinition"],
        &["ecs ExecuteCommand"],
    ]);
}

#[test]
fn an_older_plugin_gets_the_session_as_argument() {
    let server = running("");
    let ecsctl = exec(&server, &["web"], "").env("PLUGIN_VERSION", "1.2.497.0");
    let output = ecsctl.run().exits(0);
    let arguments = written(&output, "arguments");
    let session: Value = serde_json::from_str(arguments.lines().next().unwrap()).unwrap();
    assert_eq!(session["tokenValue"], TOKEN);
    assert_eq!(written(&output, "variable"), "");
}

#[test]
fn the_profile_is_passed_on() {
    let server = running("");
    let ecsctl = exec(&server, &["web", "--profile", "shop"], "").write(
        "aws",
        "[profile shop]\nregion = us-east-1\naws_access_key_id = AKIA\naws_secret_access_key = x\n",
    );
    let config = ecsctl.folder().join("aws");
    let program = ecsctl.env("AWS_CONFIG_FILE", config);
    let output = program.run().exits(0);
    assert_eq!(written(&output, "arguments").lines().nth(3), Some("shop"));
}

fn words_become_one_command(words: &[&str], expected: &str) {
    let server = running("");
    exec(&server, &[&["web", "--"], words].concat(), "")
        .run()
        .exits(0);
    assert_eq!(command(&server), expected);
}

cases! { words_become_one_command {
    one(&["bash"], "bash");
    several(&["ls", "-la", "/tmp"], "ls -la /tmp");
    script(&["sh", "-c", "echo a b; echo $HOME"], "sh -c 'echo a b; echo $HOME'");
    quotes(&["echo", "it's"], r"echo 'it'\''s'");
    nothing(&["printf", ""], "printf ''");
} }

fn exit_code_is_the_plugins(end: &str, code: i32) {
    exec(&running(""), &["web"], end).run().exits(code);
}

cases! { exit_code_is_the_plugins {
    success("exit 0", 0);
    failure("exit 3", 3);
    like_ours("exit 255", 255);
    a_signal("kill -KILL $$", 137);
} }

#[test]
fn stdin_and_stderr_are_the_plugins() {
    let server = running("");
    let output = exec(&server, &["web"], "cat; echo complaint >&2")
        .stdin("typed\n")
        .run()
        .exits(0);
    assert_eq!(output.stdout, "typed\n");
    output.says("complaint");
}

#[test]
fn the_token_is_in_no_output() {
    let server = running("");
    for level in ["trace", "debug", "aws_smithy_runtime=trace,aws_sdk_ecs=trace"] {
        let output = exec(&server, &["web", "-v"], "")
            .env("ECSCTL_LOG", level)
            .run()
            .exits(0);
        let all = format!("{}{}", output.stdout, output.stderr);
        assert!(!all.contains(TOKEN), "{all}");
        assert!(all.contains("ExecuteCommand"), "{all}");
    }
}

/// A plugin that counts its Ctrl-C in a file, and ends at a line of input.
const COUNTING: &str = "trap 'printf x >> count' INT; echo ready; while ! read -r line; do :; done; exit 7";

#[test]
fn ctrl_c_is_the_plugins() {
    let server = running("");
    let program = exec(&server, &["web"], COUNTING);
    let count = || {
        std::fs::read(program.folder().join("count"))
            .unwrap_or_default()
            .len()
    };
    let running = program.start_in_terminal(100);
    running.wait_until_it_shows("ready");
    for pressed in 1..=3 {
        running.type_in("\u{3}");
        let began = std::time::Instant::now();
        while count() < pressed && began.elapsed().as_secs() < 20 {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        assert_eq!(count(), pressed);
    }
    running.type_in("done\n");
    running.end().exits(7);
}

#[test]
fn quit_and_suspend_are_the_plugins() {
    let server = running("");
    let program = exec(
        &server,
        &["web"],
        "trap '' QUIT TSTP; echo ready; read -r line; exit 7",
    );
    let running = program.start_in_terminal(100);
    running.wait_until_it_shows("ready");
    running.type_in("\u{1c}");
    running.type_in("\u{1a}");
    running.type_in("done\n");
    running.end().exits(7);
}

#[test]
fn the_terminal_is_restored() {
    let server = running("");
    let program = exec(
        &server,
        &["web"],
        "stty -echo -icanon; echo changed; kill -KILL $$",
    );
    let program = program.through(&["sh", "-c", "\"$@\"; echo code $?; stty -a", "sh"]);
    let output = program.run_in_terminal(100).exits(0);
    assert!(output.stdout.contains("code 137"), "{}", output.stdout);
    assert!(!output.stdout.contains("-echo "), "{}", output.stdout);
    assert!(!output.stdout.contains("-icanon"), "{}", output.stdout);
}

fn signals_end_the_plugin_too(signal: Signal, code: i32) {
    let server = running("");
    let program = exec(&server, &["web"], "echo $$ > pid; echo ready; exec sleep 1000");
    let running = program.start();
    running.wait_until_it_prints("ready");
    running.signal(signal);
    let output = running.end().exits(code);
    let pid = written(&output, "pid").trim().to_owned();
    assert!(!std::path::Path::new(&format!("/proc/{pid}/fd")).exists());
}

cases! { signals_end_the_plugin_too {
    terminate(Signal::TERM, 143);
    hangup(Signal::HUP, 129);
} }

#[test]
fn no_file_is_needed() {
    let server = running("");
    let ecsctl = Ecsctl::on(&server, &["exec", "web", "--cluster", "default", "--", "env"]);
    let ecsctl = with_plugin(ecsctl, &super::plugin("exit 4"));
    let output = ecsctl.run().exits(4);
    let arguments = written(&output, "arguments");
    assert!(
        arguments.contains(&newest(&server, "web")) || arguments.contains("ecs:default_"),
        "{arguments}"
    );
}
