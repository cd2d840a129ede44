mod coverage;
mod example;
mod examples;
mod frequent;

use crate::diagnostic::{Suggestion, SuggestionPart};
use std::collections::HashSet;

use proptest::prelude::*;

use examples::examples_of;

use super::{Cause, CauseSign, ContainerFacts, Evidence, FailureFacts, TargetFacts, explain, table};

fn id_of(facts: &FailureFacts<'_>) -> Option<&'static str> {
    explain(facts).map(|cause| cause.id)
}

#[test]
fn each_example_is_claimed_by_its_own_row() {
    for row in table::rows() {
        assert!(!examples_of(row.id).is_empty(), "{}: no example", row.id);
        for example in examples_of(row.id) {
            assert_eq!(id_of(example), Some(row.id), "{example:?}");
        }
    }
}

#[test]
fn each_example_names_a_row() {
    let ids: HashSet<&str> = table::rows().map(|row| row.id).collect();
    for (id, _) in examples::all() {
        assert!(ids.contains(id), "{id}: no such row");
    }
}

#[test]
fn each_sign_of_a_row_has_an_example() {
    for row in table::rows() {
        assert!(!row.when.is_empty(), "{}: no sign", row.id);
        for when in row.when {
            let shown = examples_of(row.id)
                .iter()
                .any(|example| when.holds(&Evidence::of(example)));
            assert!(shown, "{}: no example of {when:?}", row.id);
        }
    }
}

#[test]
fn rows_are_unique() {
    let mut names = HashSet::new();
    let mut causes = HashSet::new();
    let mut signs = HashSet::new();
    for row in table::rows() {
        assert!(names.insert(row.id), "{}", row.id);
        assert!(causes.insert(row.cause), "{}", row.cause);
        for when in row.when {
            assert!(signs.insert(format!("{when:?}")), "{}: {when:?}", row.id);
        }
    }
    assert!(names.len() >= 30, "{} causes", names.len());
}

#[test]
fn rows_follow_the_style_rules() {
    for row in table::rows() {
        let Cause {
            id,
            cause,
            cure,
            source,
            ..
        } = row;
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(id.chars().all(kebab), "{id}");
        assert!(!source.is_empty(), "{id}: no source");
        let cure = Suggestion::from(*cure).to_string();
        for text in [*cause, cure.as_str()] {
            assert!(
                !text.is_empty() && !text.contains('\n') && !text.ends_with('.'),
                "{id}: {text}"
            );
            let lower = text.to_lowercase().replace("#!", "shebang");
            for word in ["please", "successfully", "!", "simply", "  "] {
                assert!(!lower.contains(word), "{id}: {word} in {text}");
            }
        }
    }
}

#[test]
fn commands_stand_apart_from_the_text_around_them() {
    for row in table::rows() {
        for pair in row.cure.windows(2) {
            let apart = match pair {
                [SuggestionPart::Text(text), SuggestionPart::Command(_)] => text.ends_with([' ', '(']),
                [SuggestionPart::Command(_), SuggestionPart::Text(text)] => {
                    text.starts_with([' ', ',', ';', ')', ':'])
                }
                _ => true,
            };
            assert!(apart, "{}: {pair:?}", row.id);
        }
    }
}

#[test]
fn unknown_texts_have_no_cause() {
    let unknown = [
        FailureFacts::NONE,
        FailureFacts {
            stop_code: Some("Tomorrow"),
            stopped_reason: Some("the moon was in the way"),
            event: Some("(service web) has reached a steady state."),
            ..FailureFacts::NONE
        },
        FailureFacts {
            event: Some("(service web) has started 2 tasks: (task 3f2a91c0) (task 77ab03c1)."),
            ..FailureFacts::NONE
        },
        FailureFacts {
            target: Some(TargetFacts {
                reason: "Target.DeregistrationInProgress",
                description: None,
            }),
            ..FailureFacts::NONE
        },
        FailureFacts {
            stop_code: Some("TaskFailedToStart"),
            stopped_reason: Some("CannotPullContainerError: something new"),
            ..FailureFacts::NONE
        },
        FailureFacts {
            log_tail: &["exec /bin/web: exec format error"],
            ..FailureFacts::NONE
        },
        FailureFacts {
            stopped_reason: Some(
                "Unexpected EC2 error while attempting to Create Network Interface with public IP \
                 assignment enabled in subnet 'subnet-1': AuthFailure",
            ),
            ..FailureFacts::NONE
        },
        FailureFacts {
            stopped_reason: Some(
                "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-1': \
                 RequestLimitExceeded",
            ),
            ..FailureFacts::NONE
        },
    ];
    for facts in unknown {
        assert_eq!(id_of(&facts), None, "{facts:?}");
    }
}

#[test]
fn crashes_and_health_checks_are_told_apart() {
    let target = Some(TargetFacts {
        reason: "Target.FailedHealthChecks",
        description: Some("Health checks failed"),
    });
    let container = ContainerFacts {
        name: "web",
        exit_code: Some(1),
        reason: None,
    };
    let crashed = FailureFacts {
        stop_code: Some("EssentialContainerExited"),
        stopped_reason: Some("Essential container in task exited"),
        container: Some(container),
        target,
        ..FailureFacts::NONE
    };
    assert_eq!(id_of(&crashed), Some("program-failed"));
    let stopped = FailureFacts {
        stop_code: Some("ServiceSchedulerInitiated"),
        stopped_reason: Some("Task failed ELB health checks in (target-group arn:aws:…)"),
        container: Some(ContainerFacts {
            exit_code: Some(137),
            ..container
        }),
        target,
        ..FailureFacts::NONE
    };
    assert_eq!(id_of(&stopped), Some("target-no-connection"));
}

#[test]
fn reasons_are_recognized_in_every_field() {
    let text = "CannotPullContainerError: manifest for acme/web:v2 not found: manifest unknown";
    let container = Some(ContainerFacts {
        name: "web",
        exit_code: None,
        reason: Some(text),
    });
    let event = "(service web) was unable to place a task. Reason: CannotPullContainerError: manifest for \
                 acme/web:v2 not found: manifest unknown.";
    let everywhere = [
        FailureFacts {
            stopped_reason: Some(text),
            ..FailureFacts::NONE
        },
        FailureFacts {
            container,
            ..FailureFacts::NONE
        },
        FailureFacts {
            event: Some(event),
            ..FailureFacts::NONE
        },
    ];
    for facts in everywhere {
        assert_eq!(id_of(&facts), Some("image-not-found"), "{facts:?}");
    }
}

/// AWS's error codes in a text, where they begin: `: AccessDeniedException: …`.
fn error_codes(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(": ")
        .map(|(at, found)| at + found.len())
        .filter(|at| {
            let code = text.get(*at..).unwrap_or_default();
            let end = code
                .find(|c: char| !c.is_ascii_alphanumeric())
                .unwrap_or(code.len());
            code.get(..end)
                .is_some_and(|code| code.ends_with("Exception") || code == "AccessDenied")
        })
}

/// Version 2 of AWS's SDKs puts the operation and the request before the code that version 1 begins with.
#[test]
fn both_wordings_of_sdk_errors_are_recognized() {
    let mut seen = 0;
    for row in table::rows() {
        for example in examples_of(row.id) {
            for text in example.said() {
                for at in error_codes(text) {
                    let (before, after) = text.split_at(at);
                    let wrapped = format!(
                        "{before}operation error X: Y, https response error StatusCode: 400, RequestID: 0a1b, {after}"
                    );
                    let swap = |said: Option<&'static str>| match said {
                        Some(said) if said == text => Some(wrapped.as_str()),
                        other => other,
                    };
                    let facts = FailureFacts {
                        stopped_reason: swap(example.stopped_reason),
                        event: swap(example.event),
                        container: example.container.map(|container| ContainerFacts {
                            reason: swap(container.reason),
                            ..container
                        }),
                        ..*example
                    };
                    assert_eq!(id_of(&facts), Some(row.id), "{wrapped}");
                    seen += 1;
                }
            }
        }
    }
    assert!(seen >= 20, "{seen}");
}

