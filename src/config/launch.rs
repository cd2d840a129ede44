//! Where a service's tasks run according to the file: on Fargate, unless it names something else.

use crate::model::Node;

/// What a service sets about where its tasks run.
pub(super) struct Launch {
    launch_type: Option<String>,
    providers: Option<Vec<String>>,
}

/// The launch types and compatibilities other than Fargate.
const OTHERS: [&str; 3] = ["EC2", "EXTERNAL", "MANAGED_INSTANCES"];

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
        }
    }

    /// Whether the defaults for Fargate apply: the file names neither another launch type or compatibility
    /// nor a capacity provider strategy.
    pub fn is_fargate(&self, compatibilities: Option<&Node>) -> bool {
        let is_other = |name: &str| OTHERS.contains(&name);
        let compatibilities = compatibilities.and_then(Node::items).unwrap_or_default();
        self.providers.is_none()
            && !self.launch_type.as_deref().is_some_and(is_other)
            && !compatibilities.iter().filter_map(Node::as_str).any(is_other)
    }

    /// Whether the strategy names only Fargate's own capacity providers.
    pub fn is_fargate_strategy(&self) -> bool {
        let is_fargate = |name: &String| matches!(name.as_str(), "FARGATE" | "FARGATE_SPOT");
        self.providers
            .as_ref()
            .is_some_and(|names| names.iter().all(is_fargate))
    }
}
