//! Progress events of a rollout, each reported once.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::service_events::ServiceEventReader;
use super::view::DeploymentView;
use crate::ecs::{Deployment, ProtectedTask, ServiceEvent};
use crate::model::short_definition;
use crate::model::{RolloutEvent, TaskFailure};
use crate::verdict::{WatchRequest, WatchTarget};

/// Tracks which messages have been reported.
#[derive(Clone, Debug, Default)]
pub(super) struct ProgressMessages {
    started: bool,
    settling: bool,
    baking: bool,
    protected: bool,
    /// IDs of service events that were reported or are older than the watch.
    said: HashSet<String>,
    /// Service events before this time aren't about our deployment (ECS's clock).
    said_until: Option<Timestamp>,
    polled: bool,
    last_said: Option<(Option<Timestamp>, String)>,
    troubles: ServiceEventReader,
    progress: Option<RolloutEvent>,
    /// Whether changed counts were held back for one step, because the stage is read after them.
    kept_back: bool,
}

impl ProgressMessages {
    /// The last reported service event, and when ECS created it.
    pub fn last_said(&self) -> Option<(Option<Timestamp>, &str)> {
        self.last_said.as_ref().map(|(at, said)| (*at, said.as_str()))
    }

    /// Failures from service events.
    pub fn troubles(&self) -> impl Iterator<Item = &TaskFailure> {
        self.troubles.kinds()
    }

    /// The new events of this step.
    pub fn report_progress(
        &mut self,
        request: &WatchRequest,
        view: &DeploymentView<'_>,
        rolling_back: bool,
    ) -> Vec<RolloutEvent> {
        let mut events: Vec<RolloutEvent> = self.start(request, view, rolling_back).into_iter().collect();
        events.extend(self.service_events(request, view));
        events.extend(self.progress(view, rolling_back));
        events
    }

    /// Reports once that the tasks must keep running for a while.
    pub fn settling(&mut self, since: Option<Timestamp>, settle: SignedDuration) -> Option<RolloutEvent> {
        let seconds = u64::try_from(settle.as_secs()).unwrap_or(0);
        if since.is_none() || self.settling || seconds == 0 {
            return None;
        }
        self.settling = true;
        Some(RolloutEvent::Settling { seconds })
    }

    /// Reports once that ECS watches alarms before it completes the deployment.
    pub fn baking(&mut self, alarms: Option<u64>) -> Option<RolloutEvent> {
        let alarms = alarms.filter(|_| !self.baking)?;
        self.baking = true;
        Some(RolloutEvent::Baking { alarms })
    }

    /// Reports once that the deployment waits for old tasks that are all protected from scale-in.
    pub fn protected(&mut self, tasks: &[ProtectedTask]) -> Option<RolloutEvent> {
        if tasks.is_empty() || self.protected {
            return None;
        }
        self.protected = true;
        Some(RolloutEvent::Protected {
            tasks: tasks.iter().map(|task| task.id.clone()).collect(),
            until: tasks
                .iter()
                .filter_map(|task| task.until)
                .max()
                .map(|at| format!("{at:.0}")),
        })
    }

    fn start(
        &mut self,
        request: &WatchRequest,
        view: &DeploymentView<'_>,
        rolling_back: bool,
    ) -> Option<RolloutEvent> {
        let in_progress = match request.target {
            WatchTarget::Started { .. } | WatchTarget::Unidentified { replaced: Some(_) } => true,
            WatchTarget::Same { .. }
            | WatchTarget::CodeDeploy { .. }
            | WatchTarget::Unidentified { replaced: None } => false,
            WatchTarget::InFlight | WatchTarget::Restored => {
                view.tracked.is_some_and(|it| !DeploymentView::is_complete(it))
            }
        };
        if self.started || !in_progress || request.undoing {
            return None;
        }
        // A watch that joins a rollback follows the failed deployment while that is listed.
        let is_rollback = rolling_back || view.tracked.is_some_and(Deployment::mentions_rollback);
        let asked = request.short_definition().map(str::to_owned);
        let shown = if is_rollback { view.primary } else { view.tracked };
        let to = asked.or_else(|| shown.and_then(Deployment::short_definition))?;
        self.started = true;
        // A run that did not start it sees the previous deployment while that has tasks.
        let mut others = view.service.deployments.iter().filter(|it| it.id != view.id);
        let is_first = request.before.is_none() && others.next().is_none();
        Some(RolloutEvent::Started {
            has_target: !is_first && !is_rollback,
            from: request
                .before
                .as_deref()
                .map(|it| short_definition(it).to_owned()),
            to,
            deployment: Some(view.id.to_owned()),
            attached: matches!(request.target, WatchTarget::InFlight | WatchTarget::Restored),
            rollback: is_rollback,
        })
    }

