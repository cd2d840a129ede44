//! Taking turns (`--if-in-progress`): whether a service may be changed now, given the deployments of others. Pure: it
//! gets what was seen, the time and random numbers as input.

use jiff::{SignedDuration, Timestamp};

use super::Verdict;

/// How long a failed deployment may take until its rollback begins.
const ROLLBACK_BEGINS: SignedDuration = SignedDuration::from_secs(15);
/// The longest extra wait of a run that lost its turn once; it doubles with each lost turn.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(2);
/// The longest extra wait of all.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_secs(32);

/// What to do when another deployment of a service is in progress.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IfInProgress {
    /// Replace it, as ECS does.
    #[default]
    Replace,
    /// Wait for its end, then read and plan again.
    Wait,
    /// Change nothing (exit 7).
    Fail,
}

/// What a read showed of a service that is to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TurnView {
    /// It could not be read.
    Unknown,
    /// There is no service of that name that can be changed.
    Absent,
    /// No deployment is in progress.
    Free {
        /// The PRIMARY deployment: `ecs-svc/N`.
        primary: Option<String>,
        /// Whether it failed, and ECS is configured to roll it back.
        may_roll_back: bool,
    },
    /// A deployment is in progress.
    Busy,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnStep {
    /// Go on: change the service, or accept the result.
    GoOn,
    /// Queue, then plan again.
    Queue,
    /// Stay in the queue.
    Wait,
    /// Change nothing: another deployment comes first.
    Refuse,
    /// Leave the queue: time ran out.
    TimeOut,
}

/// The turn of one service. A run without a turn reads the service again and again; after a lost turn it waits a random
/// time longer, so that runs that lost together don't write together.
#[derive(Clone, Debug)]
pub struct Turn {
    mode: IfInProgress,
    /// How long no deployment must have been in progress: the run of the last one watches its tasks for as long.
    quiet: SignedDuration,
    queued_at: Option<Timestamp>,
    free_since: Option<Timestamp>,
    /// The extra wait after a lost turn.
    pause: SignedDuration,
    lost: u32,
}

impl Turn {
    /// Begins without having waited.
    pub fn new(mode: IfInProgress, quiet: SignedDuration) -> Self {
        Self {
            mode,
            quiet: quiet.max(SignedDuration::ZERO),
            queued_at: None,
            free_since: None,
            pause: SignedDuration::ZERO,
            lost: 0,
        }
    }

    /// Decides on a change right before it is written. `planned` is the deployment that was PRIMARY when the change was
    /// planned.
    pub fn before_write(&self, view: &TurnView, planned: Option<&str>) -> TurnStep {
        let is_as_planned = match view {
            TurnView::Free { primary, .. } => primary.as_deref() == planned,
            TurnView::Absent => planned.is_none(),
            TurnView::Unknown | TurnView::Busy => false,
        };
        match (self.mode, is_as_planned) {
            (IfInProgress::Replace, _) | (_, true) => TurnStep::GoOn,
            (IfInProgress::Wait, false) => TurnStep::Queue,
            (IfInProgress::Fail, false) => TurnStep::Refuse,
        }
    }

    /// Decides on the result of a change: one that was superseded before it completed is made again.
    pub fn after_watch(&self, verdict: &Verdict) -> TurnStep {
        match (self.mode, verdict) {
            (IfInProgress::Wait, Verdict::Superseded { .. }) => TurnStep::Queue,
            _ => TurnStep::GoOn,
        }
    }

    /// Joins the queue. `random` is from 0 to 1.
    pub fn queue(&mut self, now: Timestamp, random: f64) {
        self.queued_at.get_or_insert(now);
        self.free_since = None;
        let longest = FIRST_PAUSE
            .saturating_mul(1 << self.lost.min(16))
            .min(LONGEST_PAUSE);
        self.pause = longest.mul_f64(random.clamp(0.0, 1.0));
        self.lost = self.lost.saturating_add(1);
    }

    /// Decides whether to leave the queue. `timeout` counts from when the run first joined it.
    pub fn in_queue(&mut self, view: &TurnView, now: Timestamp, timeout: SignedDuration) -> TurnStep {
        if self.queued_for(now) >= timeout {
            return TurnStep::TimeOut;
        }
        let quiet = match view {
            TurnView::Unknown => return TurnStep::Wait,
            TurnView::Busy => {
                self.free_since = None;
                return TurnStep::Wait;
            }
            TurnView::Free {
                may_roll_back: true, ..
            } => self.quiet.max(ROLLBACK_BEGINS),
            TurnView::Free { .. } | TurnView::Absent => self.quiet,
        };
        let since = *self.free_since.get_or_insert(now);
        match now.duration_since(since) >= quiet.saturating_add(self.pause) {
            true => TurnStep::GoOn,
            false => TurnStep::Wait,
        }
    }

    /// How long it has been waiting for its turn.
    pub fn queued_for(&self, now: Timestamp) -> SignedDuration {
        self.queued_at
            .map_or(SignedDuration::ZERO, |at| now.duration_since(at))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};
    use proptest::strategy::Strategy;

    use super::*;

    const QUIET: SignedDuration = SignedDuration::from_secs(10);
    const TIMEOUT: SignedDuration = SignedDuration::from_mins(15);

    fn at(second: i64) -> Timestamp {
        Timestamp::constant(1_700_000_000, 0) + SignedDuration::from_secs(second)
    }

