//! The judge of one rollout: snapshots and the time go in, events and one verdict come out.
//!
//! The rules are design §5.1–5.5 and 5.8; what they rest on is in `notes` beside each. Two things hold for all of
//! them: only what ECS itself says counts (its ids, its clock), and a reply that may be stale proves nothing.

mod adverse;
mod failures;
mod freshness;
mod narrator;
mod state;
mod stop;
mod success;
mod view;

#[cfg(test)]
mod history;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use jiff::{SignedDuration, Timestamp};

use super::{Aim, FailureKind, Service, Snapshot, Target, Verdict, default_timeout};
use crate::model::{RolloutEvent, TaskFailure};

use failures::Failures;
use freshness::Freshness;
use narrator::Narrator;
use state::{Ours, Rollback, Since};
use view::View;

pub use state::Figures;

/// What a rule says: break with a verdict, break without one (keep watching), or leave it to the next rule.
type Ruling = ControlFlow<Option<Verdict>>;

const KEEP_WATCHING: Ruling = ControlFlow::Break(None);
const NEXT: Ruling = ControlFlow::Continue(());

/// How long the service deployment is looked for (design §5.2).
const JOIN_FOR: SignedDuration = SignedDuration::from_secs(30);
/// How long the service deployment may lag behind `deployments[]` before the latter is taken at its word.
const LAG: SignedDuration = SignedDuration::from_secs(10);
/// How long a service that can't be seen may still be one that a stale read hides.
const UNSEEN_FOR: SignedDuration = SignedDuration::from_secs(60);
/// The same, once it was seen.
const GONE_FOR: SignedDuration = SignedDuration::from_secs(10);

/// What came of one look.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// What happened since the last look.
    pub events: Vec<RolloutEvent>,
    /// The end. Once given it never changes.
    pub verdict: Option<Verdict>,
    /// What the judge would like to read before the next look.
    pub wants: Wants,
}

/// What a judge would like to read besides the service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wants {
    /// The service's stopped tasks.
    pub tasks: bool,
    /// The list of its service deployments.
    pub listing: bool,
    /// The service deployment that was joined, again.
    pub service_deployment: bool,
}

/// The judge of one rollout.
#[derive(Clone, Debug)]
pub struct Judge {
    aim: Aim,
    ours: Option<Ours>,
    since: Since,
    timeout: Option<SignedDuration>,
    freshness: Freshness,
    failures: Failures,
    narrator: Narrator,
    figures: Figures,
    wants: Wants,
    waiting_for: String,
    /// Our deployment was in `deployments[]`.
    seen: bool,
    /// ECS gave our deployment up.
    given_up: bool,
    /// One of our tasks worked.
    healthy: bool,
    /// `failedTasks` at the last look.
    failed_tasks: u64,
    /// Failures, however counted, at the last look.
    failures_while_running: u64,
    /// When ECS completed our deployment, by its clock.
    completed_at: Option<Timestamp>,
    /// Tasks had to start while we watched.
    filling: bool,
    /// The desired count that was asked for has been seen.
    desired_seen: bool,
    rollback: Option<Rollback>,
    /// The end that what was attached to had come to before.
    ended_before: Option<Verdict>,
    verdict: Option<Verdict>,
}

impl Judge {
    /// A judge that has seen nothing yet.
    pub fn new(aim: Aim) -> Self {
        let ours = match &aim.target {
            Target::Started {
                id,
                created_at,
                previous,
            } => Some(Ours {
                id: id.clone(),
                created_at: *created_at,
                previous: previous.clone(),
                is_new: true,
            }),
            Target::Same { id } => Some(Ours {
                id: id.clone(),
                created_at: None,
                previous: None,
                is_new: false,
            }),
            Target::InFlight | Target::Restored => None,
        };
        Self {
            timeout: aim.timeout,
            aim,
            ours,
            since: Since::default(),
            freshness: Freshness::default(),
            failures: Failures::default(),
            narrator: Narrator::default(),
            figures: Figures::default(),
            wants: Wants::default(),
            waiting_for: "an answer from ECS".to_owned(),
            seen: false,
            given_up: false,
            healthy: false,
            failed_tasks: 0,
            failures_while_running: 0,
            completed_at: None,
            filling: false,
            desired_seen: false,
            rollback: None,
            ended_before: None,
            verdict: None,
        }
    }

    /// What is watched for.
    pub fn aim(&self) -> &Aim {
        &self.aim
    }

