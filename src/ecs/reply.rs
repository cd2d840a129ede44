//! Reads members of a response. A member of an unexpected type counts as absent.

use jiff::Timestamp;

use crate::model::Value;

/// Reads a non-empty text.
pub fn text(value: &Value, member: &str) -> Option<String> {
    value
        .get(member)?
        .as_str()
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// Reads a count: a non-negative integer.
pub fn count(value: &Value, member: &str) -> Option<u64> {
    value.get(member)?.as_u64()
}

/// Reads a floating-point number.
pub fn float(value: &Value, member: &str) -> Option<f64> {
    value.get(member)?.as_f64()
}

/// Reads a boolean; false if absent.
pub fn flag(value: &Value, member: &str) -> bool {
    value.get(member).and_then(Value::as_bool).unwrap_or(false)
}

/// Reads a list; empty if absent.
pub fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value
        .get(member)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Reads a time. ECS's JSON has fractional seconds since 1970; RFC 3339 text is accepted too.
pub fn time(value: &Value, member: &str) -> Option<Timestamp> {
    let time = value.get(member)?;
    if let Some(text) = time.as_str() {
        return text.parse().ok();
    }
    let seconds = time.as_f64()?;
    // ECS sends at most milliseconds; an f64 represents them exactly for the next thousand years.
    let millis = (seconds * 1000.0).round();
    if millis.abs() > 4e15 {
        return None;
    }
    Timestamp::from_millisecond(millis as i64).ok()
}

/// Declares an enum of AWS's text values, with a variant for unknown ones.
macro_rules! text_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
            /// A value that this version doesn't know.
            Other(String),
        }

        impl $name {
            /// Parses AWS's text.
            pub fn read(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        /// Formats as AWS's text.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                })
            }
        }
    };
}
pub(super) use text_enum;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_are_seconds_with_a_fraction() {
        let reply = json!({"createdAt": 1_700_000_000.123, "text": "2023-11-14T22:13:20.123Z", "odd": {}, "far": 1e300});
        assert_eq!(
            time(&reply, "createdAt"),
            Timestamp::from_millisecond(1_700_000_000_123).ok()
        );
        assert_eq!(time(&reply, "createdAt"), time(&reply, "text"));
        assert_eq!(time(&reply, "odd"), None);
        assert_eq!(time(&reply, "far"), None);
    }

    #[test]
    fn a_member_of_another_type_is_absent() {
        let reply = json!({"runningCount": "2", "desiredCount": -1, "name": 3, "list": {}});
        assert_eq!(count(&reply, "runningCount"), None);
        assert_eq!(count(&reply, "desiredCount"), None);
        assert_eq!(text(&reply, "name"), None);
        assert!(list(&reply, "list").is_empty());
        assert!(!flag(&reply, "list"));
    }
}
