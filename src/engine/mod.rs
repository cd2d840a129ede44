//! Effects in order: images, observe, apply, rollout.

pub mod address;
pub mod apply;
pub mod back;
pub mod images;
pub mod levers;
pub mod load;
pub mod look;
pub mod observe;
pub mod presence;
pub mod rollout;
pub mod status;

#[cfg(test)]
mod testing;
