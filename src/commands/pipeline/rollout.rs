//! The plan carried out: services in waves, each applied and watched, and what came of all of them.

use std::borrow::Cow;

use futures_util::future::join_all;

use super::{Draft, Pipeline, aims};
use crate::aws::Aws;
use crate::cli::WaitOptions;
use crate::commands::Context;
use crate::diagnostic::{Explain, Failure};
use crate::engine::apply::{Applier, make_groundwork};
use crate::engine::rollout::{Stand, Watch, Watched, stand_of, watch};
use crate::exit::Exit;
use crate::model::{
    Ending, Event, Manifest, ObservedService, ServiceAction, ServiceOutcome, ServicePlan, Sink, Value,
};
use crate::plan;
use crate::verdict::{Aim, Target};

/// What came of every service that was asked for.
#[derive(Default)]
pub struct Ends {
    /// Those that came to an end.
    pub watched: Vec<Watched>,
    /// What went wrong beside them: calls that failed, a watch that broke off.
    pub failures: Vec<Failure>,
    /// Services that were not touched because one that they depend on did not become stable.
    pub skipped: Vec<Skipped>,
}

/// A service that was not touched.
pub struct Skipped {
    /// Its name.
    pub service: String,
    /// The name of the service that it depends on and that did not become stable.
    pub dependency: String,
}

impl Skipped {
    /// Why it was not touched.
    pub fn reason(&self) -> String {
        let dependency = &self.dependency;
        format!("left alone: {dependency}, which it depends on, did not become stable")
    }

    /// It as what came of the service.
    pub fn outcome(&self) -> ServiceOutcome {
        ServiceOutcome {
            name: self.service.clone(),
            outcome: Ending::Failed,
            task_definition: None,
            image: None,
            deployment: None,
            running: None,
            desired: None,
            is_final: true,
            exercised: false,
            reason: Some(self.reason()),
            failures: Vec::new(),
        }
    }
}

impl Ends {
    /// The exit code of it all.
    pub fn exit(&self) -> Exit {
        let watched = self.watched.iter().map(Watched::exit);
        let failures = self.failures.iter().map(|failure| failure.inner().exit());
        Exit::of_many(watched.chain(failures))
    }

    /// Whether a service, by name, came to a good end.
    fn is_good(&self, service: &str) -> bool {
        let mut ends = self.watched.iter().filter(|end| end.outcome.name == service);
        ends.any(|end| end.exit() == Exit::Done)
    }

    /// Keeps those of a wave whose dependencies, all of them in waves before, came to a good end; the others are
    /// skipped, and so hold up those that depend on them.
    fn admit<'a>(&mut self, wave: Vec<&'a ServicePlan>, all: &[ServicePlan]) -> Vec<&'a ServicePlan> {
        let mut admitted = Vec::new();
        for service in wave {
            let mut dependencies = all.iter().filter(|it| service.depends_on.contains(&it.key));
            match dependencies.find(|it| !self.is_good(&it.name)) {
                Some(dependency) => self.skipped.push(Skipped {
                    service: service.name.clone(),
                    dependency: dependency.name.clone(),
                }),
                None => admitted.push(service),
            }
        }
        admitted
    }

    /// Watches what was begun until each service has come to its end.
    pub async fn follow(
        &mut self,
        aws: &Aws,
        cluster: &str,
        begun: Vec<Result<Stand, Failure>>,
        sink: &dyn Sink,
    ) {
        let mut watching = Vec::new();
        for begun in begun {
            match begun {
                Ok(Stand::Watch(aim)) => watching.push(*aim),
                Ok(Stand::Ended(end)) => {
                    sink.emit(end.event());
                    self.watched.push(*end);
                }
                Err(failure) => self.failures.push(failure),
            }
        }
        self.take(watch(aws, cluster, watching, sink, aws.clock()).await);
    }

    /// Takes in what a watch brought.
    pub fn take(&mut self, watch: Watch) {
        self.watched.extend(watch.services);
        self.failures.extend(watch.broken_off.map(Failure::from));
    }
}

