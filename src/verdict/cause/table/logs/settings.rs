//! Settings that a program needs and does not find, or does not understand.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
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
        when: &[
            CauseSign::Logged("Failed to configure a DataSource"),
            CauseSign::Logged("Failed to determine a suitable driver class"),
        ],
        cause: "Spring Boot has no database URL: the variable isn't set, or the profile isn't active",
        cure: &[
            SuggestionPart::text(
                "set SPRING_DATASOURCE_URL and SPRING_PROFILES_ACTIVE in environment, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "spring-projects/spring-boot#15828; spring-projects/spring-boot, \
                DataSourceProperties.java",
    },
    Cause {
        id: "settings-invalid",
        when: &[
            CauseSign::Logged("validation error for Settings"),
            CauseSign::Logged("validation errors for Settings"),
            CauseSign::Logged("validation error*for *Settings"),
            CauseSign::Logged("validation error*for *Config"),
            CauseSign::Logged("ZodError"),
        ],
        cause: "environment variables are missing or wrong for pydantic's settings; \
                 the next lines name them",
        cure: &[
            SuggestionPart::text("set them in the container's environment or secrets; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "langflow-ai/langflow#1470; rafsaf/minimal-fastapi-postgres-template#47; \
                colinhacks/zod",
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
        id: "signing-secret-missing",
        when: &[
            CauseSign::Logged("secretOrPrivateKey must have a value"),
            CauseSign::Logged("JwtStrategy requires a secret or key"),
            CauseSign::Logged("[NO_SECRET]"),
            CauseSign::Logged("MissingSecret"),
        ],
        cause: "the program signs tokens and has no secret for that: the variable is missing",
        cure: &[
            SuggestionPart::text(
                "add it to the container's secrets (NextAuth: NEXTAUTH_SECRET or AUTH_SECRET); \
                then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "auth0/node-jsonwebtoken, sign.js; mikenicholson/passport-jwt, strategy.js; \
                NextAuth.js documentation, Errors",
    },
    Cause {
        id: "environment-variable-missing",
        when: &[
            CauseSign::Logged("environment variable not found"),
            CauseSign::Logged("on an `Err` value: NotPresent"),
            CauseSign::Logged("required key * missing value"),
            CauseSign::Logged("should exist: NotPresent"),
            CauseSign::Logged("raise KeyError(key) from None"),
            CauseSign::Logged("could not fetch environment variable"),
            CauseSign::LoggedBut(
                "environment variable*is missing",
                &["default", "warn", "optional", "ignor", "skip"],
            ),
            CauseSign::LoggedBut(
                "environment variable*not set",
                &["default", "warn", "optional", "ignor", "skip"],
            ),
            CauseSign::LoggedBut(
                "environment variable*is required",
                &["default", "warn", "optional", "ignor", "skip"],
            ),
            CauseSign::LoggedBut(
                "environment variable*must be set",
                &["default", "warn", "optional", "ignor", "skip"],
            ),
            CauseSign::LoggedBut(
                "missing*environment variable",
                &["default", "warn", "optional", "ignor", "skip"],
            ),
            CauseSign::LoggedBut(
                "must set*environment variable",
                &["default", "warn", "optional", "ignor", "skip"],
            ),
            CauseSign::Logged("Invalid environment variables"),
            CauseSign::Logged("Config validation error: \""),
            CauseSign::Logged("Declare it as envvar"),
            CauseSign::Logged("key not found: \""),
            CauseSign::Logged(": unbound variable"),
            CauseSign::Logged(": parameter not set"),
        ],
        cause: "an environment variable that the program wants isn't set, or has a value that \
                it doesn't take",
        cure: &[
            SuggestionPart::text("add it to environment or secrets of the container, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "krivahtoo/stamon#25; Rust standard library, std::env::VarError; \
                kelseyhightower/envconfig, envconfig.go; mastodon/flodgatt#19; \
                greenstatic/bigbluebutton-exporter#89; archethic-foundation/archethic-node#8; \
                t3-oss/t3-env#88; tazama-lf/tazama-demo#109; DataDog/datadog-operator#1689; \
                CPython, os.py; Phoenix, config/runtime.exs; nestjs/config; python-decouple, \
                decouple.py; Ruby, ENV.fetch; Bash Reference Manual, The set builtin (-u)",
    },
    Cause {
        id: "python-path-none",
        when: &[CauseSign::Logged("os.PathLike*not NoneType")],
        cause: "the Python program makes a path of nothing: mostly of os.environ.get with a \
                variable that is not set",
        cure: &[
            SuggestionPart::text(
                "set the variable that the line in the traceback reads, in environment; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "erkkimon/vllama#13; Python documentation, os.fspath and os.environ",
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
        id: "google-credentials-missing",
        when: &[
            CauseSign::Logged("could not find default credentials"),
            CauseSign::Logged("Application Default Credentials are not available"),
            CauseSign::Logged("Could not load the default credentials"),
            CauseSign::Logged("DefaultCredentialsError"),
        ],
        cause: "the program uses Google's client libraries and has no credentials for them",
        cure: &[
            SuggestionPart::text(
                "set GOOGLE_APPLICATION_CREDENTIALS to a file that the container has (its \
                start script can write it from a secret), or use workload identity federation \
                with AWS; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "checkmarble/marble#32; \
                gladius/firebase-spring-boot-rest-api-authentication#21; Google Cloud \
                documentation, Application Default Credentials",
    },
    Cause {
        id: "google-metadata-unresolved",
        when: &[CauseSign::Logged("ENOTFOUND metadata.google.internal")],
        cause: "Google's client library has no credentials and asks the metadata server of \
                Google Cloud, which AWS does not have",
        cure: &[
            SuggestionPart::text(
                "set GOOGLE_APPLICATION_CREDENTIALS to a file that the container has (its \
                start script can write it from a secret); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "firebase/firebase-tools#364",
    },
    Cause {
        id: "connection-address-malformed",
        when: &[
            CauseSign::Logged("Value cannot be null. (Parameter 'connectionString')"),
            CauseSign::Logged("ConnectionString property has not been initialized"),
            CauseSign::Logged("Format of the initialization string does not conform"),
            CauseSign::Logged("the URL must start with the protocol"),
            CauseSign::Logged("ERR_INVALID_URL"),
            CauseSign::Logged("Invalid scheme, expected connection string"),
            CauseSign::Logged("Could not parse rfc1738 URL"),
            CauseSign::Logged("Could not parse SQLAlchemy URL"),
            CauseSign::Logged("claims to not accept jdbcUrl"),
            CauseSign::Logged("failed to parse as DSN"),
            CauseSign::Logged("failed to parse as URL"),
            CauseSign::Logged("invalid port number in database url"),
            CauseSign::Logged("Unescaped at-sign in authority section"),
            CauseSign::Logged("contains unescaped characters"),
            CauseSign::Logged("must begin with*jdbc:"),
            CauseSign::Logged("must start with*jdbc:"),
            CauseSign::Logged("must start with the protocol"),
        ],
        cause: "the address of a server (connection string) is empty or malformed: its \
                variable is missing, or its password has characters that a URL must encode (@ \
                : / # %)",
        cure: &[
            SuggestionPart::text("correct it in environment or secrets; percent-encode the password; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "microsoft/dotnet, SqlConnection; Npgsql; Prisma error reference, P1012; \
                Node.js documentation, Errors (ERR_INVALID_URL); \
                mongodb/mongodb-connection-string-url; SQLAlchemy, engine/url.py; \
                brettwooldridge/HikariCP, DriverDataSource.java; jackc/pgx, pgconn/config.go; \
                launchbadge/sqlx; solution-libre/docker-socioboard#1; \
                FusionAuth/fusionauth-containers#69",
    },
    Cause {
        id: "spring-property-invalid",
        when: &[CauseSign::Logged("Failed to bind properties under '")],
        cause: "Spring can't use the value of a property; the next lines name the value and \
                why",
        cure: &[
            SuggestionPart::text("correct the variable that sets it (SERVER_PORT sets server.port); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "spring-projects/spring-boot, BindFailureAnalyzer.java; Spring Boot reference, \
                Externalized configuration",
    },
    Cause {
        id: "option-unknown",
        when: &[
            CauseSign::Logged("flag provided but not defined: "),
            CauseSign::Logged("unknown flag: "),
            CauseSign::Logged("unknown shorthand flag"),
            CauseSign::Logged("error: unrecognized arguments: "),
            CauseSign::Logged("unrecognized option "),
            CauseSign::Logged("unknown command \"*\" for \""),
            CauseSign::Logged("error: invalid choice: "),
            CauseSign::Logged("Error: No such option: "),
            CauseSign::Logged("Error: No such command "),
            CauseSign::Logged("error: unexpected argument '"),
            CauseSign::Logged("error: Found argument '"),
            CauseSign::Logged(": bad option: "),
            CauseSign::Logged(": invalid option -- "),
            CauseSign::Logged("invalid choice: "),
            CauseSign::Logged("unknown subcommand"),
            CauseSign::Logged("is not a valid command"),
            CauseSign::Logged("Unknown command: \""),
        ],
        cause: "the program does not know an argument or command that it is started with: ECS \
                puts entryPoint and command together, and `command` replaces the image's CMD \
                only",
        cure: &[
            SuggestionPart::text(
                "compare entryPoint and command with `docker run --rm IMAGE --help`; correct \
                them; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "gotify/server#1004; razorgirl/docker-couchpotato#4; \
                sameersbn/docker-gitlab-ci-multi-runner#6; \
                d-Rickyy-b/certstream-server-go#101; salesforce/dockerfile-image-update#198; \
                Go, package flag; spf13/cobra and pflag; Python, argparse; pallets/click; \
                clap-rs/clap; Node.js, node.cc; getopt(3); Amazon ECS API Reference, \
                ContainerDefinition (command, entryPoint)",
    },
    Cause {
        id: "keycloak-host-missing",
        when: &[
            CauseSign::Logged("hostname is not configured; either configure hostname"),
            CauseSign::Logged("Strict hostname resolution configured but no hostname setting provided"),
        ],
        cause: "Keycloak in production mode must know the name by which browsers reach it",
        cure: &[
            SuggestionPart::text(
                "set KC_HOSTNAME to the load balancer's name, KC_PROXY_HEADERS=xforwarded and \
                KC_HTTP_ENABLED=true; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Keycloak documentation, Configuring the hostname and Using a reverse proxy",
    },
    Cause {
        id: "nest-dependency-missing",
        when: &[CauseSign::Logged("Nest can't resolve dependencies of the")],
        cause: "a class of the program asks Nest for something that its module neither \
                provides nor imports",
        cure: &[
            SuggestionPart::text("add it to providers or imports of the module that the line names; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "NestJS documentation, Common errors",
    },
    Cause {
        id: "dotnet-service-missing",
        when: &[
            CauseSign::Logged("Unable to resolve service for type"),
            CauseSign::Logged("Some services are not able to be constructed"),
        ],
        cause: "a class of the program asks for a service that Program.cs does not register, \
                often as a setting that turns it on is missing",
        cure: &[
            SuggestionPart::text("register it (builder.Services.Add…), or set the variable that does; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: ".NET documentation, Dependency injection",
    },
    Cause {
        id: "configuration-malformed",
        when: &[
            CauseSign::Logged("yaml: unmarshal errors:"),
            CauseSign::Logged(": yaml: line "),
            CauseSign::Logged("load config from yaml: EOF"),
            CauseSign::Logged("yaml.scanner.ScannerError"),
            CauseSign::Logged("yaml.parser.ParserError"),
            CauseSign::Logged("org.yaml.snakeyaml."),
            CauseSign::Logged("toml: line "),
            CauseSign::Logged("yaml: line "),
        ],
        cause: "a configuration file of the program is no valid YAML or TOML, or is empty; \
                the line names the place",
        cure: &[
            SuggestionPart::text(
                "correct the file; one that a start script fills in may lack a variable; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "h44z/wg-portal#281; go-yaml/yaml; yaml/pyyaml; snakeyaml; BurntSushi/toml",
    },
    Cause {
        id: "database-kind-missing",
        when: &[
            CauseSign::Logged("Unknown dialect"),
            CauseSign::Logged("Dialect needs to be explicitly supplied"),
            CauseSign::Logged("Required configuration option 'client' is missing"),
            CauseSign::Logged("Wrong driver: \"undefined\" given"),
        ],
        cause: "the program is not told which kind of database it has: the variable for the \
                dialect or client is missing",
        cure: &[
            SuggestionPart::text("set it in environment (DATABASE_CLIENT, DB_DIALECT, …); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "SGFGOV/medusa-strapi-repo#86; sequelize/sequelize; knex/knex; \
                typeorm/typeorm, MissingDriverError",
    },
    Cause {
        id: "laravel-directories-missing",
        when: &[CauseSign::Logged("Please provide a valid cache path")],
        cause: "Laravel's storage/framework directories are not in the image: .dockerignore \
                or Git leaves them out, or a volume hides them",
        cure: &[
            SuggestionPart::text(
                "RUN mkdir -p storage/framework/cache storage/framework/sessions \
                storage/framework/views and chown them in the Dockerfile; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "laravel/framework, ViewServiceProvider",
    },
    Cause {
        id: "erlang-mix-at-run-time",
        when: &[
            CauseSign::Logged("function Mix.*is undefined"),
            CauseSign::Logged("module Mix is not available"),
        ],
        cause: "the program calls Mix at run time, and a release does not contain Mix",
        cure: &[
            SuggestionPart::text(
                "in config/runtime.exs use config_env() instead of Mix.env(), in code \
                Application.compile_env; leave phoenix_live_reload and other development \
                packages out of :prod; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "papercups-io/papercups#900; Elixir documentation, mix release",
    },
    Cause {
        id: "erlang-setting-missing",
        when: &[CauseSign::Logged("Config provider Config.Reader failed with")],
        cause: "config/runtime.exs fails, mostly because a variable that it reads is missing \
                or has another form; the lines after this one name the call",
        cure: &[
            SuggestionPart::text(
                "set the variables that config/runtime.exs reads, in environment or secrets; \
                then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "m1dnight/exbin#28; Elixir documentation, Config.Provider",
    },
];
