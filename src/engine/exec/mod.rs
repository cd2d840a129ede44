//! `exec`: a session of ECS Exec in a container of a running task.

mod error;
mod obstacle;
mod session;
mod session_plugin;
mod target;
mod terminal_state;
mod wait;

pub use obstacle::KEEPALIVE;
pub use session::open_session;
pub use session_plugin::{PluginSession, SessionPlugin};
pub use target::{ExecSelection, ExecTarget};
