//! What runtimes don't find in the image, or find in another version.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
    Cause {
        id: "node-file-missing",
        when: &[
            CauseSign::Logged("Error: Cannot find module '/"),
            CauseSign::Logged("Cannot find module '/*imported from"),
            CauseSign::Logged("Module not found \"file:///"),
        ],
        cause: "Node.js doesn't find the file to run: the image has it elsewhere, or a volume hides it",
        cure: &[
            SuggestionPart::text(
                "docker run --rm --entrypoint ls IMAGE -la /app; correct command or WORKDIR, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker/getting-started-app#39; ed-asriyan/lottie-converter#52; Deno \
                documentation",
    },
    Cause {
        id: "node-package-json-missing",
        when: &[CauseSign::Logged(
            "ENOENT: no such file or directory, open '*package.json'",
        )],
        cause: "npm is started in a directory without package.json: WORKDIR is missing, or a \
                volume hides it",
        cure: &[
            SuggestionPart::text(
                "set WORKDIR to the directory of package.json (or workingDirectory in the \
                container definition); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "npm documentation, npm run; Amazon ECS API Reference, ContainerDefinition \
                (workingDirectory)",
    },
    Cause {
        id: "node-package-missing",
        when: &[
            CauseSign::Logged("Cannot find module '"),
            CauseSign::Logged("Cannot find package '"),
            CauseSign::Logged("might not be installed in your \"node_modules\""),
            CauseSign::Logged("node_modules missing, did you mean to install"),
            CauseSign::Logged("Please install * package manually"),
            CauseSign::Logged("Module not found: "),
            CauseSign::Logged("Cannot find module @"),
        ],
        cause: "Node.js doesn't find a package: node_modules in the image lacks it",
        cure: &[
            SuggestionPart::text(
                "list it under dependencies (not devDependencies) and run npm ci in the \
                 Dockerfile's last stage, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "nschurmann/mongoapp-curso-docker#4; strapi/strapi-docker#277; \
                kconner/next-js-in-docker-example#2; sequelize/sequelize, \
                connection-manager.js; webpack; rollup/rollup, native.js",
    },
    Cause {
        id: "node-module-kind",
        when: &[
            CauseSign::Logged("ERR_REQUIRE_ESM"),
            CauseSign::Logged("Cannot use import statement outside a module"),
            CauseSign::Logged("To load an ES module, set \"type\": \"module\""),
            CauseSign::Logged("ERR_UNKNOWN_FILE_EXTENSION"),
            CauseSign::Logged("is not defined in ES module scope"),
        ],
        cause: "Node.js reads a file as the other kind of module (CommonJS or ES module), or \
                gets TypeScript that was not compiled",
        cure: &[
            SuggestionPart::text(
                "start the compiled file (node dist/…), and COPY package.json with its \
                \"type\" beside it; pin a package that became an ES module to its last \
                CommonJS version; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "BlueAndi/niu-cloud-cli#8; SimplyStaking/polkadot_api_server#30; \
                presenton/presenton#264; getmaxun/maxun#448; Node.js documentation, Modules: \
                packages",
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
        id: "node-version-too-old",
        when: &[
            CauseSign::Logged("ReferenceError: fetch is not defined"),
            CauseSign::Logged("ReferenceError: File is not defined"),
            CauseSign::Logged("Node.js version \"*\" is required"),
        ],
        cause: "the image's Node.js is older than a package needs",
        cure: &[
            SuggestionPart::text("use a current version in the Dockerfile (FROM node:22); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Node.js 18 and 20 release notes; vercel/next.js, bin/next.ts",
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
        id: "npm-script-missing",
        when: &[
            CauseSign::Logged("missing script: "),
            CauseSign::Logged("Script not found \""),
        ],
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
                antvis/GPT-Vis#230; Bun documentation, bun run",
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
        id: "asgi-attribute-missing",
        when: &[
            CauseSign::Logged("Error loading ASGI app. Attribute"),
            CauseSign::Logged("Failed to find attribute '"),
        ],
        cause: "the server (uvicorn, gunicorn) finds the module of its command, but nothing \
                by that name in it",
        cure: &[
            SuggestionPart::text("name the application as it is called there (MODULE:NAME); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Hybridhash/FastAPI-HTMX#1; lazarusking/gradio-ffmpeg#1; benoitc/gunicorn, \
                util.py",
    },
    Cause {
        id: "flask-application-missing",
        when: &[
            CauseSign::Logged("Could not locate a Flask application"),
            CauseSign::Logged("Error: Could not import '"),
            CauseSign::Logged("Error: Failed to find Flask application"),
        ],
        cause: "Flask does not find the application: the file is not in WORKDIR, or FLASK_APP \
                names another",
        cure: &[
            SuggestionPart::text(
                "set FLASK_APP (or `flask --app MODULE run`) and WORKDIR to where the file is in \
                the image; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "mrlt8/docker-wyze-bridge#562; mmumshad/simple-webapp-flask#12; Flask \
                documentation, Application Discovery",
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
        id: "python-home-wrong",
        when: &[
            CauseSign::Logged("No module named site"),
            CauseSign::Logged("No module named 'encodings'"),
        ],
        cause: "Python doesn't find its own library: PYTHONHOME, or a virtual environment \
                that was copied from another image, points elsewhere",
        cure: &[
            SuggestionPart::text(
                "unset PYTHONHOME, and create the virtual environment in the image that runs \
                it, at the same path; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "mking/flask-uwsgi#4; Python documentation, PYTHONHOME",
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
            CauseSign::Logged("in locally installed gems"),
            CauseSign::Logged("Gem::MissingSpecError"),
            CauseSign::Logged("Could not find gem '"),
        ],
        cause: "a gem of Gemfile.lock is not installed in the image, or its group is left out",
        cure: &[
            SuggestionPart::text(
                "run bundle install with this Gemfile.lock in the Dockerfile; check \
                 BUNDLE_WITHOUT, BUNDLE_PATH and RAILS_ENV; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "rubygems/bundler#6518; rubygems/rubygems, bundler; ComboStrikeHQ/docker-rails#13",
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
        id: "jdbc-driver-missing",
        when: &[
            CauseSign::Logged("Cannot load driver class: "),
            CauseSign::Logged("Failed to load driver class"),
            CauseSign::Logged("No suitable driver"),
        ],
        cause: "the jar has no JDBC driver for the database in its URL",
        cure: &[
            SuggestionPart::text(
                "add the driver to the build (org.postgresql:postgresql, \
                com.mysql:mysql-connector-j), or correct the URL (jdbc:postgresql://…); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "brettwooldridge/HikariCP, HikariConfig.java; Java documentation, \
                java.sql.DriverManager",
    },
    Cause {
        id: "jar-damaged",
        when: &[CauseSign::Logged("Invalid or corrupt jarfile")],
        cause: "the jar in the image is damaged or no jar at all (a Git LFS pointer, a half \
                download)",
        cure: &[
            SuggestionPart::text(
                "docker run --rm --entrypoint ls IMAGE -l /app.jar shows its size; build it in \
                the Dockerfile; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "JDK, java launcher (java.c)",
    },
    Cause {
        id: "java-modules-closed",
        when: &[CauseSign::Logged("does not \"opens")],
        cause: "a library reaches into Java's own classes, which newer Java versions forbid",
        cure: &[
            SuggestionPart::text(
                "update the library, or add --add-opens java.base/java.lang=ALL-UNNAMED to \
                JAVA_TOOL_OPTIONS; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "JEP 403: Strongly Encapsulate JDK Internals",
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
        id: "script-not-found-by-shell",
        when: &[
            CauseSign::Logged("/sh: *.sh: not found"),
            CauseSign::LoggedAs("/*.R: not found"),
            CauseSign::LoggedAs("/*.py: not found"),
            CauseSign::LoggedAs("/*.js: not found"),
        ],
        cause: "the shell does not find a start script: it is not in the image there, or its \
                interpreter is not (no bash on Alpine, Windows line endings)",
        cure: &[
            SuggestionPart::text(
                "docker run --rm --entrypoint sh IMAGE -c 'ls -l FILE; head -1 FILE | od -c'; \
                correct the path, the first line or its line ending; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "guyzyl/whatsapp-contact-sync#202; virtualstaticvoid/heroku-docker-r#9",
    },
    Cause {
        id: "package-manager-offline",
        when: &[CauseSign::Logged("github.com/nodejs/corepack#troubleshooting")],
        cause: "Corepack downloads the package manager when the container starts, and can't",
        cure: &[
            SuggestionPart::text(
                "run corepack prepare --activate in the Dockerfile, or start the program with \
                node instead; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "nodejs/corepack, README (Troubleshooting)",
    },
    Cause {
        id: "python-names-differ",
        when: &[
            CauseSign::Logged("cannot import name '"),
            CauseSign::Logged("AttributeError: module '*' has no attribute '"),
            CauseSign::Logged("AttributeError: partially initialized module"),
            CauseSign::Logged("ImportError: cannot import "),
        ],
        cause: "a Python module lacks a name that other code takes from it: another version \
                of a package (or of Python) than it was written for, or a circular import",
        cure: &[
            SuggestionPart::text(
                "pin the packages (pip freeze into requirements.txt) and Python's version \
                (FROM python:3.12); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "olimpo88/PyDDNS#12; Python documentation, The import system; miguelgrinberg/flasky#530",
    },
    Cause {
        id: "gunicorn-worker-class-missing",
        when: &[CauseSign::Logged("Error: class uri")],
        cause: "gunicorn does not find the worker class of its command: its package is not \
                installed",
        cure: &[
            SuggestionPart::text("add the package to requirements.txt (uvicorn, gevent, eventlet); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "benoitc/gunicorn, util.py (load_class)",
    },
    Cause {
        id: "ruby-file-missing",
        when: &[CauseSign::Logged("cannot load such file -- ")],
        cause: "Ruby does not find a file or gem: it is not in the image, or the gem is in a \
                group that bundle install leaves out",
        cure: &[
            SuggestionPart::text(
                "COPY the file, or move the gem out of development and test in the Gemfile; \
                then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "pantajoe/reveal.js-tracking#4; Bundler documentation, Groups",
    },
    Cause {
        id: "ruby-version-wrong",
        when: &[
            CauseSign::Logged("Your Ruby version is *, but your Gemfile specified"),
            CauseSign::Logged("Could not locate Gemfile"),
            CauseSign::Logged("You have already activated"),
        ],
        cause: "Ruby or its gems are other ones than the Gemfile says, or there is no Gemfile \
                where the program starts",
        cure: &[
            SuggestionPart::text(
                "use that version in the Dockerfile (FROM ruby:VERSION), set WORKDIR to the \
                Gemfile's directory, and start with bundle exec; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Bundler documentation, gemfile; rubygems/rubygems, bundler",
    },
    Cause {
        id: "dotnet-program-missing",
        when: &[
            CauseSign::Logged("The application to execute does not exist"),
            CauseSign::Logged("Could not execute because the *application was not found"),
            CauseSign::Logged("required to execute the application was not found"),
            CauseSign::Logged("Did you mean to run dotnet SDK commands"),
        ],
        cause: "the dll of the image's command is not where it looks, or only half of the \
                published files are there",
        cure: &[
            SuggestionPart::text(
                "name the project's dll in ENTRYPOINT (docker run --rm --entrypoint ls IMAGE \
                /app), and COPY the whole output of dotnet publish; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "dotnet/runtime, hostfxr and hostpolicy; dotnet/dotnet-docker#1505",
    },
    Cause {
        id: "dotnet-assembly-missing",
        when: &[
            CauseSign::Logged("Could not load file or assembly"),
            CauseSign::Logged("An assembly specified in the application dependencies manifest"),
        ],
        cause: ".NET does not find an assembly of the program, or finds another version of \
                it: the image lacks some of the published files",
        cure: &[
            SuggestionPart::text(
                "COPY the whole output of dotnet publish (not of build) from the build stage, \
                and align the package versions; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker/compose#10732; unosquare/passcore#607; \
                redhat-developer/s2i-dotnetcore#49",
    },
    Cause {
        id: "erlang-release-incomplete",
        when: &[
            CauseSign::Logged("cannot get bootfile"),
            CauseSign::Logged("init terminating in do_boot*load_failed"),
        ],
        cause: "the Erlang release in the image is incomplete: a boot file is missing",
        cure: &[
            SuggestionPart::text("COPY the whole directory _build/prod/rel/NAME from the build stage; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "bitwalker/distillery#491; santiment/sanbase2#530; Recruitee/mix_docker#25",
    },
    Cause {
        id: "erlang-module-missing",
        when: &[
            CauseSign::Logged("init terminating in do_boot*undef"),
            CauseSign::Logged("{undef,"),
        ],
        cause: "Erlang does not find a module at start: Elixir or the release is not \
                installed as a whole, or fits another OTP version",
        cure: &[
            SuggestionPart::text(
                "build the release and run it on the same OTP version, and COPY it as a whole; \
                then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "elixir-lang/elixir#6580; omgnetwork/elixir-omg#956; travelping/ergw#5",
    },
    Cause {
        id: "erlang-native-library",
        when: &[
            CauseSign::Logged("on_load_function_failed"),
            CauseSign::Logged("The on_load function for module"),
        ],
        cause: "a native library (NIF) of an Erlang module can't be loaded: it is built for \
                another C library, processor or OTP version, or a library that it needs is \
                missing",
        cure: &[
            SuggestionPart::text(
                "compile it in an image like the one that runs it, on the same platform, and \
                install its libraries there; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "helium/blockchain-etl#265; Erlang/OTP documentation, NIFs and code loading",
    },
    Cause {
        id: "erlang-module-not-in-release",
        when: &[
            CauseSign::Logged("is undefined (module * is not available)"),
            CauseSign::Logged("is not loaded and could not be found"),
            CauseSign::Logged("could not find application file: "),
        ],
        cause: "a module or an application that the program uses is not in the image: its \
                package is left out of the release (only: :dev, runtime: false), or Elixir is \
                older than the code",
        cure: &[
            SuggestionPart::text(
                "add it to the deps or extra_applications of mix.exs, build with the same Elixir \
                version, and COPY the release as a whole; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "saleyn/erlexec#156; ltfschoen/tendermint-elixir#2; ClaperCo/Claper#20",
    },
    Cause {
        id: "erlang-distribution-failed",
        when: &[
            CauseSign::Logged("nodistribution"),
            CauseSign::Logged("register/listen error"),
            CauseSign::Logged("Can't set long node name"),
            CauseSign::Logged("Can't set short node name"),
        ],
        cause: "the Erlang node can't start its distribution: its host name does not resolve, or \
                the name is taken",
        cure: &[
            SuggestionPart::text(
                "set the node's name to one that resolves (RABBITMQ_NODENAME=rabbit@localhost, \
                RELEASE_NODE=web@127.0.0.1), or RELEASE_DISTRIBUTION=none; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker-library/rabbitmq#628; Erlang/OTP documentation, Distributed Erlang",
    },
    Cause {
        id: "erlang-cookie-open",
        when: &[CauseSign::Logged("must be accessible by owner only")],
        cause: "Erlang's cookie file may be read by others, as on a volume",
        cure: &[
            SuggestionPart::text(
                "set the cookie by variable (RELEASE_COOKIE, RABBITMQ_ERLANG_COOKIE), or chmod \
                600 the file; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "erlang/otp, auth.erl",
    },
    Cause {
        id: "php-driver-missing",
        when: &[CauseSign::Logged("could not find driver")],
        cause: "PHP's PDO has no driver for the database",
        cure: &[
            SuggestionPart::text(
                "RUN docker-php-ext-install pdo_mysql (or pdo_pgsql, with libpq-dev) in the \
                Dockerfile; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "hitalos/laravel#5; nextcloud/server#18517; docker-library/docs, php",
    },
    Cause {
        id: "php-extension-missing",
        when: &[
            CauseSign::Logged("Call to undefined function"),
            CauseSign::Logged("extension is missing"),
            CauseSign::Logged("Class \"Redis\" not found"),
        ],
        cause: "PHP lacks the extension that has this function, or (for a function of the \
                program) the file was not loaded",
        cure: &[
            SuggestionPart::text(
                "RUN docker-php-ext-install NAME (pecl install NAME && docker-php-ext-enable \
                NAME) in the Dockerfile; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "codeadamca/php-docker#1; mammuth/TUM.sexy#127; kelseyhightower/nocode#1714; \
                docker-library/docs, php",
    },
    Cause {
        id: "composer-packages-missing",
        when: &[CauseSign::Logged("vendor/autoload.php")],
        cause: "Composer's packages are not in the image, or a volume hides them",
        cure: &[
            SuggestionPart::text(
                "RUN composer install --no-dev in the Dockerfile, and mount nothing over \
                vendor; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Composer documentation, Basic usage (Autoloading)",
    },
    Cause {
        id: "php-version-wrong",
        when: &[CauseSign::Logged("Your Composer dependencies require")],
        cause: "the image's PHP is older than the packages need, or lacks an extension",
        cure: &[
            SuggestionPart::text(
                "use that version in the Dockerfile (FROM php:8.3-fpm), or set \
                config.platform.php and update; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Composer documentation, Runtime utilities (platform check)",
    },
    Cause {
        id: "php-class-missing",
        when: &[
            CauseSign::Logged("Class \"*\" not found"),
            CauseSign::Logged("Class '*' not found"),
        ],
        cause: "PHP does not find a class: Composer's packages or its autoload map are not in \
                the image, or an extension is missing",
        cure: &[
            SuggestionPart::text(
                "RUN composer install --no-dev --optimize-autoloader in the Dockerfile after \
                COPY, or docker-php-ext-install the extension; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Composer documentation, Autoloader optimization",
    },
    Cause {
        id: "ruby-constant-missing",
        when: &[CauseSign::Logged("NameError: uninitialized constant")],
        cause: "Ruby code uses a class that was not loaded: a gem is missing from the bundle \
                or has another version, or a file breaks Rails' naming",
        cure: &[
            SuggestionPart::text(
                "add or pin the gem in the Gemfile, and check with bin/rails zeitwerk:check; \
                then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Rails guides, Autoloading and reloading constants",
    },
    Cause {
        id: "node-options-refused",
        when: &[CauseSign::Logged("is not allowed in NODE_OPTIONS")],
        cause: "NODE_OPTIONS has an option that this version of Node.js does not take",
        cure: &[
            SuggestionPart::text("take it out of NODE_OPTIONS, or use a newer version (FROM node:22); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Node.js documentation, NODE_OPTIONS",
    },
    Cause {
        id: "deno-right-missing",
        when: &[
            CauseSign::Logged("NotCapable: Requires"),
            CauseSign::Logged("PermissionDenied: Requires"),
        ],
        cause: "Deno does not let the program do that without a flag",
        cure: &[
            SuggestionPart::text("add the flag that the line names to command, before the script; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Deno documentation, Permissions",
    },
    Cause {
        id: "rack-file-missing",
        when: &[CauseSign::Logged("No application configured, nothing to run")],
        cause: "Puma finds no config.ru in its working directory",
        cure: &[
            SuggestionPart::text("COPY it into WORKDIR, or correct workingDirectory; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "fnf-org/TicketBooth#6",
    },
    Cause {
        id: "erlang-version-too-old",
        when: &[CauseSign::Logged(
            "compiled for a later version of the runtime system",
        )],
        cause: "the program was compiled with a newer Erlang than the image has",
        cure: &[
            SuggestionPart::text(
                "use one Erlang version to build and to run (the same base image in both \
                stages), or put ERTS into the release (include_erts); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "sqlitebrowser/dbhub.io#129; erlang/otp, beam_load.c",
    },
    Cause {
        id: "r-package-missing",
        when: &[CauseSign::Logged("there is no package called")],
        cause: "R does not find a package: the image lacks it, or has it for another version of \
                R or in another library path",
        cure: &[
            SuggestionPart::text(
                "install it in the Dockerfile (RUN R -e 'install.packages(…)'), and let the build \
                fail if that fails; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "PavlopoulosLab/Flame#4; R documentation, library",
    },
];
