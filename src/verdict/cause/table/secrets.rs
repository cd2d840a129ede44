//! Causes in the task's inputs: secrets, parameters, registry credentials, environment files.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "secret-key-denied",
        when: &[CauseSign::Said(
            "AccessDeniedException: Access to KMS is not allowed",
        )],
        cause: "the execution role may read the secret, but not decrypt it: the secret has a KMS key of \
                its own",
        cure: &[SuggestionPart::text(
            "allow kms:Decrypt on that key to the task definition's executionRoleArn, in the role's \
                 policy and in the key policy: aws secretsmanager describe-secret --secret-id SECRET \
                 --query KmsKeyId",
        )],
        source: "GiamPy5/terraform-aws-directus#10",
    },
    Cause {
        id: "secret-denied",
        when: &[
            CauseSign::Said("not authorized to perform: secretsmanager:GetSecretValue"),
            CauseSign::Said("data from AWS Secrets Manager*AccessDenied"),
            CauseSign::Said("unable to retrieve secret from asm*AccessDenied"),
        ],
        cause: "the execution role may not read the secret (the task role, which the program uses later, \
                does not count here)",
        cure: &[
            SuggestionPart::text(
                "allow secretsmanager:GetSecretValue on the secret's ARN to the task definition's \
                 executionRoleArn, then ",
            ),
            SuggestionPart::command("deploy", "--force"),
        ],
        source: "Amazon ECS developer guide, Troubleshooting ResourceInitializationError errors (the \
                 execution role lacks the permissions for Secrets Manager); Specifying sensitive \
                 data using Secrets Manager; aws/amazon-ecs-agent, \
                 agent/taskresource/asmsecret/asmsecret.go",
    },
    Cause {
        id: "parameter-denied",
        when: &[
            CauseSign::Said("not authorized to perform: ssm:GetParameters"),
            CauseSign::Said("SSM Parameter Store in *AccessDenied"),
            CauseSign::Said("unable to retrieve secrets from ssm*AccessDenied"),
        ],
        cause: "the execution role may not read the parameter",
        cure: &[
            SuggestionPart::text(
                "allow ssm:GetParameters on the parameter's ARN (and kms:Decrypt for a SecureString \
                 with a key of its own) to the task definition's executionRoleArn, then ",
            ),
            SuggestionPart::command("deploy", "--force"),
        ],
        source: "aws/aws-cdk#3529; Amazon ECS developer guide, Specifying sensitive data using \
                 Systems Manager Parameter Store; aws/amazon-ecs-agent, \
                 agent/taskresource/ssmsecret/ssmsecret.go",
    },
    Cause {
        id: "secret-without-value",
        when: &[CauseSign::Said("can't find the specified secret value")],
        cause: "the secret is there, but has no value by that stage or version (for AWSCURRENT: \
                 none was ever put into it)",
        cure: &[
            SuggestionPart::text(
                "aws secretsmanager put-secret-value --secret-id SECRET --secret-string VALUE \
                 --region REGION, then ",
            ),
            SuggestionPart::command("deploy", "--force"),
        ],
        source: "AWS Secrets Manager's own words; Amazon ECS developer guide, Specifying sensitive \
                 data using Secrets Manager",
    },
    Cause {
        id: "secret-missing",
        when: &[
            CauseSign::Said("Secrets Manager can't find the specified secret."),
            CauseSign::Said("can't retrieve the secret with ARN"),
            CauseSign::Said("fetching secret data from AWS Secrets Manager*ResourceNotFoundException"),
        ],
        cause: "there is no such secret in that region: a wrong ARN, another region, or deleted",
        cure: &[
            SuggestionPart::text(
                "aws secretsmanager describe-secret --secret-id SECRET --region REGION; correct the \
                 container's `secrets`, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting ResourceNotFoundException errors; \
                 aws/amazon-ecs-agent, agent/taskresource/asmsecret/asmsecret_test.go",
    },
    Cause {
        id: "secret-key-missing",
        when: &[CauseSign::Said("did not contain json key")],
        cause: "the secret is there, but its JSON lacks the key that valueFrom asks for; the message ends \
                with the key",
        cure: &[
            SuggestionPart::text(
                "compare with aws secretsmanager get-secret-value --secret-id SECRET --query \
                 SecretString; add the key, or correct valueFrom (ARN:KEY::) and ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/asm/asm.go (GetSecretFromASMWithInput)",
    },
    Cause {
        id: "secret-not-json",
        when: &[
            CauseSign::Said("unable to retrieve secret from asm*looking for beginning of value"),
            CauseSign::SaidBut(
                "invalid character '*' looking for beginning of value",
                &["host config", "docker config", "credentialspec"],
            ),
        ],
        cause: "valueFrom asks for a key of the secret, but the secret's text is no JSON (often quoted \
                wrongly by a shell)",
        cure: &[SuggestionPart::text(
            "store JSON: aws secretsmanager put-secret-value --secret-id SECRET --secret-string \
                 file://secret.json; or leave the key out of valueFrom",
        )],
        source: "rileydakota/valheim-ecs-fargate-cdk#9; aws/amazon-ecs-agent, agent/asm/asm.go",
    },
    Cause {
        id: "secret-reference-malformed",
        when: &[
            CauseSign::Said("failed to fetch secret*InvalidParameter*GetSecretValueInput.VersionId"),
            CauseSign::Said("invalid ARN format for the AWS Secrets Manager secret"),
            CauseSign::Said("unexpected ARN format with parameters when trying to retrieve ASM secret"),
            CauseSign::Said("Trying to retrieve secret with value"),
            CauseSign::Said("could not find a secretsmanager secretID"),
        ],
        cause: "valueFrom has too many or too few parts after the secret's name, no name, or a key in the place \
                of the version id",
        cure: &[SuggestionPart::text(
            "write valueFrom as ARN:KEY:STAGE:VERSION with empty places kept, so a key alone is \
                 ARN:KEY::",
        )],
        source: "AWS re:Post, How do I resolve a ResourceInitializationError when I pull secrets \
                 (ecs-unable-to-pull-secrets); Amazon ECS developer guide, Specifying sensitive data \
                 using Secrets Manager; aws/amazon-ecs-agent, \
                 agent/taskresource/asmsecret/asmsecret.go (getASMParametersFromInput)",
    },
    Cause {
        id: "parameter-missing",
        when: &[
            CauseSign::Said("SSM Parameter Store in*invalid parameters: "),
            CauseSign::Said("unable to retrieve secrets from ssm*invalid ssm parameters: "),
            CauseSign::Said("unable to retrieve secrets from ssm*invalid parameters: "),
        ],
        cause: "there is no such parameter in that region; the message ends with its name",
        cure: &[
            SuggestionPart::text(
                "aws ssm get-parameter --name NAME --region REGION; create it or correct the \
                 container's `secrets`, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/taskresource/ssmsecret/ssmsecret_test.go and agent/ssm/ssm.go",
    },
    Cause {
        id: "parameter-answer-empty",
        when: &[CauseSign::Said("SSM Parameter Store in *: empty response")],
        cause: "Parameter Store answered without any of the parameters",
        cure: &[
            SuggestionPart::text("aws ssm get-parameter --name NAME --region REGION; if it has a value, "),
            SuggestionPart::command("deploy", "--force"),
        ],
        source: "aws/amazon-ecs-agent, agent/ssm/ssm.go (extractSSMValues)",
    },
    Cause {
        id: "secrets-unreachable",
        when: &[
            CauseSign::Said("unable to retrieve secret*RequestCanceled: request context canceled"),
            CauseSign::Said(
                "unable to retrieve secret*There is a connection issue between the task and AWS S",
            ),
            CauseSign::Said("unable to retrieve secret*send request failed"),
            CauseSign::Said("Fetching secret data from *send request failed"),
        ],
        cause: "the task has no way to Secrets Manager or Parameter Store",
        cure: &[SuggestionPart::text(
            "in a public subnet set assignPublicIp: ENABLED; in a private one add a NAT gateway or \
                 VPC endpoints for secretsmanager and ssm, and let the task's security group out on \
                 port 443",
        )],
        source: "Releem/releem-agent#195; umotif-public/terraform-aws-ecs-fargate#50; Amazon ECS developer \
                 guide, Troubleshooting ResourceInitializationError errors",
    },
    Cause {
        id: "registry-credentials-malformed",
        when: &[
            CauseSign::Said("AuthorizationData is malformed, empty field"),
            CauseSign::Said("unable to unmarshal secret value, invalid schema"),
            CauseSign::Said("Asm fetching authorization data: empty"),
        ],
        cause: "the secret of repositoryCredentials is not of the form that ECS reads",
        cure: &[SuggestionPart::text(
            "aws secretsmanager put-secret-value --secret-id SECRET --secret-string \
                 '{\"username\":\"…\",\"password\":\"…\"}'",
        )],
        source: "aws/amazon-ecs-agent, agent/asm/asm.go (extractASMValue); Amazon ECS developer guide, \
                 Private registry authentication",
    },
    Cause {
        id: "registry-credentials-not-fetched",
        when: &[
            CauseSign::Said("unable to get registry auth from asm"),
            CauseSign::Said("private registry credentials: not found"),
        ],
        cause: "the secret of repositoryCredentials could not be fetched: usually the task has no way to \
                Secrets Manager",
        cure: &[SuggestionPart::text(
            "give the task network access (assignPublicIp: ENABLED, a NAT gateway, or a \
                 secretsmanager VPC endpoint), and secretsmanager:GetSecretValue on the secret to its \
                 execution role",
        )],
        source: "aws-samples/keycloak-on-aws#222; aws/amazon-ecs-agent, agent/engine/docker_task_engine.go",
    },
    Cause {
        id: "environment-file-reference-malformed",
        when: &[
            CauseSign::Said("s3 ARN specified in environmentFile"),
            CauseSign::Said("escapes envfile resource directory"),
        ],
        cause: "environmentFiles names no usable file: an address instead of an ARN, or a key with \
                 .. in it",
        cure: &[
            SuggestionPart::text("write `value: arn:aws:s3:::BUCKET/KEY` in environmentFiles, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/taskresource/envFiles/envfile.go \
                 (downloadEnvfileFromS3, verifyEnvfileKeyLocal), agent/s3/s3.go",
    },
    Cause {
        id: "environment-file-denied",
        when: &[
            CauseSign::Said("failed to download env files*AccessDenied"),
            CauseSign::Said("Unable to download env*StatusCode: 403"),
            CauseSign::Said("Unable to download env*AccessDenied"),
            CauseSign::Said("Unable to initialize s3 client*AccessDenied"),
        ],
        cause: "the execution role may not read a file of environmentFiles",
        cure: &[
            SuggestionPart::text(
                "allow s3:GetObject on the file and s3:GetBucketLocation on its bucket to the task \
                 definition's executionRoleArn, then ",
            ),
            SuggestionPart::command("deploy", "--force"),
        ],
        source: "aws/aws-cdk#12720; Amazon ECS developer guide, Pass environment \
                 variables to an Amazon ECS container; aws/amazon-ecs-agent, \
                 agent/taskresource/envFiles/envfile.go",
    },
    Cause {
        id: "environment-file-unreachable",
        when: &[CauseSign::Said("failed to download env files*RequestCanceled")],
        cause: "the task has no way to Amazon S3, where its environmentFiles are",
        cure: &[SuggestionPart::text(
            "in a public subnet set assignPublicIp: ENABLED; in a private one add a NAT gateway or \
                 an S3 gateway endpoint, and let the task's security group out on port 443",
        )],
        source: "aws/aws-cli#6470; aws/aws-cdk#12720",
    },
    Cause {
        id: "environment-file-not-fetched",
        when: &[
            CauseSign::Said("failed to download env files"),
            CauseSign::Said("Unable to download env file with key"),
            CauseSign::Said("Unable to download envfile with ARN"),
            CauseSign::Said("resource cannot be initialized for task*open /data/envfiles/"),
        ],
        cause: "a file of environmentFiles could not be fetched from Amazon S3: it is not there, or the \
                execution role may not read it",
        cure: &[SuggestionPart::text(
            "aws s3 ls s3://BUCKET/FILE; the execution role needs s3:GetObject on it and \
                 s3:GetBucketLocation on its bucket",
        )],
        source: "aws/aws-cli#6470 (the beginning of the text); Amazon ECS developer guide, Pass environment \
                 variables to an Amazon ECS container; deliveroo.engineering, Environment files and finding a bug in the ECS agent",
    },
    Cause {
        id: "execution-role-credentials-missing",
        when: &[
            CauseSign::Said("unable to find execution role credentials"),
            CauseSign::Said("No execution credentials set for the task"),
            CauseSign::Said("unable to get execution role credentials"),
            CauseSign::Said("credentials acquisition: not found in credential manager"),
            CauseSign::Said("execution role credentials not available"),
            CauseSign::Said("ecr credentials: not found"),
        ],
        cause: "the agent has no credentials of the execution role: the task definition names none, \
                 or a role that does not exist or does not trust ECS",
        cure: &[
            SuggestionPart::text(
                "set executionRoleArn to a role that trusts ecs-tasks.amazonaws.com (aws iam \
                 get-role --role-name ROLE --query Role.AssumeRolePolicyDocument), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/taskresource/asmsecret/asmsecret.go, \
                 envFiles/envfile.go and credentialspec_linux.go (Create), agent/api/task/task.go \
                 (ApplyExecutionRoleLogsAuth), agent/engine/docker_task_engine.go",
    },
    Cause {
        id: "secret-values-lost",
        when: &[
            CauseSign::Said("task secret data: unable to fetch"),
            CauseSign::Said("task auth data: unable to fetch"),
            CauseSign::Said("unable to retrieve environment files resource"),
        ],
        cause: "the agent no longer has the task's secrets or environment files, which it fetches when a \
                 task begins",
        cure: &[
            SuggestionPart::text("on the instance sudo systemctl restart ecs, then "),
            SuggestionPart::command("restart", "SERVICE"),
            SuggestionPart::text("; check the container's `secrets` and executionRoleArn if it recurs"),
        ],
        source: "aws/amazon-ecs-agent, agent/api/task/task.go (PopulateSecrets)",
    },
    Cause {
        id: "secrets-manager-failing",
        when: &[CauseSign::Said(
            "Secret arn:aws:secretsmanager*InternalServiceError",
        )],
        cause: "Secrets Manager answered with an error of its own; the task is not at fault",
        cure: &[SuggestionPart::text(
            "look at https://health.aws.amazon.com and wait: the service starts \
                 another task by itself",
        )],
        source: "aws/amazon-ecs-agent, agent/asm/asm.go",
    },
    Cause {
        id: "secret-not-fetched",
        when: &[CauseSign::Said("unable to retrieve secret")],
        cause: "ECS could not fetch a secret of the task definition; the end of the message, \
                if it is not cut off, says why",
        cure: &[
            SuggestionPart::text(
                "check in this order: a way out of the subnet (assignPublicIp, NAT gateway or \
                VPC endpoints), the execution role's right to read it, and that valueFrom \
                names it; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws-samples/dataops-platform-airflow-dbt#12; Amazon ECS developer guide, \
                Troubleshooting ResourceInitializationError errors",
    },
];
