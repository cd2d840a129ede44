//! Servers that the program needs and does not reach.

use super::{ASKED, HEDGED};
use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
    Cause {
        id: "docker-desktop-name",
        when: &[
            CauseSign::Logged("ENOTFOUND host.docker.internal"),
            CauseSign::Logged("lookup host.docker.internal"),
            CauseSign::Logged("host name \"host.docker.internal\""),
        ],
        cause: "host.docker.internal exists in Docker Desktop only, not on ECS",
        cure: &[
            SuggestionPart::text(
                "set it to the server's endpoint (RDS, ElastiCache), to 127.0.0.1 for a container \
                 of the same task, or to a Service Connect or Cloud Map name; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "laurent22/joplin#4400",
    },
    Cause {
        id: "go-resolver-broken",
        when: &[CauseSign::Logged("dial tcp: lookup *: device or resource busy")],
        cause: "a Go program linked statically with cgo cannot resolve names",
        cure: &[
            SuggestionPart::text("build it with CGO_ENABLED=0 (or -tags netgo); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "camptocamp/terraboard#118",
    },
    Cause {
        id: "host-name-undefined",
        when: &[CauseSign::Logged("getaddrinfo ENOTFOUND undefined")],
        cause: "the variable with a server's host name is not set",
        cure: &[
            SuggestionPart::text("set it in the container's environment, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "brianc/node-postgres#1086",
    },
    Cause {
        id: "own-name-unresolved",
        when: &[
            CauseSign::Logged("Local host name unknown: java.net.UnknownHostException"),
            CauseSign::LoggedAs("hostname: Name or service not known"),
        ],
        cause: "the program can't resolve the container's own name: the VPC's DNS does not know \
                it (JMX, `hostname -i`)",
        cure: &[
            SuggestionPart::text(
                "tell the program the address to bind to (0.0.0.0; for JMX java.rmi.server.hostname), \
                or turn on enableDnsHostnames and enableDnsSupport in the VPC; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "prisma/prisma1#2023; bitnami/bitnami-docker-keycloak#33",
    },
    Cause {
        id: "host-name-unresolved",
        when: &[
            CauseSign::Logged("getaddrinfo ENOTFOUND"),
            CauseSign::Logged("getaddrinfo EAI_AGAIN"),
            CauseSign::Logged("lookup *: no such host"),
            CauseSign::Logged("could not translate host name"),
            CauseSign::Logged("failed to resolve host '"),
            CauseSign::Logged("Name or service not known"),
            CauseSign::Logged("Temporary failure in name resolution"),
            CauseSign::Logged("java.net.UnknownHostException"),
            CauseSign::Logged("getaddrinfo failed"),
            CauseSign::Logged("Could not resolve host"),
            CauseSign::Logged("failed to lookup address information"),
            CauseSign::Logged("No such host is known"),
            CauseSign::Logged("Unknown MySQL server host"),
            CauseSign::Logged("bad address '"),
            CauseSign::Logged(":nxdomain"),
            CauseSign::Logged("Name does not resolve"),
            CauseSign::Logged(".sh: line *: Try again"),
            CauseSign::Logged("no such host"),
            CauseSign::Logged("nodename nor servname"),
            CauseSign::LoggedBut(
                "could not resolve",
                &["warn", "placeholder", "depend", "config", "import"],
            ),
            CauseSign::Logged("Failed to resolve '"),
            CauseSign::Logged("No resolvable bootstrap urls"),
            CauseSign::LoggedBut("DNS resolution failed for", &["warn"]),
            CauseSign::LoggedWord("ENOTFOUND", HEDGED),
            CauseSign::LoggedWord("NXDOMAIN", HEDGED),
            CauseSign::LoggedWord("EAI_NONAME", HEDGED),
            CauseSign::LoggedWord("EAI_AGAIN", &["warn", "retry"]),
            CauseSign::Logged("No address associated with hostname"),
        ],
        cause: "the program can't resolve the name of a server: names of docker compose don't \
                exist on ECS",
        cure: &[
            SuggestionPart::text(
                "set it to the server's endpoint (RDS, ElastiCache), to 127.0.0.1 for a container \
                 of the same task, or to a Service Connect or Cloud Map name; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "knadh/listmonk#25; dbcodeio/public#33; Cloud-CV/Fabrik#530; \
                RadicalxChange/rxc-voice#18; sourcegraph/sourcegraph-public-snapshot#1082; \
                getaddrinfo(3), gai_strerror; PHP manual, getaddrinfo failed; curl, error 6; \
                Rust, std::net; Windows Sockets error codes (WSAHOST_NOT_FOUND); MySQL \
                reference manual, error 2005; BusyBox; erlang/otp, inet; \
                hexabot-ai/Hexabot#310; getaddrinfo(3); jhipster/generator-jhipster#11758; \
                conduktor/kafka-stack-docker-compose#46; paperless-ngx/paperless-ngx#13925",
    },
    Cause {
        id: "local-server-unreachable",
        when: &[
            CauseSign::Logged("ECONNREFUSED 127.0.0.1"),
            CauseSign::Logged("ECONNREFUSED ::1"),
            CauseSign::Logged("127.0.0.1*Connection refused"),
            CauseSign::Logged("localhost*Connection refused"),
            CauseSign::Logged("dial tcp [::1]:*connection refused"),
            CauseSign::Logged("Can't reach database server at `localhost"),
            CauseSign::Logged("Can't reach database server at `127.0.0.1"),
            CauseSign::Logged("connection to server on socket *failed"),
            CauseSign::Logged("Can't connect to local MySQL server"),
            CauseSign::Logged("Connection to localhost:* refused"),
            CauseSign::Logged("Failed to connect to [::1]:"),
            CauseSign::Logged("Failed to connect to 127.0.0.1:"),
            CauseSign::Logged("Can't connect to MySQL server on '127.0.0.1'"),
            CauseSign::Logged("Can't connect to MySQL server on 'localhost"),
            CauseSign::Logged("[2002] No such file or directory"),
            CauseSign::Logged("MySQL*(2002) No such file or directory"),
        ],
        cause: "the program looks for a server in its own task (localhost), and none listens \
                there: the variable with its address isn't set, or the container with it isn't up \
                yet",
        cure: &[
            SuggestionPart::text(
                "set the variable to the server's endpoint; for a container of the same task add \
                 dependsOn with condition: HEALTHY; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "redis/ioredis#763; iamshaunjp/complete-mongodb#5; venueless/venueless#319; \
                app-generator/django-volt-dashboard-pro#3; \
                evolution-foundation/evolution-api#1087; puckel/docker-airflow#195; \
                PostgreSQL documentation, Connection failures; MySQL reference manual, error \
                2002; Griefed/ServerPackCreator#588; nopSolutions/nopCommerce#6109; \
                schlangenprogrammiernacht/spn-meta#20; PHP manual, PDO_MYSQL (unix_socket); \
                docker-library/wordpress#85",
    },
    Cause {
        id: "server-refuses-connection",
        when: &[
            CauseSign::Logged("ECONNREFUSED"),
            CauseSign::Logged("server: Connection refused"),
            CauseSign::Logged("failed: Connection refused"),
            CauseSign::Logged("connect: connection refused"),
            CauseSign::Logged("Exception: Connection refused"),
            CauseSign::Logged("] Connection refused"),
            CauseSign::Logged(". Connection refused"),
            CauseSign::Logged("Connection refused (os error 111)"),
            CauseSign::Logged("kind: ConnectionRefused"),
            CauseSign::Logged("Connection refused - connect(2)"),
            CauseSign::Logged("actively refused it"),
            CauseSign::Logged("Can't connect to MySQL server on '*' (111"),
        ],
        cause: "nothing listens at the address of a server that the program needs: a wrong host or \
                port, or the server isn't running",
        cure: &[
            SuggestionPart::text(
                "correct host and port in environment or secrets, check that the server runs, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "mastodon/mastodon#13770; cookiecutter/cookiecutter-django#2767; \
                investbrainapp/investbrain#57; doccano/doccano#2107; venueless/venueless#319; \
                Rust, std::io::ErrorKind; Ruby, Errno::ECONNREFUSED; Windows Sockets error \
                codes (WSAECONNREFUSED); MySQL reference manual, error 2003",
    },
    Cause {
        id: "network-unreachable",
        when: &[
            CauseSign::Logged("Network is unreachable"),
            CauseSign::Logged("ENETUNREACH"),
            CauseSign::Logged("No route to host"),
            CauseSign::Logged("EHOSTUNREACH"),
            CauseSign::Logged("Host is unreachable"),
        ],
        cause: "the task has no route to that address: its subnet has no way out, or the name \
                has an IPv6 address and the subnet none",
        cure: &[
            SuggestionPart::text(
                "add a NAT gateway or a VPC endpoint, or let the program prefer IPv4 \
                (NODE_OPTIONS=--dns-result-order=ipv4first, java.net.preferIPv4Stack=true); \
                then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "connect(2), ENETUNREACH and EHOSTUNREACH; Node.js documentation, \
                dns.setDefaultResultOrder; Amazon VPC User Guide, Route tables; \
                hexabot-ai/Hexabot#310",
    },
    Cause {
        id: "server-unreachable",
        when: &[
            CauseSign::Logged("connect ETIMEDOUT"),
            CauseSign::Logged("dial tcp *: i/o timeout"),
            CauseSign::Logged("server: Connection timed out"),
            CauseSign::Logged("] Connection timed out"),
            CauseSign::Logged("ConnectException: Connection timed out"),
            CauseSign::Logged("connect: connection timed out"),
            CauseSign::Logged("connection to server at *timeout expired"),
            CauseSign::Logged("Can't reach database server at"),
            CauseSign::Logged("Communications link failure"),
            CauseSign::Logged("Server selection timed out"),
            CauseSign::Logged("ServerSelectionTimeoutError"),
            CauseSign::Logged("connect timed out"),
            CauseSign::Logged("Timeout connecting to server"),
            CauseSign::Logged("Timeout connecting to \""),
            CauseSign::Logged("Can't connect to MySQL server on"),
            CauseSign::Logged("Unable to connect to any of the specified MySQL hosts"),
            CauseSign::Logged("A network-related or instance-specific error"),
            CauseSign::Logged("UND_ERR_CONNECT_TIMEOUT"),
            CauseSign::Logged("Connection timed out (os error 110)"),
            CauseSign::Logged("could not connect to server: Connection timed out"),
            CauseSign::Logged("Connection attempt timed out"),
            CauseSign::Logged("The connection attempt failed"),
            CauseSign::Logged("timeout occurred after waiting"),
            CauseSign::Logged("NpgsqlException*Failed to connect to"),
            CauseSign::Logged("NpgsqlException*Exception while connecting"),
            CauseSign::Logged("Can't reach database server"),
        ],
        cause: "a server that the program needs doesn't answer: mostly its security group or the \
                network lets nothing through",
        cure: &[
            SuggestionPart::text(
                "aws ec2 authorize-security-group-ingress --group-id SERVER_SG --protocol tcp \
                 --port PORT --source-group TASK_SG; check host and port; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "ziedbentahar/strapi-on-aws-with-cdk#2; prisma/orm#24040; \
                brettwooldridge/HikariCP#2201; MongoDB documentation, Connection \
                troubleshooting; PostgreSQL documentation, connect_timeout; \
                thunderbird/thunderbird-accounts#215; redis/redis-py, connection.py; MySQL \
                reference manual, error 2003; MySqlConnector; Microsoft SQL Server, error 53; \
                nodejs/undici, errors.js; pgjdbc/pgjdbc, ConnectionFactoryImpl.java; \
                vishnubob/wait-for-it; alexyakunin/BoardGames#4",
    },
    Cause {
        id: "mongodb-unreachable",
        when: &[
            CauseSign::Logged("MongoServerSelectionError"),
            CauseSign::Logged("MongooseServerSelectionError"),
            CauseSign::Logged("server selection error: "),
            CauseSign::Logged("MongoError: failed to connect to server"),
        ],
        cause: "the MongoDB driver finds no usable server: a security group keeps it out, the \
                address is wrong, or (Amazon DocumentDB) the connection is not encrypted",
        cure: &[
            SuggestionPart::text(
                "check host and port, let the server's security group take the task's; for \
                DocumentDB add tls=true and the RDS CA bundle (global-bundle.pem) to the \
                image and the address; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "rwynn/monstache#309; rwynn/monstache#481; nightscout/cgm-remote-monitor#6775; \
                mongo-express/mongo-express#461; Amazon DocumentDB Developer Guide, \
                Connecting programmatically",
    },
    Cause {
        id: "redis-cluster-unreachable",
        when: &[
            CauseSign::Logged("ClusterAllFailedError"),
            CauseSign::Logged("Failed to refresh slots cache"),
        ],
        cause: "the Redis client wants a cluster and gets no list of its slots: TLS is \
                missing (encryption in transit), cluster mode is off, or a security group is \
                in between",
        cure: &[
            SuggestionPart::text(
                "set tls for ElastiCache with encryption in transit (rediss://, tls: {}), and \
                use the cluster client only with cluster mode on; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "redis/ioredis#837; redis/ioredis#1454",
    },
    Cause {
        id: "kafka-unreachable",
        when: &[
            CauseSign::Logged("common.errors.TimeoutException"),
            CauseSign::Logged("KafkaTimeoutError"),
            CauseSign::Logged("Failed to update metadata after"),
            CauseSign::Logged("NoBrokersAvailable"),
            CauseSign::LoggedBut("could not be established. Broker may not be available", &["warn"]),
            CauseSign::Logged("Connect attempt to <BrokerConnection*returned error"),
        ],
        cause: "the Kafka client gets no answer from the brokers: a wrong port for its \
                security protocol, a security group, or wrong bootstrap servers",
        cure: &[
            SuggestionPart::text(
                "compare with aws kafka get-bootstrap-brokers (Amazon MSK: 9092 plaintext, \
                9094 TLS, 9096 SASL/SCRAM, 9098 IAM) and let the brokers' security group take \
                the task's; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "dpkp/kafka-python#2240; confluentinc/cp-helm-charts#434; \
                SourceLabOrg/kafka-webview#265; Azure/azure-event-hubs-for-kafka#32; Amazon \
                MSK Developer Guide, Port information; \
                thepracticaldeveloper/kafka-spring-boot-example#4; dpkp/kafka-python#1858",
    },
    Cause {
        id: "database-connection-lost",
        when: &[
            CauseSign::Logged("server closed the connection unexpectedly"),
            CauseSign::Logged("Lost connection to MySQL server"),
            CauseSign::Logged("MySQL server has gone away"),
        ],
        cause: "the database ended the connection: it restarted or failed over, ran out of \
                memory, or closed an idle one",
        cure: &[
            SuggestionPart::text(
                "look at the database's own log and events (aws rds describe-events); test \
                connections in the pool before use; ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "PostgreSQL documentation, libpq; MySQL reference manual, errors 2006 and 2013",
    },
    Cause {
        id: "server-closes-connection",
        when: &[
            CauseSign::LoggedBut("failed: EOF", ASKED),
            CauseSign::LoggedBut("server has closed socket", ASKED),
            CauseSign::LoggedBut("connection closed by remote", ASKED),
            CauseSign::LoggedBut("connection was closed by the server", ASKED),
        ],
        cause: "a server that the program needs closes the connection at once: it is not ready, \
                wants TLS (or none), or speaks another protocol on that port",
        cure: &[
            SuggestionPart::text(
                "check address and port, whether the server expects TLS, and that it is up before \
                this service (dependsOn); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "gliderlabs/docker-consul#39; oskardudycz/EventSourcing.NetCore#127",
    },
    Cause {
        id: "rabbitmq-unreachable",
        when: &[
            CauseSign::Logged("AMQPConnectionError"),
            CauseSign::Logged("BrokerUnreachableException"),
        ],
        cause: "the RabbitMQ client reaches no broker: a wrong port or scheme (Amazon MQ: \
                amqps:// and 5671 only), or a security group in between",
        cure: &[
            SuggestionPart::text(
                "correct the URL, and let the broker's security group take the task's; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "pika/pika, exceptions.py; rabbitmq/rabbitmq-dotnet-client; Amazon MQ \
                Developer Guide, Connecting to RabbitMQ",
    },
    Cause {
        id: "search-unreachable",
        when: &[
            CauseSign::Logged("No Living connections"),
            CauseSign::Logged("No alive nodes found"),
            CauseSign::Logged("None of the configured nodes are available"),
        ],
        cause: "the Elasticsearch or OpenSearch client reaches no node: a wrong scheme or \
                port (Amazon OpenSearch Service: https and 443), sniffing of inner addresses, \
                or a security group",
        cure: &[
            SuggestionPart::text(
                "correct the URL, turn sniffing off, and let the domain's security group take \
                the task's; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "elastic/elasticsearch-js#775 and #196; markshust/docker-magento#1368; Amazon \
                OpenSearch Service Developer Guide, Launching a domain within a VPC",
    },
];
