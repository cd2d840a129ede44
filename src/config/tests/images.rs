use std::path::Path;

use super::*;
use crate::model::{Build, BuildSecret, ImageSource};

fn build(text: &str) -> Build {
    let text = format!("images: {{web: {{repository: acme/web, build: {text}}}}}\n");
    let loaded = FileCase::default()
        .load(&text)
        .unwrap_or_else(|rejected| panic!("{rejected}"));
    match loaded.manifest.images["web"].source.clone() {
        ImageSource::Build(build) => *build,
        ImageSource::Given(reference) => panic!("given: {reference}"),
    }
}

#[test]
fn a_build_in_short_and_in_full() {
    let short = build("app");
    assert_eq!(short.context, Path::new("/app/app"));
    assert_eq!(short.dockerfile, Path::new("/app/app/Dockerfile"));
    let full = build(
        "{context: app, dockerfile: docker/web, target: run, platform: linux/arm64, args: {V: 1.10, D: true, N: ~}, \
         secrets: {npm: {env: NPM_TOKEN}, key: {file: keys/a}}, ssh: default, cacheFrom: [\"a:b\"], labels: [a=b=c], \
         network: host, noCache: true, pull: true}",
    );
    assert_eq!(full.dockerfile, Path::new("/app/docker/web"));
    assert_eq!(full.target.as_deref(), Some("run"));
    assert_eq!(full.platform.to_string(), "linux/arm64");
    assert_eq!(full.args["V"], "1.10");
    assert_eq!((full.args["D"].as_str(), full.args.len()), ("true", 2));
    assert_eq!(full.labels["a"], "b=c");
    assert_eq!(full.secrets["npm"], BuildSecret::Env("NPM_TOKEN".to_owned()));
    assert_eq!(full.secrets["key"], BuildSecret::File("/app/keys/a".into()));
    assert!(full.ssh && full.no_cache && full.pull);
    assert_eq!(
        build("{secrets: [TOKEN]}").secrets["TOKEN"],
        BuildSecret::Env("TOKEN".to_owned())
    );
}

