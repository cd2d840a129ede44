//! The platform that an image is built for: the one of the tasks that run it.

use indexmap::IndexMap;

use super::typed_values;
use crate::diagnostic::{Problem, Problems, Span};
use crate::model::{Image, ImageSource, Node, Platform, ServiceSpec, TaskDefinitionSource};

/// The platform that a service's tasks run on, and where the file sets it.
struct RequiredPlatform<'a> {
    service: &'a ServiceSpec,
    platform: Platform,
    span: Span,
}

/// Settles the platform of every build: the build's own, else the tasks', else linux/amd64. What only AWS knows is
/// left open.
/// Reports contradictions between them. `specs` are the services, and the jobs with a task definition of their own; `root` is the file's tree.
pub(super) fn settle(
    root: &Node,
    images: &mut IndexMap<String, Image>,
    specs: &[&ServiceSpec],
    problems: &mut Problems,
) {
    for image in images.values_mut() {
        let ImageSource::Build(build) = &mut image.source else {
            continue;
        };
        let wanted: Vec<RequiredPlatform<'_>> = specs
            .iter()
            .filter_map(|spec| wanted(spec, &image.name))
            .collect();
        let written = root
            .get("images")
            .and_then(|images| images.get(&image.name)?.get("build"))
            .and_then(|build| typed_values::present(build, "platform"));
        let on_aws = specs.iter().filter(|service| {
            matches!(&service.definition, TaskDefinitionSource::Based { changes, .. }
                if !is_complete(changes) && runs(changes, &image.name))
        });
        let on_aws = on_aws.map(|service| service.key.clone()).collect();
        match (written, wanted.first()) {
            (Some(written), _) => {
                build.bases_to_match = on_aws;
                for wanted in wanted
                    .iter()
                    .filter(|wanted| !build.platform.runs_as(&wanted.platform))
                {
                    problems.push(contradiction(
                        &image.name,
                        &build.platform,
                        written.value.span,
                        wanted,
                    ));
                }
            }
            (None, Some(first)) => {
                for other in wanted
                    .iter()
                    .skip(1)
                    .filter(|other| !first.platform.runs_as(&other.platform))
                {
                    problems.push(two_platforms(&image.name, first, other));
                }
                build.platform = first.platform.clone();
                build.bases_to_match = on_aws;
            }
            (None, None) => build.platform_of_bases = on_aws,
        }
    }
}

fn runs(definition: &Node, image: &str) -> bool {
    definition.image_refs().iter().any(|found| found.image == image)
}

/// Returns the platform of a service that runs the image, or `None` if only AWS knows it.
fn wanted<'a>(service: &'a ServiceSpec, image: &str) -> Option<RequiredPlatform<'a>> {
    let definition = match &service.definition {
        TaskDefinitionSource::Owned(definition) => definition,
        TaskDefinitionSource::Based { changes, .. } if is_complete(changes) => changes,
        TaskDefinitionSource::Based { .. } | TaskDefinitionSource::Revision(..) => return None,
    };
    if !runs(definition, image) {
        return None;
    }
    let runtime = typed_values::present(definition, "runtimePlatform");
    let Some(runtime) = runtime else {
        // Fargate defaults to X86_64 and LINUX; instances may have any architecture.
        let is_fargate = definition
            .get("requiresCompatibilities")
            .and_then(Node::items)
            .is_some_and(|items| items.iter().any(|item| item.as_str() == Some("FARGATE")));
        return is_fargate.then(|| RequiredPlatform {
            service,
            platform: Platform::linux_amd64(),
            span: service.span,
        });
    };
    Some(RequiredPlatform {
        service,
        platform: platform(&runtime.value),
        span: runtime.key_span,
    })
}

/// Whether changes to a base set both members of its platform.
fn is_complete(changes: &Node) -> bool {
    let runtime = typed_values::present(changes, "runtimePlatform");
    let members = ["cpuArchitecture", "operatingSystemFamily"];
    runtime.is_some_and(|runtime| members.iter().all(|key| runtime.value.text_of(key).is_some()))
}

fn platform(runtime: &Node) -> Platform {
    Platform::of_tasks(
        runtime.text_of("cpuArchitecture"),
        runtime.text_of("operatingSystemFamily"),
    )
}

fn contradiction(image: &str, platform: &Platform, written: Span, wanted: &RequiredPlatform<'_>) -> Problem {
    let key = &wanted.service.key;
    let message = format!(
        "the image `{image}` is built for {platform}, but {key} runs on {}",
        wanted.platform
    );
    let problem = Problem::error("platform", message, written).label("remove it, or change the other");
    let says = if wanted.span == wanted.service.span {
        "no `runtimePlatform`: X86_64"
    } else {
        "set here"
    };
    let problem = problem.other(wanted.span, says);
    match platform.architecture.as_str() {
        "arm64" => {
            problem.hint("for Graviton: runtimePlatform: {cpuArchitecture: ARM64} in the task definition")
        }
        _ => problem,
    }
}

fn two_platforms(image: &str, first: &RequiredPlatform<'_>, other: &RequiredPlatform<'_>) -> Problem {
    let message = format!(
        "the image `{image}` is needed for {} by {} and for {} by {}",
        first.platform, first.service.key, other.platform, other.service.key
    );
    Problem::error("platform", message, other.span)
        .label("an image has one platform: define two images")
        .other(first.span, "the other")
}
