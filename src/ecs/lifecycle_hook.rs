//! A lifecycle hook of a service deployment.

use jiff::Timestamp;

use super::reply::{text, text_enum, time};
use crate::model::Value;

text_enum! {
    /// A lifecycle hook's status.
    HookStatus {
        /// Paused until somebody says how to go on.
        AwaitingAction = "AWAITING_ACTION",
        /// Running.
        InProgress = "IN_PROGRESS",
        /// Passed.
        Succeeded = "SUCCEEDED",
        /// Failed.
        Failed = "FAILED",
        /// Took too long.
        TimedOut = "TIMED_OUT",
    }
}

/// A lifecycle hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifecycleHook {
    /// Its id.
    pub id: String,
    /// `PAUSE`, `AWS_LAMBDA`.
    pub kind: String,
    /// The ARN of the function that it calls; a pause has none.
    pub target: Option<String>,
    /// Its status.
    pub status: HookStatus,
    /// When it times out.
    pub expires_at: Option<Timestamp>,
    /// `CONTINUE` or `ROLLBACK`: what happens when it times out.
    pub timeout_action: Option<String>,
}

impl LifecycleHook {
    /// Whether it pauses the deployment until somebody continues it or rolls it back.
    pub fn is_awaiting_action(&self) -> bool {
        self.kind == "PAUSE" && self.status == HookStatus::AwaitingAction
    }

    /// Its function's name, or its kind: `smoke`, `PAUSE`.
    pub fn name(&self) -> &str {
        // arn:aws:lambda:REGION:ACCOUNT:function:NAME[:VERSION] (Lambda developer guide, function ARNs)
        let target = self.target.as_deref().unwrap_or(&self.kind);
        target.split(':').nth(6).unwrap_or(target)
    }

    /// Its name and its status: `smoke IN_PROGRESS`, `PAUSE AWAITING_ACTION`.
    pub fn short(&self) -> String {
        format!("{} {}", self.name(), self.status)
    }

    pub(super) fn read(reply: &Value) -> Option<Self> {
        Some(Self {
            id: text(reply, "hookId")?,
            kind: text(reply, "targetType").unwrap_or_default(),
            target: text(reply, "targetArn"),
            status: HookStatus::read(&text(reply, "status").unwrap_or_default()),
            expires_at: time(reply, "expiresAt"),
            timeout_action: text(reply, "timeoutAction"),
        })
    }
}
