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
enum Written {
    Literal(String),
    /// Text in braces, which a default may hold.
    Braces,
    /// `$${e}`, which stands for `${e}`.
    Escape,
    /// A `$` that begins nothing.
    Dollar,
    Reference(Name, Otherwise),
}

/// What a reference names.
#[derive(Clone, Copy, Debug)]
enum Name {
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
enum Otherwise {
    Nothing,
    Default(Vec<Written>),
    Message,
}

/// A variable's value.
#[derive(Clone, Debug)]
enum Variable {
    Value(Value),
    Text(Vec<Written>),
    List(Vec<Vec<Written>>),
    Mapping(Vec<Written>),
}

/// A file, and the variable `v0` of the command line.
#[derive(Clone, Debug)]
struct File {
    variables: Vec<Variable>,
    v0: Option<String>,
    value: Vec<Written>,
}

fn name() -> impl Strategy<Value = Name> {
    prop_oneof![
        4 => (0..VARIABLES).prop_map(Name::Variable),
        1 => Just(Name::Given),
        1 => Just(Name::Environment),
        2 => Just(Name::Empty),
        2 => Just(Name::Unset),
        1 => Just(Name::Parameter),
        1 => Just(Name::MissingParameter),
    ]
}

fn text() -> impl Strategy<Value = Vec<Written>> {
    let piece = prop_oneof![
        2 => "[a-z0-9ü :?./#\\n-]{1,4}".prop_map(Written::Literal),
        1 => Just(Written::Braces),
        1 => Just(Written::Escape),
        1 => Just(Written::Dollar),
        4 => (name(), any::<bool>()).prop_map(|(name, is_required)| {
            let otherwise = if is_required { Otherwise::Message } else { Otherwise::Nothing };
            Written::Reference(name, otherwise)
        }),
    ];
    let piece = piece.prop_recursive(3, 12, 3, |inner| {
        (name(), prop::collection::vec(inner, 0..3))
            .prop_map(|(name, default)| Written::Reference(name, Otherwise::Default(default)))
    });
    prop::collection::vec(piece, 0..4)
}

fn variable() -> impl Strategy<Value = Variable> {
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
        3 => value.prop_map(Variable::Value),
        4 => text().prop_map(Variable::Text),
        1 => prop::collection::vec(text(), 0..3).prop_map(Variable::List),
        1 => text().prop_map(Variable::Mapping),
    ]
}

fn file() -> impl Strategy<Value = File> {
    let variables = prop::collection::vec(variable(), VARIABLES);
    let v0 = prop::option::weighted(0.2, prop::sample::select(vec!["", "8", OUTSIDE]));
    (variables, v0, text()).prop_map(|(variables, v0, value)| File {
        variables,
        v0: v0.map(str::to_owned),
        value,
    })
}

/// Writes a text as deploy.yaml has it.
fn source(text: &[Written]) -> String {
    let piece = |piece: &Written| match piece {
        Written::Literal(literal) => literal.clone(),
        Written::Braces => "{b}".to_owned(),
        Written::Escape => "$${e}".to_owned(),
        Written::Dollar => "$.".to_owned(),
        Written::Reference(name, otherwise) => {
            let name = match name {
                Name::Variable(at) => format!("vars.v{at}"),
                Name::Given => "vars.given".to_owned(),
                Name::Environment => "env.SET".to_owned(),
                Name::Empty => "env.EMPTY".to_owned(),
                Name::Unset => "env.UNSET".to_owned(),
                Name::Parameter => "ssm:/set".to_owned(),
                Name::MissingParameter => "ssm:/unset".to_owned(),
            };
            match otherwise {
                Otherwise::Nothing => format!("${{{name}}}"),
                Otherwise::Default(default) => format!("${{{name}:-{}}}", source(default)),
                Otherwise::Message => format!("${{{name}:?needed}}"),
            }
        }
    };
    text.iter().map(piece).collect()
}

/// There is no value, and a problem is reported.
#[derive(Debug, PartialEq)]
struct Broken;

/// Computes values by the definition of `${…}`.
struct Definition<'a> {
    file: &'a File,
    /// The variables that are being computed.
    open: Vec<usize>,
}

impl Definition<'_> {
    fn text(&mut self, text: &[Written]) -> Result<Value, Broken> {
        if let [Written::Reference(name, otherwise)] = text {
            return self.reference(*name, otherwise);
        }
        let mut joined = String::new();
        for piece in text {
            match piece {
                Written::Literal(literal) => joined += literal,
                Written::Braces => joined += "{b}",
                Written::Escape => joined += "${e}",
                Written::Dollar => joined += "$.",
                Written::Reference(name, otherwise) => match self.reference(*name, otherwise)? {
                    Value::String(text) => joined += &text,
                    Value::Array(_) | Value::Object(_) => return Err(Broken),
                    scalar => joined += &scalar.to_string(),
                },
            }
        }
        Ok(joined.into())
    }

    fn reference(&mut self, name: Name, otherwise: &Otherwise) -> Result<Value, Broken> {
        let found = match name {
            Name::Variable(at) => self.variable(at)?,
            Name::Given => json!("7"),
            Name::Environment | Name::Parameter => json!(OUTSIDE),
            Name::Empty => json!(""),
            Name::Unset | Name::MissingParameter => json!(null),
        };
        let is_empty = found == json!("");
        match otherwise {
            _ if !is_empty && !found.is_null() => Ok(found),
            Otherwise::Default(default) => self.text(default),
            Otherwise::Nothing if is_empty => Ok(found),
            Otherwise::Nothing | Otherwise::Message => Err(Broken),
        }
    }

    fn variable(&mut self, at: usize) -> Result<Value, Broken> {
        if let Some(given) = self.file.v0.as_ref().filter(|_| at == 0) {
            return Ok(given.as_str().into());
        }
        if self.open.contains(&at) {
            return Err(Broken);
        }
        self.open.push(at);
        let value = match &self.file.variables[at] {
            Variable::Value(value) => Ok(value.clone()),
            Variable::Text(text) => self.text(text),
            Variable::List(items) => items.iter().map(|item| self.text(item)).collect(),
            Variable::Mapping(text) => self.text(text).map(|text| json!({"k": text})),
        };
        self.open.pop();
        value
    }
}

/// Interpolates the file's value; returns it and the reported problems.
fn interpolated(file: &File) -> (Node, String) {
    let variables = file.variables.iter().enumerate().map(|(at, variable)| {
        let value = match variable {
            Variable::Value(value) => value.clone(),
            Variable::Text(text) => source(text).into(),
            Variable::List(items) => items.iter().map(|item| source(item)).collect(),
            Variable::Mapping(text) => json!({"k": source(text)}),
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
        let mut definition = Definition { file: &file, open: Vec::new() };
        let expected = definition.text(&file.value);
        let is_broken = (0..VARIABLES).any(|at| definition.variable(at).is_err());
        let (node, said) = interpolated(&file);
        prop_assert_eq!(said.contains("error"), is_broken || expected.is_err(), "{}", said);
        match expected {
            Ok(expected) => prop_assert_eq!(node.to_value(&|_| String::new()), expected, "{}", said),
            Err(Broken) => prop_assert!(node.is_null(), "{:?}", node),
        }
    }
}
