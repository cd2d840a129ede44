//! Certificates that a TLS client does not accept.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub const ROWS: &[Cause] = &[
    Cause {
        id: "certificate-expired",
        when: &[
            CauseSign::Logged("certificate has expired"),
            CauseSign::Logged("CertificateExpiredException"),
            CauseSign::Logged("CERT_HAS_EXPIRED"),
            CauseSign::Logged("certificate expired"),
        ],
        cause: "a server's certificate has expired, or the image's CA certificates are too \
                old to know its new root",
        cure: &[
            SuggestionPart::text(
                "renew the certificate of the server that the program calls; build on a \
                current base image (apt-get install ca-certificates); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "france-connect/sources#6; Dynatrace/Dynatrace-AppMon-Docker#31; \
                moby/moby#11534; Node.js documentation, X509 certificate error codes",
    },
    Cause {
        id: "certificate-name-differs",
        when: &[
            CauseSign::Logged("x509: certificate is valid for"),
            CauseSign::Logged("x509: cannot validate certificate for"),
            CauseSign::Logged("does not match certificate's altnames"),
            CauseSign::Logged("No subject alternative"),
            CauseSign::Logged("No name matching"),
            CauseSign::Logged("Hostname mismatch"),
            CauseSign::Logged("RemoteCertificateNameMismatch"),
        ],
        cause: "the server's certificate is made for another name than the program calls it by",
        cure: &[
            SuggestionPart::text(
                "use the name of the certificate (RDS and ElastiCache: their own endpoint, no \
                alias or address); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Go, crypto/x509; Node.js documentation, Errors; JDK, HostnameChecker; Python, \
                ssl; .NET, SslPolicyErrors",
    },
    Cause {
        id: "ca-bundle-missing",
        when: &[
            CauseSign::Logged("Could not find a suitable TLS CA certificate bundle"),
            CauseSign::Logged("error setting certificate"),
            CauseSign::Logged("trustAnchors parameter must be non-empty"),
        ],
        cause: "the file of CA certificates that the TLS client is told to use is not in the \
                image",
        cure: &[
            SuggestionPart::text(
                "install ca-certificates in the Dockerfile's last stage, or COPY the bundle to \
                that path (RDS: global-bundle.pem); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "psf/requests, adapters.py; curl, error 77; JDK, PKIXParameters; Amazon RDS \
                User Guide, Using SSL/TLS",
    },
    Cause {
        id: "certificate-authority-unknown",
        when: &[
            CauseSign::Logged("certificate signed by unknown authority"),
            CauseSign::Logged("self signed certificate in certificate chain"),
            CauseSign::Logged("self-signed certificate in certificate chain"),
            CauseSign::Logged("unable to get local issuer certificate"),
            CauseSign::Logged("PKIX path building failed"),
            CauseSign::Logged("SSL certificate problem: "),
            CauseSign::Logged("unable to verify the first certificate"),
            CauseSign::Logged("UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
            CauseSign::Logged("DEPTH_ZERO_SELF_SIGNED_CERT"),
            CauseSign::Logged("CERTIFICATE_VERIFY_FAILED"),
            CauseSign::Logged("certificate verify failed"),
            CauseSign::Logged("The remote certificate is invalid"),
            CauseSign::Logged("invalid peer certificate: UnknownIssuer"),
            CauseSign::Logged("was issued by an authority that is not trusted"),
        ],
        cause: "the program doesn't trust the authority of a server's certificate: the image has \
                no CA certificates, or not those of Amazon RDS",
        cure: &[
            SuggestionPart::text(
                "install ca-certificates in the Dockerfile's last stage; for RDS add \
                 global-bundle.pem and name it in the connection; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Go standard library, crypto/x509 (UnknownAuthorityError); OpenSSL, verify \
                errors 19 and 20; Amazon RDS user guide, Using SSL/TLS to encrypt a \
                connection; tarampampam/indocker-app#79; moby/moby#11537; Node.js \
                documentation, X509 certificate error codes; Python, ssl; Ruby, openssl; \
                .NET, SslStream; rustls/webpki; nopSolutions/nopCommerce#6109",
    },
    Cause {
        id: "erlang-without-ca",
        when: &[CauseSign::Logged(
            "Options (or their values) can not be combined: [{verify,verify_peer}",
        )],
        cause: "the Erlang TLS client shall check the server and has no CA certificates",
        cure: &[
            SuggestionPart::text(
                "set cacerts: :public_key.cacerts_get() in ssl options, or the RDS bundle as \
                cacertfile; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "danschultzer/elixir-terraform-aws-ecs-example#3",
    },
    Cause {
        id: "tls-to-plain-port",
        when: &[
            CauseSign::Logged("first record does not look like a TLS handshake"),
            CauseSign::Logged("wrong version number"),
            CauseSign::Logged("NotSslRecordException"),
            CauseSign::Logged("Unsupported or unrecognized SSL message"),
            CauseSign::Logged("server gave HTTP response to HTTPS client"),
        ],
        cause: "one side speaks TLS and the other does not: https:// (rediss://, sslmode) for \
                a port without TLS, or plain for one with",
        cure: &[
            SuggestionPart::text("use the scheme that the port speaks; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "markshust/docker-magento#1368; Go, crypto/tls; OpenSSL; JDK, \
                SSLSocketInputRecord",
    },
    Cause {
        id: "tls-versions-differ",
        when: &[
            CauseSign::Logged("tlsv1 alert protocol version"),
            CauseSign::Logged("unsupported protocol"),
            CauseSign::Logged("No appropriate protocol"),
            CauseSign::Logged("dh key too small"),
            CauseSign::Logged("alert handshake failure"),
        ],
        cause: "the program and the server have no TLS version or cipher in common: one of \
                them is old",
        cure: &[
            SuggestionPart::text(
                "update the older one (RDS: the engine's or the parameter group's TLS \
                versions; the image's OpenSSL or Java); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "OpenSSL; JDK, jdk.tls.disabledAlgorithms; Amazon RDS User Guide, Using SSL/TLS",
    },
    Cause {
        id: "certificate-not-read",
        when: &[
            CauseSign::Logged("certificate data cannot be read with the provided password"),
            CauseSign::Logged("keystore password was incorrect"),
            CauseSign::Logged("Keystore was tampered with"),
            CauseSign::Logged("private key does not match"),
            CauseSign::Logged("key values mismatch"),
            CauseSign::Logged("mac verify failure"),
            CauseSign::Logged("PEM routines*no start line"),
            CauseSign::Logged("failed to find any PEM data"),
        ],
        cause: "the program can't use its own certificate or key: another password, a key \
                that belongs to another certificate, or not the PEM form",
        cure: &[
            SuggestionPart::text(
                "compare file, password and form (a secret may have lost its line breaks: \
                store it in base64); behind a load balancer the task needs none; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "dotnet/aspnetcore#46016; Go, crypto/tls; OpenSSL, PEM_read_bio",
    },
];
