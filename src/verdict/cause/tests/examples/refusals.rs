//! Examples of the causes in `table/refusals.rs`.

use crate::verdict::cause::FailureFacts;
use crate::verdict::cause::tests::example::{container_not_started, event, not_started};

pub const EXAMPLES: &[(&str, &[FailureFacts<'static>])] = &[
    (
        "subnets-missing",
        &[
            event("subnets can not be empty."),
            event("Network Configuration must be provided when networkMode 'awsvpc' is specified."),
            event(
                "Amazon ECS Managed Instances capacity provider must specify a Network Configuration \
             with non empty subnets",
            ),
        ],
    ),
    (
        "network-configuration-unwanted",
        &[event(
            "Network Configuration is not valid for the given networkMode of this task definition.",
        )],
    ),
    (
        "subnet-missing",
        &[
            event(
                "Error retrieving subnet information for [birdzview]: The subnet ID 'birdzview' does \
             not exist (ErrorCode: InvalidSubnetID.NotFound)",
            ),
            event("The specified subnet id is invalid"),
        ],
    ),
    (
        "security-group-invalid",
        &[
            event("security group cannot be blank"),
            event("The specified security group id is invalid"),
            event(
                "Error retrieving security group information for [sg-0123456789abcdef0]: The security \
             group 'sg-0123456789abcdef0' does not exist (ErrorCode: InvalidGroup.NotFound)",
            ),
        ],
    ),
    (
        "public-address-not-supported",
        &[event("Assign public IP is not supported for this launch type.")],
    ),
    (
        "target-group-without-load-balancer",
        &[event(
            "The target group with targetGroupArn \
             arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/tg-fargate-example/97c07ffe67daf38f \
             does not have an associated load balancer.",
        )],
    ),
    (
        "target-type-instance",
        &[event(
            "The provided target group \
             arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/tools/3e51ba6896be6349 \
             has target type instance, which is incompatible with the awsvpc network mode \
             specified in the task definition.",
        )],
    ),
    (
        "target-type-ip",
        &[event(
            "The provided target group \
             arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/test/3e51ba6896be6349 \
             has target type ip, which is incompatible with the bridge network mode specified in \
             the task definition.",
        )],
    ),
    (
        "target-group-twice",
        &[event(
            "Duplicate targetGroupArn found: \
             arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/myecs-targetgroup/abc123",
        )],
    ),
    (
        "classic-load-balancer-missing",
        &[event("The load balancer mytestnodejs does not exist.")],
    ),
    (
        "load-balancer-role-denied",
        &[event(
            "Unable to assume role and validate the specified targetGroupArn. Please verify that \
             the ECS service role being passed has the proper permissions.",
        )],
    ),
    (
        "service-role-unwanted",
        &[event(
            "You cannot specify an IAM role for services that require a service linked role.",
        )],
    ),
    (
        "grace-period-without-load-balancer",
        &[
            event("Health check grace period is only valid for services configured to use load balancers"),
            event(
                "Resource handler returned message: \"Invalid request provided: UpdateService error: \
             Health check grace period is only valid for services configured to use load balancers \
             (Service: AmazonECS; Status Code: 400; Error Code: InvalidParameterException)\"",
            ),
        ],
    ),
    (
        "container-port-missing",
        &[
            event("The container app did not have a container port 80 defined."),
            event("The container app does not exist in the task definition."),
            event(
                "Unable to update the service web: Load balancer container name or port changed in \
             task definition",
            ),
        ],
    ),
    (
        "host-port-mapping-missing",
        &[event(
            "A host port mapping for the container port 80 is required.",
        )],
    ),
    (
        "listener-rule-malformed",
        &[event(
            "productionListenerRule has an invalid ARN format. Must be RuleArn for ALB or \
             ListenerArn for NLB. Got: \
             arn:aws:elasticloadbalancing:us-west-2:123456789012:listener/app/my-alb/abc123/def456",
        )],
    ),
    (
        "test-listener-missing",
        &[event(
            "For Application LoadBalancer, testListenerRule is required when \
             productionListenerRule is not associated with both targetGroup and \
             alternateTargetGroup",
        )],
    ),
    (
        "alternate-target-group-missing",
        &[event(
            "advancedConfiguration field is required for all loadBalancers when using a \
             non-ROLLING deployment strategy",
        )],
    ),
    (
        "classic-load-balancer-not-supported",
        &[event(
            "advancedConfiguration field is not allowed with ELBv1 loadBalancers",
        )],
    ),
    (
        "hook-stage-not-allowed",
        &[event("Invalid lifecycle stage provided for Pause Hook")],
    ),
    (
        "hook-not-waiting",
        &[
            event(
                "Provided hookId is either completed, unavailable, or not associated with the given \
             Resource ARN",
            ),
            event(
                "Continuing a service deployment is not allowed for service deployment in terminal states.",
            ),
            event("The service deployment does not exist."),
        ],
    ),
    (
        "classic-load-balancer-on-fargate",
        &[event("Classic Load Balancers are not supported with Fargate.")],
    ),
    (
        "load-balancer-named-twice",
        &[event(
            "loadBalancerName and targetGroupArn cannot both be specified.",
        )],
    ),
    (
        "listener-rule-twice",
        &[event(
            "The following rules cannot be used as both production and test listener rules: \
             arn:aws:elasticloadbalancing:us-west-2:123456789012:listener-rule/app/my-alb/abc123/def456/ghi789",
        )],
    ),
    (
        "load-balancer-kinds-mixed",
        &[event(
            "All loadBalancers must be strictly either ELBv1 (defining loadBalancerName) or ELBv2 \
             (defining targetGroupArn)",
        )],
    ),
    (
        "alternate-target-group-partly",
        &[event(
            "Either all or none of the provided loadBalancers must have advancedConfiguration defined",
        )],
    ),
    (
        "execution-role-missing",
        &[
            event("Fargate requires task definition to have execution role ARN to support ECR images."),
            event(
                "When you are specifying container secrets, you must also specify a value for \
             'executionRoleArn'.",
            ),
        ],
    ),
    (
        "task-role-missing",
        &[event(
            "The service couldn't be updated because a valid taskRoleArn is not being used. \
             Specify a valid task role in your task definition and try again.",
        )],
    ),
    ("role-malformed", &[event("Role is not valid")]),
    ("arn-malformed", &[event("Invalid arn syntax.")]),
    (
        "fargate-size-missing",
        &[event("Fargate requires that 'cpu' be defined at the task level.")],
    ),
    (
        "fargate-size-unknown",
        &[event(
            "No Fargate configuration exists for given values: 1024 CPU, 1024 memory. See the \
             Amazon ECS documentation for the valid values.",
        )],
    ),
    (
        "task-size-invalid",
        &[event(
            "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section \
             of the Amazon ECS Developer Guide.",
        )],
    ),
    (
        "container-memory-missing",
        &[event(
            "Invalid setting for container 'web'. At least one of 'memory' or 'memoryReservation' \
             must be specified.",
        )],
    ),
    (
        "container-port-invalid",
        &[event(
            "Invalid 'containerPort' setting for container 'prerenderContainer'.",
        )],
    ),
    (
        "ports-differ",
        &[event(
            "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
        )],
    ),
    (
        "not-with-awsvpc",
        &[event(
            "hostname is not supported on container when networkMode=awsvpc.",
        )],
    ),
    (
        "fargate-network-mode",
        &[event("Fargate only supports network mode ‘awsvpc’.")],
    ),
    (
        "fargate-host-path",
        &[
            event("host.sourcePath should not be set for volumes in Fargate."),
            event("Fargate compatible task definitions do not support sourcePath"),
        ],
    ),
    (
        "fargate-does-not-support",
        &[
            event("ClientException: Fargate does not support task placement constraints."),
            event(
                "ClientException: Fargate launch type does not support FirelensConfiguration config file from 's3'",
            ),
            event("Fargate compatible task definitions do not support devices"),
            event("Tasks using the Fargate launch type do not support ipcMode."),
            event("Placement constraints are not supported with FARGATE launch type."),
            event("Fargate requires that the 'privileged' setting be 'false'"),
            event("NET_ADMIN is not allowed on Fargate."),
        ],
    ),
    (
        "dependency-essential",
        &[event(
            "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
        )],
    ),
    ("containers-missing", &[event("Container list cannot be empty.")]),
    (
        "image-empty",
        &[event("Container.image should not be null or empty.")],
    ),
    (
        "image-too-long",
        &[event("Container.image should be 255 characters or less")],
    ),
    (
        "container-name-empty",
        &[event("Container.name should not be null or empty.")],
    ),
    (
        "name-characters",
        &[
            event(
                "InvalidParameterException: Cluster must match ^[a-zA-Z0-9\\-_]{1,255}$, but was myter-HQW81hf613dA",
            ),
            event("Family contains invalid characters."),
            event("InvalidParameterException: family must match ^[a-zA-Z0-9\\-_]+$"),
        ],
    ),
    (
        "task-definition-too-large",
        &[event(
            "Actual length: '514430'. Max allowed length is '65536' bytes.",
        )],
    ),
    ("tags-empty", &[event("Tags can not be empty.")]),
    (
        "volume-unknown",
        &[event("Unknown volume 'awseb-logs-nginx-proxy'.")],
    ),
    (
        "log-options-missing",
        &[event("Log driver awslogs requires options: awslogs-group")],
    ),
    (
        "log-options-unknown",
        &[event("Log driver awslogs disallows options: log_key")],
    ),
    ("task-definition-inactive", &[event("TaskDefinition is inactive")]),
    (
        "task-definition-missing",
        &[
            event("TaskDefinition not found."),
            event("ClientException: Unable to describe task definition."),
        ],
    ),
    (
        "launch-type-and-strategy",
        &[
            event(
                "InvalidParameterException: You may choose a capacity provider or a launch type but not both.",
            ),
            event(
                "Specifying both a launch type and capacity provider strategy is not supported. Remove \
             one and try again.",
            ),
        ],
    ),
    (
        "capacity-bases",
        &[event(
            "There are multiple capacity providers in the specified capacity provider strategy \
             with a base value defined",
        )],
    ),
    (
        "daemon-setting",
        &[
            event("The daemon scheduling strategy does not support a desired count for services"),
            event(
                "InvalidParameterException: Specifying a capacity provider strategy is not \
             supported when you create a service using the DAEMON scheduling strategy.",
            ),
        ],
    ),
    (
        "secret-shadows-variable",
        &[event(
            "The secret name must be unique and not shared with any new or existing environment \
             variables set on the container, such as 'DB_HOST'.",
        )],
    ),
    (
        "container-names-twice",
        &[event("Container names must be unique within a task definition")],
    ),
    (
        "dependency-unknown",
        &[event("Cannot depend on container db because it does not exist")],
    ),
    (
        "dependency-without-check",
        &[event(
            "A dependency container with HEALTHY condition must have health check configured",
        )],
    ),
    (
        "container-larger-than-task",
        &[
            event("The 'memory' setting for container 'app' is greater than for the task"),
            not_started(
                "resource cannot be initialized for task \
             arn:aws:ecs:us-west-2:123456789012:task/default/0123456789abcdef0123456789abcdef: \
             cgroup resource: unable to build resource spec for task: task memory spec \
             builder: container memory limit(1024) greater than task memory limit(512)",
            ),
        ],
    ),
    (
        "reservation-over-memory",
        &[
            event("'memory' must be greater than or equal to 'memoryReservation'"),
            container_not_started(
                "CannotCreateContainerError: Error response from daemon: Minimum memory \
             limit can not be less than memory reservation limit, see usage",
            ),
        ],
    ),
    (
        "log-router-missing",
        &[
            event(
                "ClientException: When awsfirelens log driver is specified in log configuration, a firelens configuration object must be configured in one of the containers.",
            ),
            event(
                "When awsfirelens log driver is specified in log configuration, a firelens \
             configuration object must be specified",
            ),
        ],
    ),
    (
        "log-prefix-missing",
        &[event(
            "Fargate requires log configuration options to include awslogs-stream-prefix",
        )],
    ),
    (
        "efs-root-with-access-point",
        &[event(
            "When using an EFS access point, the root directory must either be set to \"/\" or be omitted",
        )],
    ),
    (
        "efs-not-encrypted",
        &[event(
            "EFS IAM authorization requires TransitEncryption to be enabled",
        )],
    ),
    (
        "volume-unused",
        &[event(
            "Volumes [data] are not referenced by any of the containers",
        )],
    ),
    (
        "volume-not-in-task-definition",
        &[event(
            "The volume name 'data' in your request does not have a matching volume in your Task \
             Definition",
        )],
    ),
    (
        "ebs-volume-invalid",
        &[event("ECS managed EBS volume configuration was invalid")],
    ),
    ("port-name-twice", &[event("port mapping name is already used")]),
    (
        "port-used-twice",
        &[event("container port is used multiple times in task")],
    ),
    (
        "service-connect-port-unknown",
        &[event(
            "portName(api) does not refer to any named PortMapping in the container definitions",
        )],
    ),
    (
        "service-connect-without-namespace",
        &[event("Namespace is missing")],
    ),
    (
        "launch-type-not-in-task-definition",
        &[event("Task definition does not support launch_type FARGATE.")],
    ),
    (
        "platform-version-on-ec2",
        &[event(
            "The platform version must be null when specifying an EC2 launch type.",
        )],
    ),
    (
        "platform-version-too-old",
        &[
            event(
                "The specified platform does not satisfy the task definition’s required capabilities. (Service: AmazonECS; Status Code: 400; Error Code: PlatformTaskDefinitionIncompatibilityException;",
            ),
            event("One or more of the requested capabilities are not supported."),
        ],
    ),
    (
        "platform-version-unknown",
        &[event("The specified platform does not exist.")],
    ),
    (
        "capacity-provider-not-in-cluster",
        &[event(
            "The specified capacity provider strategy cannot contain a capacity provider that is \
             not associated with the cluster. Associate the capacity provider with the cluster or \
             specify a valid capacity provider and try again.",
        )],
    ),
    (
        "capacity-provider-missing",
        &[
            event(
                "ClientException: The specified capacity provider does not exist. Specify a valid name or ARN and try again.",
            ),
            event(
                "The specified capacity provider was not found. Specify a valid capacity provider and \
             try again",
            ),
        ],
    ),
    (
        "capacity-change-needs-deployment",
        &[event(
            "When switching from launch type to capacity provider strategy on an existing service, \
             or making a change to a capacity provider strategy on a service that is already using \
             one, you must force a new deployment.",
        )],
    ),
    (
        "zone-rebalancing-not-possible",
        &[event(
            "Availability Zone Rebalancing does not support maximumPercent <= 100%",
        )],
    ),
    (
        "code-deploy-deploys",
        &[event(
            "Unable to update task definition on services with a CODE_DEPLOY deployment \
             controller. Use AWS CodeDeploy to trigger a new deployment.",
        )],
    ),
    (
        "long-arn-format-off",
        &[event(
            "The new ARN and resource ID format must be enabled to add tags to the service. Opt in \
             to the new format and try again.",
        )],
    ),
    (
        "short-arn-service",
        &[
            event(
                "The specified service does not have the longArn format. Only services created after \
             opting in will have the new format.",
            ),
            event("InvalidParameterException: Long arn format must be used for tagging operations"),
        ],
    ),
    (
        "registry-port-unwanted",
        &[
            event(
                "The values specified for serviceRegistries do not require a value for \
             'containerPort'. Remove the value and retry.",
            ),
            event("A port was provided but is not required by the specified service registry"),
        ],
    ),
    (
        "namespace-missing",
        &[event("Failed to retrieve namespace for example")],
    ),
    (
        "service-name-taken",
        &[event("Creation of service was not idempotent.")],
    ),
    ("service-not-active", &[event("Service was not ACTIVE.")]),
    ("service-missing", &[event("Service not found.")]),
    (
        "service-still-runs",
        &[event(
            "The service cannot be stopped while deployments are active.",
        )],
    ),
    (
        "cluster-inactive",
        &[event("The referenced cluster was inactive.")],
    ),
    ("cluster-not-ready", &[event("Cluster was not ACTIVE.")]),
    (
        "cluster-missing",
        &[event("ClusterNotFoundException: Cluster not found.")],
    ),
    (
        "service-linked-role-creation-denied",
        &[event(
            "User: arn:aws:iam::123456789012:user/ci is not authorized to perform: \
             iam:CreateServiceLinkedRole on resource: \
             arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
        )],
    ),
    (
        "pass-role-denied",
        &[event(
            "User: arn:aws:iam::123456789012:user/ci is not authorized to perform: iam:PassRole on \
             resource: arn:aws:iam::123456789012:role/ecsTaskExecutionRole because no \
             identity-based policy allows the iam:PassRole action",
        )],
    ),
    (
        "caller-denied",
        &[event(
            "User: arn:aws:sts::123456789012:assumed-role/batch/x is not authorized to perform: \
             ecs:RunTask on resource: arn:aws:ecs:us-east-1:123456789012:task-definition/batch:1",
        )],
    ),
    (
        "hook-target-type-unknown",
        &[event("Invalid targetType. Valid values are: AWS_LAMBDA, PAUSE")],
    ),
    (
        "capacity-provider-not-active",
        &[event(
            "InvalidParameterException: The specified capacity provider 'cluster-cp' is \
             not in an ACTIVE state. Specify a valid capacity provider and try again.",
        )],
    ),
    (
        "strategy-without-weight",
        &[event(
            "InvalidParameterException: There are no capacity providers with a weight \
             value greater than zero defined in the default capacity provider strategy. \
             At least one capacity provider must have a weight value greater than zero \
             specified. Update the cluster's default capacity provider strategy or \
             specify a valid capacity provider strategy and try again.",
        )],
    ),
    (
        "managed-instances-with-other-provider",
        &[event(
            "Specifying multiple capacity providers is not supported when using a \
             MANAGED_INSTANCES capacity provider",
        )],
    ),
    (
        "volume-kinds-mixed",
        &[event(
            "ClientException: When the volume parameter is specified, only one volume \
             configuration type should be used.",
        )],
    ),
    (
        "registrations-collide",
        &[event(
            "ClientException: Too many concurrent attempts to create a new revision of \
             the specified family.",
        )],
    ),
    (
        "namespace-not-shared",
        &[event(
            "ClientException: User: arn:aws:iam::111122223333:user/marymajor is not \
             authorized to perform: servicediscovery:CreateService on resource: \
             arn:aws:servicediscovery:us-east-1:444455556666:namespace/ns-0123456789abcdef \
             because no resource-based policy allows the servicediscovery:CreateService \
             action",
        )],
    ),
    (
        "desired-count-over-quota",
        &[event("InvalidParameterException: Desired count exceeds limit.")],
    ),
    (
        "containers-too-many",
        &[event("ClientException: Too many containers.")],
    ),
    (
        "containers-exceed-task-cpu",
        &[event(
            "ClientException: The sum of all container 'cpu' values cannot be greater \
             than the value of the task 'cpu'.",
        )],
    ),
    (
        "discovery-name-taken",
        &[event(
            "InvalidParameterException: SC service is already used by \
             arn:aws:servicediscovery:eu-west-2:123456789012:namespace/ns-r2enqwrp7ezscumk",
        )],
    ),
    (
        "cluster-differs",
        &[event(
            "InvalidParameterException: Arguments on this idempotent request are \
             inconsistent with arguments used in previous request(s).",
        )],
    ),
    (
        "capacity-provider-in-cluster",
        &[event(
            "The capacity provider cannot be deleted because it is associated with cluster: web. Remove the capacity provider from the cluster and try again.",
        )],
    ),
    (
        "managed-instances-provider-associated",
        &[event(
            "InvalidParameterException: Cannot associate Managed Instances capacity provider to clusters using this API. Managed Instances capacity providers are already",
        )],
    ),
    (
        "registry-port-wanted",
        &[
            event(
                "InvalidParameterException: When specifying 'host' or 'bridge' for networkMode, values for 'containerName' and 'containerPort' must be specified from the task definition. Registry: arn:aws:servicediscovery:us-east-2:123456789012:service/srv-l2ijonw3ungcigcj",
            ),
            event(
                "InvalidParameterException: When specifying 'host' or 'bridge' for networkMode, values for 'containerName' and 'containerPort' must be specified from the task d",
            ),
        ],
    ),
    (
        "registry-port-twice",
        &[event(
            "InvalidParameterException: Specify a value for either 'port' or the 'containerName' and 'containerPort' combination, but not both",
        )],
    ),
    (
        "stop-timeout-too-long",
        &[event(
            "ClientException: Tasks using the Fargate launch type must have a container stop timeout of less than 120 seconds.",
        )],
    ),
    (
        "identifier-malformed",
        &[event(
            "InvalidParameterException: Invalid identifier: Unexpected number of separators",
        )],
    ),
    (
        "log-router-unused",
        &[event(
            "ClientException: When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver.",
        )],
    ),
    (
        "member-blank",
        &[
            event("InvalidParameterException: Task Definition can not be blank."),
            event("InvalidParameterException: Container Name can not be blank."),
        ],
    ),
    (
        "ecs-unavailable",
        &[event(
            "ServerException: Service Unavailable. Please try again later.",
        )],
    ),
    (
        "circuit-breaker-not-supported",
        &[event(
            "InvalidParameterException: Deployment circuit breaker feature is not supported with Classic Load Balancers. Remove the Classic Load Balancer and try again.",
        )],
    ),
    (
        "proxy-container-missing",
        &[event(
            "Invalid request provided: Create TaskDefinition: Proxy container [envoy] does not exist",
        )],
    ),
    (
        "constraint-type-not-supported",
        &[event(
            "Invalid request provided: Create TaskDefinition: constraint.type 'distinctInstance' is not supported. (Service: AmazonECS; Status Code: 400; Error Code: ClientException)",
        )],
    ),
    (
        "constraint-expression-unwanted",
        &[event(
            "InvalidParameterException: distinctInstance expression should not be specified.",
        )],
    ),
    (
        "service-draining",
        &[event(
            "InvalidParameterException: Unable to Start a service that is still Draining.",
        )],
    ),
    (
        "secret-name-twice",
        &[event(
            "ClientException: Duplicate secret names found: APP_ENV. Each secret name must be unique.",
        )],
    ),
    (
        "capacity-provider-name",
        &[event(
            "ClientException: The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters (upper and lowercase), numbers, underscores, and hyphens. The name cannot be prefixed with \"aws\", \"ecs\", or \"fargate\".",
        )],
    ),
    (
        "external-controller-definition",
        &[event("InvalidParameterException: TaskDefinition must be blank")],
    ),
    (
        "revision-malformed",
        &[event("InvalidParameterException: Invalid revision number.")],
    ),
    (
        "account-differs",
        &[
            event("InvalidParameterException: AccountIDs mismatch"),
            event("InvalidParameterException: Identifier is for account_id. Your accountId is 123456789012"),
        ],
    ),
    (
        "registries-with-rolling-only",
        &[event(
            "InvalidParameterException: Service Registries are only supported for ROLLING deployment strategy.",
        )],
    ),
    (
        "registry-arn-malformed",
        &[event(
            "InvalidParameterException: The format of the supplied service registry ARN is invalid: arn:aws:servicediscovery:eu-west-1:123456789012:namespace/ns-hoggwkp7p2lefor5.",
        )],
    ),
    (
        "capacity-provider-in-use",
        &[event(
            "ResourceInUseException: The specified capacity provider is in use and cannot be removed.",
        )],
    ),
    (
        "target-group-checks-fixed-port",
        &[event(
            "InvalidParameterException: The task definition is configured to use a dynamic host port, but the target group with targetGroupArn arn:aws:elasticloadbalancing:us-west-1:123456789012:targetgroup/ECSTG/da48f96c7786ab3f has a health check port specified.",
        )],
    ),
    (
        "host-path-empty",
        &[event("ClientException: host.sourcePath should not be blank.")],
    ),
    (
        "load-balancers-too-many",
        &[event(
            "InvalidParameterException: load balancers can have at most 1 items.",
        )],
    ),
    (
        "image-characters",
        &[event(
            "ClientException: Container.image contains invalid characters.",
        )],
    ),
    ("account-blocked", &[event("Your account is currently blocked.")]),
    (
        "parameter-name-invalid",
        &[event(
            "The Systems Manager parameter name specified for secret MONGO_URI is invalid",
        )],
    ),
    (
        "task-id-malformed",
        &[event("taskId length should be one of [32,36]")],
    ),
    (
        "registry-missing",
        &[event(
            "The service registry could not be validated. Route 53 error: \"ServiceNotFound.\"",
        )],
    ),
    (
        "registries-on-task-set",
        &[event("ServiceRegistries must be empty or null.")],
    ),
];
