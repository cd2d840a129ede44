//! Handles Ctrl-C, SIGTERM and SIGHUP alike: the first signal is passed to the running work, the second
//! ends the process immediately. So does the first if nobody takes it.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::diagnostic::Failure;
use crate::exit::Exit;

/// How long a signal waits to be taken. Work that is stuck in a read or a write never takes it.
const STUCK_AFTER: Duration = Duration::from_secs(5);

/// Listens for signals until the process ends, on a thread of its own, so that the second signal ends
/// even a process that is stuck.
#[derive(Clone)]
pub struct Signals(Arc<Mutex<SignalState>>);

struct SignalState {
    listener: SignalListener,
    /// A signal that has not been handled yet.
    pending: Option<Exit>,
    /// What other signals than Ctrl-C cancel while another program has the terminal, and Ctrl-C with it.
    handed_over: Option<CancellationToken>,
}

/// The receiver of the first signal.
enum SignalListener {
    /// Work that can be stopped.
    Work(Sender<Exit>),
    /// No work: the process is about to end, or to start its next work.
    Nobody,
}

impl Signals {
    /// Starts listening, which disables the default action of the signals. `exit_now` ends the process on the
    /// second signal.
    pub fn listen(exit_now: fn(Exit) -> !) -> Result<Self, Failure> {
        let state = Arc::new(Mutex::new(SignalState {
            listener: SignalListener::Nobody,
            pending: None,
            handed_over: None,
        }));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(no_runtime)?;
        let mut source = {
            // Registering signal handlers needs the reactor.
            let _guard = runtime.enter();
            SignalSource::new().map_err(no_runtime)?
        };
        let shared = Arc::clone(&state);
        std::thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || {
                runtime.block_on(async move {
                    let mut exit = source.next().await;
                    loop {
                        if !lock(&shared).is_first(exit) {
                            exit_now(exit);
                        }
                        exit = match timeout(STUCK_AFTER, source.next()).await {
                            Ok(next) => next,
                            Err(_) if lock(&shared).is_taken() => source.next().await,
                            Err(_) => exit_now(exit),
                        };
                    }
                });
            })
            .map_err(no_runtime)?;
        Ok(Self(state))
    }

    /// Registers new work: it receives the next signal, or one that is still pending.
    pub fn work_begins(&self) -> Receiver<Exit> {
        let (sender, receiver) = channel(1);
        let mut state = lock(&self.0);
        if let Some(exit) = state.pending {
            // Can't fail: the receiver exists in this scope.
            let _ = sender.try_send(exit);
        }
        state.listener = SignalListener::Work(sender);
        receiver
    }

    /// Unregisters the work: no work receives signals any more.
    pub fn work_ends(&self) {
        lock(&self.0).listener = SignalListener::Nobody;
    }

    /// From now on, Ctrl-C is ignored, and the other signals cancel the token.
    pub fn hand_over(&self, ended: CancellationToken) {
        lock(&self.0).handed_over = Some(ended);
    }

    /// Takes Ctrl-C back, and returns the signal that canceled the token.
    pub fn take_back(&self) -> Option<Exit> {
        let mut state = lock(&self.0);
        state.handed_over = None;
        state.pending
    }

    /// Marks the first signal as handled: the next one counts as a first one again.
    pub fn is_handled(&self) {
        lock(&self.0).pending = None;
    }
}

impl SignalState {
    /// Passes a signal on. Returns false if the process has to end immediately.
    fn is_first(&mut self, exit: Exit) -> bool {
        let ended = self.handed_over.clone();
        if ended.is_some() && exit == Exit::Interrupted {
            return true;
        }
        if self.pending.replace(exit).is_some() {
            return false;
        }
        if let Some(ended) = ended {
            ended.cancel();
            return true;
        }
        match &self.listener {
            SignalListener::Work(sender) => sender.try_send(exit).is_ok(),
            SignalListener::Nobody => true,
        }
    }
}

