//! The services of DescribeServices, looked up by name.

use super::service::Service;

/// The services of one or more DescribeServices responses. A service that doesn't exist is missing; a deleted
/// one may be INACTIVE (API reference: Service, `status`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribedServices(Vec<Service>);

impl DescribedServices {
    /// Creates the collection from these services.
    pub fn new(services: Vec<Service>) -> Self {
        Self(services)
    }

    /// Iterates over all services, in AWS's order.
    pub fn iter(&self) -> impl Iterator<Item = &Service> {
        self.0.iter()
    }

    /// Returns a service by name, whatever its status.
    pub fn named(&self, name: &str) -> Option<&Service> {
        self.0.iter().find(|service| service.name == name)
    }

    /// Returns a service that exists: ACTIVE, or DRAINING until its last tasks have stopped.
    pub fn existing(&self, name: &str) -> Option<&Service> {
        self.named(name).filter(|service| !service.is_inactive())
    }

    /// Returns a service that can be changed: an ACTIVE one.
    pub fn active(&self, name: &str) -> Option<&Service> {
        self.existing(name).filter(|service| !service.is_draining())
    }
}

impl IntoIterator for DescribedServices {
    type Item = Service;
    type IntoIter = std::vec::IntoIter<Service>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_deleted_is_as_good_as_absent() {
        let services = ["ACTIVE", "DRAINING", "INACTIVE", "TOMORROW"]
            .map(|status| Service::read(json!({"serviceName": status.to_lowercase(), "status": status})));
        let described = DescribedServices::new(services.into());
        for (name, named, existing, active) in [
            ("active", true, true, true),
            ("draining", true, true, false),
            ("inactive", true, false, false),
            ("missing", false, false, false),
            ("tomorrow", true, true, true),
        ] {
            assert_eq!(
                (
                    described.named(name).is_some(),
                    described.existing(name).is_some(),
                    described.active(name).is_some()
                ),
                (named, existing, active),
                "{name}"
            );
        }
    }
}
