//! A lifecycle hook of a service deployment.

use jiff::Timestamp;

use super::reply::{text, text_enum, time};
use crate::model::Value;

text_enum! {
    /// A lifecycle hook's status.
    HookStatus {
        /// Paused until a user continues it or rolls it back.
        AwaitingAction = "AWAITING_ACTION",
        /// Running.
        InProgress = "IN_PROGRESS",
        /// Passed.
        Succeeded = "SUCCEEDED",
        /// Failed.
        Failed = "FAILED",
        /// Timed out.
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
    /// The ARN of the function that it invokes; None for a pause.
    pub target: Option<String>,
    /// Its status.
    pub status: HookStatus,
    /// When it times out.
    pub expires_at: Option<Timestamp>,
    /// What ECS does on timeout: `CONTINUE` or `ROLLBACK`.
    pub timeout_action: Option<String>,
}

impl LifecycleHook {
    /// Whether it pauses the deployment until a user continues it or rolls it back.
    pub fn is_awaiting_action(&self) -> bool {
        self.kind == "PAUSE" && self.status == HookStatus::AwaitingAction
    }

    /// Returns the function's name, or the hook's kind: `smoke`, `PAUSE`.
    pub fn name(&self) -> &str {
        // arn:aws:lambda:REGION:ACCOUNT:function:NAME[:VERSION] (Lambda developer guide, function ARNs)
        let target = self.target.as_deref().unwrap_or(&self.kind);
        target.split(':').nth(6).unwrap_or(target)
    }

    /// Returns its name and status: `smoke IN_PROGRESS`, `PAUSE AWAITING_ACTION`.
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
