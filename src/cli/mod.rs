//! The command line as clap types. Contains no other logic.

mod build;
mod check;
mod complete;
mod completions;
mod r#continue;
mod delete;
mod deploy;
mod duration;
mod error_format;
mod events;
mod exec;
mod follow;
mod global;
mod global_flags_first;
mod help;
mod history;
mod init;
mod logs;
mod open;
mod plan;
mod push;
mod register;
mod render;
mod restart;
mod rollback;
mod run;
mod scale;
mod schema;
mod status;
mod stop;
mod tasks;
mod unset_env;
mod wait;
mod wait_flags;

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub use build::BuildArgs;
pub use check::CheckArgs;
pub use complete::{completion_script, completions, is_completion};
pub use completions::CompletionsArgs;
pub use r#continue::ContinueArgs;
pub use delete::DeleteArgs;
pub use deploy::{DeployArgs, InProgressAction};
pub use duration::StartTime;
pub use error_format::{explain, is_run, presume};
pub use events::EventsArgs;
pub use exec::ExecArgs;
pub use global::{Assignment, Color, Global, Output};
pub use help::{Variable, exit_codes, variables};
pub use history::HistoryArgs;
pub use init::InitArgs;
pub use logs::LogsArgs;
pub use open::OpenArgs;
pub use plan::PlanArgs;
pub use push::PushArgs;
pub use register::RegisterArgs;
pub use render::RenderArgs;
pub use restart::RestartArgs;
pub use rollback::RollbackArgs;
pub use run::RunArgs;
pub use scale::{ScaleArgs, ScaleTarget};
pub use schema::SchemaArgs;
pub use status::StatusArgs;
pub use stop::StopArgs;
pub use tasks::TasksArgs;
pub use wait::WaitArgs;
pub use wait_flags::{WaitFlags, WaitState};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "ecsctl",
    about = "From a Dockerfile to a healthy Amazon ECS service, with one command and one file",
    version,
    long_version = LONG_VERSION,
    max_term_width = 100,
    styles = help::STYLES,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Cli {
    /// What every verb takes.
    #[command(flatten)]
    pub global: Global,
    /// The verb.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    Deploy(DeployArgs),
    Build(BuildArgs),
    Push(PushArgs),
    Register(RegisterArgs),
    Plan(PlanArgs),
    Wait(WaitArgs),
    Rollback(RollbackArgs),
    Stop(StopArgs),
    Continue(ContinueArgs),
    Status(StatusArgs),
    Open(OpenArgs),
    Exec(ExecArgs),
    Run(RunArgs),
    Scale(ScaleArgs),
    Restart(RestartArgs),
    Events(EventsArgs),
    Delete(DeleteArgs),
    Tasks(TasksArgs),
    Logs(LogsArgs),
    History(HistoryArgs),
    Init(InitArgs),
    Check(CheckArgs),
    Render(RenderArgs),
    Schema(SchemaArgs),
    Completions(CompletionsArgs),
}

/// The version, with the commit that it was built from if git was available at build time.
const LONG_VERSION: &str = match option_env!("ECSCTL_LONG_VERSION") {
    Some(commit) => commit,
    None => env!("CARGO_PKG_VERSION"),
};

/// Returns the clap command with its complete help, as used for completions, man pages and the README.
pub fn command() -> clap::Command {
    follow::remove_short_flag(help::complete(Cli::command()))
}

/// Returns the text of `ecsctl -h`, without colors.
pub fn brief_help() -> String {
    help::group(command()).render_help().to_string()
}

/// Parses the command line. As usual in clap, `--help` and `--version` are returned as errors too.
pub fn parse(args: Vec<OsString>) -> Result<Cli, clap::Error> {
    let mut command = unset_env::forget(help::group(command()), &args);
    let args = global_flags_first::behind_the_verb(&command, args);
    let mut matches = command.try_get_matches_from_mut(args)?;
    let verb = matches.subcommand().map(|(_, verb)| verb);
    let given = verb.map(global::given);
    let only_is_default = verb.is_some_and(global::is_only_default);
    let mut cli = Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))?;
    cli.global.given = given.unwrap_or_default();
    cli.global.only_is_default = only_is_default;
    cli.global.read_variables(std::env::vars_os());
    Ok(cli)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str]) -> Cli {
        parse(
            std::iter::once("ecsctl")
                .chain(args.iter().copied())
                .map(OsString::from)
                .collect(),
        )
        .unwrap()
    }

    #[test]
    fn the_types_are_consistent() {
        command().debug_assert();
    }

    #[test]
    fn flags_count_on_both_sides_of_the_verb() {
        let cli = parsed(&[
            "--var",
            "a=1",
            "--only",
            "web",
            "plan",
            "--var",
            "b=2",
            "--only",
            "api,worker",
        ]);
        let vars: Vec<_> = cli.global.vars.iter().map(|var| var.name.as_str()).collect();
        assert_eq!(vars, ["a", "b"]);
        assert_eq!(cli.global.only, ["web", "api", "worker"]);
    }

    #[test]
    fn flags_that_another_command_needs_are_kept_as_given() {
        let given = |args: &[&str]| -> Vec<String> {
            let given = parsed(args).global.given.into_iter();
            given
                .map(|(flag, value)| {
                    [Some(flag), value]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(" ")
                })
                .collect()
        };
        let args = [
            "--region",
            "eu-west-1",
            "-q",
            "wait",
            "--file=a.yaml",
            "web",
            "--var",
            "a=1",
            "--var",
            "b=2",
        ];
        assert_eq!(
            given(&args),
            ["-f a.yaml", "--var a=1", "--var b=2", "--region eu-west-1"]
        );
        assert_eq!(
            given(&["--allow-unknown-fields", "plan"]),
            ["--allow-unknown-fields"]
        );
        assert!(given(&["plan", "--only", "web", "-o", "json"]).is_empty());
    }

    #[test]
    fn the_letter_f_depends_on_its_position() {
        let cli = parsed(&["-f", "a.yaml", "events", "-f", "web"]);
        assert_eq!(cli.global.file.as_deref(), Some(std::path::Path::new("a.yaml")));
        assert!(matches!(&cli.verb, Verb::Events(args) if args.follow && args.services == ["web"]));
        let cli = parsed(&["events", "--file", "a.yaml"]);
        assert_eq!(cli.global.file.as_deref(), Some(std::path::Path::new("a.yaml")));
        assert!(matches!(&cli.verb, Verb::Events(args) if !args.follow));
        let cli = parsed(&["status", "-f", "a.yaml"]);
        assert_eq!(cli.global.file.as_deref(), Some(std::path::Path::new("a.yaml")));
    }
}
