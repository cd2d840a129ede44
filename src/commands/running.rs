//! The runtime and the signals. Only verbs that wait for others have a runtime at all.

use std::borrow::Cow;
use std::future::Future;
use std::io;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::diagnostic::Explain;
use crate::exit::Exit;

/// How long work on other threads (a context being packed) may take to notice that nobody waits for it any more.
const WIND_DOWN: Duration = Duration::from_millis(200);

/// The process was told to stop by a signal, which says how it ends.
pub struct Stopped(pub Exit);

/// Runs a future to its end on this thread. Ctrl-C, SIGTERM and SIGHUP alike drop it where it stands and come back
/// as `Stopped`; a second one ends the process at once.
pub fn block_on<T>(work: impl Future<Output = T>) -> Result<Result<T, Stopped>, NoRuntime> {
    let signals = watch_signals()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(NoRuntime)?;
    let result = runtime.block_on(async {
        tokio::select! {
            biased;
            Ok(exit) = signals => Err(Stopped(exit)),
            result = work => Ok(result),
        }
    });
    runtime.shutdown_timeout(WIND_DOWN);
    Ok(result)
}

/// Listens on a thread of its own, so that the second signal ends even a process that is stuck.
fn watch_signals() -> Result<oneshot::Receiver<Exit>, NoRuntime> {
    let (first, received) = oneshot::channel();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .map_err(NoRuntime)?;
    let mut signals = {
        // Registering needs the reactor; from here on the default action is off.
        let _guard = runtime.enter();
        Signals::new().map_err(NoRuntime)?
    };
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            runtime.block_on(async move {
                let exit = signals.next().await;
                // Nobody listens when the work has ended: the process is about to.
                let _ = first.send(exit);
                crate::exit_now(signals.next().await);
            });
        })
        .map_err(NoRuntime)?;
    Ok(received)
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
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

#[cfg(windows)]
struct Signals {
    interrupt: tokio::signal::windows::CtrlC,
    terminate: tokio::signal::windows::CtrlClose,
}

#[cfg(windows)]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {
            interrupt: tokio::signal::windows::ctrl_c()?,
            terminate: tokio::signal::windows::ctrl_close()?,
        })
    }

    async fn next(&mut self) -> Exit {
        tokio::select! {
            _ = self.interrupt.recv() => Exit::Interrupted,
            _ = self.terminate.recv() => Exit::Terminated,
        }
    }
}

/// The process was told to stop, and did.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.exit.meaning())]
pub struct Interruption {
    exit: Exit,
    in_flight: Vec<String>,
}

impl Interruption {
    /// By a signal, while the rollouts of these services were in flight.
    pub fn new(exit: Exit, in_flight: Vec<String>) -> Self {
        Self { exit, in_flight }
    }
}

impl Explain for Interruption {
    fn exit(&self) -> Exit {
        self.exit
    }

    fn code(&self) -> &'static str {
        match self.exit {
            Exit::Terminated => "terminated",
            Exit::HungUp => "hung-up",
            _ => "interrupted",
        }
    }

    fn details(&self) -> Vec<String> {
        match self.in_flight.as_slice() {
            [] => Vec::new(),
            services => vec![format!(
                "the rollout of {} goes on without ecsctl",
                services.join(", ")
            )],
        }
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        let services = self.in_flight.join(" ");
        (!services.is_empty()).then(|| format!("ecsctl wait {services}").into())
    }
}

/// The system gave no thread, timer or signal handler.
#[derive(Debug, thiserror::Error)]
#[error("the program can't start its work on this system")]
pub struct NoRuntime(#[source] pub io::Error);

impl Explain for NoRuntime {
    fn exit(&self) -> Exit {
        Exit::Unexpected
    }

    fn code(&self) -> &'static str {
        "no-runtime"
    }

    fn said(&self) -> Option<(&'static str, Cow<'_, str>)> {
        Some(("system", self.0.to_string().into()))
    }
}
