use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Sources, render};

/// What a person reads about a text.
fn said(text: &str) -> String {
    let mut sources = Sources::default();
    let id = sources.add("deploy.yaml", text);
    let mut problems = Problems::default();
    parse(text, id, &mut problems);
    render(&problems, &sources, false)
}

/// The tree of a good text: each scalar's value and the place it came from.
fn tree(text: &str) -> String {
    let mut problems = Problems::default();
    let node = parse(text, SourceId(0), &mut problems).expect("a tree");
    assert!(problems.is_empty(), "{}", said(text));
    let mut out = String::new();
    dump(&node, text, 0, &mut out);
    out
}

fn dump(node: &Node, text: &str, depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    let written = &text[node.span.start..node.span.end];
    match &node.kind {
        NodeKind::List(items) => {
            out.push_str(&format!("{pad}list\n"));
            items.iter().for_each(|item| dump(item, text, depth + 1, out));
        }
        NodeKind::Map(entries) => {
            out.push_str(&format!("{pad}map\n"));
            for entry in entries {
                let key = &text[entry.key_span.start..entry.key_span.end];
                out.push_str(&format!("{pad} {} ({key})\n", entry.key));
                dump(&entry.value, text, depth + 1, out);
            }
        }
        NodeKind::Null => out.push_str(&format!("{pad}null {written:?}\n")),
        NodeKind::Bool(value, source) => out.push_str(&format!("{pad}{value} {source:?} {written:?}\n")),
        NodeKind::Number(value, source) => out.push_str(&format!("{pad}{value} {source:?} {written:?}\n")),
        NodeKind::Text(value) => {
            let plain = if value.plain { "plain " } else { "" };
            out.push_str(&format!(
                "{pad}{plain}{:?} {written:?}\n",
                value.as_literal().expect("literal")
            ));
        }
    }
}

