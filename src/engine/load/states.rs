//! Reads Terraform's state: a file beside deploy.yaml, or an object of Amazon S3.

use std::path::Path;
use std::sync::Arc;

use super::{decoded, in_words};
use crate::aws::{Aws, AwsError, StoredObject};
use crate::config::{Document, Lookups, SourceQuery, SourceReply, StateLocation, TerraformState};
use crate::engine::polling::ReadRetry;
use crate::files;

/// The largest state that is read: that of several thousand resources, and the largest reply of AWS that is read.
const MAX_STATE: u64 = 8 << 20;

/// Reads the states in files that a file needs and that are not read yet.
pub(super) fn read_files(document: &Document, root: &Path, lookups: &mut Lookups) {
    for query in document.sources_needed(lookups).queries.into_keys() {
        if let SourceQuery::State(StateLocation::File(path)) = &query {
            let reply = file(&root.join(path));
            lookups.sources.insert(query, reply);
        }
    }
}

fn file(path: &Path) -> SourceReply {
    let text = files::read(path, MAX_STATE).map_err(|error| in_words(&error));
    match text.and_then(decoded) {
        Ok(text) => parsed(&text),
        Err(why) => SourceReply::Unusable(why),
    }
}

/// Reads the state in an object, in the region of its bucket.
pub(super) async fn object(aws: &Aws, bucket: &str, key: &str) -> Result<SourceReply, AwsError> {
    let retry = ReadRetry::silent(aws.clock());
    let object = match retry.read(|| Box::pin(aws.get_object(bucket, key))).await? {
        StoredObject::ElsewhereIn(region) => {
            let there = aws.in_region(&region);
            let retry = ReadRetry::silent(aws.clock());
            retry.read(|| Box::pin(there.get_object(bucket, key))).await?
        }
        object => object,
    };
    Ok(match object {
        StoredObject::Content(bytes) => match decoded(bytes) {
            Ok(text) => parsed(&text),
            Err(why) => SourceReply::Unusable(why),
        },
        StoredObject::NoKey => {
            SourceReply::Unusable(format!("the bucket `{bucket}` has no object with this key"))
        }
        StoredObject::NoBucket => SourceReply::Unusable(format!("the bucket `{bucket}` doesn't exist")),
        StoredObject::ElsewhereIn(region) => SourceReply::Unusable(format!(
            "S3 says that the bucket `{bucket}` is in {region}, and refuses it there"
        )),
    })
}

fn parsed(text: &str) -> SourceReply {
    match TerraformState::parse(text) {
        Ok(state) => SourceReply::State(Arc::new(state)),
        Err(why) => SourceReply::Unusable(why),
    }
}
