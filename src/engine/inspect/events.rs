//! The service events that ECS records. It keeps the last 100 of each service (API reference:
//! Service, `events`).

use std::collections::HashMap;

use indexmap::IndexSet;
use jiff::Timestamp;

use super::no_service;
use crate::aws::{Aws, AwsError, SERVICES_A_CALL};
use crate::clock::Clock;
use crate::diagnostic::Failure;
use crate::ecs::Service;
use crate::engine::polling::Poller;
use crate::model::{ServiceMessage, Sink};

/// The number of events that ECS keeps.
const KEPT: usize = 100;
/// Event ids remembered per service. A response may be older than the previous one.
const REMEMBERED: usize = 10 * KEPT;

/// Reads the events of some services of one cluster, returning each event once.
pub struct EventReader<'a> {
    aws: &'a Aws,
    cluster: &'a str,
    /// Pairs of deploy.yaml key and ECS service name.
    services: &'a [(String, String)],
    since: Option<Timestamp>,
    seen: HashMap<String, IndexSet<String>>,
}

/// The result of one poll.
struct PollReply {
    /// The new events, newest last.
    messages: Vec<ServiceMessage>,
    /// Services with events that were missed.
    gaps: Vec<String>,
    /// Services that don't exist.
    missing: Vec<(String, String)>,
}

impl<'a> EventReader<'a> {
    /// Creates a reader that has returned no events yet.
    pub fn new(
        aws: &'a Aws,
        cluster: &'a str,
        services: &'a [(String, String)],
        since: Option<Timestamp>,
    ) -> Self {
        Self {
            aws,
            cluster,
            services,
            since,
            seen: HashMap::new(),
        }
    }

    /// Returns the existing events, newest last. Fails if none of the services exists; warns if some
    /// don't.
    pub async fn once(mut self, sink: &dyn Sink) -> Result<Vec<ServiceMessage>, Failure> {
        let brought = self.look().await?;
        if !brought.missing.is_empty() {
            let failure = no_service(self.cluster, &brought.missing);
            if brought.missing.len() == self.services.len() {
                return Err(failure);
            }
            sink.warn_of(failure, "showing the others");
        }
        Ok(brought.messages)
    }

    /// Passes existing and new events to `each` until it returns false. Waits for services that don't
    /// exist yet.
    pub async fn follow(
        mut self,
        clock: &Clock,
        sink: &dyn Sink,
        mut each: impl FnMut(Vec<ServiceMessage>) -> bool,
    ) -> Result<(), Failure> {
        let mut poller = Poller::new(clock, sink);
        let mut told_missing = false;
        loop {
            if let Some(brought) = poller.record_read(self.look().await)? {
                if !brought.missing.is_empty() && !std::mem::replace(&mut told_missing, true) {
                    poller.warn(no_service(self.cluster, &brought.missing), "waiting for it");
                }
                brought.gaps.iter().for_each(|name| report_gap(sink, name));
                if !each(brought.messages) {
                    return Ok(());
                }
            }
            poller.wait(self.services.len().div_ceil(SERVICES_A_CALL)).await;
        }
    }

    async fn look(&mut self) -> Result<PollReply, AwsError> {
        let names: Vec<String> = self.services.iter().map(|(_, name)| name.clone()).collect();
        let described = self.aws.describe_services(self.cluster, &names).await?;
        let missing: Vec<(String, String)> = self
            .services
            .iter()
            .filter(|(_, name)| described.named(name).is_none())
            .cloned()
            .collect();
        let (mut messages, mut gaps) = (Vec::new(), Vec::new());
        for service in described {
            if self.take_in(&service, &mut messages) {
                gaps.push(service.name);
            }
        }
        messages.sort_by_key(|message| message.at);
        Ok(PollReply {
            messages,
            gaps,
            missing,
        })
    }

    /// Adds a service's new events. Returns whether events were missed.
    fn take_in(&mut self, service: &Service, messages: &mut Vec<ServiceMessage>) -> bool {
        let seen = self.seen.entry(service.name.clone()).or_default();
        let is_known = |id: &String| seen.contains(id);
        let gap = !seen.is_empty()
            && service.events.len() >= KEPT
            && !service.events.iter().any(|event| is_known(&event.id));
        // ECS lists the newest first.
        for event in service.events.iter().rev() {
            let is_old = event
                .at
                .is_some_and(|at| self.since.is_some_and(|since| at < since));
            if seen.insert(event.id.clone()) && !is_old {
                messages.push(ServiceMessage {
                    service: service.name.clone(),
                    at: event.at,
                    id: event.id.clone(),
                    message: event.message.clone(),
                });
            }
        }
        let forgotten = seen.len().saturating_sub(REMEMBERED);
        seen.drain(..forgotten);
        gap
    }
}

