//! Where the containers of tasks log to.

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

/// One container of one task, and its stream.
#[derive(Clone, Debug)]
pub struct LogSource {
    /// The session, in the log group's region.
    pub aws: Aws,
    pub service: String,
    pub task: String,
    pub container: String,
    pub group: String,
    pub stream: String,
    /// What its lines may not show.
    pub secrets: Arc<[String]>,
}

impl LogSource {
    /// A message as it may be shown.
    pub fn shown(&self, message: String) -> String {
        match mask_secrets(&message, &self.secrets) {
            Cow::Borrowed(_) => message,
            Cow::Owned(hidden) => hidden,
        }
    }
}

/// A task definition that was read.
struct LogDefinition {
    read: TaskDefinition,
    secrets: Arc<[String]>,
}

/// What was learnt of task definitions on the way.
#[derive(Default)]
pub struct DefinitionCache {
    /// By `web:42`; None where there is none.
    definitions: HashMap<String, Option<LogDefinition>>,
    /// The containers of which it is known where they log to: task and name.
    settled: HashSet<(String, String)>,
    /// Where containers log that don't log to CloudWatch.
    places: Vec<String>,
    /// How many of these were told.
    told: usize,
    names: HashSet<String>,
}

impl DefinitionCache {
    /// The streams of these tasks' containers, each once. Those of which a definition can't be read, or which have no name
    /// yet, come with a later call. It is an error when a container was asked for that none of the tasks has.
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

    /// Reads the definitions of these tasks that are not known yet. What fails is left for later.
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

    /// The stream of a container, and whether that is all there is to know.
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
            // Without a prefix the stream has the runtime's id of the container, which comes with its start.
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
        // A task that is being placed may have none yet.
        let are_there = tasks.iter().any(|task| !task.containers.is_empty());
        let Some(name) = unknown.filter(|_| are_there) else {
            return Ok(());
        };
        let mut known: Vec<String> = self.names.iter().cloned().collect();
        known.sort();
        Err(unknown_container(name, &keys(ask), &known))
    }

    /// Why there is nothing to read.
    pub fn nothing(&self, ask: &LogsRequest<'_>) -> Failure {
        if self.places.is_empty() {
            return not_started(&keys(ask));
        }
        logs_elsewhere(&keys(ask), &self.places)
    }

    /// Whether all that these tasks write goes elsewhere.
    pub fn is_all_elsewhere(&self, sources: &[LogSource]) -> bool {
        sources.is_empty() && !self.places.is_empty()
    }

    /// Says where the logs of other containers go; each place once.
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
