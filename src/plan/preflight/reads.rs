//! What `check` reads besides what a plan needs.

use indexmap::IndexMap;

use super::images::CheckedImage;
use super::log_groups::LogGroupKey;
use super::quotas::QuotaCode;
use super::secrets::SecretState;
use crate::ecs::{IamRole, PassDecision, RouteTable, SecurityGroup, Subnet, Task, VpcEndpoint};
use crate::model::{Identity, UnreadResource};

/// What was read. What could not be read is absent, and `unread` says why.
#[derive(Clone, Debug, Default)]
pub struct PreflightReads {
    /// The caller.
    pub caller: Option<Identity>,
    /// The roles of tasks, as the task definitions name them; `None` if there is none.
    pub roles: IndexMap<String, Option<IamRole>>,
    /// Whether the caller may pass them, by the same name.
    pub passes: IndexMap<String, PassDecision>,
    /// Images in ECR that no build makes, by their reference.
    pub images: IndexMap<String, CheckedImage>,
    /// Secrets and parameters, by their `valueFrom`.
    pub secrets: IndexMap<String, SecretState>,
    /// Whether log groups exist.
    pub log_groups: IndexMap<LogGroupKey, bool>,
    /// The network.
    pub network: ObservedNetwork,
    /// The values of quotas.
    pub quotas: IndexMap<QuotaCode, f64>,
    /// The tasks that stopped recently, by the service's key.
    pub stopped_tasks: IndexMap<String, Vec<Task>>,
    /// What could not be read.
    pub unread: Vec<UnreadResource>,
}

/// The network of the services' tasks.
#[derive(Clone, Debug, Default)]
pub struct ObservedNetwork {
    /// The subnets, by ID; `None` if there is none.
    pub subnets: IndexMap<String, Option<Subnet>>,
    /// The security groups, by ID; `None` if there is none.
    pub security_groups: IndexMap<String, Option<SecurityGroup>>,
    /// The route tables of the subnets' VPCs.
    pub route_tables: Option<Vec<RouteTable>>,
    /// The endpoints of the subnets' VPCs.
    pub endpoints: Option<Vec<VpcEndpoint>>,
}

impl ObservedNetwork {
    /// Returns the VPCs of the subnets.
    pub fn vpcs(&self) -> Vec<String> {
        let subnets = self.subnets.values().flatten();
        let mut vpcs: Vec<String> = subnets.map(|subnet| subnet.vpc.clone()).collect();
        vpcs.sort();
        vpcs.dedup();
        vpcs
    }

    /// Returns the route table of a subnet: its own, else the main one of its VPC (Amazon VPC User Guide, "Subnet route
    /// tables").
    pub fn route_table(&self, subnet: &Subnet) -> Option<&RouteTable> {
        let tables = self.route_tables.as_ref()?;
        let own = tables.iter().find(|table| table.subnets.contains(&subnet.id));
        own.or_else(|| {
            tables
                .iter()
                .find(|table| table.is_main && table.vpc == subnet.vpc)
        })
    }
}
