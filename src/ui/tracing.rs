//! `ECSCTL_LOG`: diagnostic logging of ecsctl itself, to stderr.

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

const VARIABLE: &str = "ECSCTL_LOG";
const LEVELS: [(&str, LevelFilter); 6] = [
    ("off", LevelFilter::OFF),
    ("error", LevelFilter::ERROR),
    ("warn", LevelFilter::WARN),
    ("info", LevelFilter::INFO),
    ("debug", LevelFilter::DEBUG),
    ("trace", LevelFilter::TRACE),
];

/// Whether logging is enabled; log output would corrupt a live view.
pub fn is_wanted() -> bool {
    std::env::var_os(VARIABLE).is_some_and(|value| !value.is_empty())
}

/// Starts logging according to the variable. Returns an error if the variable is invalid; then nothing is logged.
pub fn start() -> Result<(), String> {
    if !is_wanted() {
        return Ok(());
    }
    let text = std::env::var(VARIABLE).map_err(|_| format!("{VARIABLE} is not UTF-8; nothing is logged"))?;
    let filter = parse(&text).map_err(|error| format!("{VARIABLE}={text}: {error}; nothing is logged"))?;
    let lines = fmt::layer()
        .with_writer(std::io::stderr)
        // Colors are a feature of the crate, without which asking for them panics in debug builds.
        .with_ansi(false)
        .log_internal_errors(false)
        .with_filter(filter);
    tracing_subscriber::registry()
        .with(lines)
        .try_init()
        .map_err(|error| format!("{VARIABLE}: {error}"))
}

/// Parses `LEVEL` or `TARGET=LEVEL`, separated by commas. A level without a target is ecsctl's own. Libraries log at most
/// at `debug`: at `trace` they log whole requests and responses.
fn parse(text: &str) -> Result<Targets, String> {
    let mut filter = Targets::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (target, level) = match part.split_once('=') {
            Some((target, level)) => (target.trim(), level.trim()),
            None => ("ecsctl", part),
        };
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
        if target.is_empty() || !target.chars().all(is_name) {
            return Err(format!(
                "`{target}` is not a crate or module, such as ecsctl::aws"
            ));
        }
        let known = LEVELS.iter().find(|(name, _)| name.eq_ignore_ascii_case(level));
        let Some((_, level)) = known else {
            let names = LEVELS.map(|(name, _)| name).join(", ");
            return Err(format!("`{level}` is not a level ({names})"));
        };
        let is_own = target.split(':').next() == Some("ecsctl");
        let level = if is_own {
            *level
        } else {
            (*level).min(LevelFilter::DEBUG)
        };
        filter = filter.with_target(target, level);
    }
    Ok(filter)
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    fn logs(filter: &str, target: &str) -> [bool; 3] {
        let filter = parse(filter).unwrap();
        [Level::INFO, Level::DEBUG, Level::TRACE].map(|level| filter.would_enable(target, &level))
    }

    #[test]
    fn a_level_alone_is_ecsctls_own() {
        assert_eq!(logs("debug", "ecsctl::aws::request_log"), [true, true, false]);
        assert_eq!(logs("TRACE", "ecsctl"), [true, true, true]);
        assert_eq!(logs("trace", "aws_smithy_runtime::client"), [false, false, false]);
        assert_eq!(logs("off", "ecsctl"), [false, false, false]);
    }

    #[test]
    fn named_targets_are_logged_libraries_up_to_debug() {
        let both = "info, ecsctl::aws=debug,aws_smithy_runtime=trace";
        assert_eq!(logs(both, "ecsctl::docker"), [true, false, false]);
        assert_eq!(logs(both, "ecsctl::aws::http"), [true, true, false]);
        assert_eq!(logs(both, "aws_smithy_runtime::client"), [true, true, false]);
        assert_eq!(logs(both, "hyper"), [false, false, false]);
        assert_eq!(logs("aws=debug", "aws_config::profile"), [true, true, false]);
    }

    #[test]
    fn invalid_filters_are_explained() {
        for (filter, expected) in [
            (
                "loud",
                "`loud` is not a level (off, error, warn, info, debug, trace)",
            ),
            (
                "debug,aws=",
                "`` is not a level (off, error, warn, info, debug, trace)",
            ),
            ("=debug", "`` is not a crate or module, such as ecsctl::aws"),
            (
                "ecsctl[x]=debug",
                "`ecsctl[x]` is not a crate or module, such as ecsctl::aws",
            ),
            (
                "ecsctl=debug=x",
                "`debug=x` is not a level (off, error, warn, info, debug, trace)",
            ),
        ] {
            assert_eq!(parse(filter).unwrap_err(), expected, "{filter}");
        }
    }
}
