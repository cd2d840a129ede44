use indicatif::InMemoryTerm;

use super::*;
use crate::ui::printer::PrinterSettings;
use crate::ui::terminal_style::TerminalStyle;
use crate::ui::testing::{Captured, a_deploy, a_rollback, a_step, moment, started};

const UTF8: TerminalStyle = TerminalStyle {
    colour: false,
    unicode: true,
    terminal: true,
    width: None,
};

struct Screen {
    terminal: InMemoryTerm,
    live: LiveView,
    second: u64,
}

impl Screen {
    fn new(rows: u16, columns: u16) -> Self {
        let terminal = InMemoryTerm::new(rows, columns);
        let (printer, ..) = Captured::printer(PrinterSettings::default(), UTF8);
        let size = Box::new(move || (usize::from(rows), usize::from(columns)));
        let live = LiveView::on(Arc::new(printer), Box::new(terminal.clone()), size);
        Self {
            terminal,
            live,
            second: 0,
        }
    }

    fn show(&mut self, events: &[Event]) -> String {
        for event in events {
            self.live.event(event, moment(self.second));
            self.second += 1;
        }
        self.terminal.contents()
    }

    fn close(&mut self) -> String {
        self.live.close();
        self.terminal.contents()
    }
}

#[test]
fn a_running_deploy_and_its_final_record() {
    let mut screen = Screen::new(24, 100);
    let events = a_deploy();
    let (before, after) = events.split_at(events.len() - 2);
    insta::assert_snapshot!("deploy_under_way", screen.show(before));
    screen.show(after);
    insta::assert_snapshot!("deploy_record", screen.close());
}

#[test]
fn a_running_rollback_and_its_final_record() {
    let mut screen = Screen::new(24, 100);
    let events = a_rollback();
    insta::assert_snapshot!("rollback_under_way", screen.show(&events[..events.len() - 1]));
    screen.show(&events[events.len() - 1..]);
    insta::assert_snapshot!("rollback_record", screen.close());
}

#[test]
fn problems_come_first_when_space_is_short() {
    let mut screen = Screen::new(5, 80);
    let names = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"];
    screen.show(&names.map(started));
    let text = screen.show(&[Event::Rollout {
        service: "zeta".to_owned(),
        event: progress_with_failure(),
    }]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert!(lines[0].starts_with(" deploy  zeta"), "{text}");
    assert!(lines[1].starts_with(" deploy  alpha"), "{text}");
    assert_eq!(lines[3], " and 3 more");
}

fn progress_with_failure() -> RolloutEvent {
    RolloutEvent::Progress {
        task_definition: "zeta:2".to_owned(),
        running: 0,
        pending: 1,
        desired: 1,
        failed: 1,
        old: 0,
        stage: None,
        traffic: None,
        bake_minutes: None,
        hook: None,
    }
}

#[test]
fn twenty_columns_are_enough() {
    let mut screen = Screen::new(6, 20);
    let text = screen.show(&[started("web"), a_step(1, 3)]);
    assert_eq!(text, "1 of 3 running, … 1s");
}

#[test]
fn forty_columns_keep_the_numbers_and_drop_the_bar() {
    let build = |event| Event::Build {
        image: "web".to_owned(),
        event,
    };
    let push = Event::Push {
        image: "web".to_owned(),
        event: PushEvent::Progress {
            layers: 12,
            done: 3,
            sent: 1_200_000,
            total: 3_400_000,
        },
    };
    let rows = [
        (
            vec![started("web"), a_step(1, 3)],
            "deploy web 1 of 3 running, 2 starting 0s",
        ),
        (
            vec![started("web"), a_step(3, 3)],
            "deploy web web:42  3 of 3 running 0s",
        ),
        (vec![push], "web 3 of 12 layers, 1.2 MB of 3.4 MB 0s"),
        (
            vec![build(BuildEvent::Context { sent: 12_400_000 })],
            "web 12.4 MB of the build context sent 0s",
        ),
    ];
    for (events, expected) in rows {
        let mut screen = Screen::new(6, 40);
        for event in events {
            screen.live.event(&event, moment(0));
            screen.live.drawn = None;
        }
        screen.live.tick(moment(0));
        assert_eq!(screen.terminal.contents(), expected);
    }
}

#[test]
fn waits_and_countdowns_move_every_second() {
    let mut screen = Screen::new(6, 80);
    let wait = |done| Event::Waiting {
        what: "what is deployed",
        done,
    };
    screen.live.event(&wait(false), moment(0));
    screen.live.tick(moment(3));
    let text = screen.terminal.contents();
    assert!(
        text.starts_with(" wait    AWS       reading what is deployed") && text.ends_with(" 3s"),
        "{text}"
    );
    screen.live.event(&wait(true), moment(4));
    let settling = Event::Rollout {
        service: "web".to_owned(),
        event: RolloutEvent::Settling { seconds: 60 },
    };
    screen.live.event(&settling, moment(5));
    screen.live.tick(moment(25));
    let text = screen.terminal.contents();
    assert!(text.contains("watched for 40s more, all running"), "{text}");
    assert!(!text.contains("AWS"), "{text}");
}

#[test]
fn nothing_is_drawn_while_a_question_is_open() {
    let mut screen = Screen::new(6, 80);
    screen.show(&[started("web"), a_step(1, 3)]);
    let printer = Arc::clone(&screen.live.printer);
    let pause = printer.region().pause();
    screen.live.tick(moment(60));
    assert_eq!(screen.terminal.contents(), "");
    drop(pause);
    screen.live.tick(moment(61));
    assert!(screen.terminal.contents().contains("1 of 3 running"));
}

#[test]
fn a_sent_change_is_shown_until_it_is_refused() {
    let mut screen = Screen::new(6, 80);
    let service = || "web".to_owned();
    let text = screen.show(&[Event::Changing { service: service() }]);
    assert!(text.contains("waiting for a response from ECS"), "{text}");
    assert_eq!(screen.show(&[Event::NotChanged { service: service() }]), "");
}

#[test]
fn live_rows_are_removed_at_the_end() {
    let mut screen = Screen::new(6, 80);
    screen.show(&[started("web"), a_step(1, 3)]);
    assert_eq!(screen.close(), "");
}
