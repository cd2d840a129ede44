//! Tests against a real daemon and a real registry (see `docker::live`), with a scripted ECR.

use std::collections::HashSet;
use std::sync::Mutex;

use serde_json::json;

use super::*;
use crate::aws::testing::{Answer, FakeAws};
use crate::docker::daemon_tests;
use crate::engine::testing;

/// Starts an ECR with one login, and repositories with the given tag mutability.
async fn ecr(mutability: &'static str) -> FakeAws {
    FakeAws::playing(move |request| match request.operation().as_str() {
        "GetAuthorizationToken" => Answer::ok(json!({"authorizationData": [
            {"authorizationToken": "QVdTOnA=", "proxyEndpoint": "https://ecr.test"},
        ]})),
        "DescribeRepositories" => Answer::ok(json!({"repositories": [{"imageTagMutability": mutability}]})),
        "CreateRepository" => Answer::ok(json!({"repository": {"imageTagMutability": "MUTABLE"}})),
        other => Answer::refusal(400, "Unscripted", other),
    })
    .await
}

struct PipelineRun {
    images: ImagePipeline,
    image: Image,
    fake: FakeAws,
    there: ObservedImage,
    events: Mutex<Vec<Event>>,
    built: Mutex<HashSet<Digest>>,
}

/// Creates a run with one image, whose only file has unique content; None without a daemon and a registry.
async fn run(
    repository: &str,
    tags: &[&str],
    mutability: &'static str,
    folder: &tempfile::TempDir,
) -> Option<PipelineRun> {
    daemon_tests::daemon().await?;
    let (Ok(host), Ok(registry)) = (
        std::env::var("ECSCTL_TEST_DOCKER_HOST"),
        std::env::var("ECSCTL_TEST_REGISTRY"),
    ) else {
        return None;
    };
    let around = DockerEnvironment {
        host: Some(host),
        ..DockerEnvironment::default()
    };
    let mut image = testing::image("web", repository);
    image.source = ImageSource::Build(Box::new(daemon_tests::build(folder.path())));
    image.tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    let fake = ecr(mutability).await;
    let at: RegistryOverride = registry.parse().unwrap();
    let there = ObservedImage {
        repository_uri: format!("{}/{repository}", at.host),
        repository_exists: true,
        ..ObservedImage::default()
    };
    Some(PipelineRun {
        images: ImagePipeline::new(Some(fake.session().await), Some(at), around, |_| {}),
        image,
        fake,
        there,
        events: Mutex::default(),
        built: Mutex::default(),
    })
}

impl PipelineRun {
    async fn push(&self) -> Result<ImageState, Failure> {
        let sink = |event: Event| self.events.lock().unwrap().push(event);
        let images = [&self.image];
        let states = self.images.build(&images, &sink).await?;
        let observed = IndexMap::from([("web".to_owned(), self.there.clone())]);
        let pinned = self
            .images
            .push(&images, &states, &observed, &HashMap::new(), &sink)
            .await;
        if let Some(ImageState::Built { id, .. }) = states.get("web") {
            self.built.lock().unwrap().insert(id.clone());
        }
        let mut pinned = pinned?;
        Ok(pinned.swap_remove("web").unwrap())
    }

    /// Removes what was built, tagged or not.
    async fn forget(self) {
        let daemon = self.images.daemon().await.unwrap();
        for id in self.built.into_inner().unwrap() {
            let tagged = format!("{}:ecsctl-{}", self.there.repository_uri, &id.hex()[..16]);
            daemon.untag(&tagged).await.unwrap();
            daemon.untag(id.as_str()).await.unwrap();
        }
    }

    /// Returns the total and the sent layers of the last push.
    fn pushed(&self) -> (u32, u32) {
        let events = self.events.lock().unwrap();
        let finished = events.iter().rev().find_map(|event| match event {
            Event::Push {
                event: PushEvent::Finished {
                    layers, sent_layers, ..
                },
                ..
            } => Some((*layers, *sent_layers)),
            _ => None,
        });
        finished.unwrap()
    }
}

fn folder(content: &str) -> tempfile::TempDir {
    daemon_tests::context(&[("Dockerfile", "FROM scratch\nCOPY f /f\n"), ("f", content)])
}

fn unique() -> String {
    format!("t{}", jiff::Timestamp::now().as_nanosecond())
}

#[test]
fn created_repository_is_pushed_to_at_its_own_uri() {
    let (expected, own) = ("1.dkr.ecr.x.amazonaws.com/web", "1.dkr.ecr.x.amazonaws.eu/web");
    assert_eq!(target_uri(expected, Some(own), false), own);
    assert_eq!(target_uri(expected, Some(own), true), expected);
    assert_eq!(target_uri(expected, None, false), expected);
}

