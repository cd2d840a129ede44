//! Outputs for later steps.

use crate::model::Outcome;

/// Returns every output of a run that changed, or was meant to change, services. Outputs about a single
/// service are set only if there is exactly one; `services` has all of them as JSON.
pub fn of(outcome: &Outcome) -> String {
    let ending = serde_json::to_value(outcome.outcome).unwrap_or_default();
    let mut text = one("outcome", ending.as_str().unwrap_or_default());
    text += &one("exit-code", &outcome.exit_code.code().to_string());
    if let [service] = outcome.services.as_slice() {
        for (name, value) in [
            ("service", Some(&service.name)),
            ("requested", service.requested.as_ref()),
            ("task-definition", service.task_definition.as_ref()),
            ("image", service.image.as_ref()),
            ("deployment", service.deployment.as_ref()),
            ("reason", service.reason.as_ref()),
        ] {
            text += &one(name, value.map(String::as_str).unwrap_or_default());
        }
    }
    if let Ok(services) = serde_json::to_string(&outcome.services) {
        text += &one("services", &services);
    }
    text
}

/// Formats `name<<DELIMITER`, the value, the delimiter; the delimiter never equals a line of the value.
pub fn one(name: &str, value: &str) -> String {
    let mut delimiter = "ECSCTL_END".to_owned();
    while value.lines().any(|line| line.trim() == delimiter) {
        delimiter.push('_');
    }
    format!("{name}<<{delimiter}\n{value}\n{delimiter}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_values_never_contain_their_delimiter() {
        assert_eq!(one("image", "a\nb"), "image<<ECSCTL_END\na\nb\nECSCTL_END\n");
        assert_eq!(
            one("reason", "x\nECSCTL_END\noutcome<<EOF"),
            "reason<<ECSCTL_END_\nx\nECSCTL_END\noutcome<<EOF\nECSCTL_END_\n"
        );
    }
}
