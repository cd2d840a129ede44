use crate::diagnostic::Problem;
use insta::assert_snapshot;

use super::*;
use crate::diagnostic::{Explain, Explanation, Span};
use crate::ui::printer::{OutputFormat, PrinterSettings};
use crate::ui::terminal_style::TerminalStyle;
use crate::ui::testing::Captured;

#[derive(Debug, thiserror::Error)]
#[error("not allowed to register task definition web")]
struct Denied;

impl Explain for Denied {
    fn explain(&self) -> Explanation {
        Explanation::new(Exit::Preflight, "access-denied")
            .resource("web")
            .said(
                "AWS",
                "User: arn:aws:iam::123456789012:user/ci is not authorized\nto perform: iam:PassRole",
            )
            .hint("allow iam:PassRole on that role")
    }
}

#[derive(Debug, thiserror::Error)]
#[error("build of web failed at \u{1b}[31m[2/5] RUN make")]
struct BuildFailed;

impl Explain for BuildFailed {
    fn explain(&self) -> Explanation {
        Explanation::new(Exit::Image, "build-failed")
            .said("Docker", "exit code: 2")
            .details(["| cc main.c\n| main.c:1: error".to_owned()])
    }
}

#[derive(Debug, thiserror::Error)]
#[error("deploy.yaml is not valid")]
struct Invalid {
    problems: Problems,
    sources: Sources,
}

impl Invalid {
    fn sample() -> Self {
        let mut sources = Sources::default();
        let source = sources.add("deploy.yaml", "services:\n  web: {cpu: 1, memroy: 2}\n");
        let mut problems = Problems::default();
        let span = Span {
            source,
            start: 26,
            end: 32,
        };
        problems.push(
            Problem::error("unknown-key", "unknown key `memroy`", span).label("did you mean `memory`?"),
        );
        problems.push(Problem::error(
            "missing-key",
            "`services.web` has no taskDefinition",
            Span {
                start: 12,
                end: 15,
                ..span
            },
        ));
        problems.push(Problem::warning("odd", "this is odd", None));
        Self { problems, sources }
    }
}

impl Explain for Invalid {
    fn explain(&self) -> Explanation {
        Explanation::new(Exit::Usage, "invalid-file").problems(self.problems.clone(), self.sources.clone())
    }
}

fn printed(form: OutputFormat, error: impl Explain) -> (String, String, Exit) {
    let settings = PrinterSettings {
        form,
        ..PrinterSettings::default()
    };
    let (printer, out, err) = Captured::printer(settings, TerminalStyle::PLAIN);
    let exit = print_failure(&printer, &Failure::from(error), Vec::new());
    (out.text(), err.text(), exit)
}

#[test]
fn errors_show_message_cause_and_hint() {
    let (out, err, exit) = printed(OutputFormat::Text, Denied);
    assert_eq!((out.as_str(), exit), ("", Exit::Preflight));
    assert_snapshot!("denied", err);
    assert_snapshot!("build_failed", printed(OutputFormat::Text, BuildFailed).1);
}

#[test]
fn problems_in_a_file_are_shown_with_their_places() {
    assert_snapshot!("invalid_file", printed(OutputFormat::Text, Invalid::sample()).1);
}

#[test]
fn json_gets_the_envelope_and_text_the_message() {
    let (out, err, _) = printed(OutputFormat::Json, Denied);
    assert_snapshot!("denied_envelope", out);
    assert!(err.starts_with("error: not allowed"), "{err}");
    let (out, ..) = printed(OutputFormat::Jsonl, Denied);
    assert_eq!(out.lines().count(), 1);
}

#[test]
fn the_envelope_names_every_problem() {
    let (out, ..) = printed(OutputFormat::Json, Invalid::sample());
    let envelope: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(envelope["error"]["code"], "missing-key");
    assert_eq!(
        envelope["error"]["message"],
        "deploy.yaml:2:3: `services.web` has no taskDefinition\n\
         deploy.yaml:2:17: unknown key `memroy`, did you mean `memory`?"
    );
}

#[test]
fn endings_follow_the_exit_code() {
    for (exit, expected) in [
        (Exit::Usage, Ending::Failed),
        (Exit::Rollout, Ending::Failed),
        (Exit::TimedOut, Ending::TimedOut),
        (Exit::Superseded, Ending::Superseded),
        (Exit::Paused, Ending::Paused),
        (Exit::Terminated, Ending::Interrupted),
    ] {
        assert_eq!(Ending::of(exit), expected, "{exit:?}");
    }
}
