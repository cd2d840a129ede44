//! Wording of events, shared by the live view and the log lines.

use std::time::Duration;

use super::line::Symbol;
use super::numbers::{bytes, duration};
use super::operation::Operation;
use crate::model::{DefinitionId, Ending, FailureTarget, PushEvent, RolloutEvent, TaskFailure};
use crate::model::{plural, prefixed};

/// Number of hex digits shown of a digest or task ID.
const SHORT: usize = 8;

/// `acme/web@sha256:77ab03c1` for an image in ECR or elsewhere; returns other text unchanged.
pub fn shorten(text: &str) -> String {
    let (name, digest) = match text.split_once("@sha256:") {
        Some((name, hex)) if hex.len() == 64 => {
            (name, format!("@sha256:{}", &hex.get(..SHORT).unwrap_or(hex)))
        }
        _ => (text, String::new()),
    };
    let name = match name.split_once('/') {
        Some((host, rest)) if host.contains(".dkr.ecr.") || host == "public.ecr.aws" => rest,
        _ => name,
    };
    format!("{name}{digest}")
}

/// Formats what a service in the queue waits for: `waiting for ecs-svc/1 of web:2, in progress since …`.
pub fn queued(deployment: Option<&str>, definition: Option<&str>, since: Option<&str>) -> String {
    let Some(deployment) = deployment else {
        return "waiting for its turn".to_owned();
    };
    let definition = prefixed(" of ", definition);
    let since = prefixed(" since ", since);
    format!("waiting for {deployment}{definition}, in progress{since}")
}

/// Formats a warning so that it names its resource exactly once.
pub fn warning(resource: Option<&str>, message: &str) -> String {
    let is_named = |resource: &&str| {
        let mut words = message
            .split(' ')
            .map(|word| word.trim_end_matches([':', ',', ';']));
        words.any(|word| word == *resource)
    };
    match resource.filter(|resource| !is_named(resource)) {
        Some(resource) => format!("{resource}: {message}"),
        None => message.to_owned(),
    }
}

/// `sha256:1f0c2a91`, or the full digest if verbose.
pub fn digest(digest: &crate::model::Digest, verbose: bool) -> String {
    if verbose {
        digest.to_string()
    } else {
        format!("sha256:{}", digest.short())
    }
}

/// `web:42` for a task definition ARN; returns other text unchanged.
pub fn definition_name(text: &str) -> String {
    DefinitionId::parse(text).map_or_else(|| text.to_owned(), |id| id.to_string())
}

/// Returns a task's ID as displayed.
pub fn task(id: &str, verbose: bool) -> &str {
    if verbose {
        id
    } else {
        id.get(..SHORT).unwrap_or(id)
    }
}

/// `building again: the Docker daemon reported a transient error (unable to find image …)`.
pub fn build_again(reason: &str) -> String {
    format!("building again: the Docker daemon reported a transient error ({reason})")
}

/// `12 steps, 9 from cache`.
pub fn build_steps(steps: u32, cached: u32) -> String {
    match (steps, cached) {
        (_, 0) => plural(steps.into(), "step"),
        (_, cached) if cached >= steps => format!("{}, all from cache", plural(steps.into(), "step")),
        (_, cached) => format!("{}, {cached} from cache", plural(steps.into(), "step")),
    }
}

/// `2 of 12 layers, 3.4 MB`; for an image that already exists, says so.
pub fn push(event: &PushEvent) -> String {
    match event {
        PushEvent::Progress {
            layers,
            done,
            sent,
            total,
        } => {
            let size = match total {
                0 => String::new(),
                total => format!(", {} of {}", bytes(*sent), bytes(*total)),
            };
            format!("{done} of {}{size}", plural((*layers).into(), "layer"))
        }
        PushEvent::Finished { sent_layers: 0, .. } => "already in the registry, nothing sent".to_owned(),
        PushEvent::Finished {
            layers,
            sent_layers,
            sent,
            ..
        } => {
            let size = if *sent > 0 {
                format!(", {}", bytes(*sent))
            } else {
                String::new()
            };
            format!("{sent_layers} of {}{size}", plural((*layers).into(), "layer"))
        }
    }
}

/// Returns the first line of a command, to name it.
pub fn first_line(command: &str) -> &str {
    command.trim_start().lines().next().unwrap_or_default()
}

/// Returns how a hook ended.
pub fn hook_end(succeeded: bool) -> &'static str {
    match succeeded {
        true => "succeeded",
        false => "failed",
    }
}

/// Formats milliseconds for people.
pub fn millis(millis: u64) -> String {
    duration(Duration::from_millis(millis))
}

/// `2 of 3 running, 1 starting, 1 failed, 2 old ones left`.
pub fn counts(running: u64, pending: u64, desired: u64, failed: u64, old: u64) -> String {
    let mut text = format!("{running} of {desired} running");
    for (count, what) in [(pending, "starting"), (failed, "failed")] {
        if count > 0 {
            text.push_str(&format!(", {count} {what}"));
        }
    }
    if old > 0 {
        text.push_str(&format!(", {old} old left"));
    }
    text
}

