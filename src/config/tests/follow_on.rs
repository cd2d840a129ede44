//! One fault is one problem: nothing is said about a value that could not be resolved, or about a key that is only
//! misspelled.

use super::*;
use crate::diagnostic::Level;

/// Returns the errors.
fn errors(text: &str) -> Vec<String> {
    match FileCase::default().load(text) {
        Ok(_) => Vec::new(),
        Err(rejected) => {
            let problems = rejected.problems.iter();
            let errors = problems.filter(|problem| problem.level == Level::Error);
            errors.map(|problem| problem.message.clone()).collect()
        }
    }
}

const UNSET: &str = "the environment variable `UNSET` is not set";

/// Notes a case that has other errors than one that starts with `expected`.
fn check(case: &str, text: &str, expected: &str, wrong: &mut Vec<(String, Vec<String>)>) {
    let found = errors(text);
    if !matches!(found.as_slice(), [one] if one.starts_with(expected)) {
        wrong.push((case.to_owned(), found));
    }
}

/// A file that is valid as it is, with one of nearly everything.
const WHOLE: &str = r#"
region: us-east-1
vars: {unset: x}
images: {app: {repository: acme/app, build: {context: ., secrets: {token: {env: TOKEN}}}}}
services:
  web:
    desiredCount: 2
    tags: [{key: team, value: shop}]
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}
    loadBalancers: [{targetGroupArn: "arn:tg", containerName: web, containerPort: 80}]
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::123456789012:role/x
      containerDefinitions:
        - name: web
          image: shop
          command: [run]
          portMappings: [{containerPort: 80}]
          environment: [{name: A, value: b}]
          secrets: [{name: S, valueFrom: "arn:s"}]
          dependsOn: [{containerName: proxy, condition: START}]
        - {name: proxy, image: "${images.app}", firelensConfiguration: {type: fluentbit}, logConfiguration: {logDriver: awslogs}}
        - {name: side, image: busybox, logConfiguration: {logDriver: awsfirelens}}
"#;

#[test]
fn the_whole_file_is_valid() {
    assert_eq!(errors(WHOLE), Vec::<String>::new());
}

#[test]
fn an_unset_value_is_one_problem() {
    let mut wrong = Vec::new();
    for (value, unset) in [
        ("repository: acme/app", "repository: @"),
        ("{context: ., secrets: {token: {env: TOKEN}}}", "@"),
        ("{env: TOKEN}", "{env: @}"),
        ("desiredCount: 2", "desiredCount: @"),
        ("key: team", "key: @"),
        ("[{key: team, value: shop}]", "@"),
        ("[subnet-1]", "[@]"),
        ("[subnet-1]", "@"),
        ("\"arn:tg\"", "@"),
        ("containerName: web", "containerName: @"),
        ("containerPort: 80}]\n    task", "containerPort: @}]\n    task"),
        ("cpu: 256", "cpu: @"),
        ("memory: 512", "memory: @"),
        (
            "executionRoleArn: arn:aws:iam::123456789012:role/x",
            "executionRoleArn: @",
        ),
        ("name: web", "name: @"),
        ("image: shop", "image: @"),
        ("[run]", "[@]"),
        ("[run]", "@"),
        ("[{containerPort: 80}]", "@"),
        ("[{containerPort: 80}]", "[@]"),
        ("[{containerPort: 80}]", "[{containerPort: @}]"),
        ("name: A", "name: @"),
        ("value: b", "value: @"),
        ("[{name: A, value: b}]", "[@]"),
        ("\"arn:s\"", "@"),
        ("containerName: proxy", "containerName: @"),
        ("condition: START", "condition: @"),
        ("name: proxy, image", "name: @, image"),
        ("fluentbit", "@"),
        ("{type: fluentbit}", "@"),
        ("awsfirelens", "@"),
        ("{logDriver: awsfirelens}", "@"),
        (
            "{name: side, image: busybox, logConfiguration: {logDriver: awsfirelens}}",
            "@",
        ),
    ] {
        let text = WHOLE.replacen(value, unset, 1);
        assert_ne!(text, WHOLE, "{value}");
        check(unset, &text.replace('@', "\"${env.UNSET}\""), UNSET, &mut wrong);
        // A variable is reported where it is, however often it is used.
        let text = text.replace("unset: x", "unset: \"${env.UNSET}\"");
        check(unset, &text.replace('@', "\"${vars.unset}\""), UNSET, &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_unset_part_is_one_problem() {
    let mut wrong = Vec::new();
    for text in [
        "services: @\n",
        "services: {web: @}\n",
        "services: {web: {taskDefinition: @}}\n",
        "services: {web: {serviceName: @, taskDefinition: 'a:1'}, api: {serviceName: web, taskDefinition: 'a:1'}}\n",
        "services: {web: {taskDefinition: {cpu: 256, memory: 512, containerDefinitions: @}}}\n",
        "services: {web: {taskDefinition: {cpu: 256, memory: 512, containerDefinitions: {web: @}}, \
         loadBalancers: [{targetGroupArn: 'arn:tg', containerName: web, containerPort: 80}]}}\n",
    ] {
        check(text, &text.replace('@', "\"${env.UNSET}\""), UNSET, &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_misspelled_key_is_one_problem() {
    let mut wrong = Vec::new();
    for (key, misspelled) in [
        ("repository", "repositry"),
        ("build", "biuld"),
        ("{env: TOKEN", "{evn: TOKEN"),
        ("taskDefinition", "taskDefintion"),
        ("cpu", "cpus"),
        ("memory", "memroy"),
        ("executionRoleArn", "executionRoleARN"),
        ("containerDefinitions", "containerDefinitons"),
        ("image: shop", "imgae: shop"),
        ("name: web", "nmae: web"),
        ("valueFrom", "valeuFrom"),
        ("condition", "conditoin"),
        ("type: fluentbit", "tpye: fluentbit"),
        ("subnets", "subnet"),
        ("portMappings", "portMapings"),
        ("logDriver: awsfirelens", "logDrvier: awsfirelens"),
    ] {
        let text = WHOLE.replacen(key, misspelled, 1);
        check(misspelled, &text, "unknown key", &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn misspelled_services_are_one_problem() {
    assert_eq!(errors("servces: {}\n"), ["unknown key `servces` in deploy.yaml"]);
    assert_eq!(errors("x-services: {}\n"), ["missing `services`"]);
}

#[test]
fn unresolved_base_is_one_error() {
    let file = "services: {web: {taskDefinition: {base: \"${env.UNSET}\", containerDefinitions: {web: {image: \"a:1\"}}}}}\n";
    assert_eq!(errors(file), [UNSET]);
}
