//! The Ctrl-C menu during a rollout: asked once, answered with a letter and Enter.

use crate::diagnostic::Suggestion;
use std::io::{self, BufRead};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;

use super::printer::Printer;
use super::text;
use crate::model::task_id;

/// What to do about an interrupted rollout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuChoice {
    /// Continue waiting.
    KeepWaiting,
    /// Exit and leave the rollout in progress.
    Leave,
    /// Roll back to the previous revision, or stop the job's task.
    GoBack,
}

/// What an interrupted run was waiting for.
#[derive(Clone, Copy, Debug)]
pub(super) enum MenuSubject<'a> {
    /// The rollout of these services.
    Rollout(&'a [String]),
    /// A job, and the ARN of its task.
    Job { job: &'a str, task: &'a str },
}

/// The open question. The terminal's mode is unchanged: line input, echo, and Ctrl-C, which ends the process.
pub(super) struct Menu {
    lines: Receiver<Option<String>>,
    /// The letter that asks for a rollback or a stop, if that is offered.
    back: Option<char>,
}

impl Menu {
    /// Prints the question and starts reading the choice.
    pub fn open(printer: &Printer, subject: MenuSubject<'_>, offers_way_back: bool) -> Self {
        let back = offers_way_back.then_some(match subject {
            MenuSubject::Rollout(_) => 'r',
            MenuSubject::Job { .. } => 's',
        });
        let question = match subject {
            MenuSubject::Rollout(services) => about_rollout(services, back),
            MenuSubject::Job { job, task } => about_job(job, task, back),
        };
        printer.question(&printer.whole_suggestion(&question));
        let (sender, lines) = mpsc::channel();
        let spawned = thread::Builder::new().name("menu".to_owned()).spawn(move || {
            loop {
                let mut line = String::new();
                let typed = io::stdin().lock().read_line(&mut line).unwrap_or(0);
                let line = (typed > 0).then_some(line);
                let is_last = line.as_deref().is_none_or(|line| chosen(line, back).is_some());
                // The receiver may be gone by the time a line is typed.
                if sender.send(line).is_err() || is_last {
                    return;
                }
            }
        });
        if let Err(error) = spawned {
            // Ending the thread drops the sender, which counts as choosing to leave.
            tracing::debug!(%error, "no terminal to ask on");
        }
        Self { lines, back }
    }

    /// Returns the choice, once there is one.
    pub fn answer(&self, printer: &Printer) -> Option<MenuChoice> {
        loop {
            match self.lines.try_recv() {
                Ok(Some(line)) => match chosen(&line, self.back) {
                    Some(choice) => return Some(choice),
                    None => printer.question(prompt(self.back)),
                },
                // No more input will come.
                Ok(None) | Err(TryRecvError::Disconnected) => {
                    printer.note_verbatim("\n");
                    return Some(MenuChoice::Leave);
                }
                Err(TryRecvError::Empty) => return None,
            }
        }
    }

    /// Closes the menu because the rollout ended before a choice was made.
    pub fn dismiss(self, printer: &Printer) {
        printer.note_verbatim("\n");
    }
}

fn about_job(job: &str, task: &str, back: Option<char>) -> Suggestion {
    let task = text::task(task_id(task), false);
    let stop = match back {
        Some(_) => "  s  stop the task\n",
        None => "",
    };
    interrupted(format!("task {task} of {job} continues"))
        .then("  l  detach; the task continues\n")
        .then(stop)
        .then(prompt(back))
}

fn about_rollout(in_flight: &[String], back: Option<char>) -> Suggestion {
    let roll_back = match back {
        Some(_) => "  r  roll back to the previous revision\n",
        None => "",
    };
    interrupted(format!("the rollout of {} continues", in_flight.join(", ")))
        .then("  l  detach; `")
        .run("wait", in_flight.join(" "))
        .then("` watches it again\n")
        .then(roll_back)
        .then(prompt(back))
}

fn interrupted(what: String) -> Suggestion {
    Suggestion::from("\nInterrupted; ")
        .then(what)
        .then(". Press Ctrl-C again to exit now.\n  w  keep waiting\n")
}

fn prompt(back: Option<char>) -> &'static str {
    match back {
        Some('s') => "[w/l/s] ",
        Some(_) => "[w/l/r] ",
        None => "[w/l] ",
    }
}

/// Parses a typed line. Enter alone means keep waiting, which changes nothing.
fn chosen(line: &str, back: Option<char>) -> Option<MenuChoice> {
    match line.trim().to_lowercase().as_str() {
        "" | "w" | "wait" => Some(MenuChoice::KeepWaiting),
        "l" | "leave" => Some(MenuChoice::Leave),
        "r" | "rollback" | "roll back" if back == Some('r') => Some(MenuChoice::GoBack),
        "s" | "stop" if back == Some('s') => Some(MenuChoice::GoBack),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_and_word_is_a_choice() {
        for (line, expected) in [
            ("\n", Some(MenuChoice::KeepWaiting)),
            ("w\n", Some(MenuChoice::KeepWaiting)),
            (" L \r\n", Some(MenuChoice::Leave)),
            ("leave", Some(MenuChoice::Leave)),
            ("r\n", Some(MenuChoice::GoBack)),
            ("x\n", None),
            ("rr\n", None),
        ] {
            assert_eq!(chosen(line, Some('r')), expected, "{line:?}");
        }
        assert_eq!(chosen("r", None), None, "what is not offered can't be chosen");
        assert_eq!(chosen("r", Some('s')), None);
        assert_eq!(chosen("s", Some('s')), Some(MenuChoice::GoBack));
    }

    #[test]
    fn the_question_says_how_to_attach_again() {
        let services = ["web".to_owned(), "api".to_owned()];
        let text = about_rollout(&services, Some('r')).to_string();
        assert!(
            text.contains("`ecsctl wait web api`") && text.ends_with("[w/l/r] "),
            "{text}"
        );
        assert!(!about_rollout(&services, None).to_string().contains("roll back"));
    }
}
