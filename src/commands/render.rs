//! `ecsctl render`: deploy.yaml as it goes to AWS.

use std::borrow::Cow;

use crate::commands::{Context, project};
use crate::config;
use crate::diagnostic::{Explain, Failure};
use crate::exit::Exit;

/// Prints it: YAML, or JSON. AWS is asked only for what nobody else can tell.
pub fn run(context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let loaded = if opened.needs_session() {
        context.run(async |_| Ok(opened.connect(context).await?.1))?
    } else {
        opened.into_loaded()
    };
    let document = config::render(&loaded.manifest, context.global.show_values);
    let printed = context.printer.present(&document, |printer| {
        let text = serde_yaml::to_string(&document)?;
        printer.verbatim(&text);
        Ok(())
    });
    printed.transpose().map_err(NotYaml)?;
    Ok(Exit::Done)
}

/// A value that YAML can't hold: none is known.
#[derive(Debug, thiserror::Error)]
#[error("the file can't be written as YAML")]
struct NotYaml(#[source] serde_yaml::Error);

impl Explain for NotYaml {
    fn exit(&self) -> Exit {
        Exit::Unexpected
    }

    fn code(&self) -> &'static str {
        "not-yaml"
    }

    fn said(&self) -> Option<(&'static str, Cow<'_, str>)> {
        Some(("YAML", self.0.to_string().into()))
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        Some("ecsctl render -o json".into())
    }
}
