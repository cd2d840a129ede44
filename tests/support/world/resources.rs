//! Roles, networks, quotas and settings of target groups. By default everything exists and fits: a scenario says what
//! doesn't.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Value, json};

use super::base::Base;
use crate::support::protocol::{Answer, Call, Refusal, escape};

/// What a scenario says about them.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Resources {
    /// Names and IDs of roles, subnets and security groups that don't exist.
    pub missing: Vec<String>,
    /// The VPCs of subnets and security groups that are not in vpc-1.
    pub vpcs: IndexMap<String, String>,
    /// The target of the main route table's default route: `nat-1`, `igw-1`, or none.
    pub default_route: Option<String>,
    /// The services that have a VPC endpoint: `ecr.api`.
    pub endpoints: Vec<String>,
    /// Roles that tasks can't assume.
    pub untrusting: Vec<String>,
    /// Roles that the caller may not pass.
    pub not_passed: Vec<String>,
    /// The values of quotas, by code; 1000 by default.
    pub quotas: IndexMap<String, f64>,
    /// The settings of target groups, by ARN.
    pub target_groups: IndexMap<String, TargetGroupSetup>,
}

impl Default for Resources {
    fn default() -> Self {
        Self {
            missing: Vec::new(),
            vpcs: IndexMap::new(),
            default_route: Some("nat-1".to_owned()),
            endpoints: Vec::new(),
            untrusting: Vec::new(),
            not_passed: Vec::new(),
            quotas: IndexMap::new(),
            target_groups: IndexMap::new(),
        }
    }
}

/// The settings of a target group.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TargetGroupSetup {
    pub target_type: String,
    pub vpc: String,
    pub interval: u64,
    pub healthy: u64,
    pub unhealthy: u64,
    /// The deregistration delay in seconds.
    pub delay: u64,
    /// Whether no load balancer routes to it.
    pub unattached: bool,
}

impl Default for TargetGroupSetup {
    fn default() -> Self {
        Self {
            target_type: "ip".to_owned(),
            vpc: "vpc-1".to_owned(),
            interval: 10,
            healthy: 2,
            unhealthy: 6,
            delay: 30,
            unattached: false,
        }
    }
}

impl Resources {
    /// Returns the settings of a target group.
    pub fn target_group_settings(&self, arn: &str) -> TargetGroupSetup {
        self.target_groups.get(arn).cloned().unwrap_or_default()
    }

    /// Returns a target group behind this load balancer.
    pub fn target_group(&self, arn: &str, balancer: &str) -> Value {
        let setup = self.target_group_settings(arn);
        let mut group = json!({
            "TargetGroupArn": arn,
            "TargetType": setup.target_type,
            "Protocol": "HTTP",
            "Port": 80,
            "VpcId": setup.vpc,
            "HealthCheckPort": "traffic-port",
            "HealthCheckIntervalSeconds": setup.interval,
            "HealthyThresholdCount": setup.healthy,
            "UnhealthyThresholdCount": setup.unhealthy,
        });
        if !setup.unattached {
            group["LoadBalancerArns"] = json!({"member": balancer});
        }
        group
    }

    /// Handles GetServiceQuota.
    pub fn quotas(&self, call: &Call) -> Option<Answer> {
        let code = call.text("QuotaCode").unwrap_or_default();
        let value = self.quotas.get(code).copied().unwrap_or(1000.0);
        let quota = json!({"ServiceCode": call.text("ServiceCode"), "QuotaCode": code, "Value": value});
        (call.operation == "GetServiceQuota").then(|| Ok(json!({"Quota": quota})))
    }

    /// Handles the calls of IAM.
    pub fn iam(&self, call: &Call, base: &Base) -> Option<Answer> {
        match call.operation.as_str() {
            "GetRole" => Some(self.role(call.text("RoleName").unwrap_or_default(), base)),
            "SimulatePrincipalPolicy" => {
                let role = call.text("ResourceArns.member.1").unwrap_or_default();
                let is_denied = self
                    .not_passed
                    .iter()
                    .any(|name| role.ends_with(&format!("/{name}")));
                let decision = if is_denied { "implicitDeny" } else { "allowed" };
                Some(Ok(Value::from(format!(
                    "<EvaluationResults><member><EvalActionName>iam:PassRole</EvalActionName>\
                     <EvalResourceName>{}</EvalResourceName><EvalDecision>{decision}</EvalDecision></member>\
                     </EvaluationResults>",
                    escape(role)
                ))))
            }
            _ => None,
        }
    }

