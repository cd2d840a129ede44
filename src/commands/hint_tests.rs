//! Every verb that a hint names is one that can be typed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::model::{AvailableActions, Ending, FailureLog, ServiceOutcome, TaskFailure};
use crate::ui::{Operation, command_hints, suggestions};

/// The words after `ecsctl` in a text.
fn named(text: &str) -> Vec<String> {
    let words = |rest: &str| -> String { rest.chars().take_while(|c| c.is_ascii_lowercase()).collect() };
    text.match_indices("ecsctl ")
        .filter_map(|(at, found)| Some(words(text.get(at + found.len()..)?)))
        .filter(|verb| !verb.is_empty())
        .collect()
}

const DEEDS: [Operation; 8] = [
    Operation::Deploy,
    Operation::Wait,
    Operation::Rollback,
    Operation::Stop,
    Operation::Continue,
    Operation::Scale,
    Operation::Restart,
    Operation::Delete,
];

/// The next steps after every ending, with and without failures.
fn next_steps() -> Vec<String> {
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
                desired: None,
                is_final: true,
                exercised: true,
                recourse: AvailableActions::Back,
                reason: None,
                cause: None,
                pause: None,
                alarms: Vec::new(),
                failures,
            };
            for operation in DEEDS {
                let found = suggestions::steps(&outcome, operation).into_iter();
                steps.extend(found.map(|step| step.command));
            }
        }
    }
    steps
}

#[test]
fn every_verb_in_a_hint_exists() {
    let command = crate::cli::command();
    let verbs: BTreeSet<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    let said: Vec<String> = crate::verdict::cures()
        .map(str::to_owned)
        .chain(next_steps())
        .collect();
    let named: BTreeSet<String> = said.iter().flat_map(|text| named(text)).collect();
    assert!(named.contains("deploy") && named.len() > 8, "{named:?}");
    for verb in &named {
        assert!(verbs.contains(verb.as_str()), "no verb {verb}");
    }
}

/// Verbs that are to come: nothing may be said of them before.
const TO_COME: [&str; 8] = [
    "images", "run", "exec", "prune", "init", "check", "schema", "login",
];

/// The source files below a folder.
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
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let named = named(&text);
        let early: Vec<_> = named.iter().filter(|it| missing.contains(&it.as_str())).collect();
        assert!(early.is_empty(), "{}: {early:?}", file.display());
    }
}

#[test]
fn every_verb_gets_the_flags_that_were_given() {
    let command = crate::cli::command();
    let shown = command.get_subcommands().filter(|verb| !verb.is_hide_set());
    let verbs: BTreeSet<&str> = shown.map(clap::Command::get_name).collect();
    let known = BTreeSet::from(command_hints::VERBS);
    let missing: Vec<_> = verbs.difference(&known).collect();
    assert!(missing.is_empty(), "not in ui/typed.rs: {missing:?}");
}

#[test]
fn verbs_are_found_in_prose() {
    assert_eq!(
        named("wait (ecsctl wait SERVICE), then `ecsctl deploy`; ecsctl -v"),
        ["wait", "deploy"]
    );
}
