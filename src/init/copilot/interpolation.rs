//! Copilot's `${NAME}` in manifests (AWS Copilot CLI documentation, "Environment Variables in the Manifest").

use crate::init::template::{Template, TemplateFallback, TemplatePiece, TemplateVariable};

/// The variable of deploy.yaml with the name of the environment.
pub(super) const ENVIRONMENT: &str = "vars.environment";

/// Parses a text. `application` is the name of the application, if it is known.
pub(super) fn parse(text: &str, application: Option<&str>) -> Template {
    let mut template = Template::default();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let (before, reference) = rest.split_at(start);
        let end = reference.find('}').map_or(reference.len(), |end| end + 1);
        let (written, after) = reference.split_at(end);
        rest = after;
        let name = written.trim_start_matches("${").trim_end_matches('}');
        if let Some(before) = before.strip_suffix('\\').filter(|_| is_name(name)) {
            template.push_literal(before);
            template.push_literal(written);
            continue;
        }
        template.push_literal(before);
        match (name, application) {
            ("COPILOT_APPLICATION_NAME", Some(application)) => template.push_literal(application),
            ("COPILOT_ENVIRONMENT_NAME", _) => template.append(environment()),
            (name, _) if is_name(name) && written.ends_with('}') => {
                template.append(variable(format!("env.{name}")));
            }
            _ => template.push_literal(written),
        }
    }
    template.push_literal(rest);
    template
}

/// Returns the name of the environment.
pub(super) fn environment() -> Template {
    variable(ENVIRONMENT.to_owned())
}

fn variable(reference: String) -> Template {
    Template {
        pieces: vec![TemplatePiece::Variable(TemplateVariable {
            reference,
            fallback: TemplateFallback::None,
        })],
    }
}

fn is_name(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && text.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn variables_of_manifests_become_references() {
        for (text, expected) in [
            ("a:${TAG}", Some("a:${env.TAG}")),
            (
                "/copilot/${COPILOT_APPLICATION_NAME}/${COPILOT_ENVIRONMENT_NAME}/db",
                Some("/copilot/shop/${vars.environment}/db"),
            ),
            ("echo \\${name} $HOME", Some("echo $${name} $HOME")),
            ("${a-b} ${", Some("$${a-b} $${")),
            ("é${A}é", Some("é${env.A}é")),
        ] {
            assert_eq!(parse(text, Some("shop")).draft().as_deref(), expected, "{text}");
        }
        let unknown = parse("${COPILOT_APPLICATION_NAME}", None).draft();
        assert_eq!(unknown.as_deref(), Some("${env.COPILOT_APPLICATION_NAME}"));
    }

    proptest! {
        #[test]
        fn no_text_of_a_manifest_panics(text in "[$A{}\\\\é_ -]{0,24}") {
            let _ = parse(&text, None).draft();
        }
    }
}
