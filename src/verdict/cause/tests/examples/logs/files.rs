//! Examples of the causes in `table/logs/files.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "file-system-read-only",
        &[
            logged(
                1,
                &["mkdir: cannot create directory '/app/tmp': Read-only file system"],
            ),
            logged(1, &["OSError: [Errno 30] Read-only file system: '/app/cache'"]),
            logged(
                1,
                &[
                    "nginx: [emerg] mkdir() \"/var/cache/nginx/client_temp\" failed (30: Read-only file system)",
                ],
            ),
            logged(1, &["Error: EROFS: read-only file system, mkdir '/app/.cache'"]),
            logged(1, &["{error,erofs}"]),
        ],
    ),
    (
        "storage-full",
        &[
            logged(1, &["OSError: [Errno 122] Disk quota exceeded"]),
            logged(1, &["OSError: [Errno 28] No space left on device"]),
            logged(1, &["Error: ENOSPC: no space left on device, write"]),
            logged(1, &["{error,enospc}"]),
            logged(1, &["write: EDQUOT"]),
        ],
    ),
    (
        "minio-drives-missing",
        &[
            logged(
                1,
                &["Error: Read failed. Insufficient number of drives online (*errors.errorString)"],
            ),
            logged(
                1,
                &["FATAL Unable to use the drive /export: drive not found: Invalid arguments specified"],
            ),
            logged(
                1,
                &["Storage resources are insufficient for the write operation .minio.sys/config/config.json"],
            ),
        ],
    ),
    (
        "data-damaged",
        &[
            logged(1, &["FATAL: the index is corrupted"]),
            logged(
                1,
                &["error: DB::Exception: Attempt to read after eof, stack trace:"],
            ),
            logged(1, &["sqlite3.DatabaseError: file is not a database"]),
            logged(1, &["Error: database disk image is malformed"]),
        ],
    ),
    (
        "open-files-exhausted",
        &[
            logged(1, &["accept4: Too many open files"]),
            logged(1, &["Error: EMFILE: too many open files, open '/app/x'"]),
            logged(1, &["{error,emfile}"]),
            logged(1, &["accept: ENFILE"]),
        ],
    ),
    (
        "file-not-permitted",
        &[
            logged(
                1,
                &[
                    "opening storage failed: open DB in /prometheus/data/: open /prometheus/data/245726561: permission denied",
                ],
            ),
            logged(
                1,
                &[
                    "Error starting agent: Failed to start Consul server: Failed to start Raft: mkdir /consul/data/raft: permission denied",
                ],
            ),
            logged(
                1,
                &["mkdir: can't create directory '/var/lib/grafana/plugins': Permission denied"],
            ),
            logged(
                1,
                &["cp: cannot create regular file '/data/prometheus.yml': Permission denied"],
            ),
            logged(1, &["touch: cannot touch '/data/ready': Permission denied"]),
            logged(
                1,
                &[
                    "There is no existing directory at \"/var/www/storage/logs\" and it could not be created: Permission denied",
                ],
            ),
            logged(
                1,
                &[
                    "[14-Sep-2024 21:09:44] ERROR: failed to open error_log (/usr/local/var/log/php-fpm.log): Permission denied (13)",
                ],
            ),
            logged(1, &["GF_PATHS_DATA='/var/lib/grafana' is not writable."]),
            logged(
                1,
                &["Permission denied @ rb_sysopen - /opt/metasploit/apps/pro/ui/config/database.yml"],
            ),
            logged(
                1,
                &["configuration_file.rb:39:in `read': Cannot load database configuration: (Errno::EACCES)"],
            ),
            logged(
                1,
                &["Caused by: java.nio.file.AccessDeniedException: /usr/share/elasticsearch/data/nodes"],
            ),
            logged(
                1,
                &["java.io.FileNotFoundException: /logs/app.log (Permission denied)"],
            ),
            logged(
                1,
                &["System.UnauthorizedAccessException: Access to the path '/app/keys' is denied."],
            ),
            logged(
                1,
                &["Os { code: 13, kind: PermissionDenied, message: \"Permission denied\" }"],
            ),
            logged(1, &["Error: Permission denied (os error 13)"]),
            logged(
                1,
                &[
                    "org.elasticsearch.bootstrap.StartupException: java.lang.IllegalStateException: Failed to create node environment",
                ],
            ),
            logged(
                1,
                &[
                    "The stream or file \"/var/www/app/storage/logs/laravel.log\" could not be opened in append mode: Failed to open stream: Permission denied",
                ],
            ),
            logged(
                1,
                &["Error: EACCES: permission denied, open '/management-center/src/utils/db.json'"],
            ),
            logged(
                1,
                &["PermissionError: [Errno 13] Permission denied: '/data/db.sqlite3'"],
            ),
        ],
    ),
    (
        "sysctl-not-permitted",
        &[
            logged(
                1,
                &["sysctl: setting key \"vm.max_map_count\": Read-only file system"],
            ),
            logged(1, &["sysctl: permission denied on key 'net.core.somaxconn'"]),
        ],
    ),
    (
        "script-syntax",
        &[
            logged(
                1,
                &["/usr/bin/nginx.sh: eval: line 585: syntax error: unexpected end of file"],
            ),
            logged(
                1,
                &["/entrypoint.sh: line 12: syntax error near unexpected token `fi'"],
            ),
            logged(1, &["/entrypoint.sh: line 2: $'\\r': command not found"]),
            logged(1, &["/entrypoint.sh: 5: Bad substitution"]),
            logged(1, &["/entrypoint.sh: 2: set: Illegal option -o pipefail"]),
            logged(1, &["/entrypoint.sh: 7: [[: not found"]),
        ],
    ),
    (
        "command-not-in-path",
        &[
            logged(1, &["error: Failed to spawn: `uvicorn`"]),
            logged(1, &["INFO spawnerr: can't find command '/usr/sbin/php5-fpm'"]),
            logged(1, &["Command not found: uvicorn"]),
            logged(1, &["/entrypoint.sh: 5: psql: not found"]),
            logged(1, &["/usr/bin/env: ‘python3’: No such file or directory"]),
            logged(1, &["/entrypoint.sh: line 4: psql: command not found"]),
            logged(1, &["exec: \"ffmpeg\": executable file not found in $PATH"]),
            logged(
                1,
                &["/usr/local/bin/docker-entrypoint: line 30: exec: strict.perms=false: not found"],
            ),
        ],
    ),
    ("shell-command-missing", &[logged(1, &["sh: next: not found"])]),
    (
        "child-program-missing",
        &[
            logged(
                1,
                &["panic: fork/exec /usr/bin/convert: no such file or directory"],
            ),
            logged(1, &["fork/exec /app/plugins/a: permission denied"]),
        ],
    ),
    (
        "configuration-file-missing",
        &[
            logged(
                1,
                &["Error: cannot read config file: open /caddy/etc/default.json: no such file or directory"],
            ),
            logged(
                1,
                &["Error: reading config from file: open /caddy/etc/default.json: no such file or directory"],
            ),
            logged(1, &["panic: configuration file not found"]),
            logged(
                1,
                &["panic: fatal error reading config file: Config File \"config\" Not Found in \"[/opt]\""],
            ),
            logged(
                1,
                &[
                    "server.go:18: [PANIC]failed to init config: open conf/config.yaml: no such file or directory",
                ],
            ),
            logged(1, &["Error: could not find config file /etc/supervisord.conf"]),
        ],
    ),
    (
        "file-missing",
        &[
            logged(
                1,
                &[
                    "2024/04/29 13:12:42 Error opening log source: open /var/log/mail.log: no such file or directory",
                ],
            ),
            logged(1, &["IO error: No such file or directory (os error 2)"]),
            logged(
                1,
                &[
                    "thread 'main' panicked at 'called `Result::unwrap()` on an `Err` value: Os { code: 2, kind: NotFound, message: \"No such file or directory\" }'",
                ],
            ),
            logged(
                1,
                &["FileNotFoundError: [Errno 2] No such file or directory: '/app/model.bin'"],
            ),
            logged(
                1,
                &["python: can't open file '/app/main.py': [Errno 2] No such file or directory"],
            ),
            logged(
                1,
                &["Errno::ENOENT: No such file or directory @ rb_sysopen - config/app.yml"],
            ),
            logged(
                1,
                &["Error: ENOENT: no such file or directory, open '/app/cert.pem'"],
            ),
            logged(1, &["java.nio.file.NoSuchFileException: /app/data/seed.json"]),
            logged(
                1,
                &["java.io.FileNotFoundException: /app/config.yml (No such file or directory)"],
            ),
            logged(
                1,
                &[
                    "Unhandled Exception: System.IO.FileNotFoundException: Could not find file '/app/appsettings.json'.",
                ],
            ),
            logged(
                1,
                &[
                    "PHP Fatal error:  require(/app/config.php): failed to open stream: No such file or directory",
                ],
            ),
            logged(
                1,
                &["cat: can't open '/run/secrets/key': No such file or directory"],
            ),
            logged(1, &["ls: cannot access '/data': No such file or directory"]),
        ],
    ),
    (
        "java-class-not-in-image",
        &[
            logged(
                1,
                &["Caused by: java.lang.ClassNotFoundException: org.postgresql.Driver"],
            ),
            logged(
                1,
                &["Exception in thread \"main\" java.lang.NoClassDefFoundError: org/slf4j/LoggerFactory"],
            ),
            logged(
                1,
                &[
                    "java.lang.NoSuchMethodError: 'void com.google.common.base.Preconditions.checkArgument(boolean)'",
                ],
            ),
        ],
    ),
    (
        "file-busy",
        &[
            logged(
                1,
                &[
                    "OSError: [Errno 16] Device or resource busy: '/usr/local/airflow/tmp8m376uuo' -> '/usr/local/airflow/airflow-webserver.pid'",
                ],
            ),
            logged(
                1,
                &[
                    "Error: EBUSY: resource busy or locked, rename '/app/config.json.tmp' -> '/app/config.json'",
                ],
            ),
        ],
    ),
];
