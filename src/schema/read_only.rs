//! Members that AWS returns in descriptions but does not accept as input.

/// Members that DescribeTaskDefinition adds and RegisterTaskDefinition rejects (ECS API,
/// `TaskDefinition`).
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

/// Members that DescribeServices adds and CreateService lacks (ECS API, `Service`).
pub const READ_ONLY_OF_SERVICE: [&str; 15] = [
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