    /// Returns the service events since the start, oldest first.
    fn service_events(&mut self, request: &WatchRequest, view: &DeploymentView<'_>) -> Vec<RolloutEvent> {
        if !self.polled {
            self.polled = true;
            self.said_until = self.start_of(request, view);
            if self.said_until.is_none() {
                self.said
                    .extend(view.service.events.iter().map(|event| event.id.clone()));
            }
        }
        let mut fresh: Vec<&ServiceEvent> = view.service.events.iter().rev().collect();
        fresh.retain(|event| {
            let is_new = event.at >= self.said_until && !self.said.contains(&event.id);
            is_new && self.said.insert(event.id.clone())
        });
        fresh.sort_by_key(|event| event.at);
        if let Some(last) = fresh.last() {
            self.last_said = Some((last.at, last.message.clone()));
        }
        let mut reported = Vec::new();
        for event in fresh {
            reported.push(RolloutEvent::Said {
                at: event.at.map(|at| at.to_string()).unwrap_or_default(),
                message: event.message.clone(),
            });
            reported.extend(self.troubles.note(event, &request.service));
        }
        reported
    }

    /// When our deployment began, if it is watched from the start. `None`: only later events are reported.
    fn start_of(&self, request: &WatchRequest, view: &DeploymentView<'_>) -> Option<Timestamp> {
        match &request.target {
            WatchTarget::Started { created_at, .. } => created_at.or_else(|| view.tracked?.created_at),
            WatchTarget::Same { .. } | WatchTarget::CodeDeploy { .. } => None,
            WatchTarget::Unidentified { .. } | WatchTarget::InFlight | WatchTarget::Restored => view
                .tracked
                .filter(|it| !DeploymentView::is_complete(it))
                .and_then(|it| it.created_at),
        }
    }

    /// The counts, if they changed.
    fn progress(&mut self, view: &DeploymentView<'_>, rolling_back: bool) -> Option<RolloutEvent> {
        let shown = if rolling_back { view.primary } else { view.tracked }?;
        let stage = view.join.and_then(|it| it.lifecycle_stage.clone());
        let state = shown.rollout_state.as_ref().map(ToString::to_string);
        let old = view
            .service
            .deployments
            .iter()
            .filter(|it| it.id != shown.id)
            .fold(0_u64, |sum, it| sum.saturating_add(it.running_count.unwrap_or(0)));
        let traffic = view.join.and_then(|it| it.production_traffic);
        let bakes = view
            .join
            .and_then(|it| it.bake_time)
            .unwrap_or(view.service.bake_time);
        let bake_minutes = stage.as_deref().and_then(|stage| bakes.at(stage, traffic));
        let progress = RolloutEvent::Progress {
            task_definition: shown.short_definition().unwrap_or_default(),
            running: shown.running_count.unwrap_or(0),
            pending: shown.pending_count,
            desired: shown.desired_count.unwrap_or(0),
            failed: shown.failed_tasks,
            old,
            stage: stage.or(state),
            traffic: traffic.map(|percent| percent.round().clamp(0.0, 100.0) as u64),
            bake_minutes,
            hook: view.join.and_then(|it| Some(it.holding_hook()?.short())),
        };
        if self.progress.as_ref() == Some(&progress) {
            return None;
        }
        if !view.is_rolling() && !self.kept_back && self.is_same_stage(&progress) {
            self.kept_back = true;
            return None;
        }
        self.kept_back = false;
        self.progress = Some(progress.clone());
        Some(progress)
    }

    /// Whether the event has the same stage as the last reported one.
    fn is_same_stage(&self, progress: &RolloutEvent) -> bool {
        let stage_of = |event: &RolloutEvent| match event {
            RolloutEvent::Progress { stage, .. } => stage.clone(),
            _ => None,
        };
        stage_of(progress).is_some() && self.progress.as_ref().map(stage_of) == Some(stage_of(progress))
    }
}
