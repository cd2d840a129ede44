//! A service's `codeDeploy:`: its application, deployment group, deployment configuration, and hooks.

use indexmap::IndexMap;

use super::typed_values::KeySet;
use super::{keys, typed_values};
use crate::diagnostic::{Problem, Problems};
use crate::model::{CodeDeploySettings, Entry, Node};

/// The longest name of an application, a deployment group and a deployment configuration (API reference,
/// CreateDeployment).
const LONGEST_NAME: usize = 100;

/// Reads the `codeDeploy:` of a service with these members of CreateService.
pub(super) fn read(service: &Node, fields: &Node, problems: &mut Problems) -> Option<CodeDeploySettings> {
    let entry = typed_values::present(service, "codeDeploy")?;
    typed_values::mapping(entry, problems)?;
    refuse_other_controller(entry, fields, problems);
    keys::CODE_DEPLOY.check(&entry.value, &belongs_in_hooks, problems);
    let settings = names(entry, problems);
    let hooks = typed_values::present(&entry.value, "hooks");
    Some(CodeDeploySettings {
        hooks: hooks.map(|hooks| read_hooks(hooks, problems)).unwrap_or_default(),
        ..settings
    })
}

/// Reads the names in `codeDeploy:` of each service, by the service's name on ECS. `services` are those names by key.
pub(super) fn of_services(
    root: &Node,
    services: &IndexMap<String, String>,
    problems: &mut Problems,
) -> IndexMap<String, CodeDeploySettings> {
    let of_service = |(key, name): (&String, &String)| {
        let service = root.get("services")?.get(key)?;
        let entry = typed_values::present(service, "codeDeploy")?;
        typed_values::mapping(entry, problems)?;
        Some((name.clone(), names(entry, problems)))
    };
    services.iter().filter_map(of_service).collect()
}

/// Reads the names only.
pub(super) fn names(entry: &Entry, problems: &mut Problems) -> CodeDeploySettings {
    let mut name = |key: &str| {
        let entry = typed_values::present(&entry.value, key)?;
        let name = typed_values::text(entry, problems)?;
        check_name(entry, &name, problems);
        Some(name)
    };
    CodeDeploySettings {
        application: name("applicationName"),
        group: name("deploymentGroupName"),
        config: name("deploymentConfigName"),
        hooks: Vec::new(),
    }
}

fn belongs_in_hooks(key: &str) -> Option<String> {
    keys::CODE_DEPLOY_HOOKS
        .known
        .contains(&key)
        .then(|| "`hooks`".to_owned())
}

/// ECS deploys the service itself if the file says so: then `codeDeploy` would have no effect.
fn refuse_other_controller(entry: &Entry, fields: &Node, problems: &mut Problems) {
    let controller = fields
        .get("deploymentController")
        .and_then(|it| it.text_of("type"));
    if let Some(controller) = controller.filter(|it| *it != "CODE_DEPLOY") {
        let message = format!("`codeDeploy` has no effect with deployment controller {controller}");
        let problem = Problem::error("code-deploy", message, entry.key_span)
            .label("remove it, or set `deploymentController: {type: CODE_DEPLOY}`");
        problems.push(problem);
    }
}

fn check_name(entry: &Entry, name: &str, problems: &mut Problems) {
    // API reference, CreateDeployment: the pattern of the three names.
    let is_legal = |c: char| c.is_ascii_alphanumeric() || "+=,.@_-".contains(c);
    if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(is_legal) {
        let message = format!("`{}` is not a CodeDeploy name", entry.key);
        let problem = Problem::error("name", message, entry.value.span);
        problems.push(problem.label("up to 100 letters, digits and +=,.@_-"));
    }
}

/// Reads the hooks: a mapping, or a list of mappings as in an AppSpec.
fn read_hooks(entry: &Entry, problems: &mut Problems) -> Vec<(String, String)> {
    let mappings: Vec<&Node> = match entry.value.items() {
        Some(items) => items.iter().collect(),
        None if typed_values::mapping(entry, problems).is_some() => vec![&entry.value],
        None => return Vec::new(),
    };
    let mut hooks = Vec::new();
    for mapping in mappings {
        if mapping.entries().is_none() {
            problems.push(typed_values::wrong(entry, mapping, "a mapping"));
            continue;
        }
        HOOKS.check(mapping, &|_| None, problems);
        for hook in mapping.members().iter().filter(|it| !it.value.is_null()) {
            let Some(function) = typed_values::text(hook, problems) else {
                continue;
            };
            if function.trim().is_empty() {
                let message = format!("`{}` is empty", hook.key);
                problems.push(Problem::error("empty", message, hook.value.span).label("remove it"));
            } else if HOOKS.known.contains(&hook.key.as_str()) {
                hooks.push((hook.key.clone(), function));
            }
        }
    }
    hooks.sort_by_key(|(name, _)| HOOKS.known.iter().position(|known| known == name));
    refuse_twice(entry, &hooks, problems);
    hooks
}

const HOOKS: KeySet<'_> = keys::CODE_DEPLOY_HOOKS;

fn refuse_twice(entry: &Entry, hooks: &[(String, String)], problems: &mut Problems) {
    for pair in hooks.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let message = format!("two functions for the hook `{}`", pair[0].0);
        let problem = Problem::error("duplicate-hook", message, entry.key_span);
        problems.push(problem.label("a lifecycle event calls one function"));
    }
}
