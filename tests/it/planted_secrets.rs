//! No secret is in any output: many runs with a distinct secret in each place where one can be.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;

use crate::support::cases;
use crate::support::files::WEB;
use crate::support::{Ecsctl, Fault, Output, Scenario, Scripted};

/// Where the secrets are, each with its value.
const PLANTED: [(&str, &str); 22] = [
    ("AWS_SECRET_ACCESS_KEY", "planted-aws-key"),
    ("AWS_SESSION_TOKEN", "planted-aws-token"),
    ("--var with a telling name", "planted-var-telling"),
    ("--var with any name", "planted-var-plain"),
    ("ECSCTL_VAR", "planted-var-environment"),
    ("DB_PASSWORD", "planted-env-password"),
    ("DB_PASS", "planted-env-pass"),
    ("MYSQL_PWD", "planted-env-pwd"),
    ("DATABASE_URL", "planted-env-url"),
    ("an environment value", "planted-env-value"),
    ("a value of envFile", "planted-envfile-value"),
    ("a password of envFile", "planted-envfile-password"),
    ("a later line of envFile", "planted-envfile-line"),
    ("a value of --env-file", "planted-flagfile-value"),
    ("a part of a value of --env-file", "planted-flagfile-part"),
    ("a sensitive output of Terraform", "planted-state-output"),
    ("a sensitive attribute of Terraform", "planted-state-attribute"),
    ("a build argument", "planted-build-arg"),
    ("a build secret", "planted-build-secret"),
    ("--endpoint-url", "planted-endpoint-url"),
    ("ECSCTL_REGISTRY", "planted-registry-url"),
    ("DOCKER_HOST", "planted-docker-url"),
];

/// A state with a sensitive output and a sensitive attribute.
const STATE: &str = r#"{"version": 4,
    "outputs": {"key": {"value": "planted-state-output", "type": "string", "sensitive": true}},
    "resources": [{"mode": "managed", "type": "aws_x", "name": "y", "instances": [{
        "attributes": {"text": "planted-state-attribute"},
        "sensitive_attributes": [[{"type": "get_attr", "value": "text"}]]}]}]}"#;

/// Returns a file with secrets in it.
fn file() -> String {
    let environment = "environment: {DB_PASSWORD: planted-env-password, DB_PASS: planted-env-pass, \
        MYSQL_PWD: planted-env-pwd, DATABASE_URL: 'postgres://me:planted-env-url@db/x', \
        API_TOKEN: '${vars.api_token}', PLAIN: '${vars.plain}', SESSION_SECRET: '${vars.session_secret}', \
        TIER: planted-env-value, FROM_FLAG: '${env.FLAG_VALUE}', ";
    let environment = format!("envFile: [.env]\n          {environment}");
    let command = "command: [run, '--key=${env.FLAG_PART}', '--state=${tfstate:key}', '${tfstate:aws_x.y.text}']\n          environment: {";
    WEB.replace("environment: {", command)
        .replace("environment: {", &environment)
        .replace(
            "services:",
            "tfstate: a.tfstate\nvars: {api_token: none, plain: none, session_secret: none}\nservices:",
        )
}

/// Returns the file with an image that is built.
fn built() -> String {
    file()
        .replace(
            "services:",
            "images: {web: {repository: acme/web, build: {args: {NPM_TOKEN: planted-build-arg}}}}\nservices:",
        )
        .replace("public.ecr.aws/acme/shop:1", "\"${images.web}\"")
}

