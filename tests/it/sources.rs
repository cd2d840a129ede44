//! `${ssm:…}` and the other values that a file gets from elsewhere.

mod parameters;
mod permissions;
mod secrets;
mod stacks;
mod states;

use crate::support::files::WEB;
use crate::support::{Ecsctl, Output, Scenario, Scripted};

/// Returns `WEB` with these members in its container's environment.
fn with(environment: &str) -> String {
    WEB.replace("VERSION: \"1\"", environment)
}

fn server(sources: &str) -> Scripted {
    Scripted::start(Scenario::parse(&format!("sources: {sources}")))
}

/// Runs `ecsctl ARGUMENTS…` with a file.
fn run(server: &Scripted, arguments: &[&str], file: &str) -> Output {
    Ecsctl::on(server, arguments).file(file).run()
}

/// Returns a variable of the container's environment in the document of `render`.
fn rendered(output: &Output, name: &str) -> String {
    let document = output.json();
    let container = &document["services"]["web"]["taskDefinition"]["containerDefinitions"][0];
    let variables = container["environment"].as_array().unwrap();
    let variable = variables.iter().find(|variable| variable["name"] == name);
    variable.unwrap()["value"].as_str().unwrap().to_owned()
}

const RENDER: [&str; 4] = ["render", "--show-values", "-o", "json"];
