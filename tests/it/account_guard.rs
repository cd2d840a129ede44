//! `account:` in deploy.yaml is checked before any write.

use crate::support::cases;
use crate::support::two_services::{file, run, running};

/// The verb writes in the file's account, and nothing in another one.
fn account_is_checked_before_any_write(arguments: &[&str]) {
    let server = running("");
    let guarded = format!("account: \"210987654321\"\n{}", file());
    let output = run(&server, arguments).file(&guarded).run().exits(3);
    output
        .says("error: wrong account 123456789012: deploy.yaml requires 210987654321")
        .says("--profile NAME or --assume-role ARN");
    assert_eq!(server.log().writes(), [""; 0]);
    let server = running("");
    let unguarded = run(&server, arguments).run().code();
    let server = running("");
    let guarded = format!("account: \"123456789012\"\n{}", file());
    let output = run(&server, arguments).file(&guarded).run();
    assert_eq!(output.code(), unguarded, "{}", output.stderr);
}

cases! { account_is_checked_before_any_write {
    deploy(&["deploy", "--force"]);
    register(&["register"]);
    rollback(&["rollback", "web", "--yes"]);
    rollback_to(&["rollback", "web", "--to", "1", "--yes"]);
    stop(&["stop", "web", "--yes"]);
    continue_(&["continue", "web"]);
    continue_rollback(&["continue", "web", "--rollback", "--yes"]);
    scale(&["scale", "web=3"]);
    restart(&["restart"]);
    delete(&["delete", "--all", "--yes"]);
    // On Ctrl-C it can roll back.
    wait(&["wait"]);
} }

#[test]
fn wrong_account_is_reported_before_the_question() {
    let server = running("");
    let guarded = format!("account: \"210987654321\"\n{}", file());
    for arguments in [&["delete", "web"][..], &["rollback", "web"]] {
        let run = run(&server, arguments).file(&guarded);
        let output = run.start_in_terminal(100).end().exits(3);
        assert!(output.stdout.contains("wrong account"), "{}", output.stdout);
    }
    assert_eq!(server.log().names(), ["sts GetCallerIdentity"; 2]);
}

#[test]
fn reads_need_no_call_for_the_account() {
    let server = running("");
    let guarded = format!("account: \"210987654321\"\n{}", file());
    run(&server, &["status"]).file(&guarded).run().exits(0);
    assert!(!server.log().names().contains(&"sts GetCallerIdentity"));
}
