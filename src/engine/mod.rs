//! Effects in order: images, observe, apply, rollout.
