//! `network`, `http` and `nlb`: where the tasks run, and how they are reached.

use super::interpolation::ENVIRONMENT;
use super::parts::WorkloadParts;
use super::variables::exported;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::source_reader::scalar;
use crate::model::{Node, NodeKind};

/// Adds the network of the tasks: that of the manifest if it names subnets, else one to complete.
pub(super) fn add(manifest: &Node, members: &mut DraftMap, parts: &mut WorkloadParts<'_, '_>) {
    let vpc = manifest.get("network").and_then(|network| network.get("vpc"));
    let of = |key: &str| vpc.and_then(|vpc| vpc.get(key)).filter(|node| !node.is_null());
    let application = parts.application();
    let prefix = format!("{application}-${{{ENVIRONMENT}}}");
    let mut groups = Vec::new();
    let security_groups = of("security_groups");
    let denies = security_groups.and_then(|node| node.get("deny_default"));
    if denies.and_then(|node| parts.reader.flag("deny_default", node)) != Some(true) {
        groups.push(format!("${{cfnExport:{prefix}-EnvironmentSecurityGroup}}"));
    }
    groups.extend(own_groups(security_groups, parts));
    let placement = of("placement");
    let is_private = placement.and_then(scalar) == Some("private");
    let public_ip = if is_private { "DISABLED" } else { "ENABLED" };
    let subnets = placement.and_then(|node| node.get("subnets"));
    if let Some(subnets) = subnets.filter(|node| matches!(node.kind, NodeKind::List(_))) {
        let subnets = parts.reader.texts("subnets", subnets);
        let mut network = DraftMap::default();
        network.put("subnets", texts(&subnets));
        network.put("securityGroups", texts(&groups));
        network.put("assignPublicIp", "DISABLED");
        let mut configuration = DraftMap::default();
        configuration.put("awsvpcConfiguration", network);
        members.put("networkConfiguration", configuration);
        return;
    }
    if subnets.is_some() {
        parts.leave_out("network.vpc.placement.subnets.from_tags", "name the subnets");
    }
    let exported = if is_private {
        "PrivateSubnets"
    } else {
        "PublicSubnets"
    };
    members.todo(format!(
        "name the subnets of the tasks: Copilot's stack exports them as {application}-ENVIRONMENT-{exported}"
    ));
    let groups: Vec<String> = groups.iter().map(|group| format!("\"{group}\"")).collect();
    members.sample(&[
        "networkConfiguration:",
        "  awsvpcConfiguration:",
        "    subnets: [subnet-…]",
        &format!("    securityGroups: [{}]", groups.join(", ")),
        &format!("    assignPublicIp: {public_ip}"),
    ]);
}

/// Reads the security groups of a manifest: a list, or a mapping with `groups`.
fn own_groups(node: Option<&Node>, parts: &mut WorkloadParts<'_, '_>) -> Vec<String> {
    let node = node.map(|node| node.get("groups").unwrap_or(node));
    let Some(items) = node.and_then(Node::items) else {
        return Vec::new();
    };
    let groups = items.iter().filter_map(|item| match item.get("from_cfn") {
        Some(export) => exported(export, parts),
        None => parts.reader.text("security_groups", item),
    });
    groups.collect()
}

fn texts(texts: &[String]) -> DraftValue {
    DraftValue::List(texts.iter().map(|text| text.as_str().into()).collect())
}

/// The name of the port that Service Connect serves, as Copilot calls it.
pub(super) const CONNECTED_PORT: &str = "target";

/// Whether a service takes part in Service Connect.
pub(super) fn is_connected(manifest: &Node) -> bool {
    let connect = manifest.get("network").and_then(|network| network.get("connect"));
    connect.is_some_and(|node| node.entries().is_some() || scalar(node) == Some("true"))
}

/// Adds Service Connect in the namespace that Copilot made. `port` is what the service serves.
pub(super) fn add_connect(
    manifest: &Node,
    port: Option<i64>,
    members: &mut DraftMap,
    parts: &mut WorkloadParts<'_, '_>,
) {
    if !is_connected(manifest) {
        return;
    }
    let mut draft = DraftMap::default();
    draft.put("enabled", DraftValue::Scalar(true.into()));
    let namespace = format!("${{{ENVIRONMENT}}}.{}.local", parts.application());
    draft.put("namespace", namespace.as_str());
    if let Some(port) = port {
        let connect = manifest.get("network").and_then(|network| network.get("connect"));
        let alias = connect.and_then(|node| node.get("alias"));
        let alias = alias.and_then(|node| parts.reader.text("alias", node));
        let mut client = DraftMap::default();
        client.put("port", port);
        client.put("dnsName", alias.as_deref().unwrap_or(parts.name));
        let mut service = DraftMap::default();
        service.put("portName", CONNECTED_PORT);
        service.put("discoveryName", format!("{}-sc", parts.name).as_str());
        service.put("clientAliases", DraftValue::List(vec![client.into()]));
        draft.put("services", DraftValue::List(vec![service.into()]));
    }
    members.put("serviceConnectConfiguration", draft);
}

/// Adds a note on the load balancer of a service, which has to be there.
pub(super) fn add_load_balancer(manifest: &Node, members: &mut DraftMap, parts: &mut WorkloadParts<'_, '_>) {
    for key in ["http", "nlb"] {
        let Some(node) = manifest.get(key).filter(|node| node.entries().is_some()) else {
            continue;
        };
        let of = |key: &str| node.get(key).and_then(scalar);
        let container = of("target_container").unwrap_or(parts.name).to_owned();
        let sidecar = manifest.get("sidecars").and_then(|all| all.get(&container));
        let sidecar_port = sidecar.and_then(|it| it.get("port")).and_then(scalar);
        let port = of("target_port").or(sidecar_port).map(str::to_owned);
        let port = port.or_else(|| Some(manifest.get("image")?.get("port").and_then(scalar)?.to_owned()));
        members.todo(format!(
            "name a target group for {}: the one that Copilot made goes with its stack",
            parts.name
        ));
        let health = node
            .get("healthcheck")
            .and_then(|it| it.get("grace_period"))
            .and_then(scalar);
        let mut sample = vec![format!(
            "loadBalancers: [{{targetGroupArn: …, containerName: {container}, containerPort: {}}}]",
            port.as_deref().unwrap_or("…")
        )];
        if let Some(grace) = health.and_then(crate::init::units::seconds) {
            sample.push(format!("healthCheckGracePeriodSeconds: {}", grace.ceil()));
        }
        let sample: Vec<&str> = sample.iter().map(String::as_str).collect();
        members.sample(&sample);
        let keys: Vec<&str> = node.members().iter().map(|entry| entry.key.as_str()).collect();
        parts.leave_out(
            &format!("{key}: {}", keys.join(", ")),
            "settings of the load balancer, its listener rule and its target group",
        );
    }
}
