//! What the task is to be given before it starts: secrets, parameters, a registry's credentials, environment files.

use crate::verdict::cause::example::{container_not_started, not_started};
use crate::verdict::cause::{Cause, When};

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "secret-key-denied",
        when: &[When::Said("AccessDeniedException: Access to KMS is not allowed")],
        cause: "the execution role may read the secret, but not decrypt it: the secret has a KMS key of \
                its own",
        cure: "allow kms:Decrypt on that key to the task definition's executionRoleArn, in its policy and \
               in the key's: aws secretsmanager describe-secret --secret-id SECRET --query KmsKeyId",
        source: "GiamPy5/terraform-aws-directus#10",
        examples: &[not_started(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
             retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): \
             failed to fetch secret \
             arn:aws:secretsmanager:eu-central-1:123456789012:secret:algo-dev-directus-secret-EaPYTy from \
             secrets manager: AccessDeniedException: Access to KMS is not allowed status code: 400, request \
             id: a87a66d9",
        )],
    },
    Cause {
        id: "secret-denied",
        when: &[When::Said(
            "not authorized to perform: secretsmanager:GetSecretValue",
        )],
        cause: "the execution role may not read the secret (the task role, which the program uses later, \
                does not count here)",
        cure: "allow secretsmanager:GetSecretValue on the secret's ARN to the task definition's \
               executionRoleArn, then ecsctl deploy --force",
        source: "Amazon ECS developer guide, Troubleshooting ResourceInitializationError errors (the \
                 execution role lacks the permissions for Secrets Manager); Specifying sensitive data using \
                 Secrets Manager",
        examples: &[not_started(
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
        )],
    },
    Cause {
        id: "parameter-denied",
        when: &[When::Said("not authorized to perform: ssm:GetParameters")],
        cause: "the execution role may not read the parameter",
        cure: "allow ssm:GetParameters on the parameter's ARN (and kms:Decrypt for a SecureString with a \
               key of its own) to the task definition's executionRoleArn, then ecsctl deploy --force",
        source: "aws/aws-cdk#3529; Amazon ECS developer guide, Specifying sensitive data using Systems \
                 Manager Parameter Store",
        examples: &[not_started(
            "Fetching secret data from SSM Parameter Store in us-east-1: AccessDeniedException: User: \
             arn:aws:sts::123456789012:assumed-role/web-execution/9e05ad12-2574-47a3-b48f-3a2244770318 is \
             not authorized to perform: ssm:GetParameters on resource: \
             arn:aws:ssm:us-east-1:123456789012:parameter/db status code: 400, request id: 787934d9",
        )],
    },
    Cause {
        id: "secret-missing",
        when: &[
            When::Said("Secrets Manager can't find the specified secret."),
            When::Said("can't retrieve the secret with ARN"),
        ],
        cause: "there is no such secret in that region: a wrong ARN, another region, or deleted",
        cure: "aws secretsmanager describe-secret --secret-id SECRET --region REGION; correct the \
               container's `secrets`, then ecsctl deploy",
        source: "Amazon ECS developer guide, Troubleshooting ResourceNotFoundException errors; \
                 aws/amazon-ecs-agent, agent/taskresource/asmsecret/asmsecret_test.go",
        examples: &[
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
        ],
    },
    Cause {
        id: "secret-key-missing",
        when: &[When::Said("did not contain json key")],
        cause: "the secret is there, but its JSON lacks the key that valueFrom asks for; the message ends \
                with the key",
        cure: "compare with aws secretsmanager get-secret-value --secret-id SECRET --query SecretString; \
               add the key, or correct valueFrom (ARN:KEY::) and ecsctl deploy",
        source: "aws/amazon-ecs-agent, agent/asm/asm.go (GetSecretFromASMWithInput)",
        examples: &[not_started(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
             retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): \
             retrieved secret from Secrets Manager did not contain json key MY_SECRET",
        )],
    },
    Cause {
        id: "secret-not-json",
        when: &[When::Said(
            "unable to retrieve secret from asm*looking for beginning of value",
        )],
        cause: "valueFrom asks for a key of the secret, but the secret's text is no JSON (often quoted \
                wrongly by a shell)",
        cure: "store JSON: aws secretsmanager put-secret-value --secret-id SECRET --secret-string \
               file://secret.json; or leave the key out of valueFrom",
        source: "rileydakota/valheim-ecs-fargate-cdk#9; aws/amazon-ecs-agent, agent/asm/asm.go",
        examples: &[not_started(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
             retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): \
             invalid character '\\'' looking for beginning of value",
        )],
    },
    Cause {
        id: "secret-reference-malformed",
        when: &[When::Said(
            "failed to fetch secret*InvalidParameter*GetSecretValueInput.VersionId",
        )],
        cause: "valueFrom has its parts in the wrong places: what was meant as a key stands where the \
                version id goes",
        cure: "write valueFrom as ARN:KEY:STAGE:VERSION with empty places kept, so a key alone is ARN:KEY::",
        source: "AWS re:Post, How do I resolve a ResourceInitializationError when I pull secrets \
                 (ecs-unable-to-pull-secrets); Amazon ECS developer guide, Specifying sensitive data using \
                 Secrets Manager",
        examples: &[not_started(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
             retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): \
             failed to fetch secret arn:aws:secretsmanager:us-east-1:123456789012:secret:db from secrets \
             manager: InvalidParameter: 1 validation error(s) found. - (minimum field size of 32/ maximum \
             field size of 64), GetSecretValueInput.VersionId.",
        )],
    },
    Cause {
        id: "parameter-missing",
        when: &[
            When::Said("SSM Parameter Store in*invalid parameters: "),
            When::Said("unable to retrieve secrets from ssm*invalid ssm parameters: "),
            When::Said("unable to retrieve secrets from ssm*invalid parameters: "),
        ],
        cause: "there is no such parameter in that region; the message ends with its name",
        cure: "aws ssm get-parameter --name NAME --region REGION; create it or correct the container's \
               `secrets`, then ecsctl deploy",
        source: "aws/amazon-ecs-agent, agent/taskresource/ssmsecret/ssmsecret_test.go and agent/ssm/ssm.go",
        examples: &[
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
    },
    Cause {
        id: "secrets-unreachable",
        when: &[
            When::Said("unable to retrieve secret*RequestCanceled: request context canceled"),
            When::Said("unable to retrieve secret*There is a connection issue between the task and AWS S"),
        ],
        cause: "the task has no way to Secrets Manager or Parameter Store",
        cure: "in a public subnet set assignPublicIp: ENABLED; in a private one add a NAT gateway or VPC \
               endpoints for secretsmanager and ssm, and let the task's security group out on port 443",
        source: "Releem/releem-agent#195; umotif-public/terraform-aws-ecs-fargate#50; Amazon ECS developer \
                 guide, Troubleshooting ResourceInitializationError errors",
        examples: &[
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
        ],
    },
    Cause {
        id: "registry-credentials-malformed",
        when: &[
            When::Said("AuthorizationData is malformed, empty field"),
            When::Said("unable to unmarshal secret value, invalid schema"),
        ],
        cause: "the secret of repositoryCredentials is not of the form that ECS reads",
        cure: "aws secretsmanager put-secret-value --secret-id SECRET --secret-string \
               '{\"username\":\"…\",\"password\":\"…\"}'",
        source: "aws/amazon-ecs-agent, agent/asm/asm.go (extractASMValue); Amazon ECS developer guide, \
                 Private registry authentication",
        examples: &[
            container_not_started("asm fetching username: AuthorizationData is malformed, empty field"),
            container_not_started(
                "asm fetching authorization data: unable to unmarshal secret value, invalid schema",
            ),
        ],
    },
    Cause {
        id: "registry-credentials-not-fetched",
        when: &[When::Said("unable to get registry auth from asm")],
        cause: "the secret of repositoryCredentials could not be fetched: usually the task has no way to \
                Secrets Manager",
        cure: "give the task a way there (assignPublicIp: ENABLED, a NAT gateway, or a secretsmanager VPC \
               endpoint), and secretsmanager:GetSecretValue on the secret to its execution role",
        source: "aws-samples/keycloak-on-aws#222",
        examples: &[not_started(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
             retrieval failed: unable to get registry auth from asm: service call has been retried 5 \
             time(s): asm fetching secret from the service for ...",
        )],
    },
    Cause {
        id: "environment-file-denied",
        when: &[When::Said("failed to download env files*AccessDenied")],
        cause: "the execution role may not read a file of environmentFiles",
        cure: "allow s3:GetObject on the file and s3:GetBucketLocation on its bucket to the task \
               definition's executionRoleArn, then ecsctl deploy --force",
        source: "aws/aws-cdk#12720; Amazon ECS developer guide, Pass environment variables to an Amazon ECS \
                 container",
        examples: &[not_started(
            "ResourceInitializationError: failed to download env files: file download command: non-empty \
             error stream: failed to download file 1.env: failed to write to a temporary file: \
             AccessDenied: Access Denied",
        )],
    },
    Cause {
        id: "environment-file-unreachable",
        when: &[When::Said("failed to download env files*RequestCanceled")],
        cause: "the task has no way to Amazon S3, where its environmentFiles are",
        cure: "in a public subnet set assignPublicIp: ENABLED; in a private one add a NAT gateway or an S3 \
               gateway endpoint, and let the task's security group out on port 443",
        source: "aws/aws-cli#6470; aws/aws-cdk#12720",
        examples: &[not_started(
            "ResourceInitializationError: failed to download env files: file download command: non empty \
             error stream: RequestCanceled: request context canceled caused by: context deadline exceeded",
        )],
    },
    Cause {
        id: "environment-file-not-fetched",
        when: &[When::Said("failed to download env files")],
        cause: "a file of environmentFiles could not be fetched from Amazon S3: it is not there, or the \
                execution role may not read it",
        cure: "aws s3 ls s3://BUCKET/FILE; the execution role needs s3:GetObject on it and \
               s3:GetBucketLocation on its bucket",
        source: "aws/aws-cli#6470 (the beginning of the text); Amazon ECS developer guide, Pass environment \
                 variables to an Amazon ECS container",
        examples: &[not_started(
            "ResourceInitializationError: failed to download env files: file download command: non empty \
             error stream",
        )],
    },
];
