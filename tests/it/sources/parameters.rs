//! `${ssm:…}`: parameters of Parameter Store.

use serde_json::json;

use super::{RENDER, rendered, run, server, with};
use crate::support::files::WEB;
use crate::support::{Ecsctl, Fault, cases};

const PARAMETERS: &str = "{parameters: {/shop/dev/url: 'http://db', count: '3', plain: a, \
    /shop/key: {Type: SecureString, Value: planted}, /shop/hosts: {Type: StringList, Value: 'a,b'}}}";

const PLACES: &str = "U: '${ssm:/shop/${vars.stage}/url}/x', C: '${ssm:count}', V: '${ssm:plain:1}', \
    A: '${ssm:arn:aws:ssm:us-east-1:123456789012:parameter/shop/hosts}', N: '${ssm:none:-default}', \
    W: '${env.NOPE:-${ssm:plain}}', L: '$${ssm:plain}'";

#[test]
fn parameters_are_filled_in_by_one_call() {
    let server = server(PARAMETERS);
    let file = with(PLACES)
        .replace("services:", "vars: {stage: dev, all: '${ssm:count}'}\nservices:")
        .replace("desiredCount: 2", "desiredCount: ${vars.all}");
    let output = run(&server, &RENDER, &file).exits(0);
    for (name, expected) in [
        ("U", "http://db/x"),
        ("C", "3"),
        ("V", "a"),
        ("A", "a,b"),
        ("N", "default"),
        ("W", "a"),
        ("L", "${ssm:plain}"),
    ] {
        assert_eq!(rendered(&output, name), expected, "{name}");
    }
    assert_eq!(output.json()["services"]["web"]["service"]["desiredCount"], 3);
    let log = server.log();
    let names: Vec<String> = log
        .of("ssm GetParameters")
        .iter()
        .flat_map(|call| call.input["Names"].as_array().unwrap().clone())
        .map(|name| name.as_str().unwrap().to_owned())
        .collect();
    let arn = "arn:aws:ssm:us-east-1:123456789012:parameter/shop/hosts";
    let mut expected = vec!["/shop/dev/url", "count", "plain:1", arn, "none", "plain"];
    let mut asked: Vec<&str> = names.iter().map(String::as_str).collect();
    expected.sort_unstable();
    asked.sort_unstable();
    assert_eq!(asked, expected);
    assert_eq!(server.log().names().len(), 2, "one call a region of ARNs");
}

#[test]
fn ten_parameters_are_read_by_one_call() {
    let names: Vec<String> = (0..21).map(|number| format!("p{number}")).collect();
    let stored: String = names.iter().map(|name| format!("{name}: {name}, ")).collect();
    let server = server(&format!("{{parameters: {{{stored}}}}}"));
    let used: String = names
        .iter()
        .map(|name| format!("{name}: '${{ssm:{name}}}', "))
        .collect();
    let output = run(&server, &RENDER, &with(used.trim_end_matches(", "))).exits(0);
    assert_eq!(rendered(&output, "p20"), "p20");
    assert_eq!(server.log().of("ssm GetParameters").len(), 3);
}

/// Every verb that needs the whole file fills it in.
fn verb_fills_in(arguments: &[&str]) {
    let server = server("{parameters: {family: shop, count: '1', image: 'shop:2'}}");
    let file = WEB
        .replace("cpu: 256", "family: '${ssm:family}'\n      cpu: 256")
        .replace("desiredCount: 2", "desiredCount: '${ssm:count}'")
        .replace("public.ecr.aws/acme/shop:1", "'${ssm:image}'");
    let output = run(&server, arguments, &file);
    assert!(matches!(output.code(), 0 | 8), "{}", output.stderr);
    assert_eq!(server.log().of("ssm GetParameters").len(), 1);
    for call in server.log().of("ecs RegisterTaskDefinition") {
        assert_eq!(call.input["family"], "shop");
        assert_eq!(call.input["containerDefinitions"][0]["image"], "shop:2");
    }
    for call in server.log().of("ecs CreateService") {
        assert_eq!(call.input["desiredCount"], 1);
    }
}

cases! { verb_fills_in {
    deploy(&["deploy", "web"]);
    plan(&["plan", "web"]);
    register(&["register", "--only", "web"]);
    render(&["render"]);
} }

#[test]
fn service_is_found_before_its_values_are() {
    let server = server("{parameters: {definition: 'web:1'}}");
    let file = "services: {web: {taskDefinition: '${ssm:definition}', desiredCount: 1}}";
    let output = run(&server, &["plan", "wbe"], file).exits(2);
    output.says("did you mean `web`?");
    assert!(server.log().names().is_empty());
    let output = run(&server, &["render", "-o", "json"], file).exits(0);
    assert_eq!(
        output.json()["services"]["web"]["service"]["taskDefinition"],
        "web:1"
    );
}

#[test]
fn images_are_found_before_their_values_are() {
    let server = server("{parameters: {repository: acme/web, context: app}}");
    let file = "images: {web: {repository: '${ssm:repository}', build: '${ssm:context}'}}\n";
    let run = Ecsctl::on(&server, &["build", "web", "--list-context"])
        .file(file)
        .write("app/Dockerfile", "FROM scratch\n");
    let output = run.run().exits(0);
    assert!(output.stdout.contains("Dockerfile"), "{}", output.stdout);
}

fn is_refused(environment: &str, code: i32, words: &[&str]) {
    let server = server(PARAMETERS);
    let mut output = run(&server, &["render"], &with(environment)).exits(code);
    for words in words {
        output = output.says(words);
    }
    assert!(!output.stderr.contains("planted"), "{}", output.stderr);
}

