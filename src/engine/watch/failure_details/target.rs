//! Matches targets of a target group to tasks, and finds unhealthy targets.

use crate::ecs::{TargetGroup, Task};
use crate::model::FailureTarget;

/// Finds the target of a task: by the task's address and the group's port or, if targets use the instance's
/// address, which the task doesn't show, by a host port that only one target has.
pub fn of_task(task: &Task, group: &TargetGroup, targets: &[FailureTarget]) -> Option<FailureTarget> {
    if !task.addresses.is_empty() {
        let is_it = |it: &&FailureTarget| {
            task.addresses.contains(&it.id)
                && (it.port.is_none() || group.port.is_none() || it.port == group.port)
        };
        return targets.iter().find(is_it).cloned();
    }
    let ports = task
        .containers
        .iter()
        .filter(|it| group.container.as_ref().is_none_or(|name| *name == it.name))
        .flat_map(|it| &it.host_ports);
    let mut matching = targets
        .iter()
        .filter(|it| ports.clone().any(|port| it.port == Some(*port)));
    match (matching.next(), matching.next()) {
        (Some(only), None) => Some(only.clone()),
        _ => None,
    }
}

/// Whether a target is unhealthy. Draining targets don't count: they were deregistered on purpose.
/// (Elastic Load Balancing API reference: TargetHealth.)
pub fn is_not_healthy(target: &FailureTarget) -> bool {
    !matches!(
        target.state.as_deref(),
        None | Some("healthy" | "draining" | "unhealthy.draining")
    )
}

/// Groups the unhealthy targets by reason, with counts.
pub fn kinds(targets: Vec<FailureTarget>) -> Vec<(FailureTarget, u64)> {
    let mut kinds: Vec<(FailureTarget, u64)> = Vec::new();
    for target in targets.into_iter().filter(is_not_healthy) {
        match kinds.iter_mut().find(|(known, _)| known.is_like(&target)) {
            Some((_, count)) => *count += 1,
            None => kinds.push((target, 1)),
        }
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ecs::Container;

    fn group() -> TargetGroup {
        TargetGroup {
            arn: "arn:tg".to_owned(),
            container: Some("web".to_owned()),
            port: Some(8080),
        }
    }

    fn targets(rows: &[(&str, u16, &str)]) -> Vec<FailureTarget> {
        rows.iter()
            .map(|(id, port, state)| FailureTarget {
                group: group().arn,
                id: (*id).to_owned(),
                port: Some(*port),
                state: Some((*state).to_owned()),
                ..FailureTarget::default()
            })
            .collect()
    }

    #[test]
    fn a_task_with_an_address_is_matched_by_address_and_port() {
        let task = Task {
            addresses: vec!["10.0.1.17".to_owned()],
            ..Task::default()
        };
        let all = targets(&[
            ("10.0.1.16", 8080, "healthy"),
            ("10.0.1.17", 9090, "healthy"),
            ("10.0.1.17", 8080, "unhealthy"),
        ]);
        let found = of_task(&task, &group(), &all).unwrap();
        assert_eq!(found.state.as_deref(), Some("unhealthy"));
        assert_eq!(of_task(&task, &group(), &all[..1]), None);
    }

    #[test]
    fn a_task_on_an_instance_is_matched_by_a_unique_host_port() {
        let container = Container {
            name: "web".to_owned(),
            host_ports: vec![32768],
            ..Container::default()
        };
        let task = Task {
            containers: vec![container],
            ..Task::default()
        };
        let one = targets(&[("i-1", 32768, "unhealthy"), ("i-1", 32769, "healthy")]);
        assert_eq!(of_task(&task, &group(), &one).unwrap().port, Some(32768));
        let two = targets(&[("i-1", 32768, "unhealthy"), ("i-2", 32768, "healthy")]);
        assert_eq!(
            of_task(&task, &group(), &two),
            None,
            "ambiguous: both have the port"
        );
    }

    #[test]
    fn unhealthy_targets_are_counted_by_reason() {
        let all = targets(&[
            ("a", 1, "unhealthy"),
            ("b", 1, "unhealthy"),
            ("c", 1, "healthy"),
            ("d", 1, "draining"),
            ("e", 1, "initial"),
        ]);
        let kinds: Vec<_> = kinds(all)
            .into_iter()
            .map(|(target, count)| (target.id, count))
            .collect();
        assert_eq!(kinds, [("a".to_owned(), 2), ("e".to_owned(), 1)]);
    }
}
