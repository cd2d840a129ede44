//! Every exit code of ecsctl, and their precedence if services end differently.

use serde::{Serialize, Serializer};

/// The exit code of the process. The numbers are part of the contract with scripts and never change
/// meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exit {
    /// Done, or nothing to do.
    Done,
    /// Something unexpected: a defect, a full disk, stdout that can't be written.
    Unexpected,
    /// The command line or deploy.yaml is wrong.
    Usage,
    /// Credentials, permissions, the wrong account, or a missing AWS resource, detected before any change.
    Preflight,
    /// An image could not be built or pushed.
    Image,
    /// The rollout failed: rolled back, stopped, or a crash loop.
    Rollout,
    /// Out of time while the rollout was still in progress; ECS continues.
    TimedOut,
    /// Another deployment replaced ours.
    Superseded,
    /// `plan --exit-code` found changes.
    Changes,
    /// The deployment is paused and waits for an approval.
    Paused,
    /// A job or a hook failed.
    Job,
    /// `run` itself failed: the job has no exit code.
    Run,
    /// Hung up (SIGHUP).
    HungUp,
    /// Interrupted (Ctrl-C, SIGINT).
    Interrupted,
    /// Terminated (SIGTERM).
    Terminated,
    /// The exit code of a job, which `run` passes through.
    Program(u8),
}

impl Exit {
    /// Every code, in the order in which `--help` lists them.
    pub const ALL: [Exit; 15] = [
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
        Exit::Run,
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
        match self {
            Exit::Done => 0,
            Exit::Unexpected => 1,
            Exit::Usage => 2,
            Exit::Preflight => 3,
            Exit::Image => 4,
            Exit::Rollout => 5,
            Exit::TimedOut => 6,
            Exit::Superseded => 7,
            Exit::Changes => 8,
            Exit::Paused => 9,
            Exit::Job => 10,
            Exit::Run => 125,
            Exit::HungUp => 129,
            Exit::Interrupted => 130,
            Exit::Terminated => 143,
            Exit::Program(code) => code,
        }
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
            Exit::Run => "`run` itself failed; else its exit code is the job's",
            Exit::HungUp => "hang-up",
            Exit::Interrupted => "interrupted",
            Exit::Terminated => "terminated",
            Exit::Program(_) => "the job's own exit code",
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
