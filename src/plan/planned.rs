//! What is planned for a service.

use crate::model::ServiceAction;

/// What happens to a service, and what is worth knowing of it.
pub(super) struct Planned {
    pub action: ServiceAction,
    pub warnings: Vec<String>,
}
