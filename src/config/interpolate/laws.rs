//! Property tests: references resolve to what their definition says, which is computed here in another way.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::config::parse::parse;
use crate::config::sources::{SourceQuery, SourceReply};

/// How many variables a file has: each may refer to each.
const VARIABLES: usize = 4;
/// Values from outside, which are never interpolated.
const OUTSIDE: &str = "${vars.v0} $${x}";

/// A piece of a text.
#[derive(Clone, Debug)]
enum WrittenPiece {
    Literal(String),
    /// Text in braces, which a default may hold.
    Braces,
    /// `$${e}`, which stands for `${e}`.
    Escape,
    /// A `$` that begins nothing.
    Dollar,
    Reference(ReferenceName, ReferenceOtherwise),
}

/// What a reference names.
#[derive(Clone, Copy, Debug)]
enum ReferenceName {
    Variable(usize),
    Given,
    Environment,
    Empty,
    Unset,
    Parameter,
    MissingParameter,
}

/// What a reference says for the case that its name has no value.
#[derive(Clone, Debug)]
enum ReferenceOtherwise {
    Nothing,
    Default(Vec<WrittenPiece>),
    Message,
}

/// A variable's value.
#[derive(Clone, Debug)]
enum WrittenVariable {
    Value(Value),
    Text(Vec<WrittenPiece>),
    List(Vec<Vec<WrittenPiece>>),
    Mapping(Vec<WrittenPiece>),
}

/// A file, and the variable `v0` of the command line.
#[derive(Clone, Debug)]
struct WrittenFile {
    variables: Vec<WrittenVariable>,
    v0: Option<String>,
    value: Vec<WrittenPiece>,
}

fn name() -> impl Strategy<Value = ReferenceName> {
    prop_oneof![
        4 => (0..VARIABLES).prop_map(ReferenceName::Variable),
        1 => Just(ReferenceName::Given),
        1 => Just(ReferenceName::Environment),
        2 => Just(ReferenceName::Empty),
        2 => Just(ReferenceName::Unset),
        1 => Just(ReferenceName::Parameter),
        1 => Just(ReferenceName::MissingParameter),
    ]
}

fn text() -> impl Strategy<Value = Vec<WrittenPiece>> {
    let piece = prop_oneof![
        2 => "[a-z0-9ü :?./#\\n-]{1,4}".prop_map(WrittenPiece::Literal),
        1 => Just(WrittenPiece::Braces),
        1 => Just(WrittenPiece::Escape),
        1 => Just(WrittenPiece::Dollar),
        4 => (name(), any::<bool>()).prop_map(|(name, is_required)| {
            let otherwise = if is_required { ReferenceOtherwise::Message } else { ReferenceOtherwise::Nothing };
            WrittenPiece::Reference(name, otherwise)
        }),
    ];
    let piece = piece.prop_recursive(3, 12, 3, |inner| {
        (name(), prop::collection::vec(inner, 0..3))
            .prop_map(|(name, default)| WrittenPiece::Reference(name, ReferenceOtherwise::Default(default)))
    });
    prop::collection::vec(piece, 0..4)
}

fn variable() -> impl Strategy<Value = WrittenVariable> {
    let value = prop::sample::select(vec![
        json!(null),
        json!(""),
        json!("plain"),
        json!(7),
        json!(true),
        json!(["a", 1]),
        json!({"k": "v"}),
    ]);
    prop_oneof![
        3 => value.prop_map(WrittenVariable::Value),
        4 => text().prop_map(WrittenVariable::Text),
        1 => prop::collection::vec(text(), 0..3).prop_map(WrittenVariable::List),
        1 => text().prop_map(WrittenVariable::Mapping),
    ]
}

fn file() -> impl Strategy<Value = WrittenFile> {
    let variables = prop::collection::vec(variable(), VARIABLES);
    let v0 = prop::option::weighted(0.2, prop::sample::select(vec!["", "8", OUTSIDE]));
    (variables, v0, text()).prop_map(|(variables, v0, value)| WrittenFile {
        variables,
        v0: v0.map(str::to_owned),
        value,
    })
}

/// Writes a text as deploy.yaml has it.
fn source(text: &[WrittenPiece]) -> String {
    let piece = |piece: &WrittenPiece| match piece {
        WrittenPiece::Literal(literal) => literal.clone(),
        WrittenPiece::Braces => "{b}".to_owned(),
        WrittenPiece::Escape => "$${e}".to_owned(),
        WrittenPiece::Dollar => "$.".to_owned(),
        WrittenPiece::Reference(name, otherwise) => {
            let name = match name {
                ReferenceName::Variable(at) => format!("vars.v{at}"),
                ReferenceName::Given => "vars.given".to_owned(),
                ReferenceName::Environment => "env.SET".to_owned(),
                ReferenceName::Empty => "env.EMPTY".to_owned(),
                ReferenceName::Unset => "env.UNSET".to_owned(),
                ReferenceName::Parameter => "ssm:/set".to_owned(),
                ReferenceName::MissingParameter => "ssm:/unset".to_owned(),
            };
            match otherwise {
                ReferenceOtherwise::Nothing => format!("${{{name}}}"),
                ReferenceOtherwise::Default(default) => format!("${{{name}:-{}}}", source(default)),
                ReferenceOtherwise::Message => format!("${{{name}:?needed}}"),
            }
        }
    };
    text.iter().map(piece).collect()
}

