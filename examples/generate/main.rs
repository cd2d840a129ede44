//! Makes the files of the repository that are made from the program: completions, man pages, parts of the README.
//! An example, so that the program itself doesn't carry it. `scripts/generate` runs it.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod files;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [root] => files::write(Path::new(root)),
        ["--check", root] => files::check(Path::new(root)),
        _ => {
            eprintln!("usage: generate [--check] ROOT");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(changed) if changed.is_empty() => println!("all generated files are fresh"),
        Ok(changed) => println!("{}", changed.join("\n")),
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
