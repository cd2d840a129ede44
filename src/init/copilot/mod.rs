//! `init --copilot`: a workspace of AWS Copilot.
//!
//! Each service becomes a service, each scheduled job a job, and each environment an environment of deploy.yaml with
//! what its manifests override. Follows the AWS Copilot CLI documentation ("Manifest") and aws/copilot-cli.

mod container;
mod count;
mod health_check;
mod image;
mod interpolation;
#[cfg(test)]
mod laws;
mod left_out;
mod logging;
mod manifest;
mod network;
mod parts;
mod platform;
mod schedule;
mod sections;
mod storage;
mod variables;
mod workload;
mod workspace;

use indexmap::{IndexMap, IndexSet};

use super::draft::{Draft, DraftMap, DraftValue};
use super::head::DraftHead;
use super::source_reader::SourceReader;
use super::template::Template;
use crate::config::ConfigError;
use crate::diagnostic::{Problem, Problems, Sources};

use manifest::{CopilotManifest, ManifestKind};
use sections::Sections;
use workload::WorkloadContext;
pub use workspace::{CopilotWorkspace, ManifestFile};

/// Where a variable gets a value that init needs.
const SET_IN: &str = "the manifest";

impl CopilotWorkspace {
    /// Drafts a file; fails with all that is wrong in the manifests.
    pub fn draft(&self, head: &DraftHead) -> Result<Draft, ConfigError> {
        let (mut sources, mut problems) = (Sources::default(), Problems::default());
        let mut left_out = IndexSet::new();
        let manifests = self.manifests(&mut sources, &mut problems, &mut left_out);
        let application = self.application.as_deref();
        let parser = |text: &str| -> Result<Template, String> { Ok(interpolation::parse(text, application)) };
        let mut reader = SourceReader::new(&parser, SET_IN);
        reader.problems.append(problems);
        let context = WorkloadContext {
            application,
            folder: &self.folder,
        };
        let base = Sections::of(&manifests, None, context, &mut reader);
        let mut overlays = IndexMap::new();
        if !reader.problems.has_errors() {
            for name in self.environment_names(&manifests) {
                let other = Sections::of(&manifests, Some(&name), context, &mut reader);
                overlays.insert(name, base.overlay(&other));
            }
        }
        if reader.problems.has_errors() {
            return Err(ConfigError::new(reader.problems, sources));
        }
        let mut root = self.head(head, &overlays, &manifests);
        left_out.iter().for_each(|what| root.left_out("", what));
        note_unset(&reader, &mut root);
        base.put_into(&mut root);
        if !overlays.is_empty() {
            root.put("environments", self.environments(overlays, head));
        }
        let services = manifests.iter().filter(|manifest| !manifest.is_job);
        Ok(Draft {
            root,
            services: services.map(|manifest| manifest.name.clone()).collect(),
        })
    }

    /// Parses the manifests of services and jobs; what is something else is left out.
    fn manifests(
        &self,
        sources: &mut Sources,
        problems: &mut Problems,
        left_out: &mut IndexSet<String>,
    ) -> Vec<CopilotManifest> {
        let mut manifests: Vec<CopilotManifest> = Vec::new();
        for file in &self.manifests {
            match CopilotManifest::parse(file, sources, problems) {
                Some(ManifestKind::Workload(manifest)) => {
                    if manifests.iter().any(|other| other.name == manifest.name) {
                        let message = format!("two manifests have the name `{}`", manifest.name);
                        problems.push(Problem::error("duplicate-name", message, None));
                    }
                    manifests.push(*manifest);
                }
                Some(ManifestKind::Other(name, kind)) => {
                    left_out.insert(format!("{name} (a {kind} doesn't run on Amazon ECS)"));
                }
                None => {}
            }
        }
        if manifests.is_empty() && !problems.has_errors() {
            let message = format!("{} has no manifest of a service or job on Amazon ECS", self.name);
            problems.push(Problem::error("no-services", message, None));
        }
        if self.has_pipelines {
            left_out.insert("pipelines (deploy with `ecsctl deploy -e NAME` in your CI)".to_owned());
        }
        left_out.insert(
            "environments' VPC, cluster and load balancer (Copilot's stacks keep them; don't delete these)"
                .to_owned(),
        );
        manifests
    }

    /// Returns the environments: those with a folder, then those that only manifests name.
    fn environment_names(&self, manifests: &[CopilotManifest]) -> IndexSet<String> {
        let named = manifests.iter().flat_map(CopilotManifest::environments);
        let all = self.environments.iter().map(String::as_str).chain(named);
        all.map(str::to_owned).collect()
    }

    /// Begins the file.
    fn head(
        &self,
        head: &DraftHead,
        overlays: &IndexMap<String, Sections>,
        manifests: &[CopilotManifest],
    ) -> DraftMap {
        let origin = format!("the AWS Copilot workspace `{}`", self.name);
        let mut root = match overlays.is_empty() || head.cluster.is_some() {
            true => head.begin(&origin),
            false => head.begin_without_cluster(&origin),
        };
        if let Some(application) = &self.application {
            root.put("name", DraftValue::plain(application));
        }
        if manifests.iter().any(|manifest| manifest.is_job) {
            root.todo("set the role with which EventBridge Scheduler runs the jobs");
            let role = "arn:aws:iam::${aws.account}:role/scheduler";
            root.put("schedulerRoleArn", role);
        }
        match overlays.is_empty() {
            true => {
                root.todo("name the environment, as Copilot calls it");
                root.put("vars", variables("test"));
            }
            false => root.put("requireEnvironment", DraftValue::Scalar(true.into())),
        }
        root
    }

    /// Drafts `environments:`. Each has the cluster of Copilot's environment, whose stack exports its name.
    fn environments(&self, overlays: IndexMap<String, Sections>, head: &DraftHead) -> DraftMap {
        let mut environments = DraftMap::default();
        for (name, sections) in overlays {
            let mut environment = DraftMap::default();
            if head.cluster.is_none() {
                let application = self.application.as_deref();
                let application = application.unwrap_or("${env.COPILOT_APPLICATION_NAME}");
                environment.comment("the cluster that Copilot made: its stack exports the name");
                let export = format!("${{cfnExport:{application}-{name}-ClusterId}}");
                environment.put("cluster", export.as_str());
            }
            environment.put("vars", variables(&name));
            sections.put_into(&mut environment);
            environments.put(&name, environment);
        }
        environments
    }
}

fn variables(environment: &str) -> DraftMap {
    let mut variables = DraftMap::default();
    variables.put("environment", DraftValue::plain(environment));
    variables
}

/// Notes the environment variables that the file needs.
fn note_unset(reader: &SourceReader<'_>, root: &mut DraftMap) {
    let names: Vec<&str> = reader.unset.iter().map(String::as_str).collect();
    let names: Vec<&str> = names.into_iter().filter(|name| *name != "environment").collect();
    if !names.is_empty() {
        let names = names.join(", ");
        root.todo(format!(
            "set these environment variables where you run ecsctl: {names}"
        ));
    }
}
