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
    assert_eq!(text, "deploy web web:42  …");
}

#[test]
fn live_rows_are_removed_at_the_end() {
    let mut screen = Screen::new(6, 80);
    screen.show(&[started("web"), a_step(1, 3)]);
    assert_eq!(screen.close(), "");
}
