//! Deploys of `web`.

use super::files::{WEB, changed};
use super::{Ecsctl, Output, Scenario, Scripted};

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