/// Returns a run on a GitHub runner with every secret of the environment and the command line.
fn run(server: &Scripted, arguments: &[&str], file: &str) -> Ecsctl {
    let vars = [
        "--var",
        "api_token=planted-var-telling",
        "--var",
        "plain=planted-var-plain",
        "--env-file",
        "flag.env",
    ];
    let run = Ecsctl::on(server, &[&vars, arguments].concat()).file(file);
    let path = |name: &str| run.folder().join(name).into_os_string();
    let (summary, output) = (path("summary.md"), path("output"));
    run.env("AWS_SECRET_ACCESS_KEY", "planted-aws-key")
        .env("AWS_SESSION_TOKEN", "planted-aws-token")
        .env("ECSCTL_VAR_session_secret", "planted-var-environment")
        .env("NPM_SECRET", "planted-build-secret")
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", summary)
        .env("GITHUB_OUTPUT", output)
        .write("Dockerfile", "FROM scratch\n")
        .write("a.tfstate", STATE)
        .write(
            ".env",
            "A=planted-envfile-value\nB_PASSWORD=planted-envfile-password\nC=\"x\nplanted-envfile-line\"\n",
        )
        .write(
            "flag.env",
            "FLAG_VALUE=planted-flagfile-value\nFLAG_PART=planted-flagfile-part\n",
        )
}

/// Returns the places of the secrets that are in an output or a file that the run wrote.
fn leaks(output: &Output) -> Vec<&'static str> {
    let file = |name: &str| fs::read_to_string(output.folder().join(name)).unwrap_or_default();
    let (stdout, stderr) = (&output.stdout, &output.stderr);
    let all = format!("{stdout}\n{stderr}\n{}\n{}", file("summary.md"), file("output"));
    PLANTED
        .iter()
        .filter(|(_, secret)| all.contains(secret))
        .map(|(place, _)| *place)
        .collect()
}

#[track_caller]
fn assert_keeps_secrets(output: &Output) {
    let leaked = leaks(output);
    assert!(
        leaked.is_empty(),
        "{leaked:?} in\n{}\n{}",
        output.stdout,
        output.stderr
    );
}

const FORMATS: [&[&str]; 4] = [&[], &["-v"], &["-o", "json"], &["-o", "jsonl"]];

/// Runs it in every format.
fn no_secret_is_shown(
    code: i32,
    server: impl Fn() -> Scripted,
    start: impl Fn(&Scripted, &[&str]) -> Ecsctl,
) {
    for format in FORMATS {
        let server = server();
        let output = start(&server, format).run().exits(code);
        assert_keeps_secrets(&output);
    }
}

#[test]
fn shown_values_are_found_by_this_test() {
    let server = Scripted::start(Scenario::default());
    let output = run(&server, &["render", "--show-values"], &built())
        .run()
        .exits(0);
    let expected = [
        "--var with a telling name",
        "--var with any name",
        "ECSCTL_VAR",
        "DB_PASSWORD",
        "DB_PASS",
        "MYSQL_PWD",
        "DATABASE_URL",
        "an environment value",
        "a value of envFile",
        "a password of envFile",
        "a later line of envFile",
        "a value of --env-file",
        "a part of a value of --env-file",
        "a sensitive output of Terraform",
        "a sensitive attribute of Terraform",
        "a build argument",
    ];
    assert_eq!(leaks(&output), expected);
}

/// Creates a server on which the service runs another revision.
fn server(scenario: &str) -> Scripted {
    let server = Scripted::start(Scenario::file(scenario));
    Ecsctl::on(&server, &["deploy"]).file(WEB).run().exits(0);
    server
}

/// Words of AWS with secrets in them: it quotes the request when the signature is wrong, and values.
fn quoting(operation: &str, code: &str, status: u16) -> Scripted {
    let server = server("rollback");
    let secrets = PLANTED
        .map(|(place, secret)| format!("{place}={secret}"))
        .join("\n");
    let url =
        "http://me:planted-endpoint-url@h tcp://me:planted-docker-url@h https://me:planted-registry-url@h";
    let said = secrets
        .lines()
        // What is in no URL, has no telling name, or is not used by this run can't be known.
        .filter(|line| {
            !["-url", "plain", "env-value", "build"]
                .iter()
                .any(|it| line.contains(it))
        })
        .collect::<Vec<_>>()
        .join(" ");
    server.fault(Fault {
        code: Some(code.to_owned()),
        message: Some(format!("x-amz-security-token:planted-aws-token {said} {url}")),
        status: Some(status),
        ..Fault::on(operation)
    });
    server
}

