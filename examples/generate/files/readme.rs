//! The parts of the README between `<!-- generated: NAME -->` and `<!-- end -->`.

use std::fmt::Write as _;

use ecsctl::reference;

use super::GenerateError;

/// The file, from the root.
pub const PATH: &str = "README.md";
/// What closes a part.
pub const END: &str = "<!-- end -->";
const BEGIN: &str = "<!-- generated: ";

type Part = fn() -> String;

/// Every part that a README may have.
const PARTS: [(&str, Part); 3] = [
    ("exit-codes", exit_codes),
    ("variables", variables),
    ("help", help),
];

/// The names of all parts.
pub fn names() -> String {
    PARTS.map(|(name, _)| name).join(", ")
}

/// The text with every marked part filled in.
pub fn filled(text: &str) -> Result<String, GenerateError> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(BEGIN) {
        let (before, marked) = rest.split_at(at);
        let name = marked[BEGIN.len()..]
            .split(" -->")
            .next()
            .unwrap_or_default()
            .trim();
        let unterminated = || GenerateError::Unterminated(name.to_owned());
        let end = marked.find(END).ok_or_else(unterminated)?;
        let next = marked[BEGIN.len()..].find(BEGIN).map(|next| next + BEGIN.len());
        if next.is_some_and(|next| next < end) {
            return Err(unterminated());
        }
        let (_, part) = PARTS
            .iter()
            .find(|(known, _)| *known == name)
            .ok_or_else(|| GenerateError::UnknownPart(name.to_owned()))?;
        let _ = write!(filled, "{before}{BEGIN}{name} -->\n{}{END}", part());
        rest = &marked[end + END.len()..];
    }
    Ok(filled + rest)
}

fn exit_codes() -> String {
    let rows = reference::exit_codes().map(|(code, meaning)| format!("| {code} | {meaning} |\n"));
    std::iter::once("| code | meaning |\n|---:|---|\n".to_owned())
        .chain(rows)
        .collect()
}

fn variables() -> String {
    let mut table = "| variable | stands for | |\n|---|---|---|\n".to_owned();
    for variable in reference::variables(&reference::command()) {
        let flag = variable.flag.map(|flag| format!("`{flag}`")).unwrap_or_default();
        let meaning = variable.meaning.replace('|', "\\|");
        let _ = writeln!(table, "| `{}` | {flag} | {meaning} |", variable.name);
    }
    table
}

fn help() -> String {
    format!("```console\n$ ecsctl -h\n{}```\n", reference::brief_help())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_filled_and_the_rest_stays() {
        let text = "# Title\n<!-- generated: exit-codes -->\nold\n<!-- end -->\ntail\n";
        let new = filled(text).unwrap();
        assert!(
            new.starts_with("# Title\n<!-- generated: exit-codes -->\n| code | meaning |\n"),
            "{new}"
        );
        assert!(
            new.contains("| 130 | interrupted |\n<!-- end -->\ntail\n") || new.contains("| 130 |"),
            "{new}"
        );
        assert!(
            new.ends_with("<!-- end -->\ntail\n") && !new.contains("old"),
            "{new}"
        );
        assert_eq!(filled(&new).unwrap(), new);
    }

    #[test]
    fn a_part_that_is_unknown_or_has_no_end_is_an_error() {
        assert!(matches!(
            filled("<!-- generated: nonsense -->\n<!-- end -->"),
            Err(GenerateError::UnknownPart(_))
        ));
        for text in [
            "<!-- generated: help -->\n",
            "<!-- generated: help -->\n<!-- generated: variables -->\n<!-- end -->",
        ] {
            assert!(
                matches!(filled(text), Err(GenerateError::Unterminated(_))),
                "{text}"
            );
        }
    }

    #[test]
    fn every_part_says_something_on_lines_of_its_own() {
        for (name, part) in PARTS {
            let text = part();
            assert!(text.lines().count() > 10 && text.ends_with('\n'), "{name}");
        }
    }
}
