//! Amazon EC2: the subnets of tasks, and their routes and endpoints.

use super::error::AwsError;
use super::query::{items, query};
use super::query_endpoint::QueryEndpoint;
use super::reply::list;
use super::session::Aws;
use super::wire::AwsCall;
use super::xml::XmlShape::{self, List, Structure, Text};
use crate::ecs::{RouteTable, SecurityGroup, Subnet, VpcEndpoint};
use crate::model::Value;

/// The most pages of a list that are read: a VPC has at most some hundred route tables and endpoints, and a page of EC2
/// up to a thousand.
const MAX_PAGES: usize = 10;

const SUBNETS: XmlShape = Structure(&[("subnetSet", List("item", &SUBNET))]);
const SUBNET: XmlShape = Structure(&[("subnetId", Text), ("vpcId", Text), ("ipv6Native", Text)]);

const SECURITY_GROUPS: XmlShape = Structure(&[("securityGroupInfo", List("item", &SECURITY_GROUP))]);
const SECURITY_GROUP: XmlShape = Structure(&[("groupId", Text), ("vpcId", Text)]);

const ROUTE_TABLES: XmlShape =
    Structure(&[("routeTableSet", List("item", &ROUTE_TABLE)), ("nextToken", Text)]);
const ROUTE_TABLE: XmlShape = Structure(&[
    ("routeTableId", Text),
    ("vpcId", Text),
    (
        "associationSet",
        List("item", &Structure(&[("main", Text), ("subnetId", Text)])),
    ),
    ("routeSet", List("item", &ROUTE)),
]);
const ROUTE: XmlShape = Structure(&[
    ("destinationCidrBlock", Text),
    ("destinationPrefixListId", Text),
    ("gatewayId", Text),
    ("state", Text),
]);

const ENDPOINTS: XmlShape = Structure(&[("vpcEndpointSet", List("item", &ENDPOINT)), ("nextToken", Text)]);
const ENDPOINT: XmlShape = Structure(&[
    ("vpcEndpointId", Text),
    ("vpcEndpointType", Text),
    ("serviceName", Text),
    ("state", Text),
    ("privateDnsEnabled", Text),
    ("routeTableIdSet", List("item", &Text)),
]);

impl Aws {
    /// Calls DescribeSubnets. One that doesn't exist fails the call (`InvalidSubnetID.NotFound`).
    pub async fn describe_subnets(&self, ids: &[String]) -> Result<Vec<Subnet>, AwsError> {
        let members = items("SubnetId", ids).collect();
        let found = self
            .describe("DescribeSubnets", ids.join(", "), members, &SUBNETS)
            .await?;
        Ok(list(found, "subnetSet").iter().map(Subnet::read).collect())
    }

    /// Calls DescribeSecurityGroups. One that doesn't exist fails the call (`InvalidGroup.NotFound`).
    pub async fn describe_security_groups(&self, ids: &[String]) -> Result<Vec<SecurityGroup>, AwsError> {
        let members = items("GroupId", ids).collect();
        let operation = "DescribeSecurityGroups";
        let found = self
            .describe(operation, ids.join(", "), members, &SECURITY_GROUPS)
            .await?;
        let groups = list(found, "securityGroupInfo");
        Ok(groups.iter().map(SecurityGroup::read).collect())
    }

    /// Calls DescribeRouteTables for VPCs.
    pub async fn describe_route_tables(&self, vpcs: &[String]) -> Result<Vec<RouteTable>, AwsError> {
        let pages = self
            .describe_in_vpcs("DescribeRouteTables", vpcs, &ROUTE_TABLES)
            .await?;
        let tables = pages.into_iter().flat_map(|page| list(page, "routeTableSet"));
        Ok(tables.map(|table| RouteTable::read(&table)).collect())
    }

    /// Calls DescribeVpcEndpoints for VPCs.
    pub async fn describe_vpc_endpoints(&self, vpcs: &[String]) -> Result<Vec<VpcEndpoint>, AwsError> {
        let pages = self
            .describe_in_vpcs("DescribeVpcEndpoints", vpcs, &ENDPOINTS)
            .await?;
        let endpoints = pages.into_iter().flat_map(|page| list(page, "vpcEndpointSet"));
        Ok(endpoints.map(|endpoint| VpcEndpoint::read(&endpoint)).collect())
    }

