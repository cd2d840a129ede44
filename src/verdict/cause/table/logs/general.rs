//! What remains when no closer row matches: classes of errors, by the words that most programs use.

use super::{ASKED, FAILS, HEDGED};
use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

/// What programs do to a configuration before they follow it.
const READS: &[&str] = &[
    "load",
    "read",
    "pars",
    "process",
    "decod",
    "unmarshal",
    "deserializ",
    "validat",
    "interpret",
    "merg",
    "apply",
    "in config",
];

/// What programs call a thing that their operator sets.
const SETTINGS: &[&str] = &[
    "option",
    "argument",
    "parameter",
    "setting",
    "flag",
    "config",
    "environment",
    "env",
    "property",
    "secret",
    "token",
    "key",
    "variable",
    "value",
];

/// How programs open a file, or look for it.
const OPENS: &[&str] = &[
    "open", "access", "find", "locat", "stat ", "stat(", "read", "load",
];

pub const ROWS: &[Cause] = &[
    Cause {
        id: "variable-refused",
        when: &[
            CauseSign::LoggedVariable("not set", HEDGED),
            CauseSign::LoggedVariable("unset", HEDGED),
            CauseSign::LoggedVariable("required", HEDGED),
            CauseSign::LoggedVariable("missing", HEDGED),
            CauseSign::LoggedVariable("must be", HEDGED),
            CauseSign::LoggedVariable("must set", HEDGED),
            CauseSign::LoggedVariable("must specify", HEDGED),
            CauseSign::LoggedVariable("must provide", HEDGED),
            CauseSign::LoggedVariable("need to specify", HEDGED),
            CauseSign::LoggedVariable("please set", HEDGED),
            CauseSign::LoggedVariable("not defined", HEDGED),
            CauseSign::LoggedVariable("undefined", HEDGED),
            CauseSign::LoggedVariable("empty", HEDGED),
            CauseSign::LoggedVariable("invalid value", HEDGED),
            CauseSign::LoggedVariable("not found", HEDGED),
            CauseSign::LoggedVariable("KeyError: '", HEDGED),
            CauseSign::LoggedVariable("not declared", HEDGED),
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
            CauseSign::Logged("Please run mysql_upgrade"),
            CauseSign::Logged("Table 'mysql.plugin' doesn't exist"),
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
                rdb.c; docker-library/mysql#3",
    },
    Cause {
        id: "data-directory-not-empty",
        when: &[
            CauseSign::Logged("exists but is not empty"),
            CauseSign::Logged("data directory has files in it"),
            CauseSign::Logged("in an empty directory"),
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
                the data directory; strapi/strapi-docker#335",
    },
    Cause {
        id: "data-key-differs",
        when: &[
            CauseSign::LoggedPhrase(
                &[
                    &[
                        "encryption key",
                        "master key",
                        "secret key",
                        "encryption keys",
                        "encryption secret",
                    ],
                    &[
                        "not valid",
                        "is not valid",
                        "does not match",
                        "don't match",
                        "mismatch",
                        "is invalid",
                        "does not appear to be valid",
                        "is wrong",
                        "differs",
                        "has changed",
                    ],
                ],
                ASKED,
            ),
            CauseSign::LoggedPhrase(
                &[
                    &["mismatching", "mismatched", "wrong", "incorrect", "invalid"],
                    &["encryption key", "master key"],
                ],
                ASKED,
            ),
        ],
        cause: "the program's data is encrypted with another key than the one that it gets now",
        cure: &[
            SuggestionPart::text(
                "give it the former key (an older version of the secret: aws secretsmanager \
                list-secret-version-ids), or change the key with the program's own tool; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "notthebee/ansible-easy-vpn#6, #7 and #275",
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
        id: "download-refused",
        when: &[CauseSign::Logged(
            "Your client does not have permission to get URL",
        )],
        cause: "the program downloads something when it starts, such as plugins, and that server \
                refuses the task's address",
        cure: &[
            SuggestionPart::text(
                "put it into the image (RUN in the Dockerfile) instead of downloading it at each \
                start; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "M0r13n/mikrotik_monitoring#15",
    },
    Cause {
        id: "configuration-file-not-opened",
        when: &[CauseSign::LoggedPhrase(
            &[
                FAILS,
                &["open", "access", "find", "locat", "stat "],
                &["config", "settings file", "properties file"],
            ],
            HEDGED,
        )],
        cause: "the program can't open its configuration file: it is not in the container at \
                that path, a volume hides it, or the container's user may not read it",
        cure: &[
            SuggestionPart::text(
                "docker run --rm --entrypoint ls IMAGE -la DIR shows what is there; COPY it \
                (--chown=USER), or correct the path or the mount; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "eclipse-mosquitto/mosquitto#3000 and #1114; open(2), ENOENT and EACCES",
    },
    Cause {
        id: "configuration-refused",
        when: &[
            CauseSign::Logged("FATAL CONFIG FILE ERROR"),
            CauseSign::Logged("unknown variable '"),
            CauseSign::LoggedPhrase(&[FAILS, READS, &["config"]], HEDGED),
            CauseSign::LoggedPhrase(
                &[
                    &[
                        "invalid",
                        "bad",
                        "malformed",
                        "unknown",
                        "wrong",
                        "incorrect",
                        "illegal",
                        "unsupported",
                        "incomplete",
                        "inconsistent",
                    ],
                    &["config"],
                ],
                HEDGED,
            ),
            CauseSign::LoggedPhrase(
                &[
                    &["config"],
                    &[
                        "is invalid",
                        "is not valid",
                        "not valid",
                        "is malformed",
                        "is incorrect",
                        "is wrong",
                        "is incomplete",
                        "could not be",
                        "cannot be",
                        "can't be",
                        "validation",
                        "error",
                        "has errors",
                        "contains errors",
                    ],
                ],
                HEDGED,
            ),
            CauseSign::LoggedBut("error in config", HEDGED),
            CauseSign::LoggedBut("misconfigured", HEDGED),
            CauseSign::LoggedBut("not configured correctly", HEDGED),
            CauseSign::LoggedBut("invalid settings", HEDGED),
            CauseSign::Logged("loading groups failed"),
            CauseSign::LoggedPhrase(
                &[
                    &["please"],
                    &["fix", "check", "correct", "review"],
                    &["config", "settings"],
                ],
                HEDGED,
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
                prometheus/prometheus, main.go; calcom/cal.diy#25189; vegasbrianc/prometheus#97; docker-mailserver/docker-mailserver#536",
    },
    Cause {
        id: "setting-value-refused",
        when: &[
            CauseSign::LoggedPhrase(
                &[
                    &[
                        "invalid",
                        "illegal",
                        "bad",
                        "unsupported",
                        "wrong",
                        "unexpected",
                        "not a valid",
                    ],
                    &["value"],
                    &["for", "of"],
                    &[
                        "option",
                        "argument",
                        "parameter",
                        "setting",
                        "flag",
                        "config",
                        "environment",
                        "variable",
                        "property",
                        "key",
                    ],
                ],
                ASKED,
            ),
            CauseSign::LoggedPhrase(
                &[&["is an invalid value", "is not a valid value", "is no valid value"]],
                ASKED,
            ),
            CauseSign::Logged("> Please check the value"),
        ],
        cause: "a setting has a value that the program does not take; the line names the setting \
                or the value",
        cure: &[
            SuggestionPart::text("correct it in environment, secrets or command of the container; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "bitnami/bitnami-docker-keycloak#33; minio/minio#16457",
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
            CauseSign::LoggedBut("Connection refused", HEDGED),
            CauseSign::LoggedBut("failed to connect", HEDGED),
            CauseSign::LoggedBut("could not connect", HEDGED),
            CauseSign::LoggedBut("unable to connect", HEDGED),
            CauseSign::LoggedBut("cannot connect", HEDGED),
            CauseSign::LoggedBut("can't connect", HEDGED),
            CauseSign::LoggedBut("connection failed", HEDGED),
            CauseSign::LoggedBut("error connecting", HEDGED),
            CauseSign::LoggedBut("ConnectionError", HEDGED),
            CauseSign::LoggedBut("connection timed out", HEDGED),
            CauseSign::LoggedBut("connection timeout", HEDGED),
            CauseSign::LoggedBut("SQLSTATE[08006]", HEDGED),
            CauseSign::LoggedBut("context deadline exceeded", HEDGED),
            CauseSign::LoggedBut("Max retries exceeded", &["warn"]),
            CauseSign::LoggedBut("timed out waiting for", HEDGED),
            CauseSign::LoggedBut("timeout waiting for", HEDGED),
            CauseSign::LoggedBut("Operation timed out", HEDGED),
            CauseSign::LoggedBut("database is not available", HEDGED),
            CauseSign::LoggedBut("is not reachable", HEDGED),
            CauseSign::LoggedBut("is unreachable", HEDGED),
            CauseSign::LoggedBut("not reachable at", HEDGED),
            CauseSign::LoggedBut("failed to reach", HEDGED),
            CauseSign::LoggedBut("failed to ping", HEDGED),
            CauseSign::LoggedBut("could not reach", HEDGED),
            CauseSign::LoggedBut("is not responding", HEDGED),
            CauseSign::LoggedBut("failed to dial", HEDGED),
            CauseSign::LoggedBut("failed to initialize database", HEDGED),
            CauseSign::LoggedBut("error occurred while connecting", HEDGED),
            CauseSign::LoggedWord("ETIMEDOUT", HEDGED),
            CauseSign::LoggedWord("ESOCKETTIMEDOUT", HEDGED),
            CauseSign::LoggedPhrase(
                &[
                    &[
                        "database",
                        "db",
                        "redis",
                        "mongo",
                        "postgres",
                        "mysql",
                        "broker",
                        "kafka",
                        "rabbitmq",
                        "cache",
                        "queue",
                        "elasticsearch",
                    ],
                    &[
                        "not available",
                        "unavailable",
                        "not reachable",
                        "unreachable",
                        "did not respond",
                        "not responding",
                    ],
                ],
                HEDGED,
            ),
            CauseSign::LoggedPhrase(
                &[
                    &["no usable", "no available", "no working", "no healthy"],
                    &["connection", "database connection", "host", "node", "endpoint"],
                ],
                HEDGED,
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
                ContainerDependency; beakman/medusa-stack-dockerized#2; temporalio/temporal#6628",
    },
    Cause {
        id: "port-not-bound",
        when: &[CauseSign::LoggedPhrase(
            &[
                FAILS,
                &[
                    "bind",
                    "listen",
                    "open port",
                    "open socket",
                    "create listener",
                    "start listener",
                    "acquire port",
                ],
            ],
            HEDGED,
        )],
        cause: "the program can't open its port: another container of the task has it, or it \
                is below 1024 and the user is not root",
        cure: &[
            SuggestionPart::text("give it a port of its own above 1023 (portMappings, loadBalancers); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "bind(2)",
    },
    Cause {
        id: "option-not-known",
        when: &[CauseSign::LoggedPhrase(
            &[
                &[
                    "unknown",
                    "unrecognized",
                    "unrecognised",
                    "invalid",
                    "unexpected",
                    "unsupported",
                    "illegal",
                ],
                &[
                    "flag",
                    "option",
                    "argument",
                    "switch",
                    "short flag",
                    "long flag",
                    "command line",
                    "parameter",
                ],
            ],
            ASKED,
        )],
        cause: "the program does not know an option that it is started with: `command` is made \
                for another version, or repeats the image's entry point",
        cure: &[
            SuggestionPart::text(
                "docker run --rm IMAGE --help shows what it knows; correct `command`, or pin the \
                image's version; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "vegasbrianc/github-monitoring#9; Amazon ECS API Reference, ContainerDefinition \
                (command, entryPoint)",
    },
    Cause {
        id: "command-unknown",
        when: &[CauseSign::LoggedPhrase(
            &[
                &["command", "subcommand", "task", "action"],
                &[
                    "not found",
                    "is not defined",
                    "is unknown",
                    "does not exist",
                    "not recognized",
                    "is not recognized",
                    "isn't defined",
                ],
            ],
            ASKED,
        )],
        cause: "the program does not know the command that the container starts it with: \
                `command`, or the image's CMD, is made for another version, or repeats the entry \
                point",
        cure: &[
            SuggestionPart::text(
                "docker run --rm IMAGE --help shows what it knows; correct `command` or pin the \
                image's version; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "coleam00/local-ai-packaged#146; do-community/travellist-laravel-demo#9",
    },
    Cause {
        id: "right-missing",
        when: &[
            CauseSign::LoggedBut(": Permission denied", &["client:", "warn"]),
            CauseSign::LoggedBut("(13: Permission denied)", &["client:", "warn"]),
            CauseSign::LoggedBut("[Errno 13] Permission denied", &["client:", "warn"]),
            CauseSign::Logged("must be present and writable"),
            CauseSign::LoggedBut(": Operation not permitted", &["client:", "warn"]),
            CauseSign::LoggedWord("EACCES", HEDGED),
            CauseSign::LoggedWord("EPERM", HEDGED),
            CauseSign::LoggedBut("permission denied", ASKED),
            CauseSign::LoggedBut("Access is denied", ASKED),
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
        source: "jlesage/docker-nginx-proxy-manager#184; intro(2), EACCES and EPERM; processone/ejabberd#4384; MISP/misp-workbench#12; jenkinsci/docker#129; docker-library/mongo#57; bitwarden/desktop#282",
    },
    Cause {
        id: "path-missing",
        when: &[
            CauseSign::LoggedBut("No such file or directory", HEDGED),
            CauseSign::LoggedWord("ENOENT", HEDGED),
        ],
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
        id: "path-kind-differs",
        when: &[
            CauseSign::LoggedBut(": is a directory", HEDGED),
            CauseSign::LoggedBut("Not a directory", HEDGED),
            CauseSign::LoggedWord("EISDIR", HEDGED),
            CauseSign::LoggedWord("ENOTDIR", HEDGED),
            CauseSign::Logged("IsADirectoryError"),
            CauseSign::Logged("NotADirectoryError"),
        ],
        cause: "the program finds a directory where it expects a file, or a file where it \
                expects a directory, mostly as a volume is mounted there",
        cure: &[
            SuggestionPart::text(
                "mount the volume at a directory of its own, or correct the path; a file can't be \
                mounted on ECS, so COPY it into the image; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "ChristianKniep/docker-elk#17; testdrivenio/vault-consul-docker#3; intro(2), \
                EISDIR and ENOTDIR",
    },
    Cause {
        id: "file-not-opened",
        when: &[
            CauseSign::LoggedPhrase(
                &[
                    FAILS,
                    OPENS,
                    &["file", "directory", "folder", "certificate", "keystore"],
                ],
                ASKED,
            ),
            CauseSign::LoggedPhrase(&[FAILS, OPENS, &["'/", "\"/"]], ASKED),
        ],
        cause: "the program can't read a file that it needs: it is not in the container at that \
                path, a volume hides it, or the container's user may not read it",
        cure: &[
            SuggestionPart::text(
                "docker run --rm --entrypoint ls IMAGE -la DIR shows what is there; COPY it \
                (--chown=USER), or correct the path or the mount; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "open(2), ENOENT and EACCES; clearml/clearml-serving#3",
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
            CauseSign::LoggedBut("license key", HEDGED),
            CauseSign::LoggedBut("license has expired", HEDGED),
            CauseSign::LoggedBut("license expired", HEDGED),
            CauseSign::Logged("agree to the EULA"),
            CauseSign::LoggedBut("accept the license", HEDGED),
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
    Cause {
        id: "setting-missing",
        when: &[
            CauseSign::LoggedPhrase(
                &[
                    &["missing", "no", "undefined", "empty", "unset"],
                    &["required", "mandatory"],
                    SETTINGS,
                ],
                ASKED,
            ),
            CauseSign::LoggedPhrase(
                &[
                    &["required", "mandatory"],
                    SETTINGS,
                    &[
                        "missing",
                        "not set",
                        "not provided",
                        "not specified",
                        "not given",
                        "not found",
                        "is empty",
                        "was not",
                        "not present",
                    ],
                ],
                ASKED,
            ),
            CauseSign::LoggedPhrase(
                &[
                    &["must be", "needs to be", "has to be", "have to be"],
                    &[
                        "specified",
                        "set",
                        "provided",
                        "configured",
                        "defined",
                        "given",
                        "supplied",
                    ],
                ],
                ASKED,
            ),
            CauseSign::LoggedPhrase(
                &[
                    &["please"],
                    &["define", "set ", "specify", "provide", "configure", "supply"],
                ],
                ASKED,
            ),
        ],
        cause: "the program needs a setting that it does not get; the line names it",
        cure: &[
            SuggestionPart::text("set it in environment, secrets or command of the container; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "amacneil/gethdev#5; The Twelve-Factor App, Config; willfarrell/docker-filebeat#2",
    },
];
