//! Selects the job that `run` runs.

use crate::commands::select::unknown_name;
use crate::commands::service_key::key_of;
use crate::diagnostic::{Failure, Suggestion};
use crate::exit::Exit;
use crate::model::{Job, Manifest};

/// Returns the job of this name, or that of a command on the service with this key or this name on ECS.
pub fn select_job(manifest: &Manifest, name: &str, has_command: bool) -> Result<Job, Failure> {
    if let Some(job) = manifest.jobs.get(name) {
        return Ok(job.clone());
    }
    let key = key_of(&manifest.names(), name)?;
    match manifest.services.get(&key) {
        Some(service) if has_command => Ok(Job::of_command(service)),
        Some(_) => Err(no_command(&key)),
        None => {
            let known = manifest.jobs.keys().chain(manifest.services.keys());
            let known: Vec<&str> = known.map(String::as_str).collect();
            Err(unknown_name(
                ("job or service", "jobs and no services"),
                &key,
                &known,
            ))
        }
    }
}

fn no_command(service: &str) -> Failure {
    let message = format!("no command to run on {service}");
    Failure::new(Exit::Usage, "no-command", message)
        .resource(service)
        .hint(Suggestion::command("run", format!("{service} -- COMMAND")).then(" runs one"))
}
