//! The judge of one rollout: takes snapshots and the time, returns events and one verdict.
//!
//! The rules are in `docs/design.md` §5.1–5.5 and §5.8, based on `docs/ecs-behavior.md` §5 and §8. All of
//! them trust only ECS's own IDs and timestamps, and a response that may be stale proves nothing.

mod alarm_bake;
mod code_deploy;
mod contradictions;
mod crash_loop;
mod failure_rules;
mod failures;
mod health;
mod identify;
mod missing;
mod progress;
mod read_requests;
mod replaced;
mod service_events;
mod stale_replies;
mod starting;
mod state;
mod stop_reason;
mod success_rules;
mod view;

#[cfg(test)]
mod benchmark;
#[cfg(test)]
mod history;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use std::fmt::Display;
use std::ops::ControlFlow;

use jiff::{SignedDuration, Timestamp};

use super::{Snapshot, TIMEOUT, Verdict, WatchRequest, WatchTarget, default_timeout};
use crate::ecs::{Deployment, ProtectedTask, Service};
use crate::ecs::{DeploymentController, DeploymentStrategy};
use crate::exit::Exit;
use crate::model::short_definition;
use crate::model::{RolloutEvent, TaskFailure};

use alarm_bake::AlarmBake;
use code_deploy::CodeDeployProgress;
use contradictions::SeenDefinitions;
use crash_loop::{RefusedCapacity, TaskGeneration};
use failures::TaskFailures;
use health::Health;
use missing::present;
use progress::ProgressMessages;
use service_events::is_about_missing_tasks;
use stale_replies::StaleReplyFilter;
use state::{ObservedRollback, Timers, TrackedDeployment};
use view::DeploymentView;

pub use code_deploy::READY_WAIT;
pub use failures::of_deployment as failures_of;
pub use identify::{is_revision_unknown, other_than_asked};
pub use read_requests::ReadRequests;
pub use state::RolloutCounts;
pub use stop_reason::{describe_job as failure_of_job, is_failure, plain as words_only, was_told_to_stop};

/// A rule's outcome: break with a verdict, break without one (keep watching), or continue with the next rule.
type RuleOutcome = ControlFlow<Option<Verdict>>;

const KEEP_WATCHING: RuleOutcome = ControlFlow::Break(None);
const NEXT: RuleOutcome = ControlFlow::Continue(());

/// How long to look for the service deployment (`docs/design.md` §5.2).
const JOIN_FOR: SignedDuration = SignedDuration::from_secs(30);
/// How long the service deployment may lag behind `deployments[]` before `deployments[]` decides.
const LAG: SignedDuration = SignedDuration::from_secs(10);
/// The result of one judge step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JudgeStep {
    /// Events since the last step.
    pub events: Vec<RolloutEvent>,
    /// The verdict. It never changes once returned.
    pub verdict: Option<Verdict>,
    /// What to read before the next step.
    pub read_requests: ReadRequests,
}

/// The judge of one rollout.
#[derive(Clone, Debug)]
pub struct Judge {
    request: WatchRequest,
    tracked: Option<TrackedDeployment>,
    since: Timers,
    timeout: Option<SignedDuration>,
    /// When the timeout began: before the first read, while `since.begun` is its reply.
    timed_since: Option<Timestamp>,
    stale_replies: StaleReplyFilter,
    seen_definitions: SeenDefinitions,
    failures: TaskFailures,
    health: Health,
    progress: ProgressMessages,
    counts: RolloutCounts,
    read_requests: ReadRequests,
    /// The state of the rollout, for the timeout message.
    state: String,
    /// Whether our deployment was seen in `deployments[]`.
    seen: bool,
    /// Whether ECS marked our deployment as failed.
    given_up: bool,
    /// Whether ECS reported that our deployment completed.
    completed: bool,
    /// Whether one of our tasks has worked.
    healthy: bool,
    /// Whether ECS has counted a failed task of ours.
    breaker_counts: bool,
    /// The tasks that were running when the crash loop threshold was reached.
    generation: Option<TaskGeneration>,
    refused: RefusedCapacity,
    /// Number of failures that no longer count, because tasks kept running after them.
    forgiven: u64,
    /// The failure count at the last step.
    failures_while_running: u64,
    /// When our deployment completed, by ECS's clock.
    completed_at: Option<Timestamp>,
    /// Whether tasks had to be started during the watch.
    filling: bool,
    /// Whether the requested desired count has been seen.
    desired_seen: bool,
    /// The old tasks that the deployment waits for, if all of them are protected from scale-in.
    kept_by_protection: Vec<ProtectedTask>,
    rollback: Option<ObservedRollback>,
    /// The task definitions of the deployments that ours replaced: `web:41`.
    replaced_definitions: Vec<String>,
    /// The triggered alarms.
    alarms: Vec<String>,
    bake: AlarmBake,
    code_deploy: CodeDeployProgress,
    /// The verdict reached before the watch began.
    ended_before: Option<Verdict>,
    verdict: Option<Verdict>,
}

