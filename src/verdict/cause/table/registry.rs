//! Causes in accessing the registry: network, authorization and responses.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

/// The hint for giving a subnet internet access, shared by all rows that lack it.
const WAY_OUT: &[SuggestionPart] = &[SuggestionPart::text(
    "in a public subnet set assignPublicIp: ENABLED; in a private one add a NAT gateway, or VPC endpoints for ecr.api, ecr.dkr and s3 that let the task's security group in on port 443",
)];

/// Patterns that identify ECR: its hosts, including dual-stack ones, its buckets, or ECR itself. ECR Public
/// isn't included: it is reached over the internet. (ECR user guide, Amazon ECR registries and interface VPC
/// endpoints.)
const ECR: &[&str] = &["amazonaws.com", ".on.aws", "Amazon ECR"];

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "docker-hub-rate-limit",
        when: &[
            CauseSign::Said("CannotPull*reached your*pull rate limit"),
            CauseSign::Said("CannotPull*toomanyrequests: Too Many Requests"),
        ],
        cause: "Docker Hub counts anonymous pulls by address, and all tasks behind one NAT gateway share it",
        cure: &[
            SuggestionPart::text(
                "set repositoryCredentials on the container, or use a copy in ECR (aws ecr \
                 create-pull-through-cache-rule), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, CannotPullContainer task errors; docker/hub-feedback#2429; \
                 hystax/optscale#845 (containerd's words); ECR user guide, pull through cache",
    },
    Cause {
        id: "ecr-rate-limit",
        when: &[
            CauseSign::Said("CannotPull*toomanyrequests: Rate exceeded"),
            CauseSign::Said("CannotPull*toomanyrequests: Data limit exceeded"),
        ],
        cause: "too many pulls at once for ECR; ECR Public allows few a second, and little data without a \
                login, by address",
        cure: &[
            SuggestionPart::text("ECS retries: "),
            SuggestionPart::command("wait", "SERVICE"),
            SuggestionPart::text(
                "; keep a copy of a public image in your own repository (aws ecr \
                 create-pull-through-cache-rule)",
            ),
        ],
        source: "ECR user guide, Troubleshooting errors with Docker commands (429: Too Many Requests); \
                 aws/containers-roadmap#2008; aws/aws-lambda-web-adapter#429 and #595",
    },
    Cause {
        id: "registry-credentials-wrong",
        when: &[CauseSign::Said("unauthorized: incorrect username or password")],
        cause: "the registry does not take the user name or password that the task has for it",
        cure: &[
            SuggestionPart::text(
                "update the secret that repositoryCredentials names: aws secretsmanager \
                 put-secret-value --secret-id SECRET --secret-string \
                 '{\"username\":\"…\",\"password\":\"…\"}', then ",
            ),
            SuggestionPart::command("deploy", "--force"),
        ],
        source: "aws/amazon-ecs-agent, agent/api/errormessages/error_messages_test.go; Amazon ECS \
                 developer guide, Private registry authentication",
    },
    Cause {
        id: "ecr-token-denied",
        when: &[CauseSign::Said(
            "not authorized to perform: ecr:GetAuthorizationToken",
        )],
        cause: "the role that pulls (Fargate: the execution role; EC2: the execution or the instance's \
                role) may not log in to ECR",
        cure: &[SuggestionPart::text(
            "aws iam attach-role-policy --role-name ROLE --policy-arn \
                 arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        )],
        source: "OvertureMaps/overture-tiles#20; Amazon ECS developer guide, Task execution IAM role",
    },
    Cause {
        id: "ecr-pull-denied",
        when: &[
            CauseSign::Said("not authorized to perform: ecr:BatchGetImage"),
            CauseSign::Said("CannotPull*failed with status code [manifests *403 Forbidden"),
            CauseSign::Said("CannotPull*unexpected status from HEAD request to *.ecr.*403 Forbidden"),
        ],
        cause: "the role that pulls is not allowed this ECR repository, or the repository's policy keeps \
                its account out",
        cure: &[SuggestionPart::text(
            "allow ecr:BatchGetImage and ecr:GetDownloadUrlForLayer to the execution role (EC2: to \
                 the instance's role), and for another account's repository in its policy too: aws ecr \
                 get-repository-policy --repository-name NAME",
        )],
        source: "aws/amazon-ecs-agent#4181 and agent/api/errormessages; Amazon ECS developer guide, \
                 CannotPullContainer task errors; seekatekode/aws-bootcamp-cruddur-2024; \
                 aws-samples/bedrock-access-gateway#114",
    },
    Cause {
        id: "registry-login-missing",
        when: &[CauseSign::SaidBut(
            "failed to fetch anonymous token*401 Unauthorized",
            ECR,
        )],
        cause: "the registry gives this image to nobody without a login: it is private, or there is none \
                by that name",
        cure: &[
            SuggestionPart::text(
                "set repositoryCredentials on the container to a secret with a login for that registry, \
                 or make the image public; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "tatsuyai713/Development-Container-for-ROS2-on-Arm64-Mac#3 (a private package of ghcr.io); \
                 Amazon ECS developer guide, Private registry authentication",
    },
    Cause {
        id: "registry-name-unresolved",
        when: &[CauseSign::Said("CannotPull*dial tcp: lookup ")],
        cause: "the registry's host name could not be resolved: it is misspelt, or the VPC has no DNS",
        cure: &[SuggestionPart::text(
            "compare the image's host with the registry's, then aws ec2 describe-vpc-attribute \
                 --vpc-id VPC --attribute enableDnsSupport",
        )],
        source: "docker-archive/compose-cli#911; Amazon ECS user guide for AWS Fargate, Stopped tasks \
                 error codes (VPC without DNS resolution)",
    },
    Cause {
        id: "outside-registry-unreachable",
        when: &[
            CauseSign::SaidBut("CannotPull*There is a connection issue between the task and", ECR),
            CauseSign::SaidBut("CannotPull*https://*dial tcp *: ", ECR),
            CauseSign::SaidBut("CannotPull*https://*i/o timeout", ECR),
            CauseSign::SaidBut(
                "CannotPull*https://*request canceled while waiting for connection",
                ECR,
            ),
        ],
        cause: "the task has no way to the internet, where this registry is: no public address, no NAT \
                gateway, or a security group in between (VPC endpoints lead to ECR only)",
        cure: &[SuggestionPart::text(
            "in a public subnet set assignPublicIp: ENABLED, in a private one add a NAT gateway; or \
                 take a copy of the image out of ECR (aws ecr create-pull-through-cache-rule keeps one)",
        )],
        source: "Amazon ECS developer guide, CannotPullContainer task errors (The task cannot pull the \
                 image from the registry Docker Hub); ActionIQ/terraform-aws-retool-ecs-fargate#20 (helped \
                 by a public address); ECR user guide, pull through cache",
    },
    Cause {
        id: "image-layers-unreachable",
        when: &[
            CauseSign::Said("CannotPull*failed to copy*failed to do request"),
            CauseSign::Said("pull command failed: panic: runtime error: invalid memory address"),
        ],
        cause: "the registry answers, but the image's layers can't be fetched: those of ECR come from \
                Amazon S3, to which the task has no way",
        cure: &[SuggestionPart::text(
            "add an S3 gateway endpoint to the subnets' route tables and let the task's security \
                 group out to S3's prefix list on port 443, or route through a NAT gateway",
        )],
        source: "Amazon ECS developer guide, CannotPullContainer task errors; ECR user guide, interface \
                 VPC endpoints",
    },
    Cause {
        id: "ecr-login-unreachable",
        when: &[
            CauseSign::Said("unable to retrieve ecr registry auth*RequestError: send request failed"),
            CauseSign::Said("cannot pull registry auth from Amazon ECR: There is a connection issue"),
        ],
        cause: "the task has no way to ECR's API, from which the login for the image comes",
        cure: WAY_OUT,
        source: "AWS re:Post, How do I resolve a ResourceInitializationError when I pull secrets or \
                 retrieve ECR authentication (ecs-unable-to-pull-secrets); aws/aws-app-mesh-examples#413",
    },
    Cause {
        id: "registry-unreachable",
        when: &[
            CauseSign::Said("CannotPull*request canceled while waiting for connection"),
            CauseSign::Said("CannotPull*i/o timeout"),
            CauseSign::Said("CannotPull*There is a connection issue between the task and"),
            CauseSign::Said("CannotPull*context canceled"),
        ],
        cause: "the task has no way to the registry: no public address, no NAT gateway, no VPC endpoint, \
                or a security group in between",
        cure: WAY_OUT,
        source: "Amazon ECS developer guide, CannotPullContainer task errors; AWS re:Post, \
                 cannotpullcontainererror on Fargate (ecs-fargate-pull-container-error)",
    },
    Cause {
        id: "image-layer-refused",
        when: &[CauseSign::Said(
            "CannotPull*failed to copy*failed open: unexpected status code",
        )],
        cause: "the image's manifest was found, but a part of it was refused: an S3 endpoint policy, or \
                the registry",
        cure: &[SuggestionPart::text(
            "allow s3:GetObject on arn:aws:s3:::prod-REGION-starport-layer-bucket/* in the S3 \
                 endpoint's policy; for another registry check repositoryCredentials",
        )],
        source: "Amazon ECS developer guide, CannotPullContainer task errors; AWS re:Post, \
                 CannotPullContainerError: API error (ecs-pull-container-api-error-ecr: S3 denied by the \
                 gateway endpoint's policy)",
    },
    Cause {
        id: "image-configuration-not-fetched",
        when: &[CauseSign::Said("error pulling image conf")],
        cause: "the image's configuration did not arrive: the registry's rate limit, or the network",
        cure: &[
            SuggestionPart::text("wait for the next attempt of ECS: "),
            SuggestionPart::command("events", "-f SERVICE"),
            SuggestionPart::text("; if it happens again, keep a copy of the image in ECR"),
        ],
        source: "Amazon ECS developer guide, CannotPullContainer task errors (error pulling image \
                 configuration)",
    },
    Cause {
        id: "pull-timed-out",
        when: &[CauseSign::Said(
            "unable to pull secrets or registry auth: pull command failed: : signal: killed",
        )],
        cause: "the fetching of secrets and of the registry's login took too long: usually the task has no \
                way to these services",
        cure: WAY_OUT,
        source: "AWS re:Post, How do I resolve a ResourceInitializationError when I pull secrets or \
                 retrieve ECR authentication (ecs-unable-to-pull-secrets)",
    },
];
