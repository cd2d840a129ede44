//! How much `check` reads.

use super::{check, file, with};
use crate::support::Ecsctl;
use crate::support::deploys::deploy;
use crate::support::files::{TARGET_GROUP, WEB, behind_load_balancer};

#[test]
fn check_takes_six_round_trips_at_most() {
    let server = with("latency: 100");
    server.world(|world| {
        let target = serde_json::json!({"Target": {"Id": "10.0.0.1"}, "TargetHealth": {"State": "healthy"}});
        world.targets.insert(TARGET_GROUP.to_owned(), vec![target]);
    });
    deploy(&server, &file()).run().exits(0);
    server.clear_log();
    check(&server, &file()).exits(0);
    let log = server.log();
    assert!(log.writes().is_empty(), "{:?}", log.writes());
    assert!(log.rounds() <= 6, "{} rounds: {:#?}", log.rounds(), log.counts());
}

#[test]
fn estimates_take_no_round_trip_in_plan() {
    let rounds = |file: &str| {
        let server = with("latency: 100");
        deploy(&server, file).run().exits(0);
        server.clear_log();
        Ecsctl::on(&server, &["plan"]).file(file).run().exits(0);
        server.log().rounds()
    };
    assert!(rounds(&behind_load_balancer(WEB)) <= rounds(WEB));
}

#[test]
fn deploys_read_no_settings_of_target_groups() {
    let server = with("");
    deploy(&server, &file()).run().exits(0);
    assert!(server.log().of("elbv2 DescribeTargetGroupAttributes").is_empty());
}
