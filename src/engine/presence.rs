//! Whether a service is there, as DescribeServices tells: the one place that reads it.

use crate::model::Value;

/// A service in a reply (API reference: Service, `status`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Presence<'a> {
    /// It runs.
    Active(&'a Value),
    /// It was deleted, and its last tasks stop: nothing can be done with it, and none of its name can be made.
    Draining(&'a Value),
    /// It was deleted for good, which AWS may tell for a while, or never was.
    Absent {
        /// As it was.
        deleted: Option<&'a Value>,
    },
}

impl<'a> Presence<'a> {
    /// A service by its name in DescribeServices' reply.
    pub fn in_reply(reply: &'a Value, name: &str) -> Self {
        let services = reply.get("services").and_then(Value::as_array);
        Self::among(services.into_iter().flatten(), name)
    }

    /// A service by its name among DescribeServices' services.
    pub fn among(services: impl IntoIterator<Item = &'a Value>, name: &str) -> Self {
        let text = |service: &'a Value, key: &str| service.get(key).and_then(Value::as_str);
        let mut services = services.into_iter();
        let Some(service) = services.find(|service| text(service, "serviceName") == Some(name)) else {
            return Self::Absent { deleted: None };
        };
        match text(service, "status") {
            Some("INACTIVE") => Self::Absent {
                deleted: Some(service),
            },
            Some("DRAINING") => Self::Draining(service),
            _ => Self::Active(service),
        }
    }

    /// The service, as long as there is anything of it.
    pub fn there(self) -> Option<&'a Value> {
        match self {
            Self::Active(service) | Self::Draining(service) => Some(service),
            Self::Absent { .. } => None,
        }
    }

    /// The service, where it is one to work with.
    pub fn active(self) -> Option<&'a Value> {
        match self {
            Self::Active(service) => Some(service),
            Self::Draining(_) | Self::Absent { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_deleted_is_as_good_as_absent() {
        let services = ["ACTIVE", "DRAINING", "INACTIVE", "TOMORROW"]
            .map(|status| json!({"serviceName": status.to_lowercase(), "status": status}));
        let reply = json!({"services": services, "failures": [{"reason": "MISSING"}]});
        let of = |name: &str| Presence::in_reply(&reply, name);
        assert_eq!(of("active"), Presence::Active(&services[0]));
        assert_eq!(of("draining"), Presence::Draining(&services[1]));
        let deleted = Some(&services[2]);
        assert_eq!(of("inactive"), Presence::Absent { deleted });
        assert_eq!(of("missing"), Presence::Absent { deleted: None });
        assert_eq!(of("tomorrow"), Presence::Active(&services[3]));
        assert_eq!(
            Presence::in_reply(&json!({}), "web"),
            Presence::Absent { deleted: None }
        );
    }

    #[test]
    fn what_drains_is_there_and_not_to_be_worked_with() {
        let service = json!({"serviceName": "web"});
        let rows = [
            (Presence::Active(&service), true, true),
            (Presence::Draining(&service), true, false),
            (
                Presence::Absent {
                    deleted: Some(&service),
                },
                false,
                false,
            ),
        ];
        for (presence, there, active) in rows {
            assert_eq!(
                (presence.there().is_some(), presence.active().is_some()),
                (there, active)
            );
        }
    }
}
