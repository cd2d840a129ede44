//! `hooks:`: commands that run on this machine at points of a run.

use super::context::ReadContext;
use super::{keys, typed_values};
use crate::diagnostic::{Problem, Problems};
use crate::model::{Entry, HookPoint, Hooks, Node};

/// Reads `hooks:`. A hook that is null, for example in an environment, doesn't run.
pub(super) fn read(root: &Node, context: &mut ReadContext<'_>) -> Hooks {
    let mut hooks = Hooks {
        environment: context.overrides.environment.clone(),
        ..Hooks::default()
    };
    let Some(entry) = typed_values::present(root, "hooks") else {
        return hooks;
    };
    if typed_values::mapping(entry, context.problems).is_none() {
        return hooks;
    }
    keys::HOOKS.check(&entry.value, &|_| None, context.problems);
    for point in HookPoint::ALL {
        let written = typed_values::present(&entry.value, point.key());
        let command = written.and_then(|entry| command(entry, context.problems));
        if let Some(command) = command.filter(|_| !context.overrides.skip_hooks) {
            hooks.commands.insert(point, command);
        }
    }
    hooks
}

fn command(entry: &Entry, problems: &mut Problems) -> Option<String> {
    let command = typed_values::text(entry, problems)?;
    let problem = match command.as_str() {
        text if text.trim().is_empty() => ("empty", format!("`{}` is empty", entry.key), "remove it"),
        // POSIX, execve: an argument ends at the first NUL.
        text if text.contains('\0') => (
            "wrong-characters",
            format!("`{}` has a NUL character", entry.key),
            "a command can't have one",
        ),
        _ => return Some(command),
    };
    let (code, message, label) = problem;
    problems.push(Problem::error(code, message, entry.value.span).label(label));
    None
}