    /// Our deployment's id, once it is known.
    pub fn deployment(&self) -> Option<&str> {
        self.ours.as_ref().map(|ours| ours.id.as_str())
    }

    /// The verdict, once there is one.
    pub fn verdict(&self) -> Option<&Verdict> {
        self.verdict.as_ref()
    }

    /// What runs, as last seen.
    pub fn figures(&self) -> &Figures {
        &self.figures
    }

    /// Tasks of ours that failed, each kind once and counted.
    pub fn failures(&self) -> &[TaskFailure] {
        self.failures.kinds()
    }

    /// Takes one look. After the verdict nothing happens any more.
    pub fn step(&mut self, snapshot: &Snapshot, now: Timestamp) -> Step {
        if self.verdict.is_some() {
            return self.conclude(Vec::new());
        }
        self.since.begun.get_or_insert(now);
        self.wants = Wants::default();
        let mut events = Vec::new();
        let ruling = match present(snapshot) {
            Some(service) => self.look(snapshot, service, now, &mut events),
            None => self.missing(now),
        };
        self.verdict = match ruling {
            ControlFlow::Break(Some(verdict)) => Some(verdict),
            _ => self.out_of_time(now),
        };
        self.conclude(events)
    }

    /// The verdict when the time is up, for a poller whose reads fail.
    pub fn overdue(&mut self, now: Timestamp) -> Step {
        if self.verdict.is_none() {
            self.since.begun.get_or_insert(now);
            self.verdict = self.out_of_time(now);
        }
        self.wants = Wants::default();
        self.conclude(Vec::new())
    }

    /// Takes in tasks that were read after the verdict, so that it can be explained.
    pub fn note_tasks(&mut self, snapshot: &Snapshot) -> Vec<RolloutEvent> {
        let Some(ours) = &self.ours else { return Vec::new() };
        self.failures.note(snapshot, ours, false)
    }

    fn conclude(&self, events: Vec<RolloutEvent>) -> Step {
        let over = self.verdict.is_some();
        Step {
            events,
            verdict: self.verdict.clone(),
            wants: if over { Wants::default() } else { self.wants },
        }
    }

    fn look(
        &mut self,
        snapshot: &Snapshot,
        service: &Service,
        now: Timestamp,
        events: &mut Vec<RolloutEvent>,
    ) -> Ruling {
        self.since.missing = None;
        if self.freshness.is_stale(service, now) {
            return KEEP_WATCHING;
        }
        self.timeout.get_or_insert_with(|| default_timeout(service));
        if !self.adopt(snapshot, service, now) {
            return KEEP_WATCHING;
        }
        let Some(ours) = self.ours.clone() else {
            return self.without_deployments(service);
        };
        let view = View::new(snapshot, service, &ours, now);
        self.remember(&view);
        events.extend(self.narrator.narrate(&self.aim, &view, self.rollback.is_some()));
        events.extend(self.failures.note(snapshot, &ours, !ours.is_new));
        self.assess_health(&view);
        let before = self.rollback.is_some();
        let ruling = self.rule(&view);
        if !before {
            events.extend(self.rollback.as_ref().map(Rollback::event));
        }
        if matches!(ruling, ControlFlow::Continue(()) | ControlFlow::Break(None)) {
            self.ask(&view);
            events.extend(self.narrator.settling(self.since.settling, self.aim.settle));
        }
        ruling
    }

    /// The rules, the worst news first.
    fn rule(&mut self, view: &View<'_>) -> Ruling {
        if let Some(verdict) = self.ended_before.take() {
            return ControlFlow::Break(Some(verdict));
        }
        self.rolled_back(view)?;
        self.paused(view)?;
        self.stopped(view)?;
        self.lost(view)?;
        self.failed(view)?;
        self.crash_loop(view)?;
        self.success(view)
    }

