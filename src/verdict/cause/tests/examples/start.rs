//! Examples of the causes in `table/start.rs`.

use crate::verdict::cause::tests::example::{container_not_started, logged, not_started};
use crate::verdict::cause::{ContainerFacts, FailureFacts};

/// A container that never started because of another one that it depends on, as the agent reports it.
const fn never_started(reason: &'static str) -> FailureFacts<'static> {
    FailureFacts {
        stop_code: Some("EssentialContainerExited"),
        stopped_reason: Some("Essential container in task exited"),
        container: Some(ContainerFacts {
            name: "web",
            exit_code: Some(143),
            reason: Some(reason),
        }),
        ..FailureFacts::NONE
    }
}

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "command-in-one-string",
        &[
            container_not_started(
                "failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: \"/postfix_exporter --postfix.logfile_path=test.log\": stat /postfix_exporter --postfix.logfile_path=test.log: no such file or directory: unknown",
            ),
            container_not_started(
                "CannotStartContainerError: API error (500): Cannot start container 54b6caa1f3d8: [8] System \
             error: exec: \"node index.js -t sockets_transport -i 0\": executable file not found in $PATH",
            ),
            container_not_started(
                "CannotStartContainerError: API error (404): oci runtime error: container_linux.go:247: starting container process caused \"exec: \\\"apt-get update && apt-get -y install php-memcached\\\": executable file not found in $PATH\"",
            ),
        ],
    ),
    (
        "command-not-in-image",
        &[
            container_not_started(
                "CannotStartContainerError: Error response from daemon: OCI runtime create failed: \
                 container_linux.go:380: starting container process caused: exec: \"python\": executable \
                 file not found in $PATH: unknown",
            ),
            container_not_started(
                "Error response from daemon: OCI runtime create failed: container_linux.go:344: \
                 starting container process caused \"exec: \\\"npm\\\": executable file not found in \
                 $PATH\": unknown",
            ),
            container_not_started(
                "crun: executable file `nonexistent` not found in $PATH: No such file or directory: \
                 OCI runtime attempted to invoke a command that was not found",
            ),
            container_not_started(
                "Error response from daemon: container \
                 195e9f7223d4f1f49130aac2655c8f223bbd51924db9c827d4f18e1b02b5b55e encountered an \
                 error during CreateProcess: failure in a Windows system call: The system cannot \
                 find the file specified. (0x2)",
            ),
            container_not_started(
                "failed to start containerd task \
             \"544494bda2d94405c85025aadab41c328224baa1edd2055afb0fee163ae3c50d\": \
             hcs::System::CreateProcess \
             544494bda2d94405c85025aadab41c328224baa1edd2055afb0fee163ae3c50d: The \
             system cannot find the file specified.: unknown",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: container 0a1b2c3d \
                encountered an error during hcsshim::System::CreateProcess: failure in a Windows \
                system call: The system cannot find the file specified. (0x2)",
            ),
        ],
    ),
    (
        "command-file-missing",
        &[
            container_not_started(
                "CannotStartContainerError: ResourceInitializationError: failed to create new container \
             runtime task: OCI runtime create failed: container_linux.go:370: starting container process \
             caused: exec: \"/opt/sonarqube/bin/run.sh\": stat /opt/sonarqube/bin/run.sh: no such file or \
             directory",
            ),
            container_not_started(
                "Error response from daemon: OCI runtime create failed: container_linux.go:344: \
                 starting container process caused \"exec: \\\"/opt/run.sh\\\": stat /opt/run.sh: no \
                 such file or directory\": unknown",
            ),
            container_not_started(
                "CannotStartContainerError: ResourceInitializationError: failed to create new \
                 container runtime task: OCI runtime create failed: container_linux.go:370: starting \
                 container process caused: exec: \"/opt/sonarqube/bin/run.sh\": stat \
                 /opt/sonarqube/bin/run.sh: no s",
            ),
        ],
    ),
    (
        "command-is-directory",
        &[container_not_started(
            "CannotStartContainerError: Error response from daemon: failed to create shim task: \
                 OCI runtime create failed: runc create failed: unable to start container process: \
                 exec: \"/app\": is a directory: unknown",
        )],
    ),
    (
        "command-not-executable",
        &[
            logged(
                1,
                &["[FATAL tini (7)] exec /docker-entrypoint.sh failed: Permission denied"],
            ),
            container_not_started(
                "CannotStartContainerError: API error (500): Cannot start container 0e7230dc3eef: [8] \
                 System error: exec: \"/entrypoint.sh\": permission denied",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to create shim task: OCI \
                 runtime create failed: runc create failed: unable to start container process: exec \
                 /bin/entrypoint.sh: permission denied: unknown",
            ),
            logged(
                1,
                &["standard_init_linux.go:190: exec user process caused \"permission denied\""],
            ),
            container_not_started(
                "Error response from daemon: OCI runtime create failed: container_linux.go:344: \
                 starting container process caused \"exec: \\\"/home/wso2carbon/init.sh\\\": \
                 permission denied\": unknown",
            ),
            container_not_started("crun: open executable: Permission denied: OCI permission denied"),
            container_not_started("crun: open executable: Operation not permitted: OCI permission denied"),
            logged(
                1,
                &["[FATAL tini (2)] exec ./entrypoint.sh failed: Permission denied"],
            ),
            logged(1, &["exec /app/start.sh: permission denied"]),
        ],
    ),
    (
        "command-missing",
        &[container_not_started(
            "CannotCreateContainerError: Error response from daemon: no command specified",
        )],
    ),
    (
        "directory-not-accessible",
        &[container_not_started(
            "Error response from daemon: OCI runtime create failed: container_linux.go:367: \
                 starting container process caused: chdir to cwd (\"/home/atmo\") set in config.json \
                 failed: permission denied: unknown",
        )],
    ),
    (
        "directory-relative",
        &[container_not_started(
            "CannotCreateContainerError: Error response from daemon: the working directory 'app' \
                 is invalid, it needs to be an absolute path",
        )],
    ),
    (
        "exec-format-error",
        &[
            logged(1, &["exec /usr/local/bin/streamlit: exec format error"]),
            logged(
                1,
                &["standard_init_linux.go:228: exec user process caused: exec format error"],
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to create task for \
                 container: failed to create shim task: OCI runtime create failed: runc create \
                 failed: unable to start container process: exec /usr/local/bin/web: exec format \
                 error: unknown",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: OCI runtime create failed: \
                 container_linux.go:380: starting container process caused: exec /web: exec format \
                 error: unknown",
            ),
        ],
    ),
    (
        "script-interpreter-missing",
        &[
            logged(1, &["': No such file or directorycute 'php"]),
            logged(1, &["’: No such file or directory"]),
            logged(1, &["exec ./entrypoint.sh: no such file or directory"]),
            logged(1, &["/usr/bin/env: ‘bash\\r’: No such file or directory"]),
            logged(1, &["/usr/bin/env: 'bash\\r': No such file or directory"]),
            logged(1, &["env: use -[v]S to pass options in shebang lines"]),
            logged(1, &["exec /entrypoint.sh: no such file or directory"]),
            logged(
                1,
                &[
                    "/bin/bash: /entrypoint.sh: /bin/bash^M: bad interpreter: No such file or \
             directory",
                ],
            ),
            logged(
                1,
                &[
                    "[FATAL tini (6)] exec /usr/local/bin/entrypoint.sh failed: No such file or \
             directory",
                ],
            ),
        ],
    ),
    (
        "program-loader-missing",
        &[
            logged(1, &["exec /iroh-relay: no such file or directory"]),
            logged(
                1,
                &["standard_init_linux.go:228: exec user process caused: no such file or directory"],
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to create shim task: \
                 OCI runtime create failed: runc create failed: unable to start container process: \
                 exec /web: no such file or directory: unknown",
            ),
        ],
    ),
    (
        "memory-too-low-to-start",
        &[
            container_not_started(
                "Error response from daemon: OCI runtime create failed: container_linux.go:349: \
                 starting container process caused \"process_linux.go:449: container init caused \
                 \\\"process_linux.go:415: setting cgroup config for procHooks process caused \
                 \\\\\\\"failed to write 4194304 to \
                 /sys/fs/cgroup/memory/docker/1254/memory.limit_in_bytes: device or resource \
                 busy\\\\\\\"\\\"\": unknown",
            ),
            container_not_started(
                "Error response from daemon: OCI runtime create failed: container_linux.go:344: \
                 starting container process caused \"process_linux.go:424: container init caused \
                 \\\"failed to write 5242880 to memory.memsw.limit_in_bytes: write \
                 /sys/fs/cgroup/memory/docker/0e4e/memory.memsw.limit_in_bytes: device or resource \
                 busy\\\"\": unknown",
            ),
            container_not_started(
                "Error response from daemon: OCI runtime start failed: cannot start a container that \
                 has stopped: unknown",
            ),
            container_not_started("Error response from daemon: cannot start a stopped process: unknown"),
            container_not_started(
                "container_linux.go:367: starting container process caused: process_linux.go:348: \
                 copying bootstrap data to pipe caused: write init-p: broken pipe",
            ),
            container_not_started(
                "container_linux.go:367: starting container process caused: process_linux.go:352: \
                 getting the final child's pid from pipe caused: EOF",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to create shim task: \
                 OCI runtime create failed: runc create failed: unable to start container process: \
                 container init was OOM-killed (memory limit too low?): unknown",
            ),
            container_not_started(
                "container_linux.go:367: starting container process caused: \
             process_linux.go:495: container init caused: process_linux.go:458: setting \
             cgroup config for procHooks process caused: unable to set memory limit to \
             1000 (current usage: 1204224, peak usage: 2936832)",
            ),
        ],
    ),
    (
        "memory-below-docker-minimum",
        &[container_not_started(
            "CannotCreateContainerError: Error response from daemon: Minimum memory limit \
                 allowed is 6MB",
        )],
    ),
    (
        "capability-unknown",
        &[
            container_not_started(
                "CannotCreateContainerError: Error response from daemon: invalid CapAdd: unknown \
                 capability: \"CAP_NET_ADMINS\"",
            ),
            container_not_started(
                "CannotCreateContainerError: Error response from daemon: invalid CapDrop: unknown \
                 capability: \"CAP_ALLS\"",
            ),
            container_not_started(
                "capability not supported by your kernel or not available in the current \
                 environment: \"CAP_PERFMON\"",
            ),
        ],
    ),
    (
        "seccomp-filters-full",
        &[container_not_started(
            "CannotStartContainerError: failed to create shim task: OCI runtime create failed: \
                 runc create failed: unable to start container process: error loading seccomp filter \
                 into kernel: error loading seccomp filter: errno 524: unknown",
        )],
    ),
    (
        "ulimit-too-high",
        &[container_not_started(
            "error setting rlimit type 7: operation not permitted",
        )],
    ),
    (
        "sysctl-of-host",
        &[
            container_not_started("sysctl \"vm.max_map_count\" is not in a separate kernel namespace"),
            container_not_started("sysctl \"net.core.somaxconn\" not allowed in host network namespace"),
        ],
    ),
    (
        "sysctl-not-writable",
        &[
            container_not_started(
                "failed to create shim: OCI runtime create failed: container_linux.go:393: starting container process caused: process_linux.go:607: container init caused: write sysctl key net.ipv4.ping_group_range: write /proc/sys/net/ipv4/ping_group_range: invalid argument: unknown.",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to create task for \
                container: failed to create shim task: OCI runtime create failed: runc create \
                failed: unable to start container process: error during container init: write \
                sysctl key net.ipv4.tcp_tw_recycle: open /proc/sys/net/ipv4/tcp_tw_recycle: \
                permission denied: unknown",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: OCI runtime create \
                failed: container_linux.go:349: starting container process caused \
                \"process_linux.go:449: container init caused \\\"write sysctl key \
                net.core.rmem_max: open /proc/sys/net/core/rmem_max: no such file or \
                directory\\\"\": unknown",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to create task for \
                container: failed to create shim task: OCI runtime create failed: runc create \
                failed: unable to start container process: error during container init: open \
                /proc/sys/net/core/rmem_max: no such file or directory: unknown",
            ),
        ],
    ),
    (
        "host-port-in-use",
        &[
            container_not_started(
                "CannotStartContainerError: Error response from daemon: driver failed programming \
                 external connectivity on endpoint ecs-web-1-web \
                 (0d28a52286a8d0277723001a45a9abad14a193f196118234948c6d1ead9b5a57): Bind for \
                 0.0.0.0:5436 failed: port is already allocated",
            ),
            container_not_started("Bind for 0.0.0.0:5436 failed: port is already allocated"),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: driver failed programming \
                 external connectivity on endpoint web (08bb): Error starting userland proxy: listen \
                 tcp4 0.0.0.0:80: bind: address already in use",
            ),
        ],
    ),
    (
        "root-read-only",
        &[
            container_not_started(
                "container_linux.go:247: starting container process caused \"process_linux.go:359: container init caused \\\"rootfs_linux.go:54: mounting \\\\\\\"/opt/nginx_conf\\\\\\\" to rootfs \\\\\\\"/var/lib/docker/overlay/db67/merged\\\\\\\" at \\\\\\\"/var/lib/docker/overlay/db67/merged/etc/nginx/sites-enabled\\\\\\\" caused \\\\\\\"mkdir /var/lib/docker/overlay/db67/merged/etc/nginx/sites-enabled: read-only file system",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to create shim task: \
                 OCI runtime create failed: runc create failed: unable to start container process: \
                 error during container init: error mounting \"/data\" to rootfs at \"/data\": mkdir \
                 /rootfs/data: read-only file system: unknown",
            ),
        ],
    ),
    (
        "instance-out-of-memory",
        &[
            container_not_started(
                "CannotStartContainerError: Error response from daemon: OCI runtime create failed: \
                 runc create failed: unable to start container process: can't get final child's PID \
                 from pipe: fork/exec /proc/self/exe: cannot allocate memory: unknown",
            ),
            container_not_started(
                "CannotCreateContainerError: Error response from daemon: fork/exec /usr/bin/unpigz: \
                 cannot allocate memory",
            ),
        ],
    ),
    (
        "mount-does-not-fit",
        &[
            container_not_started(
                "Error response from daemon: failed to create shim: OCI runtime create failed: \
                 container_linux.go:380: starting container process caused: process_linux.go:545: \
                 container init caused: rootfs_linux.go:75: mounting \"/mnt/user/config.php\" to \
                 rootfs at \"/var/www/config.php\" caused: mount through procfd: not a directory: \
                 unknown: Are you trying to mount a directory onto a file (or vice-versa)? Check if \
                 the specified host path exists and is the expected type",
            ),
            container_not_started(
                "CannotStartContainerError: API error (500): invalid header field value \"oci \
                 runtime error: container_linux.go:247: starting container process caused \
                 \\\"process_linux.go:359: container init caused \\\\\\\"rootfs_linux.go:53: \
                 mounting \\\\\\\\\\\\\\\"/root/app.properties\\\\\\\\\\\\\\\" to rootfs",
            ),
            container_not_started(
                "runc create failed: unable to start container process: error during container init: \
                 error mounting \"/data/app.conf\" to rootfs at \"/etc/app.conf\": mount \
                 src=/data/app.conf: not a directory: unknown",
            ),
        ],
    ),
    (
        "gpu-missing",
        &[container_not_started(
            "CannotStartContainerError: Error response from daemon: OCI runtime create failed: \
                 container_linux.go:348: starting container process caused \"process_linux.go:402: \
                 container init caused \\\"process_linux.go:385: running prestart hook 0 caused \
                 \\\\\\\"error running hook: exit status 1, stdout: , stderr: nvidia-container-cli: \
                 initialization error: cuda error: no cuda-capable device is \
                 detected\\\\n\\\\\\\"\\\"\": unknown",
        )],
    ),
    (
        "gpu-runtime-missing",
        &[
            container_not_started(
                "CannotStartContainerError: Error response from daemon: could not select device \
                 driver \"\" with capabilities: [[gpu]]",
            ),
            container_not_started(
                "CannotCreateContainerError: Error response from daemon: Unknown runtime specified \
                 nvidia",
            ),
            container_not_started("HostConfigError: Runtime is not set for GPU containers"),
            container_not_started(
                "CannotCreateContainerError: Error response from daemon: unknown or invalid \
             runtime name: nvidia",
            ),
        ],
    ),
    (
        "gpu-driver-failed",
        &[
            container_not_started(
                "nvidia-container-cli.real: initialization error: change root failed: no such file or directory: unknown",
            ),
            container_not_started("nvidia-container-cli: initialization error: cuda error: unknown error"),
            container_not_started(
                "nvidia-container-cli: ldcache error: process /usr/sbin/ldconfig failed with error \
                 code: 1",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to create shim task: \
                 OCI runtime create failed: runc create failed: unable to start container process: \
                 error during container init: error running hook #0: error running hook: exit status \
                 1, stdout: , stderr: Auto-detected mode as 'legacy'",
            ),
        ],
    ),
    (
        "gpu-assigned-wrongly",
        &[
            not_started(
                "resource cannot be initialized for task \
                 arn:aws:ecs:us-west-2:123456789012:task/default/0123456789abcdef0123456789abcdef: \
                 could not associate multiple containers to GPU gpu-0",
            ),
            not_started(
                "resource cannot be initialized for task \
                 arn:aws:ecs:us-west-2:123456789012:task/default/0123456789abcdef0123456789abcdef: \
                 could not find container with name train for associating GPU gpu-0",
            ),
        ],
    ),
    (
        "dependency-failed",
        &[never_started(
            "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency \
             [migrate] for target [web] as dependency did not exit successfully.",
        )],
    ),
    (
        "dependency-never-started",
        &[container_not_started(
            "CannotStartContainerError: dependency graph: failed to resolve container ordering \
                 dependency [db(postgres:14) (NONE->STOPPED)] for target [web(nginx:latest) \
                 (NONE->RUNNING)] because dependency will never start",
        )],
    ),
    (
        "dependency-circle",
        &[
            not_started(
                "Task dependencies cannot be resolved, taskArn: \
                 arn:aws:ecs:us-west-2:123456789012:task/default/0123456789abcdef0123456789abcdef",
            ),
            container_not_started(
                "CannotStartContainerError: dependency graph: container ordering dependency [db] for \
                 target [web] does not exist.",
            ),
        ],
    ),
    (
        "dependency-timed-out",
        &[never_started(
            "CannotStartContainerError: dependency graph: container ordering dependency [db] for target \
             [web] has timed out.",
        )],
    ),
    (
        "health-check-without-command",
        &[container_not_started(
            "DockerClientConfigError: docker health check is nil while container health check \
                 type is DOCKER",
        )],
    ),
    (
        "instance-storage-full",
        &[
            container_not_started(
                "CannotCreateContainerError: API error (500): devmapper: Thin Pool has 4350 free data blocks \
             which is less than minimum required 4454 free data blocks. Create more free space in thin pool \
             or use dm.min_free_space option to change behavior",
            ),
            container_not_started(
                "CannotCreateContainerError: Error response from daemon: mkdir \
                 /var/lib/docker/overlay2/1f0c-init: no space left on device",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to create task for \
                 container: mkdir /run/containerd/io.containerd.runtime.v2.task/moby/1f0c: no space \
                 left on device",
            ),
        ],
    ),
    (
        "runtime-timed-out",
        &[container_not_started(
            "ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 1m: \
             <reason>",
        )],
    ),
    (
        "container-status-unknown",
        &[container_not_started(
            "CannotStartContainerError: failed to get container status: <reason>",
        )],
    ),
    (
        "service-connect-on-windows",
        &[not_started("ServiceConnect is only supported on linux")],
    ),
    (
        "service-connect-host-network",
        &[not_started(
            "UnrecogniedTaskError: Error loading task - service connect config validation \
                 failed: service connect does not support for host newtork mode",
        )],
    ),
    (
        "service-connect-ports-collide",
        &[
            not_started(
                "UnrecogniedTaskError: Error loading task - service connect config validation \
                 failed: intercept port collision detected in the ingress config with intercept \
                 port=8080, and listener name=web",
            ),
            not_started(
                "UnrecogniedTaskError: Error loading task - service connect config validation \
                 failed: port collision detected in the egress config with intercept port=8080",
            ),
        ],
    ),
    (
        "service-connect-config-invalid",
        &[
            not_started(
                "UnrecogniedTaskError: Error loading task - service connect config validation \
                 failed: service connect container name=ecs-service-connect-abc does not exist in \
                 the task",
            ),
            not_started("service connect container not found in task"),
        ],
    ),
    (
        "agent-too-old",
        &[
            not_started(
                "resource cannot be initialized for task \
                 arn:aws:ecs:us-west-2:123456789012:task/default/0123456789abcdef0123456789abcdef: \
                 task volume: volume configuration does not match the type 'efs'",
            ),
            container_not_started(
                "HostConfigError: Unable to decode given host config: invalid character 'x' looking \
                 for beginning of value",
            ),
            container_not_started(
                "ContainerNetworkingError: container resource provisioning bridge mode: cannot setup \
                 netns - only valid for SC-enabled task pause container",
            ),
            not_started(
                "UnrecogniedTaskError: Error loading task - unable to parse and validate EBS volume: \
                 missing volumeId in the EBS config",
            ),
            not_started(
                "UnrecogniedTaskError: Error loading task - eni message validation: no ipv4 \
                 addresses in the message",
            ),
            container_not_started(
                "DockerClientConfigError: unable to decode given docker config: unexpected end of \
                 JSON input",
            ),
        ],
    ),
    (
        "agent-lost-container",
        &[
            container_not_started("CannotStartContainerError: container name=web not recognized by agent"),
            container_not_started(
                "CannotStartContainerError: container name=web belongs to unrecognized task \
                 taskArn=arn:aws:ecs:us-west-2:123456789012:task/default/0123456789abcdef0123456789abcdef",
            ),
            container_not_started("CannotStartContainerError: Container not recorded as created"),
            container_not_started("ContainerVanishedError: No container matching saved ID found"),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: container is marked for \
                 removal and cannot be started",
            ),
            container_not_started("Cannot transition to RUNNING"),
            container_not_started("NoSuchContainerError: Container not found: 1f0c2a91"),
        ],
    ),
    (
        "bridge-full",
        &[
            container_not_started(
                "container resource provisioning: failed to setup network namespace: add network failed: bridge create veth pair: unable to attach the veth interface veth5f8829e5 to bridge: exchange full",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to create endpoint \
                ecs-web on network bridge: adding interface vethaa5c11e to bridge docker0 \
                failed: exchange full",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: could not add veth pair \
                inside the network sandbox: error setting interface \"vethe1e64f7\" master to \
                \"br0\": exchange full",
            ),
        ],
    ),
    (
        "kernel-updated-without-restart",
        &[container_not_started(
            "CannotStartContainerError: Error response from daemon: failed to create endpoint \
                ecs-web on network bridge: failed to add the host (veth1d85371) <=> sandbox \
                (vethbc264f6) pair interfaces: operation not supported.",
        )],
    ),
    (
        "cgroups-full",
        &[
            container_not_started(
                "CannotStartContainerError: Error response from daemon: oci runtime error: \
                process_linux.go:258: applying cgroup configuration for process caused \"mkdir \
                /sys/fs/cgroup/memory/docker/406cfca0c0a5: no space left on device\"",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: OCI runtime create \
                failed: container_linux.go:346: starting container process caused \
                \"process_linux.go:297: applying cgroup configuration for process caused \
                \\\"mkdir /sys/fs/cgroup/memory/docker/adb62738eb93: cannot allocate \
                memory\\\"\": unknown",
            ),
        ],
    ),
    (
        "apparmor-profile-missing",
        &[
            container_not_started(
                "oci runtime error: apparmor failed to apply profile: no such file or directory.",
            ),
            container_not_started(
                "Cannot start container 41398c949d5e4eae15796f651cf87359a51499e3861f98779e8f326eadc08235: set apparmor profile docker-default: no such file or directory",
            ),
            container_not_started(
                "OCI runtime create failed: container_linux.go:349: starting container process caused \"process_linux.go:449: container init caused \\\"apply apparmor profile: apparmor failed to apply profile: write /proc/self/attr/exec: permission denied\\\"\": unknown.",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to create task for \
                container: failed to create shim task: OCI runtime create failed: runc create \
                failed: unable to start container process: error during container init: unable \
                to apply apparmor profile: apparmor failed to apply profile: write \
                /proc/self/attr/apparmor/exec: no such file or directory: unknown",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: OCI runtime create \
                failed: container_linux.go:349: starting container process caused \
                \"process_linux.go:449: container init caused \\\"apply apparmor profile: \
                apparmor failed to apply profile: write /proc/self/attr/exec: no such file or \
                directory\\\"\": unknown",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: AppArmor enabled on \
                system but the docker-default profile could not be loaded: running \
                `apparmor_parser apparmor_parser --version` failed",
            ),
        ],
    ),
    (
        "instance-processes-full",
        &[
            container_not_started(
                "rpc error: code = 2 desc = \"oci runtime error: process_linux.go:234: starting init process command caused \\\"fork/exec /proc/self/exe: resource temporarily unavailable\\\"\".",
            ),
            container_not_started(
                "OCI runtime start failed: fork/exec /usr/bin/runc: resource temporarily unavailable: : unknown",
            ),
            container_not_started(
                "OCI runtime create failed: container_linux.go:349: starting container process caused \"process_linux.go:449: container init caused \\\"process_linux.go:432: running prestart hook 0 caused \\\\\\\"fork/exec /proc/272/exe: resource temporarily unavailable\\\\\\\"\\\"\": unknown",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to start shim: \
                start failed: : fork/exec /usr/bin/containerd-shim-runc-v2: resource temporarily \
                unavailable: unknown",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: fork/exec \
                /usr/bin/containerd-shim-runc-v2: resource temporarily unavailable: unknown",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: OCI runtime create \
                failed: unable to retrieve OCI runtime error (no such file): runc did not \
                terminate successfully: exit status 2: runtime: failed to create new OS thread \
                (have 5 already; errno=11)",
            ),
        ],
    ),
    (
        "docker-broken-on-instance",
        &[
            container_not_started("rpc error: code = 2 desc = \"containerd: container not started\"."),
            container_not_started(
                "Error response from daemon: shim error: open pid: no such file or directory.",
            ),
            container_not_started(
                "CannotPullContainerError: error during connect: In the default daemon configuration on Windows, the docker client must be run with elevated privileges",
            ),
            container_not_started(
                "Error response from daemon: rpc error: code = 2 desc = \"oci runtime error: rootfs \
                 (\"/var/lib/docker/devicemapper/mnt/14f9d366/rootfs\") does not exist\"",
            ),
            container_not_started(
                "Error response from daemon: OCI runtime create failed: container_linux.go:380: \
                 starting container process caused: process_linux.go:385: applying cgroup \
                 configuration for process caused: error creating systemd unit \
                 `docker-init-proxy.scope`: got `failed`: unknown",
            ),
            container_not_started(
                "CannotCreateContainerError: Cannot connect to the Docker daemon at \
                 unix:///var/run/docker.sock. Is the docker daemon running?",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: driver failed programming \
                 external connectivity on endpoint web (08bb): (iptables failed: iptables --wait -t \
                 nat -A DOCKER: iptables: No chain/target/match by that name.",
            ),
            container_not_started(
                "CannotStartContainerError: API error (404): Cannot start container \
             1fe08e80fd86d3cacdce78f62b00f39fb62aab65e7bfa0bf42004628598dc8c8: adding \
             interface veth088ebac to bridge docker0 failed: could not find bridge \
             docker0: no such network interface",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: containerd: container not \
                started",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: ttrpc: closed: unknown",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: transport is closing: \
                unavailable",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: open \
                /var/lib/docker/tmp/GetImageBlob346789123: no such file or directory",
            ),
        ],
    ),
    (
        "address-family-missing",
        &[
            container_not_started(
                "CannotCreateContainerError: instance is IPv6-only but no IPv6 address found for \
                 container 'web'",
            ),
            container_not_started(
                "ContainerNetworkingError: container resource provisioning: unable to build cni \
                 configuration, engine: failed to build cni configuration from task: task ENI is \
                 IPv6-only but has no IPv6 subnet gateway address",
            ),
        ],
    ),
    (
        "windows-container-network-not-set-up",
        &[container_not_started(
            "ContainerNetworkingError: startContainer: cni plugin invocation failed: failed to connect HNS \
             endpoint to container: add network failed: HNS failed with error : Element not found.",
        )],
    ),
    (
        "container-network-not-set-up",
        &[
            container_not_started(
                "failed to setup network namespace: cni setup: invoke eni plugin failed: getInterfaceDeviceName engine: unable to get device with hardware address",
            ),
            container_not_started(
                "ContainerNetworkingError: container resource provisioning: failed to setup network \
                 namespace: add network failed: route ip+net: no such network interface",
            ),
            container_not_started(
                "ContainerNetworkingError: startContainer: failed to resolve container IP for SC \
                 bridge mode pause container",
            ),
            container_not_started(
                "ContainerNetworkingError: container resource provisioning: empty result from \
                 network namespace setup",
            ),
        ],
    ),
    (
        "windows-host-short-of-memory",
        &[
            container_not_started(
                "Error response from daemon: hcsshim::CreateComputeSystem \
                 d760c940a71265b52a0157fa633f4841447585af8a205ef23a2c46ebd67e0b23: The requested \
                 resource is in use.",
            ),
            container_not_started(
                "Error response from daemon: hcsshim::CreateComputeSystem \
                 632b34a8d3e9c608c13b081306b1c08e194ec3f5575cc5e51f0bc6e95ea0dcdb: Insufficient \
                 system resources exist to complete the requested service.",
            ),
            container_not_started(
                "Error response from daemon: container \
                 ad5daea5af71e433efbe4ced27e3553c009be78f2cd2ea5ee9cf63798fdc890e encountered an \
                 error during CreateContainer: failure in a Windows system call: A connection could \
                 not be established with the Virtual Machine hosting the Container. (0xc0370108)",
            ),
            container_not_started(
                "Error response from daemon: hcsshim::CreateComputeSystem 632b34a8: The paging file \
                 is too small for this operation to complete.",
            ),
        ],
    ),
    (
        "windows-container-died",
        &[
            container_not_started(
                "container containerID encountered an error during Start: failure in a Windows \
                 system call: The compute system exited unexpectedly. (0xc0370106)",
            ),
            container_not_started(
                "container 1f0c encountered an error during Start: failure in a Windows system call: \
                 The virtual machine or container exited unexpectedly. (0xc0370106)",
            ),
        ],
    ),
    (
        "runtime-internal-error",
        &[container_not_started("ContainerRuntimeError")],
    ),
    (
        "container-name-in-use",
        &[container_not_started(
            "CannotCreateContainerError: Error response from daemon: Conflict. The \
             container name \"/device-iPhone_X-appium\" is already in use by container \
             \"88532c88990bc9d502246540c5d21f7b49c1edbaa403ac94427c2eb564c3e011\". You \
             have to remove (or rename) that container to be able to reuse that name.",
        )],
    ),
    (
        "seccomp-not-supported",
        &[
            container_not_started(
                "Error response from daemon: linux seccomp: seccomp profiles are not supported on this daemon, you cannot specify a custom seccomp profile.",
            ),
            container_not_started(
                "Cannot start container add95234d4714715fe1261a84b6a3c236b2ca74f13b9e87e7a7a2f23ae4b9414: [9] System error: error loading seccomp filter into kernel: invalid argument.",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: OCI runtime create \
                failed: seccomp: config provided but seccomp not supported: unknown",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: seccomp is not enabled in \
                your kernel, cannot run a custom seccomp profile",
            ),
        ],
    ),
    (
        "seccomp-profile-too-new",
        &[container_not_started(
            "Error response from daemon: oci runtime error: empty string is not a valid \
             syscall",
        )],
    ),
    (
        "image-files-damaged",
        &[container_not_started(
            "could not verify layer data for: /usr/bin/app. This may be because \
             internal files in the layer store were modified. Re-pulling or rebuilding \
             this image may resolve the issue",
        )],
    ),
    (
        "windows-layer-incomplete",
        &[container_not_started(
            "Error response from daemon: container \
             1a28de23a474c1116c2295530631b778a08519d80b47ee65ab380eeb482ed462 \
             encountered an error during CreateContainer: failure in a Windows system \
             call: The system cannot find the path specified. (0x3)",
        )],
    ),
    (
        "cgroup-not-frozen",
        &[container_not_started(
            "failed to create containerd task: failed to create shim task: OCI runtime \
             create failed: runc create failed: unable to start container process: \
             error during container init: error setting cgroup config for procHooks \
             process: unable to freeze: unknown",
        )],
    ),
    (
        "device-filter-not-loaded",
        &[
            container_not_started(
                "Error response from daemon: OCI runtime create failed: \
             container_linux.go:367: starting container process caused: \
             process_linux.go:495: container init caused: process_linux.go:458: setting \
             cgroup config for procHooks process caused: can't load program: operation \
             not permitted: unknown",
            ),
            container_not_started(
                "Error response from daemon: OCI runtime create failed: \
             container_linux.go:346: starting container process caused \
             \"process_linux.go:449: container init caused \\\"process_linux.go:415: \
             setting cgroup config for procHooks process caused \\\\\\\"failed to load \
             program: operation not permitted\\\\\\\"\\\"\": unknown",
            ),
        ],
    ),
    (
        "cpus-beyond-host",
        &[container_not_started(
            "CannotCreateContainerError: Error response from daemon: Range of CPUs is from \
                0.01 to 2.00, as there are only 2 CPUs available",
        )],
    ),
    (
        "swap-below-memory",
        &[container_not_started(
            "CannotCreateContainerError: Error response from daemon: Minimum memoryswap limit \
                should be larger than memory limit, see usage",
        )],
    ),
    (
        "reservation-too-low",
        &[container_not_started(
            "CannotCreateContainerError: Error response from daemon: Minimum memory \
             reservation allowed is 6MB",
        )],
    ),
    (
        "proxy-type-not-supported",
        &[not_started(
            "UnrecogniedTaskError: Error loading task - agent does not support proxy type other than app mesh",
        )],
    ),
    (
        "option-run-as-program",
        &[not_started(
            "CannotStartContainerError: ResourceInitializationError: failed to create new container \
                 runtime task: failed to create shim: OCI runtime create failed: container_linux.go:380: \
                 starting container process caused: exec: \"-url\": executable file not found in",
        )],
    ),
    (
        "container-init-not-set-up",
        &[
            container_not_started(
                "oci runtime error: container_linux.go:247: starting container process caused \"process_linux.go:252: getting pipe fds for pid 131 caused \\\"readlink /proc/131/fd/0: permission denied\\\"\"",
            ),
            container_not_started(
                "oci runtime error: container_linux.go:247: starting container process caused \"process_linux.go:245: running exec setns process for init caused \\\"exit status 29\\\"\"",
            ),
        ],
    ),
    (
        "selinux-label-refused",
        &[container_not_started(
            "container_linux.go:345: starting container process caused \"process_linux.go:430: container init caused \\\"write /proc/self/attr/keycreate: invalid argument\\\"\"",
        )],
    ),
    (
        "hyper-v-missing",
        &[container_not_started(
            "Error response from daemon: hcsshim::CreateComputeSystem 7ddc29884f4c63413ca009346bbd21442de9866fae5941a58d3d331baf6be110: The virtual machine could not be started because a required feature is not installed.",
        )],
    ),
    (
        "windows-network-failed",
        &[
            container_not_started(
                "failed to create endpoint web on network nat: HNS failed with error : The process cannot access the file because it is being used by another process.",
            ),
            container_not_started(
                "failed to setup network for sandbox \"6d1190746ed84cfb679d2fbf0d4cb9565fc66b467f71f304ab2f8c738d86c4e5\": plugin type=\"vpc-shared-eni\" name=\"vpc\" failed (add): hnsCall failed in Win32: An address provided is invalid or reserved. (0x803b002f)",
            ),
        ],
    ),
    (
        "host-path-not-made",
        &[container_not_started(
            "Error response from daemon: error while creating mount source path '/path/to/config': mkdir /path: read-only file system",
        )],
    ),
    (
        "container-root-not-prepared",
        &[
            not_started(
                "CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting \"/var/li",
            ),
            not_started(
                "CannotStartContainerError: OCI runtime create failed: container_linux.go:349: starting container process caused \"process_linux.go:449: container init caused \\\"rootfs_linux.go:58",
            ),
        ],
    ),
    (
        "container-not-initialized",
        &[
            container_not_started(
                "CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ",
            ),
            container_not_started(
                "OCI runtime create failed: container_linux.go:348: starting container process caused \"process_linux.go:402: container init",
            ),
        ],
    ),
    (
        "cgroups-not-usable",
        &[
            container_not_started(
                "Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: cgroup namespaces aren't enabled in the kernel: unknown.",
            ),
            container_not_started(
                "OCI runtime create failed: namespace {\"cgroup\" \"\"} does not exist: unknown",
            ),
            container_not_started(
                "Error response from daemon: OCI runtime create failed: container_linux.go:348: starting container process caused \"process_linux.go:279: applying cgroup configuration for process caused \\\"mountpoint for cgroup not found\\\"\": unknown.",
            ),
            container_not_started(
                "Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error setting cgroup config for procHooks process: resulting devices cgroup doesn't match target mode: unknown",
            ),
            container_not_started(
                "Error response from daemon: failed to create shim: OCI runtime create failed: container_linux.go:380: starting container process caused: process_linux.go:385: applying cgroup configuration for process caused: mkdir /sys/fs/cgroup/memory/docker/7e2e2f15361b: permission denied: unknown",
            ),
            container_not_started(
                "oci runtime error: could not synchronise with container process: stat /sys/fs/cgroup/systemd/system.slice/early-containerd.service/system.slice: no such file or directory",
            ),
        ],
    ),
    (
        "capabilities-not-permitted",
        &[container_not_started(
            "Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: unable to apply caps: operation not permitted: unknown.",
        )],
    ),
    (
        "host-port-not-opened",
        &[container_not_started(
            "CannotStartContainerError: Error response from daemon: driver failed programming external connectivity on endpoint ecs-rearc-quest-tasks-trfm-ecs-17-rearc-quest-tasks-trfm-tdef-contnr-9edaed8b8fa48e8b3500 (600f547283c2d4054152be4874eb3de399303c94a1655a8a5",
        )],
    ),
    (
        "start-hook-failed",
        &[
            container_not_started(
                "CannotStartContainerError: Error response from daemon: OCI runtime create failed: container_linux.go:348: starting container process caused \"process_linux.go:402: container init caused \\\"process_linux.go:385: running prestart hook 0 caused \\\\\\\"error runni",
            ),
            container_not_started(
                "CannotStartContainerError: Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error running hook #0: error running hook: exit status 1, stdout: ",
            ),
            container_not_started(
                "Error response from daemon: OCI runtime create failed: runc create failed: unable to start container process: error running prestart hook #0",
            ),
        ],
    ),
    (
        "shared-namespace-gone",
        &[container_not_started(
            "Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to create new parent process: namespace path: lstat /proc/630422/ns/net: no such file or directory: unknown",
        )],
    ),
];
