//! Causes of refused requests: RegisterTaskDefinition, CreateService, UpdateService and CreateCluster.

use crate::diagnostic::SuggestionPart;
use crate::verdict::cause::{Cause, CauseSign};

pub(super) const ROWS: &[Cause] = &[
    Cause {
        id: "subnets-missing",
        when: &[
            CauseSign::Said("subnets can not be empty"),
            CauseSign::Said("Network Configuration must be provided when networkMode"),
            CauseSign::Said("must specify a Network Configuration with non empty subnets"),
        ],
        cause: "tasks of the network mode awsvpc (all on Fargate) need subnets, and the service \
                names none",
        cure: &[
            SuggestionPart::text(
                "set networkConfiguration: {awsvpcConfiguration: {subnets: [SUBNET], \
                 securityGroups: [SG]}} on the service; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "awslabs/fargatecli#73; fabfuel/ecs-deploy#133; Amazon ECS developer guide, \
                 Troubleshooting Amazon ECS Managed Instances errors",
    },
    Cause {
        id: "network-configuration-unwanted",
        when: &[CauseSign::Said(
            "Network Configuration is not valid for the given networkMode",
        )],
        cause: "the service has a networkConfiguration, and its task definition's network mode is \
                another than awsvpc",
        cure: &[
            SuggestionPart::text(
                "set networkMode: awsvpc in the task definition, or remove networkConfiguration; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "DataDog/test-infra-definitions#57",
    },
    Cause {
        id: "subnet-missing",
        when: &[
            CauseSign::Said("Error retrieving subnet information"),
            CauseSign::Said("InvalidSubnetID.NotFound"),
            CauseSign::Said("The specified subnet id is invalid"),
        ],
        cause: "a subnet of networkConfiguration does not exist in this account and region; it \
                takes ids, not names",
        cure: &[
            SuggestionPart::text(
                "aws ec2 describe-subnets --query 'Subnets[].[SubnetId,AvailabilityZone,VpcId]' \
                 lists the ids; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "eddmann/serverless-fargate#20; moosefs/moosefs-csi#1; Amazon ECS \
                 developer guide, Troubleshooting Amazon ECS Managed Instances errors",
    },
    Cause {
        id: "security-group-invalid",
        when: &[
            CauseSign::Said("security group cannot be blank"),
            CauseSign::Said("security group id is invalid"),
            CauseSign::Said("Error retrieving security group information"),
        ],
        cause: "a security group of networkConfiguration is empty, has no id of the form sg-…, or \
                does not exist in this account and region",
        cure: &[SuggestionPart::text(
            "aws ec2 describe-security-groups --query \
                 'SecurityGroups[].[GroupId,GroupName,VpcId]' lists the ids; without \
                 securityGroups the VPC's default group is taken",
        )],
        source: "awslabs/fargatecli#73; Amazon ECS developer guide, Troubleshooting Amazon ECS \
                 Managed Instances errors; getmoto/moto, moto/ecs/models.py",
    },
    Cause {
        id: "public-address-not-supported",
        when: &[CauseSign::Said(
            "Assign public IP is not supported for this launch type",
        )],
        cause: "only Fargate can give a task a public address, and the service runs on EC2",
        cure: &[
            SuggestionPart::text(
                "remove assignPublicIp (on EC2 use private subnets with a NAT gateway), or set \
                 launchType: FARGATE; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-cli#627; Amazon ECS API reference, AwsVpcConfiguration (assignPublicIp)",
    },
    Cause {
        id: "target-group-without-load-balancer",
        when: &[CauseSign::Said("does not have an associated load balancer")],
        cause: "no listener or rule of a load balancer forwards to the target group yet, and ECS \
                wants that first",
        cure: &[
            SuggestionPart::text(
                "aws elbv2 create-listener --load-balancer-arn ARN --protocol HTTP --port 80 \
                 --default-actions Type=forward,TargetGroupArn=ARN (or a rule: aws elbv2 \
                 create-rule), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "umotif-public/terraform-aws-ecs-fargate#43",
    },
    Cause {
        id: "target-type-instance",
        when: &[CauseSign::Said(
            "has target type instance, which is incompatible with",
        )],
        cause: "tasks of the network mode awsvpc (all on Fargate) are targets by address, and the \
                target group takes instances",
        cure: &[SuggestionPart::text(
            "a target group's type can't be changed: aws elbv2 create-target-group --name NAME \
                 --protocol HTTP --port 80 --vpc-id VPC --target-type ip; forward to it, and name \
                 it in loadBalancers",
        )],
        source: "riboseinc/terraform-aws-ecs-gitlab#5",
    },
    Cause {
        id: "target-type-ip",
        when: &[CauseSign::Said("has target type ip, which is incompatible with")],
        cause: "tasks of the network modes bridge and host are targets by their instance, and the \
                target group takes addresses",
        cure: &[SuggestionPart::text(
            "set networkMode: awsvpc, or name a target group of the type instance (aws elbv2 \
                 create-target-group --target-type instance …) in loadBalancers",
        )],
        source: "hashicorp/terraform-provider-aws#12252",
    },
    Cause {
        id: "target-group-twice",
        when: &[CauseSign::Said("Duplicate targetGroupArn found")],
        cause: "two entries of loadBalancers name the same target group",
        cure: &[
            SuggestionPart::text("give each entry of loadBalancers a target group of its own, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Target group configuration errors)",
    },
    Cause {
        id: "classic-load-balancer-missing",
        when: &[CauseSign::Said("The load balancer * does not exist")],
        cause: "loadBalancerName means a Classic Load Balancer, and there is none of that name in \
                this account and region",
        cure: &[SuggestionPart::text(
            "name the target group of an Application or Network Load Balancer instead: aws \
                 elbv2 describe-target-groups --query 'TargetGroups[].TargetGroupArn'; put it into \
                 targetGroupArn",
        )],
        source: "aws/amazon-ecs-agent#647",
    },
    Cause {
        id: "load-balancer-role-denied",
        when: &[CauseSign::Said("Unable to assume role and validate the")],
        cause: "the role that ECS uses for the load balancer does not trust ecs.amazonaws.com or \
                may not read it; a role made moments ago needs a moment",
        cure: &[
            SuggestionPart::text(
                "leave `role` out, so that ECS uses its service-linked role, or check it: aws iam \
                 get-role --role-name ROLE --query Role.AssumeRolePolicyDocument; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-cli#21; Amazon ECS developer guide, Using service-linked roles for \
                 Amazon ECS",
    },
    Cause {
        id: "service-role-unwanted",
        when: &[CauseSign::Said(
            "You cannot specify an IAM role for services that require a service linked role",
        )],
        cause: "`role` is set, and a service with awsvpc, several target groups or service \
                discovery uses the service-linked role",
        cure: &[
            SuggestionPart::text("remove `role` from the service, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "hashicorp/terraform-provider-aws#4657",
    },
    Cause {
        id: "grace-period-without-load-balancer",
        when: &[CauseSign::Said(
            "Health check grace period is only valid for services configured to use load balancers",
        )],
        cause: "healthCheckGracePeriodSeconds is set, and the service has no load balancer",
        cure: &[
            SuggestionPart::text(
                "remove healthCheckGracePeriodSeconds, or give the service its loadBalancers; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "hashicorp/terraform-provider-aws#31104; aws/copilot-cli#4011",
    },
    Cause {
        id: "container-port-missing",
        when: &[
            CauseSign::Said("did not have a container port*defined"),
            CauseSign::Said("The container * does not exist in the task definition"),
            CauseSign::Said("container name or port changed in task definition"),
        ],
        cause: "loadBalancers or serviceRegistries name a container or a port that the task \
                definition does not have",
        cure: &[
            SuggestionPart::text(
                "let containerName and containerPort of the service agree with the container's \
                 portMappings, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "pulumi/pulumi-aws#3095; aws-samples/aws-modern-application-workshop#165; Amazon \
                 ECS developer guide, Troubleshooting service load balancers",
    },
    Cause {
        id: "host-port-mapping-missing",
        when: &[CauseSign::Said(
            "A host port mapping for the container port*is required",
        )],
        cause: "a Classic Load Balancer needs a fixed host port, and the container has none",
        cure: &[
            SuggestionPart::text(
                "set a hostPort in portMappings, or name a target group (targetGroupArn) in place \
                 of loadBalancerName; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-sdk-go#818; aws/aws-sdk-js#1397",
    },
    Cause {
        id: "listener-rule-malformed",
        when: &[CauseSign::Said("has an invalid ARN format. Must be RuleArn")],
        cause: "the ARN of a listener stands where an Application Load Balancer's listener rule is wanted",
        cure: &[
            SuggestionPart::text(
                "aws elbv2 describe-rules --listener-arn LISTENER --query 'Rules[].RuleArn'; put \
                 the rule's ARN into productionListenerRule, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Listener rule configuration errors)",
    },
    Cause {
        id: "test-listener-missing",
        when: &[CauseSign::Said(
            "testListenerRule is required when productionListenerRule is not associated",
        )],
        cause: "the production listener rule does not forward to both target groups, and there is \
                no test listener rule",
        cure: &[
            SuggestionPart::text(
                "set testListenerRule, or let the production rule forward to both: aws elbv2 \
                 modify-rule --rule-arn RULE --actions …; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Listener rule configuration errors)",
    },
    Cause {
        id: "alternate-target-group-missing",
        when: &[CauseSign::Said(
            "advancedConfiguration field is required for all loadBalancers",
        )],
        cause: "the deployment strategy shifts traffic between two target groups, and an entry of \
                loadBalancers names only one",
        cure: &[
            SuggestionPart::text(
                "give every entry of loadBalancers advancedConfiguration: \
                 {alternateTargetGroupArn: …, productionListenerRule: …, roleArn: …}, or use \
                 strategy: ROLLING; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Load balancer type configuration errors)",
    },
    Cause {
        id: "classic-load-balancer-not-supported",
        when: &[CauseSign::Said(
            "advancedConfiguration field is not allowed with ELBv1",
        )],
        cause: "a Classic Load Balancer can't shift traffic between two target groups",
        cure: &[
            SuggestionPart::text(
                "use an Application or Network Load Balancer, or remove advancedConfiguration; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Load balancer type configuration errors)",
    },
    Cause {
        id: "hook-stage-not-allowed",
        when: &[CauseSign::Said("Invalid lifecycle stage provided for Pause Hook")],
        cause: "a pause hook can't stand at TEST_TRAFFIC_SHIFT or PRODUCTION_TRAFFIC_SHIFT",
        cure: &[
            SuggestionPart::text(
                "use PRE_SCALE_UP, POST_SCALE_UP, POST_TEST_TRAFFIC_SHIFT, \
                 PRE_PRODUCTION_TRAFFIC_SHIFT or POST_PRODUCTION_TRAFFIC_SHIFT in lifecycleStages, \
                 then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Lifecycle hook issues)",
    },
    Cause {
        id: "hook-not-waiting",
        when: &[
            CauseSign::Said("Provided hookId is either completed"),
            CauseSign::Said(
                "Continuing a service deployment is not allowed for service deployment in terminal states",
            ),
            CauseSign::Said("The service deployment does not exist"),
        ],
        cause: "the hook no longer waits: it was continued already, ran out, or its deployment has ended",
        cure: &[
            SuggestionPart::command("status", "SERVICE"),
            SuggestionPart::text(" shows the deployment and what it waits for"),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Lifecycle hook issues)",
    },
    Cause {
        id: "classic-load-balancer-on-fargate",
        when: &[CauseSign::Said(
            "Classic Load Balancers are not supported with Fargate",
        )],
        cause: "loadBalancerName means a Classic Load Balancer, which can't reach tasks on Fargate",
        cure: &[
            SuggestionPart::text("name a target group (targetGroupArn) of the type ip instead, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "load-balancer-named-twice",
        when: &[CauseSign::Said(
            "loadBalancerName and targetGroupArn cannot both be specified",
        )],
        cause: "an entry of loadBalancers names both a Classic Load Balancer and a target group",
        cure: &[
            SuggestionPart::text("remove loadBalancerName, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "listener-rule-twice",
        when: &[CauseSign::Said(
            "cannot be used as both production and test listener rules",
        )],
        cause: "production and test traffic share one listener rule",
        cure: &[
            SuggestionPart::text(
                "make a rule of its own for test traffic (aws elbv2 create-rule) and name it in \
                 testListenerRule; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Listener rule configuration errors)",
    },
    Cause {
        id: "load-balancer-kinds-mixed",
        when: &[CauseSign::Said("All loadBalancers must be strictly either ELBv1")],
        cause: "loadBalancers mixes a Classic Load Balancer (loadBalancerName) with target groups \
                (targetGroupArn)",
        cure: &[
            SuggestionPart::text("name a targetGroupArn in every entry, and no loadBalancerName; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Load balancer type configuration errors)",
    },
    Cause {
        id: "alternate-target-group-partly",
        when: &[CauseSign::Said(
            "Either all or none of the provided loadBalancers must have advancedConfiguration",
        )],
        cause: "some entries of loadBalancers have advancedConfiguration, and some don't",
        cure: &[
            SuggestionPart::text("give it to every entry or to none, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green deployments \
                 (Load balancer type configuration errors)",
    },
    Cause {
        id: "execution-role-missing",
        when: &[
            CauseSign::Said("Fargate requires task definition to have execution role ARN"),
            CauseSign::Said("must also specify a value for 'executionRoleArn'"),
        ],
        cause: "pulling from ECR, writing to CloudWatch Logs and reading secrets need an execution \
                role, and the task definition has none",
        cure: &[
            SuggestionPart::text(
                "set executionRoleArn to a role that trusts ecs-tasks.amazonaws.com and has \
                 AmazonECSTaskExecutionRolePolicy (for secrets also the right to read them), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "hashicorp/terraform-provider-aws#3051; virtual-kubelet/virtual-kubelet#193; \
                 fabfuel/ecs-deploy#87",
    },
    Cause {
        id: "task-role-missing",
        when: &[CauseSign::Said("a valid taskRoleArn is not being used")],
        cause: "enableExecuteCommand needs a task role, and the task definition has none",
        cure: &[
            SuggestionPart::text(
                "set taskRoleArn to a role that allows the four ssmmessages actions of ECS Exec \
                 (ssmmessages:CreateControlChannel …), or remove enableExecuteCommand; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-toolkit-jetbrains#3649; Amazon ECS developer guide, Monitor Amazon ECS \
                 containers with ECS Exec",
    },
    Cause {
        id: "role-malformed",
        when: &[CauseSign::Said("Role is not valid")],
        cause: "taskRoleArn or executionRoleArn is empty or is no role's name or ARN",
        cure: &[
            SuggestionPart::text("aws iam get-role --role-name ROLE --query Role.Arn prints the ARN; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "fabfuel/ecs-deploy#231",
    },
    Cause {
        id: "arn-malformed",
        when: &[CauseSign::Said("Invalid arn syntax")],
        cause: "something else stands where an ARN belongs, such as an s3:// address in FireLens's \
                config-file-value",
        cure: &[
            SuggestionPart::text("write the full ARN (arn:aws:s3:::BUCKET/KEY for a file in S3), then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-cli#7147; aws/aws-sdk#311",
    },
    Cause {
        id: "fargate-size-missing",
        when: &[CauseSign::Said(
            "Fargate requires that '*' be defined at the task level",
        )],
        cause: "a task on Fargate needs cpu and memory of the whole task; those of its containers \
                don't count",
        cure: &[
            SuggestionPart::text(
                "set cpu and memory of the taskDefinition, such as cpu: 256 and memory: 512; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Harness documentation, ECS Troubleshooting; Amazon ECS developer guide, Task \
                 definition parameters for Fargate (Task size)",
    },
    Cause {
        id: "fargate-size-unknown",
        when: &[CauseSign::Said(
            "No Fargate configuration exists for given values",
        )],
        cause: "Fargate has no size with this pair of cpu and memory",
        cure: &[
            SuggestionPart::text(
                "use a pair that exists: cpu 256 with memory 512 to 2048, 512 with 1024 to 4096, \
                 1024 with 2048 to 8192, 2048 with 4096 to 16384, 4096 with 8192 to 30720; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Invalid CPU or memory value specified; Task \
                 definition parameters for Fargate (Task size)",
    },
    Cause {
        id: "task-size-invalid",
        when: &[CauseSign::Said("Invalid '*' setting for task")],
        cause: "cpu or memory of the task is no number that ECS takes",
        cure: &[
            SuggestionPart::text(
                "write cpu in units (256, 512, 1024 …) and memory in MiB (512, 1024 …); on EC2 \
                 both may be left out; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Invalid CPU or memory value specified; \
                 oranmoshai/ecsServiceRestart#2",
    },
    Cause {
        id: "container-memory-missing",
        when: &[CauseSign::Said(
            "At least one of 'memory' or 'memoryReservation' must be specified",
        )],
        cause: "without a memory of the whole task, each container needs one of its own",
        cure: &[
            SuggestionPart::text(
                "set memory of the taskDefinition, or memory or memoryReservation of the container; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "cuttlesoft/ecs-deploy.py#17",
    },
    Cause {
        id: "container-port-invalid",
        when: &[CauseSign::Said("Invalid '*Port' setting for container")],
        cause: "an entry of portMappings has no containerPort, or a port outside 1 to 65535",
        cure: &[
            SuggestionPart::text(
                "write a containerPort from 1 to 65535 in each entry of portMappings, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-cdk#8762; aws/aws-cli#7288",
    },
    Cause {
        id: "ports-differ",
        when: &[CauseSign::Said(
            "the host ports and container ports in port mappings must match",
        )],
        cause: "tasks of the network mode awsvpc have an address of their own, so hostPort can't \
                differ from containerPort",
        cure: &[
            SuggestionPart::text("remove hostPort from portMappings, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-cli#1014; pulumi/pulumi-awsx#935",
    },
    Cause {
        id: "not-with-awsvpc",
        when: &[CauseSign::Said("not supported*when networkMode=awsvpc")],
        cause: "the container has a setting that tasks of the network mode awsvpc can't have \
                (hostname, links, extraHosts …)",
        cure: &[
            SuggestionPart::text(
                "remove the setting that AWS names (containers of such a task reach each other at \
                 127.0.0.1), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "labd/ecs-deplojo#26; Amazon ECS developer guide, Task definition parameters \
                 (hostname, links)",
    },
    Cause {
        id: "fargate-network-mode",
        when: &[CauseSign::Said("Fargate only supports network mode")],
        cause: "Fargate knows the network mode awsvpc only",
        cure: &[
            SuggestionPart::text("set networkMode: awsvpc in the task definition, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-cli#1145",
    },
    Cause {
        id: "fargate-host-path",
        when: &[
            CauseSign::Said("host.sourcePath should not be set for volumes in Fargate"),
            CauseSign::Said("Fargate compatible task definitions do not support sourcePath"),
        ],
        cause: "the volume is a directory of the host, which a task on Fargate doesn't have",
        cure: &[
            SuggestionPart::text(
                "remove host.sourcePath from the volume (it is then empty storage of the task), or \
                 use efsVolumeConfiguration; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-cli#501; cloudposse/terraform-aws-ecs-alb-service-task#174",
    },
    Cause {
        id: "fargate-does-not-support",
        when: &[
            CauseSign::Said("Fargate compatible task definitions do not support"),
            CauseSign::Said("Fargate launch type do not support"),
            CauseSign::Said("not supported with FARGATE launch type"),
            CauseSign::Said("Fargate requires that the '"),
            CauseSign::Said("is not allowed on Fargate"),
            CauseSign::Said("Fargate launch type does not support"),
            CauseSign::Said("Fargate does not support task placement constraints"),
        ],
        cause: "Fargate doesn't have the setting that AWS names; there may be more, as AWS names \
                one at a time",
        cure: &[
            SuggestionPart::text(
                "remove the setting, or run the service on EC2 (launchType: EC2 or a capacity \
                 provider); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "cn-terraform/terraform-aws-ecs-fargate#2; GetSimpl/cloudlift#138; \
                 badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "dependency-essential",
        when: &[CauseSign::Said(
            "SUCCESS or COMPLETE condition cannot be an essential",
        )],
        cause: "others wait with dependsOn for the container to end, and the end of an essential \
                container stops the task",
        cure: &[
            SuggestionPart::text("set essential: false on the container that the others wait for, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "klothoplatform/klotho#892",
    },
    Cause {
        id: "containers-missing",
        when: &[CauseSign::Said("Container list cannot be empty")],
        cause: "the task definition has no containers",
        cure: &[
            SuggestionPart::text("give containerDefinitions at least one container with an image, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "awsdocs/aws-cloudformation-user-guide#454",
    },
    Cause {
        id: "image-empty",
        when: &[CauseSign::Said("Container.image should not be null or empty")],
        cause: "a container has no image: often a variable that was empty",
        cure: &[
            SuggestionPart::text("set image of every container (or build), and check the variables in it: "),
            SuggestionPart::command("render", ""),
        ],
        source: "aws-actions/amazon-ecs-render-task-definition#87",
    },
    Cause {
        id: "image-too-long",
        when: &[CauseSign::Said("Container.image should be * characters or less")],
        cause: "the image's reference is too long: often a variable filled in more than a name or tag",
        cure: &[
            SuggestionPart::text("shorten it; "),
            SuggestionPart::command("render", ""),
            SuggestionPart::text(" shows it with its variables filled in"),
        ],
        source: "hashicorp/terraform-provider-aws#22629",
    },
    Cause {
        id: "container-name-empty",
        when: &[CauseSign::Said("Container.name should not be null or empty")],
        cause: "a container has no name",
        cure: &[
            SuggestionPart::text("give each container of containerDefinitions a name, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "hashicorp/terraform#2888",
    },
    Cause {
        id: "image-characters",
        when: &[CauseSign::Said("Container.image contains invalid characters")],
        cause: "the image of a container holds characters that no image has: a variable that was not \
                 filled in ($IMAGE, ${TAG}), a space or a line break",
        cure: &[
            SuggestionPart::command("render", ""),
            SuggestionPart::text(" shows the image as it is sent; correct it, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-cli#37; distribution/reference, regexp.go",
    },
    Cause {
        id: "name-characters",
        when: &[
            CauseSign::Said("contains invalid characters"),
            CauseSign::Said("family must match"),
            CauseSign::Said("Cluster must match ^["),
        ],
        cause: "the name that AWS means has characters that it may not have; those of families, containers and clusters have letters, digits, hyphens and underscores only",
        cure: &[
            SuggestionPart::text("rename it, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-cli#37; hashicorp/terraform-provider-aws#5950; \
                aws/amazon-ecs-cli#542; awslabs/amazon-ecs-nodejs-microservices#18",
    },
    Cause {
        id: "task-definition-too-large",
        when: &[CauseSign::Said("Actual length: *Max allowed length is")],
        cause: "the task definition is larger than 64 KiB, usually by its environment variables",
        cure: &[
            SuggestionPart::text("move variables into environmentFiles (in S3) or secrets, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Amazon ECS service quotas (Task definition size)",
    },
    Cause {
        id: "tags-empty",
        when: &[CauseSign::Said("Tags can not be empty")],
        cause: "tags is set and empty",
        cure: &[
            SuggestionPart::text("remove tags, or give it at least one key and value; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS API reference, RegisterTaskDefinition (tags)",
    },
    Cause {
        id: "volume-unknown",
        when: &[CauseSign::Said("Unknown volume '")],
        cause: "mountPoints of a container names a volume that the task definition doesn't have",
        cure: &[
            SuggestionPart::text("add it to volumes of the task definition, or correct sourceVolume; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws-samples/eb-docker-nginx-proxy#2",
    },
    Cause {
        id: "log-options-missing",
        when: &[CauseSign::Said("Log driver * requires options")],
        cause: "logConfiguration lacks an option that its log driver needs",
        cure: &[
            SuggestionPart::text(
                "add the option that AWS names to logConfiguration.options (a secret one to \
                 secretOptions), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "terraform-aws-modules/terraform-aws-ecs#173; hashicorp/terraform-provider-aws#8596",
    },
    Cause {
        id: "log-options-unknown",
        when: &[CauseSign::Said("Log driver * disallows options")],
        cause: "logConfiguration has an option that its log driver doesn't know",
        cure: &[
            SuggestionPart::text(
                "remove the option that AWS names; options of Fluent Bit, such as log_key, belong \
                 to logDriver: awsfirelens; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws-samples/amazon-ecs-firelens-examples#83; aws/amazon-ecs-agent#872",
    },
    Cause {
        id: "task-definition-inactive",
        when: &[CauseSign::Said("TaskDefinition is inactive")],
        cause: "the revision was deregistered, and nothing new may use it",
        cure: &[
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text(
                " registers a new one; aws ecs list-task-definitions --family-prefix FAMILY \
                 --status ACTIVE --sort DESC lists those that can be used",
            ),
        ],
        source: "DefangLabs/defang#775",
    },
    Cause {
        id: "task-definition-missing",
        when: &[
            CauseSign::Said("TaskDefinition not found"),
            CauseSign::Said("Unable to describe task definition"),
        ],
        cause: "there is no such family or revision in this account and region",
        cure: &[SuggestionPart::text(
            "aws ecs list-task-definitions --family-prefix FAMILY --sort DESC lists the revisions",
        )],
        source: "Amazon ECS API reference, DescribeTaskDefinition; sil-org/ecs-deploy#145",
    },
    Cause {
        id: "launch-type-and-strategy",
        when: &[
            CauseSign::Said("both a launch type and capacity provider strategy"),
            CauseSign::Said("a capacity provider or a launch type but not both"),
        ],
        cause: "the service has a launchType and a capacityProviderStrategy, of which one decides",
        cure: &[
            SuggestionPart::text("remove one of them, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured); PrefectHQ/prefect#5210",
    },
    Cause {
        id: "capacity-bases",
        when: &[CauseSign::Said(
            "capacity providers in the specified capacity provider strategy with a base",
        )],
        cause: "more than one entry of capacityProviderStrategy has a base",
        cure: &[
            SuggestionPart::text("keep base in one entry, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "daemon-setting",
        when: &[
            CauseSign::Said("The daemon scheduling strategy does not support"),
            CauseSign::Said(
                "capacity provider strategy is not supported when you create a service \
                 using the DAEMON",
            ),
        ],
        cause: "a DAEMON service runs one task on each instance, so this setting has no meaning for it",
        cure: &[
            SuggestionPart::text(
                "remove what AWS names (desiredCount, placementStrategy, maximumPercent above 100), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured); \
                 aws/containers-roadmap#692",
    },
    Cause {
        id: "secret-shadows-variable",
        when: &[CauseSign::Said("The secret name must be unique and not shared")],
        cause: "a container has the same name in environment and in secrets",
        cure: &[
            SuggestionPart::text("remove it from one of the two, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "compose-x/ecs_composex#707",
    },
    Cause {
        id: "container-names-twice",
        when: &[CauseSign::Said("Container names must be unique")],
        cause: "two containers of the task definition have the same name",
        cure: &[
            SuggestionPart::text("rename one of them, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "dependency-unknown",
        when: &[CauseSign::Said("Cannot depend on container")],
        cause: "dependsOn names a container that the task definition doesn't have",
        cure: &[
            SuggestionPart::text("correct containerName in dependsOn, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "dependency-without-check",
        when: &[CauseSign::Said("HEALTHY condition must have health check")],
        cause: "dependsOn waits for a container to be HEALTHY that has no healthCheck",
        cure: &[
            SuggestionPart::text("give that container a healthCheck, or use condition: START; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "container-larger-than-task",
        when: &[
            CauseSign::Said("setting for container * is greater than for the task"),
            CauseSign::Said("container memory limit(*greater than task memory limit"),
        ],
        cause: "a container asks for more than the whole task has",
        cure: &[
            SuggestionPart::text("raise the task's cpu or memory, or lower the container's; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured); \
                 aws/amazon-ecs-agent, agent/api/task/task_linux.go",
    },
    Cause {
        id: "reservation-over-memory",
        when: &[
            CauseSign::Said("'memory' must be greater than or equal to 'memoryReservation'"),
            CauseSign::Said("memory limit can not be less than memory reservation"),
        ],
        cause: "a container reserves more memory than its hard limit",
        cure: &[
            SuggestionPart::text("lower memoryReservation below memory, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured); \
                 moby/moby, daemon/daemon_unix.go",
    },
    Cause {
        id: "log-router-missing",
        when: &[
            CauseSign::Said("a firelens configuration object must be specified"),
            CauseSign::Said("a firelens configuration object must be configured"),
        ],
        cause: "a container logs through awsfirelens, and no container of the task is the log router",
        cure: &[
            SuggestionPart::text(
                "add a container with firelensConfiguration: {type: fluentbit} (image \
                 amazon/aws-for-fluent-bit), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured); fabfuel/ecs-deploy#164",
    },
    Cause {
        id: "log-prefix-missing",
        when: &[CauseSign::Said("to include awslogs-stream-prefix")],
        cause: "on Fargate the log driver awslogs needs a prefix for the names of its streams",
        cure: &[
            SuggestionPart::text("add awslogs-stream-prefix to logConfiguration.options, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "efs-root-with-access-point",
        when: &[CauseSign::Said(
            "When using an EFS access point, the root directory",
        )],
        cause: "an EFS access point sets the directory, so the volume can't name another",
        cure: &[
            SuggestionPart::text("remove rootDirectory, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "efs-not-encrypted",
        when: &[CauseSign::Said(
            "EFS IAM authorization requires TransitEncryption",
        )],
        cause: "an EFS volume with authorization by IAM (or an access point) needs encryption in transit",
        cure: &[
            SuggestionPart::text("set transitEncryption: ENABLED in efsVolumeConfiguration, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "volume-unused",
        when: &[CauseSign::Said("are not referenced by any of the containers")],
        cause: "a volume that is configured at launch is mounted by no container",
        cure: &[
            SuggestionPart::text("add it to mountPoints of a container, or remove it; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "volume-not-in-task-definition",
        when: &[CauseSign::Said(
            "does not have a matching volume in your Task Definition",
        )],
        cause: "volumeConfigurations of the service names a volume that the task definition doesn't have",
        cure: &[
            SuggestionPart::text(
                "add it to volumes of the task definition with configuredAtLaunch: true, or \
                 correct its name; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "ebs-volume-invalid",
        when: &[CauseSign::Said(
            "ECS managed EBS volume configuration was invalid",
        )],
        cause: "the EBS volume's settings don't go together: neither size nor snapshot, or iops or \
                throughput for a type without",
        cure: &[
            SuggestionPart::text(
                "set sizeInGiB or snapshotId; iops only for io1, io2 and gp3, throughput only for \
                 gp3; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "port-name-twice",
        when: &[CauseSign::Said("port mapping name is already used")],
        cause: "two entries of portMappings have the same name",
        cure: &[
            SuggestionPart::text("give each a name of its own, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "port-used-twice",
        when: &[CauseSign::Said("container port is used multiple times in task")],
        cause: "two containers of the task use the same port, and tasks of awsvpc share their ports",
        cure: &[
            SuggestionPart::text("give each container a containerPort of its own, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "service-connect-port-unknown",
        when: &[CauseSign::Said("does not refer to any named PortMapping")],
        cause: "serviceConnectConfiguration names a port by a name that no entry of portMappings has",
        cure: &[
            SuggestionPart::text("give the entry of portMappings that name, or correct portName; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "service-connect-without-namespace",
        when: &[CauseSign::Said("Namespace is missing")],
        cause: "Service Connect is on, and neither the service nor the cluster names a Cloud Map \
                namespace",
        cure: &[
            SuggestionPart::text("set serviceConnectConfiguration.namespace, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, rules/ecs (AWS's words, measured)",
    },
    Cause {
        id: "launch-type-not-in-task-definition",
        when: &[CauseSign::Said("Task definition does not support launch_type")],
        cause: "the service's launch type is not among requiresCompatibilities of the task definition",
        cure: &[
            SuggestionPart::text("let requiresCompatibilities name the service's launchType, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "sil-org/ecs-deploy#129; oranmoshai/ecsServiceRestart#2",
    },
    Cause {
        id: "platform-version-on-ec2",
        when: &[CauseSign::Said(
            "platform version must be null when specifying an EC2 launch type",
        )],
        cause: "platformVersion is a setting of Fargate, and the service runs on EC2",
        cure: &[
            SuggestionPart::text("remove platformVersion, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-cli#1040",
    },
    Cause {
        id: "platform-version-too-old",
        when: &[
            CauseSign::Said("One or more of the requested capabilities are not supported"),
            CauseSign::Said("The specified platform does not satisfy"),
        ],
        cause: "the service's platformVersion is too old for something in the task definition, \
                such as an EFS volume",
        cure: &[
            SuggestionPart::text("set platformVersion: LATEST (or remove it), then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "ansible-collections/community.aws#136; CircleCI-Public/aws-ecs-orb#121; jenkinsci/amazon-ecs-plugin#181 and #175",
    },
    Cause {
        id: "platform-version-unknown",
        when: &[CauseSign::Said("The specified platform does not exist")],
        cause: "there is no such platform version; it has three parts, such as 1.4.0",
        cure: &[
            SuggestionPart::text("set platformVersion: 1.4.0 or LATEST, then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "jenkinsci/amazon-ecs-plugin#218",
    },
    Cause {
        id: "capacity-provider-not-in-cluster",
        when: &[CauseSign::Said(
            "capacity provider that is not associated with the cluster",
        )],
        cause: "capacityProviderStrategy names a capacity provider that the cluster doesn't have",
        cure: &[
            SuggestionPart::text(
                "aws ecs put-cluster-capacity-providers --cluster CLUSTER --capacity-providers \
                 FARGATE FARGATE_SPOT … --default-capacity-provider-strategy … adds it (name those \
                 it has, too); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "dask/dask-cloudprovider#328",
    },
    Cause {
        id: "capacity-provider-missing",
        when: &[
            CauseSign::Said("The specified capacity provider*was not found"),
            CauseSign::Said("The specified capacity provider does not exist"),
        ],
        cause: "there is no capacity provider of that name; an Auto Scaling group's ARN is not one",
        cure: &[SuggestionPart::text(
            "aws ecs describe-capacity-providers --query 'capacityProviders[].name' lists them",
        )],
        source: "terraform-aws-modules/terraform-aws-ecs#53; Amazon ECS API reference, \
                 CreateCapacityProvider; hashicorp/terraform-provider-aws, internal/service/ecs/capacity_provider.go",
    },
    Cause {
        id: "capacity-change-needs-deployment",
        when: &[CauseSign::Said("you must force a new deployment")],
        cause: "the service changes to another capacityProviderStrategy, which ECS does only with \
                a new deployment",
        cure: &[
            SuggestionPart::command("deploy", "--only SERVICE --force"),
            SuggestionPart::text(" starts one"),
        ],
        source: "pipe-cd/pipecd#6385",
    },
    Cause {
        id: "zone-rebalancing-not-possible",
        when: &[CauseSign::Said("Availability Zone Rebalancing does not support")],
        cause: "availabilityZoneRebalancing doesn't go together with a DAEMON service, or with a \
                maximumPercent of 100 or less",
        cure: &[
            SuggestionPart::text(
                "set availabilityZoneRebalancing: DISABLED, or maximumPercent above 100; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Balancing an Amazon ECS service across Availability Zones",
    },
    Cause {
        id: "code-deploy-deploys",
        when: &[CauseSign::Said(
            "on services with a CODE_DEPLOY deployment controller",
        )],
        cause: "CodeDeploy runs this service's deployments, so UpdateService may not change this",
        cure: &[
            SuggestionPart::text(
                "aws deploy create-deployment --application-name APP --deployment-group-name GROUP \
                 --revision …; or delete the service and deploy it with the controller ECS: ",
            ),
            SuggestionPart::command("delete", "SERVICE"),
        ],
        source: "boto/boto3#1936; hashicorp/terraform-provider-aws#8005; kayac/ecspresso#393",
    },
    Cause {
        id: "long-arn-format-off",
        when: &[CauseSign::Said(
            "The new ARN and resource ID format must be enabled",
        )],
        cause: "the account still makes services with short ARNs, which can't be tagged",
        cure: &[
            SuggestionPart::text(
                "aws ecs put-account-setting-default --name serviceLongArnFormat --value enabled \
                 (and taskLongArnFormat), then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws-samples/aws-cdk-examples#108; Harness documentation, ECS Troubleshooting",
    },
    Cause {
        id: "short-arn-service",
        when: &[
            CauseSign::Said("does not have the longArn format"),
            CauseSign::Said("Long arn format must be used for tagging"),
        ],
        cause: "the service was made before the account used long ARNs, and can't be tagged",
        cure: &[
            SuggestionPart::text("remove its tags, or make it anew: "),
            SuggestionPart::command("delete", "SERVICE"),
            SuggestionPart::text(", then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "boto/boto3#2473",
    },
    Cause {
        id: "registry-port-unwanted",
        when: &[
            CauseSign::Said("do not require a value for 'containerPort'"),
            CauseSign::Said("A port was provided but is not required by the specified service registry"),
        ],
        cause: "the Cloud Map service has records without a port (A), so serviceRegistries may name none",
        cure: &[
            SuggestionPart::text(
                "remove containerPort, containerName and port from serviceRegistries, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "umotif-public/terraform-aws-ecs-fargate#25; hashicorp/terraform-provider-aws#3906",
    },
    Cause {
        id: "namespace-missing",
        when: &[CauseSign::Said("Failed to retrieve namespace")],
        cause: "Service Connect names a Cloud Map namespace that does not exist in this account \
                and region",
        cure: &[
            SuggestionPart::text(
                "aws servicediscovery list-namespaces; make it with aws servicediscovery \
                 create-http-namespace --name NAME, then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "terraform-aws-modules/terraform-aws-ecs#116",
    },
    Cause {
        id: "service-name-taken",
        when: &[CauseSign::Said("Creation of service was not idempotent")],
        cause: "a service of that name exists in the cluster with other settings: somebody made it \
                meanwhile",
        cure: &[
            SuggestionPart::command("plan", ""),
            SuggestionPart::text(" shows what deploy would change in it"),
        ],
        source: "Amazon ECS API reference, CreateService (clientToken)",
    },
    Cause {
        id: "service-not-active",
        when: &[CauseSign::Said("Service was not ACTIVE")],
        cause: "the service was deleted, or is being deleted",
        cure: &[
            SuggestionPart::command("status", "SERVICE"),
            SuggestionPart::text(" shows it; "),
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text(" creates it again"),
        ],
        source: "Amazon ECS API reference, UpdateService (ServiceNotActiveException)",
    },
    Cause {
        id: "service-missing",
        when: &[CauseSign::Said("Service not found.")],
        cause: "the cluster has no service of that name: another cluster or region, or it is not \
                created yet",
        cure: &[
            SuggestionPart::text("aws ecs list-services --cluster CLUSTER lists them; "),
            SuggestionPart::command("deploy", ""),
            SuggestionPart::text(" creates it"),
        ],
        source: "Amazon ECS API reference, UpdateService (ServiceNotFoundException)",
    },
    Cause {
        id: "service-still-runs",
        when: &[CauseSign::Said("The service cannot be stopped while")],
        cause: "a service with tasks or deployments can't be deleted without force",
        cure: &[
            SuggestionPart::command("scale", "SERVICE=0"),
            SuggestionPart::text(" stops its tasks; then "),
            SuggestionPart::command("delete", "SERVICE"),
        ],
        source: "convox/rack#346; Amazon ECS API reference, DeleteService (force)",
    },
    Cause {
        id: "cluster-inactive",
        when: &[CauseSign::Said("The referenced cluster was inactive")],
        cause: "the cluster was deleted",
        cure: &[
            SuggestionPart::text("aws ecs list-clusters lists the clusters; "),
            SuggestionPart::command("deploy", "--create-cluster"),
            SuggestionPart::text(" creates it again"),
        ],
        source: "vatertime/minecraft-spot-pricing#4; Amazon ECS API reference, DescribeClusters (status)",
    },
    Cause {
        id: "cluster-not-ready",
        when: &[CauseSign::Said("Cluster was not ACTIVE")],
        cause: "the cluster is still being provisioned, or is being deleted",
        cure: &[
            SuggestionPart::text(
                "aws ecs describe-clusters --clusters CLUSTER --query 'clusters[].status'; once it \
                 is ACTIVE, ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "hashicorp/terraform-provider-aws#11285",
    },
    Cause {
        id: "cluster-missing",
        when: &[
            CauseSign::Said("ClusterNotFoundException"),
            CauseSign::Said("Cluster not found."),
        ],
        cause: "there is no cluster of that name in this account and region",
        cure: &[
            SuggestionPart::text("aws ecs list-clusters shows those there are; "),
            SuggestionPart::command("deploy", "--create-cluster"),
            SuggestionPart::text(" makes it"),
        ],
        source: "k1LoW/awspec#473; Amazon ECS API reference, ClusterNotFoundException",
    },
    Cause {
        id: "service-linked-role-creation-denied",
        when: &[CauseSign::Said(
            "is not authorized to perform: iam:CreateServiceLinkedRole",
        )],
        cause: "the account's first ECS service needs the role AWSServiceRoleForECS, and the \
                caller may not create it",
        cure: &[
            SuggestionPart::text(
                "an administrator runs this once: aws iam create-service-linked-role \
                 --aws-service-name ecs.amazonaws.com; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Using service-linked roles for Amazon ECS",
    },
    Cause {
        id: "pass-role-denied",
        when: &[CauseSign::Said("is not authorized to perform: iam:PassRole")],
        cause: "the caller may not hand the task's or the execution role to ECS",
        cure: &[
            SuggestionPart::text(
                "allow iam:PassRole on the role's ARN to the caller, with iam:PassedToService \
                 ecs-tasks.amazonaws.com; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "LBHackney-IT/Data-Platform#1990; techservicesillinois/terraform-aws-ecs-service#4",
    },
    Cause {
        id: "caller-denied",
        when: &[CauseSign::Said("is not authorized to perform: ecs:")],
        cause: "the caller's policies don't allow this action of ECS on this resource",
        cure: &[SuggestionPart::text(
            "allow the action that AWS names to the caller (aws sts get-caller-identity shows \
                 who that is)",
        )],
        source: "pulumi/pulumi#6725",
    },
    Cause {
        id: "hook-target-type-unknown",
        when: &[CauseSign::Said("Invalid targetType. Valid values are")],
        cause: "targetType of a lifecycle hook is neither AWS_LAMBDA nor PAUSE",
        cure: &[
            SuggestionPart::text("set targetType to AWS_LAMBDA or PAUSE; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS blue/green \
                 deployments (Lifecycle hook issues)",
    },
    Cause {
        id: "capacity-provider-not-active",
        when: &[CauseSign::Said("capacity provider*is not in an ACTIVE state")],
        cause: "the capacity provider is still being created, or is being deleted",
        cure: &[
            SuggestionPart::text(
                "wait until it is ACTIVE (aws ecs describe-capacity-providers --query \
                 'capacityProviders[].[name,status]'); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "hashicorp/terraform-provider-aws#45693",
    },
    Cause {
        id: "strategy-without-weight",
        when: &[CauseSign::Said(
            "no capacity providers with a weight value greater than zero",
        )],
        cause: "neither the service nor the cluster's default strategy names a \
                 capacity provider with a weight above 0",
        cure: &[
            SuggestionPart::text(
                "set capacityProviderStrategy: [{capacityProvider: FARGATE, weight: 1}] \
                 on the service; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "terraform-aws-modules/terraform-aws-ecs#27",
    },
    Cause {
        id: "managed-instances-with-other-provider",
        when: &[CauseSign::Said(
            "Specifying multiple capacity providers is not supported",
        )],
        cause: "the strategy names several capacity providers, and one of them has \
                 Managed Instances",
        cure: &[
            SuggestionPart::text("name just that one in capacityProviderStrategy; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "terraform-aws-modules/terraform-aws-ecs#410",
    },
    Cause {
        id: "volume-kinds-mixed",
        when: &[CauseSign::Said(
            "only one volume configuration type should be used",
        )],
        cause: "one volume has two kinds of settings, for example host and \
                 efsVolumeConfiguration",
        cure: &[
            SuggestionPart::text("keep one kind for each volume; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "cloudposse/terraform-aws-ecs-alb-service-task#185",
    },
    Cause {
        id: "registrations-collide",
        when: &[CauseSign::Said(
            "Too many concurrent attempts to create a new revision",
        )],
        cause: "several callers register task definitions of the same family at the \
                 same time",
        cure: &[
            SuggestionPart::text("wait a moment and deploy this family from one place only; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "dask/dask-cloudprovider#290",
    },
    Cause {
        id: "namespace-not-shared",
        when: &[CauseSign::Said(
            "to perform: servicediscovery:*no resource-based policy",
        )],
        cause: "the shared Cloud Map namespace does not grant this account the action, \
                 or its share was not accepted",
        cure: &[
            SuggestionPart::text(
                "accept the share (aws ram get-resource-share-invitations lists it) and \
                 have its owner use AWSRAMPermissionCloudMapECSFullPermission; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Troubleshooting Amazon ECS Service Connect \
                 with shared AWS Cloud Map namespaces",
    },
    Cause {
        id: "desired-count-over-quota",
        when: &[CauseSign::Said("Desired count exceeds limit")],
        cause: "desiredCount is above the account's quota of tasks per service",
        cure: &[
            SuggestionPart::text(
                "lower desiredCount, or ask for a higher quota (aws service-quotas \
                 list-service-quotas --service-code ecs); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/containers-roadmap#768",
    },
    Cause {
        id: "containers-too-many",
        when: &[CauseSign::Said("Too many containers.")],
        cause: "the task definition has more than 10 containers",
        cure: &[
            SuggestionPart::text("split it into several services; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-cli#184",
    },
    Cause {
        id: "containers-exceed-task-cpu",
        when: &[CauseSign::Said("sum of all container 'cpu' values")],
        cause: "the containers together reserve more cpu than the task has",
        cure: &[
            SuggestionPart::text("raise cpu of the task or lower cpu of the containers; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "klothoplatform/klotho#892",
    },
    Cause {
        id: "discovery-name-taken",
        when: &[CauseSign::Said("SC service is already used by")],
        cause: "another Cloud Map service of that discovery name stands in the \
                 namespace, often one that a deleted ECS service left",
        cure: &[
            SuggestionPart::text(
                "set another discoveryName, or delete the leftover (aws \
                 servicediscovery list-services lists the ids); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/copilot-cli#4337",
    },
    Cause {
        id: "cluster-differs",
        when: &[CauseSign::Said(
            "idempotent request are inconsistent with arguments used",
        )],
        cause: "a cluster of that name exists with other settings",
        cure: &[
            SuggestionPart::text(
                "change the existing one (aws ecs update-cluster or \
                 put-cluster-capacity-providers); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "hashicorp/terraform#24615",
    },
    Cause {
        id: "capacity-provider-in-cluster",
        when: &[CauseSign::Said(
            "capacity provider cannot be deleted because it is associated",
        )],
        cause: "a cluster still lists the capacity provider that is to be deleted",
        cure: &[
            SuggestionPart::text(
                "take it out of the cluster (aws ecs put-cluster-capacity-providers without \
                it); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "hashicorp/terraform-provider-aws#48156",
    },
    Cause {
        id: "managed-instances-provider-associated",
        when: &[CauseSign::Said(
            "Cannot associate Managed Instances capacity provider",
        )],
        cause: "a capacity provider with Managed Instances belongs to its cluster from its \
                creation, so PutClusterCapacityProviders may not list it",
        cure: &[
            SuggestionPart::text(
                "leave it out of capacityProviders, and name it in the strategy of the \
                service; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "hashicorp/terraform-provider-aws#44783",
    },
    Cause {
        id: "registry-port-wanted",
        when: &[CauseSign::Said(
            "values for 'containerName' and 'containerPort' must be specified",
        )],
        cause: "tasks of the network modes bridge and host have no addresses of their own, so \
                an entry of serviceRegistries must name the container and its port",
        cure: &[
            SuggestionPart::text(
                "set containerName and containerPort in serviceRegistries (the Cloud Map \
                service needs an SRV record); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "techservicesillinois/terraform-aws-ecs-service#16",
    },
    Cause {
        id: "registry-port-twice",
        when: &[CauseSign::Said(
            "either 'port' or the 'containerName' and 'containerPort' combination",
        )],
        cause: "an entry of serviceRegistries names its port in both ways",
        cure: &[
            SuggestionPart::text(
                "keep port, or containerName and containerPort, in serviceRegistries; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "trussworks/terraform-aws-ecs-service#344",
    },
    Cause {
        id: "stop-timeout-too-long",
        when: &[CauseSign::Said("must have a container stop timeout of")],
        cause: "a task on Fargate gets at most 120 seconds to stop",
        cure: &[
            SuggestionPart::text("set stopTimeout of the containers to 120 or less; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS API Reference, ContainerDefinition (stopTimeout); \
                aws/containers-roadmap#1808",
    },
    Cause {
        id: "identifier-malformed",
        when: &[CauseSign::Said("Invalid identifier: ")],
        cause: "the name or ARN of a cluster, service or task in the request has another form \
                than ECS knows",
        cure: &[
            SuggestionPart::text(
                "correct the name: NAME, or the whole ARN on one line without quotes; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "sil-org/ecs-deploy#312",
    },
    Cause {
        id: "log-router-unused",
        when: &[CauseSign::Said(
            "When a firelensConfiguration object is specified, at least one",
        )],
        cause: "the task definition has a log router (firelensConfiguration), and no \
                container logs through it",
        cure: &[
            SuggestionPart::text(
                "set logDriver: awsfirelens in a container, or leave firelensConfiguration out \
                (a log router may run without FireLens); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-cloudwatch-logs-for-fluent-bit#20",
    },
    Cause {
        id: "member-blank",
        when: &[CauseSign::Said(" can not be blank")],
        cause: "the request lacks a member that ECS needs, or has it empty; AWS names it",
        cure: &[
            SuggestionPart::text("set it; if it comes from a variable, look whether that is empty; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "awslabs/fargatecli#11; aws/amazon-ecs-cli#359",
    },
    Cause {
        id: "ecs-unavailable",
        when: &[CauseSign::Said("ServerException: Service Unavailable")],
        cause: "ECS could not handle the request just then; the request is not at fault",
        cure: &[
            SuggestionPart::text("look at the AWS Health Dashboard if it lasts; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS API Reference, Common Error Types (ServerException)",
    },
    Cause {
        id: "circuit-breaker-not-supported",
        when: &[CauseSign::Said(
            "Deployment circuit breaker feature is not supported",
        )],
        cause: "the deployment circuit breaker does not work together with a Classic Load \
                Balancer",
        cure: &[
            SuggestionPart::text(
                "set deploymentConfiguration.deploymentCircuitBreaker to null, or use a target \
                group (targetGroupArn) in place of loadBalancerName; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/containers-roadmap#1272",
    },
    Cause {
        id: "proxy-container-missing",
        when: &[CauseSign::Said("Proxy container [*] does not exist")],
        cause: "proxyConfiguration names a container that the task definition does not have",
        cure: &[
            SuggestionPart::text("correct proxyConfiguration.containerName, or add the container; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "badmintoncryer/cdk-preflight, pf-ecs-proxy-configuration-container-missing; \
                Amazon ECS API Reference, ProxyConfiguration",
    },
    Cause {
        id: "constraint-type-not-supported",
        when: &[CauseSign::Said("constraint.type '*' is not supported")],
        cause: "placementConstraints of a task definition know the type memberOf only",
        cure: &[
            SuggestionPart::text("move distinctInstance to placementConstraints of the service; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws-samples/aws-cdk-examples#628; Amazon ECS API Reference, \
                TaskDefinitionPlacementConstraint",
    },
    Cause {
        id: "constraint-expression-unwanted",
        when: &[CauseSign::Said(
            "distinctInstance expression should not be specified",
        )],
        cause: "a placement constraint of the type distinctInstance takes no expression, not \
                even an empty one",
        cure: &[
            SuggestionPart::text("leave expression out of it; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "hashicorp/terraform#11446",
    },
    Cause {
        id: "service-draining",
        when: &[CauseSign::Said(
            "Unable to Start a service that is still Draining",
        )],
        cause: "a service of the same name was deleted a moment ago and its tasks still stop",
        cure: &[
            SuggestionPart::text(
                "wait until its tasks have stopped (up to stopTimeout and the deregistration \
                delay), or take another name; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "spinnaker/spinnaker#5476",
    },
    Cause {
        id: "secret-name-twice",
        when: &[CauseSign::Said("Duplicate secret names found: ")],
        cause: "a container has two entries of that name in secrets",
        cure: &[
            SuggestionPart::text("remove one of them; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "CircleCI-Public/aws-ecs-orb#190",
    },
    Cause {
        id: "capacity-provider-name",
        when: &[CauseSign::Said("The specified capacity provider name is invalid")],
        cause: "a capacity provider may not be named so: its name begins with aws, ecs or \
                fargate, or has other characters than letters, digits, hyphens and underscores",
        cure: &[
            SuggestionPart::text("name it otherwise; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws-samples/aws-cdk-examples#628",
    },
    Cause {
        id: "external-controller-definition",
        when: &[CauseSign::Said("TaskDefinition must be blank")],
        cause: "a service with an EXTERNAL deployment controller takes no task definition: \
                its task sets have them",
        cure: &[SuggestionPart::text(
            "leave taskDefinition out, or use the ECS deployment controller",
        )],
        source: "terraform-aws-modules/terraform-aws-ecs#278; Amazon ECS API Reference, \
                CreateService (taskDefinition)",
    },
    Cause {
        id: "revision-malformed",
        when: &[CauseSign::Said("Invalid revision number")],
        cause: "what stands for the task definition is no FAMILY:REVISION: text with colons, \
                or a whole definition",
        cure: &[
            SuggestionPart::text("set taskDefinition to FAMILY, FAMILY:REVISION or its ARN; then "),
            SuggestionPart::command("deploy", ""),
        ],
        source: "hashicorp/terraform-provider-aws#30313; Amazon ECS API Reference, \
                CreateService (taskDefinition)",
    },
    Cause {
        id: "account-differs",
        when: &[
            CauseSign::Said("AccountIDs mismatch"),
            CauseSign::Said("Identifier is for * Your accountId is"),
        ],
        cause: "an ARN in the request is of another account than the credentials",
        cure: &[
            SuggestionPart::text(
                "aws sts get-caller-identity shows the account; correct the ARN, or use the credentials of its account; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws-actions/amazon-ecs-deploy-task-definition#261; uktrade/platform-tools, tests \
                 (database copy)",
    },
    Cause {
        id: "registries-with-rolling-only",
        when: &[CauseSign::Said(
            "Service Registries are only supported for ROLLING",
        )],
        cause: "serviceRegistries (Cloud Map) does not work with the deployment strategies that \
                 shift traffic",
        cure: &[
            SuggestionPart::text(
                "set deploymentConfiguration.strategy to ROLLING, or use serviceConnectConfiguration in place of serviceRegistries; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "Amazon ECS developer guide, Amazon ECS blue/green deployments (Service Connect or a \
                 load balancer shifts traffic)",
    },
    Cause {
        id: "registry-arn-malformed",
        when: &[CauseSign::Said("supplied service registry ARN is invalid")],
        cause: "registryArn of serviceRegistries is not the ARN of a Cloud Map service, mostly that \
                 of its namespace",
        cure: &[
            SuggestionPart::text(
                "set registryArn to …:service/srv-… (aws servicediscovery list-services lists them); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "hashicorp/terraform-provider-aws#4373",
    },
    Cause {
        id: "capacity-provider-in-use",
        when: &[CauseSign::Said("The specified capacity provider is in use")],
        cause: "services or tasks of the cluster still use the capacity provider",
        cure: &[
            SuggestionPart::text(
                "change their capacityProviderStrategy and wait until the old tasks have stopped; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "pahud/cdk-fargate-patterns#71; aws/containers-roadmap#631",
    },
    Cause {
        id: "target-group-checks-fixed-port",
        when: &[CauseSign::Said("use a dynamic host port, but the target group")],
        cause: "each task gets a random host port, and the target group checks the health of a fixed \
                 one",
        cure: &[
            SuggestionPart::text(
                "aws elbv2 modify-target-group --target-group-arn ARN --health-check-port traffic-port; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws-cloudformation/cfn-lint#817",
    },
    Cause {
        id: "host-path-empty",
        when: &[CauseSign::Said("host.sourcePath should not be blank")],
        cause: "a volume has host with an empty sourcePath",
        cure: &[
            SuggestionPart::text(
                "set host.sourcePath to a directory of the instance, or leave host out for an empty volume; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/amazon-ecs-cli#11",
    },
    Cause {
        id: "load-balancers-too-many",
        when: &[CauseSign::Said("load balancers can have at most")],
        cause: "the service names more load balancers than ECS takes: one Classic Load Balancer, or \
                 up to five target groups",
        cure: &[
            SuggestionPart::text(
                "remove entries of loadBalancers, or put a proxy container before the others; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-cli#1362; Amazon ECS developer guide, Registering multiple target groups \
                 with an Amazon ECS service",
    },
    Cause {
        id: "account-blocked",
        when: &[CauseSign::Said("Your account is currently blocked")],
        cause: "AWS has blocked the account, mostly until a new one is verified or a bill is paid",
        cure: &[SuggestionPart::text(
            "open a case about account and billing: https://console.aws.amazon.com/support",
        )],
        source: "Amazon ECS API reference, RunTask (BlockedException)",
    },
    Cause {
        id: "parameter-name-invalid",
        when: &[CauseSign::Said(
            "The Systems Manager parameter name specified for secret",
        )],
        cause: "valueFrom of that secret is neither a parameter's name nor an ARN: a character that \
                 names may not have, or an empty variable",
        cure: &[
            SuggestionPart::text(
                "name the parameter (letters, digits and . - _ /) or give its ARN in the container's `secrets`; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "AWS Systems Manager API reference, PutParameter (Name); Amazon ECS developer guide, \
                 Pass Systems Manager parameters through environment variables",
    },
    Cause {
        id: "task-id-malformed",
        when: &[CauseSign::Said("taskId length should be one of")],
        cause: "this is no ID of a task: they have 32 characters, or 36 with hyphens",
        cure: &[
            SuggestionPart::command("tasks", "SERVICE"),
            SuggestionPart::text(" shows the IDs"),
        ],
        source: "Amazon ECS API reference, DescribeTasks; Amazon ECS developer guide, Account \
                 settings (taskLongArnFormat)",
    },
    Cause {
        id: "registry-missing",
        when: &[CauseSign::Said(
            "service registry could not be validated*ServiceNotFound",
        )],
        cause: "Cloud Map has no such service: it was deleted, or is in another region",
        cure: &[
            SuggestionPart::text(
                "name an existing one in serviceRegistries (aws servicediscovery list-services), or take the entry out; then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "hashicorp/terraform-provider-aws#17386",
    },
    Cause {
        id: "registries-on-task-set",
        when: &[CauseSign::Said("ServiceRegistries must be empty or null")],
        cause: "a service whose deployments another program makes (controller EXTERNAL) takes no \
                 serviceRegistries; its task sets do",
        cure: &[
            SuggestionPart::text(
                "take serviceRegistries out of the service, or let ECS deploy it (deploymentController: ECS); then ",
            ),
            SuggestionPart::command("deploy", ""),
        ],
        source: "aws/aws-sdk-go-v2#2064; pipe-cd/pipecd#4386; Amazon ECS API reference, CreateTaskSet \
                 (serviceRegistries)",
    },
];
