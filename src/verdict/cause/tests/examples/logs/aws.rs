//! Examples of the causes in `table/logs/aws.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "log-router-denied",
        &[
            logged(
                1,
                &[
                    "[2021/05/12 19:36:11] [error] [output:cloudwatch_logs:cloudwatch_logs.0] \
             CreateLogGroup API responded with error='AccessDeniedException'",
                ],
            ),
            logged(
                1,
                &[
                    "time=\"2024-06-13T18:48:52Z\" level=error msg=\"AccessDeniedException: User: \
             arn:aws:sts::123456789012:assumed-role/fluentbit-task-role/0123456789abcdef is not \
             authorized to perform: logs:CreateLogGroup on resource: \
             arn:aws:logs:us-east-1:123456789012:log-group:fluent-bit-cloudwatch:log-stream:\"",
                ],
            ),
        ],
    ),
    (
        "task-role-denied",
        &[logged(
            1,
            &[
                "An error occurred (AccessDeniedException) when calling the GetSecretValue operation: \
             User: arn:aws:sts::123456789012:assumed-role/app-task-role/0123456789abcdef is not \
             authorized to perform: secretsmanager:GetSecretValue on resource: sharepoint_account \
             because no identity-based policy allows the secretsmanager:GetSecretValue action",
            ],
        )],
    ),
    (
        "task-without-credentials",
        &[
            logged(
                1,
                &["CredentialsProviderError: Could not load credentials from any providers"],
            ),
            logged(
                1,
                &[
                    "CredentialsError: Missing credentials in config, if using AWS_CONFIG_FILE, set AWS_SDK_LOAD_CONFIG=1",
                ],
            ),
            logged(
                1,
                &[
                    "operation error S3: ListBuckets, get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found",
                ],
            ),
            logged(
                1,
                &["dispatch failure: other: no providers in chain provided credentials"],
            ),
            logged(
                1,
                &["Aws::Errors::MissingCredentialsError: unable to sign request without credentials set"],
            ),
            logged(
                1,
                &[
                    "Aws\\Exception\\CredentialsException: Error retrieving credentials from the instance profile metadata service.",
                ],
            ),
            logged(
                1,
                &[
                    "Amazon.Runtime.AmazonClientException: Failed to resolve AWS credentials. The credential providers used to search for credentials returned the following errors:",
                ],
            ),
            logged(1, &["Could not load EC2 task role credentials"]),
            logged(
                1,
                &["Unable to get IAM security credentials from EC2 Instance Metadata Service."],
            ),
            logged(
                1,
                &["botocore.exceptions.NoCredentialsError: Unable to locate credentials"],
            ),
            logged(
                1,
                &["NoCredentialProviders: no valid providers in chain. Deprecated."],
            ),
            logged(
                1,
                &["CredentialsProviderError: Could not load credentials from any providers"],
            ),
            logged(
                1,
                &[
                    "software.amazon.awssdk.core.exception.SdkClientException: Unable to load credentials \
             from any of the providers in the chain \
             AwsCredentialsProviderChain(credentialsProviders=[…])",
                ],
            ),
            logged(
                1,
                &[
                    "failed to sign request: failed to retrieve credentials: failed to refresh cached \
             credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, request \
             canceled, context deadline exceeded",
                ],
            ),
            logged(
                1,
                &[
                    "com.amazonaws.SdkClientException: Unable to load AWS credentials from any provider in \
             the chain",
                ],
            ),
            logged(
                1,
                &["unable to sign request without credentials set (Aws::Errors::MissingCredentialsError)"],
            ),
        ],
    ),
    (
        "task-without-region",
        &[
            logged(1, &["AWS region is required"]),
            logged(
                1,
                &["Amazon.Runtime.AmazonClientException: No RegionEndpoint or ServiceURL configured"],
            ),
            logged(
                1,
                &["botocore.exceptions.NoRegionError: You must specify a region."],
            ),
            logged(
                1,
                &[
                    "Caused by: SdkClientException: Unable to load region from any of the providers in the \
             chain DefaultAwsRegionProviderChain@292fcda",
                ],
            ),
            logged(1, &["Error: Region is missing"]),
            logged(1, &["ConfigError: Missing region in config"]),
            logged(1, &["MissingRegion: could not find region configuration"]),
            logged(
                1,
                &["com.amazonaws.SdkClientException: Unable to find a region via the region provider chain."],
            ),
        ],
    ),
    (
        "task-credentials-refused",
        &[logged(
            1,
            &[
                "botocore.exceptions.CredentialRetrievalError: Error when retrieving credentials from container-role: Error retrieving metadata: Received non 200 response (400) from ECS metadata:",
            ],
        )],
    ),
    (
        "task-credentials-expired",
        &[logged(
            1,
            &[
                "Amazon.Runtime.AmazonClientException: The retrieved credentials have already expired: Now = 05/19/2025 06:43:19, Credentials expiration = 05/16/2025 23:49:10",
            ],
        )],
    ),
    (
        "log-router-plugin-missing",
        &[
            logged(
                1,
                &[
                    "[2025/03/06 11:00:07] [error] [config] section 'logger-icl-output-plugin' \
             tried to instance a plugin name that doesn't exist",
                ],
            ),
            logged(
                1,
                &[
                    "[2023/05/30 18:03:02] [error] [config] section 'configuration' tried to \
             instance a plugin name that don't exists",
                ],
            ),
        ],
    ),
    (
        "log-router-release-broken",
        &[logged(
            1,
            &[
                "[2025/09/23 15:06:54] [error] [config] section 'env' is missing the 'name' \
             property",
            ],
        )],
    ),
    (
        "log-router-configuration-yaml",
        &[logged(
            1,
            &["[2025/10/16 08:02:07.598146238] [error] [config] error in \
             /fluent-bit/etc/external.conf:1: undefined value - check config is in \
             valid classic format"],
        )],
    ),
    (
        "log-router-configuration-refused",
        &[logged(
            1,
            &["[2023/05/30 18:03:02] [error] configuration file contains errors, aborting."],
        )],
    ),
    (
        "collector-pipeline-not-built",
        &[logged(
            1,
            &[
                "E! [telegraf] Error running agent: failed to build pipelines: failed to create \"resourcedetection\" processor, in pipeline \"traces/application_signals\": failed creating detector type \"eks\"",
            ],
        )],
    ),
    (
        "aws-credentials-expired",
        &[
            logged(
                1,
                &["[watchbot] ExpiredToken: The security token included in the request is expired"],
            ),
            logged(
                1,
                &[
                    "Error occured: The provided token has expired. while trying to get object with key bulk.json",
                ],
            ),
            logged(
                1,
                &["An error occurred (ExpiredTokenException) when calling the GetObject operation"],
            ),
        ],
    ),
    (
        "aws-credentials-wrong",
        &[
            logged(
                1,
                &[
                    "Amazon.CloudWatchLogs.AmazonCloudWatchLogsException: The security token included in the request is invalid.",
                ],
            ),
            logged(
                1,
                &["An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation"],
            ),
            logged(
                1,
                &[
                    "Message: The AWS Access Key Id you provided does not exist in our records. (Service: Amazon S3; Status Code: 403; Error Code: InvalidAccessKeyId; Request ID: DAE952C11FEE3CA7)",
                ],
            ),
            logged(
                1,
                &[
                    "SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method.",
                ],
            ),
            logged(
                1,
                &[
                    "UnrecognizedClientException: The security token included in the request could not be recognized",
                ],
            ),
        ],
    ),
    (
        "task-role-denied-resource",
        &[
            logged(1, &["AccessDenied: Access Denied"]),
            logged(
                1,
                &[
                    "Message: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 0F2932B079F13B51)",
                ],
            ),
            logged(
                1,
                &[
                    "An error occurred (AccessDenied) when calling the ReceiveMessage operation: Access to the resource https://queue.amazonaws.com/ is denied.",
                ],
            ),
            logged(
                1,
                &[
                    "botocore.exceptions.ClientError: An error occurred (AccessDeniedException) when calling the GetParameter operation",
                ],
            ),
            logged(
                1,
                &["Exception: Access to the resource https://sqs.us-east-2.amazonaws.com/ is denied."],
            ),
            logged(
                1,
                &[
                    "operation error S3: GetObject, https response error StatusCode: 403, api error AccessDenied: Access Denied",
                ],
            ),
        ],
    ),
    (
        "aws-resource-missing",
        &[
            logged(1, &["NoSuchBucket: The specified bucket does not exist"]),
            logged(
                1,
                &[
                    "An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the GetQueueUrl operation: The specified queue does not exist.",
                ],
            ),
            logged(1, &["QueueDoesNotExist: The specified queue does not exist."]),
            logged(1, &["ResourceNotFoundException: Requested resource not found"]),
            logged(
                1,
                &[
                    "An error occurred (ResourceNotFoundException) when calling the DescribeTable operation: Requested resource not found: Table: orders not found",
                ],
            ),
            logged(
                1,
                &["An error occurred (ParameterNotFound) when calling the GetParameter operation"],
            ),
        ],
    ),
    (
        "cloudwatch-agent-without-configuration",
        &[
            logged(
                1,
                &["2020/04/09 19:13:48 E! Error: no inputs found, did you provide a valid config file?"],
            ),
            logged(
                1,
                &["No json config files found, please provide config, exit now"],
            ),
            logged(1, &["I! there is no json configuration when running translator"]),
        ],
    ),
    (
        "cloudwatch-agent-configuration-refused",
        &[
            logged(1, &["E! Cannot translate JSON, ERROR is exit status 1"]),
            logged(
                1,
                &[
                    "2022/03/14 10:10:41 unable to scan config dir /opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.d with error: unable to parse json, error: invalid character '}' after array element",
                ],
            ),
            logged(
                1,
                &[
                    "E! failed to generate YAML configuration validation content: unable to build components in pipeline: \"prometheusremotewrite/amp\" missing key in JSON: \"metrics::metrics_destinations::amp\"",
                ],
            ),
        ],
    ),
    (
        "collector-needs-instance",
        &[logged(
            1,
            &[
                "Error: cannot start pipelines: failed to initialize NodeCapacity: lstat /rootfs/proc: no such file or directory",
            ],
        )],
    ),
    (
        "collector-configuration-refused",
        &[
            logged(
                1,
                &[
                    "Error: failed to get config: cannot unmarshal the configuration: decoding failed due to the following error(s):",
                ],
            ),
            logged(
                1,
                &[
                    "Error: failed to get config: cannot resolve the configuration: cannot retrieve the configuration",
                ],
            ),
            logged(
                1,
                &[
                    "Error: invalid configuration: service::pipelines::traces: references exporter \"otlp\" which is not configured",
                ],
            ),
            logged(
                1,
                &["Error: cannot start pipelines: listen tcp: lookup otel: unknown port"],
            ),
        ],
    ),
    (
        "bucket-in-another-region",
        &[
            logged(
                1,
                &[
                    "PermanentRedirect: The bucket you are attempting to access must be addressed using the specified endpoint.",
                ],
            ),
            logged(
                1,
                &[
                    "AuthorizationHeaderMalformed: The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
                ],
            ),
        ],
    ),
];
