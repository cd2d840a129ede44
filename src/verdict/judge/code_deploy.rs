//! The rules for a CodeDeploy deployment of a service. Its status decides (API reference: DeploymentInfo, `status`);
//! task sets and lifecycle events show its progress.

use std::ops::ControlFlow;

use jiff::{SignedDuration, Timestamp};

use super::read_requests::RECHECK_EVERY;
use super::state::{ObservedRollback, TrackedDeployment};
use super::{Judge, KEEP_WATCHING, RolloutCounts, RuleOutcome, waiting_for};
use crate::ecs::{CodeDeployStatus, CodeDeployment, RollbackInitiator, Service, TaskSet};
use crate::model::{RolloutEvent, plural, short_definition};
use crate::verdict::breaker_threshold::breaker_threshold;
use crate::verdict::code_deploy_timeout::code_deploy_timeout;
use crate::verdict::{CodeDeploySnapshot, FailureKind, Snapshot, Verdict, WaitUntil, WatchTarget};

/// How long DescribeServices may lag behind CodeDeploy, and CodeDeploy behind its own failure.
const LAG: SignedDuration = SignedDuration::from_secs(30);
/// What a deployment waits for before its traffic is rerouted, and before the original tasks stop (API reference,
/// ContinueDeployment, `deploymentWaitType`).
pub const READY_WAIT: &str = "READY_WAIT";
const TERMINATION_WAIT: &str = "TERMINATION_WAIT";

/// What was reported of a CodeDeploy deployment.
#[derive(Clone, Debug, Default)]
pub(super) struct CodeDeployProgress {
    started: bool,
    rolling_back: bool,
    progress: Option<RolloutEvent>,
    /// Running and pending tasks, and the newest service event, when the stopped tasks were last requested.
    counts: Option<(u64, u64, Option<String>)>,
    /// Since when the deployment has been over.
    over: Option<Timestamp>,
}

/// A snapshot from the deployment's point of view.
struct CodeDeployView<'a> {
    id: &'a str,
    service: &'a Service,
    seen: &'a CodeDeploySnapshot,
    /// The task set that the deployment created, while it is listed.
    ours: Option<&'a TaskSet>,
    now: Timestamp,
}

impl CodeDeployView<'_> {
    fn deployment(&self) -> &CodeDeployment {
        &self.seen.deployment
    }

    fn desired(&self) -> u64 {
        self.ours
            .and_then(|set| set.desired)
            .or(self.service.desired_count)
            .unwrap_or(0)
    }

    /// The running tasks of the other task sets.
    fn old(&self) -> u64 {
        let others = self
            .service
            .task_sets
            .iter()
            .filter(|set| Some(*set) != self.ours);
        others.map(|set| set.running).sum()
    }

    /// What the deployment does, or waits for.
    fn stage(&self) -> Option<String> {
        let deployment = self.deployment();
        if deployment.status.is_terminal() {
            return None;
        }
        match (deployment.current_event(), deployment.is_past_shift()) {
            (Some(stage), _) => Some(stage.name.clone()),
            (None, true) => Some(TERMINATION_WAIT.to_owned()),
            (None, false) if deployment.status == CodeDeployStatus::Ready => Some(READY_WAIT.to_owned()),
            (None, false) if deployment.status == CodeDeployStatus::InProgress => None,
            (None, false) => Some(deployment.status.to_string()),
        }
    }
}

impl Judge {
    /// Whether CodeDeploy may have a deployment of the service in progress, which is not among the service's own.
    pub(super) fn looks_for_code_deployment(&self, snapshot: &Snapshot, service: &Service) -> bool {
        self.request.target == WatchTarget::InFlight
            && self.request.attached
            && service.is_code_deploy()
            && !snapshot.no_code_deployment
    }

    /// Watches the deployment in progress, once it is read.
    pub(super) fn find_code_deployment(&mut self, snapshot: &Snapshot) -> RuleOutcome {
        let Some(found) = &snapshot.code_deploy else {
            self.read_requests.code_deploy = snapshot.deployments_readable;
            return self.wait_in(waiting_for("CodeDeploy to list the deployments in progress"));
        };
        self.request.target = WatchTarget::CodeDeploy {
            id: found.deployment.id.clone(),
        };
        ControlFlow::Continue(())
    }

