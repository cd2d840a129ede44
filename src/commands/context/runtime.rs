//! The runtime, and how work is stopped. Only verbs that wait for others have a runtime at all.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use super::no_runtime::no_runtime;
use super::signals::Signals;
use crate::diagnostic::Failure;
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
    roll_back: impl Fn(),
) -> Result<Result<T, Stopped>, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(no_runtime)?;
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
                Choice::GoBack => roll_back(),
            }
        }
    });
    signals.work_ends();
    runtime.shutdown_timeout(WIND_DOWN);
    Ok(result)
}
