//! What is found: each finding with the exit code, and the whole screen.

use super::{check, codes, file, shows, with};
use crate::support::aws_models::assert_valid;
use crate::support::cases;
use crate::support::deploys::{deploy, deployed};
use crate::support::files::{TARGET_GROUP, changed};
use crate::support::{Ecsctl, Scenario};

#[test]
fn a_service_with_everything_right_passes() {
    let server = with("");
    let output = check(&server, &file()).exits(0);
    insta::assert_snapshot!("all_right", output.record());
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
    assert_valid(&server);
}

#[test]
fn everything_wrong_is_shown_at_once() {
    let server = with(&format!(
        "resources: {{missing: [ecsTaskExecutionRole, sg-1], defaultRoute: igw-1, quotas: {{L-3032A538: 0.25}}, \
         targetGroups: {{'{TARGET_GROUP}': {{targetType: instance, interval: 30, healthy: 5, delay: 300, unattached: true}}}}}}"
    ));
    server.world(|world| world.sources.secrets.clear());
    let output = check(&server, &file()).exits(3);
    insta::assert_snapshot!("all_wrong", output.record());
}

fn finding_sets_the_exit_code(resources: &str, change: (&str, &str), code: &str, exit: i32) {
    let server = with(resources);
    let file = file().replace(change.0, change.1);
    assert_eq!(codes(&server, &file), [code]);
    check(&server, &file).exits(exit);
}

cases! { finding_sets_the_exit_code {
    missing_cluster("clusters: []", ("", ""), "cluster-not-found", 3);
    missing_role("resources: {missing: [ecsTaskExecutionRole]}", ("", ""), "role-not-found", 3);
    role_that_tasks_cant_assume("resources: {untrusting: [ecsTaskExecutionRole]}", ("", ""), "role-trust", 3);
    role_that_cant_be_passed("resources: {notPassed: [ecsTaskExecutionRole]}", ("", ""), "pass-role", 3);
    missing_secret("", ("secret:db-AbCdEf", "secret:other-AbCdEf"), "secret-not-found", 3);
    malformed_secret("", (":url::", ":url"), "secret-format", 3);
    missing_parameter("", ("/shop/key", "/shop/other"), "parameter-not-found", 3);
    missing_log_group("", ("          environment", "          logConfiguration: {logDriver: awslogs, options: {awslogs-group: /other, awslogs-region: us-east-1, awslogs-stream-prefix: x}}\n          environment"), "log-group-not-found", 3);
    missing_target_group("", ("73e2d6bc24d8a067", "73e2d6bc24d8a068"), "target-group-not-found", 3);
    missing_subnet("resources: {missing: [subnet-1]}", ("", ""), "subnet-not-found", 3);
    missing_security_group("resources: {missing: [sg-1]}", ("", ""), "security-group-not-found", 3);
    security_group_of_another_vpc("resources: {vpcs: {sg-1: vpc-2}}", ("", ""), "other-vpc", 3);
    too_few_vcpus("resources: {quotas: {L-3032A538: 0.25}}", ("", ""), "vcpu-quota", 3);
    too_many_tasks("resources: {quotas: {L-3032A538: 100000}}", ("desiredCount: 2", "desiredCount: 5001"), "tasks-quota", 3);
    missing_image("repositories: {acme/web: {}}", ("public.ecr.aws/acme/shop:1", "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web:1"), "image-not-found", 3);
    denied_role("faults: [{operation: iam GetRole, deny: true}]", ("", ""), "not-checked", 0);
    denied_subnets("faults: [{operation: ec2 DescribeSubnets, deny: true}]", ("", ""), "not-checked", 0);
} }

fn target_group_finding(settings: &str, code: &str, exit: i32) {
    let server = with(&format!(
        "resources: {{targetGroups: {{'{TARGET_GROUP}': {{{settings}}}}}}}"
    ));
    assert_eq!(codes(&server, &file()), [code]);
    check(&server, &file()).exits(exit);
}

cases! { target_group_finding {
    without_load_balancer("unattached: true", "target-group-unattached", 3);
    of_another_type("targetType: instance", "target-type", 3);
    of_another_vpc("vpc: vpc-9", "other-vpc", 3);
    that_drains_slowly("delay: 300", "deregistration-delay", 0);
    that_checks_slowly("interval: 30, healthy: 5", "slow-health-check", 0);
    that_checks_hastily("interval: 5, unhealthy: 2", "no-grace-period", 0);
} }

#[test]
fn wrong_account_is_refused_as_by_deploy() {
    let file = format!("account: '210987654321'\n{}", file());
    check(&with(""), &file)
        .exits(3)
        .says("wrong account 123456789012");
}

#[test]
fn unknown_service_is_refused() {
    let output = Ecsctl::on(&with(""), &["check", "wbe"]).file(&file()).run();
    output.exits(2).says("did you mean `web`?");
}

#[test]
fn a_missing_permission_is_reported_once() {
    let server = with("faults: [{operation: iam GetRole, deny: true}]");
    let file = file().replace(
        "      cpu: 256",
        "      taskRoleArn: arn:aws:iam::123456789012:role/web\n      cpu: 256",
    );
    let output = check(&server, &file).exits(0);
    assert_eq!(
        output.stdout.matches("not checked").count(),
        1,
        "{}",
        output.stdout
    );
    shows(&output, "not checked: roles: that needs iam:GetRole");
}

#[test]
fn killed_tasks_get_advice() {
    let server = deployed(Scenario::parse(
        "rollouts: {web: [{frames: [{pending: all}, {running: all, pending: 0}, {settle: true}]}, {frames: [{pending: all}, \
         {running: all, pending: 0, stopped: [{oldest: true, code: ServiceSchedulerInitiated, exitCode: 137}]}, {settle: true}]}]}",
    ));
    deploy(&server, &changed()).run().exits(0);
    assert_eq!(codes(&server, &changed()), ["no-sigterm"]);
}

#[test]
fn json_has_every_finding() {
    let server = with("resources: {missing: [ecsTaskExecutionRole]}");
    let output = Ecsctl::on(&server, &["check", "-o", "json"]).file(&file()).run();
    let document = output.exits(3).json();
    assert_eq!(document["schema"], 1);
    assert_eq!((&document["errors"], &document["advice"]), (&1.into(), &0.into()));
    assert_eq!(document["account"], "123456789012");
    let finding = &document["services"][0]["findings"][0];
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["service"], "web");
    assert_eq!(
        finding["resource"],
        "arn:aws:iam::123456789012:role/ecsTaskExecutionRole"
    );
}
