use std::fs;
use std::path::Path;

use super::*;
use crate::config::FileOverrides;
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

fn open(ask: &FileOptions, here: &Path) -> Result<Project, LoadError> {
    Project::open_from(ask, FilePart::Whole, here, &|name| match name {
        "AWS_REGION" => Some(OsString::new()),
        "AWS_DEFAULT_REGION" => Some("us-west-2".into()),
        _ => None,
    })
}

fn ask(file: Option<&str>) -> FileOptions {
    FileOptions {
        file: file.map(PathBuf::from),
        ..FileOptions::default()
    }
}

#[test]
fn the_file_is_found_up_to_the_repository_root() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "deploy.yaml", FILE);
    fs::create_dir_all(root.join("a/repository/.git")).unwrap();
    fs::create_dir_all(root.join("a/repository/b/c")).unwrap();
    let below = root.join("a/repository/b/c");
    assert!(matches!(
        find_file::file(None, &below),
        Err(LoadError::NoFile { .. })
    ));
    assert!(matches!(
        find_file::file(None, &root.join("a")),
        Err(LoadError::NoFile { .. })
    ));
    write(root, "a/repository/deploy.yaml", FILE);
    let found = find_file::file(None, &below).unwrap();
    assert_eq!(found.name, "../../deploy.yaml");
    assert_eq!(found.root, root.join("a/repository"));
    assert_eq!(find_file::file(None, root).unwrap().name, "deploy.yaml");
}

#[test]
fn a_file_of_another_name_is_offered() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "deploy.yml", FILE);
    let error = open(&ask(None), folder.path()).unwrap_err();
    assert_eq!(error.explain().hint.unwrap(), "ecsctl -f deploy.yml …");
    assert_eq!(error.explain().exit, crate::exit::Exit::Usage);
}

#[test]
fn unreadable_files_say_why() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("deploy.yaml")).unwrap();
    fs::write(folder.path().join("latin1.yaml"), b"a: 1\nb: \xe9\n").unwrap();
    fs::write(folder.path().join("utf16.yaml"), b"\xff\xfea\0b").unwrap();
    for (file, expected) in [
        (None, "is a folder"),
        (Some("missing.yaml"), "no such file"),
        (Some("latin1.yaml"), "it is not UTF-8, at line 2"),
        (
            Some("utf16.yaml"),
            "it has a UTF-16 byte order mark, and is not UTF-16",
        ),
    ] {
        let error = open(&ask(file), folder.path()).unwrap_err();
        let (_, said) = error.explain().said.unwrap();
        assert_eq!(said, expected);
    }
    assert!(matches!(
        open(&ask(Some("-")), folder.path()),
        Err(LoadError::Stdin)
    ));
}

#[test]
fn a_named_folder_means_its_file() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "app/deploy.yaml", FILE);
    write(folder.path(), "other/deploy.yml", FILE);
    for named in ["app", "app/", "./app"] {
        let found = find_file::file(Some(Path::new(named)), folder.path()).unwrap();
        assert_eq!(found.root.file_name().unwrap(), "app", "{named}");
        assert!(found.name.ends_with("app/deploy.yaml"), "{}", found.name);
    }
    let error = open(&ask(Some("other")), folder.path()).unwrap_err();
    assert_eq!(error.to_string(), "no deploy.yaml in the folder other");
    assert_eq!(error.explain().hint.unwrap(), "ecsctl -f other/deploy.yml …");
    let error = open(&ask(Some(".")), folder.path()).unwrap_err();
    assert_eq!(
        (error.explain().hint, error.explain().exit),
        (None, crate::exit::Exit::Usage)
    );
}

#[test]
fn a_file_in_utf16_is_decoded() {
    let folder = tempfile::tempdir().unwrap();
    let text = "services: {wéb: {}}\r\n";
    let in_order = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter()
            .chain(text.encode_utf16().flat_map(bytes))
            .collect()
    };
    for (file, bytes) in [
        ("le.yaml", in_order([0xff, 0xfe], u16::to_le_bytes)),
        ("be.yaml", in_order([0xfe, 0xff], u16::to_be_bytes)),
    ] {
        let path = folder.path().join(file);
        fs::write(&path, bytes).unwrap();
        assert_eq!(read(&path).unwrap(), text, "{file}");
    }
}

