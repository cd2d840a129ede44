use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

/// What Compose's own parser reads (`scripts/dotenv-corpus`).
const COMPOSE: &str = include_str!("compose.json");

#[derive(Deserialize)]
struct Corpus {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    input: String,
    #[serde(default)]
    variables: BTreeMap<String, String>,
    #[serde(default)]
    fails: bool,
}

/// Variables as pairs; None where the file is refused.
type Read = Option<&'static [(&'static str, &'static str)]>;

/// Where ecsctl differs from Compose, and what it reads.
const DIFFERENT: [(&str, Read); 13] = [
    // Nothing is expanded.
    (
        "A=$X\nB=${X}\nC=${X:-d}\nD=$$X\nE=\"$X\"\n",
        Some(&[
            ("A", "$X"),
            ("B", "${X}"),
            ("C", "${X:-d}"),
            ("D", "$$X"),
            ("E", "$X"),
        ]),
    ),
    (
        "X=1\nA=$X\nB=\"${X}\"\n",
        Some(&[("X", "1"), ("A", "$X"), ("B", "${X}")]),
    ),
    (
        "A=a$\nB=$(ls)\nC=$$\n",
        Some(&[("A", "a$"), ("B", "$(ls)"), ("C", "$$")]),
    ),
    ("A=${\n", Some(&[("A", "${")])),
    ("A=${X?needed}\n", Some(&[("A", "${X?needed}")])),
    // A variable without a name, or with a space in it.
    ("=1\n", None),
    ("A=1\n=2\n", None),
    (":\n", None),
    ("A\tB=1\n", None),
    ("A\u{a0}B=1\n", None),
    // At the end of the file, Compose takes a name for a value.
    ("A", Some(&[])),
    ("A=1\nB", Some(&[("A", "1")])),
    ("A=\"\\0000\"\n", None),
];

fn parsed(input: &str) -> Option<BTreeMap<String, String>> {
    let file = Dotenv::parse(input).ok()?;
    let pairs = file.variables.into_iter();
    Some(pairs.map(|(name, value)| (name, value.text)).collect())
}

/// Whether Compose read something that ecsctl doesn't accept as a name.
fn has_odd_name(case: &Case) -> bool {
    let is_odd = |name: &String| name.is_empty() || name.contains(char::is_whitespace);
    case.variables.keys().any(is_odd)
}

#[test]
fn files_are_read_as_compose_reads_them() {
    let corpus: Corpus = serde_json::from_str(COMPOSE).unwrap();
    let mut same = 0;
    for case in &corpus.cases {
        let read = parsed(&case.input);
        let different = DIFFERENT.iter().find(|(input, _)| *input == case.input);
        match different {
            Some((_, expected)) => {
                let expected = expected.map(|pairs| {
                    let owned = pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
                    owned.collect::<BTreeMap<_, _>>()
                });
                assert_eq!(read, expected, "{:?}", case.input);
            }
            None if has_odd_name(case) => {}
            // An `export` of nothing is nothing.
            None if case.input.ends_with("export ") => {}
            None => {
                let expected = (!case.fails).then(|| case.variables.clone());
                assert_eq!(read, expected, "{:?}", case.input);
                same += 1;
            }
        }
    }
    assert!(same > 350, "{same} cases");
}

#[test]
fn an_error_has_a_line_and_no_content() {
    for (text, expected) in [
        (
            "A=1\n\nhunter+2=1\n",
            "line 3: a name has only letters, digits, `_`, `.` and `-`",
        ),
        (
            "A=\"1\n2\"\nB='hunter2\n\n",
            "line 3: the closing quote is missing",
        ),
        ("A=1\n  hunter two\n", "line 2: a name can't contain a space"),
        (
            "A=1\n# x\n = hunter2\n",
            "line 3: there is no name before the `=`",
        ),
        (
            "A=\"x\" hunter+2\n",
            "line 1: only a comment can follow the closing quote",
        ),
        (
            "A='x\ny' hunter two\n",
            "line 2: only a comment can follow the closing quote",
        ),
        ("A=hunter2\0\n", "line 1: the value contains a NUL character"),
    ] {
        assert_eq!(Dotenv::parse(text).unwrap_err().to_string(), expected);
    }
}

#[test]
fn the_masked_text_has_names_at_their_places() {
    let text = "# secret\nA=secret # secret\n  export B = 'sec\nret'\n\nsecret\nC: secret D\n";
    let file = Dotenv::parse(text).unwrap();
    assert_eq!(
        file.masked,
        "********\nA=********\n  export B = ********\n********\n\n********\nC: ********\n"
    );
    let heads: Vec<&str> = file
        .variables
        .values()
        .map(|it| &file.masked[it.span.0..it.span.1])
        .collect();
    assert_eq!(heads, ["A=", "export B =", "C:"]);
    let [(start, end)] = file.without_value[..] else {
        panic!("{:?}", file.without_value)
    };
    assert_eq!(
        (&file.masked[start..end], file.masked[..start].lines().count()),
        ("********", 5)
    );
    let line = |line| {
        let (start, end) = line_span(&file.masked, line);
        &file.masked[start..end]
    };
    assert_eq!((line(5), line(99)), ("********", ""));
}

proptest! {
    #[test]
    fn no_text_panics_and_lines_stay(text in "([AB=:'\"\\\\#$ \n\r\t\u{feff}é/0n]|export ){0,40}") {
        let lines = |text: &str| text.matches('\n').count();
        match Dotenv::parse(&text) {
            Ok(file) => prop_assert_eq!(lines(&file.masked), lines(&text)),
            Err(error) => prop_assert!(error.line <= lines(&text)),
        }
    }

    #[test]
    fn a_quoted_value_is_read_as_written(value in "[^\0'\\\\]{0,20}") {
        let file = Dotenv::parse(&format!("A='{value}'\nB=1\n")).unwrap();
        prop_assert_eq!(&file.variables["A"].text, &value);
        prop_assert_eq!(file.variables.len(), 2);
    }
}