#[tokio::test]
async fn a_second_push_sends_nothing_and_asks_no_daemon_to() {
    let (name, folder) = (unique(), folder(&unique()));
    let Some(first) = run(&format!("images/{name}"), &["v1"], "MUTABLE", &folder).await else {
        return;
    };
    let pinned = first.push().await.unwrap();
    let ImageState::Pinned { digest, tag, id, .. } = &pinned else {
        panic!("{pinned:?}");
    };
    assert_eq!(tag.as_deref(), Some("v1"));
    assert_eq!(first.pushed(), (1, 1));

    let second = run(&format!("images/{name}"), &["v1"], "MUTABLE", &folder)
        .await
        .unwrap();
    assert_eq!(second.push().await.unwrap(), pinned);
    assert_eq!(second.pushed(), (0, 0));
    assert_eq!(
        second.fake.operations(),
        ["GetAuthorizationToken"],
        "one login, and nothing else of ECR"
    );

    let config = second
        .images
        .config_digest(&second.image, &second.there.repository_uri, digest)
        .await;
    assert!(config.is_some() && (config == *id || Some(digest) == id.as_ref()));
    first.forget().await;
}

#[tokio::test]
async fn a_tag_that_is_missing_or_moves_is_put_without_a_push() {
    let (name, one, other) = (unique(), folder(&unique()), folder(&unique()));
    let repository = format!("images/{name}");
    let Some(run_one) = run(&repository, &["v1"], "MUTABLE", &one).await else {
        return;
    };
    let first = run_one.push().await.unwrap();
    let moved = run(&repository, &["v1", "v2"], "MUTABLE", &other).await.unwrap();
    let second = moved.push().await.unwrap();
    assert_ne!(first, second);
    let back = run(&repository, &["v2", "v1"], "MUTABLE", &one).await.unwrap();
    let third = back.push().await.unwrap();
    assert_eq!(back.pushed(), (0, 0));
    let (ImageState::Pinned { digest: a, .. }, ImageState::Pinned { digest: b, .. }) = (&first, &third)
    else {
        panic!("{third:?}");
    };
    assert_eq!(a, b);
    let registry = back
        .images
        .registry_of(&back.there.repository_uri, None)
        .unwrap()
        .0;
    for tag in ["v1", "v2"] {
        assert_eq!(
            registry.digest_of(&repository, tag).await.unwrap().as_ref(),
            Some(a),
            "{tag}"
        );
    }
    run_one.forget().await;
    moved.forget().await;
}

#[tokio::test]
async fn an_immutable_tag_of_another_image_is_told_before_the_upload() {
    let (name, one, other) = (unique(), folder(&unique()), folder(&unique()));
    let repository = format!("images/{name}");
    let Some(run_one) = run(&repository, &["v1"], "IMMUTABLE", &one).await else {
        return;
    };
    run_one.push().await.unwrap();
    // The same image under the same tag is fine.
    run(&repository, &["v1"], "IMMUTABLE", &one)
        .await
        .unwrap()
        .push()
        .await
        .unwrap();
    let taken = run(&repository, &["v1"], "IMMUTABLE", &other).await.unwrap();
    let error = taken.push().await.unwrap_err();
    assert_eq!(error.code, "tag-taken", "{error}");
    let sent = taken
        .events
        .lock()
        .unwrap()
        .iter()
        .any(|event| matches!(event, Event::Push { .. }));
    assert!(!sent);
    run_one.forget().await;
    taken.forget().await;
}

#[tokio::test]
async fn a_repository_that_is_missing_is_made() {
    let (name, folder) = (unique(), folder(&unique()));
    let Some(mut run) = run(&format!("images/{name}"), &[], "MUTABLE", &folder).await else {
        return;
    };
    run.there.repository_exists = false;
    let ImageState::Pinned { tag, id, .. } = run.push().await.unwrap() else {
        panic!("it is pushed");
    };
    assert_eq!(tag.unwrap(), format!("ecsctl-{}", &id.unwrap().hex()[..16]));
    assert!(run.fake.operations().contains(&"CreateRepository".to_owned()));
    let made = |event: &Event| {
        matches!(
            event,
            Event::Created {
                kind: "repository",
                ..
            }
        )
    };
    assert!(run.events.lock().unwrap().iter().any(made));
    run.forget().await;
}

#[tokio::test]
async fn a_missing_dockerfile_is_told_without_a_daemon() {
    let folder = tempfile::tempdir().unwrap();
    let mut image = testing::image("web", "acme/web");
    image.source = ImageSource::Build(Box::new(daemon_tests::build(folder.path())));
    let around = DockerEnvironment {
        host: Some("unix:///nonexistent/docker.sock".to_owned()),
        ..DockerEnvironment::default()
    };
    let images = ImagePipeline::new(None, None, around, |_| {});
    let error = images.build(&[&image], &|_: Event| {}).await.unwrap_err();
    assert_eq!(error.code, "dockerfile-missing");
    std::fs::write(folder.path().join("Dockerfile"), "FROM scratch").unwrap();
    let error = images.build(&[&image], &|_: Event| {}).await.unwrap_err();
    assert_eq!(error.code, "no-docker");
}
