//! Faults on purpose.

use serde_json::json;

use crate::support::cases;
use crate::support::client::{call, deploy, describe, ok, raw, refused, web, with_web};
use crate::support::{Cut, Fault, Scripted};

#[test]
fn access_denied_reads_like_iam() {
    let server = with_web("faults: [{operation: ecs UpdateService, deny: true}]");
    let (status, code, message) = refused(&server, "ecs UpdateService", json!({"service": "web"}));
    assert_eq!((status, code.as_str()), (400, "AccessDeniedException"));
    assert_eq!(
        message,
        "User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ecs:UpdateService on resource: \
         arn:aws:ecs:us-east-1:123456789012:service/default/web because no identity-based policy allows the \
         ecs:UpdateService action"
    );
}

#[test]
fn fault_applies_only_to_the_named_requests() {
    let server = with_web("faults: [{operation: ecs DescribeServices, from: 2, times: 2, throttle: true}]");
    let statuses: Vec<u16> = (0..5)
        .map(|_| call(&server, "ecs DescribeServices", &json!({"services": ["web"]})).0)
        .collect();
    assert_eq!(statuses, [200, 400, 400, 200, 200]);
    let (_, code, _) = {
        server.fault(Fault {
            nth: Some(1),
            status: Some(503),
            ..Fault::on("ecs *")
        });
        refused(&server, "ecs ListTasks", json!({}))
    };
    assert_eq!(code, "ServiceUnavailable");
    ok(&server, "ecs ListTasks", json!({}));
}

#[test]
fn lost_reply_may_have_changed_something() {
    let server = with_web(
        "
faults:
  - {operation: ecs RegisterTaskDefinition, nth: 1, close: true}
  - {operation: ecs RegisterTaskDefinition, nth: 2, close: true, processed: true}
  - {operation: ecs RegisterTaskDefinition, nth: 3, reset: true, processed: true}
",
    );
    let input = json!({"family": "x", "containerDefinitions": [{"name": "x", "image": "x", "memory": 8}]});
    let bytes = |input: &serde_json::Value| {
        let body = input.to_string();
        let target = "AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition";
        format!(
            "POST / HTTP/1.1\r\nx-amz-target: {target}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let revisions = || server.world(|world| world.definitions.family("x").len());
    assert_eq!(raw(&server, bytes(&input).as_bytes()).unwrap(), b"");
    assert_eq!(revisions(), 0);
    assert_eq!(raw(&server, bytes(&input).as_bytes()).unwrap(), b"");
    assert_eq!(revisions(), 1);
    // It may notice when it says that it has said all, or when it reads.
    let reset = raw(&server, bytes(&input).as_bytes()).unwrap_err().kind();
    let known = [
        std::io::ErrorKind::ConnectionReset,
        std::io::ErrorKind::NotConnected,
    ];
    assert!(known.contains(&reset), "{reset}");
    assert_eq!(revisions(), 2);
}

#[test]
fn replies_can_be_garbage_or_truncated() {
    let server = with_web(
        "
faults:
  - {operation: ecs ListTasks, nth: 1, garbage: true}
  - {operation: ecs ListTasks, nth: 2, half: true}
",
    );
    let request = b"POST / HTTP/1.1\r\nx-amz-target: AmazonEC2ContainerServiceV20141113.ListTasks\r\n\
        content-length: 2\r\n\r\n{}";
    let garbage = raw(&server, request).unwrap();
    assert!(!garbage.starts_with(b"HTTP"));
    let half = String::from_utf8(raw(&server, request).unwrap()).unwrap();
    let (head, body) = half.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"));
    assert!(!body.is_empty() && serde_json::from_str::<serde_json::Value>(body).is_err());
}

fn server_freezes_at_the_cut(cut: Cut, replies: usize) {
    let server = with_web("");
    server.freeze_at("ecs UpdateService", 1, cut);
    std::thread::scope(|scope| {
        let program = scope.spawn(|| {
            describe(&server);
            deploy(&server);
            describe(&server);
        });
        server.wait_frozen();
        assert_eq!(server.log().0.len(), replies + 1, "{cut:?}");
        let count = server.world(|world| world.services[0].deployments.len());
        assert_eq!(count, 2, "carried out in both cases");
        // The program's end: its connections break off.
        server.end_connections();
        assert!(program.join().is_err());
    });
    server.thaw();
    assert_eq!(describe(&server)["deployments"][0]["status"], "PRIMARY");
}

cases! { server_freezes_at_the_cut {
    before_the_reply(Cut::BeforeReply, 1);
    after_the_reply(Cut::AfterReply, 2);
} }

#[test]
fn parallel_requests_are_one_round_trip() {
    let server = Scripted::start(web("").latency(60));
    describe(&server);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| describe(&server));
        }
    });
    describe(&server);
    let log = server.log();
    assert_eq!(log.0.len(), 5);
    assert_eq!(log.rounds(), 3);
    log.assert_is(&[&["ecs DescribeServices+"]]);
    assert!(log.writes().is_empty());
}

#[test]
fn request_log_is_compared_in_groups() {
    let server = with_web("");
    describe(&server);
    ok(&server, "ecs ListTasks", json!({}));
    deploy(&server);
    describe(&server);
    describe(&server);
    let log = server.log();
    log.assert_is(&[
        &["ecs ListTasks", "ecs DescribeServices", "sts GetCallerIdentity?"],
        &["ecs UpdateService"],
        &["ecs DescribeServices+"],
    ]);
    assert_eq!(log.writes(), ["ecs UpdateService"]);
    for wrong in [
        &[
            &["ecs ListTasks", "ecs DescribeServices"][..],
            &["ecs UpdateService"],
        ][..],
        &[&["ecs ListTasks"], &["ecs DescribeServices"]],
        &[&["ecs ListTasks", "ecs DescribeServices", "sts GetCallerIdentity"]],
    ] {
        let log = log.clone();
        let judged = std::panic::catch_unwind(move || log.assert_is(wrong));
        assert!(judged.is_err(), "{wrong:?}");
    }
}
