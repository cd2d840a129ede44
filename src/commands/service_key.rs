//! Which service of the file a name on the command line means.

use crate::diagnostic::Failure;
use crate::exit::Exit;
use crate::model::ServiceNames;

/// Returns the key of the service with this key or this name on ECS. Fails if these are two services: the command
/// could act on the wrong one.
pub fn key_of(known: &ServiceNames, name: &str) -> Result<String, Failure> {
    match (key_of_ecs_name(known, name), known.services.get(name)) {
        (Some(key), Some(other)) if key != name => Err(ambiguous(known, name, key, other)),
        (Some(key), _) => Ok(key.to_owned()),
        (None, _) => Ok(name.to_owned()),
    }
}

fn key_of_ecs_name<'a>(known: &'a ServiceNames, name: &str) -> Option<&'a str> {
    let mut services = known.services.iter();
    let (key, _) = services.find(|(_, named)| *named == name)?;
    Some(key)
}

/// The failure for a name that is the key of one service, which is `other` on ECS, and the name on ECS of the service
/// with this `key`.
fn ambiguous(known: &ServiceNames, name: &str, key: &str, other: &str) -> Failure {
    let message = format!(
        "`{name}` is two services of the file: `{key}` has the name {name} on ECS, `{name}` has the name {other}"
    );
    let is_clear = |text: &str| {
        let key = key_of_ecs_name(known, text);
        key.is_none_or(|key| key == text || !known.services.contains_key(text))
    };
    let hint = match is_clear(key) && is_clear(other) {
        true => format!("name `{key}` or `{other}` instead"),
        false => "rename one of them in the file".to_owned(),
    };
    Failure::new(Exit::Usage, "ambiguous-name", message)
        .resource(name)
        .hint(hint)
}
