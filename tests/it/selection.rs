//! Names behind the verb select services or images, alone or with `--only`.

use serde_json::Value;

use crate::support::two_services::{STABLE, file, run, running, with_logs};
use crate::support::{Ecsctl, cases};

/// Returns the names in a list of the JSON result.
fn names(result: &Value, list: &str) -> Vec<String> {
    let list = result[list].as_array().unwrap();
    list.iter()
        .map(|it| it["name"].as_str().unwrap().to_owned())
        .collect()
}

fn services_are_selected(arguments: &[&str], expected: &[&str]) {
    let server = running("");
    let arguments = [arguments, &["-o", "json"]].concat();
    let output = run(&server, &arguments).run().exits(0);
    assert_eq!(names(&output.json(), "services"), expected, "{arguments:?}");
}

cases! { services_are_selected {
    deploy_of_all(&["deploy"], &["web", "worker"]);
    deploy_of_one(&["deploy", "worker"], &["worker"]);
    deploy_of_several(&["deploy", "worker", "web"], &["web", "worker"]);
    deploy_and_only(&["deploy", "worker", "--only", "web"], &["web", "worker"]);
    deploy_and_only_before(&["--only", "web", "deploy", "worker"], &["web", "worker"]);
    deploy_and_only_the_same(&["deploy", "web", "--only=web"], &["web"]);
    plan_of_one(&["plan", "worker"], &["worker"]);
    plan_and_only(&["plan", "--only", "web", "worker"], &["web", "worker"]);
    register_of_one(&["register", "worker"], &["worker"]);
    register_and_only(&["register", "worker", "--only", "web"], &["web", "worker"]);
    status_and_only(&["status", "worker", "--only", "web"], &["web", "worker"]);
    restart_and_only(&["restart", "worker", "--only", "web"], &["web", "worker"]);
} }

#[test]
fn render_shows_the_selected_services_only() {
    let worker = "taskDefinition: \"worker:1\"";
    let file = file().replace(worker, &format!("{worker}, beforeDeploy: [migrate]"));
    let file = format!(
        "{file}jobs: {{migrate: {{service: worker, command: [m]}}, other: {{service: web, command: [o]}}}}\n"
    );
    let render = |only: &str| {
        Ecsctl::new(&["render", "-o", "json", "--only", only])
            .file(&file)
            .run()
    };
    let document = render("worker").exits(0).json();
    let keys = |section: &str| {
        let section = document[section].as_object().expect("a mapping");
        section.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(keys("services"), ["worker"]);
    assert_eq!(keys("jobs"), ["migrate"]);
    render("workr").exits(2).says("did you mean `worker`?");
}

#[test]
fn named_services_override_the_variable() {
    let server = running("");
    let selected = |arguments: &[&str]| {
        let output = run(&server, arguments).env("ECSCTL_ONLY", "web").run().exits(0);
        names(&output.json(), "services")
    };
    assert_eq!(selected(&["deploy", "-o", "json"]), ["web"]);
    assert_eq!(selected(&["deploy", "worker", "-o", "json"]), ["worker"]);
    assert_eq!(
        selected(&["deploy", "worker", "--only", "web", "-o", "json"]),
        ["web", "worker"]
    );
}

/// A file with two images, whose contexts exist.
fn with_images(arguments: &[&str]) -> Ecsctl {
    let images = "region: us-east-1
images:
  web: {repository: shop/web, build: web}
  api: {repository: shop/api, build: api}
services: {web: {taskDefinition: \"web:1\"}}
";
    Ecsctl::new(arguments)
        .file(images)
        .write("web/Dockerfile", "FROM scratch\n")
        .write("api/Dockerfile", "FROM scratch\n")
}

fn images_are_selected(arguments: &[&str], expected: &[&str]) {
    let arguments = [arguments, &["--list-context", "-o", "json"]].concat();
    let output = with_images(&arguments).run().exits(0);
    assert_eq!(names(&output.json(), "images"), expected, "{arguments:?}");
}

cases! { images_are_selected {
    all(&["build"], &["web", "api"]);
    one(&["build", "api"], &["api"]);
    one_and_only(&["build", "api", "--only", "web"], &["web", "api"]);
} }

fn unknown_name_gets_the_suggestion_of_only(verb: &str, kind: &str, name: &str, meant: &str) {
    let unknown = |arguments: &[&str]| {
        let run = match kind {
            "image" => with_images(arguments),
            _ => Ecsctl::new(arguments).file(&file()),
        };
        run.run().exits(2).stderr
    };
    let named = unknown(&[verb, name]);
    let expected = format!("error: no {kind} `{name}` in the file\n  hint:  did you mean `{meant}`?\n");
    assert!(named.ends_with(&expected), "{named}");
    assert_eq!(named, unknown(&[verb, "--only", name]), "{verb}");
}

cases! { unknown_name_gets_the_suggestion_of_only {
    deploy("deploy", "service", "wokrer", "worker");
    plan("plan", "service", "wbe", "web");
    register("register", "service", "wbe", "web");
    build("build", "image", "wbe", "web");
    push("push", "image", "apii", "api");
} }

/// `shop` is `web` on ECS.
const OTHER_NAME: &str = "region: us-east-1
services:
  shop: {serviceName: web, taskDefinition: \"web:1\"}
  worker: {taskDefinition: \"worker:1\"}
";

fn service_is_found_by_key_and_by_name(arguments: &[&str]) {
    let server = with_logs(&format!("{STABLE}logGroups: {{/ecs/web: {{}}}}\n"));
    for name in ["shop", "web"] {
        let arguments = [arguments, &[name]].concat();
        Ecsctl::on(&server, &arguments).file(OTHER_NAME).run().exits(0);
        let log = server.log();
        server.clear_log();
        let about = |input: &Value| {
            let named = [&input["services"][0], &input["serviceName"], &input["service"]];
            named.into_iter().find_map(Value::as_str).map(str::to_owned)
        };
        let about: Vec<String> = log.0.iter().filter_map(|it| about(&it.input)).collect();
        assert!(
            !about.is_empty() && about.iter().all(|it| it == "web"),
            "{name}: {about:?}"
        );
    }
}

cases! { service_is_found_by_key_and_by_name {
    status(&["status"]);
    events(&["events"]);
    tasks(&["tasks"]);
    logs(&["logs"]);
    history(&["history"]);
    restart(&["restart"]);
} }

fn name_of_two_services_is_an_error(arguments: &[&str]) {
    // `web` is a key, and the name of another service on ECS.
    let file = OTHER_NAME.replace("worker: {", "web: {serviceName: worker, ");
    let server = running("");
    let run = |arguments: &[&str]| Ecsctl::on(&server, arguments).file(&file).run();
    let output = run(&[arguments, &["web"]].concat()).exits(2);
    let output = output.says(
        "error: `web` is two services of the file: `shop` has the name web on ECS, `web` has the name worker",
    );
    output.says("hint:  name `shop` or `worker` instead");
    assert!(server.log().writes().is_empty());
    run(&["status", "shop"]).exits(0);
    run(&["status", "worker"]).exits(0);
}

cases! { name_of_two_services_is_an_error {
    status(&["status"]);
    delete(&["delete", "--yes"]);
    deploy(&["deploy"]);
    logs(&["logs"]);
} }
