//! Effects in order: images, observe, apply, rollout.

pub mod address;
pub mod apply;
pub mod images;
pub mod inspect;
pub mod load;
pub mod observe;
pub mod rollback;
pub mod service_actions;
pub mod watch;

#[cfg(test)]
mod testing;
