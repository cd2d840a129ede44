use super::*;

/// A minimal Fargate service is under 15 lines.
const MINIMAL: &str = "\
images:
  web: {repository: acme/web, build: .}
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::123456789012:role/ecsTaskExecutionRole
      containerDefinitions:
        web:
          image: ${images.web}
          portMappings: [{containerPort: 8080}]
          environment: {DOMAIN: shop.example.com, PORT: 8080, VERSION: 1.10, DEBUG: no}
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}
";

#[test]
fn the_whole_document() {
    assert!(MINIMAL.lines().count() < 15);
    let document = FileCase::default().rendered(MINIMAL);
    insta::assert_snapshot!(serde_yaml::to_string(&document).expect("YAML"), @r#"
    images:
      web:
        repository: acme/web
        build:
          context: .
          dockerfile: Dockerfile
          target: null
          platform: linux/amd64
          args: {}
          secrets: {}
          ssh: false
          cacheFrom: []
          labels: {}
          network: null
          noCache: false
          pull: false
        tags: []
    services:
      web:
        taskDefinition:
          cpu: '256'
          memory: '512'
          executionRoleArn: arn:aws:iam::123456789012:role/ecsTaskExecutionRole
          containerDefinitions:
          - name: web
            image: ${images.web}
            portMappings:
            - containerPort: 8080
            environment:
            - name: DOMAIN
              value: shop.example.com
            - name: PORT
              value: '8080'
            - name: VERSION
              value: '1.10'
            - name: DEBUG
              value: no
            essential: true
            logConfiguration:
              logDriver: awslogs
              options:
                awslogs-group: /ecs/web
                awslogs-region: eu-west-1
                awslogs-stream-prefix: web
          family: web
          networkMode: awsvpc
          requiresCompatibilities:
          - FARGATE
        service:
          cluster: default
          serviceName: web
          launchType: FARGATE
          desiredCount: 1
          deploymentConfiguration:
            deploymentCircuitBreaker:
              enable: true
              rollback: true
          enableECSManagedTags: true
          propagateTags: SERVICE
          networkConfiguration:
            awsvpcConfiguration:
              subnets:
              - subnet-1
        autoscaling: null
        dependsOn: []
        beforeDeploy: []
        afterDeploy: []
        logGroups:
        - logGroupName: /ecs/web
          region: null
          retentionInDays: null
    jobs: {}
    "#);
}

#[test]
fn values_are_masked_unless_asked_for() {
    let loaded = FileCase::default().load(MINIMAL).expect("good");
    let masked = render(&loaded.manifest, false).to_string();
    assert!(
        !masked.contains("shop.example.com") && masked.contains("DOMAIN"),
        "{masked}"
    );
}

#[test]
fn a_given_image_takes_its_place() {
    let case = FileCase::default().image("web", "ghcr.io/acme/web:1.2@sha256:ab");
    let text = MINIMAL.replace(
        "DEBUG: no",
        "TAG: \"${images.web.tag}\", R: \"${images.web.repository}\"",
    );
    let document = case.rendered(&text);
    let container = &document["services"]["web"]["taskDefinition"]["containerDefinitions"][0];
    assert_eq!(container["image"], "ghcr.io/acme/web:1.2@sha256:ab");
    assert_eq!(container["environment"][3]["value"], "1.2");
    assert_eq!(container["environment"][4]["value"], "ghcr.io/acme/web");
    assert_eq!(
        document["images"]["web"],
        serde_json::json!({"reference": "ghcr.io/acme/web:1.2@sha256:ab"})
    );
}
