//! Converts BuildKit's progress reports to events: steps by name, their output line by line, and the failed
//! step.

use std::collections::HashMap;

use bollard::moby::buildkit::v1::{StatusResponse, Vertex, VertexLog, VertexStatus};
use indexmap::IndexMap;

use super::context_progress::ContextProgress;
use super::step_log::StepLog;
use crate::model::BuildEvent;

/// The state of a build, from the reports so far.
#[derive(Debug, Default)]
pub(super) struct BuildProgress {
    /// Steps by their vertex's digest, in order of appearance.
    steps: IndexMap<String, BuildStep>,
    context: ContextProgress,
}

#[derive(Debug, Default)]
struct BuildStep {
    name: String,
    started: bool,
    done: bool,
    cached: bool,
    /// Whether a base image's layers were pulled.
    pulled: bool,
    error: String,
    log: StepLog,
}

impl BuildStep {
    /// Whether the step is a line of the Dockerfile: `[2/5] RUN make`, and not `[internal] load .dockerignore`.
    fn is_of_dockerfile(&self) -> bool {
        self.name.starts_with('[') && !self.name.starts_with("[internal]") && !self.name.starts_with("[auth]")
    }

    /// Whether the step did more than to use what was there. A base image that only had to be resolved was there,
    /// though BuildKit doesn't always call it cached.
    fn was_run(&self) -> bool {
        let is_from = self
            .name
            .split_once("] ")
            .is_some_and(|(_, text)| text.starts_with("FROM "));
        self.started && !self.cached && (self.pulled || !is_from)
    }

    fn is_shown(&self) -> bool {
        self.is_of_dockerfile() || self.name.starts_with("exporting to image")
    }

    fn event(&self) -> BuildEvent {
        BuildEvent::Step {
            name: self.name.clone(),
            cached: self.cached,
            done: self.done,
        }
    }
}

impl BuildProgress {
    /// Processes a report and returns the new events.
    pub(super) fn report(&mut self, report: StatusResponse) -> Vec<BuildEvent> {
        let mut events = Vec::new();
        for vertex in report.vertexes {
            self.vertex(vertex, &mut events);
        }
        for status in &report.statuses {
            events.extend(self.status(status));
        }
        for log in report.logs {
            self.log(&log, &mut events);
        }
        events
    }

    fn vertex(&mut self, vertex: Vertex, events: &mut Vec<BuildEvent>) {
        let step = self.steps.entry(vertex.digest).or_default();
        let before = (step.started, step.done, step.cached);
        step.name = vertex.name;
        step.started |= vertex.started.is_some();
        step.done |= vertex.completed.is_some();
        step.cached |= vertex.cached;
        if !vertex.error.is_empty() {
            step.error = vertex.error;
        }
        if step.done && step.error.is_empty() {
            step.log.end(|line| {
                events.push(BuildEvent::Log {
                    line: line.to_owned(),
                })
            });
            step.log.clear();
        }
        let is_news = before != (step.started, step.done, step.cached) && (step.started || step.cached);
        if is_news && step.is_shown() && step.error.is_empty() {
            events.push(step.event());
        }
    }

    /// Notes the progress within a step. The IDs are those of BuildKit's `source/local` ("transferring context:") and
    /// of its image sources, which report a digest for each blob, and "resolve docker.io/…" before.
    fn status(&mut self, status: &VertexStatus) -> Option<BuildEvent> {
        let step = self.steps.entry(status.vertex.clone()).or_default();
        step.pulled |= !status.id.starts_with("resolve ");
        if !status.id.starts_with("transferring context") {
            return None;
        }
        self.context.sent(u64::try_from(status.current).unwrap_or(0))
    }

    fn log(&mut self, log: &VertexLog, events: &mut Vec<BuildEvent>) {
        let step = self.steps.entry(log.vertex.clone()).or_default();
        step.log.write(&log.msg, |line| {
            events.push(BuildEvent::Log {
                line: line.to_owned(),
            })
        });
    }

