//! Build secrets that are stored in Parameter Store and Secrets Manager.

use std::io::{Read, Write};
use std::net::TcpListener;

use serde_json::json;

use super::server;
use crate::support::{Ecsctl, Fault, Output, Scripted, cases};

const STORED: &str = r#"{parameters: {/npm: {Type: SecureString, Value: planted-npm}, plain: planted-plain},
    secrets: {shop/db: '{"password": "planted-password", "port": 5432}', text: planted-text}}"#;

const SECRETS: &str = "a: {ssm: /npm}, b: {ssm: plain}, again: {ssm: /npm}, p: {secretsmanager: 'shop/db:password'}, \
    w: {secretsmanager: shop/db}, t: {secretsmanager: text}, old: {secretsmanager: 'text::AWSPREVIOUS'}";

/// Starts a Docker daemon that refuses everything in these words.
fn docker(words: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let body = json!({"message": words}).to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let length = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 500 Internal Server Error\r\ncontent-type: application/json\r\n\
                 content-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
        }
    });
    format!("tcp://{address}")
}

fn run(server: &Scripted, arguments: &[&str], secrets: &str) -> Output {
    let file = format!(
        "region: us-east-1\nimages: {{web: {{repository: acme/web, build: {{secrets: {{{secrets}}}}}}}}}\n"
    );
    let output = Ecsctl::on(server, arguments)
        .file(&file)
        .write("Dockerfile", "FROM scratch\n")
        .env(
            "DOCKER_HOST",
            docker("planted-npm planted-plain planted-password planted-text"),
        )
        .run();
    let all = format!("{}{}", output.stdout, output.stderr);
    assert!(!all.contains("planted"), "{all}");
    output
}

/// Both verbs read every value once, and show none.
fn values_are_read_once(arguments: &[&str]) {
    let server = server(STORED);
    run(&server, arguments, SECRETS).exits(4);
    let log = server.log();
    let input = &log.only("ssm GetParameters").input;
    assert_eq!(
        *input,
        json!({"Names": ["/npm", "plain"], "WithDecryption": true})
    );
    let mut asked: Vec<String> = log
        .of("secretsmanager GetSecretValue")
        .iter()
        .map(|call| call.input.to_string())
        .collect();
    asked.sort();
    let expected = [
        json!({"SecretId": "shop/db"}),
        json!({"SecretId": "text", "VersionStage": "AWSPREVIOUS"}),
        json!({"SecretId": "text"}),
    ];
    assert_eq!(asked, expected.map(|input| input.to_string()));
}

cases! { values_are_read_once {
    build(&["build"]);
    push(&["push"]);
    build_with_shown_values(&["build", "--show-values"]);
} }

#[test]
fn only_a_build_reads_values() {
    let server = server(STORED);
    let output = run(&server, &["render", "-o", "json"], SECRETS).exits(0);
    let secrets = &output.json()["images"]["web"]["build"]["secrets"];
    assert_eq!(secrets["a"], json!({"ssm": "/npm"}));
    assert_eq!(secrets["p"], json!({"secretsmanager": "shop/db:password"}));
    run(&server, &["build", "--list-context"], SECRETS).exits(0);
    let log = server.log();
    assert!(log.of("ssm GetParameters").is_empty() && log.of("secretsmanager GetSecretValue").is_empty());
}

fn is_refused(secrets: &str, code: i32, words: &str) {
    let server = server(STORED);
    run(&server, &["build"], secrets).exits(code).says(words);
}

cases! { is_refused {
    missing_parameter("npm: {ssm: /none}", 4, "the build secret `npm` has no value: the parameter `/none` doesn't exist in us-east-1");
    missing_secret("npm: {secretsmanager: none}", 4, "the secret `none` has no such value in us-east-1");
    missing_key("npm: {secretsmanager: 'shop/db:user'}", 4, "the secret `shop/db` has no key `user`");
    key_of_a_text("npm: {secretsmanager: 'text:user'}", 4, "the secret `text` is not JSON, and has no key `user`");
    two_sources("npm: {ssm: a, env: B}", 2, "needs one of `env`, `file`, `ssm` and `secretsmanager`");
    empty_name("npm: {ssm: ''}", 2, "invalid name of a build secret in `ssm`");
    too_many_parts("npm: {secretsmanager: 'a:b:c:d:e'}", 2, "write NAME, or NAME:JSON_KEY:VERSION_STAGE:VERSION_ID");
} }

fn denial_names_the_action(operation: &str, action: Option<&str>, words: &str) {
    let server = server(STORED);
    let own = Fault::denied(operation);
    server.fault(match action {
        Some(action) => Fault {
            deny: Some(crate::support::fault::Deny::Action(action.to_owned())),
            on: Some("arn:aws:kms:us-east-1:123456789012:key/1".to_owned()),
            ..own
        },
        None => own,
    });
    run(&server, &["build"], SECRETS).exits(3).says(words);
}

cases! { denial_names_the_action {
    of_parameters("ssm GetParameters", None, "allow ssm:GetParameters on arn:aws:ssm:us-east-1:123456789012:parameter/npm");
    of_keys("ssm GetParameters", Some("kms:Decrypt"), "allow kms:Decrypt on arn:aws:kms:us-east-1:123456789012:key/1");
    of_secrets("secretsmanager GetSecretValue", None, "allow secretsmanager:GetSecretValue on");
} }