    /// Reads all pages of what belongs to these VPCs.
    async fn describe_in_vpcs(
        &self,
        operation: &'static str,
        vpcs: &[String],
        shape: &XmlShape,
    ) -> Result<Vec<Value>, AwsError> {
        let filter = [("Filter.1.Name".to_owned(), "vpc-id".to_owned())];
        let members: Vec<_> = filter.into_iter().chain(items("Filter.1.Value", vpcs)).collect();
        let (mut pages, mut token) = (Vec::new(), None);
        while pages.len() < MAX_PAGES {
            let next = token.take().map(|token: String| ("NextToken".to_owned(), token));
            let members = members.iter().cloned().chain(next).collect();
            let page = self.describe(operation, vpcs.join(", "), members, shape).await?;
            token = page.get("nextToken").and_then(Value::as_str).map(str::to_owned);
            pages.push(page);
            if token.as_ref().is_none_or(String::is_empty) {
                break;
            }
        }
        Ok(pages)
    }

    async fn describe(
        &self,
        operation: &'static str,
        resource: String,
        members: Vec<(String, String)>,
        shape: &XmlShape,
    ) -> Result<Value, AwsError> {
        let form = QueryEndpoint::Ec2.form(operation, &members);
        let call = AwsCall::new("ec2", operation)
            .on(resource)
            .optional()
            .sent_to(QueryEndpoint::Ec2, form);
        query!(self, call, shape)
    }
}

#[cfg(test)]
mod tests {
    use crate::aws::error::AwsErrorKind;
    use crate::aws::testing::{Answer, FakeAws};

    fn texts<const N: usize>(list: [&str; N]) -> Vec<String> {
        list.map(str::to_owned).into()
    }

    #[tokio::test]
    async fn pages_of_route_tables_are_read() {
        let page = |id: &str, more: &str| {
            Answer::Reply(
                200,
                format!(
                    "<DescribeRouteTablesResponse><routeTableSet><item><routeTableId>{id}</routeTableId>\
                <vpcId>vpc-1</vpcId><associationSet><item><main>true</main></item></associationSet><routeSet><item>\
                <destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><natGatewayId>nat-1</natGatewayId><state>active</state>\
                </item></routeSet></item></routeTableSet>{more}</DescribeRouteTablesResponse>"
                ),
            )
        };
        let fake = FakeAws::answering([page("rtb-1", "<nextToken>n/1</nextToken>"), page("rtb-2", "")]).await;
        let tables = fake
            .session()
            .await
            .describe_route_tables(&texts(["vpc-1"]))
            .await
            .unwrap();
        let ids: Vec<&str> = tables.iter().map(|table| table.id.as_str()).collect();
        assert_eq!(ids, ["rtb-1", "rtb-2"]);
        assert!(tables[0].is_main);
        let requests = fake.requests();
        assert_eq!(
            requests[1].body,
            "Action=DescribeRouteTables&Version=2016-11-15&Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1&NextToken=n%2F1"
        );
        let signature = requests[0].header("authorization").unwrap();
        assert!(signature.contains("/us-east-1/ec2/aws4_request"), "{signature}");
    }

    #[tokio::test]
    async fn refusals_have_their_code_and_action() {
        let refusal = |code: &str| {
            Answer::Reply(
                400,
                format!(
                    "<Response><Errors><Error><Code>{code}</Code><Message>no</Message></Error></Errors><RequestID>r</RequestID></Response>"
                ),
            )
        };
        let fake = FakeAws::answering([
            refusal("InvalidSubnetID.NotFound"),
            refusal("UnauthorizedOperation"),
        ])
        .await;
        let aws = fake.session().await;
        let missing = aws.describe_subnets(&texts(["subnet-1"])).await.unwrap_err();
        assert!(missing.is_not_found());
        assert_eq!(missing.aws_code(), Some("InvalidSubnetID.NotFound"));
        let denied = aws.describe_subnets(&texts(["subnet-1"])).await.unwrap_err();
        assert!(denied.is_access_denied());
        assert_eq!(denied.action(), "ec2:DescribeSubnets");
    }

    #[tokio::test]
    async fn what_is_not_xml_is_an_error() {
        let fake = FakeAws::answering([Answer::Reply(200, "hello".to_owned())]).await;
        let error = fake
            .session()
            .await
            .describe_vpc_endpoints(&texts(["v"]))
            .await
            .unwrap_err();
        assert_eq!(*error.kind(), AwsErrorKind::Nonsense);
    }
}
