use proptest::prelude::*;

use super::*;
use crate::config::parse::parse;
use crate::config::sources::SourceReplies;
use crate::diagnostic::render;

fn lookups() -> Lookups {
    Lookups {
        vars: [("given".to_owned(), "7".to_owned())].into(),
        env: [("HOME", "/root"), ("EMPTY", ""), ("PORT", "8080")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        git: GitOutcome::Facts(GitFacts {
            sha: "9f3c1e7".repeat(6),
            short_sha: "9f3c1e7".to_owned(),
            branch: Some("feature/X".to_owned()),
            tag: None,
            dirty: true,
        }),
        account: "123456789012".parse().ok(),
        region: Some("eu-west-1".to_owned()),
        sources: SourceReplies::new(),
        ..Lookups::default()
    }
}

const VARS: &str = "vars: {domain: example.com, count: 2, version: 1.10, none: ~, list: [a, b], on: true}\n";

/// Interpolates `value` as the value of a key; returns the node and the reported problems.
fn filled(value: &str) -> (Node, String) {
    let text = format!("{VARS}images: {{web: {{}}}}\nx: {value}\n");
    let (root, said) = whole(&text);
    (root.get("x").expect("x").clone(), said)
}

fn whole(text: &str) -> (Node, String) {
    let mut sources = Sources::default();
    let id = sources.add("deploy.yaml", text);
    let mut problems = Problems::default();
    let root = parse(text, id, &mut problems).expect("good YAML");
    let lookups = lookups();
    let mut interpolator = Interpolator::new(&root, &lookups, &sources, &mut problems);
    let node = interpolator.file(&root);
    (
        node,
        render(&problems, &sources, crate::diagnostic::RenderStyle::default()),
    )
}

fn value(written: &str) -> serde_json::Value {
    let (node, said) = filled(written);
    assert_eq!(said, "", "{written}");
    node.to_value(&|image| format!("<{image}>"))
}

#[test]
fn references_are_resolved() {
    for (written, expected) in [
        ("http://${vars.domain}/", serde_json::json!("http://example.com/")),
        ("${vars.count}", 2.into()),
        ("a${vars.count}", "a2".into()),
        ("v${vars.version}", "v1.10".into()),
        ("${vars.on}", true.into()),
        ("is ${vars.on}", "is true".into()),
        ("${vars.list}", serde_json::json!(["a", "b"])),
        ("${vars.none:-x}", "x".into()),
        ("${vars.given}", "7".into()),
        ("${vars.unknowable:-x}", "x".into()),
        ("${env.HOME}/bin", "/root/bin".into()),
        ("${env.EMPTY}", "".into()),
        ("a${env.EMPTY}b", "ab".into()),
        ("${env.EMPTY:-x}", "x".into()),
        ("${env.NOPE:-x}", "x".into()),
        ("${env.NOPE:-}", "".into()),
        ("${env.NOPE:-${vars.count}}", 2.into()),
        ("${env.NOPE:-${env.NOPE:-a}b}c", "abc".into()),
        ("'${env.NOPE:-{\"a\": {}}}'", "{\"a\": {}}".into()),
        ("${env.PORT:?needed}", "8080".into()),
        ("${git.shortSha}-${git.branchSlug}", "9f3c1e7-feature-x".into()),
        ("${git.tag:-untagged}", "untagged".into()),
        ("${git.dirty}", "true".into()),
        (
            "arn:aws:iam::${aws.account}:role/x",
            "arn:aws:iam::123456789012:role/x".into(),
        ),
        ("${aws.region}", "eu-west-1".into()),
        ("${images.web}", "<${images.web}>".into()),
        (
            "${images.web.repository}:${images.web.tag}",
            "<${images.web.repository}>:<${images.web.tag}>".into(),
        ),
        ("$${PORT} $HOME", "${PORT} $HOME".into()),
    ] {
        assert_eq!(value(written), expected, "{written}");
    }
}

#[test]
fn only_a_whole_value_may_stand_for_a_number() {
    let interpolated = |written| match filled(written).0.kind {
        NodeKind::Text(text) => text.interpolated,
        kind => panic!("{kind:?}"),
    };
    assert!(interpolated("${env.PORT}"));
    assert!(interpolated("${env.NOPE:-80}"));
    assert!(interpolated("${images.web}"));
    assert!(!interpolated("${env.PORT}0"));
    assert!(!interpolated("plain"));
}

#[test]
fn unknown_names_are_pointed_at() {
    insta::assert_snapshot!(filled("a ${vars.domian} ${vars.domain} ${vars.nope}").1, @"
    error: unknown variable `domian`
     --> deploy.yaml:3:8
      |
    3 | x: a ${vars.domian} ${vars.domain} ${vars.nope}
      |        ^^^^^^^^^^^ did you mean `domain`?
    error: unknown variable `nope`
     --> deploy.yaml:3:38
      |
    3 | x: a ${vars.domian} ${vars.domain} ${vars.nope}
      |                                      ^^^^^^^^^ did you mean `none`?
    2 errors in deploy.yaml
    ");
    insta::assert_snapshot!(filled("${images.wep.tag} ${images.web.sha}").1, @"
    error: unknown image `wep`
     --> deploy.yaml:3:6
      |
    3 | x: ${images.wep.tag} ${images.web.sha}
      |      ^^^^^^^^^^^^^^ did you mean `web`?
    error: `images.web.sha` is unknown
     --> deploy.yaml:3:24
      |
    3 | x: ${images.wep.tag} ${images.web.sha}
      |                        ^^^^^^^^^^^^^^ available: .tag, .digest, .repository
    2 errors in deploy.yaml
    ");
    insta::assert_snapshot!(filled("http://localhost:${PORT}").1, @"
    error: unknown reference `${PORT}`
     --> deploy.yaml:3:23
      |
    3 | x: http://localhost:${PORT}
      |                       ^^^^ write `${env.PORT}` for the environment variable, `$${PORT}` for the literal text
    1 error in deploy.yaml
    ");
    insta::assert_snapshot!(filled("${images.web:-x}").1, @r#"
    error: `${images.web}` takes no default
     --> deploy.yaml:3:6
      |
    3 | x: ${images.web:-x}
      |      ^^^^^^^^^^ images always have a value
    1 error in deploy.yaml
    "#);
}

#[test]
fn unset_variables() {
    insta::assert_snapshot!(filled("${env.NOPE}").1, @r#"
    error: the environment variable `NOPE` is not set
     --> deploy.yaml:3:6
      |
    3 | x: ${env.NOPE}
      |      ^^^^^^^^ set it, or give a default: `${env.NOPE:-…}`
    1 error in deploy.yaml
    "#);
    let (_, said) = filled("${env.NOPE-80}");
    assert!(
        said.contains("set it; a default is written `${env.NOPE:-80}`"),
        "{said}"
    );
    for operator in [":+80", ":80", "+80", "?80", ":=80", "=80"] {
        let (_, said) = filled(&format!("'${{env.PORT{operator}}}'"));
        let rule = "only `:-DEFAULT` and `:?MESSAGE` may follow a name";
        assert!(said.contains(rule), "{said}");
    }
    insta::assert_snapshot!(filled("${env.NOPE:?set it to the stage}").1, @r#"
    error: set it to the stage
     --> deploy.yaml:3:6
      |
    3 | x: ${env.NOPE:?set it to the stage}
      |      ^^^^^^^^ the environment variable `NOPE` is not set
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(filled("${env.EMPTY:?}").1, @r#"
    error: `env.EMPTY` is empty
     --> deploy.yaml:3:6
      |
    3 | x: ${env.EMPTY:?}
      |      ^^^^^^^^^ `env.EMPTY` is empty
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(filled("${vars.none}").1, @r#"
    error: the variable `none` is null
     --> deploy.yaml:3:6
      |
    3 | x: ${vars.none}
      |      ^^^^^^^^^ set it, or give a default: `${vars.none:-…}`
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(filled("a${vars.list}").1, @r#"
    error: `vars.list` is a list and can't be part of a text
     --> deploy.yaml:3:7
      |
    3 | x: a${vars.list}
      |       ^^^^^^^^^ use it as the whole value
    1 error in deploy.yaml
    "#);
}

#[test]
fn places_are_exact_in_every_style() {
    insta::assert_snapshot!(whole("a: \"ü \\t $${x} ${vars.nope}\"\n").1, @r#"
    error: unknown variable `nope`
     --> deploy.yaml:1:18
      |
    1 | a: "ü \t $${x} ${vars.nope}"
      |                  ^^^^^^^^^ add it under `vars:`, or pass `--var nope=…`
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(whole("a: 'it''s ${vars.nope}'\n").1, @"
    error: unknown variable `nope`
     --> deploy.yaml:1:13
      |
    1 | a: 'it''s ${vars.nope}'
      |             ^^^^^^^^^ add it under `vars:`, or pass `--var nope=…`
    1 error in deploy.yaml
    ");
    insta::assert_snapshot!(whole("a: |\n  one $${x}\n  two ${vars.nope} ${env.HOME}\n").1, @"
    error: unknown variable `nope`
     --> deploy.yaml:3:9
      |
    3 |   two ${vars.nope} ${env.HOME}
      |         ^^^^^^^^^ add it under `vars:`, or pass `--var nope=…`
    1 error in deploy.yaml
    ");
    insta::assert_snapshot!(whole("a: >\n  one\n\n  two ${env.X:-${vars.nope}}\n").1, @"
    error: unknown variable `nope`
     --> deploy.yaml:4:18
      |
    4 |   two ${env.X:-${vars.nope}}
      |                  ^^^^^^^^^ add it under `vars:`, or pass `--var nope=…`
    1 error in deploy.yaml
    ");
    // An escape for the dollar: the whole scalar is underlined.
    insta::assert_snapshot!(whole("a: \"\\x24{vars.nope}\"\n").1, @r#"
    error: unknown variable `nope`
     --> deploy.yaml:1:4
      |
    1 | a: "\x24{vars.nope}"
      |    ^^^^^^^^^^^^^^^^^ add it under `vars:`, or pass `--var nope=…`
    1 error in deploy.yaml
    "#);
}

#[test]
fn variables_of_variables() {
    let (root, said) = whole("vars: {a: \"${vars.b}/x\", b: \"${env.HOME}\"}\nx: ${vars.a}\n");
    assert_eq!((said.as_str(), root.text_of("x")), ("", Some("/root/x")));
    insta::assert_snapshot!(whole("vars:\n  a: ${vars.b}\n  b: x${vars.a}\nx: ${vars.a}\n").1, @r#"
    error: the variable `a` refers to itself
     --> deploy.yaml:3:9
      |
    3 |   b: x${vars.a}
      |         ^^^^^^ a → b → a
    1 error in deploy.yaml
    "#);
}

#[test]
fn a_broken_variable_is_reported_once() {
    insta::assert_snapshot!(whole("vars: {a: \"${env.NOPE}\"}\nx: [\"${vars.a}\", \"${vars.a:-b}\"]\n").1, @r#"
    error: the environment variable `NOPE` is not set
     --> deploy.yaml:1:14
      |
    1 | vars: {a: "${env.NOPE}"}
      |              ^^^^^^^^ set it, or give a default: `${env.NOPE:-…}`
    1 error in deploy.yaml
    "#);
}

#[test]
fn a_broken_variable_breaks_what_refers_to_it_without_a_word() {
    let text = "vars: {a: \"${env.NOPE}\", b: \"${vars.a}\", c: [\"${vars.b}\"], d: \"${vars.b:-d}\"}\n\
        x: \"${vars.b}\"\ny: \"${vars.c}\"\nz: \"${vars.b:?needed}\"\n";
    let (root, said) = whole(text);
    assert!(said.trim_end().ends_with("\n1 error in deploy.yaml"), "{said}");
    assert!(
        ["x", "y", "z"]
            .iter()
            .all(|key| root.get(key).is_some_and(Node::is_null))
    );
}

#[test]
fn keys_are_not_interpolated() {
    insta::assert_snapshot!(whole("a: {\"${vars.x}\": 1}\n").1, @r#"
    warning: the key `${vars.x}` stays as it is
     --> deploy.yaml:1:5
      |
    1 | a: {"${vars.x}": 1}
      |     ^^^^^^^^^^^ `${…}` is filled in in values only
    1 warning in deploy.yaml
    "#);
}

#[test]
fn what_a_file_needs() {
    let text = "x-free: ${env.UNUSED}\na: [\"${env.A:-${env.B}}\", \"$${env.C}\"]\nb: {c: \"${git.dirty}${vars.d}\"}\n";
    let root = parse(text, crate::diagnostic::SourceId(0), &mut Problems::default()).expect("a tree");
    assert_eq!(
        references(&root),
        References {
            env: ["A".to_owned(), "B".to_owned()].into(),
            vars: ["d".to_owned()].into(),
            git: true,
            git_dirty: true,
            tfstate: false,
        }
    );
}

proptest! {
    /// Text without `${` is unchanged, whatever it contains.
    #[test]
    fn text_without_references_is_unchanged(text in "[^\\p{C}]{0,30}") {
        prop_assume!(!text.contains("${"));
        let written = serde_json::Value::from(text.clone()).to_string();
        prop_assert_eq!(value(&written), serde_json::Value::from(text));
    }

    /// A variable's value is never interpolated again: no injection.
    #[test]
    fn resolved_values_are_not_interpolated_again(inner in "[${}:a-z\\. -]{1,20}") {
        let mut lookups = lookups();
        lookups.vars.insert("x".to_owned(), inner.clone());
        let mut sources = Sources::default();
        let text = "a: b${vars.x}";
        let id = sources.add("deploy.yaml", text);
        let mut problems = Problems::default();
        let root = parse(text, id, &mut problems).expect("good YAML");
        let node = Interpolator::new(&root, &lookups, &sources, &mut problems).node(&root);
        prop_assert!(problems.is_empty());
        let expected = format!("b{inner}");
        prop_assert_eq!(node.text_of("a"), Some(expected.as_str()));
    }

    #[test]
    fn every_scalar_is_resolved_or_reported(text in "[${}:?\\-.a-z ]{0,30}") {
        let written = serde_json::Value::from(text).to_string();
        let (node, said) = filled(&written);
        prop_assert!(!node.is_null() || said.contains("error"));
    }
}
