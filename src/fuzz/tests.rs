use std::path::PathBuf;

use proptest::prelude::*;

/// How often a target runs; `scripts/fuzz` sets it.
const CASES: &str = "ECSCTL_FUZZ_CASES";

fn cases() -> u32 {
    std::env::var(CASES)
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(200)
}

/// Returns the kept inputs of a target.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpus")
        .join(target);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

/// A change of an input: what is at a place of it is replaced.
#[derive(Clone, Debug)]
struct Mutation {
    at: prop::sample::Index,
    removed: usize,
    by: Replacement,
}

#[derive(Clone, Debug)]
enum Replacement {
    Bytes(Vec<u8>),
    Word(&'static str),
    /// A piece of an input of the corpus, repeated.
    Piece(prop::sample::Index, prop::sample::Index, usize, usize),
}

const WORDS: [&str; 24] = [
    "${",
    "}",
    "${vars.a}",
    "${x:-",
    "&a ",
    "*a",
    "<<: *a",
    "\n",
    "\t",
    "\"",
    "[",
    "]",
    "{",
    "}",
    ": ",
    "null",
    "-1",
    "1e400",
    "PRIMARY",
    "ACTIVE",
    "ecs-svc/2",
    "COMPLETED",
    "**/",
    "!",
];

fn mutation() -> impl Strategy<Value = Mutation> {
    let by = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..6).prop_map(Replacement::Bytes),
        prop::sample::select(WORDS.to_vec()).prop_map(Replacement::Word),
        (
            any::<prop::sample::Index>(),
            any::<prop::sample::Index>(),
            1..80_usize,
            1..40_usize
        )
            .prop_map(|(file, at, length, times)| Replacement::Piece(file, at, length, times)),
    ];
    (any::<prop::sample::Index>(), 0..40_usize, by).prop_map(|(at, removed, by)| Mutation { at, removed, by })
}

/// An input, which is shown in full where it fails.
#[derive(Clone)]
struct FuzzInput(Vec<u8>);

impl std::fmt::Debug for FuzzInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// Returns mutations of the kept inputs of a target.
fn input(target: &str) -> impl Strategy<Value = FuzzInput> + use<> {
    let corpus = corpus(target);
    (
        any::<prop::sample::Index>(),
        prop::collection::vec(mutation(), 0..8),
    )
        .prop_map(move |(file, mutations)| FuzzInput(mutated(&corpus, file, &mutations)))
}

fn mutated(corpus: &[Vec<u8>], file: prop::sample::Index, mutations: &[Mutation]) -> Vec<u8> {
    let mut input = file.get(corpus).clone();
    for mutation in mutations {
        let at = mutation.at.index(input.len() + 1);
        let end = (at + mutation.removed).min(input.len());
        let by = match &mutation.by {
            Replacement::Bytes(bytes) => bytes.clone(),
            Replacement::Word(word) => word.as_bytes().to_vec(),
            Replacement::Piece(file, at, length, times) => {
                let from = file.get(corpus);
                let at = at.index(from.len() + 1);
                from[at..(at + length).min(from.len())].repeat(*times)
            }
        };
        input.splice(at..end, by);
    }
    input
}

macro_rules! targets {
    ($($target:ident)+) => { $(
        mod $target {
            use super::*;

            #[test]
            fn corpus_holds() {
                super::corpus(stringify!($target)).iter().for_each(|input| crate::fuzz::$target(input));
            }

            proptest! {
                #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

                #[test]
                fn mutations_hold(input in input(stringify!($target))) {
                    crate::fuzz::$target(&input.0);
                }
            }
        }
    )+ };
}

targets! { deploy_yaml task_definition dockerignore registry_reply ecs_reply }