    /// Returns the number of Dockerfile steps, and of those that came from the cache. In a successful build, a
    /// step that never started counts as cached: BuildKit doesn't report it when another build has just produced
    /// its result. When a build joins another one still in progress, BuildKit also reports that build's vertex,
    /// under the same name.
    pub(super) fn counts(&self) -> (u32, u32) {
        let mut was_run: HashMap<&str, bool> = HashMap::new();
        for step in self.steps.values().filter(|step| step.is_of_dockerfile()) {
            *was_run.entry(&step.name).or_default() |= step.was_run();
        }
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let cached = was_run.values().filter(|was_run| !**was_run).count();
        (count(was_run.len()), count(cached))
    }

    /// Returns the failed step with its output, ignoring steps that were only canceled because of another
    /// failure.
    pub(super) fn failed(&mut self) -> Option<(String, Vec<String>)> {
        let is_cause =
            |step: &&mut BuildStep| !step.error.is_empty() && !step.error.contains("context canceled");
        let step = self.steps.values_mut().find(is_cause)?;
        Some((step.name.clone(), step.log.take()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks that a timestamp is set; its value doesn't matter.
    #[derive(Default)]
    struct TimestampSet<'a> {
        digest: &'a str,
        name: &'a str,
        started: bool,
        completed: bool,
        cached: bool,
        error: &'a str,
    }

    fn report(told: &[TimestampSet<'_>], logs: &[(&str, &str)]) -> StatusResponse {
        let vertexes = told
            .iter()
            .map(|told| Vertex {
                digest: told.digest.to_owned(),
                name: told.name.to_owned(),
                started: told.started.then(Default::default),
                completed: told.completed.then(Default::default),
                cached: told.cached,
                error: told.error.to_owned(),
                ..Vertex::default()
            })
            .collect();
        let logs = logs
            .iter()
            .map(|(vertex, text)| VertexLog {
                vertex: (*vertex).to_owned(),
                msg: text.as_bytes().to_vec(),
                ..VertexLog::default()
            })
            .collect();
        StatusResponse {
            vertexes,
            logs,
            ..StatusResponse::default()
        }
    }

    fn step(name: &str, cached: bool, done: bool) -> BuildEvent {
        BuildEvent::Step {
            name: name.to_owned(),
            cached,
            done,
        }
    }

    #[test]
    fn steps_are_reported_at_start_and_end() {
        let mut progress = BuildProgress::default();
        let name = "[2/3] RUN make";
        let begun = TimestampSet {
            digest: "d",
            name,
            started: true,
            ..TimestampSet::default()
        };
        let announced = TimestampSet {
            digest: "d",
            name,
            ..TimestampSet::default()
        };
        let ended = TimestampSet {
            digest: "d",
            name,
            started: true,
            completed: true,
            ..TimestampSet::default()
        };
        assert_eq!(progress.report(report(&[announced], &[])), []);
        assert_eq!(progress.report(report(&[begun], &[])), [step(name, false, false)]);
        assert_eq!(
            progress
                .report(report(&[], &[("d", "one\ntw"), ("d", "o\n")]))
                .len(),
            2
        );
        assert_eq!(progress.report(report(&[ended], &[])), [step(name, false, true)]);
        assert_eq!(progress.counts(), (1, 0));
    }

    #[test]
    fn internal_steps_are_neither_shown_nor_counted() {
        let mut progress = BuildProgress::default();
        for name in [
            "[internal] load build definition from Dockerfile",
            "[auth] library/busybox:pull token",
        ] {
            let told = TimestampSet {
                digest: name,
                name,
                started: true,
                completed: true,
                ..TimestampSet::default()
            };
            assert_eq!(progress.report(report(&[told], &[])), []);
        }
        let name = "[1/1] FROM docker.io/library/busybox";
        let told = TimestampSet {
            digest: "x",
            name,
            completed: true,
            started: true,
            cached: true,
            ..TimestampSet::default()
        };
        assert_eq!(progress.report(report(&[told], &[])), [step(name, true, true)]);
        assert_eq!(progress.counts(), (1, 1));
    }

    #[test]
    fn a_build_that_joins_another_counts_each_step_once() {
        let (copy, run) = ("[1/2] COPY a /a", "[2/2] RUN make");
        let ours = |name| TimestampSet {
            digest: if name == copy { "our copy" } else { "our run" },
            name,
            ..TimestampSet::default()
        };
        let theirs = |name, cached| TimestampSet {
            digest: if name == copy { "their copy" } else { "their run" },
            name,
            started: true,
            completed: true,
            cached,
            ..TimestampSet::default()
        };
        let mut progress = BuildProgress::default();
        progress.report(report(&[ours(copy), ours(run)], &[]));
        assert_eq!(progress.counts(), (2, 2), "the other build had both before");
        progress.report(report(&[theirs(copy, true), theirs(run, false)], &[]));
        assert_eq!(progress.counts(), (2, 1), "this one waited for the other's run");
    }

    fn status(vertex: &str, id: &str, current: i64) -> StatusResponse {
        StatusResponse {
            statuses: vec![VertexStatus {
                id: id.to_owned(),
                vertex: vertex.to_owned(),
                current,
                ..VertexStatus::default()
            }],
            ..StatusResponse::default()
        }
    }

    #[test]
    fn a_base_image_is_from_the_cache_unless_pulled() {
        let told = |digest, name, cached| TimestampSet {
            digest,
            name,
            started: true,
            completed: true,
            cached,
            ..TimestampSet::default()
        };
        let steps = [
            told(
                "from",
                "[build 1/2] FROM docker.io/library/alpine:3@sha256:1",
                false,
            ),
            told("run", "[build 2/2] RUN make", true),
            told("export", "exporting to image", false),
            told("context", "[internal] load build context", false),
        ];
        let mut progress = BuildProgress::default();
        progress.report(report(&steps, &[]));
        progress.report(status("from", "resolve docker.io/library/alpine:3@sha256:1", 0));
        progress.report(status("context", "transferring context:", 2));
        assert_eq!(progress.counts(), (2, 2), "the base image was there");
        progress.report(status("from", "sha256:2", 1024));
        assert_eq!(progress.counts(), (2, 1), "the base image was pulled");
    }

    #[test]
    fn the_context_is_reported_as_it_is_sent() {
        let mut progress = BuildProgress::default();
        let mut sent = |bytes| progress.report(status("context", "transferring context:", bytes));
        assert_eq!(sent(99_999), []);
        assert_eq!(sent(150_000), [BuildEvent::Context { sent: 150_000 }]);
        assert_eq!(sent(200_000), [], "too little since the last report");
        assert_eq!(sent(12_400_000), [BuildEvent::Context { sent: 12_400_000 }]);
    }

    #[test]
    fn the_failed_step_is_reported_with_its_log() {
        let mut progress = BuildProgress::default();
        let cancelled = TimestampSet {
            digest: "a",
            name: "[a 1/2] RUN sleep",
            started: true,
            error: "context canceled",
            ..TimestampSet::default()
        };
        let failed = TimestampSet {
            digest: "b",
            name: "[b 2/2] RUN false",
            started: true,
            ..TimestampSet::default()
        };
        progress.report(report(
            &[cancelled, failed],
            &[("a", "zzz\n"), ("b", "boom\nlast")],
        ));
        let failed = TimestampSet {
            digest: "b",
            name: "[b 2/2] RUN false",
            completed: true,
            started: true,
            error: "exit code: 1",
            ..TimestampSet::default()
        };
        progress.report(report(&[failed], &[]));
        let (name, log) = progress.failed().unwrap();
        assert_eq!(name, "[b 2/2] RUN false");
        assert_eq!(log, ["boom", "last"]);
    }
}
