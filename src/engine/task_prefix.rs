//! Tasks that are named by the beginning of their id.

use crate::diagnostic::Failure;
use crate::exit::Exit;

/// The beginning of a task's id, or a task's ARN.
#[derive(Clone, Copy)]
pub(super) struct TaskPrefix<'a>(pub &'a str);

impl TaskPrefix<'_> {
    /// Whether a task's id begins so.
    pub fn matches(self, task: &str) -> bool {
        let id = self.0.rsplit('/').next().unwrap_or_default();
        !id.is_empty() && task.starts_with(id)
    }

    /// The ids of several tasks begin so.
    pub fn ambiguous(self, tasks: Vec<String>) -> Failure {
        let message = format!("{} task ids start with {}", tasks.len(), self.0);
        let failure = Failure::new(Exit::Usage, "ambiguous-task", message).resource(self.0);
        failure.details(tasks).hint("use more characters of the id")
    }
}
