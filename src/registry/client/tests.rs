//! Tests against a registry that plays a script and records the requests.

use aws_smithy_http_client::Connector;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::diagnostic::Explain;

/// A scripted response: status, headers, body.
type ScriptedResponse = (u16, String, &'static str);

/// Starts a registry on loopback, and returns the requests that it received when the script is over.
async fn play(
    turns: Vec<ScriptedResponse>,
    login: Option<RegistryCredentials>,
) -> (Registry, tokio::task::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = format!("127.0.0.1:{}", listener.local_addr().unwrap().port());
    let host = at.clone();
    let played = tokio::spawn(async move {
        let mut seen = Vec::new();
        for (status, headers, body) in turns {
            let (mut stream, _) = listener.accept().await.unwrap();
            seen.push(read_request(&mut stream).await);
            let headers = headers.replace("HOST", &host);
            let length = if seen.last().unwrap().starts_with("HEAD") {
                0
            } else {
                body.len()
            };
            let head = format!(
                "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n"
            );
            stream.write_all(head.as_bytes()).await.unwrap();
            stream.write_all(&body.as_bytes()[..length]).await.unwrap();
        }
        seen
    });
    let connector = SharedHttpConnector::new(Connector::builder().build_http());
    let registry = Registry::new(connector, Clock::from_env(), at.parse().unwrap(), login);
    (registry, played)
}

async fn read_request(stream: &mut tokio::net::TcpStream) -> String {
    let mut text = String::new();
    let mut byte = [0];
    while !text.ends_with("\r\n\r\n") {
        stream.read_exact(&mut byte).await.unwrap();
        text.push(char::from(byte[0]));
    }
    let header = |name: &str| {
        text.lines().find_map(|line| {
            line.to_ascii_lowercase()
                .starts_with(name)
                .then(|| line[name.len()..].trim().to_owned())
        })
    };
    let mut body = vec![
        0;
        header("content-length:")
            .and_then(|length| length.parse().ok())
            .unwrap_or(0)
    ];
    stream.read_exact(&mut body).await.unwrap();
    let line = text
        .lines()
        .next()
        .unwrap_or_default()
        .trim_end_matches(" HTTP/1.1")
        .to_owned();
    let body = String::from_utf8(body).unwrap();
    [
        Some(line),
        header("authorization:"),
        header("content-type:"),
        Some(body).filter(|body| !body.is_empty()),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" | ")
}

fn turn(status: u16, headers: &str, body: &'static str) -> ScriptedResponse {
    (status, headers.to_owned(), body)
}

async fn saw(played: tokio::task::JoinHandle<Vec<String>>, expected: &[&str]) {
    assert_eq!(played.await.unwrap(), expected);
}

fn login() -> RegistryCredentials {
    RegistryCredentials {
        user: "AWS".to_owned(),
        password: "p".into(),
    }
}

const BASIC: &str = "Basic QVdTOnA=";
const EMPTY: &str = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

#[tokio::test]
async fn a_digest_is_found_in_one_request_with_the_login_sent_at_once() {
    let headers = format!("docker-content-digest: {EMPTY}\r\n");
    let (registry, played) = play(vec![turn(200, &headers, "")], Some(login())).await;
    let found = registry.digest_of("acme/web", "v1").await.unwrap();
    assert_eq!(found.unwrap().as_str(), EMPTY);
    saw(played, &[&format!("HEAD /v2/acme/web/manifests/v1 | {BASIC}")]).await;
}

#[tokio::test]
async fn nothing_there_is_no_error() {
    let body = r#"{"errors":[{"code":"NAME_UNKNOWN"}]}"#;
    let (registry, played) = play(vec![turn(404, "", body), turn(404, "", body)], None).await;
    assert_eq!(registry.digest_of("a", "t").await.unwrap(), None);
    assert_eq!(registry.manifest("a", "t").await.unwrap(), None);
    saw(played, &["HEAD /v2/a/manifests/t", "GET /v2/a/manifests/t"]).await;
}

#[tokio::test]
async fn a_manifest_that_is_not_what_its_digest_says_is_refused() {
    let (registry, _) = play(vec![turn(200, "", "{ }")], None).await;
    let error = registry.manifest("a", EMPTY).await.unwrap_err();
    assert!(matches!(error, RegistryError::Digest { .. }), "{error}");
}

#[tokio::test]
async fn a_tag_is_put_with_the_same_bytes() {
    let headers = "content-type: application/x\r\n";
    let (registry, played) = play(vec![turn(200, headers, "{}"), turn(201, "", "")], Some(login())).await;
    let manifest = registry.manifest("a", EMPTY).await.unwrap().unwrap();
    registry.put_tag("a", "t", &manifest).await.unwrap();
    let get = format!("GET /v2/a/manifests/{EMPTY} | {BASIC}");
    let put = format!("PUT /v2/a/manifests/t | {BASIC} | application/x | {{}}");
    saw(played, &[&get, &put]).await;
}

#[tokio::test]
async fn a_token_is_fetched_once() {
    let challenge =
        "www-authenticate: Bearer realm=\"http://HOST/token\",service=\"s\",scope=\"repository:a:pull\"\r\n";
    let found = format!("docker-content-digest: {EMPTY}\r\n");
    let (registry, played) = play(
        vec![
            turn(401, challenge, ""),
            turn(200, "", r#"{"token":"T"}"#),
            turn(200, &found, ""),
            turn(401, challenge, ""),
            turn(200, &found, ""),
        ],
        None,
    )
    .await;
    for _ in 0..2 {
        assert!(registry.digest_of("a", "t").await.unwrap().is_some());
    }
    let head = "HEAD /v2/a/manifests/t";
    let with_token = format!("{head} | Bearer T");
    saw(
        played,
        &[
            head,
            "GET /token?service=s&scope=repository%3Aa%3Apull",
            &with_token,
            head,
            &with_token,
        ],
    )
    .await;
}

#[tokio::test]
async fn a_refusal_is_told_in_the_registrys_words() {
    let body = r#"{"errors":[{"code":"DENIED","message":"not authorized"}]}"#;
    let (registry, _) = play(vec![turn(403, "", body)], None).await;
    let error = registry.manifest("a", "t").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the registry refused to read the manifest of a:t"
    );
    assert_eq!(error.explain().said.unwrap().1, "DENIED: not authorized");
    assert_eq!(error.explain().code, "registry-denied");
}

#[tokio::test]
async fn a_busy_registry_is_asked_again() {
    let found = format!("docker-content-digest: {EMPTY}\r\n");
    let (registry, played) = play(
        vec![turn(503, "", ""), turn(429, "", ""), turn(200, &found, "")],
        None,
    )
    .await;
    assert!(registry.digest_of("a", "t").await.unwrap().is_some());
    assert_eq!(played.await.unwrap().len(), 3);
}

#[tokio::test]
async fn content_lies_elsewhere_and_the_login_stays_home() {
    let (other, other_played) = play(vec![turn(200, "", "{}")], None).await;
    let location = format!("location: http://{}/s3?x=1\r\n", other.host());
    let (registry, played) = play(vec![turn(307, &location, "")], Some(login())).await;
    let manifest = registry.manifest("a", EMPTY).await.unwrap();
    assert_eq!(manifest.unwrap().bytes, "{}");
    saw(played, &[&format!("GET /v2/a/manifests/{EMPTY} | {BASIC}")]).await;
    saw(other_played, &["GET /s3?x=1"]).await;
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_cut_off() {
    let large: &str = String::leak(" ".repeat(MANIFEST_LIMIT + 1));
    let (registry, _) = play(vec![turn(200, "", large)], None).await;
    let error = registry.manifest("a", "t").await.unwrap_err();
    assert!(matches!(error, RegistryError::Answer { .. }), "{error}");
    let asked = "unexpected response from the registry when asked to read the manifest of a:t: ";
    assert!(error.to_string().starts_with(asked), "{error}");
}

#[tokio::test]
async fn nobody_there_is_told_with_the_host() {
    let connector = SharedHttpConnector::new(Connector::builder().build_http());
    let registry = Registry::new(connector, Clock::from_env(), "127.0.0.1:1".parse().unwrap(), None);
    let error = registry.digest_of("a", "t").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "can't connect to the registry http://127.0.0.1:1"
    );
    assert!(error.explain().said.unwrap().1.contains("refused"), "{error:?}");
}
