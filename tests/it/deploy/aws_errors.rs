//! A network and an AWS that are not well.

use super::{WEB, changed, deploy, deployed, revisions, runs};
use crate::support::{Fault, Scenario, Scripted};

fn failing(operation: &str, status: u16) -> Fault {
    Fault {
        nth: Some(1),
        status: Some(status),
        ..Fault::on(operation)
    }
}

#[test]
fn a_request_that_is_sent_again_is_the_same() {
    for operation in [
        "ecs RegisterTaskDefinition",
        "ecs CreateService",
        "ecs DescribeServices",
    ] {
        let server = Scripted::start(Scenario::default().fault(failing(operation, 503)));
        deploy(&server, WEB).run().exits(0);
        let log = server.log();
        let [first, second, ..] = log.of(operation)[..] else {
            panic!("{operation} was not sent again: {:#?}", log.names());
        };
        assert_eq!(first.body, second.body, "{operation}");
        assert_eq!(revisions(&server), 1, "{operation}");
        assert_eq!(runs(&server), "web:1 COMPLETED", "{operation}");
    }
}

#[test]
fn a_burst_of_throttling_is_waited_out() {
    let server = Scripted::start(Scenario::default());
    server.fault(Fault {
        from: Some(3),
        times: Some(2),
        throttle: true,
        ..Fault::on("ecs *")
    });
    deploy(&server, WEB).run().exits(0);
    assert_eq!(runs(&server), "web:1 COMPLETED");

    let server = deployed(Scenario::default());
    server.fault(Fault {
        from: Some(2),
        times: Some(12),
        throttle: true,
        ..Fault::on("ecs DescribeServices")
    });
    deploy(&server, &changed()).run().exits(0);
    assert_eq!(runs(&server), "web:2 COMPLETED");
}

/// What can happen to a request that matters.
fn troubles() -> Vec<Fault> {
    let trouble = |change: &dyn Fn(&mut Fault)| {
        let mut fault = Fault {
            nth: Some(1),
            ..Fault::default()
        };
        change(&mut fault);
        fault
    };
    vec![
        trouble(&|fault| fault.throttle = true),
        trouble(&|fault| fault.status = Some(503)),
        trouble(&|fault| fault.reset = true),
        trouble(&|fault| fault.half = true),
        trouble(&|fault| {
            fault.reset = true;
            fault.processed = true;
        }),
        trouble(&|fault| {
            fault.status = Some(500);
            fault.processed = true;
        }),
    ]
}

#[test]
fn trouble_on_the_way_never_does_anything_twice() {
    let create: (fn() -> Scripted, String, _) = (|| Scripted::start(Scenario::default()), WEB.to_owned(), 1);
    let change: (fn() -> Scripted, String, _) = (|| deployed(Scenario::default()), changed(), 2);
    for (operation, (set_up, file, expected)) in [
        ("ecs RegisterTaskDefinition", &change),
        ("ecs UpdateService", &change),
        ("ecs CreateService", &create),
    ] {
        for mut trouble in troubles() {
            let server = set_up();
            trouble.operation = operation.to_owned();
            server.fault(trouble.clone());
            deploy(&server, file).run().exits(0);
            assert_eq!(revisions(&server), *expected, "{operation} {trouble:?}");
            assert_eq!(deployments(&server), *expected, "{operation} {trouble:?}");
            assert_eq!(
                runs(&server),
                format!("web:{expected} COMPLETED"),
                "{operation} {trouble:?}"
            );
            server.clear_log();
            deploy(&server, file).run().exits(0).says("nothing to do");
            assert!(server.log().writes().is_empty(), "{operation} {trouble:?}");
        }
    }
}

/// How many deployments the service has had.
fn deployments(server: &Scripted) -> usize {
    server.world(|world| world.services.values().map(|service| service.history.len()).sum())
}

#[test]
fn a_family_that_is_busy_is_tried_again() {
    let server = Scripted::start(Scenario::default().fault(Fault {
        nth: Some(1),
        code: Some("ClientException".to_owned()),
        message: Some(
            "Too many concurrent attempts to create a new revision of the specified family.".to_owned(),
        ),
        ..Fault::on("ecs RegisterTaskDefinition")
    }));
    deploy(&server, WEB).run().exits(0);
    assert_eq!(revisions(&server), 1);
}
