//! Selects the services or images to work on.

use indexmap::IndexMap;

use crate::cli::ScaleTarget;
use crate::commands::service_key::key_of;
use crate::diagnostic::Failure;
use crate::exit::Exit;
use crate::model::{ServiceNames, there_are};
use crate::schema::similar_name;

/// A service in messages, and several.
const SERVICE: (&str, &str) = ("service", "services");

/// Returns the keys of the named services, or of all if none is named. In the order of deploy.yaml, without
/// duplicates. Also accepts a service's name on ECS, since errors and events show that name.
pub fn services(known: &ServiceNames, names: &[String]) -> Result<Vec<String>, Failure> {
    let keys: Result<Vec<String>, Failure> = names.iter().map(|name| key_of(known, name)).collect();
    choose(SERVICE, &known.services, &keys?)
}

/// Returns the key of the one selected service.
pub fn service(known: &ServiceNames, name: &str) -> Result<String, Failure> {
    let key = key_of(known, name)?;
    choose(SERVICE, &known.services, std::slice::from_ref(&key))?;
    Ok(key)
}

/// Returns the counts by service key, in the order of the file, and checks that each service is named once.
pub fn counts(known: &ServiceNames, counts: &[ScaleTarget]) -> Result<IndexMap<String, u32>, Failure> {
    let mut by_key = IndexMap::new();
    for count in counts {
        let key = service(known, &count.service)?;
        if by_key.insert(key.clone(), count.tasks).is_some() {
            return Err(named_twice(key));
        }
    }
    by_key.sort_by_cached_key(|key, _| known.services.get_index_of(key));
    Ok(by_key)
}

/// Returns pairs of a service's key and its name on ECS, in the order of the keys.
pub fn names(known: &ServiceNames, keys: &[String]) -> Vec<(String, String)> {
    keys.iter()
        .filter_map(|key| Some((key.clone(), known.services.get(key)?.clone())))
        .collect()
}

/// Returns the keys of the named images, or of all if none is named.
pub fn images(known: &[String], names: &[String]) -> Result<Vec<String>, Failure> {
    let known = known.iter().map(|name| (name.clone(), ())).collect();
    choose(("image", "images"), &known, names)
}

fn choose<T>(
    kind: (&str, &str),
    known: &IndexMap<String, T>,
    names: &[String],
) -> Result<Vec<String>, Failure> {
    if let Some(name) = names.iter().find(|name| !known.contains_key(*name)) {
        let known: Vec<&str> = known.keys().map(String::as_str).collect();
        return Err(unknown_name(kind, name, &known));
    }
    let is_meant = |key: &&String| names.is_empty() || names.contains(*key);
    Ok(known.keys().filter(is_meant).cloned().collect())
}

/// The failure if a service is given two counts.
fn named_twice(service: String) -> Failure {
    let message = format!("service {service} is given twice");
    Failure::new(Exit::Usage, "named-twice", message).resource(service)
}

/// The failure for a name that is not in the file. `kind` is the noun and its plural.
pub fn unknown_name((kind, kinds): (&str, &str), name: &str, known: &[&str]) -> Failure {
    let hint = match (similar_name(name, known.iter().copied()), known) {
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, []) => format!("the file has no {kinds}"),
        (None, known) => there_are(known),
    };
    let message = format!("no {kind} `{name}` in the file");
    Failure::new(Exit::Usage, "unknown-name", message)
        .resource(name)
        .hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> IndexMap<String, ()> {
        ["web", "api", "worker"].map(|name| (name.to_owned(), ())).into()
    }

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn selection_defaults_to_all_in_file_order() {
        assert_eq!(choose(SERVICE, &known(), &[]).unwrap(), ["web", "api", "worker"]);
        assert_eq!(
            choose(SERVICE, &known(), &names(&["worker", "web", "web"])).unwrap(),
            ["web", "worker"]
        );
    }

    #[test]
    fn unknown_names_get_a_suggestion() {
        let hint = |name: &str| {
            choose(SERVICE, &known(), &names(&[name]))
                .unwrap_err()
                .hint
                .clone()
                .unwrap()
        };
        assert_eq!(hint("wbe"), "did you mean `web`?");
        assert_eq!(hint("frontend"), "there are web, api, worker");
        let error = choose(
            ("image", "images"),
            &IndexMap::<String, ()>::new(),
            &names(&["web"]),
        )
        .unwrap_err();
        assert_eq!(error.hint.clone().unwrap(), "the file has no images");
        assert_eq!(error.to_string(), "no image `web` in the file");
    }
}
