//! `check` against moto: EC2, IAM, Elastic Load Balancing and Service Quotas as another implementation encodes them.

use serde_json::Value;

use crate::moto::Moto;
use crate::support::Output;

/// A service on Fargate, in a subnet.
fn file(subnet: &str) -> String {
    format!(
        r#"region: us-east-1
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::123456789012:role/ecsTaskExecutionRole
      containerDefinitions: {{web: {{image: 'nginx:1'}}}}
    networkConfiguration: {{awsvpcConfiguration: {{subnets: [{subnet}]}}}}
"#
    )
}

fn check(moto: &Moto, subnet: &str) -> Output {
    moto.ecsctl(&["check", "-o", "json"]).file(&file(subnet)).run()
}

/// Returns the codes of the findings. moto doesn't simulate policies, so passing roles is not checked.
fn codes(output: &Output) -> Vec<String> {
    let document = output.json();
    let services = document["services"].as_array().unwrap().iter();
    let lists = std::iter::once(&document["findings"]).chain(services.map(|service| &service["findings"]));
    let findings = lists.flat_map(|list| list.as_array().unwrap());
    let is_checked = |finding: &&Value| finding["resource"] != "iam:SimulatePrincipalPolicy";
    findings
        .filter(is_checked)
        .map(|finding| finding["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn missing_resources_are_found_on_moto() {
    let Some(moto) = Moto::start() else { return };
    let found = codes(&check(&moto, "subnet-0123456789abcdef0").exits(3));
    assert_eq!(found, ["cluster-not-found", "role-not-found", "subnet-not-found"]);
}

#[test]
fn closed_subnets_are_found_on_moto() {
    let Some(moto) = Moto::start() else { return };
    let subnets = moto.query("ec2", "Action=DescribeSubnets&Version=2016-11-15");
    let subnet = between(&subnets, "<subnetId>", "</subnetId>").to_owned();
    let document = "AssumeRolePolicyDocument=%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B\
                    %22Service%22%3A%22ecs-tasks.amazonaws.com%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%5D%7D";
    let create = "Action=CreateRole&Version=2010-05-08&RoleName=ecsTaskExecutionRole";
    moto.query("iam", &format!("{create}&{document}"));
    // The default VPC has no route to the Internet.
    let found = codes(&check(&moto, &subnet).exits(3));
    assert_eq!(found, ["cluster-not-found", "no-way-out"]);

    let tables = moto.query("ec2", "Action=DescribeRouteTables&Version=2016-11-15");
    let table = between(&tables, "<routeTableId>", "</routeTableId>");
    let gateway = moto.query("ec2", "Action=CreateInternetGateway&Version=2016-11-15");
    let gateway = between(&gateway, "<internetGatewayId>", "</internetGatewayId>");
    let vpc = between(&subnets, "<vpcId>", "</vpcId>");
    moto.query(
        "ec2",
        &format!("Action=AttachInternetGateway&Version=2016-11-15&InternetGatewayId={gateway}&VpcId={vpc}"),
    );
    let route = format!("RouteTableId={table}&DestinationCidrBlock=0.0.0.0%2F0&GatewayId={gateway}");
    moto.query("ec2", &format!("Action=CreateRoute&Version=2016-11-15&{route}"));
    let public = file(&subnet).replace("]}}", "], assignPublicIp: ENABLED}}");
    let output = moto.ecsctl(&["check", "-o", "json"]).file(&public).run();
    assert_eq!(codes(&output.exits(3)), ["cluster-not-found"]);
}

/// Returns the text between two others.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text
        .split_once(before)
        .unwrap_or_else(|| panic!("no {before} in {text}"));
    rest.split(after).next().unwrap_or_default()
}
