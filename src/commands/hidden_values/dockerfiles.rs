//! The secrets in the Dockerfiles of a file's images.

use crate::config::shown_names;
use crate::docker::dockerfile_at;
use crate::files;
use crate::model::{ImageSource, Manifest};
use crate::schema::secrets_in_dockerfile;

/// Returns the secret values in the Dockerfiles, as far as they can be read, except names that AWS shows.
pub(super) fn dockerfile_secrets(manifest: &Manifest) -> Vec<String> {
    let names = shown_names(manifest);
    let builds = manifest.images.values().filter_map(|image| match &image.source {
        ImageSource::Build(build) => Some(build),
        ImageSource::Given(_) => None,
    });
    let texts =
        builds.filter_map(|build| files::read(&dockerfile_at(&build.dockerfile), files::MAX_CONFIG).ok());
    texts
        .flat_map(|text| secrets_in_dockerfile(&String::from_utf8_lossy(&text)))
        .filter(|secret| !names.iter().any(|name| name.contains(secret)))
        .collect()
}
