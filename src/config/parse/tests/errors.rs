use super::said;

#[test]
fn syntax_errors() {
    insta::assert_snapshot!(said("a: 'x\nb: 1\n"), @r#"
    error: a quote is never closed
     --> deploy.yaml:1:4
      |
    1 | a: 'x
      |    ^ opened here or earlier
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a: [1, 2\nb: 3\n"), @r#"
    error: a `:` where no key can be
     --> deploy.yaml:2:2
      |
    2 | b: 3
      |  ^ check the indentation, and for an unclosed bracket or quote above
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
      |   ^ check the indentation, and for an unclosed bracket or quote above
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
    error: a value can't start with this character
     --> deploy.yaml:1:4
      |
    1 | a: @x
      |    ^ quote the value
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a: }\n"), @r#"
    error: unmatched closing bracket
     --> deploy.yaml:1:4
      |
    1 | a: }
      |    ^ no bracket of this kind is open
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("a: \"\\q\"\n"), @r#"
    error: unknown escape sequence in double quotes
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
      |    ^ opened here or earlier
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
      |    ^^^^ to refer to a value elsewhere, write `${…}`
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