    fn role(&self, name: &str, base: &Base) -> Answer {
        if self.missing.iter().any(|it| it == name) {
            let message = format!("The role with name {name} cannot be found.");
            return Err(Refusal {
                status: 404,
                ..Refusal::new("NoSuchEntity", message)
            });
        }
        let service = match self.untrusting.iter().any(|it| it == name) {
            true => "ec2.amazonaws.com",
            false => "ecs-tasks.amazonaws.com",
        };
        let policy = json!({"Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]});
        let policy: String = policy
            .to_string()
            .bytes()
            .map(|byte| format!("%{byte:02X}"))
            .collect();
        Ok(Value::from(format!(
            "<Role><Path>/</Path><RoleName>{0}</RoleName><RoleId>AROA</RoleId><Arn>arn:aws:iam::{1}:role/{0}</Arn>\
             <CreateDate>2026-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>{policy}</AssumeRolePolicyDocument></Role>",
            escape(name),
            base.account
        )))
    }

    /// Handles the calls of EC2.
    pub fn ec2(&self, call: &Call) -> Option<Answer> {
        let texts = |prefix: &str| -> Vec<&str> {
            let numbered = (1..100).map(|number| format!("{prefix}.{number}"));
            numbered.map_while(|name| call.text(&name)).collect()
        };
        Some(match call.operation.as_str() {
            "DescribeSubnets" => self.described(
                &texts("SubnetId"),
                ("InvalidSubnetID.NotFound", "subnet"),
                ("subnetSet", "subnetId"),
            ),
            "DescribeSecurityGroups" => self.described(
                &texts("GroupId"),
                ("InvalidGroup.NotFound", "security group"),
                ("securityGroupInfo", "groupId"),
            ),
            "DescribeRouteTables" => Ok(self.route_tables(&texts("Filter.1.Value"))),
            "DescribeVpcEndpoints" => Ok(self.vpc_endpoints(&texts("Filter.1.Value"))),
            _ => return None,
        })
    }

    fn described(&self, ids: &[&str], (code, kind): (&str, &str), (set, id_tag): (&str, &str)) -> Answer {
        if let Some(missing) = ids.iter().find(|id| self.missing.iter().any(|it| it == *id)) {
            let message = format!("The {kind} ID '{missing}' does not exist");
            return Err(Refusal::new(code, message));
        }
        let items = ids.iter().map(|id| {
            let vpc = self.vpcs.get(*id).map_or("vpc-1", String::as_str);
            format!(
                "<item><{id_tag}>{}</{id_tag}><vpcId>{vpc}</vpcId></item>",
                escape(id)
            )
        });
        Ok(Value::from(format!(
            "<{set}>{}</{set}>",
            items.collect::<String>()
        )))
    }

    /// Each VPC has a main route table, which its subnets use.
    fn route_tables(&self, vpcs: &[&str]) -> Value {
        let tables = vpcs.iter().map(|vpc| {
            let route = self.default_route.as_ref().map(|target| {
                let tag = if target.starts_with("nat-") { "natGatewayId" } else { "gatewayId" };
                format!(
                    "<item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><{tag}>{target}</{tag}><state>active</state></item>"
                )
            });
            format!(
                "<item><routeTableId>rtb-{vpc}</routeTableId><vpcId>{vpc}</vpcId><routeSet><item>\
                 <destinationCidrBlock>10.0.0.0/16</destinationCidrBlock><gatewayId>local</gatewayId><state>active</state>\
                 </item>{}</routeSet><associationSet><item><main>true</main></item></associationSet></item>",
                route.unwrap_or_default()
            )
        });
        Value::from(format!(
            "<routeTableSet>{}</routeTableSet>",
            tables.collect::<String>()
        ))
    }

    fn vpc_endpoints(&self, vpcs: &[&str]) -> Value {
        let endpoints = vpcs.iter().flat_map(|vpc| {
            self.endpoints.iter().map(move |service| {
                let (kind, more) = match service.as_str() {
                    "s3" => ("Gateway", format!("<routeTableIdSet><item>rtb-{vpc}</item></routeTableIdSet>")),
                    _ => ("Interface", "<privateDnsEnabled>true</privateDnsEnabled>".to_owned()),
                };
                format!(
                    "<item><vpcEndpointId>vpce-1</vpcEndpointId><vpcEndpointType>{kind}</vpcEndpointType><vpcId>{vpc}</vpcId>\
                     <serviceName>com.amazonaws.us-east-1.{service}</serviceName><state>available</state>{more}</item>"
                )
            })
        });
        Value::from(format!(
            "<vpcEndpointSet>{}</vpcEndpointSet>",
            endpoints.collect::<String>()
        ))
    }
}
