//! Reads that the judges request besides the services, within the read budget. A poll waits only briefly for
//! them; a slow one continues in the background, so that it delays neither polls nor verdicts.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{FutureExt, LocalBoxFuture};
use futures_util::stream::FuturesUnordered;
use jiff::Timestamp;

use super::data_source::DataSource;
use super::reads::{self, SearchedDeployment, TaskHealth};
use super::watched_service::{OptionalRead, WatchedService};
use crate::clock::Clock;
use crate::ecs::{ProtectedTask, ServiceDeployment, Task};
use crate::engine::polling::{PollRate, ReadError};
use crate::verdict::{CodeDeploySnapshot, WatchTarget};

/// DescribeServiceDeployments accepts at most 20 ARNs (API reference).
const DEPLOYMENTS_A_CALL: usize = 20;
/// Service deployments and tasks each need a list call and a describe call.
const READS_A_LIST: usize = 2;
/// How long a poll waits for the reads that it starts; a tenth of it after the previous wait timed out.
const MOMENT: Duration = Duration::from_secs(1);
/// How long such a read may take before it is abandoned and may be started again.
const LIMIT: Duration = Duration::from_secs(10);

/// The value of an optional read.
pub(super) enum ReadValue {
    StoppedTasks(Vec<Task>),
    RunningTasks(Vec<Task>),
    Health(TaskHealth),
    Protection(Vec<Task>, Vec<ProtectedTask>),
    Deployments(Vec<ServiceDeployment>),
    /// None: no deployment is in progress.
    CodeDeploy(Option<Box<CodeDeploySnapshot>>),
}

/// A completed read.
pub(super) struct ReadReply {
    pub read: OptionalRead,
    /// The services it was for, with the ARNs of their service deployments for `OurDeployment`.
    pub services: Vec<(usize, String)>,
    pub began_at: Timestamp,
    /// None: it timed out.
    pub value: Option<Result<ReadValue, ReadError>>,
}

/// The reads in progress, and those completed since the last poll.
pub(super) struct OptionalReads<'a, S> {
    source: &'a S,
    cluster: &'a str,
    clock: &'a Clock,
    rate: &'a PollRate,
    running: FuturesUnordered<LocalBoxFuture<'a, ReadReply>>,
    answered: Vec<ReadReply>,
    lists_first: bool,
    /// Whether the last wait for such reads timed out.
    is_slow: bool,
}

impl<'a, S: DataSource> OptionalReads<'a, S> {
    pub fn new(source: &'a S, cluster: &'a str, clock: &'a Clock, rate: &'a PollRate) -> Self {
        Self {
            source,
            cluster,
            clock,
            rate,
            running: FuturesUnordered::new(),
            answered: Vec::new(),
            lists_first: false,
            is_slow: false,
        }
    }

    /// Starts the reads that the judges request, waits briefly, and returns the replies so far.
    pub async fn read(&mut self, services: &mut [WatchedService]) -> Vec<ReadReply> {
        let began_at = self.clock.now();
        let begun = self.begin(services, began_at);
        let limit = if self.is_slow { MOMENT / 10 } else { MOMENT };
        let clock = self.clock;
        let in_time = clock.wait_for_io(limit, self.receive_all(begun, began_at)).await;
        if begun > 0 {
            self.is_slow = !in_time;
        }
        while let Some(Some(reply)) = self.running.next().now_or_never() {
            self.answered.push(reply);
        }
        std::mem::take(&mut self.answered)
    }

    /// Receives `begun` replies of reads that began at `began_at`, and any others on the way.
    async fn receive_all(&mut self, mut begun: usize, began_at: Timestamp) {
        while begun > 0
            && let Some(reply) = self.running.next().await
        {
            begun -= usize::from(reply.began_at == began_at);
            self.answered.push(reply);
        }
    }

    /// Receives one reply, for the next poll. False if no read is in progress.
    pub async fn receive(&mut self) -> bool {
        let reply = self.running.next().await;
        let is_received = reply.is_some();
        self.answered.extend(reply);
        is_received
    }

