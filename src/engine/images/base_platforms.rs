//! The platform of images that run in task definitions that only AWS knows.

use futures_util::future::join_all;
use indexmap::IndexMap;

use super::error::{contradicts_base, two_platforms};
use crate::aws::{Aws, AwsError};
use crate::diagnostic::{Failure, Suggestion};
use crate::ecs::TaskDefinition;
use crate::engine::polling::ReadRetry;
use crate::model::{
    Base, Image, ImageSource, Manifest, Node, Platform, ServiceSpec, Sink, TaskDefinitionSource,
};

/// The services whose bases decide the platform of images, or must have the one that the file sets.
pub(super) struct PlatformBases {
    cluster: String,
    services: IndexMap<String, ServiceSpec>,
}

impl PlatformBases {
    /// Collects the services that the images name.
    pub fn of(manifest: &Manifest, images: &[Image]) -> Self {
        let named: Vec<&String> = images.iter().flat_map(services_on_aws).collect();
        let services = manifest.services.iter().filter(|(key, _)| named.contains(key));
        Self {
            cluster: manifest.cluster.clone(),
            services: services
                .map(|(key, service)| (key.clone(), service.clone()))
                .collect(),
        }
    }

    /// Returns the images with their platforms. One that can't be read stays linux/amd64, with a warning, or is the
    /// one that the file sets.
    pub async fn settle(
        &self,
        images: &[Image],
        aws: Option<&Aws>,
        sink: &dyn Sink,
    ) -> Result<Vec<Image>, Failure> {
        let decides = |key: &String| images.iter().any(|image| open_services(image).contains(key));
        let silent: &dyn Sink = &|_| {};
        let platforms = self.services.iter().map(async |(key, service)| {
            let sink = if decides(key) { sink } else { silent };
            let platform = match aws {
                Some(aws) => self.read(aws, service, sink).await,
                None => {
                    warn_without_session(service, sink);
                    None
                }
            };
            (key.as_str(), platform)
        });
        let platforms: IndexMap<&str, Option<Platform>> = join_all(platforms).await.into_iter().collect();
        let settled = images.iter().map(|image| {
            let wanted = services_on_aws(image);
            let mut wanted = wanted.filter_map(|key| Some((key, platforms.get(key.as_str())?.as_ref()?)));
            if let Some(platform) = set_platform(image) {
                return match wanted.find(|(_, theirs)| !platform.runs_as(theirs)) {
                    Some((key, theirs)) => Err(contradicts_base(&image.name, platform, (key, theirs))),
                    None => Ok(image.clone()),
                };
            }
            let Some((first, platform)) = wanted.next() else {
                return Ok(image.clone());
            };
            if let Some((other, theirs)) = wanted.find(|(_, theirs)| !platform.runs_as(theirs)) {
                return Err(two_platforms(&image.name, (first, platform), (other, theirs)));
            }
            let platform = platform.clone();
            let mut image = image.clone();
            if let ImageSource::Build(build) = &mut image.source {
                build.platform = platform;
            }
            Ok(image)
        });
        settled.collect()
    }

    /// Returns the platform of a service's tasks, if its base sets one.
    async fn read(&self, aws: &Aws, service: &ServiceSpec, sink: &dyn Sink) -> Option<Platform> {
        let TaskDefinitionSource::Based { base, changes, .. } = &service.definition else {
            return None;
        };
        match self.base(aws, service, base).await {
            Ok(definition) => merged(&definition?, changes),
            Err(error) => {
                sink.warn_of(
                    error,
                    "building for linux/amd64, unless the image sets `build.platform`",
                );
                None
            }
        }
    }

