//! Task ids as people see them.

/// Returns the first eight characters of a task's id.
pub fn short_id(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}
