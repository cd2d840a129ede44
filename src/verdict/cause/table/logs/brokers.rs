//! Message brokers and search servers that refuse the program.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
    Cause {
        id: "kafka-login-refused",
        when: &[
            CauseSign::Logged("SaslAuthenticationException: Authentication failed"),
            CauseSign::Logged("SaslAuthenticationException: Access denied"),
            CauseSign::Logged("SaslAuthenticationFailedError"),
            CauseSign::Logged("SASL authentication error: "),
            CauseSign::Logged("SASL Authentication failed"),
            CauseSign::Logged("KafkaJSSASLAuthenticationError"),
        ],
        cause: "the Kafka brokers refuse the program's login: user and password (SCRAM), or \
                the task role (IAM), are not allowed in",
        cure: &[
            SuggestionPart::text(
                "Amazon MSK: associate the secret with the cluster (aws kafka \
                batch-associate-scram-secret), or allow the task role kafka-cluster:Connect; \
                check that mechanism and port fit (9096 SCRAM, 9098 IAM); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "dpkp/kafka-python#2638; aws/aws-msk-iam-sasl-signer-python#49; \
                kafka-python-ng/kafka-python-ng#30; Amazon MSK Developer Guide, Sign-in \
                credentials authentication, IAM access control and Port information",
    },
    Cause {
        id: "kafka-login-not-configured",
        when: &[
            CauseSign::Logged("Failed to configure SaslClientAuthenticator"),
            CauseSign::Logged("Failed to create SaslClient with mechanism"),
            CauseSign::Logged("unable to find LoginModule class"),
            CauseSign::Logged("Could not find a 'KafkaClient' entry in the JAAS"),
            CauseSign::Logged("No provider for SASL mechanism"),
        ],
        cause: "the Kafka client can't log in the way it is told: the library for the \
                mechanism is not in the image (IAM: aws-msk-iam-auth), its settings are \
                incomplete, or it finds no AWS credentials",
        cure: &[
            SuggestionPart::text(
                "add the library, and set sasl.mechanism, sasl.jaas.config and (IAM) \
                sasl.client.callback.handler.class; set taskRoleArn; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-msk-iam-auth#142; devshawn/kafka-gitops#82; apache/kafka, \
                JaasContext.java; confluentinc/librdkafka, rdkafka_sasl.c",
    },
    Cause {
        id: "kafka-protocol-differs",
        when: &[
            CauseSign::Logged("might be caused by incorrect security.protocol"),
            CauseSign::Logged("terminated during authentication"),
        ],
        cause: "the Kafka client speaks another protocol than the port that it connects to",
        cure: &[
            SuggestionPart::text(
                "set security.protocol to the port's (Amazon MSK: 9092 PLAINTEXT, 9094 SSL, \
                9096 and 9098 SASL_SSL); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "confluentinc/librdkafka, rdkafka_broker.c; apache/kafka, NetworkClient.java; \
                Amazon MSK Developer Guide, Port information",
    },
    Cause {
        id: "kafka-not-authorized",
        when: &[
            CauseSign::Logged("TopicAuthorizationException"),
            CauseSign::Logged("GroupAuthorizationException"),
            CauseSign::Logged("TOPIC_AUTHORIZATION_FAILED"),
        ],
        cause: "the program is logged in to Kafka and may not use that topic or group",
        cure: &[
            SuggestionPart::text(
                "allow it: an ACL for the user, or kafka-cluster:… actions for the task role \
                (IAM); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Apache Kafka documentation, Error codes (29, 30); Amazon MSK Developer Guide, \
                IAM access control",
    },
    Cause {
        id: "kafka-topic-missing",
        when: &[
            CauseSign::Logged("UnknownTopicOrPartition"),
            CauseSign::Logged("This server does not host this topic-partition"),
        ],
        cause: "the Kafka topic does not exist, and the cluster creates none by itself",
        cure: &[
            SuggestionPart::text(
                "create it (kafka-topics.sh --create), or set auto.create.topics.enable in the \
                cluster's configuration; ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "Apache Kafka documentation, Error codes (3)",
    },
    Cause {
        id: "kafka-broker-still-registered",
        when: &[CauseSign::Logged("KeeperErrorCode = NodeExists")],
        cause: "the former broker with this id is still registered in ZooKeeper, until its \
                session ends",
        cure: &[
            SuggestionPart::text("wait some seconds and "),
            SuggestionPart::command("restart", "SERVICE"),
            SuggestionPart::text(
                "; give each broker its own id, and deploy with minimumHealthyPercent 0 so that \
                two never run at once",
            ),
        ],
        source: "graphql-hive/console#729; bitnami/bitnami-docker-kafka#33",
    },
    Cause {
        id: "rabbitmq-login-refused",
        when: &[
            CauseSign::Logged("ACCESS_REFUSED - Login was refused"),
            CauseSign::Logged("Handshake terminated by server: 403"),
            CauseSign::Logged("ProbableAuthenticationError"),
        ],
        cause: "RabbitMQ refuses the user or the password; guest may only connect from the \
                server itself",
        cure: &[
            SuggestionPart::text(
                "compare the secret with the broker's user, and use another user than guest; \
                URL-encode special characters in the password; ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "amqp-node/amqplib#237 and #574; php-amqplib/php-amqplib#273; RabbitMQ \
                documentation, Access control",
    },
    Cause {
        id: "rabbitmq-host-denied",
        when: &[
            CauseSign::Logged("access to vhost '"),
            CauseSign::Logged("NOT_ALLOWED - vhost"),
        ],
        cause: "the RabbitMQ virtual host does not exist, or the user has no rights on it",
        cure: &[
            SuggestionPart::text(
                "correct the last part of the AMQP URL (%2F for /), or rabbitmqctl add_vhost \
                and set_permissions; ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "RabbitMQ documentation, Virtual hosts and Access control",
    },
    Cause {
        id: "rabbitmq-declared-otherwise",
        when: &[CauseSign::Logged("PRECONDITION_FAILED - inequivalent arg")],
        cause: "the program declares a RabbitMQ queue or exchange that exists with other \
                properties",
        cure: &[
            SuggestionPart::text(
                "declare it as it exists, or delete it first (its messages are lost) or use \
                another name; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "WolfgangOfner/MicroserviceDemo#6; RabbitMQ documentation, Queues (Property \
                equivalence)",
    },
    Cause {
        id: "search-login-refused",
        when: &[
            CauseSign::Logged("missing authentication token for action"),
            CauseSign::Logged("missing authentication credentials for REST request"),
            CauseSign::Logged("unable to authenticate user ["),
            CauseSign::Logged("AuthenticationException(401"),
        ],
        cause: "Elasticsearch or OpenSearch wants a login, and the program sends none or a \
                wrong one",
        cure: &[
            SuggestionPart::text(
                "set user and password (or an API key) in the container's secrets; with IAM \
                the client must sign its requests; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "testcontainers/testcontainers-java#6218; Elasticsearch guide, User \
                authentication; Amazon OpenSearch Service Developer Guide, Identity and \
                Access Management",
    },
    Cause {
        id: "search-product-refused",
        when: &[
            CauseSign::Logged("is not Elasticsearch"),
            CauseSign::Logged("ProductNotSupportedError"),
            CauseSign::Logged("not a supported distribution of Elasticsearch"),
        ],
        cause: "Elastic's clients refuse OpenSearch from version 7.14 on",
        cure: &[
            SuggestionPart::text("use the OpenSearch client, or Elastic's client up to version 7.13; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "elastic/elasticsearch-py#1623; OpenSearch documentation, Clients \
                (compatibility)",
    },
    Cause {
        id: "search-bootstrap-checks",
        when: &[
            CauseSign::Logged("bootstrap check failure"),
            CauseSign::Logged("bootstrap checks failed"),
            CauseSign::Logged("Elasticsearch died while starting up, with exit code 78"),
        ],
        cause: "Elasticsearch checks production settings, as it listens on more than \
                localhost; the next lines name what fails",
        cure: &[
            SuggestionPart::text("for a single node set discovery.type=single-node in environment; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "elastic/elasticsearch#91773; Elasticsearch guide, Bootstrap checks; \
                elastic/elasticsearch#131974",
    },
    Cause {
        id: "data-directory-locked",
        when: &[
            CauseSign::Logged("failed to obtain node lock"),
            CauseSign::Logged("failed to obtain lock on"),
            CauseSign::Logged("Unable to lock the lock file"),
            CauseSign::Logged("lock file \"postmaster.pid\" already exists"),
            CauseSign::Logged("lock DB directory: resource temporarily unavailable"),
            CauseSign::Logged("Failed to acquire lock on file .lock"),
        ],
        cause: "another process has the data directory: the old task still runs on the same \
                volume while deploying; or the directory is not writable",
        cure: &[
            SuggestionPart::text(
                "let ECS stop the old task first (minimumHealthyPercent 0, maximumPercent \
                100); check the owner of the volume's directory; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "deviantony/docker-elk#975; mongodb/mongo, DBPathInUse; postgres/postgres, \
                miscinit.c; prometheus/prometheus, tsdb; apache/kafka, LogManager.scala; \
                Amazon ECS API Reference, DeploymentConfiguration",
    },
];
