//! All of ecsctl's own keys. Any other key is the ECS API's, or a mistake.

use super::typed_values::KeySet;

/// The top level. `x-` keys are allowed too.
pub(super) const TOP: KeySet<'_> = KeySet {
    what: "deploy.yaml",
    known: &[
        "requiredVersion",
        "name",
        "account",
        "region",
        "profile",
        "assumeRole",
        "cluster",
        "tfstate",
        "vars",
        "images",
        "services",
        "jobs",
        "environments",
        "requireEnvironment",
    ],
    later: &["schedulerRoleArn", "hooks"],
};

/// An environment under `environments:`: the top level without what is about the whole file.
pub(super) const ENVIRONMENT: KeySet = KeySet {
    what: "an environment",
    known: &[
        "name",
        "account",
        "region",
        "profile",
        "assumeRole",
        "cluster",
        "tfstate",
        "vars",
        "images",
        "services",
        "jobs",
    ],
    later: TOP.later,
};

/// An image under `images:`.
pub(super) const IMAGE: KeySet<'_> = KeySet {
    what: "an image",
    known: &["repository", "build", "tags"],
    later: &["from"],
};

/// An image's `build:`, in Docker's terms.
pub(super) const BUILD: KeySet<'_> = KeySet {
    what: "a build",
    known: &[
        "context",
        "dockerfile",
        "target",
        "platform",
        "args",
        "secrets",
        "ssh",
        "cacheFrom",
        "labels",
        "network",
        "noCache",
        "pull",
    ],
    later: &["reuse"],
};

/// A secret under a build's `secrets:`.
pub(super) const BUILD_SECRET: KeySet<'_> = KeySet {
    what: "a build secret",
    known: &["env", "file", "ssm", "secretsmanager"],
    later: &[],
};

/// The keys of a service besides the members of CreateService.
pub(super) const SERVICE: [&str; 7] = [
    "taskDefinition",
    "serviceName",
    "logRetentionDays",
    "dependsOn",
    "autoscaling",
    "beforeDeploy",
    "afterDeploy",
];
/// Those of the service keys that a later version reads.
pub(super) const SERVICE_LATER: [&str; 1] = ["autoscaling"];

/// The keys of a job besides the members of RunTask.
pub(super) const JOB: [&str; 5] = ["service", "taskDefinition", "container", "command", "schedule"];
/// Those of the job keys that a later version reads.
pub(super) const JOB_LATER: [&str; 1] = ["schedule"];
