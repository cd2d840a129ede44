//! AWS's SDKs, log routers and collectors.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
    Cause {
        id: "log-router-denied",
        when: &[
            CauseSign::Logged("API responded with error='AccessDenied"),
            CauseSign::Logged("is not authorized to perform: logs:"),
        ],
        cause: "the log router (FireLens) or the program may not write to CloudWatch Logs: it uses \
                the task role, not the execution role",
        cure: &[
            SuggestionPart::text(
                "allow logs:CreateLogStream and logs:PutLogEvents (for auto_create_group also \
                 logs:CreateLogGroup) to the role of taskRoleArn, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-for-fluent-bit#177 and #835; terraform-aws-modules/terraform-aws-eks#3397",
    },
    Cause {
        id: "task-role-denied",
        when: &[CauseSign::Logged("is not authorized to perform: ")],
        cause: "the program's role (taskRoleArn) lacks a permission; the execution role, which \
                starts the task, doesn't count here",
        cure: &[
            SuggestionPart::text("allow the action that the line names to the role of taskRoleArn, then "),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "nautobot/nautobot-app-secrets-providers#64; Amazon ECS developer guide, Amazon \
                 ECS task IAM role",
    },
    Cause {
        id: "task-without-credentials",
        when: &[
            CauseSign::Logged("Unable to locate credentials"),
            CauseSign::Logged("NoCredentialProviders"),
            CauseSign::Logged("Could not load credentials from any providers"),
            CauseSign::Logged("Unable to load credentials from any of the providers"),
            CauseSign::Logged("no EC2 IMDS role found"),
            CauseSign::Logged("Unable to load AWS credentials from any provider"),
            CauseSign::Logged("Aws::Errors::MissingCredentialsError"),
            CauseSign::Logged("Could not load EC2 task role credentials"),
            CauseSign::Logged("Unable to get IAM security credentials from EC2"),
            CauseSign::Logged("CredentialsProviderError"),
            CauseSign::Logged("Missing credentials in config"),
            CauseSign::Logged("failed to refresh cached credentials"),
            CauseSign::Logged("no providers in chain provided credentials"),
            CauseSign::Logged("unable to sign request without credentials"),
            CauseSign::Logged("Error retrieving credentials from the instance profile"),
            CauseSign::Logged("Failed to resolve AWS credentials"),
        ],
        cause: "the AWS SDK finds no credentials: the task definition has no taskRoleArn, or the \
                process lost AWS_CONTAINER_CREDENTIALS_RELATIVE_URI (cron, sudo)",
        cure: &[
            SuggestionPart::text(
                "set taskRoleArn in the task definition (on EC2 also ECS_ENABLE_TASK_IAM_ROLE=true \
                 in /etc/ecs/ecs.config), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws-samples/aws-batch-rds-job-scheduling#1; iterative/cml#282; \
                aws/aws-sdk-js-v3#4989; aws/aws-msk-iam-auth#195; aws/aws-sdk-go#5138; AWS \
                SDK for Java 1 and AWS SDK for Ruby (their credential provider chains); \
                nginx/nginx-s3-gateway#143; \
                Kralizek/AWSSecretsManagerConfigurationExtensions#74; aws/aws-sdk-js-v3, \
                property-provider; aws/aws-sdk-go-v2, credential_cache.go; \
                awslabs/aws-sdk-rust, provider chain; aws/aws-sdk-ruby, errors.rb; \
                aws/aws-sdk-php, InstanceProfileProvider.php; aws/aws-sdk-net, \
                DefaultAWSCredentialsIdentityResolver.cs",
    },
    Cause {
        id: "task-without-region",
        when: &[
            CauseSign::Logged("You must specify a region"),
            CauseSign::Logged("Unable to load region from any"),
            CauseSign::Logged("Region is missing"),
            CauseSign::Logged("Missing region in config"),
            CauseSign::Logged("MissingRegion"),
            CauseSign::Logged("Unable to find a region via the region provider chain"),
            CauseSign::Logged("AWS region is required"),
            CauseSign::Logged("No RegionEndpoint or ServiceURL configured"),
        ],
        cause: "the AWS SDK knows no region",
        cure: &[
            SuggestionPart::text("add AWS_REGION (boto3: AWS_DEFAULT_REGION) to environment, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "duo-labs/cloudmapper#40; google/guice#1890; AWS SDKs for JavaScript \
                (ConfigError), Go 1 and Ruby (MissingRegion) and Java 1; \
                danmoz/caddy-lambda#34; aws/aws-sdk-net, ClientConfig.cs",
    },
    Cause {
        id: "task-credentials-refused",
        when: &[CauseSign::Logged(
            "Error when retrieving credentials from container-role",
        )],
        cause: "the endpoint for the task role's credentials (169.254.170.2) does not answer \
                or does not know the task: a proxy is in between, or the agent on the \
                instance lost the task",
        cure: &[
            SuggestionPart::text(
                "set NO_PROXY=169.254.170.2 if the container has HTTP_PROXY; on EC2 update or \
                restart the agent; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent#1780; aws/amazon-ecs-agent#1146; Amazon ECS Developer \
                Guide, HTTP proxy configuration",
    },
    Cause {
        id: "aws-credentials-expired",
        when: &[
            CauseSign::Logged("token included in the request is expired"),
            CauseSign::Logged("provided token has expired"),
            CauseSign::Logged("ExpiredToken"),
        ],
        cause: "the program uses temporary AWS credentials that have expired: keys that were \
                set as variables, or the first ones that an old SDK got and keeps",
        cure: &[
            SuggestionPart::text(
                "take AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN out of \
                environment and secrets, so that the SDK asks for the task role's and renews \
                them; update the SDK; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "mapbox/ecs-watchbot#61; boto/botocore#3117; aws/aws-sdk-net#3141; Amazon ECS \
                Developer Guide, Task IAM role",
    },
    Cause {
        id: "task-credentials-expired",
        when: &[CauseSign::Logged("retrieved credentials have already expired")],
        cause: "the credentials of the task role had run out when the program got them: the \
                instance or its agent was stopped for a while",
        cure: &[
            SuggestionPart::text("on EC2 restart the agent, which fetches new ones; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-sdk-net#3864",
    },
    Cause {
        id: "log-router-plugin-missing",
        when: &[CauseSign::Logged("tried to instance a plugin name that")],
        cause: "Fluent Bit (FireLens): an output names a plugin that the image does not have",
        cure: &[
            SuggestionPart::text(
                "set Name in the options of logConfiguration to a plugin of the image \
                 (cloudwatch_logs, s3, …); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "fluent/fluent-bit#10052; aws/aws-for-fluent-bit#659",
    },
    Cause {
        id: "log-router-release-broken",
        when: &[CauseSign::Logged("section 'env' is missing the 'name' property")],
        cause: "aws-for-fluent-bit 2.34.0 refuses a configuration that 2.33 accepts",
        cure: &[
            SuggestionPart::text(
                "pin the image to another version, for example \
                 amazon/aws-for-fluent-bit:2.33.0.20250731; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-for-fluent-bit#1002",
    },
    Cause {
        id: "log-router-configuration-yaml",
        when: &[CauseSign::Logged("check config is in valid classic format")],
        cause: "the configuration file of FireLens is YAML, which FireLens does not read",
        cure: &[
            SuggestionPart::text("write it in Fluent Bit's classic format; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-for-fluent-bit#1024",
    },
    Cause {
        id: "log-router-configuration-refused",
        when: &[CauseSign::Logged("configuration file contains errors, aborting")],
        cause: "Fluent Bit (FireLens) refuses its configuration; the line before says why",
        cure: &[
            SuggestionPart::text(
                "correct what that line names in the configuration file or in \
                 logConfiguration.options, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-for-fluent-bit#659",
    },
    Cause {
        id: "collector-needs-instance",
        when: &[CauseSign::Logged(
            "failed to initialize NodeCapacity: lstat /rootfs",
        )],
        cause: "the collector's configuration is made for EC2 instances and reads the host's \
                /proc, which a task on Fargate does not see",
        cure: &[
            SuggestionPart::text(
                "use /etc/ecs/ecs-default-config.yaml (or \
                container-insights/otel-task-metrics-config.yaml) in its command; on EC2 \
                mount / at /rootfs; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws-observability/aws-otel-collector#2309",
    },
    Cause {
        id: "collector-pipeline-not-built",
        when: &[CauseSign::Logged("failed to build pipelines: ")],
        cause: "the collector (OpenTelemetry, or the CloudWatch agent) can't build a pipeline \
                of its configuration; the line names the component",
        cure: &[
            SuggestionPart::text(
                "correct that component in the configuration, or pin another version of its \
                image; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-cloudwatch-agent#1328",
    },
    Cause {
        id: "aws-credentials-wrong",
        when: &[
            CauseSign::Logged("token included in the request is invalid"),
            CauseSign::Logged("InvalidClientTokenId"),
            CauseSign::Logged("Access Key Id you provided does not exist"),
            CauseSign::Logged("SignatureDoesNotMatch"),
            CauseSign::Logged("UnrecognizedClientException"),
        ],
        cause: "AWS does not know the access key, or the secret does not belong to it: keys \
                in the container's variables are wrong or deactivated, or the region is not \
                enabled",
        cure: &[
            SuggestionPart::text(
                "take the AWS_… keys out of environment and secrets and set taskRoleArn \
                instead; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "jonbrouse/docker-ice#6; aws/aws-logging-dotnet#15; AWS General Reference, \
                Common errors; Amazon ECS Developer Guide, Task IAM role",
    },
    Cause {
        id: "task-role-denied-resource",
        when: &[
            CauseSign::Logged("AccessDenied: Access Denied"),
            CauseSign::Logged("Access Denied (Service: "),
            CauseSign::Logged("(AccessDenied) when calling the "),
            CauseSign::Logged("(AccessDeniedException) when calling the "),
            CauseSign::Logged("Access to the resource https://"),
            CauseSign::Logged("api error AccessDenied"),
        ],
        cause: "AWS denies the program a request: the task role (taskRoleArn) lacks the \
                action on this resource, or the resource's own policy (bucket, queue, key) \
                keeps it out; S3 says the same of an object that is missing",
        cure: &[
            SuggestionPart::text(
                "allow the action to the role of taskRoleArn and, across accounts, in the \
                resource's policy; then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "directus/directus#18347; jonbrouse/docker-ice#29; \
                aws-samples/lambda-ecs-worker-pattern#6; justeattakeaway/JustSaying#701; \
                Amazon S3 User Guide, Troubleshoot access denied (403) errors",
    },
    Cause {
        id: "aws-resource-missing",
        when: &[
            CauseSign::Logged("NoSuchBucket"),
            CauseSign::Logged("NonExistentQueue"),
            CauseSign::Logged("QueueDoesNotExist"),
            CauseSign::Logged("ResourceNotFoundException: Requested resource not found"),
            CauseSign::Logged("(ResourceNotFoundException) when calling the "),
            CauseSign::Logged("ParameterNotFound"),
        ],
        cause: "the AWS resource that the program names does not exist in the account and \
                region that it uses",
        cure: &[
            SuggestionPart::text("correct its name or AWS_REGION in environment, or create it; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon S3 API Reference, Error responses; Amazon SQS, DynamoDB and Systems \
                Manager API References, Errors",
    },
    Cause {
        id: "cloudwatch-agent-without-configuration",
        when: &[
            CauseSign::Logged("No json config files found, please provide config"),
            CauseSign::Logged("there is no json configuration when running translator"),
            CauseSign::Logged("no inputs found, did you provide a valid config file"),
        ],
        cause: "the CloudWatch agent has no configuration",
        cure: &[
            SuggestionPart::text(
                "set CW_CONFIG_CONTENT in the container's secrets to an SSM parameter that \
                holds it (the execution role needs ssm:GetParameters); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-cloudwatch-agent#471 and #1383; Amazon CloudWatch User Guide, \
                Deploying the CloudWatch agent on ECS; \
                aws-samples/amazon-cloudwatch-container-insights#8",
    },
    Cause {
        id: "cloudwatch-agent-configuration-refused",
        when: &[
            CauseSign::Logged("E! Cannot translate JSON"),
            CauseSign::Logged("amazon-cloudwatch-agent.d with error: unable to parse json"),
            CauseSign::Logged("failed to generate YAML configuration validation content"),
        ],
        cause: "the CloudWatch agent refuses its configuration: no valid JSON, or a section \
                is incomplete; the lines before say which",
        cure: &[
            SuggestionPart::text("correct CW_CONFIG_CONTENT (or the file) by the agent's schema; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-cloudwatch-agent#982, #404 and #2085; Amazon CloudWatch User \
                Guide, CloudWatch agent configuration file",
    },
    Cause {
        id: "collector-configuration-refused",
        when: &[
            CauseSign::Logged("cannot unmarshal the configuration"),
            CauseSign::Logged("Error: failed to get config: "),
            CauseSign::Logged("Error: invalid configuration: "),
            CauseSign::Logged("cannot start pipelines: "),
        ],
        cause: "the OpenTelemetry collector can't start with its configuration; the line \
                names the part",
        cure: &[
            SuggestionPart::text(
                "correct it: the build in the image may lack the component (check with its \
                command `components`); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "open-telemetry/opentelemetry-collector, otelcol/collector.go; \
                aws-observability/aws-otel-collector#2309",
    },
    Cause {
        id: "bucket-in-another-region",
        when: &[
            CauseSign::Logged("PermanentRedirect"),
            CauseSign::Logged("AuthorizationHeaderMalformed"),
        ],
        cause: "the program asks for a bucket in another region than the bucket's",
        cure: &[
            SuggestionPart::text(
                "set the bucket's region in the program's S3 client (aws s3api \
                get-bucket-location --bucket BUCKET); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon S3 API Reference, Error responses",
    },
];
