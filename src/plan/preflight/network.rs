//! The network of tasks: one VPC, and a way to what Fargate needs before a container starts.

use super::CheckContext;
use super::images::pulled_images;
use super::secrets::values_from;
use super::target_groups::group_name;
use crate::ecs::{DefaultRoute, RouteTable, Subnet, VpcEndpoint};
use crate::model::{Finding, SecretReference};
use crate::plan::EffectiveService;
use crate::plan::effective_service::text;

/// The subnets and security groups exist, and belong to the VPC of the target groups.
pub(super) fn is_one_vpc(service: &EffectiveService, context: CheckContext<'_>) -> Option<Vec<Finding>> {
    let network = &context.reads.network;
    let mut found: Vec<(String, &str)> = Vec::new();
    let mut findings = Vec::new();
    let mut missing = |kind: &str, code, id: &str, list: &str| {
        let message = format!("{kind} {id} doesn't exist in {}", context.plan.region);
        let hint = format!("correct networkConfiguration.awsvpcConfiguration.{list}");
        findings.push(Finding::error(code, message).on(id).hint(hint));
    };
    for id in service.network("subnets") {
        match network.subnets.get(id) {
            Some(None) => missing("subnet", "subnet-not-found", id, "subnets"),
            Some(Some(subnet)) => found.push((format!("subnet {id}"), &subnet.vpc)),
            None => {}
        }
    }
    for id in service.network("securityGroups") {
        match network.security_groups.get(id) {
            Some(None) => missing("security group", "security-group-not-found", id, "securityGroups"),
            Some(Some(group)) => found.push((format!("security group {id}"), &group.vpc)),
            None => {}
        }
    }
    let is_read = !found.is_empty() || !findings.is_empty();
    for target in service.targets() {
        let group = context.observed.target_groups.get(target.arn);
        if let Some(vpc) = group.and_then(|group| group.vpc.as_deref()) {
            found.push((format!("target group {}", group_name(target.arn)), vpc));
        }
    }
    findings.extend(another_vpc(&found));
    is_read.then_some(findings)
}

fn another_vpc(found: &[(String, &str)]) -> Option<Finding> {
    let (first, vpc) = found.first()?;
    let (other, other_vpc) = found.iter().find(|(_, other)| other != vpc)?;
    let message = format!("{first} is in {vpc}, {other} in {other_vpc}");
    let hint = "name subnets, security groups and target groups of one VPC";
    Some(Finding::error("other-vpc", message).hint(hint))
}

/// What a task on Fargate reaches through its own network interface before its containers start (Amazon ECR User Guide,
/// "Amazon ECR interface VPC endpoints", platform version 1.4.0 and later; Amazon ECS Developer Guide, "Fargate task
/// networking").
struct Needs {
    /// The VPC endpoints that suffice without a way to the Internet: the end of a service's name, and what it is for.
    endpoints: Vec<(&'static str, &'static str)>,
    /// An image that is not in ECR.
    other_image: Option<String>,
}

impl Needs {
    fn of(service: &EffectiveService, region: &str) -> Self {
        let mut endpoints = Vec::new();
        // An endpoint serves its own region.
        let in_ecr = pulled_images(service)
            .into_iter()
            .filter(|(_, host, _)| host.region == region);
        let in_ecr: Vec<String> = in_ecr.map(|(image, ..)| image).collect();
        let images = service
            .containers()
            .filter_map(|container| text(container, "image"));
        let (ecr, others): (Vec<&str>, Vec<&str>) =
            images.partition(|image| in_ecr.iter().any(|it| it == image) || image.starts_with("${images."));
        if !ecr.is_empty() {
            endpoints.extend([
                ("ecr.api", "images"),
                ("ecr.dkr", "images"),
                ("s3", "image layers"),
            ]);
        }
        if service.awslogs().next().is_some() {
            endpoints.push(("logs", "logs"));
        }
        let values = values_from(service).into_iter();
        let references: Vec<_> = values.filter_map(SecretReference::parse).collect();
        let is_secret = |it: &SecretReference| matches!(it, SecretReference::Secret { .. });
        if references.iter().any(is_secret) {
            endpoints.push(("secretsmanager", "secrets"));
        }
        if !references.iter().all(is_secret) {
            endpoints.push(("ssm", "parameters"));
        }
        Self {
            endpoints,
            other_image: others.first().map(|image| (*image).to_owned()),
        }
    }
}

