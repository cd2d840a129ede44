//! `ecsctl rollback`

use clap::Args;

use super::{WaitFlags, help};

/// Go back to what worked before: undo what is in flight, else run the last revision that was deployed well
///
/// A deployment in flight is being stopped and rolled back by ECS. When none is, the service gets the task definition of
/// its last successful deployment of another revision (AWS keeps 90 days of them). The task definition goes back;
/// network and load balancer settings stay as they are now. On a terminal it shows what changes and asks; elsewhere it
/// goes ahead, so that CI can go back: nothing is lost by it.
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl rollback web", "show what changes, ask on a terminal, go back, and watch"),
    ("ecsctl rollback web --to 41", "to that revision of its family"),
    ("ecsctl rollback --yes", "every service in deploy.yaml, without asking"),
]))]
pub struct RollbackArgs {
    /// Services, by their name in deploy.yaml [default: all]
    #[arg(value_name = "SERVICE")]
    pub services: Vec<String>,

    /// To this revision: a number, FAMILY:NUMBER, an ARN, or a deployment's ecs-svc/NUMBER
    #[arg(long, value_name = "REVISION")]
    pub to: Option<String>,

    /// When to stop waiting.
    #[command(flatten)]
    pub wait: WaitFlags,
}
