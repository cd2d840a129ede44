//! Bases that somebody else may change between the plan and the write: the live task definition, and the latest
//! revision of a family.

use futures_util::FutureExt;

use crate::aws::{Aws, AwsError};
use crate::diagnostic::Failure;
use crate::ecs::Service;
use crate::engine::apply::ServiceApplier;
use crate::engine::polling::ReadRetry;
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

    /// Reads the service again where its task definition is the base. Persists: what can't be read may have changed.
    pub async fn read_service(
        self,
        aws: &Aws,
        cluster: &str,
        name: &String,
    ) -> Result<Option<Service>, Failure> {
        if self != Self::Live {
            return Ok(None);
        }
        let services = std::slice::from_ref(name);
        let read = || aws.describe_services(cluster, services).boxed();
        let described = ReadRetry::silent(aws.clock()).read(read).await;
        let described = described.map_err(|error| unread(name, error))?;
        Ok(described.active(name).cloned())
    }

    /// Whether the base changed since it was observed, which is reported. `now` is the service as it was read again.
    /// What this run registered counts as unchanged.
    pub async fn has_moved(
        self,
        (name, observed): (&str, &ObservedService),
        now: Option<&Service>,
        applier: &ServiceApplier<'_>,
    ) -> Result<bool, Failure> {
        let change = match self {
            Self::Live => live_change(observed, now),
            Self::Latest(family) => {
                let latest = applier.latest_revision(family).await;
                let latest = latest.map_err(|error| unread(name, error))?;
                let before = observed.base_definition.as_ref().and_then(|it| it.arn.as_deref());
                let latest = latest.filter(|it| before.is_some_and(|before| before != it));
                latest
                    .filter(|it| !applier.has_registered(family, it))
                    .map(|it| format!("{} was registered meanwhile", short_definition(&it)))
            }
        };
        if let Some(change) = &change {
            let message = format!("{name}: {change}; planning again on that task definition");
            applier.sink().warn(Some(name), message, None);
        }
        Ok(change.is_some())
    }
}

fn live_change(observed: &ObservedService, now: Option<&Service>) -> Option<String> {
    let before = observed.service.as_ref()?.task_definition.as_deref();
    let runs = now?.task_definition.as_deref()?;
    (before != Some(runs)).then(|| format!("the service runs {} now", short_definition(runs)))
}

fn unread(name: &str, error: AwsError) -> Failure {
    let change = "its task definition has a base that somebody else may have changed";
    Failure::from(error).details([format!("{name} was not changed: {change}")])
}
