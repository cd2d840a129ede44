//! Log groups that the log driver doesn't create.

use futures_util::future::join_all;
use indexmap::IndexMap;

use super::reader::{PreflightReader, distinct};
use crate::plan::EffectiveService;
use crate::plan::preflight::{LogGroupKey, named_log_groups};

/// Reads which of them exist, in one round trip.
pub(super) async fn read(
    reader: &PreflightReader<'_>,
    services: &[EffectiveService],
) -> IndexMap<LogGroupKey, bool> {
    let region = reader.aws.region();
    let groups = services
        .iter()
        .flat_map(|service| named_log_groups(service, region));
    let found = join_all(distinct(groups).into_iter().map(async |(name, region)| {
        let aws = reader.in_region(Some(&region));
        let found = reader.known("log groups", aws.describe_log_group(&name).await)?;
        Some(((name, region), found.is_some()))
    }));
    found.await.into_iter().flatten().collect()
}
