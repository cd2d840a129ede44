//! Examples of the causes in `table/logs/brokers.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "kafka-login-refused",
        &[
            logged(
                1,
                &[
                    "org.apache.kafka.common.errors.SaslAuthenticationException: Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512",
                ],
            ),
            logged(
                1,
                &["org.apache.kafka.common.errors.SaslAuthenticationException: Access denied"],
            ),
            logged(
                1,
                &[
                    "[Error 58] SaslAuthenticationFailedError: [cc8333d3-37a9-4bb8-9d5a-1b1127502cad]: Access denied",
                ],
            ),
            logged(
                1,
                &[
                    "%3|1686828089.194|FAIL|rdkafka#consumer-1| sasl_ssl://b-1.amazonaws.com:9196/bootstrap: SASL authentication error: SaslAuthenticateRequest failed: Local: Broker handle destroyed",
                ],
            ),
            logged(1, &["kafka server: SASL Authentication failed."]),
            logged(
                1,
                &["KafkaJSSASLAuthenticationError: SASL SCRAM SHA512 authentication failed"],
            ),
        ],
    ),
    (
        "kafka-login-not-configured",
        &[
            logged(
                1,
                &[
                    "org.apache.kafka.common.errors.SaslAuthenticationException: Failed to configure SaslClientAuthenticator",
                ],
            ),
            logged(
                1,
                &[
                    "Caused by: org.apache.kafka.common.errors.SaslAuthenticationException: Failed to create SaslClient with mechanism AWS_MSK_IAM",
                ],
            ),
            logged(
                1,
                &[
                    "javax.security.auth.login.LoginException: unable to find LoginModule class: software.amazon.msk.auth.iam.IAMLoginModule",
                ],
            ),
            logged(
                1,
                &[
                    "java.lang.IllegalArgumentException: Could not find a 'KafkaClient' entry in the JAAS configuration. System property 'java.security.auth.login.config' is not set",
                ],
            ),
            logged(
                1,
                &[
                    "KafkaException: Failed to create producer: No provider for SASL mechanism GSSAPI: recompile librdkafka with libsasl2 or openssl support.",
                ],
            ),
        ],
    ),
    (
        "kafka-protocol-differs",
        &[
            logged(
                1,
                &[
                    "%4|FAIL|rdkafka#producer-1| b-1:9094/bootstrap: Disconnected while requesting ApiVersion: might be caused by incorrect security.protocol configuration (connecting to a SSL listener?)",
                ],
            ),
            logged(
                1,
                &[
                    "Connection to node -1 (b-1.msk/10.0.1.5:9094) terminated during authentication. This may happen due to any of the following reasons",
                ],
            ),
        ],
    ),
    (
        "kafka-not-authorized",
        &[
            logged(
                1,
                &[
                    "org.apache.kafka.common.errors.TopicAuthorizationException: Not authorized to access topics: [orders]",
                ],
            ),
            logged(
                1,
                &[
                    "org.apache.kafka.common.errors.GroupAuthorizationException: Not authorized to access group: web",
                ],
            ),
            logged(
                1,
                &["KafkaError{code=TOPIC_AUTHORIZATION_FAILED,val=29,str=\"Topic authorization failed.\"}"],
            ),
        ],
    ),
    (
        "kafka-topic-missing",
        &[
            logged(
                1,
                &["kafka.errors.UnknownTopicOrPartitionError: [Error 3] UnknownTopicOrPartitionError"],
            ),
            logged(
                1,
                &["KafkaJSProtocolError: This server does not host this topic-partition"],
            ),
        ],
    ),
    (
        "kafka-broker-still-registered",
        &[logged(
            1,
            &["org.apache.zookeeper.KeeperException$NodeExistsException: KeeperErrorCode = NodeExists"],
        )],
    ),
    (
        "rabbitmq-login-refused",
        &[
            logged(
                1,
                &[
                    "com.rabbitmq.client.AuthenticationFailureException: ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN. For details see the broker logfile.",
                ],
            ),
            logged(
                1,
                &[
                    "Error: Handshake terminated by server: 403 (ACCESS-REFUSED) with message \"ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN. For details see the broker logfile.\"",
                ],
            ),
            logged(
                1,
                &["pika.exceptions.ProbableAuthenticationError: ConnectionClosedByBroker: (403)"],
            ),
        ],
    ),
    (
        "rabbitmq-host-denied",
        &[
            logged(
                1,
                &["(530, 'NOT_ALLOWED - access to vhost '/app' refused for user 'web'')"],
            ),
            logged(1, &["(530) NOT_ALLOWED - vhost app not found"]),
        ],
    ),
    (
        "rabbitmq-declared-otherwise",
        &[logged(
            1,
            &["code=406, text=\"PRECONDITION_FAILED - inequivalent arg 'durable'"],
        )],
    ),
    (
        "search-login-refused",
        &[
            logged(
                1,
                &[
                    "org.elasticsearch.ElasticsearchSecurityException: missing authentication token for action [cluster:monitor/nodes/liveness]",
                ],
            ),
            logged(
                1,
                &["security_exception: missing authentication credentials for REST request [/_nodes]"],
            ),
            logged(
                1,
                &[
                    "security_exception: [security_exception] Reason: unable to authenticate user [elastic] for REST request [/]",
                ],
            ),
            logged(
                1,
                &[
                    "elasticsearch.exceptions.AuthenticationException: AuthenticationException(401, 'Unauthorized')",
                ],
            ),
        ],
    ),
    (
        "search-product-refused",
        &[
            logged(
                1,
                &[
                    "elasticsearch.exceptions.UnsupportedProductError: The client noticed that the server is not Elasticsearch and we do not support this unknown product",
                ],
            ),
            logged(
                1,
                &[
                    "ProductNotSupportedError: The client noticed that the server is not Elasticsearch and we do not support this unknown product.",
                ],
            ),
            logged(
                1,
                &[
                    "elasticsearch.exceptions.UnsupportedProductError: The client noticed that the server is not a supported distribution of Elasticsearch",
                ],
            ),
        ],
    ),
    (
        "search-bootstrap-checks",
        &[
            logged(
                1,
                &["ERROR: Elasticsearch died while starting up, with exit code 78"],
            ),
            logged(
                1,
                &[
                    "bootstrap check failure [1] of [1]: the default discovery settings are unsuitable for production use",
                ],
            ),
            logged(
                1,
                &[
                    "ERROR: [1] bootstrap checks failed. You must address the points described in the following [1] lines before starting Elasticsearch.",
                ],
            ),
        ],
    ),
    (
        "data-directory-locked",
        &[
            logged(
                1,
                &[
                    "java.lang.IllegalStateException: failed to obtain node locks, tried [[/usr/share/elasticsearch/data]] with lock id [0]",
                ],
            ),
            logged(
                1,
                &["Caused by: java.io.IOException: failed to obtain lock on /usr/share/elasticsearch/data"],
            ),
            logged(
                1,
                &[
                    "DBPathInUse: Unable to lock the lock file: /data/db/mongod.lock (Resource temporarily unavailable). Another mongod instance is already running on the /data/db directory",
                ],
            ),
            logged(1, &["FATAL:  lock file \"postmaster.pid\" already exists"]),
            logged(
                1,
                &["opening storage failed: lock DB directory: resource temporarily unavailable"],
            ),
            logged(
                1,
                &[
                    "java.lang.RuntimeException: Failed to acquire lock on file .lock in /var/lib/kafka/data. A Kafka instance in another process or thread is using this directory.",
                ],
            ),
        ],
    ),
];
