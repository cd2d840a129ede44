//! Whether services may still be changed: somebody may call it off half way.

use std::future::{Future, pending};
use std::pin::pin;

use futures_util::future::{Either, select};
use tokio::sync::watch;

/// Knows which services have a change on its way. Once it is shut, no further one is sent.
#[derive(Debug, Default)]
pub struct Gate(watch::Sender<State>);

#[derive(Debug, Default)]
struct State {
    is_shut: bool,
    /// Services whose change was sent, whether it has been answered or not.
    sent: Vec<String>,
}

impl Gate {
    /// Lets no further change be sent.
    pub fn shut(&self) {
        self.0.send_modify(|state| state.is_shut = true);
    }

    /// Whether it is.
    pub fn is_shut(&self) -> bool {
        self.0.borrow().is_shut
    }

    /// Does the work that changes a service. None: it was called off before the change was sent. One that was sent is
    /// seen through: nobody knows what it does before the answer.
    pub async fn unless_shut<T>(&self, service: &str, work: impl Future<Output = T>) -> Option<T> {
        let mut state = self.0.subscribe();
        let called_off = state.wait_for(|state| state.is_shut && !state.has_sent(service));
        // What is called off is asked first, so that the work gets no further.
        match select(pin!(called_off), pin!(work)).await {
            Either::Left((Ok(_), _)) => None,
            // It can't be shut any more.
            Either::Left((Err(_), work)) => Some(work.await),
            Either::Right((done, _)) => Some(done),
        }
    }

    /// The change of a service is about to be sent. Once the gate is shut, this never ends: whoever waits for it is called
    /// off. A change that had been sent before and is to be sent again has not arrived.
    pub(super) async fn pass(&self, service: &str) {
        let mut passes = false;
        self.0.send_modify(|state| {
            state.sent.retain(|sent| sent != service);
            passes = !state.is_shut;
            if passes {
                state.sent.push(service.to_owned());
            }
        });
        if !passes {
            pending::<()>().await;
        }
    }

    /// It was turned down, and has to wait.
    pub(super) fn waits(&self, service: &str) {
        self.0
            .send_modify(|state| state.sent.retain(|sent| sent != service));
    }
}

impl State {
    fn has_sent(&self, service: &str) -> bool {
        self.sent.iter().any(|sent| sent == service)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join;
    use tokio::task::yield_now;

    fn run<T>(work: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.unwrap().block_on(work)
    }

    #[test]
    fn what_was_sent_is_seen_through_and_what_was_not_is_called_off() {
        let gate = Gate::default();
        let web = gate.unless_shut("web", async {
            gate.pass("web").await;
            yield_now().await;
            gate.shut();
            yield_now().await;
            yield_now().await;
        });
        let api = gate.unless_shut("api", std::future::pending::<()>());
        assert_eq!(run(join(web, api)), (Some(()), None));
        assert!(gate.is_shut());
        let late = gate.unless_shut("late", gate.pass("late"));
        assert_eq!(run(late), None);
    }

    #[test]
    fn what_was_turned_down_can_be_called_off_again() {
        let gate = Gate::default();
        let work = gate.unless_shut("web", async {
            gate.pass("web").await;
            gate.shut();
            yield_now().await;
            gate.waits("web");
            pending::<()>().await;
        });
        assert_eq!(run(work), None);
    }

    #[test]
    fn what_did_not_arrive_is_not_sent_again_once_it_is_shut() {
        let gate = Gate::default();
        let attempts = std::cell::Cell::new(0);
        let work = gate.unless_shut("web", async {
            for _ in 0..3 {
                gate.pass("web").await;
                attempts.set(attempts.get() + 1);
                if attempts.get() == 2 {
                    gate.shut();
                }
            }
        });
        assert_eq!(run(work), None);
        assert_eq!(attempts.get(), 2);
    }

    #[test]
    fn an_open_gate_is_no_hindrance() {
        let gate = Gate::default();
        assert_eq!(run(gate.unless_shut("web", async { 1 })), Some(1));
    }
}