    fn free(primary: u8) -> TurnView {
        TurnView::Free {
            primary: Some(format!("ecs-svc/{primary}")),
            may_roll_back: false,
        }
    }

    fn view() -> impl Strategy<Value = TurnView> {
        prop_oneof![
            1 => Just(TurnView::Unknown),
            1 => Just(TurnView::Absent),
            2 => Just(TurnView::Busy),
            6 => (0_u8..3, any::<bool>()).prop_map(|(primary, may_roll_back)| TurnView::Free {
                primary: Some(format!("ecs-svc/{primary}")),
                may_roll_back,
            }),
        ]
    }

    fn mode() -> impl Strategy<Value = IfInProgress> {
        prop_oneof![
            Just(IfInProgress::Replace),
            Just(IfInProgress::Wait),
            Just(IfInProgress::Fail)
        ]
    }

    #[test]
    fn nothing_waits_while_no_other_deployment_is_in_progress() {
        for mode in [IfInProgress::Replace, IfInProgress::Wait, IfInProgress::Fail] {
            let turn = Turn::new(mode, QUIET);
            assert_eq!(turn.before_write(&free(1), Some("ecs-svc/1")), TurnStep::GoOn);
            assert_eq!(turn.before_write(&TurnView::Absent, None), TurnStep::GoOn);
        }
    }

    #[test]
    fn failed_deployment_may_still_be_rolled_back() {
        let mut turn = Turn::new(IfInProgress::Wait, QUIET);
        turn.queue(at(0), 0.0);
        let failed = TurnView::Free {
            primary: None,
            may_roll_back: true,
        };
        let steps: Vec<TurnStep> = [0, 14, 15]
            .map(|second| turn.in_queue(&failed, at(second), TIMEOUT))
            .into();
        assert_eq!(steps, [TurnStep::Wait, TurnStep::Wait, TurnStep::GoOn]);
    }

    #[test]
    fn lost_turns_lengthen_the_wait_up_to_a_limit() {
        let mut turn = Turn::new(IfInProgress::Wait, SignedDuration::ZERO);
        let pauses: Vec<i64> = (0..7)
            .map(|_| {
                turn.queue(at(0), 1.0);
                turn.pause.as_secs()
            })
            .collect();
        assert_eq!(pauses, [2, 4, 8, 16, 32, 32, 32]);
    }

    proptest! {
        /// Only `replace` changes a service that another deployment is changing, or has changed since the plan, or
        /// that could not be read.
        #[test]
        fn others_are_never_replaced_unless_asked_for(mode in mode(), view in view(), planned in prop::option::of(0_u8..3)) {
            let planned = planned.map(|number| format!("ecs-svc/{number}"));
            let step = Turn::new(mode, QUIET).before_write(&view, planned.as_deref());
            let is_as_planned = match &view {
                TurnView::Free { primary, .. } => *primary == planned,
                TurnView::Absent => planned.is_none(),
                TurnView::Unknown | TurnView::Busy => false,
            };
            prop_assert_eq!(step == TurnStep::GoOn, is_as_planned || mode == IfInProgress::Replace);
            prop_assert_eq!(step == TurnStep::Queue, !is_as_planned && mode == IfInProgress::Wait);
            prop_assert_eq!(step == TurnStep::Refuse, !is_as_planned && mode == IfInProgress::Fail);
        }

        /// Whatever is seen, the queue ends at the timeout and not before, unless the service was free for long enough;
        /// then it ends in time.
        #[test]
        fn the_queue_always_ends(polls in prop::collection::vec((view(), 1_i64..20), 1..200), losses in prop::collection::vec(0.0..1.0, 1..8), timeout in 0_i64..1000) {
            let timeout = SignedDuration::from_secs(timeout);
            let mut turn = Turn::new(IfInProgress::Wait, QUIET);
            losses.iter().for_each(|random| turn.queue(at(0), *random));
            prop_assert!(turn.pause <= LONGEST_PAUSE);
            let (mut second, mut free_since) = (0, None);
            for (view, later) in polls {
                second += later;
                let step = turn.in_queue(&view, at(second), timeout);
                match view {
                    TurnView::Busy => free_since = None,
                    TurnView::Unknown => {}
                    _ => { free_since.get_or_insert(second); }
                }
                let was_free = free_since.map_or(0, |since| second - since);
                prop_assert_eq!(step == TurnStep::TimeOut, SignedDuration::from_secs(second) >= timeout);
                if step == TurnStep::GoOn {
                    prop_assert!(!matches!(view, TurnView::Busy | TurnView::Unknown));
                    prop_assert!(SignedDuration::from_secs(was_free) >= QUIET + turn.pause);
                }
                let longest = ROLLBACK_BEGINS + LONGEST_PAUSE;
                if step == TurnStep::Wait && !matches!(view, TurnView::Unknown) {
                    prop_assert!(SignedDuration::from_secs(was_free) < longest);
                }
            }
        }

        /// Only a deployment that was superseded before it completed queues again, and only with `wait`.
        #[test]
        fn superseded_deployments_alone_queue_again(mode in mode(), superseded in any::<bool>()) {
            let verdict = match superseded {
                true => Verdict::Superseded { by: None, definition: None, at: None },
                false => Verdict::CompletedThenSuperseded { definition: None, at: None },
            };
            let step = Turn::new(mode, QUIET).after_watch(&verdict);
            prop_assert_eq!(step == TurnStep::Queue, superseded && mode == IfInProgress::Wait);
        }
    }
}
