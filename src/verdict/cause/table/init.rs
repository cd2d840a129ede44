//! Causes in the container's setup: its log, volumes and devices.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "logs-unreachable",
        when: &[
            CauseSign::Said("connection issue between the task and Amazon CloudWatch"),
            CauseSign::Said("failed to validate logger args: : signal: killed"),
            CauseSign::Said("failed to validate logger args*send request failed"),
            CauseSign::Said("failed to create Cloudwatch log stream: RequestError: send request failed"),
            CauseSign::Said("failed to create Cloudwatch log group: RequestError: send request failed"),
        ],
        cause: "the task, or on EC2 its instance, has no way to CloudWatch Logs",
        cure: &[SuggestionPart::text(
            "add a VPC endpoint for logs that lets the task's security group in on port 443, or a \
                 NAT gateway; in a public subnet set assignPublicIp: ENABLED",
        )],
        source: "Amazon ECS developer guide, Troubleshooting ResourceInitializationError errors (the task \
                 cannot find the log group); seqeralabs/nf-tower#305 (EC2)",
    },
    Cause {
        id: "firelens-options-missing",
        when: &[CauseSign::Said(
            "logging driver specified of container * but no log configuration",
        )],
        cause: "the container logs with awsfirelens and no options, which Fargate does not \
                take",
        cure: &[
            SuggestionPart::text(
                "give logConfiguration.options at least one option, such as `Name: forward` \
                or, for Fluentd, `\"@type\": relabel`; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "splunk/splunk-connect-for-kubernetes#423; \
                aws-samples/amazon-ecs-firelens-examples#29",
    },
    Cause {
        id: "log-group-missing",
        when: &[
            CauseSign::Said("The specified log group does not exist"),
            CauseSign::Said("cannot find the Amazon CloudWatch log group defined in the task definition."),
            CauseSign::SaidBut(
                "ResourceInitializationError: failed to initialize logging driver",
                &["logging driver: "],
            ),
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
            "failed to create Cloudwatch log group:*AccessDenied",
        )],
        cause: "awslogs-create-group is on, and the role that AWS names may not create log groups",
        cure: &[SuggestionPart::text(
            "remove awslogs-create-group and create the group: aws logs create-log-group \
                 --log-group-name GROUP; or allow logs:CreateLogGroup for that role",
        )],
        source: "terraform-aws-modules/terraform-aws-ecs#313 and #145; prakhar1989/docker-curriculum#260",
    },
    Cause {
        id: "log-stream-denied",
        when: &[CauseSign::Said(
            "failed to create Cloudwatch log stream:*AccessDenied",
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
        id: "log-option-missing",
        when: &[
            CauseSign::Said("unable to get awslogs driver arguments"),
            CauseSign::Said("awslogs-region is required"),
        ],
        cause: "logConfiguration lacks an option that the log driver awslogs needs; the message \
                 names it",
        cure: &[
            SuggestionPart::text(
                "add it to logConfiguration.options (awslogs-group, awslogs-region, \
                 awslogs-stream-prefix), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Send Amazon ECS logs to CloudWatch",
    },
    Cause {
        id: "log-driver-unreachable",
        when: &[
            CauseSign::Said("initialize logging driver: dial"),
            CauseSign::Said("initialize logging driver: lookup "),
            CauseSign::Said("logging driver: splunk: failed to verify connection"),
        ],
        cause: "the log driver finds nothing at the address that logConfiguration names",
        cure: &[
            SuggestionPart::text(
                "start the collector there, or correct the address in logConfiguration.options (for \
                 fluentd `fluentd-async: true` lets the container start without); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Docker documentation, Fluentd logging driver and Syslog logging driver; moby/moby#24376 (Splunk)",
    },
    Cause {
        id: "log-option-unknown",
        when: &[
            CauseSign::Said("unknown log opt"),
            CauseSign::Said("no log driver named"),
        ],
        cause: "logConfiguration names a driver, or an option of it, that the instance's Docker \
                 does not know",
        cure: &[
            SuggestionPart::text("correct logDriver or the option that the message names, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby, daemon/logger (ValidateLogOpt, GetLogDriver)",
    },
    Cause {
        id: "log-region-wrong",
        when: &[CauseSign::Said(
            "failed to create Cloudwatch log stream:*MissingEndpoint",
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
        when: &[
            CauseSign::Said("failed to initialize logging driver: CredentialsEndpointError"),
            CauseSign::Said("initialize logging driver: NoCredentialProviders"),
        ],
        cause: "the instance's Docker has no credentials for awslogs: no instance role, or it can't fetch \
                those of the execution role",
        cure: &[SuggestionPart::text(
            "give the instances a role, or set ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true in \
                 /etc/ecs/ecs.config and restart the agent",
        )],
        source: "aws/amazon-ecs-cli#752; AWS Batch user guide, Can't retrieve Secrets Manager \
                 secrets (the agent's setting); docker-archive/for-aws#127",
    },
    Cause {
        id: "efs-denied",
        when: &[
            CauseSign::Said("EFS utils commands*access denied by server"),
            CauseSign::Said("mounting volume failed*access denied by server"),
        ],
        cause: "the EFS file system's policy does not let the task mount it",
        cure: &[SuggestionPart::text(
            "set authorizationConfig: {iam: ENABLED} and transitEncryption: ENABLED on the volume, \
                 and allow elasticfilesystem:ClientMount and ClientWrite to the task role",
        )],
        source: "aws-samples/aws-cdk-examples#920; Amazon ECS developer guide, Amazon EFS volumes",
    },
    Cause {
        id: "efs-refused",
        when: &[CauseSign::Said("mount.nfs4: Connection refused")],
        cause: "something refuses the connection to the EFS file system: mostly the App Mesh proxy, \
                which takes the traffic before it is ready",
        cure: &[SuggestionPart::text(
            "add 2049 to EgressIgnoredPorts in proxyConfiguration; without a proxy, check the \
                 mount targets: aws efs describe-mount-targets --file-system-id FS",
        )],
        source: "AWS App Mesh user guide, Troubleshooting connectivity (Unable to connect to an \
                 Amazon EFS filesystem)",
    },
    Cause {
        id: "efs-unreachable",
        when: &[
            CauseSign::Said("EFS utils commands*mount.nfs4: Connection reset by peer"),
            CauseSign::Said("EFS utils commands*Mount attempt"),
            CauseSign::Said("EFS utils commands*mount.nfs4: Connection timed out"),
            CauseSign::Said("mounting volume failed*mount.nfs4: Connection"),
        ],
        cause: "the task does not get through to the EFS file system: mostly a security group keeps port \
                2049 closed; a mount target made moments ago passes by itself",
        cure: &[SuggestionPart::text(
            "let the task's security group in on port 2049 in that of the mount target (aws efs \
                 describe-mount-targets --file-system-id FS), and out in its own",
        )],
        source: "docker-archive/compose-cli#1490; openillumi.com, \
                 ecs-efs-mount-failure-port-2049-fix; aws/amazon-ecs-init#301; Amazon EFS user \
                 guide, Troubleshooting mount issues",
    },
    Cause {
        id: "efs-directory-missing",
        when: &[
            CauseSign::Said("EFS utils commands*reason given by server: No such file"),
            CauseSign::Said("mounting volume failed*No such file or dir"),
        ],
        cause: "the volume's rootDirectory does not exist on the EFS file system, and a mount doesn't \
                create it",
        cure: &[SuggestionPart::text(
            "create the directory, or use an access point that creates it (authorizationConfig: \
                 {accessPointId: …}) with rootDirectory /",
        )],
        source: "acp-io/terraform-grafana#4; 56kcloud/terraform-grafana#4",
    },
    Cause {
        id: "efs-name-unresolved",
        when: &[
            CauseSign::Said("EFS utils commands*Failed to resolve"),
            CauseSign::Said("mounting volume failed*Failed to resolve"),
        ],
        cause: "the EFS file system's name can't be resolved: no mount target in the VPC, DNS off in it, \
                or a wrong file system id",
        cure: &[SuggestionPart::text(
            "aws efs describe-mount-targets --file-system-id FS; add one in each zone of the \
                 subnets, and turn on enableDnsSupport and enableDnsHostnames of the VPC",
        )],
        source: "aws/amazon-ecs-cli#1083; appsmithorg/appsmith-docs#2234; aws/copilot-cli#5419",
    },
    Cause {
        id: "efs-mount-failed",
        when: &[
            CauseSign::Said("failed to invoke EFS utils commands to set up EFS"),
            CauseSign::Said("VolumeDriver.Create: mounting volume failed"),
        ],
        cause: "the EFS file system could not be mounted; the text after stderr, if any, says why",
        cure: &[SuggestionPart::text(
            "aws efs describe-mount-targets --file-system-id FS; let the task's security group \
                 in there on port 2049, and check rootDirectory, the access point and \
                 elasticfilesystem:ClientMount of the task role",
        )],
        source: "Amazon EFS user guide, Troubleshooting mount issues; aws/amazon-ecs-agent, \
                 agent/taskresource/volume/dockervolume.go (Create); aws/amazon-ecs-init#301",
    },
    Cause {
        id: "volume-timed-out",
        when: &[CauseSign::Said("Could not transition to creating volume")],
        cause: "the volume's driver did not create it in time; for EFS mostly because no mount \
                 target answers",
        cure: &[
            SuggestionPart::text(
                "aws efs describe-mount-targets --file-system-id FS; let the instance's security \
                 group in there on port 2049, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/dockerclient/dockerapi/docker_client.go (CreateVolume), \
                 agent/taskresource/volume/dockervolume.go",
    },
    Cause {
        id: "volume-not-inspected",
        when: &[CauseSign::Said("Could not transition to inspecting volume")],
        cause: "Docker, or the volume's driver, did not say in 5 minutes whether the shared volume is on the \
                 instance",
        cure: &[
            SuggestionPart::text(
                "docker volume inspect NAME on the instance shows whether it still hangs; restart the driver or \
                 Docker there (sudo systemctl restart docker ecs), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/dockerclient/dockerapi/docker_client.go (InspectVolume), \
                 agent/dockerclient/timeout.go, agent/api/task/task.go (addSharedVolumes)",
    },
    Cause {
        id: "volume-plugin-missing",
        when: &[
            CauseSign::Said("error looking up volume plugin"),
            CauseSign::Said("driver type * not supported"),
        ],
        cause: "the volume's Docker plugin is not there or does not run on the instance (for EFS: \
                 amazon-ecs-volume-plugin of ecs-init)",
        cure: &[
            SuggestionPart::text(
                "on the instance sudo systemctl enable --now amazon-ecs-volume-plugin and sudo \
                 systemctl restart docker ecs, or move to the current ECS-optimized AMI; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/efs-utils#134; aws/amazon-ecs-agent, agent/taskresource/volume/dockervolume.go \
                 (Create); aws/amazon-ecs-agent, agent/taskresource/volume",
    },
    Cause {
        id: "image-volume-on-windows",
        when: &[CauseSign::Said("Dockerfile contains VOLUME instruction")],
        cause: "Fargate takes no Windows image whose Dockerfile has a VOLUME line",
        cure: &[
            SuggestionPart::text("build the image without VOLUME, or run the service on EC2; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "jenkinsci/amazon-ecs-plugin#334",
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
    Cause {
        id: "instance-data-not-writable",
        when: &[
            CauseSign::Said("Unable to initialize resource directory"),
            CauseSign::Said("Unable to initialize envfile resource directory"),
        ],
        cause: "the agent could not write its files for the task on the instance: the disk is full, \
                 or it lacks rights there",
        cure: &[
            SuggestionPart::text(
                "on the instance df -h /var/lib/ecs/data and free the disk, or replace the instance; \
                 then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "aws/amazon-ecs-agent, agent/taskresource/firelens/firelens_unix.go \
                 (createDirectories), envFiles/envfile.go (createEnvfileDirectory)",
    },
    Cause {
        id: "firelens-config-reference-malformed",
        when: &[CauseSign::Said("firelens s3 config file: unable to parse")],
        cause: "config-file-value of firelensConfiguration is no ARN of a file in Amazon S3",
        cure: &[
            SuggestionPart::text(
                "write `config-file-value: arn:aws:s3:::BUCKET/KEY` in \
                 firelensConfiguration.options, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/taskresource/firelens/firelens_unix.go \
                 (downloadConfigFromS3)",
    },
    Cause {
        id: "firelens-config-not-fetched",
        when: &[CauseSign::Said("Unable to download firelens s3 config file")],
        cause: "FireLens could not read its configuration from Amazon S3: the role may not, the \
                 file is not there, or the region is unknown (Fargate takes config-file-type file \
                 only)",
        cure: &[
            SuggestionPart::text(
                "allow s3:GetObject on the file and s3:GetBucketLocation on its bucket to the \
                 execution role, and check it with aws s3 ls; on Fargate put the file into the image \
                 of the log router and set `config-file-type: file`; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/taskresource/firelens/firelens_unix.go \
                 (downloadConfigFromS3); Amazon ECS developer guide, Example Amazon ECS task \
                 definition: FireLens custom configuration",
    },
    Cause {
        id: "firelens-options-invalid",
        when: &[
            CauseSign::Said("error parsing firelens options"),
            CauseSign::Said("Invalid firelens configuration type"),
            CauseSign::Said("unsupported firelens config type"),
            CauseSign::Said("encounter invalid firelens configuration type"),
            CauseSign::Said("unable to initialize firelens resource: option"),
        ],
        cause: "firelensConfiguration has a value that the agent does not take: type is fluentbit \
                 or fluentd, config-file-type is s3 or file (on Fargate file)",
        cure: &[
            SuggestionPart::text("correct the value that the message names, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/taskresource/firelens/firelens_unix.go (Create, \
                 parseOptions)",
    },
    Cause {
        id: "firelens-output-missing",
        when: &[
            CauseSign::Said("Unable to generate firelens config file"),
            CauseSign::Said("missing output key"),
        ],
        cause: "a container with the log driver awsfirelens has options that FireLens can't use; \
                 most often the output plugin's name is missing",
        cure: &[
            SuggestionPart::text(
                "set `Name` (fluentbit; fluentd: `@type`) in logConfiguration.options, such as \
                 `Name: cloudwatch_logs`, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/taskresource/firelens/firelens_unix.go (Create), \
                 firelensconfig_unix.go",
    },
    Cause {
        id: "firelens-address-missing",
        when: &[
            CauseSign::Said("resolve Firelens bridge IP"),
            CauseSign::Said("Bridge IP not available to use for firelens"),
            CauseSign::Said("unable to get BridgeIP for task"),
        ],
        cause: "the log router (FireLens) has no address on the instance yet, mostly because it \
                 ended at once",
        cure: &[
            SuggestionPart::text("look at the log router's exit code and reason: "),
            SuggestionPart::command("tasks", "SERVICE --stopped"),
            SuggestionPart::text("; make it essential"),
        ],
        source: "aws/amazon-ecs-agent, agent/engine/docker_task_engine.go (createContainer, \
                 startContainer)",
    },
    Cause {
        id: "log-secret-missing",
        when: &[CauseSign::Said(
            "config to create firelens container: missing secret value",
        )],
        cause: "a value of logConfiguration.secretOptions could not be read",
        cure: &[
            SuggestionPart::text("check its valueFrom, and that the execution role may read it, then "),
            SuggestionPart::command("deploy", "--force"),
        ],
        source: "aws/amazon-ecs-agent, agent/api/task/task.go \
                 (PopulateSecretLogOptionsToFirelensContainer)",
    },
    Cause {
        id: "volume-owner-not-copied",
        when: &[
            CauseSign::Said("failed to copy file info for"),
            CauseSign::Said("failed to chown /var/lib/ecs/volumes"),
        ],
        cause: "Docker copies owner and mode of the image's directory to the volume, and an EFS \
                 access point with a POSIX user forbids it",
        cure: &[
            SuggestionPart::text(
                "give the directory in the image the access point's owner (RUN chown UID:GID \
                 DIRECTORY), or mount at a containerPath that the image does not have; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent#4702; aws-samples/drupal-on-ecs-fargate#2",
    },
    Cause {
        id: "shared-volume-missing",
        when: &[
            CauseSign::Said("autoprovision is set to false"),
            CauseSign::Said("volume detection failed, volume"),
        ],
        cause: "the shared Docker volume is not on this instance, and the task definition does not \
                 let ECS create it",
        cure: &[
            SuggestionPart::text("set `autoprovision: true` in dockerVolumeConfiguration, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/api/task/task.go (addSharedVolumes)",
    },
    Cause {
        id: "shared-volume-differs",
        when: &[CauseSign::Said("volume does not match existing volume")],
        cause: "the instance has a volume of this name with other options or labels \
                 (ECS_SHARED_VOLUME_MATCH_FULL_CONFIG is on)",
        cure: &[
            SuggestionPart::text(
                "give the volume another name, or the driverOpts and labels of the existing one; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/api/task/task.go (addSharedVolumes)",
    },
    Cause {
        id: "volume-scope-wrong",
        when: &[CauseSign::Said("task scoped volume could not be autoprovisioned")],
        cause: "dockerVolumeConfiguration sets autoprovision for a volume of scope task",
        cure: &[
            SuggestionPart::text("remove autoprovision, or set `scope: shared`; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/taskresource/volume/dockervolume.go (NewVolumeResource)",
    },
    Cause {
        id: "volume-resource-failed",
        when: &[CauseSign::Said(
            "VolumeError: Agent could not create task's volume",
        )],
        cause: "the agent could not create a volume of the task on the instance; its log says which",
        cure: &[SuggestionPart::text(
            "on the instance grep -i volume /var/log/ecs/ecs-agent.log; compare `volumes` of the \
                 task definition",
        )],
        source: "aws/amazon-ecs-agent, agent/taskresource/volume/dockervolume.go \
                 (resourceProvisioningError)",
    },
    Cause {
        id: "mount-names-no-volume",
        when: &[CauseSign::Said("Invalid volume referenced")],
        cause: "mountPoints names a volume that the task definition does not have",
        cure: &[
            SuggestionPart::text("add it to `volumes`, or correct sourceVolume; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/api/task/task.go (dockerHostBinds)",
    },
    Cause {
        id: "volumes-from-missing",
        when: &[
            CauseSign::Said("Volume target not available"),
            CauseSign::Said("could not find volume source container"),
        ],
        cause: "volumesFrom names a container that the task does not have, or that was not created",
        cure: &[
            SuggestionPart::text("correct sourceContainer in volumesFrom, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/api/task/task.go (dockerVolumesFrom)",
    },
    Cause {
        id: "volume-not-prepared",
        when: &[CauseSign::Said(
            "Unable to resolve volume mounts; invalid path: *;  -> /",
        )],
        cause: "the agent could not create the directory of an empty volume on the instance, mostly \
                because its disk is full",
        cure: &[SuggestionPart::text(
            "on the instance: docker system prune -a, or replace it with one that has a larger \
                 volume",
        )],
        source: "aws/amazon-ecs-agent#321",
    },
    Cause {
        id: "mount-without-path",
        when: &[
            CauseSign::Said("Unable to resolve volume mounts; invalid path"),
            CauseSign::Said("field Source must not be empty"),
        ],
        cause: "a mount lacks a path: containerPath of the mount point, or the volume's source path",
        cure: &[
            SuggestionPart::text(
                "set containerPath in mountPoints and, for a directory of the instance, \
                 host.sourcePath in `volumes`; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/api/task/task.go (dockerHostBinds); \
                 aws/amazon-ecs-cli#1098",
    },
    Cause {
        id: "mount-path-relative",
        when: &[
            CauseSign::Said("invalid mount path*must be absolute"),
            CauseSign::Said("invalid volume specification"),
        ],
        cause: "a mount point's containerPath or the volume's source path does not start with /, \
                or contains a colon",
        cure: &[
            SuggestionPart::text("write the whole path (/data) for containerPath and sourcePath, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby, volume/mounts/validate.go and parser.go",
    },
    Cause {
        id: "mount-path-twice",
        when: &[CauseSign::Said("Duplicate mount point")],
        cause: "two mount points of the container have the same containerPath",
        cure: &[
            SuggestionPart::text(
                "give each mount point its own containerPath (volumesFrom adds those of another \
                container), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby, volume/mounts (Duplicate mount point)",
    },
    Cause {
        id: "volume-over-devices",
        when: &[CauseSign::Said("error creating device nodes")],
        cause: "the container's device files can't be made, mostly because a volume (EFS) is \
                 mounted over / or /dev",
        cure: &[
            SuggestionPart::text(
                "mount it at a directory of its own, such as `containerPath: /mnt/data`, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent#3526",
    },
    Cause {
        id: "user-not-in-image",
        when: &[
            CauseSign::Said("unable to find user "),
            CauseSign::Said("mount callback failed on*/etc/passwd: no such file"),
            CauseSign::Said("unable to set up user: no such user"),
        ],
        cause: "the user that the container is to run as is not in the image's /etc/passwd, or the \
                 image has no such file",
        cure: &[
            SuggestionPart::text(
                "use a number (`USER 1000` in the Dockerfile, or `user: \"1000\"`), or create the \
                 user in the Dockerfile; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Overv/openstreetmap-tile-server#87; YelpArchive/dockersh#28; \
                 aws-samples/net-modernization#13; moby/sys, user/user.go (GetExecUser)",
    },
    Cause {
        id: "credential-spec-invalid",
        when: &[
            CauseSign::Said("Unsupported credentialspec ARN"),
            CauseSign::Said("The provided SSM parameter:*is in an invalid format"),
            CauseSign::Said("Error unmarshalling credentialspec"),
            CauseSign::Said("invalid credentialspec file specification"),
        ],
        cause: "credentialSpecs is not what the agent reads: an ARN of S3 or of an SSM parameter, \
                 whose text is JSON",
        cure: &[
            SuggestionPart::text(
                "correct the ARN in credentialSpecs (arn:aws:s3:::BUCKET/KEY or \
                 arn:aws:ssm:REGION:ACCOUNT:parameter/NAME) or the JSON behind it, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/taskresource/credentialspec/credentialspec_linux.go",
    },
    Cause {
        id: "credential-spec-missing",
        when: &[CauseSign::Said("unable to fetch task resource credentialspec")],
        cause: "the agent did not set up the task's credential spec (gMSA)",
        cure: &[
            SuggestionPart::text(
                "on the instance sudo systemctl status credentials-fetcher; check the credential \
                 spec and the domain user's secret, then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "aws/amazon-ecs-agent, agent/engine/docker_task_engine.go (createContainer)",
    },
    Cause {
        id: "fsx-credentials-reference-wrong",
        when: &[CauseSign::Said("Unsupported credentialsParameter")],
        cause: "credentialsParameter of the FSx volume is an ARN of another service",
        cure: &[
            SuggestionPart::text(
                "name a secret of Secrets Manager or an SSM parameter in \
                 authorizationConfig.credentialsParameter, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, \
                 agent/taskresource/fsxwindowsfileserver/fsxwindowsfileserver_windows.go \
                 (retrieveCredentials)",
    },
    Cause {
        id: "fsx-denied",
        when: &[CauseSign::Said("Fsx describing filesystem*AccessDenied")],
        cause: "the execution role may not look up the FSx file system",
        cure: &[
            SuggestionPart::text(
                "allow fsx:DescribeFileSystems to the task definition's executionRoleArn, then ",
            ),
            SuggestionPart::command("deploy", "--force"),
        ],
        source: "aws/amazon-ecs-agent, agent/fsx/fsx.go (GetFileSystemDNSNames)",
    },
    Cause {
        id: "cgroup-not-created",
        when: &[
            CauseSign::Said("CgroupError: Agent could not"),
            CauseSign::Said("setup cgroup: unable to create cgroup"),
            CauseSign::Said("unable to obtain cgroup root for task"),
        ],
        cause: "the agent could not create the task's cgroup on the instance, mostly because the \
                 kernel's memory cgroup is off (Raspberry Pi, Ubuntu as an external instance)",
        cure: &[
            SuggestionPart::text(
                "on the instance grep memory /proc/cgroups; turn it on with cgroup_enable=memory in \
                 the kernel's command line, reboot, and update the agent; then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "aws/amazon-ecs-agent#3834 and #2917; agent/taskresource/cgroup/cgroup.go \
                 (resourceProvisioningError)",
    },
    Cause {
        id: "link-invalid",
        when: &[
            CauseSign::Said("Invalid link format"),
            CauseSign::Said("Link target not available"),
            CauseSign::Said("could not find container for link"),
        ],
        cause: "`links` of a container has another form than NAME:ALIAS, or names a container that \
                 the task does not have",
        cure: &[
            SuggestionPart::text(
                "correct `links`, or use networkMode: awsvpc, where containers meet at localhost; \
                 then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/api/task/task.go (dockerLinks)",
    },
    Cause {
        id: "firelens-container-missing",
        when: &[
            CauseSign::Said("there's no firelens container"),
            CauseSign::Said("unable to add firelens container dependency"),
            CauseSign::Said("firelens container config doesn't exist"),
        ],
        cause: "a container logs with awsfirelens, and the task has no container with \
                 firelensConfiguration",
        cure: &[
            SuggestionPart::text(
                "add a log router (`firelensConfiguration: {type: fluentbit}`) to the task \
                 definition, or use awslogs; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/api/task/task.go (addFirelensContainerDependency)",
    },
    Cause {
        id: "gmsa-user-not-usable",
        when: &[
            CauseSign::Said("failed to create kerberos tickets"),
            CauseSign::Said("credentials for domainless gMSA user"),
            CauseSign::Said("failed to parse asmSecretData for the gMSA"),
        ],
        cause: "the domain user of the credential spec (gMSA) can't be used: its secret is not \
                 readable or not of the form that ECS reads, or the domain refuses it",
        cure: &[
            SuggestionPart::text(
                "check the secret's JSON (username, password, domainName) and that the instance \
                 reaches the domain controllers, then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "aws/amazon-ecs-agent, agent/taskresource/credentialspec/credentialspec_linux.go; \
                 Amazon ECS developer guide, Using gMSA for EC2 Linux containers",
    },
    Cause {
        id: "fsx-not-mounted",
        when: &[
            CauseSign::Said("invalid credentials for mounting fsxwindowsfileserver"),
            CauseSign::Said("failed to verify fsxwindowsfileserver resource map"),
        ],
        cause: "the instance could not mount the FSx share: the user in credentialsParameter, the \
                 domain, or the network refuses it",
        cure: &[
            SuggestionPart::text(
                "check user and password behind credentialsParameter (DOMAIN\\USER) and that the \
                 instance has joined the domain, then ",
            ),
            SuggestionPart::command("deploy", "--force"),
        ],
        source: "aws/amazon-ecs-agent, \
                 agent/taskresource/fsxwindowsfileserver/fsxwindowsfileserver_windows.go",
    },
    Cause {
        id: "ebs-key-not-usable",
        when: &[CauseSign::Said(
            "failed to set up the EBS volume*IdempotentParameterMismatch",
        )],
        cause: "the volume's KMS key does not exist, or its policy does not let the \
                 infrastructure role use it",
        cure: &[
            SuggestionPart::text(
                "check kmsKeyId of the volume and the policy of the key (aws kms \
                 get-key-policy --key-id KEY --policy-name default); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Status reasons for Amazon EBS volume \
                 attachment to Amazon ECS tasks",
    },
    Cause {
        id: "log-driver-died",
        when: &[CauseSign::Said("logging binary did not call ready")],
        cause: "the log driver's process ended before the container started",
        cure: &[
            SuggestionPart::text(
                "check logConfiguration: its log group and region, and the permissions \
                 for logs of the execution role; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "containerd/containerd, cmd/containerd-shim-runc-v2/process/io.go",
    },
    Cause {
        id: "group-not-in-image",
        when: &[CauseSign::Said("unable to find group")],
        cause: "the group that the container is to run as is not in the image's /etc/group",
        cure: &[
            SuggestionPart::text(
                "name numbers (`user: \"1000:1000\"`) or create the group in the \
                 Dockerfile; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/sys, user/user.go",
    },
    Cause {
        id: "kerberos-ticket-missing",
        when: &[CauseSign::Said("unable to fetch valid credentialspec mapping")],
        cause: "the agent has no Kerberos ticket for the container's credential spec",
        cure: &[
            SuggestionPart::text(
                "on the instance, check sudo systemctl status credentials-fetcher; \
                 correct the credential spec or its domain user; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/engine/docker_task_engine.go",
    },
    Cause {
        id: "fsx-on-linux",
        when: &[CauseSign::Said(
            "FSx for Windows File Server volumes is only supported",
        )],
        cause: "a task with an FSx for Windows volume was placed on a Linux instance",
        cure: &[
            SuggestionPart::text(
                "place the task on Windows instances \
                 (runtimePlatform.operatingSystemFamily), or remove the volume; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/api/task/task_linux.go",
    },
    Cause {
        id: "host-path-missing",
        when: &[CauseSign::Said("bind source path does not exist")],
        cause: "the host path of a volume does not exist on the instance",
        cure: &[
            SuggestionPart::text(
                "create the path on the instances (user data) or correct \
                 host.sourcePath; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby, daemon/volume/mounts/validate.go",
    },
    Cause {
        id: "mount-not-shared",
        when: &[CauseSign::Said("but it is not a shared mount")],
        cause: "a volume asks for shared propagation, but the host's mount is private",
        cure: &[SuggestionPart::text(
            "run sudo mount --make-shared on the mount of the instance, or change \
                 the propagation",
        )],
        source: "moby/moby, daemon/oci_linux.go",
    },
    Cause {
        id: "volume-plugin-mount-failed",
        when: &[CauseSign::Said("VolumeDriver.Mount: ")],
        cause: "the Docker plugin of a volume could not mount it; the text after \
                VolumeDriver.Mount says why",
        cure: &[
            SuggestionPart::text(
                "aws ecs describe-container-instances names the instance: read the plugin's \
                log there (journalctl -u docker); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "cloudstax/firecamp#46",
    },
    Cause {
        id: "log-server-certificate",
        when: &[
            CauseSign::Said("initialize logging driver: tls: failed to verify"),
            CauseSign::Said("initialize logging driver: x509: "),
        ],
        cause: "the log driver does not trust the certificate of the server that logConfiguration \
                 names",
        cure: &[
            SuggestionPart::text(
                "have the server use a certificate of an authority that the instance knows, or name the authority's file on the instance (syslog-tls-ca-cert, splunk-capath); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Docker documentation, Syslog logging driver and Splunk logging driver (options); \
                 golang/go, src/crypto/tls/common.go (CertificateVerificationError)",
    },
    Cause {
        id: "log-syslog-missing",
        when: &[CauseSign::Said("Unix syslog delivery error")],
        cause: "the log driver is syslog without an address, and no syslog server runs on the \
                 instance",
        cure: &[
            SuggestionPart::text(
                "set syslog-address in logConfiguration.options, start rsyslog on the instances, or use awslogs; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker/for-mac#3303; docker/compose#1816; boot2docker/boot2docker#837",
    },
    Cause {
        id: "log-stream-not-created",
        when: &[CauseSign::Said("failed to create Cloudwatch log")],
        cause: "the log driver could not create its log stream: the log group is missing, the role \
                 may not, or CloudWatch Logs is not reached; ECS has cut off which",
        cure: &[
            SuggestionPart::text(
                "check awslogs-group and awslogs-region (aws logs describe-log-groups), and allow logs:CreateLogStream and logs:PutLogEvents to the execution role (EC2: also the instance's role); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Send Amazon ECS logs to CloudWatch; moby/moby, \
                 daemon/logger/awslogs/cloudwatchlogs.go (create)",
    },
];
