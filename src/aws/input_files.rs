//! Checks the files that the SDK reads by itself: it would wait for a pipe on the event loop, and read a device
//! until the memory is full. The AWS CLI takes only regular files, too, and behaves as if others didn't exist (botocore/configloader.py, `raw_config_parse`).

use std::io::ErrorKind;
use std::path::PathBuf;

use aws_config::profile::ProfileSet;

use super::settings::Environment;
use super::setup_error::SetupError;
use crate::files;

/// The variables that name files, and the files that are read without them.
const FILES: [(&str, Option<&str>); 4] = [
    ("AWS_CONFIG_FILE", Some("~/.aws/config")),
    ("AWS_SHARED_CREDENTIALS_FILE", Some("~/.aws/credentials")),
    ("AWS_WEB_IDENTITY_TOKEN_FILE", None),
    ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", None),
];

const EXPECTED: &str = "a regular file of at most 4 MB";

/// Checks the files that variables name, and the profile files.
pub(super) fn check(env: Environment<'_>) -> Result<(), SetupError> {
    for (variable, otherwise) in FILES {
        let path = env(variable).map(|path| (path, variable));
        let path = path.or_else(|| otherwise.map(|path| (path.to_owned(), path)));
        if let Some((path, from)) = path {
            check_file(&path, from)?;
        }
    }
    Ok(())
}

/// Checks the token files that profiles name.
pub(super) fn check_tokens(profiles: &ProfileSet) -> Result<(), SetupError> {
    let sections = profiles.profiles().filter_map(|name| profiles.get_profile(name));
    for path in sections.filter_map(|section| section.get("web_identity_token_file")) {
        check_file(path, "a profile's `web_identity_token_file`")?;
    }
    Ok(())
}

/// Checks the sessions that `aws sso login` and `aws login` leave (botocore/tokens.py, `_SSO_TOKEN_CACHE_DIR`; AWS
/// SDKs reference guide, "Login credential provider").
pub(super) fn check_logins(env: Environment<'_>) -> Result<(), SetupError> {
    let home = std::env::home_dir().unwrap_or_default();
    let of_login = env("AWS_LOGIN_CACHE_DIRECTORY").map(PathBuf::from);
    let folders = [
        home.join(".aws/sso/cache"),
        of_login.unwrap_or_else(|| home.join(".aws/login/cache")),
    ];
    // Without the folder, nobody has logged in: the SDK says so.
    let entries = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok());
    for entry in entries.flatten().flatten() {
        let path = entry.path();
        if let Err(ErrorKind::InvalidInput | ErrorKind::FileTooLarge) =
            files::check(&path, files::MAX_CONFIG).map_err(|error| error.kind())
        {
            return Err(SetupError::invalid_setting(
                &path.display().to_string(),
                EXPECTED,
                "the AWS CLI's cached logins",
                "remove it, and log in again",
            ));
        }
    }
    Ok(())
}

/// Checks a file that exists. Whether it must exist is the SDK's to say.
fn check_file(path: &str, from: &'static str) -> Result<(), SetupError> {
    let home = std::env::home_dir().unwrap_or_default();
    let absolute = path
        .strip_prefix("~/")
        .map_or_else(|| PathBuf::from(path), |rest| home.join(rest));
    match files::check(&absolute, files::MAX_CONFIG) {
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::FileTooLarge) => Err(
            SetupError::invalid_setting(path, EXPECTED, from, "copy it to a file, and name that one"),
        ),
        _ => Ok(()),
    }
}
