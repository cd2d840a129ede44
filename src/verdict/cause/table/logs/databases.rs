//! Databases and caches that refuse the program.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
    Cause {
        id: "pool-without-connection",
        when: &[
            CauseSign::Logged("HikariPool-* - Connection is not available"),
            CauseSign::Logged("Timeout acquiring a connection"),
            CauseSign::Logged("QueuePool limit of size"),
        ],
        cause: "the pool got no database connection in time: the database is unreachable, or all \
                connections are in use",
        cure: &[
            SuggestionPart::text(
                "check the database's endpoint and security group; if connections leak, close \
                them (HikariCP: leakDetectionThreshold), else raise the pool's size; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "brettwooldridge/HikariCP#963; knex/knex, lib/client.js; SQLAlchemy \
                documentation, Error messages (QueuePool limit)",
    },
    Cause {
        id: "database-wants-tls",
        when: &[
            CauseSign::Logged("no pg_hba.conf entry for host"),
            CauseSign::Logged("pg_hba.conf rejects connection for host"),
            CauseSign::Logged("insecure transport are prohibited"),
            CauseSign::Logged("SSL connection is required"),
        ],
        cause: "the database refuses the connection: most often as it isn't encrypted (RDS \
                for PostgreSQL requires TLS from version 15 on; MySQL with \
                require_secure_transport), else for this host, user or database",
        cure: &[
            SuggestionPart::text(
                "require TLS in the connection string (PostgreSQL: sslmode=require; MySQL: \
                ssl-mode=REQUIRED), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "joshstevens19/rindexer#116; DataDog/datadog-agent#13318; \
                xirixiz/dsmr-reader-docker#336; MySQL reference manual, error 3159; \
                OPCFoundation/UA-CloudLibrary#90",
    },
    Cause {
        id: "mysql-authentication-unknown",
        when: &[
            CauseSign::Logged("ER_NOT_SUPPORTED_AUTH_MODE"),
            CauseSign::Logged("caching_sha2_password could not be loaded"),
            CauseSign::Logged("'caching_sha2_password' cannot be loaded"),
            CauseSign::Logged("authentication method unknown to the client"),
        ],
        cause: "the MySQL client in the image doesn't know how MySQL 8 checks passwords \
                (caching_sha2_password)",
        cure: &[
            SuggestionPart::text(
                "install a client that does (npm: mysql2; Alpine: apk add mariadb-connector-c; \
                PHP 7.4 or later), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "mysqljs/mysql#2046; Endava/docker-php#34; alphagov/govuk-docker#550; MySQL \
                reference manual, caching_sha2_password (Compatibility)",
    },
    Cause {
        id: "database-not-granted",
        when: &[
            CauseSign::Logged("Access denied for user *to database"),
            CauseSign::Logged("permission denied for schema"),
            CauseSign::Logged("permission denied for table"),
            CauseSign::Logged("permission denied to create"),
            CauseSign::Logged("must be owner of"),
        ],
        cause: "the database user has no rights on that database, schema or table, or the \
                database's name is wrong",
        cure: &[
            SuggestionPart::text(
                "correct the name, or grant the user its rights (MySQL: GRANT ALL ON name.*; \
                PostgreSQL from version 15 on: GRANT CREATE ON SCHEMA public); then ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "miguelgrinberg/microblog#113; PostgreSQL documentation, Appendix A (42501 \
                insufficient_privilege), GRANT",
    },
    Cause {
        id: "database-password-missing",
        when: &[
            CauseSign::Logged("Access denied for user*using password: NO"),
            CauseSign::Logged("fe_sendauth: no password supplied"),
            CauseSign::Logged("client password must be a string"),
            CauseSign::Logged("but no password was provided"),
        ],
        cause: "the program sent no password to the database: its variable is empty or missing",
        cure: &[
            SuggestionPart::text(
                "set the variable that the program reads in the container's `secrets`, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "askdaddy/ansible-dynamic-inventory-mysql#5; \
                HazyResearch/fonduer-tutorials#14; brianc/node-postgres, sasl.js; \
                pgjdbc/pgjdbc, ConnectionFactoryImpl.java",
    },
    Cause {
        id: "database-login-refused",
        when: &[
            CauseSign::LoggedBut("Access denied for user '", &["[Warning]", "[Note]"]),
            CauseSign::Logged("password authentication failed for user"),
            CauseSign::Logged("codeName*AuthenticationFailed"),
            CauseSign::Logged("Login failed for user '"),
            CauseSign::Logged("WRONGPASS"),
            CauseSign::Logged("Error: P1000: Authentication failed"),
            CauseSign::Logged("MongoServerError: Authentication failed"),
            CauseSign::Logged("OperationFailure: Authentication failed"),
            CauseSign::Logged("bad auth : "),
            CauseSign::Logged("sasl conversation error"),
            CauseSign::Logged("ORA-01017"),
        ],
        cause: "the database refuses the user or the password",
        cure: &[
            SuggestionPart::text(
                "compare the secret with the database (MongoDB: also authSource); tasks read a \
                 rotated secret when they start anew: ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "frappe/frappe_docker#448; Bajdzis/vscode-database#255; \
                cap-ntu/ML-Model-CI#311; PostgreSQL documentation, Authentication problems; \
                Redis documentation, AUTH; Microsoft SQL Server error 18456; \
                prisma/orm#26172; bitnami/bitnami-docker-mongodb#353; \
                mongodb/mongo-python-driver, pymongo/auth.py; MongoDB Atlas documentation, \
                Troubleshoot connection issues; Oracle Database error messages, ORA-01017",
    },
    Cause {
        id: "redis-password-missing",
        when: &[CauseSign::Logged("NOAUTH Authentication required")],
        cause: "Redis wants a password, and the program sends none",
        cure: &[
            SuggestionPart::text(
                "add the password (auth token) to the container's secrets and to the \
                 connection URL; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "nextcloud/nextcloudpi#1740",
    },
    Cause {
        id: "database-missing",
        when: &[
            CauseSign::Logged("FATAL: *database \"*\" does not exist"),
            CauseSign::Logged("Unknown database '"),
            CauseSign::Logged("pq: database \"*\" does not exist"),
            CauseSign::Logged("database \"*\" does not exist"),
            CauseSign::Logged("Cannot open database \""),
            CauseSign::Logged("Error: P1003"),
            CauseSign::Logged("ORA-12514"),
        ],
        cause: "the server has no database of that name",
        cure: &[
            SuggestionPart::text("create it, or correct the name in environment or secrets; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "PostgreSQL documentation, Authentication problems; MySQL reference manual, \
                error 1049; sourcegraph/sourcegraph-public-snapshot#60; \
                devfullcycle/imersao15#19; Microsoft SQL Server error 4060; Prisma error \
                reference, P1003; Oracle Database error messages, ORA-12514",
    },
    Cause {
        id: "database-connections-used",
        when: &[
            CauseSign::Logged("too many clients already"),
            CauseSign::Logged("remaining connection slots are reserved"),
            CauseSign::Logged("ER_CON_COUNT_ERROR"),
            CauseSign::Logged("Too many connections"),
        ],
        cause: "all connections of the database are in use: while deploying, old and new tasks \
                hold theirs",
        cure: &[
            SuggestionPart::text(
                "lower the program's pool size or raise max_connections (a larger instance, RDS \
                 Proxy), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "PostgreSQL documentation, Appendix A (53300 too_many_connections); MySQL \
                 reference manual, error 1040",
    },
    Cause {
        id: "image-wants-password",
        when: &[CauseSign::Logged("database is uninitialized and")],
        cause: "the database's image wants a password for its administrator before its first start",
        cure: &[
            SuggestionPart::text(
                "add POSTGRES_PASSWORD (postgres), MYSQL_ROOT_PASSWORD (mysql) or \
                 MARIADB_ROOT_PASSWORD (mariadb) to secrets, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "dockersamples/atsea-sample-shop-app#119; docker-archive-public/docker.kitematic#2175",
    },
    Cause {
        id: "redis-cluster-mode",
        when: &[
            CauseSign::Logged("ERR MOVED "),
            CauseSign::Logged("ReplyError: MOVED "),
        ],
        cause: "the server is a Redis cluster (cluster mode, serverless), and the client \
                talks to it as to a single server",
        cure: &[
            SuggestionPart::text(
                "use the client's cluster mode (Redis.Cluster, RedisCluster, JedisCluster); \
                then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "redis/ioredis#1865",
    },
    Cause {
        id: "database-host-refused",
        when: &[
            CauseSign::Logged("is not allowed to connect to this MySQL server"),
            CauseSign::Logged("is not allowed to connect to this MariaDB server"),
        ],
        cause: "the MySQL user may not log in from the address of the task",
        cure: &[
            SuggestionPart::text(
                "create the user for the task's subnets ('user'@'10.0.%' or 'user'@'%'); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "infiniflow/ragflow#4777; MySQL reference manual, error 1130",
    },
    Cause {
        id: "mysql-host-blocked",
        when: &[CauseSign::Logged("is blocked because of many connection errors")],
        cause: "MySQL blocks the task's address after many broken connections, often health \
                checks that only open the port",
        cure: &[
            SuggestionPart::text(
                "run mysqladmin flush-hosts on the server and raise max_connect_errors in its \
                parameter group; check with a real query, not with an open port; ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "mysqljs/mysql#2292; drogonframework/drogon#2275; MySQL reference manual, \
                error 1129",
    },
    Cause {
        id: "mysql-public-key",
        when: &[
            CauseSign::Logged("Retrieval of the RSA public key is not enabled"),
            CauseSign::Logged("Public Key Retrieval is not allowed"),
        ],
        cause: "the MySQL client sends the password of caching_sha2_password over TLS or with \
                the server's public key, and may do neither",
        cure: &[
            SuggestionPart::text(
                "connect with TLS (sslMode=REQUIRED, SslMode=Required), or set \
                allowPublicKeyRetrieval=true; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "siteserver/cms#1615; MySQL Connector/J reference, allowPublicKeyRetrieval",
    },
    Cause {
        id: "mysql-tls-failed",
        when: &[CauseSign::Logged("SSL connection error: ")],
        cause: "the MySQL client and server agree on no TLS: their versions differ, or the CA \
                file is missing",
        cure: &[
            SuggestionPart::text(
                "put the RDS CA bundle (global-bundle.pem) into the image and name it \
                (ssl-ca), and use a client with TLS 1.2; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "customink/mysql2-lambda#3; MySQL reference manual, error 2026",
    },
    Cause {
        id: "database-without-tls",
        when: &[
            CauseSign::Logged("server does not support SSL"),
            CauseSign::Logged("server does not support secure connection"),
        ],
        cause: "the program wants TLS, and the database does not offer it",
        cure: &[
            SuggestionPart::text("connect without (sslmode=disable), or turn TLS on at the server; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "PostgreSQL documentation, libpq sslmode; brianc/node-postgres, connection.js; \
                mysqljs/mysql, HandshakeSequence",
    },
    Cause {
        id: "database-local-authentication",
        when: &[
            CauseSign::Logged("Peer authentication failed for user"),
            CauseSign::Logged("Ident authentication failed for user"),
        ],
        cause: "the program connects over the server's own socket or without a password: no \
                host is set",
        cure: &[
            SuggestionPart::text(
                "set the database's host in the variable that the program reads (DATABASE_URL, \
                PGHOST); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "railsmn/project-schedule-old-obsolete#1; PostgreSQL documentation, Peer \
                authentication",
    },
    Cause {
        id: "database-user-missing",
        when: &[CauseSign::Logged("FATAL: *role \"*\" does not exist")],
        cause: "the PostgreSQL server has no user of that name; without one libpq takes the \
                operating system's (root)",
        cure: &[
            SuggestionPart::text("set the user in the connection string, or CREATE ROLE it; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "linkwarden/linkwarden#107; PostgreSQL documentation, Environment variables \
                (PGUSER)",
    },
    Cause {
        id: "postgres-client-certificate",
        when: &[
            CauseSign::Logged("could not open certificate file"),
            CauseSign::Logged("root certificate file \"*\" does not exist"),
        ],
        cause: "libpq looks for TLS files in the directory of HOME, which is another user's \
                or has none",
        cure: &[
            SuggestionPart::text(
                "set HOME to the user's directory, or PGSSLROOTCERT to the RDS CA bundle \
                (global-bundle.pem) in the image; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "linuxserver/docker-speedtest-tracker#7; xirixiz/dsmr-reader-docker#336; \
                PostgreSQL documentation, SSL support in libpq",
    },
    Cause {
        id: "postgres-key-not-usable",
        when: &[
            CauseSign::Logged("private key file \"*\" must be owned by"),
            CauseSign::Logged("could not access private key file"),
            CauseSign::Logged("could not load private key file"),
        ],
        cause: "the PostgreSQL server may not read the key of its certificate",
        cure: &[
            SuggestionPart::text("in the Dockerfile chown it to postgres and chmod 600 it; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "typelevel/skunk#547; kartoza/docker-postgis#3; axelor/axelor-docker#10",
    },
    Cause {
        id: "redis-password-unwanted",
        when: &[
            CauseSign::Logged("called without any password configured"),
            CauseSign::Logged("Client sent AUTH, but no password is set"),
        ],
        cause: "the program sends Redis a password, and the server has none",
        cure: &[
            SuggestionPart::text(
                "take the password out of the connection URL, or set one on the server (auth \
                token, requirepass); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "bookwyrm-social/bookwyrm#1509; Redis documentation, AUTH",
    },
    Cause {
        id: "redis-not-permitted",
        when: &[CauseSign::Logged("NOPERM ")],
        cause: "the Redis user may not run that command or use that key",
        cure: &[
            SuggestionPart::text("extend the user's access string (aws elasticache modify-user); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Redis documentation, ACL",
    },
    Cause {
        id: "redis-replica",
        when: &[CauseSign::Logged("READONLY You can't write against")],
        cause: "the program writes to a read replica of Redis",
        cure: &[
            SuggestionPart::text("use the primary (or configuration) endpoint; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Redis documentation, Replication (Read-only replica)",
    },
    Cause {
        id: "redis-closes-connection",
        when: &[
            CauseSign::Logged("redis://*Connection reset by peer"),
            CauseSign::Logged("redis://*Connection closed by server"),
        ],
        cause: "Redis ends the connection at once: most often it wants TLS (encryption in \
                transit, serverless), and the program uses none",
        cure: &[
            SuggestionPart::text("set the URL to rediss:// (Celery: with ?ssl_cert_reqs=required); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Netflix/security_monkey#1175; Netflix-Skunkworks/sketchy#28; \
                celery/celery#4812",
    },
    Cause {
        id: "mongodb-not-replica-set",
        when: &[
            CauseSign::Logged("Transaction numbers are only allowed on a replica set"),
            CauseSign::Logged("requires your MongoDB server to be run as a replica set"),
        ],
        cause: "the program uses transactions, and this MongoDB server is not a replica set",
        cure: &[
            SuggestionPart::text(
                "start mongod with --replSet and rs.initiate() once; for Amazon DocumentDB set \
                retryWrites=false; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "bitnami/vms#610; prisma/orm#13183; MongoDB manual, Transactions; Amazon \
                DocumentDB Developer Guide, Functional differences (Retryable writes)",
    },
    Cause {
        id: "mongodb-without-primary",
        when: &[
            CauseSign::Logged("no primary found in replicaset"),
            CauseSign::Logged("not master and slaveOk=false"),
            CauseSign::Logged("no replset config has been received"),
        ],
        cause: "the MongoDB replica set has no primary: it was not initiated, or its members' \
                names don't resolve from the task",
        cure: &[
            SuggestionPart::text(
                "run rs.status() on a member; rs.initiate() with names that tasks resolve; \
                then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "joshuacox/reactionetes#17; bitnami/bitnami-docker-mongodb#118",
    },
    Cause {
        id: "mongodb-login-missing",
        when: &[
            CauseSign::Logged("command * requires authentication"),
            CauseSign::Logged("not authorized on * to execute command"),
        ],
        cause: "the program is not logged in to MongoDB, or its user has no role on that \
                database",
        cure: &[
            SuggestionPart::text(
                "put user, password and authSource into the connection string, and grant the \
                user a role; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "MongoDB manual, Error codes (Unauthorized)",
    },
    Cause {
        id: "database-starting",
        when: &[CauseSign::Logged("the database system is starting up")],
        cause: "the program asked PostgreSQL before it was ready",
        cure: &[
            SuggestionPart::text(
                "with the server in the same task: give it a healthCheck (pg_isready) and set \
                dependsOn condition HEALTHY; else retry at start; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "PostgreSQL documentation, Appendix A (57P03 cannot_connect_now); Amazon ECS \
                API Reference, ContainerDependency",
    },
    Cause {
        id: "sqlite-not-opened",
        when: &[
            CauseSign::Logged("unable to open database file"),
            CauseSign::Logged("attempt to write a readonly database"),
        ],
        cause: "SQLite's file or its directory is missing or not writable for the container's \
                user",
        cure: &[
            SuggestionPart::text(
                "make the directory in the Dockerfile (chown USER), or mount a volume there \
                that the user may write; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "SQLite result codes, SQLITE_CANTOPEN and SQLITE_READONLY",
    },
    Cause {
        id: "sqlite-locked",
        when: &[CauseSign::Logged("database is locked")],
        cause: "another process has locked SQLite's file: two tasks share it on a volume",
        cure: &[
            SuggestionPart::text(
                "run one task at a time (desiredCount 1, maximumPercent 100, \
                minimumHealthyPercent 0), or use a database server; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "SQLite result codes, SQLITE_BUSY; SQLite, File locking",
    },
    Cause {
        id: "sqlserver-windows-login",
        when: &[
            CauseSign::Logged("'integrated security' is not supported"),
            CauseSign::Logged("Cannot authenticate using Kerberos"),
        ],
        cause: "the connection string asks for a Windows login, which a Linux container does \
                not have",
        cure: &[
            SuggestionPart::text(
                "set User ID and Password in it instead of Integrated Security (or set up \
                gMSA); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aspnet/aspnet-docker#233; Amazon ECS Developer Guide, Using gMSA for Linux \
                containers",
    },
    Cause {
        id: "sqlserver-handshake-failed",
        when: &[
            CauseSign::Logged("during the pre-login handshake"),
            CauseSign::Logged("during the login process"),
        ],
        cause: "the server answers and TLS fails: its certificate is not trusted, their TLS \
                versions differ, or it is no SQL Server",
        cure: &[
            SuggestionPart::text(
                "add the RDS CA bundle to the image's CA certificates (or \
                TrustServerCertificate=true), and check host and port; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "npgsql/efcore.pg#882; microsoft/mssql-docker#548; Microsoft documentation, \
                Connection encryption troubleshooting",
    },
];
