//! `ecsctl build` with a real daemon: what Dockerfiles use, both builders, and what is said when a build fails.

mod context;
mod failures;
mod features;
mod hooks;

use crate::ground::Docker;
use crate::project::Project;

/// The whole deploy.yaml: one image, built from the folder.
const PLAIN: &str = "images:\n  web: {repository: acme/web, build: .}\n";

/// A project of which one image is built.
fn project(docker: &Docker) -> Project<'_> {
    Project::new(docker).with("deploy.yaml", PLAIN)
}