#[test]
fn mistakes_in_an_image() {
    insta::assert_snapshot!(said("
images:
  web:
    repository: Acme/web:latest
    build: {contxt: ., platform: arm, pull: yes, target: 1, secrets: {npm: hunter2, k: {}}, args: [A]}
    tags: [feature/x, \"\", 1.0, \"${git.tag:-}\"]
    tag: x
  api: {}
  promoted: {repository: acme/p, from: \"docker:x\"}
  kept: {repository: {name: acme/web}, build: .}
  public: {repository: public.ecr.aws/acme/web, build: {reuse: inputs}}
  a.b: {repository: acme/web, build: .}
"), @r#"
    error: `Acme/web:latest` has a tag or a digest
     --> deploy.yaml:4:17
      |
    4 |     repository: Acme/web:latest
      |                 ^^^^^^^^^^^^^^^ write only the repository here; tags belong under `tags`
    error: unknown key `contxt` in a build
     --> deploy.yaml:5:13
      |
    5 |     build: {contxt: ., platform: arm, pull: yes, target: 1, secrets: {npm: hunter2, k: {}}, args: [A]}
      |             ^^^^^^ did you mean `context`?
    error: `arm` is not a platform
     --> deploy.yaml:5:34
      |
    5 |     build: {contxt: ., platform: arm, pull: yes, target: 1, secrets: {npm: hunter2, k: {}}, args: [A]}
      |                                  ^^^ OS/ARCHITECTURE: linux/amd64, linux/arm64
    error: `pull` must be `true` or `false`, not a string
     --> deploy.yaml:5:45
      |
    5 |     build: {contxt: ., platform: arm, pull: yes, target: 1, secrets: {npm: hunter2, k: {}}, args: [A]}
      |                                             ^^^ write true
    error: `target` must be a string, not a number
     --> deploy.yaml:5:58
      |
    5 |     build: {contxt: ., platform: arm, pull: yes, target: 1, secrets: {npm: hunter2, k: {}}, args: [A]}
      |                                                          ^ write "1"
    error: the build secret `npm` needs the source of its value
     --> deploy.yaml:5:76
      |
    5 |     build: {contxt: ., platform: arm, pull: yes, target: 1, secrets: {npm: hunter2, k: {}}, args: [A]}
      |                                                                            ^^^^^^^ write {env: NAME}, {file: PATH}, {ssm: NAME} or {secretsmanager: NAME}
    error: the build secret `k` needs one of `env`, `file`, `ssm` and `secretsmanager`
     --> deploy.yaml:5:85
      |
    5 |     build: {contxt: ., platform: arm, pull: yes, target: 1, secrets: {npm: hunter2, k: {}}, args: [A]}
      |                                                                                     ^ write {env: NAME}, {file: PATH}, {ssm: NAME} or {secretsmanager: NAME}
    error: `A` is not KEY=VALUE
     --> deploy.yaml:5:100
      |
    5 |     build: {contxt: ., platform: arm, pull: yes, target: 1, secrets: {npm: hunter2, k: {}}, args: [A]}
      |                                                                                                    ^ write KEY=VALUE
    error: invalid image tag `feature/x`
     --> deploy.yaml:6:12
      |
    6 |     tags: [feature/x, "", 1.0, "${git.tag:-}"]
      |            ^^^^^^^^^ up to 128 letters, digits, `_`, `.` and `-`
      |
      = hint: for a branch, use ${git.branchSlug}
    error: empty tag
     --> deploy.yaml:6:23
      |
    6 |     tags: [feature/x, "", 1.0, "${git.tag:-}"]
      |                       ^^ it resolves to an empty text; give a default: `${…:-latest}`
    error: `tags` must be a string, not a number
     --> deploy.yaml:6:27
      |
    6 |     tags: [feature/x, "", 1.0, "${git.tag:-}"]
      |                           ^^^ write "1.0"
    error: empty tag
     --> deploy.yaml:6:32
      |
    6 |     tags: [feature/x, "", 1.0, "${git.tag:-}"]
      |                                ^^^^^^^^^^^^^^ it resolves to an empty text; give a default: `${…:-latest}`
    error: unknown key `tag` in an image
     --> deploy.yaml:7:5
      |
    7 |     tag: x
      |     ^^^ did you mean `tags`?
    error: missing `repository` in the image `api`
     --> deploy.yaml:8:3
      |
    8 |   api: {}
      |   ^^^ add the name of its Amazon ECR repository
    error: missing `build` in the image `api`
     --> deploy.yaml:8:3
      |
    8 |   api: {}
      |   ^^^ add the folder of the Dockerfile: `build: .`
    error: `from` is not supported yet by this version
     --> deploy.yaml:9:34
      |
    9 |   promoted: {repository: acme/p, from: "docker:x"}
      |                                  ^^^^ not supported yet
    error: `repository` as a mapping is not supported yet by this version
      --> deploy.yaml:10:10
       |
    10 |   kept: {repository: {name: acme/web}, build: .}
       |          ^^^^^^^^^^ not supported yet
    error: ECR Public is not supported yet by this version
      --> deploy.yaml:11:24
       |
    11 |   public: {repository: public.ecr.aws/acme/web, build: {reuse: inputs}}
       |                        ^^^^^^^^^^^^^^^^^^^^^^^ not supported yet
    error: `reuse` is not supported yet by this version
      --> deploy.yaml:11:57
       |
    11 |   public: {repository: public.ecr.aws/acme/web, build: {reuse: inputs}}
       |                                                         ^^^^^ not supported yet
    error: invalid image name `a.b`
      --> deploy.yaml:12:3
       |
    12 |   a.b: {repository: acme/web, build: .}
       |   ^^^ letters, digits, `_` and `-`
    20 errors in deploy.yaml
    "#);
}

#[test]
fn given_images() {
    let text = "images: {web: {repository: acme/web}}\n";
    let loaded = FileCase::default()
        .image("web", "busybox:1")
        .load(text)
        .expect("needs no build");
    assert!(
        matches!(&loaded.manifest.images["web"].source, ImageSource::Given(given) if given == "busybox:1")
    );
    insta::assert_snapshot!(FileCase::default().image("wep", "x").said(text), @"
    error: --image wep=…: unknown image `wep`
      hint:  did you mean --image web=…?
    error: missing `build` in the image `web`
     --> deploy.yaml:1:10
      |
    1 | images: {web: {repository: acme/web}}
      |          ^^^ add the folder of the Dockerfile: `build: .`
    2 errors in deploy.yaml
    ");
}

fn platforms(build: &str, one: &str, two: &str) -> String {
    format!(
        "images: {{web: {{repository: acme/web, build: {build}}}}}
services:
  one:
    taskDefinition: {{cpu: 256, memory: 512, {one} containerDefinitions: {{web: {{image: \"${{images.web}}\"}}}}, executionRoleArn: role}}
  two:
    taskDefinition: {{cpu: 256, memory: 512, {two} containerDefinitions: {{web: {{image: \"${{images.web}}\"}}}}, executionRoleArn: role}}
"
    )
}

const ARM: &str = "runtimePlatform: {cpuArchitecture: ARM64},";
const EC2: &str = "requiresCompatibilities: [EC2],";

#[test]
fn an_image_is_built_for_what_runs_it() {
    for (build, one, two, expected) in [
        (".", "", "", "linux/amd64"),
        (".", ARM, ARM, "linux/arm64"),
        (".", EC2, ARM, "linux/arm64"),
        ("{platform: linux/arm64}", EC2, EC2, "linux/arm64"),
        ("{platform: linux/arm64/v8}", ARM, ARM, "linux/arm64/v8"),
        (".", EC2, EC2, "linux/amd64"),
    ] {
        let document = FileCase::default().rendered(&platforms(build, one, two));
        assert_eq!(
            document["images"]["web"]["build"]["platform"], expected,
            "{build} {one} {two}"
        );
    }
}

#[test]
fn platforms_that_contradict_each_other() {
    insta::assert_snapshot!(said(&platforms(".", "", ARM)), @r#"
    error: the image `web` is needed for linux/amd64 by one and for linux/arm64 by two
     --> deploy.yaml:6:45
      |
    3 |   one:
      |   --- the other
    ...
    6 |     taskDefinition: {cpu: 256, memory: 512, runtimePlatform: {cpuArchitecture: ARM64}, containerDefinitions: {web: {image: "${images....
      |                                             ^^^^^^^^^^^^^^^ an image has one platform: define two images
    1 error in deploy.yaml
    "#);
    insta::assert_snapshot!(said(&platforms("{platform: linux/arm64}", "", ARM)), @r#"
    error: the image `web` is built for linux/arm64, but one runs on linux/amd64
     --> deploy.yaml:1:56
      |
    1 | images: {web: {repository: acme/web, build: {platform: linux/arm64}}}
      |                                                        ^^^^^^^^^^^ remove it, or change the other
    2 | services:
    3 |   one:
      |   --- no `runtimePlatform`: X86_64
      |
      = hint: for Graviton: runtimePlatform: {cpuArchitecture: ARM64} in the task definition
    1 error in deploy.yaml
    "#);
}
