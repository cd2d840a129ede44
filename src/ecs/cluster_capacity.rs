//! The capacity providers of a cluster.

use serde_json::Value;

use super::reply::{count, list, text};

/// What DescribeClusters reports about a cluster's capacity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterCapacity {
    /// The names of the associated capacity providers.
    pub providers: Vec<String>,
    /// The items of the default strategy as the AWS CLI takes them: `capacityProvider=FARGATE,weight=1,base=0`.
    pub default_strategy: Vec<String>,
}

impl ClusterCapacity {
    /// Reads a member of `clusters`.
    pub fn read(cluster: &Value) -> Self {
        let providers = list(cluster, "capacityProviders").iter();
        let strategy = list(cluster, "defaultCapacityProviderStrategy").iter();
        Self {
            providers: providers
                .filter_map(|name| name.as_str().map(str::to_owned))
                .collect(),
            default_strategy: strategy.filter_map(strategy_item).collect(),
        }
    }
}

fn strategy_item(item: &Value) -> Option<String> {
    let name = text(item, "capacityProvider")?;
    let number = |member: &str| count(item, member).unwrap_or_default();
    Some(format!(
        "capacityProvider={name},weight={},base={}",
        number("weight"),
        number("base")
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn default_strategy_reads_as_the_aws_cli_takes_it() {
        let capacity = ClusterCapacity::read(&json!({
            "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
            "defaultCapacityProviderStrategy": [
                {"capacityProvider": "FARGATE", "weight": 1, "base": 2},
                {"capacityProvider": "FARGATE_SPOT"},
            ],
        }));
        assert_eq!(capacity.providers, ["FARGATE", "FARGATE_SPOT"]);
        assert_eq!(
            capacity.default_strategy,
            [
                "capacityProvider=FARGATE,weight=1,base=2",
                "capacityProvider=FARGATE_SPOT,weight=0,base=0"
            ]
        );
        assert_eq!(ClusterCapacity::read(&json!({})), ClusterCapacity::default());
    }
}
