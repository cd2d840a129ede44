//! What a person must decide about a secret in plain text.

/// Returns the note on a variable whose value looks like a secret.
pub(super) fn secret_todo(variable: &str) -> String {
    format!(
        "{variable} looks like a secret in plain text: store it in Secrets Manager or Parameter Store, and name its ARN \
         under `secrets`"
    )
}
