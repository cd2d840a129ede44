//! `${cfn:…}` and `${cfnExport:…}`: outputs and exports of CloudFormation stacks.

use super::{RENDER, rendered, run, server, with};
use crate::support::files::WEB;
use crate::support::{Fault, cases};

const STACKS: &str = "{stacks: {network: {VpcId: vpc-1, Count: '3', Odd: 'a&<b'}, empty: {}}, \
    exports: {a: '1', b: '2', network-VpcId: vpc-2, 'shop:zone': z1}}";

#[test]
fn outputs_and_exports_are_filled_in() {
    let server = server(STACKS);
    let file = with(
        "V: '${cfn:network.VpcId}', O: '${cfn:network.Odd}', E: '${cfnExport:network-VpcId}', \
         Z: '${cfnExport:shop:zone}', D: '${cfn:nothing.Here:-none}', N: '${cfn:network.Nope:-none}', \
         A: '${cfn:arn:aws:cloudformation:us-east-1:123456789012:stack/network/1b2c.VpcId}'",
    )
    .replace("desiredCount: 2", "desiredCount: '${cfn:network.Count}'");
    let output = run(&server, &RENDER, &file).exits(0);
    for (name, expected) in [
        ("V", "vpc-1"),
        ("O", "a&<b"),
        ("E", "vpc-2"),
        ("Z", "z1"),
        ("D", "none"),
        ("N", "none"),
        ("A", "vpc-1"),
    ] {
        assert_eq!(rendered(&output, name), expected, "{name}");
    }
    assert_eq!(output.json()["services"]["web"]["service"]["desiredCount"], 3);
    let log = server.log();
    let counts = log.counts();
    assert_eq!(counts["cloudformation DescribeStacks"], 3, "once a stack");
    assert_eq!(counts["cloudformation ListExports"], 2, "two pages");
}

fn is_refused(environment: &str, code: i32, words: &[&str]) {
    let server = server(STACKS);
    let mut output = run(&server, &["render"], &with(environment)).exits(code);
    for words in words {
        output = output.says(words);
    }
}

cases! { is_refused {
    misspelled_output("A: '${cfn:network.VpcID}'", 2, &[
        "error: the stack `network` has no output `VpcID`",
        "--> deploy.yaml:13:31",
        "did you mean `VpcId`?",
    ]);
    unknown_output("A: '${cfn:network.Q}'", 2, &["it has Count, Odd, VpcId"]);
    stack_without_outputs("A: '${cfn:empty.Q}'", 2, &["the stack `empty` has no output `Q`", "it has no outputs"]);
    missing_stack("A: '${cfn:netwrk.VpcId}'", 2, &["error: the stack `netwrk` doesn't exist in us-east-1"]);
    stack_alone("A: '${cfn:network}'", 2, &["`cfn:network` names no output of a stack", "write `cfn:STACK.OUTPUT`"]);
    misspelled_export("A: '${cfnExport:network-VpcID}'", 2, &[
        "error: us-east-1 has no export `network-VpcID`",
        "did you mean `network-VpcId`?",
    ]);
} }

#[test]
fn denied_actions_are_all_named() {
    let server = server(STACKS);
    server.fault(Fault::denied("cloudformation *"));
    let file = WEB.replace("VERSION: \"1\"", "A: '${cfn:network.VpcId}', B: '${cfnExport:a}'");
    run(&server, &["deploy"], &file)
        .exits(3)
        .says("error: access denied: could not describe stacks network")
        .says("allow cloudformation:DescribeStacks on arn:aws:cloudformation:us-east-1:123456789012:stack/network/*")
        .says("error: access denied: could not list exports")
        .says("allow cloudformation:ListExports")
        .says("2 errors in deploy.yaml");
}

#[test]
fn stack_of_another_region_is_read_there() {
    let server = server(STACKS);
    let arn = "arn:aws:cloudformation:eu-west-1:123456789012:stack/missing/1b2c";
    run(&server, &["render"], &with(&format!("A: '${{cfn:{arn}.VpcId}}'")))
        .exits(2)
        .says("doesn't exist in eu-west-1");
}
