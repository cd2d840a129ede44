//! The embedded extract of AWS's service model, as Rust types.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::Deserialize;

/// A shape's name, `ContainerDefinition` for example.
pub type ShapeName = &'static str;

/// The operations whose inputs are in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EcsOperation {
    /// Registers a task definition.
    RegisterTaskDefinition,
    /// Creates a service.
    CreateService,
    /// Updates a service.
    UpdateService,
    /// Runs a standalone task.
    RunTask,
}

impl EcsOperation {
    /// All operations.
    pub const ALL: [EcsOperation; 4] = [
        EcsOperation::RegisterTaskDefinition,
        EcsOperation::CreateService,
        EcsOperation::UpdateService,
        EcsOperation::RunTask,
    ];

    /// Returns the name in AWS's API reference.
    pub fn name(self) -> &'static str {
        match self {
            EcsOperation::RegisterTaskDefinition => "RegisterTaskDefinition",
            EcsOperation::CreateService => "CreateService",
            EcsOperation::UpdateService => "UpdateService",
            EcsOperation::RunTask => "RunTask",
        }
    }

    /// Returns the shape of the operation's input.
    pub fn input(self) -> ShapeName {
        model()
            .ecs
            .operations
            .get(self.name())
            .map_or("", |operation| operation.input)
    }
}

/// The parsed extracts.
#[derive(Debug, Default)]
pub struct Model {
    ecs: ModelExtract,
    autoscaling: ModelExtract,
    scheduler: ModelExtract,
    cloudwatch: ModelExtract,
}

/// The extract of one service's model.
#[derive(Debug, Default, Deserialize)]
struct ModelExtract {
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
    /// Returns a shape by name.
    pub fn shape(&self, name: &str) -> Option<&Shape> {
        let ecs = self.ecs.shapes.get(name);
        ecs.or_else(|| self.autoscaling.shapes.get(name))
            .or_else(|| self.scheduler.shapes.get(name))
            .or_else(|| self.cloudwatch.shapes.get(name))
    }

    /// Whether a shape is Application Auto Scaling's.
    pub fn is_of_autoscaling(&self, name: &str) -> bool {
        self.autoscaling.shapes.contains_key(name)
    }

    /// Whether a shape is EventBridge Scheduler's.
    pub fn is_of_scheduler(&self, name: &str) -> bool {
        self.scheduler.shapes.contains_key(name)
    }

    /// Whether a shape is CloudWatch's.
    pub fn is_of_cloudwatch(&self, name: &str) -> bool {
        self.cloudwatch.shapes.contains_key(name)
    }
}

/// The Smithy types that the services use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShapeType {
    /// Text.
    String,
    /// A 32-bit integer.
    Integer,
    /// A 64-bit integer.
    Long,
    /// A double-precision number.
    Double,
    /// A single-precision number.
    Float,
    /// `true` or `false`.
    Boolean,
    /// A point in time.
    Timestamp,
    /// A structure with known members.
    Structure,
    /// A list of items of one shape.
    List,
    /// A map with arbitrary keys, and values of one shape.
    Map,
    /// A type that this binary does not know: any value is accepted.
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
    /// The minimum value, length in characters, or number of items.
    pub min: Option<f64>,
    /// The maximum value, length in characters, or number of items.
    pub max: Option<f64>,
    /// The pattern that the whole string has to match.
    #[serde(borrow)]
    pub pattern: Option<Cow<'static, str>>,
    /// The allowed values of a string; empty if any is allowed.
    #[serde(borrow, default, rename = "enum")]
    pub values: Vec<&'static str>,
    /// Whether the value must not be shown.
    #[serde(default)]
    pub sensitive: bool,
    /// Whether the value may be any JSON.
    #[serde(default)]
    pub document: bool,
}

impl Shape {
    /// Returns a structure's members and their shapes, in AWS's order.
    pub fn members(&self) -> impl Iterator<Item = (&'static str, ShapeName)> {
        self.members.iter().map(|(name, shape)| (*name, *shape))
    }

    /// Returns the shape of one member of a structure.
    pub fn member_shape(&self, name: &str) -> Option<ShapeName> {
        self.members.get(name).copied()
    }
}

fn read() -> Result<Model, serde_json::Error> {
    Ok(Model {
        ecs: serde_json::from_str(include_str!("ecs.json"))?,
        autoscaling: serde_json::from_str(include_str!("autoscaling.json"))?,
        scheduler: serde_json::from_str(include_str!("scheduler.json"))?,
        cloudwatch: serde_json::from_str(include_str!("cloudwatch.json"))?,
    })
}

/// Returns the embedded model, parsed at the first call. A test ensures that it parses; if it didn't, no
/// shape would be known and every value would be passed to AWS unchecked.
pub fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| read().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_model_parses_and_knows_each_operation() {
        let model = read().unwrap();
        for operation in EcsOperation::ALL {
            let input = model.ecs.operations[operation.name()].input;
            assert!(model.ecs.shapes[input].members.len() > 10, "{input}");
        }
    }

    fn shapes() -> impl Iterator<Item = (&'static str, &'static Shape)> {
        let others = [&model().autoscaling, &model().scheduler, &model().cloudwatch];
        let others = others.into_iter().flat_map(|it| &it.shapes);
        let all = model().ecs.shapes.iter().chain(others);
        all.map(|(name, shape)| (*name, shape))
    }

    #[test]
    fn no_shape_name_has_two_meanings() {
        let mut seen = std::collections::HashSet::new();
        for (name, _) in shapes() {
            assert!(seen.insert(name), "{name}");
        }
    }

    #[test]
    fn every_shape_reference_resolves() {
        for (name, shape) in shapes() {
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
        for (name, shape) in shapes() {
            if let Some(pattern) = &shape.pattern {
                assert!(regex::Regex::new(pattern).is_ok(), "{name}: {pattern}");
            }
        }
    }
}
