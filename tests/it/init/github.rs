//! `init --github`: workflows that deploy with AWS's actions.

use std::fs;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{Ecsctl, Output, cases};

const WORKFLOW: &str = r#"name: deploy
on: {push: {branches: [main]}}
env:
  AWS_REGION: us-east-1
  ECR_REPOSITORY: shop/web
  ECS_CLUSTER: shop
  CONTAINER_NAME: web
jobs:
  deploy:
    runs-on: ubuntu-latest
    env: {ECS_SERVICE: web}
    steps:
      - uses: actions/checkout@v4
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: ${{ secrets.ROLE }}
          aws-region: ${{ env.AWS_REGION }}
      - id: login-ecr
        uses: aws-actions/amazon-ecr-login@v2
      - name: Build, tag and push the image
        id: build-image
        env:
          ECR_REGISTRY: ${{ steps.login-ecr.outputs.registry }}
          IMAGE_TAG: ${{ github.sha }}
        run: |
          docker build --build-arg VERSION=$IMAGE_TAG --target runtime \
            -f docker/web.Dockerfile -t $ECR_REGISTRY/$ECR_REPOSITORY:$IMAGE_TAG ./app
          docker push $ECR_REGISTRY/$ECR_REPOSITORY:$IMAGE_TAG
          echo "image=$ECR_REGISTRY/$ECR_REPOSITORY:$IMAGE_TAG" >> $GITHUB_OUTPUT
      - id: task-def
        uses: aws-actions/amazon-ecs-render-task-definition@v1
        with:
          task-definition: aws/task-definition.json
          container-name: ${{ env.CONTAINER_NAME }}
          image: ${{ steps.build-image.outputs.image }}
          environment-variables: |
            LOG_LEVEL=info
            DOMAIN=${{ vars.DOMAIN }}
          secrets: |
            DB_URL=arn:aws:ssm:us-east-1:123456789012:parameter/db
          docker-labels: team=shop
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
        with:
          task-definition: ${{ steps.task-def.outputs.task-definition }}
          service: ${{ env.ECS_SERVICE }}
          cluster: ${{ env.ECS_CLUSTER }}
          wait-for-service-stability: true
          wait-for-minutes: 10
          desired-count: 2
          propagate-tags: SERVICE
          keep-null-value-keys: tags
"#;

fn task() -> Value {
    json!({
        "family": "shop-web", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256",
        "memory": "512", "executionRoleArn": "arn:aws:iam::123456789012:role/execution",
        "containerDefinitions": [
            {"name": "web", "image": "<IMAGE>", "essential": true,
             "environment": [{"name": "LOG_LEVEL", "value": "debug"}, {"name": "PORT", "value": "8080"}],
             "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/shop",
                "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web"}}},
            {"name": "agent", "image": "public.ecr.aws/datadog/agent:7", "essential": false,
             "logConfiguration": {"logDriver": "json-file"}}
        ]
    })
}

/// Runs init on a workflow among these files, and returns its output and the text of deploy.yaml.
fn init(workflow: &str, files: &[(&str, &str)]) -> (Output, String) {
    let run = Ecsctl::new(&["init", "--github", ".github/workflows/deploy.yml"]);
    let run = run.write(".github/workflows/deploy.yml", workflow);
    let run = files.iter().fold(run, |run, (name, text)| run.write(name, text));
    let output = run.run();
    let text = fs::read_to_string(run.folder().join("deploy.yaml")).unwrap_or_default();
    (output, text)
}

fn rendered(text: &str, variables: &[(&str, &str)]) -> Value {
    let run = Ecsctl::new(&["render", "-o", "json", "--show-values"]).file(text);
    let run = run
        .env("GITHUB_SHA", "5f2c1e0")
        .write("app/Dockerfile", "FROM scratch\n");
    let run = variables
        .iter()
        .fold(run, |run, (name, value)| run.env(name, *value));
    run.run().exits(0).json()
}

/// Steps that deploy a task definition with these inputs, after others.
fn deploys(before: &str, inputs: &str) -> String {
    format!(
        "jobs:\n  deploy:\n    steps:\n{before}      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2\n        with: {{{inputs}}}\n"
    )
}

#[test]
fn workflow_becomes_a_file() {
    let (output, text) = init(WORKFLOW, &[("aws/task-definition.json", &task().to_string())]);
    assert_snapshot!(
        "workflow",
        format!("{}--- deploy.yaml ---\n{text}", output.exits(0).record())
    );
    let text = text
        .replace("    tags: [\"${git.sha}\"]\n", "")
        .replace("VERSION: ${git.sha}", "VERSION: x");
    let document = rendered(&text, &[("DOMAIN", "example.com")]);
    let web = &document["services"]["web"];
    let mut expected = task();
    let container = &mut expected["containerDefinitions"][0];
    container["image"] = "${images.web}".into();
    container["environment"] = json!([{"name": "LOG_LEVEL", "value": "info"}, {"name": "PORT", "value": "8080"},
        {"name": "DOMAIN", "value": "example.com"}]);
    container["secrets"] =
        json!([{"name": "DB_URL", "valueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/db"}]);
    container["dockerLabels"] = json!({"team": "shop"});
    assert_eq!(web["taskDefinition"], expected);
    assert_eq!(web["service"]["desiredCount"], 2);
    assert_eq!(web["service"]["propagateTags"], "SERVICE");
}