cases! { is_refused {
    missing("A: 'x${ssm:/shop/none}'", 2, &[
        "error: the parameter `/shop/none` doesn't exist in us-east-1",
        "--> deploy.yaml:13:32",
        "set it, or give a default: `${ssm:/shop/none:-…}`",
    ]);
    missing_with_a_message("A: '${ssm:/shop/none:?run terraform first}'", 2, &[
        "error: run terraform first",
        "the parameter `/shop/none` doesn't exist in us-east-1",
    ]);
    missing_version("A: '${ssm:plain:7}'", 2, &["the parameter `plain:7` doesn't exist in us-east-1"]);
    secure_string("A: '${ssm:/shop/key}'", 2, &[
        "error: `/shop/key` is a SecureString parameter: its value can't be filled in",
        "--> deploy.yaml:13:31",
        "a container gets it through `secrets`",
        "secrets: {NAME: \"arn:aws:ssm:us-east-1:123456789012:parameter/shop/key\"}",
    ]);
    secure_string_with_a_default("A: '${ssm:/shop/key:-x}'", 2, &["is a SecureString parameter"]);
    secret_by_way_of_parameter_store("A: '${ssm:/aws/reference/secretsmanager/prod/db}'", 2, &[
        "is a secret of AWS Secrets Manager: its value can't be filled in",
    ]);
    name_of_nothing("A: '${ssm:}'", 2, &["`ssm:` needs the name of a parameter"]);
    name_with_spaces("A: '${ssm:a b}'", 2, &["the name contains spaces"]);
    // AWS refuses the whole call; the one name is pointed at.
    name_that_aws_refuses("A: '${ssm:plain}', B: '${ssm:shop/x}'", 3, &[
        "error: could not get parameters shop/x",
        "--> deploy.yaml:13:50",
        "AWS: Parameter name must be a fully qualified name.",
    ]);
} }

#[test]
fn denied_action_is_named_at_its_place() {
    let server = server(PARAMETERS);
    server.fault(Fault::denied("ssm GetParameters"));
    let output = run(&server, &["plan"], &with("A: '${ssm:plain}'")).exits(3);
    output
        .says("error: access denied: could not get parameters plain")
        .says("--> deploy.yaml:13:31")
        .says("allow ssm:GetParameters on arn:aws:ssm:us-east-1:123456789012:parameter/plain to arn:aws:iam::123456789012:user/ci");
    let output = run(&server, &["plan", "-o", "json"], &with("A: '${ssm:plain}'")).exits(3);
    assert_eq!(output.json()["error"]["code"], "access-denied");
}

#[test]
fn invalid_file_reads_nothing() {
    let server = server(PARAMETERS);
    let file = with("A: '${ssm:plain}'").replace("memory: 512", "memroy: 512");
    run(&server, &["deploy"], &file).exits(2);
    assert!(server.log().names().is_empty());
}

#[test]
fn what_depends_on_a_value_is_checked_with_it() {
    let server = server("{parameters: {name: api, port: '8080', count: many}}");
    let file = WEB
        .replace("        web:\n", "        ? web\n        :\n          name: '${ssm:name}'\n")
        .replace("containerPort: 8080", "containerPort: '${ssm:port}'")
        .replace(
            "    desiredCount: 2",
            "    loadBalancers: [{targetGroupArn: 'arn:x', containerName: web, containerPort: 8080}]\n    desiredCount: '${ssm:count}'",
        );
    let output = run(&server, &["render"], &file).exits(2);
    output.says("desiredCount").says("no container `web`");
    assert_eq!(server.log().names(), ["ssm GetParameters"]);
}

#[test]
fn commands_that_need_names_read_nothing() {
    let server = server(PARAMETERS);
    let file = with("A: '${ssm:plain}'");
    run(&server, &["deploy"], &file).exits(0);
    server.clear_log();
    for arguments in [&["status"][..], &["logs"], &["restart", "web"]] {
        run(&server, arguments, &file).exits(0);
    }
    assert!(server.log().of("ssm GetParameters").is_empty());
    let file = file.replace(
        "    desiredCount",
        "    serviceName: '${ssm:plain}'\n    desiredCount",
    );
    run(&server, &["deploy"], &file).exits(0);
    server.clear_log();
    run(&server, &["status", "web"], &file).exits(0);
    let log = server.log();
    assert_eq!(log.only("ssm GetParameters").input["Names"], json!(["plain"]));
}

#[test]
fn settings_of_the_session_are_a_circle() {
    for key in ["region", "profile", "assumeRole"] {
        let server = server(PARAMETERS);
        let file = format!(
            "{key}: '${{ssm:plain}}'\n{}",
            WEB.replace("region: us-east-1\n", "")
        );
        let output = run(&server, &["plan"], &file).exits(2);
        output.says(&format!(
            "`{key}` can't refer to a value that is read from AWS with it"
        ));
        assert!(server.log().names().is_empty());
    }
}

#[test]
fn values_count_as_what_is_filled_in() {
    let value = "x".repeat(8 << 10);
    let server = server(&format!("{{parameters: {{long: {value}}}}}"));
    let many: String = (0..600)
        .map(|number| format!("V{number}: '${{ssm:long}}', "))
        .collect();
    let output = run(&server, &["render"], &with(many.trim_end_matches(", "))).exits(2);
    output.says("more than 4 MiB are filled in for references");
}

#[test]
fn throttled_reads_are_repeated() {
    let server = server(PARAMETERS);
    server.fault(Fault {
        throttle: true,
        times: Some(4),
        ..Fault::on("ssm GetParameters")
    });
    run(&server, &["render"], &with("A: '${ssm:plain}'")).exits(0);
}