    /// Judges a snapshot of the CodeDeploy deployment `id`.
    pub(super) fn code_deploy(
        &mut self,
        snapshot: &Snapshot,
        service: &Service,
        id: &str,
        now: Timestamp,
        events: &mut Vec<RolloutEvent>,
    ) -> RuleOutcome {
        self.read_requests.code_deploy = snapshot.deployments_readable;
        let Some(seen) = &snapshot.code_deploy else {
            self.state = waiting_for("CodeDeploy to report the deployment");
            return KEEP_WATCHING;
        };
        let view = CodeDeployView {
            id,
            service,
            seen,
            ours: service.task_set_of(id),
            now,
        };
        self.timeout
            .get_or_insert_with(|| code_deploy_timeout(view.deployment()));
        self.take_counts(&view);
        events.extend(self.report_start(&view));
        if let Some(set) = view.ours {
            let tracked = TrackedDeployment {
                id: set.id.clone(),
                created_at: set.created_at,
                previous: None,
                is_new: true,
            };
            events.extend(self.failures.note(snapshot, &tracked, false));
            self.tracked = Some(tracked);
        }
        events.extend(self.report_progress_of(&view));
        let outcome = self.code_deploy_rules(&view, events);
        if !matches!(outcome, ControlFlow::Break(Some(_))) {
            self.ask_for_stopped_tasks(&view, snapshot);
        }
        outcome
    }

    fn code_deploy_rules(
        &mut self,
        view: &CodeDeployView<'_>,
        events: &mut Vec<RolloutEvent>,
    ) -> RuleOutcome {
        let deployment = view.deployment();
        let exercised = view.service.desired_count.is_some_and(|desired| desired > 0);
        match deployment.status {
            CodeDeployStatus::Succeeded => self.deployed_by_code_deploy(view, exercised),
            CodeDeployStatus::Failed | CodeDeployStatus::Stopped => self.ended_in_code_deploy(view, events),
            _ if self.request.undoing => self.wait_in(waiting_for("CodeDeploy to stop the deployment")),
            _ if deployment.is_past_shift() => {
                if self.request.until == WaitUntil::Deployed {
                    return ControlFlow::Break(Some(Verdict::Deployed { exercised }));
                }
                let minutes = deployment.termination_minutes;
                self.wait_in(format!(
                    "the traffic is shifted; CodeDeploy stops the original tasks after {}",
                    plural(minutes, "minute")
                ))
            }
            CodeDeployStatus::Ready => self.ready(view),
            _ => self.in_progress_in_code_deploy(view),
        }
    }

    /// The replacement tasks are ready, and somebody has to reroute the traffic.
    fn ready(&mut self, view: &CodeDeployView<'_>) -> RuleOutcome {
        let is_answered = self
            .request
            .answered
            .as_ref()
            .is_some_and(|it| it.hook == READY_WAIT);
        if self.request.wait_through_pause
            || (is_answered && self.elapsed(self.since.begun, view.now) < LAG)
            || view.deployment().ready_minutes.is_none()
        {
            return self.wait_in(waiting_for("the traffic to be rerouted"));
        }
        ControlFlow::Break(Some(Verdict::Paused {
            hook: READY_WAIT.to_owned(),
            stage: None,
            expires_at: None,
            then: Some("STOP_DEPLOYMENT".to_owned()),
        }))
    }

    fn in_progress_in_code_deploy(&mut self, view: &CodeDeployView<'_>) -> RuleOutcome {
        let running = view.ours.map_or(0, |set| set.running);
        let failed = self.failures.count();
        // CodeDeploy waits as long as ECS tries again; without one running task, that leads nowhere.
        if running == 0 && failed >= breaker_threshold(view.desired()) {
            let reason = self.failures.kinds().last().and_then(|it| it.said());
            let reason = reason.map(str::to_owned);
            let how = FailureKind::CrashLoop { failed };
            return ControlFlow::Break(Some(Verdict::failed(how, reason)));
        }
        let stage = view
            .stage()
            .map(|stage| format!("at {stage}, "))
            .unwrap_or_default();
        let tasks = plural(view.desired(), "task");
        self.wait_in(format!("{stage}{running} of {tasks} running so far"))
    }

