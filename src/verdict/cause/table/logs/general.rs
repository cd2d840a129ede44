//! What remains when no closer row matches: classes of errors, by the words that most programs use.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
    Cause {
        id: "variable-refused",
        when: &[
            CauseSign::LoggedVariable(
                "not set",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedVariable(
                "unset",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedVariable(
                "required",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedVariable(
                "missing",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedVariable(
                "must be",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedVariable(
                "must set",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedVariable(
                "must specify",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedVariable(
                "must provide",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedVariable(
                "need to specify",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedVariable(
                "please set",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedVariable(
                "not defined",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedVariable(
                "undefined",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedVariable(
                "empty",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedVariable(
                "invalid value",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall", "header", "request",
                ],
            ),
            CauseSign::LoggedVariable(
                "not found",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedVariable(
                "KeyError: '",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedVariable(
                "environment variable",
                &[
                    "warn",
                    "retry",
                    "again",
                    "optional",
                    "upstream",
                    "client",
                    "default",
                    "ignor",
                    "skip",
                    "disabl",
                    "fall",
                    "deprecat",
                    "using",
                    "read from",
                    "loaded",
                    "set to",
                    "overrid",
                    "found in",
                    "from environment",
                    "unknown",
                ],
            ),
        ],
        cause: "a variable that the program reads is missing or empty, or has a value that it \
                does not take; the line names it",
        cure: &[
            SuggestionPart::text("set it in environment or secrets of the container; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "bitnami/containers#70553; docker-library/mysql, docker-entrypoint.sh; The \
                Twelve-Factor App, Config; haproxytech/haproxy-docker-debian#1",
    },
    Cause {
        id: "data-version-differs",
        when: &[
            CauseSign::Logged("database files are incompatible with server"),
            CauseSign::Logged("The data directory was initialized by PostgreSQL version"),
            CauseSign::Logged("Invalid MySQL server upgrade"),
            CauseSign::Logged("invalid featureCompatibilityVersion"),
            CauseSign::Logged("Can't handle RDB format version"),
        ],
        cause: "the files on the volume were written by another major version of the server \
                than the image's",
        cure: &[
            SuggestionPart::text(
                "pin the image to that version, or upgrade the files with the server's own \
                tool (pg_upgrade, a dump and restore) first; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "PostgreSQL documentation, Upgrading a PostgreSQL cluster; MySQL reference \
                manual, Upgrade paths; MongoDB manual, setFeatureCompatibilityVersion; Redis, \
                rdb.c",
    },
    Cause {
        id: "data-directory-not-empty",
        when: &[
            CauseSign::Logged("exists but is not empty"),
            CauseSign::Logged("data directory has files in it"),
        ],
        cause: "the server wants to initialize a volume that already has files (lost+found, \
                or half of an earlier start)",
        cure: &[
            SuggestionPart::text(
                "use a subdirectory of the volume (PGDATA=/var/lib/postgresql/data/pgdata), or \
                empty it; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker-library/docs, postgres (PGDATA); MySQL reference manual, Initializing \
                the data directory",
    },
    Cause {
        id: "watch-limit",
        when: &[
            CauseSign::Logged("number of file watchers reached"),
            CauseSign::Logged("number of inotify instances has been reached"),
        ],
        cause: "the program watches files for changes, as for development, and reached a \
                limit of the host",
        cure: &[
            SuggestionPart::text(
                "start it without watching (node instead of nodemon; \
                DOTNET_USE_POLLING_FILE_WATCHER=true or reloadOnChange: false); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "inotify(7); .NET documentation, File system watcher",
    },
    Cause {
        id: "api-login-refused",
        when: &[
            CauseSign::Logged("401 Client Error"),
            CauseSign::Logged("403 Client Error"),
            CauseSign::Logged("Request failed with status code 401"),
            CauseSign::Logged("Request failed with status code 403"),
            CauseSign::Logged("Invalid API key"),
            CauseSign::Logged("Incorrect API key provided"),
            CauseSign::Logged("Permission denied (publickey"),
        ],
        cause: "a service that the program calls refuses its key or token",
        cure: &[
            SuggestionPart::text(
                "compare the secret with the service's own; tasks read a rotated secret when \
                they start anew: ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "psf/requests, models.py; axios, settle.js; OpenAI API reference, Error codes; \
                ssh(1)",
    },
    Cause {
        id: "configuration-refused",
        when: &[
            CauseSign::Logged("FATAL CONFIG FILE ERROR"),
            CauseSign::Logged("unknown variable '"),
            CauseSign::LoggedBut(
                "invalid configuration",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "configuration error",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "failed to load config",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "failed to parse config",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "error loading config",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "error parsing config",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "Failed to read config",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "unable to load config",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "could not load config",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "invalid config",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "unknown configuration",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "unable to parse config",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "cannot parse config",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "cannot load config",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "could not read config",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "cannot read config",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "error reading config",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "error in config",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "config validation",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall", "pass", "succe",
                ],
            ),
            CauseSign::LoggedBut(
                "configuration validation",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall", "pass", "succe",
                ],
            ),
            CauseSign::LoggedBut(
                "bad configuration",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "misconfigured",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "not configured correctly",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "invalid settings",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
        ],
        cause: "the program can't read its configuration or does not accept it; the line or \
                one near it names the file or the setting",
        cure: &[
            SuggestionPart::text(
                "correct it; docker run --rm IMAGE with the same files shows the same; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "redis/redis, config.c; MySQL reference manual, Server options; \
                prometheus/prometheus, main.go; calcom/cal.diy#25189",
    },
    Cause {
        id: "tls-failed",
        when: &[
            CauseSign::LoggedBut("x509: ", &["handshake error from", "warn", "client"]),
            CauseSign::Logged("SSLHandshakeException"),
            CauseSign::Logged("ssl.SSLError"),
            CauseSign::Logged("OpenSSL::SSL::SSLError"),
            CauseSign::Logged("The SSL connection could not be established"),
            CauseSign::Logged("Could not find keyfile"),
        ],
        cause: "TLS with a server fails: a certificate or key is missing, not trusted or made \
                for another name, or the versions differ",
        cure: &[
            SuggestionPart::text(
                "check CA bundle, name and scheme of that connection (openssl s_client \
                -connect HOST:PORT from the task shows the certificate); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "JonasAlfredsson/docker-nginx-certbot#59; Go, crypto/tls; JDK, Python, Ruby \
                and .NET documentation",
    },
    Cause {
        id: "memory-used-up",
        when: &[
            CauseSign::Logged("out of memory"),
            CauseSign::Logged("Killed                  "),
        ],
        cause: "the memory of the container is used up",
        cure: &[
            SuggestionPart::text(
                "raise memory of the container or the task, or lower what the program takes; \
                then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "malloc(3); Bash Reference Manual, Job control",
    },
    Cause {
        id: "code-not-parsed",
        when: &[
            CauseSign::LoggedBut("SyntaxError: ", &["JSON"]),
            CauseSign::Logged("Parse error: syntax error"),
        ],
        cause: "the interpreter can't parse a file: the code needs a newer version of the \
                language than the image has, or the file is damaged",
        cure: &[
            SuggestionPart::text(
                "use the version in the Dockerfile's last stage that you build and test with; \
                then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Node.js, Python and PHP documentation",
    },
    Cause {
        id: "server-not-reached",
        when: &[
            CauseSign::LoggedBut(
                "Connection refused",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall", "is DOWN",
                ],
            ),
            CauseSign::LoggedBut(
                "failed to connect",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "could not connect",
                &[
                    "warn",
                    "retry",
                    "again",
                    "optional",
                    "upstream",
                    "client",
                    "default",
                    "ignor",
                    "skip",
                    "disabl",
                    "fall",
                    "TypeError",
                    "SyntaxError",
                    "display",
                ],
            ),
            CauseSign::LoggedBut(
                "unable to connect",
                &[
                    "warn",
                    "retry",
                    "again",
                    "optional",
                    "upstream",
                    "client",
                    "default",
                    "ignor",
                    "skip",
                    "disabl",
                    "fall",
                    "TypeError",
                    "SyntaxError",
                    "display",
                ],
            ),
            CauseSign::LoggedBut(
                "cannot connect",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "can't connect",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "connection failed",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "error connecting",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "ConnectionError",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "connection timed out",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "connection timeout",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "SQLSTATE[08006]",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "context deadline exceeded",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut("Max retries exceeded", &["warn"]),
            CauseSign::LoggedBut(
                "timed out waiting for",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "timeout waiting for",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "Operation timed out",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "database is not available",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "is not reachable",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "is unreachable",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "not reachable at",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "failed to reach",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "failed to ping",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "could not reach",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "is not responding",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "failed to dial",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "failed to initialize database",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
        ],
        cause: "the program does not reach a server that it needs; the line names it: not \
                started yet, another address, or a security group in between",
        cure: &[
            SuggestionPart::text(
                "check the address in environment or secrets, and that the server's security \
                group takes the task's; for a container of the same task use 127.0.0.1 and \
                dependsOn HEALTHY; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "hexabot-ai/Hexabot#310; PHP manual, PDO; Amazon ECS API Reference, \
                ContainerDependency",
    },
    Cause {
        id: "port-not-bound",
        when: &[
            CauseSign::LoggedBut(
                "failed to bind",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "could not bind",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "cannot bind",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "failed to listen",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
        ],
        cause: "the program can't open its port: another container of the task has it, or it \
                is below 1024 and the user is not root",
        cure: &[
            SuggestionPart::text("give it a port of its own above 1023 (portMappings, loadBalancers); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "bind(2)",
    },
    Cause {
        id: "right-missing",
        when: &[
            CauseSign::LoggedBut(": Permission denied", &["client:", "warn"]),
            CauseSign::LoggedBut("(13: Permission denied)", &["client:", "warn"]),
            CauseSign::LoggedBut("[Errno 13] Permission denied", &["client:", "warn"]),
            CauseSign::Logged("must be present and writable"),
            CauseSign::LoggedBut(": Operation not permitted", &["client:", "warn"]),
        ],
        cause: "the container's user may not read, write or run a file, or do what only root \
                may",
        cure: &[
            SuggestionPart::text(
                "in the Dockerfile COPY --chown=USER and chmod +x it, or correct `user`; on \
                EFS give the access point the user's ids; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "jlesage/docker-nginx-proxy-manager#184; intro(2), EACCES and EPERM",
    },
    Cause {
        id: "path-missing",
        when: &[CauseSign::LoggedBut(
            ": No such file or directory",
            &[
                "warn",
                "retry",
                "again",
                "optional",
                "upstream",
                "client",
                "default",
                "ignor",
                "skip",
                "disabl",
                "fall",
                "client:",
                "fork/exec",
            ],
        )],
        cause: "a file or directory is not in the container: not copied into the image's last \
                stage, a path from another WORKDIR, or hidden by a volume",
        cure: &[
            SuggestionPart::text(
                "docker run --rm --entrypoint ls IMAGE -la DIR shows what is there; COPY it, \
                or correct WORKDIR or the mount; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "open(2), ENOENT; Bash Reference Manual",
    },
    Cause {
        id: "mail-login-refused",
        when: &[
            CauseSign::Logged("Invalid login: 535"),
            CauseSign::Logged("SMTPAuthenticationError"),
        ],
        cause: "the mail server refuses user or password",
        cure: &[
            SuggestionPart::text(
                "Amazon SES: use SMTP credentials of this region, which are no access keys; \
                then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon SES developer guide, SMTP issues",
    },
    Cause {
        id: "login-issuer-unreachable",
        when: &[
            CauseSign::Logged("Configuration with the provided Issuer"),
            CauseSign::Logged("issuer did not match"),
        ],
        cause: "the program does not reach its login server (OpenID Connect), or that names \
                itself by another URL",
        cure: &[
            SuggestionPart::text(
                "compare the issuer with \"issuer\" in \
                ISSUER/.well-known/openid-configuration, as the task reaches it; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Spring Security, ClientRegistrations; coreos/go-oidc",
    },
    Cause {
        id: "license-refused",
        when: &[
            CauseSign::Logged("invalid license"),
            CauseSign::LoggedBut(
                "license key",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "license has expired",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::LoggedBut(
                "license expired",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::Logged("agree to the EULA"),
            CauseSign::LoggedBut(
                "accept the license",
                &[
                    "warn", "retry", "again", "optional", "upstream", "client", "default", "ignor", "skip",
                    "disabl", "fall",
                ],
            ),
            CauseSign::Logged("End-User License Agreement"),
        ],
        cause: "the program wants a valid license, or that its terms are accepted",
        cure: &[
            SuggestionPart::text(
                "set the license, or the variable of the image that accepts the terms \
                (ACCEPT_EULA=Y, LICENSE=accept), in environment or secrets; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Microsoft, mssql-docker; itzg/docker-minecraft-server, README",
    },
    Cause {
        id: "argument-missing",
        when: &[
            CauseSign::Logged("the following arguments are required"),
            CauseSign::Logged("required flag(s)"),
            CauseSign::Logged("required arguments were not provided"),
            CauseSign::Logged("Missing option "),
            CauseSign::Logged("Missing argument "),
        ],
        cause: "the program is started without an argument that it needs; the line or the \
                next names it",
        cure: &[
            SuggestionPart::text("add it to command (ECS puts entryPoint and command together); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Python, argparse; spf13/cobra; clap-rs/clap; pallets/click",
    },
];
