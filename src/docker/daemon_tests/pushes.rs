//! Pushes to a real registry.

use super::*;

#[tokio::test]
async fn a_push_and_a_second_one_that_sends_nothing() {
    let Some(daemon) = daemon().await else { return };
    let Ok(registry) = std::env::var("ECSCTL_TEST_REGISTRY") else {
        eprintln!("SKIPPED: ECSCTL_TEST_REGISTRY is not set");
        return;
    };
    let folder = context(&[("Dockerfile", &format!("{BASE}COPY f /f\n")), ("f", &unique("f"))]);
    let run = run(&daemon, &build(folder.path())).await;
    let image = &run.built().image;
    let repository = format!("{registry}/docker/push-{}", image.id.short());
    daemon.tag(image.id.as_str(), &repository, "t").await.unwrap();
    let events = Mutex::new(Vec::new());
    let on = |event: PushEvent| events.lock().unwrap().push(event);
    let first = daemon.push(&repository, "t", None, &on).await.unwrap();
    assert_eq!(first.layers, 3, "{first:?}");
    assert!(first.sent_layers >= 1, "{first:?}");
    assert!(!events.lock().unwrap().is_empty());
    let known = daemon.inspect(image.id.as_str()).await.unwrap().unwrap();
    assert_eq!(known.manifest_in(&repository), Some(first.digest.clone()));
    let second = daemon.push(&repository, "t", None, &on).await.unwrap();
    assert_eq!((second.sent_layers, second.sent), (0, 0));
    assert_eq!(second.digest, first.digest);

    daemon
        .tag(image.id.as_str(), "127.0.0.1:1/web", "t")
        .await
        .unwrap();
    let error = daemon.push("127.0.0.1:1/web", "t", None, &on).await.unwrap_err();
    assert!(
        error.explain().said.unwrap().1.contains("connection refused"),
        "{error:?}"
    );
    assert!(error.explain().hint.is_some());
    daemon.untag("127.0.0.1:1/web:t").await.unwrap();
    // Removing the last name deletes the image; removing a missing name succeeds.
    for _ in 0..2 {
        daemon.untag(&format!("{repository}:t")).await.unwrap();
    }
    assert_eq!(daemon.inspect(image.id.as_str()).await.unwrap(), None);
}
