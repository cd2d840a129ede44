//! Property tests: no file makes the parser fail.

use proptest::prelude::*;

use super::*;

const WHOLE: &str = "requiredVersion: \">=0.1\"
account: 123456789012
vars: {a: v1, b: \"${vars.a}\", l: [x]}
x-size: &size {cpu: 256, memory: 512}
images:
  web: {repository: acme/web, build: {context: ., args: {A: 1}, platform: linux/amd64}, tags: [\"${vars.b}\"]}
services:
  web:
    taskDefinition:
      <<: *size
      executionRoleArn: arn:aws:iam::${aws.account}:role/x
      volumes: [{name: v}]
      containerDefinitions:
        web: {image: \"${images.web}\", portMappings: [{containerPort: 80}], environment: {A: 1}, secrets: {B: arn}}
        side: {image: b, mountPoints: [{sourceVolume: v}], dependsOn: [{containerName: web, condition: START}]}
    loadBalancers: [{targetGroupArn: arn:x, containerName: web, containerPort: 80}]
    deploymentConfiguration: {strategy: ROLLING}
    logRetentionDays: 30
    dependsOn: [api]
  api: {taskDefinition: {base: td.json, containerDefinitions: [{name: a, environment: {B: ~}}]}}
  old: {taskDefinition: td.json}
environments:
  e:
    vars: {a: v2}
    images: {web: {tags: [c]}}
    services:
      web:
        taskDefinition: {<<: *size, containerDefinitions: {web: {environment: [{name: A, value: b}]}, side: ~}}
        dependsOn: ~
      old: ~
";

/// Generates replacements for a piece of the file.
fn odd() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "",
            "~",
            "[]",
            "{}",
            "[~]",
            "{a: ~}",
            "1",
            "-1",
            "1e400",
            "true",
            "yes",
            "\"\"",
            "\"${vars.b}\"",
            "\"${images.web}\"",
            "\"${images.web.tag}x\"",
            "\"${aws.region}\"",
            "*size",
            "[[]]",
            "{name: 1}",
            ": ",
            "\n",
            "\u{fffd}",
            "live",
            "td.json",
            "a:1",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
    ]
}

fn survive(text: &str, file: &str) {
    let mut case = FileCase::default().file("td.json", file).image("x", "y");
    survive_in(&case, text);
    case.overrides.environment = Some("e".to_owned());
    survive_in(&case, text);
}

fn survive_in(case: &FileCase, text: &str) {
    match case.load(text) {
        Ok(loaded) => {
            render(&loaded.manifest, false);
            let document = Document::parse("deploy.yaml", text).unwrap();
            let document = document.in_environment(&case.overrides).unwrap();
            let explainer = Explainer {
                document: &document,
                loaded: &loaded,
                lookups: &Lookups::default(),
                overrides: &case.overrides,
                given: &[],
                show_values: false,
            };
            for section in ["cluster", "vars", "images", "services"] {
                for explained in explainer.explain(section).unwrap() {
                    // A path that is shown leads to its value.
                    let again = explainer.explain(&explained.path).unwrap();
                    assert!(again.contains(&explained), "{explained:?}");
                }
            }
        }
        Err(rejected) => drop(show(
            &rejected.problems,
            &rejected.sources,
            crate::diagnostic::RenderStyle::default(),
        )),
    }
    if let Ok(document) = Document::parse("deploy.yaml", text) {
        document.references();
        document.files_needed(&Lookups::default());
        document.settings(&Lookups::default(), &FileOverrides::default());
    }
}

const FILE: &str = "{\"family\": \"a\", \"containerDefinitions\": [{\"name\": \"a\", \"image\": \"b\", \"memory\": 64, \"environment\": []}]}";

#[test]
fn the_whole_is_good() {
    let case = FileCase::default().file("td.json", FILE);
    assert_eq!(case.said(WHOLE), "");
    let case = FileCase {
        overrides: FileOverrides {
            environment: Some("e".to_owned()),
            ..FileOverrides::default()
        },
        ..case
    };
    assert_eq!(case.said(WHOLE), "");
}

proptest! {
    #![proptest_config(crate::schema::testing::cases(64))]

    /// Any value of the file may be replaced by anything: it is rejected with a message, or accepted.
    #[test]
    fn any_value_may_be_odd(at in 0..250_usize, by in odd(), file in odd()) {
        // The pieces between YAML's structural characters.
        let marks: Vec<usize> = WHOLE.match_indices([':', ',', '[', ']', '{', '}', '\n']).map(|(at, _)| at).collect();
        let start = marks[at % (marks.len() - 1)] + 1;
        let end = marks[at % (marks.len() - 1) + 1];
        let text = format!("{} {by}{}", &WHOLE[..start], &WHOLE[end..]);
        survive(&text, FILE);
        survive(WHOLE, &file);
    }

    #[test]
    fn any_cut_is_survived(from in 0..1900_usize, length in 0..40_usize) {
        let from = from.min(WHOLE.len());
        let to = (from + length).min(WHOLE.len());
        survive(&format!("{}{}", &WHOLE[..from], &WHOLE[to..]), FILE);
    }
}
