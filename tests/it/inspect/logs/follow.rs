//! `ecsctl logs -f`.

use rustix::process::Signal;

use crate::support::Fault;
use crate::support::cases;
use crate::support::container_logs::{BASE, messages, say, talking, tasks, write};
use crate::support::two_services::{STABLE, run, with_logs};

#[test]
fn follow_shows_each_line_once() {
    let server = with_logs(STABLE);
    let web = tasks(&server, "web");
    say(&server, "web", &web[0], 0, "before");
    let program = run(&server, &["logs", "web", "--follow", "-o", "jsonl"]);
    let running = program.start();
    running.wait_until_it_prints("before");
    server.world(|world| world.logs.empty_pages = true);
    // Bursts, with trouble in between; the other task's stream appears late.
    for burst in 0..5_i64 {
        let lines = (0..2_000).map(move |n| (BASE + burst * 1000 + n / 100, format!("{burst}-{n:04}")));
        write(&server, "web", &web[usize::from(burst > 1)], lines);
        match burst {
            0 => server.fault(Fault {
                throttle: true,
                times: Some(5),
                ..Fault::on("logs GetLogEvents")
            }),
            1 => server.fault(Fault {
                status: Some(500),
                times: Some(5),
                ..Fault::on("logs GetLogEvents")
            }),
            2 => server.fault(Fault {
                half: true,
                times: Some(2),
                ..Fault::on("logs GetLogEvents")
            }),
            3 => server.world(|world| world.logs.forgets_tokens = 2),
            _ => {}
        }
        running.wait_until_it_prints(&format!("{burst}-1999"));
    }
    let reads = server.log().of("logs GetLogEvents").len();
    server.wait_for("logs GetLogEvents", reads + 20);
    running.signal(Signal::INT);
    let output = running.end().exits(130);
    let mut told = messages(&output.stdout);
    assert_eq!(told.len(), 10_001, "{}", output.stderr);
    told.sort();
    told.dedup();
    assert_eq!(told.len(), 10_001);
    assert!(!output.stderr.contains("error"), "{}", output.stderr);
}

#[test]
fn follow_goes_on_with_new_tasks() {
    let server = with_logs(&STABLE.replace(
        "desiredCount: 2}}",
        "desiredCount: 2}, then: {taskDefinition: \"web:1\", rollout: {frames: [{pending: all}]}}}",
    ));
    let before = tasks(&server, "web");
    let program = run(&server, &["logs", "web", "-f"]);
    let running = program.start();
    say(&server, "web", &before[0], 0, "old");
    running.wait_until_it_prints(" | old");
    // The deployment goes on as somebody looks at it.
    run(&server, &["status"]).run().exits(0);
    run(&server, &["status"]).run().exits(0);
    let after = tasks(&server, "web");
    let new = after.iter().find(|id| !before.contains(id)).expect("a new task");
    say(&server, "web", new, 1, "new");
    running.wait_until_it_prints(" | new");
    running.signal(Signal::TERM);
    running.end().exits(143);
}

#[test]
fn follow_keeps_up_with_many_lines() {
    let server = with_logs(STABLE);
    let web = tasks(&server, "web");
    say(&server, "web", &web[0], 0, "first");
    let program = run(&server, &["logs", "web", "-f"]);
    let running = program.start();
    running.wait_until_it_prints("first");
    for part in 0..10_i64 {
        for (number, task) in web.iter().enumerate() {
            let text = move |n: i64| format!("GET /orders/{part}/{number}/{n:05} 200 {}", "x".repeat(80));
            write(
                &server,
                "web",
                task,
                (0..5_000).map(|n| (BASE + part * 1000 + n / 5, text(n))),
            );
        }
    }
    running.wait_until_it_prints("/9/0/04999");
    running.wait_until_it_prints("/9/1/04999");
    running.signal(Signal::INT);
    let output = running.end().exits(130);
    let lines: Vec<&str> = output.stdout.lines().collect();
    assert_eq!(lines.len(), 100_001);
    for number in 0..web.len() {
        let of = format!("/{number}/");
        let of: Vec<&str> = lines
            .iter()
            .filter_map(|line| line.split_once("/orders/")?.1.split_once(' '))
            .map(|(path, _)| path)
            .filter(|path| path.contains(&of))
            .collect();
        assert!(of.len() == 50_000 && of.is_sorted(), "{}", of.len());
    }
}

#[test]
fn closed_pipe_ends_follow_quietly() {
    let (server, web) = talking();
    let program =
        run(&server, &["logs", "web", "-f"]).through(&["sh", "-c", "\"$@\" | head -n 1; echo done", "sh"]);
    let running = program.start();
    running.wait_until_it_prints("listening");
    say(&server, "web", &web[0], 9, "more");
    let output = running.end().exits(0);
    assert_eq!((output.stdout.lines().count(), output.stderr.as_str()), (2, ""));
}

fn closed_pipe_is_noticed_without_new_lines(arguments: &[&str]) {
    let (server, _) = talking();
    let program = run(&server, arguments).through(&["sh", "-c", "\"$@\" | head -n 1; echo done", "sh"]);
    let output = program.run().exits(0);
    assert_eq!(
        (output.stdout.lines().count(), output.stderr.as_str()),
        (2, ""),
        "{arguments:?}"
    );
}

cases! { closed_pipe_is_noticed_without_new_lines {
    logs(&["logs", "web", "-f"]);
    events(&["events", "-f"]);
    status(&["status", "--watch"]);
} }
