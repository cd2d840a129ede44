//! Services of the file that are on ECS, for verbs that act on what is there.

use super::Ends;
use crate::aws::Aws;
use crate::commands::select;
use crate::diagnostic::Failure;
use crate::ecs::Service;
use crate::engine::watch::NoSuchService;
use crate::model::Manifest;

/// A service of the file as it is on ECS.
pub struct Present {
    /// Its key in deploy.yaml.
    pub key: String,
    /// Its name on ECS.
    pub name: String,
    /// The service.
    pub service: Service,
}

/// Services of the file, by key, as they are on ECS. Those that aren't there, or only drain, are failures.
pub async fn present(
    aws: &Aws,
    manifest: &Manifest,
    keys: &[String],
    ends: &mut Ends,
) -> Result<Vec<Present>, Failure> {
    let asked = select::names(manifest, keys);
    let names: Vec<String> = asked.iter().map(|(_, name)| name.clone()).collect();
    let described = aws.describe_services(&manifest.cluster, &names).await?;
    let mut there = Vec::new();
    for (key, name) in asked {
        match described.existing(&name) {
            Some(service) if service.is_draining() => {
                ends.failures.push(NoSuchService::Draining(name).into());
            }
            Some(service) => there.push(Present {
                service: service.clone(),
                key,
                name,
            }),
            None => ends.failures.push(NoSuchService::Missing(name).into()),
        }
    }
    Ok(there)
}
