//! `init --compose`: files as people keep them.

use std::fs;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Ecsctl, Output, cases};

/// Runs init on a Compose file's bytes and other files, and returns its output and the text of deploy.yaml.
fn init_with(bytes: &[u8], others: &[(&str, &str)]) -> (Output, String) {
    let mut run = Ecsctl::new(&["init", "--compose", "compose.yaml"]);
    for (name, text) in others {
        run = run.write(name, text);
    }
    fs::write(run.folder().join("compose.yaml"), bytes).unwrap();
    let output = run.run();
    let text = fs::read_to_string(run.folder().join("deploy.yaml")).unwrap_or_default();
    (output, text)
}

fn init(text: &str) -> (Output, String) {
    init_with(text.as_bytes(), &[])
}

/// Renders a file in a folder with other files, without AWS.
fn rendered_with(text: &str, others: &[(&str, &str)]) -> Value {
    let mut run = Ecsctl::new(&["render", "-o", "json", "--show-values"]);
    for (name, content) in others {
        run = run.write(name, content);
    }
    let text = text.replace("${aws.account}", "123456789012");
    run.file(&text).run().exits(0).json()
}

fn rendered(text: &str) -> Value {
    rendered_with(text, &[])
}

/// Returns the only container of a service in what render prints.
fn container(document: &Value, service: &str) -> Value {
    document["services"][service]["taskDefinition"]["containerDefinitions"][0].clone()
}

/// Drafts one service with these attributes, and returns its rendered container.
fn of_service(attributes: &str) -> Value {
    let (output, text) = init(&format!("services: {{web: {{image: nginx, {attributes}}}}}\n"));
    output.exits(0);
    container(&rendered(&text), "web")
}

const SHOP: &str = r#"name: shop
version: "3.9"
x-logging: &logging
  logging: {driver: json-file, options: {max-size: 10m}}
services:
  web:
    <<: *logging
    build:
      context: ./web
      dockerfile: docker/Dockerfile
      target: runtime
      args: {NODE_ENV: production, COMMIT:}
    image: ghcr.io/acme/shop-web:${TAG:-latest}
    command: bundle exec puma -p 3000 -e "$RACK_ENV"
    ports: ["${PORT:-8080}:3000", "127.0.0.1:9229:9229/udp"]
    environment:
      - RACK_ENV=production
      - DATABASE_URL=postgres://shop:${DB_PASSWORD}@db:5432/shop
      - SESSION_KEY
    env_file: .env.web
    depends_on:
      db: {condition: service_healthy}
      migrate: {condition: service_completed_successfully}
    healthcheck:
      test: curl -fs localhost:3000/up || exit 1
      interval: 1m30s
      timeout: 2m
      start_period: 10s
    stop_grace_period: 5m
    restart: unless-stopped
    networks: [front]
    volumes:
      - ./web:/app
      - uploads:/app/uploads
    deploy:
      replicas: 2
      resources:
        limits: {cpus: "0.50", memory: 700M}
  db:
    image: postgres:16
    environment: {POSTGRES_PASSWORD: "${DB_PASSWORD:?set a password}"}
    expose: ["5432"]
    volumes: ["data:/var/lib/postgresql/data"]
    shm_size: 256mb
    privileged: true
  migrate:
    build: ./web
    command: ["bin/migrate"]
    depends_on: [db]
  adminer:
    image: adminer
    profiles: [tools]
volumes:
  data: {driver_opts: {type: nfs}}
  uploads:
networks: {front: {}}
"#;

