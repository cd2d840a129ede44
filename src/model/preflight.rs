//! The result of `check`: what AWS would refuse, and advice.

use serde::Serialize;

use super::RolloutEstimate;
use crate::diagnostic::Suggestion;

/// Something that `check` found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// How bad it is.
    pub severity: FindingSeverity,
    /// A name for scripts: `role-not-found`.
    pub code: &'static str,
    /// The key of the service; absent if it concerns all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The resource, by its name, ID or ARN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Suggestion>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum FindingSeverity {
    /// A deploy fails.
    Error,
    /// A deploy succeeds, but could be better; or something was not checked.
    Advice,
}

impl Finding {
    /// Creates an error; the setters add the rest.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity: FindingSeverity::Error,
            code,
            service: None,
            resource: None,
            message: message.into(),
            hint: None,
        }
    }

    /// Creates advice; the setters add the rest.
    pub fn advice(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity: FindingSeverity::Advice,
            ..Self::error(code, message)
        }
    }

    /// Sets the resource.
    #[must_use]
    pub fn on(mut self, resource: impl Into<String>) -> Self {
        self.resource = Some(resource.into());
        self
    }

    /// Sets what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Suggestion>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Something that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadResource {
    /// What it is: `target groups`.
    pub what: &'static str,
    /// The IAM action that reads it.
    pub action: String,
    /// Why it could not be read, if the permission is not what is missing.
    pub reason: Option<String>,
}

/// The document of `check`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PreflightDocument {
    /// The schema version of this document: 1.
    pub schema: u32,
    /// The cluster.
    pub cluster: String,
    /// The region.
    pub region: String,
    /// The account, if known.
    pub account: Option<String>,
    /// The number of errors.
    pub errors: usize,
    /// The number of findings that are advice.
    pub advice: usize,
    /// The number of checks that were made.
    pub checks: usize,
    /// Findings that concern all services, errors first.
    pub findings: Vec<Finding>,
    /// The services, in the order of deploy.yaml.
    pub services: Vec<CheckedServiceDocument>,
}

/// What `check` found of a service.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CheckedServiceDocument {
    /// Its key in deploy.yaml.
    pub key: String,
    /// The ECS service's name.
    pub name: String,
    /// How long its next rollout takes, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rollout: Option<RolloutEstimate>,
    /// The findings, errors first.
    pub findings: Vec<Finding>,
}
