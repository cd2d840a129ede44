//! State of a service in the scripted ECS.

use super::Scripted;

/// Returns the number of revisions of `web`.
pub fn revisions(server: &Scripted) -> usize {
    server.world(|world| world.definitions.family("web").len())
}

/// Returns what the service's PRIMARY deployment runs, and its rollout state: `web:2 COMPLETED`.
pub fn runs(server: &Scripted) -> String {
    server.world(|world| {
        let key = ("default".to_owned(), "web".to_owned());
        let primary = world.services[&key].primary().expect("a PRIMARY deployment");
        let definition = primary.task_definition.rsplit('/').next().unwrap();
        format!("{definition} {}", primary.state)
    })
}

/// Returns a service's desired and running tasks.
pub fn counts(server: &Scripted, name: &str) -> (u64, u64) {
    server.world(|world| {
        let service = &world.services[&("default".to_owned(), name.to_owned())];
        let running = service.deployments.iter().map(|it| it.running).sum();
        (service.desired, running)
    })
}
