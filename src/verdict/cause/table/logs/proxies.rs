//! Proxies and web servers that refuse their configuration.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
    Cause {
        id: "server-user-missing",
        when: &[
            CauseSign::Logged("cannot get uid for user"),
            CauseSign::Logged("cannot get gid for group"),
            CauseSign::Logged("getpwnam(\"*\") failed"),
            CauseSign::Logged("AH00543"),
            CauseSign::Logged("find: unknown user "),
        ],
        cause: "the server is to run as a user that the image's /etc/passwd does not have",
        cure: &[
            SuggestionPart::text(
                "correct user and group in its configuration, or create them in the \
                Dockerfile; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "symfony/cli#183; php-src, fpm_unix.c; nginx documentation, user; Apache HTTP \
                Server documentation, User; solectrus/solectrus#2280",
    },
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
        id: "nginx-certificate-not-loaded",
        when: &[
            CauseSign::Logged("cannot load certificate"),
            CauseSign::Logged("[emerg] BIO_new_file(\""),
            CauseSign::Logged("[emerg] PEM_read_bio"),
            CauseSign::Logged("[emerg] SSL_CTX_use_"),
        ],
        cause: "a certificate or key that nginx's configuration names is missing, is no PEM \
                file, or does not fit the other",
        cure: &[
            SuggestionPart::text(
                "put both into the image or onto a volume, or drop the TLS server and leave \
                TLS to the load balancer; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "olimpo88/PyDDNS#19; openbridge/nginx#25; micooz/docker-lnmp#14; nginx, \
                src/event/ngx_event_openssl.c",
    },
    Cause {
        id: "nginx-file-not-permitted",
        when: &[CauseSign::Logged(
            "[emerg]*open() \"*\" failed (13: Permission denied)",
        )],
        cause: "nginx runs as another user than root and may not write its pid, log or cache \
                files",
        cure: &[
            SuggestionPart::text(
                "use nginxinc/nginx-unprivileged, or set pid /tmp/nginx.pid and the \
                …_temp_path directives to /tmp; or chown the directories in the Dockerfile; \
                then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "pipech/erpnext-docker-debian#67; nginxinc/docker-nginx-unprivileged, README",
    },
    Cause {
        id: "nginx-file-missing",
        when: &[CauseSign::Logged("[emerg]*open() \"*\" failed (2: No such file")],
        cause: "nginx opens a file that is not in the container: its configuration, or one \
                that it includes",
        cure: &[
            SuggestionPart::text(
                "docker run --rm --entrypoint ls IMAGE -l /etc/nginx; COPY the file in the \
                Dockerfile, or correct the mount that hides it; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "jitsi/docker-jitsi-meet#315; BradJonesLLC/docker-nginx-letsencrypt#1",
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
            CauseSign::LoggedBut("[emerg]", &["(30: Read-only file system)"]),
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
            CauseSign::Logged("config : parsing ["),
            CauseSign::Logged("Missing LF on last line"),
        ],
        cause: "haproxy refuses its configuration; the [ALERT] line names the line",
        cure: &[SuggestionPart::text(
            "correct that line; docker run --rm IMAGE haproxy -c -f \
                 /usr/local/etc/haproxy/haproxy.cfg tests it",
        )],
        source: "docker-library/haproxy#124; haproxy documentation, Management guide (-c); \
                eu-digital-identity-wallet/eudi-srv-verifier-endpoint#459",
    },
    Cause {
        id: "envoy-configuration-missing",
        when: &[CauseSign::Logged(
            "error initializing configuration '*': Invalid path",
        )],
        cause: "Envoy's configuration is not in the container, or its user may not read it",
        cure: &[
            SuggestionPart::text("COPY it to that path in the Dockerfile (chmod go+r); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "dotnet-architecture/eShopOnContainers#2097",
    },
    Cause {
        id: "proxy-configuration-refused",
        when: &[
            CauseSign::Logged("command traefik error: "),
            CauseSign::Logged("error initializing configuration '"),
        ],
        cause: "the proxy refuses its configuration: it has a field or value that this \
                version doesn't take",
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
        id: "caddy-configuration-refused",
        when: &[
            CauseSign::Logged("Error: adapting config using"),
            CauseSign::Logged("Error: loading initial config:"),
        ],
        cause: "Caddy refuses its configuration; the line says where",
        cure: &[
            SuggestionPart::text(
                "docker run --rm IMAGE caddy validate --config /etc/caddy/Caddyfile shows the \
                same; correct it; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "eduardogsilva/wireguard_webadmin#159; searxng/searxng-docker#135; \
                caddyserver/caddy, cmd/commandfuncs.go",
    },
    Cause {
        id: "apache-processing-module",
        when: &[
            CauseSign::Logged("More than one MPM loaded"),
            CauseSign::Logged("No MPM loaded"),
        ],
        cause: "Apache needs exactly one multi-processing module, and its configuration loads \
                none or two",
        cure: &[
            SuggestionPart::text(
                "load one in the Dockerfile (Debian: a2dismod mpm_event && a2enmod \
                mpm_prefork; httpd: one LoadModule mpm_… line); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "nextcloud/docker#1557; docker-library/httpd#277; LibreBooking/docker#203",
    },
    Cause {
        id: "apache-module-missing",
        when: &[CauseSign::Logged("Cannot load * into server:")],
        cause: "Apache's configuration loads a module that the image does not have",
        cure: &[
            SuggestionPart::text(
                "install the module in the Dockerfile, or take its LoadModule line out; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "decred/dcrweb#258",
    },
    Cause {
        id: "apache-configuration-refused",
        when: &[
            CauseSign::Logged("AH00526: Syntax error"),
            CauseSign::Logged("apache2: Syntax error on line"),
            CauseSign::Logged("httpd: Syntax error on line"),
            CauseSign::Logged("Invalid command '*perhaps misspelled"),
            CauseSign::Logged("Configuration Failed, exiting"),
        ],
        cause: "Apache refuses its configuration: a directive is misspelled, or its module is \
                not loaded; the line names file and place",
        cure: &[
            SuggestionPart::text(
                "docker run --rm IMAGE httpd -t (Debian: apache2ctl -t) shows the same; \
                correct it, or load the module (a2enmod); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "voidlinux/void-packages#821; virtualmin/virtualmin-gpl#813; Apache HTTP \
                Server documentation, core",
    },
    Cause {
        id: "apache-log-not-opened",
        when: &[
            CauseSign::Logged("AH00015: Unable to open logs"),
            CauseSign::Logged("AH00091: "),
        ],
        cause: "Apache can't write its log files",
        cure: &[
            SuggestionPart::text(
                "send them to the container's log (ErrorLog /proc/self/fd/2, CustomLog \
                /proc/self/fd/1 common); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker-library/httpd, Dockerfile; Apache HTTP Server documentation, ErrorLog",
    },
];
