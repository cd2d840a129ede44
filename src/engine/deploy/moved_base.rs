//! Bases that somebody else may change between the plan and the write: the live task definition, and the latest
//! revision of a family.

use crate::ecs::Service;
use crate::engine::apply::ServiceApplier;
use crate::model::{Base, ServiceSpec, TaskDefinitionSource, short_definition};
use crate::plan::ObservedService;

/// A base that can change at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MovingBase<'a> {
    /// What the service runs.
    Live,
    /// The latest revision of a family.
    Latest(&'a str),
}

impl<'a> MovingBase<'a> {
    /// Returns the base of a service, if it is one that can change.
    pub fn of(service: &'a ServiceSpec) -> Option<Self> {
        match &service.definition {
            TaskDefinitionSource::Based { base, .. } => match base {
                Base::Live => Some(Self::Live),
                Base::Family(family) => Some(Self::Latest(family)),
                Base::Revision(_) => None,
            },
            TaskDefinitionSource::Owned(_) | TaskDefinitionSource::Revision(..) => None,
        }
    }

    /// Whether the base changed since it was observed, which is reported. `now` is the service as it was read again.
    /// What can't be read counts as unchanged, and so does what this run registered.
    pub async fn has_moved(
        self,
        (name, observed): (&str, &ObservedService),
        now: Option<&Service>,
        applier: &ServiceApplier<'_>,
    ) -> bool {
        let change = self.change(observed, now, applier).await;
        if let Some(change) = &change {
            let message = format!("{name}: {change}; planning again on that task definition");
            applier.sink().warn(Some(name), message, None);
        }
        change.is_some()
    }

    async fn change(
        self,
        observed: &ObservedService,
        now: Option<&Service>,
        applier: &ServiceApplier<'_>,
    ) -> Option<String> {
        match self {
            Self::Live => {
                let before = observed.service.as_ref()?.task_definition.as_deref();
                let runs = now?.task_definition.as_deref()?;
                (before != Some(runs)).then(|| format!("the service runs {} now", short_definition(runs)))
            }
            Self::Latest(family) => {
                let before = observed.base_definition.as_ref()?.arn.as_deref();
                let latest = applier.latest_revision(family).await?;
                let is_new = before != Some(latest.as_str()) && !applier.has_registered(family, &latest);
                is_new.then(|| format!("{} was registered meanwhile", short_definition(&latest)))
            }
        }
    }
}
