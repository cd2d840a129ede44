//! The async runtime, and how work is stopped. Only verbs that wait for I/O start a runtime.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::signals::{Signals, no_runtime};
use crate::aws::Writes;
use crate::diagnostic::{Failure, Suggestion};
use crate::exit::Exit;
use crate::ui::{MenuChoice, RunSummary};

/// How long to wait for the responses of writes after a signal has stopped the work: ECS responds within
/// seconds.
const WRITE_LIMIT: Duration = Duration::from_secs(3);
/// How long the work may clean up after a signal. GitHub Actions sends SIGTERM 7.5 seconds after SIGINT (its workflow
/// cancellation reference), and a second signal ends the process.
const CLEAN_UP_LIMIT: Duration = Duration::from_secs(6);
/// How long work on other threads (such as packing a build context) may take to notice that it was
/// canceled.
const WIND_DOWN: Duration = Duration::from_millis(200);

/// The error if a signal stopped the process, with its exit code.
pub struct TerminatedBySignal(pub Exit);

/// How a run responds to signals.
pub trait SignalResponse {
    /// Asks about Ctrl-C, while the work continues. None if nobody can be asked, or nothing is in progress.
    async fn ask(&self) -> Option<MenuChoice>;

    /// Asks the work to roll back, or to stop the job's task, and to end.
    fn go_back(&self);

    /// Asks the work to clean up and end, because a signal stopped it and nobody was asked. Returns false if there is
    /// nothing to clean up.
    fn clean_up(&self) -> bool;
}

/// The response of runs that report no progress: they are dropped.
pub struct DropWork;

impl SignalResponse for DropWork {
    async fn ask(&self) -> Option<MenuChoice> {
        None
    }

    fn go_back(&self) {}

    fn clean_up(&self) -> bool {
        false
    }
}

/// The response of work in which another program has the terminal, to a signal that came before: the work ends by itself.
pub struct EndWork(pub CancellationToken);

impl SignalResponse for EndWork {
    async fn ask(&self) -> Option<MenuChoice> {
        None
    }

    fn go_back(&self) {}

    fn clean_up(&self) -> bool {
        self.0.cancel();
        true
    }
}

/// Runs a future to its end on this thread. A signal drops it as soon as it has cleaned up and its writes have got their
/// responses, and returns `TerminatedBySignal`. Ctrl-C asks first, while the work continues; without a
/// terminal, the work is stopped. The code that asks has to tell `signals` when the signal is handled.
pub fn block_on<T>(
    (signals, writes): (&Signals, &Writes),
    work: impl Future<Output = T>,
    response: &impl SignalResponse,
) -> Result<Result<T, TerminatedBySignal>, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(no_runtime)?;
    let mut received = signals.work_begins();
    let result = runtime.block_on(async {
        let mut work = pin!(work);
        let (exit, cleans_up) = loop {
            let exit = tokio::select! {
                biased;
                Some(exit) = received.recv() => exit,
                result = &mut work => return Ok(result),
            };
            if exit != Exit::Interrupted {
                break (exit, response.clean_up());
            }
            let choice = tokio::select! {
                choice = response.ask() => choice,
                result = &mut work => return Ok(result),
            };
            match choice {
                Some(MenuChoice::KeepWaiting) => {}
                Some(MenuChoice::Leave) => break (exit, false),
                Some(MenuChoice::GoBack) => response.go_back(),
                None => break (exit, response.clean_up()),
            }
        };
        if cleans_up && tokio::time::timeout(CLEAN_UP_LIMIT, &mut work).await.is_ok() {
            return Err(TerminatedBySignal(exit));
        }
        tokio::select! {
            biased;
            () = writes.finish() => {}
            // The result is ignored: it comes after the signal.
            _ = work => {}
            () = tokio::time::sleep(WRITE_LIMIT) => {}
        }
        Err(TerminatedBySignal(exit))
    });
    signals.work_ends();
    runtime.shutdown_timeout(WIND_DOWN);
    Ok(result)
}

/// The failure if a signal stopped the run. ECS continues with the services whose deployment was in
/// progress, whose change was sent without a response, or whose last tasks were draining.
pub fn interrupted(exit: Exit, seen: &RunSummary) -> Failure {
    let (in_flight, sent, draining) = (&*seen.in_flight, &*seen.sent, &*seen.draining);
    let code = match exit {
        Exit::Terminated => "terminated",
        Exit::HungUp => "hung-up",
        _ => "interrupted",
    };
    let goes_on = |services: String| format!("the rollout of {services} continues without ecsctl");
    let stop = |services: String| match draining.len() {
        1 => format!("{services} is deleted; its last tasks are still stopping"),
        _ => format!("{services} are deleted; their last tasks are still stopping"),
    };
    let unanswered =
        |services: String| format!("the change of {services} was sent; whether ECS accepted it is unknown");
    let untouched = |services: String| format!("not deployed: {services}");
    let unreached = seen.not_reached();
    let registered = unreached.iter().filter_map(|it| it.registered.clone());
    let registered: Vec<String> = registered.collect();
    let unused = |revisions: String| match registered.len() {
        1 => format!("{revisions} is registered, but not deployed; the next deploy uses it"),
        _ => format!("{revisions} are registered, but not deployed; the next deploy uses them"),
    };
    let unreached: Vec<String> = match seen.is_before_deploy() {
        true => Vec::new(),
        false => unreached.into_iter().map(|it| it.name).collect(),
    };
    let named = |services: &[String]| (!services.is_empty()).then(|| services.join(", "));
    let jobs = seen.jobs.iter().map(|job| match job.is_stopping {
        true => format!("the task of {} is stopping: {}", job.name, job.task),
        false => format!("the task of {} continues: {}", job.name, job.task),
    });
    let lines = [
        named(in_flight).map(goes_on),
        named(sent).map(unanswered),
        named(draining).map(stop),
        named(&unreached).map(untouched),
        named(&registered).map(unused),
    ];
    let (waits, drains) = ([in_flight, sent].concat().join(" "), draining.join(" "));
    let hint = match (waits.as_str(), drains.as_str()) {
        ("", "") => None,
        ("", drains) => Some(Suggestion::command("delete", drains.to_owned()).then(" waits for them")),
        (waits, _) => Some(Suggestion::command("wait", waits.to_owned())),
    };
    let message = match seen.is_before_deploy() && seen.jobs.is_empty() {
        true => format!("{}; nothing was deployed", exit.meaning()),
        false => exit.meaning().to_owned(),
    };
    Failure::new(exit, code, message)
        .details(lines.into_iter().flatten().chain(jobs))
        .maybe_hint(hint)
}
