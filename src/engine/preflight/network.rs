//! The network of the tasks: subnets and security groups, then the routes and endpoints of their VPCs.

use futures_util::future::join;
use indexmap::IndexMap;

use super::reader::{PreflightReader, distinct};
use crate::aws::AwsError;
use crate::plan::EffectiveService;
use crate::plan::preflight::ObservedNetwork;

/// Reads it in two round trips; in three if a subnet or a security group doesn't exist.
pub(super) async fn read(reader: &PreflightReader<'_>, services: &[EffectiveService]) -> ObservedNetwork {
    let named = |list: &str| {
        let ids = services.iter().flat_map(|service| service.network(list));
        distinct(ids.map(str::to_owned))
    };
    let (subnet_ids, group_ids) = (named("subnets"), named("securityGroups"));
    let aws = reader.aws;
    let subnets = by_id(reader, "subnets", subnet_ids, async |ids: &[String]| {
        let found = aws.describe_subnets(ids).await?;
        Ok(found
            .into_iter()
            .map(|subnet| (subnet.id.clone(), subnet))
            .collect())
    });
    let groups = by_id(reader, "security groups", group_ids, async |ids: &[String]| {
        let found = aws.describe_security_groups(ids).await?;
        Ok(found.into_iter().map(|group| (group.id.clone(), group)).collect())
    });
    let (subnets, security_groups) = join(subnets, groups).await;
    let mut network = ObservedNetwork {
        subnets,
        security_groups,
        ..ObservedNetwork::default()
    };
    let vpcs = network.vpcs();
    let needs_routes = services.iter().any(EffectiveService::is_on_fargate);
    if !vpcs.is_empty() && needs_routes {
        let (tables, endpoints) = join(
            aws.describe_route_tables(&vpcs),
            aws.describe_vpc_endpoints(&vpcs),
        )
        .await;
        network.route_tables = reader.known("routes", tables);
        network.endpoints = reader.known("VPC endpoints", endpoints);
    }
    network
}

/// Describes what these IDs name. EC2 refuses the whole call for one that doesn't exist: it is asked for by itself then.
async fn by_id<T>(
    reader: &PreflightReader<'_>,
    what: &'static str,
    ids: Vec<String>,
    describe: impl AsyncFn(&[String]) -> Result<IndexMap<String, T>, AwsError>,
) -> IndexMap<String, Option<T>> {
    if ids.is_empty() {
        return IndexMap::new();
    }
    let found = match describe(&ids).await {
        Err(error) if error.is_not_found() && ids.len() > 1 => {
            let each = ids.iter().map(|id| describe(std::slice::from_ref(id)));
            let each = futures_util::future::join_all(each).await;
            each.into_iter()
                .map(|found| known_or_none(reader, what, found))
                .collect()
        }
        found => vec![known_or_none(reader, what, found)],
    };
    let is_whole = found.iter().all(Option::is_some);
    let mut found: IndexMap<String, T> = found.into_iter().flatten().flatten().collect();
    let states = ids.into_iter().map(|id| {
        let state = found.swap_remove(&id);
        (id, state)
    });
    // Where a read failed, what is missing is not known.
    states.filter(|(_, state)| is_whole || state.is_some()).collect()
}

fn known_or_none<T>(
    reader: &PreflightReader<'_>,
    what: &'static str,
    found: Result<IndexMap<String, T>, AwsError>,
) -> Option<IndexMap<String, T>> {
    match found {
        Err(error) if error.is_not_found() => Some(IndexMap::new()),
        found => reader.known(what, found),
    }
}
