//! What a hook learns of the run, in variables whose names begin with `ECSCTL_HOOK_`.

use indexmap::IndexMap;
use serde_json::json;

use crate::diagnostic::Failure;
use crate::engine::RunReport;
use crate::engine::watch::ServiceResult;
use crate::exit::Exit;
use crate::model::{Ending, ErrorReport, ImageState, Plan, ServiceAction};

/// The facts of a run at a hook.
#[derive(Clone, Debug, Default)]
pub struct HookFacts {
    /// The names of the services that the run changes.
    services: Vec<String>,
    /// Their revisions, `web:42`, as far as they are known.
    revisions: Vec<String>,
    /// The images: their IDs after the build, with their digests after the push.
    images: Vec<String>,
    /// How the run ended.
    end: Option<RunEnd>,
}

#[derive(Clone, Debug)]
struct RunEnd {
    exit: Exit,
    outcome: Ending,
    error: Option<ErrorReport>,
}

impl HookFacts {
    /// Returns the facts after a build.
    pub fn of_images(images: &IndexMap<String, ImageState>) -> Self {
        let image = |state: &ImageState| match state {
            ImageState::Built { id, .. } => Some(id.to_string()),
            ImageState::Pinned {
                repository, digest, ..
            } => Some(format!("{repository}@{digest}")),
            ImageState::Given { reference } => Some(reference.clone()),
            ImageState::Unbuilt => None,
        };
        Self {
            images: images.values().filter_map(image).collect(),
            ..Self::default()
        }
    }

    /// Returns the facts before a plan is applied.
    pub fn of_plan(plan: &Plan, images: &IndexMap<String, ImageState>) -> Self {
        let changed = plan
            .services
            .iter()
            .filter(|it| !matches!(it.action, ServiceAction::Keep));
        Self {
            services: changed.map(|it| it.name.clone()).collect(),
            ..Self::of_images(images)
        }
    }

    /// Returns the facts of a run that reached its end.
    #[must_use]
    pub fn with_report(mut self, report: &RunReport) -> Self {
        let revision = |result: &ServiceResult| result.outcome.task_definition.clone();
        let is_changed = |result: &&ServiceResult| self.services.contains(&result.outcome.name);
        let results = report.services.iter().filter(is_changed);
        self.revisions = results.filter_map(revision).collect();
        self.end = Some(RunEnd {
            exit: report.exit(),
            outcome: report.ending(),
            error: report.error(),
        });
        self
    }

    /// Returns the facts of a run that failed before a service was changed.
    #[must_use]
    pub fn with_failure(mut self, failure: &Failure) -> Self {
        self.end = Some(RunEnd {
            exit: failure.exit,
            outcome: Ending::of(failure.exit),
            error: Some(failure.into()),
        });
        self
    }

    /// Returns the variables, without the common beginning of their names.
    pub(super) fn variables(&self) -> Vec<(&'static str, String)> {
        let list =
            |name: &'static str, values: &[String]| (!values.is_empty()).then(|| (name, values.join(" ")));
        let mut variables: Vec<_> = [
            list("SERVICE", &self.services),
            list("REVISION", &self.revisions),
            list("IMAGE", &self.images),
        ]
        .into_iter()
        .flatten()
        .collect();
        if let Some(end) = &self.end {
            let outcome = json!(end.outcome);
            variables.extend(outcome.as_str().map(|it| ("OUTCOME", it.to_owned())));
            variables.push(("EXIT_CODE", end.exit.code().to_string()));
            variables.extend(
                end.error
                    .as_ref()
                    .map(|error| ("FAILURE", json!(error).to_string())),
            );
        }
        variables
    }
}
