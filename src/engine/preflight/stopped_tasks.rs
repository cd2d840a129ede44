//! The tasks that stopped recently, which tell whether programs stop when ECS asks them to.

use futures_util::future::join_all;
use indexmap::IndexMap;

use super::reader::PreflightReader;
use crate::ecs::Task;
use crate::plan::EffectiveService;

/// The most tasks of a service that are described: one call.
const MOST: usize = 100;

/// Lists and describes the stopped tasks of existing services: two round trips.
pub(super) async fn read(
    reader: &PreflightReader<'_>,
    services: &[EffectiveService],
    cluster: &str,
) -> IndexMap<String, Vec<Task>> {
    let existing = services.iter().filter(|service| !service.is_new);
    let stopped = join_all(existing.map(async |service| {
        let listed = reader.aws.list_tasks(cluster, &service.name, "STOPPED").await;
        let mut arns = reader.known("stopped tasks", listed)?;
        arns.truncate(MOST);
        let described = reader.aws.describe_tasks(cluster, &arns).await;
        Some((service.key.clone(), reader.known("stopped tasks", described)?))
    }));
    stopped.await.into_iter().flatten().collect()
}
