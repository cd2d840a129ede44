//! The commands offered at the end fit what was done, and can be pasted.

use crate::support::cases;
use crate::support::files::built;
use crate::support::rollbacks::{HISTORY, UNDER_WAY, ecsctl, file, started, with_web};
use crate::support::{Ecsctl, Output, Scripted};

/// The deployment that comes next never gets there, and nothing ends it.
const STUCK: &str = "rollouts: {web: [{frames: [{pending: all}]}]}";

/// The commands under `next:`.
fn offered(output: &Output) -> Vec<String> {
    let lines = output
        .stderr
        .lines()
        .skip_while(|line| !line.starts_with("  next:"));
    let commands = lines.map_while(|line| line.get(11..)?.rsplit_once("  "));
    commands
        .map(|(command, _)| command.trim_end().to_owned())
        .collect()
}

#[test]
fn rollback_that_times_out_offers_no_rollback() {
    let server = Scripted::start(with_web(HISTORY, STUCK));
    let output = ecsctl(&server, &["rollback", "--yes", "--timeout", "30s"])
        .run()
        .exits(6);
    assert_eq!(
        offered(&output),
        ["ecsctl tasks web", "ecsctl wait web"],
        "{}",
        output.stderr
    );
    insta::assert_snapshot!("rollback_timed_out", output.record());
}

#[test]
fn deploy_that_times_out_offers_rollback() {
    let server = Scripted::start(with_web(HISTORY, STUCK));
    let output = Ecsctl::on(&server, &["deploy", "--timeout", "30s"])
        .file(&file().replace("web:4", "web:3"))
        .run()
        .exits(6);
    assert_eq!(
        offered(&output),
        ["ecsctl tasks web", "ecsctl wait web", "ecsctl rollback web --yes"]
    );
}

#[test]
fn restart_that_times_out_offers_stop() {
    let server = Scripted::start(with_web(HISTORY, STUCK));
    let output = ecsctl(&server, &["restart", "--timeout", "30s"]).run().exits(6);
    assert_eq!(
        offered(&output),
        ["ecsctl tasks web", "ecsctl wait web", "ecsctl stop web --yes"]
    );
}

#[test]
fn scale_that_times_out_offers_the_old_count() {
    let server = Scripted::start(with_web(HISTORY, STUCK));
    let output = ecsctl(&server, &["scale", "web=5", "--timeout", "30s"])
        .run()
        .exits(6);
    assert_eq!(
        offered(&output),
        ["ecsctl tasks web", "ecsctl wait web", "ecsctl scale web=2"],
        "{}",
        output.stderr
    );
}

#[test]
fn wait_that_times_out_offers_stop() {
    let server = started(UNDER_WAY);
    let output = ecsctl(&server, &["wait", "--timeout", "30s"]).run().exits(6);
    assert_eq!(
        offered(&output),
        ["ecsctl tasks web", "ecsctl wait web", "ecsctl stop web --yes"]
    );
    assert!(output.stderr.contains(" wait web: "), "{}", output.stderr);
}

