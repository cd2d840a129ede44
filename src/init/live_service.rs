//! `init --service`: a service that exists.

use super::definition::{DefinitionContext, definition};
use super::draft::{Draft, DraftMap, DraftValue};
use super::draft_images::DraftImages;
use super::head::DraftHead;
use super::launch_members::has_fargate_defaults;
use crate::ecs::{Service, TaskDefinition};
use crate::plan::{described_definition, described_service};

/// Drafts a file in which this service changes nothing.
pub fn from_service(service: &Service, running: &TaskDefinition, head: &DraftHead) -> Draft {
    let members = described_service(service);
    let input = described_definition(running);
    let context = DefinitionContext {
        service: &service.name,
        has_fargate_defaults: has_fargate_defaults(&members, &input),
        is_launch_open: false,
        origin: "the task definition",
        is_live: true,
        values: None,
    };
    let mut drafted = DraftMap::default();
    let definition = definition(&input, &context, &mut DraftImages::default());
    drafted.put("taskDefinition", definition);
    for (member, value) in &members {
        drafted.put(member, DraftValue::literal(value));
    }
    if service.is_code_deploy() {
        drafted.todo(
            "name the CodeDeploy application and deployment group under `codeDeploy`, unless they have the names of \
             the AWS CLI: AppECS-CLUSTER-SERVICE and DgpECS-CLUSTER-SERVICE",
        );
        drafted.sample(&["codeDeploy: {applicationName: …, deploymentGroupName: …}"]);
    }
    let mut services = DraftMap::default();
    services.put(&service.name, drafted);
    let mut root = head.begin(&format!("the service {}", service.name));
    root.put("services", services);
    Draft {
        root,
        services: vec![service.name.clone()],
    }
}
