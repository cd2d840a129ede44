//! The style of a stream: colors, symbols, width. Determined once, from the flags and the environment.

use std::io::IsTerminal;

/// The capabilities of one stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalStyle {
    /// Whether to write escape codes for colors.
    pub colour: bool,
    /// Whether symbols and bars are Unicode; ASCII otherwise.
    pub unicode: bool,
    /// Whether the stream is a terminal.
    pub terminal: bool,
    /// The width in columns, if it is a terminal that reports one.
    pub width: Option<usize>,
}

impl TerminalStyle {
    /// No colours, no terminal, ASCII.
    pub const PLAIN: TerminalStyle = TerminalStyle {
        colour: false,
        unicode: false,
        terminal: false,
        width: None,
    };
}

/// When to use color.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// On a terminal, according to the environment.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Returns the styles of this process's stdout and stderr.
pub fn of_process(colours: Colours) -> (TerminalStyle, TerminalStyle) {
    let variable = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    let out = look(colours, std::io::stdout().is_terminal(), &variable);
    let err = look(colours, std::io::stderr().is_terminal(), &variable);
    (out, err)
}

fn look(colours: Colours, terminal: bool, variable: &dyn Fn(&str) -> Option<String>) -> TerminalStyle {
    // An empty TERM names no terminal type, so nothing is known to move its cursor (terminfo(5)).
    let dumb = variable("TERM").is_some_and(|term| matches!(term.as_str(), "" | "dumb"));
    let terminal = terminal && !dumb;
    TerminalStyle {
        colour: is_coloured(colours, terminal, variable),
        unicode: is_unicode(variable),
        terminal,
        width: terminal.then(columns).flatten(),
    }
}

/// Whether to use color. Precedence: NO_COLOR (no-color.org), CLICOLOR_FORCE, CLICOLOR
/// (bixense.com/clicolors), then whether the stream is a terminal.
fn is_coloured(colours: Colours, terminal: bool, variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    match colours {
        Colours::Always => true,
        Colours::Never => false,
        Colours::Auto if set("NO_COLOR").is_some() => false,
        Colours::Auto if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        Colours::Auto if set("CLICOLOR").is_some_and(|value| value == "0") => false,
        Colours::Auto => terminal,
    }
}

/// Whether the locale's encoding is UTF-8. POSIX order of the variables: LC_ALL, LC_CTYPE, LANG; the first
/// one set decides.
fn is_unicode(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| variable(name).filter(|v| !v.is_empty()));
    locale.is_some_and(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

fn columns() -> Option<usize> {
    console::Term::stderr()
        .size_checked()
        .map(|(_, columns)| usize::from(columns))
        .filter(|columns| *columns > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(colours: Colours, terminal: bool, variables: &[(&str, &str)]) -> TerminalStyle {
        look(colours, terminal, &|name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn color_settings_have_an_order() {
        for (colours, terminal, variables, expected) in [
            (Colours::Auto, true, &[][..], true),
            (Colours::Auto, false, &[], false),
            (Colours::Always, false, &[("NO_COLOR", "1")], true),
            (Colours::Never, true, &[("CLICOLOR_FORCE", "1")], false),
            (Colours::Auto, true, &[("NO_COLOR", "1")], false),
            (Colours::Auto, true, &[("NO_COLOR", "")], true),
            (Colours::Auto, false, &[("CLICOLOR_FORCE", "1")], true),
            (Colours::Auto, false, &[("CLICOLOR_FORCE", "0")], false),
            (
                Colours::Auto,
                false,
                &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")],
                false,
            ),
            (Colours::Auto, true, &[("CLICOLOR", "0")], false),
            (Colours::Auto, true, &[("TERM", "dumb")], false),
            (Colours::Auto, true, &[("TERM", "")], false),
        ] {
            assert_eq!(
                with(colours, terminal, variables).colour,
                expected,
                "{colours:?} {terminal} {variables:?}"
            );
        }
    }

    #[test]
    fn the_first_locale_variable_that_is_set_decides_on_marks() {
        for (variables, expected) in [
            (&[][..], false),
            (&[("LANG", "en_GB.UTF-8")], true),
            (&[("LANG", "C.utf8")], true),
            (&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "C")], false),
            (&[("LANG", "C"), ("LC_CTYPE", "de_DE.UTF-8")], true),
            (&[("LC_ALL", ""), ("LANG", "C.UTF-8")], true),
        ] {
            assert_eq!(
                with(Colours::Auto, true, variables).unicode,
                expected,
                "{variables:?}"
            );
        }
    }
}