impl Judge {
    /// Creates a judge that hasn't seen any snapshot.
    pub fn new(request: WatchRequest) -> Self {
        let tracked = match &request.target {
            WatchTarget::Started {
                id,
                created_at,
                previous,
            } => Some(TrackedDeployment {
                id: id.clone(),
                created_at: *created_at,
                previous: previous.clone(),
                is_new: true,
            }),
            WatchTarget::Same { id } => Some(TrackedDeployment {
                id: id.clone(),
                created_at: None,
                previous: None,
                is_new: false,
            }),
            WatchTarget::Unidentified { .. }
            | WatchTarget::CodeDeploy { .. }
            | WatchTarget::InFlight
            | WatchTarget::Restored => None,
        };
        Self {
            timeout: request.timeout,
            timed_since: None,
            request,
            tracked,
            since: Timers::default(),
            stale_replies: StaleReplyFilter::default(),
            seen_definitions: SeenDefinitions::default(),
            failures: TaskFailures::default(),
            health: Health::default(),
            progress: ProgressMessages::default(),
            counts: RolloutCounts::default(),
            read_requests: ReadRequests::default(),
            state: waiting_for("a response from ECS"),
            seen: false,
            given_up: false,
            completed: false,
            healthy: false,
            breaker_counts: false,
            generation: None,
            refused: RefusedCapacity::default(),
            forgiven: 0,
            failures_while_running: 0,
            completed_at: None,
            filling: false,
            desired_seen: false,
            kept_by_protection: Vec::new(),
            rollback: None,
            replaced_definitions: Vec::new(),
            alarms: Vec::new(),
            bake: AlarmBake::default(),
            code_deploy: CodeDeployProgress::default(),
            ended_before: None,
            verdict: None,
        }
    }

    /// The watch request.
    pub fn request(&self) -> &WatchRequest {
        &self.request
    }

    /// Our deployment's ID, once known.
    pub fn deployment(&self) -> Option<&str> {
        self.tracked.as_ref().map(|tracked| tracked.id.as_str())
    }

    /// When our deployment was created, once known.
    pub fn deployment_created_at(&self) -> Option<Timestamp> {
        self.tracked.as_ref().and_then(|tracked| tracked.created_at)
    }

    /// A watch target for exactly our deployment, if it was in progress when first seen. This keeps a newer
    /// deployment from being mistaken for it.
    pub fn in_progress(&self) -> Option<WatchTarget> {
        if let WatchTarget::CodeDeploy { .. } = &self.request.target {
            return Some(self.request.target.clone());
        }
        let tracked = self.tracked.as_ref().filter(|tracked| tracked.is_new)?;
        Some(WatchTarget::Started {
            id: tracked.id.clone(),
            created_at: tracked.created_at,
            previous: tracked.previous.clone(),
        })
    }

