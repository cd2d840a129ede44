use super::*;

fn first(text: &str) -> String {
    said(text).lines().next().unwrap_or_default().to_owned()
}

#[test]
fn a_count_below_zero() {
    for count in ["-1", "\"${vars.none:--1}\""] {
        assert_eq!(
            first(&fargate(&format!("desiredCount: {count}"))),
            "error: `desiredCount` must be at least 0, not -1"
        );
    }
    assert_eq!(said(&fargate("desiredCount: 0")), "");
}

#[test]
fn a_daemon_with_a_count() {
    let daemon = |count: &str| {
        service(
            &format!("launchType: EC2\nschedulingStrategy: DAEMON\n{count}"),
            "memory: 512",
        )
    };
    insta::assert_snapshot!(said(&daemon("desiredCount: 2")), @r"
    error: service web is a DAEMON and has a `desiredCount`
     --> deploy.yaml:5:5
      |
    4 |     schedulingStrategy: DAEMON
      |     ------------------ a daemon here
    5 |     desiredCount: 2
      |     ^^^^^^^^^^^^ a daemon runs one task per instance: remove `desiredCount`
    1 error in deploy.yaml
    ");
    assert_eq!(said(&daemon("desiredCount: ~")), "");
    assert_eq!(said(&daemon("")), "");
}

#[test]
fn a_daemon_on_fargate() {
    let daemon = |launch: &str| {
        service(
            &format!("launchType: {launch}\nschedulingStrategy: DAEMON"),
            "cpu: 256\nmemory: 512",
        )
    };
    insta::assert_snapshot!(said(&daemon("FARGATE")), @"
    error: service web is a DAEMON, which Fargate does not support
     --> deploy.yaml:3:17
      |
    3 |     launchType: FARGATE
      |                 ^^^^^^^ write `launchType: EC2`
    4 |     schedulingStrategy: DAEMON
      |                         ------ a daemon here
    1 error in deploy.yaml
    ");
    assert_eq!(said(&daemon("EC2")), "");
}

#[test]
fn a_launch_type_with_a_strategy() {
    let strategy = |items: &str| {
        service(
            &format!("launchType: EC2\ncapacityProviderStrategy: {items}"),
            "memory: 512",
        )
    };
    insta::assert_snapshot!(said(&strategy("[{capacityProvider: own}]")), @r"
    error: service web has both `launchType` and `capacityProviderStrategy`
     --> deploy.yaml:3:5
      |
    3 |     launchType: EC2
      |     ^^^^^^^^^^ one of them
    4 |     capacityProviderStrategy: [{capacityProvider: own}]
      |     ------------------------ and the other
      |
      = hint: remove one of the two
    1 error in deploy.yaml
    ");
    assert_eq!(said(&strategy("[]")), "");
    assert_eq!(said(&strategy("~")), "");
}
