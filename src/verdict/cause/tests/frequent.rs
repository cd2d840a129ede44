//! The texts that people ask about most, verbatim from AWS's pages and public threads, in addition to those
//! that the rows quote.

use super::*;
use crate::verdict::cause::tests::example::{
    container_not_started, event, exited, logged, not_started, stopped,
};

const EXIT: &[&str] = &["listening on 8080", "exec user process caused: exec format error"];
const LOADER: &[&str] = &["exec /app: no such file or directory"];
const CHILD: &[&str] = &["panic: fork/exec /usr/bin/convert: no such file or directory"];

#[test]
fn frequent_texts_find_their_cause() {
    let rows = [
        (exited(1, None), "program-failed"),
        (
            exited(
                137,
                Some("OutOfMemoryError: Container killed due to memory usage"),
            ),
            "out-of-memory",
        ),
        (logged(1, EXIT), "exec-format-error"),
        (logged(255, LOADER), "program-loader-missing"),
        (
            logged(1, &["exec /docker-entrypoint.sh: no such file or directory"]),
            "script-interpreter-missing",
        ),
        (logged(2, CHILD), "child-program-missing"),
        (
            stopped(
                "ServiceSchedulerInitiated",
                "Task failed ELB health checks in (target-group arn:aws:x)",
            ),
            "load-balancer-check-failed",
        ),
        (
            stopped("ServiceSchedulerInitiated", "Task failed container health checks"),
            "container-check-failed",
        ),
        (
            stopped(
                "ServiceSchedulerInitiated",
                "Scaling activity initiated by (deployment ecs-svc/123)",
            ),
            "scaled-in",
        ),
        (
            stopped("SpotInterruption", "Your Spot Task was interrupted."),
            "spot-interrupted",
        ),
        (
            stopped("TerminationNotice", "Host EC2 (instance i-0a1b2c3d) terminated."),
            "instance-gone",
        ),
        (
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
                 retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 \
                 time(s): RequestError: send request failed caused by: Post \
                 \"https://api.ecr.eu-west-1.amazonaws.com/\": dial tcp 10.0.0.1:443: i/o timeout",
            ),
            "ecr-login-unreachable",
        ),
        (
            not_started(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource \
                 retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 \
                 time(s): AccessDeniedException: User: arn:aws:sts::1:assumed-role/web/x is not authorized \
                 to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy \
                 allows the ecr:GetAuthorizationToken action",
            ),
            "ecr-token-denied",
        ),
        (
            container_not_started(
                "CannotPullContainerError: Error response from daemon: pull access denied for acme/web, \
                 repository does not exist or may require 'docker login': denied: requested access to the \
                 resource is denied",
            ),
            "image-access-denied",
        ),
        (
            container_not_started(
                "CannotPullContainerError: Error response from daemon: manifest for \
                 1.dkr.ecr.us-east-1.amazonaws.com/web:v2 not found: manifest unknown: Requested image not \
                 found",
            ),
            "image-not-found",
        ),
        (
            container_not_started(
                "CannotPullContainerError: no matching manifest for linux/arm64 in the manifest list entries",
            ),
            "image-for-another-platform",
        ),
        (
            not_started(
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): image Manifest \
                 does not contain descriptor matching platform 'linux/amd64'",
            ),
            "image-for-another-platform",
        ),
        (
            container_not_started(
                "CannotPullContainerError: failed to register layer: write /usr/lib/x.so: no space left on \
                 device",
            ),
            "disk-full",
        ),
        (
            container_not_started(
                "DockerTimeoutError: Could not transition to created; timed out after waiting 4m0s",
            ),
            "runtime-timed-out",
        ),
        (
            container_not_started(
                "CannotStartContainerError: Error response from daemon: OCI runtime create failed: runc \
                 create failed: unable to start container process: exec: \"/run.sh\": permission denied: \
                 unknown",
            ),
            "command-not-executable",
        ),
        (
            event(
                "(service web) (port 80) is unhealthy in (target-group arn:aws:x) due to (reason Health \
                 checks failed with these codes: [502])",
            ),
            "target-answers-otherwise",
        ),
        (
            event(
                "(service web) (task 3f2a) (port 80) is unhealthy in (target-group arn:aws:x) due to (reason \
                 Request timed out)",
            ),
            "target-times-out",
        ),
        (
            event(
                "(service web) was unable to place a task because no container instance met all of its \
                 requirements. The closest matching (container-instance 1a2b) has insufficient memory \
                 available.",
            ),
            "not-enough-memory",
        ),
        (
            event(
                "(service web) was unable to place a task. Reason: Capacity is unavailable at this time. \
                 Please try again later or in a different availability zone.",
            ),
            "fargate-without-capacity",
        ),
        (
            event(
                "(service web) failed to launch a task with (error ECS was unable to assume the role \
                 'arn:aws:iam::1:role/web' that was provided for this task.)",
            ),
            "role-not-assumable",
        ),
    ];
    for (facts, id) in rows {
        assert_eq!(id_of(&facts), Some(id), "{facts:?}");
    }
}

