//! `images:` of what a workflow builds and puts into its task definitions.

use super::builds::WorkflowBuild;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::names::{ecs_name, repository_name};
use crate::init::open_values::OpenValues;
use crate::model::Value;

/// The images of a draft.
#[derive(Debug, Default)]
pub(super) struct WorkflowImages {
    found: Vec<WorkflowImage>,
}

/// An image that ecsctl is going to build. Marks stand for what only a deploy knows.
#[derive(Debug)]
struct WorkflowImage {
    key: String,
    /// The reference that the workflow puts in, and its tag.
    reference: ReferenceParts,
    build: WorkflowBuild,
    /// Whether the workflow says which build it is.
    is_sure: bool,
}

/// A reference in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct ReferenceParts {
    host: String,
    path: String,
    tag: String,
}

impl WorkflowImages {
    /// Returns the key of the image that takes the place of a reference; None if the workflow builds none.
    pub fn key_of(
        &mut self,
        reference: &str,
        container: &str,
        builds: &[WorkflowBuild],
        values: &OpenValues,
    ) -> Option<String> {
        let is_same = |image: &&WorkflowImage| {
            values.value_text(&image.reference.whole()) == values.value_text(reference)
        };
        if let Some(known) = self.found.iter().find(is_same) {
            return Some(known.key.clone());
        }
        let mut reference = ReferenceParts::of(reference, values);
        let path_of = |parts: &ReferenceParts| values.value_text(&parts.path);
        let is_of_build = |build: &&WorkflowBuild| {
            let mut tags = build.tags.iter().map(|tag| ReferenceParts::of(tag, values));
            tags.any(|tag| path_of(&tag) == path_of(&reference) && !tag.path.is_empty())
        };
        let build = builds.iter().find(is_of_build);
        let is_sure = build.is_some() || builds.len() == 1;
        let build = build.or(builds.first())?.clone();
        if !is_sure || builds.len() == 1 && !builds.iter().any(|build| is_of_build(&build)) {
            // What the workflow puts in is known by its build only.
            if let Some(tag) = build.tags.first() {
                reference = ReferenceParts::of(tag, values);
            }
        }
        let mut key = ecs_name(&values.value(container).literals(), "app");
        while self.found.iter().any(|image| image.key == key) {
            key.push_str("-2");
        }
        self.found.push(WorkflowImage {
            key: key.clone(),
            reference,
            build,
            is_sure,
        });
        Some(key)
    }

    /// Adds the images to `images:`. `root` is the path of the repository's root from deploy.yaml's folder.
    pub fn put(&self, images: &mut DraftMap, root: &str, values: &OpenValues) {
        for image in &self.found {
            let build = &image.build;
            if !image.is_sure {
                images.todo(format!(
                    "check the build: the workflow builds several images, this one at {}",
                    build.place
                ));
            }
            for option in &build.others {
                images.todo(format!(
                    "{}: the build's `{option}` isn't taken over",
                    build.place
                ));
            }
            let mut members = DraftMap::default();
            image.reference.put(&mut members, &image.key, values);
            members.put("build", build.draft(root));
            if !image.reference.tag.is_empty() {
                let tag = DraftValue::literal(&Value::from(image.reference.tag.as_str()));
                members.put("tags", DraftValue::List(vec![tag]));
            }
            images.put(&image.key, members);
        }
    }
}

impl ReferenceParts {
    fn of(reference: &str, values: &OpenValues) -> Self {
        let reference = reference.trim();
        let (host, path) = match reference.split_once('/') {
            Some((host, path)) if values.is_in(host) || host.contains(['.', ':']) => (host, path),
            _ => ("", reference),
        };
        let name = path.rsplit('/').next().unwrap_or(path);
        let (path, tag) = match name.find([':', '@']) {
            Some(at) => {
                let at = path.len() - name.len() + at;
                (&path[..at], path[at..].split('@').next().unwrap_or_default())
            }
            None => (path, ""),
        };
        Self {
            host: host.to_owned(),
            path: path.to_owned(),
            tag: tag.trim_start_matches(':').to_owned(),
        }
    }

    fn whole(&self) -> String {
        let host = if self.host.is_empty() {
            String::new()
        } else {
            format!("{}/", self.host)
        };
        let tag = if self.tag.is_empty() {
            String::new()
        } else {
            format!(":{}", self.tag)
        };
        format!("{host}{}{tag}", self.path)
    }

    /// Adds `repository:`: in the registry of the account, unless the workflow writes another one out.
    fn put(&self, members: &mut DraftMap, key: &str, values: &OpenValues) {
        let is_of_account = self.host.is_empty() || values.is_in(&self.host);
        let is_ecr = self.host.contains(".dkr.ecr.") || self.host == "public.ecr.aws";
        let repository = match (is_of_account, is_ecr) {
            _ if self.path.is_empty() => {
                members.todo("name the Amazon ECR repository");
                repository_name(key, "app")
            }
            (true, _) => self.path.clone(),
            (false, true) => format!("{}/{}", self.host, self.path),
            (false, false) => {
                members.todo(format!(
                    "name the Amazon ECR repository: the workflow pushes to {}",
                    self.host
                ));
                match values.is_in(&self.path) {
                    true => self.path.clone(),
                    false => repository_name(&self.path, "app"),
                }
            }
        };
        members.put("repository", DraftValue::literal(&Value::from(repository)));
    }
}
