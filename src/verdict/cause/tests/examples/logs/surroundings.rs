//! Examples of the causes in `table/logs/surroundings.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "time-zones-missing",
        &[
            logged(
                1,
                &["zoneinfo._common.ZoneInfoNotFoundError: 'No time zone found with key Europe/Berlin'"],
            ),
            logged(1, &["panic: unknown time zone Europe/Berlin"]),
            logged(
                1,
                &["TZInfo::DataSourceNotFound: No source of timezone data could be found."],
            ),
            logged(
                1,
                &[
                    "System.TimeZoneNotFoundException: The time zone ID 'Europe/Berlin' was not found on the local computer.",
                ],
            ),
        ],
    ),
    (
        "locale-missing",
        &[
            logged(1, &["locale.Error: unsupported locale setting"]),
            logged(
                1,
                &[
                    "RuntimeError: Click will abort further execution because Python was configured to use ASCII as encoding for the environment.",
                ],
            ),
            logged(
                1,
                &["initdb: error: invalid locale settings; check LANG and LC_* environment variables"],
            ),
        ],
    ),
    (
        "home-missing",
        &[
            logged(1, &["panic: $HOME is not defined"]),
            logged(1, &["Error: could not determine home directory"]),
            logged(1, &["error: HOME environment variable is not set"]),
        ],
    ),
    (
        "terminal-missing",
        &[
            logged(1, &["EOFError: EOF when reading a line"]),
            logged(1, &["the input device is not a TTY"]),
            logged(1, &["Error: stdin is not a terminal"]),
            logged(1, &["Error: Inappropriate ioctl for device (os error 25)"]),
        ],
    ),
    (
        "systemd-missing",
        &[
            logged(
                1,
                &["System has not been booted with systemd as init system (PID 1). Can't operate."],
            ),
            logged(1, &["Failed to get D-Bus connection: Operation not permitted"]),
            logged(1, &["Failed to connect to bus: No such file or directory"]),
        ],
    ),
    (
        "network-right-missing",
        &[
            logged(
                1,
                &[
                    "iptables v1.8.7 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)",
                ],
            ),
            logged(1, &["RTNETLINK answers: Operation not permitted"]),
            logged(
                1,
                &["ERROR: Cannot open TUN/TAP dev /dev/net/tun: No such file or directory (errno=2)"],
            ),
        ],
    ),
    (
        "fuse-missing",
        &[
            logged(1, &["fuse: device not found, try 'modprobe fuse' first"]),
            logged(
                1,
                &["fusermount: failed to open /dev/fuse: Operation not permitted"],
            ),
        ],
    ),
    (
        "docker-missing",
        &[
            logged(
                1,
                &[
                    "Caused by: org.testcontainers.containers.ContainerLaunchException: Container startup failed for image quay.io/x",
                ],
            ),
            logged(
                1,
                &[
                    "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
                ],
            ),
            logged(
                1,
                &[
                    "org.springframework.boot.docker.compose.core.DockerProcessStartException: Unable to start docker process. Is docker correctly installed?",
                ],
            ),
            logged(
                1,
                &[
                    "java.lang.IllegalStateException: Could not find a valid Docker environment. Please see logs and check configuration",
                ],
            ),
        ],
    ),
    (
        "display-missing",
        &[
            logged(1, &["qt.qpa.xcb: could not connect to display"]),
            logged(
                1,
                &["[17:0101/000000.000000:ERROR:ozone_platform_x11.cc(240)] Missing X server or $DISPLAY"],
            ),
            logged(
                1,
                &["_tkinter.TclError: no display name and no $DISPLAY environment variable"],
            ),
            logged(
                1,
                &["java.awt.HeadlessException: No X11 DISPLAY variable was set"],
            ),
        ],
    ),
    (
        "browser-sandboxed",
        &[
            logged(
                1,
                &[
                    "[0101/000000.000000:ERROR:zygote_host_impl_linux.cc(90)] Running as root without --no-sandbox is not supported.",
                ],
            ),
            logged(
                1,
                &[
                    "[0101/000000.000000:FATAL:zygote_host_impl_linux.cc(127)] No usable sandbox! Update your kernel",
                ],
            ),
        ],
    ),
    (
        "git-directory-missing",
        &[
            logged(
                1,
                &["fatal: not a git repository (or any of the parent directories): .git"],
            ),
            logged(1, &["fatal: detected dubious ownership in repository at '/app'"]),
        ],
    ),
    (
        "instance-metadata-asked",
        &[
            logged(
                1,
                &[
                    "Unable to retrieve instance metadata: Get \"http://169.254.169.254/latest/meta-data/\": context deadline exceeded",
                ],
            ),
            logged(1, &["EC2MetadataError: failed to make EC2Metadata request"]),
            logged(
                1,
                &["error: cannot GET http://169.254.169.254/latest/meta-data/instance-id"],
            ),
        ],
    ),
];
