//! Migrations that stop, and databases whose schema is another than the program expects.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
    Cause {
        id: "database-table-missing",
        when: &[
            CauseSign::Logged("relation \"*\" does not exist"),
            CauseSign::Logged("Unknown column '"),
            CauseSign::Logged("Base table or view not found"),
            CauseSign::Logged("1146*Table '*doesn't exist"),
            CauseSign::Logged("ER_NO_SUCH_TABLE"),
            CauseSign::Logged("no such table: "),
            CauseSign::Logged("no such column: "),
            CauseSign::Logged("Invalid object name '"),
            CauseSign::Logged("does not exist in the current database"),
            CauseSign::Logged("column \"*\" does not exist"),
            CauseSign::Logged("UndefinedColumn"),
        ],
        cause: "the database lacks a table or column: its migrations did not run, or it is \
                another database than expected",
        cure: &[
            SuggestionPart::text(
                "run the migrations (as a task of its own: aws ecs run-task), or correct the \
                 database's name; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "PostgreSQL documentation, Appendix A (42P01 undefined_table); \
                mozilla/kitsune#3467; jcc/blog#78; MySQL reference manual, errors 1054 and \
                1146; SQLite result codes; Microsoft SQL Server error 208; Prisma error \
                reference, P2021; PostgreSQL documentation, Appendix A (42703 \
                undefined_column)",
    },
    Cause {
        id: "migration-locked",
        when: &[
            CauseSign::Logged("Could not acquire change log lock"),
            CauseSign::Logged("Migration table is already locked"),
            CauseSign::Logged("ConcurrentMigrationError"),
            CauseSign::Logged("trying to acquire a postgres advisory lock"),
            CauseSign::Logged("can't acquire database lock"),
            CauseSign::Logged("while attempting to acquire PostgreSQL advisory lock"),
        ],
        cause: "the lock for migrations is held by another task, or was left by one that was \
                killed during a migration",
        cure: &[
            SuggestionPart::text(
                "make sure that no migration runs, then clear the lock (liquibase \
                release-locks, npx knex migrate:unlock); run migrations as one task before \
                the deployment (aws ecs run-task); ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "apitable/apitable#1536; cloudfoundry/app-autoscaler#517; knex/knex, \
                lib/migrations/migrate/Migrator.js; rails/rails, \
                activerecord/lib/active_record/migration.rb; prisma/prisma-engines, \
                schema-engine; golang-migrate/migrate, migrate.go; flyway/flyway, \
                PostgreSQLAdvisoryLockTemplate.java",
    },
    Cause {
        id: "migration-changed",
        when: &[
            CauseSign::Logged("Migration checksum mismatch"),
            CauseSign::Logged("Migrations have failed validation"),
            CauseSign::Logged("changesets check sum"),
            CauseSign::Logged("ValidationFailedException: Validation Failed"),
            CauseSign::Logged("Unexpected error running Liquibase: Validation Failed"),
        ],
        cause: "Flyway or Liquibase finds migrations changed or missing that the database \
                already has",
        cure: &[
            SuggestionPart::text(
                "restore the files as they were applied and add a new migration; if the change \
                is meant: flyway repair, liquibase clear-checksums; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "flyway/flyway#2255 and #3481; quarkusio/registry.quarkus.io#140; \
                keycloak/keycloak#28159; apitable/apitable#1182",
    },
    Cause {
        id: "migration-not-in-image",
        when: &[
            CauseSign::Logged("Can't locate revision identified by"),
            CauseSign::Logged("The migration directory is corrupt, the following files are missing"),
            CauseSign::Logged("Detected applied migration not resolved locally"),
            CauseSign::Logged("previously executed migration"),
        ],
        cause: "the database has a migration that this image doesn't have: the image is older \
                than the database",
        cure: &[SuggestionPart::text(
            "deploy the image that has the migration, or downgrade the database with the newer \
                 image first",
        )],
        source: "rivenmedia/riven#890; ZoeyVid/NPMplus#2719; Mailtrain-org/mailtrain#697; \
                flyway/flyway, DbValidate; arsfeld/nixos#8",
    },
    Cause {
        id: "migration-failed-before",
        when: &[
            CauseSign::Logged("Error: P3009"),
            CauseSign::Logged("Dirty database version"),
            CauseSign::Logged("migrate found failed migrations in the target"),
            CauseSign::Logged("Detected failed migration to version"),
        ],
        cause: "an earlier migration stopped half-way, so no new one is applied",
        cure: &[
            SuggestionPart::text(
                "repair the database, then npx prisma migrate resolve --rolled-back NAME \
                (Prisma), migrate force VERSION (golang-migrate) or flyway repair; ",
            ),
            SuggestionPart::command("restart", "SERVICE"),
        ],
        source: "langfuse/langfuse-k8s#253 and #179; lukevella/rallly#1736; flyway/flyway#4098",
    },
    Cause {
        id: "migration-branches",
        when: &[
            CauseSign::Logged("Multiple head revisions are present"),
            CauseSign::Logged("script.revision.MultipleHeads"),
            CauseSign::Logged("Only a single head is supported"),
            CauseSign::Logged("Conflicting migrations detected"),
        ],
        cause: "two migrations in the image follow the same one, so that none is the last: \
                two branches were merged",
        cure: &[
            SuggestionPart::text(
                "join them (alembic merge heads, python manage.py makemigrations --merge), \
                commit the file, build; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "ethyca/fides#1018; abhi1693/openclaw-mission-control#127; \
                miguelgrinberg/flasky#153; Django documentation, Migrations (Version control)",
    },
    Cause {
        id: "migration-object-exists",
        when: &[
            CauseSign::Logged("DuplicateTable"),
            CauseSign::Logged("DuplicateColumn"),
            CauseSign::LoggedBut("relation \"*\" already exists", &["skipping"]),
            CauseSign::Logged("1050*already exists"),
            CauseSign::Logged("Base table or view already exists"),
            CauseSign::Logged("ER_TABLE_EXISTS_ERROR"),
            CauseSign::Logged("Duplicate column name"),
        ],
        cause: "a migration creates what the database already has: an earlier one stopped \
                half-way or was made by hand, or two tasks ran it at the same time",
        cure: &[
            SuggestionPart::text(
                "mark it as applied (manage.py migrate --fake, alembic stamp, prisma migrate \
                resolve --applied) or undo its half; run migrations as one task before the \
                deployment (aws ecs run-task); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "thekampany/tripproject#4; mozilla/kitsune#3467; hui-ho/WebStack-Laravel#47; \
                MySQL reference manual, errors 1050 and 1060; PostgreSQL documentation, \
                Appendix A (42P07, 42701)",
    },
    Cause {
        id: "schema-differs",
        when: &[CauseSign::Logged("Schema-validation: ")],
        cause: "Hibernate compares the database with its entities (ddl-auto: validate) and \
                finds another schema: a migration is missing, or did not run on this database",
        cure: &[
            SuggestionPart::text(
                "run the migrations before Hibernate starts (Flyway, Liquibase, or a task of \
                its own); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "spring-projects/spring-boot#37618; webanno/webanno#804",
    },
    Cause {
        id: "migrations-pending",
        when: &[
            CauseSign::Logged("Migrations are pending"),
            CauseSign::Logged("You have * pending migration"),
            CauseSign::Logged("PendingMigrationError"),
        ],
        cause: "the program starts only on a database that has all migrations, and some are \
                not applied",
        cure: &[
            SuggestionPart::text(
                "run them before the deployment, as a task of its own: aws ecs run-task with \
                the command bin/rails db:migrate; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "heycarsten/lcbo-api#27; zendesk/samson#3054; rails/rails, \
                activerecord/lib/active_record/migration.rb",
    },
    Cause {
        id: "migration-release-missing",
        when: &[CauseSign::Logged(
            "Directly inheriting from ActiveRecord::Migration is not supported",
        )],
        cause: "a migration says not for which Rails release it was written, which Rails \
                requires since 5.1",
        cure: &[
            SuggestionPart::text("write class Name < ActiveRecord::Migration[4.2] in the migration; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "keygen-sh/keygen-api#942; Rails 5.1 release notes",
    },
    Cause {
        id: "database-not-baselined",
        when: &[
            CauseSign::Logged("Error: P3005"),
            CauseSign::Logged("The database schema is not empty"),
            CauseSign::Logged("Found non-empty schema"),
        ],
        cause: "the database has tables that the migration tool did not create, and it does \
                not know where to begin",
        cure: &[
            SuggestionPart::text(
                "tell it once which migrations the database has: npx prisma migrate resolve \
                --applied NAME (Prisma), flyway baseline (Flyway); check first that it is the \
                right database; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "langfuse/langfuse#3676; Prisma error reference, P3005; flyway/flyway, \
                DbMigrate",
    },
    Cause {
        id: "index-key-too-long",
        when: &[CauseSign::Logged("Specified key was too long")],
        cause: "a migration indexes a column that is longer than this MySQL version or table \
                format allows (utf8mb4 takes four bytes a character)",
        cure: &[
            SuggestionPart::text(
                "shorten it (Laravel: Schema::defaultStringLength(191)), or use MySQL 8 with \
                InnoDB; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "laravel/framework#22580; amranidev/scaffold-interface#139",
    },
    Cause {
        id: "migration-failed",
        when: &[
            CauseSign::Logged("Migration of schema * failed"),
            CauseSign::Logged("FlywayMigrateException"),
            CauseSign::Logged("Error: P3018"),
            CauseSign::Logged("MigrationFailedException"),
            CauseSign::Logged("all later migrations canceled"),
            CauseSign::Logged("migration file \"*\" failed"),
            CauseSign::Logged("migration failed in line"),
        ],
        cause: "the SQL of a migration failed; the database's own message is next to this line",
        cure: &[
            SuggestionPart::text(
                "correct the migration; what it had done before must be undone by hand where \
                the database does not roll back (MySQL); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "quarkusio/quarkus#46083; flyway/flyway, DbMigrate; Prisma error reference, \
                P3018; liquibase/liquibase, MigrationFailedException; rails/rails, \
                activerecord/lib/active_record/migration.rb; golang-migrate/migrate, \
                database/driver.go",
    },
];
