//! What remains when no closer row matches: classes of errors, by the words that most programs use.

use super::HEDGED;
use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

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
            CauseSign::LoggedBut("invalid configuration", HEDGED),
            CauseSign::LoggedBut("configuration error", HEDGED),
            CauseSign::LoggedBut("failed to load config", HEDGED),
            CauseSign::LoggedBut("failed to parse config", HEDGED),
            CauseSign::LoggedBut("error loading config", HEDGED),
            CauseSign::LoggedBut("error parsing config", HEDGED),
            CauseSign::LoggedBut("Failed to read config", HEDGED),
            CauseSign::LoggedBut("unable to load config", HEDGED),
            CauseSign::LoggedBut("could not load config", HEDGED),
            CauseSign::LoggedBut("invalid config", HEDGED),
            CauseSign::LoggedBut("unknown configuration", HEDGED),
            CauseSign::LoggedBut("unable to parse config", HEDGED),
            CauseSign::LoggedBut("cannot parse config", HEDGED),
            CauseSign::LoggedBut("cannot load config", HEDGED),
            CauseSign::LoggedBut("could not read config", HEDGED),
            CauseSign::LoggedBut("cannot read config", HEDGED),
            CauseSign::LoggedBut("error reading config", HEDGED),
            CauseSign::LoggedBut("error in config", HEDGED),
            CauseSign::LoggedBut("config validation", HEDGED),
            CauseSign::LoggedBut("configuration validation", HEDGED),
            CauseSign::LoggedBut("bad configuration", HEDGED),
            CauseSign::LoggedBut("misconfigured", HEDGED),
            CauseSign::LoggedBut("not configured correctly", HEDGED),
            CauseSign::LoggedBut("invalid settings", HEDGED),
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
                ContainerDependency; beakman/medusa-stack-dockerized#2",
    },
    Cause {
        id: "port-not-bound",
        when: &[
            CauseSign::LoggedBut("failed to bind", HEDGED),
            CauseSign::LoggedBut("could not bind", HEDGED),
            CauseSign::LoggedBut("cannot bind", HEDGED),
            CauseSign::LoggedBut("failed to listen", HEDGED),
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
        when: &[CauseSign::LoggedBut(": No such file or directory", HEDGED)],
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
];
