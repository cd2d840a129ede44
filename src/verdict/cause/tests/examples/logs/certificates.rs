//! Examples of the causes in `table/logs/certificates.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::logged;

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "certificate-authority-unknown",
        &[
            logged(
                1,
                &["Win32Exception: The certificate chain was issued by an authority that is not trusted."],
            ),
            logged(
                1,
                &["curl: (60) SSL certificate problem: self-signed certificate"],
            ),
            logged(1, &["Error: unable to verify the first certificate"]),
            logged(1, &["code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'"]),
            logged(1, &["code: 'DEPTH_ZERO_SELF_SIGNED_CERT'"]),
            logged(
                1,
                &["ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"],
            ),
            logged(
                1,
                &[
                    "OpenSSL::SSL::SSLError: SSL_connect returned=1 errno=0 state=error: certificate verify failed",
                ],
            ),
            logged(
                1,
                &[
                    "System.Security.Authentication.AuthenticationException: The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot",
                ],
            ),
            logged(
                1,
                &["error sending request: invalid peer certificate: UnknownIssuer"],
            ),
            logged(1, &["x509: certificate signed by unknown authority"]),
            logged(1, &["Error: self signed certificate in certificate chain"]),
            logged(1, &["Error: self-signed certificate in certificate chain"]),
            logged(
                1,
                &[
                    "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify \
             failed: unable to get local issuer certificate (_ssl.c:1000)",
                ],
            ),
            logged(
                1,
                &["sun.security.validator.ValidatorException: PKIX path building failed"],
            ),
        ],
    ),
    (
        "erlang-without-ca",
        &[logged(
            1,
            &["ssl connect: Options (or their values) can not be combined: [{verify,verify_peer}"],
        )],
    ),
    (
        "certificate-expired",
        &[
            logged(1, &["\"Error: certificate has expired\","]),
            logged(
                1,
                &[
                    "javax.net.ssl.SSLHandshakeException: java.security.cert.CertificateExpiredException: NotAfter: Thu Mar 07 10:37:35 GMT 2019",
                ],
            ),
            logged(1, &["code: 'CERT_HAS_EXPIRED'"]),
            logged(1, &["Error: write EPROTO sslv3 alert certificate expired"]),
        ],
    ),
    (
        "certificate-name-differs",
        &[
            logged(1, &["x509: certificate is valid for *.example.com, not db"]),
            logged(
                1,
                &["x509: cannot validate certificate for 10.0.1.7 because it doesn't contain any IP SANs"],
            ),
            logged(
                1,
                &[
                    "Error [ERR_TLS_CERT_ALTNAME_INVALID]: Hostname/IP does not match certificate's altnames: Host: db. is not in the cert's altnames",
                ],
            ),
            logged(
                1,
                &[
                    "java.security.cert.CertificateException: No subject alternative DNS name matching db found.",
                ],
            ),
            logged(
                1,
                &["java.security.cert.CertificateException: No name matching db found"],
            ),
            logged(
                1,
                &[
                    "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname mismatch, certificate is not valid for 'db'",
                ],
            ),
            logged(
                1,
                &[
                    "The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch",
                ],
            ),
        ],
    ),
    (
        "ca-bundle-missing",
        &[
            logged(
                1,
                &[
                    "OSError: Could not find a suitable TLS CA certificate bundle, invalid path: /etc/ssl/certs/rds.pem",
                ],
            ),
            logged(
                1,
                &[
                    "curl: (77) error setting certificate verify locations:  CAfile: /etc/ssl/certs/ca-certificates.crt",
                ],
            ),
            logged(
                1,
                &[
                    "java.security.InvalidAlgorithmParameterException: the trustAnchors parameter must be non-empty",
                ],
            ),
        ],
    ),
    (
        "tls-to-plain-port",
        &[
            logged(1, &["tls: first record does not look like a TLS handshake"]),
            logged(
                1,
                &["Error: write EPROTO 140:error:1408F10B:SSL routines:ssl3_get_record:wrong version number"],
            ),
            logged(
                1,
                &["io.netty.handler.ssl.NotSslRecordException: not an SSL/TLS record"],
            ),
            logged(
                1,
                &["javax.net.ssl.SSLException: Unsupported or unrecognized SSL message"],
            ),
            logged(1, &["http: server gave HTTP response to HTTPS client"]),
        ],
    ),
    (
        "tls-versions-differ",
        &[
            logged(1, &["SSL routines:ssl3_read_bytes:tlsv1 alert protocol version"]),
            logged(
                1,
                &["[SSL: UNSUPPORTED_PROTOCOL] unsupported protocol (_ssl.c:1129)"],
            ),
            logged(
                1,
                &[
                    "javax.net.ssl.SSLHandshakeException: No appropriate protocol (protocol is disabled or cipher suites are inappropriate)",
                ],
            ),
            logged(1, &["[SSL: DH_KEY_TOO_SMALL] dh key too small (_ssl.c:997)"]),
            logged(1, &["sslv3 alert handshake failure"]),
        ],
    ),
    (
        "certificate-not-read",
        &[
            logged(
                1,
                &[
                    "CryptographicException: The certificate data cannot be read with the provided password, the password may be incorrect.",
                ],
            ),
            logged(1, &["java.io.IOException: keystore password was incorrect"]),
            logged(
                1,
                &["java.io.IOException: Keystore was tampered with, or password was incorrect"],
            ),
            logged(1, &["tls: private key does not match public key"]),
            logged(
                1,
                &["SSL: error:0B080074:x509 certificate routines:X509_check_private_key:key values mismatch"],
            ),
            logged(1, &["Error: mac verify failure"]),
            logged(1, &["error:0909006C:PEM routines:get_name:no start line"]),
            logged(1, &["tls: failed to find any PEM data in certificate input"]),
        ],
    ),
];
