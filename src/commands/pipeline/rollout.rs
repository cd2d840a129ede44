//! The plan carried out: services in waves, each applied and watched, and what came of all of them.

use std::future::Future;

use futures_util::future::join_all;

use super::{Draft, Pipeline, aims};
use crate::aws::Aws;
use crate::cli::WaitOptions;
use crate::commands::Context;
use crate::diagnostic::Failure;
use crate::engine::apply::{Applier, make_groundwork};
use crate::engine::rollout::{Stand, Watch, Watched, joining, stand_of, watch};
use crate::exit::Exit;
use crate::model::{
    Ending, Event, Manifest, ObservedService, ServiceAction, ServiceOutcome, ServicePlan, Sink,
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
            is_first: false,
            cause: None,
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

    /// Begins services side by side, and watches each from the moment that it has begun until it has come to its end:
    /// one that waits for something else (an old service that drains) keeps no other from being watched.
    pub async fn follow(
        &mut self,
        aws: &Aws,
        cluster: &str,
        begin: impl IntoIterator<Item = impl Future<Output = Result<Stand, Failure>>>,
        sink: &dyn Sink,
    ) {
        let (join, joining) = joining();
        let begin = async move {
            let begin = begin.into_iter().map(async |begin| {
                Ok::<_, Failure>(match begin.await? {
                    Stand::Watch(aim) => {
                        let name = aim.service.clone();
                        join.watch(*aim);
                        (name, None)
                    }
                    Stand::Ended(end) => {
                        sink.emit(end.event());
                        (end.outcome.name.clone(), Some(*end))
                    }
                })
            });
            join_all(begin).await
        };
        let watch = watch(aws, cluster, joining, sink, aws.clock());
        let (begun, watch) = futures_util::future::join(begin, watch).await;
        let before = self.watched.len();
        let mut order = Vec::new();
        for begun in begun {
            match begun {
                Ok((name, ended)) => {
                    order.push(name);
                    self.watched.extend(ended);
                }
                Err(failure) => self.failures.push(failure),
            }
        }
        self.take(watch);
        // As they were asked for, whichever had begun first.
        if let Some(these) = self.watched.get_mut(before..) {
            these.sort_by_key(|end| order.iter().position(|name| *name == end.outcome.name));
        }
    }

    /// In the order of the plan, whichever came to its end first.
    fn sort_as(&mut self, services: &[ServicePlan]) {
        let place = |name: &str| services.iter().position(|it| it.name == name);
        self.watched.sort_by_key(|end| place(&end.outcome.name));
    }

    /// Takes in what a watch brought.
    pub fn take(&mut self, watch: Watch) {
        self.watched.extend(watch.services);
        self.failures.extend(watch.absent.into_iter().map(Failure::from));
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
            let begin = wave.iter().map(|it| self.begin(&applier, draft, it, wait));
            ends.follow(&self.aws, &draft.plan.cluster, begin, self.sink)
                .await;
        }
        ends.sort_as(&draft.plan.services);
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

/// Watches whatever is in flight for these services, by key. One that isn't there is a failure.
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
    let aims: Vec<Aim> = asked
        .map(|service| Aim {
            known: false,
            ..aims::waiting(&service.name, Target::InFlight, wait)
        })
        .collect();
    let mut ends = Ends::default();
    ends.take(watch(aws, &manifest.cluster, aims, sink, &context.clock).await);
    ends
}