    /// Makes sure that we know which deployment is ours. False: not yet.
    fn adopt(&mut self, snapshot: &Snapshot, service: &Service, now: Timestamp) -> bool {
        if self.ours.is_some() {
            return true;
        }
        let Some(primary) = service.primary() else {
            return true;
        };
        let complete = View::is_complete(primary);
        let waited = self.elapsed(self.since.begun, now) >= LAG;
        let attaching = self.aim.target == Target::InFlight;
        if (attaching || !complete)
            && snapshot.deployments_readable
            && snapshot.listed_at.is_none()
            && !waited
        {
            // The service deployments tell a rollback from a deployment where `deployments[]` can't.
            self.wants.listing = true;
            return false;
        }
        let undone = snapshot
            .service_deployments
            .iter()
            .find(|found| found.status.is_rollback() && !found.status.is_terminal());
        let rolling_back = !complete && (primary.speaks_of_rollback() || undone.is_some());
        if attaching {
            self.ended_before = Self::rolled_back_before(primary, snapshot);
        }
        if rolling_back && attaching && self.ended_before.is_none() {
            self.rollback = Some(Rollback {
                reason: undone.and_then(|it| it.why()).or_else(|| primary.reason.clone()),
                to_id: Some(primary.id.clone()),
                to: primary.short_definition(),
                joined_midway: true,
            });
        }
        self.ours = Some(Ours {
            id: primary.id.clone(),
            created_at: primary.created_at,
            previous: None,
            is_new: !complete,
        });
        true
    }

    /// What must be kept of each look.
    fn remember(&mut self, view: &View<'_>) {
        self.seen |= view.ours.is_some();
        self.given_up |= view.is_given_up();
        if let (Some(found), Some(ours)) = (view.ours, &mut self.ours) {
            ours.created_at = ours.created_at.or(found.created_at);
        }
        self.figures = Figures {
            deployment: Some(view.id.to_owned()),
            ..Figures::of(view.service)
        };
    }

    /// What to read next.
    fn ask(&mut self, view: &View<'_>) {
        let joined = view.join.is_some();
        // Looked for until a list from half a minute on lacks it; other strategies can't do without it.
        let begun = self.since.begun.unwrap_or(view.now);
        let listed_late = view
            .snapshot
            .listed_at
            .is_some_and(|at| at.duration_since(begun) >= JOIN_FOR);
        let look_on = !view.is_rolling() || !listed_late;
        self.wants.listing |= !joined && look_on;
        self.wants.listing &= view.snapshot.deployments_readable;
        self.wants.service_deployment |= joined && (!view.is_rolling() || self.rollback.is_some());
        self.wants.service_deployment &= joined;
        // Of a deployment that was complete before the watch, the tasks that had stopped by then tell nothing.
        let unread = self.filling && self.failures.read_at().is_none();
        let complete_before = self.ours.as_ref().is_some_and(|ours| !ours.is_new);
        self.wants.tasks |= self.failures.wants(view) || (unread && complete_before);
        if self.rollback.is_some() || self.given_up {
            // The counts of ours may be gone by now; the reason is in its tasks.
            let since = *self.since.adverse.get_or_insert(view.now);
            self.wants.tasks |= self.failures.read_at().is_none_or(|at| at < since);
        }
        self.wants.tasks &= view.snapshot.tasks_readable;
    }

    /// The service isn't there, or not any more.
    fn missing(&mut self, now: Timestamp) -> Ruling {
        let since = *self.since.missing.get_or_insert(now);
        let patience = if self.seen { GONE_FOR } else { UNSEEN_FOR };
        if now.duration_since(since) < patience {
            "the service to be visible".clone_into(&mut self.waiting_for);
            return KEEP_WATCHING;
        }
        ControlFlow::Break(Some(Verdict::Failed {
            how: FailureKind::ServiceGone,
            reason: None,
        }))
    }

    fn out_of_time(&self, now: Timestamp) -> Option<Verdict> {
        let begun = self.since.begun?;
        let timeout = self.timeout?;
        let after = now.duration_since(begun);
        if after < timeout {
            return None;
        }
        if let Some(rollback) = &self.rollback {
            return Some(rollback.verdict(false));
        }
        Some(Verdict::TimedOut {
            after,
            waiting_for: self.waiting_for.clone(),
            last_event: self.narrator.last_said().map(str::to_owned),
        })
    }

    /// How long something has been the case; nothing while it isn't.
    fn elapsed(&self, since: Option<Timestamp>, now: Timestamp) -> SignedDuration {
        since.map_or(SignedDuration::ZERO, |since| now.duration_since(since))
    }
}

/// The service, unless it is missing or being deleted: INACTIVE is as good as absent (API reference: Service).
fn present(snapshot: &Snapshot) -> Option<&Service> {
    snapshot
        .service
        .as_ref()
        .filter(|service| !matches!(service.status.as_str(), "INACTIVE" | "DRAINING"))
}
