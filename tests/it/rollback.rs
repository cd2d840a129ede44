//! The way back, and the levers on a deployment in flight: `rollback`, `stop`, `continue`, and what Ctrl-C offers,
//! against the scripted ECS.

mod in_progress;
mod next_commands;
mod on_failure;
mod paused;
mod permissions;
mod previous_revision;
mod prompts;
mod refused;
mod scope;
mod several_services;
mod slow_stop;
