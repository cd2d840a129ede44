//! The ends: a service that has its verdict is explained, as far as that takes no more than moments, and told.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::ecs::{Ecs, broken_off};
use super::explain::Clues;
use super::poller::{End, Poller, WatchedService};
use super::{NoSuchService, ServiceResult};
use crate::exit::Exit;
use crate::verdict::{Verdict, Wants};

/// The longest that an end is held back for its explanation.
const PATIENCE: SignedDuration = SignedDuration::from_secs(3);
/// Time between two looks for an explanation when nothing else is watched any more.
const LAST_LOOKS: Duration = Duration::from_secs(1);

impl<E: Ecs + Clues> Poller<'_, E> {
    /// Everything has its verdict: what is left is to explain it.
    pub(super) async fn explain_to_the_end(&mut self) {
        let answered = self.clock.within(LAST_LOOKS, self.explainer.work()).await;
        if answered && self.open().iter().any(|at| self.explainer.is_busy(*at)) {
            self.clock.sleep(LAST_LOOKS).await;
        }
    }

    /// Says the end of every service that has its verdict, as soon as it is explained.
    pub(super) async fn conclude(&mut self) {
        for at in self.open() {
            let Some((verdict, decided_at)) = self.decision(at) else {
                self.break_off_unwatchable(at);
                continue;
            };
            if let Verdict::Absent { draining } = verdict {
                self.is_absent(at, draining);
                continue;
            }
            let is_bad = verdict.exit() != Exit::Done;
            if is_bad && decided_at.is_none() {
                self.explain(at, &verdict).await;
            }
            let now = self.clock.now();
            if let Some(watchee) = self.services.get_mut(at) {
                watchee.wants = Wants::default();
                watchee.decided_at.get_or_insert(now);
            }
            let waited = decided_at.map_or(SignedDuration::ZERO, |since| now.duration_since(since));
            if !is_bad || !self.explainer.is_busy(at) || waited >= PATIENCE {
                self.end(at, verdict);
            }
        }
    }

    /// Nothing more will be read: what has its verdict ends with what is known.
    pub(super) fn conclude_at_once(&mut self) {
        for at in self.open() {
            match self.decision(at) {
                Some((Verdict::Absent { draining }, _)) => self.is_absent(at, draining),
                Some((verdict, _)) => self.end(at, verdict),
                None => {}
            }
        }
    }

    /// A service's verdict, and when it had it.
    fn decision(&self, at: usize) -> Option<(Verdict, Option<Timestamp>)> {
        let watchee = self.services.get(at)?;
        Some((watchee.judge.verdict()?.clone(), watchee.decided_at))
    }

    fn end(&mut self, at: usize, verdict: Verdict) {
        let Some(watchee) = self.services.get_mut(at) else {
            return;
        };
        let judge = &watchee.judge;
        let service = &judge.aim().service;
        let troubles = match verdict.exit() {
            Exit::Done => Vec::new(),
            _ => judge.troubles(),
        };
        let failures = self.explainer.complete(at, service, judge.failures(), troubles);
        let end =
            ServiceResult::new(judge.aim(), judge.figures(), failures, verdict).with_alarms(judge.alarms());
        (self.ended)(judge.aim(), &end);
        watchee.end = Some(End::ServiceResult(Box::new(end)));
    }

    fn is_absent(&mut self, at: usize, draining: bool) {
        if let Some(watchee) = self.services.get_mut(at) {
            let name = watchee.judge.aim().service.clone();
            watchee.end = Some(End::Absent(match draining {
                true => NoSuchService::Draining(name),
                false => NoSuchService::Missing(name),
            }));
        }
    }

    /// What nobody can tell the end of is not waited for.
    fn break_off_unwatchable(&mut self, at: usize) {
        if let Some(watchee) = self.services.get_mut(at)
            && let Some(cause) = &watchee.refused
            && watchee.judge.is_unwatchable(&watchee.snapshot)
        {
            let services = [watchee.judge.aim().service.clone()];
            let why = broken_off(&services, watchee.joined().is_some(), cause.clone());
            watchee.end = Some(End::Unwatchable(why));
        }
    }

    /// A last look at the stopped tasks, and at the targets where there are none, when a bad end has no explanation yet.
    async fn explain(&mut self, at: usize, verdict: &Verdict) {
        let is_explained = |it: &WatchedService| !it.judge.failures().is_empty();
        if self.services.get(at).is_none_or(is_explained) {
            return;
        }
        self.read_tasks_once_more(at).await;
        let Some(watchee) = self.services.get(at) else {
            return;
        };
        // After a rollback, or another's deployment, the targets are no longer ours.
        if let Verdict::TimedOut { .. } | Verdict::Failed { .. } = verdict
            && let Some(service) = &watchee.snapshot.service
            && !is_explained(watchee)
            && watchee.judge.troubles().is_empty()
        {
            self.explainer.begin_targets(at, service);
        }
    }

    async fn read_tasks_once_more(&mut self, at: usize) {
        if !self.services.get(at).is_some_and(|it| it.snapshot.tasks_readable) {
            return;
        }
        let now = self.clock.now();
        let Some(tasks) = self.tasks_at_once(at).await else {
            return;
        };
        let Some(watchee) = self.services.get_mut(at) else {
            return;
        };
        watchee.take_tasks(tasks, now);
        let events = watchee.judge.note_tasks(&watchee.snapshot);
        self.tell(at, events);
    }
}
