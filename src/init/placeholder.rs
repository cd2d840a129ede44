//! Placeholders that other tools fill in before they register a task definition.

/// The brackets of placeholders, and whether only a constant's name in them is one: CodePipeline's `<IMAGE1_NAME>`, the
/// shell's and envsubst's `${IMAGE}`, the `{{ image }}` of templates, and `%IMAGE%` and `__IMAGE__` of scripts.
const BRACKETS: [(&str, &str, bool); 5] = [
    ("${", "}", false),
    ("{{", "}}", false),
    ("<", ">", true),
    ("%", "%", true),
    ("__", "__", true),
];

/// Finds a placeholder in a text.
pub(super) fn placeholder(text: &str) -> Option<&str> {
    let found = BRACKETS.iter().filter_map(|(open, close, is_constant)| {
        let start = text.find(open)?;
        let inside = text.get(start + open.len()..)?;
        let name = inside.get(..inside.find(close)?)?;
        let is_name = !name.trim().is_empty() && (!is_constant || is_constant_name(name));
        let end = start + open.len() + name.len() + close.len();
        is_name.then(|| text.get(start..end))?
    });
    found.min_by_key(|found| text.find(found))
}

/// Whether a name is written in capitals, such as `IMAGE1_NAME` or `AWS-ACCOUNT-ID`.
fn is_constant_name(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_of_other_tools_are_found() {
        for (text, expected) in [
            ("<IMAGE1_NAME>", Some("<IMAGE1_NAME>")),
            ("x/${REPO}:{{ tag }}", Some("${REPO}")),
            ("x/{{ repo }}:${TAG}", Some("{{ repo }}")),
            ("__IMAGE__", Some("__IMAGE__")),
            ("%IMAGE_TAG%", Some("%IMAGE_TAG%")),
            ("nginx:1.27", None),
            ("a <b> c", None),
            ("50% of 100%", None),
            ("${}", None),
            ("$HOME", None),
            ("é<X>é", Some("<X>")),
        ] {
            assert_eq!(placeholder(text), expected, "{text}");
        }
    }
}
