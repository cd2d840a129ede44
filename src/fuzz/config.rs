//! deploy.yaml, and task definitions in files of their own.

use std::path::Path;

use crate::config::{Document, FileOverrides, LoadedFile, Lookups, ManifestInput, ReferencedFiles, render};
use crate::diagnostic::{Problems, RenderStyle, Sources, render as report};

/// The most bytes of a report: a hundred problems with their excerpts.
const MAX_REPORT: usize = 1 << 20;

/// The file of a service whose task definition is another file.
const WITH_FILE: &str =
    "region: us-east-1\naccount: \"123456789012\"\nservices: {web: {taskDefinition: td.json}}\n";

/// deploy.yaml is accepted, or rejected with problems that lie in it. What is accepted renders to a file that means
/// the same.
pub fn deploy_yaml(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    if let Some(loaded) = load(&text, None) {
        let rendered = render(&loaded.manifest, true).to_string();
        if let Some(again) = load(&rendered, None) {
            assert_eq!(render(&again.manifest, true).to_string(), rendered);
        }
    }
}

/// The same for a file with a task definition.
pub fn task_definition(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    if let Some(loaded) = load(WITH_FILE, Some(&text)) {
        let rendered = render(&loaded.manifest, true).to_string();
        assert!(Document::parse("rendered", &rendered).is_ok(), "{rendered}");
    }
}

fn load(text: &str, definition: Option<&str>) -> Option<LoadedFile> {
    let files: ReferencedFiles = definition
        .into_iter()
        .map(|text| ("td.json".to_owned(), Ok(text.to_owned())))
        .collect();
    let lookups = Lookups {
        region: Some("us-east-1".to_owned()),
        account: "123456789012".parse().ok(),
        ..Lookups::default()
    };
    let mut overrides = FileOverrides::default();
    let loaded = Document::parse("deploy.yaml", text).and_then(|document| {
        overrides.environment = document.names("environments", None).into_iter().next();
        let document = document.in_environment(&overrides)?;
        document.references();
        document.files_needed(&lookups);
        document.settings(&lookups, &overrides);
        document.load(ManifestInput {
            root: Path::new("/app"),
            lookups: &lookups,
            files: &files,
            overrides: &overrides,
        })
    });
    match loaded {
        Ok(loaded) => {
            check(&loaded.warnings, &loaded.sources);
            Some(loaded)
        }
        Err(rejected) => {
            assert!(rejected.problems.has_errors());
            check(&rejected.problems, &rejected.sources);
            None
        }
    }
}

/// Every problem lies in its file, and the report is bounded.
fn check(problems: &Problems, sources: &Sources) {
    for problem in problems.iter() {
        let others = problem.others.iter().map(|other| other.span);
        for span in problem.span.into_iter().chain(others) {
            let length = sources.get(span.source).map_or(0, |source| source.text.len());
            assert!(span.start <= span.end && span.end <= length, "{problem:?}");
            assert!(sources.position(span).is_some(), "{problem:?}");
        }
    }
    let report = report(problems, sources, RenderStyle::default());
    assert!(report.len() <= MAX_REPORT, "{} bytes", report.len());
    assert_eq!(report.is_empty(), problems.is_empty());
}
