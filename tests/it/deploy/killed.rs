//! Killed at any write and run again: the same end state, nothing lost, nothing doubled.

use super::{WEB, changed, deploy, deployed, revisions, runs};
use crate::support::{Cut, Scenario, Scripted};
use rustix::process::Signal;

/// Kills a deploy at each of its writes, before and after the reply, and runs it again.
fn kill_at_each_write(set_up: impl Fn() -> Scripted, file: &str, end: &str, definitions: usize) {
    let healthy = set_up();
    deploy(&healthy, file).run().exits(0);
    let log = healthy.log();
    let writes = log.writes();
    assert!(writes.len() >= 2, "{writes:?}");
    for write in writes {
        for cut in [Cut::BeforeReply, Cut::AfterReply] {
            let server = set_up();
            server.freeze_at(write, 1, cut);
            let first = deploy(&server, file);
            let running = first.start();
            server.wait_frozen();
            running.signal(Signal::KILL);
            assert_eq!(running.end().code(), 137);
            server.thaw();
            server.end_connections();

            let again = deploy(&server, file).run();
            assert_eq!(again.code(), 0, "{write}, {cut:?}\n{}", again.stderr);
            assert_eq!(runs(&server), end, "{write}, {cut:?}");
            assert_eq!(revisions(&server), definitions, "{write}, {cut:?}");
            server.clear_log();
            deploy(&server, file).run().exits(0);
            assert!(
                server.log().writes().is_empty(),
                "{write}, {cut:?}: {:?}",
                server.log().writes()
            );
        }
    }
}

#[test]
fn while_a_service_is_made() {
    kill_at_each_write(|| Scripted::start(Scenario::default()), WEB, "web:1 COMPLETED", 1);
}

#[test]
fn while_a_service_is_changed() {
    kill_at_each_write(|| deployed(Scenario::default()), &changed(), "web:2 COMPLETED", 2);
}
