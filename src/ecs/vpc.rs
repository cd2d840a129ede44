//! The network of tasks: subnets, security groups, route tables and endpoints of a VPC, as Amazon EC2 describes them.

use serde_json::Value;

use super::reply::{list, text};

/// A subnet (Amazon EC2 API reference: Subnet).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subnet {
    /// Its ID.
    pub id: String,
    /// Its VPC.
    pub vpc: String,
    /// Whether it has IPv6 addresses only.
    pub is_ipv6_only: bool,
}

/// A security group (Amazon EC2 API reference: SecurityGroup).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityGroup {
    /// Its ID.
    pub id: String,
    /// Its VPC.
    pub vpc: String,
}

/// A route table (Amazon EC2 API reference: RouteTable).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteTable {
    /// Its ID.
    pub id: String,
    /// Its VPC.
    pub vpc: String,
    /// Whether it is the main one, which subnets without an association use.
    pub is_main: bool,
    /// The subnets that are associated with it.
    pub subnets: Vec<String>,
    /// Where it sends what goes to the Internet.
    pub default_route: DefaultRoute,
}

/// The target of the route to the Internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultRoute {
    /// There is none, or it is a blackhole.
    None,
    /// An internet gateway: it takes only what comes from a public address (Amazon VPC User Guide, "Enable internet
    /// access for a VPC using an internet gateway").
    InternetGateway,
    /// A NAT gateway, a transit gateway, an appliance: whatever is behind it, private addresses may pass.
    Other,
}

/// A VPC endpoint (Amazon EC2 API reference: VpcEndpoint).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VpcEndpoint {
    /// Its VPC's service: `com.amazonaws.us-east-1.ecr.api`.
    pub service: String,
    /// Whether it is an interface endpoint whose private DNS name replaces the public one; false for a gateway.
    pub has_private_dns: bool,
    /// Whether it is a gateway endpoint.
    pub is_gateway: bool,
    /// Whether it can be used.
    pub is_available: bool,
    /// The route tables of a gateway endpoint.
    pub route_tables: Vec<String>,
}

impl Subnet {
    /// Reads a member of `subnetSet`.
    pub fn read(value: &Value) -> Self {
        Self {
            id: text(value, "subnetId").unwrap_or_default(),
            vpc: text(value, "vpcId").unwrap_or_default(),
            is_ipv6_only: text(value, "ipv6Native").as_deref() == Some("true"),
        }
    }
}

impl SecurityGroup {
    /// Reads a member of `securityGroupInfo`.
    pub fn read(value: &Value) -> Self {
        Self {
            id: text(value, "groupId").unwrap_or_default(),
            vpc: text(value, "vpcId").unwrap_or_default(),
        }
    }
}

impl RouteTable {
    /// Reads a member of `routeTableSet`.
    pub fn read(value: &Value) -> Self {
        let associations = list(value, "associationSet");
        Self {
            id: text(value, "routeTableId").unwrap_or_default(),
            vpc: text(value, "vpcId").unwrap_or_default(),
            is_main: associations
                .iter()
                .any(|it| text(it, "main").as_deref() == Some("true")),
            subnets: associations
                .iter()
                .filter_map(|it| text(it, "subnetId"))
                .collect(),
            default_route: default_route(list(value, "routeSet")),
        }
    }
}

/// All addresses, at once or in halves.
const WIDE: [&str; 3] = ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1"];

fn default_route(routes: &[Value]) -> DefaultRoute {
    let is_default = |route: &&Value| {
        let destination = text(route, "destinationCidrBlock");
        let is_wide = destination.is_some_and(|cidr| WIDE.contains(&cidr.as_str()));
        // The prefix list of a gateway endpoint has one service's addresses; another may have any.
        let is_endpoint = text(route, "gatewayId").is_some_and(|gateway| gateway.starts_with("vpce-"));
        let is_list = text(route, "destinationPrefixListId").is_some() && !is_endpoint;
        (is_wide || is_list) && text(route, "state").as_deref() != Some("blackhole")
    };
    match routes
        .iter()
        .find(is_default)
        .map(|route| text(route, "gatewayId"))
    {
        None => DefaultRoute::None,
        Some(Some(gateway)) if gateway.starts_with("igw-") => DefaultRoute::InternetGateway,
        Some(_) => DefaultRoute::Other,
    }
}

impl VpcEndpoint {
    /// Reads a member of `vpcEndpointSet`.
    pub fn read(value: &Value) -> Self {
        let is = |member: &str, expected: &str| {
            text(value, member).is_some_and(|text| text.eq_ignore_ascii_case(expected))
        };
        Self {
            service: text(value, "serviceName").unwrap_or_default(),
            has_private_dns: is("vpcEndpointType", "Interface") && is("privateDnsEnabled", "true"),
            is_gateway: is("vpcEndpointType", "Gateway"),
            is_available: is("state", "available"),
            route_tables: list(value, "routeTableIdSet")
                .iter()
                .filter_map(|id| id.as_str().map(str::to_owned))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn default_routes_have_a_kind() {
        let all = "0.0.0.0/0";
        for (routes, expected) in [
            (json!([]), DefaultRoute::None),
            (
                json!([{"destinationCidrBlock": "10.0.0.0/16", "gatewayId": "local"}]),
                DefaultRoute::None,
            ),
            (
                json!([{"destinationCidrBlock": all, "gatewayId": "igw-1", "state": "active"}]),
                DefaultRoute::InternetGateway,
            ),
            (
                json!([{"destinationCidrBlock": all, "natGatewayId": "nat-1", "state": "active"}]),
                DefaultRoute::Other,
            ),
            (
                json!([{"destinationCidrBlock": all, "natGatewayId": "nat-1", "state": "blackhole"}]),
                DefaultRoute::None,
            ),
            (
                json!([{"destinationCidrBlock": all, "gatewayId": "vgw-1"}]),
                DefaultRoute::Other,
            ),
            (
                json!([{"destinationCidrBlock": "0.0.0.0/1", "networkInterfaceId": "eni-1"}]),
                DefaultRoute::Other,
            ),
            (
                json!([{"destinationPrefixListId": "pl-1", "gatewayId": "vpce-1"}]),
                DefaultRoute::None,
            ),
            (
                json!([{"destinationPrefixListId": "pl-1", "transitGatewayId": "tgw-1"}]),
                DefaultRoute::Other,
            ),
        ] {
            assert_eq!(
                RouteTable::read(&json!({"routeSet": routes})).default_route,
                expected,
                "{routes}"
            );
        }
    }
}