/// From each subnet there is a way to what Fargate needs: a NAT gateway or the like, an internet gateway and a public IP
/// address, or VPC endpoints. On container instances the instance's network matters instead.
pub(super) fn has_a_way_out(service: &EffectiveService, context: CheckContext<'_>) -> Option<Vec<Finding>> {
    let network = &context.reads.network;
    let (Some(_), Some(endpoints)) = (&network.route_tables, &network.endpoints) else {
        return None;
    };
    let ids = service.network("subnets");
    let subnets = ids.iter().filter_map(|id| network.subnets.get(*id)?.as_ref());
    // IPv6 has ways of its own, which are not checked.
    let subnets = subnets.filter(|subnet| !subnet.is_ipv6_only);
    let subnets: Vec<&Subnet> = subnets.collect();
    if !service.is_on_fargate() || !service.uses_awsvpc() || subnets.is_empty() {
        return None;
    }
    let needs = Needs::of(service, &context.plan.region);
    // One finding for the subnets that lack the same.
    let mut closed: Vec<(ClosedSubnet, Vec<&str>)> = Vec::new();
    for subnet in subnets {
        let table = network.route_table(subnet);
        let Some(lack) = lack(service, table, endpoints, &needs, &context.plan.region) else {
            continue;
        };
        match closed.iter_mut().find(|(known, _)| *known == lack) {
            Some((_, ids)) => ids.push(&subnet.id),
            None => closed.push((lack, vec![&subnet.id])),
        }
    }
    Some(closed.into_iter().map(|(lack, ids)| lack.finding(&ids)).collect())
}

/// What tasks in a subnet can't reach.
#[derive(PartialEq, Eq)]
struct ClosedSubnet {
    what: String,
    why: &'static str,
    hint: String,
}

impl ClosedSubnet {
    fn finding(self, ids: &[&str]) -> Finding {
        let kind = if ids.len() == 1 { "subnet" } else { "subnets" };
        let ids = ids.join(", ");
        let message = format!("tasks in {kind} {ids} can't reach {}: {}", self.what, self.why);
        Finding::error("no-way-out", message).on(ids).hint(self.hint)
    }
}

/// Returns what a subnet lacks.
fn lack(
    service: &EffectiveService,
    table: Option<&RouteTable>,
    endpoints: &[VpcEndpoint],
    needs: &Needs,
    region: &str,
) -> Option<ClosedSubnet> {
    let table = table?;
    let has_gateway = match table.default_route {
        DefaultRoute::Other => return None,
        DefaultRoute::InternetGateway if service.has_public_ip() => return None,
        DefaultRoute::InternetGateway => true,
        DefaultRoute::None => false,
    };
    let reaches = |name: &str| {
        let suffix = format!(".{region}.{name}");
        endpoints.iter().any(|endpoint| {
            let is_open = endpoint.has_private_dns || endpoint.route_tables.contains(&table.id);
            endpoint.is_available && is_open && endpoint.service.ends_with(&suffix)
        })
    };
    let missing: Vec<_> = needs
        .endpoints
        .iter()
        .filter(|(name, _)| !reaches(name))
        .collect();
    let lacking: Vec<&str> = missing.iter().map(|(name, _)| *name).collect();
    let what = match (&needs.other_image, missing.as_slice()) {
        (Some(image), _) => format!("image {image}"),
        (None, []) => return None,
        (None, missing) => {
            let mut uses: Vec<&str> = missing.iter().map(|(_, purpose)| *purpose).collect();
            uses.dedup();
            format!("{} ({})", uses.join(", "), lacking.join(", "))
        }
    };
    let why = match has_gateway {
        true => "its internet gateway needs a public IP address, and assignPublicIp is not ENABLED",
        false => "its route table has no route to the Internet",
    };
    let ways = match has_gateway {
        true => {
            "set networkConfiguration.awsvpcConfiguration.assignPublicIp: ENABLED, or name subnets with a NAT gateway"
        }
        false => "name subnets with a route to a NAT gateway",
    };
    let hint = match needs.other_image {
        Some(_) => ways.to_owned(),
        None => format!("{ways}, or create VPC endpoints for {}", lacking.join(", ")),
    };
    Some(ClosedSubnet { what, why, hint })
}

#[cfg(test)]
mod tests;
