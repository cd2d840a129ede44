"""`init` from each source that is a file: large ones, as people have them."""

import json

LIMIT_MS = 100


def init(bench):
    for name, files, arguments in (
        ("a task definition", task_definition(), ["--task-definition", "task.json"]),
        ("a Compose file of 50 services", compose(), ["--compose", "compose.yaml"]),
        ("ecspresso's files", ecspresso(), ["--ecspresso", "ecspresso.yml"]),
        ("20 Copilot manifests", copilot(), ["--copilot", "copilot"]),
        ("a GitHub workflow", github(), ["--github", ".github/workflows/deploy.yml"]),
    ):
        project = bench.folder / f"init-{arguments[0][2:]}"
        for path, text in files.items():
            (project / path).parent.mkdir(parents=True, exist_ok=True)
            (project / path).write_text(text)
        command = [bench.binary, "init", *arguments, "-f", "-"]
        runs = (bench.measure(command, project)[0] for _ in range(20))
        bench.row(f"init from {name}, minimum of 20", min(runs) * 1000, "ms", LIMIT_MS)


def definition(image="nginx:1.27"):
    """As large as ECS takes: ten containers of a hundred variables."""
    return {
        "family": "shop", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "1024", "memory": "2048",
        "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
        "containerDefinitions": [
            {
                "name": f"c{number}", "image": image, "essential": True,
                "portMappings": [{"containerPort": 8000 + number, "protocol": "tcp"}],
                "environment": [{"name": f"VARIABLE_{it}", "value": f"value {it}"} for it in range(100)],
                "secrets": [{"name": f"SECRET_{it}", "valueFrom": f"/shop/{it}"} for it in range(20)],
            }
            for number in range(10)
        ],
    }


def task_definition():
    return {"task.json": json.dumps(definition())}


def compose():
    service = """  s{number}:
    build: {{context: ./s{number}, target: release}}
    command: bundle exec puma -p 3000
    ports: ["{port}:3000"]
    environment: {{STAGE: "${{STAGE:-dev}}", NAME: s{number}, URL: "http://s{number}:3000"}}
    healthcheck: {{test: curl -fs localhost:3000, interval: 30s, timeout: 5s}}
    depends_on: [s0]
    deploy: {{resources: {{limits: {{cpus: "0.5", memory: 512M}}}}}}
"""
    services = "".join(service.format(number=number, port=3000 + number) for number in range(1, 50))
    return {"compose.yaml": f"services:\n  s0: {{image: 'postgres:16', expose: ['5432']}}\n{services}"}


def ecspresso():
    service = {
        "desiredCount": 2, "launchType": "FARGATE",
        "networkConfiguration": {"awsvpcConfiguration": {
            "subnets": ["{{ tfstate `aws_subnet.a.id` }}"], "securityGroups": ["{{ tfstate `aws_security_group.web.id` }}"],
        }},
    }
    config = "region: us-east-1\ncluster: shop\nservice: web\nservice_definition: sv.json\ntask_definition: td.json\n"
    return {
        "ecspresso.yml": config + "plugins:\n  - {name: tfstate, config: {url: s3://states/shop}}\n",
        "sv.json": json.dumps(service),
        "td.json": json.dumps(definition("{{ must_env `IMAGE` }}")),
    }


def copilot():
    manifest = """name: s{number}
type: Backend Service
image: {{build: s{number}/Dockerfile, port: 8080}}
cpu: 256
memory: 512
count: 2
variables: {{LOG_LEVEL: info, NAME: s{number}}}
secrets: {{DB: /shop/db}}
environments: {{prod: {{count: 4}}}}
"""
    manifests = {f"copilot/s{number}/manifest.yml": manifest.format(number=number) for number in range(20)}
    return {"copilot/.workspace": "application: shop\n", **manifests}


def github():
    workflow = """on: push
env: {AWS_REGION: us-east-1, ECR_REPOSITORY: shop/web}
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with: {aws-region: "${{ env.AWS_REGION }}"}
      - id: build
        run: |
          docker build -t $REGISTRY/$ECR_REPOSITORY:$TAG .
          docker push $REGISTRY/$ECR_REPOSITORY:$TAG
      - id: render
        uses: aws-actions/amazon-ecs-render-task-definition@v1
        with: {task-definition: task.json, container-name: c0, image: "${{ steps.build.outputs.image }}"}
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
        with: {task-definition: "${{ steps.render.outputs.task-definition }}", service: web, cluster: shop}
"""
    return {".github/workflows/deploy.yml": workflow, **task_definition()}
