//! Effects in order: images, observe, apply, rollout.

pub mod apply;
pub mod observe;

#[cfg(test)]
mod testing;
