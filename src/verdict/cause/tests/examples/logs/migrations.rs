//! Examples of the causes in `table/logs/migrations.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "database-table-missing",
        &[
            logged(
                1,
                &["(1054, \"Unknown column 'products_product.image_alternate' in 'field list'\")"],
            ),
            logged(
                1,
                &[
                    "SQLSTATE[42S02]: Base table or view not found: 1146 Table 'blog.oauth_clients' doesn't exist",
                ],
            ),
            logged(
                1,
                &["django.db.utils.ProgrammingError: (1146, \"Table 'app.auth_user' doesn't exist\")"],
            ),
            logged(1, &["Error: ER_NO_SUCH_TABLE: Table 'app.users' doesn't exist"]),
            logged(1, &["sqlite3.OperationalError: no such table: users"]),
            logged(1, &["sqlite3.OperationalError: no such column: users.plan"]),
            logged(
                1,
                &["Microsoft.Data.SqlClient.SqlException (0x80131904): Invalid object name 'Users'."],
            ),
            logged(
                1,
                &["Error: P2021: The table `public.User` does not exist in the current database."],
            ),
            logged(1, &["error: column \"plan\" does not exist"]),
            logged(
                1,
                &["psycopg2.errors.UndefinedColumn: column users.plan does not exist"],
            ),
            logged(1, &["ERROR:  relation \"users\" does not exist at character 15"]),
        ],
    ),
    (
        "migration-locked",
        &[
            logged(1, &["MigrationLocked: Migration table is already locked"]),
            logged(
                1,
                &[
                    "ActiveRecord::ConcurrentMigrationError: Cannot run migrations because another migration process is currently running.",
                ],
            ),
            logged(
                1,
                &[
                    "Error: P1002: Timed out trying to acquire a postgres advisory lock (SELECT pg_advisory_lock(72707369)).",
                ],
            ),
            logged(1, &["error: timeout: can't acquire database lock"]),
            logged(
                1,
                &[
                    "FlywayException: Number of retries exceeded while attempting to acquire PostgreSQL advisory lock.",
                ],
            ),
            logged(
                1,
                &[
                    "liquibase.exception.LockException: Could not acquire change log lock.  Currently \
             locked by autoscaler-metrics-1 (10.244.2.10) since 8/16/19, 5:26 AM",
                ],
            ),
        ],
    ),
    (
        "migration-changed",
        &[
            logged(1, &["     113 changesets check sum"]),
            logged(
                1,
                &["liquibase.exception.ValidationFailedException: Validation Failed:"],
            ),
            logged(1, &["Unexpected error running Liquibase: Validation Failed:"]),
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
        &[
            logged(
                1,
                &[
                    "[Global        ] › ✖  error     Startup Error: The migration directory is corrupt, the following files are missing: 20260119174530_stream_proxy_ssl.js",
                ],
            ),
            logged(1, &["Detected applied migration not resolved locally: 7."]),
            logged(
                1,
                &["alembic.util.exc.CommandError: Can't locate revision identified by '30a419ca143e'"],
            ),
            logged(
                1,
                &[
                    "Error: corrupted migrations: previously executed migration 1758705774125-CreateAssetOCRTable is missing",
                ],
            ),
        ],
    ),
    (
        "migration-failed-before",
        &[
            logged(1, &["Detected failed migration to version 1.2 (add users)."]),
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
        "migration-branches",
        &[
            logged(
                1,
                &[
                    "alembic.util.exc.CommandError: Multiple head revisions are present for given argument 'head'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads",
                ],
            ),
            logged(
                1,
                &[
                    "alembic.script.revision.MultipleHeads: Multiple heads are present for given argument 'head': b6f4c7d9e1a2, d3ca36cf31a1",
                ],
            ),
            logged(
                1,
                &[
                    "alembic.util.CommandError: Only a single head is supported. The script directory has multiple heads (due to branching), which must be resolved by manually editing the revision files to form a linear sequence.",
                ],
            ),
            logged(
                1,
                &[
                    "CommandError: Conflicting migrations detected; multiple leaf nodes in the migration graph: (0002_a, 0002_b in app).",
                ],
            ),
        ],
    ),
    (
        "migration-object-exists",
        &[
            logged(
                1,
                &["psycopg2.errors.DuplicateTable: relation \"tripapp_logentrylike\" already exists"],
            ),
            logged(
                1,
                &["psycopg2.errors.DuplicateColumn: column \"plan\" of relation \"users\" already exists"],
            ),
            logged(1, &["QueryFailedError: relation \"users\" already exists"]),
            logged(
                1,
                &[
                    "django.db.utils.OperationalError: (1050, \"Table 'djcelery_crontabschedule' already exists\")",
                ],
            ),
            logged(
                1,
                &["SQLSTATE[42S01]: Base table or view already exists: 1050 Table 'admin_config'"],
            ),
            logged(1, &["Error: ER_TABLE_EXISTS_ERROR: Table 'users' already exists"]),
            logged(
                1,
                &["SQLSTATE[42S21]: Column already exists: 1060 Duplicate column name 'plan'"],
            ),
        ],
    ),
    (
        "schema-differs",
        &[logged(
            1,
            &[
                "org.hibernate.tool.schema.spi.SchemaManagementException: Schema-validation: missing table [investor]",
            ],
        )],
    ),
    (
        "migrations-pending",
        &[
            logged(1, &["Migrations are pending. To resolve this issue, run:"]),
            logged(1, &["You have 2 pending migrations:"]),
            logged(1, &["ActiveRecord::PendingMigrationError ("]),
        ],
    ),
    (
        "migration-release-missing",
        &[logged(
            1,
            &[
                "StandardError: Directly inheriting from ActiveRecord::Migration is not supported. Please specify the Active Record release the migration was written for:",
            ],
        )],
    ),
    (
        "database-not-baselined",
        &[
            logged(1, &["Error: P3005"]),
            logged(
                1,
                &[
                    "The database schema is not empty. Read more about how to baseline an existing production database: https://pris.ly/d/migrate-baseline",
                ],
            ),
            logged(
                1,
                &[
                    "FlywayException: Found non-empty schema(s) \"public\" but no schema history table. Use baseline() or set baselineOnMigrate to true to initialize the schema history table.",
                ],
            ),
        ],
    ),
    (
        "index-key-too-long",
        &[logged(
            1,
            &[
                "SQLSTATE[42000]: Syntax error or access violation: 1071 Specified key was too long; max key length is 767 bytes",
            ],
        )],
    ),
    (
        "migration-failed",
        &[
            logged(
                1,
                &[
                    "ERROR [org.fly.cor.int.com.DbMigrate] (main) Migration of schema [msdb] to version \"1.0.1 - load default data\" failed! Changes successfully rolled back.",
                ],
            ),
            logged(
                1,
                &[
                    "org.flywaydb.core.internal.command.DbMigrate$FlywayMigrateException: Migration V2__add_users.sql failed",
                ],
            ),
            logged(1, &["Error: P3018"]),
            logged(
                1,
                &[
                    "liquibase.exception.MigrationFailedException: Migration failed for changeset db/changelog.xml::1::dev",
                ],
            ),
            logged(
                1,
                &["StandardError: An error has occurred, this and all later migrations canceled:"],
            ),
            logged(1, &["migration file \"20240101_users.js\" failed"]),
            logged(
                1,
                &["error: migration failed in line 0: (details: pq: syntax error at or near \"TABEL\")"],
            ),
        ],
    ),
];
