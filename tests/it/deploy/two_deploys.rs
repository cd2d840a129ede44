//! Two deploys of one service at the same time.

use crate::support::deploys::{deploy, deployed, overtaken};
use crate::support::files::{WEB, changed};
use crate::support::service_state::runs;
use crate::support::{Fault, Scenario, Scripted};

const DESCRIBE: &str = "ecs DescribeServices";
const REGISTER: &str = "ecs RegisterTaskDefinition";

#[test]
fn service_created_meanwhile_with_the_same_content_is_ours() {
    let server = Scripted::start(Scenario::default());
    overtaken(&server, &[(REGISTER, 1)], &deploy(&server, WEB), WEB)
        .exits(0)
        .says("web runs web:1");
    assert_eq!(runs(&server), "web:1 COMPLETED");
}

#[test]
fn service_created_meanwhile_with_other_content_is_superseded() {
    let server = Scripted::start(Scenario::default());
    let output = overtaken(&server, &[(REGISTER, 1)], &deploy(&server, WEB), &changed()).exits(7);
    output.says("service web was created by another deploy after the plan: it runs web:1");
    assert_eq!(runs(&server), "web:1 COMPLETED");
}

#[test]
fn service_updated_meanwhile_to_the_same_content_is_left_alone() {
    let server = deployed(Scenario::default());
    let held = [(REGISTER, 1), (DESCRIBE, 2)];
    let output = overtaken(&server, &held, &deploy(&server, &changed()), &changed()).exits(0);
    output.says("nothing to do, web:2 runs");
    assert_eq!(runs(&server), "web:2 COMPLETED");
    server.log().only("ecs UpdateService");
}

/// "Too many concurrent attempts" means that another run registers, maybe the same.
#[test]
fn revision_that_another_run_registers_is_used() {
    let server = deployed(Scenario::default());
    server.fault(Fault {
        nth: Some(1),
        processed: true,
        code: Some("ClientException".to_owned()),
        message: Some(
            "Too many concurrent attempts to create a new revision of the specified family.".to_owned(),
        ),
        ..Fault::on(REGISTER)
    });
    deploy(&server, &changed()).run().exits(0);
    server.log().only(REGISTER);
    assert_eq!(runs(&server), "web:2 COMPLETED");
}
