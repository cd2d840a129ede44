//! Examples of the causes in `table/logs/ports.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "port-not-permitted",
        &[
            logged(
                1,
                &[
                    "[ALERT]    (1) : Starting frontend fe_web: cannot bind socket (Permission denied) [0.0.0.0:80]",
                ],
            ),
            logged(
                1,
                &[
                    "[critical][main] error initializing configuration '/etc/envoy/envoy.yaml': cannot bind '0.0.0.0:80': Permission denied",
                ],
            ),
            logged(1, &["java.net.BindException: Permission denied"]),
            logged(
                1,
                &["nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)"],
            ),
            logged(
                1,
                &[
                    "run: loading initial config: loading new config: http app module: start: tcp: \
             listening on :80: listen tcp :80: bind: permission denied",
                ],
            ),
            logged(1, &["Error: listen EACCES 0.0.0.0:80"]),
            logged(
                1,
                &["(13)Permission denied: AH00072: make_sock: could not bind to address [::]:80"],
            ),
            logged(
                1,
                &["Unhandled exception. System.Net.Sockets.SocketException (13): Permission denied"],
            ),
            logged(
                1,
                &[
                    "ERROR:    [Errno 13] error while attempting to bind on address ('0.0.0.0', 80): \
             permission denied",
                ],
            ),
            logged(
                1,
                &["Permission denied - bind(2) for \"0.0.0.0\" port 80 (Errno::EACCES)"],
            ),
        ],
    ),
    (
        "port-taken",
        &[
            logged(
                1,
                &[
                    "System.Net.Sockets.SocketException (10048): Only one usage of each socket address (protocol/network address/port) is normally permitted.",
                ],
            ),
            logged(1, &["bind() to 0.0.0.0:8443 failed (98: Address in use)"]),
            logged(1, &["Error: listen EADDRINUSE: address already in use :::3001"]),
            logged(1, &["OSError: [Errno 98] Address already in use"]),
            logged(
                1,
                &[
                    "[12-Jun-2020 07:54:41] ERROR: unable to bind listening socket for address \
             '0.0.0.0:9000': Address in use (98)",
                ],
            ),
            logged(1, &["[ERROR] Connection in use: ('127.0.0.1', 8000)"]),
            logged(1, &["Web server failed to start. Port 8080 was already in use."]),
            logged(
                1,
                &[
                    "org.springframework.boot.web.server.PortInUseException: Port 8080 is \
             already in use",
                ],
            ),
            logged(
                1,
                &[
                    "The Tomcat connector configured to listen on port 8080 failed to start. \
             The port may already be in use or the connector may be misconfigured.",
                ],
            ),
        ],
    ),
    (
        "address-not-available",
        &[
            logged(
                1,
                &[
                    "ERROR:    [Errno 99] error while attempting to bind on address ('::1', 8000, 0, 0): \
             cannot assign requested address",
                ],
            ),
            logged(1, &["listen EADDRNOTAVAIL 10.0.0.9:80"]),
            logged(1, &["1647606589: Error: Address not available"]),
        ],
    ),
    (
        "server-pid-left",
        &[
            logged(
                1,
                &["ERROR: Pidfile (/opt/airflow/airflow-worker.pid) already exists."],
            ),
            logged(1, &["Seems we're already running? (pid: 1)"]),
            logged(1, &["httpd (pid 7) already running"]),
            logged(
                1,
                &["Error: Already running on PID 1 (or pid file '/run/g.pid' is stale)"],
            ),
            logged(
                1,
                &["A server is already running (pid: 10, file: /var/app/tmp/pids/server.pid)."],
            ),
        ],
    ),
    (
        "haproxy-not-bound",
        &[logged(
            1,
            &[
                "[ALERT] 213/135403 (26245) : Starting proxy socks5_speed_check: cannot bind socket [0.0.0.0:8889]",
            ],
        )],
    ),
    (
        "socket-not-created",
        &[
            logged(
                1,
                &[
                    "[ALERT] 362/193044 (1) : Starting frontend GLOBAL: cannot bind UNIX socket [/var/run/haproxy/haproxy.sock]",
                ],
            ),
            logged(1, &["bind(): Permission denied [core/socket.c line 230]"]),
        ],
    ),
    (
        "address-family-not-supported",
        &[
            logged(
                1,
                &["nginx: [emerg] socket() [::]:80 failed (97: Address family not supported by protocol)"],
            ),
            logged(
                1,
                &[
                    "[ALERT] 119/204037 (1) : Starting frontend dockerfrontend: cannot create listening socket [:::2375]",
                ],
            ),
            logged(
                1,
                &["Error: listen EAFNOSUPPORT: address family not supported :::3000"],
            ),
        ],
    ),
    (
        "pid-directory-missing",
        &[logged(
            1,
            &[
                "6.3.0/lib/puma/launcher.rb:312:in `write': No such file or directory @ rb_sysopen - tmp/pids/server.pid (Errno::ENOENT)",
            ],
        )],
    ),
];
