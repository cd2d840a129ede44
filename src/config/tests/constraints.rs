//! Input that AWS rejects, or could never deploy, is reported before anything is built.

use super::*;

/// Returns the first line and the label of each error.
fn errors(text: &str) -> Vec<String> {
    let Err(rejected) = FileCase::default().load(text) else {
        return Vec::new();
    };
    let problems = rejected.problems.sorted().into_iter();
    let errors = problems.filter(|it| it.level == crate::diagnostic::Level::Error);
    errors.map(|it| it.message.clone()).collect()
}

/// Returns a file with a service `web` on Fargate: lines of the service, of the definition, and members
/// of the container.
fn on_fargate(service_lines: &str, definition: &str, container: &str) -> String {
    service(service_lines, &format!("cpu: 256\nmemory: 512\n{definition}"))
        .replace("{image: busybox,", &format!("{{image: busybox, {container}"))
}

#[test]
fn members_that_fargate_does_not_support_are_all_reported() {
    let container = "privileged: true, links: [db], extraHosts: [{hostname: a, ipAddress: 10.0.0.1}], \
                     resourceRequirements: [{type: GPU, value: '1'}], linuxParameters: {sharedMemorySize: 256, \
                     devices: [{hostPath: /dev/dri}], capabilities: {add: [SYS_PTRACE, NET_ADMIN]}},";
    let definition = "ipcMode: task\npidMode: host\nvolumes: [{name: a, host: {sourcePath: /a}}, \
                      {name: b, dockerVolumeConfiguration: {scope: task}}]";
    let mut errors = errors(&on_fargate("", definition, container));
    errors.sort();
    assert_eq!(
        errors,
        [
            "Fargate can't add the Linux capability `NET_ADMIN`",
            "Fargate does not support `devices`",
            "Fargate does not support `dockerVolumeConfiguration`",
            "Fargate does not support `extraHosts` with network mode awsvpc",
            "Fargate does not support `ipcMode`",
            "Fargate does not support `links` with network mode awsvpc",
            "Fargate does not support `pidMode: host`",
            "Fargate does not support `privileged`",
            "Fargate does not support `sharedMemorySize`",
            "Fargate does not support `sourcePath`",
            "Fargate does not support a GPU",
        ]
    );
}

#[test]
fn members_that_ask_for_nothing_are_accepted_on_fargate() {
    let container = "privileged: false, links: [], linuxParameters: {sharedMemorySize: 0, devices: []},";
    assert_eq!(errors(&on_fargate("", "pidMode: task", container)), [""; 0]);
}

#[test]
fn instances_support_what_fargate_does_not() {
    let text = on_fargate("launchType: EC2", "ipcMode: task", "privileged: true,");
    assert_eq!(errors(&text), [""; 0]);
}

#[test]
fn values_outside_their_range_are_refused() {
    let container =
        "healthCheck: {command: [CMD, a], interval: 4, timeout: 61, retries: 11, startPeriod: 301},";
    assert_eq!(
        errors(&on_fargate("", "ephemeralStorage: {sizeInGiB: 20}", container)),
        [
            "`sizeInGiB` must be between 21 and 200, not 20",
            "`interval` must be between 5 and 300, not 4",
            "`timeout` must be between 2 and 60, not 61",
            "`retries` must be between 1 and 10, not 11",
            "`startPeriod` must be between 0 and 300, not 301",
        ]
    );
    let bounds = "healthCheck: {command: [CMD, a], interval: 5, timeout: 60, retries: 10, startPeriod: 0},";
    assert_eq!(
        errors(&on_fargate("", "ephemeralStorage: {sizeInGiB: 200}", bounds)),
        [""; 0]
    );
}

#[test]
fn an_execution_role_is_required_by_logs_secrets_and_ecr() {
    let missing = "missing `executionRoleArn` in a task definition";
    for container in [
        "logConfiguration: {logDriver: awslogs, options: {awslogs-group: g, awslogs-region: r, awslogs-stream-prefix: p}},",
        "secrets: {S: arn:aws:ssm:us-east-1:123456789012:parameter/s},",
    ] {
        assert_eq!(errors(&on_fargate("", "", container)), [missing], "{container}");
        let with_role = on_fargate("", "executionRoleArn: role", container);
        assert_eq!(errors(&with_role), [""; 0], "{container}");
    }
    let ecr = on_fargate("", "", "").replace("busybox", "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1");
    assert_eq!(errors(&ecr), [missing]);
    let on_instances = ecr.replace("    taskDefinition:", "    launchType: EC2\n    taskDefinition:");
    assert_eq!(errors(&on_instances), [""; 0]);
}