    async fn base(
        &self,
        aws: &Aws,
        service: &ServiceSpec,
        base: &Base,
    ) -> Result<Option<TaskDefinition>, AwsError> {
        let retry = ReadRetry::silent(aws.clock());
        let id = match base {
            Base::Family(id) | Base::Revision(id) => id.clone(),
            Base::Live => {
                let names = [service.name.clone()];
                let described = retry.read(|| Box::pin(aws.describe_services(&self.cluster, &names)));
                let described = match described.await {
                    Err(error) if error.is_cluster_missing() => return Ok(None),
                    described => described?,
                };
                let live = described.active(&service.name);
                match live.and_then(|live| live.task_definition.clone()) {
                    Some(arn) => arn,
                    None => return Ok(None),
                }
            }
        };
        retry.read(|| Box::pin(aws.describe_task_definition(&id))).await
    }
}

/// Returns the keys of the services that decide an image's platform.
fn open_services(image: &Image) -> &[String] {
    match &image.source {
        ImageSource::Build(build) => &build.platform_of_bases,
        ImageSource::Given(_) => &[],
    }
}

/// Returns the keys of the services whose bases decide an image's platform, or must match it.
fn services_on_aws(image: &Image) -> impl Iterator<Item = &String> {
    let to_match = match &image.source {
        ImageSource::Build(build) => build.bases_to_match.as_slice(),
        ImageSource::Given(_) => &[],
    };
    open_services(image).iter().chain(to_match)
}

/// Returns the platform that the file sets, where bases must match it.
fn set_platform(image: &Image) -> Option<&Platform> {
    match &image.source {
        ImageSource::Build(build) if !build.bases_to_match.is_empty() => Some(&build.platform),
        _ => None,
    }
}

/// Returns the platform of a base with the file's changes. `None` if neither sets one: Fargate's default is that of a
/// build, and instances may have any.
fn merged(base: &TaskDefinition, changes: &Node) -> Option<Platform> {
    let runtime = changes.get("runtimePlatform");
    let member = |name: &str| match runtime {
        Some(runtime) if runtime.is_null() => None,
        runtime => match runtime.and_then(|runtime| runtime.get(name)) {
            Some(changed) => changed.as_str().map(str::to_owned),
            None => base.runtime_platform(name),
        },
    };
    let (cpu, os) = (member("cpuArchitecture"), member("operatingSystemFamily"));
    let is_set = cpu.is_some() || os.is_some() || base.supports_fargate();
    is_set.then(|| Platform::of_tasks(cpu.as_deref(), os.as_deref()))
}

