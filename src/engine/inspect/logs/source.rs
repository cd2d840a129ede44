//! Finds where the containers of tasks log to.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use futures_util::future::join_all;

use super::LogsRequest;
use super::error::{logs_elsewhere, not_started, unknown_container};
use crate::aws::Aws;
use crate::diagnostic::Failure;
use crate::ecs::TaskDefinition;
use crate::engine::polling::{PollOutcome, ReadError, Severity};
use crate::engine::watch::{LogDestination, log_destination};
use crate::model::{ContainerStatus, TaskStatus};
use crate::schema::{mask_secrets, secrets_of};

/// One container of a task, and its log stream.
#[derive(Clone, Debug)]
pub struct LogSource {
    /// The session in the log group's region.
    pub aws: Aws,
    pub service: String,
    pub task: String,
    pub container: String,
    pub group: String,
    pub stream: String,
    /// Secrets to mask in its lines.
    pub secrets: Arc<[String]>,
}

impl LogSource {
    /// Masks the secrets in a message.
    pub fn shown(&self, message: String) -> String {
        match mask_secrets(&message, &self.secrets) {
            Cow::Borrowed(_) => message,
            Cow::Owned(hidden) => hidden,
        }
    }
}

/// A task definition and its secrets.
struct LogDefinition {
    read: TaskDefinition,
    secrets: Arc<[String]>,
}

/// Caches task definitions and the log destinations found so far.
#[derive(Default)]
pub struct DefinitionCache {
    /// By revision, `web:42`; None if it doesn't exist.
    definitions: HashMap<String, Option<LogDefinition>>,
    /// The containers whose log destination is known: task id and container name.
    settled: HashSet<(String, String)>,
    /// Destinations of containers that don't log to CloudWatch.
    places: Vec<String>,
    /// How many of these were reported.
    told: usize,
    names: HashSet<String>,
}

impl DefinitionCache {
    /// Returns the streams of these tasks' containers, each once. A stream whose task definition can't be
    /// read, or that has no name yet, is returned by a later call. Records an error if a requested
    /// container is in none of the tasks.
    pub async fn sources(
        &mut self,
        ask: &LogsRequest<'_>,
        tasks: &[&TaskStatus],
        poll: &mut PollOutcome,
    ) -> Vec<LogSource> {
        self.learn(ask, tasks, poll).await;
        let mut sources = Vec::new();
        for task in tasks {
            for container in &task.containers {
                self.names.insert(container.name.clone());
                let is_meant = ask.containers.is_empty() || ask.containers.contains(&container.name);
                let key = (task.id.clone(), container.name.clone());
                if is_meant && !self.settled.contains(&key) {
                    let (source, is_settled) = self.source(ask, task, container);
                    sources.extend(source);
                    if is_settled {
                        self.settled.insert(key);
                    }
                }
            }
        }
        if let Err(unknown) = self.check_names(ask, tasks) {
            poll.failed(ReadError::new(Severity::Fatal, unknown));
        }
        sources
    }

    /// Reads those task definitions of these tasks that aren't known yet. A later call retries failed
    /// reads.
    async fn learn(&mut self, ask: &LogsRequest<'_>, tasks: &[&TaskStatus], poll: &mut PollOutcome) {
        let ids: HashSet<&String> = tasks
            .iter()
            .filter_map(|task| task.task_definition.as_ref())
            .filter(|id| !self.definitions.contains_key(*id))
            .collect();
        let read = ids
            .into_iter()
            .map(async |id| (id, ask.aws.describe_task_definition(id).await));
        for (id, read) in join_all(read).await {
            match read {
                Ok(found) => {
                    poll.succeeded();
                    let definition = found.map(|read| LogDefinition {
                        secrets: match ask.show_values {
                            true => Arc::default(),
                            false => secrets_of(read.value()).into(),
                        },
                        read,
                    });
                    self.definitions.insert(id.clone(), definition);
                }
                Err(error) => poll.failed(error.into()),
            }
        }
    }

    /// Returns the stream of a container, and whether its log destination is settled.
    fn source(
        &mut self,
        ask: &LogsRequest<'_>,
        task: &TaskStatus,
        container: &ContainerStatus,
    ) -> (Option<LogSource>, bool) {
        let id = task.task_definition.as_deref().unwrap_or_default();
        let Some(definition) = self.definitions.get(id) else {
            return (None, false);
        };
        let Some(definition) = definition else {
            self.put(
                task,
                format!("its task definition {id} no longer exists"),
                container,
            );
            return (None, true);
        };
        let (name, runtime_id) = (&container.name, container.runtime_id.as_deref());
        let place = match log_destination(
            &definition.read,
            name,
            (&task.id, task.launch_type.as_deref()),
            runtime_id,
        ) {
            // Without a prefix, the stream is named after the container's runtime id, which is known once it
            // starts.
            None => return (None, runtime_id.is_some()),
            Some(LogDestination::Elsewhere { place, .. }) => place,
            Some(LogDestination::CloudWatch {
                group,
                stream,
                region,
            }) => {
                let source = LogSource {
                    aws: region.map_or_else(|| ask.aws.clone(), |region| ask.aws.in_region(&region)),
                    service: task.service.clone(),
                    task: task.id.clone(),
                    container: name.clone(),
                    group,
                    stream,
                    secrets: Arc::clone(&definition.secrets),
                };
                return (Some(source), true);
            }
        };
        self.put(task, place, container);
        (None, true)
    }

    fn put(&mut self, task: &TaskStatus, place: String, container: &ContainerStatus) {
        let place = format!("container {} of {}: {place}", container.name, task.service);
        if !self.places.contains(&place) {
            self.places.push(place);
        }
    }

    fn check_names(&self, ask: &LogsRequest<'_>, tasks: &[&TaskStatus]) -> Result<(), Failure> {
        let unknown = ask.containers.iter().find(|name| !self.names.contains(*name));
        // A task that is being placed may have no containers yet.
        let are_there = tasks.iter().any(|task| !task.containers.is_empty());
        let Some(name) = unknown.filter(|_| are_there) else {
            return Ok(());
        };
        let mut known: Vec<String> = self.names.iter().cloned().collect();
        known.sort();
        Err(unknown_container(name, &keys(ask), &known))
    }

    /// The failure when there is nothing to read.
    pub fn nothing(&self, ask: &LogsRequest<'_>) -> Failure {
        if self.places.is_empty() {
            return not_started(&keys(ask));
        }
        logs_elsewhere(&keys(ask), &self.places)
    }

    /// Whether all containers of these tasks log elsewhere.
    pub fn is_all_elsewhere(&self, sources: &[LogSource]) -> bool {
        sources.is_empty() && !self.places.is_empty()
    }

    /// Reports where the logs of other containers go, each destination once.
    pub fn report_log_locations(&mut self, ask: &LogsRequest<'_>) {
        for place in self.places.iter().skip(self.told) {
            ask.sink.warn(None, place.clone(), None);
        }
        self.told = self.places.len();
    }
}

fn keys(ask: &LogsRequest<'_>) -> Vec<String> {
    ask.services.iter().map(|(key, _)| key.clone()).collect()
}
