//! The top level of the file: the required version, and the manifest assembled from its parts.

use super::context::ReadContext;
use super::typed_values::KeySet;
use super::{code_deploy, depends_on, hooks, images, jobs, keys, platform, schedule, service, typed_values};
use crate::diagnostic::{Problem, Problems, Span};
use crate::model::{AccountId, Entry, Job, Manifest, Node, ServiceNames, ServiceSpec, is_region};
use crate::schema::{in_words, places_of};

/// Reports unknown keys at the top level of the file `name`; `x-` keys are always allowed.
pub(super) fn check_keys(root: &Node, name: &str, problems: &mut Problems) {
    let entries = root.members().iter();
    let mut entries = entries.filter(|entry| !entry.key.starts_with("x-"));
    let keys = KeySet {
        what: name.rsplit('/').next().unwrap_or(name),
        ..keys::TOP
    };
    keys.check_entries(&mut entries, &belongs, problems);
}

/// Returns where a key that doesn't belong at the top level should go.
pub(super) fn belongs(key: &str) -> Option<String> {
    let own = [
        (keys::SERVICE.as_slice(), "a service, under `services:`"),
        (keys::IMAGE.known, "an image, under `images:`"),
        (keys::BUILD.known, "an image's `build:`"),
        (keys::JOB.as_slice(), "a job, under `jobs:`"),
    ];
    let own = own
        .iter()
        .find(|(keys, _)| keys.contains(&key))
        .map(|(_, place)| (*place).to_owned());
    own.or_else(|| places_of(key).first().map(|place| in_words(place)))
}

/// Builds the manifest from the valid parts of the file.
pub(super) fn manifest(root: &Node, context: &mut ReadContext<'_>) -> Manifest {
    let mut images = images::read(root, context);
    let services = service::read(root, context);
    let cluster = session(root, context);
    let schedule_group = schedule::named_group(root, &cluster);
    let jobs = jobs::read(root, &services, &cluster, context);
    depends_on::check(root, &services, context.problems);
    let of_jobs = jobs.values().filter_map(Job::own_definition);
    let specs: Vec<&ServiceSpec> = services.values().chain(of_jobs).collect();
    platform::settle(root, &mut images, &specs, context.problems);
    require_services(root, context.problems);
    let hooks = hooks::read(root, context);
    Manifest {
        root: context.root.to_owned(),
        account: account(root, context.problems),
        cluster,
        images,
        services,
        hooks,
        jobs,
        schedule_group,
    }
}

/// Reads the account, and the names of the cluster and the services.
pub(super) fn names(root: &Node, context: &mut ReadContext<'_>) -> ServiceNames {
    let services = service::names(root, context);
    let code_deploy = code_deploy::of_services(root, &services, context.problems);
    let cluster = session(root, context);
    let schedules = schedule::names(root, &cluster);
    ServiceNames {
        account: account(root, context.problems),
        cluster,
        services,
        code_deploy,
        schedules,
    }
}

/// Checks the settings of the session, and returns the cluster.
fn session(root: &Node, context: &mut ReadContext<'_>) -> String {
    let mut text =
        |key: &str| typed_values::present(root, key).and_then(|entry| name(entry, context.problems));
    // These are read by the session and by later parts, but are checked here as well.
    for key in ["profile", "assumeRole", "name"] {
        text(key);
    }
    let region = text("region");
    let written = text("cluster");
    check_region(root, region, context);
    if let Some(cluster) = &context.overrides.cluster {
        check_cluster(cluster, " (--cluster or ECSCTL_CLUSTER)", None, context.problems);
        return cluster.clone();
    }
    if let Some(cluster) = &written {
        let span = root.get("cluster").map(|node| node.span);
        check_cluster(cluster, "", span, context.problems);
    }
    written.unwrap_or_else(|| "default".to_owned())
}

/// Checks the form of a cluster's name or ARN (ECS API reference, CreateCluster, `clusterName`).
fn check_cluster(cluster: &str, from: &str, span: Option<Span>, problems: &mut Problems) {
    /// The longest name of a cluster.
    const LONGEST: usize = 255;
    let name = match cluster.split_once(":cluster/") {
        Some((arn, name)) if arn.starts_with("arn:") => name,
        _ => cluster,
    };
    let is_legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if name.is_empty() || name.len() > LONGEST || !name.chars().all(is_legal) {
        let message = format!("invalid cluster name `{name}`{from}");
        let problem = Problem::error("cluster", message, span);
        problems.push(problem.label("up to 255 letters, digits, `_` and `-`, or a cluster's ARN"));
    }
}

