//! Property test: a file with an environment means what the two mean when they are merged by hand.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;

type Members = Map<String, Value>;

/// Generates a mapping with some of these members.
fn some(members: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Value> {
    let members: Vec<_> = members
        .into_iter()
        .map(|(key, value)| (Just(key), prop::option::weighted(0.5, value)))
        .collect();
    let present = |(key, value): (&str, Option<Value>)| Some((key.to_owned(), value?));
    members
        .prop_map(move |members| {
            members
                .into_iter()
                .filter_map(present)
                .collect::<Members>()
                .into()
        })
        .boxed()
}

/// Adds a member to a mapping.
fn with(
    mapping: BoxedStrategy<Value>,
    key: &'static str,
    value: BoxedStrategy<Value>,
) -> BoxedStrategy<Value> {
    let added = move |(mut mapping, value): (Value, Value)| {
        mapping[key] = value;
        mapping
    };
    (mapping, value).prop_map(added).boxed()
}

/// Generates a value, or a null now and then.
fn or_null(value: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    prop_oneof![11 => value, 1 => Just(Value::Null)].boxed()
}

fn one_of(values: &[Value]) -> BoxedStrategy<Value> {
    prop::sample::select(values.to_vec()).boxed()
}

fn text() -> BoxedStrategy<Value> {
    one_of(&[
        json!("a"),
        json!("b"),
        json!("${vars.a}"),
        json!("${env.NONE:-c}"),
    ])
}

/// Generates a list of named items, as a list or as a mapping by name. `member` is that of an item besides its name.
fn named(
    names: &'static [&'static str],
    item: &BoxedStrategy<Value>,
    member: Option<&'static str>,
) -> BoxedStrategy<Value> {
    let items = names.iter().map(|name| (*name, or_null(item.clone()))).collect();
    (some(items), any::<bool>())
        .prop_map(move |(items, is_list)| if is_list { to_list(&items, member) } else { items })
        .boxed()
}

fn to_list(items: &Value, member: Option<&str>) -> Value {
    let present = items
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, item)| !item.is_null());
    let items = present.map(|(name, item)| match member {
        Some(member) => json!({"name": name, member: item}),
        None => {
            let mut item = item.clone();
            item["name"] = json!(name);
            item
        }
    });
    items.collect()
}

fn container() -> BoxedStrategy<Value> {
    let variable = one_of(&[json!("v"), json!(8080), json!(true), json!("${vars.a}")]);
    let check = some(vec![
        ("interval", or_null(one_of(&[json!(10), json!(20)]))),
        ("retries", or_null(one_of(&[json!(3)]))),
    ]);
    let command = one_of(&[json!(["CMD", "a"]), json!(["CMD-SHELL", "b"])]);
    let members = some(vec![
        (
            "command",
            or_null(one_of(&[json!(["b"]), json!(["a"]), json!(["a", "${vars.a}"])])),
        ),
        (
            "essential",
            or_null(one_of(&[json!(true), json!(false), json!("${vars.on}")])),
        ),
        ("cpu", or_null(one_of(&[json!(10), json!("${vars.b}")]))),
        (
            "environment",
            or_null(named(&["A", "B", "C"], &variable, Some("value"))),
        ),
        ("secrets", or_null(named(&["S", "T"], &text(), Some("valueFrom")))),
        (
            "dockerLabels",
            or_null(some(vec![("x", or_null(text())), ("y", or_null(text()))])),
        ),
        ("healthCheck", or_null(with(check, "command", command))),
    ]);
    with(members, "image", or_null(text()))
}

fn tags() -> BoxedStrategy<Value> {
    or_null(one_of(&[
        json!([]),
        json!([{"key": "k", "value": "v"}]),
        json!([{"key": "l", "value": "${vars.a}"}, {"key": "k", "value": "w"}]),
    ]))
}

fn service() -> BoxedStrategy<Value> {
    let architecture = one_of(&[json!("ARM64"), json!("X86_64")]);
    let containers = named(&["app", "side", "log"], &container(), None);
    let definition = some(vec![
        ("cpu", or_null(one_of(&[json!(256), json!("256")]))),
        ("memory", or_null(one_of(&[json!(512), json!("1 GB")]))),
        (
            "taskRoleArn",
            or_null(one_of(&[json!("arn:aws:iam::111111111111:role/t")])),
        ),
        (
            "runtimePlatform",
            or_null(some(vec![
                ("cpuArchitecture", or_null(architecture)),
                ("operatingSystemFamily", one_of(&[json!("LINUX")])),
            ])),
        ),
        ("tags", tags()),
        ("containerDefinitions", containers),
    ]);
    let enable = one_of(&[json!(true), json!(false)]);
    let rollback = one_of(&[json!(true), json!("${vars.on}")]);
    let breaker = with(
        with(Just(json!({})).boxed(), "enable", enable),
        "rollback",
        rollback,
    );
    let deployment = some(vec![
        ("maximumPercent", or_null(one_of(&[json!(200), json!(150)]))),
        ("minimumHealthyPercent", or_null(one_of(&[json!(50)]))),
        ("deploymentCircuitBreaker", or_null(breaker)),
    ]);
    some(vec![
        (
            "desiredCount",
            or_null(one_of(&[json!(1), json!(3), json!("${vars.b}")])),
        ),
        ("serviceName", or_null(text())),
        (
            "enableExecuteCommand",
            or_null(one_of(&[json!(true), json!(false)])),
        ),
        ("deploymentConfiguration", or_null(deployment)),
        ("tags", tags()),
        ("taskDefinition", definition),
    ])
}

