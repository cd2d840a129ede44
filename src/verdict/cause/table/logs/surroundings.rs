//! What a program expects of a computer and a container does not have.

use super::HEDGED;
use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
    Cause {
        id: "time-zones-missing",
        when: &[
            CauseSign::Logged("No time zone found with key"),
            CauseSign::Logged("unknown time zone "),
            CauseSign::Logged("TZInfo::DataSourceNotFound"),
            CauseSign::Logged("TimeZoneNotFoundException"),
        ],
        cause: "the image has no time zone data, as slim, Alpine and scratch images",
        cure: &[
            SuggestionPart::text(
                "install tzdata in the Dockerfile's last stage (Python: the package tzdata; \
                Go: import _ \"time/tzdata\"; Ruby: the gem tzinfo-data); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Python documentation, zoneinfo; Go, time/tzdata; TZInfo, README; .NET \
                documentation, TimeZoneInfo",
    },
    Cause {
        id: "locale-missing",
        when: &[
            CauseSign::Logged("unsupported locale setting"),
            CauseSign::Logged("configured to use ASCII as encoding"),
            CauseSign::Logged("invalid locale settings"),
        ],
        cause: "the image does not have the locale that LANG or LC_ALL names",
        cure: &[
            SuggestionPart::text(
                "set LANG to C.UTF-8, or install and generate the locale in the Dockerfile; \
                then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Python documentation, locale; pallets/click, Unicode support; PostgreSQL, \
                initdb",
    },
    Cause {
        id: "home-missing",
        when: &[
            CauseSign::Logged("$HOME is not defined"),
            CauseSign::Logged("could not determine home directory"),
            CauseSign::Logged("HOME environment variable is not set"),
        ],
        cause: "the container's user has no home directory",
        cure: &[
            SuggestionPart::text(
                "set HOME in environment to a directory that the user may write, or create the \
                user with one (useradd -m); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Go, os.UserHomeDir; Rust, std::env::home_dir",
    },
    Cause {
        id: "terminal-missing",
        when: &[
            CauseSign::Logged("EOFError: EOF when reading a line"),
            CauseSign::Logged("the input device is not a TTY"),
            CauseSign::Logged("stdin is not a terminal"),
            CauseSign::LoggedBut(
                "Inappropriate ioctl for device",
                &["no job control", "terminal process group", "warn"],
            ),
        ],
        cause: "the program asks something on a terminal, which a task does not have",
        cure: &[
            SuggestionPart::text(
                "start it with the answers as options or variables (--yes, --non-interactive, \
                CI=true); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Python documentation, input(); isatty(3)",
    },
    Cause {
        id: "systemd-missing",
        when: &[
            CauseSign::Logged("System has not been booted with systemd"),
            CauseSign::Logged("Failed to get D-Bus connection"),
            CauseSign::Logged("Failed to connect to bus: "),
        ],
        cause: "the start script uses systemctl; a container has no systemd",
        cure: &[
            SuggestionPart::text(
                "start the program itself in the foreground (exec nginx -g 'daemon off;') as \
                entryPoint; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "systemd, systemctl.c; Docker documentation, Run multiple processes in a \
                container",
    },
    Cause {
        id: "network-right-missing",
        when: &[
            CauseSign::Logged("you must be root"),
            CauseSign::Logged("RTNETLINK answers: Operation not permitted"),
            CauseSign::LoggedBut("/dev/net/tun", HEDGED),
        ],
        cause: "the program changes the network (iptables, a VPN), which needs NET_ADMIN; \
                Fargate does not give that",
        cure: &[SuggestionPart::text(
            "run it on EC2 instances with NET_ADMIN (linuxParameters.capabilities.add), or without that \
                part (Tailscale: userspace networking)",
        )],
        source: "Amazon ECS API Reference, KernelCapabilities; capabilities(7); Tailscale \
                documentation, Userspace networking mode",
    },
    Cause {
        id: "fuse-missing",
        when: &[
            CauseSign::Logged("fuse: device not found"),
            CauseSign::LoggedBut("/dev/fuse", HEDGED),
        ],
        cause: "the program mounts a file system by FUSE, which Fargate does not have",
        cure: &[SuggestionPart::text(
            "use the S3 API, or a volume of EFS instead; on EC2 instances add the device \
                and SYS_ADMIN (linuxParameters)",
        )],
        source: "Amazon ECS API Reference, LinuxParameters; fuse(4)",
    },
    Cause {
        id: "docker-missing",
        when: &[
            CauseSign::Logged("Cannot connect to the Docker daemon"),
            CauseSign::Logged("Is docker correctly installed"),
            CauseSign::Logged("Could not find a valid Docker environment"),
            CauseSign::Logged("org.testcontainers."),
        ],
        cause: "the program uses Docker itself, which a task does not have (Fargate never)",
        cure: &[SuggestionPart::text(
            "leave that part out of production (Spring: \
                spring.docker.compose.enabled=false); on EC2 instances mount \
                /var/run/docker.sock",
        )],
        source: "spring-projects/spring-boot#35383; Docker documentation; Testcontainers \
                documentation; microcks/microcks-quarkus#10",
    },
    Cause {
        id: "display-missing",
        when: &[
            CauseSign::Logged("could not connect to display"),
            CauseSign::Logged("Missing X server or $DISPLAY"),
            CauseSign::Logged("no $DISPLAY environment variable"),
            CauseSign::Logged("java.awt.HeadlessException"),
        ],
        cause: "the program wants to draw on a screen, which a container does not have",
        cure: &[
            SuggestionPart::text(
                "start it headless (QT_QPA_PLATFORM=offscreen, MPLBACKEND=Agg, \
                -Djava.awt.headless=true, xvfb-run, --headless); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Qt documentation, Platform Abstraction; Matplotlib documentation, Backends; \
                Java documentation, Headless mode",
    },
    Cause {
        id: "browser-sandboxed",
        when: &[
            CauseSign::Logged("Running as root without --no-sandbox"),
            CauseSign::Logged("No usable sandbox"),
        ],
        cause: "Chromium's sandbox does not work for root, nor with the rights of a container",
        cure: &[
            SuggestionPart::text("start it as another user with --no-sandbox (args of launch); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Puppeteer documentation, Troubleshooting",
    },
    Cause {
        id: "git-directory-missing",
        when: &[
            CauseSign::Logged("not a git repository"),
            CauseSign::Logged("detected dubious ownership"),
        ],
        cause: "the program calls git at start, and the image has no .git directory, or one \
                of another owner",
        cure: &[
            SuggestionPart::text(
                "put the version in at build time (ARG, a file) instead of asking git; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "git-config(1), safe.directory",
    },
    Cause {
        id: "instance-metadata-asked",
        when: &[
            CauseSign::Logged("Unable to retrieve instance metadata"),
            CauseSign::Logged("EC2MetadataError"),
            CauseSign::LoggedBut("http://169.254.169.254/latest/", HEDGED),
        ],
        cause: "the program asks for the metadata of an EC2 instance, which a Fargate task \
                does not have",
        cure: &[
            SuggestionPart::text(
                "set the region and other values in environment (AWS_REGION); what a task \
                knows of itself is at $ECS_CONTAINER_METADATA_URI_V4; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Task metadata endpoint version 4",
    },
];
