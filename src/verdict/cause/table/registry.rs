//! Causes in accessing the registry: network, authorization and responses.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

/// The hint for giving a subnet internet access, shared by all rows that lack it.
const WAY_OUT: &[SuggestionPart] = &[SuggestionPart::text(
    "in a public subnet set assignPublicIp: ENABLED; in a private one add a NAT gateway, or VPC endpoints for ecr.api, ecr.dkr and s3 that let the task's security group in on port 443",
)];

/// Patterns that identify ECR: its hosts, including dual-stack ones, its buckets, or ECR itself. ECR Public
/// isn't included: it is reached over the internet. (ECR user guide, Amazon ECR registries and interface VPC
/// endpoints.)
const ECR: &[&str] = &["amazonaws.com", ".on.aws", "Amazon ECR"];

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "endpoint-policy-denies",
        when: &[CauseSign::Said("no VPC endpoint policy allows")],
        cause: "the policy of the VPC endpoint does not allow the action that AWS names; the role's \
                policies are not at fault",
        cure: &[SuggestionPart::text(
            "allow the action in the endpoint's policy: aws ec2 modify-vpc-endpoint \
                 --vpc-endpoint-id VPCE --policy-document …",
        )],
        source: "IAM user guide, Troubleshoot access denied error messages (Access denied due to VPC \
                 endpoint policies)",
    },
    Cause {
        id: "docker-hub-rate-limit",
        when: &[
            CauseSign::Said("You have reached your*pull rate limit"),
            CauseSign::Said("CannotPull*toomanyrequests: Too Many Requests"),
            CauseSign::SaidBut(
                "CannotPull*unexpected status code https://registry-1.docker.io/",
                &["401", "403", "404", "500", "502", "503"],
            ),
            CauseSign::Said("CannotPull*docker.io*429 Too Many"),
            CauseSign::Said("ERROR: toomanyrequests: Too Many"),
        ],
        cause: "Docker Hub counts anonymous pulls by address, and all tasks behind one NAT gateway share it",
        cure: &[
            SuggestionPart::text(
                "set repositoryCredentials on the container, or use a copy in ECR (aws ecr \
                 create-pull-through-cache-rule), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, CannotPullContainer task errors; \
                 docker/hub-feedback#2429; hystax/optscale#845 (containerd's words); \
                 ECR user guide, pull through cache; aws/aws-for-fluent-bit#234 (cut \
                 off by ECS); Amazon ECS developer guide, CannotPullContainer task \
                 errors in Amazon ECS",
    },
    Cause {
        id: "ecr-rate-limit",
        when: &[
            CauseSign::Said("CannotPull*toomanyrequests: Rate exceeded"),
            CauseSign::Said("CannotPull*toomanyrequests: Data limit exceeded"),
            CauseSign::Said("public.ecr.aws*429 Too Many"),
            CauseSign::Said(".dkr*429 Too Many"),
        ],
        cause: "too many pulls at once for ECR; ECR Public allows few a second, and little data without a \
                login, by address",
        cure: &[
            SuggestionPart::text("ECS retries: "),
            SuggestionPart::command("wait", "SERVICE"),
            SuggestionPart::text(
                "; keep a copy of a public image in your own repository (aws ecr \
                 create-pull-through-cache-rule)",
            ),
        ],
        source: "ECR user guide, Troubleshooting errors with Docker commands (429: Too Many Requests); \
                 aws/containers-roadmap#2008; aws/aws-lambda-web-adapter#429 and #595",
    },
    Cause {
        id: "registry-credentials-wrong",
        when: &[
            CauseSign::Said("unauthorized: incorrect username or password"),
            CauseSign::Said("too many failed login attempts"),
            CauseSign::Said("failed to fetch oauth token*401 Unauth"),
        ],
        cause: "the registry does not take the user name or password that the task has for it",
        cure: &[
            SuggestionPart::text(
                "update the secret that repositoryCredentials names: aws secretsmanager \
                 put-secret-value --secret-id SECRET --secret-string \
                 '{\"username\":\"…\",\"password\":\"…\"}', then ",
            ),
            SuggestionPart::command("deploy", "--force"),
        ],
        source: "aws/amazon-ecs-agent, agent/api/errormessages/error_messages_test.go; Amazon ECS \
                 developer guide, Private registry authentication; aws/amazon-ecs-agent, \
                 agent/statemanager/testdata/v18/secrets; containerd/containerd, \
                 core/remotes/docker/authorizer.go",
    },
    Cause {
        id: "ecr-token-denied",
        when: &[
            CauseSign::Said("not authorized to perform: ecr:GetAuthorizationToken"),
            CauseSign::Said("CannotPullECRContainerError:*AccessDenied"),
            CauseSign::Said("unable to retrieve ecr registry auth*AccessDenied"),
        ],
        cause: "the role that pulls (Fargate: the execution role; EC2: the execution or the instance's \
                role) may not log in to ECR",
        cure: &[SuggestionPart::text(
            "aws iam attach-role-policy --role-name ROLE --policy-arn \
                 arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        )],
        source: "OvertureMaps/overture-tiles#20; Amazon ECS developer guide, Task execution IAM role",
    },
    Cause {
        id: "ecr-pull-denied",
        when: &[
            CauseSign::Said("not authorized to perform: ecr:"),
            CauseSign::Said("CannotPull*status code [manifests *403 Forb"),
            CauseSign::Said("CannotPull*unexpected status from HEAD request to *.ecr.*403 Forbidden"),
            CauseSign::Said("pull access denied for *.dkr"),
            CauseSign::Said("Check that the role has the permissions to pull images from the registry"),
            CauseSign::SaidBut("CannotPull*.dkr.ecr.*403 Forbidden", &["failed to copy"]),
        ],
        cause: "the role that pulls is not allowed this ECR repository, the repository's policy keeps its \
                account out, there is no such repository, or it no longer has the digest",
        cure: &[SuggestionPart::text(
            "allow ecr:BatchGetImage and ecr:GetDownloadUrlForLayer to the execution role (EC2: to \
                 the instance's role), and for another account's repository in its policy too: aws ecr \
                 get-repository-policy --repository-name NAME",
        )],
        source: "aws/amazon-ecs-agent#4181 and agent/api/errormessages; Amazon ECS developer guide, \
                 CannotPullContainer task errors; seekatekode/aws-bootcamp-cruddur-2024; \
                 aws-samples/bedrock-access-gateway#114; aws/amazon-ecs-agent#2137 (a repository \
                 that does not exist)",
    },
    Cause {
        id: "ecr-login-absent",
        when: &[CauseSign::Said("amazonaws.com*no basic auth credentials")],
        cause: "nobody logged in to ECR for this pull: the role may not call \
                 ecr:GetAuthorizationToken, or the agent did not take the image for one of ECR",
        cure: &[
            SuggestionPart::text(
                "attach AmazonECSTaskExecutionRolePolicy to the task definition's executionRoleArn \
                 (aws iam attach-role-policy --role-name ROLE --policy-arn \
                 arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy), then ",
            ),
            SuggestionPart::command("deploy", "--force"),
        ],
        source: "aws/amazon-vpc-cni-k8s#1117; Amazon ECS developer guide, Task execution IAM role",
    },
    Cause {
        id: "registry-login-missing",
        when: &[
            CauseSign::SaidBut("failed to fetch anonymous token*401 Unauthorized", ECR),
            CauseSign::SaidBut("no basic auth credentials", ECR),
            CauseSign::SaidBut("failed to fetch anonymous token*403 Forbidden", ECR),
            CauseSign::SaidBut("CannotPull*401 Unauthorized", ECR),
            CauseSign::SaidBut(
                "CannotPull*/manifests/*\": denied",
                &["amazonaws.com", ".on.aws", "Amazon ECR"],
            ),
            CauseSign::SaidBut(
                "CannotPull*/manifests/*\": unauthorized",
                &["amazonaws.com", ".on.aws", "Amazon ECR"],
            ),
        ],
        cause: "the registry gives this image to nobody without a login: it is private, or there is none \
                by that name",
        cure: &[
            SuggestionPart::text(
                "set repositoryCredentials on the container to a secret with a login for that registry, \
                 or make the image public; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "tatsuyai713/Development-Container-for-ROS2-on-Arm64-Mac#3 (a private package \
                of ghcr.io); Amazon ECS developer guide, Private registry authentication; \
                riverqueue/riverui#182; beeper/registration-relay#3; dexidp/dex#2672",
    },
    Cause {
        id: "registry-proxy-unreachable",
        when: &[
            CauseSign::Said("CannotPull*proxyconnect tcp"),
            CauseSign::Said("pulling image*error connecting to proxy"),
        ],
        cause: "Docker on the instance goes through an HTTP proxy that does not answer",
        cure: &[
            SuggestionPart::text(
                "correct HTTP_PROXY and HTTPS_PROXY of the instance's Docker \
                 (/etc/systemd/system/docker.service.d/http-proxy.conf), sudo systemctl \
                 daemon-reload, sudo systemctl restart docker ecs; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker/for-win#7935; docker-archive-public/docker.kitematic#3611; Amazon ECS \
                 developer guide, HTTP proxy configuration",
    },
    Cause {
        id: "registry-certificate-invalid",
        when: &[
            CauseSign::Said("CannotPull*x509: certificate"),
            CauseSign::Said("failed to do request*x509: certificate"),
        ],
        cause: "the registry's certificate is not accepted: it comes from an authority that the \
                 host does not trust, has expired, or is for another name",
        cure: &[
            SuggestionPart::text(
                "on EC2 put the authority's file into /etc/docker/certs.d/ of the instances, in a \
                 folder with the registry's name; on Fargate use a registry with a public \
                 certificate, such as ECR; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker-archive/for-aws#75; aws/aws-lambda-web-adapter#606; \
                 containerd/containerd#1568",
    },
    Cause {
        id: "registry-handshake-timed-out",
        when: &[CauseSign::Said("CannotPull*TLS handshake timeout")],
        cause: "the registry's host answers, but the encrypted connection is not set up in time: a \
                 slow way out, a proxy or a firewall",
        cure: &[
            SuggestionPart::text(
                "let the host in the message through proxy and firewall and check the NAT gateway's \
                 load, or keep a copy of the image in ECR (aws ecr create-pull-through-cache-rule); \
                 then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker/hub-feedback#1195; docker-archive-public/docker.kitematic#4023",
    },
    Cause {
        id: "registry-without-tls",
        when: &[CauseSign::Said("server gave HTTP response to HTTPS client")],
        cause: "the registry speaks plain HTTP, and Docker asks for HTTPS",
        cure: &[
            SuggestionPart::text(
                "give the registry a certificate; on EC2 an address may instead be listed under \
                 insecure-registries in the instances' /etc/docker/daemon.json; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Docker documentation, Test an insecure registry (its words)",
    },
    Cause {
        id: "registry-answers-a-page",
        when: &[CauseSign::Said(
            "error parsing HTTP*response body*looking for beginning of value",
        )],
        cause: "the registry's answer is a page or plain text instead of its protocol: a proxy, \
                a firewall or a web server answers in its place, or the registry refuses this \
                host; the message quotes the answer",
        cure: &[
            SuggestionPart::text(
                "open https://REGISTRY/v2/ from the task's network (curl -i): a registry answers \
                with JSON; correct the image's host, or keep the image in ECR; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "apache/apisix-docker#64; moby/moby#41420 and #30798",
    },
    Cause {
        id: "registry-failing",
        when: &[
            CauseSign::Said("CannotPull*unexpected*500 Internal"),
            CauseSign::Said("CannotPull*unexpected*502 Bad"),
            CauseSign::Said("CannotPull*unexpected*503 Service"),
            CauseSign::Said("CannotPull*unexpected*504 Gateway"),
            CauseSign::Said("failed to fetch anonymous token*503 Service"),
        ],
        cause: "the registry itself answers with an error; the image and the network are not at \
                 fault",
        cure: &[
            SuggestionPart::text(
                "check the registry's status page and keep a copy of the image in ECR (aws ecr \
                 create-pull-through-cache-rule); later ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "moby/moby (received unexpected HTTP status); containerd/containerd, \
                 core/remotes/errors/errors.go; containerd/containerd, \
                 core/remotes/docker/authorizer.go",
    },
    Cause {
        id: "registry-name-unknown",
        when: &[CauseSign::Said("CannotPull*dial tcp: lookup *no such host")],
        cause: "the DNS server answered that there is no such host: the registry's name is misspelt in `image`, \
                 or known only to a private hosted zone or a DNS server that the VPC doesn't use",
        cure: &[
            SuggestionPart::text(
                "correct the host in `image` (for ECR, aws ecr describe-repositories shows it as repositoryUri), or \
                 associate the private hosted zone with the VPC (aws route53 associate-vpc-with-hosted-zone); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "golang/go, src/net/dnsclient_unix.go (errNoSuchHost: NXDOMAIN, or no address); Route 53 developer \
                 guide, Considerations when working with a private hosted zone",
    },
    Cause {
        id: "registry-name-unresolved",
        when: &[CauseSign::Said("CannotPull*dial tcp: lookup ")],
        cause: "the registry's host name could not be resolved: the VPC has no DNS, its DNS server doesn't answer, \
                 or the name is misspelt",
        cure: &[SuggestionPart::text(
            "aws ec2 describe-vpc-attribute --vpc-id VPC --attribute enableDnsSupport; with DNS servers of \
                 your own (aws ec2 describe-dhcp-options), let the task reach them on port 53",
        )],
        source: "docker-archive/compose-cli#911; Amazon ECS user guide for AWS Fargate, Stopped tasks \
                 error codes (VPC without DNS resolution)",
    },
    Cause {
        id: "outside-registry-unreachable",
        when: &[
            CauseSign::SaidBut("CannotPull*There is a connection issue between the task and", ECR),
            CauseSign::SaidBut("CannotPull*https://*dial tcp *: ", ECR),
            CauseSign::SaidBut("CannotPull*https://*i/o timeout", ECR),
            CauseSign::SaidBut(
                "CannotPull*https://*request canceled while waiting for connection",
                ECR,
            ),
        ],
        cause: "the task has no way to the internet, where this registry is: no public address, no NAT \
                gateway, or a security group in between (VPC endpoints lead to ECR only)",
        cure: &[SuggestionPart::text(
            "in a public subnet set assignPublicIp: ENABLED, in a private one add a NAT gateway; or \
                 take a copy of the image out of ECR (aws ecr create-pull-through-cache-rule keeps one)",
        )],
        source: "Amazon ECS developer guide, CannotPullContainer task errors (The task cannot pull the \
                 image from the registry Docker Hub); ActionIQ/terraform-aws-retool-ecs-fargate#20 (helped \
                 by a public address); ECR user guide, pull through cache",
    },
    Cause {
        id: "image-layers-unreachable",
        when: &[
            CauseSign::Said("CannotPull*failed to copy*failed to do request"),
            CauseSign::Said("pull command failed: panic: runtime error: invalid memory address"),
            CauseSign::Said("starport-layer-bucket*dial tcp"),
            CauseSign::Said("REDACTED ECR URL related to*dial tcp"),
        ],
        cause: "the registry answers, but the image's layers can't be fetched: those of ECR come from \
                Amazon S3, to which the task has no way",
        cure: &[SuggestionPart::text(
            "add an S3 gateway endpoint to the subnets' route tables and let the task's security \
                 group out to S3's prefix list on port 443, or route through a NAT gateway",
        )],
        source: "Amazon ECS developer guide, CannotPullContainer task errors; ECR user guide, \
                 interface VPC endpoints; aws/amazon-ecs-agent, \
                 agent/dockerclient/dockerapi/errors.go (REDACTED ECR URL)",
    },
    Cause {
        id: "ecr-login-unreachable",
        when: &[
            CauseSign::Said("unable to retrieve ecr registry auth*RequestError: send request failed"),
            CauseSign::Said("cannot pull registry auth from Amazon ECR: There is a connection issue"),
            CauseSign::Said("CannotPullECRContainerError*RequestError: send request failed"),
        ],
        cause: "the task has no way to ECR's API, from which the login for the image comes",
        cure: WAY_OUT,
        source: "AWS re:Post, How do I resolve a ResourceInitializationError when I pull secrets or \
                 retrieve ECR authentication (ecs-unable-to-pull-secrets); aws/aws-app-mesh-examples#413",
    },
    Cause {
        id: "registry-unreachable",
        when: &[
            CauseSign::Said("CannotPull*request canceled while waiting for connection"),
            CauseSign::Said("CannotPull*i/o timeout"),
            CauseSign::Said("CannotPull*There is a connection issue between the task and"),
            CauseSign::Said("CannotPull*context canceled"),
            CauseSign::Said("CannotPull*pull the image. Check your network"),
        ],
        cause: "the task has no way to the registry: no public address, no NAT gateway, no VPC endpoint, \
                or a security group in between",
        cure: WAY_OUT,
        source: "Amazon ECS developer guide, CannotPullContainer task errors; AWS re:Post, \
                 cannotpullcontainererror on Fargate (ecs-fargate-pull-container-error)",
    },
    Cause {
        id: "image-layer-refused",
        when: &[CauseSign::Said(
            "CannotPull*failed to copy*failed open: unexpected status code",
        )],
        cause: "the image's manifest was found, but a part of it was refused: an S3 endpoint policy, or \
                the registry",
        cure: &[SuggestionPart::text(
            "allow s3:GetObject on arn:aws:s3:::prod-REGION-starport-layer-bucket/* in the S3 \
                 endpoint's policy; for another registry check repositoryCredentials",
        )],
        source: "Amazon ECS developer guide, CannotPullContainer task errors; AWS re:Post, \
                 CannotPullContainerError: API error (ecs-pull-container-api-error-ecr: S3 denied by the \
                 gateway endpoint's policy)",
    },
    Cause {
        id: "image-configuration-not-fetched",
        when: &[CauseSign::Said("error pulling image conf")],
        cause: "the image's configuration did not arrive: the registry's rate limit, or the network",
        cure: &[
            SuggestionPart::text("wait for the next attempt of ECS: "),
            SuggestionPart::command("events", "-f SERVICE"),
            SuggestionPart::text("; if it happens again, keep a copy of the image in ECR"),
        ],
        source: "Amazon ECS developer guide, CannotPullContainer task errors (error pulling image \
                 configuration)",
    },
    Cause {
        id: "pull-timed-out",
        when: &[CauseSign::Said(
            "unable to pull secrets or registry auth: pull command failed: : signal: killed",
        )],
        cause: "the fetching of secrets and of the registry's login took too long: usually the task has no \
                way to these services",
        cure: WAY_OUT,
        source: "AWS re:Post, How do I resolve a ResourceInitializationError when I pull secrets or \
                 retrieve ECR authentication (ecs-unable-to-pull-secrets)",
    },
    Cause {
        id: "registry-silent",
        when: &[
            CauseSign::Said("Could not transition to MANIFEST_PULLED"),
            CauseSign::Said("Could not transition to pullBegin"),
            CauseSign::Said("Could not transition to pulled"),
            CauseSign::Said("inactivity time exceeded timeout while pulling image"),
            CauseSign::Said("Could not reach any registry endpoint"),
        ],
        cause: "the registry sent nothing, or too slowly: the instance's way to it is blocked or \
                 slow, or its Docker hangs",
        cure: &[
            SuggestionPart::text(
                "check the instance's way to the registry (NAT gateway, VPC endpoints, security \
                 group on port 443) and its Docker (journalctl -u docker), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-agent, agent/dockerclient/dockerapi/docker_client.go \
                 (PullImageManifest, pullImage); aws/amazon-ecs-agent#719 (older words)",
    },
    Cause {
        id: "image-layer-damaged",
        when: &[
            CauseSign::Said("filesystem layer verification failed"),
            CauseSign::Said("unexpected commit digest"),
            CauseSign::Said("failed size validation"),
            CauseSign::Said("short read: expected"),
            CauseSign::Said("image config verification failed"),
        ],
        cause: "a layer of the image arrived incomplete or altered: the connection broke, a proxy \
                 came in between, or the registry's copy is damaged",
        cure: &[
            SuggestionPart::text(
                "take proxies out of the way of the pull; if it recurs, push the image again under a \
                 new tag; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "docker-library/ruby#134; aws/amazon-ecs-agent#385; \
                 containerd/containerd#1893 and #4908, core/content/helpers.go (Copy); \
                 moby/moby, daemon/internal/distribution/pull_v2.go",
    },
    Cause {
        id: "image-manifest-not-fetched",
        when: &[CauseSign::Said(
            "CannotPullImageManifestError: failed to pull image manifest",
        )],
        cause: "the agent could not fetch the image's manifest: a wrong name, a missing permission, \
                 or no way to the registry",
        cure: &[SuggestionPart::text(
            "/var/log/ecs/ecs-agent.log on the instance says which; compare the image's name \
                 with aws ecr describe-repositories",
        )],
        source: "aws/amazon-ecs-agent, agent/dockerclient/dockerapi/docker_client.go \
                 (PullImageManifest)",
    },
    Cause {
        id: "registry-connection-broken",
        when: &[
            CauseSign::Said("CannotPull*connection reset by peer"),
            CauseSign::SaidBut("CannotPull*unexpected EOF", &["failed to register layer"]),
            CauseSign::Said("CannotPull*\": EOF"),
            CauseSign::Said("CannotPull*daemon: Get*: EOF"),
        ],
        cause: "the connection to the registry broke off: a proxy, a firewall or an overloaded NAT \
                 gateway in between",
        cure: &[
            SuggestionPart::text(
                "let the host in the message through them, or keep a copy of the image in ECR (aws \
                 ecr create-pull-through-cache-rule); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "containerd/containerd, core/content/helpers.go; moby/moby (Docker's words)",
    },
    Cause {
        id: "registry-request-failed",
        when: &[CauseSign::SaidBut(
            "CannotPull*failed to do request: ",
            &["gave HTTP response"],
        )],
        cause: "the request to the registry failed before there was an answer: no way to it, or \
                 something in between",
        cure: &[SuggestionPart::text(
            "in a public subnet set assignPublicIp: ENABLED, in a private one add a NAT gateway \
                 (for ECR VPC endpoints for ecr.api, ecr.dkr and s3); let the task's security group \
                 out on port 443",
        )],
        source: "Amazon ECS developer guide, CannotPullContainer task errors; containerd/containerd, \
                 core/remotes/docker/resolver.go (failed to do request)",
    },
];