    /// The revision of our deployment, if seen: `web:43`. Unknown for a rollback joined midway.
    pub fn deploys(&self) -> Option<&str> {
        let runs = self
            .counts
            .definition
            .as_ref()
            .filter(|_| self.rollback.is_none());
        self.counts.deploys.as_ref().or(runs).map(String::as_str)
    }

    /// The verdict, once there is one.
    pub fn verdict(&self) -> Option<&Verdict> {
        self.verdict.as_ref()
    }

    /// The counts as last seen.
    pub fn counts(&self) -> &RolloutCounts {
        &self.counts
    }

    /// Our failed tasks, each kind once with its count.
    pub fn failures(&self) -> &[TaskFailure] {
        self.failures.kinds()
    }

    /// Failures from service events, each kind once with its count. If tasks have stopped, only the failures to
    /// place or launch tasks.
    pub fn troubles(&self) -> Vec<TaskFailure> {
        let alone = self.failures.kinds().is_empty();
        let kinds = self.progress.troubles();
        kinds
            .filter(|it| alone || (is_about_missing_tasks(it) && !self.is_said_by_tasks(it)))
            .cloned()
            .collect()
    }

    /// The names of the alarms triggered during our deployment (API reference: ServiceDeploymentAlarms).
    pub fn alarms(&self) -> &[String] {
        &self.alarms
    }

    /// Judges a snapshot. After the verdict, nothing changes anymore.
    pub fn step(&mut self, snapshot: &Snapshot, now: Timestamp) -> JudgeStep {
        if self.verdict.is_some() {
            return self.conclude(Vec::new());
        }
        self.since.begun.get_or_insert(now);
        self.read_requests = ReadRequests::default();
        let mut events = Vec::new();
        let outcome = match present(snapshot) {
            Some(service) => self.assess(snapshot, service, now, &mut events),
            None => self.missing(snapshot, now),
        };
        let service = snapshot.service.as_ref();
        let contradiction = service.and_then(|it| self.seen_definitions.contradiction(it));
        self.verdict = match (outcome, contradiction) {
            (ControlFlow::Break(Some(verdict)), Some(why)) if verdict.exit() == Exit::Done => {
                self.state = waiting_for(format_args!(
                    "a consistent response from ECS; the last one has {why}"
                ));
                None
            }
            (ControlFlow::Break(Some(verdict)), _) => self.for_requested_revision(verdict, snapshot),
            _ => None,
        }
        .or_else(|| self.out_of_time(now));
        self.conclude(events)
    }

    /// Checks the timeout while polls fail.
    pub fn overdue(&mut self, now: Timestamp) -> JudgeStep {
        if self.verdict.is_none() {
            self.since.begun.get_or_insert(now);
            self.verdict = self.out_of_time(now);
        }
        self.read_requests = ReadRequests::default();
        self.conclude(Vec::new())
    }

    /// Starts the timeout, before the first read.
    pub fn begin(&mut self, now: Timestamp) {
        self.timed_since.get_or_insert(now);
    }

    /// Returns the time until it runs out, at the earliest.
    pub fn time_left(&self, now: Timestamp) -> SignedDuration {
        let begun = self.timed_since.or(self.since.begun).unwrap_or(now);
        self.timeout.unwrap_or(TIMEOUT) - now.duration_since(begun)
    }

    /// Whether our deployment can't be watched: with its strategy, only service deployments show how it ends,
    /// and they can't be read (`docs/design.md` §5.2).
    pub fn is_unwatchable(&self, snapshot: &Snapshot) -> bool {
        let is_waited_for = matches!(
            self.request.target,
            WatchTarget::Started { .. } | WatchTarget::Unidentified { .. } | WatchTarget::InFlight
        );
        let is_shown_elsewhere = |it: &Service| {
            it.deployment_controller != DeploymentController::Ecs
                || it.deployment_strategy == DeploymentStrategy::Rolling
        };
        let is_code_deploy = match self.request.target {
            WatchTarget::CodeDeploy { .. } => true,
            _ => snapshot
                .service
                .as_ref()
                .is_some_and(|it| self.looks_for_code_deployment(snapshot, it)),
        };
        if is_code_deploy {
            return self.verdict.is_none() && !snapshot.deployments_readable;
        }
        self.verdict.is_none()
            && is_waited_for
            && !snapshot.deployments_readable
            && !snapshot.service.as_ref().is_none_or(is_shown_elsewhere)
    }

