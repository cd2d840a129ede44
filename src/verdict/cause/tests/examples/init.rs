//! Examples of the causes in `table/init.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::{container_not_started, not_started};

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "logs-unreachable",
        &[not_started(
            "ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon \
             CloudWatch log group defined in the task definition. There is a connection issue between the \
             task and Amazon CloudWatch. Check your network configuration. : signal: killed",
        )],
    ),
    (
        "log-group-missing",
        &[
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to initialize logging \
                 driver: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified \
                 log group does not exist. status code: 400",
            ),
            not_started(
                "ResourceInitializationError: The task cannot find the Amazon CloudWatch log group defined \
                 in the task definition.",
            ),
        ],
    ),
    (
        "log-group-creation-denied",
        &[not_started(
            "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 \
             times: failed to create Cloudwatch log group: AccessDeniedException: User: \
             arn:aws:sts::123456789012:assumed-role/web-ecs-task-execution-role/3f2a is not authorized to \
             perform: logs:CreateLogGroup on resource: \
             arn:aws:logs:eu-central-1:123456789012:log-group:web:log-stream: because no identity-based \
             policy allows the logs:CreateLogGroup action : exit status 1",
        )],
    ),
    (
        "log-stream-denied",
        &[not_started(
            "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 \
             times: failed to create Cloudwatch log stream: AccessDeniedException: User: \
             arn:aws:sts::123456789012:assumed-role/ecs.task.minecraft-server/123456a999ee4b919...",
        )],
    ),
    (
        "log-region-wrong",
        &[not_started(
            "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 \
             times: failed to create Cloudwatch log stream: MissingEndpoint: 'Endpoint' configuration is \
             required for t...",
        )],
    ),
    (
        "log-driver-without-credentials",
        &[container_not_started(
            "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: \
             CredentialsEndpointError: failed to load credentials caused by: RequestError: send request \
             failed caused by: Get http://169.254.170.2/v2/credentials/",
        )],
    ),
    (
        "efs-denied",
        &[not_started(
            "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: \
             stderr: b'mount.nfs4: access denied by server while mounting \
             fs-065b374f6a1a6b4c8.efs.us-east-1.amazonaws.com:/' : unsuccessful EFS utils command \
             execution; code: 32",
        )],
    ),
    (
        "efs-unreachable",
        &[not_started(
            "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: \
             stderr: mount.nfs4: Connection reset by peer : unsuccessful EFS utils command execution; \
             code: 32",
        )],
    ),
    (
        "efs-directory-missing",
        &[not_started(
            "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: \
             stderr: b'mount.nfs4: mounting fs-12345678.efs.us-east-1.amazonaws.com:/grafana failed, reason \
             given by server: No such file or directory' : unsuccessful EFS utils command execution; code: \
             32",
        )],
    ),
    (
        "efs-name-unresolved",
        &[not_started(
            "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: \
             stderr: Failed to resolve \"fs-01bd17a53b98b8014.efs.eu-west-1.amazonaws.com\" - check that \
             your file system ID is correct, and ensure that the VPC has an EFS mount target for this file \
             system ID.",
        )],
    ),
    ("volume-not-created", &[not_started("CannotCreateVolumeError")]),
    (
        "device-missing",
        &[container_not_started(
            "CannotStartContainerError: Error response from daemon: error gathering device information \
             while adding custom device \"/dev/dri/renderD130\": no such file or directory",
        )],
    ),
];
