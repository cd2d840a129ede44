//! Examples of the causes in `table/logs/runtimes.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "node-file-missing",
        &[
            logged(1, &["error: Module not found \"file:///app/main.ts\"."]),
            logged(
                1,
                &[
                    "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/app/utils.js' imported from /app/cli.js",
                ],
            ),
            logged(1, &["Error: Cannot find module '/app/src/index.js'"]),
        ],
    ),
    (
        "node-package-missing",
        &[
            logged(1, &["Module not found: Error: Can't resolve 'x'"]),
            logged(1, &["Error: Cannot find module @rollup/rollup-linux-x64-musl."]),
            logged(
                1,
                &[
                    "Error loading the local develop command. Strapi might not be installed in your \"node_modules\". You may need to run \"npm install\"",
                ],
            ),
            logged(
                1,
                &["npm WARN Local package.json exists, but node_modules missing, did you mean to install?"],
            ),
            logged(1, &["Error: Please install pg package manually"]),
            logged(1, &["Error: Cannot find module 'express'"]),
            logged(
                1,
                &["Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'express' imported from /app/index.js"],
            ),
        ],
    ),
    (
        "node-module-kind",
        &[
            logged(1, &["SyntaxError: Cannot use import statement outside a module"]),
            logged(
                1,
                &[
                    "(node:50) Warning: To load an ES module, set \"type\": \"module\" in the package.json or use the .mjs extension.",
                ],
            ),
            logged(
                1,
                &[
                    "TypeError [ERR_UNKNOWN_FILE_EXTENSION]: Unknown file extension \".ts\" for /app/src/main.ts",
                ],
            ),
            logged(
                1,
                &["ReferenceError: require is not defined in ES module scope, you can use import instead"],
            ),
            logged(
                1,
                &["Error [ERR_REQUIRE_ESM]: Must use import to load ES Module: \
             /opt/polkadot_api_server/node_modules/@polkadot/api/index.js"],
            ),
        ],
    ),
    (
        "node-version-wrong",
        &[logged(
            1,
            &[
                "error jest@29.3.1: The engine \"node\" is incompatible with this module. Expected \
             version \"^14.15.0 || ^16.10.0 || >=18.0.0\". Got \"12.22.12\"",
            ],
        )],
    ),
    (
        "node-syntax-too-new",
        &[
            logged(1, &["SyntaxError: Unexpected token '?'"]),
            logged(1, &["SyntaxError: Unexpected token '.'"]),
        ],
    ),
    (
        "next-build-missing",
        &[logged(
            1,
            &[
                "Error: Could not find a production build in the '/app/.next' directory. Try building \
             your app with 'next build' before starting the production server.",
            ],
        )],
    ),
    (
        "npm-script-missing",
        &[
            logged(1, &["error: Script not found \"start\""]),
            logged(1, &["npm ERR! missing script: start"]),
            logged(1, &["npm error Missing script: \"start\""]),
        ],
    ),
    (
        "asgi-module-missing",
        &[logged(
            1,
            &["ERROR: Error loading ASGI app. Could not import module \"main\"."],
        )],
    ),
    (
        "asgi-attribute-missing",
        &[
            logged(
                1,
                &["gunicorn.errors.AppImportError: Failed to find attribute 'app' in 'web'."],
            ),
            logged(
                1,
                &["ERROR:    Error loading ASGI app. Attribute \"app\" not found in module \"main\"."],
            ),
        ],
    ),
    (
        "flask-application-missing",
        &[
            logged(
                1,
                &[
                    "Error: Could not locate a Flask application. Use the 'flask --app' option, 'FLASK_APP' environment variable, or a 'wsgi.py' or 'app.py' file in the current directory.",
                ],
            ),
            logged(1, &["Error: Could not import 'app'."]),
            logged(
                1,
                &[
                    "Error: Failed to find Flask application or factory in module 'app'. Use 'app:name' to specify one.",
                ],
            ),
        ],
    ),
    (
        "asgi-address-malformed",
        &[logged(
            1,
            &[
                "ERROR:    Error loading ASGI app. Import string \":app\" must be in format \"<module>:<attribute>\".",
            ],
        )],
    ),
    ("gunicorn-missing", &[logged(1, &["gunicorn: command not found"])]),
    (
        "python-package-missing",
        &[logged(1, &["ModuleNotFoundError: No module named 'psycopg2'"])],
    ),
    (
        "bundler-version-wrong",
        &[
            logged(
                1,
                &[
                    "/usr/local/lib/ruby/site_ruby/2.5.0/rubygems.rb:289:in `find_spec_for_exe': can't find gem bundler (>= 0.a) with executable bundler (Gem::GemNotFoundException)",
                ],
            ),
            logged(
                1,
                &[
                    "/usr/local/lib/ruby/2.6.0/rubygems.rb:283:in `find_spec_for_exe': Could \
             not find 'bundler' (2.1.4) required by your /app/Gemfile.lock. \
             (Gem::GemNotFoundException)",
                ],
            ),
        ],
    ),
    (
        "ruby-gem-missing",
        &[
            logged(1, &["Could not find rails-7.1.3 in locally installed gems"]),
            logged(1, &["Gem::MissingSpecError: Could not find 'rake'"]),
            logged(
                1,
                &[
                    "/usr/local/lib/ruby/gems/2.5.0/gems/bundler-1.16.1/lib/bundler/spec_set.rb:88:in \
             `block in materialize': Could not find dotenv-2.2.2 in any of the sources \
             (Bundler::GemNotFound)",
                ],
            ),
            logged(1, &["Could not find rake-13.0.6 in any of the sources"]),
            logged(1, &["Could not find gem 'rails_migrate_mutex'."]),
        ],
    ),
    (
        "java-version-too-old",
        &[logged(
            1,
            &[
                "java.lang.UnsupportedClassVersionError: com/github/dockerjava/api/DockerClient : \
             Unsupported major.minor version 51.0",
            ],
        )],
    ),
    (
        "jar-not-executable",
        &[logged(1, &["no main manifest attribute, in /app.jar"])],
    ),
    (
        "jar-missing",
        &[logged(1, &["Error: Unable to access jarfile ./app.jar"])],
    ),
    (
        "java-class-missing",
        &[logged(
            1,
            &["Error: Could not find or load main class server.jar"],
        )],
    ),
    (
        "dotnet-version-wrong",
        &[
            logged(1, &["You must install or update .NET to run this application."]),
            logged(
                1,
                &["It was not possible to find any compatible framework version"],
            ),
            logged(1, &["Framework: 'Microsoft.NETCore.App', version '5.0.15' (x64)"]),
        ],
    ),
    (
        "script-not-found-by-shell",
        &[
            logged(1, &["/bin/sh: ./entrypoint.sh: not found"]),
            logged(1, &["/app/run.R: not found"]),
            logged(1, &["/app/run.py: not found"]),
            logged(1, &["/app/run.js: not found"]),
        ],
    ),
    (
        "node-package-json-missing",
        &[logged(
            1,
            &[
                "npm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '/package.json'",
            ],
        )],
    ),
    (
        "node-version-too-old",
        &[
            logged(1, &["ReferenceError: fetch is not defined"]),
            logged(1, &["ReferenceError: File is not defined"]),
            logged(
                1,
                &["You are using Node.js 18.12.0. For Next.js, Node.js version \">=18.18.0\" is required."],
            ),
        ],
    ),
    (
        "package-manager-offline",
        &[logged(
            1,
            &[
                "Internal Error: Error when performing the request to https://registry.npmjs.org/yarn/latest; for troubleshooting help, see https://github.com/nodejs/corepack#troubleshooting",
            ],
        )],
    ),
    (
        "python-home-wrong",
        &[
            logged(1, &["ImportError: No module named site"]),
            logged(1, &["ModuleNotFoundError: No module named 'encodings'"]),
        ],
    ),
    (
        "python-names-differ",
        &[
            logged(
                1,
                &[
                    "ImportError: cannot import name 'BoundField' from 'django.forms.forms' (/usr/local/lib/python3.7/site-packages/django/forms/forms.py)",
                ],
            ),
            logged(
                1,
                &["AttributeError: module 'collections' has no attribute 'Mapping'"],
            ),
            logged(
                1,
                &[
                    "AttributeError: partially initialized module 'app' has no attribute 'db' (most likely due to a circular import)",
                ],
            ),
            logged(1, &["ImportError: cannot import name name 'main'"]),
        ],
    ),
    (
        "gunicorn-worker-class-missing",
        &[logged(
            1,
            &["Error: class uri 'uvicorn.workers.UvicornWorker' invalid or not found:"],
        )],
    ),
    (
        "ruby-file-missing",
        &[logged(
            1,
            &["LoadError: cannot load such file -- ./learning_analytics_app"],
        )],
    ),
    (
        "ruby-version-wrong",
        &[
            logged(
                1,
                &["Your Ruby version is 3.2.2, but your Gemfile specified 3.3.0"],
            ),
            logged(1, &["Could not locate Gemfile or .bundle/ directory"]),
            logged(
                1,
                &[
                    "Gem::LoadError: You have already activated rack 3.0.8, but your Gemfile requires rack 2.2.8. Prepending `bundle exec` to your command may solve this.",
                ],
            ),
        ],
    ),
    (
        "jdbc-driver-missing",
        &[
            logged(
                1,
                &["java.lang.IllegalStateException: Cannot load driver class: org.postgresql.Driver"],
            ),
            logged(
                1,
                &[
                    "java.lang.RuntimeException: Failed to load driver class com.mysql.cj.jdbc.Driver in either of HikariConfig class loader or Thread context classloader",
                ],
            ),
            logged(
                1,
                &["java.sql.SQLException: No suitable driver found for jdbc:postgresql://db:5432/app"],
            ),
        ],
    ),
    (
        "jar-damaged",
        &[logged(1, &["Error: Invalid or corrupt jarfile app.jar"])],
    ),
    (
        "java-modules-closed",
        &[logged(
            1,
            &[
                "java.lang.reflect.InaccessibleObjectException: Unable to make field private final byte[] java.lang.String.value accessible: module java.base does not \"opens java.lang\" to unnamed module",
            ],
        )],
    ),
    (
        "dotnet-program-missing",
        &[
            logged(
                1,
                &["Did you mean to run dotnet SDK commands? Please install dotnet SDK from:"],
            ),
            logged(1, &["The application to execute does not exist: '/app/Web.dll'"]),
            logged(
                1,
                &[
                    "Could not execute because the specified command or file was not found. Could not execute because the application was not found or a compatible .NET SDK is not installed.",
                ],
            ),
            logged(
                1,
                &[
                    "A fatal error was encountered. The library 'libhostpolicy.so' required to execute the application was not found in '/app/'.",
                ],
            ),
        ],
    ),
    (
        "dotnet-assembly-missing",
        &[
            logged(
                1,
                &[
                    "Unhandled exception. System.IO.FileNotFoundException: Could not load file or assembly 'System.Memory, Version=6.0.0.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51'. 0x80070002",
                ],
            ),
            logged(
                1,
                &[
                    "An assembly specified in the application dependencies manifest (Web.deps.json) was not found:",
                ],
            ),
        ],
    ),
    (
        "erlang-release-incomplete",
        &[
            logged(
                1,
                &["{\"init terminating in do_boot\",{load_failed,[file_io_server,heart,lists]}}"],
            ),
            logged(
                1,
                &[
                    "init terminating in do_boot ({cannot get bootfile,/home/phoenix/myapp/releases/0.0.1/config.boot})",
                ],
            ),
        ],
    ),
    (
        "erlang-module-missing",
        &[
            logged(
                1,
                &[
                    "{\"init terminating in do_boot\",{undef,[{elixir,start_cli,[],[]},{init,start_em,1,[]},{init,do_boot,3,[]}]}}",
                ],
            ),
            logged(
                1,
                &["     Reason:     {'EXIT',{undef,[{gen_statem,start_link,[{local,netdata},netdata,[],[]]"],
            ),
        ],
    ),
    (
        "erlang-native-library",
        &[
            logged(1, &["{reason,{on_load_function_failed,exor_filter}}"]),
            logged(
                1,
                &[
                    "The on_load function for module argon2_nif returned: {error, {load_failed, \"/app/priv/argon2_nif.so\"}}",
                ],
            ),
        ],
    ),
    (
        "erlang-module-not-in-release",
        &[
            logged(
                1,
                &[
                    "** (UndefinedFunctionError) function :exec.start/1 is undefined (module :exec is not available)",
                ],
            ),
            logged(
                1,
                &[
                    "** (CompileError) config/config.exs:8: module Config is not loaded and could not be found.",
                ],
            ),
            logged(
                1,
                &["** (Mix) Could not start application ranch: could not find application file: ranch.app"],
            ),
        ],
    ),
    (
        "erlang-distribution-failed",
        &[
            logged(1, &["[error] <0.144.0>     reason: {'EXIT',nodistribution}"]),
            logged(1, &["Protocol 'inet_tcp': register/listen error: econnrefused"]),
            logged(1, &["Can't set long node name!"]),
            logged(1, &["Can't set short node name!"]),
        ],
    ),
    (
        "erlang-cookie-open",
        &[logged(
            1,
            &["Cookie file /root/.erlang.cookie must be accessible by owner only"],
        )],
    ),
    (
        "php-driver-missing",
        &[logged(
            1,
            &["PDOException in Connector.php line 55: could not find driver"],
        )],
    ),
    (
        "php-extension-missing",
        &[
            logged(
                1,
                &[
                    "PHP Fatal error:  Uncaught Error: Call to undefined function mysqli_connect() in /var/www/html/index.php:3",
                ],
            ),
            logged(
                1,
                &["The mbstring extension is missing. Please check your PHP configuration"],
            ),
            logged(1, &["Error: Class \"Redis\" not found"]),
        ],
    ),
    (
        "composer-packages-missing",
        &[logged(
            1,
            &[
                "PHP Fatal error:  Uncaught Error: Failed opening required '/var/www/html/vendor/autoload.php' (include_path='.:/usr/local/lib/php')",
            ],
        )],
    ),
    (
        "php-version-wrong",
        &[logged(
            1,
            &["Your Composer dependencies require a PHP version \">= 8.2.0\". You are running 8.1.2."],
        )],
    ),
    (
        "php-class-missing",
        &[
            logged(
                1,
                &[
                    "PHP Fatal error:  Uncaught Error: Class \"App\\Kernel\" not found in /app/public/index.php:9",
                ],
            ),
            logged(
                1,
                &["PHP Fatal error:  Uncaught Error: Class 'App\\Kernel' not found"],
            ),
        ],
    ),
    (
        "ruby-constant-missing",
        &[logged(1, &["NameError: uninitialized constant Sidekiq::Web"])],
    ),
    (
        "node-options-refused",
        &[logged(
            1,
            &["node: --openssl-legacy-provider is not allowed in NODE_OPTIONS"],
        )],
    ),
    (
        "deno-right-missing",
        &[
            logged(
                1,
                &[
                    "error: Uncaught (in promise) NotCapable: Requires net access to \"0.0.0.0:8000\", run again with the --allow-net flag",
                ],
            ),
            logged(
                1,
                &[
                    "error: Uncaught PermissionDenied: Requires read access to \"/app\", run again with the --allow-read flag",
                ],
            ),
        ],
    ),
    (
        "rack-file-missing",
        &[logged(
            1,
            &["2022-04-23 15:04:14 +0000 [11] ERROR: No application configured, nothing to run"],
        )],
    ),
    (
        "erlang-version-too-old",
        &[logged(
            1,
            &[
                "This BEAM file was compiled for a later version of the runtime system than the current (Erlang/OTP 25).",
            ],
        )],
    ),
    (
        "r-package-missing",
        &[logged(
            1,
            &["Error in loadNamespace(x) : there is no package called ‘shiny’"],
        )],
    ),
];
