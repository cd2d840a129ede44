//! Every command that ecsctl suggests is one that its own command line parses.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use regex::Regex;

use crate::diagnostic::{Suggestion, SuggestionPart};
use crate::model::{AvailableActions, Ending, FailureLog, ServiceOutcome, TaskFailure};
use crate::ui::{Operation, suggestions};

const OPERATIONS: [Operation; 9] = [
    Operation::Deploy,
    Operation::Wait,
    Operation::Rollback,
    Operation::Stop,
    Operation::Continue,
    Operation::Scale,
    Operation::Restart,
    Operation::Delete,
    Operation::Run,
];

/// Returns the next steps after every outcome, with and without failures.
fn next_steps() -> Vec<Suggestion> {
    let endings = [
        Ending::Done,
        Ending::Unchanged,
        Ending::Failed,
        Ending::RolledBack,
        Ending::TimedOut,
        Ending::Superseded,
        Ending::Paused,
        Ending::Interrupted,
    ];
    let stopped = TaskFailure {
        task_id: Some("3f2a91c0".to_owned()),
        ..TaskFailure::default()
    };
    let logged = TaskFailure {
        log: Some(FailureLog {
            group: Some("/ecs/web".to_owned()),
            lines: vec!["error".to_owned()],
            ..FailureLog::default()
        }),
        ..stopped.clone()
    };
    let mut steps = Vec::new();
    for outcome in endings {
        for failures in [vec![], vec![stopped.clone()], vec![logged.clone()]] {
            let outcome = ServiceOutcome {
                name: "web".to_owned(),
                outcome,
                requested: None,
                task_definition: None,
                image: None,
                deployment: None,
                running: None,
                pending: 0,
                desired: None,
                is_final: true,
                exercised: true,
                last_event_at: None,
                recourse: AvailableActions::Back,
                reason: None,
                cause: None,
                pause: None,
                alarms: Vec::new(),
                action_log: Vec::new(),
                failures,
            };
            for operation in OPERATIONS {
                let found = suggestions::steps(&outcome, operation).into_iter();
                steps.extend(found.map(|step| step.command));
            }
        }
    }
    steps
}

/// Parses a command as the program does. Placeholders stand for values.
fn parse(verb: &str, arguments: &str) -> Result<(), String> {
    let arguments = arguments.replace("=N", "=1");
    let words = std::iter::once("ecsctl")
        .chain([verb])
        .chain(arguments.split_whitespace());
    let line = words.map(OsString::from).collect();
    crate::cli::parse(line)
        .map(drop)
        .map_err(|error| format!("ecsctl {verb} {arguments}: {error}"))
}

#[test]
fn suggested_commands_parse() {
    let suggestions: Vec<Suggestion> = crate::verdict::cures().chain(next_steps()).collect();
    let parts = suggestions.iter().flat_map(Suggestion::parts);
    let commands = parts.filter_map(|part| match part {
        SuggestionPart::Command(command) => Some(command),
        SuggestionPart::Text(text) => {
            assert!(!text.contains("ecsctl "), "a command in prose: {text}");
            None
        }
        SuggestionPart::LineBreak => None,
    });
    let mut parsed = 0;
    for command in commands {
        parse(command.verb, &command.arguments).unwrap();
        parsed += 1;
    }
    assert!(parsed > 100, "{parsed}");
}

/// Whether text before a command leaves room for it.
fn ends_apart(text: &str) -> bool {
    text.ends_with([' ', '`', '(', '\n'])
}

/// Whether text behind a command can't be taken for a part of it.
fn begins_apart(text: &str) -> bool {
    text.starts_with([' ', '`', ',', ';', ':', '.', ')', '\n'])
}

#[test]
fn commands_stand_apart_from_the_text() {
    let suggestions: Vec<Suggestion> = crate::verdict::cures().chain(next_steps()).collect();
    let mut seen = 0;
    for pair in suggestions.iter().flat_map(|it| it.parts().windows(2)) {
        let is_apart = match pair {
            [SuggestionPart::Text(text), SuggestionPart::Command(_)] => ends_apart(text),
            [SuggestionPart::Command(_), SuggestionPart::Text(text)] => begins_apart(text),
            _ => true,
        };
        assert!(is_apart, "{pair:?}");
        seen += 1;
    }
    assert!(seen > 100, "{seen}");
}

/// The verb and the arguments of a command that is suggested in code: a literal, a format string, or an expression,
/// for which a name stands.
const SUGGESTED: &str = concat!(
    r#"(?:Suggestion::command|SuggestionPart::command|\.run)\(\s*"([a-z]+)",\s*"#,
    r#"(?:format!\(\s*"([^"]*)"|"([^"]*)"|[a-z])"#
);

