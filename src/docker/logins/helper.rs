//! Runs a credential helper (github.com/docker/docker-credential-helpers): a program that gets a registry on stdin
//! and prints its login.

use std::io;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use serde::Deserialize;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use super::DockerCredentials;

/// Time for a helper to answer; one may ask a person to unlock a keychain.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);
/// What a helper says of a registry that it has no login for (`credentials.errCredentialsNotFoundMessage`).
const NOT_FOUND: &str = "credentials not found in native keychain";
/// The user name that marks an identity token (docs.docker.com, `docker login`, "Credential helper protocol").
const TOKEN: &str = "<token>";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct HelperLogin {
    username: String,
    secret: String,
}

/// Asks a helper, a program that `config` names, for a login. An error says which helper failed, and how.
pub(super) async fn ask(
    program: &str,
    server: &str,
    config: &Path,
    patience: Duration,
) -> Result<Option<DockerCredentials>, String> {
    let output = match tokio::time::timeout(patience, run(program, server)).await {
        Ok(Ok(output)) => output,
        Ok(Err(error)) if error.kind() == io::ErrorKind::NotFound => {
            return Err(format!(
                "the credential helper `{program}` is not in PATH ({} names it)",
                config.display()
            ));
        }
        Ok(Err(error)) => {
            return Err(format!(
                "the credential helper `{program}` can't be started: {error}"
            ));
        }
        Err(_) => {
            return Err(format!(
                "the credential helper `{program}` did not answer in {} s",
                patience.as_secs()
            ));
        }
    };
    login(&output).map_err(|why| format!("the credential helper `{program}` {why}"))
}

async fn run(program: &str, server: &str) -> io::Result<Output> {
    let mut child = Command::new(program)
        .arg("get")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // One that fails before it reads says why on its own.
        let _ = stdin.write_all(server.as_bytes()).await;
    }
    child.wait_with_output().await
}

/// Reads what a helper printed.
fn login(output: &Output) -> Result<Option<DockerCredentials>, String> {
    if !output.status.success() {
        // Most helpers print errors on stdout.
        let text = [&output.stderr, &output.stdout]
            .map(|bytes| String::from_utf8_lossy(bytes).trim().to_owned())
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default();
        if text.contains(NOT_FOUND) {
            return Ok(None);
        }
        return Err(format!("failed ({}): {text}", output.status));
    }
    let found: HelperLogin = serde_json::from_slice(&output.stdout)
        .map_err(|_| "printed something that is no login".to_owned())?;
    Ok(Some(match found.username.as_str() {
        TOKEN => DockerCredentials::IdentityToken(found.secret.into()),
        _ => DockerCredentials::Password {
            username: found.username,
            password: found.secret.into(),
        },
    }))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// Asks a helper that is this script.
    async fn asked(script: &str, patience: Duration) -> Result<Option<DockerCredentials>, String> {
        let folder = tempfile::tempdir().unwrap();
        let (text, program) = (folder.path().join("text"), folder.path().join("helper"));
        std::fs::write(&text, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&text, std::fs::Permissions::from_mode(0o755)).unwrap();
        // Another process writes it: a file that a child of this one still holds open for writing can't be run.
        let copied = std::process::Command::new("cp").arg(&text).arg(&program).status();
        assert!(copied.unwrap().success());
        ask(program.to_str().unwrap(), "registry:1", Path::new("c"), patience).await
    }

    #[tokio::test]
    async fn a_helper_gets_the_registry_and_prints_a_login() {
        let script = r#"read server; echo "{\"Username\": \"$1-$server\", \"Secret\": \"s\"}""#;
        let Ok(Some(DockerCredentials::Password { username, .. })) = asked(script, PATIENCE).await else {
            panic!("a login");
        };
        assert_eq!(username, "get-registry:1");
        let script = r#"echo '{"Username": "<token>", "Secret": "s"}'"#;
        let token = asked(script, PATIENCE).await;
        assert!(matches!(token, Ok(Some(DockerCredentials::IdentityToken(_)))));
    }

    #[tokio::test]
    async fn a_helper_that_fails_is_quoted() {
        let failed = asked("echo out; echo the vault is sealed >&2; exit 3", PATIENCE).await;
        let failed = failed.unwrap_err();
        assert!(
            failed.contains("exit status: 3") && failed.ends_with(": the vault is sealed"),
            "{failed}"
        );
        let failed = asked("echo locked; exit 1", PATIENCE).await.unwrap_err();
        assert!(failed.ends_with(": locked"), "{failed}");
        assert!(matches!(
            asked(&format!("echo {NOT_FOUND}; exit 1"), PATIENCE).await,
            Ok(None)
        ));
        let failed = asked("echo s3cret", PATIENCE).await.unwrap_err();
        assert!(!failed.contains("s3cret"), "{failed}");
    }

    #[tokio::test]
    async fn a_missing_helper_is_named() {
        let missing = ask(
            "docker-credential-of-nobody",
            "h",
            Path::new("/c/config.json"),
            PATIENCE,
        )
        .await;
        assert_eq!(
            missing.unwrap_err(),
            "the credential helper `docker-credential-of-nobody` is not in PATH (/c/config.json names it)"
        );
    }

    #[tokio::test]
    async fn a_helper_that_hangs_is_ended() {
        let hung = asked("exec sleep 1000", Duration::ZERO).await.unwrap_err();
        assert!(hung.ends_with("did not answer in 0 s"), "{hung}");
    }
}
