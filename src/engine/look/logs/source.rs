//! Where the containers of tasks log to.

use std::collections::{HashMap, HashSet};

use futures_util::future::try_join_all;

use super::{Ask, LogsError};
use crate::aws::{Aws, AwsError};
use crate::diagnostic::Failure;
use crate::engine::rollout::{Destination, destination};
use crate::model::{Event, TaskStatus, Value};

/// One container of one task, and its stream.
#[derive(Clone, Debug)]
pub struct Source {
    /// The session, in the log group's region.
    pub aws: Aws,
    pub service: String,
    pub task: String,
    pub container: String,
    pub group: String,
    pub stream: String,
}

/// What was learnt of task definitions on the way.
#[derive(Default)]
pub struct Known {
    /// By `web:42`; None where there is none.
    definitions: HashMap<String, Option<Value>>,
    /// Where containers log that don't log to CloudWatch: told once each.
    places: Vec<String>,
    names: HashSet<String>,
}

impl Known {
    /// The streams of these tasks. An error where a container was asked for that none of them has.
    pub async fn sources(&mut self, ask: &Ask<'_>, tasks: &[TaskStatus]) -> Result<Vec<Source>, Failure> {
        self.learn(ask.aws, tasks).await?;
        let mut sources = Vec::new();
        for task in tasks {
            let definition = task
                .task_definition
                .as_ref()
                .and_then(|id| self.definitions.get(id));
            let Some(Some(definition)) = definition else {
                continue;
            };
            let mut found = Vec::new();
            for container in &task.containers {
                self.names.insert(container.name.clone());
                let is_meant = ask.containers.is_empty() || ask.containers.contains(&container.name);
                if is_meant {
                    let id = container.runtime_id.as_deref();
                    found.push((
                        &container.name,
                        destination(definition, &container.name, &task.id, id),
                    ));
                }
            }
            for (container, destination) in found {
                sources.extend(self.source(ask, task, container, destination));
            }
        }
        self.check_names(ask, tasks)?;
        Ok(sources)
    }

    async fn learn(&mut self, aws: &Aws, tasks: &[TaskStatus]) -> Result<(), AwsError> {
        let ids: HashSet<&String> = tasks
            .iter()
            .filter_map(|task| task.task_definition.as_ref())
            .filter(|id| !self.definitions.contains_key(*id))
            .collect();
        let described = try_join_all(ids.into_iter().map(async |id| {
            let definition = aws.describe_task_definition(id).await?;
            Ok::<_, AwsError>((id.clone(), definition))
        }));
        self.definitions.extend(described.await?);
        Ok(())
    }

    fn source(
        &mut self,
        ask: &Ask<'_>,
        task: &TaskStatus,
        container: &str,
        destination: Option<Destination>,
    ) -> Option<Source> {
        let place = match destination? {
            Destination::CloudWatch {
                group,
                stream,
                region,
            } => {
                let aws = region.map_or_else(|| ask.aws.clone(), |region| ask.aws.in_region(&region));
                return Some(Source {
                    aws,
                    service: task.service.clone(),
                    task: task.id.clone(),
                    container: container.to_owned(),
                    group,
                    stream,
                });
            }
            Destination::Elsewhere { place, .. } => place,
        };
        let place = format!("container {container} of {}: {place}", task.service);
        if !self.places.contains(&place) {
            self.places.push(place);
        }
        None
    }

    fn check_names(&self, ask: &Ask<'_>, tasks: &[TaskStatus]) -> Result<(), LogsError> {
        let unknown = ask.containers.iter().find(|name| !self.names.contains(*name));
        let Some(name) = unknown.filter(|_| !tasks.is_empty()) else {
            return Ok(());
        };
        let mut known: Vec<String> = self.names.iter().cloned().collect();
        known.sort();
        Err(LogsError::UnknownContainer {
            name: name.clone(),
            services: keys(ask),
            known,
        })
    }

    /// Why there is nothing to read.
    pub fn nothing(&self, ask: &Ask<'_>) -> LogsError {
        LogsError::Elsewhere {
            services: keys(ask),
            places: self.places.clone(),
        }
    }

    /// Says where the logs of other containers go; each place once.
    pub fn tell_places(&mut self, ask: &Ask<'_>) {
        for place in self.places.drain(..) {
            ask.sink.emit(Event::Warning {
                resource: None,
                message: place,
                hint: None,
            });
        }
    }
}

fn keys(ask: &Ask<'_>) -> Vec<String> {
    ask.services.iter().map(|(key, _)| key.clone()).collect()
}
