//! Causes in the task's network interface and storage, which ECS provisions before anything starts; then general
//! failures of ECS and of the agent, which hide no better cause of an earlier family.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "interface-timed-out",
        when: &[
            CauseSign::Said("Timeout waiting for network interface provisioning to complete"),
            CauseSign::Said("timeout wait for network interface provision"),
        ],
        cause: "the task's network interface was not ready in time; mostly this passes by itself",
        cure: &[
            SuggestionPart::text("ECS retries: "),
            SuggestionPart::command("wait", "SERVICE"),
            SuggestionPart::text("; on EC2, if one instance keeps failing, replace it"),
        ],
        source: "aws/amazon-ecs-agent#4825; dagster-io/dagster, dagster_aws/ecs \
                 (treated as passing); AWS re:Post knowledge center, \
                 ecs-fargate-network-interface-errors",
    },
    Cause {
        id: "storage-timed-out",
        when: &[CauseSign::Said(
            "Timeout waiting for EphemeralStorage provisioning to complete",
        )],
        cause: "the task's storage was not ready in time; mostly this passes by itself",
        cure: &[
            SuggestionPart::text("ECS retries: "),
            SuggestionPart::command("wait", "SERVICE"),
        ],
        source: "dagster-io/dagster, dagster_aws/ecs (treated as passing)",
    },
    Cause {
        id: "subnet-full",
        when: &[
            CauseSign::SaidBut(
                "Unexpected EC2 error while attempting to Create Network Interface*in subnet",
                // EC2's own reason follows if it is a different one.
                &["': "],
            ),
            CauseSign::Said("InsufficientFreeAddressesInSubnet"),
        ],
        cause: "the subnet has no free addresses left for the task's network interface",
        cure: &[
            SuggestionPart::text(
                "aws ec2 describe-subnets --subnet-ids SUBNET --query \
                 'Subnets[].AvailableIpAddressCount'; add larger subnets to networkConfiguration, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting TaskFailedToStart errors (Create Network \
                 Interface)",
    },
    Cause {
        id: "interface-index-used",
        when: &[CauseSign::Said(
            "Unable to attach network interface to unused device index",
        )],
        cause: "the instance has no place left for the task's network interface: too many awsvpc tasks on \
                it for its size",
        cure: &[SuggestionPart::text(
            "add or enlarge instances, or turn on awsvpcTrunking: aws ecs \
                 put-account-setting-default --name awsvpcTrunking --value enabled",
        )],
        source: "Amazon ECS developer guide, Troubleshooting TaskFailedToStart errors; Increasing \
                 container instance network interfaces",
    },
    Cause {
        id: "compute-not-compatible",
        when: &[CauseSign::Said(
            "not compatible with the selected compute strategy",
        )],
        cause: "the task definition is made for another kind of capacity than the service asks for",
        cure: &[
            SuggestionPart::text(
                "let requiresCompatibilities agree with launchType or capacityProviderStrategy, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting TaskFailedToStart errors",
    },
    Cause {
        id: "ecs-internal-error",
        when: &[CauseSign::SaidBut(
            "InternalError: ",
            &["Cannot", "normalize image reference"],
        )],
        cause: "ECS could not finish the task's setting up, most often because its network interface came \
                too late",
        cure: &[
            SuggestionPart::text("ECS retries: "),
            SuggestionPart::command("wait", "SERVICE"),
            SuggestionPart::text("; if this persists, contact AWS Support with the task ID"),
        ],
        source: "Amazon ECS developer guide, Troubleshooting TaskFailedToStart errors (InternalError)",
    },
    Cause {
        id: "container-not-inspected",
        when: &[CauseSign::Said("CannotInspectContainerError")],
        cause: "the agent could not ask the instance's container runtime about the container",
        cure: &[SuggestionPart::text(
            "on EC2, check Docker on the instance (sudo systemctl status docker), \
                 or replace the instance",
        )],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS \
                 CannotInspectContainerError errors",
    },
    Cause {
        id: "container-not-stopped",
        when: &[CauseSign::Said("CannotStopContainerError")],
        cause: "the instance's container runtime could not stop the container",
        cure: &[SuggestionPart::text(
            "on EC2, check Docker on the instance (sudo systemctl status docker), \
                 or replace the instance",
        )],
        source: "Amazon ECS developer guide, Stopped tasks error codes",
    },
    Cause {
        id: "task-not-stopped",
        when: &[CauseSign::Said("TaskStateError: Agent could not progress")],
        cause: "the agent could not bring the task's containers to a stop",
        cure: &[SuggestionPart::text(
            "check Docker on the instance (docker ps, journalctl -u docker), or \
                 replace the instance",
        )],
        source: "aws/amazon-ecs-agent, agent/engine/task_manager.go",
    },
    Cause {
        id: "interface-not-configured",
        when: &[
            CauseSign::Said("failed to configure ENI"),
            CauseSign::Said("Unexpected EC2 error while attempting to attach network interface"),
        ],
        cause: "ECS could not set up the task's network interface; the next attempt mostly works",
        cure: &[
            SuggestionPart::text("ECS retries: "),
            SuggestionPart::command("wait", "SERVICE"),
        ],
        source: "containernetworking/cni, pkg/invoke/raw_exec.go (netplugin failed with no error \
                 message); published Step Functions definitions that run such a task anew after a \
                 minute",
    },
    Cause {
        id: "tag-policy-refuses",
        when: &[CauseSign::Said("TagPolicyViolation")],
        cause: "a tag policy of the organization refuses the tags that ECS puts on the task's \
                 resources",
        cure: &[
            SuggestionPart::text(
                "make tags (and propagateTags) fit the policy: aws organizations describe-effective-policy --policy-type TAG_POLICY shows it; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon EC2 API reference, Error codes (TagPolicyViolation); AWS Organizations user \
                 guide, Tag policies",
    },
];
