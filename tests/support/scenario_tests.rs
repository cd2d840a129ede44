//! Runs scenarios in all output forms and compares the results with snapshots.
//!
//! A row names a scenario (`tests/scenarios/NAME.yaml`, which also defines deploy.yaml) and what is run
//! there. Each snapshot is named after the row; a second step of a row also after its number.

use std::path::PathBuf;

use insta::assert_snapshot;

use super::aws_models::assert_all_valid;
use super::cli::filtered;
use super::screen::screen;
use super::service_state::runs;
use super::{Ecsctl, Scenario, Scripted, scenario_file};

/// Which deploy.yaml a step uses.
#[derive(Clone, Copy)]
pub enum Yaml {
    /// The one that the service was created with.
    First,
    /// The one with the scenario's change.
    Change,
}

/// One run of the program.
pub struct Step(pub Yaml, pub &'static [&'static str], pub i32);

/// The runs in a scenario.
pub struct Row {
    pub scenario: &'static str,
    pub steps: &'static [Step],
    /// Whether the service exists and is stable before the first step.
    pub is_there: bool,
    /// Whether to run on a terminal as well.
    pub on_terminal: bool,
}

/// Creates a row in which the first deployment exists already, and the steps deploy the second.
pub const fn second(scenario: &'static str, steps: &'static [Step]) -> Row {
    Row {
        scenario,
        steps,
        is_there: true,
        on_terminal: false,
    }
}

/// Creates a row in which nothing exists yet.
pub const fn first(scenario: &'static str, steps: &'static [Step]) -> Row {
    Row {
        is_there: false,
        ..second(scenario, steps)
    }
}

/// Also runs the row on a terminal.
pub const fn shown(row: Row) -> Row {
    Row {
        on_terminal: true,
        ..row
    }
}

/// The output form in which the program is run.
#[derive(Clone, Copy, Debug)]
enum Form {
    Lines,
    Json,
    Terminal,
}

impl Form {
    /// Returns its exit code, and the text that a user reads.
    fn of(self, run: &Ecsctl) -> (i32, String) {
        match self {
            Form::Terminal => {
                let output = run.run_in_terminal(160);
                // Durations of different lengths are padded differently.
                let padding = regex::Regex::new(r" +\[DURATION\]\n").expect("a pattern");
                let left = screen(&output, 160);
                let left = padding.replace_all(&left, "  [DURATION]\n").into_owned();
                (output.code(), left)
            }
            Form::Lines => {
                let output = run.run();
                (output.code(), output.record())
            }
            Form::Json => {
                let output = run.run();
                (output.code(), filtered(&output.stdout, output.folder()))
            }
        }
    }

    fn flags(self) -> &'static [&'static str] {
        match self {
            Form::Json => &["-q", "-o", "json"],
            _ => &[],
        }
    }
}

impl Row {
    /// Starts a server in the state that the row begins with.
    fn begin(&self, scenario: &Scenario) -> Scripted {
        let server = Scripted::start(scenario.clone());
        if self.is_there {
            let deploy = Ecsctl::on(&server, &["deploy"]).file(&scenario_file::first(scenario));
            deploy.run().exits(0);
            server.clear_log();
        }
        server
    }

    /// Returns the output of each step in a form.
    fn play(&self, form: Form, captures: &mut Vec<PathBuf>) -> Vec<String> {
        let scenario = Scenario::file(self.scenario);
        let server = self.begin(&scenario);
        let mut said = Vec::new();
        for Step(yaml, arguments, exit) in self.steps {
            let file = match yaml {
                Yaml::First => scenario_file::first(&scenario),
                Yaml::Change => scenario_file::change(&scenario),
            };
            let flagged: Vec<&str> = arguments.iter().chain(form.flags()).copied().collect();
            let (code, text) = form.of(&Ecsctl::on(&server, &flagged).file(&file));
            assert_eq!(code, *exit, "{}: {flagged:?}\n{text}", self.scenario);
            assert!(!text.contains("panicked at"), "{text}");
            let mut text = format!(
                "===== {form:?}: ecsctl {}\n{}\n",
                arguments.join(" "),
                text.trim_end()
            );
            if let Form::Lines = form {
                text += &aftermath(&server);
            }
            server.clear_log();
            said.push(text);
        }
        captures.push(server.capture());
        said
    }
}

/// Returns what was written on AWS, and the state afterwards.
fn aftermath(server: &Scripted) -> String {
    let log = server.log();
    let write = |name: &str| {
        let force = log
            .of(name)
            .iter()
            .any(|it| it.input["forceNewDeployment"] == true);
        format!("{name}{}", if force { " (forced)" } else { "" })
    };
    let written: Vec<String> = log.writes().iter().map(|name| write(name)).collect();
    format!(
        "--- written: {}\n--- web runs: {}\n",
        written.join(", "),
        runs(server)
    )
}

/// Runs a row in all its forms.
pub fn play(row: &Row) {
    let mut captures = Vec::new();
    let mut said: Vec<String> = vec![String::new(); row.steps.len()];
    let forms = [Form::Lines, Form::Json, Form::Terminal];
    for form in forms.into_iter().take(if row.on_terminal { 3 } else { 2 }) {
        for (said, more) in said.iter_mut().zip(row.play(form, &mut captures)) {
            *said += &more;
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../it/deployment_outcomes/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (number, said) in said.iter().enumerate() {
        let mut name = row.scenario.replace('-', "_");
        if number > 0 {
            name += &format!("_{}", number + 1);
        }
        settings.bind(|| assert_snapshot!(name, said));
    }
    assert_all_valid(&captures);
}

/// Defines one `#[test]` per row.
macro_rules! scenario_tests {
    ($($name:ident: $row:expr;)+) => {
        $(
            #[test]
            fn $name() {
                crate::support::scenario_tests::play(&$row);
            }
        )+
    };
}

pub(crate) use scenario_tests;
