//! Values that come from AWS: build secrets in a build by BuildKit, and Terraform's state in a bucket of moto.

use serde_json::json;

use crate::ground::Docker;
use crate::moto::Moto;
use crate::project::Project;
use crate::support::{Ecsctl, Scenario, Scripted};

const SECRETS: &str = "region: us-east-1
images:
  web:
    repository: acme/web
    build:
      secrets:
        parameter: {ssm: /shop/npm}
        plain: {ssm: plain}
        key: {secretsmanager: 'shop/db:password'}
        whole: {secretsmanager: shop/text}
";

#[test]
fn stored_build_secrets_reach_the_step_and_nothing_else() {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::parse(
        r#"sources: {parameters: {/shop/npm: {Type: SecureString, Value: planted-npm}, plain: planted-plain},
            secrets: {shop/db: '{"password": "planted-password"}', shop/text: planted-text}}"#,
    ));
    let ids = ["parameter", "plain", "key", "whole"];
    let project = Project::new(&docker).with("deploy.yaml", SECRETS);
    // With the project's name in it, no step is in the cache: a label is no part of what a step depends on.
    let step = |id: &&str| {
        let (path, name) = (format!("/run/secrets/{id}"), &project.name);
        format!(
            "RUN --mount=type=secret,id={id} rev <{path} >/{id} && : {name} && echo {id} is \"$(cat {path})\"\n"
        )
    };
    let steps: String = ids.iter().map(step).collect();
    let project = project.with_steps(&steps);

    let output = project
        .on(&server, &["build", "-v", "--show-values"])
        .run()
        .exits(0);
    let id = output.stdout.trim().to_owned();
    let said = format!("{}{}", output.stdout, output.stderr);
    assert!(!said.contains("planted"), "{said}");
    for id in ids {
        assert!(said.contains(&format!("{id} is ********")), "{said}");
    }
    let files = project.files(&id);
    for (id, reversed) in ids.iter().zip(["mpn-", "nialp-", "drowssap-", "txet-"]) {
        assert_eq!(files[*id].trim(), format!("{reversed}detnalp"));
    }
    assert!(files.values().all(|text| !text.contains("planted")));
    for about in [&["history", "--no-trunc", &id][..], &["inspect", &id]] {
        let about = docker.ok(about);
        assert!(!about.contains("planted"), "{about}");
    }
}

/// `ecsctl render` of an image that is named by the state at a place.
fn render(moto: &Moto, state: &str) -> Ecsctl {
    let file = format!(
        "region: us-east-1\ntfstate: 's3://{state}'\nservices:\n  web:\n    taskDefinition: {{cpu: 256, memory: 512, \
         containerDefinitions: {{web: {{image: 'nginx:${{tfstate:tag}}'}}}}}}\n    networkConfiguration: \
         {{awsvpcConfiguration: {{subnets: '${{tfstate:subnets}}'}}}}\n"
    );
    moto.ecsctl(&["render", "-o", "json"]).file(&file)
}

#[test]
fn state_is_read_from_a_bucket_of_moto() {
    let Some(moto) = Moto::start() else { return };
    moto.put("/states", "");
    let state = json!({"version": 4, "outputs": {
        "tag": {"value": "1.27", "type": "string"},
        "subnets": {"value": ["subnet-1", "subnet-2"], "type": ["list", "string"]}}});
    moto.put("/states/env:/prod/a%20b.tfstate", &state.to_string());
    let output = render(&moto, "states/env:/prod/a b.tfstate").run().exits(0);
    let web = &output.json()["services"]["web"];
    assert_eq!(
        web["taskDefinition"]["containerDefinitions"][0]["image"],
        "nginx:1.27"
    );
    let subnets = &web["service"]["networkConfiguration"]["awsvpcConfiguration"]["subnets"];
    assert_eq!(*subnets, json!(["subnet-1", "subnet-2"]));

    let output = render(&moto, "states/none").run().exits(2);
    output.says("the bucket `states` has no object with this key");
    let output = render(&moto, "none/none").run().exits(2);
    output.says("the bucket `none` doesn't exist");
}
