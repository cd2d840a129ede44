//! Each command reports each service of its run: its outcome, and why.

use crate::support::rollbacks::{definitions, outcome};
use crate::support::{Fault, Scenario, Scripted, cases, two_services};

/// `web` and `worker` run the second revisions of their families; `more` is added to each.
fn on_second_revisions(more: &str) -> Scripted {
    let service = |name: &str| {
        let more = more.replace("NAME", name);
        format!(
            "  {name}: {{input: {{taskDefinition: '{name}:1', desiredCount: 2, launchType: FARGATE, \
             networkConfiguration: {{awsvpcConfiguration: {{subnets: [subnet-1]}}}}}}, \
             before: [{{taskDefinition: '{name}:2'}}]{more}}}\n"
        )
    };
    let [web, worker] = ["web", "worker"].map(|name| (definitions(name, 3), service(name)));
    Scripted::start(Scenario::parse(&format!(
        "definitions:\n{}{}services:\n{}{}",
        web.0, worker.0, web.1, worker.1
    )))
}

/// The same, with deployments of the third revisions in progress.
fn in_progress() -> Scripted {
    on_second_revisions(", then: {taskDefinition: 'NAME:3', polled: 1, rollout: {frames: [{pending: all}]}}")
}

/// `worker` is deleted, and its tasks never stop.
fn draining() -> Scripted {
    let server = two_services::running("");
    server.world(|world| {
        let key = ("default".to_owned(), "worker".to_owned());
        let worker = world.services.get_mut(&key).unwrap();
        "DRAINING".clone_into(&mut worker.status);
    });
    server
}

/// The cluster is missing.
fn no_cluster() -> Scripted {
    Scripted::start(Scenario::parse(&format!(
        "clusters: [other]\ndefinitions:\n{}{}",
        definitions("web", 1),
        definitions("worker", 1)
    )))
}

/// AWS refuses this operation for `worker`.
fn refused(operation: &str) -> Fault {
    Fault {
        code: Some("InvalidParameterException".to_owned()),
        message: Some("not today".to_owned()),
        about: Some("worker".to_owned()),
        ..Fault::on(operation)
    }
}

/// No read of the services succeeds once they are deleted.
fn unreadable() -> Fault {
    Fault {
        from: Some(2),
        ..Fault::denied("ecs DescribeServices")
    }
}

const NOT_TODAY: &str = "AWS: not today";
const MISSING: &str = "service worker doesn't exist";

/// Runs a command on both services, which ends well or badly for `web`, and badly for `worker`.
fn each_service_is_among_the_results(
    server: &Scripted,
    fault: Option<Fault>,
    arguments: &[&str],
    exit: i32,
    web: &str,
    (worker, reason): (&str, &str),
) {
    fault.into_iter().for_each(|fault| server.fault(fault));
    let arguments = [arguments, &["-o", "json"]].concat();
    let output = two_services::run(server, &arguments).run().exits(exit);
    let document = output.json();
    let found = ["web", "worker"].map(|name| outcome(&document, name));
    assert_eq!(
        (found[0].0.as_str(), found[1].0.as_str()),
        (web, worker),
        "{document:#}"
    );
    assert!(found[1].1.contains(reason), "{document:#}");
    assert_eq!(document["services"].as_array().unwrap().len(), 2, "{document:#}");
    // What the document says, people read as well.
    assert!(output.stderr.contains("worker"), "{}", output.stderr);
}

cases! { each_service_is_among_the_results {
    wait_for_a_missing_service(&two_services::web_alone(), None, &["wait"], 3, "done", ("failed", MISSING));
    stop_of_a_missing_service(&two_services::web_alone(), None, &["stop", "--yes"], 3, "unchanged", ("failed", MISSING));
    continue_of_a_missing_service(&two_services::web_alone(), None, &["continue"], 3, "done", ("failed", MISSING));
    rollback_of_a_missing_service(&two_services::web_alone(), None, &["rollback", "--yes"], 3, "failed", ("failed", MISSING));
    rollback_of_a_draining_service(&draining(), None, &["rollback", "--yes"], 3, "failed", ("failed", "is draining"));
    rollback_without_a_target(&two_services::running(""), None, &["rollback", "--yes"], 3, "failed", ("failed", "nothing to roll back to"));
    rollback_that_is_refused(&on_second_revisions(""), Some(refused("ecs UpdateService")), &["rollback", "--yes"], 3, "done", ("failed", NOT_TODAY));
    stop_that_is_refused(&in_progress(), Some(refused("ecs StopServiceDeployment")), &["stop", "--yes"], 3, "done", ("failed", NOT_TODAY));
    stop_of_an_unknown_deployment(&in_progress(), Some(refused("ecs ListServiceDeployments")), &["stop", "--yes"], 3, "done", ("failed", NOT_TODAY));
    stop_of_unreadable_services(&in_progress(), Some(Fault::denied("ecs DescribeServices")), &["stop", "--yes"], 3, "failed", ("failed", "not authorized"));
    restart_of_a_missing_service(&two_services::web_alone(), None, &["restart"], 3, "failed", ("failed", MISSING));
    restart_of_unreadable_services(&in_progress(), Some(Fault::denied("ecs DescribeServices")), &["restart"], 3, "failed", ("failed", "not authorized"));
    scale_of_a_missing_service(&two_services::web_alone(), None, &["scale", "web=1", "worker=1"], 3, "failed", ("failed", MISSING));
    deploy_over_a_deployment(&in_progress(), None, &["deploy", "--if-in-progress", "fail"], 7, "superseded", ("superseded", "a deployment of service worker is in progress"));
    deploy_that_can_not_create_its_cluster(&no_cluster(), Some(Fault::denied("ecs CreateCluster")), &["deploy", "--create-cluster"], 3, "failed", ("failed", "skipped: the run ended before"));
    delete_that_times_out(&draining(), None, &["delete", "--all", "--yes"], 6, "done", ("timedOut", "not all its tasks have stopped"));
    delete_that_can_not_be_watched(&two_services::running(""), Some(unreadable()), &["delete", "--all", "--yes"], 3, "failed", ("failed", "not authorized"));
} }

#[test]
fn service_that_is_not_refused_says_why_it_was_skipped() {
    let server = two_services::web_alone();
    let output = two_services::run(&server, &["restart", "-o", "json"])
        .run()
        .exits(3);
    let (_, reason) = outcome(&output.json(), "web");
    assert_eq!(reason, "skipped: nothing was changed, because of worker");
    assert!(server.log().writes().is_empty());
    // One error says it all to people.
    let output = output.says(MISSING).says("nothing was changed");
    assert_eq!(output.stderr.matches("error: ").count(), 1, "{}", output.stderr);
}

#[test]
fn deletion_that_times_out_goes_on() {
    let arguments = ["delete", "--all", "--yes", "-o", "json"];
    let output = two_services::run(&draining(), &arguments).run().exits(6);
    let document = output.json();
    let worker = &document["services"][1];
    assert_eq!(
        (&worker["name"], &worker["final"]),
        (&"worker".into(), &false.into())
    );
}
