//! Man pages: one for the program, one for each verb.

use std::io;

use clap_mangen::Man;
use ecsctl::reference;

use super::{GenerateError, Generated};

/// All of them. They say the version and not the commit, which would change them with every commit.
pub fn pages() -> Result<Vec<Generated>, GenerateError> {
    let version = env!("CARGO_PKG_VERSION");
    let mut command = reference::command()
        .disable_help_subcommand(true)
        .version(version)
        .long_version(version);
    command.build();
    let verbs = command.get_subcommands().cloned();
    std::iter::once(command.clone()).chain(verbs).map(page).collect()
}

fn page(mut command: clap::Command) -> Result<Generated, GenerateError> {
    // Instead of a line for every option.
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").to_owned();
    let command = command.override_usage(usage);
    let tail = command
        .get_after_long_help()
        .or(command.get_after_help())
        .map(ToString::to_string);
    let has_verbs = command.has_subcommands();
    let version = format!("ecsctl {}", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command).source(version).manual("ecsctl");
    let path = format!("man/{}", man.get_filename());
    let render = || -> io::Result<String> {
        let mut page = Vec::new();
        man.render_title(&mut page)?;
        man.render_name_section(&mut page)?;
        man.render_synopsis_section(&mut page)?;
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
        if has_verbs {
            man.render_subcommands_section(&mut page)?;
        }
        Ok(String::from_utf8_lossy(&page).into_owned() + &sections(&tail.unwrap_or_default()))
    };
    let content = render().map_err(|error| GenerateError::Disk(path.clone().into(), error))?;
    Ok(Generated { path, content })
}

/// What help says after the options, a section for each of its headings, line by line as it stands.
fn sections(text: &str) -> String {
    let mut sections = String::new();
    for line in text.lines() {
        match line.strip_suffix(':').filter(|heading| !heading.starts_with(' ')) {
            Some(heading) => {
                let open = if sections.is_empty() { "" } else { ".fi\n" };
                sections.push_str(&format!("{open}.SH {}\n.nf\n", heading.to_uppercase()));
            }
            None if line.is_empty() => {}
            None => sections.push_str(&format!("{}\n", escaped(line.strip_prefix("  ").unwrap_or(line)))),
        }
    }
    if sections.is_empty() {
        sections
    } else {
        sections + ".fi\n"
    }
}

/// roff's own characters made harmless.
fn escaped(line: &str) -> String {
    let line = line.replace('\\', "\\e").replace('-', "\\-");
    if line.starts_with(['.', '\'']) {
        format!("\\&{line}")
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_sections_and_lines_stay_lines() {
        let text = "Examples:\n  a -b  first\n  .c\n\nExit codes:\n    0  done";
        assert_eq!(
            sections(text),
            ".SH EXAMPLES\n.nf\na \\-b  first\n\\&.c\n.fi\n.SH EXIT CODES\n.nf\n  0  done\n.fi\n"
        );
        assert_eq!(sections(""), "");
    }

    #[test]
    fn a_page_for_each_verb() {
        let paths: Vec<String> = pages().unwrap().into_iter().map(|page| page.path).collect();
        assert!(paths.contains(&"man/ecsctl.1".to_owned()), "{paths:?}");
        assert!(paths.contains(&"man/ecsctl-deploy.1".to_owned()), "{paths:?}");
        assert!(
            !paths
                .iter()
                .any(|path| path.contains("generate") || path.contains("help")),
            "{paths:?}"
        );
    }
}
