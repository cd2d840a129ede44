//! `ecsctl init`: turns what somebody has into a draft of deploy.yaml, and the draft into text. No I/O.
//!
//! Each source has a file of its own that returns a `Draft`; `definition` drafts the task definition for all of them.

mod based_definition;
mod build_sample;
mod command_line;
mod compose;
mod copilot;
mod definition;
#[cfg(test)]
mod definition_laws;
mod dockerfile;
mod draft;
mod draft_images;
mod draft_notes;
mod draft_overlay;
mod ecspresso;
mod github;
mod go_template;
mod head;
mod launch_members;
mod live_service;
mod names;
mod new_service;
mod open_value;
mod open_values;
mod placeholder;
mod relative_path;
#[cfg(test)]
mod rendered_draft;
mod secret_todo;
mod source_file;
mod source_options;
mod source_reader;
mod task_definition;
mod template;
mod units;
mod yaml_scalar;
mod yaml_text;

pub use compose::{ComposeFile, ComposeInputs};
pub use copilot::{CopilotWorkspace, ManifestFile};
pub use dockerfile::exposed_port;
pub use draft::Draft;
pub use ecspresso::{EcspressoPaths, EcspressoSources, from_ecspresso};
pub use github::{WorkflowSources, from_workflow, workflow_definitions};
pub use head::DraftHead;
pub use live_service::from_service;
pub use new_service::NewService;
pub use source_file::SourceFile;
pub use source_options::SourceOptions;
pub use task_definition::from_task_definition;
pub use yaml_text::yaml_text;
