//! `ecsctl rollback`, `stop`, `continue`, and the prompt at Ctrl-C, against the scripted ECS.

mod confirmation;
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
