//! Which services go together, and which wait for others.

use super::error::PlanError;
use crate::model::{Plan, ServicePlan};

/// Services, by their place in the plan, in waves: each wave may begin when all before it are stable. A dependency
/// that isn't part of the plan is not waited for.
pub fn waves(plan: &Plan) -> Result<Vec<Vec<usize>>, PlanError> {
    let services = &plan.services;
    let mut waves: Vec<Vec<usize>> = Vec::new();
    let mut done: Vec<&str> = Vec::new();
    while done.len() < services.len() {
        let ready: Vec<usize> = (0..services.len())
            .filter(|at| !done.contains(&services[*at].key.as_str()))
            .filter(|at| waits_for(&services[*at], services).all(|key| done.contains(&key)))
            .collect();
        if ready.is_empty() {
            return Err(circle(services, &done));
        }
        done.extend(ready.iter().map(|at| services[*at].key.as_str()));
        waves.push(ready);
    }
    Ok(waves)
}

fn waits_for<'a>(service: &'a ServicePlan, all: &'a [ServicePlan]) -> impl Iterator<Item = &'a str> {
    let keys = service.depends_on.iter().map(String::as_str);
    keys.filter(|key| all.iter().any(|other| other.key == *key))
}

/// Follows the first dependency that isn't done until a service comes up again.
fn circle(services: &[ServicePlan], done: &[&str]) -> PlanError {
    let mut path: Vec<String> = Vec::new();
    let mut at = services
        .iter()
        .find(|service| !done.contains(&service.key.as_str()));
    while let Some(service) = at {
        if let Some(start) = path.iter().position(|key| *key == service.key) {
            path.push(service.key.clone());
            return PlanError::Circle {
                circle: path.split_off(start),
            };
        }
        path.push(service.key.clone());
        let next = waits_for(service, services).find(|key| !done.contains(key));
        at = next.and_then(|key| services.iter().find(|service| service.key == key));
    }
    PlanError::Circle { circle: path }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DefinitionPlan, ServiceAction};

    fn plan(services: &[(&str, &[&str])]) -> Plan {
        let services = services.iter().map(|(key, depends_on)| ServicePlan {
            key: (*key).to_owned(),
            name: (*key).to_owned(),
            definition: DefinitionPlan::Keep { arn: String::new() },
            action: ServiceAction::Keep,
            depends_on: depends_on.iter().map(|key| (*key).to_owned()).collect(),
        });
        Plan {
            cluster: String::new(),
            create_cluster: false,
            region: String::new(),
            account: None,
            images: Vec::new(),
            log_groups: Vec::new(),
            services: services.collect(),
            warnings: Vec::new(),
        }
    }

    #[test]
    fn services_wait_for_what_they_depend_on() {
        let plan = plan(&[
            ("web", &["api", "cache"]),
            ("api", &["db"]),
            ("db", &[]),
            ("cache", &[]),
            ("cron", &["gone"]),
        ]);
        assert_eq!(waves(&plan).unwrap(), [vec![2, 3, 4], vec![1], vec![0]]);
    }

    #[test]
    fn a_circle_is_named() {
        let error = waves(&plan(&[("ok", &[]), ("a", &["b"]), ("b", &["c"]), ("c", &["b"])])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "services depend on each other in a circle: b -> c -> b"
        );
        let error = waves(&plan(&[("a", &["a"])])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "services depend on each other in a circle: a -> a"
        );
    }

    #[test]
    fn nothing_has_no_waves() {
        assert!(waves(&plan(&[])).unwrap().is_empty());
    }
}
