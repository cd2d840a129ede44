//! `environments:` with `-e`, and `--cluster` with and without a file.

use insta::assert_snapshot;
use serde_json::json;

use crate::support::readme::{example, holds};
use crate::support::{Ecsctl, Scenario, Scripted, cases};

const FILE: &str = r#"region: us-east-1
requireEnvironment: true
account: "123456789012"
services:
  web:
    taskDefinition: "web:1"
    desiredCount: 2
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}
environments:
  production: {cluster: production}
  staging: {cluster: staging, services: {web: {desiredCount: 1}}}
  abroad: {cluster: staging, account: "210987654321"}
"#;

/// Starts a server with three clusters: web runs in `default`, in which nothing is deployed.
fn server() -> Scripted {
    Scripted::start(Scenario::parse(
        r#"
clusters: [default, staging, production]
definitions:
  - {family: web, containerDefinitions: [{name: web, image: "shop:1", memory: 128}]}
services:
  web: {input: {taskDefinition: "web:1", desiredCount: 2}}
"#,
    ))
}

fn run(server: &Scripted, arguments: &[&str]) -> Ecsctl {
    Ecsctl::on(server, arguments).file(FILE)
}

fn service_is_created_in(arguments: &[&str], variables: &[(&str, &str)], cluster: &str, count: u32) {
    let server = server();
    let with = |run: Ecsctl, (name, value): &(&str, &str)| run.env(name, *value);
    let output = variables
        .iter()
        .fold(run(&server, arguments), with)
        .run()
        .exits(0);
    let input = server.log().only("ecs CreateService").input.clone();
    assert_eq!(input["cluster"], cluster, "{}", output.stderr);
    assert_eq!(input["desiredCount"], count);
    output.says(&format!("{cluster}, us-east-1"));
}

cases! { service_is_created_in {
    environment_of_the_flag(&["deploy", "-e", "staging"], &[], "staging", 1);
    environment_before_the_verb(&["--environment=production", "deploy"], &[], "production", 2);
    environment_of_the_variable(&["deploy"], &[("ECSCTL_ENVIRONMENT", "staging")], "staging", 1);
    flag_before_the_variable(&["deploy", "-e", "staging"], &[("ECSCTL_ENVIRONMENT", "production")], "staging", 1);
    cluster_of_the_flag(&["deploy", "-e", "staging", "--cluster", "production"], &[], "production", 1);
    cluster_of_the_variable(&["deploy", "-e", "staging"], &[("ECSCTL_CLUSTER", "production")], "production", 1);
} }

/// The command needs the environment, and says which there are.
fn environment_is_required(arguments: &[&str]) {
    let server = server();
    run(&server, arguments)
        .run()
        .exits(2)
        .says("error: no environment is selected, and the file requires one")
        .says("environments: production, staging, abroad")
        .says("hint: add -e NAME, as in ecsctl plan -e production");
    run(&server, &[arguments, &["-e", "stagin"]].concat())
        .run()
        .exits(2)
        .says("error: unknown environment `stagin`")
        .says("did you mean `staging`?");
    assert_eq!(server.log().names(), [""; 0]);
}

cases! { environment_is_required {
    deploy(&["deploy"]);
    plan(&["plan", "--no-build"]);
    render(&["render"]);
    status(&["status"]);
    logs(&["logs"]);
    rollback(&["rollback", "web", "--yes"]);
    delete(&["delete", "web", "--yes"]);
} }

#[test]
fn account_of_the_environment_is_checked() {
    let server = server();
    run(&server, &["deploy", "-e", "abroad"])
        .run()
        .exits(3)
        .says("error: wrong account 123456789012: deploy.yaml requires 210987654321");
    assert_eq!(server.log().writes(), [""; 0]);
}

#[test]
fn offered_commands_carry_environment_and_cluster() {
    let server = server();
    let file = FILE.replace("  staging:", "  -q: {cluster: default}\n  staging:");
    let output = run(&server, &["status", "-e=-q", "--cluster", "default", "web", "-v"]).file(&file);
    output.run().exits(0);
    let output = run(
        &server,
        &["rollback", "-e=-q", "--cluster", "default", "--yes", "--to", "77"],
    )
    .file(&file);
    let output = output.run().exits(3);
    output.says("ecsctl -e=-q --cluster default history web");
}

