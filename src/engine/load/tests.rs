use std::fs;
use std::path::Path;

use super::*;
use crate::config::Overrides;
use crate::diagnostic::Explain;

const FILE: &str = "
region: eu-west-1
services:
  web:
    taskDefinition: ./web.json
    desiredCount: ${vars.count}
";

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn open(ask: &Ask, here: &Path) -> Result<Project, LoadError> {
    Project::open_from(ask, here, &|name| match name {
        "AWS_REGION" => Some(String::new()),
        "AWS_DEFAULT_REGION" => Some("us-west-2".to_owned()),
        _ => None,
    })
}

fn ask(file: Option<&str>) -> Ask {
    Ask {
        file: file.map(PathBuf::from),
        ..Ask::default()
    }
}

#[test]
fn the_file_is_found_upwards_as_far_as_the_repository_goes() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "deploy.yaml", FILE);
    fs::create_dir_all(root.join("a/repository/.git")).unwrap();
    fs::create_dir_all(root.join("a/repository/b/c")).unwrap();
    let below = root.join("a/repository/b/c");
    assert!(matches!(find::file(None, &below), Err(LoadError::NoFile { .. })));
    assert!(matches!(
        find::file(None, &root.join("a")),
        Err(LoadError::NoFile { .. })
    ));
    write(root, "a/repository/deploy.yaml", FILE);
    let found = find::file(None, &below).unwrap();
    assert_eq!(found.name, "../../deploy.yaml");
    assert_eq!(found.root, root.join("a/repository"));
    assert_eq!(find::file(None, root).unwrap().name, "deploy.yaml");
}

#[test]
fn a_file_of_another_name_is_offered() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "deploy.yml", FILE);
    let error = open(&ask(None), folder.path()).unwrap_err();
    assert_eq!(error.hint().unwrap(), "ecsctl -f deploy.yml …");
    assert_eq!(error.exit(), crate::exit::Exit::Usage);
}

#[test]
fn what_cannot_be_read_says_why() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("deploy.yaml")).unwrap();
    fs::write(folder.path().join("latin1.yaml"), b"a: 1\nb: \xe9\n").unwrap();
    for (file, expected) in [
        (None, "directory"),
        (Some("missing.yaml"), "No such file"),
        (Some("latin1.yaml"), "it is not UTF-8, at line 2"),
    ] {
        let error = open(&ask(file), folder.path()).unwrap_err();
        let (_, said) = error.said().unwrap();
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn region_and_account_are_the_flags_the_files_or_the_environments() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "deploy.yaml", FILE);
    write(folder.path(), "bare.yaml", "services: {}\n");
    let region = |ask: &Ask| open(ask, folder.path()).unwrap().lookups.region.unwrap();
    assert_eq!(region(&ask(None)), "eu-west-1");
    assert_eq!(region(&ask(Some("bare.yaml"))), "us-west-2");
    let overrides = Overrides {
        region: Some("ap-south-1".to_owned()),
        ..Overrides::default()
    };
    assert_eq!(
        region(&Ask {
            overrides,
            ..ask(None)
        }),
        "ap-south-1"
    );
}

#[test]
fn files_that_definitions_name_are_read_from_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "app/deploy.yaml", FILE);
    write(folder.path(), "app/web.json", "{}");
    let project = open(&ask(Some("app/deploy.yaml")), folder.path()).unwrap();
    assert_eq!(project.files.values().collect::<Vec<_>>(), [&Ok("{}".to_owned())]);
    assert_eq!(project.root(), folder.path().join("app"));
}
