//! Tests of run reports.

use std::path::Path;
use std::sync::{Arc, Mutex};

use super::*;
use crate::exit::Exit;
use crate::model::Event;
use crate::model::{Ending, Outcome};
use crate::ui::printer::PrinterSettings;
use crate::ui::terminal_style::TerminalStyle;
use crate::ui::testing::{Captured, a_rollback, moment};
use crate::ui::view::EventView;

fn runner(folder: &Path) -> Github {
    Github {
        summary: Some(folder.join("summary.md")),
        outputs: Some(folder.join("output")),
        workspace: Some(folder.to_owned()),
        seen: Mutex::default(),
    }
}

#[test]
fn a_rollback_on_a_runner() {
    let folder = tempfile::tempdir().unwrap();
    let (printer, out, err) = Captured::printer(PrinterSettings::default(), TerminalStyle::PLAIN);
    let printer = Arc::new(printer.on_runner(Some(runner(folder.path()))));
    let mut watcher = GithubReporter::new(Arc::clone(&printer));
    let mut services = Vec::new();
    for event in a_rollback() {
        watcher.event(&event, moment(0));
        if let Event::Ended { outcome, .. } = event {
            services.push(*outcome);
        }
    }
    let outcome = Outcome {
        schema: 1,
        outcome: Ending::RolledBack,
        exit_code: Exit::Rollout,
        error: None,
        services,
        jobs: Vec::new(),
        schedules: Vec::new(),
    };
    let github = printer.github().unwrap();
    github.stand_in(RunLocation {
        cluster: "production".to_owned(),
        region: "eu-west-1".to_owned(),
        is_aws: true,
    });
    github.report(&printer, &outcome);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(out.text(), "");
    insta::assert_snapshot!("runner_stderr", err.text());
    insta::assert_snapshot!("runner_summary", read("summary.md"));
    insta::assert_snapshot!("runner_outputs", read("output"));
}

#[test]
fn a_file_that_cannot_be_written_is_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let (printer, _, err) = Captured::printer(PrinterSettings::default(), TerminalStyle::PLAIN);
    let github = Github {
        summary: Some(folder.path().to_owned()),
        outputs: None,
        ..runner(folder.path())
    };
    let outcome = Outcome {
        schema: 1,
        outcome: Ending::Unchanged,
        exit_code: Exit::Done,
        error: None,
        services: Vec::new(),
        jobs: Vec::new(),
        schedules: Vec::new(),
    };
    github.report(&printer, &outcome);
    let said = err.text();
    assert!(
        said.starts_with("warning: can't write the step summary to "),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
}