/// Describes a rollout event, without the service. None if it isn't shown by default.
pub fn rollout(event: &RolloutEvent, verbose: bool) -> Option<String> {
    match event {
        RolloutEvent::Started {
            to,
            attached: true,
            rollback: true,
            ..
        } => Some(format!(
            "attached to the rollback to {} in progress",
            definition_name(to)
        )),
        RolloutEvent::Started {
            to, attached: true, ..
        } => Some(format!(
            "attached to the deployment of {} in progress",
            definition_name(to)
        )),
        RolloutEvent::Started {
            from: Some(from), to, ..
        } if from != to => Some(format!(
            "started, {} -> {}",
            definition_name(from),
            definition_name(to)
        )),
        RolloutEvent::Started { to, .. } => Some(format!("started, {}", definition_name(to))),
        RolloutEvent::Progress { .. } => Some(progress(event)),
        RolloutEvent::Said { message, .. } => {
            (verbose || is_trouble(message)).then(|| format!("ECS: {message}"))
        }
        RolloutEvent::Stopped { failure } => Some(stopped(failure, verbose)),
        RolloutEvent::Interrupted {
            task_id,
            stop_code,
            reason,
        } => Some(interrupted(task(task_id, verbose), stop_code, reason.as_deref())),
        // Explanations are printed separately.
        RolloutEvent::Explained { .. } => None,
        RolloutEvent::Unhealthy {
            tasks,
            running,
            target: Some(target),
        } => Some(format!(
            "{tasks} of {} unhealthy: {}",
            plural(*running, "running task"),
            unhealthy_target(target)
        )),
        RolloutEvent::Unhealthy {
            tasks,
            running,
            target: None,
        } => Some(format!(
            "{tasks} of {} fail their container health check",
            plural(*running, "running task")
        )),
        RolloutEvent::RollingBack { to, reason } => {
            let to = prefixed(" to ", to.as_deref().map(definition_name));
            let why = prefixed(": ", Some(reason).filter(|reason| !reason.is_empty()));
            Some(format!("rolling back{to}{why}"))
        }
        RolloutEvent::Draining { running: 0 } => Some("deleted; the last tasks are stopping".to_owned()),
        RolloutEvent::Draining { running } => Some(format!("deleted; {} left", plural(*running, "task"))),
        RolloutEvent::Baking { alarms: 1 } => Some("baking: 1 alarm is watched".to_owned()),
        RolloutEvent::Baking { alarms } => Some(format!("baking: {alarms} alarms are watched")),
        RolloutEvent::Protected { tasks, until } => {
            let ids: Vec<&str> = tasks.iter().map(|id| task(id, verbose)).collect();
            let until = prefixed(" until ", until.as_deref());
            Some(format!(
                "waiting for {}, protected from scale-in{until}: {}",
                plural(tasks.len() as u64, "old task"),
                ids.join(", ")
            ))
        }
        RolloutEvent::Settling { seconds } => Some(settling(*seconds)),
    }
}

/// Formats the counts, then the stage, traffic, bake time and hook, if present.
fn progress(event: &RolloutEvent) -> String {
    let RolloutEvent::Progress {
        running,
        pending,
        desired,
        failed,
        old,
        stage,
        traffic,
        bake_minutes,
        hook,
        ..
    } = event
    else {
        return String::new();
    };
    // These two stages add nothing to the counts.
    let stage = stage
        .as_deref()
        .filter(|stage| !matches!(*stage, "IN_PROGRESS" | "COMPLETED"));
    let traffic = traffic.filter(|percent| *percent > 0);
    [
        counts(*running, *pending, *desired, *failed, *old),
        prefixed("; ", stage),
        prefixed(", ", traffic.map(|percent| format!("{percent} % of the traffic"))),
        prefixed(", bakes for ", bake_minutes.map(|minutes| format!("{minutes}m"))),
        prefixed(", hook ", hook.as_ref()),
    ]
    .concat()
}

/// `all running, watched for 40s more`.
pub fn settling(seconds: u64) -> String {
    format!("all running, watched for {seconds}s more")
}

/// `sending the build context, 12.4 MB so far`.
pub fn context(sent: u64) -> String {
    match sent {
        0 => "sending the build context".to_owned(),
        sent => format!("sending the build context, {} so far", bytes(sent)),
    }
}

/// Whether the event only repeats what the operation reported before: it acts on a deployment in progress.
pub fn is_reported(event: &RolloutEvent, operation: Operation) -> bool {
    matches!(event, RolloutEvent::Started { from: None, .. })
        && matches!(
            operation,
            Operation::Rollback | Operation::Stop | Operation::Continue
        )
}

/// Whether AWS's message indicates a problem: "unable to place a task", "is unhealthy", "deployment failed".
pub fn is_trouble(message: &str) -> bool {
    ["unable", "unhealthy", "failed", "error"]
        .iter()
        .any(|word| message.to_ascii_lowercase().contains(word))
}