impl Pipeline<'_> {
    /// Makes the cluster and the log groups that the plan names.
    pub async fn make_groundwork(&self, draft: &Draft) -> Result<(), Failure> {
        Ok(make_groundwork(&self.aws, &draft.plan, self.sink).await?)
    }

    /// Registers the task definitions, and nothing else.
    pub async fn register(&self, draft: &Draft) -> Result<Vec<String>, Failure> {
        let applier = Applier::new(&self.aws, &draft.plan.cluster, self.sink);
        let services = &draft.plan.services;
        let registered = join_all(services.iter().map(|service| applier.register(service))).await;
        Ok(registered.into_iter().collect::<Result<_, _>>()?)
    }

    /// Applies the plan, wave by wave, and watches until each service has come to its end. A service waits for those
    /// that it depends on, and is left alone where one of them fails or is left alone.
    pub async fn carry_out(&self, draft: &Draft, wait: &WaitOptions) -> Result<Ends, Failure> {
        let waves = plan::waves(&draft.plan)?;
        self.make_groundwork(draft).await?;
        let applier = Applier::new(&self.aws, &draft.plan.cluster, self.sink);
        let mut ends = Ends::default();
        for wave in waves {
            let wave: Vec<&ServicePlan> = wave
                .into_iter()
                .filter_map(|at| draft.plan.services.get(at))
                .collect();
            let wave = ends.admit(wave, &draft.plan.services);
            let begun = join_all(wave.iter().map(|it| self.begin(&applier, draft, it, wait))).await;
            ends.follow(&self.aws, &draft.plan.cluster, begun, self.sink)
                .await;
        }
        Ok(ends)
    }

    /// Carries out one service's part; where there is none, judges what stands there.
    async fn begin(
        &self,
        applier: &Applier<'_>,
        draft: &Draft,
        service: &ServicePlan,
        wait: &WaitOptions,
    ) -> Result<Stand, Failure> {
        let nothing = ObservedService::default();
        let there = draft.observed.services.get(&service.key).unwrap_or(&nothing);
        let applied = applier.service(service, there.service.as_ref()).await?;
        if applied.reply.is_some() {
            self.sink.emit(Event::Changed {
                service: service.name.clone(),
            });
        }
        let aim = aims::of_applied(service, there, &applied, wait);
        if service.action == ServiceAction::Keep {
            return Ok(stand_of(&self.aws, &draft.plan.cluster, aim, there.service.as_ref()).await);
        }
        Ok(Stand::Watch(Box::new(aim)))
    }
}

/// Watches whatever is in flight for these services, by key. One that isn't there is a failure at once.
pub async fn attend(
    aws: &Aws,
    manifest: &Manifest,
    keys: &[String],
    wait: &WaitOptions,
    context: &Context,
    sink: &dyn Sink,
) -> Ends {
    let services = manifest.services.values();
    let asked = services.filter(|service| keys.contains(&service.key));
    let mut names: Vec<String> = asked.map(|service| service.name.clone()).collect();
    let mut ends = Ends::default();
    match aws.describe_services(&manifest.cluster, &names).await {
        Ok(reply) => names.retain(|name| {
            let there = is_there(&reply, name);
            if !there {
                ends.failures.push(NoSuchService { name: name.clone() }.into());
            }
            there
        }),
        Err(error) if error.is_cluster_missing() => {
            ends.failures.push(error.into());
            return ends;
        }
        // The watch knows which troubles pass.
        Err(error) => tracing::debug!(%error, "whether the services are there is not known"),
    }
    let aims: Vec<Aim> = names
        .iter()
        .map(|name| aims::waiting(name, Target::InFlight, wait))
        .collect();
    ends.take(watch(aws, &manifest.cluster, aims, sink, &context.clock).await);
    ends
}

/// Whether DescribeServices' reply has a service. INACTIVE is as good as absent (API reference: Service).
fn is_there(reply: &Value, name: &str) -> bool {
    let found = reply.get("services").and_then(Value::as_array);
    found.into_iter().flatten().any(|it| {
        let is = |key: &str, text: &str| it.get(key).and_then(Value::as_str) == Some(text);
        is("serviceName", name) && !is("status", "INACTIVE")
    })
}

/// A service that has nothing in flight, because it isn't there.
#[derive(Debug, thiserror::Error)]
#[error("there is no service {name} to wait for")]
struct NoSuchService {
    name: String,
}

impl Explain for NoSuchService {
    fn exit(&self) -> Exit {
        Exit::Preflight
    }

    fn code(&self) -> &'static str {
        "no-such-service"
    }

    fn resource(&self) -> Option<Cow<'_, str>> {
        Some(self.name.as_str().into())
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        Some("ecsctl deploy".into())
    }
}
