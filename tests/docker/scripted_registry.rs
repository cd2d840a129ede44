//! The scripted registry, with a real Docker daemon as its client: what it plays has to be good enough for one.

use crate::ground::{Docker, Tagged};
use crate::support::{Scenario, Scripted};

fn server() -> Scripted {
    Scripted::start(Scenario::parse(
        "repositories: {acme/web: {imageTagMutability: IMMUTABLE}}",
    ))
}

fn login(docker: &Docker, server: &Scripted) {
    docker.ok(&[
        "login",
        "--username",
        "AWS",
        "--password",
        "scripted-token",
        &server.registry(),
    ]);
}

#[test]
fn docker_pushes_to_it_and_pulls_from_it() {
    let Some(docker) = Docker::find() else { return };
    let server = server();
    let name = format!("{}/acme/web:v1", server.registry());
    let image = Tagged::import(&docker, name, "one");
    login(&docker, &server);
    docker.ok(&["push", &image.name]);
    let digest = server.world(|world| world.repositories.all["acme/web"].tags["v1"].clone());
    let sent = server.world(|world| world.repositories.received);
    assert!(sent > 0);

    docker.ok(&["push", &image.name]);
    assert_eq!(
        server.world(|world| world.repositories.received),
        sent,
        "nothing is sent twice"
    );

    docker.ok(&["rmi", "--force", &image.name]);
    let pinned = format!("{}/acme/web@{digest}", server.registry());
    docker.ok(&["pull", "--quiet", &pinned]);
    docker.ok(&["rmi", "--force", &pinned]);
}

#[test]
fn docker_gets_the_reason_of_a_refusal() {
    let Some(docker) = Docker::find() else { return };
    let server = server();
    login(&docker, &server);
    let name = format!("{}/acme/web:v1", server.registry());
    let first = Tagged::import(&docker, name.clone(), "one");
    docker.ok(&["push", &first.name]);
    let second = Tagged::import(&docker, name, "two");
    let output = docker.run(&["push", &second.name]);
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(
        words.contains("already exists in the 'acme/web' repository"),
        "{words}"
    );
}