/// Returns the file with a build secret, too.
fn with_build_secret(file: &str) -> String {
    file.replace(
        "build: {args:",
        "build: {secrets: {npm: {env: NPM_SECRET}}, args:",
    )
}

/// Returns a run of `ecsctl ARGUMENTS… FORMAT…`.
fn formatted(server: &Scripted, arguments: &[&str], format: &[&str], file: &str) -> Ecsctl {
    run(server, &[arguments, format].concat(), file)
}

fn deployed() -> Scripted {
    server("rollback")
}

const GIVEN: [&str; 3] = ["--image", "web=acme/web:1", "deploy"];

cases! { no_secret_is_shown {
    in_a_plan(0, deployed, |server, format| formatted(server, &["plan"], format, &file()));
    in_a_rendered_file(0, deployed, |server, format| {
        formatted(server, &["render"], format, &with_build_secret(&built()))
    });
    in_a_status(0, deployed, |server, format| formatted(server, &["status"], format, &file()));
    in_a_first_deploy(0, || Scripted::start(Scenario::default()), |server, format| {
        formatted(server, &["deploy"], format, &file())
    });
    in_a_failed_deploy(5, deployed, |server, format| formatted(server, &["deploy"], format, &file()));
    in_a_refused_deploy(3, || quoting("ecs RegisterTaskDefinition", "ClientException", 400), |server, format| {
        formatted(server, &GIVEN, format, &with_build_secret(&built()))
    });
    in_a_wrong_signature(3, || quoting("ecs *", "InvalidSignatureException", 403), |server, format| {
        formatted(server, &GIVEN, format, &with_build_secret(&built()))
    });
    in_a_timeout(6, || server("never"), |server, format| {
        formatted(server, &["deploy", "--timeout", "20s"], format, &file())
    });
    in_an_invalid_file(2, deployed, |server, format| {
        formatted(server, &["deploy"], format, &file().replace("environment:", "enviroment:"))
    });
    in_an_invalid_env_file(2, deployed, |server, format| {
        let text = "A=planted-envfile-value\nplanted-envfile-line\nB_PASSWORD planted-envfile-password\n";
        formatted(server, &["deploy"], format, &file()).write(".env", text)
    });
    in_an_invalid_flag_file(2, deployed, |server, format| {
        let text = "A=planted-flagfile-value\nFLAG_PART planted-flagfile-part\n";
        formatted(server, &["deploy"], format, &file()).write("flag.env", text)
    });
    in_a_value_that_is_refused(2, deployed, |server, format| {
        let file = file().replace("cpu: 256", "cpu: '${env.FLAG_PART}'").replace("region: us-east-1", "region: '${env.FLAG_VALUE}.x'");
        formatted(server, &["deploy"], format, &file)
    });
    in_the_log_of_a_deploy(5, deployed, |server, format| {
        formatted(server, &["deploy"], format, &file()).env("ECSCTL_LOG", "trace,aws_smithy_runtime=trace")
    });
    in_an_unreachable_endpoint(3, deployed, |server, format| {
        let url = "http://me:planted-endpoint-url@127.0.0.1:1";
        formatted(server, &["deploy", "--endpoint-url", url], format, &file())
    });
    in_an_invalid_endpoint(2, deployed, |server, format| {
        let url = "me:planted-endpoint-url@127.0.0.1:1";
        formatted(server, &["deploy", "--endpoint-url", url], format, &file())
    });
    in_an_invalid_registry(2, deployed, |server, format| {
        formatted(server, &["deploy"], format, &file())
            .env("ECSCTL_REGISTRY", "https://me:planted-registry-url@registry.test")
    });
    in_an_invalid_registry_without_scheme(2, deployed, |server, format| {
        formatted(server, &["deploy"], format, &file())
            .env("ECSCTL_REGISTRY", "me:planted-registry-url@registry.test")
    });
    in_an_invalid_docker_host(4, deployed, |server, format| {
        formatted(server, &["deploy"], format, &built())
            .env("DOCKER_HOST", "tcp://me:planted-docker-url@docker.test:2375")
    });
    in_a_docker_host_over_ssh(4, deployed, |server, format| {
        formatted(server, &["deploy"], format, &built())
            .env("DOCKER_HOST", "ssh://me:planted-docker-url@docker.test")
    });
    in_a_docker_host_without_scheme(4, deployed, |server, format| {
        formatted(server, &["deploy"], format, &built())
            .env("DOCKER_HOST", "me:planted-docker-url@docker.test")
    });
    in_the_steps_of_a_build(4, deployed, |server, format| {
        formatted(server, &["deploy"], format, &built()).env("DOCKER_HOST", docker())
    });
} }