fn facts_of<'a>(texts: &'a [String], lines: &'a [&'a str], code: Option<i64>, bits: u8) -> FailureFacts<'a> {
    let text = |at: usize| texts.get(at).map(String::as_str);
    let codes = [
        "EssentialContainerExited",
        "TaskFailedToStart",
        "ServiceSchedulerInitiated",
    ];
    FailureFacts {
        stop_code: codes.get(usize::from(bits % 4)).copied().or(text(0)),
        stopped_reason: text(1),
        container: text(2).map(|name| ContainerFacts {
            name,
            exit_code: code,
            reason: text(3),
        }),
        health_check_failed: bits & 4 != 0,
        target: text(4).map(|reason| TargetFacts {
            reason,
            description: text(5),
        }),
        event: text(6),
        log_tail: lines,
    }
}

/// How AWS, its agent and the runtimes begin all kinds of messages.
const PREFIXES: [&str; 14] = [
    "",
    "CannotPullContainerError: ",
    "CannotPullContainerError: pull image manifest has been retried 1 time(s): ",
    "CannotPullContainerError: Error response from daemon: ",
    "CannotPullECRContainerError: ",
    "CannotStartContainerError: ",
    "CannotStartContainerError: Error response from daemon: failed to create shim task: OCI runtime create failed: runc \
     create failed: unable to start container process: ",
    "CannotCreateContainerError: Error response from daemon: ",
    "ResourceInitializationError: ",
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ",
    "ResourceInitializationError: failed to validate logger args: ",
    "resource cannot be initialized for task arn:aws:ecs:us-west-2:123456789012:task/default/0a1b: ",
    "HostConfigError: ",
    "(service web) was unable to place a task. Reason: ",
];