/// Pulls that fail on the way to their registry.
#[test]
fn pull_errors_depend_on_the_registry() {
    let rows = [
        (
            "CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: \
             failed open: failed to do request: Get \
             \"https://registry-1.docker.io/v2/library/nginx/blobs/sha256:1\": dial tcp 34.226.69.105:443: i/o \
             timeout",
            "outside-registry-unreachable",
        ),
        (
            "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref \
             docker.io/library/nginx:1.29: failed to authorize: failed to fetch anonymous token: Get \
             \"https://auth.docker.io/token?service=registry.docker.io\": dial tcp 34.226.69.105:443: i/o \
             timeout",
            "outside-registry-unreachable",
        ),
        (
            "CannotPullContainerError: The task cannot pull image-uri from the registry Docker Hub. There is a \
             connection issue between the task and the registry. Check your task network configuration.: \
             failed to copy: httpReadSeeker: failed open: failed to do request: Get \
             \"https://production.cloudflare.docker.com/registry-v2/x\": dial tcp 104.16.1.1:443: i/o timeout",
            "outside-registry-unreachable",
        ),
        (
            "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref \
             ghcr.io/acme/web:1: failed to do request: Head \"https://ghcr.io/v2/acme/web/manifests/1\": dial \
             tcp 140.82.121.33:443: connect: connection refused",
            "outside-registry-unreachable",
        ),
        (
            "CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: \
             failed open: failed to do request: Get \
             \"https://prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com/x\": dial tcp \
             52.216.1.1:443: i/o timeout",
            "image-layers-unreachable",
        ),
        (
            "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref \
             1.dkr-ecr.us-east-1.on.aws/web:1: failed to do request: Head \
             \"https://1.dkr-ecr.us-east-1.on.aws/v2/web/manifests/1\": dial tcp 10.0.3.17:443: i/o timeout",
            "registry-unreachable",
        ),
    ];
    for (reason, id) in rows {
        assert_eq!(id_of(&not_started(reason)), Some(id), "{reason}");
    }
}

#[test]
fn normal_texts_have_no_cause() {
    for message in [
        "(service web) has reached a steady state.",
        "(service web) registered 1 targets in (target-group arn:aws:x)",
        "(service web) deregistered 1 targets in (target-group arn:aws:x)",
        "(service web) has begun draining connections on 1 tasks.",
        "(service web) has stopped 1 running tasks: (task 3f2a).",
        "(service web) (deployment ecs-svc/1) deployment completed.",
    ] {
        assert_eq!(id_of(&event(message)), None, "{message}");
    }
}

#[test]
fn normal_log_lines_have_no_cause() {
    const LINES: &[&str] = &[
        "Listening on http://0.0.0.0:8080",
        "10.0.1.7 - - [27/Nov/2026:10:00:00 +0000] \"GET /health HTTP/1.1\" 200 2",
        "2026/11/27 10:00:00 [notice] 1#1: start worker processes",
        "2026/11/27 10:00:00 [error] 29#29: *1 connect() failed (111: Connection refused) while connecting to \
         upstream, client: 10.0.1.7, server: , request: \"GET / HTTP/1.1\", upstream: \
         \"http://127.0.0.1:9000/\"",
        "2026/11/27 10:00:00 [error] 29#29: *1 upstream timed out (110: Connection timed out) while reading \
         response header from upstream, client: 10.0.1.7",
        "INFO connected to postgres://db.example.com:5432/shop",
        "Access denied for /admin: 403",
        "WARN session timeout expired for user 7",
        "worker exited, restarting",
    ];
    assert_eq!(id_of(&logged(1, LINES)), Some("program-failed"));
}

/// Each line of `healthy.txt` is one that a program prints while it runs well, some with words of failures.
#[test]
fn lines_of_healthy_programs_have_no_cause() {
    let lines: Vec<&str> = include_str!("healthy.txt").lines().collect();
    assert!(lines.len() >= 400, "{} lines", lines.len());
    let crashed = |log_tail| FailureFacts {
        log_tail,
        ..exited(1, None)
    };
    for line in lines.chunks(1) {
        assert_eq!(id_of(&crashed(line)), Some("program-failed"), "{line:?}");
    }
    assert_eq!(id_of(&crashed(&lines)), Some("program-failed"));
}

/// A program that is killed from outside may have said anything before.
#[test]
fn a_killed_program_is_not_explained_by_its_log() {
    const LINES: &[&str] = &["Error: connect ECONNREFUSED 10.0.1.23:5432"];
    assert_eq!(id_of(&logged(1, LINES)), Some("server-refuses-connection"));
    assert_eq!(id_of(&logged(137, LINES)), Some("killed"));
    assert_eq!(id_of(&logged(143, LINES)), Some("terminated"));
}
