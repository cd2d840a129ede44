//! CloudFormation: what stacks output and export.

use std::collections::BTreeMap;

use super::error::AwsError;
use super::session::Aws;
use super::wire::{AwsCall, typed};

impl Aws {
    /// Calls DescribeStacks for the outputs of a stack, by its name or ARN. None if it doesn't exist.
    pub async fn stack_outputs(&self, stack: &str) -> Result<Option<BTreeMap<String, String>>, AwsError> {
        let call = AwsCall::new("cloudformation", "DescribeStacks").on(stack);
        let reply = typed!(
            self,
            call,
            self.cloudformation().describe_stacks().stack_name(stack)
        );
        let reply = match reply {
            Err(error) if is_missing(&error) => return Ok(None),
            reply => reply?,
        };
        let outputs = reply.stacks().iter().flat_map(|stack| stack.outputs());
        let output = |output: &aws_sdk_cloudformation::types::Output| {
            Some((output.output_key()?.to_owned(), output.output_value()?.to_owned()))
        };
        Ok(Some(outputs.filter_map(output).collect()))
    }

    /// Calls ListExports for everything that stacks export in the region, by name.
    pub async fn list_exports(&self) -> Result<BTreeMap<String, String>, AwsError> {
        let (mut exports, mut token) = (BTreeMap::new(), None);
        loop {
            let call = AwsCall::new("cloudformation", "ListExports");
            let page = typed!(
                self,
                call,
                self.cloudformation().list_exports().set_next_token(token.clone())
            )?;
            for export in page.exports() {
                if let (Some(name), Some(value)) = (export.name(), export.value()) {
                    exports.insert(name.to_owned(), value.to_owned());
                }
            }
            let next = page
                .next_token()
                .filter(|next| !next.is_empty())
                .map(str::to_owned);
            if next.is_none() || next == token {
                return Ok(exports);
            }
            token = next;
        }
    }
}

/// Whether the stack doesn't exist: "If the stack doesn't exist, a ValidationError is returned" (API reference,
/// DescribeStacks); its message is "Stack with id NAME does not exist" (aws-cdk issue 5014).
fn is_missing(error: &AwsError) -> bool {
    error.aws_code() == Some("ValidationError")
        && error
            .message()
            .is_some_and(|message| message.contains("does not exist"))
}

#[cfg(test)]
mod tests {
    use crate::aws::testing::{Answer, FakeAws};

    fn reply(operation: &str, result: &str) -> Answer {
        let xml = format!(
            "<{operation}Response><{operation}Result>{result}</{operation}Result></{operation}Response>"
        );
        Answer::Reply(200, xml)
    }

    #[tokio::test]
    async fn outputs_of_a_stack_are_read() {
        let stack = "<Stacks><member><StackName>net</StackName><CreationTime>2026-11-20T10:00:00Z</CreationTime>\
            <StackStatus>CREATE_COMPLETE</StackStatus><Outputs><member><OutputKey>Vpc</OutputKey>\
            <OutputValue>vpc-1</OutputValue></member></Outputs></member></Stacks>";
        let missing = "<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id x \
            does not exist</Message></Error></ErrorResponse>";
        let fake = FakeAws::answering([
            reply("DescribeStacks", stack),
            Answer::Reply(400, missing.to_owned()),
        ])
        .await;
        let aws = fake.session().await;
        let outputs = aws.stack_outputs("net").await.unwrap().unwrap();
        assert_eq!(outputs["Vpc"], "vpc-1");
        assert_eq!(aws.stack_outputs("x").await.unwrap(), None);
    }

    #[tokio::test]
    async fn exports_of_all_pages_are_read() {
        let page = |name: &str, token: &str| {
            let export = format!("<member><Name>{name}</Name><Value>v</Value></member>");
            reply("ListExports", &format!("<Exports>{export}</Exports>{token}"))
        };
        let pages = [page("a", "<NextToken>more</NextToken>"), page("b", "")];
        let fake = FakeAws::answering(pages).await;
        let exports = fake.session().await.list_exports().await.unwrap();
        assert_eq!(exports.keys().collect::<Vec<_>>(), ["a", "b"]);
        assert!(fake.requests()[1].body.contains("NextToken=more"));
    }
}
