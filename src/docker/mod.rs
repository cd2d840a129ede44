//! The Docker daemon: where it is, building, pushing. Knows `model` only.
