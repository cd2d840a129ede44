//! What is sent to the daemon.

use super::project;
use crate::ground::Docker;
use crate::project::Project;

/// A folder of everything that .dockerignore is about. What is to arrive has `yes` in its name.
fn folder(docker: &Docker) -> Project<'_> {
    let project = project(docker)
        .with(
            ".dockerignore",
            "# a comment\n*.log\nsecret*\nnode_modules\n!node_modules/yes-this\n**/deep\n.home\n",
        )
        .with("yes.txt", "1")
        .with("no.log", "1")
        .with("sub/yes.log", "not at the top: `*.log` has no `**/`")
        .with("secret.txt", "1")
        .with("secrets/no", "1")
        .with("node_modules/no/a", "1")
        .with("node_modules/yes-this/yes", "1")
        .with("a/b/deep/no", "1")
        .with("a/b/yes", "1");
    std::os::unix::fs::symlink("yes.txt", project.path("yes-link")).unwrap();
    std::os::unix::fs::symlink("/nonexistent/anywhere", project.path("yes-dangling")).unwrap();
    project.with_steps("COPY . /context\n")
}

const ARRIVES: [&str; 7] = [
    "a/b/yes",
    "busybox",
    "node_modules/yes-this/yes",
    "sub/yes.log",
    "yes-dangling",
    "yes-link",
    "yes.txt",
];

#[test]
fn dockerignore_and_its_exceptions_hold_for_both_builders() {
    let Some(docker) = Docker::find() else { return };
    for builder in docker.builders() {
        let project = folder(&docker);
        let output = project
            .ecsctl(&["build"])
            .env("DOCKER_BUILDKIT", *builder)
            .run()
            .exits(0);
        let files = project.files(output.stdout.trim());
        let mut found: Vec<&str> = files
            .keys()
            .filter_map(|path| path.strip_prefix("context/"))
            .collect();
        found.retain(|name| !matches!(*name, ".dockerignore" | "Dockerfile" | "deploy.yaml"));
        assert_eq!(found, ARRIVES, "DOCKER_BUILDKIT={builder}");
        let link = &files["context/yes-dangling"];
        assert_eq!(link, "-> /nonexistent/anywhere", "DOCKER_BUILDKIT={builder}");
    }
}

#[test]
fn the_listed_context_is_what_arrives() {
    let Some(docker) = Docker::find() else { return };
    let project = folder(&docker);
    // No daemon is asked.
    let list = |form: &[&str]| {
        let run = project.ecsctl(&[&["build", "--list-context"], form].concat());
        run.env("DOCKER_HOST", "unix:///nonexistent").run().exits(0)
    };
    let document = list(&["-o", "json"]).json();
    let files = document["images"][0]["context"].as_array().unwrap().clone();
    let mut names: Vec<&str> = files.iter().map(|file| file["path"].as_str().unwrap()).collect();
    names.retain(|name| !matches!(*name, ".dockerignore" | "Dockerfile" | "deploy.yaml"));
    names.sort_unstable();
    assert_eq!(names, ARRIVES);
    let sizes: Vec<u64> = files.iter().map(|file| file["bytes"].as_u64().unwrap()).collect();
    assert!(sizes.is_sorted(), "largest last: {sizes:?}");
    let text = list(&[]).stdout;
    let largest = text.lines().rev().nth(1).unwrap();
    assert!(largest.ends_with("  busybox"), "{text}");
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let Some(docker) = Docker::find() else { return };
    for builder in docker.builders() {
        let project = project(&docker)
            .with_steps("COPY . /context\n")
            .with("closed", "x");
        std::fs::set_permissions(project.path("closed"), PermissionsExt::from_mode(0o000)).unwrap();
        let run = project.ecsctl(&["build"]).env("DOCKER_BUILDKIT", *builder);
        // Root may read everything, unless that right is taken from it.
        let run = if rustix::process::geteuid().is_root() {
            run.through(&["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--"])
        } else {
            run
        };
        let closed = project.path("closed").canonicalize().unwrap();
        run.run()
            .exits(4)
            .says("the build context can't be read")
            .says(closed.to_str().unwrap())
            .says("ermission denied")
            .says(".dockerignore");
    }
}

