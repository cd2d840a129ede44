//! `${tfstate:…}`: values in Terraform's state.

use serde_json::{Value, json};

use super::{RENDER, rendered, run, server, with};
use crate::support::{Ecsctl, Fault, Output, Scripted, cases};

/// A state as Terraform writes it.
fn state() -> Value {
    let group = json!({"mode": "managed", "type": "aws_lb_target_group", "name": "web",
        "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
        "instances": [{"schema_version": 0, "attributes": {"arn": "arn:tg", "port": 8080, "name": null},
            "sensitive_attributes": [], "private": "bnVsbA=="}]});
    json!({"version": 4, "terraform_version": "1.9.8", "serial": 3, "lineage": "0b1c",
        "outputs": {
            "domain": {"value": "shop.test", "type": "string"},
            "count": {"value": 3, "type": "number"},
            "public": {"value": true, "type": "bool"},
            "subnets": {"value": ["subnet-1", "subnet-2"], "type": ["list", "string"]},
            "labels": {"value": {"tier": "web"}, "type": ["map", "string"]},
            "empty": {"value": "", "type": "string"},
            "key": {"value": "planted-key", "type": "string", "sensitive": true}},
        "resources": [group], "check_results": null})
}

const PLACES: &str = "D: 'https://${tfstate:domain}/', C: '${tfstate:output.count}', P: '${tfstate:public}', \
    A: '${tfstate:aws_lb_target_group.web.arn}', S: '${tfstate:subnets[1]}', N: '${tfstate:nothing:-none}', \
    E: '${tfstate:empty:-none}', U: '${tfstate:aws_lb_target_group.web.name:-none}', L: '$${tfstate:domain}'";

fn file_of(location: &str, environment: &str) -> String {
    format!("tfstate: {location}\n{}", with(environment))
        .replace("[subnet-1, subnet-2]", "'${tfstate:subnets}'")
        .replace("desiredCount: 2", "desiredCount: '${tfstate:count}'")
}

fn is_filled_in(output: &Output) {
    for (name, expected) in [
        ("D", "https://shop.test/"),
        ("C", "3"),
        ("P", "true"),
        ("A", "arn:tg"),
        ("S", "subnet-2"),
        ("N", "none"),
        ("E", "none"),
        ("U", "none"),
        ("L", "${tfstate:domain}"),
    ] {
        assert_eq!(rendered(output, name), expected, "{name}");
    }
    let document = output.json();
    let service = &document["services"]["web"]["service"];
    assert_eq!(service["desiredCount"], 3);
    let subnets = &service["networkConfiguration"]["awsvpcConfiguration"]["subnets"];
    assert_eq!(*subnets, json!(["subnet-1", "subnet-2"]));
}

/// Returns a server with the state in a bucket.
fn in_bucket(region: Option<&str>) -> Scripted {
    let bucket = json!({"region": region, "objects": {"env:/prod/a b.tfstate": state().to_string()}});
    server(&json!({"buckets": {"states": bucket}}).to_string())
}

const OBJECT: &str = "'s3://states/env:/${vars.stage}/a b.tfstate'";

fn of_object(environment: &str) -> String {
    format!("vars: {{stage: prod}}\n{}", file_of(OBJECT, environment))
}

#[test]
fn values_of_a_state_file_need_no_session() {
    let server = server("{}");
    let output = Ecsctl::on(&server, &RENDER)
        .file(&file_of("infra/terraform.tfstate", PLACES))
        .write("infra/terraform.tfstate", &state().to_string())
        .env("AWS_ACCESS_KEY_ID", "")
        .env("AWS_SECRET_ACCESS_KEY", "")
        .run()
        .exits(0);
    is_filled_in(&output);
    assert!(server.log().names().is_empty());
}

#[test]
fn state_in_a_bucket_is_read_once() {
    let server = in_bucket(None);
    let output = run(&server, &RENDER, &of_object(PLACES)).exits(0);
    is_filled_in(&output);
    let log = server.log();
    assert_eq!(log.names(), ["s3 GetObject"]);
    let input = &log.only("s3 GetObject").input;
    assert_eq!(
        *input,
        json!({"Bucket": "states", "Key": "env:/prod/a b.tfstate", "Region": "us-east-1"})
    );
}

#[test]
fn state_is_read_in_the_region_of_its_bucket() {
    let server = in_bucket(Some("eu-west-1"));
    let output = run(&server, &RENDER, &of_object(PLACES)).exits(0);
    is_filled_in(&output);
    let log = server.log();
    let regions: Vec<&Value> = log
        .of("s3 GetObject")
        .iter()
        .map(|call| &call.input["Region"])
        .collect();
    assert_eq!(regions, ["us-east-1", "eu-west-1"]);
}

