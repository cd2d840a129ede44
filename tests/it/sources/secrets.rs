//! `${secretsmanager:…}`: ARNs of secrets, for a container's `secrets`.

use super::{run, server};
use crate::support::files::WEB;
use crate::support::{Fault, cases};

const SECRETS: &str = "{secrets: {shop/db: planted, gone: null}}";

const ARN: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db-AbCdEf";

fn with(secret: &str) -> String {
    WEB.replace(
        "          environment:",
        &format!("          secrets: {{DB: '{secret}'}}\n          environment:"),
    )
}

fn is_its_arn(reference: &str, behind: &str) {
    let server = server(SECRETS);
    let output = run(&server, &["render", "-o", "json"], &with(reference)).exits(0);
    let document = output.json();
    let container = &document["services"]["web"]["taskDefinition"]["containerDefinitions"][0];
    assert_eq!(container["secrets"][0]["valueFrom"], format!("{ARN}{behind}"));
    assert_eq!(server.log().names(), ["secretsmanager DescribeSecret"]);
    assert!(!output.stdout.contains("planted"));
}

cases! { is_its_arn {
    of_a_name("${secretsmanager:shop/db}", "");
    of_a_key("${secretsmanager:shop/db:password}", ":password::");
    of_a_stage("${secretsmanager:shop/db:password:AWSPREVIOUS}", ":password:AWSPREVIOUS:");
    of_an_arn("${secretsmanager:arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db-AbCdEf:user}", ":user::");
    with_a_suffix_of_the_file("${secretsmanager:shop/db}:password::", ":password::");
} }

fn is_refused(reference: &str, code: i32, words: &str) {
    let server = server(SECRETS);
    run(&server, &["render"], &with(reference))
        .exits(code)
        .says(words);
}

cases! { is_refused {
    missing("${secretsmanager:shop/dbs}", 2, "error: the secret `shop/dbs` doesn't exist in us-east-1");
    deleted("${secretsmanager:gone}", 2, "error: the secret `gone` is scheduled for deletion");
    too_many_parts("${secretsmanager:a:b:c:d:e}", 2, "has too many parts");
} }

#[test]
fn denied_action_is_named_with_its_secret() {
    let server = server(SECRETS);
    server.fault(Fault::denied("secretsmanager DescribeSecret"));
    run(&server, &["plan"], &with("${secretsmanager:shop/db}"))
        .exits(3)
        .says("error: access denied: could not describe secret shop/db")
        .says("allow secretsmanager:DescribeSecret on arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/db");
}