#[test]
fn names_are_those_of_the_environment() {
    let server = server();
    let file = FILE.replace("  staging: {", "  staging: {region: eu-west-1, ");
    let file = file.replace(
        "{web: {desiredCount: 1}}",
        "{web: null, shop: {serviceName: web}}",
    );
    let arguments = ["status", "-e", "staging", "-o", "json"];
    let status = run(&server, &arguments).file(&file).run().exits(0).json();
    assert_eq!(
        (&status["cluster"], &status["region"]),
        (&"staging".into(), &"eu-west-1".into())
    );
    let services = status["services"].as_array().unwrap();
    assert_eq!(services.len(), 1);
    assert_eq!(services[0]["name"], "web");
    run(&server, &["status", "-e", "staging", "web"])
        .file(&file)
        .run()
        .exits(0);
    let output = run(&server, &["status", "-e", "production", "shop"])
        .file(&file)
        .run();
    output.exits(2).says("no service `shop` in the file");
}

fn look_works_without_a_file(arguments: &[&str]) {
    let server = server();
    let output = Ecsctl::on(&server, &[arguments, &["--cluster", "default"]].concat()).run();
    let expected = Ecsctl::on(&server, arguments)
        .file("region: us-east-1\nservices: {web: {}}\n")
        .run();
    assert_eq!(output.code(), expected.code(), "{}", output.stderr);
    assert_eq!(output.stdout, expected.stdout);
    let of_variable = Ecsctl::on(&server, arguments)
        .env("ECSCTL_CLUSTER", "default")
        .run();
    assert_eq!(of_variable.stdout, expected.stdout);
}

cases! { look_works_without_a_file {
    status_without_a_file(&["status", "web"]);
    only_without_a_file(&["status", "--only", "web,web"]);
    tasks_without_a_file(&["tasks", "web"]);
    events_without_a_file(&["events", "web"]);
    logs_without_a_file(&["logs", "web"]);
    history_without_a_file(&["history", "web"]);
    open_without_a_file(&["open", "web"]);
} }

fn file_is_needed(arguments: &[&str], hint: &str) {
    let server = server();
    let output = Ecsctl::on(&server, arguments).run().exits(2);
    output.says("error: no deploy.yaml").says(hint);
    assert_eq!(server.log().names(), [""; 0]);
}

cases! { file_is_needed {
    without_a_cluster(&["status", "web"], "hint:  pass ecsctl -f PATH …, or create one");
    without_a_name(&["status", "--cluster", "default"], "hint:  name the services behind `status`");
    for_an_environment(&["status", "--cluster", "default", "-e", "staging", "web"], "hint:  pass ecsctl -f PATH");
    to_change_services(&["scale", "--cluster", "default", "web=1"], "hint:  pass ecsctl -f PATH");
    to_deploy(&["deploy", "--cluster", "default", "web"], "hint:  pass ecsctl -f PATH");
} }

#[test]
fn service_that_does_not_exist_is_named_without_a_file() {
    let server = server();
    let output = Ecsctl::on(&server, &["status", "--cluster", "production", "web"]).run();
    assert_snapshot!(output.record(), @"
    exit: 0
    --- stdout ---
    production in us-east-1
     web  MISSING
       ! doesn't exist; `ecsctl -f PATH --cluster production deploy --only web` creates it
    --- stderr ---
    ");
}

#[test]
fn hint_of_an_error_names_a_file_where_there_is_none() {
    let server = server();
    let output = Ecsctl::on(&server, &["history", "--cluster", "default", "nope"]).run();
    output.says("ecsctl -f PATH --cluster default deploy --only nope");
}

const SOURCES: &str = r#"region: us-east-1
vars: {tier: gold, domain: shop.example}
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      containerDefinitions:
        - name: web
          image: shop:1
          portMappings: [{containerPort: 8080}]
          environment: [{name: TIER, value: "${vars.tier}"}, {name: STAGE, value: "${env.STAGE:-none}"}]
          dockerLabels: {com.example.team: shop}
    desiredCount: 3
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}
environments:
  staging:
    vars: {tier: silver}
    services:
      web:
        taskDefinition: {memory: 1024, containerDefinitions: {web: {environment: {LOG: debug}}}}