#[test]
fn commands_lack_values_of_vars() {
    let server = server("rollback");
    let output = run(&server, &["deploy", "-o", "json"], &file()).run().exits(5);
    let error = &output.json()["error"];
    let hint = error["hint"].as_str().unwrap();
    assert!(hint.contains("ecsctl --var api_token=… --var plain=… "), "{hint}");
    assert_eq!(error["complete"], false);
    let output = Ecsctl::on(&server, &["deploy", "-o", "json"]).file(&file()).run();
    assert_eq!(output.json()["error"].get("complete"), None, "{}", output.stdout);
}

#[test]
fn placeholder_of_a_hint_is_not_deployed() {
    let server = Scripted::start(Scenario::default());
    let file = WEB.replace("VERSION: \"1\"", "VERSION: \"${vars.token}\"");
    let typed = |verb: &str| Ecsctl::on(&server, &[verb, "--var", "token=…"]).file(&file).run();
    typed("deploy")
        .exits(2)
        .says("`--var token=…` lacks the value of `token`")
        .says("write it in place of `…`");
    assert!(server.log().writes().is_empty());
    // Verbs that don't need the value take the command as it was shown.
    typed("status").exits(0);
}

#[test]
fn git_gets_no_credentials() {
    let server = Scripted::start(Scenario::default());
    let file = WEB.replace("VERSION: \"1\"", "VERSION: \"${git.sha:-none}\"");
    let run = run(&server, &["render"], &file);
    let folder = run.folder().to_str().unwrap().to_owned();
    let git = format!("#!/bin/sh\nenv > '{folder}/seen'\nexit 1\n");
    let run = run
        .write("bin/git", &git)
        .env("PATH", format!("{folder}/bin:/usr/bin:/bin"));
    let program = run.folder().join("bin/git");
    fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let output = run.run().exits(0);
    let seen = fs::read_to_string(output.folder().join("seen")).unwrap();
    assert!(seen.contains("HOME="), "{seen}");
    for secret in ["planted-aws", "planted-var", "AWS_", "ECSCTL_"] {
        assert!(!seen.contains(secret), "{secret} in {seen}");
    }
}

/// Starts a Docker daemon with the classic builder, whose build prints an argument and fails.
fn docker() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let told = [
        r#"{"stream":"Step 1/2 : FROM scratch\n"}"#,
        r#"{"stream":"Step 2/2 : RUN echo planted-build-arg\n"}"#,
        r#"{"stream":"npm install --token planted-build-arg\n"}"#,
        r#"{"errorDetail":{"message":"The command '/bin/sh -c echo planted-build-arg' returned a non-zero code: 1"},"error":"x"}"#,
    ]
    .join("\n");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, told) = (stream.unwrap(), told.clone());
            std::thread::spawn(move || {
                let mut request = Vec::new();
                let mut part = [0; 4096];
                // A body ends with an empty chunk.
                while let Ok(read @ 1..) = stream.read(&mut part) {
                    request.extend(&part[..read]);
                    let is_build = request.starts_with(b"POST") && !request.starts_with(b"POST /session");
                    if request.ends_with(if is_build { b"\r\n0\r\n\r\n" } else { b"\r\n\r\n" }) {
                        break;
                    }
                }
                let body = if request.starts_with(b"POST") {
                    told.as_str()
                } else {
                    "OK"
                };
                let _ = write!(
                    stream,
                    "HTTP/1.1 200 OK\r\napi-version: 1.38\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                );
            });
        }
    });
    format!("tcp://{address}")
}
