//! Examples of the causes in `table/init.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::{container_not_started, event, not_started};

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "logs-unreachable",
        &[
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to create Cloudwatch log stream: RequestError: send request failed caused by: Post https://logs.us-east-2.amazonaws.com/: dial tcp 10.20.10.16:443: i/o time",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to create Cloudwatch log group: RequestError: send request failed caused by: Post https://logs.us-east-2.amazonaws.com/: dial tcp 10.20.10.16:443: i/o timeout",
            ),
            not_started(
                "ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon \
             CloudWatch log group defined in the task definition. There is a connection issue between the \
             task and Amazon CloudWatch. Check your network configuration. : signal: killed",
            ),
            not_started("ResourceInitializationError: failed to validate logger args: : signal: killed"),
            not_started(
                "ResourceInitializationError: failed to validate logger args: create stream has been \
                 retried 1 times: failed to create Cloudwatch log stream: RequestError: send request \
                 failed caused by: Post \"https://logs.us-east-1.amazonaws.com/\": dial tcp \
                 3.236.94.1:443: i/o timeout : exit status 1",
            ),
        ],
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
            not_started("ResourceInitializationError: failed to initialize logging driver"),
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
        "log-option-missing",
        &[not_started(
            "ResourceInitializationError: failed to validate logger args: unable to get awslogs \
                 driver arguments: awslogs-region is required",
        )],
    ),
    (
        "log-driver-unreachable",
        &[
            container_not_started(
                "Failed to initialize logging driver: splunk: failed to verify connection - 504 GATEWAY_TIMEOUT - ",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: lookup fluentd: i/o timeout",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to initialize logging \
                 driver: dial tcp 127.0.0.1:24224: connect: connection refused",
            ),
        ],
    ),
    (
        "log-option-unknown",
        &[
            container_not_started(
                "CannotCreateContainerError: Error response from daemon: unknown log opt \
                 'awslogs-prefix' for awslogs log driver",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to initialize logging \
                 driver: logger: no log driver named 'splunk2' is registered",
            ),
        ],
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
        &[
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: \
             CredentialsEndpointError: failed to load credentials caused by: RequestError: send request \
             failed caused by: Get http://169.254.170.2/v2/credentials/",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to initialize logging \
                 driver: NoCredentialProviders: no valid providers in chain. Deprecated. For verbose \
                 messaging see aws.Config.CredentialsChainVerboseErrors.",
            ),
        ],
    ),
    (
        "efs-denied",
        &[
            not_started(
                "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: \
             stderr: b'mount.nfs4: access denied by server while mounting \
             fs-065b374f6a1a6b4c8.efs.us-east-1.amazonaws.com:/' : unsuccessful EFS utils command \
             execution; code: 32",
            ),
            not_started(
                "Error response from daemon: create efsvolume0: VolumeDriver.Create: mounting volume \
                 failed: mount.nfs4: access denied by server while mounting 127.0.0.1:/",
            ),
        ],
    ),
    (
        "efs-unreachable",
        &[
            not_started(
                "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: \
             stderr: mount.nfs4: Connection reset by peer : unsuccessful EFS utils command execution; \
             code: 32",
            ),
            not_started(
                "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS \
                 volumes: stderr: Mount attempt 1/3 failed due to timeout after 15 sec, wait 0 sec \
                 before next attempt. Mount attempt 2/3 failed due to timeout after 15 sec, wait 0 \
                 sec before next attempt. b'mount.nfs4: Connection timed out' : unsuccessful EFS \
                 utils command execution; code: 32",
            ),
            not_started(
                "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS \
                 volumes: stderr: b'mount.nfs4: Connection timed out' : unsuccessful EFS utils \
                 command execution; code: 32",
            ),
            not_started(
                "Error response from daemon: create efsvolume0: VolumeDriver.Create: mounting volume \
                 failed: mount.nfs4: Connection reset by peer",
            ),
        ],
    ),
    (
        "efs-directory-missing",
        &[
            not_started(
                "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: \
             stderr: b'mount.nfs4: mounting fs-12345678.efs.us-east-1.amazonaws.com:/grafana failed, reason \
             given by server: No such file or directory' : unsuccessful EFS utils command execution; code: \
             32",
            ),
            not_started(
                "Error response from daemon: create efsvolume0: VolumeDriver.Create: mounting volume \
                 failed: mount.nfs4: mounting fs-1.efs.us-east-1.amazonaws.com:/data failed, reason \
                 given by server: No such file or directory",
            ),
        ],
    ),
    (
        "efs-name-unresolved",
        &[
            not_started(
                "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: \
             stderr: Failed to resolve \"fs-01bd17a53b98b8014.efs.eu-west-1.amazonaws.com\" - check that \
             your file system ID is correct, and ensure that the VPC has an EFS mount target for this file \
             system ID.",
            ),
            not_started(
                "Error response from daemon: create efsvolume0: VolumeDriver.Create: mounting volume \
                 failed: Failed to resolve \"fs-1.efs.us-east-1.amazonaws.com\" - check that your \
                 file system ID is correct",
            ),
        ],
    ),
    ("volume-not-created", &[not_started("CannotCreateVolumeError")]),
    (
        "device-missing",
        &[container_not_started(
            "CannotStartContainerError: Error response from daemon: error gathering device information \
             while adding custom device \"/dev/dri/renderD130\": no such file or directory",
        )],
    ),
    (
        "instance-data-not-writable",
        &[
            not_started(
                "Unable to initialize resource directory /data/firelens/0123456789abcdef: unable to \
                 create config directory: mkdir /data/firelens/0123456789abcdef/config: no space \
                 left on device",
            ),
            not_started(
                "Unable to initialize envfile resource directory, error: unable to create envfiles \
                 directory with bucket my-bucket: mkdir \
                 /data/envfiles/default/0123456789abcdef/my-bucket: no space left on device",
            ),
        ],
    ),
    (
        "firelens-config-reference-malformed",
        &[not_started(
            "Unable to download firelens s3 config file: unable to parse bucket and key from s3 \
                 arn: invalid s3 arn: my-bucket/fluent.conf",
        )],
    ),
    (
        "firelens-config-not-fetched",
        &[not_started(
            "Unable to download firelens s3 config file: unable to download s3 config extra.conf \
                 from bucket mybucket: MissingRegion: could not find region configuration",
        )],
    ),
    (
        "firelens-options-invalid",
        &[
            not_started("Invalid firelens configuration type: logstash"),
            not_started(
                "resource cannot be initialized for task \
                 arn:aws:ecs:us-west-2:123456789012:task/default/0123456789abcdef0123456789abcdef: \
                 unable to initialize firelens resource: error parsing firelens options: invalid \
                 value http is specified for option config-file-type",
            ),
            not_started("unsupported firelens config type logstash"),
            not_started("encounter invalid firelens configuration type logstash"),
            not_started(
                "resource cannot be initialized for task arn: unable to initialize firelens \
                 resource: option config-file-type is specified but config-file-value is not \
                 specified",
            ),
        ],
    ),
    (
        "firelens-output-missing",
        &[
            not_started(
                "Unable to generate firelens config file: unable to generate firelens config: unable \
                 to apply log options of container web to firelens config: missing output key Name \
                 which is required for firelens configuration of type fluentbit",
            ),
            not_started(
                "unable to apply log options of container web to firelens config: missing output key \
                 @type which is required for firelens configuration of type fluentd",
            ),
        ],
    ),
    (
        "firelens-address-missing",
        &[
            container_not_started(
                "CannotCreateContainerError: failed to create container - container uses awsfirelens \
                 log driver but we failed to resolve Firelens bridge IP: could not find pause \
                 container ~internal~ecs~pause-log_router for task container log_router",
            ),
            container_not_started("CannotStartContainerError: Bridge IP not available to use for firelens"),
            container_not_started("DockerClientConfigError: unable to get BridgeIP for task in bridge mode"),
        ],
    ),
    (
        "log-secret-missing",
        &[container_not_started(
            "DockerClientConfigError: unable to generate config to create firelens container: \
                 missing secret value for secret apikey",
        )],
    ),
    (
        "efs-mount-failed",
        &[
            not_started(
                "Error response from daemon: create efsvolume0: VolumeDriver.Create: mounting volume \
                 failed: exit status 32",
            ),
            not_started(
                "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS \
                 volumes: stderr: unexpected",
            ),
        ],
    ),
    (
        "volume-timed-out",
        &[not_started(
            "Could not transition to creating volume; timed out after waiting 5m0s",
        )],
    ),
    (
        "volume-not-inspected",
        &[not_started(
            "resource cannot be initialized for task \
             arn:aws:ecs:us-west-2:123456789012:task/default/0123456789abcdef0123456789abcdef: \
             initialize volume: volume detection failed, volume 'data' does not exist and autoprovision is set to \
             false: Could not transition to inspecting volume; timed out after waiting 5m0s",
        )],
    ),
    (
        "volume-plugin-missing",
        &[
            not_started(
                "Error response from daemon: create xxx: error looking up volume plugin \
                 amazon-ecs-volume-plugin: plugin \"amazon-ecs-volume-plugin\" not found",
            ),
            not_started("Volume data's driver type nfs not supported: unsupported volume type"),
        ],
    ),
    (
        "image-volume-on-windows",
        &[container_not_started(
            "CannotCreateVolumeError: unsupported: Dockerfile contains VOLUME instruction",
        )],
    ),
    (
        "volume-owner-not-copied",
        &[container_not_started(
            "CannotCreateContainerError: Error response from daemon: failed to copy file info \
                 for /var/lib/ecs/volumes/ecs-web-2-config-b4b9: failed to chown \
                 /var/lib/ecs/volumes/ecs-web-2-config-b4b9: lchown \
                 /var/lib/ecs/volumes/ecs-web-2-config-b4b9: operation not permitted",
        )],
    ),
    (
        "shared-volume-missing",
        &[not_started(
            "resource cannot be initialized for task \
                 arn:aws:ecs:us-west-2:123456789012:task/default/0123456789abcdef0123456789abcdef: \
                 initialize volume: volume detection failed, volume 'data' does not exist and \
                 autoprovision is set to false: Error: No such volume: data",
        )],
    ),
    (
        "shared-volume-differs",
        &[
            not_started(
                "resource cannot be initialized for task \
                 arn:aws:ecs:us-west-2:123456789012:task/default/0123456789abcdef0123456789abcdef: \
                 initialize volume: non-autoprovisioned volume does not match existing volume \
                 options: existing: map[type:nfs], expected: map[type:tmpfs]",
            ),
            not_started(
                "resource cannot be initialized for task arn: intialize volume: non-autoprovisioned \
                 volume does not match existing volume labels: existing: map[a:b], expected: map[]",
            ),
        ],
    ),
    (
        "volume-scope-wrong",
        &[not_started(
            "resource cannot be initialized for task \
                 arn:aws:ecs:us-west-2:123456789012:task/default/0123456789abcdef0123456789abcdef: \
                 volume [data] : task scoped volume could not be autoprovisioned",
        )],
    ),
    (
        "volume-resource-failed",
        &[not_started(
            "VolumeError: Agent could not create task's volume resources",
        )],
    ),
    (
        "mount-names-no-volume",
        &[container_not_started(
            "HostConfigError: Invalid volume referenced: data",
        )],
    ),
    (
        "volumes-from-missing",
        &[
            container_not_started("HostConfigError: Volume target not available: data"),
            container_not_started("HostConfigError: could not find volume source container with name data"),
        ],
    ),
    (
        "mount-without-path",
        &[
            container_not_started(
                "HostConfigError: Unable to resolve volume mounts; invalid path: web data; /ecs/data \
                 -> ",
            ),
            container_not_started("invalid mount config for type \"bind\": field Source must not be empty"),
        ],
    ),
    (
        "mount-path-relative",
        &[
            container_not_started(
                "CannotCreateContainerError: Error response from daemon: invalid mount config for \
                type \"volume\": invalid mount path: 'data' mount path must be absolute",
            ),
            container_not_started(
                "CannotCreateContainerError: Error response from daemon: invalid volume \
                specification: '/ecs/data:data:rw'",
            ),
        ],
    ),
    (
        "mount-path-twice",
        &[container_not_started(
            "CannotCreateContainerError: Error response from daemon: Duplicate mount point: \
                /data",
        )],
    ),
    (
        "volume-over-devices",
        &[container_not_started(
            "CannotStartContainerError: ResourceInitializationError: failed to create new \
                 container runtime task: failed to create shim task: OCI runtime create failed: runc \
                 create failed: unable to start container process: error during container init: \
                 error creating device nodes: mknod /run/containerd/rootfs/dev/null: errno 524: \
                 unknown",
        )],
    ),
    (
        "user-not-in-image",
        &[
            container_not_started("unable to find user www-data: no matching entries in passwd file"),
            container_not_started(
                "linux spec user: unable to find user dsh: no matching entries in passwd file",
            ),
            container_not_started(
                "CannotStartContainerError: ResourceInitializationError: unable to create new \
                 container: mount callback failed on /tmp/containerd-mount916692511: open \
                 /tmp/containerd-mount916692511/etc/passwd: no such file or directory",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to create task for \
                container: failed to create shim task: OCI runtime create failed: runc create \
                failed: unable to start container process: error during container init: unable \
                to set up user: no such user: unknown",
            ),
        ],
    ),
    (
        "credential-spec-invalid",
        &[
            not_started("Unsupported credentialspec ARN, only s3/ssm ARNs are valid"),
            not_started("The provided SSM parameter:param/gmsa is in an invalid format"),
            not_started(
                "Error unmarshalling credentialspec domainless {\"xyz\"} : invalid character '}' \
                 after object key",
            ),
            not_started("invalid credentialspec file specification"),
        ],
    ),
    (
        "credential-spec-missing",
        &[container_not_started(
            "DockerClientConfigError: unable to fetch task resource credentialspec",
        )],
    ),
    (
        "fsx-credentials-reference-wrong",
        &[not_started(
            "Unsupported credentialsParameter, only ssm/secretsmanager ARNs are valid",
        )],
    ),
    (
        "fsx-denied",
        &[not_started(
            "Fsx describing filesystem(s) from the service for [fs-0123456789abcdef0]: \
                 AccessDeniedException",
        )],
    ),
    (
        "cgroup-not-created",
        &[
            not_started("CgroupError: Agent could not create task's platform resources"),
            not_started(
                "cgroup resource: setup cgroup: unable to create cgroup \
                taskARN=arn:aws:ecs:us-east-1:123456789012:task/web/0a1b cgroupPath=/ecs/0a1b \
                cgroupV2=false err=cgroups: cannot find cgroup mount destination",
            ),
            not_started(
                "task cgroup override: unable to obtain cgroup root for task: unable to parse \
                task ARN",
            ),
        ],
    ),
    (
        "link-invalid",
        &[
            container_not_started("HostConfigError: Invalid link format"),
            container_not_started("HostConfigError: Link target not available: db"),
            container_not_started("could not find container for link db:db"),
        ],
    ),
    (
        "firelens-container-missing",
        &[
            not_started("unable to add firelens container dependency because there's no firelens container"),
            not_started(
                "resource cannot be initialized for task arn: unable to add firelens container \
                 dependency",
            ),
            container_not_started("firelens container config doesn't exist"),
        ],
    ),
    (
        "gmsa-user-not-usable",
        &[
            not_started("failed to create kerberos tickets associated service account webapp01: rpc error"),
            not_started(
                "failed to retrieve credentials for domainless gMSA user \
                 arn:aws:secretsmanager:us-west-2:123456789012:secret:gmsa: AccessDeniedException",
            ),
            not_started("failed to parse asmSecretData for the gMSA AD user: unexpected end of JSON input"),
        ],
    ),
    (
        "fsx-not-mounted",
        &[
            not_started(
                "invalid credentials for mounting fsxwindowsfileserver volume on the container \
                 instance",
            ),
            not_started("failed to verify fsxwindowsfileserver resource map on the container instance"),
        ],
    ),
    (
        "ebs-key-not-usable",
        &[event(
            "ECS failed to set up the EBS volume. Encountered \
             IdempotentParameterMismatch\"; \"The client token you have provided is \
             associated with a resource that is already deleted. Please use a different \
             client token.\"",
        )],
    ),
    (
        "log-driver-died",
        &[container_not_started(
            "logging binary did not call ready (it may have crashed or exited prematurely)",
        )],
    ),
    (
        "group-not-in-image",
        &[container_not_started(
            "unable to find group appgroup: no matching entries in group file",
        )],
    ),
    (
        "kerberos-ticket-missing",
        &[container_not_started(
            "DockerClientConfigError: unable to fetch valid credentialspec mapping",
        )],
    ),
    (
        "fsx-on-linux",
        &[not_started(
            "resource cannot be initialized for task \
             arn:aws:ecs:us-west-2:123456789012:task/default/0123456789abcdef0123456789abcdef: \
             task with FSx for Windows File Server volumes is only supported on Windows \
             container instance",
        )],
    ),
    (
        "host-path-missing",
        &[container_not_started(
            "CannotCreateContainerError: Error response from daemon: invalid mount \
             config for type \"bind\": bind source path does not exist: /data/config",
        )],
    ),
    (
        "mount-not-shared",
        &[container_not_started(
            "path /data is mounted on / but it is not a shared mount",
        )],
    ),
    (
        "volume-not-prepared",
        &[container_not_started(
            "HostConfigError: Unable to resolve volume mounts; invalid path: worker-1 -tmp;  -> /tmp",
        )],
    ),
    (
        "efs-refused",
        &[not_started(
            "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: mount.nfs4: Connection refused : unsuccessful EFS utils command execution; code: 32",
        )],
    ),
    (
        "volume-plugin-mount-failed",
        &[container_not_started(
            "CannotStartContainerError: API error (500): error while mounting volume '/var/lib/docker/plugins/2ec1ac405b2314e7a06c414ab0323a74187b49f1b9e9d7dcefb670bff13f599d/rootfs': VolumeDriver.Mount: Mount failed, get service member error Timeout, serviceUUID d5cc",
        )],
    ),
    (
        "firelens-options-missing",
        &[container_not_started(
            "CannotStartContainerError: ResourceInitializationError: failed to initialize logging driver: failed to get fluentd log driver arguments: logging driver specified of container web, but no log configuration specified",
        )],
    ),
    (
        "log-server-certificate",
        &[
            container_not_started(
                "failed to create task for container: failed to initialize logging driver: tls: failed to verify certificate: x509: certificate signed by unknown authority",
            ),
            container_not_started(
                "Error response from daemon: failed to initialize logging driver: x509: certificate signed by unknown authority",
            ),
        ],
    ),
    (
        "log-syslog-missing",
        &[container_not_started(
            "Error response from daemon: failed to initialize logging driver: Unix syslog delivery error.",
        )],
    ),
    (
        "log-stream-not-created",
        &[container_not_started(
            "Error response from daemon: failed to create task for container: failed to initialize logging driver: failed to create Cloudwatch log stream",
        )],
    ),
];