/// Requires services, images or jobs: a file without services can only be used to build its images and run its jobs.
fn require_services(root: &Node, problems: &mut Problems) {
    let is_all_null = |entries: &[Entry]| entries.iter().all(|entry| entry.value.is_null());
    let has_nothing = |key: &str| {
        typed_values::present(root, key).is_none_or(|entry| entry.value.entries().is_some_and(is_all_null))
    };
    const CONTENT: [&str; 3] = ["services", "images", "jobs"];
    if CONTENT.iter().any(|key| !has_nothing(key)) {
        return;
    }
    let is_reported =
        |key: &&str| root.get(key).is_none_or(Node::is_null) && !typed_values::lacks(root, key, problems);
    if CONTENT.iter().any(is_reported) {
        return;
    }
    let problem = match root.entry("services") {
        None => Problem::error("missing-key", "missing `services`", root.span),
        Some(entry) if typed_values::is_reported(Some(entry), problems) => return,
        Some(entry) => Problem::error("empty", "`services` is empty", entry.key_span),
    };
    problems.push(problem.label("what to deploy"));
}

/// Checks the form of the region, wherever it comes from, because it becomes part of host names and log
/// options. The file's region is reported at its position; a session's region was checked when the
/// session was opened.
fn check_region(root: &Node, written: Option<String>, context: &mut ReadContext<'_>) {
    let label = "write the region's code, for example us-east-1";
    let message = |region: &str| format!("invalid region `{region}`");
    let is_written = written.is_some();
    if let Some(region) = written.filter(|region| !is_region(region)) {
        let span = root.get("region").map(|node| node.span);
        let problem = Problem::error("region", message(&region), span);
        context.problems.push(problem.label(label));
    }
    let other = match &context.overrides.region {
        Some(region) => Some((region, "--region or ECSCTL_REGION")),
        None if is_written || !context.used.region => None,
        None => context
            .region
            .as_ref()
            .map(|region| (region, "AWS_REGION or AWS_DEFAULT_REGION")),
    };
    if let Some((region, from)) = other.filter(|(region, _)| !is_region(region)) {
        let message = format!("{} ({from})", message(region));
        context
            .problems
            .push(Problem::error("region", message, None).label(label));
    }
}

/// Reads a nonempty string.
fn name(entry: &Entry, problems: &mut Problems) -> Option<String> {
    let text = typed_values::text(entry, problems)?;
    if text.is_empty() {
        let message = format!("`{}` is empty", entry.key);
        problems
            .push(Problem::error("empty", message, entry.value.span).label("remove it to use the default"));
        return None;
    }
    Some(text)
}

/// Reads the account from its source text, because an account ID may begin with a zero.
fn account(root: &Node, problems: &mut Problems) -> Option<AccountId> {
    let entry = typed_values::present(root, "account")?;
    let text = typed_values::source_text(entry, problems)?;
    let account = text.parse().ok();
    if account.is_none() {
        let message = format!("invalid AWS account ID `{text}`");
        problems.push(Problem::error("account", message, entry.value.span).label("12 digits"));
    }
    account
}

/// Whether this version of ecsctl may read the file. If not, any other problem may be due to the version.
pub(super) fn is_version_met(root: &Node, problems: &mut Problems) -> bool {
    let Some(entry) = typed_values::present(root, "requiredVersion") else {
        return true;
    };
    let Some(text) = typed_values::text(entry, problems) else {
        return true;
    };
    let span = entry.value.span;
    let required = match semver::VersionReq::parse(&text) {
        Ok(required) => required,
        Err(error) => {
            let message = format!("invalid version requirement `{text}`");
            let problem = Problem::error("required-version", message, span);
            let problem = problem.label("for example \">=0.1\"");
            problems.push(match text.contains("${") {
                true => problem.note("no `${…}` is filled in here: the version is checked first"),
                false => problem.note(error.to_string()),
            });
            return true;
        }
    };
    let own = env!("CARGO_PKG_VERSION");
    let is_met = semver::Version::parse(own).map_or(true, |own| is_met(&required, &own));
    if !is_met {
        let message = format!("this is ecsctl {own}, and the file requires {text}");
        let problem = Problem::error("required-version", message, span);
        problems.push(
            problem
                .label("install another version of ecsctl")
                .hint("check out a version that matches in a clone of ecsctl, then run: cargo install --locked --path ."),
        );
    }
    is_met
}

/// Whether a version meets a requirement. A pre-release counts as its release, too: semver's rules would refuse it
/// for any requirement that doesn't name it.
fn is_met(required: &semver::VersionReq, version: &semver::Version) -> bool {
    let release = semver::Version::new(version.major, version.minor, version.patch);
    required.matches(version) || required.matches(&release)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pre_release_counts_as_its_release() {
        for (required, version, expected) in [
            (">=0.1", "0.2.0-rc.1", true),
            (">=0.2", "0.2.0-rc.1", true),
            ("^0.3", "0.2.0-rc.1", false),
            (">=0.1, <0.2", "0.1.9", true),
            (">=0.1, <0.2", "0.2.0", false),
            ("=0.2.0-rc.1", "0.2.0-rc.1", true),
        ] {
            let (required, version) = (required.parse().unwrap(), version.parse().unwrap());
            assert_eq!(is_met(&required, &version), expected, "{required} {version}");
        }
    }
}