    /// Records tasks that were read after the verdict to explain it.
    pub fn note_tasks(&mut self, snapshot: &Snapshot) -> Vec<RolloutEvent> {
        let Some(tracked) = &self.tracked else {
            return Vec::new();
        };
        let mut events = self.failures.note(snapshot, tracked, false);
        if let Some(Verdict::TimedOut { .. }) = self.verdict
            && matches!(self.request.target, WatchTarget::InFlight | WatchTarget::Restored)
        {
            events.extend(self.failures.report_old());
        }
        self.learn_definition(snapshot, None);
        events
    }

    fn conclude(&self, events: Vec<RolloutEvent>) -> JudgeStep {
        let ended = self.verdict.is_some();
        JudgeStep {
            events,
            verdict: self.verdict.clone(),
            read_requests: if ended {
                ReadRequests::default()
            } else {
                self.read_requests
            },
        }
    }

    fn assess(
        &mut self,
        snapshot: &Snapshot,
        service: &Service,
        now: Timestamp,
        events: &mut Vec<RolloutEvent>,
    ) -> RuleOutcome {
        self.since.missing = None;
        self.request.known = true;
        if self.looks_for_code_deployment(snapshot, service) {
            self.find_code_deployment(snapshot)?;
        }
        if let WatchTarget::CodeDeploy { id } = self.request.target.clone() {
            return self.code_deploy(snapshot, service, &id, now, events);
        }
        if self.stale_replies.is_stale(service, now) {
            return KEEP_WATCHING;
        }
        self.timeout.get_or_insert_with(|| default_timeout(service));
        if !self.adopt(snapshot, service, now) {
            return KEEP_WATCHING;
        }
        let Some(tracked) = self.tracked.clone() else {
            return self.without_deployments(service);
        };
        let view = DeploymentView::new(snapshot, service, &tracked, now);
        self.remember(&view);
        let progress = self
            .progress
            .report_progress(&self.request, &view, self.rollback.is_some());
        events.extend(progress.into_iter().filter(|event| self.is_news(event)));
        events.extend(self.failures.note(snapshot, &tracked, !tracked.is_new));
        if self.is_stuck_since_before(&view) {
            events.extend(self.failures.report_old());
        }
        events.extend(self.health.note(snapshot, &tracked));
        self.assess_health(&view);
        let before = self.rollback.is_some();
        self.kept_by_protection.clear();
        let outcome = self.rule(&view);
        // Nothing is rolled back: a newer deployment is PRIMARY, or ECS had nothing to return to.
        let is_none = match &outcome {
            ControlFlow::Break(Some(Verdict::FailedThenSuperseded { .. })) => true,
            ControlFlow::Break(Some(verdict)) => verdict.has_no_rollback_candidate(),
            _ => false,
        };
        if !before && !is_none {
            events.extend(self.rollback.as_ref().map(ObservedRollback::event));
        }
        if matches!(outcome, ControlFlow::Continue(()) | ControlFlow::Break(None)) {
            events.extend(self.progress.protected(&self.kept_by_protection));
            let baking = self.note_bake(&view);
            events.extend(self.progress.baking(baking));
            self.ask(&view);
            events.extend(self.progress.settling(self.since.settling, self.request.settle));
        }
        outcome
    }

    /// Whether an explained service event adds anything to the stopped tasks' explanations.
    fn is_news(&self, event: &RolloutEvent) -> bool {
        match event {
            RolloutEvent::Explained { failure } => {
                let alone = self.failures.kinds().is_empty();
                alone || (is_about_missing_tasks(failure) && !self.is_said_by_tasks(failure))
            }
            _ => true,
        }
    }

