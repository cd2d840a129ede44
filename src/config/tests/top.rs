use super::*;
use crate::config::interpolate::UsedFacts;

#[test]
fn the_top_level() {
    let text = format!(
        "requiredVersion: \">=0.1\"\nname: shop\naccount: 012345678901\nregion: us-east-1\nprofile: p\n\
         assumeRole: arn:aws:iam::1:role/x\ncluster: production\nx-free: {{a: !ignored}}\n{}",
        fargate("")
    );
    // A tag is rejected in the free keys too: they exist to be repeated elsewhere.
    assert!(said(&text).starts_with("error: the tag"));
    let loaded = FileCase::default()
        .load(&text.replace("!ignored", "b"))
        .expect("good");
    let manifest = loaded.manifest;
    assert_eq!(
        manifest.account.as_ref().map(|account| account.as_str()),
        Some("012345678901")
    );
    assert_eq!(manifest.cluster, "production");
    let loaded = FileCase::default().load(&fargate("")).expect("good");
    assert_eq!(loaded.manifest.cluster, "default");
}

#[test]
fn what_is_wrong_at_the_top() {
    insta::assert_snapshot!(said("
account: 12
regoin: x
region: \"\"
cluster: 7
desiredCount: 2
portMappings: []
repository: a
tfstate: [x]
environments: {}
x-free: {}
hooks: {}
requireEnvironment: true
schedulerRoleArn: x
nonsense: 1
"), @r#"
    error: missing `services`
     --> deploy.yaml:2:1
      |
    2 | account: 12
      | ^^^^^^^^^^^ what to deploy
    error: invalid AWS account ID `12`
     --> deploy.yaml:2:10
      |
    2 | account: 12
      |          ^^ 12 digits
    error: unknown key `regoin` in deploy.yaml
     --> deploy.yaml:3:1
      |
    3 | regoin: x
      | ^^^^^^ did you mean `region`?
    error: `region` is empty
     --> deploy.yaml:4:9
      |
    4 | region: ""
      |         ^^ remove it to use the default
    error: `cluster` must be a string, not a number
     --> deploy.yaml:5:10
      |
    5 | cluster: 7
      |          ^ write "7"
    error: unknown key `desiredCount` in deploy.yaml
     --> deploy.yaml:6:1
      |
    6 | desiredCount: 2
      | ^^^^^^^^^^^^ belongs in a service
    error: unknown key `portMappings` in deploy.yaml
     --> deploy.yaml:7:1
      |
    7 | portMappings: []
      | ^^^^^^^^^^^^ belongs in a container definition
    error: unknown key `repository` in deploy.yaml
     --> deploy.yaml:8:1
      |
    8 | repository: a
      | ^^^^^^^^^^ belongs in an image, under `images:`
    error: `tfstate` doesn't name a Terraform state
     --> deploy.yaml:9:10
      |
    9 | tfstate: [x]
      |          ^^^ write the path of a file, or s3://BUCKET/KEY
    error: no environment is selected, and the file requires one
      --> deploy.yaml:13:1
       |
    13 | requireEnvironment: true
       | ^^^^^^^^^^^^^^^^^^ add `environments:`, or remove this
    error: `schedulerRoleArn` has a character that AWS rejects
      --> deploy.yaml:14:19
       |
    14 | schedulerRoleArn: x
       |                   ^ refused
       |
       = it must match arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@\/-]+
    error: unknown key `nonsense` in deploy.yaml
      --> deploy.yaml:15:1
       |
    15 | nonsense: 1
       | ^^^^^^^^ not an ecsctl key
       |
       = nearest: `environments`, `name`, `services`, `jobs`, `assumeRole`
    12 errors in deploy.yaml
    "#);
}

#[test]
fn another_version_is_needed() {
    insta::assert_snapshot!(said("requiredVersion: \">=99\"\nnew: 1\nservices: {}\n"), @r#"
    error: this is ecsctl 0.1.0, and the file requires >=99
     --> deploy.yaml:1:18
      |
    1 | requiredVersion: ">=99"
      |                  ^^^^^^ install another version of ecsctl
      |
      = hint: check out a version that matches in a clone of ecsctl, then run: cargo install --locked --path .
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("requiredVersion: newest\nservices: {a: {taskDefinition: \"a:1\"}}\n"), @r#"
    error: invalid version requirement `newest`
     --> deploy.yaml:1:18
      |
    1 | requiredVersion: newest
      |                  ^^^^^^ for example ">=0.1"
      |
      = unexpected character 'n' while parsing major version number
    1 error in deploy.yaml
    "#);
}

#[test]
fn no_mapping_at_all() {
    insta::assert_snapshot!(said("services\n"), @r#"
    error: deploy.yaml must be a mapping
     --> deploy.yaml:1:1
      |
    1 | services
      | ^^^^^^^^ start with `services:`
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("- web\n"), @r#"
    error: deploy.yaml must be a mapping
     --> deploy.yaml:1:1
      |
    1 | - web
      | ^^^^^ start with `services:`
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("services: [web]\n"), @r#"
    error: `services` must be a mapping, not a list
     --> deploy.yaml:1:11
      |
    1 | services: [web]
      |           ^^^^^ not a mapping
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said("region: eu-west-1\n"), @r#"
    error: missing `services`
     --> deploy.yaml:1:1
      |
    1 | region: eu-west-1
      | ^^^^^^^^^^^^^^^^^ what to deploy
    1 error in deploy.yaml
    "#);
}

#[test]
fn a_mistake_that_an_alias_repeats_is_said_once() {
    insta::assert_snapshot!(said("
x-size: &size {cpu: 256, memory: 768}
services:
  a: {taskDefinition: {<<: *size, containerDefinitions: {a: {image: x}}}}
  b: {taskDefinition: {<<: *size, containerDefinitions: {b: {image: x}}}}
"), @"
    error: unsupported Fargate memory value 768 MiB for 256 CPU units
     --> deploy.yaml:2:34
      |
    2 | x-size: &size {cpu: 256, memory: 768}
      |                                  ^^^ with cpu 256: 512, 1024 or 2048
    1 error in deploy.yaml
    ");
}

#[test]
fn a_variable_that_nothing_uses() {
    let case = FileCase {
        vars: vec![("domian", "x"), ("other", "y")],
        ..FileCase::default()
    };
    let text = format!("vars: {{domain: a}}\n{}", fargate(""));
    insta::assert_snapshot!(case.said(&text), @r#"
    warning: nothing uses --var domian=…
      hint:  did you mean --var domain=…?
    warning: nothing uses --var other=…
    2 warnings
    "#);
}

#[test]
fn what_the_manifest_rests_on() {
    let load = |text: &str| {
        let document = Document::parse("deploy.yaml", text).expect("good");
        let loaded = document.load(ManifestInput {
            root: Path::new("/app"),
            lookups: &Lookups::default(),
            files: &ReferencedFiles::default(),
            overrides: &FileOverrides::default(),
        });
        loaded.expect("good").used
    };
    assert_eq!(load(&fargate("")), UsedFacts::default());
    let role = service(
        "",
        "cpu: 256\nmemory: 512\nexecutionRoleArn: arn:aws:iam::${aws.account}:role/x",
    );
    let both = UsedFacts {
        account: true,
        region: true,
        ..UsedFacts::default()
    };
    assert_eq!(load(&role), both, "the default for logs names the region");
}

#[test]
fn settings_for_a_session() {
    let settings_over = |text: &str, overrides: &FileOverrides| {
        let document = Document::parse("deploy.yaml", text).expect("good");
        let lookups = Lookups {
            env: [("STAGE".to_owned(), "dev".to_owned())].into(),
            ..Lookups::default()
        };
        document.settings(&lookups, overrides)
    };
    let settings = |text: &str| settings_over(text, &FileOverrides::default());
    let found =
        settings("account: 012345678901\nregion: ${vars.r}\nprofile: ${env.STAGE}\nvars: {r: eu-west-1}\n");
    assert_eq!(
        found.account.as_ref().map(|account| account.as_str()),
        Some("012345678901")
    );
    assert_eq!(found.region.as_deref(), Some("eu-west-1"));
    assert_eq!(found.file_profile.as_deref(), Some("dev"));
    let flags = FileOverrides {
        region: Some("eu-north-1".to_owned()),
        profile: Some("mine".to_owned()),
        ..FileOverrides::default()
    };
    let found = settings_over(
        "region: us-east-1\nprofile: p\nassumeRole: arn:aws:iam::1:role/x\n",
        &flags,
    );
    assert_eq!(found.region.as_deref(), Some("eu-north-1"), "flags win");
    assert_eq!(found.profile.as_deref(), Some("mine"));
    assert_eq!(found.file_profile.as_deref(), Some("p"));
    assert_eq!(found.assume_role.as_deref(), Some("arn:aws:iam::1:role/x"));
    // Problems that only the session can reveal are not reported before it.
    assert_eq!(
        settings("assumeRole: arn:aws:iam::${aws.account}:role/x\n"),
        SessionSettings::default()
    );
}

#[test]
fn what_decides_on_the_session_can_not_rest_on_it() {
    let text = |head: &str| format!("{head}\n{}", fargate(""));
    insta::assert_snapshot!(
        said(&text("assumeRole: arn:aws:iam::${aws.account}:role/x\nregion: ${aws.region}\naccount: \"${aws.account}\"")),
        @r#"
    error: `region` can't refer to `${aws.region}`, which depends on it
     --> deploy.yaml:2:9
      |
    2 | region: ${aws.region}
      |         ^^^^^^^^^^^^^ write the value itself
    error: `account` can't refer to `${aws.account}`, which depends on it
     --> deploy.yaml:3:10
      |
    3 | account: "${aws.account}"
      |          ^^^^^^^^^^^^^^^^ write the value itself
    2 errors in deploy.yaml
    "#
    );
    insta::assert_snapshot!(said(&text("assumeRole: arn:aws:iam::${aws.account}:role/x")), @"
    error: `assumeRole` can't refer to `${aws.account}`, which depends on it
     --> deploy.yaml:1:13
      |
    1 | assumeRole: arn:aws:iam::${aws.account}:role/x
      |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ add `account:` to the file
    1 error in deploy.yaml
    ");
    assert_eq!(
        said(&text(
            "account: 123456789012\nassumeRole: arn:aws:iam::${aws.account}:role/x"
        )),
        ""
    );
}

#[test]
fn a_region_has_the_form_of_one_wherever_it_comes_from() {
    insta::assert_snapshot!(said(&format!("region: eu west\n{}", fargate(""))), @r"
    error: invalid region `eu west`
     --> deploy.yaml:1:9
      |
    1 | region: eu west
      |         ^^^^^^^ write the region's code, for example us-east-1
    1 error in deploy.yaml
    ");
    let mut case = FileCase::default();
    case.overrides.region = Some("EU-WEST-1".to_owned());
    insta::assert_snapshot!(case.said(&format!("region: eu-west-1\n{}", fargate(""))), @r"
    error: invalid region `EU-WEST-1` (--region or ECSCTL_REGION)
      write the region's code, for example us-east-1
    1 error
    ");
}
