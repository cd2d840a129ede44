//! Examples of the causes in `table/logs/proxies.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "nginx-upstream-unresolved",
        &[logged(
            1,
            &["nginx: [emerg] host not found in upstream \"app\" in /etc/nginx/nginx.conf:24"],
        )],
    ),
    (
        "haproxy-server-unresolved",
        &[
            logged(
                1,
                &[
                    "[ALERT] 195/185652 (1) : parsing [/usr/local/etc/haproxy/haproxy.cfg:12] : 'server \
             mqtt_app_1' : could not resolve address 'mqtt_1'.",
                ],
            ),
            logged(
                1,
                &[
                    "[ALERT] 065/030135 (25328) : parsing [/etc/haproxy/haproxy.cfg:329] : 'server \
             atv.amazon.com' : invalid address: 'atv.amazon.com' in 'atv.amazon.com:80'",
                ],
            ),
            logged(
                1,
                &["[ALERT] (1) : config : Failed to initialize server(s) addr."],
            ),
        ],
    ),
    (
        "nginx-directory-not-permitted",
        &[logged(
            1,
            &["nginx: [emerg] mkdir() \"/var/tmp/nginx/client_body\" failed (13: Permission denied)"],
        )],
    ),
    (
        "nginx-directive-misplaced",
        &[logged(
            1,
            &["nginx: [emerg] \"user\" directive is not allowed here in /etc/nginx/conf.d/default.conf:1"],
        )],
    ),
    (
        "nginx-configuration-refused",
        &[
            logged(
                1,
                &["nginx: [emerg] unknown directive \"$forward_scheme\" in /data/nginx/proxy_host/4.conf:29"],
            ),
            logged(
                1,
                &["nginx: configuration file /etc/nginx/nginx.conf test failed"],
            ),
        ],
    ),
    (
        "haproxy-configuration-refused",
        &[
            logged(
                1,
                &["config : parsing [/usr/local/etc/haproxy/haproxy.cfg:37]: Missing LF on last line"],
            ),
            logged(
                1,
                &["[NOTICE] Missing LF on last line, file might have been truncated at position 51."],
            ),
            logged(
                1,
                &[
                    "[ALERT] 195/185652 (1) : parsing [/usr/local/etc/haproxy/haproxy.cfg:14] : unknown \
             keyword 'servr' in 'backend' section",
                ],
            ),
            logged(
                1,
                &["[ALERT]    (1) : config : Fatal errors found in configuration."],
            ),
        ],
    ),
    (
        "proxy-configuration-refused",
        &[
            logged(1, &["command traefik error: field not found, node: etcd"]),
            logged(
                1,
                &[
                    "[2022-02-17 17:04:23.369][11][critical][main] [source/server/server.cc:117] error \
             initializing configuration '/etc/envoy/envoy.yaml': Protobuf message (type \
             envoy.config.bootstrap.v3.Bootstrap reason \
             INVALID_ARGUMENT:(static_resources.clusters[0]) hosts: Cannot find field.) has \
             unknown fields",
                ],
            ),
        ],
    ),
    (
        "apache-without-port",
        &[logged(1, &["no listening sockets available, shutting down"])],
    ),
    (
        "php-fpm-socket-directory-missing",
        &[logged(
            1,
            &["[ERROR] unable to bind listening socket for address \
             '/run/php/php7.0-fpm.sock': No such file or directory (2)"],
        )],
    ),
    (
        "php-fpm-not-started",
        &[logged(
            1,
            &["[15-Nov-2016 09:24:24] ERROR: FPM initialization failed"],
        )],
    ),
    (
        "nginx-certificate-not-loaded",
        &[
            logged(
                1,
                &[
                    "2020/12/03 04:50:50 [emerg] 1#1: cannot load certificate \"/etc/nginx/certs/https.crt\": BIO_new_file() failed (SSL: error:02001002:system library:fopen:No such file or directory)",
                ],
            ),
            logged(
                1,
                &[
                    "nginx: [emerg] BIO_new_file(\"/etc/letsencrypt/live/mapsgrabber.com/fullchain.pem\") failed (SSL: error:02FFF002:system library:func(4095):No such file or directory)",
                ],
            ),
            logged(
                1,
                &[
                    "nginx: [emerg] PEM_read_bio_X509_AUX(\"/etc/nginx/server.crt\") failed (SSL: error:0906D06C:PEM routines:PEM_read_bio:no start line:Expecting: TRUSTED CERTIFICATE)",
                ],
            ),
            logged(
                1,
                &[
                    "nginx: [emerg] SSL_CTX_use_PrivateKey(\"/etc/nginx/server.key\") failed (SSL: error:0B080074:x509 certificate routines:X509_check_private_key:key values mismatch)",
                ],
            ),
        ],
    ),
    (
        "nginx-file-missing",
        &[logged(
            1,
            &["nginx: [emerg] open() \"/config/nginx/nginx.conf\" failed (2: No such file or directory)"],
        )],
    ),
    (
        "envoy-configuration-missing",
        &[logged(
            1,
            &[
                "[critical][main] [source/server/server.cc:93] error initializing configuration '/etc/envoy/envoy.yaml': Invalid path: /etc/envoy/envoy.yaml",
            ],
        )],
    ),
    (
        "caddy-configuration-refused",
        &[
            logged(
                1,
                &["Error: adapting config using caddyfile: ambiguous site definition: my.fqdn.com"],
            ),
            logged(
                1,
                &[
                    "Error: loading initial config: loading new config: loading http app module: provision http: server srv0: setting up route handlers",
                ],
            ),
        ],
    ),
    (
        "apache-processing-module",
        &[
            logged(
                1,
                &["AH00534: apache2: Configuration error: More than one MPM loaded."],
            ),
            logged(1, &["AH00534: httpd: Configuration error: No MPM loaded."]),
        ],
    ),
    (
        "apache-module-missing",
        &[logged(
            1,
            &[
                "httpd: Syntax error on line 176 of /tmp/httpd.conf: Cannot load modules/mod_mpm_worker.so into server: Error loading shared library /usr/local/apache2/modules/mod_mpm_worker.so: No such file or directory",
            ],
        )],
    ),
    (
        "apache-configuration-refused",
        &[
            logged(
                1,
                &["AH00526: Syntax error on line 31 of /etc/httpd/extra/httpd-multilang-errordoc.conf:"],
            ),
            logged(
                1,
                &[
                    "apache2: Syntax error on line 140 of /etc/apache2/apache2.conf: Syntax error on line 1 of /etc/apache2/mods-enabled/env.load: <IfModule> dir>",
                ],
            ),
            logged(
                1,
                &[
                    "httpd: Syntax error on line 66 of /usr/local/apache2/conf/httpd.conf: </IfModule> without matching <IfModule> section",
                ],
            ),
            logged(
                1,
                &[
                    "Invalid command 'RewriteEngine', perhaps misspelled or defined by a module not included in the server configuration",
                ],
            ),
            logged(
                1,
                &["[:emerg] [pid 24013:tid 140060053915520] AH00020: Configuration Failed, exiting"],
            ),
        ],
    ),
    (
        "apache-log-not-opened",
        &[
            logged(1, &["AH00015: Unable to open logs"]),
            logged(
                1,
                &[
                    "(13)Permission denied: AH00091: httpd: could not open error log file /var/log/httpd/error_log.",
                ],
            ),
        ],
    ),
    (
        "nginx-file-not-permitted",
        &[logged(
            1,
            &[
                "2019/10/16 14:59:59 [emerg] 132#132: open() \"/run/nginx.pid\" failed (13: Permission denied)",
            ],
        )],
    ),
    (
        "server-user-missing",
        &[
            logged(1, &["find: unknown user redis"]),
            logged(1, &["PHP    cannot get uid for user '_www'"]),
            logged(1, &["ERROR: [pool www] cannot get gid for group 'apache'"]),
            logged(
                1,
                &["nginx: [emerg] getpwnam(\"nginx\") failed in /etc/nginx/nginx.conf:2"],
            ),
            logged(1, &["AH00543: httpd: bad user name www"]),
        ],
    ),
];
