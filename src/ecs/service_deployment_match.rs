//! Matches service deployments with deployments.

use super::service_deployment::ServiceDeployment;

impl ServiceDeployment {
    /// Whether it deploys the service revision of deployment `id`, matching `ecs-svc/N` with
    /// `…:service-revision/…/N` (as Terraform's provider does).
    pub fn aims_at(&self, id: &str) -> bool {
        let (Some(target), Some((_, number))) = (&self.target_revision, id.rsplit_once('/')) else {
            return false;
        };
        !number.is_empty() && target.rsplit_once('/').is_some_and(|(_, last)| last == number)
    }
}
