//! Killed at any stage, and run again: the same end, and nothing twice.

use rustix::process::Signal;

use crate::ground::Docker;
use crate::project::Project;
use crate::support::cases;
use crate::support::{Cut, Scenario, Scripted};

/// The end that a run without a kill comes to.
#[track_caller]
fn assert_done(server: &Scripted, stage: &str) {
    server.world(|world| {
        let repository = &world.repositories.all["acme/web"];
        let digests: Vec<&String> = repository.manifests.keys().collect();
        assert_eq!(digests.len(), 1, "{stage}: one image");
        let revisions = world.definitions.family("web");
        assert_eq!(revisions.len(), 1, "{stage}: one revision");
        let image = revisions[0].value["containerDefinitions"][0]["image"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(image.ends_with(digests[0].as_str()), "{stage}: {image}");
        let service = &world.services[&("default".to_owned(), "web".to_owned())];
        let primary = service.primary().expect("a PRIMARY deployment");
        assert_eq!(primary.state.to_string(), "COMPLETED", "{stage}");
    });
}

/// Kills a deploy at a request, before or after its reply.
fn killed_deploy_is_finished_by_the_next(operation: &str, cut: Cut) {
    let Some(docker) = Docker::find() else { return };
    let stage = format!("{operation}, {cut:?}");
    let server = Scripted::start(Scenario::default());
    let project = Project::new(&docker).with_service();
    server.freeze_at(operation, 1, cut);
    let running = project.on(&server, &["deploy"]).start();
    match cut {
        Cut::BeforeReply => server.wait_for(operation, 1),
        Cut::AfterReply => server.wait_frozen(),
    }
    running.signal(Signal::KILL);
    running.end().exits(137);
    // In this order: a daemon that tries again at once finds the world going on.
    server.thaw();
    server.end_connections();
    project.on(&server, &["deploy"]).run().exits(0);
    assert_done(&server, &stage);
    let again = project.on(&server, &["deploy"]).run().exits(0);
    assert!(
        again.stderr.contains("nothing to do"),
        "{stage}: {}",
        again.stderr
    );
}

cases! { killed_deploy_is_finished_by_the_next {
    before_the_reply_to_get_authorization_token("ecr GetAuthorizationToken", Cut::BeforeReply);
    before_the_reply_to_create_repository("ecr CreateRepository", Cut::BeforeReply);
    after_the_reply_to_create_repository("ecr CreateRepository", Cut::AfterReply);
    before_the_reply_to_start_upload("registry StartUpload", Cut::BeforeReply);
    after_the_reply_to_finish_upload("registry FinishUpload", Cut::AfterReply);
    before_the_reply_to_put_manifest("registry PutManifest", Cut::BeforeReply);
    after_the_reply_to_put_manifest("registry PutManifest", Cut::AfterReply);
    before_the_reply_to_register_task_definition("ecs RegisterTaskDefinition", Cut::BeforeReply);
    after_the_reply_to_register_task_definition("ecs RegisterTaskDefinition", Cut::AfterReply);
    before_the_reply_to_create_service("ecs CreateService", Cut::BeforeReply);
    after_the_reply_to_create_service("ecs CreateService", Cut::AfterReply);
} }

#[test]
fn a_build_that_was_killed_is_built_by_the_next() {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::default());
    let project = Project::new(&docker).with_service();
    // Long enough to be killed in; the daemon may let the second run join what the first has begun.
    let steps = format!("RUN echo it has begun; sleep 3; echo {} >/made\n", project.name);
    project.write("Dockerfile", &project.dockerfile(&steps));
    let running = project.on(&server, &["deploy", "-v"]).start();
    running.wait_until_it_says("| it has begun");
    running.signal(Signal::KILL);
    running.end().exits(137);
    project.on(&server, &["deploy"]).run().exits(0);
    assert_done(&server, "build");
}
