//! What a folder says about a new service.

use std::path::Path;

use crate::engine::load::read_named;
use crate::init::{NewService, exposed_port};

/// Returns what a folder suggests: its name, and the port of its Dockerfile.
pub fn suggested_service(folder: &Path) -> NewService {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = absolute
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let dockerfile = folder.join("Dockerfile");
    let text = dockerfile.is_file().then(|| read_named(&dockerfile));
    NewService {
        name: NewService::name_in(&name.unwrap_or_default()),
        port: text
            .as_ref()
            .and_then(|text| exposed_port(text.as_deref().unwrap_or_default())),
        has_dockerfile: text.is_some(),
    }
}
