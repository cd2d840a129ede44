//! Where a service's tasks run according to the file: on Fargate, unless it names something else.

use crate::model::{Node, TaskDefinitionSource};

/// What a service sets about where its tasks run.
pub(super) struct Launch {
    launch_type: Option<String>,
    providers: Option<Vec<String>>,
    is_daemon: bool,
}

/// The launch type of a service that the file leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DefaultLaunchType {
    /// None: ECS decides.
    None,
    /// FARGATE.
    Fargate,
    /// FARGATE if the task definition, which only AWS knows, supports it.
    FargateIfSupported,
}

/// The launch types and compatibilities other than Fargate.
pub(super) const OTHERS: [&str; 3] = ["EC2", "EXTERNAL", "MANAGED_INSTANCES"];

impl Launch {
    /// Reads it from the members of CreateService.
    pub fn of(fields: &Node) -> Self {
        let strategy = fields.get("capacityProviderStrategy").and_then(Node::items);
        let name = |item: &Node| {
            let name = item.text_of("capacityProvider");
            name.unwrap_or_default().to_owned()
        };
        Self {
            launch_type: fields.text_of("launchType").map(str::to_owned),
            providers: strategy
                .filter(|items| !items.is_empty())
                .map(|items| items.iter().map(name).collect()),
            is_daemon: fields.text_of("schedulingStrategy") == Some("DAEMON"),
        }
    }

    /// Whether Fargate's defaults apply to a task definition with these `requiresCompatibilities`: neither
    /// they nor the service name anything else.
    pub fn is_fargate(&self, compatibilities: Option<&Node>) -> bool {
        let is_other = |name: &str| OTHERS.contains(&name);
        let compatibilities = compatibilities.and_then(Node::items).unwrap_or_default();
        self.allows_fargate() && !compatibilities.iter().filter_map(Node::as_str).any(is_other)
    }

    /// Whether the service's own members permit Fargate, which does not support the DAEMON scheduling
    /// strategy (ECS API, CreateService, `schedulingStrategy`).
    fn allows_fargate(&self) -> bool {
        let is_other = |name: &str| OTHERS.contains(&name);
        (self.providers.is_none() || self.is_fargate_strategy())
            && !self.launch_type.as_deref().is_some_and(is_other)
            && !self.is_daemon
    }

    /// Whether the strategy names only Fargate's own capacity providers.
    pub fn is_fargate_strategy(&self) -> bool {
        let is_fargate = |name: &String| matches!(name.as_str(), "FARGATE" | "FARGATE_SPOT");
        self.providers
            .as_ref()
            .is_some_and(|names| names.iter().all(is_fargate))
    }

    /// Returns the default launch type of a service with this task definition.
    pub fn default_type(&self, definition: &TaskDefinitionSource) -> DefaultLaunchType {
        if !self.allows_fargate() {
            return DefaultLaunchType::None;
        }
        match definition {
            TaskDefinitionSource::Owned(node) => self.known(node, supports_fargate(node)),
            TaskDefinitionSource::Based { changes, .. } if has_compatibilities(changes) => {
                self.known(changes, true)
            }
            TaskDefinitionSource::Based { .. } | TaskDefinitionSource::Revision(..) => {
                DefaultLaunchType::FargateIfSupported
            }
        }
    }

    fn known(&self, definition: &Node, is_supported: bool) -> DefaultLaunchType {
        if is_supported && self.is_fargate(definition.get("requiresCompatibilities")) {
            DefaultLaunchType::Fargate
        } else {
            DefaultLaunchType::None
        }
    }
}

fn has_compatibilities(definition: &Node) -> bool {
    let compatibilities = definition.get("requiresCompatibilities").and_then(Node::items);
    compatibilities.is_some_and(|items| !items.is_empty())
}

/// Whether a whole definition can run on Fargate, which requires network mode awsvpc and task sizes
/// (Amazon ECS Developer Guide, "Task definition differences for Fargate").
fn supports_fargate(definition: &Node) -> bool {
    let has = |key: &str| definition.get(key).is_some_and(|node| !node.is_null());
    has_compatibilities(definition)
        || (definition.text_of("networkMode") == Some("awsvpc") && has("cpu") && has("memory"))
}