#[test]
fn commands_suggested_in_code_parse() {
    let suggested = Regex::new(SUGGESTED).unwrap();
    let value = Regex::new(r"\{[^}]*\}").unwrap();
    let mut parsed = 0;
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = std::fs::read_to_string(&file).unwrap();
        for found in suggested.captures_iter(&text) {
            let arguments = found.get(2).or(found.get(3)).map_or("web", |it| it.as_str());
            let arguments = arguments.replace("--since {longer}", "--since 10m");
            let arguments = value.replace_all(&arguments, "web");
            // A name stands for what expressions give; `scale` takes a count with it.
            let arguments = match &found[1] {
                "scale" if !arguments.contains('=') => format!("{arguments}=1"),
                _ => arguments.into_owned(),
            };
            parse(&found[1], &arguments).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            parsed += 1;
        }
    }
    assert!(parsed > 100, "{parsed}");
}

/// Returns the string literals in code, without those of attributes, doc comments and test modules.
fn literals(tokens: TokenStream, found: &mut Vec<String>) {
    let mut before: [String; 2] = Default::default();
    for token in tokens {
        let is_attribute = before[1] == "#" || (before[0] == "#" && before[1] == "!");
        let is_test = before[0] == "mod" && before[1].ends_with("tests");
        match &token {
            TokenTree::Group(group) if !is_attribute && !is_test => literals(group.stream(), found),
            TokenTree::Literal(literal) => {
                found.extend(
                    syn::parse_str::<syn::LitStr>(&literal.to_string())
                        .ok()
                        .map(|it| it.value()),
                );
            }
            _ => {}
        }
        before = [std::mem::take(&mut before[1]), token.to_string()];
    }
}

/// Programs of others, whose options look like ecsctl's.
const OTHERS: &str = r"\b(?:aws|docker|gunicorn|npx|sudo|systemctl|gthread)\b|--workers";

/// Files whose commands are data, which other tests parse.
const AS_DATA: [&str; 2] = ["ui/command_hints.rs", "ui/suggestions.rs"];

/// A text that names an option of some verb is shown by others too: there it must name the verb.
#[test]
fn options_in_prose_follow_their_verb() {
    let command = crate::cli::command();
    let longs = |command: &clap::Command| -> BTreeSet<String> {
        command
            .get_arguments()
            .filter_map(|arg| arg.get_long().map(str::to_owned))
            .collect()
    };
    let everywhere = longs(&command);
    let verbs: Vec<(&str, BTreeSet<String>)> = command
        .get_subcommands()
        .map(|verb| (verb.get_name(), longs(verb)))
        .collect();
    let (option, others) = (
        Regex::new("--([a-z][a-z-]+)").unwrap(),
        Regex::new(OTHERS).unwrap(),
    );
    let command_in_code = Regex::new(SUGGESTED).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut wrong, mut checked) = (Vec::new(), 0);
    for file in sources(&folder) {
        let name = file.strip_prefix(&folder).unwrap().display().to_string();
        let is_test = name.ends_with("tests.rs") || name.contains("/tests/");
        if is_test || name.starts_with("cli/") || AS_DATA.contains(&name.as_str()) {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let suggested: Vec<&str> = command_in_code
            .captures_iter(&text)
            .filter_map(|found| found.get(2).or(found.get(3)).map(|it| it.as_str()))
            .collect();
        let mut found = Vec::new();
        literals(text.parse().unwrap(), &mut found);
        for literal in found
            .iter()
            .filter(|it| !suggested.contains(&it.as_str()) && !others.is_match(it))
        {
            for option in option.captures_iter(literal) {
                let (start, option) = (option.get(0).unwrap().start(), &option[1]);
                let has = |options: &BTreeSet<String>| options.contains(option);
                if everywhere.contains(option) || !verbs.iter().any(|(_, options)| has(options)) {
                    continue;
                }
                // Behind its verb, with other words between them; or shown by that verb only.
                let words: Vec<&str> = literal[..start].split(|c: char| !c.is_alphanumeric()).collect();
                let follows = verbs
                    .iter()
                    .any(|(verb, options)| has(options) && words.contains(verb));
                let is_of_verb = verbs
                    .iter()
                    .any(|(verb, options)| has(options) && name == format!("commands/{verb}.rs"));
                checked += 1;
                if !follows && !is_of_verb {
                    wrong.push(format!("{name}: --{option} in {literal:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "no verb before it:\n{}", wrong.join("\n"));
    assert!(checked > 5, "{checked}");
}

/// Planned verbs, which no hint may mention yet.
const TO_COME: [&str; 8] = [
    "images", "run", "exec", "prune", "init", "check", "schema", "login",
];

/// Returns the source files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
    files
}

#[test]
fn no_text_names_a_planned_verb() {
    let command = crate::cli::command();
    let verbs: BTreeSet<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    let missing: Vec<&str> = TO_COME.into_iter().filter(|it| !verbs.contains(it)).collect();
    let files = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(files.len() > 200, "{}", files.len());
    let verb = Regex::new("(?:ecsctl |::command\\(\"|\\.run\\(\")([a-z]+)").unwrap();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let named = verb.captures_iter(&text).map(|found| found[1].to_owned());
        let early: Vec<_> = named.filter(|it| missing.contains(&it.as_str())).collect();
        assert!(early.is_empty(), "{}: {early:?}", file.display());
    }
}
