//! Replies that don't say which deployment is PRIMARY: success takes one.

use crate::support::cases;
use crate::support::deploys::{deploy, deployed};
use crate::support::files::{WEB, changed};
use crate::support::service_state::runs;
use crate::support::{Ecsctl, Fault, Scenario, Scripted};

const UPDATE: &str = "ecs UpdateService";
const DESCRIBE: &str = "ecs DescribeServices";

fn lacks(operation: &str, member: &str) -> Fault {
    Fault {
        without: Some(member.to_owned()),
        ..Fault::on(operation)
    }
}

fn update_that_names_no_deployment_is_identified_later(member: &str) {
    let server = deployed(Scenario::default());
    server.fault(lacks(UPDATE, member));
    let output = deploy(&server, &changed()).run().exits(0);
    output.says("web:2");
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

cases! { update_that_names_no_deployment_is_identified_later {
    reply_without_deployments("deployments");
    reply_without_deployment_ids("deployments.id");
} }

/// The read after the change is older than it: the previous deployment is still PRIMARY.
#[test]
fn previous_deployment_is_not_ours_after_a_forced_one() {
    let server = deployed(Scenario::parse("rollouts: {web: [{}, {stale: 3}]}"));
    server.fault(lacks(UPDATE, "deployments"));
    Ecsctl::on(&server, &["deploy", "--force"])
        .file(WEB)
        .run()
        .exits(0);
    let log = server.log();
    let names = log.names().into_iter().skip_while(|name| *name != UPDATE);
    let after = names.filter(|name| *name == DESCRIBE).count();
    assert!(after > 3, "{after} reads, of which three were from before");
}

fn services_without_a_primary_are_never_successful(verb: &[&str], member: &str) {
    let server = deployed(Scenario::default());
    server.fault(lacks(DESCRIBE, member));
    server.fault(lacks(UPDATE, member));
    let args: Vec<&str> = verb.iter().copied().chain(["--timeout", "3s"]).collect();
    let output = Ecsctl::on(&server, &args).file(&changed()).run();
    output.exits(6);
}

cases! { services_without_a_primary_are_never_successful {
    deploy_without_deployments(&["deploy"], "deployments");
    deploy_without_deployment_ids(&["deploy"], "deployments.id");
    deploy_without_deployment_statuses(&["deploy"], "deployments.status");
    forced_without_deployments(&["deploy", "--force"], "deployments");
    restart_without_deployments(&["restart", "web"], "deployments");
    scale_without_deployments(&["scale", "web=3"], "deployments");
    wait_without_deployments(&["wait", "web"], "deployments");
} }

fn deployment_that_is_listed_twice_is_never_successful(verb: &[&str]) {
    let server = deployed(Scenario::default());
    for operation in [DESCRIBE, UPDATE] {
        server.fault(Fault {
            twice: Some("arn:aws:ecs:us-east-1:123456789012:task-definition/web:9".to_owned()),
            ..Fault::on(operation)
        });
    }
    let args: Vec<&str> = verb.iter().copied().chain(["--timeout", "1m"]).collect();
    let output = Ecsctl::on(&server, &args).file(&changed()).run();
    output.exits(6);
}

cases! { deployment_that_is_listed_twice_is_never_successful {
    deploy_with_deployments_twice(&["deploy"]);
    forced_with_deployments_twice(&["deploy", "--force"]);
    restart_with_deployments_twice(&["restart", "web"]);
    wait_with_deployments_twice(&["wait", "web"]);
} }

/// No service at all, what is no service, what is no reply, and what is no JSON.
const UNUSABLE: [&str; 7] = [
    r#"{"service": null}"#,
    r#"{"service": {}}"#,
    r#"{"service": "web"}"#,
    r#"{"service": [{"serviceName": "web"}]}"#,
    "{}",
    "null",
    "<html>It works</html>",
];

fn unusable(operation: &str, body: &str, processed: bool) -> Fault {
    Fault {
        instead: Some(body.to_owned()),
        processed,
        ..Fault::on(operation)
    }
}

#[test]
fn created_service_is_found_after_an_unusable_reply() {
    for body in UNUSABLE {
        let server = Scripted::start(Scenario::default());
        server.fault(unusable("ecs CreateService", body, true));
        deploy(&server, WEB).run().exits(0);
        assert_eq!(runs(&server), "web:1 COMPLETED", "{body}");
        assert_eq!(server.log().counts()["ecs CreateService"], 1, "{body}");
    }
}

#[test]
fn updated_service_is_found_after_an_unusable_reply() {
    for body in UNUSABLE {
        let server = deployed(Scenario::default());
        server.fault(unusable(UPDATE, body, true));
        deploy(&server, &changed()).run().exits(0);
        assert_eq!(runs(&server), "web:2 COMPLETED", "{body}");
        assert_eq!(server.log().counts()[UPDATE], 1, "{body}");
    }
}

#[test]
fn unusable_reply_alone_is_never_a_success() {
    for body in UNUSABLE {
        let server = Scripted::start(Scenario::default());
        server.fault(unusable("ecs CreateService", body, false));
        deploy(&server, WEB)
            .run()
            .exits(3)
            .says("could not create service web");
        let server = deployed(Scenario::default());
        server.fault(unusable(UPDATE, body, false));
        deploy(&server, &changed())
            .run()
            .exits(3)
            .says("could not update service web");
    }
}

/// Its tasks run long enough for a success; that they are of the requested revision is not known.
#[test]
fn primary_without_a_revision_is_never_successful() {
    for file in [changed(), WEB.to_owned()] {
        let server = deployed(Scenario::default());
        server.fault(lacks(DESCRIBE, "deployments.taskDefinition"));
        server.fault(lacks(UPDATE, "deployments.taskDefinition"));
        let run = Ecsctl::on(&server, &["deploy", "--timeout", "5m"]).file(&file);
        run.run().exits(6);
    }
}

#[test]
fn unchanged_service_without_a_primary_is_not_successful() {
    let server: Scripted = deployed(Scenario::default());
    server.fault(lacks(DESCRIBE, "deployments"));
    let run = Ecsctl::on(&server, &["deploy", "--timeout", "3s"])
        .file(WEB)
        .run();
    run.exits(6);
}
