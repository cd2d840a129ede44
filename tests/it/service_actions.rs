//! `ecsctl scale`, `restart`, `open` and `delete` against the scripted ECS.

mod delete;
mod open;
mod permissions;
mod restart;
mod scale;
