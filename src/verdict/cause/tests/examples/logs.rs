//! Examples of the causes in `table/logs.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "nginx-upstream-unresolved",
        &[logged(
            1,
            &["nginx: [emerg] host not found in upstream \"app\" in /etc/nginx/nginx.conf:24"],
        )],
    ),
    (
        "haproxy-server-unresolved",
        &[
            logged(
                1,
                &[
                    "[ALERT] 195/185652 (1) : parsing [/usr/local/etc/haproxy/haproxy.cfg:12] : 'server \
             mqtt_app_1' : could not resolve address 'mqtt_1'.",
                ],
            ),
            logged(
                1,
                &[
                    "[ALERT] 065/030135 (25328) : parsing [/etc/haproxy/haproxy.cfg:329] : 'server \
             atv.amazon.com' : invalid address: 'atv.amazon.com' in 'atv.amazon.com:80'",
                ],
            ),
            logged(
                1,
                &["[ALERT] (1) : config : Failed to initialize server(s) addr."],
            ),
        ],
    ),
    (
        "docker-desktop-name",
        &[
            logged(
                1,
                &["db: Could not connect. Will try again. getaddrinfo ENOTFOUND host.docker.internal"],
            ),
            logged(
                1,
                &["dial tcp: lookup host.docker.internal on 10.0.0.2:53: no such host"],
            ),
            logged(
                1,
                &[
                    "psycopg2.OperationalError: could not translate host name \"host.docker.internal\" to \
             address: Name or service not known",
                ],
            ),
        ],
    ),
    (
        "go-resolver-broken",
        &[logged(
            1,
            &["level=fatal msg=\"dial tcp: lookup \
             terraboard.abcd1234.us-east-1.rds.amazonaws.com: device or resource busy\""],
        )],
    ),
    (
        "host-name-unresolved",
        &[
            logged(1, &["Error: getaddrinfo ENOTFOUND db"]),
            logged(1, &["Error: getaddrinfo EAI_AGAIN postgres"]),
            logged(
                1,
                &[
                    "2019/10/23 14:10:30 main.go:189: error connecting to DB: dial tcp: lookup demo-db on \
             67.207.67.2:53: no such host",
                ],
            ),
            logged(
                1,
                &[
                    "psycopg2.OperationalError: could not translate host name \"db\" to address: No \
             address associated with hostname",
                ],
            ),
            logged(
                1,
                &[
                    "django.db.utils.OperationalError: failed to resolve host 'db': [Errno -2] Name or \
             service not known",
                ],
            ),
            logged(
                1,
                &[
                    "redis.exceptions.ConnectionError: Error -3 connecting to redis:6379. Temporary \
             failure in name resolution.",
                ],
            ),
            logged(1, &["Caused by: java.net.UnknownHostException: db"]),
            logged(
                1,
                &[
                    "PDOException: SQLSTATE[HY000] [2002] php_network_getaddresses: getaddrinfo failed: No \
             address associated with hostname",
                ],
            ),
        ],
    ),
    (
        "local-server-unreachable",
        &[
            logged(
                1,
                &["[ioredis] Unhandled error event: Error: connect ECONNREFUSED 127.0.0.1:6379"],
            ),
            logged(1, &["MongoServerSelectionError: connect ECONNREFUSED ::1:27017"]),
            logged(
                1,
                &[
                    "[2018-06-07 10:30:14,099: ERROR/MainProcess] consumer: Cannot connect to \
             amqp://guest:**@127.0.0.1:5672//: [Errno 111] Connection refused.",
                ],
            ),
            logged(
                1,
                &[
                    "psycopg2.OperationalError: connection to server at \"localhost\" (::1), port 5432 \
             failed: Connection refused",
                ],
            ),
            logged(1, &["dial tcp [::1]:5432: connect: connection refused"]),
            logged(
                1,
                &["Error: P1001: Can't reach database server at `localhost:5432`"],
            ),
            logged(
                1,
                &["Error: P1001: Can't reach database server at `127.0.0.1`:`5432`"],
            ),
            logged(
                1,
                &[
                    "connection to server on socket \"/var/run/postgresql/.s.PGSQL.5432\" failed: No such \
             file or directory",
                ],
            ),
            logged(
                1,
                &[
                    "ERROR 2002 (HY000): Can't connect to local MySQL server through socket \
             '/var/run/mysqld/mysqld.sock' (2)",
                ],
            ),
            logged(
                1,
                &[
                    "Caused by: org.postgresql.util.PSQLException: Connection to localhost:5432 \
             refused. Check that the hostname and port are correct and that the \
             postmaster is accepting TCP/IP connections.",
                ],
            ),
        ],
    ),
    (
        "server-refuses-connection",
        &[
            logged(1, &["Error: connect ECONNREFUSED 10.0.1.23:5432"]),
            logged(
                1,
                &["PG::ConnectionBad: could not connect to server: Connection refused"],
            ),
            logged(
                1,
                &["connection to server at \"10.0.1.23\", port 5432 failed: Connection refused"],
            ),
            logged(1, &["dial tcp 10.0.1.23:5432: connect: connection refused"]),
            logged(1, &["java.net.ConnectException: Connection refused"]),
            logged(
                1,
                &["PDOException(code: 2002): SQLSTATE[HY000] [2002] Connection refused"],
            ),
            logged(
                1,
                &[
                    "redis.exceptions.ConnectionError: Error 111 connecting to redis:6379. Connection refused.",
                ],
            ),
        ],
    ),
    (
        "server-unreachable",
        &[
            logged(1, &["Error: connect ETIMEDOUT 10.0.0.109:5432"]),
            logged(1, &["dial tcp 10.0.3.17:5432: i/o timeout"]),
            logged(1, &["could not connect to server: Connection timed out"]),
            logged(1, &["SQLSTATE[HY000] [2002] Connection timed out"]),
            logged(
                1,
                &["java.net.ConnectException: Connection timed out (Connection timed out)"],
            ),
            logged(1, &["dial tcp 10.0.3.17:5432: connect: connection timed out"]),
            logged(
                1,
                &["connection to server at \"10.0.1.23\", port 5432 failed: timeout expired"],
            ),
            logged(
                1,
                &["Error: P1001: Can't reach database server at `192.168.101.65`:`3306`"],
            ),
            logged(
                1,
                &[
                    "Caused by: com.mysql.cj.jdbc.exceptions.CommunicationsException: Communications link failure",
                ],
            ),
            logged(
                1,
                &["MongooseServerSelectionError: Server selection timed out after 30000 ms"],
            ),
            logged(
                1,
                &["pymongo.errors.ServerSelectionTimeoutError: mongo:27017: timed out"],
            ),
            logged(1, &["java.net.SocketTimeoutException: connect timed out"]),
        ],
    ),
    (
        "pool-without-connection",
        &[logged(
            1,
            &[
                "Caused by: java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not \
             available, request timed out after 30014ms.",
            ],
        )],
    ),
    (
        "database-wants-tls",
        &[logged(
            1,
            &[
                "FATAL: no pg_hba.conf entry for host \"10.0.1.23\", user \"postgres\", database \
             \"postgres\", no encryption",
            ],
        )],
    ),
    (
        "mysql-authentication-unknown",
        &[logged(
            1,
            &[
                "Error: ER_NOT_SUPPORTED_AUTH_MODE: Client does not support authentication protocol \
             requested by server; consider upgrading MySQL client",
            ],
        )],
    ),
    (
        "database-not-granted",
        &[logged(
            1,
            &[
                "sqlalchemy.exc.OperationalError: (pymysql.err.OperationalError) (1044, \"Access \
             denied for user 'microblog'@'%' to database 'microblog'\")",
            ],
        )],
    ),
    (
        "database-login-refused",
        &[
            logged(
                1,
                &[
                    "pymysql.err.OperationalError: (1045, \"Access denied for user 'root'@'172.19.0.6' \
             (using password: YES)\")",
                ],
            ),
            logged(1, &["FATAL:  password authentication failed for user \"web\""]),
            logged(
                1,
                &[
                    "pymongo.errors.OperationFailure: Authentication failed., full error: {'ok': 0.0, \
             'errmsg': 'Authentication failed.', 'code': 18, 'codeName': 'AuthenticationFailed'}",
                ],
            ),
            logged(1, &["Login failed for user 'sa'."]),
            logged(
                1,
                &["WRONGPASS invalid username-password pair or user is disabled."],
            ),
            logged(
                1,
                &["Error: P1000: Authentication failed against database server at \
             `localhost`, the provided database credentials for `pg` are not valid."],
            ),
            logged(1, &["MongoServerError: Authentication failed."]),
        ],
    ),
    (
        "redis-password-missing",
        &[logged(1, &["NOAUTH Authentication required."])],
    ),
    (
        "database-missing",
        &[
            logged(
                1,
                &["DB not available: pq: database \"sourcegraph\" does not exist"],
            ),
            logged(1, &["FATAL:  database \"shop\" does not exist"]),
            logged(1, &["(1049, \"Unknown database 'shop'\")"]),
        ],
    ),
    (
        "database-table-missing",
        &[logged(
            1,
            &["ERROR:  relation \"users\" does not exist at character 15"],
        )],
    ),
    (
        "database-connections-used",
        &[
            logged(1, &["FATAL:  sorry, too many clients already"]),
            logged(
                1,
                &[
                    "FATAL:  remaining connection slots are reserved for non-replication superuser connections",
                ],
            ),
            logged(1, &["Error: ER_CON_COUNT_ERROR: Too many connections"]),
        ],
    ),
    (
        "image-wants-password",
        &[logged(
            1,
            &["Error: Database is uninitialized and superuser password is not specified."],
        )],
    ),
    (
        "migration-locked",
        &[logged(
            1,
            &[
                "liquibase.exception.LockException: Could not acquire change log lock.  Currently \
             locked by autoscaler-metrics-1 (10.244.2.10) since 8/16/19, 5:26 AM",
            ],
        )],
    ),
    (
        "migration-changed",
        &[
            logged(1, &["Migration checksum mismatch for migration version 3"]),
            logged(
                1,
                &[
                    "org.flywaydb.core.api.exception.FlywayValidateException: Validate failed: Migrations \
             have failed validation",
                ],
            ),
        ],
    ),
    (
        "migration-not-in-image",
        &[logged(
            1,
            &["alembic.util.exc.CommandError: Can't locate revision identified by '30a419ca143e'"],
        )],
    ),
    (
        "migration-failed-before",
        &[
            logged(1, &["Error: P3009"]),
            logged(1, &["error: Dirty database version 11. Fix and force version."]),
            logged(
                1,
                &[
                    "migrate found failed migrations in the target database, new migrations \
             will not be applied. Read more about how to resolve migration issues in a \
             production database: https://pris.ly/d/migrate-resolve",
                ],
            ),
        ],
    ),
    (
        "prisma-engine-missing",
        &[
            logged(
                1,
                &[
                    "PrismaClientInitializationError: Prisma Client could not locate the Query Engine for \
             runtime \"linux-musl-arm64-openssl-1.1.x\".",
                ],
            ),
            logged(
                1,
                &[
                    "Details: Error loading shared library libssl.so.1.1: No such file or directory (needed by /app/node_modules/.prisma/client/libquery_engine-linux-musl.so.node)",
                ],
            ),
        ],
    ),
    (
        "port-not-permitted",
        &[
            logged(
                1,
                &["nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)"],
            ),
            logged(
                1,
                &[
                    "run: loading initial config: loading new config: http app module: start: tcp: \
             listening on :80: listen tcp :80: bind: permission denied",
                ],
            ),
            logged(1, &["Error: listen EACCES 0.0.0.0:80"]),
            logged(
                1,
                &["(13)Permission denied: AH00072: make_sock: could not bind to address [::]:80"],
            ),
            logged(
                1,
                &["Unhandled exception. System.Net.Sockets.SocketException (13): Permission denied"],
            ),
            logged(
                1,
                &[
                    "ERROR:    [Errno 13] error while attempting to bind on address ('0.0.0.0', 80): \
             permission denied",
                ],
            ),
            logged(
                1,
                &["Permission denied - bind(2) for \"0.0.0.0\" port 80 (Errno::EACCES)"],
            ),
        ],
    ),
    (
        "port-taken",
        &[
            logged(1, &["bind() to 0.0.0.0:8443 failed (98: Address in use)"]),
            logged(1, &["Error: listen EADDRINUSE: address already in use :::3001"]),
            logged(1, &["OSError: [Errno 98] Address already in use"]),
            logged(
                1,
                &[
                    "[12-Jun-2020 07:54:41] ERROR: unable to bind listening socket for address \
             '0.0.0.0:9000': Address in use (98)",
                ],
            ),
            logged(1, &["[ERROR] Connection in use: ('127.0.0.1', 8000)"]),
            logged(1, &["Web server failed to start. Port 8080 was already in use."]),
            logged(
                1,
                &[
                    "org.springframework.boot.web.server.PortInUseException: Port 8080 is \
             already in use",
                ],
            ),
            logged(
                1,
                &[
                    "The Tomcat connector configured to listen on port 8080 failed to start. \
             The port may already be in use or the connector may be misconfigured.",
                ],
            ),
        ],
    ),
    (
        "address-not-available",
        &[logged(
            1,
            &[
                "ERROR:    [Errno 99] error while attempting to bind on address ('::1', 8000, 0, 0): \
             cannot assign requested address",
            ],
        )],
    ),
    (
        "apache-without-port",
        &[logged(1, &["no listening sockets available, shutting down"])],
    ),
    (
        "server-pid-left",
        &[logged(
            1,
            &["A server is already running (pid: 10, file: /var/app/tmp/pids/server.pid)."],
        )],
    ),
    (
        "log-router-denied",
        &[
            logged(
                1,
                &[
                    "[2021/05/12 19:36:11] [error] [output:cloudwatch_logs:cloudwatch_logs.0] \
             CreateLogGroup API responded with error='AccessDeniedException'",
                ],
            ),
            logged(
                1,
                &[
                    "time=\"2024-06-13T18:48:52Z\" level=error msg=\"AccessDeniedException: User: \
             arn:aws:sts::123456789012:assumed-role/fluentbit-task-role/0123456789abcdef is not \
             authorized to perform: logs:CreateLogGroup on resource: \
             arn:aws:logs:us-east-1:123456789012:log-group:fluent-bit-cloudwatch:log-stream:\"",
                ],
            ),
        ],
    ),
    (
        "task-role-denied",
        &[logged(
            1,
            &[
                "An error occurred (AccessDeniedException) when calling the GetSecretValue operation: \
             User: arn:aws:sts::123456789012:assumed-role/app-task-role/0123456789abcdef is not \
             authorized to perform: secretsmanager:GetSecretValue on resource: sharepoint_account \
             because no identity-based policy allows the secretsmanager:GetSecretValue action",
            ],
        )],
    ),
    (
        "task-without-credentials",
        &[
            logged(1, &["Could not load EC2 task role credentials"]),
            logged(
                1,
                &["Unable to get IAM security credentials from EC2 Instance Metadata Service."],
            ),
            logged(
                1,
                &["botocore.exceptions.NoCredentialsError: Unable to locate credentials"],
            ),
            logged(
                1,
                &["NoCredentialProviders: no valid providers in chain. Deprecated."],
            ),
            logged(
                1,
                &["CredentialsProviderError: Could not load credentials from any providers"],
            ),
            logged(
                1,
                &[
                    "software.amazon.awssdk.core.exception.SdkClientException: Unable to load credentials \
             from any of the providers in the chain \
             AwsCredentialsProviderChain(credentialsProviders=[…])",
                ],
            ),
            logged(
                1,
                &[
                    "failed to sign request: failed to retrieve credentials: failed to refresh cached \
             credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, request \
             canceled, context deadline exceeded",
                ],
            ),
            logged(
                1,
                &[
                    "com.amazonaws.SdkClientException: Unable to load AWS credentials from any provider in \
             the chain",
                ],
            ),
            logged(
                1,
                &["unable to sign request without credentials set (Aws::Errors::MissingCredentialsError)"],
            ),
        ],
    ),
    (
        "task-without-region",
        &[
            logged(
                1,
                &["botocore.exceptions.NoRegionError: You must specify a region."],
            ),
            logged(
                1,
                &[
                    "Caused by: SdkClientException: Unable to load region from any of the providers in the \
             chain DefaultAwsRegionProviderChain@292fcda",
                ],
            ),
            logged(1, &["Error: Region is missing"]),
            logged(1, &["ConfigError: Missing region in config"]),
            logged(1, &["MissingRegion: could not find region configuration"]),
            logged(
                1,
                &["com.amazonaws.SdkClientException: Unable to find a region via the region provider chain."],
            ),
        ],
    ),
    (
        "rails-key-missing",
        &[
            logged(
                1,
                &[
                    "Rails::Secrets::MissingKeyError: Missing encryption key to decrypt secrets with. Ask your team for your master key and put it in ENV[\"RAILS_MASTER_KEY\"]",
                ],
            ),
            logged(
                1,
                &[
                    "ArgumentError: Missing `secret_key_base` for 'production' environment, set this \
             string with `bin/rails credentials:edit`",
                ],
            ),
            logged(
                1,
                &[
                    "Missing encryption key to decrypt file with. Ask your team for your master key and \
             write it to /rails/config/master.key or put it in the ENV['RAILS_MASTER_KEY'].",
                ],
            ),
        ],
    ),
    (
        "django-misconfigured",
        &[logged(
            1,
            &["django.core.exceptions.ImproperlyConfigured: The SECRET_KEY setting must not be empty."],
        )],
    ),
    (
        "laravel-key-missing",
        &[logged(1, &["No application encryption key has been specified"])],
    ),
    (
        "datasource-missing",
        &[logged(
            1,
            &[
                "Failed to configure a DataSource: 'url' attribute is not specified and no embedded \
             datasource could be configured.",
            ],
        )],
    ),
    (
        "settings-invalid",
        &[
            logged(
                1,
                &["pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings"],
            ),
            logged(
                1,
                &["pydantic_core._pydantic_core.ValidationError: 2 validation errors for Settings"],
            ),
        ],
    ),
    (
        "spring-property-missing",
        &[logged(
            1,
            &[
                "Caused by: java.lang.IllegalArgumentException: Could not resolve \
             placeholder 'loda.mysql.url' in value \"${loda.mysql.url}\"",
            ],
        )],
    ),
    (
        "environment-variable-missing",
        &[
            logged(1, &["Error loading env config: environment variable not found"]),
            logged(
                1,
                &[
                    "thread 'main' panicked at src/main.rs:9:40: called `Result::unwrap()` on an `Err` \
             value: NotPresent",
                ],
            ),
            logged(1, &["required key APP_PORT missing value"]),
            logged(
                1,
                &[
                    "thread 'tokio-runtime-worker-0' panicked at 'User env var should exist: \
             NotPresent'",
                ],
            ),
        ],
    ),
    (
        "number-malformed",
        &[logged(
            1,
            &[
                "thread 'main' panicked at 'called `Result::unwrap()` on an `Err` value: ParseIntError \
             { kind: InvalidDigit }', src/main.rs:295:79",
            ],
        )],
    ),
    (
        "nginx-directory-not-permitted",
        &[logged(
            1,
            &["nginx: [emerg] mkdir() \"/var/tmp/nginx/client_body\" failed (13: Permission denied)"],
        )],
    ),
    (
        "file-system-read-only",
        &[
            logged(1, &["OSError: [Errno 30] Read-only file system: '/app/cache'"]),
            logged(
                1,
                &[
                    "nginx: [emerg] mkdir() \"/var/cache/nginx/client_temp\" failed (30: Read-only file system)",
                ],
            ),
            logged(1, &["Error: EROFS: read-only file system, mkdir '/app/.cache'"]),
        ],
    ),
    (
        "nginx-directive-misplaced",
        &[logged(
            1,
            &["nginx: [emerg] \"user\" directive is not allowed here in /etc/nginx/conf.d/default.conf:1"],
        )],
    ),
    (
        "nginx-configuration-refused",
        &[
            logged(
                1,
                &["nginx: [emerg] unknown directive \"$forward_scheme\" in /data/nginx/proxy_host/4.conf:29"],
            ),
            logged(
                1,
                &["nginx: configuration file /etc/nginx/nginx.conf test failed"],
            ),
        ],
    ),
    (
        "haproxy-configuration-refused",
        &[
            logged(
                1,
                &[
                    "[ALERT] 195/185652 (1) : parsing [/usr/local/etc/haproxy/haproxy.cfg:14] : unknown \
             keyword 'servr' in 'backend' section",
                ],
            ),
            logged(
                1,
                &["[ALERT]    (1) : config : Fatal errors found in configuration."],
            ),
        ],
    ),
    (
        "proxy-configuration-refused",
        &[
            logged(1, &["command traefik error: field not found, node: etcd"]),
            logged(
                1,
                &[
                    "[2022-02-17 17:04:23.369][11][critical][main] [source/server/server.cc:117] error \
             initializing configuration '/etc/envoy/envoy.yaml': Protobuf message (type \
             envoy.config.bootstrap.v3.Bootstrap reason \
             INVALID_ARGUMENT:(static_resources.clusters[0]) hosts: Cannot find field.) has \
             unknown fields",
                ],
            ),
        ],
    ),
    (
        "log-router-plugin-missing",
        &[
            logged(
                1,
                &[
                    "[2025/03/06 11:00:07] [error] [config] section 'logger-icl-output-plugin' \
             tried to instance a plugin name that doesn't exist",
                ],
            ),
            logged(
                1,
                &[
                    "[2023/05/30 18:03:02] [error] [config] section 'configuration' tried to \
             instance a plugin name that don't exists",
                ],
            ),
        ],
    ),
    (
        "log-router-release-broken",
        &[logged(
            1,
            &[
                "[2025/09/23 15:06:54] [error] [config] section 'env' is missing the 'name' \
             property",
            ],
        )],
    ),
    (
        "log-router-configuration-yaml",
        &[logged(
            1,
            &["[2025/10/16 08:02:07.598146238] [error] [config] error in \
             /fluent-bit/etc/external.conf:1: undefined value - check config is in \
             valid classic format"],
        )],
    ),
    (
        "log-router-configuration-refused",
        &[logged(
            1,
            &["[2023/05/30 18:03:02] [error] configuration file contains errors, aborting."],
        )],
    ),
    (
        "php-fpm-socket-directory-missing",
        &[logged(
            1,
            &["[ERROR] unable to bind listening socket for address \
             '/run/php/php7.0-fpm.sock': No such file or directory (2)"],
        )],
    ),
    (
        "php-fpm-not-started",
        &[logged(
            1,
            &["[15-Nov-2016 09:24:24] ERROR: FPM initialization failed"],
        )],
    ),
    (
        "map-count-too-low",
        &[logged(
            1,
            &[
                "[1]: max virtual memory areas vm.max_map_count [65530] is too low, increase to at \
             least [262144]",
            ],
        )],
    ),
    (
        "glibc-too-old",
        &[logged(
            1,
            &[
                "/pastebin: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required \
             by /pastebin)",
            ],
        )],
    ),
    (
        "glibc-program-on-alpine",
        &[
            logged(
                1,
                &[
                    "Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed \
             by /usr/local/bin/f5fpc)",
                ],
            ),
            logged(
                1,
                &["Error relocating ./AtomicParsley: __cxa_guard_release: symbol not found"],
            ),
        ],
    ),
    (
        "shared-library-missing",
        &[
            logged(
                1,
                &[
                    "/logstash_exporter: relocation error: /lib/libpthread.so.0: symbol h_errno, version GLIBC_PRIVATE not defined in file libc.so.6 with link time reference",
                ],
            ),
            logged(
                1,
                &[
                    "Error loading shared library libstdc++.so.6: No such file or directory (needed by \
             ./AtomicParsley)",
                ],
            ),
            logged(
                1,
                &[
                    "/unleash-edge: error while loading shared libraries: libssl.so.1.1: cannot open \
             shared object file: No such file or directory",
                ],
            ),
        ],
    ),
    (
        "node-file-missing",
        &[logged(1, &["Error: Cannot find module '/app/src/index.js'"])],
    ),
    (
        "node-package-missing",
        &[
            logged(1, &["Error: Cannot find module 'express'"]),
            logged(
                1,
                &["Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'express' imported from /app/index.js"],
            ),
        ],
    ),
    (
        "node-module-kind",
        &[logged(
            1,
            &["Error [ERR_REQUIRE_ESM]: Must use import to load ES Module: \
             /opt/polkadot_api_server/node_modules/@polkadot/api/index.js"],
        )],
    ),
    (
        "node-version-wrong",
        &[logged(
            1,
            &[
                "error jest@29.3.1: The engine \"node\" is incompatible with this module. Expected \
             version \"^14.15.0 || ^16.10.0 || >=18.0.0\". Got \"12.22.12\"",
            ],
        )],
    ),
    (
        "next-build-missing",
        &[logged(
            1,
            &[
                "Error: Could not find a production build in the '/app/.next' directory. Try building \
             your app with 'next build' before starting the production server.",
            ],
        )],
    ),
    (
        "asgi-module-missing",
        &[logged(
            1,
            &["ERROR: Error loading ASGI app. Could not import module \"main\"."],
        )],
    ),
    ("gunicorn-missing", &[logged(1, &["gunicorn: command not found"])]),
    (
        "python-package-missing",
        &[logged(1, &["ModuleNotFoundError: No module named 'psycopg2'"])],
    ),
    (
        "bundler-version-wrong",
        &[
            logged(
                1,
                &[
                    "/usr/local/lib/ruby/site_ruby/2.5.0/rubygems.rb:289:in `find_spec_for_exe': can't find gem bundler (>= 0.a) with executable bundler (Gem::GemNotFoundException)",
                ],
            ),
            logged(
                1,
                &[
                    "/usr/local/lib/ruby/2.6.0/rubygems.rb:283:in `find_spec_for_exe': Could \
             not find 'bundler' (2.1.4) required by your /app/Gemfile.lock. \
             (Gem::GemNotFoundException)",
                ],
            ),
        ],
    ),
    (
        "ruby-gem-missing",
        &[
            logged(
                1,
                &[
                    "/usr/local/lib/ruby/gems/2.5.0/gems/bundler-1.16.1/lib/bundler/spec_set.rb:88:in \
             `block in materialize': Could not find dotenv-2.2.2 in any of the sources \
             (Bundler::GemNotFound)",
                ],
            ),
            logged(1, &["Could not find rake-13.0.6 in any of the sources"]),
        ],
    ),
    (
        "java-version-too-old",
        &[logged(
            1,
            &[
                "java.lang.UnsupportedClassVersionError: com/github/dockerjava/api/DockerClient : \
             Unsupported major.minor version 51.0",
            ],
        )],
    ),
    (
        "jar-not-executable",
        &[logged(1, &["no main manifest attribute, in /app.jar"])],
    ),
    (
        "jar-missing",
        &[logged(1, &["Error: Unable to access jarfile ./app.jar"])],
    ),
    (
        "java-class-missing",
        &[logged(
            1,
            &["Error: Could not find or load main class server.jar"],
        )],
    ),
    (
        "dotnet-version-wrong",
        &[
            logged(1, &["You must install or update .NET to run this application."]),
            logged(
                1,
                &["It was not possible to find any compatible framework version"],
            ),
            logged(1, &["Framework: 'Microsoft.NETCore.App', version '5.0.15' (x64)"]),
        ],
    ),
    (
        "dotnet-icu-missing",
        &[logged(
            1,
            &[
                "Process terminated. Couldn't find a valid ICU package installed on the system. Set \
             the configuration flag System.Globalization.Invariant to true if you want to run with \
             no globalization support.",
            ],
        )],
    ),
    (
        "certificate-authority-unknown",
        &[
            logged(1, &["x509: certificate signed by unknown authority"]),
            logged(1, &["Error: self signed certificate in certificate chain"]),
            logged(1, &["Error: self-signed certificate in certificate chain"]),
            logged(
                1,
                &[
                    "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify \
             failed: unable to get local issuer certificate (_ssl.c:1000)",
                ],
            ),
            logged(
                1,
                &["sun.security.validator.ValidatorException: PKIX path building failed"],
            ),
        ],
    ),
    (
        "java-metaspace-full",
        &[logged(1, &["java.lang.OutOfMemoryError: Metaspace"])],
    ),
    (
        "java-thread-not-started",
        &[
            logged(
                1,
                &[
                    "java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory or \
             process/resource limits reached",
                ],
            ),
            logged(
                1,
                &["java.lang.OutOfMemoryError: unable to create new native thread"],
            ),
        ],
    ),
    (
        "java-heap-full",
        &[logged(1, &["java.lang.OutOfMemoryError: Java heap space"])],
    ),
    (
        "java-without-memory",
        &[
            logged(1, &["Could not reserve enough space for object heap"]),
            logged(
                1,
                &["# There is insufficient memory for the Java Runtime Environment to continue."],
            ),
            logged(
                1,
                &[
                    "OpenJDK 64-Bit Server VM warning: INFO: os::commit_memory(0x0000000731400000, \
             3293577216, 0) failed; error='Cannot allocate memory' (errno=12)",
                ],
            ),
        ],
    ),
    (
        "thread-call-blocked",
        &[logged(
            1,
            &[
                "[0.003s][warning][os,thread] Failed to start thread \"GC Thread#0\" - pthread_create \
             failed (EPERM) for attributes: stacksize: 1024k, guardsize: 4k, detached.",
            ],
        )],
    ),
    (
        "javascript-heap-full",
        &[logged(
            1,
            &[
                "FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript \
             heap out of memory",
            ],
        )],
    ),
    (
        "gunicorn-worker-killed",
        &[logged(
            1,
            &[
                "[2024-11-05 09:26:00 +0000] [16] [ERROR] Worker (pid:17) was sent SIGKILL! Perhaps \
             out of memory?",
            ],
        )],
    ),
    (
        "gunicorn-worker-late",
        &[logged(
            1,
            &["[2024-01-09 13:24:39 +0000] [1637] [CRITICAL] WORKER TIMEOUT (pid:7214)"],
        )],
    ),
    (
        "gunicorn-worker-not-started",
        &[logged(
            1,
            &["gunicorn.errors.HaltServer: <HaltServer 'Worker failed to boot.' 3>"],
        )],
    ),
    (
        "storage-full",
        &[
            logged(1, &["OSError: [Errno 28] No space left on device"]),
            logged(1, &["Error: ENOSPC: no space left on device, write"]),
        ],
    ),
    (
        "open-files-exhausted",
        &[
            logged(1, &["accept4: Too many open files"]),
            logged(1, &["Error: EMFILE: too many open files, open '/app/x'"]),
        ],
    ),
    (
        "file-not-permitted",
        &[
            logged(
                1,
                &[
                    "The stream or file \"/var/www/app/storage/logs/laravel.log\" could not be opened in append mode: Failed to open stream: Permission denied",
                ],
            ),
            logged(
                1,
                &["Error: EACCES: permission denied, open '/management-center/src/utils/db.json'"],
            ),
            logged(
                1,
                &["PermissionError: [Errno 13] Permission denied: '/data/db.sqlite3'"],
            ),
        ],
    ),
    (
        "go-nil-pointer",
        &[
            logged(
                1,
                &["[signal SIGSEGV: segmentation violation code=0x1 addr=0x28 pc=0x7fcdf2]"],
            ),
            logged(
                1,
                &["panic: runtime error: invalid memory address or nil pointer dereference"],
            ),
        ],
    ),
    (
        "database-password-missing",
        &[
            logged(
                1,
                &[
                    "pymysql.err.OperationalError: (1045, \"Access denied for user 'root'@'10.255.0.2' (using password: NO)\")",
                ],
            ),
            logged(
                1,
                &["OperationalError: (psycopg2.OperationalError) fe_sendauth: no password supplied"],
            ),
        ],
    ),
    (
        "host-name-undefined",
        &[logged(
            1,
            &["Error: getaddrinfo ENOTFOUND undefined undefined:5432"],
        )],
    ),
    (
        "script-not-found-by-shell",
        &[logged(1, &["/bin/sh: ./entrypoint.sh: not found"])],
    ),
    (
        "mongodb-unreachable",
        &[
            logged(
                1,
                &[
                    "Error connecting to MongoDB: {\"name\":\"MongoServerSelectionError\",\"reason\":{\"type\":\"Single\",\"setName\":null",
                ],
            ),
            logged(
                1,
                &[
                    "MongooseServerSelectionError: Could not connect to any servers in your MongoDB Atlas cluster.",
                ],
            ),
            logged(
                1,
                &[
                    "Unable to connect to MongoDB using URL mongodb://REDACTED@docdb.cluster-abc.us-east-1.docdb.amazonaws.com:27017: server selection error: server selection timeout",
                ],
            ),
            logged(
                1,
                &["MongoError: failed to connect to server [mongo:27017] on first connect"],
            ),
        ],
    ),
    (
        "redis-cluster-unreachable",
        &[logged(
            1,
            &["{ ClusterAllFailedError: Failed to refresh slots cache."],
        )],
    ),
    (
        "kafka-unreachable",
        &[
            logged(
                1,
                &[
                    "Caused by: org.apache.kafka.common.errors.TimeoutException: Timed out waiting to send the call. Call: fetchMetadata",
                ],
            ),
            logged(
                1,
                &[
                    "kafka.errors.KafkaTimeoutError: KafkaTimeoutError: Failed to update metadata after 60.0 secs.",
                ],
            ),
            logged(
                1,
                &[
                    "Caused by: org.apache.kafka.common.errors.TimeoutException: Topic mediastate_topic not present in metadata after 60000 ms.",
                ],
            ),
        ],
    ),
    (
        "asgi-attribute-missing",
        &[logged(
            1,
            &["ERROR:    Error loading ASGI app. Attribute \"app\" not found in module \"main\"."],
        )],
    ),
    (
        "asgi-address-malformed",
        &[logged(
            1,
            &[
                "ERROR:    Error loading ASGI app. Import string \":app\" must be in format \"<module>:<attribute>\".",
            ],
        )],
    ),
    (
        "bun-crashed",
        &[
            logged(
                1,
                &["oh no: Bun has crashed. This indicates a bug in Bun, not your code."],
            ),
            logged(
                1,
                &["panic(main thread): Segmentation fault at address 0x7FFE9E54B588"],
            ),
        ],
    ),
    (
        "npm-script-missing",
        &[
            logged(1, &["npm ERR! missing script: start"]),
            logged(1, &["npm error Missing script: \"start\""]),
        ],
    ),
    (
        "collector-pipeline-not-built",
        &[logged(
            1,
            &[
                "E! [telegraf] Error running agent: failed to build pipelines: failed to create \"resourcedetection\" processor, in pipeline \"traces/application_signals\": failed creating detector type \"eks\"",
            ],
        )],
    ),
    (
        "spring-bean-missing",
        &[logged(
            1,
            &[
                "Parameter 2 of constructor in org.ehrbase.fhirbridge.config.FhirJpaConfiguration required a bean of type 'javax.sql.DataSource' that could not be found.",
            ],
        )],
    ),
    (
        "node-syntax-too-new",
        &[
            logged(1, &["SyntaxError: Unexpected token '?'"]),
            logged(1, &["SyntaxError: Unexpected token '.'"]),
        ],
    ),
    (
        "task-credentials-refused",
        &[logged(
            1,
            &[
                "botocore.exceptions.CredentialRetrievalError: Error when retrieving credentials from container-role: Error retrieving metadata: Received non 200 response (400) from ECS metadata:",
            ],
        )],
    ),
    (
        "task-credentials-expired",
        &[logged(
            1,
            &[
                "Amazon.Runtime.AmazonClientException: The retrieved credentials have already expired: Now = 05/19/2025 06:43:19, Credentials expiration = 05/16/2025 23:49:10",
            ],
        )],
    ),
    (
        "dotnet-without-temporary-files",
        &[logged(1, &["Failed to create CoreCLR, HRESULT: 0x80004005"])],
    ),
    (
        "sysctl-not-permitted",
        &[
            logged(
                1,
                &["sysctl: setting key \"vm.max_map_count\": Read-only file system"],
            ),
            logged(1, &["sysctl: permission denied on key 'net.core.somaxconn'"]),
        ],
    ),
    (
        "instruction-illegal-told",
        &[logged(1, &["Illegal instruction (core dumped)"])],
    ),
    (
        "own-name-unresolved",
        &[logged(
            1,
            &[
                "Error: Exception thrown by the agent : java.net.MalformedURLException: Local host name unknown: java.net.UnknownHostException: 823064ca3923: 823064ca3923: System error",
            ],
        )],
    ),
    (
        "redis-cluster-mode",
        &[
            logged(
                1,
                &["ReplyError: ERR MOVED 7572 web-aud8py.serverless.euw1.cache.amazonaws.com:6379"],
            ),
            logged(1, &["ReplyError: MOVED 12182 10.0.1.5:6379"]),
        ],
    ),
    (
        "database-host-refused",
        &[
            logged(
                1,
                &[
                    "peewee.OperationalError: (1130, \"Host '172.18.0.6' is not allowed to connect to this MySQL server\")",
                ],
            ),
            logged(
                1,
                &["ERROR 1130 (HY000): Host '10.0.1.5' is not allowed to connect to this MariaDB server"],
            ),
        ],
    ),
    (
        "https-without-certificate",
        &[logged(
            1,
            &[
                "System.InvalidOperationException: Unable to configure HTTPS endpoint. No server certificate was specified, and the default developer certificate could not be found or is out of date.",
            ],
        )],
    ),
    (
        "erlang-without-ca",
        &[logged(
            1,
            &["ssl connect: Options (or their values) can not be combined: [{verify,verify_peer}"],
        )],
    ),
];
