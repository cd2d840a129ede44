//! Causes that a line of the program's log tells. A line counts only if the container crashed, yet none of these
//! signs may occur in a line of a program that runs well.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "nginx-upstream-unresolved",
        when: &[CauseSign::Logged("host not found in upstream")],
        cause: "nginx resolves its upstreams when it starts, and this name doesn't exist: \
                containers of an awsvpc task share localhost and have no DNS names",
        cure: &[
            SuggestionPart::text(
                "set the upstream to 127.0.0.1:PORT (a container of the same task) or to a Service \
                 Connect or Cloud Map name, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "awslabs/ecs-nginx-reverse-proxy#4; DanWahlin/CodeWithDanDockerServices#43",
    },
    Cause {
        id: "haproxy-server-unresolved",
        when: &[
            CauseSign::Logged("could not resolve address '"),
            CauseSign::Logged("'server *: invalid address: '"),
            CauseSign::Logged("Failed to initialize server(s) addr"),
        ],
        cause: "haproxy resolves its servers when it starts, and this name doesn't exist: \
                containers of an awsvpc task share localhost and have no DNS names",
        cure: &[
            SuggestionPart::text(
                "set the server to 127.0.0.1:PORT or to a Service Connect or Cloud Map name; \
                 `init-addr last,libc,none` with a resolvers section starts without it; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker-library/haproxy#124; OpenCHAMI/deployment-recipes#102; \
                 jamiees2/dnsproxy#24",
    },
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
        id: "pool-without-connection",
        when: &[CauseSign::Logged("HikariPool-* - Connection is not available")],
        cause: "the pool got no database connection in time: the database is unreachable, or all \
                connections are in use",
        cure: &[
            SuggestionPart::text(
                "check the database's endpoint and security group; if connections leak, set \
                 leakDetectionThreshold, else raise maximum-pool-size; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "brettwooldridge/HikariCP#963",
    },
    Cause {
        id: "database-wants-tls",
        when: &[CauseSign::Logged("no pg_hba.conf entry for host")],
        cause: "PostgreSQL refuses the connection: most often as it isn't encrypted (RDS requires \
                TLS from version 15 on), else for this host, user or database",
        cure: &[
            SuggestionPart::text("add sslmode=require to the connection string, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "joshstevens19/rindexer#116; DataDog/datadog-agent#13318",
    },
    Cause {
        id: "mysql-authentication-unknown",
        when: &[CauseSign::Logged("ER_NOT_SUPPORTED_AUTH_MODE")],
        cause: "the npm package mysql doesn't know the way in which MySQL 8 checks passwords \
                (caching_sha2_password)",
        cure: &[
            SuggestionPart::text("use the npm package mysql2, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "mysqljs/mysql#2046",
    },
    Cause {
        id: "database-not-granted",
        when: &[CauseSign::Logged("Access denied for user *to database")],
        cause: "the database user has no rights on that database, or the database's name is wrong",
        cure: &[
            SuggestionPart::text("correct the database's name, or GRANT ALL ON name.* TO the user; then "),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "miguelgrinberg/microblog#113",
    },
    Cause {
        id: "database-password-missing",
        when: &[
            CauseSign::Logged("Access denied for user*using password: NO"),
            CauseSign::Logged("fe_sendauth: no password supplied"),
        ],
        cause: "the program sent no password to the database: its variable is empty or missing",
        cure: &[
            SuggestionPart::text(
                "set the variable that the program reads in the container's `secrets`, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "askdaddy/ansible-dynamic-inventory-mysql#5; HazyResearch/fonduer-tutorials#14",
    },
    Cause {
        id: "database-login-refused",
        when: &[
            CauseSign::Logged("Access denied for user"),
            CauseSign::Logged("password authentication failed for user"),
            CauseSign::Logged("codeName*AuthenticationFailed"),
            CauseSign::Logged("Login failed for user '"),
            CauseSign::Logged("WRONGPASS"),
            CauseSign::Logged("Error: P1000: Authentication failed"),
            CauseSign::Logged("MongoServerError: Authentication failed"),
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
                 cap-ntu/ML-Model-CI#311; PostgreSQL documentation, Authentication \
                 problems; Redis documentation, AUTH; Microsoft SQL Server error 18456; \
                 prisma/orm#26172; bitnami/bitnami-docker-mongodb#353",
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
        ],
        cause: "the server has no database of that name",
        cure: &[
            SuggestionPart::text("create it, or correct the name in environment or secrets; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "PostgreSQL documentation, Authentication problems; MySQL reference manual, \
                error 1049; sourcegraph/sourcegraph-public-snapshot#60",
    },
    Cause {
        id: "database-table-missing",
        when: &[CauseSign::Logged("relation \"*\" does not exist")],
        cause: "the database lacks a table: its migrations did not run, or it is another database \
                than expected",
        cure: &[
            SuggestionPart::text(
                "run the migrations (as a task of its own: aws ecs run-task), or correct the \
                 database's name; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "PostgreSQL documentation, Appendix A (42P01 undefined_table)",
    },
    Cause {
        id: "database-connections-used",
        when: &[
            CauseSign::Logged("too many clients already"),
            CauseSign::Logged("remaining connection slots are reserved"),
            CauseSign::Logged("ER_CON_COUNT_ERROR"),
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
        id: "migration-locked",
        when: &[CauseSign::Logged("Could not acquire change log lock")],
        cause: "Liquibase's lock is held by another task, or was left by one that was killed \
                during a migration",
        cure: &[
            SuggestionPart::text(
                "make sure that no migration runs, then run liquibase release-locks (or clear \
                 DATABASECHANGELOGLOCK); ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "apitable/apitable#1536; cloudfoundry/app-autoscaler#517",
    },
    Cause {
        id: "migration-changed",
        when: &[
            CauseSign::Logged("Migration checksum mismatch"),
            CauseSign::Logged("Migrations have failed validation"),
        ],
        cause: "Flyway finds migrations changed or missing that the database already has",
        cure: &[
            SuggestionPart::text(
                "restore the files as they were applied and add a new migration, or run flyway \
                 repair if the change is meant; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "flyway/flyway#2255 and #3481; quarkusio/registry.quarkus.io#140",
    },
    Cause {
        id: "migration-not-in-image",
        when: &[CauseSign::Logged("Can't locate revision identified by")],
        cause: "the database is at an Alembic migration that this image doesn't have: the image is \
                older than the database",
        cure: &[SuggestionPart::text(
            "deploy the image that has the migration, or downgrade the database with the newer \
                 image first",
        )],
        source: "rivenmedia/riven#890",
    },
    Cause {
        id: "migration-failed-before",
        when: &[
            CauseSign::Logged("Error: P3009"),
            CauseSign::Logged("Dirty database version"),
            CauseSign::Logged("migrate found failed migrations in the target"),
        ],
        cause: "an earlier migration stopped half-way, so no new one is applied",
        cure: &[
            SuggestionPart::text(
                "repair the database, then npx prisma migrate resolve --rolled-back NAME (Prisma) \
                 or migrate force VERSION (golang-migrate); ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "langfuse/langfuse-k8s#253 and #179; lukevella/rallly#1736",
    },
    Cause {
        id: "prisma-engine-missing",
        when: &[
            CauseSign::Logged("could not locate the Query Engine for runtime"),
            CauseSign::Logged("Error loading shared library libssl*libquery_engine"),
        ],
        cause: "the image has no Prisma engine for its platform",
        cure: &[
            SuggestionPart::text(
                "add the runtime of the image to binaryTargets (Alpine with OpenSSL 3: \
                 linux-musl-openssl-3.0.x), run npx prisma generate in \
                 the Dockerfile's last stage (Alpine: apk add openssl), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "prisma/orm#25817; hudy9x/namviek#301",
    },
    Cause {
        id: "port-not-permitted",
        when: &[
            CauseSign::Logged("bind() to * failed (13: Permission denied)"),
            CauseSign::Logged("bind: permission denied"),
            CauseSign::Logged("listen EACCES"),
            CauseSign::Logged("(13)Permission denied: AH00072"),
            CauseSign::Logged("SocketException (13): Permission denied"),
            CauseSign::Logged("[Errno 13] error while attempting to bind"),
            CauseSign::Logged("Permission denied - bind(2)"),
        ],
        cause: "the program runs as a user that may not open a port below 1024",
        cure: &[
            SuggestionPart::text(
                "let it listen above 1023 (8080, say) and set containerPort to that, in \
                 loadBalancers too; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "langflow-ai/langflow#6838; sourcegraph/sourcegraph-public-snapshot#9536; \
                 kireerik/razzle-material-ui-styled-example#2; nazar-pc/docker-phpmyadmin#25; \
                 Jackett/Jackett#7447; bind(2), EACCES; Python asyncio, base_events.py \
                 (create_server); Ruby, Errno::EACCES",
    },
    Cause {
        id: "port-taken",
        when: &[
            CauseSign::Logged("EADDRINUSE"),
            CauseSign::Logged("address already in use"),
            CauseSign::Logged("Address in use (98)"),
            CauseSign::Logged("Connection in use: ("),
            CauseSign::Logged("Web server failed to start. Port *in use"),
            CauseSign::Logged("PortInUseException: Port"),
            CauseSign::Logged("Tomcat connector configured to listen on port *failed to start"),
            CauseSign::Logged("failed (98: Address in use)"),
        ],
        cause: "another process has the port: containers of a task (awsvpc, host) share its ports, \
                or the program starts its server twice",
        cure: &[
            SuggestionPart::text(
                "give each container of the task a port of its own (portMappings), or start the \
                 server once; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "bigcommerce/stencil-cli#1366; dotnet/aspnetcore#4699; wandb/openui#226; \
                tiredofit/docker-self-service-password#30; benoitc/gunicorn#286; \
                VGEAREN/webdav-caiyun#21; RameshMF/spring-mvc-tutorial#18; \
                apache/skywalking#3696; kubernetes/ingress-nginx#7913",
    },
    Cause {
        id: "address-not-available",
        when: &[CauseSign::Logged("cannot assign requested address")],
        cause: "the program wants to listen at an address that the container doesn't have, such as \
                localhost as IPv6",
        cure: &[
            SuggestionPart::text("let it listen at 0.0.0.0 (--host 0.0.0.0), then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "abetlen/llama-cpp-python#77; bind(2), EADDRNOTAVAIL",
    },
    Cause {
        id: "apache-without-port",
        when: &[CauseSign::Logged("no listening sockets available, shutting down")],
        cause: "Apache httpd could open none of its ports; the line with AH00072 says why",
        cure: &[
            SuggestionPart::text(
                "change Listen to a free port that the container's user may open (above 1023), and \
                 containerPort to the same; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker-library/php#1070",
    },
    Cause {
        id: "server-pid-left",
        when: &[CauseSign::Logged("A server is already running")],
        cause: "Rails finds an old server.pid, left in the image or on a volume",
        cure: &[
            SuggestionPart::text(
                "rm -f tmp/pids/server.pid in the entrypoint, and add tmp/pids to .dockerignore; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Freika/dawarich#689",
    },
    Cause {
        id: "log-router-denied",
        when: &[
            CauseSign::Logged("API responded with error='AccessDenied"),
            CauseSign::Logged("is not authorized to perform: logs:"),
        ],
        cause: "the log router (FireLens) or the program may not write to CloudWatch Logs: it uses \
                the task role, not the execution role",
        cure: &[
            SuggestionPart::text(
                "allow logs:CreateLogStream and logs:PutLogEvents (for auto_create_group also \
                 logs:CreateLogGroup) to the role of taskRoleArn, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-for-fluent-bit#177 and #835; terraform-aws-modules/terraform-aws-eks#3397",
    },
    Cause {
        id: "task-role-denied",
        when: &[CauseSign::Logged("is not authorized to perform: ")],
        cause: "the program's role (taskRoleArn) lacks a permission; the execution role, which \
                starts the task, doesn't count here",
        cure: &[
            SuggestionPart::text("allow the action that the line names to the role of taskRoleArn, then "),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "nautobot/nautobot-app-secrets-providers#64; Amazon ECS developer guide, Amazon \
                 ECS task IAM role",
    },
    Cause {
        id: "task-without-credentials",
        when: &[
            CauseSign::Logged("Unable to locate credentials"),
            CauseSign::Logged("NoCredentialProviders"),
            CauseSign::Logged("Could not load credentials from any providers"),
            CauseSign::Logged("Unable to load credentials from any of the providers"),
            CauseSign::Logged("no EC2 IMDS role found"),
            CauseSign::Logged("Unable to load AWS credentials from any provider"),
            CauseSign::Logged("Aws::Errors::MissingCredentialsError"),
            CauseSign::Logged("Could not load EC2 task role credentials"),
            CauseSign::Logged("Unable to get IAM security credentials from EC2"),
        ],
        cause: "the AWS SDK finds no credentials: the task definition has no taskRoleArn, or the \
                process lost AWS_CONTAINER_CREDENTIALS_RELATIVE_URI (cron, sudo)",
        cure: &[
            SuggestionPart::text(
                "set taskRoleArn in the task definition (on EC2 also ECS_ENABLE_TASK_IAM_ROLE=true \
                 in /etc/ecs/ecs.config), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws-samples/aws-batch-rds-job-scheduling#1; iterative/cml#282; \
                aws/aws-sdk-js-v3#4989; aws/aws-msk-iam-auth#195; aws/aws-sdk-go#5138; AWS \
                SDK for Java 1 and AWS SDK for Ruby (their credential provider chains); \
                nginx/nginx-s3-gateway#143; \
                Kralizek/AWSSecretsManagerConfigurationExtensions#74",
    },
    Cause {
        id: "task-without-region",
        when: &[
            CauseSign::Logged("You must specify a region"),
            CauseSign::Logged("Unable to load region from any"),
            CauseSign::Logged("Region is missing"),
            CauseSign::Logged("Missing region in config"),
            CauseSign::Logged("MissingRegion"),
            CauseSign::Logged("Unable to find a region via the region provider chain"),
        ],
        cause: "the AWS SDK knows no region",
        cure: &[
            SuggestionPart::text("add AWS_REGION (boto3: AWS_DEFAULT_REGION) to environment, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "duo-labs/cloudmapper#40; google/guice#1890; AWS SDKs for JavaScript \
                 (ConfigError), Go 1 and Ruby (MissingRegion) and Java 1",
    },
    Cause {
        id: "rails-key-missing",
        when: &[
            CauseSign::Logged("Missing `secret_key_base`"),
            CauseSign::Logged("Missing encryption key to decrypt"),
        ],
        cause: "Rails can't read its credentials: neither RAILS_MASTER_KEY nor SECRET_KEY_BASE is set",
        cure: &[
            SuggestionPart::text("add RAILS_MASTER_KEY (or SECRET_KEY_BASE) to secrets, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "rails/rails#50402; basecamp/kamal#266; ledermann/docker-rails-base#111; \
                ComboStrikeHQ/docker-rails#22",
    },
    Cause {
        id: "django-misconfigured",
        when: &[CauseSign::Logged("django.core.exceptions.ImproperlyConfigured")],
        cause: "Django lacks a setting, usually as the environment variable behind it (SECRET_KEY \
                …) isn't set",
        cure: &[
            SuggestionPart::text(
                "add the variable that the settings file reads to environment or secrets, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "agconti/cookiecutter-django-rest#708",
    },
    Cause {
        id: "laravel-key-missing",
        when: &[CauseSign::Logged(
            "No application encryption key has been specified",
        )],
        cause: "Laravel has no APP_KEY",
        cure: &[
            SuggestionPart::text(
                "php artisan key:generate --show makes one; add it to secrets as APP_KEY, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Kovah/LinkAce#185",
    },
    Cause {
        id: "datasource-missing",
        when: &[CauseSign::Logged("Failed to configure a DataSource")],
        cause: "Spring Boot has no database URL: the variable isn't set, or the profile isn't active",
        cure: &[
            SuggestionPart::text(
                "set SPRING_DATASOURCE_URL and SPRING_PROFILES_ACTIVE in environment, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "spring-projects/spring-boot#15828",
    },
    Cause {
        id: "settings-invalid",
        when: &[
            CauseSign::Logged("validation error for Settings"),
            CauseSign::Logged("validation errors for Settings"),
        ],
        cause: "environment variables are missing or wrong for pydantic's settings; \
                 the next lines name them",
        cure: &[
            SuggestionPart::text("set them in the container's environment or secrets; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "langflow-ai/langflow#1470; rafsaf/minimal-fastapi-postgres-template#47",
    },
    Cause {
        id: "spring-property-missing",
        when: &[CauseSign::Logged("Could not resolve placeholder '")],
        cause: "Spring wants a property that isn't set: its variable is missing, or \
                 its profile isn't active",
        cure: &[
            SuggestionPart::text(
                "set it in the container's environment or secrets, or set \
                 SPRING_PROFILES_ACTIVE; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "loda-kun/spring-boot-learning#7",
    },
    Cause {
        id: "environment-variable-missing",
        when: &[
            CauseSign::Logged("environment variable not found"),
            CauseSign::Logged("on an `Err` value: NotPresent"),
            CauseSign::Logged("required key * missing value"),
            CauseSign::Logged("should exist: NotPresent"),
        ],
        cause: "an environment variable that the program wants isn't set",
        cure: &[
            SuggestionPart::text("add it to environment or secrets of the container, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "krivahtoo/stamon#25; Rust standard library, std::env::VarError; \
                 kelseyhightower/envconfig, envconfig.go; mastodon/flodgatt#19",
    },
    Cause {
        id: "number-malformed",
        when: &[CauseSign::Logged("on an `Err` value: ParseIntError")],
        cause: "the program could not read a number, often from an environment variable with \
                blanks or letters",
        cure: &[
            SuggestionPart::text("correct the variable that the named source line reads, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "codetheweb/aoede#3",
    },
    Cause {
        id: "nginx-directory-not-permitted",
        when: &[CauseSign::Logged(
            "[emerg]*mkdir() * failed (13: Permission denied)",
        )],
        cause: "nginx may not make its temporary directories: it runs as another user than root",
        cure: &[
            SuggestionPart::text(
                "set client_body_temp_path, proxy_temp_path, fastcgi_temp_path, uwsgi_temp_path \
                 and scgi_temp_path to /tmp, or use nginxinc/nginx-unprivileged; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "TrafeX/docker-php-nginx#16",
    },
    Cause {
        id: "file-system-read-only",
        when: &[
            CauseSign::Logged("] Read-only file system"),
            CauseSign::Logged("30: Read-only file system"),
            CauseSign::Logged("EROFS: read-only"),
        ],
        cause: "the program writes to its root file system, which readonlyRootFilesystem makes read-only",
        cure: &[
            SuggestionPart::text(
                "mount a volume where it writes (volumes and mountPoints), or remove \
                 readonlyRootFilesystem; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS API reference, ContainerDefinition (readonlyRootFilesystem); errno(3), EROFS",
    },
    Cause {
        id: "nginx-directive-misplaced",
        when: &[CauseSign::Logged("directive is not allowed here in")],
        cause: "nginx's configuration has a directive in the wrong block: a whole nginx.conf in \
                conf.d, or one brace too many",
        cure: &[SuggestionPart::text(
            "copy a whole nginx.conf to /etc/nginx/nginx.conf; in conf.d keep server and \
                 upstream blocks only; docker run --rm IMAGE nginx -t tests it",
        )],
        source: "XTLS/Xray-examples#70; sammy007/open-ethereum-pool#203",
    },
    Cause {
        id: "nginx-configuration-refused",
        when: &[
            CauseSign::Logged("[emerg]"),
            CauseSign::Logged("nginx: configuration file *test failed"),
        ],
        cause: "nginx refuses its configuration; the [emerg] line names the file, the line and \
                what is wrong there",
        cure: &[SuggestionPart::text(
            "correct that line (a missing file or module, a typing error, an unfilled \
                 template); docker run --rm IMAGE nginx -t tests it",
        )],
        source: "hassio-addons/app-nginx-proxy-manager#201; nginx/nginx-s3-gateway#222; \
                 sammy007/open-ethereum-pool#203",
    },
    Cause {
        id: "haproxy-configuration-refused",
        when: &[
            CauseSign::Logged("[ALERT] *: parsing ["),
            CauseSign::Logged("[ALERT] *Fatal errors found in configuration"),
        ],
        cause: "haproxy refuses its configuration; the [ALERT] line names the line",
        cure: &[SuggestionPart::text(
            "correct that line; docker run --rm IMAGE haproxy -c -f \
                 /usr/local/etc/haproxy/haproxy.cfg tests it",
        )],
        source: "docker-library/haproxy#124; haproxy documentation, Management guide (-c)",
    },
    Cause {
        id: "proxy-configuration-refused",
        when: &[
            CauseSign::Logged("command traefik error: "),
            CauseSign::Logged("error initializing configuration '"),
        ],
        cause: "the proxy refuses its configuration: it has a field that this version doesn't know",
        cure: &[
            SuggestionPart::text(
                "correct the field that the line names, or pin the image to the version that the \
                 file was written for; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "traefik/traefik#6186; oslabs-beta/ReactRPC#21",
    },
    Cause {
        id: "log-router-plugin-missing",
        when: &[CauseSign::Logged("tried to instance a plugin name that")],
        cause: "Fluent Bit (FireLens): an output names a plugin that the image does not have",
        cure: &[
            SuggestionPart::text(
                "set Name in the options of logConfiguration to a plugin of the image \
                 (cloudwatch_logs, s3, …); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "fluent/fluent-bit#10052; aws/aws-for-fluent-bit#659",
    },
    Cause {
        id: "log-router-release-broken",
        when: &[CauseSign::Logged("section 'env' is missing the 'name' property")],
        cause: "aws-for-fluent-bit 2.34.0 refuses a configuration that 2.33 accepts",
        cure: &[
            SuggestionPart::text(
                "pin the image to another version, for example \
                 amazon/aws-for-fluent-bit:2.33.0.20250731; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-for-fluent-bit#1002",
    },
    Cause {
        id: "log-router-configuration-yaml",
        when: &[CauseSign::Logged("check config is in valid classic format")],
        cause: "the configuration file of FireLens is YAML, which FireLens does not read",
        cure: &[
            SuggestionPart::text("write it in Fluent Bit's classic format; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-for-fluent-bit#1024",
    },
    Cause {
        id: "log-router-configuration-refused",
        when: &[CauseSign::Logged("configuration file contains errors, aborting")],
        cause: "Fluent Bit (FireLens) refuses its configuration; the line before says why",
        cure: &[
            SuggestionPart::text(
                "correct what that line names in the configuration file or in \
                 logConfiguration.options, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-for-fluent-bit#659",
    },
    Cause {
        id: "php-fpm-socket-directory-missing",
        when: &[CauseSign::Logged(
            "unable to bind listening socket for address '/*No such file",
        )],
        cause: "PHP-FPM cannot create its socket: the image lacks its directory",
        cure: &[
            SuggestionPart::text("add RUN mkdir -p /run/php to the Dockerfile, or listen on a port; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "phalcon/phalcon-compose#26",
    },
    Cause {
        id: "php-fpm-not-started",
        when: &[CauseSign::Logged("FPM initialization failed")],
        cause: "PHP-FPM refuses its configuration; the ERROR line before says why",
        cure: &[SuggestionPart::text(
            "correct what that line names; docker run --rm IMAGE php-fpm -t tests it",
        )],
        source: "travis-ci/travis-ci#6874",
    },
    Cause {
        id: "map-count-too-low",
        when: &[CauseSign::Logged("max virtual memory areas vm.max_map_count")],
        cause: "Elasticsearch wants a higher vm.max_map_count of its host",
        cure: &[SuggestionPart::text(
            "on EC2 sysctl -w vm.max_map_count=262144 in the instance's user data; on Fargate \
                 set node.store.allow_mmap=false and discovery.type=single-node",
        )],
        source: "rekibnikufesin/nodejs-api-swagger#5",
    },
    Cause {
        id: "glibc-too-old",
        when: &[CauseSign::Logged("version `GLIBC")],
        cause: "the program was built with a newer C library (glibc) than the image has",
        cure: &[
            SuggestionPart::text(
                "build on the distribution of the last stage or an older one, or link statically \
                 (musl, CGO_ENABLED=0); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "lbjlaq/Antigravity-Manager#1686; w4/bin#60",
    },
    Cause {
        id: "glibc-program-on-alpine",
        when: &[
            CauseSign::Logged("Error loading shared library ld-linux"),
            CauseSign::Logged("Error relocating *: symbol not found"),
        ],
        cause: "a program built for glibc runs on Alpine (musl)",
        cure: &[
            SuggestionPart::text(
                "use a Debian-based image, build for musl, or apk add gcompat libstdc++; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "MatthiasLohr/docker-f5fpc#26; wez/atomicparsley#19",
    },
    Cause {
        id: "shared-library-missing",
        when: &[
            CauseSign::Logged("Error loading shared library"),
            CauseSign::Logged("error while loading shared libraries"),
            CauseSign::Logged(": relocation error: "),
        ],
        cause: "the image lacks a library that the program is linked against, or has another \
                version of it",
        cure: &[
            SuggestionPart::text(
                "install its package in the Dockerfile's last stage (libstdc++.so.6 on Alpine: apk \
                 add libstdc++), or build on the same distribution; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "wez/atomicparsley#19; Unleash/unleash-edge#509; \
                BonnierNews/logstash_exporter#8",
    },
    Cause {
        id: "node-file-missing",
        when: &[CauseSign::Logged("Error: Cannot find module '/")],
        cause: "Node.js doesn't find the file to run: the image has it elsewhere, or a volume hides it",
        cure: &[
            SuggestionPart::text(
                "docker run --rm --entrypoint ls IMAGE -la /app; correct command or WORKDIR, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker/getting-started-app#39",
    },
    Cause {
        id: "node-package-missing",
        when: &[
            CauseSign::Logged("Cannot find module '"),
            CauseSign::Logged("Cannot find package '"),
        ],
        cause: "Node.js doesn't find a package: node_modules in the image lacks it",
        cure: &[
            SuggestionPart::text(
                "list it under dependencies (not devDependencies) and run npm ci in the \
                 Dockerfile's last stage, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "nschurmann/mongoapp-curso-docker#4",
    },
    Cause {
        id: "node-module-kind",
        when: &[CauseSign::Logged("ERR_REQUIRE_ESM")],
        cause: "an npm package became an ES module, which require() can't load in this version of Node.js",
        cure: &[
            SuggestionPart::text(
                "pin the package to its last CommonJS version (package-lock.json, npm ci), load it \
                 with import(), or use a newer node image; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "BlueAndi/niu-cloud-cli#8; SimplyStaking/polkadot_api_server#30",
    },
    Cause {
        id: "node-version-wrong",
        when: &[CauseSign::Logged("The engine \"node\" is incompatible")],
        cause: "the image's Node.js is another version than a package wants",
        cure: &[
            SuggestionPart::text("use a node base image of the version that the line names, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker/getting-started#318",
    },
    Cause {
        id: "next-build-missing",
        when: &[CauseSign::Logged("Could not find a production build in the")],
        cause: "the image has no production build of Next.js",
        cure: &[
            SuggestionPart::text(
                "run next build in the Dockerfile and copy .next into the last stage; check \
                 .dockerignore and volumes; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "mckaywrigley/chatbot-ui#109",
    },
    Cause {
        id: "asgi-module-missing",
        when: &[CauseSign::Logged(
            "Error loading ASGI app. Could not import module",
        )],
        cause: "uvicorn does not find the module of its command: a wrong path or \
                 WORKDIR, or a volume hides the code",
        cure: &[
            SuggestionPart::text(
                "correct package.module:app, WORKDIR or --app-dir, and mount no volume \
                 over the code; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "DroppedNeedle/DroppedNeedle#267",
    },
    Cause {
        id: "gunicorn-missing",
        when: &[CauseSign::Logged("gunicorn: command not found")],
        cause: "gunicorn is not installed in the image, or not in its PATH",
        cure: &[
            SuggestionPart::text(
                "add gunicorn to requirements.txt; with a venv, add its bin directory \
                 to PATH; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker/compose#4612",
    },
    Cause {
        id: "python-package-missing",
        when: &[CauseSign::Logged("No module named ")],
        cause: "Python doesn't find a package: the image lacks it, or runs another Python than the \
                one it was installed for",
        cure: &[
            SuggestionPart::text(
                "add the package to requirements.txt (psycopg2: psycopg2-binary) and install it in \
                 the Dockerfile's last stage, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "maubot/maubot#42",
    },
    Cause {
        id: "bundler-version-wrong",
        when: &[
            CauseSign::Logged("Could not find 'bundler' ("),
            CauseSign::Logged("can't find gem bundler ("),
        ],
        cause: "the image has another version of bundler than Gemfile.lock wants",
        cure: &[
            SuggestionPart::text("add RUN gem install bundler -v VERSION to the Dockerfile; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "openstreetmap/stateofthemap-2020#39; docker-library/ruby#194",
    },
    Cause {
        id: "ruby-gem-missing",
        when: &[
            CauseSign::Logged("Bundler::GemNotFound"),
            CauseSign::Logged("Could not find * in any of the sources"),
        ],
        cause: "a gem of Gemfile.lock is not installed in the image, or its group is left out",
        cure: &[
            SuggestionPart::text(
                "run bundle install with this Gemfile.lock in the Dockerfile; check \
                 BUNDLE_WITHOUT, BUNDLE_PATH and RAILS_ENV; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "rubygems/bundler#6518",
    },
    Cause {
        id: "java-version-too-old",
        when: &[CauseSign::Logged("UnsupportedClassVersionError")],
        cause: "the image's Java is older than the one that the program was compiled for (class \
                file 52: Java 8, 55: 11, 61: 17, 65: 21)",
        cure: &[
            SuggestionPart::text(
                "use a base image with the newer Java, or compile with --release of the image's \
                 Java; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker/getting-started#343; docker-java/docker-java#391",
    },
    Cause {
        id: "jar-not-executable",
        when: &[CauseSign::Logged("no main manifest attribute")],
        cause: "the jar has no main class: the plain jar is in the image in place of the executable one",
        cure: &[
            SuggestionPart::text(
                "build with bootJar, spring-boot:repackage or shade, and copy that jar (not \
                 *-plain.jar); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "apache/dubbo-samples#358",
    },
    Cause {
        id: "jar-missing",
        when: &[CauseSign::Logged("Unable to access jarfile")],
        cause: "Java doesn't find the jar: a wrong path or WORKDIR, or the user may not read it",
        cure: &[
            SuggestionPart::text(
                "docker run --rm --entrypoint ls IMAGE -la; correct the path in command or \
                 ENTRYPOINT, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "eu-digital-green-certificates/dgca-verifier-service#65",
    },
    Cause {
        id: "java-class-missing",
        when: &[CauseSign::Logged("Could not find or load main class")],
        cause: "Java doesn't find the main class: a jar is named without -jar, or the class path is wrong",
        cure: &[
            SuggestionPart::text("put -jar before the jar in command or ENTRYPOINT, or correct -cp; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "zulu-openjdk/zulu-openjdk#251",
    },
    Cause {
        id: "dotnet-version-wrong",
        when: &[
            CauseSign::Logged("You must install or update .NET to run"),
            CauseSign::Logged("find any compatible framework version"),
            CauseSign::Logged("Framework: 'Microsoft."),
        ],
        cause: "the image lacks the .NET runtime version that the program was built for",
        cure: &[
            SuggestionPart::text(
                "use the mcr.microsoft.com/dotnet/aspnet tag of the program's TargetFramework as \
                 base image, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "exceptionless/Exceptionless#1166; StarCitizenToolBox/app#27; dotnet/docs#28805",
    },
    Cause {
        id: "dotnet-icu-missing",
        when: &[CauseSign::Logged("find a valid ICU package")],
        cause: "the image lacks libicu, which .NET needs for languages and cultures",
        cure: &[
            SuggestionPart::text(
                "install it (apk add icu-libs, apt-get install libicu-dev), or set \
                 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 in environment; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "dotnet/core#5019; Webreaper/SolisAgileManager#115",
    },
    Cause {
        id: "certificate-authority-unknown",
        when: &[
            CauseSign::Logged("certificate signed by unknown authority"),
            CauseSign::Logged("self signed certificate in certificate chain"),
            CauseSign::Logged("self-signed certificate in certificate chain"),
            CauseSign::Logged("unable to get local issuer certificate"),
            CauseSign::Logged("PKIX path building failed"),
        ],
        cause: "the program doesn't trust the authority of a server's certificate: the image has \
                no CA certificates, or not those of Amazon RDS",
        cure: &[
            SuggestionPart::text(
                "install ca-certificates in the Dockerfile's last stage; for RDS add \
                 global-bundle.pem and name it in the connection; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Go standard library, crypto/x509 (UnknownAuthorityError); OpenSSL, verify errors \
                 19 and 20; Amazon RDS user guide, Using SSL/TLS to encrypt a connection",
    },
    Cause {
        id: "java-metaspace-full",
        when: &[CauseSign::Logged("OutOfMemoryError: Metaspace")],
        cause: "Java reached its limit for class metadata",
        cure: &[
            SuggestionPart::text("raise or remove -XX:MaxMetaspaceSize and give the task more memory; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "davpin/cf-SpringBootTrader#27",
    },
    Cause {
        id: "java-thread-not-started",
        when: &[
            CauseSign::Logged("unable to create native thread"),
            CauseSign::Logged("unable to create new native thread"),
        ],
        cause: "Java could not start a thread: the limit of processes or the memory outside the \
                heap is used up",
        cure: &[
            SuggestionPart::text(
                "look for a thread leak; lower -Xmx or raise memory, on EC2 also ulimits nproc; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "observabilitystack/geoip-api#141",
    },
    Cause {
        id: "java-heap-full",
        when: &[CauseSign::Logged("java.lang.OutOfMemoryError")],
        cause: "Java's heap is full",
        cure: &[
            SuggestionPart::text(
                "raise memory and -Xmx (-XX:MaxRAMPercentage=75), or look for a leak; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Java troubleshooting guide, Understand the OutOfMemoryError exception",
    },
    Cause {
        id: "java-without-memory",
        when: &[
            CauseSign::Logged("There is insufficient memory for the Java Runtime"),
            CauseSign::Logged("os::commit_memory(*failed"),
            CauseSign::Logged("Could not reserve enough space for"),
        ],
        cause: "Java got less memory from the system than -Xms or -Xmx asks for",
        cure: &[
            SuggestionPart::text("lower -Xms and -Xmx (-XX:MaxRAMPercentage=75) or raise memory; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "tchiotludo/akhq#1199; tobert/cassandra-docker#8; sixeyed/dockerfiles-windows#8",
    },
    Cause {
        id: "thread-call-blocked",
        when: &[CauseSign::Logged("pthread_create failed (EPERM)")],
        cause: "an old Docker on the instance blocks clone3, which the image's newer C library \
                uses for threads",
        cure: &[SuggestionPart::text(
            "use a newer ECS-optimized AMI (a newer Docker), or an image on an older distribution",
        )],
        source: "bitnami/containers#63496",
    },
    Cause {
        id: "javascript-heap-full",
        when: &[CauseSign::Logged("JavaScript heap out of memory")],
        cause: "Node.js reached the limit of its own heap",
        cure: &[
            SuggestionPart::text(
                "set NODE_OPTIONS=--max-old-space-size=MB below the container's memory and raise \
                 memory, or look for a leak; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "FlowiseAI/Flowise#4769",
    },
    Cause {
        id: "gunicorn-worker-killed",
        when: &[CauseSign::Logged("was sent SIGKILL! Perhaps out of memory")],
        cause: "a gunicorn worker was killed: out of memory, or it did not end after its timeout",
        cure: &[
            SuggestionPart::text(
                "raise memory or lower --workers; if WORKER TIMEOUT comes before, raise --timeout; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "open-runtimes/open-runtimes#330",
    },
    Cause {
        id: "gunicorn-worker-late",
        when: &[CauseSign::Logged("[CRITICAL] WORKER TIMEOUT")],
        cause: "a gunicorn worker did not answer within --timeout: blocked, or too slow with the \
                task's cpu",
        cure: &[
            SuggestionPart::text(
                "raise --timeout or the task's cpu, or find the blocking call; gthread workers \
                 suit slow requests; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "benoitc/gunicorn#3136",
    },
    Cause {
        id: "gunicorn-worker-not-started",
        when: &[CauseSign::Logged("Worker failed to boot")],
        cause: "gunicorn could not load the program; the traceback before says why",
        cure: &[
            SuggestionPart::command("logs", "SERVICE --previous"),
            SuggestionPart::text(" shows it; gunicorn --preload shows it plainly"),
        ],
        source: "benoitc/gunicorn#2103",
    },
    Cause {
        id: "storage-full",
        when: &[
            CauseSign::Logged("No space left on device"),
            CauseSign::Logged("ENOSPC: no space"),
        ],
        cause: "the disk that the program writes to is full",
        cure: &[
            SuggestionPart::text(
                "on Fargate raise ephemeralStorage: {sizeInGiB: 21 to 200}; on EC2 enlarge or \
                 clean the instance's volume; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Fargate task ephemeral storage; errno(3), ENOSPC",
    },
    Cause {
        id: "open-files-exhausted",
        when: &[
            CauseSign::Logged("Too many open files"),
            CauseSign::Logged("EMFILE: too many"),
        ],
        cause: "the program has as many open files and connections as it may have",
        cure: &[
            SuggestionPart::text(
                "raise ulimits: [{name: nofile, softLimit: 65536, hardLimit: 65536}] of the \
                 container, or look for a leak; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS API reference, Ulimit (nofile); errno(3), EMFILE",
    },
    Cause {
        id: "file-not-permitted",
        when: &[
            CauseSign::Logged("EACCES: permission denied"),
            CauseSign::Logged("PermissionError: [Errno 13]"),
            CauseSign::Logged("failed to open stream: Permission denied"),
        ],
        cause: "the container's user may not read or write a file",
        cure: &[
            SuggestionPart::text(
                "COPY --chown=USER it in the Dockerfile, or correct `user`; on EFS give the access \
                 point the user's ids; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "cedalo/management-center#80; Python documentation, PermissionError; \
                investbrainapp/investbrain#57",
    },
    Cause {
        id: "go-nil-pointer",
        when: &[
            CauseSign::Logged("[signal SIGSEGV: segmentation violation"),
            CauseSign::Logged("panic: runtime error: invalid memory address or nil pointer"),
        ],
        cause: "the Go program used a nil pointer",
        cure: &[
            SuggestionPart::command("logs", "SERVICE --previous"),
            SuggestionPart::text(" shows the goroutine's stack with the source line"),
        ],
        source: "Receipt-Wrangler/receipt-wrangler#198",
    },
    // Last: programs that run well also print these, about telemetry agents for example.
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
        when: &[CauseSign::Logged(
            "Local host name unknown: java.net.UnknownHostException",
        )],
        cause: "the JVM's management agent (JMX) can't resolve the container's own name",
        cure: &[
            SuggestionPart::text(
                "leave out the com.sun.management.jmxremote options, or set \
                java.rmi.server.hostname; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "prisma/prisma1#2023",
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
                 getaddrinfo(3), gai_strerror; PHP manual, getaddrinfo failed",
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
        source: "redis/ioredis#763; iamshaunjp/complete-mongodb#5; \
                 venueless/venueless#319; app-generator/django-volt-dashboard-pro#3; \
                 evolution-foundation/evolution-api#1087; puckel/docker-airflow#195; \
                 PostgreSQL documentation, Connection failures; MySQL reference manual, \
                 error 2002; Griefed/ServerPackCreator#588",
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
                 investbrainapp/investbrain#57; doccano/doccano#2107; venueless/venueless#319",
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
                 brettwooldridge/HikariCP#2201; MongoDB documentation, Connection troubleshooting; \
                 PostgreSQL documentation, connect_timeout",
    },
    Cause {
        id: "script-not-found-by-shell",
        when: &[CauseSign::Logged("/sh: *.sh: not found")],
        cause: "the shell does not find a start script: it is not in the image there, or its \
                interpreter is not (no bash on Alpine, Windows line endings)",
        cure: &[
            SuggestionPart::text(
                "docker run --rm --entrypoint sh IMAGE -c 'ls -l FILE; head -1 FILE | od -c'; \
                correct the path, the first line or its line ending; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "guyzyl/whatsapp-contact-sync#202",
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
                MSK Developer Guide, Port information",
    },
    Cause {
        id: "asgi-attribute-missing",
        when: &[CauseSign::Logged("Error loading ASGI app. Attribute")],
        cause: "uvicorn finds the module of its command, but nothing by that name in it",
        cure: &[
            SuggestionPart::text("name the application as it is called there: uvicorn MODULE:NAME; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Hybridhash/FastAPI-HTMX#1; lazarusking/gradio-ffmpeg#1",
    },
    Cause {
        id: "asgi-address-malformed",
        when: &[CauseSign::Logged("Error loading ASGI app. Import string")],
        cause: "uvicorn's argument has another form than MODULE:NAME: often the variable for \
                the module is empty",
        cure: &[
            SuggestionPart::text("set it (uvicorn main:app); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "fastapi/full-stack-fastapi-template#275",
    },
    Cause {
        id: "bun-crashed",
        when: &[
            CauseSign::Logged("oh no: Bun has crashed"),
            CauseSign::Logged("panic(main thread): "),
        ],
        cause: "Bun itself crashed: a fault of this version, or a processor or kernel that it \
                does not fit",
        cure: &[
            SuggestionPart::text("use another version in the Dockerfile (FROM oven/bun:VERSION); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "oven-sh/bun#17621; oven-sh/bun#24905",
    },
    Cause {
        id: "npm-script-missing",
        when: &[CauseSign::Logged("missing script: ")],
        cause: "package.json in the image has no script by the name that the image's command \
                runs",
        cure: &[
            SuggestionPart::text(
                "add it to \"scripts\" in package.json, or run the file itself (CMD [\"node\", \
                \"server.js\"]); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker-archive-public/docker.labs#472; nodejs/docker-node#2178; \
                antvis/GPT-Vis#230",
    },
    Cause {
        id: "collector-pipeline-not-built",
        when: &[CauseSign::Logged("failed to build pipelines: ")],
        cause: "the collector (OpenTelemetry, or the CloudWatch agent) can't build a pipeline \
                of its configuration; the line names the component",
        cure: &[
            SuggestionPart::text(
                "correct that component in the configuration, or pin another version of its \
                image; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-cloudwatch-agent#1328",
    },
    Cause {
        id: "spring-bean-missing",
        when: &[CauseSign::Logged(
            "required a bean of type *that could not be found",
        )],
        cause: "Spring does not find something that a class needs: its configuration is not \
                loaded, as a property or profile is missing, or it is not in the packages \
                that are scanned",
        cure: &[
            SuggestionPart::text(
                "set the property or profile that turns it on (the lines after APPLICATION \
                FAILED TO START name it); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "ehrbase/fhir-bridge#136",
    },
    Cause {
        id: "node-syntax-too-new",
        when: &[
            CauseSign::Logged("SyntaxError: Unexpected token '?'"),
            CauseSign::Logged("SyntaxError: Unexpected token '.'"),
        ],
        cause: "the image's Node.js is older than the code's syntax (?. or ??), which Node.js \
                reads from version 14 on",
        cure: &[
            SuggestionPart::text("use a current version in the Dockerfile (FROM node:22); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "MausamGaurav/DockerDjangoReactProject#7; netptop/siteproxy#141; Node.js 14 \
                release notes",
    },
    Cause {
        id: "task-credentials-refused",
        when: &[CauseSign::Logged(
            "Error when retrieving credentials from container-role",
        )],
        cause: "the endpoint for the task role's credentials (169.254.170.2) does not answer \
                or does not know the task: a proxy is in between, or the agent on the \
                instance lost the task",
        cure: &[
            SuggestionPart::text(
                "set NO_PROXY=169.254.170.2 if the container has HTTP_PROXY; on EC2 update or \
                restart the agent; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent#1780; aws/amazon-ecs-agent#1146; Amazon ECS Developer \
                Guide, HTTP proxy configuration",
    },
    Cause {
        id: "task-credentials-expired",
        when: &[CauseSign::Logged("retrieved credentials have already expired")],
        cause: "the credentials of the task role had run out when the program got them: the \
                instance or its agent was stopped for a while",
        cure: &[
            SuggestionPart::text("on EC2 restart the agent, which fetches new ones; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-sdk-net#3864",
    },
    Cause {
        id: "dotnet-without-temporary-files",
        when: &[CauseSign::Logged("Failed to create CoreCLR, HRESULT: 0x80004005")],
        cause: ".NET can't write its temporary files: readonlyRootFilesystem is on, and /tmp \
                is no volume",
        cure: &[
            SuggestionPart::text("set DOTNET_EnableDiagnostics=0, or mount a volume at /tmp; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent#3299; .NET documentation, Runtime configuration \
                (DOTNET_EnableDiagnostics)",
    },
    Cause {
        id: "sysctl-not-permitted",
        when: &[
            CauseSign::Logged("sysctl: setting key \""),
            CauseSign::Logged("sysctl: permission denied on key"),
        ],
        cause: "a start script sets a kernel value, which a container without privileges may \
                not",
        cure: &[
            SuggestionPart::text(
                "take it out of the script; set systemControls for a value of the container, \
                the user data of the instance (EC2) for one of the host; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "spujadas/elk-docker#89; Amazon ECS API Reference, SystemControl",
    },
    Cause {
        id: "instruction-illegal-told",
        when: &[CauseSign::Logged("Illegal instruction")],
        cause: "the processor does not know an instruction of the program, which was built \
                for a newer one",
        cure: &[
            SuggestionPart::text(
                "build for a common processor (-march=x86-64-v2 or less), or use the baseline \
                variant of the image; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "oven-sh/bun#17621",
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
        id: "https-without-certificate",
        when: &[CauseSign::Logged(
            "Unable to configure HTTPS endpoint. No server certificate",
        )],
        cause: "ASP.NET Core shall serve https and has no certificate in the container",
        cure: &[
            SuggestionPart::text(
                "set ASPNETCORE_URLS=http://+:8080 and leave TLS to the load balancer; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aspnetrun/run-aspnetcore-microservices#85",
    },
    Cause {
        id: "erlang-without-ca",
        when: &[CauseSign::Logged(
            "Options (or their values) can not be combined: [{verify,verify_peer}",
        )],
        cause: "the Erlang TLS client shall check the server and has no CA certificates",
        cure: &[
            SuggestionPart::text(
                "set cacerts: :public_key.cacerts_get() in ssl options, or the RDS bundle as \
                cacertfile; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "danschultzer/elixir-terraform-aws-ecs-example#3",
    },
];
