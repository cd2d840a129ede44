//! `ecsctl run`: jobs of deploy.yaml, and commands on a service's task definition.

mod interactive;
mod interrupts;
mod output;
mod requests;

use crate::support::deploys::deploy;
use crate::support::files::WEB;
use crate::support::{Ecsctl, Scenario, Scripted};

/// Returns `WEB` with these jobs, one a line.
pub fn with_jobs(jobs: &str) -> String {
    let lines: String = jobs.lines().map(|line| format!("  {}\n", line.trim())).collect();
    format!("{WEB}jobs:\n{lines}")
}

/// Returns `WEB` with a job that migrates.
pub fn migrating() -> String {
    with_jobs("migrate: {service: web, command: [bin/migrate]}")
}

/// Starts a server on which `web:1` is deployed and its runs go like this; its log begins after that.
pub fn with_web(runs: &str) -> Scripted {
    let server = Scripted::start(Scenario::parse(&format!("runs: {{web: [{runs}]}}")));
    deploy(&server, WEB).run().exits(0);
    server.clear_log();
    server
}

/// Returns a run of ecsctl with the job.
pub fn run(server: &Scripted, arguments: &[&str]) -> Ecsctl {
    Ecsctl::on(server, &[&["run"], arguments].concat()).file(&migrating())
}
