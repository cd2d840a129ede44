//! Failures reported by service events: unplaceable tasks, missing roles, unhealthy targets.

use std::collections::HashSet;

use super::stop_reason::plain;
use crate::ecs::ServiceEvent;
use crate::model::{RolloutEvent, TaskFailure};
use crate::verdict::about_words;

/// The failures from service events, each kind once.
#[derive(Clone, Debug, Default)]
pub(super) struct ServiceEventReader {
    kinds: Vec<(String, TaskFailure)>,
    /// Kinds of events that aren't failures, cached so that the causes are searched once per kind.
    quiet: HashSet<String>,
}

impl ServiceEventReader {
    /// Each kind once with its count, in order of appearance.
    pub fn kinds(&self) -> impl Iterator<Item = &TaskFailure> {
        self.kinds.iter().map(|(_, failure)| failure)
    }

    /// Records a service event. Returns its usual cause the first time.
    pub fn note(&mut self, event: &ServiceEvent, service: &str) -> Option<RolloutEvent> {
        let key = plain(&event.message);
        if let Some((_, known)) = self.kinds.iter_mut().find(|(known, _)| *known == key) {
            known.count += 1;
            return None;
        }
        if self.quiet.contains(&key) {
            return None;
        }
        let cause = about_words(&event.message, service);
        if cause.is_none() && !event.message.contains("unable to") && !event.message.contains("is unhealthy")
        {
            self.quiet.insert(key);
            return None;
        }
        let failure = TaskFailure {
            event: Some(event.message.clone()),
            count: 1,
            first_at: event.at.map(|at| at.to_string()),
            cause,
            ..TaskFailure::default()
        };
        self.kinds.push((key, failure.clone()));
        failure.cause.is_some().then(|| RolloutEvent::Explained {
            failure: Box::new(failure),
        })
    }
}

/// Whether a failure is about tasks that couldn't start, so that it adds to the failures of stopped tasks.
/// (Amazon ECS service event messages: "was unable to place a task", "failed to launch a task".)
pub(super) fn is_about_missing_tasks(failure: &TaskFailure) -> bool {
    let message = failure.event.as_deref().unwrap_or_default();
    message.contains("unable to place") || message.contains("failed to launch")
}

/// Whether a failure is a refusal of capacity, which says nothing about the revision: "was unable to place a task",
/// "Capacity is unavailable at this time", "You've reached the limit on …", `RESOURCE:MEMORY` (Amazon ECS service
/// event messages; API failure reasons). A role that ECS can't assume is not.
pub(super) fn is_capacity_refusal(failure: &TaskFailure) -> bool {
    let message = failure.event.as_deref().unwrap_or_default();
    let lower = message.to_ascii_lowercase();
    let names_capacity = ["capacity", "resource:", "quota", "limit"];
    message.contains("unable to place")
        || (message.contains("failed to launch")
            // The name of a role may contain these words.
            && !lower.contains("assume the role")
            && names_capacity.iter().any(|word| lower.contains(word)))
}

/// Whether ECS failed to launch tasks for another reason than capacity. No stopped task shows such a failure.
pub(super) fn is_failed_launch(failure: &TaskFailure) -> bool {
    let message = failure.event.as_deref().unwrap_or_default();
    message.contains("failed to launch") && !is_capacity_refusal(failure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str, message: &str) -> ServiceEvent {
        ServiceEvent {
            id: id.to_owned(),
            at: None,
            message: message.to_owned(),
        }
    }

    #[test]
    fn similar_events_are_counted() {
        let mut troubles = ServiceEventReader::default();
        let unplaced = |instance: &str| {
            format!(
                "(service web) was unable to place a task because no container instance met all of its requirements. \
                 The closest matching (container-instance {instance}) has insufficient memory available."
            )
        };
        let said: Vec<_> = [unplaced("1a2b"), unplaced("3c4d")]
            .iter()
            .map(|message| troubles.note(&event(message, message), "web"))
            .collect();
        assert!(
            matches!(&said[..], [Some(RolloutEvent::Explained { .. }), None]),
            "{said:?}"
        );
        let kinds: Vec<_> = troubles.kinds().collect();
        assert_eq!(kinds.len(), 1);
        assert_eq!(kinds[0].count, 2);
        assert_eq!(kinds[0].cause.as_ref().unwrap().id, "not-enough-memory");
        assert!(is_about_missing_tasks(kinds[0]));
    }

    #[test]
    fn a_role_that_cannot_be_assumed_is_no_lack_of_capacity() {
        let launch = |error: &str| TaskFailure {
            event: Some(format!(
                "(service web) failed to launch a task with (error {error})."
            )),
            ..TaskFailure::default()
        };
        let role = "ECS was unable to assume the role 'arn:aws:iam::123456789012:role/rate-limiter'";
        assert!(is_failed_launch(&launch(role)));
        for error in [
            "RESOURCE:MEMORY",
            "Capacity is unavailable at this time",
            "You've reached the limit on the number of vCPUs you can run concurrently",
        ] {
            assert!(is_capacity_refusal(&launch(error)), "{error}");
            assert!(!is_failed_launch(&launch(error)), "{error}");
        }
    }

    #[test]
    fn normal_events_are_not_failures() {
        let mut troubles = ServiceEventReader::default();
        for message in [
            "(service web) has started 2 tasks: (task 1) (task 2).",
            "(service web) has reached a steady state.",
            "(service web) (deployment ecs-svc/2) deployment completed.",
            "(service web) registered 1 targets in (target-group arn)",
        ] {
            assert_eq!(troubles.note(&event(message, message), "web"), None);
        }
        assert_eq!(troubles.kinds().count(), 0);
        // A failure without a known cause is kept, but not explained.
        let said = troubles.note(
            &event("1", "(service web) was unable to do a thing of tomorrow."),
            "web",
        );
        assert_eq!((said, troubles.kinds().count()), (None, 1));
    }
}
