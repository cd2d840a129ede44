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
        "schedulerRoleArn",
        "vars",
        "images",
        "services",
        "jobs",
        "hooks",
        "environments",
        "requireEnvironment",
    ],
    later: &[],
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
        "schedulerRoleArn",
        "vars",
        "images",
        "services",
        "jobs",
        "hooks",
    ],
    later: TOP.later,
};

/// The commands of `hooks:`.
pub(super) const HOOKS: KeySet<'_> = KeySet {
    what: "the hooks",
    known: &[
        "beforeBuild",
        "afterBuild",
        "beforeDeploy",
        "afterDeploy",
        "onFailure",
    ],
    later: &[],
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
pub(super) const SERVICE: [&str; 8] = [
    "taskDefinition",
    "serviceName",
    "logRetentionDays",
    "dependsOn",
    "autoscaling",
    "codeDeploy",
    "beforeDeploy",
    "afterDeploy",
];

/// A service's `autoscaling:`.
pub(super) const AUTOSCALING: KeySet<'_> = KeySet {
    what: "autoscaling",
    known: &[
        "minCapacity",
        "maxCapacity",
        "targetTracking",
        "stepScaling",
        "scheduled",
    ],
    later: &[],
};

/// The metrics under `targetTracking:`.
pub(super) const TARGET_TRACKING: KeySet<'_> = KeySet {
    what: "targetTracking",
    known: &["cpu", "memory", "requestsPerTarget", "custom"],
    later: &[],
};

/// The keys of a policy under `stepScaling:` besides the members of StepScalingPolicyConfiguration.
pub(super) const STEP_SCALING: [&str; 1] = ["alarm"];

/// A service's `codeDeploy:`.
pub(super) const CODE_DEPLOY: KeySet<'_> = KeySet {
    what: "codeDeploy",
    known: &[
        "applicationName",
        "deploymentGroupName",
        "deploymentConfigName",
        "hooks",
    ],
    later: &[],
};

/// The lifecycle events of `codeDeploy.hooks`, in their order (CodeDeploy user guide, AppSpec 'hooks' section for an
/// Amazon ECS deployment).
pub(super) const CODE_DEPLOY_HOOKS: KeySet<'_> = KeySet {
    what: "the hooks of codeDeploy",
    known: &[
        "BeforeInstall",
        "AfterInstall",
        "AfterAllowTestTraffic",
        "BeforeAllowTraffic",
        "AfterAllowTraffic",
    ],
    later: &[],
};

/// The keys of a job besides the members of RunTask.
pub(super) const JOB: [&str; 5] = ["service", "taskDefinition", "container", "command", "schedule"];

/// A job's `schedule:`.
pub(super) const SCHEDULE: KeySet<'_> = KeySet {
    what: "a schedule",
    known: &[
        "expression",
        "timezone",
        "roleArn",
        "state",
        "startDate",
        "endDate",
        "flexibleTimeWindow",
        "description",
        "retryPolicy",
        "deadLetterConfig",
        "kmsKeyArn",
    ],
    later: &[],
};
