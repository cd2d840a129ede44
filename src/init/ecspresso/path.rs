//! Paths that depend on environment variables.

use crate::init::open_value::{OpenPart, OpenValue};

/// Fills in the variables of a path. Fails with the one that isn't set, or with None if the path depends on something
/// else.
pub(super) fn resolved(
    path: &OpenValue,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<String, Option<String>> {
    let part = |part: &OpenPart| match part {
        OpenPart::Literal(text) => Ok(text.clone()),
        OpenPart::Reference { name, default } => {
            let name = name.strip_prefix("env.").ok_or(None)?;
            match (variable(name).filter(|value| !value.is_empty()), default) {
                (Some(value), _) => Ok(value),
                (None, Some(default)) if !default.replace("$${", "").contains("${") => {
                    Ok(default.replace("$${", "${"))
                }
                (None, _) => Err(Some(name.to_owned())),
            }
        }
    };
    path.parts().iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_in_paths_are_filled_in() {
        let variable = |name: &str| (name == "ENV").then(|| "dev".to_owned());
        let env = |name: &str| OpenValue::reference(format!("env.{name}"));
        let mut path = OpenValue::literal("td-");
        path.extend(env("ENV"));
        assert_eq!(resolved(&path, &variable).as_deref(), Ok("td-dev"));
        let with_default = env("X").or(&OpenValue::literal("a.json")).unwrap();
        assert_eq!(resolved(&with_default, &variable).as_deref(), Ok("a.json"));
        assert_eq!(resolved(&env("X"), &variable), Err(Some("X".to_owned())));
        assert_eq!(resolved(&OpenValue::reference("ssm:/x"), &variable), Err(None));
    }
}
