"""The bench's ECS: services of one task whose rolling deployments go by the clock."""

import time

from .scripted import Refused, unknown

ACCOUNT, REGION, CLUSTER = "000000000000", "us-east-1", "default"
# What a broken task writes last; its service's name comes before it.
LAST_WORDS = "error: connect ECONNREFUSED 10.0.3.7:5432"
TARGET_REASON = "Target.FailedHealthChecks"


def arn(kind, service="ecs"):
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{kind}"


class Service:
    """A service that runs `NAME:1` and is asked to run `NAME:2`. DescribeServices brings its last hundred events."""

    def __init__(self, number, name, events=20):
        self.name = name
        self.base = 1_000_000_000_000_000_000 + number * 10
        self.created = time.time() - 86400
        self.begun = self.completes = self.crashes = self.fails = None
        self.task = f"{number:032x}"
        self.events = [
            {"id": f"{number:08d}-{event}", "createdAt": self.created + 60 * event,
             "message": f"(service {name}) has reached a steady state."}
            for event in reversed(range(events))
        ]

    def begin(self, now, completes=None, crashes=None, fails=None):
        self.begun, self.completes, self.crashes, self.fails = now, completes, crashes, fails

    def is_past(self, moment, now):
        return moment is not None and now >= moment

    def deployment(self, number, status, running, state, **more):
        began = self.created if number == 1 else self.begun
        return {
            "id": f"ecs-svc/{self.base + number}", "status": status, "desiredCount": 1 if status == "PRIMARY" else 0,
            "taskDefinition": self.definition(number), "runningCount": running, "pendingCount": 0, "failedTasks": 0,
            "createdAt": began, "updatedAt": began, "rolloutState": state, "launchType": "FARGATE",
            "rolloutStateReason": f"ECS deployment ecs-svc/{self.base + number} {state.lower().replace('_', ' ')}.",
        } | more

    def definition(self, number):
        return arn(f"task-definition/{self.name}:{number}")

    def deployments(self, now):
        """Before, while it goes on, and after: complete and the old tasks gone, or given up."""
        if self.begun is None:
            return [self.deployment(1, "PRIMARY", 1, "COMPLETED")]
        if self.is_past(self.completes, now):
            return [self.deployment(2, "PRIMARY", 1, "COMPLETED", updatedAt=self.completes)]
        old = self.deployment(1, "ACTIVE", 1, "COMPLETED", updatedAt=self.begun)
        if self.is_past(self.fails, now):
            return [self.deployment(2, "PRIMARY", 0, "FAILED", failedTasks=1, updatedAt=self.fails), old]
        if self.is_past(self.crashes, now):
            return [self.deployment(2, "PRIMARY", 0, "IN_PROGRESS", failedTasks=1, updatedAt=self.crashes), old]
        return [self.deployment(2, "PRIMARY", 0, "IN_PROGRESS", pendingCount=1), old]

    def describe(self, now):
        deployments = self.deployments(now)
        return {
            "serviceArn": arn(f"service/{CLUSTER}/{self.name}"), "serviceName": self.name, "status": "ACTIVE",
            "clusterArn": arn(f"cluster/{CLUSTER}"), "desiredCount": 1, "pendingCount": deployments[0]["pendingCount"],
            "runningCount": sum(it["runningCount"] for it in deployments), "launchType": "FARGATE",
            "schedulingStrategy": "REPLICA", "deploymentController": {"type": "ECS"},
            "taskDefinition": deployments[0]["taskDefinition"], "deployments": deployments, "events": self.events,
            "createdAt": self.created, "platformVersion": "LATEST", "propagateTags": "NONE", "tags": [],
            "deploymentConfiguration": {
                "maximumPercent": 200, "minimumHealthyPercent": 100, "strategy": "ROLLING", "bakeTimeInMinutes": 0,
                "deploymentCircuitBreaker": {"enable": True, "rollback": False},
            },
            "loadBalancers": [{"targetGroupArn": self.target_group, "containerName": "web", "containerPort": 8080}],
        }

    @property
    def target_group(self):
        return arn(f"targetgroup/{self.name}/0123456789abcdef", "elasticloadbalancing")

    @property
    def service_deployment_arn(self):
        return arn(f"service-deployment/{CLUSTER}/{self.name}/{self.base + 2}")

    def service_deployment(self, now):
        began = {"createdAt": self.begun, "startedAt": self.begun, "updatedAt": self.begun}
        end = {"status": "IN_PROGRESS"}
        if self.is_past(self.completes, now):
            end = {"status": "SUCCESSFUL", "finishedAt": self.completes, "updatedAt": self.completes}
        elif self.is_past(self.fails, now):
            end = {"status": "STOPPED", "stoppedAt": self.fails, "updatedAt": self.fails}
        revision = arn(f"service-revision/{CLUSTER}/{self.name}/{self.base + 2}")
        return began | end | {
            "serviceDeploymentArn": self.service_deployment_arn, "serviceArn": arn(f"service/{CLUSTER}/{self.name}"),
            "clusterArn": arn(f"cluster/{CLUSTER}"),
        }, revision

    def stopped_task(self):
        address = {"name": "privateIPv4Address", "value": "10.0.1.17"}
        return {
            "taskArn": self.task_arn, "clusterArn": arn(f"cluster/{CLUSTER}"), "group": f"service:{self.name}",
            "taskDefinitionArn": self.definition(2), "startedBy": f"ecs-svc/{self.base + 2}", "lastStatus": "STOPPED",
            "desiredStatus": "STOPPED", "stopCode": "EssentialContainerExited", "launchType": "FARGATE",
            "stoppedReason": "Essential container in task exited", "createdAt": self.begun,
            "startedAt": self.crashes - 1, "stoppedAt": self.crashes,
            "attachments": [{"type": "ElasticNetworkInterface", "status": "DELETED", "details": [address]}],
            "containers": [{"name": "web", "lastStatus": "STOPPED", "exitCode": 1, "runtimeId": f"{self.task}-1",
                            "networkInterfaces": [{"privateIpv4Address": "10.0.1.17"}]}],
        }

    @property
    def task_arn(self):
        return arn(f"task/{CLUSTER}/{self.task}")