    /// The stopped tasks of a service, for its result; None if the read takes too long.
    pub async fn stopped_tasks_at_once(&mut self, service: &WatchedService) -> Option<Vec<Task>> {
        let read = self.request(service, OptionalRead::StoppedTasks);
        let mut value = None;
        let limit = if self.is_slow { MOMENT / 10 } else { MOMENT };
        let io = async { value = read.await.ok() };
        self.is_slow = !self.clock.wait_for_io(limit, io).await;
        match value {
            Some(ReadValue::StoppedTasks(tasks)) => Some(tasks),
            _ => None,
        }
    }

    /// Starts reads, alternating which kind goes first so that neither starves. Returns how many.
    fn begin(&mut self, services: &mut [WatchedService], now: Timestamp) -> usize {
        self.lists_first = !self.lists_first;
        if self.lists_first {
            let lists = self.begin_lists(services, now);
            return lists + self.begin_our_deployments(services, now);
        }
        let ours = self.begin_our_deployments(services, now);
        ours + self.begin_lists(services, now)
    }

    /// Starts re-reading our service deployments, 20 per call. Returns the number of calls.
    fn begin_our_deployments(&mut self, services: &mut [WatchedService], now: Timestamp) -> usize {
        let mut wanted: Vec<(Option<Timestamp>, (usize, String))> = Vec::new();
        for (at, it) in services.iter().enumerate() {
            let is_wanted = it.is_open()
                && it.read_requests.service_deployment
                && !it.reading.contains(&OptionalRead::OurDeployment);
            if let Some(ours) = it.service_deployment().filter(|_| is_wanted) {
                wanted.push((it.refreshed_at, (at, ours.arn.clone())));
            }
        }
        wanted.sort_by_key(|(refreshed_at, _)| *refreshed_at);
        let mut begun = 0;
        for batch in wanted.chunks(DEPLOYMENTS_A_CALL) {
            if !self.rate.afford(1) {
                break;
            }
            let of: Vec<(usize, String)> = batch.iter().map(|(_, of)| of.clone()).collect();
            let arns: Vec<String> = of.iter().map(|(_, arn)| arn.clone()).collect();
            let source = self.source;
            let read = async move {
                let found = source.describe_service_deployments(&arns).await;
                found.map(ReadValue::Deployments)
            };
            self.start(services, OptionalRead::OurDeployment, of, now, read.boxed_local());
            begun += 1;
        }
        begun
    }

    /// Starts listings and task reads, longest waiting first. Returns how many.
    fn begin_lists(&mut self, services: &mut [WatchedService], now: Timestamp) -> usize {
        let mut queue: Vec<(bool, Option<Timestamp>, usize, OptionalRead)> = Vec::new();
        for (at, it) in services.iter().enumerate().filter(|(_, it)| it.is_open()) {
            let read_requests = it.read_requests;
            let may_list = it.may_list_deployments(now);
            let wanted = [
                (
                    false,
                    it.code_deploy_at,
                    OptionalRead::CodeDeploy,
                    read_requests.code_deploy,
                ),
                (
                    false,
                    it.listed_at,
                    OptionalRead::StoppedTasks,
                    read_requests.tasks,
                ),
                (
                    false,
                    it.listed_at,
                    OptionalRead::RunningTasks,
                    read_requests.running,
                ),
                (
                    false,
                    it.listed_at,
                    OptionalRead::Deployments,
                    read_requests.listing && may_list,
                ),
                (
                    true,
                    it.listed_at,
                    OptionalRead::StoppedTasks,
                    read_requests.recheck,
                ),
                (true, it.health_at, OptionalRead::Health, it.may_read_health(now)),
                (
                    true,
                    it.listed_at,
                    OptionalRead::Protection,
                    read_requests.protection,
                ),
            ];
            let wanted = wanted
                .into_iter()
                .filter(|(_, _, read, wanted)| *wanted && !it.reading.contains(read));
            queue.extend(wanted.map(|(low_priority, last, read, _)| (low_priority, last, at, read)));
        }
        queue.sort_by_key(|(low_priority, last, at, _)| (*low_priority, *last, *at));
        let mut begun = 0;
        for (low_priority, _, at, read) in queue {
            let Some(service) = services.get(at) else { continue };
            let more = match read {
                OptionalRead::Health => service.health_groups().len(),
                OptionalRead::Protection => 1,
                _ => 0,
            };
            let is_affordable = match low_priority {
                true => self.rate.spend_low_priority(READS_A_LIST + more),
                false => self.rate.afford(READS_A_LIST + more),
            };
            if !is_affordable {
                break;
            }
            let request = self.request(service, read);
            self.start(services, read, vec![(at, String::new())], now, request);
            begun += 1;
        }
        begun
    }

