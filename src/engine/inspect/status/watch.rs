//! Looking on and on.

use super::{LOOKED_INTO, status};
use crate::aws::{Aws, SERVICES_A_CALL};
use crate::diagnostic::Failure;
use crate::engine::polling::Poller;
use crate::model::{Sink, Status};

/// Reads that a service which is looked into takes.
const READS_A_SERVICE: usize = 7;
/// And those of a service deployment that is under way.
const READS_A_FLIGHT: usize = 2;

/// Looks until `each` wants no more. A look that fails in passing is followed by another.
pub async fn watch(
    aws: &Aws,
    cluster: &str,
    services: &[(String, String)],
    sink: &dyn Sink,
    mut each: impl FnMut(Status) -> bool,
) -> Result<(), Failure> {
    let mut poller = Poller::new(aws.clock(), sink);
    let more = match services.len() {
        count @ ..=LOOKED_INTO => count * READS_A_SERVICE,
        _ => 0,
    };
    let reads = services.len().div_ceil(SERVICES_A_CALL) + 1 + more;
    loop {
        let looked = status(aws, cluster, services).await;
        let mut flights = 0;
        if let Some(status) = poller.record_read(looked)? {
            flights = status.services.iter().filter(|it| it.in_flight.is_some()).count();
            if !each(status) {
                return Ok(());
            }
        }
        poller.wait(reads + flights * READS_A_FLIGHT).await;
    }
}
