//! What the verbs of the pipeline share: the file, the session, what is there, the plan. `build`, `push`, `register`
//! and `deploy` each do what the one before does; `plan` stops where the writing begins.

mod again;
pub mod aims;
mod ends;
mod follow;
mod misplaced;
mod planned;
mod present;
mod reach;
mod retreat;
mod rollout;
mod undo;
mod undone;
mod watching;
mod workshop;

use indexmap::IndexMap;

use crate::aws::Aws;
use crate::commands::project::Opened;
use crate::commands::{Context, select};
use crate::diagnostic::{Failure, Sources};
use crate::engine::observe::{Look, observe};
use crate::model::{Event, Identity, ImageState, Manifest, Plan, Sink};
use crate::plan::Observed;
use crate::plan::{self, PlanOptions};

pub use aims::waiting;
pub use ends::{Ends, Open, Why};
pub use follow::Follow;
pub use misplaced::at_its_place;
pub use planned::plan_failed;
pub use present::{Present, present};
pub use reach::Reach;
pub use retreat::Retreat;
pub use rollout::attend;
pub use workshop::Workshop;

/// How much of the plan's images is made before it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Images {
    /// Built, so that the plan knows whether they are what runs already.
    Built,
    /// Left as they are (`plan --no-build`).
    Unbuilt,
}

/// A run of the pipeline: one file, one session.
pub struct Pipeline<'a> {
    context: &'a Context,
    sink: &'a dyn Sink,
    aws: Aws,
    /// The caller, where STS has told.
    identity: Option<Identity>,
    manifest: Manifest,
    sources: Sources,
    options: PlanOptions,
    /// Keys of the services that were asked for.
    services: Vec<String>,
    workshop: Workshop,
}

/// A plan, and what it was made of.
pub struct Draft {
    /// The plan.
    pub plan: Plan,
    observed: Observed,
    images: IndexMap<String, ImageState>,
}

impl<'a> Pipeline<'a> {
    /// Opens the session. Nothing is asked of a service yet but what the file rests on.
    pub async fn connect(
        opened: Opened,
        options: PlanOptions,
        context: &'a Context,
        sink: &'a dyn Sink,
    ) -> Result<Pipeline<'a>, Failure> {
        let (aws, loaded, identity) = opened.connect_as(context).await?;
        let services = select::services(&loaded.manifest, &[], &context.global.only)?;
        let used = select::images_of(&loaded.manifest, &services);
        let workshop = Workshop::new(&loaded, &used, Some(&aws), context)?;
        Ok(Self {
            context,
            sink,
            aws,
            identity,
            options: PlanOptions {
                only: services.clone(),
                ..options
            },
            manifest: loaded.manifest,
            sources: loaded.sources,
            services,
            workshop,
        })
    }

    /// Looks at what is there while the images are built, and plans.
    pub async fn draft(&self, images: Images) -> Result<Draft, Failure> {
        let build = async {
            match images {
                Images::Built => self.workshop.build_to_push(self.sink).await,
                Images::Unbuilt => Ok(self.workshop.unbuilt()),
            }
        };
        let look = async { self.observe().await };
        let (observed, images) = futures_util::future::try_join(look, build).await?;
        let plan = self.plan(&observed, &images)?;
        Ok(Draft {
            plan,
            observed,
            images,
        })
    }

    /// Shows the plan as an event.
    pub fn show(&self, draft: &Draft) {
        self.sink.emit(Event::Planned {
            plan: Box::new(draft.plan.clone()),
        });
    }

    /// Pushes the images, makes what they stand on, and plans again: the second plan may only fill in what the first
    /// left open (design §2, "Late values").
    pub async fn pin(&self, draft: Draft) -> Result<Draft, Failure> {
        let images = self
            .workshop
            .push(&draft.observed, &draft.images, &draft.plan.images, self.sink)
            .await?;
        let plan = self.plan(&draft.observed, &images)?;
        plan::refines(&draft.plan, &plan)?;
        Ok(Draft {
            plan,
            observed: draft.observed,
            images,
        })
    }

    async fn observe(&self) -> Result<Observed, Failure> {
        let look = Look {
            manifest: &self.manifest,
            services: &self.services,
            images: self.workshop.names(),
            registry: self.workshop.registry_host(),
            identity: self.identity.as_ref(),
            watched: !self.options.definitions_only,
            reader: &self.workshop,
            sink: self.sink,
        };
        Ok(observe(&self.aws, look).await?)
    }

    fn plan(&self, observed: &Observed, images: &IndexMap<String, ImageState>) -> Result<Plan, Failure> {
        plan::make(&self.manifest, observed, images, &self.options)
            .map_err(|errors| plan_failed(errors, &self.sources))
    }
}