    /// Succeeded is the truth once the service shows it, too.
    fn deployed_by_code_deploy(&mut self, view: &CodeDeployView<'_>, exercised: bool) -> RuleOutcome {
        let since = *self.code_deploy.over.get_or_insert(view.now);
        let primary = view.service.primary_task_set();
        if view.deployment().is_rollback {
            return ControlFlow::Break(Some(Verdict::RolledBack {
                to: primary.and_then(TaskSet::short_definition).map(str::to_owned),
                complete: true,
                by: RollbackInitiator::Unsaid,
                reason: None,
            }));
        }
        let asked = self.request.short_definition();
        let is_ours = |set: &TaskSet| match asked {
            Some(asked) => set.short_definition() == Some(asked),
            None => set.external_id.as_deref() == Some(view.id),
        };
        let Some(primary) = primary else {
            return self.wait_in(waiting_for("ECS to show the PRIMARY task set"));
        };
        if !is_ours(primary) {
            if view.now.duration_since(since) < LAG {
                return self.wait_in(waiting_for("ECS to make the task set PRIMARY"));
            }
            return ControlFlow::Break(Some(Verdict::Superseded {
                by: primary.external_id.clone(),
                definition: primary.short_definition().map(str::to_owned),
                at: primary.created_at,
            }));
        }
        let desired = primary.desired.or(view.service.desired_count).unwrap_or(0);
        if primary.running < desired {
            let tasks = plural(desired, "task");
            return self.wait_in(format!("{} of {tasks} running so far", primary.running));
        }
        ControlFlow::Break(Some(match self.request.until {
            WaitUntil::Deployed => Verdict::Deployed { exercised },
            WaitUntil::Stable => Verdict::Stable { exercised },
        }))
    }

    /// Failed, or stopped: CodeDeploy may roll it back by another deployment.
    fn ended_in_code_deploy(
        &mut self,
        view: &CodeDeployView<'_>,
        events: &mut Vec<RolloutEvent>,
    ) -> RuleOutcome {
        let deployment = view.deployment();
        let since = *self.code_deploy.over.get_or_insert(view.now);
        let reason = deployment.why().or_else(|| deployment.rollback_message.clone());
        if deployment.rolled_back_by.is_some() {
            return self.rolled_back_by_code_deploy(view, reason, events);
        }
        if is_rollback_expected(deployment, self.request.undoing) && view.now.duration_since(since) < LAG {
            return self.wait_in(waiting_for("CodeDeploy to begin the rollback"));
        }
        ControlFlow::Break(Some(match deployment.was_stopped_by_user() {
            true => Verdict::Stopped { reason },
            false => Verdict::failed(FailureKind::GivenUp, reason),
        }))
    }

    fn rolled_back_by_code_deploy(
        &mut self,
        view: &CodeDeployView<'_>,
        reason: Option<String>,
        events: &mut Vec<RolloutEvent>,
    ) -> RuleOutcome {
        let primary = view.service.primary_task_set();
        let back = primary.filter(|set| set.external_id.as_deref() != Some(view.id));
        let to = back.and_then(TaskSet::short_definition).map(str::to_owned);
        let known = self.rollback.take().and_then(|it| it.to);
        let rollback = self.rollback.insert(ObservedRollback {
            reason,
            by: match view.deployment().was_stopped_by_user() {
                true => RollbackInitiator::Somebody,
                false => RollbackInitiator::Failure,
            },
            to: to
                .or(known)
                .or_else(|| self.request.before.as_deref().map(short).map(str::to_owned)),
            ..ObservedRollback::default()
        });
        if !std::mem::replace(&mut self.code_deploy.rolling_back, true) {
            events.push(rollback.event());
        }
        let verdict = rollback.verdict(true);
        let status = view.seen.rollback.as_ref().map(|it| &it.status);
        let is_late = |judge: &mut Self| {
            let since = *judge.since.adverse.get_or_insert(view.now);
            view.now.duration_since(since) >= LAG
        };
        match status {
            Some(CodeDeployStatus::Succeeded) if back.is_some() || is_late(self) => {
                ControlFlow::Break(Some(verdict))
            }
            Some(CodeDeployStatus::Failed | CodeDeployStatus::Stopped) => {
                let why = view.seen.rollback.as_ref().and_then(CodeDeployment::why);
                ControlFlow::Break(Some(Verdict::failed(FailureKind::RollbackFailed, why)))
            }
            _ => self.wait_in(waiting_for("the rollback to finish")),
        }
    }

