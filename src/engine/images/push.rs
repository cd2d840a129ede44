//! Images that are built, pushed and pinned, apart from any service.

use futures_util::future::try_join;
use indexmap::IndexMap;

use super::ImageSet;
use crate::diagnostic::Failure;
use crate::engine::load::Connected;
use crate::engine::observe::{ObserveRequest, observe};
use crate::model::{ImageState, Sink};
use crate::registry::RegistryOverride;

/// Builds and pushes the images of the file with these keys: their states, pinned.
pub async fn build_and_push(
    connected: Connected,
    keys: &[String],
    registry: Option<RegistryOverride>,
    sink: &dyn Sink,
) -> Result<IndexMap<String, ImageState>, Failure> {
    let Connected {
        aws,
        loaded,
        identity,
    } = connected;
    let images = ImageSet::new(&loaded, keys, Some(aws.clone()), registry);
    let request = ObserveRequest {
        manifest: &loaded.manifest,
        services: &[],
        images: images.built(),
        registry: images.registry_host(),
        identity: identity.as_ref(),
        watched: false,
        reader: &images,
        sink,
    };
    let observed = async { Ok(observe(&aws, request).await?) };
    let (observed, built) = try_join(observed, images.build_to_push(sink)).await?;
    // No service was observed, so what is deployed isn't known.
    images.push(&observed, &built, &[], sink).await
}