/// `task 3f2a91c0 stopped: container web exited with code 1; AWS: Essential container in task exited`.
pub fn stopped(failure: &TaskFailure, verbose: bool) -> String {
    let task = task(failure.task_id.as_deref().unwrap_or_default(), verbose);
    let code = failure.exit_code.map(|code| match &failure.meaning {
        Some(meaning) => format!("code {code}, {meaning}"),
        None => format!("code {code}"),
    });
    let container = match (&failure.container, code) {
        (Some(name), Some(code)) => Some(format!("container {name} exited with {code}")),
        (Some(name), None) => Some(format!("container {name}")),
        (None, Some(code)) => Some(format!("exit {code}")),
        (None, None) => None,
    };
    let words = failure
        .container_reason
        .as_ref()
        .or(failure.stopped_reason.as_ref());
    match (container, words) {
        (Some(container), Some(words)) => format!("task {task} stopped: {container}; AWS: {words}"),
        (Some(what), None) => format!("task {task} stopped: {what}"),
        (None, Some(words)) => format!("task {task} stopped; AWS: {words}"),
        (None, None) => format!("task {task} stopped"),
    }
}

/// `task 3f2a91c0 was stopped by a user; AWS: Task stopped by user`.
fn interrupted(task: &str, stop_code: &str, reason: Option<&str>) -> String {
    // API reference: Task, `stopCode`.
    let what = match stop_code {
        "UserInitiated" => "was stopped by a user",
        "SpotInterruption" => "was stopped by a Spot interruption",
        _ => "was stopped with its host",
    };
    format!("task {task} {what}{}", prefixed("; AWS: ", reason))
}

/// Returns the symbol of an ending.
pub fn sign(ending: Ending) -> Symbol {
    match ending {
        Ending::Done | Ending::Unchanged => Symbol::Done,
        Ending::Paused | Ending::Interrupted => Symbol::Warning,
        Ending::Failed | Ending::RolledBack | Ending::TimedOut | Ending::Superseded => Symbol::Failed,
    }
}

/// Describes an ending in a word or two.
pub fn ending(ending: Ending) -> &'static str {
    match ending {
        Ending::Done => "done",
        Ending::Unchanged => "nothing to do",
        Ending::Failed => "failed",
        Ending::RolledBack => "rolled back",
        Ending::TimedOut => "timed out",
        Ending::Superseded => "superseded",
        Ending::Paused => "paused",
        Ending::Interrupted => "interrupted",
    }
}

/// `10.0.1.17:8080 is unhealthy (Target.FailedHealthChecks: Health checks failed)`.
pub fn unhealthy_target(target: &FailureTarget) -> String {
    let port = prefixed(":", target.port);
    let state = target.state.as_deref().unwrap_or("unknown");
    let why: Vec<&str> = [target.reason.as_deref(), target.description.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let why = match why.join(": ") {
        why if why.is_empty() => why,
        why => format!(" ({why})"),
    };
    format!("{}{port} is {state}{why}", target.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "77ab03c177ab03c177ab03c177ab03c177ab03c177ab03c177ab03c177ab03c1";

    #[test]
    fn images_are_shortened() {
        for (text, expected) in [
            (
                format!("123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web@sha256:{HEX}"),
                "acme/web@sha256:77ab03c1",
            ),
            (format!("acme/web@sha256:{HEX}"), "acme/web@sha256:77ab03c1"),
            ("public.ecr.aws/nginx/nginx:1.29".to_owned(), "nginx/nginx:1.29"),
            ("127.0.0.1:5000/web:1".to_owned(), "127.0.0.1:5000/web:1"),
            ("x@sha256:short".to_owned(), "x@sha256:short"),
            ("plain".to_owned(), "plain"),
        ] {
            assert_eq!(shorten(&text), expected);
        }
    }

    #[test]
    fn steps_and_layers() {
        assert_eq!(build_steps(1, 0), "1 step");
        assert_eq!(build_steps(12, 9), "12 steps, 9 from cache");
        assert_eq!(build_steps(12, 12), "12 steps, all from cache");
        let sent = PushEvent::Progress {
            layers: 12,
            done: 3,
            sent: 1_200_000,
            total: 3_400_000,
        };
        assert_eq!(push(&sent), "3 of 12 layers, 1.2 MB of 3.4 MB");
    }

    #[test]
    fn only_failure_events_of_ecs_are_shown() {
        let said = |message: &str| RolloutEvent::Said {
            at: String::new(),
            message: message.to_owned(),
        };
        assert_eq!(
            rollout(&said("(service web) has started 1 tasks: (task 1)."), false),
            None
        );
        assert!(rollout(&said("(service web) has started 1 tasks: (task 1)."), true).is_some());
        let trouble = "(service web) was unable to place a task because no container instance met all of its requirements.";
        assert_eq!(rollout(&said(trouble), false), Some(format!("ECS: {trouble}")));
    }
}
