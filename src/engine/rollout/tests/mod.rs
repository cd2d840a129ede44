//! The poller against an ECS that is played by a script.

mod ends;
mod explained;
mod faults;
mod joining;
mod scripted;
