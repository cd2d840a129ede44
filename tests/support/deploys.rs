//! Deploys of `web`.

use super::files::{WEB, changed};
use super::rollbacks::definitions;
use super::{Cut, Ecsctl, Fault, Output, Scenario, Scripted};
use rustix::process::Signal;

/// Returns a run of `ecsctl deploy` with a file.
pub fn deploy(server: &Scripted, file: &str) -> Ecsctl {
    Ecsctl::on(server, &["deploy"]).file(file)
}

/// Starts a server on which ecsctl has deployed `web:1` and it is stable; its log begins after that.
pub fn deployed(scenario: Scenario) -> Scripted {
    let server = Scripted::start(scenario);
    deploy(&server, WEB).run().exits(0);
    server.clear_log();
    server
}

/// Deploys a second revision in a scenario and returns the result.
pub fn second(scenario: &str) -> (Scripted, Output) {
    let server = deployed(Scenario::file(scenario));
    let output = deploy(&server, &changed()).run();
    (server, output)
}

/// Runs a deploy. The nth of these requests reach ECS only after another deploy, of the file `other`, has ended.
pub fn overtaken(server: &Scripted, held: &[(&str, usize)], first: &Ecsctl, other: &str) -> Output {
    for (operation, nth) in held {
        server.fault(Fault {
            hold: true,
            nth: Some(*nth as u64),
            ..Fault::on(operation)
        });
    }
    let running = first.start();
    for (operation, nth) in held {
        server.wait_for(operation, *nth);
    }
    deploy(server, other).run().exits(0);
    server.end_connections();
    running.end()
}

/// Kills a deploy at the `nth` request of this operation, before or after the reply.
pub fn kill_at(server: &Scripted, file: &str, operation: &str, nth: u64, cut: Cut) {
    server.freeze_at(operation, nth, cut);
    let run = deploy(server, file);
    let running = run.start();
    server.wait_frozen();
    running.signal(Signal::KILL);
    assert_eq!(running.end().code(), 137);
    server.thaw();
    server.end_connections();
}

/// `web:1` to `web:4`, and a deployment of `web:2` by somebody else with these frames. `change` has the frames of the
/// deploys after it.
pub fn deployed_by_another(frames: &str, change: &str) -> Scripted {
    Scripted::start(Scenario::parse(&format!(
        "
definitions:
{}
services:
  web:
    input:
      taskDefinition: web:1
      desiredCount: 2
      launchType: FARGATE
      networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1]}}}}
    then: {{taskDefinition: 'web:2', polled: 1, rollout: {{frames: [{frames}]}}}}
rollouts: {{web: [{{frames: [{change}]}}]}}
",
        definitions("web", 4)
    )))
}
