//! The shapes of the ECS API (`ecs.json`, made by `scripts/shapes`) and what reads them.