#[test]
fn roles_are_role_arns_or_names() {
    for (role, is_refused) in [
        ("arn:aws:iam::12345678901:role/x", true),
        ("arn:aws:iam::123456789012:policy/x", true),
        ("arn:aws-cn:iam::123456789012:role/path/x", false),
        ("ecsTaskExecutionRole", false),
    ] {
        for key in ["executionRoleArn", "taskRoleArn"] {
            let found = errors(&on_fargate("", &format!("{key}: {role}"), ""));
            let expected = format!("`{key}` is not the ARN of an IAM role");
            assert_eq!(found.contains(&expected), is_refused, "{key}: {role}: {found:?}");
        }
    }
}

#[test]
fn a_log_router_and_its_containers_need_each_other() {
    let unused = on_fargate("", "", "firelensConfiguration: {type: fluentbit},");
    assert_eq!(errors(&unused), ["no container logs through this log router"]);
    let missing = on_fargate("", "", "logConfiguration: {logDriver: awsfirelens},");
    assert_eq!(errors(&missing), ["no container is a log router"]);
}

#[test]
fn a_service_that_aws_refuses_or_that_could_never_deploy() {
    let rows = [
        (
            "healthCheckGracePeriodSeconds: 60",
            "a health check grace period without a load balancer or a health check",
        ),
        (
            "loadBalancers: [{targetGroupArn: my-target-group, containerName: web, containerPort: 80}]",
            "`targetGroupArn` takes an ARN, not `my-target-group`",
        ),
        (
            "serviceRegistries: [{registryArn: my-service}]",
            "`registryArn` takes an ARN, not `my-service`",
        ),
        (
            "deploymentConfiguration: {minimumHealthyPercent: 100, maximumPercent: 100}",
            "this deployment configuration lets ECS neither start nor stop a task",
        ),
        (
            "availabilityZoneRebalancing: ENABLED\ndeploymentConfiguration: {maximumPercent: 100}",
            "Availability Zone rebalancing needs `maximumPercent` above 100, not 100",
        ),
        (
            "networkConfiguration: {awsvpcConfiguration: {subnets: []}}",
            "`subnets` is empty",
        ),
        (
            "enableExecuteCommand: true",
            "`enableExecuteCommand` needs a task role",
        ),
    ];
    for (service, expected) in rows {
        assert_eq!(errors(&on_fargate(service, "", "")), [expected], "{service}");
    }
}

#[test]
fn services_that_aws_accepts() {
    let target_group = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/73e2d6bc24d8a067";
    let balanced = format!(
        "loadBalancers: [{{targetGroupArn: '{target_group}', containerName: web, containerPort: 80}}]\n\
         healthCheckGracePeriodSeconds: 60"
    );
    for service in [
        balanced.as_str(),
        "healthCheckGracePeriodSeconds: 0",
        "deploymentConfiguration: {minimumHealthyPercent: 50, maximumPercent: 100}",
        "deploymentConfiguration: {strategy: BLUE_GREEN, minimumHealthyPercent: 100, maximumPercent: 100}",
        "enableExecuteCommand: false",
    ] {
        assert_eq!(errors(&on_fargate(service, "", "")), [""; 0], "{service}");
    }
    assert_eq!(
        errors(&on_fargate("enableExecuteCommand: true", "taskRoleArn: role", "")),
        [""; 0]
    );
}

/// Returns the label at a container's image, if it is rejected.
fn image_refusal(image: &str) -> Option<String> {
    let text = on_fargate("", "executionRoleArn: role", "").replace("busybox", &format!("\"{image}\""));
    let rejected = FileCase::default()
        .load(&format!("images: {{web: {{repository: web, build: .}}}}\n{text}"))
        .err()?;
    let problems = rejected.problems.sorted().into_iter();
    let mut refused = problems.filter(|it| it.code == "bad-image-name");
    refused.next()?.label.clone()
}

#[test]
fn images_that_docker_could_not_pull_are_refused() {
    let placeholder = "its placeholder is not resolved";
    for (image, why) in [
        ("$ECR_REGISTRY/$ECR_REPOSITORY:$IMAGE_TAG", placeholder),
        ("<IMAGE1_NAME>", placeholder),
        ("{{IMAGE}}", placeholder),
        (
            "https://registry.example.com/web:1",
            "an image's reference has no scheme",
        ),
        (
            "arn:aws:ecr:us-east-1:123456789012:repository/web",
            "an image is named by its repository's URI",
        ),
        ("Web:1", "a repository must be lowercase"),
        ("nginx:", "the tag is empty"),
        ("nginx@sha256:abc", "a digest is `sha256:`"),
        ("${images.web}:latest", "`${images.NAME}` is a whole reference"),
    ] {
        let label = image_refusal(image).unwrap_or_else(|| panic!("{image} is accepted"));
        assert!(label.starts_with(why), "{image}: {label}");
    }
}

#[test]
fn images_that_docker_pulls_are_accepted() {
    for image in [
        "nginx",
        "${images.web}",
        "public.ecr.aws/nginx/nginx:1.27",
        "localhost:5000/web:v1",
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/${env.REPO}:v1",
    ] {
        assert_eq!(image_refusal(image), None, "{image}");
    }
}
