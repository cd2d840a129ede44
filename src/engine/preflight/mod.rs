//! `check`: plans without building, reads what AWS would look at during a deploy, and compares. At most six sequential
//! round trips: three of the plan, and two of its own.

mod images;
mod log_groups;
mod network;
mod quotas;
mod reader;
mod roles;
mod secrets;
mod stopped_tasks;

use std::time::Duration;

use futures_util::future::{join, join3, join4};

use super::deploy::{ImageStep, Pipeline};
use crate::aws::within;
use crate::diagnostic::Failure;
use crate::model::{Identity, PreflightDocument};
use crate::plan::EffectiveService;
use crate::plan::preflight::{self, PreflightReads};
use reader::PreflightReader;

/// The time for each read, which `check` can do without.
const READ_LIMIT: Duration = Duration::from_secs(10);

/// Makes all checks of the pipeline's services. What a deploy refuses before it writes is refused in the same way.
pub async fn check(pipeline: &Pipeline<'_>) -> Result<PreflightDocument, Failure> {
    let draft = pipeline.build_and_plan(ImageStep::Skip).await?;
    let (plan, observed) = (&draft.plan, &draft.observed);
    let services = preflight::effective_services(plan, observed);
    let reads = super::waiting(
        pipeline.sink(),
        "what the tasks need",
        within(
            READ_LIMIT,
            read(pipeline, &services, observed.identity.clone(), &plan.cluster),
        ),
    )
    .await;
    Ok(preflight::check(plan, observed, &services, &reads))
}

/// Reads concurrently; what can't be read is noted.
async fn read(
    pipeline: &Pipeline<'_>,
    services: &[EffectiveService],
    caller: Option<Identity>,
    cluster: &str,
) -> PreflightReads {
    let reader = PreflightReader::new(pipeline.aws());
    let stored = join4(
        images::read(&reader, services),
        secrets::read(&reader, services),
        log_groups::read(&reader, services),
        quotas::read(&reader, services),
    );
    let account = join3(
        roles::read(&reader, services, caller),
        network::read(&reader, services),
        stopped_tasks::read(&reader, services, cluster),
    );
    let (stored, account) = join(stored, account).await;
    let (images, secrets, log_groups, quotas) = stored;
    let (roles, network, stopped_tasks) = account;
    PreflightReads {
        caller: roles.caller,
        roles: roles.found,
        passes: roles.passes,
        images,
        secrets,
        log_groups,
        network,
        quotas,
        stopped_tasks,
        unread: reader.into_unread(),
    }
}
