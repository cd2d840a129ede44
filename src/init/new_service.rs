//! `init` without a source: a new service, from a folder with a Dockerfile.

use super::draft::{Draft, DraftMap, DraftValue};
use super::head::DraftHead;
use super::names::{ecs_name, repository_name};
use super::task_definition::network;

/// What a new service is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewService {
    /// Its name.
    pub name: String,
    /// The port that its container listens on; None if it listens on none.
    pub port: Option<u16>,
    /// Whether the folder has a Dockerfile.
    pub has_dockerfile: bool,
}

impl NewService {
    /// Whether ECS accepts it as the name of a service or a cluster (ECS API, CreateService, `serviceName`).
    pub fn is_name(text: &str) -> bool {
        ecs_name(text, "") == text && !text.is_empty()
    }

    /// Returns the name of a service in a folder.
    pub fn name_in(folder: &str) -> String {
        ecs_name(folder, "app")
    }

    /// Drafts a file that builds the folder's image and runs it on Fargate.
    pub fn draft(&self, head: &DraftHead) -> Draft {
        let name = &self.name;
        let mut root = head.begin("this folder");
        root.put("images", self.images());
        let mut service = DraftMap::default();
        service.put("taskDefinition", self.definition());
        network(&mut service);
        let mut services = DraftMap::default();
        services.put(name, service);
        root.put("services", services);
        Draft {
            root,
            services: vec![name.clone()],
        }
    }

    fn images(&self) -> DraftMap {
        let mut image = DraftMap::default();
        image.put("repository", repository_name(&self.name, "app").as_str());
        if !self.has_dockerfile {
            image.todo("write a Dockerfile: there is none in this folder");
        }
        image.put("build", ".");
        let mut images = DraftMap::default();
        images.put(&self.name, image);
        images
    }

    fn definition(&self) -> DraftMap {
        let mut container = DraftMap::default();
        container.put("image", format!("${{images.{}}}", self.name).as_str());
        match self.port {
            Some(port) => {
                let mut mapping = DraftMap::default();
                mapping.put("containerPort", i64::from(port));
                container.put("portMappings", DraftValue::List(vec![mapping.into()]));
            }
            None => {
                container.todo("name the port that the program listens on, if it does");
                container.sample(&["portMappings: [{containerPort: 8080}]"]);
            }
        }
        let mut containers = DraftMap::default();
        containers.put(&self.name, container);
        let mut definition = DraftMap::default();
        definition.put("cpu", 256);
        definition.put("memory", 512);
        definition.todo("set the task execution role, with which ECS pulls the image and writes logs");
        let role = "arn:aws:iam::${aws.account}:role/ecsTaskExecutionRole";
        definition.put("executionRoleArn", role);
        definition.put("containerDefinitions", containers);
        definition
    }
}