"#;

fn explained(path: &str, more: &[&str]) -> String {
    let arguments = [&["render", "--explain", path][..], more].concat();
    Ecsctl::new(&arguments).file(SOURCES).run().exits(0).stdout
}

#[test]
fn explain_says_where_a_value_comes_from() {
    let staging = |path: &str, more: &[&str]| explained(path, &[&["-e", "staging"], more].concat());
    assert_snapshot!(staging("services.web", &[]), @r#"
    services.web.taskDefinition.cpu: "256"  # deploy.yaml:6:12
    services.web.taskDefinition.memory: "1024"  # environment staging, deploy.yaml:21:34
    services.web.taskDefinition.containerDefinitions.web.name: "web"  # deploy.yaml:9:17
    services.web.taskDefinition.containerDefinitions.web.image: "shop:1"  # deploy.yaml:10:18
    services.web.taskDefinition.containerDefinitions.web.portMappings: [{"containerPort":8080}]  # deploy.yaml:11:25
    services.web.taskDefinition.containerDefinitions.web.environment.TIER: "********"  # deploy.yaml:12:45
      ${vars.tier}  # environment staging, deploy.yaml:18:18
    services.web.taskDefinition.containerDefinitions.web.environment.STAGE: "********"  # deploy.yaml:12:83
      ${env.STAGE}  # not set: the default behind `:-`
    services.web.taskDefinition.containerDefinitions.web.environment.LOG: "********"  # environment staging, deploy.yaml:21:88
    services.web.taskDefinition.containerDefinitions.web.dockerLabels["com.example.team"]: "shop"  # deploy.yaml:13:44
    services.web.taskDefinition.containerDefinitions.web.essential: true  # default
    services.web.taskDefinition.family: "web"  # default
    services.web.taskDefinition.networkMode: "awsvpc"  # default
    services.web.taskDefinition.requiresCompatibilities: ["FARGATE"]  # default
    services.web.service.cluster: "default"  # default
    services.web.service.serviceName: "web"  # default
    services.web.service.launchType: "FARGATE"  # default
    services.web.service.deploymentConfiguration.deploymentCircuitBreaker.enable: true  # default
    services.web.service.deploymentConfiguration.deploymentCircuitBreaker.rollback: true  # default
    services.web.service.enableECSManagedTags: true  # default
    services.web.service.propagateTags: "SERVICE"  # default
    services.web.service.desiredCount: 3  # deploy.yaml:14:19
    services.web.service.networkConfiguration.awsvpcConfiguration.subnets: ["subnet-1"]  # deploy.yaml:15:59
    "#);
    assert_snapshot!(explained("services.web.taskDefinition.memory", &[]), @r#"services.web.taskDefinition.memory: "512"  # deploy.yaml:7:15"#);
    assert_snapshot!(explained("services.web.desiredCount", &[]), @"services.web.service.desiredCount: 3  # deploy.yaml:14:19");
    assert_snapshot!(staging("services.web.taskDefinition.containerDefinitions.web.environment.TIER", &["--show-values"]), @r#"
    services.web.taskDefinition.containerDefinitions.web.environment.TIER: "silver"  # deploy.yaml:12:45
      ${vars.tier}  # environment staging, deploy.yaml:18:18
    "#);
    assert_snapshot!(explained("services.web.taskDefinition.containerDefinitions[0].dockerLabels.com.example.team", &[]), @r#"services.web.taskDefinition.containerDefinitions.web.dockerLabels["com.example.team"]: "shop"  # deploy.yaml:13:44"#);
    assert_snapshot!(explained("cluster", &["--cluster", "other"]), @r#"cluster: "other"  # flag --cluster"#);
    assert_snapshot!(explained("vars", &["--var", "tier=x"]), @r#"
    vars.domain: "shop.example"  # deploy.yaml:2:28
    vars.tier: "x"  # flag --var tier
    "#);
}

#[test]
fn variables_are_called_as_they_were_given() {
    let render = ["render", "--var", "teir=x", "--var", "a b=1", "--var", "tier=x"];
    let rendered = Ecsctl::new(&render)
        .file(SOURCES)
        .env("ECSCTL_VAR_domian", "shop.test")
        .env("ECSCTL_VAR_two.parts", "x")
        .run()
        .exits(2);
    assert_snapshot!(rendered.stderr, @"
    error: invalid variable name `a b` in --var a b=…
      hint:  use ASCII letters, digits, `_` and `-`
    error: invalid variable name `two.parts` in ECSCTL_VAR_two.parts
      hint:  use ASCII letters, digits, `_` and `-`
    warning: nothing uses --var teir=…
      hint:  did you mean --var tier=…?
    warning: nothing uses ECSCTL_VAR_domian
      hint:  did you mean ECSCTL_VAR_domain?
    2 errors, 2 warnings
    ");
    let explain = ["render", "--explain", "vars.domain", "--var", "tier=domain="];
    let explained = Ecsctl::new(&explain)
        .file(SOURCES)
        .env("ECSCTL_VAR_domain", "shop.test")
        .run()
        .exits(0);
    assert_snapshot!(explained.stdout, @r#"vars.domain: "shop.test"  # variable ECSCTL_VAR_domain"#);
}

#[test]
fn explain_says_which_defaults_are_used() {
    let file = r#"
vars: {blank: "", nothing: null}
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      containerDefinitions:
        web:
          image: shop:1
          command:
            - "${vars.blank:-a}"
            - "${vars.nothing:-b}"
            - "${git.tag:-c}"
            - "${env.EMPTY:-${env.OTHER:-d}}"
            - "${env.FULL:-${env.NEVER_READ:-e}}"
            - "${vars.given:-f}"
          entryPoint: ["${env.EMPTY}"]
"#;
    let path = "services.web.taskDefinition.containerDefinitions.web";
    let explain = ["render", "--explain", path, "--var", "given=g"];
    let explained = Ecsctl::new(&explain)
        .file(file)
        .env("EMPTY", "")
        .env("FULL", "x")
        .run()
        .exits(0);
    assert_snapshot!(explained.stdout, @r#"
    services.web.taskDefinition.containerDefinitions.web.name: "web"  # deploy.yaml:9:9
    services.web.taskDefinition.containerDefinitions.web.image: "shop:1"  # deploy.yaml:10:18
    services.web.taskDefinition.containerDefinitions.web.command: ["a","b","c","d","x","g"]  # deploy.yaml:12:13
      ${vars.blank}  # empty: the default behind `:-`
      ${vars.nothing}  # not set: the default behind `:-`
      ${git.tag}  # not set: the default behind `:-`
      ${env.EMPTY}  # empty: the default behind `:-`
      ${env.OTHER}  # not set: the default behind `:-`
      ${env.FULL}  # variable FULL
      ${vars.given}  # flag --var given
    services.web.taskDefinition.containerDefinitions.web.entryPoint: [""]  # deploy.yaml:18:23
      ${env.EMPTY}  # variable EMPTY
    services.web.taskDefinition.containerDefinitions.web.essential: true  # default
    "#);
}

#[test]
fn explain_names_the_service_of_what_a_job_takes_from_it() {
    let file = r#"
cluster: shop
services:
  web:
    taskDefinition: {cpu: 256, memory: 512, containerDefinitions: {web: {image: "shop:1"}}}
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}
jobs:
  migrate: {service: web, command: [bin/migrate]}
  report:
    taskDefinition: {cpu: 256, memory: 512, containerDefinitions: {main: {image: "report:1"}}}
    overrides: {containerOverrides: [{name: main, command: ["${env.DAY:-today}"]}]}
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-2]}}
environments:
  staging: {jobs: {migrate: {launchType: EC2}}}
"#;
    let explain = |path: &str| {
        let explain = ["render", "-e", "staging", "--explain", path];
        Ecsctl::new(&explain).file(file).run().exits(0).stdout
    };
    assert_snapshot!(explain("jobs"), @r#"
    jobs.migrate.cluster: "shop"  # deploy.yaml:2:10
    jobs.migrate.taskDefinition: "web"  # deploy.yaml:5:21
    jobs.migrate.enableECSManagedTags: true  # default
    jobs.migrate.launchType: "EC2"  # environment staging, deploy.yaml:14:42
    jobs.migrate.networkConfiguration.awsvpcConfiguration.subnets: ["subnet-1"]  # deploy.yaml:6:59
    jobs.migrate.overrides.containerOverrides: [{"name":"web","command":["bin/migrate"]}]  # deploy.yaml:8:36
    jobs.report.cluster: "shop"  # deploy.yaml:2:10
    jobs.report.taskDefinition.cpu: "256"  # deploy.yaml:10:27
    jobs.report.taskDefinition.memory: "512"  # deploy.yaml:10:40
    jobs.report.taskDefinition.containerDefinitions.main.name: "main"  # deploy.yaml:10:68
    jobs.report.taskDefinition.containerDefinitions.main.image: "report:1"  # deploy.yaml:10:82
    jobs.report.taskDefinition.containerDefinitions.main.essential: true  # default
    jobs.report.taskDefinition.family: "report"  # default
    jobs.report.taskDefinition.networkMode: "awsvpc"  # default
    jobs.report.taskDefinition.requiresCompatibilities: ["FARGATE"]  # default
    jobs.report.enableECSManagedTags: true  # default
    jobs.report.launchType: "FARGATE"  # default
    jobs.report.overrides.containerOverrides: [{"name":"main","command":["today"]}]  # deploy.yaml:11:37
      ${env.DAY}  # not set: the default behind `:-`
    jobs.report.networkConfiguration.awsvpcConfiguration.subnets: ["subnet-2"]  # deploy.yaml:12:59
    "#);
}

#[test]
fn example_of_the_readme_is_current() {
    let file = example("environments");
    let path = "services.web.taskDefinition.containerDefinitions";
    let arguments = ["render", "-e", "staging", "--explain", path, "--show-values"];
    let output = Ecsctl::new(&arguments).file(&file).run().exits(0);
    let said = format!("$ ecsctl {}\n{}", arguments.join(" "), output.stdout);
    holds("explain", &said, str::to_owned);
}

#[test]
fn explain_names_the_base_of_what_the_file_leaves_to_it() {
    let explain = |base: &str, path: &str, more: &[&str]| {
        let definition = match base.starts_with('{') {
            true => format!(
                "{{base: {}, containerDefinitions: {{web: {{image: 'shop:1', command: [a]}}}}}}",
                &base[1..]
            ),
            false => base.to_owned(),
        };
        let file = format!("region: us-east-1\nservices:\n  web:\n    taskDefinition: {definition}\n");
        let path = format!("services.web.taskDefinition.{path}");
        let run = Ecsctl::new(&[&["render", "--explain", &path], more].concat()).file(&file);
        run.write(
            "td.json",
            "{\"family\": \"f\",\n \"cpu\": \"256\", \"memory\": \"512\", \"containerDefinitions\": []}",
        )
        .run()
    };
    let said = |base: &str, path: &str| explain(base, path, &[]).exits(0).stdout;
    assert_snapshot!(said("{live", "cpu"), @"services.web.taskDefinition.cpu  # base live, deploy.yaml:4:28; only AWS has its values");
    assert_snapshot!(said("{shop", "containerDefinitions.web.environment.LEVEL"), @"services.web.taskDefinition.containerDefinitions.web.environment.LEVEL  # base shop, deploy.yaml:4:28; only AWS has its values");
    assert_snapshot!(said("{'shop:3'", "containerDefinitions.log.memory"), @"services.web.taskDefinition.containerDefinitions.log.memory  # base shop:3, deploy.yaml:4:28; only AWS has its values");
    assert_snapshot!(said("shop:3", "runtimePlatform.cpuArchitecture"), @"services.web.taskDefinition.runtimePlatform.cpuArchitecture  # base shop:3, deploy.yaml:4:21; only AWS has its values");
    // A file is read: what it says has its line.
    assert_snapshot!(said("{td.json", "cpu"), @r#"services.web.taskDefinition.cpu: "256"  # td.json:2:9"#);
    let explained = explain("{live", "cpu", &["-o", "json"]).exits(0).json();
    let source = json!({"kind": "base", "name": "live", "file": "deploy.yaml", "line": 4, "column": 28});
    assert_eq!(
        explained,
        json!([{"path": "services.web.taskDefinition.cpu", "value": null, "source": source}])
    );
    for (base, path) in [
        ("{live", "cpuu"),
        ("{live", "containerDefinitions.web.command[3]"),
        ("{td.json", "taskRoleArn"),
    ] {
        explain(base, path, &[]).exits(2).says("error: no `");
    }
}

#[test]
fn explain_names_the_line_of_a_dotenv_file() {
    let path = "services.web.taskDefinition.containerDefinitions.web.environment.STAGE";
    let run = || {
        let run = Ecsctl::new(&["render", "--env-file", "stage.env", "--explain", path]);
        run.file(SOURCES).write("stage.env", "# é\n\n  STAGE=blue\n")
    };
    let reference = |run: Ecsctl| run.run().exits(0).stdout.lines().last().map(str::to_owned);
    assert_eq!(
        reference(run()).as_deref(),
        Some("  ${env.STAGE}  # stage.env:3:3")
    );
    let of_process = reference(run().env("STAGE", "green"));
    assert_eq!(of_process.as_deref(), Some("  ${env.STAGE}  # variable STAGE"));
}

#[test]
fn explain_masks_secrets_of_variables() {
    let file = "region: us-east-1
vars: {db: {password: hunter2hunter2}, token: abcdef123456, url: '${env.API_SECRET}', tier: gold}
services: {web: {taskDefinition: 'web:1'}}
";
    let run = |more: &[&str]| {
        let arguments = [&["render", "--explain", "vars"], more].concat();
        let run = Ecsctl::new(&arguments)
            .file(file)
            .env("API_SECRET", "uvwxyz987654");
        run.run().exits(0).stdout
    };
    assert_snapshot!(run(&[]), @r#"
    vars.db.password: "********"  # deploy.yaml:2:23
    vars.token: "********"  # deploy.yaml:2:47
    vars.url: "********"  # deploy.yaml:2:66
      ${env.API_SECRET}  # variable API_SECRET
    vars.tier: "gold"  # deploy.yaml:2:93
    "#);
    let shown = run(&["--show-values"]);
    for secret in ["hunter2hunter2", "abcdef123456", "uvwxyz987654"] {
        assert!(shown.contains(secret), "{shown}");
    }
}

#[test]
fn explain_is_json_for_scripts() {
    let arguments = [
        "render",
        "-e",
        "staging",
        "-o",
        "json",
        "--explain",
        "services.web.taskDefinition.containerDefinitions.web.environment",
    ];
    let run = Ecsctl::new(&arguments)
        .file(SOURCES)
        .env("ECSCTL_VAR_tier", "x")
        .env("STAGE", "dev");
    assert_snapshot!(run.run().exits(0).stdout, @r#"
    [
      {
        "path": "services.web.taskDefinition.containerDefinitions.web.environment.TIER",
        "value": "********",
        "source": {
          "kind": "file",
          "file": "deploy.yaml",
          "line": 12,
          "column": 45
        },
        "references": [
          {
            "reference": "vars.tier",
            "source": {
              "kind": "variable",
              "name": "ECSCTL_VAR_tier"
            }
          }
        ]
      },
      {
        "path": "services.web.taskDefinition.containerDefinitions.web.environment.STAGE",
        "value": "********",
        "source": {
          "kind": "file",
          "file": "deploy.yaml",
          "line": 12,
          "column": 83
        },
        "references": [
          {
            "reference": "env.STAGE",
            "source": {
              "kind": "variable",
              "name": "STAGE"
            }
          }
        ]
      },
      {
        "path": "services.web.taskDefinition.containerDefinitions.web.environment.LOG",
        "value": "********",
        "source": {
          "kind": "environment",
          "name": "staging",
          "file": "deploy.yaml",
          "line": 21,
          "column": 88
        }
      }
    ]
    "#);
}

#[test]
fn explain_of_an_unknown_path_names_what_there_is() {
    let said = |path: &str| {
        let run = Ecsctl::new(&["render", "--explain", path]).file(SOURCES);
        run.run().exits(2).stderr
    };
    assert_snapshot!(said("services.wbe.desiredCount"), @"
    error: no `wbe` in `services`
      hint:  did you mean `web`?
    ");
    assert_snapshot!(said("services.web.taskDefinition.containerDefinitions[1]"), @"
    error: no `1` in `services.web.taskDefinition.containerDefinitions`
      hint:  there is web
    ");
    assert_snapshot!(said("services..web"), @"
    error: no `` in `services`
      hint:  there is web
    ");
    assert_snapshot!(said("nonsense"), @"
    error: no `nonsense` in the resolved file
      hint:  there are services, region, cluster, vars, images
    ");
}

/// A value that a flag replaces isn't resolved: its variables can be unset.
fn overridden_value_is_not_resolved(line: &str, flags: &[&str]) {
    let file = format!(
        "{line}\nservices: {{web: {{taskDefinition: 'web:1'}}}}\n{}",
        if line.starts_with("region") {
            ""
        } else {
            "region: us-east-1\n"
        }
    );
    let render = |flags: &[&str]| Ecsctl::new(&[&["render"], flags].concat()).file(&file).run();
    render(&[])
        .exits(2)
        .says("error: the environment variable `UNSET` is not set");
    let output = render(flags).exits(0);
    assert_eq!(output.stderr, "");
    let output = render(&[flags, &["--explain", "services.web"]].concat());
    output.exits(0);
}

cases! { overridden_value_is_not_resolved {
    cluster("cluster: '${env.UNSET}'", &["--cluster", "shop"]);
    region("region: '${env.UNSET}'", &["--region", "eu-west-1"]);
    profile("profile: 'a-${env.UNSET}'", &["--profile", "shop"]);
    role("assumeRole: 'arn:aws:iam::${env.UNSET}:role/a'", &["--assume-role", "arn:aws:iam::123456789012:role/a"]);
    variable("vars: {tag: '${env.UNSET}'}\nname: 'a-${vars.tag}'", &["--var", "tag=1"]);
    build("images: {web: {repository: shop/web, build: {context: ., args: {A: '${env.UNSET}'}}}}", &["--image", "web=a:1"]);
    folder_and_tags("images: {web: {repository: shop/web, build: '${env.UNSET}', tags: ['${env.UNSET}']}}", &["--image", "web=a:1"]);
} }

#[test]
fn wrong_type_of_an_overridden_value_is_reported() {
    let file = "cluster: [shop]\nservices: {web: {taskDefinition: 'web:1'}}\n";
    let output = Ecsctl::new(&["render", "--cluster", "shop"]).file(file).run();
    output.exits(2).says("`cluster`");
}

fn cluster_is_refused(arguments: &[&str], file: &str, said: &str) {
    let output = Ecsctl::new(&[&["render"], arguments].concat())
        .file(file)
        .run()
        .exits(2);
    output.says(said).says("up to 255 letters, digits, `_` and `-`");
}

cases! { cluster_is_refused {
    of_the_file(&[], &format!("cluster: a b\n{SERVICE}"), "invalid cluster name `a b`\n");
    of_the_flag(&["--cluster", "../x"], SERVICE, "invalid cluster name `../x` (--cluster or ECSCTL_CLUSTER)");
    of_another_arn(&["--cluster", "arn:aws:ecs:us-east-1:123456789012:service/x"], SERVICE, "invalid cluster name");
} }

const SERVICE: &str = "region: us-east-1\nservices: {web: {taskDefinition: 'web:1'}}\n";

#[test]
fn cluster_may_be_an_arn() {
    let arn = "arn:aws:ecs:us-east-1:123456789012:cluster/production";
    let output = Ecsctl::new(&["render", "--cluster", arn, "-o", "json"])
        .file(SERVICE)
        .run()
        .exits(0);
    assert_eq!(output.json()["services"]["web"]["service"]["cluster"], arn);
}
