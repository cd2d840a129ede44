//! `images:` of a draft: those that something else builds and fills in today.

use super::draft::DraftMap;
use super::names::{ecs_name, repository_name};
use super::placeholder::placeholder;
use crate::model::ImageReference;

/// The images of a draft.
#[derive(Debug, Default)]
pub(super) struct DraftImages {
    found: Vec<DraftImage>,
}

/// An image that ecsctl is going to build.
#[derive(Debug)]
struct DraftImage {
    key: String,
    repository: String,
    /// What the source has in its place.
    written: String,
}

impl DraftImages {
    /// Returns the reference to the image that takes the place of a text; None if the text is an image's reference
    /// as it is.
    pub fn replace(&mut self, written: &str, container: &str) -> Option<String> {
        if placeholder(written).is_none() && written.trim().parse::<ImageReference>().is_ok() {
            return None;
        }
        if let Some(known) = self.found.iter().find(|image| image.written == written) {
            return Some(format!("${{images.{}}}", known.key));
        }
        let key = self.unused_key(&ecs_name(container, "app"));
        let repository = repository_in(written).unwrap_or_else(|| repository_name(&key, "app"));
        self.found.push(DraftImage {
            key: key.clone(),
            repository,
            written: written.to_owned(),
        });
        Some(format!("${{images.{key}}}"))
    }

    fn unused_key(&self, wanted: &str) -> String {
        let is_used = |key: &str| self.found.iter().any(|image| image.key == key);
        let mut key = wanted.to_owned();
        while is_used(&key) {
            key.push_str("-2");
        }
        key
    }

    /// Returns `images:`, if there are any.
    pub fn draft(&self) -> Option<DraftMap> {
        let mut images = DraftMap::default();
        for image in &self.found {
            images.todo(format!(
                "name the Amazon ECR repository, and the folder to build: the image was `{}`",
                image.written
            ));
            let mut members = DraftMap::default();
            members.put("repository", image.repository.as_str());
            members.put("build", ".");
            images.put(&image.key, members);
        }
        (!images.is_empty()).then_some(images)
    }
}

/// Returns the repository that is written out between placeholders: `shop/web` of `${REGISTRY}/shop/web:${TAG}`.
pub(super) fn repository_in(written: &str) -> Option<String> {
    let (_, path) = written.split_once('/')?;
    let path = path.split([':', '@']).next().unwrap_or_default();
    let is_whole = placeholder(path).is_none() && path == repository_name(path, "");
    (is_whole && !path.is_empty()).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_become_images() {
        let mut images = DraftImages::default();
        assert_eq!(images.replace("nginx:1.27", "web"), None);
        let web = images.replace("<IMAGE1_NAME>", "web");
        assert_eq!(web.as_deref(), Some("${images.web}"));
        assert_eq!(images.replace("<IMAGE1_NAME>", "worker"), web);
        let other = images.replace("${REGISTRY}/shop/web:${TAG}", "web");
        assert_eq!(other.as_deref(), Some("${images.web-2}"));
        let repositories: Vec<&str> = images.found.iter().map(|it| it.repository.as_str()).collect();
        assert_eq!(repositories, ["web", "shop/web"]);
    }
}
