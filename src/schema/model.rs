//! The embedded extract of AWS's service model, as types.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::Deserialize;

/// A shape's name, `ContainerDefinition` for example.
pub type ShapeName = &'static str;

/// The operations whose inputs ecsctl knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EcsOperation {
    /// A task definition.
    RegisterTaskDefinition,
    /// A new service.
    CreateService,
    /// A change of a service.
    UpdateService,
    /// A task of its own.
    RunTask,
}

impl EcsOperation {
    /// Each of them.
    pub const ALL: [EcsOperation; 4] = [
        EcsOperation::RegisterTaskDefinition,
        EcsOperation::CreateService,
        EcsOperation::UpdateService,
        EcsOperation::RunTask,
    ];

    /// The name in AWS's reference.
    pub fn name(self) -> &'static str {
        match self {
            EcsOperation::RegisterTaskDefinition => "RegisterTaskDefinition",
            EcsOperation::CreateService => "CreateService",
            EcsOperation::UpdateService => "UpdateService",
            EcsOperation::RunTask => "RunTask",
        }
    }

    /// The shape of its input.
    pub fn input(self) -> ShapeName {
        model()
            .operations
            .get(self.name())
            .map_or("", |operation| operation.input)
    }
}

/// All that the extract says.
#[derive(Debug, Default, Deserialize)]
pub struct Model {
    #[serde(borrow)]
    operations: HashMap<&'static str, OperationFacts>,
    #[serde(borrow)]
    shapes: HashMap<&'static str, Shape>,
}

#[derive(Debug, Deserialize)]
struct OperationFacts {
    input: &'static str,
}

impl Model {
    /// What is known of a shape.
    pub fn shape(&self, name: &str) -> Option<&Shape> {
        self.shapes.get(name)
    }
}

/// The types of Smithy that ECS uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShapeType {
    /// Text.
    String,
    /// A whole number of 32 bits.
    Integer,
    /// A whole number of 64 bits.
    Long,
    /// A number.
    Double,
    /// A number of lesser precision.
    Float,
    /// `true` or `false`.
    Boolean,
    /// Known members.
    Structure,
    /// Items of one shape.
    List,
    /// Any keys, values of one shape.
    Map,
    /// What this binary does not know yet: taken as it comes.
    #[serde(other)]
    Other,
}

/// One shape.
#[derive(Debug, Deserialize)]
pub struct Shape {
    /// Its type.
    #[serde(rename = "type")]
    pub kind: ShapeType,
    /// A structure's members and their shapes, in AWS's order.
    #[serde(borrow, default)]
    members: IndexMap<&'static str, ShapeName>,
    /// A structure's required members.
    #[serde(borrow, default)]
    pub required: Vec<&'static str>,
    /// The shape of a list's items.
    #[serde(borrow)]
    pub member: Option<&'static str>,
    /// The shape of a map's values.
    #[serde(borrow)]
    pub value: Option<&'static str>,
    /// The least number, length in characters, or count of items.
    pub min: Option<f64>,
    /// The greatest of the same.
    pub max: Option<f64>,
    /// What the whole of a string has to match.
    #[serde(borrow)]
    pub pattern: Option<Cow<'static, str>>,
    /// The values that a string may have. Empty when it may have any.
    #[serde(borrow, default, rename = "enum")]
    pub values: Vec<&'static str>,
    /// Whether it may not be shown.
    #[serde(default)]
    pub sensitive: bool,
    /// Whether it holds any JSON.
    #[serde(default)]
    pub document: bool,
}

impl Shape {
    /// A structure's members and their shapes, in AWS's order.
    pub fn members(&self) -> impl Iterator<Item = (&'static str, ShapeName)> {
        self.members.iter().map(|(name, shape)| (*name, *shape))
    }

    /// The shape of one member of a structure.
    pub fn member_shape(&self, name: &str) -> Option<ShapeName> {
        self.members.get(name).copied()
    }
}

fn read(text: &'static str) -> Result<Model, serde_json::Error> {
    serde_json::from_str(text)
}

/// The embedded model, parsed at the first call. That it parses is a test; were it not to, nothing would be known
/// and everything would be let through to AWS.
pub fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| read(include_str!("ecs.json")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_model_parses_and_knows_each_operation() {
        let model = read(include_str!("ecs.json")).unwrap();
        for operation in EcsOperation::ALL {
            let input = model.operations[operation.name()].input;
            assert!(model.shapes[input].members.len() > 10, "{input}");
        }
    }

    #[test]
    fn every_shape_reference_resolves() {
        for (name, shape) in &model().shapes {
            let inner = [shape.member, shape.value];
            let named = inner.into_iter().flatten().chain(shape.members().map(|(_, s)| s));
            for inner in named {
                assert!(model().shape(inner).is_some(), "{name} names {inner}");
            }
            for member in &shape.required {
                assert!(shape.member_shape(member).is_some(), "{name} lacks {member}");
            }
            assert_ne!(
                shape.kind,
                ShapeType::Other,
                "{name} has a type that nothing checks"
            );
        }
    }

    #[test]
    fn every_pattern_compiles() {
        for (name, shape) in &model().shapes {
            if let Some(pattern) = &shape.pattern {
                assert!(regex::Regex::new(pattern).is_ok(), "{name}: {pattern}");
            }
        }
    }
}
