//! `ECSCTL_LOG`: diagnostic logging of ecsctl itself, to stderr.

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

const VARIABLE: &str = "ECSCTL_LOG";

/// Whether logging is enabled; log output would corrupt a live view.
pub fn is_wanted() -> bool {
    std::env::var_os(VARIABLE).is_some_and(|value| !value.is_empty())
}

/// Starts logging according to the variable. Returns an error if the variable is invalid.
pub fn start(colour: bool) -> Result<(), String> {
    if !is_wanted() {
        return Ok(());
    }
    let text = std::env::var(VARIABLE).map_err(|_| format!("{VARIABLE} is not Unicode"))?;
    let filter = EnvFilter::try_new(&text).map_err(|error| format!("{VARIABLE}={text}: {error}"))?;
    let lines = fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(colour)
        .log_internal_errors(false);
    let registry = tracing_subscriber::registry().with(lines.with_filter(filter.and(filter_fn(is_harmless))));
    registry
        .try_init()
        .map_err(|error| format!("{VARIABLE}: {error}"))
}

/// Whether the event is safe to log. Libraries log requests, with their signatures and bodies, below the
/// level of `info`; our own modules log no secrets.
fn is_harmless(metadata: &Metadata<'_>) -> bool {
    metadata.target().starts_with("ecsctl") || *metadata.level() <= Level::INFO
}