#[test]
fn every_value_knows_its_place() {
    insta::assert_snapshot!(tree("a: |\n  line ${x}\n  two\nb: >-\n  folded\n  x\nc: \"d\\n\"\nd: 'ü' # c\ne:\nf: plain text # c\n"), @r#"
    map
     a (a)
      "line ${x}\ntwo\n" "line ${x}\n  two"
     b (b)
      "folded x" "folded\n  x"
     c (c)
      "d\n" "\"d\\n\""
     d (d)
      "ü" "'ü'"
     e (e)
      null "e"
     f (f)
      plain "plain text" "plain text"
    "#);
    insta::assert_snapshot!(tree("- 012\n- [yes, {a: True}]\n-\n  x: 1.10\n  y: ~\n"), @r#"
    list
      12 "012" "012"
      list
        plain "yes" "yes"
        map
         a (a)
          true "True" "True"
      map
       x (x)
        1.1 "1.10" "1.10"
       y (y)
        null "~"
    "#);
    insta::assert_snapshot!(tree("\u{feff}a: ${x}\r\nb: 2\r\n"), @r#"
    map
     a (a)
      plain "${x}" "${x}"
     b (b)
      2 "2" "2"
    "#);
    insta::assert_snapshot!(tree("{\"a\": [1, null], \"b\": {}}"), @r#"
    map
     a ("a")
      list
        1 "1" "1"
        null "null"
     b ("b")
      map
    "#);
    insta::assert_snapshot!(tree("1: x\ntrue: y\n"), @r#"
    map
     1 (1)
      plain "x" "x"
     true (true)
      plain "y" "y"
    "#);
}

#[test]
fn aliases_and_merge_keys() {
    insta::assert_snapshot!(
        tree("x-a: &a {one: 1, two: 2}\nx-b: &b {two: 3, four: 4}\nc:\n  two: 0\n  <<: [*a, *b]\n  last: *a\n"),
        @r#"
    map
     x-a (x-a)
      map
       one (one)
        1 "1" "1"
       two (two)
        2 "2" "2"
     x-b (x-b)
      map
       two (two)
        3 "3" "3"
       four (four)
        4 "4" "4"
     c (c)
      map
       two (two)
        0 "0" "0"
       one (one)
        1 "1" "1"
       four (four)
        4 "4" "4"
       last (last)
        map
         one (one)
          1 "1" "1"
         two (two)
          2 "2" "2"
    "#
    );
    insta::assert_snapshot!(said("<<: 1\n"), @r#"
    error: `<<` merges mappings only
     --> deploy.yaml:1:1
      |
    1 | <<: 1
      | ^^ write `<<: *name`, or a list of such aliases
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a: &x\n  b: *x\n"), @r#"
    error: an anchor can't contain itself
     --> deploy.yaml:2:6
      |
    2 |   b: *x
      |      ^^
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("d: *y\n"), @r#"
    error: no anchor `&y` before this alias
     --> deploy.yaml:1:4
      |
    1 | d: *y
      |    ^^
    1 error in deploy.yaml
    "#);
}

#[test]
fn duplicate_keys_show_both_places() {
    insta::assert_snapshot!(said("a: 1\nb: {c: 1, c: 2}\na: 2\n"), @r#"
    error: the key `c` is there twice
     --> deploy.yaml:2:11
      |
    2 | b: {c: 1, c: 2}
      |     -     ^ again here
      |     |
      |     first here
    error: the key `a` is there twice
     --> deploy.yaml:3:1
      |
    1 | a: 1
      | - first here
    2 | b: {c: 1, c: 2}
    3 | a: 2
      | ^ again here
    2 errors in deploy.yaml
    "#);
}

#[test]
fn tabs() {
    insta::assert_snapshot!(said("a: 1\n\tb: 2\n"), @r#"
    error: a tab where YAML wants spaces
     --> deploy.yaml:2:1
      |
    2 |     b: 2
      | ^ indent with spaces
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a:\n \t- 1\n"), @r#"
    error: a tab where YAML wants spaces
     --> deploy.yaml:2:2
      |
    2 |      - 1
      |  ^ indent with spaces
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("\ta: 1\n"), @r#"
    error: a tab where YAML wants spaces
     --> deploy.yaml:1:1
      |
    1 |     a: 1
      | ^ indent with spaces
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(tree("{\n\t\"a\": [\n\t\t1\n\t]\n}\n"), @r#"
    map
     a ("a")
      list
        1 "1" "1"
    "#);
}

#[test]
fn references_in_flow_collections() {
    insta::assert_snapshot!(said("a: {x: \"1\", y: http://${vars.y}/, z: 1}\n"), @r#"
    error: `${` inside `{…}` or `[…]` must be quoted
     --> deploy.yaml:1:16
      |
    1 | a: {x: "1", y: http://${vars.y}/, z: 1}
      |                ^^^^^^^^^^^^^^^^ quote it: `"http://${vars.y}"`
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a: [${vars.y}]\n"), @r#"
    error: `${` inside `{…}` or `[…]` must be quoted
     --> deploy.yaml:1:5
      |
    1 | a: [${vars.y}]
      |     ^^^^^^^^^ quote it: `"${vars.y}"`
    1 error in deploy.yaml
    "#);
}

#[test]
fn syntax_errors() {
    insta::assert_snapshot!(said("a: 'x\nb: 1\n"), @r#"
    error: a quoted text goes on here without indentation
     --> deploy.yaml:2:1
      |
    2 | b: 1
      | ^ is a quote above never closed?
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a: [1, 2\nb: 3\n"), @r#"
    error: a `:` where no key can be
     --> deploy.yaml:2:2
      |
    2 | b: 3
      |  ^ is the indentation off, or a bracket or quote above never closed?
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a: b: c\n"), @r#"
    error: a second `: ` on one line
     --> deploy.yaml:1:5
      |
    1 | a: b: c
      |     ^ quote the value, or put the mapping on the next line
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a: 1\n b: 2\n"), @r#"
    error: a `:` where no key can be
     --> deploy.yaml:2:3
      |
    2 |  b: 2
      |   ^ is the indentation off, or a bracket or quote above never closed?
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a: 1\nb\nc: 2\n"), @r#"
    error: `:` is missing after a key
     --> deploy.yaml:2:1
      |
    2 | b
      | ^ write `key: value`
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a: @x\n"), @r#"
    error: a value can't begin with this character
     --> deploy.yaml:1:4
      |
    1 | a: @x
      |    ^ quote the value
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a: }\n"), @r#"
    error: a bracket that closes nothing
     --> deploy.yaml:1:4
      |
    1 | a: }
      |    ^ no bracket of this kind is open
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a: \"\\q\"\n"), @r#"
    error: an unknown escape in double quotes
     --> deploy.yaml:1:4
      |
    1 | a: "\q"
      |    ^ write `\\` for a backslash, or use single quotes
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a: 'x' y\n"), @r#"
    error: text after the closing quote
     --> deploy.yaml:1:8
      |
    1 | a: 'x' y
      |        ^ quote the whole value
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a: \"x"), @r#"
    error: a quote is never closed
     --> deploy.yaml:1:4
      |
    1 | a: "x
      |    ^ opened here, or before
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a: {b: 1"), @r#"
    error: a bracket is never closed
     --> deploy.yaml:1:4
      |
    1 | a: {b: 1
      |    ^ `]` or `}` is missing
    1 error in deploy.yaml
    "#);
}

#[test]
fn tags() {
    insta::assert_snapshot!(said("a: !Ref x\nb: !!str 1\n"), @r#"
    error: the tag `!Ref` is not supported
     --> deploy.yaml:1:4
      |
    1 | a: !Ref x
      |    ^^^^ values of elsewhere are written `${…}`
    error: the tag `!!str` is not supported
     --> deploy.yaml:2:4
      |
    2 | b: !!str 1
      |    ^^^^^ quote the value to make it text
    2 errors in deploy.yaml
    "#);
}

#[test]
fn one_document() {
    insta::assert_snapshot!(said("a: 1\n---\nb: 2\n"), @r#"
    error: a second YAML document
     --> deploy.yaml:2:1
      |
    2 | ---
      | ^^^ only one document to a file
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("# nothing\n"), @r#"
    error: the file is empty
     --> deploy.yaml:1:1
      |
    1 | # nothing
      | ^
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said(""), @r#"
    error: the file is empty
     --> deploy.yaml:1:1
      |
    1 |
      | ^
    1 error in deploy.yaml
    "#);
}

#[test]
fn keys_are_text() {
    insta::assert_snapshot!(said("~: z\n? [a]\n: 1\n"), @r#"
    error: a key is missing
     --> deploy.yaml:1:1
      |
    1 | ~: z
      | ^ quote it if it is meant as text
    error: a key must be text
     --> deploy.yaml:2:3
      |
    2 | ? [a]
      |   ^ a list, a mapping or an alias can't be one
    2 errors in deploy.yaml
    "#);
}

#[test]
fn budgets() {
    let deep = said(&"[".repeat(100_000));
    assert!(deep.starts_with("error: nested too deeply"), "{deep}");
    let nested: String = (0..70)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    assert!(said(&nested).starts_with("error: nested deeper than 64 levels"));
    let long = format!("a: {}", "x".repeat(MAX_BYTES));
    assert!(said(&long).starts_with("error: the file has 1048579 bytes"));
    let many = format!("a: &a 1\nb: [{}]", "*a,".repeat(201));
    assert!(said(&many).starts_with("error: more than 200 aliases"));
    let wide = format!("a: [{}]", "1,".repeat(20_001));
    assert!(said(&wide).starts_with("error: more than 20000 values"));
}

#[test]
fn a_bomb_of_aliases_is_defused() {
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..9 {
        let below = format!("*a{},", level - 1).repeat(9);
        bomb.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    assert!(said(&bomb).starts_with("error: more than 20000 values"));
}

proptest! {
    #[test]
    fn any_text_gives_a_tree_or_a_problem(text in "[ \\t\\r\\na-c0:\\-\\[\\]{}$\"'&*!|>%@#~<?,ü\u{feff}\u{85}]{0,60}") {
        let mut problems = Problems::default();
        let node = parse(&text, SourceId(0), &mut problems);
        prop_assert!(node.is_some() || problems.has_errors());
        said(&text);
    }

    #[test]
    fn json_reads_as_json(value in json()) {
        let text = value.to_string();
        let mut problems = Problems::default();
        let node = parse(&text, SourceId(0), &mut problems).expect("a tree");
        prop_assert!(problems.is_empty());
        prop_assert_eq!(plain_value(&node), value);
    }
}

/// JSON as the node's, nulls kept.
fn plain_value(node: &Node) -> serde_json::Value {
    match &node.kind {
        NodeKind::List(items) => items.iter().map(plain_value).collect(),
        NodeKind::Map(entries) => serde_json::Value::Object(
            entries
                .iter()
                .map(|entry| (entry.key.clone(), plain_value(&entry.value)))
                .collect(),
        ),
        _ => node.to_value(&|_| String::new()),
    }
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "\\PC{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            prop::collection::btree_map("[a-z<]{1,6}", inner, 0..5)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}