#[test]
fn each_environment_may_have_a_state() {
    let server = server("{}");
    let prod = json!({"version": 4, "outputs": {"domain": {"value": "prod.test", "type": "string"}}});
    let file = format!(
        "tfstate: dev.tfstate\nenvironments: {{prod: {{tfstate: '${{vars.at}}.tfstate'}}}}\nvars: {{at: prod}}\n{}",
        with("D: '${tfstate:domain}'")
    );
    let run = |arguments: &[&str]| {
        Ecsctl::on(&server, &[&RENDER[..], arguments].concat())
            .file(&file)
            .write("dev.tfstate", &state().to_string())
            .write("prod.tfstate", &prod.to_string())
            .run()
            .exits(0)
    };
    assert_eq!(rendered(&run(&[]), "D"), "shop.test");
    assert_eq!(rendered(&run(&["-e", "prod"]), "D"), "prod.test");
}

#[test]
fn session_may_depend_on_a_state_file() {
    let server = server("{}");
    let mut state = state();
    state["outputs"]["region"] = json!({"value": "eu-west-1", "type": "string"});
    let file = format!("tfstate: a.tfstate\n{}", with("R: '${aws.region}'"))
        .replace("region: us-east-1", "region: '${tfstate:region}'");
    let output = Ecsctl::on(&server, &RENDER)
        .file(&file)
        .write("a.tfstate", &state.to_string())
        .run()
        .exits(0);
    assert_eq!(rendered(&output, "R"), "eu-west-1");
}

#[test]
fn service_is_named_by_a_state() {
    let server = in_bucket(None);
    let file = of_object("A: b").replace(
        "    desiredCount",
        "    serviceName: 'shop-${tfstate:output.labels.tier}'\n    desiredCount",
    );
    run(&server, &["status"], &file).says("shop-web");
    assert_eq!(server.log().of("s3 GetObject").len(), 1);
    // A command that needs no value of the state doesn't read it.
    let server = in_bucket(None);
    run(&server, &["status"], &of_object("A: b"));
    assert!(server.log().of("s3 GetObject").is_empty());
}

/// Renders a file whose state is a file with this text.
fn rendered_with(text: &str, environment: &str) -> Output {
    let server = server("{}");
    Ecsctl::on(&server, &["render"])
        .file(&format!("tfstate: a.tfstate\n{}", with(environment)))
        .write("a.tfstate", text)
        .run()
}

fn is_unusable(text: &str, why: &str) {
    // Two references, and one problem.
    let output = rendered_with(text, "A: '${tfstate:domain:-x}', B: '${tfstate:count}'").exits(2);
    output
        .says("error: can't use the Terraform state `a.tfstate`")
        .says("--> deploy.yaml:1:10")
        .says(why)
        .says("1 error in deploy.yaml");
}

cases! { is_unusable {
    empty("", "it is empty");
    not_json("version: 4", "it is not JSON, at line 1");
    cut_off("{\"version\": 4", "it is JSON that doesn't end");
    of_another_format("{\"version\": 3, \"modules\": []}", "its format is version 3; ecsctl reads version 4");
    without_version("{\"format_version\": \"1.0\"}", "it has no `version`");
    encrypted("{\"serial\": 1, \"encrypted_data\": \"eyJ\", \"encryption_version\": \"v0\"}", "OpenTofu encrypted it");
    of_the_backend(
        "{\"version\": 3, \"backend\": {\"type\": \"s3\", \"config\": {\"bucket\": \"b\", \"key\": \"k\"}}}",
        "it only says where the state is: write s3://b/k"
    );
    too_large(&" ".repeat((8 << 20) + 1), "larger than 8192 kB");
    not_utf_8("\u{feff}{\"version\": 4, \"outputs\": x}", "it is not JSON");
} }

#[test]
fn state_must_be_a_regular_file() {
    let server = server("{}");
    let file = |path: &str| format!("tfstate: {path}\n{}", with("A: '${tfstate:domain}'"));
    for (path, why) in [
        ("none.tfstate", "no such file"),
        ("folder", "is a folder"),
        ("pipe", "not a regular file"),
        ("/dev/zero", "not a regular file"),
        ("/dev/null", "it is empty"),
    ] {
        let run = Ecsctl::on(&server, &["render"])
            .file(&file(path))
            .write("folder/a", "");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            run.folder().join("pipe"),
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR,
            0,
        )
        .unwrap();
        let output = run.run().exits(2);
        output
            .says(&format!("can't use the Terraform state `{path}`"))
            .says(why);
    }
}

fn is_refused(environment: &str, words: &[&str]) {
    let mut output = rendered_with(&state().to_string(), environment).exits(2);
    for words in words {
        output = output.says(words);
    }
}