#[test]
fn offered_commands_carry_the_flags() {
    let server = Scripted::start(with_web(HISTORY, STUCK));
    let given = [
        "-f",
        "my shop.yaml",
        "--region",
        "us-east-1",
        "--var",
        "token=hunter2hunter2",
        "--var",
        "tier=gold",
    ];
    let url = server.url();
    let run = |more: &[&str]| {
        let arguments: Vec<&str> = given.iter().chain(more).copied().collect();
        let ecsctl = Ecsctl::on(&server, &arguments).write("my shop.yaml", &file());
        // Variables are there for the next command too.
        let variables = [
            ("ECSCTL_PROFILE", "default"),
            ("ECSCTL_ENDPOINT_URL", url.as_str()),
            ("ECSCTL_ALLOW_UNKNOWN_FIELDS", "yes"),
            ("ECSCTL_VAR_colour", "blue"),
        ];
        let ecsctl = ecsctl.write(".aws/config", "[default]\noutput = json\n");
        let ecsctl = ecsctl.write(
            ".aws/credentials",
            "[default]\naws_access_key_id = AKIASCRIPTED\naws_secret_access_key = x\n",
        );
        let with = |ecsctl: Ecsctl, (name, value): (&str, &str)| ecsctl.env(name, value);
        variables.into_iter().fold(ecsctl, with).run()
    };
    // What is secret, the shell takes from a variable: pasted as it stands, no mask is deployed.
    let flags = r#"-f 'my shop.yaml' --var token=… --var tier=… --region us-east-1"#;
    let output = run(&["restart", "--timeout", "30s"]).exits(6);
    assert_eq!(
        offered(&output),
        [
            format!("ecsctl {flags} tasks web"),
            format!("ecsctl {flags} wait web"),
            format!("ecsctl {flags} stop web --yes")
        ],
        "{}",
        output.stderr
    );
    let output = run(&["rollback", "--yes", "--to", "77"]).exits(3);
    let hint = format!("hint:  ecsctl {flags} history web lists");
    assert!(output.stderr.contains(&hint), "{}", output.stderr);
    let output = run(&["wait", "--timeout", "10s", "-o", "json"]).exits(6);
    let document = output.json();
    let hint = format!("ecsctl {flags} tasks web, ecsctl {flags} wait web, or ecsctl {flags} stop web --yes");
    assert_eq!(document["error"]["hint"], hint);
}

/// web:4 has failed, and nothing goes on.
const FAILED: &str = "
    before:
      - {taskDefinition: 'web:2'}
      - {taskDefinition: 'web:4', rollout: {frames: [{pending: all}, {fail: 'tasks failed to start.'}]}}
";

fn json_hint_has_the_same_commands(verb: &[&str], before: &str, commands: &[&str]) {
    let server = started(FAILED);
    let output = ecsctl(&server, &[verb, &["--yes"]].concat()).run().exits(5);
    assert_eq!(offered(&output), commands, "{}", output.stderr);
    let document = ecsctl(&server, &[verb, &["--yes", "-o", "json"]].concat());
    let document = document.run().exits(5).json();
    let (last, others) = commands.split_last().unwrap();
    let commands = format!("{}, or {last}", others.join(", "));
    assert_eq!(
        document["error"]["hint"],
        format!("{before}{commands}"),
        "{verb:?}"
    );
}

cases! { json_hint_has_the_same_commands {
    deploy(
        &["deploy"],
        "nothing was changed; ",
        &["ecsctl status web", "ecsctl deploy --only web --force", "ecsctl rollback web --yes"],
    );
    rollback(
        &["rollback", "--to", "web:4"],
        "nothing was changed; ",
        &["ecsctl status web", "ecsctl restart web", "ecsctl history web"],
    );
    wait(&["wait"], "", &["ecsctl status web", "ecsctl rollback web --yes"]);
} }

#[test]
fn offered_deploy_carries_the_image() {
    let server = started(HISTORY);
    let given = ["--image", "web=acme/web:1", "plan"];
    let output = Ecsctl::on(&server, &given)
        .file(&built())
        .write("Dockerfile", "FROM scratch\n")
        .run()
        .exits(0);
    let line = "run `ecsctl --image web=acme/web:1 deploy` to apply";
    assert!(output.stdout.contains(line), "{}", output.stdout);
}

#[test]
fn status_and_plan_name_commands_with_the_flags() {
    let server = started(HISTORY);
    let file = file().replace("web: {", "shop: {");
    let run = |verb: &str| {
        let ecsctl = Ecsctl::on(&server, &["-f", "shop.yaml", verb]).write("shop.yaml", &file);
        ecsctl.run().exits(0).stdout
    };
    let status = run("status");
    assert!(
        status.contains("`ecsctl -f shop.yaml deploy --only shop` creates it"),
        "{status}"
    );
    let plan = run("plan");
    assert!(
        plan.contains("run `ecsctl -f shop.yaml deploy` to apply"),
        "{plan}"
    );
}
