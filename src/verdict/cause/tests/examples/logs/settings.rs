//! Examples of the causes in `table/logs/settings.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
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
        &[
            logged(1, &["Reason: Failed to determine a suitable driver class"]),
            logged(
                1,
                &[
                    "Failed to configure a DataSource: 'url' attribute is not specified and no embedded \
             datasource could be configured.",
                ],
            ),
        ],
    ),
    (
        "settings-invalid",
        &[
            logged(
                1,
                &[
                    "ZodError: [ { \"code\": \"invalid_type\", \"expected\": \"string\", \"path\": [ \"PORT\" ] } ]",
                ],
            ),
            logged(
                1,
                &["pydantic_core._pydantic_core.ValidationError: 1 validation error for AppSettings"],
            ),
            logged(
                1,
                &["pydantic_core._pydantic_core.ValidationError: 2 validation errors for AppConfig"],
            ),
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
        "spring-bean-missing",
        &[logged(
            1,
            &[
                "Parameter 2 of constructor in org.ehrbase.fhirbridge.config.FhirJpaConfiguration required a bean of type 'javax.sql.DataSource' that could not be found.",
            ],
        )],
    ),
    (
        "environment-variable-missing",
        &[
            logged(
                1,
                &["    raise KeyError(key) from None", "KeyError: 'API_BASE_URL'"],
            ),
            logged(
                1,
                &["could not fetch environment variable \"UNIRIS_CRYPTO_SEED\" because it is not set"],
            ),
            logged(
                1,
                &["** (RuntimeError) environment variable DATABASE_URL is missing."],
            ),
            logged(1, &["Error: The JWT_SECRET environment variable is not set"]),
            logged(1, &["FATAL: environment variable API_KEY is required"]),
            logged(1, &["panic: environment variable DB_HOST must be set"]),
            logged(1, &["Error: Missing required environment variable: DATABASE_URL"]),
            logged(
                1,
                &["You must set an DD_API_KEY environment variable to run the Datadog Agent container"],
            ),
            logged(1, &["Error: Invalid environment variables"]),
            logged(
                1,
                &["Error: Config validation error: \"DATABASE_URL\" is required"],
            ),
            logged(
                1,
                &[
                    "decouple.UndefinedValueError: SECRET_KEY not found. Declare it as envvar or define a default value.",
                ],
            ),
            logged(1, &["KeyError: key not found: \"DATABASE_URL\""]),
            logged(1, &["/entrypoint.sh: line 3: DB_HOST: unbound variable"]),
            logged(1, &["/entrypoint.sh: 3: DB_HOST: parameter not set"]),
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
        "python-path-none",
        &[logged(
            1,
            &["stat: path should be string, bytes, os.PathLike or integer, not NoneType"],
        )],
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
        "https-without-certificate",
        &[logged(
            1,
            &[
                "System.InvalidOperationException: Unable to configure HTTPS endpoint. No server certificate was specified, and the default developer certificate could not be found or is out of date.",
            ],
        )],
    ),
    (
        "signing-secret-missing",
        &[
            logged(1, &["Error: secretOrPrivateKey must have a value"]),
            logged(1, &["TypeError: JwtStrategy requires a secret or key"]),
            logged(1, &["[next-auth][error][NO_SECRET]"]),
            logged(
                1,
                &["[auth][error] MissingSecret: Define an `AUTH_SECRET` environment variable"],
            ),
        ],
    ),
    (
        "google-credentials-missing",
        &[
            logged(
                1,
                &[
                    "panic: error getting Auth client: google: could not find default credentials. See https://cloud.google.com/docs/authentication/external/set-up-adc for more information",
                ],
            ),
            logged(
                1,
                &[
                    "java.io.IOException: The Application Default Credentials are not available. They are available if running in Google Compute Engine.",
                ],
            ),
            logged(
                1,
                &[
                    "Error: Could not load the default credentials. Browse to https://cloud.google.com/docs/authentication/getting-started for more information.",
                ],
            ),
            logged(
                1,
                &["google.auth.exceptions.DefaultCredentialsError: Your default credentials were not found."],
            ),
        ],
    ),
    (
        "google-metadata-unresolved",
        &[logged(
            1,
            &[
                "Error while making request: getaddrinfo ENOTFOUND metadata.google.internal metadata.google.internal:80. Error code: ENOTFOUND",
            ],
        )],
    ),
    (
        "connection-address-malformed",
        &[
            logged(
                1,
                &[
                    "Configuration [database.url] is invalid. It must begin with either jdbc:mysql: or jdbc:postgresql:",
                ],
            ),
            logged(1, &["The connection URL must start with 'jdbc:postgresql://'"]),
            logged(
                1,
                &[
                    "error: Error validating datasource `db`: the URL must start with the protocol `postgresql://`",
                ],
            ),
            logged(
                1,
                &["message: 'Mongo issues : Unescaped at-sign in authority section',"],
            ),
            logged(1, &["MongoParseError: Password contains unescaped characters"]),
            logged(
                1,
                &["System.ArgumentNullException: Value cannot be null. (Parameter 'connectionString')"],
            ),
            logged(
                1,
                &[
                    "System.InvalidOperationException: The ConnectionString property has not been initialized.",
                ],
            ),
            logged(
                1,
                &[
                    "System.ArgumentException: Format of the initialization string does not conform to specification starting at index 0.",
                ],
            ),
            logged(
                1,
                &[
                    "Error validating datasource `db`: the URL must start with the protocol `postgresql://` or `postgres://`.",
                ],
            ),
            logged(1, &["TypeError [ERR_INVALID_URL]: Invalid URL"]),
            logged(
                1,
                &[
                    "MongoParseError: Invalid scheme, expected connection string to start with \"mongodb://\" or \"mongodb+srv://\"",
                ],
            ),
            logged(
                1,
                &["sqlalchemy.exc.ArgumentError: Could not parse rfc1738 URL from string ''"],
            ),
            logged(
                1,
                &["sqlalchemy.exc.ArgumentError: Could not parse SQLAlchemy URL from given URL string"],
            ),
            logged(
                1,
                &[
                    "java.lang.RuntimeException: Driver org.postgresql.Driver claims to not accept jdbcUrl, postgres://db/app",
                ],
            ),
            logged(
                1,
                &["cannot parse `postgres://xxxxx`: failed to parse as DSN (invalid dsn)"],
            ),
            logged(
                1,
                &[
                    "cannot parse `postgres://app:xxxxx@db/app`: failed to parse as URL (parse \"postgres://\": invalid userinfo)",
                ],
            ),
            logged(
                1,
                &["error communicating with database: invalid port number in database url"],
            ),
        ],
    ),
    (
        "spring-property-invalid",
        &[logged(
            1,
            &["Failed to bind properties under 'server.port' to java.lang.Integer:"],
        )],
    ),
    (
        "option-unknown",
        &[
            logged(1, &["main.py: error: argument cmd: invalid choice: 'servr'"]),
            logged(1, &["error: unknown subcommand \"serve\""]),
            logged(1, &["\"srv\" is not a valid command"]),
            logged(1, &["Unknown command: \"strat\""]),
            logged(1, &["flag provided but not defined: -restart"]),
            logged(1, &["Error: unknown flag: --storage.retention"]),
            logged(1, &["Error: unknown shorthand flag: 'r' in -restart"]),
            logged(
                1,
                &["CouchPotato.py: error: unrecognized arguments: --restart=always"],
            ),
            logged(1, &["redis-server: unrecognized option '--appendonly'"]),
            logged(
                1,
                &["Error: unknown command \"/app/config/config.yaml\" for \"certstream-server-go\""],
            ),
            logged(
                1,
                &[
                    "dockerfile-image-update: error: invalid choice: 'Updating' (choose from 'parent', 'all', 'child')",
                ],
            ),
            logged(1, &["Error: No such option: --workers"]),
            logged(1, &["Error: No such command 'runn'."]),
            logged(1, &["error: unexpected argument '--conf' found"]),
            logged(
                1,
                &["error: Found argument '--conf' which wasn't expected, or isn't valid in this context"],
            ),
            logged(1, &["node: bad option: --experimental-permission"]),
            logged(1, &["date: invalid option -- 'z'"]),
        ],
    ),
    (
        "keycloak-host-missing",
        &[
            logged(
                1,
                &[
                    "ERROR: hostname is not configured; either configure hostname, or set hostname-strict to false",
                ],
            ),
            logged(
                1,
                &["ERROR: Strict hostname resolution configured but no hostname setting provided"],
            ),
        ],
    ),
    (
        "nest-dependency-missing",
        &[logged(
            1,
            &[
                "Error: Nest can't resolve dependencies of the UserService (?). Please make sure that the argument UserRepository at index [0] is available in the AppModule context.",
            ],
        )],
    ),
    (
        "dotnet-service-missing",
        &[
            logged(
                1,
                &[
                    "System.InvalidOperationException: Unable to resolve service for type 'IClock' while attempting to activate 'Worker'.",
                ],
            ),
            logged(
                1,
                &["System.AggregateException: Some services are not able to be constructed"],
            ),
        ],
    ),
    (
        "configuration-malformed",
        &[
            logged(1, &["yaml: line 4: did not find expected key"]),
            logged(1, &["panic: yaml: unmarshal errors:"]),
            logged(
                1,
                &["Error: failed to parse config: yaml: line 12: did not find expected key"],
            ),
            logged(1, &["panic: failed to load config from yaml: EOF"]),
            logged(
                1,
                &["yaml.scanner.ScannerError: mapping values are not allowed here"],
            ),
            logged(
                1,
                &["yaml.parser.ParserError: expected <block end>, but found '-'"],
            ),
            logged(
                1,
                &["org.yaml.snakeyaml.scanner.ScannerException: while scanning for the next token"],
            ),
            logged(
                1,
                &["panic: toml: line 3 (last key \"server\"): expected value but found \"y\" instead"],
            ),
        ],
    ),
    (
        "database-kind-missing",
        &[
            logged(1, &["error: Unknown dialect undefined"]),
            logged(
                1,
                &["Error: Dialect needs to be explicitly supplied as of v4.0.0"],
            ),
            logged(
                1,
                &["Error: knex: Required configuration option 'client' is missing."],
            ),
            logged(
                1,
                &[
                    "MissingDriverError: Wrong driver: \"undefined\" given. Supported drivers are: \"mysql\", \"postgres\"",
                ],
            ),
        ],
    ),
    (
        "laravel-directories-missing",
        &[logged(
            1,
            &["InvalidArgumentException: Please provide a valid cache path."],
        )],
    ),
    (
        "erlang-mix-at-run-time",
        &[
            logged(
                1,
                &[
                    "** (UndefinedFunctionError) function Mix.env/0 is undefined (module Mix is not available)",
                ],
            ),
            logged(
                1,
                &["** (UndefinedFunctionError) function X.y/0 is undefined (module Mix is not available)"],
            ),
        ],
    ),
    (
        "erlang-setting-missing",
        &[logged(1, &["ERROR! Config provider Config.Reader failed with:"])],
    ),
];
