//! The commands, one file per verb.

mod build;
mod check;
mod completions;
mod confirmation;
mod connection_notes;
mod context;
mod r#continue;
mod delete;
mod deploy;
mod events;
mod exec;
mod hidden_values;
#[cfg(test)]
mod hint_tests;
mod history;
mod init;
mod init_questions;
mod inspect;
mod job_options;
mod job_report;
mod logs;
mod open;
mod outcome_report;
mod plan;
mod project;
mod push;
mod register;
mod render;
mod restart;
mod rollback;
mod run;
mod run_interactive;
mod scale;
mod schema;
mod select;
mod select_job;
mod service_key;
mod session;
mod status;
mod stop;
mod tasks;
mod wait;

pub use completions::answer as answer_completion;
pub use context::{Context, GoBack, wait_options};
pub use hidden_values::hide_credentials;

use crate::cli::Verb;
use crate::diagnostic::Failure;
use crate::exit::Exit;

/// Runs the verb given on the command line.
pub fn run(verb: Verb, context: &Context) -> Result<Exit, Failure> {
    match verb {
        Verb::Deploy(args) => deploy::run(&args, context),
        Verb::Build(args) => build::run(&args, context),
        Verb::Push(args) => push::run(&args, context),
        Verb::Register(args) => register::run(&args, context),
        Verb::Plan(args) => plan::run(&args, context),
        Verb::Wait(args) => wait::run(&args, context),
        Verb::Rollback(args) => rollback::run(&args, context),
        Verb::Stop(args) => stop::run(&args, context),
        Verb::Continue(args) => r#continue::run(&args, context),
        Verb::Init(args) => init::run(&args, context),
        Verb::Check(args) => check::run(&args, context),
        Verb::Render(args) => render::run(&args, context),
        Verb::Open(args) => open::run(&args, context),
        Verb::Exec(args) => exec::run(&args, context),
        Verb::Run(args) => run::run(&args, context).map_err(run::own_failure),
        Verb::Scale(args) => scale::run(&args, context),
        Verb::Restart(args) => restart::run(&args, context),
        Verb::Delete(args) => delete::run(&args, context),
        Verb::Status(args) => status::run(&args, context),
        Verb::Events(args) => events::run(&args, context),
        Verb::Tasks(args) => tasks::run(&args, context),
        Verb::Logs(args) => logs::run(&args, context),
        Verb::History(args) => history::run(&args, context),
        Verb::Schema(_) => Ok(schema::run(context)),
        Verb::Completions(args) => Ok(completions::run(&args, context)),
    }
}