    fn take_counts(&mut self, view: &CodeDeployView<'_>) {
        let primary = view.service.primary_task_set();
        let definition = primary.and_then(TaskSet::short_definition);
        self.counts = RolloutCounts {
            definition: definition.or(view.service.short_definition()).map(str::to_owned),
            deployment: Some(view.id.to_owned()),
            running: primary.map(|set| set.running).or(view.service.running_count),
            pending: primary.map_or(0, |set| set.pending),
            desired: view.service.desired_count,
            deploys: self
                .counts
                .deploys
                .take()
                .or_else(|| view.ours.and_then(TaskSet::short_definition).map(str::to_owned))
                .or_else(|| view.seen.definition.as_deref().map(short).map(str::to_owned)),
        };
    }

    fn report_start(&mut self, view: &CodeDeployView<'_>) -> Option<RolloutEvent> {
        if self.code_deploy.started || self.request.undoing || view.deployment().status.is_terminal() {
            return None;
        }
        let asked = self.request.short_definition();
        let to = asked.or(self.counts.deploys.as_deref())?.to_owned();
        self.code_deploy.started = true;
        Some(RolloutEvent::Started {
            from: self.request.before.as_deref().map(short).map(str::to_owned),
            has_target: !view.deployment().is_rollback,
            to,
            deployment: Some(view.id.to_owned()),
            attached: self.request.attached,
            rollback: view.deployment().is_rollback,
        })
    }

    fn report_progress_of(&mut self, view: &CodeDeployView<'_>) -> Option<RolloutEvent> {
        let shown = view.ours.or_else(|| view.service.primary_task_set());
        let event = RolloutEvent::Progress {
            task_definition: self.counts.deploys.clone().unwrap_or_default(),
            running: view.ours.map_or(0, |set| set.running),
            pending: view.ours.map_or(0, |set| set.pending),
            desired: view.desired(),
            failed: self.failures.count(),
            old: view.old(),
            stage: view.stage(),
            traffic: view.deployment().is_past_shift().then_some(100),
            bake_minutes: None,
            hook: None,
        };
        let is_over = view.deployment().status.is_terminal();
        if shown.is_none() || is_over || self.code_deploy.progress.as_ref() == Some(&event) {
            return None;
        }
        self.code_deploy.progress = Some(event.clone());
        Some(event)
    }

    /// Requests the stopped tasks when a count or a service event suggests that one of ours stopped, and once in a while.
    fn ask_for_stopped_tasks(&mut self, view: &CodeDeployView<'_>, snapshot: &Snapshot) {
        let Some(set) = view.ours.filter(|_| snapshot.tasks_readable) else {
            return;
        };
        let newest = view.service.events.first().map(|event| event.id.clone());
        let counts = Some((set.running, set.pending, newest));
        let begun = self.since.begun.unwrap_or(view.now);
        let read_at = self.failures.read_at().map_or(begun, |at| at.max(begun));
        self.read_requests.tasks = self.code_deploy.counts != counts;
        self.read_requests.recheck = view.now.duration_since(read_at) >= RECHECK_EVERY;
        self.code_deploy.counts = counts;
    }

    fn wait_in(&mut self, state: String) -> RuleOutcome {
        self.state = state;
        KEEP_WATCHING
    }
}

fn short(definition: &str) -> &str {
    short_definition(definition)
}

/// Whether CodeDeploy rolls a deployment back that ended this way (API reference, AutoRollbackConfiguration).
fn is_rollback_expected(deployment: &CodeDeployment, is_asked: bool) -> bool {
    let event = match (deployment.was_stopped_by_user(), deployment.error_code.as_deref()) {
        (true, _) => "DEPLOYMENT_STOP_ON_REQUEST",
        (false, Some("ALARM_ACTIVE")) => "DEPLOYMENT_STOP_ON_ALARM",
        (false, _) => "DEPLOYMENT_FAILURE",
    };
    (is_asked && deployment.was_stopped_by_user()) || deployment.rolls_back_on.iter().any(|it| it == event)
}
