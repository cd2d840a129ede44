//! AWS IAM: the roles of tasks, and whether the caller may pass them.

use super::error::AwsError;
use super::query::query;
use super::query_endpoint::QueryEndpoint;
use super::session::Aws;
use super::wire::AwsCall;
use super::xml::XmlShape::{self, List, Structure, Text};
use crate::ecs::{IamRole, PassDecision};

const ROLE: XmlShape = Structure(&[(
    "GetRoleResult",
    Structure(&[(
        "Role",
        Structure(&[("Arn", Text), ("AssumeRolePolicyDocument", Text)]),
    )]),
)]);

const RESULT: XmlShape = Structure(&[
    ("EvalDecision", Text),
    ("MissingContextValues", List("member", &Text)),
]);

const SIMULATION: XmlShape = Structure(&[(
    "SimulatePrincipalPolicyResult",
    Structure(&[("EvaluationResults", List("member", &RESULT))]),
)]);

impl Aws {
    /// Calls GetRole. None if it doesn't exist.
    pub async fn get_role(&self, name: &str) -> Result<Option<IamRole>, AwsError> {
        let endpoint = QueryEndpoint::Iam(self.region().to_owned());
        let form = endpoint.form("GetRole", &[("RoleName".to_owned(), name.to_owned())]);
        let call = AwsCall::new("iam", "GetRole")
            .on(name)
            .optional()
            .sent_to(endpoint, form);
        match query!(self, call, &ROLE) {
            Ok(reply) => Ok(IamRole::read(&reply)),
            Err(error) if error.aws_code() == Some("NoSuchEntity") => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Calls SimulatePrincipalPolicy: may this principal pass the role to tasks? None if AWS gives no decision.
    pub async fn simulate_pass_role(
        &self,
        principal: &str,
        role: &str,
    ) -> Result<Option<PassDecision>, AwsError> {
        let endpoint = QueryEndpoint::Iam(self.region().to_owned());
        let members = [
            ("PolicySourceArn", principal),
            ("ActionNames.member.1", "iam:PassRole"),
            ("ResourceArns.member.1", role),
            ("ContextEntries.member.1.ContextKeyName", "iam:PassedToService"),
            ("ContextEntries.member.1.ContextKeyType", "string"),
            (
                "ContextEntries.member.1.ContextKeyValues.member.1",
                "ecs-tasks.amazonaws.com",
            ),
        ];
        let members = members.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let form = endpoint.form("SimulatePrincipalPolicy", &members);
        let call = AwsCall::new("iam", "SimulatePrincipalPolicy")
            .on(principal)
            .optional()
            .sent_to(endpoint, form);
        let reply = query!(self, call, &SIMULATION)?;
        Ok(PassDecision::read(&reply))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::testing::{Answer, FakeAws};

    #[tokio::test]
    async fn roles_are_read_with_their_trust_policy() {
        let policy = "%7B%22Statement%22%3A%5B%5D%7D";
        let role = format!(
            "<GetRoleResponse><GetRoleResult><Role><Arn>arn:r</Arn><AssumeRolePolicyDocument>{policy}</AssumeRolePolicyDocument></Role></GetRoleResult></GetRoleResponse>"
        );
        let missing =
            "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>no</Message></Error></ErrorResponse>";
        let fake =
            FakeAws::answering([Answer::Reply(200, role), Answer::Reply(404, missing.to_owned())]).await;
        let aws = fake.session().await;
        assert_eq!(aws.get_role("web").await.unwrap().unwrap().arn, "arn:r");
        assert_eq!(aws.get_role("web").await.unwrap(), None);
        let request = &fake.requests()[0];
        assert_eq!(request.body, "Action=GetRole&Version=2010-05-08&RoleName=web");
        let signature = request.header("authorization").unwrap();
        assert!(signature.contains("/us-east-1/iam/aws4_request"), "{signature}");
    }

    #[tokio::test]
    async fn simulations_have_a_decision() {
        let reply = |decision: &str| {
            Answer::Reply(
                200,
                format!(
                    "<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults><member><EvalDecision>{decision}</EvalDecision></member></EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>"
                ),
            )
        };
        let unknown = "implicitDeny</EvalDecision><MissingContextValues><member>aws:SourceIp</member></MissingContextValues><EvalDecision>implicitDeny";
        let fake = FakeAws::answering([reply("allowed"), reply("explicitDeny"), reply(unknown)]).await;
        let aws = fake.session().await;
        let simulate = || aws.simulate_pass_role("arn:aws:iam::1:user/ci", "arn:r");
        assert_eq!(simulate().await.unwrap(), Some(PassDecision::Allowed));
        assert_eq!(simulate().await.unwrap(), Some(PassDecision::Denied));
        assert_eq!(simulate().await.unwrap(), None);
    }
}
