"""Against the stand-in AWS and a real Docker: beside the script that people use."""

import json
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

CLUSTER = "ecsctl-bench"

DEPLOY_YAML = """\
cluster: {cluster}
images:
  web:
    repository: bench/web
    build: .
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::000000000000:role/ecsTaskExecutionRole
      containerDefinitions:
        web:
          image: ${{images.web}}
          portMappings: [{{containerPort: 8080}}]
    networkConfiguration:
      awsvpcConfiguration: {{subnets: [subnet-12345678], securityGroups: [sg-12345678]}}
"""

DOCKERFILE = """\
FROM scratch
COPY busybox /bin/busybox
COPY index.html /www/index.html
EXPOSE 8080
CMD ["/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/www"]
"""

# What a careful person's deploy script does today. `wait` is the last line, timed apart.
CLASSIC = """\
set -euo pipefail
docker build -q -t "$REGISTRY/bench/classic:v1" "$CONTEXT" >/dev/null
docker push -q "$REGISTRY/bench/classic:v1" >/dev/null
aws ecs register-task-definition --cli-input-json "file://$CONTEXT/classic.json" >/dev/null
aws ecs update-service --cluster "$CLUSTER" --service classic --task-definition classic >/dev/null
"""


def deploy(bench):
    project = folder_of(bench)
    bench.measure([bench.binary, "deploy", "--create-cluster"], project)
    ours = []
    for _ in range(10):
        seconds, _, text = bench.measure([bench.binary, "deploy"], project)
        if "nothing to do" not in text:
            sys.exit(f"error: an unchanged deploy was not 'nothing to do':\n{text}")
        ours.append(seconds)
    ours = statistics.median(ours)
    classic = classic_seconds(bench, project)
    bench.row("unchanged deploy, median of 10", ours, "s", classic["whole"] / 10)
    bench.row("  classic script / ecsctl", classic["whole"] / ours, "x", 10, ">=")
    bench.row("  classic script without its wait / ecsctl", classic["work"] / ours, "x", 10, ">=")


def status(bench):
    project = folder_of(bench)
    bench.measure([bench.binary, "deploy", "--create-cluster"], project)
    runs = [bench.measure([bench.binary, "status"], project) for _ in range(30)]
    bench.row("status, whole process, median of 30", statistics.median(r[0] for r in runs) * 1000, "ms", 30)
    bench.row("status, peak resident set", max(r[1] for r in runs), "MB", 20)


def folder_of(bench):
    project = bench.folder / "web"
    if project.exists():
        return project
    project.mkdir()
    shutil.copy("/bin/busybox", project / "busybox")
    (project / "index.html").write_text("bench\n")
    (project / "Dockerfile").write_text(DOCKERFILE)
    (project / "deploy.yaml").write_text(DEPLOY_YAML.format(cluster=CLUSTER))
    return project


def classic_seconds(bench, project):
    """Seconds that the classic script takes for the same unchanged image: its work, and with its wait."""
    aws = bench.aws
    registry = bench.env["ECSCTL_REGISTRY"]
    definition = {"family": "classic", "networkMode": "awsvpc", "cpu": "256", "memory": "512",
                  "requiresCompatibilities": ["FARGATE"],
                  "containerDefinitions": [{"name": "web", "image": f"{registry}/bench/classic:v1"}]}
    (project / "classic.json").write_text(json.dumps(definition))
    env = dict(bench.env, REGISTRY=registry, CONTEXT=str(project), CLUSTER=CLUSTER,
               PATH=f"{Path(aws).parent}:{bench.env['PATH']}")
    network = "awsvpcConfiguration={subnets=[subnet-12345678],securityGroups=[sg-12345678]}"
    quiet = dict(env=env, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([aws, "ecr", "create-repository", "--repository-name", "bench/classic"],
                   env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    subprocess.run([aws, "ecs", "register-task-definition", "--cli-input-json",
                    f"file://{project}/classic.json"], **quiet)
    subprocess.run(["bash", "-c", CLASSIC.rsplit("aws ecs update-service", 1)[0]], **quiet)
    subprocess.run([aws, "ecs", "create-service", "--cluster", CLUSTER, "--service-name", "classic",
                    "--task-definition", "classic", "--desired-count", "1", "--launch-type", "FARGATE",
                    "--network-configuration", network], **quiet)
    runs = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run(["bash", "-c", CLASSIC], **quiet)
        runs.append(time.perf_counter() - began)
    began = time.perf_counter()
    subprocess.run([aws, "ecs", "wait", "services-stable", "--cluster", CLUSTER, "--services", "classic"], **quiet)
    work, wait = statistics.median(runs), time.perf_counter() - began
    bench.note(f"classic script: {work:.2f} s of work (median of 3), {wait:.2f} s of waiting")
    return {"work": work, "whole": work + wait}


def clean(bench):
    for service in ("web", "classic"):
        subprocess.run([bench.aws, "ecs", "delete-service", "--cluster", CLUSTER, "--service", service, "--force"],
                       env=bench.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