/// Words of failures that nobody has had; with them, the words of real ones.
const MADE_UP: [&str; 24] = [
    "moon",
    "teapot",
    "quota",
    "of",
    "daemon",
    "task",
    "failed:",
    "unexpected",
    "container",
    "registry",
    "secret",
    "volume",
    "timeout",
    "the",
    "is",
    "not",
    "image",
    "denied",
    "error:",
    "status",
    "network",
    "role",
    "exec:",
    "found",
];

proptest! {
    #[test]
    fn no_text_makes_it_panic(
        texts in prop::collection::vec(".{0,60}", 0..8),
        code in proptest::option::of(any::<i64>()),
        bits in any::<u8>(),
    ) {
        let lines: Vec<&str> = texts.iter().map(String::as_str).collect();
        let facts = facts_of(&texts, &lines, code, bits);
        if let Some(cause) = explain(&facts) {
            let evidence = Evidence::of(&facts);
            prop_assert!(cause.when.iter().any(|when| when.holds(&evidence)));
        }
    }

    #[test]
    fn truncated_and_extended_texts_are_recognized(row in 0usize..200, cut in 0usize..400) {
        let rows: Vec<&Cause> = table::rows().collect();
        let Some(row) = rows.get(row % rows.len()) else { return Ok(()); };
        for example in examples_of(row.id) {
            let Some(reason) = example.stopped_reason else { continue };
            let short: String = reason.chars().take(cut).collect();
            explain(&FailureFacts { stopped_reason: Some(&short), ..*example });
            let long = format!("Task stopped at: 2026-11-20T22:29:57.481Z {reason} (request id 0a1b)");
            prop_assert_eq!(id_of(&FailureFacts { stopped_reason: Some(&long), ..*example }), Some(row.id));
        }
    }
}

proptest! {
    #![proptest_config(crate::schema::testing::cases(64))]

    #[test]
    fn made_up_texts_have_no_cause(
        prefix in prop::sample::select(PREFIXES.to_vec()),
        words in prop::collection::vec(prop::sample::select(MADE_UP.to_vec()), 1..12),
    ) {
        let text = format!("{prefix}{}", words.join(" "));
        let container = Some(ContainerFacts { name: "web", exit_code: None, reason: Some(&text) });
        for facts in [
            FailureFacts { stopped_reason: Some(&text), stop_code: Some("TaskFailedToStart"), ..FailureFacts::NONE },
            FailureFacts { container, ..FailureFacts::NONE },
            FailureFacts { event: Some(&text), ..FailureFacts::NONE },
        ] {
            prop_assert_eq!(id_of(&facts), None, "{}", text);
        }
    }
}

#[test]
fn patterns_are_specific() {
    for row in table::rows() {
        for when in row.when {
            let patterns: Vec<&str> = match when {
                CauseSign::Said(pattern) | CauseSign::Logged(pattern) | CauseSign::LoggedAs(pattern) => {
                    vec![pattern]
                }
                CauseSign::SaidBut(pattern, not)
                | CauseSign::LoggedBut(pattern, not)
                | CauseSign::LoggedVariable(pattern, not) => [&[*pattern], *not].concat(),
                CauseSign::SaidOf(name, pattern) => vec![name, pattern],
                CauseSign::LoggedWord(word, not) => [&[*word], *not].concat(),
                CauseSign::LoggedPhrase(steps, not) => {
                    assert!(!steps.is_empty(), "{}: no step", row.id);
                    assert!(steps.iter().all(|step| !step.is_empty()), "{}: {when:?}", row.id);
                    [&steps.concat(), *not].concat()
                }
                CauseSign::TargetSaid(_, pattern) => vec![pattern],
                _ => Vec::new(),
            };
            for piece in patterns.iter().flat_map(|pattern| pattern.split('*')) {
                assert!(!piece.is_empty(), "{}: {when:?}", row.id);
            }
        }
    }
}
