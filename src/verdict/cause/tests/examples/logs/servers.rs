//! Examples of the causes in `table/logs/servers.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
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
        "host-name-undefined",
        &[logged(
            1,
            &["Error: getaddrinfo ENOTFOUND undefined undefined:5432"],
        )],
    ),
    (
        "own-name-unresolved",
        &[
            logged(
                1,
                &[
                    "Error: Exception thrown by the agent : java.net.MalformedURLException: Local host name unknown: java.net.UnknownHostException: 823064ca3923: 823064ca3923: System error",
                ],
            ),
            logged(1, &["hostname: Name or service not known"]),
        ],
    ),
    (
        "host-name-unresolved",
        &[
            logged(
                1,
                &[
                    "org.apache.kafka.common.config.ConfigException: No resolvable bootstrap urls given in bootstrap.servers",
                ],
            ),
            logged(
                1,
                &["Removing server kafka:29092 from bootstrap.servers as DNS resolution failed for kafka."],
            ),
            logged(1, &["/docker-entrypoint.sh: line 15: mongo: Try again"]),
            logged(1, &["Error: no such host: db"]),
            logged(
                1,
                &["socket.gaierror: [Errno 8] nodename nor servname provided, or not known"],
            ),
            logged(1, &["Error: could not resolve db"]),
            logged(1, &["Failed to resolve 'db' ([Errno -2])"]),
            logged(1, &["curl: (6) Could not resolve host: api"]),
            logged(
                1,
                &["error: failed to lookup address information: Name does not resolve"],
            ),
            logged(
                1,
                &["System.Net.Sockets.SocketException (11001): No such host is known."],
            ),
            logged(1, &["ERROR 2005 (HY000): Unknown MySQL server host 'db' (-2)"]),
            logged(1, &["ping: bad address 'db'"]),
            logged(
                1,
                &["** (DBConnection.ConnectionError) tcp connect (db:5432): non-existing domain - :nxdomain"],
            ),
            logged(1, &["getaddrinfo: Name does not resolve"]),
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
            logged(1, &["Error: queryA ENOTFOUND db"]),
            logged(1, &["** server can't find db: NXDOMAIN"]),
            logged(1, &["uv_getaddrinfo: EAI_NONAME"]),
            logged(1, &["failed: EAI_AGAIN"]),
            logged(
                1,
                &["Error: Error -5 connecting to broker:6379. No address associated with hostname.."],
            ),
        ],
    ),
    (
        "local-server-unreachable",
        &[
            logged(1, &["MySQL Connection Error: (2002) No such file or directory"]),
            logged(
                1,
                &[
                    "django.db.utils.OperationalError: (2002, \"Can't connect to MySQL server on '127.0.0.1' (115)\")",
                ],
            ),
            logged(
                1,
                &["ERROR 2003 (HY000): Can't connect to MySQL server on 'localhost:3306' (111)"],
            ),
            logged(1, &["SQLSTATE[HY000] [2002] No such file or directory"]),
            logged(
                1,
                &["Npgsql.NpgsqlException (0x80004005): Failed to connect to [::1]:5432"],
            ),
            logged(
                1,
                &["Npgsql.NpgsqlException (0x80004005): Failed to connect to 127.0.0.1:5432"],
            ),
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
            logged(1, &["Error: Connection refused (os error 111)"]),
            logged(
                1,
                &["Os { code: 111, kind: ConnectionRefused, message: \"Connection refused\" }"],
            ),
            logged(
                1,
                &["Errno::ECONNREFUSED: Connection refused - connect(2) for \"db\" port 5432"],
            ),
            logged(
                1,
                &["No connection could be made because the target machine actively refused it."],
            ),
            logged(
                1,
                &["ERROR 2003 (HY000): Can't connect to MySQL server on 'db' (111)"],
            ),
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
            logged(
                1,
                &["PrismaClientInitializationError: Can't reach database server"],
            ),
            logged(
                1,
                &["Npgsql.NpgsqlException (0x80004005): Failed to connect to 10.0.1.7:5432"],
            ),
            logged(
                1,
                &["Unhandled exception. Npgsql.NpgsqlException (0x80004005): Exception while connecting"],
            ),
            logged(
                1,
                &[
                    "consumer: Cannot connect to rediss://redis.example.com:6379/5: Timeout connecting to server.",
                ],
            ),
            logged(
                1,
                &["redis.exceptions.TimeoutError: Timeout connecting to \"redis\""],
            ),
            logged(
                1,
                &["ERROR 2003 (HY000): Can't connect to MySQL server on 'db.example.com:3306' (110)"],
            ),
            logged(
                1,
                &[
                    "MySqlConnector.MySqlException (0x80004005): Unable to connect to any of the specified MySQL hosts.",
                ],
            ),
            logged(
                1,
                &[
                    "Microsoft.Data.SqlClient.SqlException (0x80131904): A network-related or instance-specific error occurred while establishing a connection to SQL Server.",
                ],
            ),
            logged(1, &["code: 'UND_ERR_CONNECT_TIMEOUT'"]),
            logged(1, &["Error: Connection timed out (os error 110)"]),
            logged(1, &["could not connect to server: Connection timed out"]),
            logged(
                1,
                &["java.sql.SQLTransientConnectionException: Connection attempt timed out"],
            ),
            logged(
                1,
                &["org.postgresql.util.PSQLException: The connection attempt failed."],
            ),
            logged(
                1,
                &["wait-for-it.sh: timeout occurred after waiting 15 seconds for db:5432"],
            ),
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
                    "[AdminClient clientId=adminclient-1] Connection to node 1001 (/127.0.0.1:9092) could not be established. Broker may not be available.",
                ],
            ),
            logged(
                1,
                &[
                    "kafka.conn:ERROR:16470:Connect attempt to <BrokerConnection node_id=1 host=172.17.0.3:9092 <connecting>> returned error 60. Disconnecting.",
                ],
            ),
            logged(1, &["kafka.errors.NoBrokersAvailable: NoBrokersAvailable"]),
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
        "network-unreachable",
        &[
            logged(1, &["/docker-entrypoint.sh: connect: Host is unreachable"]),
            logged(1, &["OSError: [Errno 101] Network is unreachable"]),
            logged(1, &["Error: connect ENETUNREACH 2600:1f18::1:443 - Local (:::0)"]),
            logged(1, &["dial tcp 10.0.9.9:5432: connect: no route to host"]),
            logged(1, &["Error: connect EHOSTUNREACH 10.0.9.9:5432"]),
        ],
    ),
    (
        "database-connection-lost",
        &[
            logged(
                1,
                &["psycopg2.OperationalError: server closed the connection unexpectedly"],
            ),
            logged(
                1,
                &[
                    "OperationalError: (2013, \"Lost connection to MySQL server at 'reading initial communication packet', system error: 0\")",
                ],
            ),
            logged(
                1,
                &["PDOException: SQLSTATE[HY000]: General error: 2006 MySQL server has gone away"],
            ),
        ],
    ),
    (
        "server-closes-connection",
        &[
            logged(1, &["==> Reading remote state failed: EOF"]),
            logged(
                1,
                &[
                    "EndOfStreamException: Unable to read additional data from server sessionid 0x100006c060d0001, likely server has closed socket",
                ],
            ),
            logged(1, &["fatal: connection closed by remote host"]),
            logged(1, &["Error: connection was closed by the server"]),
        ],
    ),
    (
        "rabbitmq-unreachable",
        &[
            logged(1, &["pika.exceptions.AMQPConnectionError"]),
            logged(
                1,
                &[
                    "RabbitMQ.Client.Exceptions.BrokerUnreachableException: None of the specified endpoints were reachable",
                ],
            ),
        ],
    ),
    (
        "search-unreachable",
        &[
            logged(1, &["Error: No Living connections"]),
            logged(
                1,
                &[
                    "Elasticsearch\\Common\\Exceptions\\NoNodesAvailableException: No alive nodes found in your cluster",
                ],
            ),
            logged(
                1,
                &["NoNodeAvailableException[None of the configured nodes are available: [{#transport#-1}]]"],
            ),
        ],
    ),
];
