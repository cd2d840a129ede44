mod errors;
mod laws;

use super::*;
use crate::diagnostic::{Sources, render};

/// Returns the problems of a text, as shown to the user.
fn said(text: &str) -> String {
    let mut sources = Sources::default();
    let id = sources.add("deploy.yaml", text);
    let mut problems = Problems::default();
    parse(text, id, &mut problems);
    render(&problems, &sources, crate::diagnostic::RenderStyle::default())
}

/// Returns the tree of a valid text: each scalar's value and its position.
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
    error: `<<` merges only mappings
     --> deploy.yaml:1:1
      |
    1 | <<: 1
      | ^^ write `<<: *name`, or a list of aliases
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
    error: a tab where YAML requires spaces
     --> deploy.yaml:2:1
      |
    2 |     b: 2
      | ^ indent with spaces
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a:\n \t- 1\n"), @r#"
    error: a tab where YAML requires spaces
     --> deploy.yaml:2:2
      |
    2 |      - 1
      |  ^ indent with spaces
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("\ta: 1\n"), @r#"
    error: a tab where YAML requires spaces
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
fn json_indented_by_tabs_below_a_key() {
    for (tabs, spaces) in [
        (
            "a:\n  b: {\n\t\"x\": [\n\t\t1,\n\t\t\"it's\"\n\t],\n\t\"y\": {}\n\t}\n  c: 1\n",
            "a:\n  b: {\n \"x\": [\n  1,\n  \"it's\"\n ],\n \"y\": {}\n }\n  c: 1\n",
        ),
        (
            "a:\n  b: # [no\n    {\"x\": 1,\n\t\"y\": 2}\n",
            "a:\n  b: # [no\n    {\"x\": 1,\n \"y\": 2}\n",
        ),
        (
            "a:\n  - [\n\t\"]\", # ]\n\tit's\n\t]\n  - |\n   \tkept\n",
            "a:\n  - [\n \"]\", # ]\n it's\n ]\n  - |\n   \tkept\n",
        ),
        (
            "a:\n  - {\n\tx: 1}\n  - {\n\tx: 2}\n",
            "a:\n  - {\n x: 1}\n  - {\n x: 2}\n",
        ),
    ] {
        assert_eq!(tree(tabs), tree(spaces), "{tabs}");
    }
    let pieces = |piece: &str| format!("a:\n{}", piece.repeat(100));
    assert_eq!(tree(&pieces("  - [\n\t1]\n")), tree(&pieces("  - [\n 1]\n")));
}

#[test]
fn tabs_of_block_scalars_are_content() {
    let text = |tab: &str| {
        format!("a:\n  - |\n    \tif [ {{\n      \t\\x\n  - [\n{tab}1]\n  - >\n     ]\n     \ty\n")
    };
    assert_eq!(tree(&text("\t")), tree(&text(" ")));
    assert!(tree(&text("\t")).contains(r"\tif [ {"), "{}", tree(&text("\t")));
}

#[test]
fn tabs_before_and_after_brackets_are_still_refused() {
    for text in [
        "a:\n  b:\n\t{\n\t\"x\": 1\n\t}\n",
        "a:\n  b: {\n\t\"x\": 1\n\t}\n\tc: 1\n",
        "a:\n  b: # [no\n\t  c: 1\n",
        "a:\n  - [\n\t\"]\"\n\t]\n\t- 1\n",
    ] {
        assert!(
            said(text).contains("indent with spaces"),
            "{text}\n{}",
            said(text)
        );
    }
}

#[test]
fn what_is_wrong_in_json_indented_by_tabs_keeps_its_place() {
    insta::assert_snapshot!(said("a:\n  b: {\n\t\"x\": 1,\n\t\"x\": 2\n\t}\n"), @r#"
    error: the key `x` is there twice
     --> deploy.yaml:4:2
      |
    3 |     "x": 1,
      |     --- first here
    4 |     "x": 2
      |     ^^^ again here
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a:\n  b: {\n\t\"x\": \"\\q\"\n\t}\n"), @r#"
    error: unknown escape sequence in double quotes
     --> deploy.yaml:3:7
      |
    3 |     "x": "\q"
      |          ^ write `\\` for a backslash, or use single quotes
    1 error in deploy.yaml
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
