//! Responses that contradict themselves or each other. None of them proves a success.

use std::collections::HashMap;

use crate::ecs::Service;

/// The task definition of each deployment as first seen: a deployment keeps its own (API reference: Deployment,
/// `taskDefinition`).
#[derive(Clone, Debug, Default)]
pub(super) struct SeenDefinitions(HashMap<String, String>);

impl SeenDefinitions {
    /// Records the deployments of a response, and returns what it contradicts, if anything.
    pub fn contradiction(&mut self, service: &Service) -> Option<&'static str> {
        let mut is_changed = false;
        for deployment in &service.deployments {
            if let Some(definition) = deployment.short_definition() {
                let seen = self.0.entry(deployment.id.clone()).or_insert(definition.clone());
                is_changed |= *seen != definition;
            }
        }
        let changed = is_changed.then_some("a deployment whose task definition changed");
        service.contradiction().or(changed)
    }
}