fn report_gap(sink: &dyn Sink, name: &str) {
    sink.warn(
        Some(name),
        format!("more than {KEPT} events since the last poll: ECS keeps only {KEPT}, some are missing"),
        None,
    );
}

#[cfg(test)]
mod tests {
    use crate::model::Event;
    use std::sync::{Arc, Mutex};

    use serde_json::json;

    use super::*;
    use crate::aws::testing::{Answer, FakeAws};

    fn services() -> Vec<(String, String)> {
        vec![("web".to_owned(), "web".to_owned())]
    }

    fn reply(ids: impl DoubleEndedIterator<Item = u64>) -> Answer {
        let events: Vec<serde_json::Value> = ids
            .rev()
            .map(|id| json!({"id": id.to_string(), "createdAt": 1_795_183_000 + id, "message": format!("event {id}")}))
            .collect();
        Answer::ok(json!({"services": [{"serviceName": "web", "status": "ACTIVE", "events": events}]}))
    }

    /// Follows until this many events have arrived. Returns their ids, the warnings, and the elapsed
    /// time.
    async fn followed(answers: Vec<Answer>, enough: usize) -> (Vec<String>, Vec<String>, f64) {
        let fake = FakeAws::answering(answers).await;
        let aws = fake.session().await;
        let warnings: Arc<Mutex<Vec<String>>> = Arc::default();
        let kept = Arc::clone(&warnings);
        let sink = move |event: Event| {
            if let Event::Warning { message, .. } = event {
                kept.lock().unwrap().push(message);
            }
        };
        let clock = Clock::virtual_time();
        let begun = clock.now();
        let mut ids = Vec::new();
        let services = services();
        let events = EventReader::new(&aws, "c", &services, None);
        events
            .follow(&clock, &sink, |messages| {
                ids.extend(messages.into_iter().map(|message| message.id));
                ids.len() < enough
            })
            .await
            .unwrap();
        let warnings = warnings.lock().unwrap().clone();
        (ids, warnings, clock.now().duration_since(begun).as_secs_f64())
    }

    fn numbers(range: impl Iterator<Item = u64>) -> Vec<String> {
        range.map(|id| id.to_string()).collect()
    }

    #[tokio::test]
    async fn each_event_once_in_order_whatever_replies_overlap_or_are_stale() {
        let answers = vec![reply(0..3), reply(0..5), reply(0..4), reply(1..5), reply(3..9)];
        let (ids, warnings, seconds) = followed(answers, 9).await;
        assert_eq!(ids, numbers(0..9));
        assert_eq!(warnings, Vec::<String>::new());
        // Four waits of one second; real elapsed time doesn't count twice.
        assert!((3.9..5.0).contains(&seconds), "a look a second: {seconds}");
    }

    #[tokio::test]
    async fn a_gap_is_told() {
        let (ids, warnings, _) = followed(vec![reply(0..100), reply(150..250)], 200).await;
        assert_eq!(ids.len(), 200);
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        let (ids, warnings, _) = followed(vec![reply(0..100), reply(99..199)], 199).await;
        assert_eq!((ids.len(), warnings.len()), (199, 0));
    }

    #[tokio::test]
    async fn what_passes_is_waited_out() {
        let fault = || Answer::refusal(500, "ServerException", "later");
        // The SDK itself makes three attempts.
        let mut answers = vec![reply(0..1)];
        answers.extend(std::iter::repeat_with(fault).take(9));
        answers.push(reply(0..2));
        let (ids, warnings, _) = followed(answers, 2).await;
        assert_eq!(ids, numbers(0..2));
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(warnings[0].ends_with("still trying"), "{warnings:?}");
    }

    #[tokio::test]
    async fn what_was_denied_ends_it() {
        let fake = FakeAws::answering([
            reply(0..1),
            Answer::refusal(
                400,
                "AccessDeniedException",
                "User: u is not authorized to perform: ecs:DescribeServices on resource: *",
            ),
        ])
        .await;
        let aws = fake.session().await;
        let services = services();
        let events = EventReader::new(&aws, "c", &services, None);
        let error = events
            .follow(&Clock::virtual_time(), &|_| (), |_| true)
            .await
            .unwrap_err();
        assert_eq!(error.hint.clone().unwrap(), "allow ecs:DescribeServices to u");
    }
}
