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
