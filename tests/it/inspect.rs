//! `ecsctl events`, `history`, `logs` and `tasks`.

mod events;
mod history;
mod logs;
mod tasks;
