//! The runtime, and how work is stopped. Only verbs that wait for others have a runtime at all.

use std::borrow::Cow;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::time::Duration;

use super::signals::Signals;
use crate::diagnostic::Explain;
use crate::exit::Exit;
use crate::ui::Choice;

/// How long work on other threads (a context being packed) may take to notice that nobody waits for it any more.
const WIND_DOWN: Duration = Duration::from_millis(200);

/// The process was told to stop by a signal, which says how it ends.
pub struct Stopped(pub Exit);

/// Runs a future to its end on this thread. A signal drops it where it stands, and comes back as `Stopped`. Ctrl-C asks
/// first, while the work goes on; where nobody can be asked, the answer is to leave. Whoever asks has to tell `signals`
/// when the signal is dealt with.
pub fn block_on<T>(
    signals: &Signals,
    work: impl Future<Output = T>,
    ask: impl AsyncFn() -> Choice,
    go_back: impl Fn(),
) -> Result<Result<T, Stopped>, NoRuntime> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(NoRuntime)?;
    let mut received = signals.work_begins();
    let result = runtime.block_on(async {
        let mut work = pin!(work);
        loop {
            let exit = tokio::select! {
                biased;
                Some(exit) = received.recv() => exit,
                result = &mut work => return Ok(result),
            };
            if exit != Exit::Interrupted {
                return Err(Stopped(exit));
            }
            let choice = tokio::select! {
                choice = ask() => choice,
                result = &mut work => return Ok(result),
            };
            match choice {
                Choice::KeepWaiting => {}
                Choice::Leave => return Err(Stopped(exit)),
                Choice::GoBack => go_back(),
            }
        }
    });
    signals.work_ends();
    runtime.shutdown_timeout(WIND_DOWN);
    Ok(result)
}

/// The process was told to stop, and did.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.exit.meaning())]
pub struct Interruption {
    exit: Exit,
    sent: Vec<String>,
    in_flight: Vec<String>,
    draining: Vec<String>,
}

impl Interruption {
    /// By a signal, while the rollouts of these services were in flight, and those were deleted and had tasks left.
    pub fn new(exit: Exit, in_flight: Vec<String>, draining: Vec<String>) -> Self {
        Self {
            exit,
            sent: Vec::new(),
            in_flight,
            draining,
        }
    }

    /// With the services whose change was sent, and to which no reply had come.
    #[must_use]
    pub fn with_sent(self, sent: Vec<String>) -> Self {
        Self { sent, ..self }
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
        let goes_on = |services: String| format!("the rollout of {services} goes on without ecsctl");
        let stop = |services: String| match self.draining.len() {
            1 => format!("{services} is deleted; its last tasks stop without ecsctl"),
            _ => format!("{services} are deleted; their last tasks stop without ecsctl"),
        };
        let sent =
            |services: String| format!("the change of {services} was sent; whether ECS took it is not known");
        let named = |services: &[String]| (!services.is_empty()).then(|| services.join(", "));
        let lines = [
            named(&self.in_flight).map(goes_on),
            named(&self.sent).map(sent),
            named(&self.draining).map(stop),
        ];
        lines.into_iter().flatten().collect()
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        let (waits, drains) = (
            [self.in_flight.as_slice(), &self.sent].concat().join(" "),
            self.draining.join(" "),
        );
        match (waits.as_str(), drains.as_str()) {
            ("", "") => None,
            ("", drains) => Some(format!("ecsctl delete {drains} goes on waiting").into()),
            (waits, _) => Some(format!("ecsctl wait {waits}").into()),
        }
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
