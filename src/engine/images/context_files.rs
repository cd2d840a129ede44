//! Lists the files that builds would send to Docker.

use super::at_build_source;
use crate::config::LoadedFile;
use crate::diagnostic::Failure;
use crate::docker::BuildContext;
use crate::model::ImageSource;

/// The files of one image's build context.
pub struct ContextFiles {
    /// The image's key in deploy.yaml.
    pub image: String,
    /// Paths and sizes in bytes.
    pub files: Vec<(String, u64)>,
}

/// Returns the build contexts of the images with these keys.
pub fn context_files(loaded: &LoadedFile, keys: &[String]) -> Result<Vec<ContextFiles>, Failure> {
    let images = loaded.manifest.images.values();
    let mut listed = Vec::new();
    for image in images.filter(|image| keys.contains(&image.name)) {
        if let ImageSource::Build(build) = &image.source {
            let files = BuildContext::open(&image.name, &build.context, &build.dockerfile)
                .and_then(|context| context.list())
                .map_err(|error| at_build_source(error.into(), [image], &loaded.sources))?;
            listed.push(ContextFiles {
                image: image.name.clone(),
                files,
            });
        }
    }
    Ok(listed)
}