impl SignalState {
    /// Whether the signal was handled, or the work has received it and is ending. Without any work, the process is
    /// stuck in what it prints, or in a question.
    fn is_taken(&self) -> bool {
        let is_received = match &self.listener {
            SignalListener::Work(sender) => sender.capacity() == sender.max_capacity(),
            SignalListener::Nobody => false,
        };
        self.pending.is_none() || is_received
    }
}

fn lock(state: &Mutex<SignalState>) -> MutexGuard<'_, SignalState> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

struct SignalSource {
    interrupt: Signal,
    terminate: Signal,
    hang_up: Signal,
}

impl SignalSource {
    fn new() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) -> Exit {
        tokio::select! {
            _ = self.interrupt.recv() => Exit::Interrupted,
            _ = self.terminate.recv() => Exit::Terminated,
            _ = self.hang_up.recv() => Exit::HungUp,
        }
    }
}

/// The failure if the system provides no thread, timer or signal handler.
pub fn no_runtime(error: io::Error) -> Failure {
    let message = "can't start the async runtime";
    Failure::new(Exit::Unexpected, "no-runtime", message).said("system", error.to_string())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::super::runtime::{EndWork, TerminatedBySignal, block_on};
    use super::*;
    use crate::aws::Writes;

    fn state(listener: SignalListener) -> SignalState {
        SignalState {
            listener,
            pending: None,
            handed_over: None,
        }
    }

    #[test]
    fn handed_over_interrupts_leave_no_trace() {
        let (sender, mut receiver) = channel(1);
        let (mut state, ended) = (state(SignalListener::Work(sender)), CancellationToken::new());
        state.handed_over = Some(ended.clone());
        assert!(state.is_first(Exit::Interrupted) && state.is_first(Exit::Interrupted));
        assert!(state.is_taken() && !ended.is_cancelled());
        assert!(state.is_first(Exit::Terminated));
        assert!(state.is_taken() && ended.is_cancelled());
        assert!(!state.is_first(Exit::Terminated), "the second ends the process");
        assert!(receiver.try_recv().is_err());
    }

    #[test]
    fn a_second_signal_ends_the_process() {
        let (sender, mut receiver) = channel(1);
        let mut state = state(SignalListener::Work(sender));
        assert!(state.is_first(Exit::Interrupted));
        assert_eq!(receiver.try_recv().ok(), Some(Exit::Interrupted));
        assert!(!state.is_first(Exit::Terminated));
    }

    #[test]
    fn a_signal_that_nobody_takes_is_noticed() {
        let (sender, mut receiver) = channel(1);
        let mut work = state(SignalListener::Work(sender));
        assert!(work.is_taken());
        work.is_first(Exit::Terminated);
        assert!(!work.is_taken());
        assert_eq!(receiver.try_recv().ok(), Some(Exit::Terminated));
        assert!(work.is_taken());
        let mut none = state(SignalListener::Nobody);
        none.is_first(Exit::Terminated);
        assert!(!none.is_taken());
    }

    #[test]
    fn signal_before_a_session_ends_it() {
        let signals = Signals(Arc::new(Mutex::new(state(SignalListener::Nobody))));
        assert!(lock(&signals.0).is_first(Exit::Terminated));
        let (ended, stopped) = (CancellationToken::new(), Cell::new(false));
        let session = async {
            ended.cancelled().await;
            tokio::task::yield_now().await;
            stopped.set(true);
        };
        let result = block_on((&signals, &Writes::default()), session, &EndWork(ended.clone()));
        assert!(matches!(result, Ok(Err(TerminatedBySignal(Exit::Terminated)))));
        assert!(stopped.get(), "the work was dropped");
    }

    #[test]
    fn signals_between_operations_are_kept() {
        let (sender, receiver) = channel(1);
        drop(receiver);
        assert!(!state(SignalListener::Work(sender)).is_first(Exit::Interrupted));
        let signals = Signals(Arc::new(Mutex::new(state(SignalListener::Nobody))));
        assert!(lock(&signals.0).is_first(Exit::HungUp));
        assert_eq!(signals.work_begins().try_recv().ok(), Some(Exit::HungUp));
    }
}
