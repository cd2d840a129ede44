//! What a connected command reports about its session and deploy.yaml.

use crate::aws::Aws;
use crate::commands::Context;
use crate::engine::load::FileContent;
use crate::model::cluster_name;
use crate::ui::{self, github::RunLocation};

/// Prints the warnings about the session.
pub fn of_session(aws: &Aws, context: &Context) {
    if let Some(profile) = aws.skipped_profile() {
        ui::skipped_profile(&context.printer, profile);
    }
    if let Some(warning) = aws.bundle_warning() {
        ui::error::print_warning(&context.printer, warning, None);
    }
}

/// Records the cluster and the region for the GitHub step summary.
pub fn of_location(aws: &Aws, cluster: &str, context: &Context) {
    if let Some(github) = context.printer.github() {
        github.stand_in(RunLocation {
            cluster: cluster_name(cluster).to_owned(),
            region: aws.region().to_owned(),
            is_aws: aws.endpoint_from().is_none(),
        });
    }
}

/// Prints the warnings of a file that is complete.
pub fn of_file(loaded: &impl FileContent, context: &Context) {
    let (warnings, sources) = loaded.warnings();
    ui::error::print_warnings(&context.printer, warnings, sources);
}
