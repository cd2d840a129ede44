//! The usual cause of a failure, in the failure's own terms.

use super::cause::{Cause, ContainerFacts, FailureFacts, TargetFacts, cure_afterwards, explain};
use crate::model::{FailureCause, TaskFailure};

/// Gives a failure of a service its usual cause, from all that is known of it by now.
pub fn diagnose(failure: &mut TaskFailure, service: &str) {
    let tail: Vec<&str> = failure
        .log
        .iter()
        .flat_map(|log| log.lines.iter().map(String::as_str))
        .collect();
    let container = failure.container.as_deref().map(|name| ContainerFacts {
        name,
        exit_code: failure.exit_code,
        reason: failure.container_reason.as_deref(),
    });
    let target = failure.target.as_ref().and_then(|target| {
        Some(TargetFacts {
            reason: target.reason.as_deref()?,
            description: target.description.as_deref(),
        })
    });
    let facts = FailureFacts {
        stop_code: failure.stop_code.as_deref(),
        stopped_reason: failure.stopped_reason.as_deref(),
        container,
        // AWS says of a task that it stops for this: "Task failed container health checks".
        health_check_failed: false,
        target,
        event: failure.event.as_deref(),
        log_tail: &tail,
    };
    let unlogged = failure.log.as_ref().is_some_and(|log| log.group.is_none());
    failure.cause = explain(&facts)
        // What only the log tells is no help where there is none.
        .filter(|cause| !(unlogged && cause.cure.starts_with("ecsctl logs")))
        .map(|cause| for_service(cause, service));
}

/// The usual cause behind AWS's words on a service as a whole: a service event, a deployment's reason.
pub fn about_words(words: &str, service: &str) -> Option<FailureCause> {
    let facts = FailureFacts {
        event: Some(words),
        ..FailureFacts::NONE
    };
    explain(&facts).map(|cause| for_service(cause, service))
}

/// A failure's cause as it stands once ECS has given its task definition up: what to do is not to wait for its next try.
pub fn given_up(cause: &mut FailureCause, service: &str) {
    if let Some(cure) = cure_afterwards(&cause.id) {
        cause.cure = named(cure, service);
    }
}

/// The table's words with the service's name where they say SERVICE.
fn for_service(cause: &Cause, service: &str) -> FailureCause {
    FailureCause {
        id: cause.id.to_owned(),
        text: cause.cause.to_owned(),
        cure: named(cause.cure, service),
        source: cause.source.to_owned(),
    }
}

fn named(text: &str, service: &str) -> String {
    const PLACE: &str = "SERVICE";
    let mut named = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(PLACE) {
        named.push_str(before);
        let part_of_a_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
            || after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        named.push_str(if part_of_a_word { PLACE } else { service });
        rest = after;
    }
    named.push_str(rest);
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FailureLog, FailureTarget};

    fn crash() -> TaskFailure {
        TaskFailure {
            container: Some("web".to_owned()),
            stop_code: Some("EssentialContainerExited".to_owned()),
            stopped_reason: Some("Essential container in task exited".to_owned()),
            exit_code: Some(1),
            ..TaskFailure::default()
        }
    }

    fn id(mut failure: TaskFailure) -> Option<String> {
        diagnose(&mut failure, "shop");
        failure.cause.map(|cause| cause.id)
    }

    #[test]
    fn a_log_line_says_more_than_an_exit_code() {
        let without = id(crash());
        let lines = vec!["exec /usr/local/bin/shop: exec format error".to_owned()];
        let log = Some(FailureLog {
            lines,
            ..FailureLog::default()
        });
        assert_eq!(
            id(TaskFailure { log, ..crash() }).as_deref(),
            Some("exec-format-error")
        );
        let unlogged = TaskFailure {
            log: Some(FailureLog::default()),
            ..crash()
        };
        assert_eq!(id(unlogged), None, "its log says why, and there is none");
        assert!(without.is_some() && without.as_deref() != Some("exec-format-error"));
    }

    #[test]
    fn the_target_has_a_say_where_the_load_balancer_took_the_task_away() {
        let target = Some(FailureTarget {
            reason: Some("Target.ResponseCodeMismatch".to_owned()),
            description: Some("Health checks failed with these codes: [404]".to_owned()),
            ..FailureTarget::default()
        });
        let stopped = TaskFailure {
            stop_code: Some("ServiceSchedulerInitiated".to_owned()),
            stopped_reason: Some("Task failed ELB health checks in (target-group arn)".to_owned()),
            target: target.clone(),
            ..crash()
        };
        assert_eq!(id(stopped).as_deref(), Some("target-answers-otherwise"));
        assert_ne!(
            id(TaskFailure { target, ..crash() }).as_deref(),
            Some("target-answers-otherwise"),
            "a program that ended by itself was no target's fault"
        );
    }

    #[test]
    fn the_service_is_named_where_the_table_leaves_a_place() {
        let cause = about_words(
            "(service shop) was unable to place a task because no container instance met all of its requirements.",
            "shop",
        )
        .unwrap();
        assert!(cause.cure.starts_with("ecsctl events shop "), "{}", cause.cure);
        assert_eq!(
            named("scale SERVICE=N, not MYSERVICE_A", "x"),
            "scale x=N, not MYSERVICE_A"
        );
        assert_eq!(
            about_words("(service shop) has reached a steady state.", "shop"),
            None
        );
    }
}
