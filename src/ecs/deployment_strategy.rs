//! The strategy of a service's deployments.

use super::reply::text_enum;

text_enum! {
    /// `deploymentConfiguration.strategy`.
    DeploymentStrategy {
        /// Tasks are replaced in place.
        Rolling = "ROLLING",
        /// Two environments, one shift of traffic.
        BlueGreen = "BLUE_GREEN",
        /// Traffic shifts in equal steps.
        Linear = "LINEAR",
        /// Traffic shifts in two steps.
        Canary = "CANARY",
    }
}