#[test]
fn a_file_that_is_too_long_is_refused_by_its_size() {
    let folder = tempfile::tempdir().unwrap();
    // The last byte within the limit cuts a character in two.
    let text = format!("#{}", "é".repeat(MAX_BYTES));
    write(folder.path(), "deploy.yaml", &text);
    let error = open(&ask(None), folder.path()).unwrap_err();
    assert!(error.to_string().starts_with("the file has"), "{error}");
    assert_eq!(error.explain().code, "too-large");
}

#[test]
fn variables_are_asked_for_by_name() {
    use std::os::unix::ffi::OsStringExt;
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "deploy.yaml",
        "services: {\"a\": {taskDefinition: \"${env.DEFINITION:-b:1}\"}}\n",
    );
    let open = |value: Option<OsString>| {
        Project::open_from(&ask(None), FilePart::Whole, folder.path(), &|name| match name {
            "DEFINITION" => value.clone(),
            "OTHER" => Some("x".into()),
            _ => None,
        })
    };
    let definition =
        |project: Project| format!("{:?}", project.load().unwrap().manifest.services["a"].definition);
    let project = open(Some("web:7".into())).unwrap();
    assert_eq!(project.lookups.env.keys().collect::<Vec<_>>(), ["DEFINITION"]);
    assert!(definition(project).contains("web:7"));
    assert!(definition(open(None).unwrap()).contains("b:1"));
    let error = open(Some(OsString::from_vec(vec![0xff]))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the environment variable `DEFINITION` is not Unicode"
    );
}

const INLINE: &str = "services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::${aws.account}:role/x
      containerDefinitions: {web: {image: busybox}}
";

#[test]
fn session_values_are_resolved_later() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "deploy.yaml", INLINE);
    let mut project = Project::open_from(&ask(None), FilePart::Whole, folder.path(), &|_| None).unwrap();
    let loaded = project.load().unwrap();
    assert!(project.lacks_account(loaded.used) && project.lacks_region(loaded.used));
    project.learn(Some("eu-west-1"), "123456789012".parse().ok().as_ref());
    let loaded = project.load().unwrap();
    assert!(!project.lacks_account(loaded.used) && !project.lacks_region(loaded.used));
    let document = crate::config::render(&loaded.manifest, true).to_string();
    assert!(
        document.contains("iam::123456789012:role/x") && document.contains("eu-west-1"),
        "{document}"
    );
}

#[test]
fn a_path_may_rest_on_the_account() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "deploy.yaml",
        "services: {web: {taskDefinition: \"${aws.account}.json\"}}\n",
    );
    write(
        folder.path(),
        "123456789012.json",
        r#"{"family": "a", "containerDefinitions": [{"name": "a", "image": "b", "memory": 64}]}"#,
    );
    let mut project = Project::open_from(&ask(None), FilePart::Whole, folder.path(), &|_| None).unwrap();
    project.load().unwrap();
    project.learn(None, "123456789012".parse().ok().as_ref());
    let document = crate::config::render(&project.load().unwrap().manifest, true);
    assert_eq!(document["services"]["web"]["taskDefinition"]["family"], "a");
}

#[test]
fn region_and_account_have_an_order() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "deploy.yaml", FILE);
    write(folder.path(), "bare.yaml", "services: {}\n");
    let region = |ask: &FileOptions| open(ask, folder.path()).unwrap().lookups.region.unwrap();
    assert_eq!(region(&ask(None)), "eu-west-1");
    assert_eq!(region(&ask(Some("bare.yaml"))), "us-west-2");
    let overrides = FileOverrides {
        region: Some("ap-south-1".to_owned()),
        ..FileOverrides::default()
    };
    assert_eq!(
        region(&FileOptions {
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
    assert_eq!(project.root, folder.path().join("app"));
}

#[test]
fn a_state_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "deploy.yaml",
        "tfstate: a.tfstate\nservices: {web: {taskDefinition: './${tfstate:name}.json', serviceName: '${tfstate:name}'}}\n",
    );
    write(
        folder.path(),
        "a.tfstate",
        r#"{"version": 4, "outputs": {"name": {"value": "web", "type": "string"}}}"#,
    );
    write(folder.path(), "web.json", "{}");
    let mut project = open(&ask(None), folder.path()).unwrap();
    assert!(project.files.contains_key("./web.json"), "{:?}", project.files);
    // Whatever is asked later, it isn't opened again.
    fs::remove_file(folder.path().join("a.tfstate")).unwrap();
    project.learn(Some("eu-west-1"), None);
    let names = project.load_names().unwrap();
    assert_eq!(names.names.services["web"], "web");
}
