//! Finds the usual cause of a failure.

use super::cause::{
    Cause, ContainerFacts, FailureFacts, TargetFacts, cure_afterwards, explain, explain_refusal,
};
use super::known_values::{KnownValues, replace_word};
use crate::diagnostic::{Suggestion, SuggestionPart};
use crate::model::{FailureCause, TaskFailure};

/// Sets a failure's usual cause from all known facts.
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
        // Already in stoppedReason: "Task failed container health checks".
        health_check_failed: false,
        target,
        event: failure.event.as_deref(),
        log_tail: &tail,
    };
    let unlogged = failure.log.as_ref().is_some_and(|log| log.group.is_none());
    failure.cause = explain(&facts)
        // A hint to read the log is useless if there is no log.
        .filter(|cause| !(unlogged && begins_with_logs(cause.cure)))
        .map(|cause| for_service(cause, service, &facts));
}

/// Sets the usual cause of a job's failure. Its log was shown, and `logs` doesn't know its task; ECS doesn't start it
/// again.
pub fn diagnose_job(failure: &mut TaskFailure, service: &str) {
    diagnose(failure, service);
    let is_about_logs = |cause: &FailureCause| {
        let first = cause.cure.parts().first();
        matches!(first, Some(SuggestionPart::Command(command)) if command.verb == "logs")
    };
    if failure.cause.as_ref().is_some_and(is_about_logs) {
        failure.cause = None;
    }
    if let Some(cause) = &mut failure.cause {
        given_up(cause, service);
    }
}

/// Finds the usual cause of a service event or of a deployment's status reason.
pub fn about_words(words: &str, service: &str) -> Option<FailureCause> {
    let facts = FailureFacts {
        event: Some(words),
        ..FailureFacts::NONE
    };
    explain(&facts).map(|cause| for_service(cause, service, &facts))
}

/// Finds the usual cause of a refused request. Nothing was started, so no fix waits for ECS's next attempt.
pub fn about_refusal(words: &str, service: &str) -> Option<FailureCause> {
    let facts = FailureFacts {
        event: Some(words),
        ..FailureFacts::NONE
    };
    let mut cause = explain_refusal(words).map(|cause| for_service(cause, service, &facts))?;
    given_up(&mut cause, service);
    Some(cause)
}

/// Replaces a cause's hint once ECS has stopped retrying, since waiting for the next attempt no longer helps.
pub fn given_up(cause: &mut FailureCause, service: &str) {
    if let Some(cure) = cure_afterwards(&cause.id) {
        cause.cure = for_name(cure, service);
    }
}

/// Returns a cause from the table for a service. Its hint names the service and what AWS's messages name.
fn for_service(cause: &Cause, service: &str, facts: &FailureFacts<'_>) -> FailureCause {
    let known = KnownValues::read(facts.said());
    FailureCause {
        id: cause.id.to_owned(),
        text: cause.cause.to_owned(),
        cure: for_name(cause.cure, service).map_text(|text| known.fill(text)),
        complete: None,
        source: cause.source.to_owned(),
    }
}

fn begins_with_logs(cure: &[SuggestionPart]) -> bool {
    matches!(cure.first(), Some(SuggestionPart::Command(command)) if command.verb == "logs")
}

fn for_name(cure: &[SuggestionPart], service: &str) -> Suggestion {
    Suggestion::from(cure).map_text(|text| replace_word(text, "SERVICE", service))
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
    fn a_log_line_outranks_an_exit_code() {
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
        assert_eq!(
            id(unlogged),
            None,
            "the only advice is to read the log, and there is none"
        );
        assert!(without.is_some() && without.as_deref() != Some("exec-format-error"));
    }

    #[test]
    fn targets_count_only_if_the_load_balancer_stopped_the_task() {
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
            "the program exited by itself"
        );
    }

    #[test]
    fn a_sick_service_connect_proxy_is_named() {
        let checked = |container: &str| {
            id(TaskFailure {
                container: Some(container.to_owned()),
                stop_code: Some("ServiceSchedulerInitiated".to_owned()),
                stopped_reason: Some("Task failed container health checks".to_owned()),
                exit_code: Some(137),
                ..TaskFailure::default()
            })
        };
        assert_eq!(
            checked("ecs-service-connect-Y84Lt").as_deref(),
            Some("service-connect-proxy-unhealthy")
        );
        assert_eq!(checked("web").as_deref(), Some("container-check-failed"));
    }

    #[test]
    fn a_refusal_never_waits_for_another_attempt() {
        let words = "Capacity is unavailable at this time. Please try again later or in a different \
                     availability zone";
        let cause = about_refusal(words, "shop").unwrap();
        assert_eq!(cause.id, "fargate-without-capacity");
        assert!(
            cause.cure.to_string().starts_with("ecsctl deploy later"),
            "{}",
            cause.cure
        );
        assert_eq!(about_refusal("The moon was in the way.", "shop"), None);
    }

    #[test]
    fn the_placeholder_becomes_the_service_name() {
        let cause = about_words(
            "(service shop) was unable to place a task because no container instance met all of its requirements.",
            "shop",
        )
        .unwrap();
        assert!(
            cause.cure.to_string().starts_with("ecsctl events shop "),
            "{}",
            cause.cure
        );
        assert_eq!(
            replace_word("scale SERVICE=N, not MYSERVICE_A", "SERVICE", "x"),
            "scale x=N, not MYSERVICE_A"
        );
        assert_eq!(
            about_words("(service shop) has reached a steady state.", "shop"),
            None
        );
    }
}
