//! Who reads stdout, and whether anybody still does.

use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use super::Printer;

/// Comes to its end when the pipe that stdout is has no reader any more: `| head -1` is not to wait for another line. Of
/// a terminal a signal tells, and a file is read by nobody.
#[expect(
    deprecated,
    reason = "its successor is unsafe; a process's stdout stays open as long as it is registered"
)]
pub async fn reader_gone(printer: &Printer) {
    if !printer.out_look().terminal
        && let Ok(stdout) = AsyncFd::with_interest(std::io::stdout(), Interest::ERROR)
        && stdout.ready(Interest::ERROR).await.is_ok()
    {
        return;
    }
    std::future::pending().await
}
