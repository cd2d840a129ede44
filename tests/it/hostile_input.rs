//! Files and replies that would fill the memory, block forever, or be reported without an end.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::process::Command;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;
use rustix::process::Signal;

use crate::support::cases;
use crate::support::two_services::{run, running};
use crate::support::{Ecsctl, Fault};

/// Runs `ecsctl` with at most 1 GB of address space: what fills the memory is killed.
const BOUNDED: [&str; 3] = ["sh", "-c", "ulimit -v 1000000; exec \"$0\" \"$@\""];

fn render(file: &str) -> Ecsctl {
    Ecsctl::new(&["render"]).through(&BOUNDED).file(file)
}

fn service(value: &str) -> String {
    format!(
        "services:\n  web:\n    taskDefinition: {{cpu: 256, memory: 512, containerDefinitions: {{web: {{image: nginx, \
         command: [\"{value}\"]}}}}}}\n    networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1]}}}}\n"
    )
}

fn variables(count: usize, value: impl Fn(usize) -> String) -> String {
    let lines = (0..count).map(|at| format!("  v{at}: {}\n", value(at)));
    format!("vars:\n{}", lines.collect::<String>())
}

fn refused_with_its_place(file: String, message: &str) {
    render(&file)
        .run()
        .exits(2)
        .says(message)
        .says("--> deploy.yaml:");
}

cases! { refused_with_its_place {
    doubled_variables(
        variables(27, |at| match at {
            0 => "x".repeat(16),
            _ => format!("\"${{vars.v{0}}}${{vars.v{0}}}\"", at - 1),
        }) + &service("a"),
        "more than 4 MiB are filled in"
    );
    tripled_lists(
        variables(30, |at| match at {
            0 => "[1, 2, 3]".to_owned(),
            _ => format!("[\"${{vars.v{0}}}\", \"${{vars.v{0}}}\", \"${{vars.v{0}}}\"]", at - 1),
        }) + &service("a"),
        "more than 50000 values are filled in"
    );
    one_long_variable(
        variables(1, |_| "x".repeat(100_000)) + &service(&"${vars.v0}".repeat(5_000)),
        "more than 4 MiB are filled in"
    );
    one_long_anchor(
        format!("x-a: &a \"{}\"\nx-b: [{}*a]\n", "x".repeat(500_000), "*a, ".repeat(198)) + &service("a"),
        "anchors and aliases repeat more than 4 MiB"
    );
    nested_anchors(
        format!("x-a: {}\"{}\"{}\n", "&a [".repeat(50), "x".repeat(500_000), "]".repeat(50)) + &service("a"),
        "anchors and aliases repeat more than 4 MiB"
    );
    chained_variables(
        variables(3_047, |at| format!("\"${{vars.v{}}}\"", (at + 1) % 3_047)) + &service("a"),
        "nested deeper than 64 levels"
    );
    nested_defaults(
        service(&format!("{}x{}", "${env.NONE:-".repeat(50_000), "}".repeat(50_000))),
        "nested deeper than 64"
    );
} }

/// A variable that refers to those before it costs no depth, however long the chain is.
#[test]
fn a_chain_in_order_is_filled_in() {
    let file = variables(3_047, |at| match at {
        0 => "done".to_owned(),
        _ => format!("\"${{vars.v{}}}\"", at - 1),
    });
    let output = render(&(file + &service("${vars.v3046}"))).run().exits(0);
    assert!(output.stdout.contains("done"), "{}", output.stdout);
}

fn a_hundred_are_shown(file: String, total: usize) {
    let output = render(&file).run().exits(2);
    let more = format!("and {} more", total - 100);
    let output = output.says(&more).says(&format!("{total} errors in deploy.yaml"));
    assert!(output.stderr.len() < 100_000, "{}", output.stderr.len());
    let output = Ecsctl::new(&["render", "-o", "json"]).file(&file).run().exits(2);
    let message = output.json()["error"]["message"].as_str().unwrap().to_owned();
    assert_eq!(message.lines().count(), 101);
    assert!(message.ends_with(&more), "{message}");
}

cases! { a_hundred_are_shown {
    bad_references_in_a_line(service(&"${x}".repeat(5_000)), 5_000);
    unknown_keys((0..3_000).map(|at| format!("k{at}: 1\n")).collect::<String>() + &service("a"), 3_000);
    unknown_variables(
        variables(2_000, |_| "1".to_owned())
            + &service(&(0..2_000).map(|at| format!("${{vars.w{at}}}")).collect::<String>()),
        2_000
    );
    duplicate_keys(format!("x-a:\n{}", "  a: 1\n".repeat(3_001)) + &service("a"), 3_000);
} }

