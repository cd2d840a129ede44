//! The differences between a schedule and what the file wants of it, under the file's own keys.

use jiff::Timestamp;

use crate::model::{Change, ChangePath, DisplayValue, Object, PathStep, Value, short_definition};

/// The differences found so far.
#[derive(Default)]
pub(super) struct ScheduleChanges {
    found: Vec<Change>,
}

impl ScheduleChanges {
    /// Returns the differences.
    pub fn found(self) -> Vec<Change> {
        self.found
    }

    /// Compares a member that the file names. A time window is replaced whole; of a retry policy, the named members count.
    pub fn member(&mut self, key: &str, before: Option<&Value>, after: &Value) {
        match (key, after) {
            ("retryPolicy", Value::Object(members)) => {
                for (member, after) in members {
                    let before = before.and_then(|it| it.get(member));
                    self.leaf(vec![key.to_owned(), member.clone()], before, after);
                }
            }
            _ => self.leaf(vec![key.to_owned()], before, after),
        }
    }

    fn leaf(&mut self, path: Vec<String>, before: Option<&Value>, after: &Value) {
        if before.is_some_and(|before| is_same(before, after)) {
            return;
        }
        let is_date = path.last().is_some_and(|key| key.ends_with("Date"));
        let shown = |value: &Value| match is_date {
            true => DisplayValue::Value(date(value)),
            false => DisplayValue::Value(value.clone()),
        };
        let before = before.filter(|it| !it.is_null());
        let before = before.map_or(DisplayValue::Absent, shown);
        self.add(path, before, shown(after));
    }

    /// Compares the members of RunTask.
    pub fn settings(&mut self, before: &Object, after: &Object) {
        let keys = after
            .keys()
            .chain(before.keys().filter(|key| !after.contains_key(*key)));
        for key in keys {
            self.tree(vec![key.clone()], before.get(key), after.get(key));
        }
    }

    fn tree(&mut self, path: Vec<String>, before: Option<&Value>, after: Option<&Value>) {
        match (before, after) {
            (Some(before), Some(after)) if is_same(before, after) => {}
            (Some(Value::Object(before)), Some(Value::Object(after))) => {
                let keys = after
                    .keys()
                    .chain(before.keys().filter(|key| !after.contains_key(*key)));
                for key in keys {
                    let path = path.iter().chain([key]).cloned().collect();
                    self.tree(path, before.get(key), after.get(key));
                }
            }
            (before, after) => {
                let shown = |it: Option<&Value>| {
                    it.map_or(DisplayValue::Absent, |it| DisplayValue::Value(it.clone()))
                };
                self.add(path, shown(before), shown(after));
            }
        }
    }

    /// Compares the overrides of the task, as JSON. Commands are shown; the rest may hold secrets.
    pub fn overrides(&mut self, before: Option<&Value>, after: Option<&Value>) {
        let read = |text: Option<&Value>| -> Value {
            let text = text.and_then(Value::as_str).unwrap_or("{}");
            // What somebody else wrote may be no JSON at all.
            serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
        };
        let (before, after) = (read(before), read(after));
        if before == after {
            return;
        }
        let commands = |it: &Value| -> Object {
            let containers = it.get("containerOverrides").and_then(Value::as_array);
            let containers = containers.into_iter().flatten();
            let named = containers.filter_map(|it| {
                let name = it.get("name")?.as_str()?.to_owned();
                Some((name, it.get("command")?.clone()))
            });
            named.collect()
        };
        let count = self.found.len();
        let (was, is) = (commands(&before), commands(&after));
        let names = is.keys().chain(was.keys().filter(|key| !is.contains_key(*key)));
        for name in names {
            self.tree(
                vec!["command".to_owned(), name.clone()],
                was.get(name),
                is.get(name),
            );
        }
        let is_rest_same = without_commands(before) == without_commands(after);
        if count == self.found.len() || !is_rest_same {
            self.add(
                vec!["overrides".to_owned()],
                DisplayValue::Hidden,
                DisplayValue::Hidden,
            );
        }
    }

    /// Compares a text that is always set.
    pub fn text(&mut self, key: &str, before: Option<&Value>, after: &str) {
        self.leaf(vec![key.to_owned()], before, &after.into());
    }

    /// Compares the revisions; `after` is None if it isn't registered yet.
    pub fn definition(&mut self, before: Option<&Value>, after: Option<&str>) {
        let before = before.and_then(Value::as_str);
        if before.is_some() && before == after {
            return;
        }
        let shown = |arn: &str| DisplayValue::Value(short_definition(arn).into());
        let after = after.map_or_else(|| DisplayValue::Pending("new revision".to_owned()), shown);
        let before = before.map_or(DisplayValue::Absent, shown);
        self.add(vec!["taskDefinition".to_owned()], before, after);
    }

    fn add(&mut self, path: Vec<String>, before: DisplayValue, after: DisplayValue) {
        let steps: Vec<PathStep> = path.into_iter().map(PathStep::Member).collect();
        self.found.push(Change {
            path: ChangePath::from(steps),
            before,
            after,
            note: None,
        });
    }
}

fn without_commands(mut overrides: Value) -> Value {
    let containers = overrides
        .get_mut("containerOverrides")
        .and_then(Value::as_array_mut);
    for container in containers.into_iter().flatten() {
        if let Some(members) = container.as_object_mut() {
            members.shift_remove("command");
        }
    }
    overrides
}

/// Whether two values are the same. AWS returns times as floating-point numbers.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Object(one), Value::Object(other)) => {
            let is_set = |members: &Object| members.values().filter(|it| !it.is_null()).count();
            is_set(one) == is_set(other)
                && one
                    .iter()
                    .filter(|(_, value)| !value.is_null())
                    .all(|(key, value)| other.get(key).is_some_and(|it| is_same(value, it)))
        }
        (one, other) => one == other,
    }
}

/// Returns a time as people write it.
fn date(value: &Value) -> Value {
    let seconds = value.as_f64().map(|it| it as i64);
    let at = seconds.and_then(|it| Timestamp::from_second(it).ok());
    at.map_or_else(|| value.clone(), |at| at.to_string().into())
}
