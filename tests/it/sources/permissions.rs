//! The README's permissions of each source are the AWS operations that it calls.

use std::collections::BTreeSet;

use super::{run, server, with};
use crate::support::fault::iam_action_of;
use crate::support::readme::holds;

/// References, by the source.
const REFERENCES: [(&str, &str); 5] = [
    ("ssm", "${ssm:name}"),
    ("cfn", "${cfn:stack.Output}"),
    ("cfnExport", "${cfnExport:name}"),
    ("secretsmanager", "${secretsmanager:name}"),
    ("tfstate", "${tfstate:name:-v}"),
];

#[test]
fn readme_lists_the_permissions_of_each_source() {
    let mut table = String::new();
    for (source, reference) in REFERENCES {
        let server = server(
            "{parameters: {name: v}, stacks: {stack: {Output: v}}, exports: {name: v}, secrets: {name: v}, \
             buckets: {states: {objects: {key: '{\"version\": 4}'}}}}",
        );
        let file = format!("tfstate: s3://states/key\n{}", with(&format!("A: '{reference}'")));
        run(&server, &["render"], &file).exits(0);
        let log = server.log();
        let called: BTreeSet<String> = log.names().into_iter().filter_map(iam_action_of).collect();
        let actions: Vec<String> = called.into_iter().collect();
        table += &format!("{source:<14}  {}\n", actions.join(" "));
    }
    holds("sources", &table, |text| text.to_owned());
}