#[test]
fn deploy_yaml_may_come_from_a_pipe() {
    let output = Ecsctl::new(&["-f", "/dev/stdin", "render"])
        .stdin(&service("piped"))
        .run();
    assert!(output.exits(0).stdout.contains("piped"));
}

fn not_read_to_its_end(path: &str) {
    let output = Ecsctl::new(&["-f", path, "render"]).through(&BOUNDED).run();
    output.exits(2).says("more than the 1048576 that are read");
    let file = service("a").replace("{cpu: 256", &format!("{{base: {path}, cpu: 256"));
    render(&file).run().exits(2).says("1048577 bytes");
}

cases! { not_read_to_its_end {
    device("/dev/zero");
} }

/// Opening a pipe that nothing writes to would wait forever.
#[test]
fn named_pipe_is_no_file_of_deploy_yaml() {
    let container = |more: &str| service("a").replace("image: nginx", &format!("image: nginx, {more}"));
    for (file, place) in [
        (
            service("a").replace("{cpu: 256", "{base: ./pipe.json, cpu: 256"),
            "3:28",
        ),
        (
            service("a").replacen("taskDefinition: {", "taskDefinition: ./pipe.json # {", 1),
            "3:21",
        ),
        (container("envFile: pipe.json"), "3:"),
    ] {
        let run = render(&file);
        make_pipe(&run.folder().join("pipe.json"));
        let output = run.run().exits(2);
        output
            .says("is a named pipe")
            .says(&format!("--> deploy.yaml:{place}"));
    }
    let run = Ecsctl::new(&["render", "--env-file", "pipe.env"])
        .through(&BOUNDED)
        .file(&service("a"));
    make_pipe(&run.folder().join("pipe.env"));
    run.run()
        .exits(2)
        .says("pipe.env can't be read")
        .says("is a named pipe");
    // A pipe that is open has a writer.
    let file = service("a").replacen("taskDefinition: {", "taskDefinition: /dev/stdin # {", 1);
    let definition = r#"{"family": "piped", "cpu": "256", "memory": "512", "containerDefinitions": [{"name": "web", "image": "nginx"}]}"#;
    let output = render(&file).stdin(definition).run().exits(0);
    assert!(output.stdout.contains("piped"), "{}", output.stdout);
}

#[test]
fn ignore_file_must_be_regular() {
    let run = Ecsctl::new(&["build", "--list-context"]).file(
        "images: {web: {repository: acme/web, build: .}}\nregion: us-east-1\naccount: \"123456789012\"\n",
    );
    let run = run.write("Dockerfile", "FROM scratch\n");
    let ignore = run.folder().join(".dockerignore");
    std::os::unix::fs::symlink("/dev/zero", &ignore).unwrap();
    run.run().exits(4).says("not a regular file");
    fs::remove_file(&ignore).unwrap();
    make_pipe(&ignore);
    run.run().exits(4).says("not a regular file");
}

