//! What AWS shows of a task definition and does not take.

/// What DescribeTaskDefinition adds and RegisterTaskDefinition refuses (ECS API, `TaskDefinition`).
pub const READ_ONLY: [&str; 9] = [
    "taskDefinitionArn",
    "revision",
    "status",
    "requiresAttributes",
    "compatibilities",
    "registeredAt",
    "registeredBy",
    "deregisteredAt",
    "deleteRequestedAt",
];

/// What DescribeServices adds and CreateService lacks (ECS API, `Service`).
pub(super) const READ_ONLY_OF_SERVICE: [&str; 15] = [
    "serviceArn",
    "clusterArn",
    "status",
    "runningCount",
    "pendingCount",
    "platformFamily",
    "taskSets",
    "deployments",
    "roleArn",
    "events",
    "createdAt",
    "createdBy",
    "currentServiceDeployment",
    "currentServiceRevisions",
    "resourceManagementType",
];