/// There is no value, and a problem is reported.
#[derive(Debug, PartialEq)]
struct Unresolvable;

/// Computes values by the definition of `${…}`.
struct ReferenceDefinition<'a> {
    file: &'a WrittenFile,
    /// The variables that are being computed.
    open: Vec<usize>,
}

impl ReferenceDefinition<'_> {
    fn text(&mut self, text: &[WrittenPiece]) -> Result<Value, Unresolvable> {
        if let [WrittenPiece::Reference(name, otherwise)] = text {
            return self.reference(*name, otherwise);
        }
        let mut joined = String::new();
        for piece in text {
            match piece {
                WrittenPiece::Literal(literal) => joined += literal,
                WrittenPiece::Braces => joined += "{b}",
                WrittenPiece::Escape => joined += "${e}",
                WrittenPiece::Dollar => joined += "$.",
                WrittenPiece::Reference(name, otherwise) => match self.reference(*name, otherwise)? {
                    Value::String(text) => joined += &text,
                    Value::Array(_) | Value::Object(_) => return Err(Unresolvable),
                    scalar => joined += &scalar.to_string(),
                },
            }
        }
        Ok(joined.into())
    }

    fn reference(
        &mut self,
        name: ReferenceName,
        otherwise: &ReferenceOtherwise,
    ) -> Result<Value, Unresolvable> {
        let found = match name {
            ReferenceName::Variable(at) => self.variable(at)?,
            ReferenceName::Given => json!("7"),
            ReferenceName::Environment | ReferenceName::Parameter => json!(OUTSIDE),
            ReferenceName::Empty => json!(""),
            ReferenceName::Unset | ReferenceName::MissingParameter => json!(null),
        };
        let is_empty = found == json!("");
        match otherwise {
            _ if !is_empty && !found.is_null() => Ok(found),
            ReferenceOtherwise::Default(default) => self.text(default),
            ReferenceOtherwise::Nothing if is_empty => Ok(found),
            ReferenceOtherwise::Nothing | ReferenceOtherwise::Message => Err(Unresolvable),
        }
    }

    fn variable(&mut self, at: usize) -> Result<Value, Unresolvable> {
        if let Some(given) = self.file.v0.as_ref().filter(|_| at == 0) {
            return Ok(given.as_str().into());
        }
        if self.open.contains(&at) {
            return Err(Unresolvable);
        }
        self.open.push(at);
        let value = match &self.file.variables[at] {
            WrittenVariable::Value(value) => Ok(value.clone()),
            WrittenVariable::Text(text) => self.text(text),
            WrittenVariable::List(items) => items.iter().map(|item| self.text(item)).collect(),
            WrittenVariable::Mapping(text) => self.text(text).map(|text| json!({"k": text})),
        };
        self.open.pop();
        value
    }
}

/// Interpolates the file's value; returns it and the reported problems.
fn interpolated(file: &WrittenFile) -> (Node, String) {
    let variables = file.variables.iter().enumerate().map(|(at, variable)| {
        let value = match variable {
            WrittenVariable::Value(value) => value.clone(),
            WrittenVariable::Text(text) => source(text).into(),
            WrittenVariable::List(items) => items.iter().map(|item| source(item)).collect(),
            WrittenVariable::Mapping(text) => json!({"k": source(text)}),
        };
        (format!("v{at}"), value)
    });
    let text = json!({"vars": variables.collect::<BTreeMap<_, _>>(), "x": source(&file.value)}).to_string();
    let environment = [("SET", OUTSIDE), ("EMPTY", "")];
    let replies = [
        ("/set", SourceReply::Text(OUTSIDE.to_owned())),
        ("/unset", SourceReply::Missing("it doesn't exist".to_owned())),
    ];
    let v0 = file.v0.iter().map(|value| ("v0".to_owned(), value.clone()));
    let lookups = Lookups {
        vars: v0.chain([("given".to_owned(), "7".to_owned())]).collect(),
        env: environment
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        sources: replies
            .map(|(name, reply)| (SourceQuery::Parameter(name.to_owned()), reply))
            .into(),
        ..Lookups::default()
    };
    let mut sources = Sources::default();
    let id = sources.add("deploy.yaml", &*text);
    let mut problems = Problems::default();
    let root = parse(&text, id, &mut problems).expect("good YAML");
    let node = Interpolator::new(&root, &lookups, &sources, &mut problems).file(&root);
    let said = crate::diagnostic::render(&problems, &sources, crate::diagnostic::RenderStyle::default());
    (node.get("x").expect("x").clone(), said)
}

proptest! {
    #![proptest_config(crate::schema::testing::cases(512))]

    #[test]
    fn references_resolve_by_their_definition(file in file()) {
        let mut definition = ReferenceDefinition { file: &file, open: Vec::new() };
        let expected = definition.text(&file.value);
        let is_broken = (0..VARIABLES).any(|at| definition.variable(at).is_err());
        let (node, said) = interpolated(&file);
        prop_assert_eq!(said.contains("error"), is_broken || expected.is_err(), "{}", said);
        match expected {
            Ok(expected) => prop_assert_eq!(node.to_value(&|_| String::new()), expected, "{}", said),
            Err(Unresolvable) => prop_assert!(node.is_null(), "{:?}", node),
        }
    }
}
