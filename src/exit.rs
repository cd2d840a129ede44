//! Every exit code of ecsctl, and their precedence if services end differently.

use serde::{Serialize, Serializer};

/// The exit code of the process. The numbers are part of the contract with scripts and never change
/// meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Exit {
    /// Done, or nothing to do.
    Done = 0,
    /// Something unexpected: a defect, a full disk, stdout that can't be written.
    Unexpected = 1,
    /// The command line or deploy.yaml is wrong.
    Usage = 2,
    /// Credentials, permissions, the wrong account, or a missing AWS resource, detected before any change.
    Preflight = 3,
    /// An image could not be built or pushed.
    Image = 4,
    /// The rollout failed: rolled back, stopped, or a crash loop.
    Rollout = 5,
    /// Out of time while the rollout was still in progress; ECS continues.
    TimedOut = 6,
    /// Another deployment replaced ours.
    Superseded = 7,
    /// `plan --exit-code` found changes.
    Changes = 8,
    /// The deployment is paused and waits for an approval.
    Paused = 9,
    /// A job or a hook failed.
    Job = 10,
    /// Hung up (SIGHUP).
    HungUp = 129,
    /// Interrupted (Ctrl-C, SIGINT).
    Interrupted = 130,
    /// Terminated (SIGTERM).
    Terminated = 143,
}

impl Exit {
    /// Every code, in the order in which `--help` lists them.
    pub const ALL: [Exit; 14] = [
        Exit::Done,
        Exit::Unexpected,
        Exit::Usage,
        Exit::Preflight,
        Exit::Image,
        Exit::Rollout,
        Exit::TimedOut,
        Exit::Superseded,
        Exit::Changes,
        Exit::Paused,
        Exit::Job,
        Exit::HungUp,
        Exit::Interrupted,
        Exit::Terminated,
    ];

    /// The precedence among services that ended differently: the first of these that applies is the exit
    /// code.
    const PRECEDENCE: [Exit; 8] = [
        Exit::Rollout,
        Exit::Job,
        Exit::Superseded,
        Exit::Preflight,
        Exit::Image,
        Exit::Unexpected,
        Exit::TimedOut,
        Exit::Paused,
    ];

    /// Returns the number that the shell sees.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// Returns the meaning in one line, for `--help` and the README.
    pub fn meaning(self) -> &'static str {
        match self {
            Exit::Done => "success, or nothing to do",
            Exit::Unexpected => "unexpected error",
            Exit::Usage => "usage, or an invalid deploy.yaml",
            Exit::Preflight => "credentials, permissions, wrong account, or a missing AWS resource",
            Exit::Image => "build or push failed",
            Exit::Rollout => "rollout failed (rolled back, stopped, crash loop)",
            Exit::TimedOut => "timed out, still in progress",
            Exit::Superseded => "superseded by another deployment",
            Exit::Changes => "`plan --exit-code` found changes",
            Exit::Paused => "paused, waiting for an approval",
            Exit::Job => "a job or hook failed",
            Exit::HungUp => "hang-up",
            Exit::Interrupted => "interrupted",
            Exit::Terminated => "terminated",
        }
    }

    /// Returns the exit code of a run in which several services ended differently.
    pub fn of_many(endings: impl IntoIterator<Item = Exit>) -> Exit {
        let endings: Vec<Exit> = endings.into_iter().collect();
        Self::PRECEDENCE
            .into_iter()
            .find(|exit| endings.contains(exit))
            .or_else(|| endings.into_iter().find(|exit| *exit != Exit::Done))
            .unwrap_or(Exit::Done)
    }
}

impl Serialize for Exit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_rollout_outweighs_a_timeout() {
        assert_eq!(
            Exit::of_many([Exit::TimedOut, Exit::Rollout, Exit::Done]),
            Exit::Rollout
        );
    }

    #[test]
    fn nothing_but_done_is_done() {
        assert_eq!(Exit::of_many([Exit::Done, Exit::Done]), Exit::Done);
        assert_eq!(Exit::of_many([]), Exit::Done);
    }
}
