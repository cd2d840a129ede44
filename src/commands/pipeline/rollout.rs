//! The plan carried out: services in waves, each applied and watched, and what came of all of them.

use std::sync::Arc;

use futures_util::future::{join, join_all};

use super::again::Again;
use super::ends::{Open, Why};
use super::watching::Begun;
use super::{Draft, Ends, Follow, Pipeline, Reach, aims};
use crate::aws::Aws;
use crate::cli::WaitOptions;
use crate::commands::Context;
use crate::diagnostic::Failure;
use crate::ecs::Service;
use crate::engine::apply::{Applier, Gate, create_prerequisites};
use crate::engine::watch::{StartState, overtaken, stand_by_now};
use crate::model::{Event, Manifest, ServiceAction, ServicePlan, Sink};
use crate::plan;
use crate::plan::{ObservedService, ScalableTarget};
use crate::verdict::{WatchRequest, WatchTarget};

impl Pipeline<'_> {
    /// Makes the cluster and the log groups that the plan names.
    pub async fn create_prerequisites(&self, draft: &Draft) -> Result<(), Failure> {
        Ok(create_prerequisites(&self.aws, &draft.plan, self.sink).await?)
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
        self.create_prerequisites(draft).await?;
        let gate = Gate::default();
        let reach = Arc::new(Reach::default());
        let (heard, told) = (reach.as_ref(), self.sink);
        let sink = move |event: Event| {
            heard.hear(&event);
            told.emit(event);
        };
        let applier = Applier::new(&self.aws, &draft.plan.cluster, &sink).through(&gate);
        let follow = Follow {
            aws: &self.aws,
            cluster: &draft.plan.cluster,
            wait,
            context: self.context,
            sink: self.sink,
            back_on_failure,
            reach: Arc::clone(&reach),
        };
        let services = &draft.plan.services;
        let mut ends = Ends::default();
        for wave in waves {
            let wave: Vec<&ServicePlan> = wave.into_iter().filter_map(|at| services.get(at)).collect();
            if gate.is_shut() {
                let untouched = wave.iter().map(|it| Open::unseen(&it.name, Why::CalledOff));
                ends.open.extend(untouched);
                continue;
            }
            let wave = ends.admit(wave, services);
            let again = self.again(draft, &wave);
            let begin = wave.iter().map(async |it| {
                let begin = self.begin(&applier, draft, it, &again, wait);
                match gate.unless_shut(&it.name, begin).await {
                    Some(stand) => Ok(Begun::StartState(stand?)),
                    None => Ok(Begun::CalledOff(it.name.clone())),
                }
            });
            ends.add(follow.through(&gate, begin).await);
        }
        let names: Vec<&str> = services.iter().map(|it| it.name.as_str()).collect();
        ends.sort_by(&names);
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
    ) -> Result<StartState, Failure> {
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
                let tell = (self.sink, self.context.global.show_values);
                return Ok(stand_by_now((&self.aws, &draft.plan.cluster), aim, observed, now, tell).await);
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
        Ok(StartState::Watch(Box::new(aim)))
    }

    /// Says that the count of a service that is kept is no longer the one that the plan found as the file names it.
    fn recounted(&self, service: &ServicePlan, there: &ObservedService, now: Option<&Service>) {
        let planned = there.service.as_ref().and_then(|it| it.desired_count);
        let (Some(planned), Some(now)) = (planned, now.and_then(|it| it.desired_count)) else {
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
        Ok(StartState::Watch(Box::new(WatchRequest {
            known: false,
            ..aims::waiting(&service.name, WatchTarget::InFlight, wait)
        })))
    });
    let follow = Follow {
        aws,
        cluster: &manifest.cluster,
        wait,
        context,
        sink,
        back_on_failure: false,
        reach: Arc::default(),
    };
    follow.to_the_end(begin).await
}
