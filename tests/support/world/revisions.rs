//! Service revisions: the configuration of each deployment.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::base::merge;
use super::service::{Deployment, Revision, Service};
use super::task::containers_of;
use super::{World, missing};
use crate::support::protocol::{Answer, Call};

impl Service {
    /// Stores a deployment's service revision, with the digests of its images.
    pub fn remember(&mut self, deployment: &Deployment, digests: IndexMap<String, String>) {
        if self
            .revisions
            .iter()
            .any(|known| known.number == deployment.number())
        {
            return;
        }
        let mut settings: serde_json::Map<String, Value> =
            ["loadBalancers", "serviceRegistries", "networkConfiguration"]
                .iter()
                .filter_map(|member| Some(((*member).to_owned(), self.settings.get(*member)?.clone())))
                .collect();
        settings.extend(deployment.settings.clone());
        self.revisions.push(Revision {
            number: deployment.number().to_owned(),
            task_definition: deployment.task_definition.clone(),
            created_at: deployment.created_at.clone(),
            settings,
            digests,
        });
    }
}

impl World {
    /// Resolves the tags of a task definition's images, as ECS does when a deployment starts; a tag of an index
    /// to the index. Only images in the repositories here are known, whatever their host.
    pub(super) fn digests(&self, definition: &str) -> IndexMap<String, String> {
        let containers = containers_of(self, definition);
        let digest = |container: &Value| {
            let (_, named) = container["image"].as_str()?.split_once('/')?;
            let (repository, tag) = named.split_once(':').unwrap_or((named, "latest"));
            let digest = self.repositories.all.get(repository)?.tags.get(tag)?;
            Some((container["name"].as_str()?.to_owned(), digest.clone()))
        };
        containers.iter().filter_map(digest).collect()
    }

    pub(super) fn describe_service_revisions(&mut self, call: &Call) -> Answer {
        let (mut found, mut failures) = (Vec::new(), Vec::new());
        for arn in call.texts("serviceRevisionArns") {
            let shown = self.services.values().find_map(|service| {
                let of = |revision: &&Revision| service.revision_of(&revision.number, &self.base) == arn;
                let revision = service.revisions.iter().find(of)?;
                Some(self.revision_value(service, revision, &arn))
            });
            match shown {
                Some(shown) => found.push(shown),
                None => failures.push(missing(arn)),
            }
        }
        Ok(json!({"serviceRevisions": found, "failures": failures}))
    }

    fn revision_value(&self, service: &Service, revision: &Revision, arn: &str) -> Value {
        let images = containers_of(self, &revision.task_definition)
            .iter()
            .map(|container| {
                let mut image = json!({"containerName": container["name"], "image": container["image"]});
                let named = container["image"].as_str().unwrap_or_default();
                let name = container["name"].as_str().unwrap_or_default();
                if let Some((_, digest)) = named.split_once('@') {
                    image["imageDigest"] = digest.into();
                } else if let Some(digest) = revision.digests.get(name) {
                    image["imageDigest"] = digest.as_str().into();
                }
                image
            })
            .collect::<Value>();
        let mut value = json!({
            "serviceRevisionArn": arn,
            "serviceArn": self.base.arn(&service.path()),
            "clusterArn": self.base.arn(&format!("cluster/{}", service.cluster)),
            "taskDefinition": revision.task_definition,
            "containerImages": images,
            "guardDutyEnabled": false,
            "createdAt": revision.created_at,
        });
        merge(&mut value, &Value::Object(revision.settings.clone()));
        value
    }
}
