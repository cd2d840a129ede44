use super::*;

#[test]
fn references_to_nothing() {
    insta::assert_snapshot!(said("
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      volumes: [{name: data}]
      containerDefinitions:
        web:
          image: a
          portMappings: [{containerPort: 8080, name: http}]
          dependsOn: [{containerName: sde, condition: START}]
          mountPoints: [{sourceVolume: dta, containerPath: /d}]
          volumesFrom: [{sourceContainer: nothing}]
        side: {image: b}
        empty: {}
    loadBalancers:
    - {targetGroupArn: arn:x, containerName: wbe, containerPort: 8080}
    - {targetGroupArn: arn:x, containerName: web, containerPort: 80}
    - {targetGroupArn: arn:x, containerName: side, containerPort: 80}
    serviceRegistries: [{registryArn: arn:x, containerName: nope}]
    serviceConnectConfiguration: {enabled: true, services: [{portName: htp}]}
    volumeConfigurations: [{name: other, managedEBSVolume: {roleArn: x, sizeInGiB: 1}}]
"), @"
    error: no container `sde`
      --> deploy.yaml:12:39
       |
    12 |           dependsOn: [{containerName: sde, condition: START}]
       |                                       ^^^ did you mean `side`?
    error: no volume `dta`
      --> deploy.yaml:13:40
       |
    13 |           mountPoints: [{sourceVolume: dta, containerPath: /d}]
       |                                        ^^^ did you mean `data`?
    error: no container `nothing`
      --> deploy.yaml:14:43
       |
    14 |           volumesFrom: [{sourceContainer: nothing}]
       |                                           ^^^^^^^ the task definition has web, side, empty
    error: missing `image` in the container `empty`
      --> deploy.yaml:16:9
       |
    16 |         empty: {}
       |         ^^^^^ add `image: ${images.NAME}`, or any image reference
    error: no container `wbe`
      --> deploy.yaml:18:46
       |
    18 |     - {targetGroupArn: arn:x, containerName: wbe, containerPort: 8080}
       |                                              ^^^ did you mean `web`?
    error: the container `web` has no port 80
      --> deploy.yaml:19:66
       |
    19 |     - {targetGroupArn: arn:x, containerName: web, containerPort: 80}
       |                                                                  ^^ existing: 8080
    error: the container `side` has no port 80
      --> deploy.yaml:20:67
       |
    20 |     - {targetGroupArn: arn:x, containerName: side, containerPort: 80}
       |                                                                   ^^ add `portMappings: [{containerPort: 80}]` to it
    error: no container `nope`
      --> deploy.yaml:21:61
       |
    21 |     serviceRegistries: [{registryArn: arn:x, containerName: nope}]
       |                                                             ^^^^ the task definition has web, side, empty
    error: no port `htp`
      --> deploy.yaml:22:72
       |
    22 |     serviceConnectConfiguration: {enabled: true, services: [{portName: htp}]}
       |                                                                        ^^^ did you mean `http`?
    error: no volume `other`
      --> deploy.yaml:23:35
       |
    23 |     volumeConfigurations: [{name: other, managedEBSVolume: {roleArn: x, sizeInGiB: 1}}]
       |                                   ^^^^^ the task definition has data
    10 errors in deploy.yaml
    ");
}

#[test]
fn references_to_something() {
    assert_eq!(
        said(
            "
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      containerDefinitions:
        web:
          image: a
          portMappings: [{containerPort: 8080}, {containerPortRange: 9000-9010}]
    loadBalancers:
    - {targetGroupArn: arn:x, containerName: web, containerPort: 8080}
    - {targetGroupArn: arn:x, containerName: web, containerPort: 9005}
"
        ),
        ""
    );
}

#[test]
fn services_that_wait_for_each_other() {
    let text = "
services:
  a: {taskDefinition: \"a:1\", dependsOn: [b]}
  b: {taskDefinition: \"b:1\", dependsOn: [c]}
  c: {taskDefinition: \"c:1\", dependsOn: [a, c, d]}
";
    insta::assert_snapshot!(said(text), @r#"
    error: services depend on each other: a → b → c → a
     --> deploy.yaml:5:42
      |
    5 |   c: {taskDefinition: "c:1", dependsOn: [a, c, d]}
      |                                          ^ this closes the cycle
    error: `c` depends on itself
     --> deploy.yaml:5:45
      |
    5 |   c: {taskDefinition: "c:1", dependsOn: [a, c, d]}
      |                                             ^ remove it
    error: unknown service `d`
     --> deploy.yaml:5:48
      |
    5 |   c: {taskDefinition: "c:1", dependsOn: [a, c, d]}
      |                                                ^ existing services: a, b, c
    3 errors in deploy.yaml
    "#);
    let good = "services: {a: {taskDefinition: \"a:1\", dependsOn: [b]}, b: {taskDefinition: \"b:1\"}}";
    let loaded = FileCase::default().load(good).expect("good");
    assert_eq!(loaded.manifest.services["a"].depends_on, ["b"]);
}
