//! Converts the classic builder's output to events: it reports steps only as text.

use super::step_log::StepLog;
use crate::model::BuildEvent;

/// The state of a classic build, parsed from its output so far.
#[derive(Debug, Default)]
pub(super) struct ClassicBuildLog {
    /// The running step.
    step: Option<String>,
    is_cached: bool,
    /// Whether the base image of the running step was in the daemon's store.
    has_base: bool,
    steps: u32,
    cached: u32,
    /// Splits the text into lines.
    text: StepLog,
    /// The output of the running step.
    output: StepLog,
}

impl ClassicBuildLog {
    /// Processes printed text and returns the new events.
    pub(super) fn print(&mut self, text: &str) -> Vec<BuildEvent> {
        let mut lines = Vec::new();
        self.text
            .write(text.as_bytes(), |line| lines.push(line.to_owned()));
        lines.iter().flat_map(|line| self.line(line)).collect()
    }

    fn line(&mut self, line: &str) -> Vec<BuildEvent> {
        if let Some(name) = step_name(line) {
            let mut events = self.end();
            self.output.clear();
            self.steps += 1;
            self.has_base = is_from(&name);
            self.step = Some(name.clone());
            events.push(BuildEvent::Step {
                name,
                cached: false,
                done: false,
            });
            return events;
        }
        match line.trim_start().strip_prefix("---> ") {
            Some("Using cache") => {
                self.is_cached = true;
                self.cached += 1;
                Vec::new()
            }
            Some(_) => Vec::new(),
            None if line.trim().is_empty() || line.starts_with("Removing intermediate container ") => {
                Vec::new()
            }
            None => {
                self.output.write(format!("{line}\n").as_bytes(), |_| {});
                vec![BuildEvent::Log {
                    line: line.to_owned(),
                }]
            }
        }
    }

    /// Notes that the running step pulls its base image.
    pub(super) fn pulls(&mut self) {
        self.has_base = false;
    }

    /// Ends the running step successfully. A base image that was there already is from the cache, though the builder
    /// doesn't say so.
    pub(super) fn end(&mut self) -> Vec<BuildEvent> {
        let has_base = std::mem::take(&mut self.has_base);
        let cached = std::mem::take(&mut self.is_cached) || has_base;
        self.cached += u32::from(has_base);
        let ended = self.step.take().map(|name| BuildEvent::Step {
            name,
            cached,
            done: true,
        });
        ended.into_iter().collect()
    }

    /// Returns the number of all steps and of cached steps.
    pub(super) fn counts(&self) -> (u32, u32) {
        (self.steps, self.cached)
    }

    /// Returns the step that was running when the build failed, with its output.
    pub(super) fn failed(&mut self) -> Option<(String, Vec<String>)> {
        self.print("\n");
        Some((self.step.take()?, self.output.take()))
    }
}

/// Whether this is the step of a `FROM` line: `[1/5] FROM alpine`.
fn is_from(name: &str) -> bool {
    let instruction = name.split_whitespace().nth(1);
    instruction.is_some_and(|it| it.eq_ignore_ascii_case("FROM"))
}

/// Converts `BuildStep 2/5 : RUN make` to BuildKit's naming: `[2/5] RUN make`.
fn step_name(line: &str) -> Option<String> {
    let (number, text) = line.strip_prefix("Step ")?.split_once(" : ")?;
    let (step, all) = number.split_once('/')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(step) && is_number(all)).then(|| format!("[{number}] {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_and_the_cache_are_read_from_the_text() {
        let mut printed = ClassicBuildLog::default();
        let mut events = printed.print("Step 1/3 : FROM scratch\n ---> \n");
        events.extend(printed.print("Step 2/3 : RUN make\n ---> Using cache\n ---> 0123456789ab\n"));
        events.extend(printed.print(
            "Step 3/3 : RUN echo hi\n ---> Running in 0123456789ab\nhi\nRemoving intermediate container 01\n",
        ));
        events.extend(printed.end());
        let step = |name: &str, cached, done| BuildEvent::Step {
            name: name.to_owned(),
            cached,
            done,
        };
        assert_eq!(
            events,
            [
                step("[1/3] FROM scratch", false, false),
                step("[1/3] FROM scratch", true, true),
                step("[2/3] RUN make", false, false),
                step("[2/3] RUN make", true, true),
                step("[3/3] RUN echo hi", false, false),
                BuildEvent::Log {
                    line: "hi".to_owned()
                },
                step("[3/3] RUN echo hi", false, true),
            ]
        );
        assert_eq!(printed.counts(), (3, 2));
    }

    #[test]
    fn a_pulled_base_image_is_not_from_the_cache() {
        let mut printed = ClassicBuildLog::default();
        printed.print("Step 1/2 : FROM alpine\n");
        printed.pulls();
        printed.print(" ---> 0123456789ab\nStep 2/2 : RUN make\n ---> Using cache\n ---> 0123456789ab\n");
        printed.end();
        assert_eq!(printed.counts(), (2, 1));
    }

    #[test]
    fn the_step_that_failed_is_named_with_its_output() {
        let mut printed = ClassicBuildLog::default();
        printed.print("Step 1/2 : FROM scratch\n ---> \n");
        printed.print("Step 2/2 : RUN false\n ---> Running in 01\nboom\nlast");
        assert_eq!(
            printed.failed(),
            Some((
                "[2/2] RUN false".to_owned(),
                vec!["boom".to_owned(), "last".to_owned()]
            ))
        );
    }

    #[test]
    fn a_line_that_only_looks_like_a_step_is_output() {
        assert_eq!(step_name("Step one : go"), None);
        assert_eq!(step_name("Step 1/x : go"), None);
        assert_eq!(
            step_name("Step 1/2 : RUN a : b").as_deref(),
            Some("[1/2] RUN a : b")
        );
    }
}
