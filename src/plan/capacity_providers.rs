//! The capacity providers that strategies name, and whether the cluster has them.

use indexmap::IndexMap;

use super::error::PlanError;
use crate::diagnostic::{Failure, Suggestion};
use crate::ecs::ClusterCapacity;
use crate::exit::Exit;
use crate::model::{Job, Manifest, Node, ServiceAction, ServicePlan, Value, cluster_name};

const STRATEGY: &str = "capacityProviderStrategy";
/// Fargate's own: "available to all accounts and only need to be associated with a cluster to be used" (ECS API,
/// CreateCluster, `capacityProviders`). AWS reports others that are missing.
const FARGATE: [&str; 2] = ["FARGATE", "FARGATE_SPOT"];

/// Whether a strategy of these services (keys) or of their jobs names one of Fargate's capacity providers: only then
/// matters which ones the cluster has.
pub fn names_fargate_provider(manifest: &Manifest, services: &[String]) -> bool {
    let mut services = services.iter().filter_map(|key| manifest.services.get(key));
    services.any(|service| {
        let jobs = service.jobs().filter_map(|name| manifest.jobs.get(name));
        let fields = std::iter::once(&service.fields).chain(jobs.map(|job| &job.fields));
        fields.flat_map(named).any(|name| FARGATE.contains(&name))
    })
}

/// Returns the capacity providers of the strategies that a plan sends, each once.
pub(super) fn sent(services: &[ServicePlan], jobs: &IndexMap<String, Job>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for service in services {
        let strategy = match &service.action {
            ServiceAction::Keep => None,
            ServiceAction::Create { input, .. } | ServiceAction::Update { input, .. } => input.get(STRATEGY),
        };
        let items = strategy.and_then(Value::as_array).into_iter().flatten();
        let of_service = items.filter_map(|item| item.get("capacityProvider")?.as_str());
        let runs = service.before_deploy.iter().chain(&service.after_deploy);
        let of_jobs = runs
            .filter_map(|name| jobs.get(name))
            .flat_map(|job| named(&job.fields));
        for name in of_service.chain(of_jobs) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// Returns the error for capacity providers of Fargate's that the cluster doesn't have: "A capacity provider must be
/// associated with a cluster before it can be […] used in a capacity provider strategy when calling the CreateService or
/// RunTask actions" (ECS API, CreateCluster, `capacityProviders`).
pub(super) fn not_associated(
    sent: &[String],
    capacity: &ClusterCapacity,
    cluster: &str,
    region: &str,
) -> Option<PlanError> {
    let is_missing = |name: &&String| FARGATE.contains(&name.as_str()) && !capacity.providers.contains(name);
    let missing: Vec<&str> = sent.iter().filter(is_missing).map(String::as_str).collect();
    if missing.is_empty() {
        return None;
    }
    let name = cluster_name(cluster);
    let message = format!("cluster {name} has no capacity provider {}", missing.join(", "));
    let failure = Failure::new(Exit::Preflight, "capacity-provider-not-associated", message).resource(name);
    // PutClusterCapacityProviders replaces both lists.
    let associated = capacity.providers.iter().map(String::as_str);
    let all: Vec<&str> = associated.chain(missing).collect();
    let default = match capacity.default_strategy.as_slice() {
        [] => "'[]'".to_owned(),
        items => items.join(" "),
    };
    let associate = format!(
        "aws ecs put-cluster-capacity-providers --cluster {name} --region {region} --capacity-providers {} \
         --default-capacity-provider-strategy {default} associates it; then ",
        all.join(" ")
    );
    Some(PlanError::Refused(
        failure.hint(Suggestion::from(associate).run("deploy", "")),
    ))
}

/// Returns the capacity providers that the members of a service or a job name.
fn named(fields: &Node) -> impl Iterator<Item = &str> {
    let items = fields.get(STRATEGY).and_then(Node::items).unwrap_or_default();
    items.iter().filter_map(|item| item.text_of("capacityProvider"))
}
