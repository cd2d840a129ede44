//! Which jobs of deploy.yaml have a schedule, and where their schedules are.

use indexmap::IndexMap;

/// The jobs with a schedule by name: enough to find their schedules on EventBridge Scheduler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobSchedules {
    /// The schedule group of the file in its cluster.
    pub group: String,
    /// The key of the service that each job runs on; None for a task definition of its own.
    pub jobs: IndexMap<String, Option<String>>,
}

impl JobSchedules {
    /// Returns the names of the schedules that belong to services (keys). Those of jobs with a task definition of their
    /// own belong to the whole file.
    pub fn of(&self, services: &[String], is_whole: bool) -> Vec<String> {
        let is_meant = |service: &Option<String>| match service {
            Some(service) => services.contains(service),
            None => is_whole,
        };
        let meant = self.jobs.iter().filter(|(_, service)| is_meant(service));
        meant.map(|(job, _)| job.clone()).collect()
    }
}
