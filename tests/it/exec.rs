//! `ecsctl exec`: sessions of ECS Exec through the Session Manager plugin.

mod preflight;
mod selection;
mod session;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::support::{Ecsctl, Output, Scenario, Scripted};

/// A plugin that writes its arguments and its variable to files, and ends like this.
pub fn plugin(end: &str) -> String {
    format!(
        "#!/bin/sh\nif [ \"$1\" = --version ]; then echo \"${{PLUGIN_VERSION:-1.2.764.0}}\"; exit; fi\n\
         printf '%s\\n' \"$@\" > arguments\nprintf %s \"$AWS_SSM_START_SESSION_RESPONSE\" > variable\n{end}\n"
    )
}

/// Returns the file of the two services.
fn file() -> &'static str {
    "services:\n  web: {taskDefinition: \"web:1\"}\n  worker: {taskDefinition: \"worker:1\"}\n"
}

/// Starts a server on which web and worker run with ECS Exec on.
fn running(more: &str) -> Scripted {
    Scripted::start(Scenario::parse(&format!(
        r#"
definitions:
  - family: web
    taskRoleArn: arn:aws:iam::123456789012:role/web
    containerDefinitions:
      - {{name: web, image: "shop:1", memory: 128}}
      - {{name: proxy, image: "proxy:1", memory: 128, essential: false}}
  - {{family: worker, containerDefinitions: [{{name: worker, image: "shop:1", memory: 128, readonlyRootFilesystem: true}}]}}
services:
  web: {{input: {{taskDefinition: "web:1", desiredCount: 2, launchType: FARGATE, enableExecuteCommand: true}}}}
  worker: {{input: {{taskDefinition: "worker:1", desiredCount: 1, launchType: EC2, enableExecuteCommand: true}}}}
{more}"#
    )))
}

/// Returns a run of `ecsctl exec ARGUMENTS…` with a plugin that ends like this.
fn exec(server: &Scripted, arguments: &[&str], end: &str) -> Ecsctl {
    exec_with(server, arguments, &plugin(end))
}

/// Returns a run with this plugin.
fn exec_with(server: &Scripted, arguments: &[&str], plugin: &str) -> Ecsctl {
    let ecsctl = Ecsctl::on(server, &[&["exec"], arguments].concat()).file(file());
    with_plugin(ecsctl, plugin)
}

/// Puts a plugin on the PATH of a run.
pub fn with_plugin(ecsctl: Ecsctl, plugin: &str) -> Ecsctl {
    let ecsctl = ecsctl.write("bin/session-manager-plugin", plugin);
    let program = ecsctl.folder().join("bin/session-manager-plugin");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", ecsctl.folder().join("bin").display());
    ecsctl.env("PATH", path)
}

/// Returns what the plugin wrote to a file.
fn written(output: &Output, name: &str) -> String {
    fs::read_to_string(output.folder().join(name)).unwrap_or_default()
}

/// Returns the id of a service's newest task.
fn newest(server: &Scripted, service: &str) -> String {
    server.world(|world| {
        let service = &world.services[&("default".to_owned(), service.to_owned())];
        let arn = &service.tasks.last().unwrap().arn;
        arn.rsplit('/').next().unwrap().to_owned()
    })
}
