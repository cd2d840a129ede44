//! What the scripted ECS has of a service.

use super::Scripted;

/// How many revisions of `web` there are.
pub fn revisions(server: &Scripted) -> usize {
    server.world(|world| world.definitions.family("web").len())
}

/// What the service's PRIMARY deployment runs, and how far it is: `web:2 COMPLETED`.
pub fn runs(server: &Scripted) -> String {
    server.world(|world| {
        let key = ("default".to_owned(), "web".to_owned());
        let primary = world.services[&key].primary().expect("a PRIMARY deployment");
        let definition = primary.task_definition.rsplit('/').next().unwrap();
        format!("{definition} {}", primary.state)
    })
}

/// What a service is at: desired and running tasks.
pub fn counts(server: &Scripted, name: &str) -> (u64, u64) {
    server.world(|world| {
        let service = &world.services[&("default".to_owned(), name.to_owned())];
        let running = service.deployments.iter().map(|it| it.running).sum();
        (service.desired, running)
    })
}
