//! `hooks:` before and after a build.

use crate::ground::Docker;
use crate::project::{Project, SERVICE};
use crate::support::{Scenario, Scripted, cases};

const HOOKS: &str = r#"
hooks:
  beforeBuild: echo made >content; echo before >>order
  afterBuild: echo "$ECSCTL_HOOK_IMAGE" >image; echo after >>order
"#;

/// A project that can't be built without its hook.
fn project(docker: &Docker) -> Project<'_> {
    let project = Project::new(docker).with_service();
    std::fs::remove_file(project.path("content")).unwrap();
    project.with("deploy.yaml", &format!("{SERVICE}{HOOKS}"))
}

fn read(project: &Project<'_>, name: &str) -> String {
    std::fs::read_to_string(project.path(name)).unwrap_or_default()
}

#[test]
fn hooks_prepare_and_see_the_image() {
    let Some(docker) = Docker::find() else { return };
    let project = project(&docker);
    let id = project.build();
    assert_eq!(project.files(&id)["content"], "made\n");
    assert_eq!(read(&project, "image"), format!("{id}\n"));
    assert_eq!(read(&project, "order"), "before\nafter\n");
}

fn hooks_run_where_images_are_built(verb: &str) {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::default());
    let project = project(&docker);
    project.on(&server, &[verb]).run().exits(0);
    assert_eq!(read(&project, "order"), "before\nafter\n");
}

cases! { hooks_run_where_images_are_built {
    by_plan("plan");
    by_push("push");
    by_register("register");
    by_deploy("deploy");
} }

#[test]
fn nothing_is_built_after_a_failed_hook() {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::default());
    let project = project(&docker);
    let file =
        SERVICE.to_owned() + "hooks: {beforeBuild: 'echo no compiler; exit 9', onFailure: touch failed}\n";
    project.write("deploy.yaml", &file);
    let output = project.on(&server, &["deploy"]).run().exits(10);
    output
        .says("the beforeBuild hook failed with exit code 9; nothing was built")
        .says("no compiler");
    assert!(project.path("failed").exists());
    assert!(server.log().writes().is_empty());
}

#[test]
fn nothing_is_pushed_after_a_failed_hook() {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::default());
    let project = project(&docker);
    project.write("content", "x");
    project.write(
        "deploy.yaml",
        &format!("{SERVICE}hooks: {{afterBuild: exit 1}}\n"),
    );
    project.on(&server, &["deploy"]).run().exits(10);
    assert!(server.log().writes().is_empty(), "{:?}", server.log().writes());
}

#[test]
fn plan_without_a_build_runs_no_hooks() {
    let Some(docker) = Docker::find() else { return };
    let server = Scripted::start(Scenario::default());
    let project = project(&docker);
    project.on(&server, &["plan", "--no-build"]).run().exits(0);
    assert_eq!(read(&project, "order"), "");
}
