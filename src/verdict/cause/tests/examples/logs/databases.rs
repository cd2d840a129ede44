//! Examples of the causes in `table/logs/databases.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "pool-without-connection",
        &[
            logged(
                1,
                &[
                    "KnexTimeoutError: Knex: Timeout acquiring a connection. The pool is probably full. Are you missing a .transacting(trx) call?",
                ],
            ),
            logged(
                1,
                &[
                    "sqlalchemy.exc.TimeoutError: QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00",
                ],
            ),
            logged(
                1,
                &[
                    "Caused by: java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not \
             available, request timed out after 30014ms.",
                ],
            ),
        ],
    ),
    (
        "database-wants-tls",
        &[
            logged(
                1,
                &[
                    "Npgsql.PostgresException (0x80004005): 28000: SSL connection is required. Please specify SSL options and retry.",
                ],
            ),
            logged(
                1,
                &[
                    "FATAL:  pg_hba.conf rejects connection for host \"10.244.1.193\", user \"dsmr-reader\", database \"dsmr_reader\", no encryption",
                ],
            ),
            logged(
                1,
                &[
                    "ERROR 3159 (HY000): Connections using insecure transport are prohibited while --require_secure_transport=ON.",
                ],
            ),
            logged(
                1,
                &[
                    "FATAL: no pg_hba.conf entry for host \"10.0.1.23\", user \"postgres\", database \
             \"postgres\", no encryption",
                ],
            ),
        ],
    ),
    (
        "mysql-authentication-unknown",
        &[
            logged(
                1,
                &[
                    "ERROR 1045 (28000): Plugin caching_sha2_password could not be loaded: Error loading shared library /usr/lib/mariadb/plugin/caching_sha2_password.so: No such file or directory",
                ],
            ),
            logged(
                1,
                &[
                    "mysql.connector.errors.DatabaseError: 2059 (HY000): Authentication plugin 'caching_sha2_password' cannot be loaded",
                ],
            ),
            logged(
                1,
                &[
                    "PDOException: SQLSTATE[HY000] [2054] The server requested authentication method unknown to the client",
                ],
            ),
            logged(
                1,
                &[
                    "Error: ER_NOT_SUPPORTED_AUTH_MODE: Client does not support authentication protocol \
             requested by server; consider upgrading MySQL client",
                ],
            ),
        ],
    ),
    (
        "database-not-granted",
        &[
            logged(1, &["error: permission denied for schema public"]),
            logged(
                1,
                &["psycopg2.errors.InsufficientPrivilege: permission denied for table users"],
            ),
            logged(1, &["ERROR: permission denied to create extension \"uuid-ossp\""]),
            logged(1, &["error: must be owner of table users"]),
            logged(
                1,
                &[
                    "sqlalchemy.exc.OperationalError: (pymysql.err.OperationalError) (1044, \"Access \
             denied for user 'microblog'@'%' to database 'microblog'\")",
                ],
            ),
        ],
    ),
    (
        "database-password-missing",
        &[
            logged(
                1,
                &["Error: SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string"],
            ),
            logged(
                1,
                &[
                    "org.postgresql.util.PSQLException: The server requested password-based authentication, but no password was provided.",
                ],
            ),
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
        "database-login-refused",
        &[
            logged(
                1,
                &["pymongo.errors.OperationFailure: Authentication failed., full error: {}"],
            ),
            logged(1, &["MongoServerError: bad auth : Authentication failed."]),
            logged(
                1,
                &[
                    "(AtlasError) auth error: sasl conversation error: unable to authenticate using mechanism \"SCRAM-SHA-1\"",
                ],
            ),
            logged(1, &["ORA-01017: invalid username/password; logon denied"]),
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
            logged(1, &["error: database \"nest\" does not exist"]),
            logged(
                1,
                &[
                    "Microsoft.Data.SqlClient.SqlException: Cannot open database \"shop\" requested by the login. The login failed.",
                ],
            ),
            logged(
                1,
                &["Error: P1003: Database `shop` does not exist on the database server"],
            ),
            logged(
                1,
                &[
                    "ORA-12514: TNS:listener does not currently know of service requested in connect descriptor",
                ],
            ),
            logged(
                1,
                &["DB not available: pq: database \"sourcegraph\" does not exist"],
            ),
            logged(1, &["FATAL:  database \"shop\" does not exist"]),
            logged(1, &["(1049, \"Unknown database 'shop'\")"]),
        ],
    ),
    (
        "database-connections-used",
        &[
            logged(1, &["SQLSTATE[HY000] [1040] Too many connections"]),
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
        "mysql-host-blocked",
        &[logged(
            1,
            &[
                "Host '10.0.1.7' is blocked because of many connection errors; unblock with 'mysqladmin flush-hosts'",
            ],
        )],
    ),
    (
        "mysql-public-key",
        &[
            logged(
                1,
                &["Retrieval of the RSA public key is not enabled for insecure connections."],
            ),
            logged(
                1,
                &["java.sql.SQLNonTransientConnectionException: Public Key Retrieval is not allowed"],
            ),
        ],
    ),
    (
        "mysql-tls-failed",
        &[logged(1, &["SSL connection error: unknown error number"])],
    ),
    (
        "database-without-tls",
        &[
            logged(
                1,
                &["psycopg2.OperationalError: server does not support SSL, but SSL was required"],
            ),
            logged(1, &["Error: Server does not support secure connection"]),
        ],
    ),
    (
        "database-local-authentication",
        &[
            logged(1, &["FATAL:  Peer authentication failed for user \"open_camp\""]),
            logged(1, &["FATAL:  Ident authentication failed for user \"app\""]),
        ],
    ),
    (
        "database-user-missing",
        &[logged(1, &["FATAL:  role \"root\" does not exist"])],
    ),
    (
        "postgres-client-certificate",
        &[
            logged(
                1,
                &[
                    "SQLSTATE[08006] [7] connection to server at \"postgres.domain\" (100.64.1.1), port 5430 failed: could not open certificate file \"/root/.postgresql/postgresql.crt\": Permission denied",
                ],
            ),
            logged(
                1,
                &[
                    "psycopg2.OperationalError: root certificate file \"/root/.postgresql/root.crt\" does not exist",
                ],
            ),
        ],
    ),
    (
        "postgres-key-not-usable",
        &[
            logged(
                1,
                &[
                    "FATAL:  private key file \"/var/lib/postgresql/server.key\" must be owned by the database user or root",
                ],
            ),
            logged(
                1,
                &[
                    "FATAL:  could not access private key file \"/etc/ssl/private/ssl-cert-snakeoil.key\": Permission denied",
                ],
            ),
            logged(
                1,
                &[
                    "FATAL:  could not load private key file \"/etc/ssl/private/ssl-cert-snakeoil.key\": Permission denied",
                ],
            ),
        ],
    ),
    (
        "redis-password-unwanted",
        &[
            logged(
                1,
                &[
                    "consumer: Cannot connect to redis://:**@redis_broker:6379/0: AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?.",
                ],
            ),
            logged(1, &["ReplyError: ERR Client sent AUTH, but no password is set"]),
        ],
    ),
    (
        "redis-not-permitted",
        &[logged(
            1,
            &["ReplyError: NOPERM this user has no permissions to run the 'config|get' command"],
        )],
    ),
    (
        "redis-replica",
        &[logged(
            1,
            &["ReplyError: READONLY You can't write against a read only replica."],
        )],
    ),
    (
        "redis-closes-connection",
        &[
            logged(
                1,
                &[
                    "consumer: Cannot connect to redis://localhost:6379//: Error while reading from socket: (104, 'Connection reset by peer').",
                ],
            ),
            logged(
                1,
                &[
                    "consumer: Cannot connect to redis://redis:6379/0: Error while reading from socket: ('Connection closed by server',).",
                ],
            ),
        ],
    ),
    (
        "mongodb-not-replica-set",
        &[
            logged(
                1,
                &["MongoServerError: Transaction numbers are only allowed on a replica set member or mongos"],
            ),
            logged(
                1,
                &[
                    "Prisma needs to perform transactions, which requires your MongoDB server to be run as a replica set.",
                ],
            ),
        ],
    ),
    (
        "mongodb-without-primary",
        &[
            logged(1, &["MongoError: no primary found in replicaset"]),
            logged(
                1,
                &[
                    "Cannot connect to MongoDB server. Retrying in 5 seconds Error: not master and slaveOk=false",
                ],
            ),
            logged(1, &["MongoServerError: no replset config has been received"]),
        ],
    ),
    (
        "mongodb-login-missing",
        &[
            logged(1, &["MongoServerError: command find requires authentication"]),
            logged(
                1,
                &["MongoServerError: not authorized on admin to execute command { listDatabases: 1 }"],
            ),
        ],
    ),
    (
        "database-starting",
        &[logged(1, &["FATAL:  the database system is starting up"])],
    ),
    (
        "sqlite-not-opened",
        &[
            logged(1, &["sqlite3.OperationalError: unable to open database file"]),
            logged(1, &["SqliteError: attempt to write a readonly database"]),
        ],
    ),
    (
        "sqlite-locked",
        &[logged(1, &["sqlite3.OperationalError: database is locked"])],
    ),
    (
        "sqlserver-windows-login",
        &[
            logged(
                1,
                &[
                    "System.AggregateException: One or more errors occurred. (The keyword 'integrated security' is not supported on this platform.)",
                ],
            ),
            logged(
                1,
                &[
                    "Microsoft.Data.SqlClient.SqlException: Cannot authenticate using Kerberos. Ensure Kerberos has been initialized on the client with 'kinit'",
                ],
            ),
        ],
    ),
    (
        "sqlserver-handshake-failed",
        &[
            logged(
                1,
                &[
                    "System.Data.SqlClient.SqlException: A connection was successfully established with the server, but then an error occurred during the pre-login handshake.",
                ],
            ),
            logged(
                1,
                &[
                    "Microsoft.Data.SqlClient.SqlException: A connection was successfully established with the server, but then an error occurred during the login process.",
                ],
            ),
        ],
    ),
];
