//! Why there is no plan: all reasons together, as one error.

use crate::diagnostic::{Failure, Problems, Sources};
use crate::exit::Exit;
use crate::plan::PlanError;

/// All errors that `plan::make` found (at least one). Nothing was changed on AWS.
pub fn plan_failed(errors: Vec<PlanError>, sources: &Sources) -> Failure {
    // Shown at their places where every one of them has one.
    let placed: Option<Vec<_>> = errors.iter().map(PlanError::problem).collect();
    let mut failures = errors.into_iter().map(Failure::from);
    let mut failure = failures.next().unwrap_or_else(|| {
        let service = "the services".to_owned();
        PlanError::NotObserved { service }.into()
    });
    for other in failures {
        if other.exit == Exit::Usage {
            failure.exit = Exit::Usage;
        }
        failure.details.push(format!("and: {other}"));
        let hint = other.hint.as_ref().map(|hint| format!("  hint: {hint}"));
        failure.details.extend(hint);
    }
    let Some(placed) = placed else {
        return failure;
    };
    let mut problems = Problems::default();
    placed.into_iter().for_each(|it| problems.push(it));
    failure.problems(problems, sources.clone())
}
