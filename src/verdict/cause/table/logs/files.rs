//! Files and rights that the program lacks.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
    Cause {
        id: "file-system-read-only",
        when: &[
            CauseSign::Logged("] Read-only file system"),
            CauseSign::Logged("30: Read-only file system"),
            CauseSign::Logged("EROFS: read-only"),
            CauseSign::LoggedBut(": Read-only file system", &["sysctl"]),
            CauseSign::LoggedWord("EROFS", &[]),
        ],
        cause: "the program writes to its root file system, which readonlyRootFilesystem makes read-only",
        cure: &[
            SuggestionPart::text(
                "mount a volume where it writes (volumes and mountPoints), or remove \
                 readonlyRootFilesystem; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS API reference, ContainerDefinition (readonlyRootFilesystem); errno(3), EROFS",
    },
    Cause {
        id: "storage-full",
        when: &[
            CauseSign::Logged("No space left on device"),
            CauseSign::Logged("ENOSPC: no space"),
            CauseSign::Logged("Disk quota exceeded"),
            CauseSign::LoggedWord("ENOSPC", &["watch"]),
            CauseSign::LoggedWord("EDQUOT", &[]),
        ],
        cause: "the disk that the program writes to is full",
        cure: &[
            SuggestionPart::text(
                "on Fargate raise ephemeralStorage: {sizeInGiB: 21 to 200}; on EC2 enlarge or \
                 clean the instance's volume; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Fargate task ephemeral storage; errno(3), ENOSPC; \
                intro(2), EDQUOT",
    },
    Cause {
        id: "minio-drives-missing",
        when: &[
            CauseSign::Logged("Insufficient number of drives online"),
            CauseSign::Logged("drive not found"),
            CauseSign::Logged("Storage resources are insufficient for the*operation"),
        ],
        cause: "MinIO does not reach enough of its drives: a volume is not mounted at the path \
                of `command`, or other servers of the set do not run yet",
        cure: &[
            SuggestionPart::text(
                "compare the paths in `command` with mountPoints, and start all servers of the \
                set with the same `command`; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "minio/minio#18805; codalab/codabench#2014; milvus-io/milvus#41676",
    },
    Cause {
        id: "data-damaged",
        when: &[
            CauseSign::LoggedPhrase(
                &[
                    &[
                        "database",
                        "data file",
                        "data",
                        "index",
                        "table",
                        "journal",
                        "log",
                        "wal",
                        "segment",
                        "metadata",
                        "snapshot",
                        "state",
                        "db",
                        "block",
                        "chunk",
                        "page",
                        "file",
                    ],
                    &[
                        "is corrupt",
                        "corrupt",
                        "is damaged",
                        "checksum mismatch",
                        "is truncated",
                        "checksum error",
                        "invalid checksum",
                    ],
                ],
                &[
                    "warn",
                    "client",
                    "request",
                    "upload",
                    "skip",
                    "ignor",
                    "packet",
                    "repaired",
                    "recovered",
                ],
            ),
            CauseSign::Logged("Attempt to read after eof"),
            CauseSign::Logged("file is not a database"),
            CauseSign::Logged("database disk image is malformed"),
        ],
        cause: "a file of the program's data is damaged: mostly cut off when the disk was full \
                or the former task was killed, or written by two tasks at once",
        cure: &[
            SuggestionPart::text(
                "restore it from a backup (of the EFS file system or EBS volume), or let the \
                server rebuild it; keep one task on the volume (minimumHealthyPercent 0, \
                maximumPercent 100) and raise stopTimeout; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "ClickHouse/ClickHouse#3260; SQLite documentation, Result codes (SQLITE_CORRUPT, \
                SQLITE_NOTADB)",
    },
    Cause {
        id: "open-files-exhausted",
        when: &[
            CauseSign::Logged("Too many open files"),
            CauseSign::Logged("EMFILE: too many"),
            CauseSign::LoggedWord("EMFILE", &[]),
            CauseSign::LoggedWord("ENFILE", &[]),
        ],
        cause: "the program has as many open files and connections as it may have",
        cure: &[
            SuggestionPart::text(
                "raise ulimits: [{name: nofile, softLimit: 65536, hardLimit: 65536}] of the \
                 container, or look for a leak; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS API reference, Ulimit (nofile); errno(3), EMFILE",
    },
    Cause {
        id: "file-not-permitted",
        when: &[
            CauseSign::Logged("EACCES: permission denied"),
            CauseSign::Logged("PermissionError: [Errno 13]"),
            CauseSign::Logged("failed to open stream: Permission denied"),
            CauseSign::Logged("open *: permission denied"),
            CauseSign::Logged("mkdir *: permission denied"),
            CauseSign::Logged("can't create *: Permission denied"),
            CauseSign::Logged("cannot create *: Permission denied"),
            CauseSign::Logged("cannot touch *: Permission denied"),
            CauseSign::Logged("could not be created: Permission denied"),
            CauseSign::Logged("failed to open error_log"),
            CauseSign::Logged("' is not writable"),
            CauseSign::Logged("Permission denied @ "),
            CauseSign::Logged("Errno::EACCES"),
            CauseSign::Logged("java.nio.file.AccessDeniedException"),
            CauseSign::Logged("FileNotFoundException: *(Permission denied)"),
            CauseSign::Logged("UnauthorizedAccessException: Access to the path"),
            CauseSign::Logged("kind: PermissionDenied"),
            CauseSign::Logged("Permission denied (os error 13)"),
            CauseSign::Logged("Failed to create node environment"),
        ],
        cause: "the container's user may not read or write a file or directory",
        cure: &[
            SuggestionPart::text(
                "COPY --chown=USER it in the Dockerfile, or correct `user`; on EFS give the access \
                 point the user's ids; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "cedalo/management-center#80; Python documentation, PermissionError; \
                investbrainapp/investbrain#57; prometheus-operator/prometheus-operator#830; \
                aws/eks-charts#21; hashicorp/vault#1382; hashicorp/consul#3795; \
                grafana/grafana#26675; equinor/gordo#922; CrunchyData/crunchy-containers#655; \
                jkaninda/laravel-php-fpm#68; markshust/docker-magento#1220; \
                rapid7/metasploit-framework#18037; pelias/docker#118; bitnami/charts#946; \
                .NET and Rust documentation",
    },
    Cause {
        id: "sysctl-not-permitted",
        when: &[
            CauseSign::Logged("sysctl: setting key \""),
            CauseSign::Logged("sysctl: permission denied on key"),
        ],
        cause: "a start script sets a kernel value, which a container without privileges may \
                not",
        cure: &[
            SuggestionPart::text(
                "take it out of the script; set systemControls for a value of the container, \
                the user data of the instance (EC2) for one of the host; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "spujadas/elk-docker#89; Amazon ECS API Reference, SystemControl",
    },
    Cause {
        id: "file-busy",
        when: &[
            CauseSign::Logged("[Errno 16] Device or resource busy"),
            CauseSign::Logged("EBUSY: resource busy or locked"),
        ],
        cause: "the program replaces a file that is itself a mount point, which Linux forbids",
        cure: &[
            SuggestionPart::text("mount the directory instead of the file; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "puckel/docker-airflow#491; rename(2), EBUSY",
    },
    Cause {
        id: "script-syntax",
        when: &[
            CauseSign::Logged("syntax error: unexpected"),
            CauseSign::Logged("syntax error near unexpected token"),
            CauseSign::Logged("\\r': command not found"),
            CauseSign::Logged("bad substitution"),
            CauseSign::Logged("Illegal option -o pipefail"),
            CauseSign::Logged("[[: not found"),
        ],
        cause: "a shell can't read its script: it has Windows line endings, or is written for \
                bash and run by sh",
        cure: &[
            SuggestionPart::text(
                "write *.sh text eol=lf into .gitattributes and check out anew; name the right \
                shell in its first line (#!/usr/bin/env bash) and install it; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "dperson/nginx#26; Bash Reference Manual; dash(1)",
    },
    Cause {
        id: "command-not-in-path",
        when: &[
            CauseSign::Logged(": command not found"),
            CauseSign::Logged("executable file not found in $PATH"),
            CauseSign::Logged(".sh: *: not found"),
            CauseSign::Logged("env: *: No such file or directory"),
            CauseSign::Logged("Failed to spawn: `"),
            CauseSign::Logged("can't find command '"),
            CauseSign::Logged("Command not found: "),
            CauseSign::Logged(": exec: *: not found"),
        ],
        cause: "a command that the program or its start script runs is not in the image, or \
                not in PATH",
        cure: &[
            SuggestionPart::text(
                "install it in the Dockerfile's last stage (Node.js: npm ci without leaving \
                out what runs); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Bash Reference Manual, Command search and execution; Go, os/exec; dash(1); \
                env(1); stenote/docker-lemp#7; astral-sh/uv; python-poetry/poetry; elkninja/elastic-stack-docker-part-one#16",
    },
    Cause {
        id: "shell-command-missing",
        when: &[CauseSign::LoggedAs("sh: *: not found")],
        cause: "a command is not in the image: for an npm script, its package is not \
                installed (devDependencies left out, node_modules missing or hidden by a \
                volume)",
        cure: &[
            SuggestionPart::text(
                "run npm ci in the Dockerfile's last stage, or install the command there; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "kconner/next-js-in-docker-example#2; dash(1); npm documentation, npm ci",
    },
    Cause {
        id: "child-program-missing",
        when: &[
            CauseSign::Logged("fork/exec *: no such file or directory"),
            CauseSign::Logged("fork/exec *: permission denied"),
        ],
        cause: "the program starts another program that is not in the image, or that can't run \
                there: its interpreter or loader is missing, or it is built for another \
                processor",
        cure: &[
            SuggestionPart::text(
                "install it in the Dockerfile's last stage, for the image's platform and with \
                chmod +x; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Go, os.StartProcess and syscall.forkExec; execve(2)",
    },
    Cause {
        id: "configuration-file-missing",
        when: &[
            CauseSign::Logged("config file*no such file"),
            CauseSign::Logged("reading config from file: open"),
            CauseSign::Logged("config*file not found"),
            CauseSign::Logged("Config File \"*\" Not Found in"),
            CauseSign::Logged("open *conf*: no such file"),
            CauseSign::Logged("could not find config file"),
        ],
        cause: "the program's configuration file is not where it looks: not in the image, or \
                hidden by a volume that is mounted over it",
        cure: &[
            SuggestionPart::text(
                "docker run --rm --entrypoint ls IMAGE -l DIR; COPY the file in the \
                Dockerfile, or let a start script write it from a secret; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "11notes/docker-caddy#4; TwiN/gatus#1501; Quiq/registry-ui#85; \
                langgenius/dify-sandbox#173; moov-io/irs#203; spf13/viper; \
                Supervisor/supervisor",
    },
    Cause {
        id: "file-missing",
        when: &[
            CauseSign::Logged("open *: no such file or directory"),
            CauseSign::Logged("No such file or directory (os error 2)"),
            CauseSign::Logged("code: 2, *\"No such file or directory\""),
            CauseSign::Logged("FileNotFoundError: [Errno 2]"),
            CauseSign::Logged("can't open file '"),
            CauseSign::Logged("Errno::ENOENT"),
            CauseSign::Logged("ENOENT: no such file or directory"),
            CauseSign::Logged("java.nio.file.NoSuchFileException"),
            CauseSign::Logged("FileNotFoundException: *(No such file or directory)"),
            CauseSign::Logged("Could not find file '"),
            CauseSign::Logged("failed to open stream: No such file"),
            CauseSign::Logged("can't open '*': No such file"),
            CauseSign::LoggedBut(": cannot access '", &["ermission denied", "not permitted"]),
        ],
        cause: "the program needs a file that is not in the container: not copied into the \
                image's last stage, a path from another WORKDIR, or hidden by a volume",
        cure: &[
            SuggestionPart::text(
                "docker run --rm --entrypoint ls IMAGE -la DIR shows what is there; COPY it, \
                or correct WORKDIR or the mount; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "cobbr/Covenant#5; trifectatechfoundation/sudo-rs#506; softprops/shiplift#52; \
                Hsn723/postfix_exporter#61; open(2), ENOENT; Go, Rust, Python, Ruby, Node.js, \
                Java, .NET and PHP documentation",
    },
    Cause {
        id: "java-class-not-in-image",
        when: &[
            CauseSign::Logged("java.lang.ClassNotFoundException"),
            CauseSign::Logged("java.lang.NoClassDefFoundError"),
            CauseSign::Logged("java.lang.NoSuchMethodError"),
        ],
        cause: "Java does not find a class or method: its library is not in the jar or on the \
                class path, or is there in another version",
        cure: &[
            SuggestionPart::text(
                "build a jar with its dependencies (Spring Boot plugin, shade), and align the \
                versions (mvn dependency:tree); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Java documentation, NoClassDefFoundError and NoSuchMethodError",
    },
];
