//! The plan carried out: services in waves, each applied and watched, and what came of all of them.

use std::future::Future;

use futures_util::future::{join, join_all};

use super::again::Again;
use super::{Draft, Follow, Pipeline, aims};
use crate::aws::Aws;
use crate::cli::WaitOptions;
use crate::commands::{Context, select};
use crate::diagnostic::Failure;
use crate::engine::apply::{Applier, make_groundwork};
use crate::engine::presence::Presence;
use crate::engine::rollout::{
    Left, NoSuchService, Stand, Watch, Watched, joining, overtaken, stand_by_now, watch_until,
};
use crate::exit::Exit;
use crate::model::{
    Ending, Event, Manifest, ObservedService, Recourse, ScalableTarget, ServiceAction, ServiceOutcome,
    ServicePlan, Sink, Value,
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
            recourse: Recourse::Untouched,
            cause: None,
            pause: None,
            alarms: Vec::new(),
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
        let sinks = (sink, sink);
        self.follow_until(aws, cluster, begin, sinks, std::future::pending())
            .await;
    }

    /// The same until `cut` comes to its end: those that have not ended by then are given back. Two sinks: for those
    /// that have ended when they begin, and for the watch.
    pub async fn follow_until(
        &mut self,
        aws: &Aws,
        cluster: &str,
        begin: impl IntoIterator<Item = impl Future<Output = Result<Stand, Failure>>>,
        (sink, watch_sink): (&dyn Sink, &dyn Sink),
        cut: impl Future<Output = ()>,
    ) -> Followed {
        let (join, joining) = joining();
        let begin = async move {
            let begin = begin.into_iter().map(async |begin| {
                Ok::<_, Failure>(match begin.await? {
                    Stand::Watch(aim) => {
                        join.watch(aim.as_ref().clone());
                        Begun::Joined(aim)
                    }
                    Stand::Ended(end) => {
                        sink.emit(end.event());
                        Begun::Over(end)
                    }
                })
            });
            join_all(begin).await
        };
        let watch = watch_until(aws, cluster, joining, watch_sink, aws.clock(), cut);
        let (begun, mut watch) = futures_util::future::join(begin, watch).await;
        let before = self.watched.len();
        let (mut order, mut aims) = (Vec::new(), Vec::new());
        for begun in begun {
            match begun {
                Ok(Begun::Over(end)) => {
                    order.push(end.outcome.name.clone());
                    self.watched.push(*end);
                }
                Ok(Begun::Joined(aim)) => {
                    order.push(aim.service.clone());
                    aims.push(*aim);
                }
                Err(failure) => self.failures.push(failure),
            }
        }
        let left = match watch.broken_off.is_some() {
            true => Vec::new(),
            false => std::mem::take(&mut watch.left),
        };
        self.take(watch);
        // As they were asked for, whichever had begun first.
        if let Some(these) = self.watched.get_mut(before..) {
            these.sort_by_key(|end| order.iter().position(|name| *name == end.outcome.name));
        }
        Followed { aims, left }
    }

    /// In the order of the plan, whichever came to its end first.
    fn sort_as(&mut self, services: &[ServicePlan]) {
        let place = |name: &str| services.iter().position(|it| it.name == name);
        self.watched.sort_by_key(|end| place(&end.outcome.name));
    }

    /// Takes in what came of other services.
    pub fn add(&mut self, other: Ends) {
        self.watched.extend(other.watched);
        self.failures.extend(other.failures);
        self.skipped.extend(other.skipped);
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
    pub async fn carry_out(
        &self,
        draft: &Draft,
        wait: &WaitOptions,
        back_on_failure: bool,
    ) -> Result<Ends, Failure> {
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
            let again = self.again(draft, &wave);
            let begin = wave
                .iter()
                .map(|it| self.begin(&applier, draft, it, &again, wait));
            let follow = Follow {
                aws: &self.aws,
                cluster: &draft.plan.cluster,
                wait,
                context: self.context,
                sink: self.sink,
                back_on_failure,
            };
            ends.add(follow.to_the_end(begin).await);
        }
        ends.sort_as(&draft.plan.services);
        Ok(ends)
    }

    /// The services of a wave that were there, to be looked at once more.
    fn again(&self, draft: &'_ Draft, wave: &[&ServicePlan]) -> Again<'_> {
        let was_there = |key: &str| draft.observed.services.get(key)?.service.as_ref();
        let there = wave.iter().filter(|it| was_there(&it.key).is_some());
        Again::new(
            &self.aws,
            &self.manifest.cluster,
            there.map(|it| it.name.clone()).collect(),
        )
    }

    /// Carries out one service's part; where there is none, judges what stands there.
    async fn begin(
        &self,
        applier: &Applier<'_>,
        draft: &Draft,
        service: &ServicePlan,
        again: &Again<'_>,
        wait: &WaitOptions,
    ) -> Result<Stand, Failure> {
        let nothing = ObservedService::default();
        let there = draft.observed.services.get(&service.key).unwrap_or(&nothing);
        let observed = there.service.as_ref();
        let mut before = observed;
        match &service.action {
            ServiceAction::Keep => {
                let definition = applier.register(service).await?;
                let aim = aims::of_planned(service, there, &definition, wait);
                let now = async {
                    let now = again.look(&service.name).await;
                    self.recounted(service, there, now);
                    now.cloned()
                };
                return Ok(stand_by_now(&self.aws, &draft.plan.cluster, aim, observed, now).await);
            }
            ServiceAction::Create { .. } => {}
            ServiceAction::Update { new_definition, .. } => {
                let (definition, now) = join(applier.register(service), again.look(&service.name)).await;
                let aim = aims::of_planned(service, there, &definition?, wait);
                if let Some(now) = now.filter(|_| !new_definition)
                    && let Some(stand) = overtaken(&aim, now)
                {
                    return Ok(stand);
                }
                before = now.or(observed);
            }
        }
        let applied = applier.service(service, before).await?;
        if applied.reply.is_some() {
            self.sink.emit(Event::Changed {
                service: service.name.clone(),
            });
        }
        let aim = aims::of_applied((service, there), before, &applied, wait);
        Ok(Stand::Watch(Box::new(aim)))
    }

    /// Says that the count of a service that is kept is no longer the one that the plan found as the file names it.
    fn recounted(&self, service: &ServicePlan, there: &ObservedService, now: Option<&Value>) {
        let count = |service: &Value| service.get("desiredCount").and_then(Value::as_u64);
        let planned = there.service.as_ref().and_then(count);
        let (Some(planned), Some(now)) = (planned, now.and_then(count)) else {
            return;
        };
        let wanted = self.manifest.services.get(&service.key);
        let is_named = wanted.is_some_and(|it| it.fields.get("desiredCount").is_some());
        if is_named && planned != now && there.scalable_target == ScalableTarget::None {
            let name = &service.name;
            self.sink.emit(Event::Warning {
                resource: Some(name.clone()),
                message: format!(
                    "{name}: desiredCount was {planned} when this was planned, and is {now} now"
                ),
                hint: Some("ecsctl deploy sets it back".to_owned()),
            });
        }
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
    let begin = asked.map(async |service| {
        Ok(Stand::Watch(Box::new(Aim {
            known: false,
            ..aims::waiting(&service.name, Target::InFlight, wait)
        })))
    });
    let follow = Follow {
        aws,
        cluster: &manifest.cluster,
        wait,
        context,
        sink,
        back_on_failure: false,
    };
    follow.to_the_end(begin).await
}

/// What a watch was about.
pub struct Followed {
    /// Everything that was watched for.
    pub aims: Vec<Aim>,
    /// Those that the watch left when it was cut short.
    pub left: Vec<Left>,
}

/// A service that was begun.
enum Begun {
    /// It is watched.
    Joined(Box<Aim>),
    /// It had come to its end.
    Over(Box<Watched>),
}

/// A service of the file as it is on ECS.
pub struct Present {
    /// Its key in deploy.yaml.
    pub key: String,
    /// Its name on ECS.
    pub name: String,
    /// DescribeServices' Service.
    pub service: Value,
}

/// Services of the file, by key, as they are on ECS. Those that aren't there, or only drain, are failures.
pub async fn present(
    aws: &Aws,
    manifest: &Manifest,
    keys: &[String],
    ends: &mut Ends,
) -> Result<Vec<Present>, Failure> {
    let asked = select::names(manifest, keys);
    let names: Vec<String> = asked.iter().map(|(_, name)| name.clone()).collect();
    let reply = aws.describe_services(&manifest.cluster, &names).await?;
    let mut there = Vec::new();
    for (key, name) in asked {
        match Presence::in_reply(&reply, &name) {
            Presence::Active(service) => there.push(Present {
                service: service.clone(),
                key,
                name,
            }),
            Presence::Draining(_) => ends.failures.push(NoSuchService::Draining(name).into()),
            Presence::Absent { .. } => ends.failures.push(NoSuchService::Missing(name).into()),
        }
    }
    Ok(there)
}
