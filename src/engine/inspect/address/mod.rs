//! The addresses of a service: from its target groups and the listeners that forward to them.

mod find;

use std::collections::BTreeSet;

use futures_util::future::{join_all, try_join, try_join_all};

use crate::aws::{Aws, AwsError};
use crate::ecs::Service;
use crate::model::{Address, Value};

pub use find::find;

/// A listener, with its rules if its default action forwards elsewhere.
struct ListenerRules {
    listener: Value,
    rules: Vec<Value>,
}

/// Returns the target groups of a service, including those that blue/green deployments shift to.
pub fn target_groups(service: &Service) -> Vec<String> {
    let arns = service.target_groups.iter().map(|group| group.arn.clone());
    let arns: BTreeSet<String> = arns.collect();
    arns.into_iter().collect()
}

/// Returns the addresses at which load balancers forward to these target groups, best first. Takes
/// three or four round trips.
pub async fn addresses(aws: &Aws, target_groups: &[String]) -> Result<Vec<Address>, AwsError> {
    if target_groups.is_empty() {
        return Ok(Vec::new());
    }
    let groups = aws.describe_target_groups(target_groups).await?;
    let mut arns: Vec<String> = groups
        .iter()
        .flat_map(|group| texts(group, "loadBalancerArns"))
        .collect();
    arns.sort();
    arns.dedup();
    if arns.is_empty() {
        return Ok(Vec::new());
    }
    let listener_rules = try_join_all(arns.iter().map(|arn| listener_rules(aws, arn, target_groups)));
    let (balancers, listener_rules) = try_join(aws.describe_load_balancers(&arns), listener_rules).await?;
    let mut found: Vec<Address> = Vec::new();
    for (arn, listener_rules) in arns.iter().zip(listener_rules) {
        let balancer = balancers
            .iter()
            .find(|it| text(it, "loadBalancerArn") == Some(arn));
        if let Some(balancer) = balancer {
            let of = listener_rules
                .iter()
                .filter_map(|door| address(balancer, door, target_groups));
            found.extend(of);
        }
    }
    found.sort_by_key(rank);
    found.dedup();
    Ok(found)
}

async fn listener_rules(
    aws: &Aws,
    balancer: &str,
    target_groups: &[String],
) -> Result<Vec<ListenerRules>, AwsError> {
    let listeners = aws.describe_listeners(balancer).await?;
    let listener_rules = listeners.into_iter().map(async |listener| {
        let rules = match (forwards(&listener, target_groups), text(&listener, "listenerArn")) {
            // Without permission to read the rules, a listener that may forward by a rule yields no address.
            (false, Some(arn)) => aws.describe_rules(arn).await.unwrap_or_default(),
            _ => Vec::new(),
        };
        ListenerRules { listener, rules }
    });
    Ok(join_all(listener_rules).await)
}

fn forwards(action: &Value, target_groups: &[String]) -> bool {
    texts(action, "forwardsTo")
        .iter()
        .any(|arn| target_groups.contains(arn))
}

/// Returns the address of a listener if it forwards to one of these target groups.
fn address(balancer: &Value, door: &ListenerRules, target_groups: &[String]) -> Option<Address> {
    let by_default = forwards(&door.listener, target_groups);
    let rule = door.rules.iter().find(|rule| forwards(rule, target_groups));
    if !by_default && rule.is_none() {
        return None;
    }
    let named = |key: &str| rule.map(|rule| texts(rule, key)).unwrap_or_default();
    // A wildcard host (`*.example.com`) is not a hostname.
    let host = named("hosts").into_iter().find(|host| !host.contains(['*', '?']));
    let path = named("paths")
        .first()
        .map(|path| path.split(['*', '?']).next().unwrap_or_default().to_owned());
    let port = door.listener.get("port").and_then(Value::as_u64)?;
    let (scheme, usual) = scheme(text(&door.listener, "protocol")?, port)?;
    let host = host.or_else(|| text(balancer, "dnsName").map(str::to_owned))?;
    let port = if Some(port) == usual {
        String::new()
    } else {
        format!(":{port}")
    };
    let path = path.filter(|path| path.starts_with('/')).unwrap_or_default();
    Some(Address {
        url: format!("{scheme}://{host}{port}{path}"),
        internal: text(balancer, "scheme") == Some("internal"),
    })
}

/// Returns a listener's URL scheme and that scheme's default port. For TCP, only the port indicates
/// the scheme.
fn scheme(protocol: &str, port: u64) -> Option<(&'static str, Option<u64>)> {
    match (protocol, port) {
        ("HTTPS" | "TLS", _) | ("TCP" | "TCP_UDP", 443) => Some(("https", Some(443))),
        ("HTTP", _) | ("TCP" | "TCP_UDP", 80) => Some(("http", Some(80))),
        ("TCP" | "TCP_UDP", _) => Some(("tcp", None)),
        _ => None,
    }
}

/// Ranks addresses: public before internal, encrypted before unencrypted.
fn rank(address: &Address) -> (bool, usize) {
    let schemes = ["https:", "http:"];
    let scheme = schemes.iter().position(|scheme| address.url.starts_with(scheme));
    (address.internal, scheme.unwrap_or(schemes.len()))
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

fn texts(value: &Value, key: &str) -> Vec<String> {
    let list = value.get(key).and_then(Value::as_array);
    let texts = list.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn url(protocol: &str, port: u64, forwards: bool, rules: Value) -> Option<String> {
        let to = if forwards { "tg" } else { "other" };
        let door = ListenerRules {
            listener: json!({"listenerArn": "l", "protocol": protocol, "port": port, "forwardsTo": [to]}),
            rules: rules.as_array().cloned().unwrap_or_default(),
        };
        let balancer = json!({"dnsName": "lb.example", "scheme": "internet-facing"});
        address(&balancer, &door, &["tg".to_owned()]).map(|address| address.url)
    }

    #[test]
    fn listeners_of_the_service_have_an_address() {
        let rule =
            |hosts: Value, paths: Value| json!([{"hosts": hosts, "paths": paths, "forwardsTo": ["tg"]}]);
        for (protocol, port, forwards, rules, expected) in [
            ("HTTP", 80, true, json!([]), Some("http://lb.example")),
            ("HTTPS", 443, true, json!([]), Some("https://lb.example")),
            ("HTTP", 8080, true, json!([]), Some("http://lb.example:8080")),
            ("TLS", 8443, true, json!([]), Some("https://lb.example:8443")),
            ("TCP", 443, true, json!([]), Some("https://lb.example")),
            ("TCP", 5432, true, json!([]), Some("tcp://lb.example:5432")),
            ("UDP", 53, true, json!([]), None),
            ("HTTP", 80, false, json!([]), None),
            (
                "HTTPS",
                443,
                false,
                rule(json!(["*.x.com", "shop.x.com"]), json!([])),
                Some("https://shop.x.com"),
            ),
            (
                "HTTPS",
                443,
                false,
                rule(json!([]), json!(["/api/*"])),
                Some("https://lb.example/api/"),
            ),
            (
                "HTTPS",
                443,
                false,
                rule(json!(["*.x.com"]), json!(["*"])),
                Some("https://lb.example"),
            ),
        ] {
            assert_eq!(
                url(protocol, port, forwards, rules).as_deref(),
                expected,
                "{protocol} {port}"
            );
        }
    }
}
