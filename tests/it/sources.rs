//! `${ssm:…}` and the other values that a file gets from elsewhere.

mod build_secrets;
mod changed_secrets;
mod parameters;
mod permissions;
mod secrets;
mod stacks;
mod states;

use crate::support::files::WEB;
use crate::support::{Ecsctl, Fault, Output, Scenario, Scripted};

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

#[test]
fn sources_are_read_side_by_side() {
    let server = server("{stacks: {network: {VpcId: vpc-1}}, parameters: {/a: '1'}}");
    let operations = [
        "ssm GetParameters",
        "cloudformation DescribeStacks",
        "cloudformation ListExports",
    ];
    for operation in operations {
        server.fault(Fault {
            hold: true,
            nth: Some(1),
            ..Fault::on(operation)
        });
    }
    let file = with("A: '${ssm:/a}', B: '${cfn:network.VpcId}', C: '${cfnExport:x:-none}'");
    let running = Ecsctl::on(&server, &RENDER).file(&file);
    let running = running.start();
    for operation in operations {
        server.wait_for(operation, 1);
    }
    server.end_connections();
    let output = running.end().exits(0);
    assert_eq!(rendered(&output, "A"), "1");
    assert_eq!(rendered(&output, "B"), "vpc-1");
}