cases! { is_refused {
    misspelled_output("A: '${tfstate:domian}'", &[
        "error: the Terraform state has no output `domian`",
        "--> deploy.yaml:14:31",
        "did you mean `domain`?",
    ]);
    missing_with_a_message("A: '${tfstate:nothing:?apply it first}'", &["error: apply it first", "has no output `nothing`"]);
    unknown_resource("A: '${tfstate:aws_lb.web.arn}'", &["has no resource `aws_lb.web`", "it has aws_lb_target_group.web"]);
    unknown_attribute("A: '${tfstate:aws_lb_target_group.web.anr}'", &["did you mean `arn`?"]);
    resource_alone("A: '${tfstate:aws_lb_target_group.web}'", &["write aws_lb_target_group.web.ATTRIBUTE"]);
    null("A: '${tfstate:aws_lb_target_group.web.name}'", &["`aws_lb_target_group.web.name` is null in the Terraform state"]);
    list_in_a_text("A: 'x${tfstate:subnets}'", &["`tfstate:subnets` is a list and can't be part of a text"]);
    mapping_for_a_text("A: '${tfstate:labels}'", &["`A` must be a string, not a mapping"]);
} }

#[test]
fn state_must_have_a_place() {
    let server = server("{}");
    let output = run(&server, &["render"], &with("A: '${tfstate:domain}'")).exits(2);
    output
        .says("error: the file doesn't say where the Terraform state is")
        .says("add `tfstate:` with a path or s3://BUCKET/KEY");
    let file = format!(
        "tfstate: '${{tfstate:domain}}'\n{}",
        with("A: '${tfstate:domain}'")
    );
    let output = run(&server, &["render"], &file).exits(2);
    output.says("error: `tfstate` can't refer to a value in the Terraform state");
    let file = format!("tfstate: gs://a/b\n{}", with("A: b"));
    let output = run(&server, &["render"], &file).exits(2);
    output.says("write the path of a file, or s3://BUCKET/KEY");
}

fn object_is_unusable(buckets: &str, why: &str) {
    let server = server(&format!("{{buckets: {buckets}}}"));
    let output = run(&server, &["plan"], &of_object("A: '${tfstate:domain}'")).exits(2);
    output
        .says("error: can't use the Terraform state `s3://states/env:/prod/a b.tfstate`")
        .says("--> deploy.yaml:2:10")
        .says(why);
}

cases! { object_is_unusable {
    missing_object("{states: {objects: {other: x}}}", "the bucket `states` has no object with this key");
    missing_bucket("{}", "the bucket `states` doesn't exist");
    object_that_is_no_state("{states: {objects: {'env:/prod/a b.tfstate': '[]'}}}", "it is no Terraform state");
} }

#[test]
fn denied_read_of_a_state_names_the_action() {
    let server = in_bucket(None);
    server.fault(Fault::denied("s3 GetObject"));
    run(&server, &["plan"], &of_object("A: '${tfstate:domain}'"))
        .exits(3)
        .says("error: access denied: could not get object s3://states/env:/prod/a b.tfstate")
        .says("allow s3:GetObject on arn:aws:s3:::states/env:/prod/a")
        .says("without s3:ListBucket, S3 also denies access to an object that doesn't exist");
}

#[test]
fn bucket_that_always_redirects_is_an_error() {
    let server = in_bucket(Some("eu-west-1"));
    server.fault(Fault {
        status: Some(400),
        code: Some("AuthorizationHeaderMalformed".to_owned()),
        message: Some("the region 'us-east-1' is wrong; expecting 'eu-central-1'".to_owned()),
        ..Fault::on("s3 GetObject")
    });
    run(&server, &["plan"], &of_object("A: '${tfstate:domain}'"))
        .exits(3)
        .says("could not get object s3://states/env:/prod/a b.tfstate")
        .says("AWS: the region 'us-east-1' is wrong; expecting 'eu-central-1'");
}

#[test]
fn throttled_read_of_a_state_is_repeated() {
    let server = in_bucket(None);
    server.fault(Fault {
        throttle: true,
        times: Some(4),
        ..Fault::on("s3 GetObject")
    });
    run(&server, &["render"], &of_object("A: '${tfstate:domain}'")).exits(0);
}

#[test]
fn circle_of_a_region_in_a_bucket_is_an_error() {
    let server = in_bucket(None);
    let file = of_object("A: b").replace("region: us-east-1", "region: '${tfstate:domain}'");
    let output = run(&server, &["plan"], &file).exits(2);
    output.says("`region` can't refer to a value that is read from AWS with it");
    assert!(server.log().names().is_empty());
}
