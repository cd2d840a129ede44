//! `ecsctl open`

use clap::Args;

use super::help;

/// Open a service's address in a browser, or print it
#[derive(Debug, Args)]
#[command(after_help = help::examples(&[
    ("ecsctl open web", "open it in a browser (BROWSER, or the system's default)"),
    ("curl $(ecsctl open web -q)", "print only the address"),
]))]
pub struct OpenArgs {
    /// The service, by its name in deploy.yaml [default: the one that has a load balancer]
    #[arg(value_name = "SERVICE")]
    pub service: Option<String>,
}
