//! `ecsctl rollback`

use clap::Args;

use super::{WaitFlags, help};

/// Roll back: stop the deployment in progress, or return to the last successful revision
///
/// If a deployment is in progress, ECS stops it and rolls it back. Otherwise the service gets the task definition of
/// its last successful deployment of another revision (ECS keeps 90 days of them). Only the task definition changes;
/// network and load balancer settings stay as they are. On a terminal it shows the changes and asks; elsewhere it
/// needs --yes.
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl rollback web", "show the changes, ask on a terminal, roll back, and watch"),
    ("ecsctl rollback web --to 41", "roll back to that revision of its family"),
    ("ecsctl rollback --yes", "all services in deploy.yaml, without a confirmation"),
]))]
pub struct RollbackArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// Roll back to this revision: a number, FAMILY:NUMBER, an ARN, or a deployment's ecs-svc/NUMBER
    #[arg(long, value_name = "REVISION")]
    pub to: Option<String>,

    /// When to stop waiting.
    #[command(flatten)]
    pub wait: WaitFlags,
}
