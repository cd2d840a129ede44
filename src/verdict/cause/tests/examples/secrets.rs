//! Examples of the causes in `table/secrets.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::{container_not_started, not_started};

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "secret-key-denied",
        &[not_started(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
             retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): \
             failed to fetch secret \
             arn:aws:secretsmanager:eu-central-1:123456789012:secret:algo-dev-directus-secret-EaPYTy from \
             secrets manager: AccessDeniedException: Access to KMS is not allowed status code: 400, request \
             id: a87a66d9",
        )],
    ),
    (
        "secret-denied",
        &[
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
             retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): \
             failed to fetch secret \
             arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:N8N_ENCRYPTION_KEY-nAG4eC from \
             secrets manager: operation error Secrets Manager: GetSecretValue, https response error \
             StatusCode: 400, RequestID: d45b80b7, api error AccessDeniedException: User: \
             arn:aws:sts::123456789012:assumed-role/ecsTaskExecutionRole/668f97696c2f is not authorized to \
             perform: secretsmanager:GetSecretValue on resource: \
             arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:N8N_ENCRYPTION_KEY-nAG4eC because no \
             identity-based policy allows the secretsmanager:GetSecretValue action",
            ),
            not_started(
                "Fetching secret data from AWS Secrets Manager in region us-west-2: secret \
                 arn:aws:secretsmanager:us-west-2:123456789012:secret:db-AbCdEf: \
                 AccessDeniedException: User: \
                 arn:aws:sts::123456789012:assumed-role/ecsTaskExecutionRole/012345",
            ),
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution \
                 resource retrieval failed: unable to retrieve secret from asm: service call has \
                 been retried 1 time(s): failed to fetch secret \
                 arn:aws:secretsmanager:us-east-1:123456789012:secret:web from secrets manager: \
                 AccessDeniedException: User: arn:aws:sts::12",
            ),
        ],
    ),
    (
        "parameter-denied",
        &[
            not_started(
                "Fetching secret data from SSM Parameter Store in us-east-1: AccessDeniedException: User: \
             arn:aws:sts::123456789012:assumed-role/web-execution/9e05ad12-2574-47a3-b48f-3a2244770318 is \
             not authorized to perform: ssm:GetParameters on resource: \
             arn:aws:ssm:us-east-1:123456789012:parameter/db status code: 400, request id: 787934d9",
            ),
            not_started(
                "Fetching secret data from SSM Parameter Store in ap-northeast-1: \
                 AccessDeniedException: User: \
                 arn:aws:sts::123456789012:assumed-role/ecsTaskExecutionRole/01234567",
            ),
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution \
                 resource retrieval failed: unable to retrieve secrets from ssm: service call has \
                 been retried 1 time(s): AccessDeniedException: User: arn:aws:sts::12",
            ),
        ],
    ),
    (
        "secret-without-value",
        &[not_started(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution \
                 resource retrieval failed: unable to retrieve secret from asm: service call has \
                 been retried 1 time(s): failed to fetch secret \
                 arn:aws:secretsmanager:us-east-1:123456789012:secret:web/key-AbCdEf from secrets \
                 manager: ResourceNotFoundException: Secrets Manager can't find the specified secret \
                 value for staging label: AWSCURRENT",
        )],
    ),
    (
        "secret-missing",
        &[
            not_started(
                "Fetching secret data from AWS Secrets Manager in region us-east-1: secret \
                 arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf: ResourceNotFoundException: \
                 Secrets Manager can't find the specified secret.",
            ),
            not_started(
                "ResourceNotFoundException: The task can't retrieve the secret with ARN \
                 'arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf' from AWS Secrets Manager. \
                 Check whether the secret exists in the specified Region",
            ),
            not_started(
                "fetching secret data from AWS Secrets Manager in region us-east-1: secret \
                arn:aws:secretsmanager:us-east-1:123456789012:secret:db: \
                ResourceNotFoundException: Secrets Manager can't find the specified secret",
            ),
        ],
    ),
    (
        "secret-key-missing",
        &[not_started(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
             retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): \
             retrieved secret from Secrets Manager did not contain json key MY_SECRET",
        )],
    ),
    (
        "secret-not-json",
        &[
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
             retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): \
             invalid character '\\'' looking for beginning of value",
            ),
            not_started("Invalid character 'h' looking for beginning of value"),
        ],
    ),
    (
        "secret-reference-malformed",
        &[
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
             retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): \
             failed to fetch secret arn:aws:secretsmanager:us-east-1:123456789012:secret:db from secrets \
             manager: InvalidParameter: 1 validation error(s) found. - (minimum field size of 32/ maximum \
             field size of 64), GetSecretValueInput.VersionId.",
            ),
            not_started(
                "Trying to retrieve secret with value \
                 arn:aws:secretsmanager:us-west-2:123456789012:secret:db-AbCdEf:password resulted in \
                 error: an invalid ARN format for the AWS Secrets Manager secret was specified. \
                 Specify a valid ARN and try again.",
            ),
            not_started(
                "Trying to retrieve secret with value \
                 arn:aws:secretsmanager:us-west-2:123456789012:secret:db-AbCdEf:password resulted in \
                 error: unexpected ARN format with parameters when trying to retrieve ASM secret",
            ),
            not_started(
                "could not find a secretsmanager secretID from value \
                 arn:aws:secretsmanager:us-west-2:123456789012",
            ),
        ],
    ),
    (
        "parameter-missing",
        &[
            container_not_started(
                "Fetching secret data from SSM Parameter Store in us-west-2: invalid parameters: \
                 secret-name",
            ),
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
                 retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 \
                 time(s): invalid ssm parameters: /web/gemini-api-key",
            ),
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
                 retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 \
                 time(s): invalid parameters: /prod/db",
            ),
        ],
    ),
    (
        "parameter-answer-empty",
        &[not_started(
            "Fetching secret data from SSM Parameter Store in us-west-2: empty response",
        )],
    ),
    (
        "secrets-unreachable",
        &[
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
                 retrieval failed: unable to retrieve secret from asm: service call has been retried 5 \
                 time(s): failed to fetch secret \
                 arn:aws:secretsmanager:us-west-2:123456789012:secret:DBPasswordSecret-AbCdEf from secrets \
                 manager: RequestCanceled: request context canceled caused by: context deadline exceeded. \
                 Please check your task network configuration.",
            ),
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve \
                 secrets from ssm: The task cannot pull secrets from AWS Systems Manager. There is a \
                 connection issue between the task and AWS Systems Manager Parameter Store. Check your task \
                 network configuration. RequestCanceled: request context canceled caused by: context \
                 deadline exceeded",
            ),
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve \
                 secret from asm: There is a connection issue between the task and AWS Secrets Manager.",
            ),
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution \
                 resource retrieval failed: unable to retrieve secrets from ssm: service call has \
                 been retried 5 time(s): RequestError: send request failed caused by: Post \
                 \"https://ssm.us-east-1.amazonaws.com/\": dial tcp 52.46.1.1:443: i/o timeout",
            ),
            not_started(
                "Fetching secret data from SSM Parameter Store in us-west-2: RequestError: send \
                 request failed caused by: Post https://ssm.us-west-2.amazonaws.com/: dial tcp \
                 52.119.1.1:443: i/o timeout",
            ),
        ],
    ),
    (
        "registry-credentials-malformed",
        &[
            container_not_started("asm fetching username: AuthorizationData is malformed, empty field"),
            container_not_started(
                "asm fetching authorization data: unable to unmarshal secret value, invalid schema",
            ),
            not_started("Asm fetching authorization data: empty secrets value"),
        ],
    ),
    (
        "registry-credentials-not-fetched",
        &[
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
             retrieval failed: unable to get registry auth from asm: service call has been retried 5 \
             time(s): asm fetching secret from the service for ...",
            ),
            container_not_started(
                "CannotPullContainerError: engine docker private registry credentials: not found",
            ),
        ],
    ),
    (
        "environment-file-reference-malformed",
        &[
            not_started(
                "Unable to parse bucket and key from s3 ARN specified in environmentFile \
                 s3://my-bucket/app.env, error: invalid s3 arn: s3://my-bucket/app.env",
            ),
            not_started(
                "Unable to download env file with key ../app.env from bucket my-bucket, error: \
                 invalid path: bucket \"my-bucket\" key \"../app.env\" escapes envfile resource \
                 directory",
            ),
        ],
    ),
    (
        "environment-file-denied",
        &[
            not_started(
                "ResourceInitializationError: failed to download env files: file download command: non-empty \
             error stream: failed to download file 1.env: failed to write to a temporary file: \
             AccessDenied: Access Denied",
            ),
            not_started(
                "Unable to download env file with key app.env from bucket my-bucket, error: \
                 operation error S3: GetObject, https response error StatusCode: 403, api error \
                 AccessDenied: Access Denied",
            ),
            not_started(
                "Unable to download envfile with ARN arn:aws:s3:::my-bucket/app.env from s3: unable \
                 to download env file with key app.env from bucket my-bucket: AccessDenied: Access \
                 Denied",
            ),
            not_started(
                "Unable to initialize s3 client for bucket my-bucket, error: operation \
             error S3: GetBucketLocation, api error AccessDenied: Access Denied",
            ),
        ],
    ),
    (
        "environment-file-unreachable",
        &[not_started(
            "ResourceInitializationError: failed to download env files: file download command: non empty \
             error stream: RequestCanceled: request context canceled caused by: context deadline exceeded",
        )],
    ),
    (
        "environment-file-not-fetched",
        &[
            not_started(
                "ResourceInitializationError: resource cannot be initialized for task arn:aws:ecs:eu-west-1:123456789012:task/production/4d48d7b08b8a467f89d6161a73f0ea29: open /data/envfiles/",
            ),
            not_started(
                "ResourceInitializationError: failed to download env files: file download command: non empty \
             error stream",
            ),
            not_started(
                "Unable to download env file with key app.env from bucket my-bucket, error: \
                 operation err",
            ),
            not_started(
                "Unable to download envfile with ARN arn:aws:s3:::my-bucket/app.env from s3: \
                 NoSuchKey: The specified key does not exist.",
            ),
        ],
    ),
    (
        "execution-role-credentials-missing",
        &[
            not_started("ASM secret resource: unable to find execution role credentials"),
            not_started("Environment file resource: unable to find execution role credentials"),
            container_not_started("HostConfigError: No execution credentials set for the task"),
            container_not_started("HostConfigError: Unable to get execution role credentials for task"),
            container_not_started(
                "CannotPullECRContainerError: engine ecr credentials acquisition: not found in \
                 credential manager",
            ),
            container_not_started(
                "CannotStartContainerError: dependency graph: execution role credentials not \
                 available",
            ),
            container_not_started("CannotPullECRContainerError: engine ecr credentials: not found"),
            not_started("Unable to get execution role credentials"),
        ],
    ),
    (
        "secret-values-lost",
        &[
            container_not_started(
                "DockerClientConfigError: task secret data: unable to fetch ASM Secrets resource",
            ),
            container_not_started(
                "DockerClientConfigError: task secret data: unable to fetch SSM Secrets resource",
            ),
            container_not_started("DockerClientConfigError: task auth data: unable to fetch ASM resource"),
            container_not_started(
                "DockerClientConfigError: task environment files: unable to retrieve environment \
                 files resource for container web",
            ),
        ],
    ),
    (
        "secrets-manager-failing",
        &[not_started(
            "Secret arn:aws:secretsmanager:us-west-2:123456789012:secret:db-AbCdEf: \
             InternalServiceError: uhoh: InternalServiceError: uhoh",
        )],
    ),
    (
        "secret-not-fetched",
        &[not_started(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 5 time(s): failed to fetch",
        )],
    ),
];
