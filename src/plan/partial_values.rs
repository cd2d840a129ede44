//! Values of which the file names only some members.

use crate::model::{Object, Value};

/// Whether a value has all leaves that another one names. AWS returns numbers as floating-point numbers.
pub(super) fn has(there: &Value, named: &Value) -> bool {
    match (there, named) {
        (Value::Object(there), Value::Object(named)) => named
            .iter()
            .all(|(key, named)| there.get(key).is_some_and(|there| has(there, named))),
        (Value::Array(there), Value::Array(named)) => {
            there.len() == named.len() && there.iter().zip(named).all(|(there, named)| has(there, named))
        }
        (Value::Number(there), Value::Number(named)) => there.as_f64() == named.as_f64(),
        (there, named) => there == named,
    }
}

/// Returns `above` with what only `below` has.
pub(super) fn over(below: &Value, above: &Value) -> Value {
    let (Value::Object(below), Value::Object(above)) = (below, above) else {
        return above.clone();
    };
    let mut merged: Object = above.clone();
    for (key, below) in below {
        let value = merged
            .get(key)
            .map_or_else(|| below.clone(), |above| over(below, above));
        merged.insert(key.clone(), value);
    }
    Value::Object(merged)
}
