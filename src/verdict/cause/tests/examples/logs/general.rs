//! Examples of the causes in `table/logs/general.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "variable-refused",
        &[
            logged(
                1,
                &[
                    "time=\"2021-02-24T17:27:16Z\" level=fatal msg=\"The configuration file is not declared in the HAPROXY_CFGFILES environment variable, cannot start.\"",
                ],
            ),
            logged(1, &["FATAL: JWT_SECRET not set"]),
            logged(1, &["DB_HOST unset"]),
            logged(1, &["Error: API_BASE_URL is required"]),
            logged(1, &["Missing SESSION_SECRET"]),
            logged(1, &["Error: REDIS_URL must be a valid URL"]),
            logged(1, &["You must set SECRET_KEY_BASE"]),
            logged(1, &["You must specify MYSQL_DATABASE"]),
            logged(1, &["You must provide GITHUB_TOKEN"]),
            logged(
                1,
                &[
                    "You need to specify one of MYSQL_ROOT_PASSWORD, MYSQL_ALLOW_EMPTY_PASSWORD and MYSQL_RANDOM_ROOT_PASSWORD",
                ],
            ),
            logged(1, &["Please set OPENAI_API_KEY"]),
            logged(1, &["process.env.APP_KEY is not defined"]),
            logged(1, &["Error: DATABASE_URL undefined"]),
            logged(1, &["ERROR ==> The REDIS_PASSWORD environment variable is empty"]),
            logged(1, &["Invalid value for MAX_POOL_SIZE: abc"]),
            logged(1, &["DATABASE_URL not found"]),
            logged(1, &["KeyError: 'SECRET_KEY'"]),
        ],
    ),
    (
        "data-version-differs",
        &[
            logged(1, &["FATAL:  database files are incompatible with server"]),
            logged(
                1,
                &[
                    "DETAIL:  The data directory was initialized by PostgreSQL version 15, which is not compatible with this version 16.1.",
                ],
            ),
            logged(
                1,
                &[
                    "[ERROR] [MY-014061] [Server] Invalid MySQL server upgrade: Cannot upgrade from 50744 to 80200.",
                ],
            ),
            logged(
                1,
                &["** IMPORTANT: UPGRADE PROBLEM: Found an invalid featureCompatibilityVersion document"],
            ),
            logged(1, &["# Can't handle RDB format version 11"]),
            logged(
                1,
                &["[ERROR] Can't open the mysql.plugin table. Please run mysql_upgrade to create it."],
            ),
            logged(1, &["mysqld: Table 'mysql.plugin' doesn't exist"]),
        ],
    ),
    (
        "data-directory-not-empty",
        &[
            logged(
                1,
                &["initdb: error: directory \"/var/lib/postgresql/data\" exists but is not empty"],
            ),
            logged(
                1,
                &["[ERROR] --initialize specified but the data directory has files in it. Aborting."],
            ),
            logged(1, &["You can only create a Strapi app in an empty directory."]),
        ],
    ),
    (
        "data-key-differs",
        &[
            logged(
                1,
                &[
                    "level=error msg=\"Failure running the storage provider startup check: the encryption key is not valid against the schema check value\"",
                ],
            ),
            logged(1, &["Error: Mismatching encryption keys."]),
        ],
    ),
    (
        "watch-limit",
        &[
            logged(
                1,
                &["Error: ENOSPC: System limit for number of file watchers reached, watch '/app'"],
            ),
            logged(
                1,
                &[
                    "System.IO.IOException: The configured user limit (128) on the number of inotify instances has been reached",
                ],
            ),
        ],
    ),
    (
        "api-login-refused",
        &[
            logged(
                1,
                &[
                    "requests.exceptions.HTTPError: 401 Client Error: Unauthorized for url: https://api.example.com/v1",
                ],
            ),
            logged(
                1,
                &[
                    "requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://api.example.com/v1",
                ],
            ),
            logged(1, &["AxiosError: Request failed with status code 401"]),
            logged(1, &["AxiosError: Request failed with status code 403"]),
            logged(1, &["Error: Invalid API key"]),
            logged(
                1,
                &["openai.AuthenticationError: Error code: 401 - Incorrect API key provided"],
            ),
            logged(1, &["git@github.com: Permission denied (publickey)."]),
        ],
    ),
    (
        "download-refused",
        &[logged(
            1,
            &[
                "<h2>Your client does not have permission to get URL <code>/api/plugins/repo/flant-statusmap-panel</code> from this server.</h2>",
            ],
        )],
    ),
    (
        "configuration-file-not-opened",
        &[logged(
            1,
            &["1707658635: Error: Unable to open config file /mosquitto/config/mosquitto.conf."],
        )],
    ),
    (
        "configuration-refused",
        &[
            logged(1, &["Error: Misconfigured Redis, halting."]),
            logged(1, &["Error: database is not configured correctly"]),
            logged(1, &["FATAL: invalid settings in section [http]"]),
            logged(1, &["Error: unknown configuration key \"listen.prot\""]),
            logged(1, &["unable to parse config /etc/app.json"]),
            logged(1, &["cannot parse config: line 3"]),
            logged(1, &["cannot load config file /etc/app.toml"]),
            logged(1, &["could not read configuration /etc/app.toml"]),
            logged(1, &["cannot read config /etc/app.toml"]),
            logged(1, &["Error reading configuration: bad key"]),
            logged(1, &["FATAL error in config near line 5"]),
            logged(1, &["Error: config validation failed: \"port\" must be a number"]),
            logged(1, &["Configuration validation failed: missing section"]),
            logged(1, &["FATAL: bad configuration option: foo"]),
            logged(1, &["*** FATAL CONFIG FILE ERROR (Redis 7.2.4) ***"]),
            logged(
                1,
                &["[ERROR] [MY-000067] [Server] unknown variable 'query_cache_size=0'."],
            ),
            logged(1, &["FATAL invalid configuration for listener 0"]),
            logged(1, &["FATAL configuration error: no backends"]),
            logged(1, &["failed to load config: key \"port\" has wrong type"]),
            logged(1, &["level=error msg=\"failed to parse config: bad duration\""]),
            logged(
                1,
                &["Error loading config (--config.file=/etc/prometheus/prometheus.yml)"],
            ),
            logged(1, &["error parsing config file: expected object"]),
            logged(1, &["FATAL Failed to read config: unexpected end of file"]),
            logged(1, &["unable to load config: bad section"]),
            logged(1, &["could not load configuration from /etc/app.ini"]),
            logged(1, &["panic: invalid config: port out of range"]),
            logged(
                1,
                &[
                    "level=error msg=\"loading groups failed\" err=\"rules.yml: group \\\"a\\\", rule 1: invalid annotation name: d:w\"",
                ],
            ),
            logged(1, &["Error: Please fix your configuration. Exiting..."]),
        ],
    ),
    (
        "setting-value-refused",
        &[
            logged(1, &["invalid value \"abc\" for option --workers"]),
            logged(
                1,
                &[
                    "WFLYCTL0419: 'b6d3c5eb' is an invalid value for parameter node-identifier. Values must have a maximum length of 23 bytes",
                ],
            ),
            logged(
                1,
                &[
                    "ERROR Unable to initialize backend: Too few sections in 2",
                    "      > Please check the value",
                ],
            ),
        ],
    ),
    (
        "setting-missing",
        &[
            logged(1, &["error: missing required option '--token'"]),
            logged(1, &["Required setting \"storage.bucket\" is not set"]),
            logged(
                1,
                &[
                    "Fatal: Failed to execute /usr/local/lib/node_modules/gethdev/gethdev.js: Error: etherbase address must be explicitly specified",
                ],
            ),
            logged(
                1,
                &[
                    "CRIT Exiting: error initializing publisher: No outputs are defined. Please define one under the output section.",
                ],
            ),
        ],
    ),
    (
        "tls-failed",
        &[
            logged(
                1,
                &["tls: failed to verify certificate: x509: negative serial number"],
            ),
            logged(
                1,
                &["javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake"],
            ),
            logged(1, &["ssl.SSLError: [SSL] unknown error (_ssl.c:1007)"]),
            logged(1, &["OpenSSL::SSL::SSLError: SSL_connect returned=1 errno=0"]),
            logged(
                1,
                &[
                    "System.Net.Http.HttpRequestException: The SSL connection could not be established, see inner exception.",
                ],
            ),
            logged(
                1,
                &[
                    "Could not find keyfile file '/etc/letsencrypt/live/legalisation/privkey.pem' in '/etc/nginx/conf.d/nginx.conf'",
                ],
            ),
        ],
    ),
    (
        "memory-used-up",
        &[
            logged(1, &["fatal: Out of memory, malloc failed"]),
            logged(
                1,
                &["/start.sh: line 9:    12 Killed                  python train.py"],
            ),
        ],
    ),
    (
        "code-not-parsed",
        &[
            logged(1, &["SyntaxError: Invalid or unexpected token"]),
            logged(
                1,
                &["PHP Parse error: syntax error, unexpected token \"enum\" in /app/a.php on line 3"],
            ),
        ],
    ),
    (
        "server-not-reached",
        &[
            logged(1, &["error:   An error occurred while connecting to Redis:"]),
            logged(
                1,
                &["FATAL: Dependency check failed. \"postgres-db\" not reachable at 172.17.0.2:5432."],
            ),
            logged(1, &["Error: failed to reach auth service"]),
            logged(1, &["panic: failed to ping database"]),
            logged(1, &["Error: could not reach the API"]),
            logged(1, &["FATAL: database is not responding"]),
            logged(1, &["Error: failed to dial rpc server"]),
            logged(1, &["Error: failed to initialize database"]),
            logged(1, &["Error: context deadline exceeded"]),
            logged(
                1,
                &[
                    "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='x', port=443): Max retries exceeded with url: /",
                ],
            ),
            logged(1, &["Error: timed out waiting for rabbitmq"]),
            logged(1, &["timeout waiting for db:5432"]),
            logged(
                1,
                &["nc: connect to db port 5432 (tcp) failed: Operation timed out"],
            ),
            logged(1, &["FATAL: database is not available"]),
            logged(1, &["Error: host db:5432 is not reachable"]),
            logged(1, &["FATAL: redis is unreachable"]),
            logged(
                1,
                &["/docker-entrypoint.sh: line 15: /dev/tcp/mongo/27017: Connection refused"],
            ),
            logged(1, &["fatal: failed to connect to vault"]),
            logged(1, &["Error: could not connect to broker"]),
            logged(1, &["ERROR Unable to connect to the database"]),
            logged(1, &["FATAL: cannot connect to etcd"]),
            logged(1, &["Error: Can't connect to queue"]),
            logged(1, &["Database connection failed"]),
            logged(1, &["panic: error connecting to nats"]),
            logged(1, &["elastic_transport.ConnectionError: Connection error"]),
            logged(1, &["Error: connection timed out"]),
            logged(1, &["MySQL connection timeout"]),
            logged(1, &["SQLSTATE[08006] [7] timeout expired"]),
            logged(1, &["Error: queryA ETIMEDOUT"]),
            logged(1, &["RequestError: Error: ESOCKETTIMEDOUT"]),
            logged(1, &["fatal: the database is unavailable"]),
            logged(1, &["temporal error: no usable database connection found"]),
        ],
    ),
    (
        "port-not-bound",
        &[
            logged(1, &["Error: failed to bind 0.0.0.0:80"]),
            logged(1, &["could not bind to address 0.0.0.0:80"]),
            logged(1, &["cannot bind to port 443"]),
            logged(1, &["fatal: failed to listen on :80"]),
        ],
    ),
    (
        "option-not-known",
        &[logged(1, &["prometheus: error: unknown short flag '-c'"])],
    ),
    (
        "command-unknown",
        &[logged(1, &["Error: Command \"start\" not found"])],
    ),
    (
        "right-missing",
        &[
            logged(1, &["/entrypoint.sh: line 3: ./run.sh: Permission denied"]),
            logged(
                1,
                &["nginx: [alert] chown(\"/cache\") failed (13: Permission denied)"],
            ),
            logged(
                1,
                &["[Errno 13] Permission denied: '/var/log/letsencrypt/letsencrypt.log'"],
            ),
            logged(
                1,
                &["The /var/www/bootstrap/cache directory must be present and writable."],
            ),
            logged(1, &["mount: /mnt: Operation not permitted"]),
            logged(
                1,
                &["Failed to set logging: {:open_failed, ~c\"/opt/ejabberd/logs/ejabberd.log\", :eacces}"],
            ),
            logged(1, &["Error: EPERM, chmod '/data'"]),
            logged(
                1,
                &["[FATAL] Executing child process '/usr/local/bin/jenkins.sh' failed: 'Permission denied'"],
            ),
            logged(
                1,
                &[
                    "Error 5(Access is denied.) occurred while opening file '/var/opt/mssql/data/master.mdf' to obtain configuration information at startup.",
                ],
            ),
        ],
    ),
    (
        "path-missing",
        &[
            logged(
                1,
                &["/entrypoint.sh: line 3: /app/env.sh: No such file or directory"],
            ),
            logged(1, &["{error,{\"/etc/app.config\",enoent}}"]),
        ],
    ),
    (
        "path-kind-differs",
        &[
            logged(
                1,
                &["/etc/init.d/logstash: line 41: .: /etc/default/logstash: is a directory"],
            ),
            logged(
                1,
                &["failed to check for initialization: open vault/data/core: not a directory"],
            ),
            logged(1, &["{error,eisdir}"]),
            logged(1, &["Error: ENOTDIR, scandir '/app/conf'"]),
            logged(1, &["IsADirectoryError: [Errno 21] '/etc/app.yml'"]),
            logged(1, &["NotADirectoryError: [Errno 20] '/data/x'"]),
        ],
    ),
    (
        "file-not-opened",
        &[
            logged(1, &["E1128 main.cc:42] Could not open model file /models/a.bin"]),
            logged(
                1,
                &[
                    "failed to load 'resnet' version 1: Unavailable: unable to find '/models/resnet/1/model.pt' for model instance 'resnet'",
                ],
            ),
        ],
    ),
    (
        "mail-login-refused",
        &[
            logged(
                1,
                &["Error: Invalid login: 535 Authentication Credentials Invalid"],
            ),
            logged(
                1,
                &["smtplib.SMTPAuthenticationError: (535, b'Authentication Credentials Invalid')"],
            ),
        ],
    ),
    (
        "login-issuer-unreachable",
        &[
            logged(
                1,
                &[
                    "java.lang.IllegalArgumentException: Unable to resolve the Configuration with the provided Issuer of \"https://idp\"",
                ],
            ),
            logged(1, &["oidc: issuer did not match the issuer returned by provider"]),
        ],
    ),
    (
        "license-refused",
        &[
            logged(1, &["Error: invalid license"]),
            logged(1, &["FATAL: license key is invalid or expired"]),
            logged(1, &["Error: your license has expired"]),
            logged(1, &["fatal: license expired on 2026-01-01"]),
            logged(1, &["You need to agree to the EULA in order to run the server."]),
            logged(1, &["ERROR: you must accept the license agreement"]),
            logged(
                1,
                &["The SQL Server End-User License Agreement (EULA) must be accepted before SQL"],
            ),
        ],
    ),
    (
        "argument-missing",
        &[
            logged(
                1,
                &["main.py: error: the following arguments are required: --port"],
            ),
            logged(1, &["Error: required flag(s) \"config\" not set"]),
            logged(1, &["error: the following required arguments were not provided:"]),
            logged(1, &["Error: Missing option '--config'."]),
            logged(1, &["Error: Missing argument 'APP'."]),
        ],
    ),
];
