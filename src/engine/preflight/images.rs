//! Images in ECR that no build makes.

use futures_util::future::join_all;
use indexmap::IndexMap;

use super::reader::PreflightReader;
use crate::plan::EffectiveService;
use crate::plan::preflight::{CheckedImage, pulled_images};

/// Reads the manifests, in one round trip.
pub(super) async fn read(
    reader: &PreflightReader<'_>,
    services: &[EffectiveService],
) -> IndexMap<String, CheckedImage> {
    let mut images: IndexMap<_, _> = IndexMap::new();
    for (image, host, reference) in services.iter().flat_map(pulled_images) {
        images.insert(image, (host, reference));
    }
    let found = join_all(images.into_iter().map(async |(image, (host, reference))| {
        let id = match (&reference.digest, &reference.tag) {
            (Some(digest), _) => ("imageDigest", digest.as_str()),
            (None, Some(tag)) => ("imageTag", tag.as_str()),
            (None, None) => ("imageTag", "latest"),
        };
        let aws = reader.in_region(Some(&host.region));
        let manifest = aws
            .image_manifest(&reference.path, host.account.as_str(), id)
            .await;
        let manifest = reader.known("images", manifest)?;
        Some((image, manifest.map_or(CheckedImage::Missing, CheckedImage::Found)))
    }));
    found.await.into_iter().flatten().collect()
}