def task_definition(id):
    family, _, revision = id.split("/")[-1].partition(":")
    options = {"awslogs-group": f"/ecs/{family}", "awslogs-region": REGION, "awslogs-stream-prefix": family}
    return {
        "taskDefinitionArn": arn(f"task-definition/{family}:{revision}"), "family": family,
        "revision": int(revision or 2), "status": "ACTIVE", "networkMode": "awsvpc", "cpu": "256", "memory": "512",
        "requiresCompatibilities": ["FARGATE"],
        "executionRoleArn": f"arn:aws:iam::{ACCOUNT}:role/ecsTaskExecutionRole",
        "containerDefinitions": [{
            "name": "web", "image": f"public.ecr.aws/bench/{family}:{revision}", "essential": True,
            "portMappings": [{"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"}],
            "logConfiguration": {"logDriver": "awslogs", "options": options},
        }],
    }


class World:
    """Answers for its services; `deploying` says how an UpdateService's deployment goes."""

    def __init__(self, services, deploying=None):
        self.services = {it.name: it for it in services}
        self.by_task = {it.task_arn: it for it in services}
        self.by_group = {it.target_group: it for it in services}
        self.by_deployment = {it.service_deployment_arn: it for it in services}
        self.deploying = deploying

    def answer(self, request):
        play = getattr(self, request.operation, None)
        if play is None:
            raise unknown(request)
        return play(request.input, time.time())

    def service(self, name):
        found = self.services.get(name.split("/")[-1])
        if not found:
            raise Refused("ServiceNotFoundException", "Service not found.")
        return found

    def of_request(self, request):
        """The names of the services that a request is about."""
        it = request.input
        if request.operation == "DescribeTaskDefinition":
            return [it["taskDefinition"].split("/")[-1].split(":")[0]]
        if request.operation == "GetLogEvents":
            return [it["logGroupName"].removeprefix("/ecs/")]
        found = [self.by_task.get(task) for task in it.get("tasks", [])]
        found += [self.by_deployment.get(arn) for arn in it.get("serviceDeploymentArns", [])]
        found.append(self.by_group.get(it.get("TargetGroupArn")))
        names = it.get("services", []) + [it.get("serviceName"), it.get("service")]
        return [each.name for each in found if each] + [name.split("/")[-1] for name in names if name]

    def DescribeServices(self, it, now):
        if len(it["services"]) > 10:
            raise Refused("InvalidParameterException", "Services cannot be more than 10.")
        return {"services": [self.service(name).describe(now) for name in it["services"]], "failures": []}

    def UpdateService(self, it, now):
        service = self.service(it["service"])
        self.deploying(service, now)
        return {"service": service.describe(now)}

    def ListServiceDeployments(self, it, now):
        service = self.service(it["service"])
        if service.begun is None:
            return {"serviceDeployments": []}
        brief, revision = service.service_deployment(now)
        return {"serviceDeployments": [brief | {"targetServiceRevisionArn": revision}]}

    def DescribeServiceDeployments(self, it, now):
        found = []
        for each in it["serviceDeploymentArns"]:
            detail, revision = self.by_deployment[each].service_deployment(now)
            detail |= {"targetServiceRevision": {"arn": revision, "requestedTaskCount": 1, "runningTaskCount": 0}}
            found.append(detail | {"deploymentConfiguration": {"strategy": "ROLLING"}})
        return {"serviceDeployments": found, "failures": []}

    def ListTasks(self, it, now):
        service = self.service(it["serviceName"])
        stopped = it.get("desiredStatus") == "STOPPED" and service.is_past(service.crashes, now)
        return {"taskArns": [service.task_arn] if stopped else []}

    def DescribeTasks(self, it, now):
        return {"tasks": [self.by_task[task].stopped_task() for task in it["tasks"]], "failures": []}

    def DescribeTaskDefinition(self, it, now):
        return {"taskDefinition": task_definition(it["taskDefinition"]), "tags": []}

    def DescribeScalableTargets(self, it, now):
        return {"ScalableTargets": []}

    def GetLogEvents(self, it, now):
        service = self.service(it["logGroupName"].removeprefix("/ecs/"))
        if it["logStreamName"] != f"{service.name}/web/{service.task}" or not service.is_past(service.crashes, now):
            raise Refused("ResourceNotFoundException", "The specified log stream does not exist.")
        at = int(service.crashes * 1000)
        lines = ["starting", f"{service.name} {LAST_WORDS}"]
        events = [{"timestamp": at - 1, "ingestionTime": at, "message": line} for line in lines]
        return {"events": events, "nextForwardToken": "f/2", "nextBackwardToken": "b/0"}

    def DescribeTargetHealth(self, it, now):
        return ("<TargetHealthDescriptions><member><Target><Id>10.0.1.17</Id><Port>8080</Port></Target>"
                f"<HealthCheckPort>8080</HealthCheckPort><TargetHealth><State>unhealthy</State><Reason>{TARGET_REASON}"
                "</Reason><Description>Health checks failed</Description></TargetHealth></member>"
                "</TargetHealthDescriptions>")

    def GetCallerIdentity(self, it, now):
        return f"<Arn>arn:aws:iam::{ACCOUNT}:user/bench</Arn><UserId>AIDA</UserId><Account>{ACCOUNT}</Account>"
