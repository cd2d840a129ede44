//! Deploys of `web`.

use super::files::{WEB, changed};
use super::{Ecsctl, Output, Scenario, Scripted};

/// `ecsctl deploy` of a file.
pub fn deploy(server: &Scripted, file: &str) -> Ecsctl {
    Ecsctl::on(server, &["deploy"]).file(file)
}

/// A server on which `web:1` was deployed by ecsctl and is stable; its log begins after that.
pub fn deployed(scenario: Scenario) -> Scripted {
    let server = Scripted::start(scenario);
    deploy(&server, WEB).run().exits(0);
    server.clear_log();
    server
}

/// What comes of a second revision in a scenario.
pub fn second(scenario: &str) -> (Scripted, Output) {
    let server = deployed(Scenario::file(scenario));
    let output = deploy(&server, &changed()).run();
    (server, output)
}
