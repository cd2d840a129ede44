//! `ecsctl scale`

use std::str::FromStr;

use clap::Args;

use super::{WaitFlags, help};

/// Set the number of tasks of services, and watch until they run
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl scale web=5", "five tasks"),
    ("ecsctl scale web=5 worker=0", "several services; zero stops all tasks of one"),
]))]
pub struct ScaleArgs {
    /// Services, by their name in deploy.yaml, with their number of tasks
    #[arg(value_name = "SERVICE=N", required = true)]
    pub counts: Vec<ScaleTarget>,

    /// When to stop waiting.
    #[command(flatten)]
    pub wait: WaitFlags,
}

/// `SERVICE=N`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScaleTarget {
    /// The service; never empty.
    pub service: String,
    /// The number of tasks. The API's `desiredCount` is a signed 32-bit number that may not be negative.
    pub tasks: u32,
}

impl FromStr for ScaleTarget {
    type Err = InvalidTaskCount;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (service, count) = text.rsplit_once('=').ok_or(InvalidTaskCount)?;
        let is_number = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
        match count.parse::<i32>().map(u32::try_from) {
            Ok(Ok(tasks)) if is_number && !service.is_empty() => Ok(Self {
                service: service.to_owned(),
                tasks,
            }),
            _ => Err(InvalidTaskCount),
        }
    }
}

/// A text that is not `SERVICE=COUNT`.
#[derive(Debug, thiserror::Error)]
#[error("write SERVICE=COUNT, for example web=3")]
pub struct InvalidTaskCount;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_a_whole_number_that_the_api_takes() {
        for (text, service, tasks) in [
            ("web=3", "web", 3),
            ("web=0", "web", 0),
            ("web=2147483647", "web", 2_147_483_647),
        ] {
            let count: ScaleTarget = text.parse().unwrap();
            assert_eq!((count.service.as_str(), count.tasks), (service, tasks));
        }
        for text in [
            "web",
            "web=",
            "=3",
            "web=-1",
            "web=+1",
            "web=1.5",
            "web=2147483648",
            "web= 3",
            "web=three",
            "",
        ] {
            assert!(text.parse::<ScaleTarget>().is_err(), "{text}");
        }
    }
}