fn warn_without_session(service: &ServiceSpec, sink: &dyn Sink) {
    let name = &service.name;
    let message = format!("{name}: its base can't be read without credentials: building for linux/amd64");
    let hint =
        Suggestion::from("if its tasks run on another platform, set `platform` in the `build` of the image");
    sink.warn(Some(name), message, Some(hint));
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use serde_json::json;

    use super::*;
    use crate::aws::testing::{Answer, FakeAws};
    use crate::engine::testing;
    use crate::schema::testing::written;

    /// Returns the platform of an image that services run over their bases.
    async fn platform(services: &[(&str, Base, serde_json::Value)]) -> Result<String, String> {
        platform_of(None, services).await
    }

    /// The same, of an image for which the file may set a platform.
    async fn platform_of(
        set: Option<&str>,
        services: &[(&str, Base, serde_json::Value)],
    ) -> Result<String, String> {
        let based = services.iter().map(|(key, base, changes)| ServiceSpec {
            definition: TaskDefinitionSource::Based {
                base: base.clone(),
                span: written(&json!(null)).node.span,
                changes: written(changes).node,
            },
            ..testing::service(key, json!({}))
        });
        let manifest = testing::manifest(based);
        let mut image = testing::image("web", "acme/web");
        if let ImageSource::Build(build) = &mut image.source {
            let keys = services.iter().map(|(key, ..)| (*key).to_owned()).collect();
            match set {
                Some(platform) => {
                    build.platform = platform.parse().unwrap();
                    build.bases_to_match = keys;
                }
                None => build.platform_of_bases = keys,
            }
        }
        let fake = FakeAws::playing(|request| {
            let asked: serde_json::Value = serde_json::from_str(&request.body).unwrap();
            if request.operation() == "DescribeServices" {
                return Answer::ok(json!({"services": [
                    {"serviceName": "web", "status": "ACTIVE", "taskDefinition": "arm:1"}]}));
            }
            let runtime = match asked["taskDefinition"].as_str() {
                Some("arm:1") => json!({"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}),
                Some("windows") => json!({"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}),
                Some("denied") => return Answer::refusal(400, "AccessDeniedException", "no"),
                _ => json!(null),
            };
            Answer::ok(json!({"taskDefinition": {
                "family": "f", "requiresCompatibilities": ["FARGATE"], "runtimePlatform": runtime}}))
        })
        .await;
        let aws = fake.session().await;
        let images = [image];
        let bases = PlatformBases::of(&manifest, &images);
        let warned = AtomicBool::new(false);
        let sink = |_| warned.store(true, Ordering::Relaxed);
        let settled = bases.settle(&images, Some(&aws), &sink).await;
        // What must only match is read silently.
        assert!(set.is_none() || !warned.load(Ordering::Relaxed));
        settled
            .map(|images| match &images[0].source {
                ImageSource::Build(build) => build.platform.to_string(),
                ImageSource::Given(_) => String::new(),
            })
            .map_err(|failure| failure.message)
    }

    #[tokio::test]
    async fn platform_is_that_of_the_base_with_its_changes() {
        let family = |name: &str| Base::Family(name.to_owned());
        for (base, changes, expected) in [
            (Base::Live, json!({}), "linux/arm64"),
            (Base::Revision("arm:1".to_owned()), json!({}), "linux/arm64"),
            (family("windows"), json!({}), "windows/amd64"),
            (family("plain"), json!({}), "linux/amd64"),
            (family("denied"), json!({}), "linux/amd64"),
            (
                family("plain"),
                json!({"runtimePlatform": {"cpuArchitecture": "ARM64"}}),
                "linux/arm64",
            ),
            (Base::Live, json!({"runtimePlatform": null}), "linux/amd64"),
            (
                Base::Live,
                json!({"runtimePlatform": {"cpuArchitecture": null}}),
                "linux/amd64",
            ),
        ] {
            let shown = format!("{base:?} {changes}");
            let found = platform(&[("web", base, changes)]).await;
            assert_eq!(found.as_deref(), Ok(expected), "{shown}");
        }
    }

    #[tokio::test]
    async fn platform_in_the_file_must_be_that_of_the_bases() {
        let family = |name: &str| ("web", Base::Family(name.to_owned()), json!({}));
        let live = ("web", Base::Live, json!({}));
        for (set, bases, expected) in [
            ("linux/arm64", vec![live.clone()], Ok("linux/arm64")),
            ("linux/arm64/v8", vec![live.clone()], Ok("linux/arm64/v8")),
            ("linux/arm64", vec![family("denied")], Ok("linux/arm64")),
            (
                "linux/amd64",
                vec![live.clone()],
                Err("the image `web` is built for linux/amd64, but web runs on linux/arm64"),
            ),
            (
                "linux/arm64",
                vec![live, ("api", Base::Family("plain".to_owned()), json!({}))],
                Err("the image `web` is built for linux/arm64, but api runs on linux/amd64"),
            ),
        ] {
            let found = platform_of(Some(set), &bases).await;
            assert_eq!(found.as_deref().map_err(String::as_str), expected, "{set}");
        }
    }

    #[tokio::test]
    async fn bases_of_two_platforms_need_two_images() {
        let api = |name: &str| ("api", Base::Family(name.to_owned()), json!({}));
        let web = ("web", Base::Live, json!({}));
        assert_eq!(
            platform(&[web.clone(), api("plain")]).await.unwrap_err(),
            "the image `web` is needed for linux/arm64 by web and for linux/amd64 by api"
        );
        assert!(platform(&[web, api("arm:1")]).await.is_ok());
    }
}