fn image() -> BoxedStrategy<Value> {
    let arguments = some(vec![("A", or_null(text())), ("B", or_null(one_of(&[json!(1)])))]);
    let build = some(vec![
        ("target", or_null(text())),
        ("args", or_null(arguments)),
        ("noCache", or_null(one_of(&[json!(true)]))),
    ]);
    some(vec![
        ("repository", one_of(&[json!("acme/a"), json!("acme/${vars.a}")])),
        ("build", with(build, "context", text())),
        (
            "tags",
            or_null(one_of(&[json!([]), json!(["${vars.a}"]), json!(["x", "y"])])),
        ),
    ])
}

/// Generates what a file and an environment may both have.
fn part() -> BoxedStrategy<Value> {
    let variables = some(vec![
        ("a", or_null(one_of(&[json!("x"), json!("y")]))),
        ("b", one_of(&[json!(2), json!(5)])),
        ("on", one_of(&[json!(true), json!(false)])),
        (
            "n",
            or_null(some(vec![("x", or_null(text())), ("y", one_of(&[json!([1])]))])),
        ),
    ]);
    some(vec![
        ("cluster", or_null(text())),
        ("vars", variables),
        (
            "images",
            some(vec![("one", or_null(image())), ("two", or_null(image()))]),
        ),
        (
            "services",
            some(vec![("web", or_null(service())), ("api", or_null(service()))]),
        ),
    ])
}

/// Returns what every file has, so that most files are good.
fn ground() -> Value {
    let service = json!({"taskDefinition": {"cpu": 256, "memory": 512,
        "executionRoleArn": "arn:aws:iam::111111111111:role/x",
        "containerDefinitions": {"app": {"image": "i"}}},
        "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"]}}});
    json!({"vars": {"a": "w", "b": 4, "on": true}, "services": {"web": service, "api": service},
        "images": {"one": {"repository": "acme/r", "build": {"context": "."}}, "two": {"repository": "acme/s", "build": {"context": "."}}}})
}

/// Merges as the design says: mappings merge, lists replace, null removes; where one of two lists of named items is a
/// mapping, they merge by name. `None` if a null removes a service or an image that isn't there, or a list
/// can't be a mapping.
fn merged(path: &[&str], below: &Value, above: &Value) -> Option<Value> {
    let member = match path.last() {
        Some(&"containerDefinitions") => Some(None),
        Some(&"environment") => Some(Some("value")),
        Some(&"secrets") => Some(Some("valueFrom")),
        _ => None,
    };
    if let Some(member) = member {
        match (below, above) {
            (Value::Array(_), Value::Object(_)) => return merged(path, &by_name(below, member)?, above),
            (Value::Object(_), Value::Array(_)) => return merged(path, below, &by_name(above, member)?),
            _ => {}
        }
    }
    let (Value::Object(below), Value::Object(above)) = (below, above) else {
        return Some(above.clone());
    };
    let is_section = matches!(path, ["services" | "images"]);
    let mut all = below.clone();
    for (key, value) in above {
        let there = below.get(key);
        if is_section && value.is_null() {
            there?;
            all.shift_remove(key);
            continue;
        }
        let value = match there {
            Some(there) => merged(&[path, &[key]].concat(), there, value)?,
            None => value.clone(),
        };
        all.insert(key.clone(), value);
    }
    Some(Value::Object(all))
}

/// `None` if a value is not a text: only in the form of a mapping may it be another scalar.
fn by_name(list: &Value, member: Option<&str>) -> Option<Value> {
    let items = list.as_array().unwrap().iter();
    let items = items.map(|item| {
        let name = item["name"].as_str().unwrap().to_owned();
        let value = member.map_or(item, |member| &item[member]);
        (member.is_none() || value.is_string()).then(|| (name, value.clone()))
    });
    items.collect::<Option<Members>>().map(Value::from)
}

/// Returns what `render` prints, or `None` for a file with errors.
fn rendered(file: &Value, environment: Option<&str>) -> Option<Value> {
    let overrides = FileOverrides {
        environment: environment.map(str::to_owned),
        ..FileOverrides::default()
    };
    let case = FileCase {
        overrides,
        ..FileCase::default()
    };
    let loaded = case.load(&file.to_string()).ok()?;
    Some(render(&loaded.manifest, true))
}

/// Removes the nulls of a file's own services and images: they aren't written there.
fn without_null_members(mut file: Value) -> Value {
    for section in ["services", "images"] {
        if let Some(members) = file.get_mut(section).and_then(Value::as_object_mut) {
            members.retain(|_, value| !value.is_null());
        }
    }
    file
}

proptest! {
    #![proptest_config(crate::schema::testing::cases(256))]

    #[test]
    fn environment_is_the_file_merged_by_hand(below in part(), above in part()) {
        let below = merged(&[], &ground(), &without_null_members(below)).expect("nothing is removed");
        let by_hand = merged(&[], &below, &above).and_then(|file| rendered(&file, None));
        let mut file = below;
        file["environments"] = json!({"e": above, "other": {"cluster": "c"}});
        prop_assert_eq!(rendered(&file, Some("e")), by_hand, "{:#}", file);
    }
}

/// The law holds for good files, too: most of the generated ones are.
#[test]
fn generated_files_are_good_for_the_most_part() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let good = (0..200).filter(|_| {
        let below = without_null_members(part().new_tree(&mut runner).unwrap().current());
        rendered(&merged(&[], &ground(), &below).unwrap(), None).is_some()
    });
    let good = good.count();
    assert!(good > 20, "{good} of 200");
}
