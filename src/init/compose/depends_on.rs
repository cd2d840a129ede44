//! `depends_on`: the services and jobs that go first.

use super::services::ComposeService;
use crate::init::draft::{DraftMap, DraftValue};

/// Adds the services and jobs that go first. One that isn't drafted is in a profile.
pub(super) fn add(service: &ComposeService, all: &[ComposeService], members: &mut DraftMap) {
    let mut found = Vec::new();
    collect(service, all, &mut found);
    let (jobs, services): (Vec<_>, Vec<_>) = found.into_iter().partition(|other| other.is_job);
    for (member, others) in [("beforeDeploy", jobs), ("dependsOn", services)] {
        if !others.is_empty() {
            let keys = others.iter().map(|other| other.key.as_str().into());
            members.put(member, DraftValue::List(keys.collect()));
        }
    }
}

/// Collects what a service waits for, and what its jobs wait for, each after what it waits for itself.
fn collect<'a>(service: &ComposeService, all: &'a [ComposeService], found: &mut Vec<&'a ComposeService>) {
    for dependency in &service.dependencies {
        let mut services = all.iter();
        let Some(other) = services.find(|other| other.name == dependency.name) else {
            continue;
        };
        if found.iter().any(|known| known.name == other.name) {
            continue;
        }
        found.push(other);
        if other.is_job {
            collect(other, all, found);
            // It runs after its own jobs.
            found.retain(|known| known.name != other.name);
            found.push(other);
        }
    }
}
