//! Whether a rollout has succeeded. Pure: a judge is fed snapshots and the time.
