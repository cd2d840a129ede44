"""What the demo's service needs around it in the stand-in: made before, taken away after.

On a real account these exist already, made by Terraform, CDK or a console.
"""

import shlex
import sys

import boto3

NAME = "hello"
CLUSTER = "demo"

ecs, elb, ec2, ecr, logs = (
    boto3.client(service, region_name="us-east-1") for service in ("ecs", "elbv2", "ec2", "ecr", "logs")
)


def prepare() -> None:
    """Makes a cluster and a load balancer, and prints what deploy.yaml and the shell need to know of them."""
    subnet = ec2.describe_subnets()["Subnets"][0]
    (group,) = ec2.describe_security_groups(
        Filters=[{"Name": "vpc-id", "Values": [subnet["VpcId"]]}, {"Name": "group-name", "Values": ["default"]}]
    )["SecurityGroups"]
    ecs.create_cluster(clusterName=CLUSTER)
    balancer = elb.create_load_balancer(Name=NAME, Subnets=[subnet["SubnetId"]])["LoadBalancers"][0]
    target = elb.create_target_group(
        Name=NAME, Protocol="HTTP", Port=8080, VpcId=subnet["VpcId"], TargetType="ip"
    )["TargetGroups"][0]
    elb.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": target["TargetGroupArn"]}],
    )
    for name, value in {
        "TARGET_GROUP_ARN": target["TargetGroupArn"],
        "SUBNET_ID": subnet["SubnetId"],
        "SECURITY_GROUP_ID": group["GroupId"],
    }.items():
        print(f"export {name}={shlex.quote(value)}")


def state() -> None:
    """One line that any write changes: the newest revision, and the service's deployments."""
    service = ecs.describe_services(cluster=CLUSTER, services=[NAME])["services"][0]
    revisions = ecs.list_task_definitions(familyPrefix=NAME)["taskDefinitionArns"]
    print(len(revisions), service["taskDefinition"], *(deployment["id"] for deployment in service["deployments"]))


def remove() -> None:
    """Takes away everything of the demo, whatever there is of it: so a demo that broke can be run again."""
    steps = [
        lambda: ecs.delete_service(cluster=CLUSTER, service=NAME, force=True),
        stop_tasks,
        *(lambda arn=arn: elb.delete_load_balancer(LoadBalancerArn=arn) for arn in balancers()),
        *(lambda arn=arn: elb.delete_target_group(TargetGroupArn=arn) for arn in targets()),
        lambda: ecr.delete_repository(repositoryName=NAME, force=True),
        lambda: logs.delete_log_group(logGroupName=f"/ecs/{NAME}"),
        deregister,
        lambda: ecs.delete_cluster(cluster=CLUSTER),
    ]
    for step in steps:
        try:
            step()
        except boto3.exceptions.botocore.exceptions.ClientError:
            pass  # it isn't there


def stop_tasks() -> None:
    for task in ecs.list_tasks(cluster=CLUSTER)["taskArns"]:
        ecs.stop_task(cluster=CLUSTER, task=task)


def deregister() -> None:
    for revision in ecs.list_task_definitions(familyPrefix=NAME)["taskDefinitionArns"]:
        ecs.deregister_task_definition(taskDefinition=revision)


def balancers() -> list[str]:
    found = elb.describe_load_balancers()["LoadBalancers"]
    return [each["LoadBalancerArn"] for each in found if each["LoadBalancerName"] == NAME]


def targets() -> list[str]:
    found = elb.describe_target_groups()["TargetGroups"]
    return [each["TargetGroupArn"] for each in found if each["TargetGroupName"] == NAME]


if __name__ == "__main__":
    {"prepare": prepare, "state": state, "remove": remove}[sys.argv[1]]()
