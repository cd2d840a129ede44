//! The reference of deploy.yaml, from its JSON Schema: each key of ecsctl's own with an example.

use ecsctl::reference;
use serde_json::Value;

/// Its path.
pub const PATH: &str = "docs/deploy-yaml.md";

/// The mappings in their order: the definition's name, the title, and where it stands.
const MAPPINGS: [(&str, &str, &str); 16] = [
    ("", "The top level", ""),
    ("environment", "An environment", "`environments.NAME`"),
    ("image", "An image", "`images.NAME`"),
    ("build", "A build", "`images.NAME.build`"),
    ("service", "A service", "`services.NAME`"),
    (
        "taskDefinition",
        "A task definition",
        "`services.NAME.taskDefinition`, `jobs.NAME.taskDefinition`",
    ),
    (
        "ContainerDefinition",
        "A container",
        "`taskDefinition.containerDefinitions.NAME`",
    ),
    ("autoscaling", "Autoscaling", "`services.NAME.autoscaling`"),
    (
        "targetTracking.metric",
        "The policy of a metric",
        "`autoscaling.targetTracking.cpu`, `memory`, `requestsPerTarget`",
    ),
    (
        "stepScaling.policy",
        "A step scaling policy",
        "`autoscaling.stepScaling.NAME`",
    ),
    (
        "stepScaling.alarm",
        "An alarm",
        "`autoscaling.stepScaling.NAME.alarm`",
    ),
    (
        "scheduledAction",
        "A scheduled action",
        "an item of `autoscaling.scheduled`",
    ),
    ("codeDeploy", "CodeDeploy", "`services.NAME.codeDeploy`"),
    ("job", "A job", "`jobs.NAME`"),
    ("schedule", "A schedule", "`jobs.NAME.schedule`"),
    ("hooks", "Hooks", "`hooks`"),
];

/// Returns the page.
pub fn page() -> String {
    let schema = reference::json_schema();
    let mut text = String::from(
        "<!-- Made by scripts/generate from the JSON Schema. -->\n\n# Reference of deploy.yaml\n\n\
         Every value may be a reference, `${…}`; `x-` keys at the top level are free. Keys that aren't listed are members of \
         AWS's API under their own names, with the types and limits that AWS's reference has.\n",
    );
    for (name, title, place) in MAPPINGS {
        let definition = match name {
            "" => &schema,
            _ => &schema["$defs"][name],
        };
        text.push_str(&format!("\n## {title}\n\n"));
        if !place.is_empty() {
            text.push_str(&format!("At {place}.\n\n"));
        }
        text.push_str(&section(definition));
    }
    text
}

fn section(definition: &Value) -> String {
    let Some(properties) = properties(definition) else {
        return String::new();
    };
    let (mut own, mut pages): (Vec<String>, Vec<(String, Vec<&str>)>) = (Vec::new(), Vec::new());
    for (key, schema) in properties {
        let description = schema["description"].as_str().unwrap_or_default();
        match description.split_once(": https://") {
            Some((_, page)) => {
                let page = format!("https://{page}");
                match pages.iter_mut().find(|(known, _)| *known == page) {
                    Some((_, members)) => members.push(key),
                    None => pages.push((page, vec![key])),
                }
            }
            None => {
                let example = &schema["examples"][0];
                own.push(format!(
                    "| `{key}` | {description} | `{key}: {}` |\n",
                    cell(example)
                ));
            }
        }
    }
    let mut text = String::new();
    if !own.is_empty() {
        text.push_str("| key | meaning | example |\n|---|---|---|\n");
        text.push_str(&own.concat());
    }
    for (page, members) in pages {
        let title = page
            .rsplit("API_")
            .next()
            .unwrap_or_default()
            .trim_end_matches(".html");
        let members: Vec<String> = members.iter().map(|it| format!("`{it}`")).collect();
        let gap = if text.is_empty() { "" } else { "\n" };
        text.push_str(&format!(
            "{gap}Members of [{title}]({page}): {}.\n",
            members.join(", ")
        ));
    }
    text
}

/// Returns the members of a mapping, which may be one of several forms of a value.
fn properties(definition: &Value) -> Option<&serde_json::Map<String, Value>> {
    let forms = definition["anyOf"].as_array().into_iter().flatten();
    let mut all = std::iter::once(definition).chain(forms);
    all.find_map(|form| form["properties"].as_object().filter(|it| it.len() > 1))
}

/// Returns a value as YAML on one line, for a cell of a table.
fn cell(value: &Value) -> String {
    let text = match value {
        Value::String(text) if text.starts_with('>') => value.to_string(),
        Value::String(text) => text.clone(),
        other => yaml(other),
    };
    text.replace('|', "\\|")
}

fn yaml(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(yaml).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(key, value)| format!("{key}: {}", yaml(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        // Quoted where a mapping or a list on one line would end the text.
        Value::String(text) if text.contains(['{', ',', ':', '#', '"', '[', '*']) => value.to_string(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
