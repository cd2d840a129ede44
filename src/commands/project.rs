//! Opens deploy.yaml as selected by the flags, and the AWS session that it needs.

use crate::aws::{Aws, MfaPrompt, SetupError};
use crate::cli::Assignment;
use crate::commands::{Context, hidden_values};
use crate::config::{FileOverrides, LoadedFile};
use crate::diagnostic::Failure;
use crate::engine::load::{ConnectedProject, FileOptions, OpenedProject};
use crate::model::ImageReference;
use crate::model::cluster_name;
use crate::ui::{self, github::RunLocation};

/// Finds, reads and checks the file, and prints its warnings.
pub fn open(context: &Context) -> Result<OpenedProject, Failure> {
    let global = &context.global;
    let pairs = |list: &[Assignment]| {
        list.iter()
            .map(|it| (it.name.clone(), it.value.clone()))
            .collect()
    };
    for image in &global.images {
        image.value.parse::<ImageReference>()?;
    }
    context.registry()?;
    hidden_values::hide_vars(context);
    let opened = OpenedProject::open(&FileOptions {
        file: global.file.clone(),
        vars: pairs(&global.vars),
        overrides: FileOverrides {
            region: global.region.clone(),
            profile: global.profile.clone(),
            assume_role: global.assume_role.clone(),
            images: pairs(&global.images),
            allow_unknown_fields: global.allow_unknown_fields,
        },
    })?;
    let loaded = opened.loaded();
    hidden_values::hide_file(loaded, context);
    ui::error::print_warnings(&context.printer, &loaded.warnings, &loaded.sources);
    Ok(opened)
}

/// Opens the AWS session, and fills in the values that it provides.
pub async fn connect(opened: OpenedProject, context: &Context) -> Result<ConnectedProject, Failure> {
    let aws = session(&opened, context, mfa_prompt(context)).await?;
    if let Some(profile) = aws.skipped_profile() {
        ui::skipped_profile(&context.printer, profile);
    }
    if let Some(warning) = aws.bundle_warning() {
        ui::error::print_warning(&context.printer, warning, None);
    }
    if let Some(github) = context.printer.github() {
        github.stand_in(RunLocation {
            cluster: cluster_name(&opened.loaded().manifest.cluster).to_owned(),
            region: aws.region().to_owned(),
            is_aws: aws.endpoint_from().is_none(),
        });
    }
    let connected = opened.resolve(aws).await?;
    hidden_values::hide_file(&connected.loaded, context);
    Ok(connected)
}

/// Like `connect` if the file needs a session; otherwise connects only if a session can be opened.
pub async fn connect_if_possible(
    opened: OpenedProject,
    context: &Context,
) -> Result<(Option<Aws>, LoadedFile), Failure> {
    if opened.needs_session() {
        let ConnectedProject { aws, loaded, .. } = connect(opened, context).await?;
        return Ok((Some(aws), loaded));
    }
    // It is no reason to ask anybody.
    let aws = session(&opened, context, None).await.ok();
    Ok((aws, opened.into_loaded()))
}

/// Returns how to ask for the code of an MFA device, if that is possible.
fn mfa_prompt(context: &Context) -> Option<MfaPrompt> {
    let printer = context.printer.clone();
    ui::can_ask(&printer).then(|| MfaPrompt::new(move |device| ui::ask_for_code(&printer, device)))
}

async fn session(
    opened: &OpenedProject,
    context: &Context,
    mfa: Option<MfaPrompt>,
) -> Result<Aws, SetupError> {
    let endpoint_url = context.global.endpoint_url.clone();
    let aws = opened
        .session(endpoint_url, mfa, &context.clock, &context.writes)
        .await?;
    hidden_values::hide_session(&aws).await;
    Ok(aws)
}
