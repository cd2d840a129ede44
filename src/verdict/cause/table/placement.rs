//! Causes of placement failures: instances, Fargate, quotas.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "instance-role-not-passable",
        when: &[CauseSign::Said(
            "Unable to launch instance(s) for capacity provider*not authorized to perform: \
                 iam:PassRole",
        )],
        cause: "the infrastructure role of the capacity provider (Managed Instances) may not pass \
                the instance role to EC2; waiting doesn't help",
        cure: &[
            SuggestionPart::text(
                "allow iam:PassRole on the instance profile's role to the infrastructure role, \
                 with iam:PassedToService ec2.*; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Amazon ECS infrastructure IAM role",
    },
    Cause {
        id: "instances-denied",
        when: &[CauseSign::Said(
            "Unable to launch instance(s) for capacity provider*not authorized to perform",
        )],
        cause: "the infrastructure role of the capacity provider (Managed Instances) lacks a \
                permission to start instances",
        cure: &[
            SuggestionPart::text(
                "aws iam attach-role-policy --role-name ROLE --policy-arn \
                 arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForManagedInstances; \
                 then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Amazon ECS infrastructure IAM role",
    },
    Cause {
        id: "instance-quota",
        when: &[
            CauseSign::Said("Unable to launch instance(s) for capacity provider*LimitExceeded"),
            CauseSign::Said(
                "Unable to launch instance(s) for capacity provider*MaxSpotInstanceCountExceeded",
            ),
            CauseSign::Said("VcpuLimitExceeded"),
        ],
        cause: "the account's EC2 quota of vCPUs for this kind of instance in this region is used up",
        cure: &[SuggestionPart::text(
            "aws service-quotas list-service-quotas --service-code ec2, then aws \
                 service-quotas request-service-quota-increase …; or run fewer or smaller tasks",
        )],
        source: "Amazon EC2 API reference, Error codes (VcpuLimitExceeded, \
                 MaxSpotInstanceCountExceeded); Amazon ECS developer guide, \
                 Troubleshooting Amazon ECS Managed Instances",
    },
    Cause {
        id: "instances-without-capacity",
        when: &[
            CauseSign::Said("Unable to launch instance(s) for capacity provider*UnfulfillableCapacity"),
            CauseSign::Said(
                "Unable to launch instance(s) for capacity provider*InsufficientInstanceCapacity",
            ),
        ],
        cause: "EC2 has no free instances of the types that the capacity provider allows in these \
                zones, or none that fit its requirements",
        cure: &[
            SuggestionPart::text(
                "allow more instance types or zones in the capacity provider's launch template, or \
                 no Spot only; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon EC2 API reference, Error codes (InsufficientInstanceCapacity, \
                 UnfulfillableCapacity)",
    },
    Cause {
        id: "zone-without-fitting-instance",
        when: &[CauseSign::Said(
            "is unable to place a task in *because no container instance met",
        )],
        cause: "no instance in that Availability Zone fits the task, so ECS can't balance the zones",
        cure: &[SuggestionPart::text(
            "add instances in that zone, or make the task smaller; \
                 availabilityZoneRebalancing: DISABLED ends the attempts",
        )],
        source: "Amazon ECS developer guide, Amazon ECS Availability Zone service rebalancing \
                 service event messages",
    },
    Cause {
        id: "zone-without-capacity",
        when: &[CauseSign::Said("is unable to place a task in ")],
        cause: "Fargate has no free capacity in that Availability Zone, so ECS can't balance the zones",
        cure: &[SuggestionPart::text(
            "add subnets of that zone to networkConfiguration, or ask AWS Support for \
                 capacity; availabilityZoneRebalancing: DISABLED ends the attempts",
        )],
        source: "Amazon ECS developer guide, Amazon ECS Availability Zone service rebalancing \
                 service event messages",
    },
    Cause {
        id: "cluster-without-instances",
        when: &[CauseSign::Said(
            "No Container Instances were found in your cluster",
        )],
        cause: "the cluster has no instances, and the service asks for EC2",
        cure: &[SuggestionPart::text(
            "add instances whose /etc/ecs/ecs.config names this cluster, or use Fargate: \
                 launchType: FARGATE",
        )],
        source: "ptokito/ECSClusterWithTerraform#3; Amazon ECS service event messages",
    },
    Cause {
        id: "provider-without-instances",
        when: &[
            CauseSign::Said("No Container Instances were found in your capacity provider"),
            CauseSign::Said("TaskFailedToStart: EMPTY CAPACITY PROVIDER"),
            CauseSign::Said("TaskFailedToStart: NO ACTIVE INSTANCES"),
        ],
        cause: "the capacity provider has no instance for the task: it may not scale out, or none of its \
                instances fit",
        cure: &[SuggestionPart::text(
            "aws ecs describe-capacity-providers; turn on managed scaling, raise the Auto Scaling \
                 group's maximum, or correct capacityProviderStrategy",
        )],
        source: "Amazon ECS service event messages (No Container Instances were found in your capacity \
                 provider); Amazon ECS API failure reasons (DescribeTasks); openillumi.com, AWS ECS EMPTY \
                 CAPACITY PROVIDER",
    },
    Cause {
        id: "host-port-taken",
        when: &[
            CauseSign::Said("is already using a port required by your task"),
            CauseSign::Said("RESOURCE:PORTS"),
        ],
        cause: "every fitting instance already uses the task's fixed host port, often for the old version \
                of the same service",
        cure: &[SuggestionPart::text(
            "set hostPort: 0 (or networkMode: awsvpc), or stop the old task first: \
                 deploymentConfiguration: {minimumHealthyPercent: 0, maximumPercent: 100}",
        )],
        source: "Shippable/support#4462; CircleCI-Archived/circle-ecs#1; Amazon ECS service event messages \
                 (Port already in-use); Amazon ECS API failure reasons (RESOURCE:*)",
    },
    Cause {
        id: "not-enough-memory",
        when: &[
            CauseSign::Said("has insufficient memory available"),
            CauseSign::Said("RESOURCE:MEMORY"),
        ],
        cause: "no instance has as much unreserved memory as the task asks for",
        cure: &[SuggestionPart::text(
            "lower the task's memory or memoryReservation, or add instances; minimumHealthyPercent \
                 below 100 frees the old task's share first",
        )],
        source: "Amazon ECS service event messages (Not enough memory); Amazon ECS API failure reasons \
                 (RESOURCE:*)",
    },
    Cause {
        id: "not-enough-cpu",
        when: &[
            CauseSign::Said("has insufficient CPU units available"),
            CauseSign::Said("RESOURCE:CPU"),
        ],
        cause: "no instance has as many unreserved CPU units as the task asks for",
        cure: &[SuggestionPart::text(
            "lower the task's cpu, or add instances; minimumHealthyPercent below 100 frees the old \
                 task's share first",
        )],
        source: "Amazon ECS service event messages (insufficient CPU units available); Amazon ECS API \
                 failure reasons (RESOURCE:*)",
    },
    Cause {
        id: "no-network-interface-left",
        when: &[CauseSign::Said("RESOURCE:ENI")],
        cause: "no instance has a free network interface, of which each task of the network mode awsvpc \
                takes one",
        cure: &[SuggestionPart::text(
            "add or enlarge instances, turn on awsvpcTrunking (aws ecs put-account-setting-default \
                 --name awsvpcTrunking --value enabled), or set networkMode: bridge",
        )],
        source: "aws/aws-app-mesh-examples#342; Amazon ECS API failure reasons (RESOURCE:ENI)",
    },
    Cause {
        id: "not-enough-gpus",
        when: &[
            CauseSign::Said("RESOURCE:GPU"),
            CauseSign::Said("has insufficient GPU resource available"),
        ],
        cause: "no instance has as many free GPUs as the task asks for",
        cure: &[SuggestionPart::text(
            "add instances with GPUs to the cluster, or ask for fewer in resourceRequirements",
        )],
        source: "Amazon ECS API failure reasons (RESOURCE:GPU)",
    },
    Cause {
        id: "instance-attribute-missing",
        when: &[
            CauseSign::Said("is missing an attribute required by your task"),
            CauseSign::Said("TaskFailedToStart: ATTRIBUTE"),
        ],
        cause: "no instance has a feature that the task definition needs: a log driver, a processor, a \
                newer agent, or its subnet",
        cure: &[SuggestionPart::text(
            "compare aws ecs describe-task-definition --task-definition FAMILY --query \
                 taskDefinition.requiresAttributes with the instances' attributes",
        )],
        source: "compose-x/ecs_composex#731; hashicorp/terraform-provider-aws#32068; Amazon ECS service \
                 event messages (missing required attribute); Amazon ECS API failure reasons (ATTRIBUTE)",
    },
    Cause {
        id: "placement-constraint-unmet",
        when: &[CauseSign::Said("MemberOf placement constraint unsatisfied")],
        cause: "no instance fits the expression of a memberOf constraint, the service's or the task \
                definition's",
        cure: &[SuggestionPart::text(
            "compare placementConstraints with what instances have: aws ecs list-attributes \
                 --cluster CLUSTER --target-type container-instance",
        )],
        source: "aws/amazon-ecs-agent#3044",
    },
    Cause {
        id: "agent-disconnected",
        when: &[
            CauseSign::Said("encountered error \"AGENT\""),
            CauseSign::Said("TaskFailedToStart: AGENT"),
            CauseSign::Said("Timed out waiting for Amazon ECS Agent to start"),
            CauseSign::Said("have the agent connected"),
        ],
        cause: "the ECS agent on the instance is not connected",
        cure: &[SuggestionPart::text(
            "on the instance: sudo systemctl restart ecs; its log is /var/log/ecs/ecs-agent.log",
        )],
        source: "Amazon ECS service event messages (AGENT; Timed out waiting for Amazon ECS Agent to \
                 start); Amazon ECS API failure reasons (AGENT)",
    },
    Cause {
        id: "fargate-without-capacity",
        when: &[
            CauseSign::Said("Capacity is unavailable at this time"),
            CauseSign::Said("RESOURCE:FARGATE"),
        ],
        cause: "AWS has no capacity for this size of task in these zones right now",
        cure: &[
            SuggestionPart::text("ECS keeps trying: "),
            SuggestionPart::command("wait", "SERVICE"),
            SuggestionPart::text("; subnets in more zones, or another cpu and memory size, find room sooner"),
        ],
        source: "Amazon ECS service event messages (Capacity is unavailable at this \
                 time); Amazon ECS developer guide, Amazon ECS events (Service task \
                 placement failure event)",
    },
    Cause {
        id: "quota-of-vcpus",
        when: &[CauseSign::Said(
            "ve reached the limit on the number of vCPUs you can run concurrently",
        )],
        cause: "the account's Fargate vCPU quota in this region is used up",
        cure: &[SuggestionPart::text(
            "aws service-quotas list-service-quotas --service-code fargate, then aws service-quotas \
                 request-service-quota-increase …; or run fewer or smaller tasks",
        )],
        source: "Amazon ECS service event messages (limit on the number of vCPUs)",
    },
    Cause {
        id: "quota-of-tasks",
        when: &[
            CauseSign::Said("ve reached the limit on the number of tasks you can run concurrently"),
            CauseSign::Said("ve reached the limit on the number of spot tasks you can run concurrently"),
        ],
        cause: "the account's quota of running tasks in this region is used up; a new account starts with \
                a low one",
        cure: &[SuggestionPart::text(
            "aws service-quotas list-service-quotas --service-code fargate shows it; request an \
                 increase, or run fewer tasks",
        )],
        source: "Amazon ECS service event messages (limit on the number of tasks); Troubleshooting service \
                 load balancers; aws/copilot-cli#2685 (Spot)",
    },
    Cause {
        id: "quota-of-task-size",
        when: &[
            CauseSign::Said("The requested CPU configuration is above your limit"),
            CauseSign::Said("The requested MEMORY configuration is above your limit"),
        ],
        cause: "the account may not run tasks of this size",
        cure: &[SuggestionPart::text(
            "lower the task definition's cpu or memory, or request an increase: aws service-quotas \
                 list-service-quotas --service-code fargate",
        )],
        source: "Amazon ECS service event messages (configuration is above your limit)",
    },
    Cause {
        id: "too-many-provisioning",
        when: &[
            CauseSign::Said("because the tasks provisioning capacity limit was exceeded"),
            CauseSign::Said("provisioning capacity limit exceeded"),
        ],
        cause: "500 tasks of the cluster are in PROVISIONING already, the most that a cluster can have",
        cure: &[
            SuggestionPart::text("wait for them ("),
            SuggestionPart::command("wait", "SERVICE"),
            SuggestionPart::text("), or scale in smaller steps: "),
            SuggestionPart::command("scale", "SERVICE=N"),
        ],
        source: "Amazon ECS service event messages (tasks provisioning capacity limit)",
    },
    Cause {
        id: "zone-not-supported",
        when: &[CauseSign::Said(
            "was unable to place a task. Reason: Internal error",
        )],
        cause: "a subnet lies in a zone that Fargate does not serve",
        cure: &[SuggestionPart::text(
            "aws ec2 describe-subnets --subnet-ids … --query 'Subnets[].AvailabilityZoneId', and \
                 remove that subnet from networkConfiguration",
        )],
        source: "Amazon ECS service event messages (Reason: Internal error)",
    },
    Cause {
        id: "no-instance-fits",
        when: &[
            CauseSign::Said("because no container instance met all of its requirements"),
            CauseSign::Said("unable to place a task because the resources could not be found"),
        ],
        cause: "no instance of the cluster fits the task: memory, CPU, ports, network interfaces or \
                attributes",
        cure: &[
            SuggestionPart::command("events", "SERVICE"),
            SuggestionPart::text(
                " shows the closest match and what it is missing; add instances, or make the task \
                 smaller",
            ),
        ],
        source: "Amazon ECS service event messages (no container instance met all of its requirements)",
    },
    Cause {
        id: "tasks-partly-launched",
        when: &[CauseSign::Said("could not launch * tasks for deployment")],
        cause: "only a part of the deployment's tasks found room",
        cure: &[
            SuggestionPart::command("events", "SERVICE"),
            SuggestionPart::text(" shows what the others lack; add capacity, or make the task smaller"),
        ],
        source: "Amazon ECS developer guide, Service event messages",
    },
];
