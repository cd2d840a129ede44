//! Cancels a service's change, which is possible until the request is sent (a rollback may be requested
//! first).

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Cancels the change of one service, unless it has been sent already.
#[derive(Debug)]
pub struct Cancellation {
    token: CancellationToken,
    /// Whether the change was sent, with or without a response yet.
    sent: watch::Sender<bool>,
    /// Whether the service's tags were set, which precedes its update.
    has_set_tags: AtomicBool,
}

impl Cancellation {
    /// Creates a cancellation that is triggered by `token`.
    pub fn new(token: CancellationToken) -> Self {
        Self {
            token,
            sent: watch::Sender::new(false),
            has_set_tags: AtomicBool::new(false),
        }
    }

    /// Creates a cancellation that is never triggered.
    pub fn never() -> Self {
        Self::new(CancellationToken::new())
    }

    /// Runs the work that changes the service. Returns None if it was canceled before the change was sent. Once
    /// the change is sent, it is always awaited: its effect is unknown until the response arrives.
    pub async fn run<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            // First, so that canceled work goes no further.
            biased;
            () = self.cancelled_unsent() => None,
            done = work => Some(done),
        }
    }

    async fn cancelled_unsent(&self) {
        self.token.cancelled().await;
        // The sender lives as long as `self`.
        let _ = self.sent.subscribe().wait_for(|sent| !sent).await;
    }

    /// Marks the change as about to be sent. Returns false if it is canceled. If a change is sent a second time,
    /// the first attempt didn't reach AWS.
    pub(super) fn may_send(&self) -> bool {
        let may_send = !self.token.is_cancelled();
        self.sent.send_replace(may_send);
        may_send
    }

    /// Whether a canceled change had set the service's tags already.
    pub fn has_set_tags(&self) -> bool {
        self.has_set_tags.load(Ordering::Relaxed)
    }

    /// Records that the service's tags were set. The rest of the change can still be canceled.
    pub(super) fn tags_were_set(&self) {
        self.has_set_tags.store(true, Ordering::Relaxed);
    }

    /// Records that AWS rejected the change.
    pub(super) fn rejected(&self) {
        self.sent.send_replace(false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join;
    use std::future::pending;
    use tokio::task::yield_now;

    fn run<T>(work: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.unwrap().block_on(work)
    }

    #[test]
    fn sent_requests_are_awaited_and_others_canceled() {
        let token = CancellationToken::new();
        let (web, api) = (Cancellation::new(token.clone()), Cancellation::new(token.clone()));
        let sent = web.run(async {
            assert!(web.may_send());
            yield_now().await;
            token.cancel();
            yield_now().await;
            yield_now().await;
        });
        let unsent = api.run(pending::<()>());
        assert_eq!(run(join(sent, unsent)), (Some(()), None));
        let late = Cancellation::new(token);
        assert!(!late.may_send());
        assert_eq!(run(late.run(async { 1 })), None);
    }

    #[test]
    fn rejected_requests_can_be_canceled_again() {
        let token = CancellationToken::new();
        let web = Cancellation::new(token.clone());
        let work = web.run(async {
            assert!(web.may_send());
            token.cancel();
            yield_now().await;
            web.rejected();
            pending::<()>().await;
        });
        assert_eq!(run(work), None);
    }

    #[test]
    fn canceled_requests_are_not_retried() {
        let token = CancellationToken::new();
        let web = Cancellation::new(token.clone());
        let attempts = std::cell::Cell::new(0);
        let work = web.run(async {
            while web.may_send() {
                attempts.set(attempts.get() + 1);
                if attempts.get() == 2 {
                    token.cancel();
                }
            }
            yield_now().await;
        });
        assert_eq!(run(work), None);
        assert_eq!(attempts.get(), 2);
    }

    #[test]
    fn work_completes_without_cancellation() {
        assert_eq!(run(Cancellation::never().run(async { 1 })), Some(1));
    }
}
