//! `logging` and `observability`: the log group's retention, FireLens, and the collector of traces.

use super::parts::WorkloadParts;
use super::variables;
use crate::init::draft::{DraftLine, DraftMap, DraftValue};
use crate::init::source_reader::scalar;
use crate::model::Node;

/// Copilot's default retention in days (AWS Copilot CLI documentation, `logging.retention`).
const RETENTION: i64 = 30;
/// Copilot's default image of the router.
const ROUTER: &str = "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable";
/// Copilot's collector (aws/copilot-cli, `templates/workloads/partials/cf/sidecars.yml`).
const COLLECTOR: &str = "public.ecr.aws/aws-observability/aws-otel-collector:v0.17.0";

/// Returns the retention of the log group.
pub(super) fn retention(manifest: &Node, parts: &mut WorkloadParts<'_, '_>) -> i64 {
    let node = manifest
        .get("logging")
        .and_then(|logging| logging.get("retention"));
    let days = |text: &str| text.parse::<u32>().ok();
    let days = node.and_then(|node| parts.reader.parse("retention", node, "a number of days", days));
    days.map_or(RETENTION, i64::from)
}

/// Adds the router of FireLens, and sends the log of the main container to it.
pub(super) fn add_router(manifest: &Node, parts: &mut WorkloadParts<'_, '_>) {
    let Some(logging) = manifest.get("logging").filter(|node| {
        let mut members = node.members().iter();
        members.any(|entry| entry.key != "retention")
    }) else {
        return;
    };
    let mut configuration = DraftMap::default();
    configuration.put("logDriver", "awsfirelens");
    let options = texts("destination", logging, parts);
    if !options.is_empty() {
        configuration.put("options", options);
    }
    let secrets = variables::secrets("secretOptions", logging.get("secretOptions"), parts);
    let secrets = secrets.lines.into_iter().filter_map(|line| match line {
        DraftLine::Member(name, value) => {
            let mut option = DraftMap::default();
            option.put("name", DraftValue::plain(&name));
            option.put("valueFrom", value);
            Some(option.into())
        }
        _ => None,
    });
    let secrets: Vec<DraftValue> = secrets.collect();
    if !secrets.is_empty() {
        configuration.put("secretOptions", DraftValue::List(secrets));
    }
    if let Some(main) = parts.containers.member_mut(parts.name) {
        main.put("logConfiguration", configuration);
    }
    let router = router(logging, parts);
    parts.containers.put("firelens_log_router", router);
}

fn router(logging: &Node, parts: &mut WorkloadParts<'_, '_>) -> DraftMap {
    let mut router = DraftMap::default();
    let image = logging
        .get("image")
        .and_then(|node| parts.reader.text("logging.image", node));
    router.put("image", image.as_deref().unwrap_or(ROUTER));
    variables::add(logging, &mut router, parts);
    let mut options = DraftMap::default();
    let metadata = logging.get("enableMetadata").and_then(scalar);
    options.put("enable-ecs-log-metadata", metadata.unwrap_or("true"));
    let file = logging.get("configFilePath");
    if let Some(path) = file.and_then(|node| parts.reader.text("configFilePath", node)) {
        options.put("config-file-type", "file");
        options.put("config-file-value", path.as_str());
    }
    let mut firelens = DraftMap::default();
    firelens.put("type", "fluentbit");
    firelens.put("options", options);
    router.put("firelensConfiguration", firelens);
    router
}

fn texts(key: &str, logging: &Node, parts: &mut WorkloadParts<'_, '_>) -> DraftMap {
    let mut texts = DraftMap::default();
    let members = logging
        .get(key)
        .map_or(&[][..], |node| parts.reader.members(key, node));
    for entry in members {
        if let Some(text) = parts.reader.text(&entry.key, &entry.value) {
            texts.put(&entry.key, text.as_str());
        }
    }
    texts
}

/// Adds the collector of traces.
pub(super) fn add_collector(manifest: &Node, parts: &mut WorkloadParts<'_, '_>) {
    let tracing = manifest.get("observability").and_then(|node| node.get("tracing"));
    match tracing.and_then(scalar) {
        Some("awsxray") => {
            let mut collector = DraftMap::default();
            collector.put("image", COLLECTOR);
            let command = vec!["--config=/etc/ecs/ecs-xray.yaml".into()];
            collector.put("command", DraftValue::List(command));
            parts.containers.put("aws-otel-collector", collector);
        }
        Some(other) => parts.leave_out(&format!("observability.tracing: {other}"), ""),
        None => {}
    }
}
