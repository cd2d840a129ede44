//! ecsctl takes a directory with a Dockerfile to a healthy Amazon ECS service. It runs on Unix systems
//! only.
//!
//! Crate layout: data in `model`; decisions in `config`, `plan`, `verdict`; effects in `aws`, `docker`,
//! `registry`; the order of steps in `engine`; output in `ui`. The pure modules (`plan`, `verdict`,
//! `config`, `ecs`, `schema`, `model`, `diagnostic`) use no adapter, no async, no SDK, no clock and no
//! disk; `tests/it/module_rules.rs` checks this.

mod aws;
mod cli;
mod clock;
mod commands;
mod config;
mod diagnostic;
mod docker;
mod ecs;
mod engine;
mod exit;
mod files;
mod init;
mod model;
mod plan;
mod registry;
mod schema;
mod ui;
mod verdict;

#[cfg(any(test, fuzzing))]
pub mod fuzz;

/// The source of completions, man pages, the README and the JSON Schema: the command line, its exit codes, its
/// variables and the keys of deploy.yaml.
pub mod reference {
    pub use crate::cli::{Variable, brief_help, command, completion_script, exit_codes, variables};
    pub use crate::config::json_schema;
}

use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::Arc;

use cli::{Cli, Color, Global, Output, Verb};
use commands::Context;
use exit::Exit;
use ui::error::UsageError;
use ui::{Argument, Colours, CommandFlags, Operation, OutputFormat, Printer, PrinterSettings};

/// Runs the program with the process's arguments and returns its exit code.
pub fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    if cli::is_completion() {
        complete(&args);
        return ExitCode::SUCCESS;
    }
    let exit = match cli::parse(args.clone()) {
        Ok(cli) => run(cli),
        Err(error) => usage(&error, &args),
    };
    ExitCode::from(exit.code())
}

/// Answers a shell's request for completions. An error or a panic answers nothing: what is printed here appears in
/// the user's prompt.
fn complete(args: &[OsString]) {
    ui::keep_panics();
    let printer = Printer::new(PrinterSettings::default());
    let _ = panic::catch_unwind(AssertUnwindSafe(|| commands::answer_completion(args, &printer)));
}

/// Runs the command; a panic is reported as a defect of ecsctl.
fn run(cli: Cli) -> Exit {
    ui::keep_panics();
    commands::hide_credentials();
    if cli.global.show_values {
        ui::show_url_passwords();
    }
    let printer = Printer::new(settings(&cli));
    let flags = invocation(&cli.global).unattended(!ui::can_ask(&printer));
    let printer = Arc::new(printer.invoked_as(flags));
    let ended = panic::catch_unwind(AssertUnwindSafe(|| run_verb(cli, &printer)));
    let exit = ended.unwrap_or(Exit::Unexpected);
    let exit = ui::report_panic(&printer).unwrap_or(exit);
    let finished = printer.finish(exit);
    match printer.settings().operation {
        // What it could not print is its own failure, too.
        Operation::Run if finished != exit || exit == Exit::Unexpected => Exit::Run,
        _ => finished,
    }
}

fn run_verb(cli: Cli, printer: &Arc<Printer>) -> Exit {
    if let Err(wrong) = ui::tracing::start() {
        ui::error::print_warning(printer, &wrong, None);
    }
    let clock = clock::Clock::from_env();
    let context = Context::new(cli.global, Arc::clone(printer), clock, exit_now);
    match commands::run(cli.verb, &context) {
        Ok(exit) => exit,
        Err(failure) => ui::error::print_failure(printer, &failure, context.services()),
    }
}

/// Prints `--help` and `--version` to stdout, and reports an invalid command line as an error.
fn usage(error: &clap::Error, args: &[OsString]) -> Exit {
    let (output, color) = cli::presume(args);
    let settings = PrinterSettings {
        form: form(output),
        colours: colours(color),
        ..PrinterSettings::default()
    };
    let printer = Printer::new(settings);
    let wrong = error.use_stderr().then(|| cli::explain(error));
    let look = if wrong.is_some() {
        printer.err_look()
    } else {
        printer.out_look()
    };
    let text = error.render();
    let text = if look.colour {
        text.ansi().to_string()
    } else {
        text.to_string()
    };
    let wrong = wrong.map(|(message, hint)| UsageError {
        message,
        hint,
        exit: if cli::is_run(args) { Exit::Run } else { Exit::Usage },
    });
    let exit = ui::error::print_usage(&printer, &text, wrong);
    printer.finish(exit)
}

/// Ends the process immediately, on a second signal. Leaves no half-written files of ours.
fn exit_now(exit: Exit) -> ! {
    #[allow(clippy::exit, reason = "interrupted twice")]
    std::process::exit(i32::from(exit.code()))
}

fn settings(cli: &Cli) -> PrinterSettings {
    let global = &cli.global;
    PrinterSettings {
        operation: operation(&cli.verb),
        form: form(global.output),
        quiet: global.quiet,
        verbose: global.verbose,
        no_progress: global.no_progress || ui::tracing::is_wanted(),
        show_values: global.show_values,
        colours: colours(global.color),
    }
}

fn operation(verb: &Verb) -> Operation {
    match verb {
        Verb::Wait(_) => Operation::Wait,
        Verb::Rollback(_) => Operation::Rollback,
        Verb::Stop(_) => Operation::Stop,
        Verb::Continue(args) if args.rollback => Operation::Rollback,
        Verb::Continue(_) => Operation::Continue,
        Verb::Scale(_) => Operation::Scale,
        Verb::Restart(_) => Operation::Restart,
        Verb::Delete(_) => Operation::Delete,
        Verb::Run(_) => Operation::Run,
        _ => Operation::Deploy,
    }
}

/// Returns the given flags for use in suggested commands, without values that may be secret.
fn invocation(global: &Global) -> CommandFlags {
    let argument = |flag: &str, value: Option<&String>| {
        let Some(value) = value else {
            return Argument::Switch;
        };
        match value.split_once('=') {
            Some((name, _)) if flag == "--var" => Argument::Variable(name.to_owned()),
            _ if schema::holds_secret("", value) => Argument::Secret(flag.trim_start_matches('-').to_owned()),
            _ => Argument::Value(value.clone()),
        }
    };
    let shown = global.given.iter();
    let shown = shown.map(|(flag, value)| (flag.clone(), argument(flag, value.as_ref())));
    CommandFlags::new(&shown.collect::<Vec<_>>())
}

fn form(output: Output) -> OutputFormat {
    match output {
        Output::Text => OutputFormat::Text,
        Output::Json => OutputFormat::Json,
        Output::Jsonl => OutputFormat::Jsonl,
    }
}

fn colours(color: Color) -> Colours {
    match color {
        Color::Auto => Colours::Auto,
        Color::Always => Colours::Always,
        Color::Never => Colours::Never,
    }
}