    /// Whether a service event only repeats what a stopped task says.
    fn is_said_by_tasks(&self, failure: &TaskFailure) -> bool {
        let event = words_only(failure.event.as_deref().unwrap_or_default());
        let mut reasons = self.failures.kinds().iter().filter_map(TaskFailure::said);
        reasons.any(|reason| {
            let reason = words_only(reason);
            !reason.trim().is_empty() && event.contains(reason.trim())
        })
    }

    /// Applies the rules in order; the first that applies decides (`docs/design.md` §5.3).
    fn rule(&mut self, view: &DeploymentView<'_>) -> RuleOutcome {
        if let Some(verdict) = self.ended_before.take() {
            return ControlFlow::Break(Some(verdict));
        }
        self.rolled_back(view)?;
        self.paused(view)?;
        self.stopped(view)?;
        self.replaced(view)?;
        self.stopping(view)?;
        self.failed(view)?;
        self.crash_loop(view)?;
        self.success(view)
    }

    /// Keeps what later steps need from this view.
    fn remember(&mut self, view: &DeploymentView<'_>) {
        self.seen |= view.tracked.is_some();
        self.given_up |= view.has_failed_in_ecs();
        self.completed |= view.has_completed_in_ecs();
        if let (Some(found), Some(tracked)) = (view.tracked, &mut self.tracked) {
            tracked.created_at = tracked.created_at.or(found.created_at);
        }
        if view.tracked.is_some_and(Deployment::is_primary) {
            for replaced in view.others().filter_map(Deployment::short_definition) {
                if !self.replaced_definitions.contains(&replaced) {
                    self.replaced_definitions.push(replaced);
                }
            }
        }
        if let Some(alarms) = view.join.and_then(|it| it.alarms.as_ref()) {
            self.alarms.clone_from(&alarms.triggered);
        }
        self.counts = RolloutCounts {
            deployment: Some(view.id.to_owned()),
            deploys: self.counts.deploys.take(),
            ..RolloutCounts::of(view.service)
        };
        self.learn_definition(view.snapshot, view.tracked);
    }

    /// Records our deployment's task definition, from `deployments[]` or else from its tasks.
    fn learn_definition(&mut self, snapshot: &Snapshot, listed: Option<&Deployment>) {
        let is_another = self.rollback.as_ref().is_some_and(|it| it.joined_midway);
        let Some(tracked) = self.tracked.as_ref().filter(|_| !is_another) else {
            return;
        };
        let of_task = || {
            let mut tasks = snapshot.tasks.iter().filter(|task| tracked.started(task));
            tasks.find_map(|task| task.task_definition.as_deref())
        };
        let deploys = &mut self.counts.deploys;
        if deploys.is_none() {
            *deploys = listed
                .and_then(Deployment::short_definition)
                .or_else(|| of_task().map(|it| short_definition(it).to_owned()));
        }
    }

    fn out_of_time(&self, now: Timestamp) -> Option<Verdict> {
        let begun = self.timed_since.or(self.since.begun)?;
        // Without the service, its bake time is unknown.
        let timeout = self.timeout.unwrap_or(TIMEOUT);
        let after = now.duration_since(begun);
        let stood_still = match self.request.timeout {
            Some(_) => SignedDuration::ZERO,
            None => self.bake.lasted,
        };
        if after.saturating_sub(stood_still) < timeout {
            return None;
        }
        if let Some(rollback) = &self.rollback {
            return Some(rollback.verdict(false));
        }
        Some(Verdict::TimedOut {
            after,
            state: self.state.clone(),
            last_event: self.progress.last_said().map(|(_, said)| said.to_owned()),
            last_event_at: self.progress.last_said().and_then(|(at, _)| at),
        })
    }

    /// The time since `since`; zero if None.
    fn elapsed(&self, since: Option<Timestamp>, now: Timestamp) -> SignedDuration {
        since.map_or(SignedDuration::ZERO, |since| now.duration_since(since))
    }
}

/// The state of a rollout that waits for something.
fn waiting_for(what: impl Display) -> String {
    format!("waiting for {what}")
}