#[test]
fn a_large_file_among_many_arrives_whole() {
    let Some(docker) = Docker::find() else { return };
    let project = project(&docker).with_steps("COPY data /data\nRUN md5sum /data/large >/sum\n");
    for number in 0..500 {
        project.write(&format!("data/{number}"), &number.to_string());
    }
    let large: Vec<u8> = (0..20_000_000_u32).map(|at| (at / 7 % 251) as u8).collect();
    std::fs::write(project.path("data/large"), large).unwrap();
    let sum = std::process::Command::new("md5sum")
        .arg(project.path("data/large"))
        .output()
        .unwrap();
    let sum = String::from_utf8(sum.stdout).unwrap();
    let id = project.build();
    let files = project.files(&id);
    let sum_of = |line: &str| line.split_whitespace().next().map(str::to_owned);
    assert_eq!(sum_of(&files["sum"]), sum_of(&sum));
    let data = files.keys().filter(|path| path.starts_with("data/")).count();
    assert_eq!(data, 501);
}

#[test]
fn thousands_of_ignore_patterns_reach_buildkit() {
    let Some(docker) = Docker::find() else { return };
    let patterns: String = (0..2_000)
        .map(|number| format!("build/output/folder-{number}/*.log\n"))
        .collect();
    let project = project(&docker)
        .with(".dockerignore", &format!("{patterns}.home\n*.no\n"))
        .with("a.no", "1")
        .with("a.yes", "1")
        .with_steps("COPY . /all\n");
    let id = project.build();
    let files = project.files(&id);
    assert!(files.contains_key("all/a.yes"), "{files:?}");
    assert!(!files.contains_key("all/a.no"), "{files:?}");
}

#[test]
fn long_lists_of_sources_reach_buildkit() {
    let Some(docker) = Docker::find() else { return };
    let project = project(&docker);
    // Few but long names: the BuildKit of Docker 20.10 fails now and then with hundreds (moby/buildkit #1822).
    let folder = vec!["folder-".repeat(34); 10].join("/");
    let source = |number: usize| format!("{folder}/{number}");
    for number in 0..8 {
        project.write(&source(number), "1");
    }
    let sources: String = (0..8).map(|number| format!("{} ", source(number))).collect();
    let dockerfile = format!("FROM scratch\n{}COPY {sources}/files/\n", project.label());
    project.write("Dockerfile", &dockerfile);
    let id = project.build();
    let files = project.files(&id);
    let copied = files.keys().filter(|path| path.starts_with("files/")).count();
    assert_eq!(copied, 8);
}

#[test]
fn new_contents_arrive_though_their_times_are_set() {
    use std::time::{Duration, SystemTime};
    let Some(docker) = Docker::find() else { return };
    let project = project(&docker);
    let write = |name: &str, text: &str| {
        project.write(name, text);
        let file = std::fs::File::options()
            .append(true)
            .open(project.path(name))
            .unwrap();
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
        file.set_modified(time).unwrap();
    };
    let dockerfile = project.dockerfile("COPY g.json /g.json\nLABEL edition=1\n");
    write("Dockerfile", &dockerfile);
    write("g.json", "{\"v\":1}");
    let first = project.build();
    assert_eq!(project.build(), first);
    write("g.json", "{\"v\":2}");
    let second = project.build();
    assert_eq!(project.files(&second)["g.json"], "{\"v\":2}");
    write("Dockerfile", &dockerfile.replace("edition=1", "edition=2"));
    let third = project.build();
    let edition = docker.ok(&["inspect", "--format", "{{.Config.Labels.edition}}", &third]);
    assert_eq!(edition, "2");
}
