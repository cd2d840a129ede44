//! The dependencies between services (`dependsOn`).

use super::error::PlanError;
use crate::model::ServicePlan;

/// Fails where services depend on each other in a circle. A dependency that isn't part of the plan is not waited for.
pub(super) fn check(services: &[ServicePlan]) -> Result<(), PlanError> {
    let mut resolved: Vec<&str> = Vec::new();
    while resolved.len() < services.len() {
        let is_ready = |service: &&ServicePlan| {
            !resolved.contains(&service.key.as_str())
                && dependencies(service, services).all(|key| resolved.contains(&key))
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

fn dependencies<'a>(service: &'a ServicePlan, all: &'a [ServicePlan]) -> impl Iterator<Item = &'a str> {
    let keys = service.depends_on.iter().map(String::as_str);
    keys.filter(|key| all.iter().any(|other| other.key == *key))
}

/// Follows the first unresolved dependency until a service comes up again.
fn circle(services: &[ServicePlan], resolved: &[&str]) -> PlanError {
    let mut path: Vec<String> = Vec::new();
    let mut at = services
        .iter()
        .find(|service| !resolved.contains(&service.key.as_str()));
    while let Some(service) = at {
        if let Some(start) = path.iter().position(|key| *key == service.key) {
            path.push(service.key.clone());
            return PlanError::Circle {
                circle: path.split_off(start),
            };
        }
        path.push(service.key.clone());
        let next = dependencies(service, services).find(|key| !resolved.contains(key));
        at = next.and_then(|key| services.iter().find(|service| service.key == key));
    }
    PlanError::Circle { circle: path }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DefinitionPlan, ServiceAction};

    fn plan(services: &[(&str, &[&str])]) -> Vec<ServicePlan> {
        let services = services.iter().map(|(key, depends_on)| ServicePlan {
            key: (*key).to_owned(),
            name: (*key).to_owned(),
            definition: DefinitionPlan::Keep { arn: String::new() },
            action: ServiceAction::Keep,
            depends_on: depends_on.iter().map(|key| (*key).to_owned()).collect(),
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
        assert_eq!(check(&services), Ok(()));
        assert_eq!(check(&[]), Ok(()));
    }

    #[test]
    fn a_circle_is_named() {
        let error = check(&plan(&[("ok", &[]), ("a", &["b"]), ("b", &["c"]), ("c", &["b"])])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "services depend on each other in a circle: b -> c -> b"
        );
        let error = check(&plan(&[("a", &["a"])])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "services depend on each other in a circle: a -> a"
        );
    }
}
