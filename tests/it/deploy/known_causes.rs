//! Failures whose cause a line of the program's log or a service event tells.

use crate::support::deploys::{deploy, deployed};
use crate::support::files::changed;
use crate::support::{Output, Scenario};

/// Deploys a second version whose rollout goes as the frames say.
fn failed(frames: &str) -> Output {
    let server = deployed(Scenario::parse(&format!(
        "rollouts:\n  web:\n    - {{}}\n    - frames:\n{frames}"
    )));
    deploy(&server, &changed()).run().exits(5)
}

#[test]
fn a_log_line_tells_why_the_program_crashed() {
    let output = failed(
        r#"
        - pending: all
        - stopped: [{tasks: 2, exitCode: 1, log: ['nginx: [emerg] host not found in upstream "api:8000" in /etc/nginx/conf.d/default.conf:2']}]
        - stopped: [{exitCode: 1}]
        - rollback: {}
        - settle: true
"#,
    );
    output
        .says("nginx resolves its upstreams when it starts, and this name doesn't exist")
        .says("set the upstream to 127.0.0.1:PORT (a container of the same task)");
}

#[test]
fn a_service_event_tells_why_targets_are_refused() {
    let output = failed(
        r#"
        - pending: all
          events:
            - "(service {service}) failed to register targets in (target-group arn:aws:elasticloadbalancing:us-west-2:111111111111:targetgroup/demo/0c69c3eb5aa23bc9) with (error The following targets are not in the target group VPC 'vpc-11111111': 'i-11111111111111111')"
        - rollback: {}
        - settle: true
"#,
    );
    output.says("the target group belongs to another VPC than the service's subnets or instances");
}