/// A workflow that downloads its task definition changes that of the account.
#[test]
fn downloaded_definition_becomes_a_base() {
    let before = "      - run: |\n          aws ecs describe-task-definition \\\n            --task-definition shop-web --query taskDefinition > task-definition.json\n\
      \x20     - uses: docker/build-push-action@v6\n        with:\n          context: .\n          push: true\n          tags: ghcr.io/acme/web:latest\n\
      \x20     - id: render\n        uses: aws-actions/amazon-ecs-render-task-definition@v1\n        with:\n          task-definition: task-definition.json\n\
      \x20         container-name: web\n          image: ghcr.io/acme/web:latest\n          environment-variables: A=1\n";
    let workflow = deploys(
        before,
        "task-definition: '${{ steps.render.outputs.task-definition }}', service: web, cluster: shop",
    );
    let (output, text) = init(&workflow, &[]);
    assert_snapshot!(
        "base",
        format!("{}--- deploy.yaml ---\n{text}", output.exits(0).record())
    );
}

#[test]
fn every_deploy_step_is_a_service() {
    let workflow = "jobs:
  web:
    steps:
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
        with: {task-definition: td.json, service: web, cluster: shop}
  worker:
    steps:
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
        with: {task-definition: td.json, service: worker, cluster: shop, force-new-deployment: true}
      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2
        with: {task-definition: td.json, service: worker, cluster: other}
";
    let mut task = task();
    task["containerDefinitions"][0]["image"] = "nginx:1.27".into();
    let (output, text) = init(workflow, &[("td.json", &task.to_string())]);
    output.exits(0).says("worker goes to cluster other");
    let document = rendered(&text, &[]);
    for service in ["web", "worker"] {
        assert_eq!(document["services"][service]["taskDefinition"], task, "{service}");
    }
}

#[test]
fn task_before_a_service_becomes_its_job() {
    let inputs = "task-definition: td.json, service: web, cluster: shop, run-task: true, run-task-subnets: 'subnet-1,subnet-2', \
        run-task-security-groups: sg-1, run-task-container-overrides: '[{\"name\": \"web\", \"command\": [\"migrate\"]}]'";
    let mut task = task();
    task["containerDefinitions"][0]["image"] = "nginx:1.27".into();
    let (output, text) = init(&deploys("", inputs), &[("td.json", &task.to_string())]);
    output.exits(0);
    let document = rendered(&text, &[]);
    assert_eq!(document["services"]["web"]["beforeDeploy"], json!(["web-task"]));
    assert!(text.contains("subnets: [subnet-1, subnet-2]"), "{text}");
    assert!(
        text.contains("containerOverrides:\n        - name: web\n          command: [migrate]\n"),
        "{text}"
    );
}

#[test]
fn code_deploy_inputs_are_taken_over() {
    let inputs = "task-definition: td.json, service: web, cluster: shop, codedeploy-appspec: appspec.yaml, \
        codedeploy-application: app, codedeploy-deployment-group: group";
    let mut task = task();
    task["containerDefinitions"][0]["image"] = "nginx:1.27".into();
    let (output, text) = init(&deploys("", inputs), &[("td.json", &task.to_string())]);
    output.exits(0).says("add the hooks of appspec.yaml");
    assert!(
        text.contains("    deploymentController:\n      type: CODE_DEPLOY\n"),
        "{text}"
    );
    assert!(
        text.contains("    codeDeploy:\n      applicationName: app\n      deploymentGroupName: group\n"),
        "{text}"
    );
}

#[test]
fn paths_are_relative_to_the_new_file() {
    let before = "      - run: docker build -t x/web:1 web\n        working-directory: services\n\
      \x20     - id: render\n        uses: aws-actions/amazon-ecs-render-task-definition@v1\n        with: {task-definition: td.json, container-name: web, image: x/web:1}\n";
    let workflow = deploys(
        before,
        "task-definition: '${{ steps.render.outputs.task-definition }}', service: web",
    );
    let run = Ecsctl::new(&[
        "init",
        "--github",
        ".github/workflows/deploy.yml",
        "-f",
        "deploy/ecs/deploy.yaml",
    ]);
    let run = run
        .write(".github/workflows/deploy.yml", &workflow)
        .write("td.json", &task().to_string());
    let run = run.write("deploy/ecs/note", "");
    run.run().exits(0);
    let text = fs::read_to_string(run.folder().join("deploy/ecs/deploy.yaml")).unwrap();
    assert!(text.contains("build: ../../services/web\n"), "{text}");
}

/// What can't be used is refused, and nothing is written.
fn is_refused(workflow: &str, reason: &str) {
    let (output, text) = init(
        workflow,
        &[("td.json", "{\"family\": 1}"), ("binary.json", "\u{0}")],
    );
    output.exits(2).says(reason);
    assert_eq!(text, "");
}

cases! {
    is_refused {
        empty("", "the file is empty");
        not_yaml("a: [", "deploy.yml");
        another_file("services: {}\n", "it has no `jobs:`");
        without_the_action("jobs: {a: {steps: [{uses: actions/checkout@v4}]}}\n", "aws-actions/amazon-ecs-deploy-task-definition");
        jobs_of_a_wrong_type("jobs: [a]\n", "it has no `jobs:`");
        missing_definition(&deploys("", "task-definition: none.json, service: web"), "none.json can't be read: no such file");
        invalid_definition(&deploys("", "task-definition: td.json, service: web"), "`family` must be a string");
        binary_definition(&deploys("", "task-definition: binary.json, service: web"), "binary.json");
        unknown_path(&deploys("", "task-definition: '${{ inputs.file }}', service: web"), "can't be found");
        no_definition(&deploys("", "service: web"), "can't be found");
    }
}

#[test]
fn missing_workflow_is_named() {
    let run = Ecsctl::new(&["init", "--github", "none.yml"]).run();
    run.exits(2).says("none.yml can't be read: no such file");
}