fn make_pipe(path: &std::path::Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn first_signal_ends_a_run_that_waits_for_a_pipe() {
    let run = Ecsctl::new(&["-f", "pipe.yaml", "render"]);
    make_pipe(&run.folder().join("pipe.yaml"));
    let started = run.start();
    started.signal(Signal::TERM);
    let output = started.end();
    assert!(output.stdout.is_empty(), "{}", output.stdout);
}

/// A pipe that is full and whose reader never reads: the work waits in a write.
#[test]
fn first_signal_ends_a_run_that_is_stuck_in_a_write() {
    let server = running("");
    let run = run(&server, &["deploy"]);
    let pipe = run.folder().join("output");
    make_pipe(&pipe);
    let mut full = File::options()
        .read(true)
        .write(true)
        .custom_flags(OFlags::NONBLOCK.bits().cast_signed())
        .open(&pipe)
        .unwrap();
    while full.write(&[b'x'; 4096]).is_ok() {}
    let run = run
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_OUTPUT", pipe.as_os_str());
    let started = run.start();
    started.wait_until_it_says("plan: ");
    started.signal(Signal::TERM);
    assert_eq!(started.end().code(), 143);
}

fn aws_file_must_be_regular(variable: &str) {
    let server = running("");
    run(&server, &["status"])
        .env(variable, "/dev/zero")
        .run()
        .exits(2)
        .says(variable)
        .says("expected a regular file");
    run(&server, &["status"])
        .env(variable, "/dev/null")
        .run()
        .exits(0);
}

cases! { aws_file_must_be_regular {
    config("AWS_CONFIG_FILE");
    credentials("AWS_SHARED_CREDENTIALS_FILE");
    token("AWS_WEB_IDENTITY_TOKEN_FILE");
} }

fn cached_login_must_be_regular(members: &str, folder: &str) {
    let server = running("");
    let run = run(&server, &["status"])
        .without("AWS_ACCESS_KEY_ID")
        .write(".aws/config", &format!("[default]\n{members}\n"))
        .write(&format!("{folder}/other.txt"), "");
    let cached = run.folder().join(folder).join("login.json");
    let words = "login.json` from the AWS CLI's cached logins: expected a regular file";
    std::os::unix::fs::symlink("/dev/zero", &cached).unwrap();
    run.run().exits(2).says(words);
    fs::remove_file(&cached).unwrap();
    make_pipe(&cached);
    run.run().exits(2).says(words);
    fs::remove_file(&cached).unwrap();
    fs::File::create(&cached).unwrap().set_len(5 << 30).unwrap();
    run.run().exits(2).says(words);
}

cases! { cached_login_must_be_regular {
    of_a_session(
        "sso_session = acme\nsso_account_id = 123456789012\nsso_role_name = Developer\n\
         [sso-session acme]\nsso_region = us-east-1\nsso_start_url = https://acme.awsapps.com/start",
        ".aws/sso/cache"
    );
    of_a_start_url(
        "sso_region = us-east-1\nsso_start_url = https://acme.awsapps.com/start\n\
         sso_account_id = 123456789012\nsso_role_name = Developer",
        ".aws/sso/cache"
    );
    of_aws_login("login_session = arn:aws:iam::123456789012:user/me", ".aws/login/cache");
} }

#[test]
fn endless_reply_is_an_error() {
    let server = running("");
    server.fault(Fault {
        endless: true,
        ..Fault::on("ecs DescribeServices")
    });
    let output = run(&server, &["status"]).through(&BOUNDED).run();
    output.exits(3).says("the reply is larger than 8 MB");
}

/// Two bytes of a reply become up to 2 kB of the SDK's structures.
#[test]
fn reply_of_too_many_objects_is_an_error() {
    let server = running("");
    let services = vec!["{}"; 1_000_000].join(",");
    server.fault(Fault {
        instead: Some(format!(r#"{{"services": [{services}], "failures": []}}"#)),
        ..Fault::on("ecs DescribeServices")
    });
    let output = run(&server, &["status"]).through(&BOUNDED).run();
    output.exits(3).says("the reply has more than 20000 objects");
}

#[test]
fn long_reason_is_cut() {
    let server = running("");
    server.fault(Fault {
        code: Some("InvalidParameterException".to_owned()),
        message: Some("because\n".repeat(500_000)),
        ..Fault::on("ecs DescribeServices")
    });
    for format in ["text", "json"] {
        let output = run(&server, &["status", "-o", format]).run().exits(3);
        let length = output.stdout.len() + output.stderr.len();
        assert!(length < 100_000, "{length}");
        assert!(output.stderr.contains("because"), "{}", output.stderr);
    }
}

#[test]
fn ignore_pattern_longer_than_a_path_is_refused() {
    let run = Ecsctl::new(&["build", "--list-context"]).through(&BOUNDED).file(
        "images: {web: {repository: acme/web, build: .}}\nregion: us-east-1\naccount: \"123456789012\"\n",
    );
    run.write("Dockerfile", "FROM scratch\n")
        .write(".dockerignore", &"*a".repeat(500_000))
        .run()
        .exits(4)
        .says("it is longer than 4096 bytes");
}

/// A call has 100 seconds; the timeout ends it before.
#[test]
fn timeout_is_kept_when_a_reply_stalls() {
    let server = running("");
    server.fault(Fault {
        stall: true,
        ..Fault::on("ecs DescribeServices")
    });
    let began = Instant::now();
    let output = run(&server, &["wait", "web", "--timeout", "1s"]).run();
    assert_ne!(output.code(), 0);
    assert!(began.elapsed() < Duration::from_secs(60), "{}", output.stderr);
}
