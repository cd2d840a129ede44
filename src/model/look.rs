//! What the look commands show besides `status`: documents of their own.

use jiff::Timestamp;
use serde::{Serialize, Serializer};

/// What ECS wrote about services: the document of `ecsctl events`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceMessages {
    /// The version of this document's form: 1.
    pub schema: u32,
    /// The cluster.
    pub cluster: String,
    /// The region.
    pub region: String,
    /// The newest last.
    pub events: Vec<ServiceMessage>,
}

/// Something that ECS wrote about a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceMessage {
    /// The service's name on ECS.
    pub service: String,
    /// RFC 3339.
    #[serde(serialize_with = "rfc3339")]
    pub at: Option<Timestamp>,
    /// AWS's id of it.
    pub id: String,
    /// AWS's words.
    pub message: String,
}

/// A time as scripts read it.
#[expect(clippy::ref_option, reason = "serde hands it over so")]
pub(super) fn rfc3339<S: Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => serializer.collect_str(at),
        None => serializer.serialize_none(),
    }
}
