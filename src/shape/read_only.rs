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
