//! The deploy.yaml that tests start from, and changes to it.

/// The deploy.yaml that tests start from: a Fargate service of two tasks, with a log group that ecsctl must
/// create.
pub const WEB: &str = r#"
region: us-east-1
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::123456789012:role/ecsTaskExecutionRole
      containerDefinitions:
        web:
          image: public.ecr.aws/acme/shop:1
          portMappings: [{containerPort: 8080}]
          environment: {VERSION: "1", REGION: eu}
    desiredCount: 2
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1, subnet-2], securityGroups: [sg-1]}}
"#;

/// Returns the same service with another environment: a new revision.
pub fn changed() -> String {
    WEB.replace("VERSION: \"1\"", "VERSION: \"2\"")
}

/// Returns `WEB` with an image that is built.
pub fn built() -> String {
    WEB.replace(
        "services:",
        "images: {web: {repository: acme/web, build: .}}\nservices:",
    )
    .replace("public.ecr.aws/acme/shop:1", "\"${images.web}\"")
}

/// Returns a deploy.yaml of services whose members are one line each: `taskDefinition: 'web:1', desiredCount:
/// 2`.
pub fn deploy_yaml(services: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)>) -> String {
    let lines = services
        .into_iter()
        .map(|(name, members)| format!("  {}: {{{}}}\n", name.as_ref(), members.as_ref()));
    format!("region: us-east-1\nservices:\n{}", lines.collect::<String>())
}

/// The target group of `behind_load_balancer`.
pub const TARGET_GROUP: &str =
    "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/73e2d6bc24d8a067";

/// Returns `WEB`, or a variant of it, behind a load balancer.
pub fn behind_load_balancer(file: &str) -> String {
    let balancers = format!(
        "    loadBalancers: [{{targetGroupArn: '{TARGET_GROUP}', containerName: web, containerPort: 8080}}]\n    desiredCount"
    );
    file.replace("    desiredCount", &balancers)
}
