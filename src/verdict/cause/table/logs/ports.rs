//! Addresses and ports that the program may not open or that are taken.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
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
            CauseSign::Logged("cannot bind socket (Permission denied) "),
            CauseSign::Logged("cannot bind '*Permission denied"),
            CauseSign::Logged("BindException: Permission denied"),
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
                (create_server); Ruby, Errno::EACCES; WhatsApp/proxy#99 and \
                docker-library/haproxy#162; envoyproxy/envoy, \
                source/common/network/listen_socket_impl.cc; java.net.BindException",
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
            CauseSign::Logged("Only one usage of each socket address"),
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
                apache/skywalking#3696; kubernetes/ingress-nginx#7913; Windows Sockets error \
                codes (WSAEADDRINUSE)",
    },
    Cause {
        id: "address-not-available",
        when: &[
            CauseSign::Logged("cannot assign requested address"),
            CauseSign::LoggedWord("EADDRNOTAVAIL", &[]),
            CauseSign::Logged("Error: Address not available"),
        ],
        cause: "the program wants to listen at an address that the container doesn't have, such as \
                localhost as IPv6",
        cure: &[
            SuggestionPart::text("let it listen at 0.0.0.0 (--host 0.0.0.0), then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "abetlen/llama-cpp-python#77; bind(2), EADDRNOTAVAIL; eclipse-mosquitto/mosquitto#2040",
    },
    Cause {
        id: "server-pid-left",
        when: &[
            CauseSign::Logged("A server is already running"),
            CauseSign::Logged("Pidfile (*) already exists"),
            CauseSign::Logged("Seems we're already running"),
            CauseSign::Logged("httpd (pid *) already running"),
            CauseSign::Logged("Already running on PID"),
        ],
        cause: "the server finds the PID file of an earlier start, left in the image or on a \
                volume",
        cure: &[
            SuggestionPart::text(
                "rm -f the file (Rails: tmp/pids/server.pid) in the entrypoint, and keep it \
                out of the image with .dockerignore; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Freika/dawarich#689; apache/airflow#24731; Apache HTTP Server documentation; \
                benoitc/gunicorn, pidfile.py",
    },
    Cause {
        id: "haproxy-not-bound",
        when: &[CauseSign::Logged("cannot bind socket [")],
        cause: "haproxy can't open that port: another container of the task has it, or it is \
                below 1024 and haproxy does not run as root",
        cure: &[
            SuggestionPart::text("give it a port of its own above 1023 (portMappings, loadBalancers); then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "haproxy/haproxy#206; ddometita/mmumshad-kubernetes-the-hard-way#7",
    },
    Cause {
        id: "socket-not-created",
        when: &[
            CauseSign::Logged("cannot bind UNIX socket"),
            CauseSign::Logged("bind(): Permission denied"),
        ],
        cause: "the program can't create its socket: the directory is missing or belongs to \
                another user, or the port is below 1024",
        cure: &[
            SuggestionPart::text(
                "make the directory in the Dockerfile and give it to the container's user (RUN \
                mkdir -p DIR && chown USER DIR), or listen on a port above 1023; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker-library/haproxy#56 and #241; \
                twtrubiks/docker-django-nginx-uwsgi-postgres-tutorial#7",
    },
    Cause {
        id: "address-family-not-supported",
        when: &[
            CauseSign::Logged("Address family not supported by protocol"),
            CauseSign::Logged("cannot create listening socket [::"),
            CauseSign::Logged("EAFNOSUPPORT"),
        ],
        cause: "the program listens on IPv6, which the host has switched off",
        cure: &[
            SuggestionPart::text("listen on 0.0.0.0 instead of [::]; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Tecnativa/docker-socket-proxy#127; socket(2), EAFNOSUPPORT",
    },
    Cause {
        id: "pid-directory-missing",
        when: &[CauseSign::Logged("rb_sysopen - tmp/pids/")],
        cause: "the directory for the server's pid file is not in the image: .dockerignore or \
                Git leaves it out",
        cure: &[
            SuggestionPart::text("add RUN mkdir -p tmp/pids to the Dockerfile; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "codebar/planner#1891; thoughtbot/administrate#1695",
    },
];
