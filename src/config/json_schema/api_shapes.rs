//! AWS's shapes as definitions of the JSON Schema, each with a link to its page in the API reference.

use serde_json::json;

use super::container_forms::with_own_forms;
use super::value_forms::{self, ValuePlace};
use crate::model::{Object, Value};
use crate::schema::{EXTRA_VALUES, Shape, ShapeType, model, reference};

/// Whether a mapping has to be complete.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Completeness {
    /// Required members have to be there.
    Complete,
    /// It is merged over another one, which may have them: an environment, or changes to a base.
    Overlay,
}

impl Completeness {
    /// Returns the name of a definition.
    pub fn named(self, name: &str) -> String {
        match self {
            Self::Complete => name.to_owned(),
            Self::Overlay => format!("{name}.overlay"),
        }
    }

    /// Returns the members that are required.
    pub fn required<'a>(self, members: &[&'a str]) -> Vec<&'a str> {
        match self {
            Self::Complete => members.to_vec(),
            Self::Overlay => Vec::new(),
        }
    }
}

/// The definitions, `$defs`, as far as they are needed.
#[derive(Default)]
pub(super) struct Definitions {
    by_name: Object,
}

impl Definitions {
    /// Returns a reference to a definition, which is made at its first use.
    pub fn refer(
        &mut self,
        name: &str,
        completeness: Completeness,
        make: impl FnOnce(&mut Self) -> Object,
    ) -> Object {
        let name = completeness.named(name);
        if !self.by_name.contains_key(&name) {
            // A shape may contain itself.
            self.by_name.insert(name.clone(), Value::Null);
            let made = make(self);
            self.by_name.insert(name.clone(), made.into());
        }
        Object::from_iter([("$ref".to_owned(), format!("#/$defs/{name}").into())])
    }

    /// Returns all definitions, in the order of their names.
    pub fn into_object(self) -> Object {
        let mut all: Vec<(String, Value)> = self.by_name.into_iter().collect();
        all.sort_by(|(one, _), (other, _)| one.cmp(other));
        all.into_iter().collect()
    }

    /// Returns the schema of a value of a shape.
    pub fn shape(&mut self, name: &'static str, completeness: Completeness, place: ValuePlace) -> Object {
        let Some(shape) = model().shape(name).filter(|shape| !shape.document) else {
            return Object::new();
        };
        match shape.kind {
            ShapeType::Structure => {
                // Without required members, one definition does for both.
                let completeness = match has_required(name, &mut Vec::new()) {
                    true => completeness,
                    false => Completeness::Complete,
                };
                let schema = self.refer(name, completeness, |this| this.structure(name, completeness));
                match place {
                    ValuePlace::Member => schema,
                    ValuePlace::Present => value_forms::not_null(schema),
                }
            }
            ShapeType::List => {
                let items = shape
                    .member
                    .map(|it| self.shape(it, completeness, ValuePlace::Present));
                let mut schema = value_forms::list(items.unwrap_or_default(), place);
                limit(&mut schema, shape, ("minItems", "maxItems"));
                schema
            }
            ShapeType::Map => {
                let values = shape
                    .value
                    .map(|it| self.shape(it, completeness, ValuePlace::Member));
                value_forms::map(values.unwrap_or_default(), place)
            }
            ShapeType::String => string(name, shape, place),
            ShapeType::Integer | ShapeType::Long => {
                let mut schema = value_forms::of_type("integer", place);
                if shape.kind == ShapeType::Integer {
                    schema.insert("minimum".to_owned(), i32::MIN.into());
                    schema.insert("maximum".to_owned(), i32::MAX.into());
                }
                limit(&mut schema, shape, ("minimum", "maximum"));
                schema
            }
            ShapeType::Double | ShapeType::Float => {
                let mut schema = value_forms::of_type("number", place);
                limit(&mut schema, shape, ("minimum", "maximum"));
                schema
            }
            ShapeType::Boolean => value_forms::of_type("boolean", place),
            ShapeType::Timestamp => timestamp(place),
            ShapeType::Other => Object::new(),
        }
    }

    /// Returns the schema of a structure as AWS has it.
    fn structure(&mut self, name: &'static str, completeness: Completeness) -> Object {
        let properties = self.members(name, completeness, &[], &[]);
        let required = model()
            .shape(name)
            .map(|it| it.required.clone())
            .unwrap_or_default();
        let schema = value_forms::mapping(properties, &completeness.required(&required), ValuePlace::Member);
        match name {
            "ContainerDefinition" => with_own_forms(schema),
            _ => schema,
        }
    }

