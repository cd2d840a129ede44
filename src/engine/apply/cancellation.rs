//! Whether a service may still be changed: a rollback may be requested before its change is sent.

use std::future::Future;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Cancels the change of one service, as long as it was not sent.
#[derive(Debug)]
pub struct Cancellation {
    token: CancellationToken,
    /// Whether the change was sent, whether it has been answered or not.
    sent: watch::Sender<bool>,
}

impl Cancellation {
    /// The token cancels the change.
    pub fn new(token: CancellationToken) -> Self {
        Self {
            token,
            sent: watch::Sender::new(false),
        }
    }

    /// Nothing cancels the change.
    pub fn never() -> Self {
        Self::new(CancellationToken::new())
    }

    /// Does the work that changes the service. None: it was cancelled before the change was sent. A change that was sent is
    /// awaited: nobody knows its effect before the reply.
    pub async fn run<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            // First, so that cancelled work gets no further.
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

    /// The change is about to be sent. False: it is cancelled. One that was sent before and is to be sent again has not
    /// arrived.
    pub(super) fn may_send(&self) -> bool {
        let may_send = !self.token.is_cancelled();
        self.sent.send_replace(may_send);
        may_send
    }

    /// The change was rejected.
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
