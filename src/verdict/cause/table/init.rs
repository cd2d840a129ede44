//! Causes in the container's setup: its log, volumes and devices.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "logs-unreachable",
        when: &[CauseSign::Said(
            "There is a connection issue between the task and Amazon CloudWatch",
        )],
        cause: "the task has no way to CloudWatch Logs",
        cure: &[SuggestionPart::text(
            "add a VPC endpoint for logs that lets the task's security group in on port 443, or a \
                 NAT gateway; in a public subnet set assignPublicIp: ENABLED",
        )],
        source: "Amazon ECS developer guide, Troubleshooting ResourceInitializationError errors (the task \
                 cannot find the log group)",
    },
    Cause {
        id: "log-group-missing",
        when: &[
            CauseSign::Said("The specified log group does not exist"),
            CauseSign::Said("cannot find the Amazon CloudWatch log group defined in the task definition."),
        ],
        cause: "the log group that awslogs-group names does not exist in the region of awslogs-region",
        cure: &[
            SuggestionPart::text(
                "aws logs create-log-group --log-group-name GROUP --region REGION, or remove \
                 logConfiguration and run ",
            ),
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text(", which creates one"),
        ],
        source: "Rayraegah/terraform-aws-hasura#25; Amazon ECS developer guide, Troubleshooting \
                 ResourceInitializationError errors (failed to initialize logging driver)",
    },
    Cause {
        id: "log-group-creation-denied",
        when: &[CauseSign::Said(
            "failed to create Cloudwatch log group: AccessDenied",
        )],
        cause: "awslogs-create-group is on, and the role that logs may not create groups: AWS's managed \
                execution policy doesn't include it",
        cure: &[SuggestionPart::text(
            "remove awslogs-create-group and create the group: aws logs create-log-group \
                 --log-group-name GROUP; or allow logs:CreateLogGroup for the execution role",
        )],
        source: "terraform-aws-modules/terraform-aws-ecs#313 and #145; prakhar1989/docker-curriculum#260",
    },
    Cause {
        id: "log-stream-denied",
        when: &[CauseSign::Said(
            "failed to create Cloudwatch log stream: AccessDenied",
        )],
        cause: "the execution role may not write to the log group",
        cure: &[SuggestionPart::text(
            "aws iam attach-role-policy --role-name ROLE --policy-arn \
                 arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy \
                 (logs:CreateLogStream, logs:PutLogEvents)",
        )],
        source: "doctorray117/minecraft-ondemand#12",
    },
    Cause {
        id: "log-region-wrong",
        when: &[CauseSign::Said(
            "failed to create Cloudwatch log stream: MissingEndpoint",
        )],
        cause: "awslogs-region is no AWS region",
        cure: &[
            SuggestionPart::text("set awslogs-region to the task's region (us-east-1, …), then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "TechToSpeech/terraform-aws-serverless-static-wordpress#74",
    },
    Cause {
        id: "log-driver-without-credentials",
        when: &[CauseSign::Said(
            "failed to initialize logging driver: CredentialsEndpointError",
        )],
        cause: "the instance's Docker can't fetch the execution role's credentials for awslogs: the \
                instance is not set up for it",
        cure: &[SuggestionPart::text(
            "use an ECS-optimized AMI, or set ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true in \
                 /etc/ecs/ecs.config and restart the agent",
        )],
        source: "aws/amazon-ecs-cli#752; AWS Batch user guide, Can't retrieve Secrets Manager secrets (the \
                 agent's setting)",
    },
    Cause {
        id: "efs-denied",
        when: &[CauseSign::Said(
            "EFS utils commands*access denied by server while mounting",
        )],
        cause: "the EFS file system's policy does not let the task mount it",
        cure: &[SuggestionPart::text(
            "set authorizationConfig: {iam: ENABLED} and transitEncryption: ENABLED on the volume, \
                 and allow elasticfilesystem:ClientMount and ClientWrite to the task role",
        )],
        source: "aws-samples/aws-cdk-examples#920; Amazon ECS developer guide, Amazon EFS volumes",
    },
    Cause {
        id: "efs-unreachable",
        when: &[CauseSign::Said(
            "EFS utils commands*mount.nfs4: Connection reset by peer",
        )],
        cause: "the task does not get through to the EFS file system: mostly a security group keeps port \
                2049 closed; a mount target made moments ago passes by itself",
        cure: &[SuggestionPart::text(
            "let the task's security group in on port 2049 in that of the mount target (aws efs \
                 describe-mount-targets --file-system-id FS), and out in its own",
        )],
        source: "docker-archive/compose-cli#1490; openillumi.com, ecs-efs-mount-failure-port-2049-fix",
    },
    Cause {
        id: "efs-directory-missing",
        when: &[CauseSign::Said(
            "EFS utils commands*reason given by server: No such file or directory",
        )],
        cause: "the volume's rootDirectory does not exist on the EFS file system, and a mount doesn't \
                create it",
        cure: &[SuggestionPart::text(
            "create the directory, or use an access point that creates it (authorizationConfig: \
                 {accessPointId: …}) with rootDirectory /",
        )],
        source: "acp-io/terraform-grafana#4",
    },
    Cause {
        id: "efs-name-unresolved",
        when: &[CauseSign::Said("EFS utils commands*Failed to resolve")],
        cause: "the EFS file system's name can't be resolved: no mount target in the VPC, DNS off in it, \
                or a wrong file system id",
        cure: &[SuggestionPart::text(
            "aws efs describe-mount-targets --file-system-id FS; add one in each zone of the \
                 subnets, and turn on enableDnsSupport and enableDnsHostnames of the VPC",
        )],
        source: "aws/amazon-ecs-cli#1083; appsmithorg/appsmith-docs#2234",
    },
    Cause {
        id: "volume-not-created",
        when: &[CauseSign::Said("CannotCreateVolumeError")],
        cause: "a volume of the task definition could not be made",
        cure: &[SuggestionPart::text(
            "check `volumes` and the containers' mountPoints: file system id, access point, driver; \
                 the message says which failed",
        )],
        source: "Amazon ECS developer guide, Troubleshooting CannotCreateVolumeError errors",
    },
    Cause {
        id: "device-missing",
        when: &[CauseSign::Said(
            "error gathering device information while adding custom device",
        )],
        cause: "linuxParameters.devices names a device that the instance does not have",
        cure: &[SuggestionPart::text(
            "correct `devices`, or place the task on instances that have it: placementConstraints \
                 with attribute:ecs.instance-type",
        )],
        source: "Amazon ECS developer guide, task definitions for deep learning (devices that the instance \
                 doesn't have)",
    },
];
