//! Outputs for later steps.

use crate::diagnostic::clean_lines;
use crate::model::Outcome;
use crate::ui::json_encoding;

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
    if let Ok(services) = json_encoding::line(&outcome.services) {
        text += &one("services", services.trim_end());
    }
    text
}

/// Formats `name<<DELIMITER`, the value, the delimiter; the delimiter never equals a line of the value.
pub fn one(name: &str, value: &str) -> String {
    let value = clean_lines(value);
    let mut delimiter = "ECSCTL_END".to_owned();
    while value.lines().any(|line| line.trim() == delimiter) {
        delimiter.push('_');
    }
    format!("{name}<<{delimiter}\n{value}\n{delimiter}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::is_control;
    use crate::exit::Exit;
    use crate::model::{Ending, ServiceOutcome};
    use crate::ui::testing::an_outcome;

    #[test]
    fn outputs_have_no_control_characters() {
        let reason = "a\u{1b}[31mb\u{7}c\u{202e}d\u{2028}e\nf";
        let service = ServiceOutcome {
            reason: Some(reason.to_owned()),
            ..an_outcome("web", Ending::Failed)
        };
        let text = of(&Outcome {
            schema: 1,
            outcome: Ending::Failed,
            exit_code: Exit::Rollout,
            error: None,
            services: vec![service],
            jobs: Vec::new(),
            schedules: Vec::new(),
        });
        assert!(text.contains("reason<<ECSCTL_END\nabcd e\nf\n"), "{text}");
        assert!(!text.chars().any(|c| is_control(c) && c != '\n'), "{text:?}");
        let services = text.split("services<<ECSCTL_END\n").nth(1).unwrap();
        let services: serde_json::Value = serde_json::from_str(services.lines().next().unwrap()).unwrap();
        assert_eq!(services[0]["reason"], reason);
    }

    #[test]
    fn output_values_never_contain_their_delimiter() {
        assert_eq!(one("image", "a\nb"), "image<<ECSCTL_END\na\nb\nECSCTL_END\n");
        assert_eq!(
            one("reason", "x\nECSCTL_END\noutcome<<EOF"),
            "reason<<ECSCTL_END_\nx\nECSCTL_END\noutcome<<EOF\nECSCTL_END_\n"
        );
    }
}
