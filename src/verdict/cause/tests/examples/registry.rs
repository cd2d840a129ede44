//! Examples of the causes in `table/registry.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::{container_not_started, not_started};

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "docker-hub-rate-limit",
        &[
            not_started(
                "CannotPullContainerError: Error response from daemon: toomanyrequests: You have reached \
                 your pull rate limit. You may increase the limit by authenticating and upgrading: \
                 https://www.docker.com/increase-rate-limit",
            ),
            not_started(
                "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: \
                 httpReadSeeker: failed open: unexpected status code \
                 https://registry-1.docker.io/v2/acme/web/manifests/sha256:7a54: 429 Too Many Requests - \
                 Server message: toomanyrequests: You have reached your unauthenticated pull rate limit. \
                 https://www.docker.com/increase-rate-limit",
            ),
            not_started("CannotPullContainerError: ERROR: toomanyrequests: Too Many Requests."),
            container_not_started(
                "You have reached your pull rate limit. You may increase the limit by authenticating \
                 and upgrading: https://www.docker.com/increase-rate-limits.",
            ),
            container_not_started(
                "CannotPullContainerError: inspect image has been retried 5 time(s): \
                 httpReaderSeeker: failed open: unexpected status code \
                 https://registry-1.docker.io/v2/amazon/aws-for-fluent-bit/manifests/sha256:330a24bcd4e0058d70e70a0bb1ff805065161ffe3aa96296f09b555...",
            ),
            container_not_started(
                "CannotPullContainerError: inspect image has been retried 5 time(s): \
                 httpReaderSeeker: failed open: unexpected status code \
                 https://registry-1.docker.io/v2/library/nginx/manifests/sha256:330a24bc: 429 Too \
                 Many Requests",
            ),
            container_not_started("ERROR: toomanyrequests: Too Many Requests."),
        ],
    ),
    (
        "ecr-rate-limit",
        &[
            container_not_started(
                "CannotPullContainerError: Error response from daemon: toomanyrequests: Rate exceeded",
            ),
            not_started(
                "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: \
                 httpReadSeeker: failed open: unexpected status code \
                 https://public.ecr.aws/v2/awsguru/aws-lambda-adapter/manifests/sha256:1f0c: 429 Too Many \
                 Requests - Server message: toomanyrequests: Data limit exceeded",
            ),
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to \
                 resolve ref public.ecr.aws/nginx/nginx:1: unexpected status from HEAD request to \
                 https://public.ecr.aws/v2/nginx/nginx/manifests/1: 429 Too Many Requests",
            ),
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to \
                 resolve ref 123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1: unexpected status \
                 from HEAD request to \
                 https://123456789012.dkr.ecr.us-east-1.amazonaws.com/v2/web/manifests/1: 429 Too \
                 Many Requests",
            ),
        ],
    ),
    (
        "registry-credentials-wrong",
        &[
            container_not_started(
                "CannotPullContainerError: API error (500): Get \
             https://registry-1.docker.io/v2/library/amazonlinux/manifests/1: unauthorized: incorrect \
             username or password",
            ),
            container_not_started(
                "CannotPullContainerError: API error (500): Get \
                 https://registry-1.docker.io/v2/library/amazonlinux/manifests/1: toomanyrequests: \
                 too many failed login attempts for username or IP address",
            ),
            container_not_started(
                "failed to fetch oauth token: unexpected status from POST request to \
                 https://auth.docker.io/token: 401 Unauthorized",
            ),
        ],
    ),
    (
        "ecr-token-denied",
        &[
            container_not_started(
                "CannotPullECRContainerError: AccessDeniedException: User: \
             arn:aws:sts::123456789012:assumed-role/web-execution/3f2a91c0 is not authorized to perform: \
             ecr:GetAuthorizationToken on resource: *",
            ),
            container_not_started(
                "CannotPullECRContainerError: AccessDeniedException: User: \
                 arn:aws:sts::111122223333:assumed-role/ecsTaskExecutionRole/0565d0c4e65d46b6be9a2f5fdcdc0a9f \
                 is not authorized to perf",
            ),
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution \
                 resource retrieval failed: unable to retrieve ecr registry auth: service call has \
                 been retried 1 time(s): AccessDeniedException: User: \
                 arn:aws:sts::123456789012:assumed-role/web/x is not auth",
            ),
        ],
    ),
    (
        "ecr-pull-denied",
        &[
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref \"123456789012.dkr.ecr.eu-west-3.amazonaws.com/bet-validator:abc1234\": unexpected status code 403 Forbidden",
            ),
            container_not_started(
                "CannotPullContainerError: The task can’t pull the image. Check that the role has the \
                 permissions to pull images from the registry. Error response from daemon: pull access \
                 denied for 123123123123.dkr.ecr.us-east-1.amazonaws.com/my_image, repository does not \
                 exist or may require 'docker login': denied: User: \
                 arn:aws:sts::123123123123:assumed-role/MyBrokenRole/xyz is not authorized to perform: \
                 ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:123123123123:repository/test_image \
                 because no identity-based policy allows the ecr:BatchGetImage action",
            ),
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to \
                 resolve ref 123456789012.dkr.ecr.us-east-1.amazonaws.com/backend-flask:latest: pulling \
                 from host 123456789012.dkr.ecr.us-east-1.amazonaws.com failed with status code [manifests \
                 latest]: 403 Forbidden",
            ),
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to \
                 resolve ref \
                 123456789012.dkr.ecr.us-west-2.amazonaws.com/bedrock-proxy-api-ecs:latest@sha256:5de487da: \
                 unexpected status from HEAD request to \
                 https://123456789012.dkr.ecr.us-west-2.amazonaws.com/v2/bedrock-proxy-api-ecs/blobs/sha256:5de487da: \
                 403 Forbidden",
            ),
            container_not_started(
                "CannotPullContainerError: The task can’t pull the image. Check that the role has \
                 the permissions to pull images from the registry. Error response from daemon: pull \
                 access denied for 123456789012.dkr.ecr.us-east-1.amazonaws.com/my_image, repository \
                 does ",
            ),
            container_not_started(
                "CannotPullContainerError: The task can’t pull the image. Check that the role has \
                 the permissions to pull images from the registry. Error response from dae",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: pull access denied for \
                 FOO.dkr.ecr.us-east-1.amazonaws.com/foo/app, repository does not exist or may \
                 require 'docker login'",
            ),
            container_not_started(
                "CannotPullContainerError: AccessDeniedException: User: \
                 arn:aws:sts::123456789012:assumed-role/web/x is not authorized to perform: ecr:Get",
            ),
            not_started(
                "CannotPullContainerError: inspect image has been retried 1 time(s): failed to \
                 resolve ref \"123456789012.dkr.ecr.us-east-1.amazonaws.com/web:6981141\": \
                 unexpected status code [manifests 6981141]: 403 Forbidden",
            ),
        ],
    ),
    (
        "ecr-login-absent",
        &[container_not_started(
            "CannotPullContainerError: Error response from daemon: Get \
                 https://602401143452.dkr.ecr.us-west-2.amazonaws.com/v2/amazon-k8s-cni/manifests/v1.6.3: \
                 no basic auth credentials",
        )],
    ),
    (
        "registry-login-missing",
        &[
            not_started(
                "CannotPullContainerError: Error response from daemon: Head \"https://ghcr.io/v2/riverqueue/riverui/manifests/latest\": denied: denied",
            ),
            not_started(
                "CannotPullContainerError: Error response from daemon: Head \"https://ghcr.io/v2/beeper/registration-relay/manifests/latest\": unauthorized",
            ),
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve \
             ref ghcr.io/acme/web:1: failed to authorize: failed to fetch anonymous token: unexpected \
             status from GET request to \
             https://ghcr.io/token?scope=repository%3Aacme%2Fweb%3Apull&service=ghcr.io: 401 Unauthorized",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: Get \
                 https://registry.example.com/v2/acme/web/manifests/1.0: no basic auth credentials",
            ),
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to \
                 resolve ref ghcr.io/acme/web:1: failed to authorize: failed to fetch anonymous \
                 token: unexpected status from GET request to \
                 https://ghcr.io/token?scope=repository%3Aacme%2Fweb%3Apull: 403 Forbidden",
            ),
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to \
                 resolve ref registry.gitlab.com/acme/web:1: unexpected status from HEAD request to \
                 https://registry.gitlab.com/v2/acme/web/manifests/1: 401 Unauthorized",
            ),
        ],
    ),
    (
        "registry-proxy-unreachable",
        &[
            container_not_started(
                "CannotPullContainerError: Error response from daemon: Get \
                 https://registry-1.docker.io/v2/: proxyconnect tcp: dial tcp :0: connect: \
                 connection refused",
            ),
            container_not_started(
                "Error while pulling image: Get \
                 https://index.docker.io/v1/repositories/gitlab/gitlab-ce/images: http: error \
                 connecting to proxy http://127.0.0.1:53847: dial tcp 127.0.0.1:53847: getsockopt: \
                 connection refused",
            ),
        ],
    ),
    (
        "registry-certificate-invalid",
        &[
            container_not_started(
                "CannotPullContainerError: Error response from daemon: Get https://r.sb/v2/: x509: \
                 certificate signed by unknown authority",
            ),
            container_not_started(
                "failed to copy: httpReadSeeker: failed open: failed to do request: Get \
             \"https://d2glxqk2uabbnd.cloudfront.net/v2/c\": tls: failed to verify \
             certificate: x509: certificate signed by unknown authority",
            ),
            container_not_started(
                "failed to do request: Head \
             \"https://registry.example.com/v2/library/nginx/manifests/1.10.1-alpine\": \
             x509: certificate signed by unknown authority",
            ),
        ],
    ),
    (
        "registry-handshake-timed-out",
        &[container_not_started(
            "CannotPullContainerError: Error response from daemon: Get \
                 https://registry-1.docker.io/v2/library/ubuntu/manifests/latest: net/http: TLS \
                 handshake timeout",
        )],
    ),
    (
        "registry-without-tls",
        &[container_not_started(
            "CannotPullContainerError: Error response from daemon: Get \
                 \"https://10.0.1.17:5000/v2/\": http: server gave HTTP response to HTTPS client",
        )],
    ),
    (
        "registry-answers-a-page",
        &[
            container_not_started(
                "CannotPullContainerError: Error response from daemon: error parsing HTTP 403 \
                response body: invalid character '<' looking for beginning of value: \
                \"<html>\\r\\n<head><title>403 Forbidden</title></head>",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: error pulling image \
                configuration: error parsing HTTP 404 response body: invalid character 'N' \
                looking for beginning of value: \"Not Found\"",
            ),
        ],
    ),
    (
        "registry-failing",
        &[
            container_not_started(
                "CannotPullContainerError: Error response from daemon: received unexpected HTTP \
                 status: 500 Internal Server Error",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: received unexpected HTTP \
                 status: 502 Bad Gateway",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: received unexpected HTTP \
                 status: 503 Service Unavailable",
            ),
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to \
                 resolve ref quay.io/acme/web:1: unexpected status from HEAD request to \
                 https://quay.io/v2/acme/web/manifests/1: 504 Gateway Timeout",
            ),
            container_not_started(
                "failed to authorize: failed to fetch anonymous token: unexpected status \
             from GET request to \
             https://auth.docker.io/token?scope=repository%3Alibrary%2Fnginx%3Apull&service=registry.docker.io: \
             503 Service Unavailable",
            ),
        ],
    ),
    (
        "registry-name-unknown",
        &[
            container_not_started(
                "CannotPullContainerError: Error response from daemon: Get \"https://registry.exmaple.com/v2/\": \
                 dial tcp: lookup registry.exmaple.com on 10.0.0.2:53: no such host",
            ),
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref \
                 registry.corp.internal/shop:1: failed to do request: Head \
                 \"https://registry.corp.internal/v2/shop/manifests/1\": dial tcp: lookup \
                 registry.corp.internal: no such host",
            ),
        ],
    ),
    (
        "registry-name-unresolved",
        &[not_started(
            "CannotPullContainerError: failed to resolve ref \
             \"docker.io/docker/ecs-searchdomain-sidecar:1.0\": failed to do request: Head \
             https://registry-1.docker.io/v2/docker/ecs-searchdomain-sidecar/manifests/1.0: dial tcp: \
             lookup registry-1.docker.io on 172.31.0...",
        )],
    ),
    (
        "outside-registry-unreachable",
        &[
            not_started(
                "CannotPullContainerError: The task cannot pull image-uri from the registry Docker Hub. \
                 There is a connection issue between the task and the registry. Check your task network \
                 configuration.",
            ),
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to \
                 resolve ref docker.io/tryretool/backend:2.110.5: failed to do request: Head \
                 \"https://registry-1.docker.io/v2/tryretool/backend/manifests/2.110.5\": dial tcp \
                 34.205.13.154:443: i/o timeout",
            ),
            not_started(
                "CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: \
                 httpReadSeeker: failed open: failed to do request: Get \
                 \"https://production.cloudflare.docker.com/registry-v2/docker/registry/v2/blobs/sha256/1f/data\": \
                 dial tcp 104.16.101.215:443: i/o timeout",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: Get \
                 \"https://registry-1.docker.io/v2/\": net/http: request canceled while waiting for \
                 connection (Client.Timeout exceeded while awaiting headers)",
            ),
        ],
    ),
    (
        "image-layers-unreachable",
        &[
            not_started(
                "CannotPullContainerError: The task cannot pull \
                 123456789012.dkr.ecr.ap-southeast-1.amazonaws.com/notifyservice:latest from the registry \
                 123456789012.dkr.ecr.ap-southeast-1.amazonaws.com/notifyservice:latest. There is a \
                 connection issue between the task and the registry. Check your task network configuration. \
                 : failed to copy: httpReadSeeker: failed open: failed to do request: Get \
                 123456789012.dkr.ecr.ap-southeast-1.amazonaws.com/notifyservice:latest: dial tcp \
                 52.219.41.3:443: i/o timeout",
            ),
            not_started(
                "CannotPullContainerError: pull command failed: panic: runtime error: invalid memory \
                 address or nil pointer dereference",
            ),
            container_not_started(
                "CannotPullContainerError: error pulling image configuration: download failed after \
                 attempts=6: Get \
                 \"https://prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com/a/b\": \
                 dial tcp 52.216.1.1:443: i/o timeout",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: Get REDACTED ECR URL related \
                 to 123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1: dial tcp 52.216.1.1:443: i/o \
                 timeout",
            ),
        ],
    ),
    (
        "ecr-login-unreachable",
        &[
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
                 retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 \
                 time(s): RequestError: send request failed caused by: Post \
                 \"https://api.ecr.us-east-1.amazonaws.com/\": dial tcp 52.46.145.142:443: i/o timeout. \
                 Please check your task network configuration.",
            ),
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot \
                 pull registry auth from Amazon ECR: There is a connection issue between the task and \
                 Amazon ECR. Check your task network configuration. operation error ECR: \
                 GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error \
                 StatusCode: 0, RequestID: , request send failed, Post \
                 \"https://api.ecr.eu-north-1.amazonaws.com/\": dial tcp 13.53.180.123:443: i/o timeout.",
            ),
            container_not_started(
                "CannotPullECRContainerError: RequestError: send request failed caused by: Post \
                 \"https://api.ecr.us-west-2.amazonaws.com/\": net/http: request canceled while \
                 waiting for connection (Client.Timeout exceeded while awaiting headers)",
            ),
            container_not_started(
                "CannotPullECRContainerError: The task can’t pull the image. Check your network \
                 configuration. RequestError: send request failed\ncaused by: Post \
                 \"https://api.ecr.us-ea",
            ),
        ],
    ),
    (
        "registry-unreachable",
        &[
            container_not_started(
                "CannotPullContainerError: API error (500): Get \
                 https://111122223333.dkr.ecr.us-east-1.amazonaws.com/v2/: net/http: request canceled while \
                 waiting for connection",
            ),
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to \
                 resolve ref \"123456789012.dkr.ecr.us-east-1.amazonaws.com/api:v42\": failed to do \
                 request: Head \
                 \"https://123456789012.dkr.ecr.us-east-1.amazonaws.com/v2/api/manifests/v42\": dial tcp \
                 10.0.3.17:443: i/o timeout",
            ),
            not_started(
                "CannotPullContainerError: The task cannot pull 'api' from the Amazon ECR repository \
                 '123456789012.dkr.ecr.us-east-1.amazonaws.com/api'. There is a connection issue between \
                 the task and Amazon ECR. Check your task network configuration.",
            ),
            not_started("CannotPullContainerError: context canceled"),
            container_not_started(
                "CannotPullContainerError: The task can’t pull the image. Check your network \
                 configuration",
            ),
        ],
    ),
    (
        "image-layer-refused",
        &[not_started(
            "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: \
             httpReaderSeeker: failed open: unexpected status code",
        )],
    ),
    (
        "image-configuration-not-fetched",
        &[container_not_started(
            "CannotPullContainerError: error pulling image configuration",
        )],
    ),
    (
        "pull-timed-out",
        &[not_started(
            "ResourceInitializationError: unable to pull secrets or registry auth: pull command failed: : \
             signal: killed",
        )],
    ),
    (
        "registry-silent",
        &[
            container_not_started("CannotPullContainerError: Could not reach any registry endpoint"),
            container_not_started(
                "DockerTimeoutError: Could not transition to MANIFEST_PULLED; timed out after \
                 waiting 1m0s",
            ),
            container_not_started(
                "DockerTimeoutError: Could not transition to pullBegin; timed out after waiting 5m0s",
            ),
            container_not_started(
                "DockerTimeoutError: Could not transition to pulled; timed out after waiting 2h0m0s",
            ),
            container_not_started(
                "CannotPullContainerError: inactivity time exceeded timeout while pulling image",
            ),
        ],
    ),
    (
        "image-layer-damaged",
        &[
            container_not_started(
                "CannotPullContainerError: filesystem layer verification failed for digest \
                 sha256:dbed9b09434efb583eb5f23173bf2aadb578cbfe2516e26226e3f7e458fac621",
            ),
            container_not_started(
                "failed commit on ref \"layer-sha256:55ae122e\": unexpected commit digest \
                 sha256:a8f2c3f3, expected sha256:55ae122e: failed precondition",
            ),
            container_not_started("failed size validation: 12467913 != 94124544: failed precondition"),
            container_not_started("short read: expected 3404 bytes but got 0: unexpected EOF"),
            container_not_started(
                "image config verification failed for digest sha256:ac76db222126ed259f8ac1",
            ),
        ],
    ),
    (
        "image-manifest-not-fetched",
        &[container_not_started(
            "CannotPullImageManifestError: failed to pull image manifest",
        )],
    ),
    (
        "registry-connection-broken",
        &[
            container_not_started(
                "CannotPullContainerError: Error response from daemon: Get \
                 \"https://registry-1.docker.io/v2/\": read tcp 10.0.1.17:40000->34.226.69.105:443: \
                 read: connection reset by peer",
            ),
            container_not_started(
                "CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: \
                 unexpected EOF",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: Get \
                 \"https://registry.example.com/v2/\": EOF",
            ),
            container_not_started(
                "CannotPullContainerError: Error response from daemon: Get \
                https://registry.example.com/v2/: EOF",
            ),
        ],
    ),
    (
        "registry-request-failed",
        &[not_started(
            "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to \
                 resolve ref quay.io/deepfenceio/cloud-scanner:latest: failed to do request: Head \
                 \"https://quay.io/v2/deepfenceio/cloud-scanner/manifests/latest\": dial t",
        )],
    ),
    (
        "endpoint-policy-denies",
        &[not_started(
            "CannotPullECRContainerError: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/web/3f2a is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no VPC endpoint policy allows the ecr:GetAuthorizationToken action",
        )],
    ),
];
