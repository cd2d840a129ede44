//! The values that no output shows: credentials, and what deploy.yaml's names mark as secret.

mod dockerfiles;

use std::collections::BTreeSet;

use self::dockerfiles::dockerfile_secrets;
use crate::aws::Aws;
use crate::commands::Context;
use crate::config::{env_file_secrets, secrets, shown_names};
use crate::diagnostic::Failure;
use crate::engine::load::{FileContent, OpenedProject};
use crate::schema::secrets_in;
use crate::ui::hide;

/// The variables whose values are secret, whoever reads them.
const CREDENTIALS: [&str; 3] = [
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
];

/// Hides the credentials of the environment. AWS quotes the session token when a signature is wrong.
pub fn hide_credentials() {
    let values = CREDENTIALS.iter().filter_map(|name| variable(name));
    hide(values.flat_map(|value| secrets_in("SECRET", value.trim())));
}

/// Hides the keys of a session, wherever they came from.
pub async fn hide_session(aws: &Aws) {
    let values = aws.secret_values().await;
    hide(values.iter().flat_map(|value| secrets_in("SECRET", value)));
}

/// Hides what a file or the dotenv files keep secret, also where the file is invalid: errors quote it.
pub fn hide_opened<C: FileContent>(opened: &Result<OpenedProject<C>, Failure>, context: &Context) {
    match opened {
        Ok(opened) => hide_file(opened.loaded(), context),
        Err(_) => hide_env_files(None::<&C>, context),
    }
}

/// Hides the secrets of deploy.yaml and of the dotenv files, as far as they were read, unless `--show-values` is
/// given.
pub fn hide_file(loaded: &impl FileContent, context: &Context) {
    hide_env_files(Some(loaded), context);
    let manifest = loaded.manifest().filter(|_| !context.global.show_values);
    hide(manifest.into_iter().flat_map(|manifest| {
        let mut values = secrets(manifest, &variable);
        values.extend(dockerfile_secrets(manifest));
        values
    }));
}

/// Hides the values of `--env-file` and of the files that deploy.yaml names, unless `--show-values` is given.
fn hide_env_files(loaded: Option<&impl FileContent>, context: &Context) {
    if context.global.show_values {
        return;
    }
    let options = context.file_options().unwrap_or_default();
    let variables = options.env.iter();
    let mut variables: Vec<(String, String)> = variables
        .map(|(name, it)| (name.clone(), it.value.clone()))
        .collect();
    let mut names = Vec::new();
    if let Some(loaded) = loaded {
        variables.extend_from_slice(loaded.env_file_values());
        names = loaded.names().services.into_values().collect();
        names.push(loaded.cluster().to_owned());
        names.extend(loaded.manifest().map(shown_names).unwrap_or_default());
    }
    hide(env_file_secrets(&variables, &names));
}

/// Returns how to hide what Terraform marks as sensitive, unless `--show-values` is given.
pub fn sensitive(context: &Context) -> impl Fn(BTreeSet<String>) {
    let is_shown = context.global.show_values;
    move |values| {
        if !is_shown {
            hide(values.iter().flat_map(|value| secrets_in("SECRET", value)));
        }
    }
}

/// Hides secret values, also with `--show-values`.
pub fn hide_secrets(values: Vec<String>) {
    hide(values.iter().flat_map(|value| secrets_in("SECRET", value.trim())));
}

/// Hides the values of `--var` whose names mark them as secret, unless `--show-values` is given.
pub fn hide_vars(context: &Context) {
    if !context.global.show_values {
        let vars = context.global.vars.iter();
        hide(vars.flat_map(|var| secrets_in(&var.name, &var.value)));
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
