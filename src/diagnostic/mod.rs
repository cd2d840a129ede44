//! Errors and problems as data (what failed, where in which file, and what to do next), and their
//! rendering.

mod certificate;
mod excerpt;
mod explain;
mod problem;
mod render;
mod sanitize;
mod span;
mod suggestion;

pub use certificate::{is_refused_certificate, refused_certificate};
pub use explain::{Explain, Explanation, Failure};
pub use problem::{Label, Level, MAX_KEPT, Problem, Problems, joined};
pub use render::{RenderStyle, render};
pub use sanitize::{clean, clean_lines, is_control};
pub use span::{SourceId, Sources, Span};
pub use suggestion::{CommandLine, Suggestion, SuggestionPart};
