//! The dependencies between services (`dependsOn`).

use super::error::{PlanError, dependency_circle};
use crate::model::ServicePlan;

/// Returns an error if services depend on each other in a cycle. Dependencies outside of the plan are not
/// waited for.
pub(super) fn check(services: &[ServicePlan]) -> Result<(), PlanError> {
    let mut resolved: Vec<&str> = Vec::new();
    while resolved.len() < services.len() {
        let is_ready = |service: &&ServicePlan| {
            !resolved.contains(&service.key.as_str())
                && dependencies(service, services).all(|it| resolved.contains(&it.key.as_str()))
        };
        let ready: Vec<&str> = services
            .iter()
            .filter(is_ready)
            .map(|it| it.key.as_str())
            .collect();
        if ready.is_empty() {
            return Err(circle(services, &resolved));
        }
        resolved.extend(ready);
    }
    Ok(())
}

/// Returns the services of the plan that a service waits for.
pub fn dependencies<'a>(
    service: &'a ServicePlan,
    all: &'a [ServicePlan],
) -> impl Iterator<Item = &'a ServicePlan> {
    let keys = service.depends_on.iter();
    keys.filter_map(|key| all.iter().find(|other| other.key == *key))
}

/// Follows the first unresolved dependency until a service is repeated.
fn circle(services: &[ServicePlan], resolved: &[&str]) -> PlanError {
    let mut path: Vec<String> = Vec::new();
    let mut at = services
        .iter()
        .find(|service| !resolved.contains(&service.key.as_str()));
    while let Some(service) = at {
        if let Some(start) = path.iter().position(|key| *key == service.key) {
            path.push(service.key.clone());
            return dependency_circle(&path.split_off(start));
        }
        path.push(service.key.clone());
        at = dependencies(service, services).find(|it| !resolved.contains(&it.key.as_str()));
    }
    dependency_circle(&path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DefinitionPlan, ServiceAction};

    fn plan(services: &[(&str, &[&str])]) -> Vec<ServicePlan> {
        let services = services.iter().map(|(key, depends_on)| ServicePlan {
            rollout: None,
            key: (*key).to_owned(),
            name: (*key).to_owned(),
            definition: DefinitionPlan::Keep { arn: String::new() },
            action: ServiceAction::Keep,
            scaling: None,
            schedules: Vec::new(),
            depends_on: depends_on.iter().map(|key| (*key).to_owned()).collect(),
            changed_secrets: Vec::new(),
            before_deploy: Vec::new(),
            code_deploy: None,
            after_deploy: Vec::new(),
        });
        services.collect()
    }

    #[test]
    fn services_may_depend_on_each_other_and_on_others() {
        let services = plan(&[
            ("web", &["api", "cache"]),
            ("api", &["db"]),
            ("db", &[]),
            ("cache", &[]),
            ("cron", &["gone"]),
        ]);
        assert!(check(&services).is_ok());
        let waits_for = services.iter().map(|service| {
            let keys = dependencies(service, &services).map(|it| it.key.as_str());
            keys.collect::<Vec<_>>()
        });
        let expected: [&[&str]; 5] = [&["api", "cache"], &["db"], &[], &[], &[]];
        assert_eq!(waits_for.collect::<Vec<_>>(), expected);
        assert!(check(&[]).is_ok());
    }

    #[test]
    fn a_circle_is_named() {
        let error = check(&plan(&[("ok", &[]), ("a", &["b"]), ("b", &["c"]), ("c", &["b"])])).unwrap_err();
        assert_eq!(error.to_string(), "services depend on each other: b -> c -> b");
        let error = check(&plan(&[("a", &["a"])])).unwrap_err();
        assert_eq!(error.to_string(), "services depend on each other: a -> a");
    }
}