#[test]
fn project_becomes_a_file() {
    let env_file = "API_TOKEN=abcdef123456\nLOG=info\n";
    let others = [(".env", "RACK_ENV=test\nTAG=1.2\n"), (".env.web", env_file)];
    let (output, text) = init_with(SHOP.as_bytes(), &others);
    assert_snapshot!(
        "compose",
        format!("{}--- deploy.yaml ---\n{text}", output.exits(0).record())
    );
    let document = {
        let run = Ecsctl::new(&["render", "-o", "json", "--show-values"]).write(".env.web", env_file);
        let run = run
            .env("DB_PASSWORD", "x")
            .env("SESSION_KEY", "y")
            .env("COMMIT", "z");
        let text = text.replace("${aws.account}", "123456789012");
        run.file(&text).run().exits(0).json()
    };
    let web = container(&document, "web");
    assert_eq!(
        web["command"],
        json!(["bundle", "exec", "puma", "-p", "3000", "-e", "test"])
    );
    assert_eq!(web["environment"].as_array().unwrap().len(), 5, "{web}");
    assert_eq!(document["services"]["web"]["dependsOn"], json!(["db"]));
    assert_eq!(document["services"]["web"]["beforeDeploy"], json!(["migrate"]));
}

#[test]
fn file_in_another_folder_keeps_its_paths() {
    let file =
        "services: {web: {build: {context: ./app, dockerfile: ../Dockerfile.web}, env_file: [web.env]}}\n";
    let run = Ecsctl::new(&["init", "--compose", "docker/compose.yaml"])
        .write("docker/compose.yaml", file)
        .write("docker/web.env", "A=1\n");
    run.run().exits(0);
    let text = fs::read_to_string(run.folder().join("deploy.yaml")).unwrap();
    for expected in [
        "context: docker/app\n",
        "dockerfile: docker/app/../Dockerfile.web\n",
        "envFile: [docker/web.env]\n",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

#[test]
fn standard_input_is_a_compose_file_too() {
    let run = Ecsctl::new(&["init", "--compose", "-"]).stdin("services: {web: {image: nginx}}\n");
    run.run().exits(0);
    let text = fs::read_to_string(run.folder().join("deploy.yaml")).unwrap();
    assert_eq!(container(&rendered(&text), "web")["image"], "nginx");
}

/// An attribute becomes a member of the container.
fn becomes(attributes: &str, member: &str, expected: &Value) {
    assert_eq!(of_service(attributes)[member], *expected, "{attributes}");
}

cases! {
    becomes {
        command_of_words("command: [a, $$HOME, '$${X}']", "command", &json!(["a", "$HOME", "${X}"]));
        command_of_a_shell("command: sh -c 'a  b'", "command", &json!(["sh", "-c", "a  b"]));
        entrypoint("entrypoint: /run.sh", "entryPoint", &json!(["/run.sh"]));
        port_range("ports: ['3000-3005:4000-4005']", "portMappings", &json!([{"containerPortRange": "4000-4005"}]));
        port_in_long_syntax("ports: [{target: 80, published: 8080, protocol: udp, mode: host}]", "portMappings",
            &json!([{"containerPort": 80, "protocol": "udp"}]));
        ports_once("ports: [80, '8080:80'], expose: [80, 81]", "portMappings",
            &json!([{"containerPort": 80}, {"containerPort": 81}]));
        environment_with_a_default("environment: {A: '${X:-a b}', N: 1.10, T: true}", "environment",
            &json!([{"name": "A", "value": "a b"}, {"name": "N", "value": "1.10"}, {"name": "T", "value": "true"}]));
        anonymous_volume("volumes: [/data/cache]", "mountPoints",
            &json!([{"sourceVolume": "data-cache", "containerPath": "/data/cache"}]));
        volume_in_long_syntax("volumes: [{type: volume, source: a, target: /a, read_only: true}]", "mountPoints",
            &json!([{"sourceVolume": "a", "containerPath": "/a", "readOnly": true}]));
        check_without_a_shell("healthcheck: {test: [CMD, a], timeout: 500ms}", "healthCheck",
            &json!({"command": ["CMD", "a"], "timeout": 2}));
        check_that_is_off("healthcheck: {test: [NONE]}", "healthCheck", &Value::Null);
        check_that_is_disabled("healthcheck: {disable: true}", "healthCheck", &Value::Null);
        labels_as_a_list("labels: ['a=b=c', d]", "dockerLabels", &json!({"a": "b=c", "d": ""}));
        capabilities("cap_add: [SYS_PTRACE], cap_drop: [ALL]", "linuxParameters",
            &json!({"capabilities": {"add": ["SYS_PTRACE"], "drop": ["ALL"]}}));
        ulimits("ulimits: {nofile: {soft: 1, hard: 2}}", "ulimits", &json!([{"name": "nofile", "softLimit": 1, "hardLimit": 2}]));
        sysctls("sysctls: {net.core.somaxconn: 1024}", "systemControls",
            &json!([{"namespace": "net.core.somaxconn", "value": "1024"}]));
        terminal("tty: true, stdin_open: true", "pseudoTerminal", &json!(true));
    }
}

/// What has no counterpart is on the screen and in the file.
fn is_left_out(attributes: &str, what: &str) {
    let (output, text) = init(&format!("services: {{web: {{image: nginx, {attributes}}}}}\n"));
    output.exits(0).says(&format!("web: {what}"));
    assert!(text.contains(&format!("  # left out: {what}")), "{what}: {text}");
    container(&rendered(&text), "web");
}

cases! {
    is_left_out {
        bind_mount("volumes: ['./src:/app:ro']", "volumes ./src:/app (Fargate has no folder of the host");
        bind_mount_in_long_syntax("volumes: [{type: bind, source: ., target: /app}]", "volumes .:/app");
        privileged("privileged: true", "privileged (not available on Fargate)");
        capability("cap_add: [NET_ADMIN]", "cap_add NET_ADMIN (not available on Fargate)");
        host_name("hostname: a", "hostname (each task has a network interface");
        extra_hosts("extra_hosts: ['a:127.0.0.1']", "extra_hosts");
        secrets("secrets: [db]", "secrets (store them in Secrets Manager");
        configs("configs: [a]", "configs (put the file into the image)");
        unknown("unheard_of: 1", "unheard_of");
        policies("deploy: {update_config: {parallelism: 2}}", "deploy.update_config");
        devices("deploy: {resources: {reservations: {devices: [{capabilities: [gpu]}]}}}", "deploy.resources.reservations.devices");
        no_restart("restart: 'no'", "restart: no (ECS replaces tasks");
        no_entrypoint("entrypoint: []", "entrypoint: []");
        windows("platform: windows/amd64", "platform: windows/amd64");
        name_of_the_container("container_name: shop", "container_name (the container is called web)");
        check_of_the_image("healthcheck: {interval: 5s}", "healthcheck (without `test`");
        sctp("ports: ['80/sctp']", "ports 80/sctp");
    }
}

#[test]
fn platform_is_that_of_the_task() {
    for attributes in [
        "image: a, platform: linux/arm64",
        "build: {platforms: [linux/arm64/v8]}",
    ] {
        let (output, text) = init(&format!("services: {{web: {{{attributes}}}}}\n"));
        output.exits(0);
        let platform = &rendered(&text)["services"]["web"]["taskDefinition"]["runtimePlatform"];
        assert_eq!(platform["cpuArchitecture"], "ARM64", "{text}");
    }
}

/// Resources become the smallest task of Fargate that has them.
fn is_sized(attributes: &str, cpu: &str, memory: &str) {
    let (output, text) = init(&format!("services: {{web: {{image: nginx, {attributes}}}}}\n"));
    output.exits(0);
    let definition = &rendered(&text)["services"]["web"]["taskDefinition"];
    assert_eq!(
        (&definition["cpu"], &definition["memory"]),
        (&json!(cpu), &json!(memory))
    );
}

cases! {
    is_sized {
        nothing("tty: false", "256", "512");
        limits("deploy: {resources: {limits: {cpus: '0.5', memory: 1g}, reservations: {memory: 3g}}}", "512", "1024");
        reservations("deploy: {resources: {reservations: {cpus: '1'}}}", "1024", "2048");
        version_2("cpus: 0.3, mem_limit: 5g", "1024", "5120");
        memory_alone("mem_limit: 300m", "256", "512");
        too_large("mem_limit: 500g", "16384", "122880");
    }
}

#[test]
fn replicas_may_be_a_variable() {
    let (output, text) = init("services: {web: {image: a, deploy: {replicas: '${N:-3}'}}}\n");
    output.exits(0);
    assert!(text.contains("desiredCount: ${env.N:-3}\n"), "{text}");
    assert_eq!(rendered(&text)["services"]["web"]["service"]["desiredCount"], 3);
}

#[test]
fn extended_service_has_the_attributes_of_both() {
    let (output, text) = init(
        "services:\n  base: {image: a, environment: [A=1, B=1], expose: [80]}\n  web: {extends: base, environment: {B: 2}, expose: [81]}\n  \
         api: {extends: {file: other.yaml, service: api}, image: b}\n",
    );
    output
        .exits(0)
        .says("the attributes that the service api extends from other.yaml");
    let web = container(&rendered(&text), "web");
    assert_eq!(
        web["environment"],
        json!([{"name": "A", "value": "1"}, {"name": "B", "value": "2"}])
    );
    assert_eq!(web["portMappings"].as_array().unwrap().len(), 2);
}

#[test]
fn services_wait_for_what_their_jobs_wait_for() {
    let done = "condition: service_completed_successfully";
    let (output, text) = init(&format!(
        "services:\n  web: {{image: a, depends_on: {{seed: {{{done}}}}}}}\n  seed: {{image: a, depends_on: {{migrate: {{{done}}}, db: {{}}}}}}\n  \
         migrate: {{image: a}}\n  db: {{image: a}}\n"
    ));
    output.exits(0);
    let document = rendered(&text);
    let web = &document["services"]["web"];
    assert_eq!(web["beforeDeploy"], json!(["migrate", "seed"]));
    assert_eq!(web["dependsOn"], json!(["db"]));
    let jobs: Vec<&String> = document["jobs"].as_object().unwrap().keys().collect();
    assert_eq!(jobs, ["seed", "migrate"]);
}

#[test]
fn secret_of_dot_env_is_not_written() {
    let file = "services: {web: {image: a, environment: {DB_PASSWORD: '${DB_PASSWORD}', LEVEL: '$LEVEL'}}}\n";
    let (output, text) = init_with(
        file.as_bytes(),
        &[(".env", "DB_PASSWORD=hunter2222\nLEVEL=info\n")],
    );
    let output = output.exits(0).says("DB_PASSWORD looks like a secret");
    assert!(!text.contains("hunter2222"), "{text}");
    assert!(!output.stderr.contains("hunter2222"), "{}", output.stderr);
    assert!(text.contains("LEVEL: ${env.LEVEL:-info}\n"), "{text}");
}

#[test]
fn missing_env_file_is_named() {
    let (output, text) =
        init("services: {web: {image: a, env_file: [a.env, {path: b.env, required: false}]}}\n");
    output
        .exits(0)
        .says("write a.env, which doesn't exist")
        .says("web: env_file b.env (the file doesn't exist)");
    assert!(text.contains("envFile: [a.env]\n"), "{text}");
    let document = rendered_with(&text, &[("a.env", "A=1\n")]);
    assert_eq!(
        container(&document, "web")["environment"],
        json!([{"name": "A", "value": "1"}])
    );
}

#[test]
fn build_takes_all_that_ecsctl_has() {
    let file = "
services:
  web:
    build:
      context: .
      args: [A=1, B]
      labels: {a: b}
      cache_from: ['acme/web:cache']
      network: host
      no_cache: true
      pull: false
      ssh: [default]
      secrets: [token, {source: key, target: id}]
      additional_contexts: {a: ../b}
secrets: {token: {environment: TOKEN}, key: {file: ./key.pem}}
";
    let (output, text) = init_with(
        file.as_bytes(),
        &[("Dockerfile", "FROM scratch\n"), ("key.pem", "k\n")],
    );
    assert_snapshot!(
        "compose_build",
        format!("{}--- deploy.yaml ---\n{text}", output.exits(0).record())
    );
    let text = text.replace("${aws.account}", "123456789012");
    let run = Ecsctl::new(&["render", "-o", "json"]).env("B", "2");
    let run = run.write("Dockerfile", "FROM scratch\n").write("key.pem", "k\n");
    run.file(&text).run().exits(0);
}

/// What isn't a Compose file, or has a mistake, is refused, and nothing is written.
fn is_refused(text: &str, reason: &str) {
    let (output, written) = init(text);
    output.exits(2).says(reason);
    assert_eq!(written, "");
}

cases! {
    is_refused {
        empty("", "the file is empty");
        text("hello", "is not a Compose file");
        no_yaml("a: [", "a bracket is never closed");
        no_services("name: shop\n", "the Compose file has no services");
        list_of_services("services: [web]\n", "`services` must be a mapping, not a list");
        service_without_attributes("services: {web: }\n", "`web` must be a mapping, not null");
        no_image("services: {web: {ports: [80]}}\n", "neither an image nor a build");
        wrong_type("services: {web: {image: [a]}}\n", "`image` must be a string, not a list");
        wrong_port("services: {web: {image: a, ports: [http]}}\n", "invalid `ports`: `http`");
        wrong_duration("services: {web: {image: a, stop_grace_period: 30}}\n", "invalid `stop_grace_period`: `30`");
        variable_without_a_value("services: {web: {image: a, ports: ['${PORT}:80', '$PORT']}}\n", "needs the value of `PORT`, which is not set");
        unclosed_variable("services: {web: {image: '${A'}}\n", "`${` without its `}`");
        open_quotation("services: {web: {image: a, command: a 'b}}\n", "a quotation has no end");
        unknown_dependency("services: {web: {image: a, depends_on: [db]}}\n", "unknown service `db`");
        endless_extension("services: {web: {image: a, extends: web}}\n", "extend one another");
        control_character("\u{1}", "not valid YAML");
    }
}

#[test]
fn all_mistakes_are_reported_at_their_place() {
    let (output, text) = init("services:\n  web:\n    image: nginx\n    ports: [a]\n    user: [b]\n");
    assert_snapshot!("compose_mistakes", output.exits(2).record());
    assert_eq!(text, "");
}

#[test]
fn unreadable_compose_files_are_named() {
    let run = Ecsctl::new(&["init", "--compose", "none.yaml"]).run();
    run.exits(2).says("none.yaml can't be read: no such file");
    let run = Ecsctl::new(&["init", "--compose", "folder"]).write("folder/compose.yaml", "services: {}\n");
    run.run().exits(2).says("folder can't be read");
    assert!(!run.folder().join("deploy.yaml").exists());
    let (output, text) = init_with(&[0, 159, 146, 150], &[]);
    output.exits(2).says("compose.yaml can't be read");
    assert_eq!(text, "");
    let (output, _) = init_with(b"services: {web: {image: a}}\n", &[(".env", "A='b\n")]);
    output.exits(2).says(".env");
}

#[test]
fn compose_file_in_utf_16_is_decoded() {
    let units = std::iter::once(0xfeff).chain("services: {web: {image: nginx}}\n".encode_utf16());
    let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
    let (output, text) = init_with(&bytes, &[]);
    output.exits(0);
    assert_eq!(container(&rendered(&text), "web")["image"], "nginx");
}

#[test]
fn a_source_beside_compose_is_one_too_many() {
    let run = Ecsctl::new(&["init", "--compose", "compose.yaml", "--service", "web"]);
    run.run().exits(2).says("--compose");
}

#[test]
fn json_has_what_is_left_out() {
    let run = Ecsctl::new(&["init", "--compose", "compose.yaml", "-o", "json"])
        .write("compose.yaml", "services: {web: {image: a, privileged: true}}\n");
    let document = run.run().exits(0).json();
    assert_eq!(
        document["leftOut"],
        json!(["web: privileged (not available on Fargate)"])
    );
}
