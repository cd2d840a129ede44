//! What going back would reach: changes that were sent, and deployments that are under way while they are watched. Without any there is nothing to
//! offer on Ctrl-C, and what was over by then is told to stay.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::engine::watch::ServiceResult;
use crate::exit::Exit;
use crate::model::{Event, RolloutEvent};
use crate::verdict::{WatchRequest, WatchTarget};

/// Knows which services have a deployment under way, and of which it is over.
#[derive(Debug, Default)]
pub struct Reach(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// Services whose change was sent, and of which nothing tells yet whether it began a deployment.
    sent: Vec<String>,
    under_way: Vec<String>,
    over: Vec<String>,
}

impl Reach {
    /// Whether there is anything.
    pub fn is_any(&self) -> bool {
        let state = self.state();
        !state.sent.is_empty() || !state.under_way.is_empty()
    }

    /// The services whose deployment came to a good end.
    pub fn over(&self) -> Vec<String> {
        self.state().over.clone()
    }

    /// It was begun: a deployment of its own is under way from then on, another one once it is seen.
    pub fn begun(&self, aim: &WatchRequest) {
        self.forget_sent(&aim.service);
        if matches!(aim.target, WatchTarget::Started { .. }) {
            self.add(&aim.service);
        }
    }

    /// What is told of services on their way.
    pub fn hear(&self, event: &Event) {
        match event {
            Event::Changing { service } => self.state().sent.push(service.clone()),
            Event::NotChanged { service } => self.forget_sent(service),
            Event::Rollout {
                service,
                event: RolloutEvent::Started { .. },
            } => self.add(service),
            _ => {}
        }
    }

    /// It has come to its end.
    pub fn ended(&self, end: &ServiceResult) {
        let mut state = self.state();
        let name = &end.outcome.name;
        let Some(at) = state.under_way.iter().position(|it| it == name) else {
            return;
        };
        state.under_way.remove(at);
        if end.exit() == Exit::Done {
            state.over.push(name.clone());
        }
    }

    fn forget_sent(&self, service: &str) {
        self.state().sent.retain(|sent| sent != service);
    }

    fn add(&self, service: &str) {
        let mut state = self.state();
        if !state.under_way.iter().any(|it| it == service) {
            state.under_way.push(service.to_owned());
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
