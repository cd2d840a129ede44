//! The scripted registry, as Docker uses it.

use base64::Engine;
use serde_json::json;

use crate::support::client::{http, ok, raw, refused};
use crate::support::world::digest;
use crate::support::{Scenario, Scripted};

fn server() -> Scripted {
    Scripted::start(Scenario::parse(
        "repositories: {acme/web: {imageTagMutability: IMMUTABLE}, acme/base: {}}",
    ))
}

fn login(server: &Scripted) -> String {
    let token = ok(server, "ecr GetAuthorizationToken", json!({}));
    let token = token["authorizationData"][0]["authorizationToken"]
        .as_str()
        .unwrap()
        .to_owned();
    let plain = base64::engine::general_purpose::STANDARD.decode(&token).unwrap();
    assert!(plain.starts_with(b"AWS:"));
    format!("authorization: Basic {token}\r\n")
}

/// Sends a blob the way Docker does: POST, PATCH in chunks, PUT. Its digest.
fn push_blob(server: &Scripted, login: &str, bytes: &[u8]) -> String {
    let (status, head, _) = http(server, "POST /v2/acme/web/blobs/uploads/", login, b"");
    assert_eq!(status, 202);
    let location = head
        .split("location: ")
        .nth(1)
        .unwrap()
        .lines()
        .next()
        .unwrap()
        .to_owned();
    let path = &location[location.find("/v2").unwrap()..];
    let chunked = format!(
        "PATCH {path} HTTP/1.1\r\n{login}transfer-encoding: chunked\r\nexpect: 100-continue\r\n\r\n{:x}\r\n{}\r\n0\r\n\r\n",
        bytes.len(),
        std::str::from_utf8(bytes).unwrap()
    );
    let reply = raw(server, chunked.as_bytes()).unwrap();
    let reply = String::from_utf8(reply).unwrap();
    assert!(
        reply.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202"),
        "{reply}"
    );
    let digest = digest(bytes);
    let wrong = format!("PUT {path}?digest=sha256:{}", "0".repeat(64));
    if bytes.is_empty() {
        assert_eq!(http(server, &wrong, login, b"").0, 400);
    }
    let line = format!("PUT {path}?digest={}", digest.replace(':', "%3A"));
    assert_eq!(http(server, &line, login, b"").0, 201);
    digest
}

fn manifest(server: &Scripted, login: &str, layer: &str) -> Vec<u8> {
    let config = push_blob(server, login, b"{}");
    let layer = push_blob(server, login, layer.as_bytes());
    let part = |digest: String| json!({"digest": digest, "size": 2});
    json!({"schemaVersion": 2, "config": part(config), "layers": [part(layer)]})
        .to_string()
        .into_bytes()
}

#[test]
fn pushed_image_is_found_by_digest_and_tag() {
    let server = server();
    let login = login(&server);
    let bytes = manifest(&server, &login, "layer");
    let digest = digest(&bytes);
    let typed = format!("{login}content-type: application/vnd.oci.image.manifest.v1+json\r\n");
    let (status, head, _) = http(&server, "PUT /v2/acme/web/manifests/v1", &typed, &bytes);
    assert_eq!(status, 201);
    assert!(head.contains(&format!("docker-content-digest: {digest}")));

    let line = format!("HEAD /v2/acme/web/manifests/{digest}");
    let (status, head, body) = http(&server, &line, &login, b"");
    assert_eq!((status, body.len()), (200, 0));
    assert!(head.contains(&format!("content-length: {}", bytes.len())));
    let (_, _, same) = http(&server, "GET /v2/acme/web/manifests/v1", &login, b"");
    assert_eq!(same, bytes);

    let wanted = json!({"repositoryName": "acme/web", "imageIds": [{"imageTag": "v1"}]});
    let images = ok(&server, "ecr BatchGetImage", wanted.clone());
    assert_eq!(images["images"][0]["imageId"]["imageDigest"], digest);
    let details = ok(&server, "ecr DescribeImages", wanted);
    assert_eq!(details["imageDetails"][0]["imageTags"], json!(["v1"]));
}

#[test]
fn immutable_tag_is_kept() {
    let server = server();
    let login = login(&server);
    let put = |bytes: &[u8]| http(&server, "PUT /v2/acme/web/manifests/v1", &login, bytes);
    let first = manifest(&server, &login, "one");
    assert_eq!(put(&first).0, 201);
    assert_eq!(put(&first).0, 201, "the same again is fine");
    let (status, _, body) = put(&manifest(&server, &login, "two"));
    assert_eq!(status, 400);
    assert!(String::from_utf8(body).unwrap().contains("TAG_INVALID"));
}

#[test]
fn registry_rejects_what_ecr_rejects() {
    let server = server();
    let (status, head, _) = http(&server, "GET /v2/", "", b"");
    assert_eq!(status, 401);
    assert!(head.contains("www-authenticate: basic realm="));
    let login = login(&server);
    assert_eq!(http(&server, "GET /v2/", &login, b"").0, 200);
    let (status, _, body) = http(&server, "POST /v2/nope/blobs/uploads/", &login, b"");
    assert_eq!(status, 404);
    assert!(String::from_utf8(body).unwrap().contains("NAME_UNKNOWN"));
    let unknown = json!({"config": {"digest": digest(b"never sent")}}).to_string();
    let (status, _, body) = http(
        &server,
        "PUT /v2/acme/web/manifests/x",
        &login,
        unknown.as_bytes(),
    );
    assert_eq!(status, 400);
    assert!(String::from_utf8(body).unwrap().contains("MANIFEST_BLOB_UNKNOWN"));
    let absent = json!({"repositoryName": "acme/web", "imageIds": [{"imageTag": "v9"}]});
    assert_eq!(
        refused(&server, "ecr DescribeImages", absent).1,
        "ImageNotFoundException"
    );
    let unknown = json!({"repositoryNames": ["nope"]});
    assert_eq!(
        refused(&server, "ecr DescribeRepositories", unknown).1,
        "RepositoryNotFoundException"
    );
}

#[test]
fn registry_can_fail() {
    let scenario = Scenario::parse(
        "
repositories: {acme/web: {}}
faults:
  - {operation: registry HeadManifest, nth: 1, throttle: true}
  - {operation: registry HeadManifest, nth: 2, deny: true}
  - {operation: registry HeadManifest, nth: 3, status: 500}
",
    );
    let server = Scripted::start(scenario);
    let login = login(&server);
    let head = || http(&server, "HEAD /v2/acme/web/manifests/x", &login, b"").0;
    assert_eq!([head(), head(), head(), head()], [429, 403, 500, 404]);
}
