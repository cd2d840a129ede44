//! Opens the AWS session of a command.

use crate::aws::{Aws, MfaPrompt, SetupError};
use crate::commands::{Context, hidden_values};
use crate::engine::load::{FileContent, OpenedProject};
use crate::ui;

/// Returns how to ask for the code of an MFA device, if that is possible.
pub fn mfa_prompt(context: &Context) -> Option<MfaPrompt> {
    let printer = context.printer.clone();
    ui::can_ask(&printer).then(|| MfaPrompt::new(move |device| ui::ask_for_code(&printer, device)))
}

/// Opens the session that the flags and the file ask for, and hides its keys in every output.
pub async fn session<C: FileContent>(
    opened: &OpenedProject<C>,
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