    /// Returns the members that AWS requires of a structure, except these.
    pub fn required_of(&self, name: &str, without: &[&str]) -> Vec<&'static str> {
        let required = model().shape(name).map(|it| it.required.clone());
        let mut required = required.unwrap_or_default();
        required.retain(|member| !without.contains(member));
        required
    }

    /// Returns the members of a structure, each with a link to its page, without those that deploy.yaml hasn't. Of those
    /// that AWS requires, ecsctl fills in the `supplied` ones.
    pub fn members(
        &mut self,
        name: &'static str,
        completeness: Completeness,
        without: &[&str],
        supplied: &[&str],
    ) -> Object {
        let Some(shape) = model().shape(name) else {
            return Object::new();
        };
        let members = shape.members().filter(|(member, _)| !without.contains(member));
        let members: Vec<(&'static str, &'static str)> = members.collect();
        let mut properties = Object::new();
        for (member, inner) in members {
            let is_required = completeness == Completeness::Complete
                && shape.required.contains(&member)
                && !supplied.contains(&member);
            let place = match is_required {
                true => ValuePlace::Present,
                false => ValuePlace::Member,
            };
            let mut schema = self.shape(inner, completeness, place);
            schema.insert("description".to_owned(), described(name, member).into());
            properties.insert(member.to_owned(), schema.into());
        }
        properties
    }
}

/// Whether a shape, or one inside it, has required members. `seen` are the shapes around it.
fn has_required(name: &'static str, seen: &mut Vec<&'static str>) -> bool {
    let Some(shape) = model().shape(name).filter(|_| !seen.contains(&name)) else {
        return false;
    };
    seen.push(name);
    let inner = [shape.member, shape.value].into_iter().flatten();
    let mut inner = inner.chain(shape.members().map(|(_, shape)| shape));
    !shape.required.is_empty() || inner.any(|it| has_required(it, seen))
}

/// Returns the description of a member: its structure's page in the API reference.
fn described(structure: &str, member: &str) -> String {
    let page = reference(structure);
    let title = page
        .rsplit("API_")
        .next()
        .unwrap_or(structure)
        .trim_end_matches(".html");
    format!("AWS API reference, {title}, {member}: {page}")
}

fn string(name: &str, shape: &Shape, place: ValuePlace) -> Object {
    if !shape.values.is_empty() {
        let extra = EXTRA_VALUES
            .iter()
            .filter(|(of, _)| *of == name)
            .map(|(_, value)| *value);
        let values: Vec<&str> = shape.values.iter().copied().chain(extra).collect();
        let mut forms = vec![json!({"enum": values})];
        if place == ValuePlace::Member {
            // Treated as absent.
            forms.push(json!({"maxLength": 0}));
        }
        return value_forms::constrained_text(forms, place);
    }
    let mut form = Object::new();
    limit(&mut form, shape, ("minLength", "maxLength"));
    if let Some(pattern) = &shape.pattern {
        form.insert("pattern".to_owned(), format!("^(?:{pattern})$").into());
    }
    match form.is_empty() {
        true => value_forms::text(place),
        false => value_forms::constrained_text(vec![form.into()], place),
    }
}

/// Seconds since 1970, or a point in time as RFC 3339 has it.
fn timestamp(place: ValuePlace) -> Object {
    let time = r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}(:?\d{2}(:?\d{2}([.,]\d+)?)?)?([Zz]|[+-]\d{2}(:?\d{2})?)";
    let mut schema = value_forms::of_type("integer", place);
    schema.shift_remove("patternErrorMessage");
    if let Some(pattern) = schema.shift_remove("pattern") {
        schema.insert(
            "anyOf".to_owned(),
            json!([{"pattern": time}, {"pattern": pattern}]),
        );
    }
    schema
}

fn limit(schema: &mut Object, shape: &Shape, (least, most): (&str, &str)) {
    for (keyword, limit) in [(least, shape.min), (most, shape.max)] {
        let Some(limit) = limit else { continue };
        let limit = match limit.fract() == 0.0 && limit.abs() < 9e15 {
            true => json!(limit as i64),
            false => json!(limit),
        };
        schema.insert(keyword.to_owned(), limit);
    }
}
