use serde_json::{Value, json};

use super::*;
use crate::ecs::{SecurityGroup, TargetGroupSettings};
use crate::plan::Observed;
use crate::plan::preflight::PreflightReads;
use crate::plan::preflight::testing::{codes, codes_in, planned, reads};

const BUILT: &str = "${images.web}";

fn service(image: &str, public: &str) -> EffectiveService {
    let logs = json!({"logDriver": "awslogs", "options": {"awslogs-group": "/shop"}});
    planned(
        json!({"containerDefinitions": [{"name": "web", "image": image, "logConfiguration": logs}]}),
        json!({"networkConfiguration": {"awsvpcConfiguration":
            {"subnets": ["subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": public}}}),
    )
}

/// A subnet with this route, and these endpoints.
fn network(route: &Value, endpoints: &[(&str, &str)]) -> PreflightReads {
    let mut reads = reads();
    let network = &mut reads.network;
    let subnet = Subnet::read(&json!({"subnetId": "subnet-1", "vpcId": "vpc-1"}));
    network.subnets.insert("subnet-1".to_owned(), Some(subnet));
    let main = json!({"routeTableId": "rtb-1", "vpcId": "vpc-1", "associationSet": [{"main": "true"}], "routeSet": [route]});
    network.route_tables = Some(vec![RouteTable::read(&main)]);
    let endpoint = |(name, kind): &(&str, &str)| {
        VpcEndpoint::read(
            &json!({"serviceName": format!("com.amazonaws.us-east-1.{name}"), "vpcEndpointType": kind,
            "state": "available", "privateDnsEnabled": "true", "routeTableIdSet": ["rtb-1"]}),
        )
    };
    network.endpoints = Some(endpoints.iter().map(endpoint).collect());
    reads
}

fn default(gateway: &str, id: &str) -> Value {
    json!({"destinationCidrBlock": "0.0.0.0/0", gateway: id, "state": "active"})
}

#[test]
fn there_must_be_a_way_out() {
    let all = [
        ("ecr.api", "Interface"),
        ("ecr.dkr", "Interface"),
        ("logs", "Interface"),
        ("s3", "Gateway"),
    ];
    let igw = default("gatewayId", "igw-1");
    let nat = default("natGatewayId", "nat-1");
    let tgw = default("transitGatewayId", "tgw-1");
    let local = json!({"destinationCidrBlock": "10.0.0.0/16", "gatewayId": "local"});
    for (image, public, route, endpoints, is_open) in [
        (BUILT, "ENABLED", &igw, &all[..0], true),
        (BUILT, "DISABLED", &igw, &all[..0], false),
        (BUILT, "DISABLED", &nat, &all[..0], true),
        (BUILT, "DISABLED", &tgw, &all[..0], true),
        (BUILT, "ENABLED", &local, &all[..0], false),
        (BUILT, "DISABLED", &local, &all[..], true),
        (BUILT, "DISABLED", &igw, &all[..], true),
        (BUILT, "DISABLED", &local, &all[..3], false),
        (BUILT, "DISABLED", &local, &all[1..], false),
        ("nginx:1", "DISABLED", &local, &all[..], false),
        ("nginx:1", "DISABLED", &nat, &all[..0], true),
    ] {
        let found = codes(&service(image, public), &network(route, endpoints), has_a_way_out).unwrap();
        let expected: &[&str] = if is_open { &[] } else { &["no-way-out"] };
        assert_eq!(found, expected, "{image} {public} {route} {endpoints:?}");
    }
}

#[test]
fn associated_route_tables_come_first() {
    let mut reads = network(&default("natGatewayId", "nat-1"), &[]);
    let own =
        json!({"routeTableId": "rtb-2", "vpcId": "vpc-1", "associationSet": [{"subnetId": "subnet-1"}]});
    let tables = reads.network.route_tables.as_mut().unwrap();
    tables.push(RouteTable::read(&own));
    let found = codes(&service(BUILT, "DISABLED"), &reads, has_a_way_out).unwrap();
    assert_eq!(found, ["no-way-out"]);
}

#[test]
fn container_instances_have_their_own_way() {
    let mut service = service(BUILT, "DISABLED");
    service.service["launchType"] = "EC2".into();
    assert_eq!(codes(&service, &network(&json!({}), &[]), has_a_way_out), None);
}

#[test]
fn unread_routes_are_not_judged() {
    let mut reads = network(&json!({}), &[]);
    reads.network.endpoints = None;
    assert_eq!(codes(&service(BUILT, "DISABLED"), &reads, has_a_way_out), None);
}

#[test]
fn everything_is_in_one_vpc() {
    let mut service = service(BUILT, "DISABLED");
    service.service["loadBalancers"] = json!([{"targetGroupArn": "arn:tg/web/1"}]);
    let found = |subnet: bool, group_vpc: Option<&str>, target_vpc: &str| {
        let mut reads = network(&json!({}), &[]);
        if !subnet {
            reads.network.subnets.insert("subnet-1".to_owned(), None);
        }
        let group = group_vpc.map(|vpc| SecurityGroup {
            id: "sg-1".to_owned(),
            vpc: vpc.to_owned(),
        });
        reads.network.security_groups.insert("sg-1".to_owned(), group);
        let mut observed = Observed::default();
        let settings = TargetGroupSettings {
            vpc: Some(target_vpc.to_owned()),
            ..TargetGroupSettings::default()
        };
        let groups = &mut observed.target_groups.groups;
        groups.insert("arn:tg/web/1".to_owned(), Some(settings));
        codes_in(&service, &observed, &reads, is_one_vpc).unwrap()
    };
    assert_eq!(found(true, Some("vpc-1"), "vpc-1"), [""; 0]);
    assert_eq!(found(true, Some("vpc-2"), "vpc-1"), ["other-vpc"]);
    assert_eq!(found(true, Some("vpc-1"), "vpc-2"), ["other-vpc"]);
    assert_eq!(found(false, Some("vpc-1"), "vpc-1"), ["subnet-not-found"]);
    assert_eq!(found(true, None, "vpc-1"), ["security-group-not-found"]);
}
