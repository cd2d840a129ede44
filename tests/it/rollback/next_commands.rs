//! What is offered at the end: right for what was done, and so that it can be pasted.

use super::{FILE, HISTORY, UNDER_WAY, ecsctl, started, with_web};
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
fn after_a_rollback_that_takes_too_long_no_other_one_is_offered() {
    let server = Scripted::start(with_web(HISTORY, STUCK));
    let output = ecsctl(&server, &["rollback", "--timeout", "30s"]).run().exits(6);
    assert_eq!(offered(&output), ["ecsctl wait web"], "{}", output.stderr);
    insta::assert_snapshot!("rollback_timed_out", output.record());
}

#[test]
fn a_deploy_or_restart_that_takes_too_long_can_be_undone() {
    let server = Scripted::start(with_web(HISTORY, STUCK));
    let output = Ecsctl::on(&server, &["deploy", "--timeout", "30s"])
        .file(&FILE.replace("web:4", "web:3"))
        .run()
        .exits(6);
    assert_eq!(offered(&output), ["ecsctl wait web", "ecsctl rollback web"]);
    let server = Scripted::start(with_web(HISTORY, STUCK));
    let output = ecsctl(&server, &["restart", "--timeout", "30s"]).run().exits(6);
    assert_eq!(offered(&output), ["ecsctl wait web", "ecsctl stop web"]);
}

#[test]
fn a_count_goes_back_to_what_it_was() {
    let server = Scripted::start(with_web(HISTORY, STUCK));
    let output = ecsctl(&server, &["scale", "web=5", "--timeout", "30s"])
        .run()
        .exits(6);
    assert_eq!(
        offered(&output),
        ["ecsctl wait web", "ecsctl scale web=2"],
        "{}",
        output.stderr
    );
}

#[test]
fn what_is_only_watched_may_be_stopped() {
    let server = started(UNDER_WAY);
    let output = ecsctl(&server, &["wait", "--timeout", "30s"]).run().exits(6);
    assert_eq!(offered(&output), ["ecsctl wait web", "ecsctl stop web"]);
    assert!(output.stderr.contains(" wait web: "), "{}", output.stderr);
}

#[test]
fn the_flags_that_were_given_are_carried_along() {
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
        let ecsctl = Ecsctl::on(&server, &arguments).write("my shop.yaml", FILE);
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
    let flags = r#"-f 'my shop.yaml' --var token="${token:?}" --var tier=gold --region us-east-1"#;
    let output = run(&["restart", "--timeout", "30s"]).exits(6);
    assert_eq!(
        offered(&output),
        [
            format!("ecsctl {flags} wait web"),
            format!("ecsctl {flags} stop web")
        ],
        "{}",
        output.stderr
    );
    let output = run(&["rollback", "--to", "77"]).exits(3);
    let hint = format!("hint:  ecsctl {flags} history web shows");
    assert!(output.stderr.contains(&hint), "{}", output.stderr);
    let output = run(&["wait", "--timeout", "10s", "-o", "json"]).exits(6);
    let document = output.json();
    let hint = format!("ecsctl {flags} wait web, or ecsctl {flags} stop web");
    assert_eq!(document["error"]["hint"], hint);
}

#[test]
fn json_offers_what_people_are_offered() {
    let failed = "
    before:
      - {taskDefinition: 'web:2'}
      - {taskDefinition: 'web:4', rollout: {frames: [{pending: all}, {fail: 'tasks failed to start.'}]}}
";
    let rows: [(&[&str], &str, &[&str]); 3] = [
        (
            &["deploy"],
            "nothing was changed; ",
            &[
                "ecsctl status web",
                "ecsctl deploy --only web --force",
                "ecsctl rollback web",
            ],
        ),
        (
            &["rollback", "--to", "web:4"],
            "nothing was changed; ",
            &["ecsctl status web", "ecsctl restart web", "ecsctl history web"],
        ),
        (&["wait"], "", &["ecsctl status web", "ecsctl rollback web"]),
    ];
    for (verb, before, commands) in rows {
        let server = started(failed);
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
}

#[test]
fn an_image_that_was_given_is_carried_to_the_verbs_that_use_it() {
    let server = started(HISTORY);
    let file = r#"
region: us-east-1
images: {web: {repository: acme/web, build: .}}
services:
  web:
    taskDefinition:
      executionRoleArn: arn:aws:iam::123456789012:role/ecsTaskExecutionRole
      cpu: 256
      memory: 512
      containerDefinitions: {web: {image: "${images.web}"}}
"#;
    let given = ["--image", "web=acme/web:1", "plan"];
    let output = Ecsctl::on(&server, &given)
        .file(file)
        .write("Dockerfile", "FROM scratch\n")
        .run()
        .exits(0);
    let line = "`ecsctl --image web=acme/web:1 deploy` does it";
    assert!(output.stdout.contains(line), "{}", output.stdout);
}

#[test]
fn screens_name_commands_with_the_flags_too() {
    let server = started(HISTORY);
    let file = FILE.replace("web: {", "shop: {");
    let run = |verb: &str| {
        let ecsctl = Ecsctl::on(&server, &["-f", "shop.yaml", verb]).write("shop.yaml", &file);
        ecsctl.run().exits(0).stdout
    };
    let status = run("status");
    assert!(
        status.contains("`ecsctl -f shop.yaml deploy --only shop` makes it"),
        "{status}"
    );
    let plan = run("plan");
    assert!(plan.contains("`ecsctl -f shop.yaml deploy` does it"), "{plan}");
}