    fn start(
        &mut self,
        services: &mut [WatchedService],
        read: OptionalRead,
        of: Vec<(usize, String)>,
        began_at: Timestamp,
        request: LocalBoxFuture<'a, Result<ReadValue, ReadError>>,
    ) {
        for (at, _) in &of {
            if let Some(service) = services.get_mut(*at) {
                service.reading.insert(read);
            }
        }
        let clock = self.clock;
        let reply = async move {
            ReadReply {
                read,
                services: of,
                began_at,
                value: clock.io_timeout(LIMIT, request).await,
            }
        };
        self.running.push(reply.boxed_local());
    }

    /// The future of a read for one service.
    fn request(
        &self,
        service: &WatchedService,
        read: OptionalRead,
    ) -> LocalBoxFuture<'a, Result<ReadValue, ReadError>> {
        let (source, cluster) = (self.source, self.cluster);
        let name = service.name().to_owned();
        match read {
            OptionalRead::StoppedTasks => {
                let known = service.stopped_tasks();
                async move {
                    let tasks = reads::stopped_tasks(source, cluster, &name, &known).await;
                    tasks.map(ReadValue::StoppedTasks)
                }
                .boxed_local()
            }
            OptionalRead::RunningTasks => async move {
                let tasks = reads::running_tasks(source, cluster, &name).await;
                tasks.map(ReadValue::RunningTasks)
            }
            .boxed_local(),
            OptionalRead::Protection => async move {
                let (tasks, protected) = reads::task_protection(source, cluster, &name).await?;
                Ok(ReadValue::Protection(tasks, protected))
            }
            .boxed_local(),
            OptionalRead::Health => {
                let groups = service.health_groups();
                async move {
                    let health = reads::task_health(source, cluster, &name, &groups).await;
                    health.map(ReadValue::Health)
                }
                .boxed_local()
            }
            OptionalRead::CodeDeploy => {
                let request = service.judge.request();
                let (target, named) = (request.target.clone(), request.code_deploy.clone());
                let described = service.snapshot.service.clone();
                let known = service.snapshot.code_deploy.clone();
                let is_unknown = request.definition.is_none();
                async move {
                    let id = match (target, &described) {
                        (WatchTarget::CodeDeploy { id }, _) => Some(id),
                        (_, Some(described)) => {
                            let open = source.code_deployment_in_progress(cluster, described, named.as_ref());
                            open.await?
                        }
                        (_, None) => None,
                    };
                    let Some(id) = id else {
                        return Ok(ReadValue::CodeDeploy(None));
                    };
                    let service = (cluster, name.as_str());
                    let read = reads::code_deployment(source, service, &id, known.as_ref(), is_unknown);
                    Ok(ReadValue::CodeDeploy(Some(Box::new(read.await?))))
                }
                .boxed_local()
            }
            OptionalRead::Deployments | OptionalRead::OurDeployment => {
                let searched = service.judge.deployment().map(|id| SearchedDeployment {
                    id: id.to_owned(),
                    created_at: service.judge.deployment_created_at(),
                });
                let rate = self.rate;
                async move {
                    // Further pages delay other reads: their number isn't known in advance.
                    let on_page = || rate.spend(1);
                    let found =
                        reads::service_deployments(source, cluster, &name, searched.as_ref(), &on_page).await;
                    found.map(ReadValue::Deployments)
                }
                .boxed_local()
            }
        }
    }
}
