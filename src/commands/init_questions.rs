//! What `init` asks about a new service, on a terminal.

use std::path::Path;

use crate::commands::Context;
use crate::engine::init::suggested_service;
use crate::init::{Draft, DraftHead, NewService};
use crate::ui;

/// The answer for no port.
const NONE: &str = "none";

/// Drafts a file for the service that a folder suggests, or that the answers name.
pub fn draft(folder: &Path, head: DraftHead, context: &Context) -> Draft {
    let suggested = suggested_service(folder);
    if context.global.yes || !ui::can_ask(&context.printer) {
        return suggested.draft(&head);
    }
    let (service, head) = ask(suggested, head, context);
    service.draft(&head)
}

fn ask(suggested: NewService, head: DraftHead, context: &Context) -> (NewService, DraftHead) {
    let ask = |question: &str, default: &str, is_valid: &dyn Fn(&str) -> bool| {
        ui::ask_text(&context.printer, question, default, is_valid)
    };
    let name = ask("Service name", &suggested.name, &NewService::is_name);
    let cluster = head.cluster.clone().unwrap_or_else(|| "default".to_owned());
    let is_cluster = |text: &str| text.starts_with("arn:") || NewService::is_name(text);
    let cluster = ask("Cluster", &cluster, &is_cluster);
    let region = head.region.clone().unwrap_or_else(|| "us-east-1".to_owned());
    let region = ask("Region", &region, &|text| !text.contains(' '));
    let port = suggested
        .port
        .map_or_else(|| NONE.to_owned(), |port| port.to_string());
    let is_port = |text: &str| text == NONE || text.parse::<u16>().is_ok_and(|port| port > 0);
    let port = ask("Port, or none", &port, &is_port);
    let head = DraftHead {
        region: Some(region),
        cluster: Some(cluster),
    };
    let service = NewService {
        name,
        port: port.parse().ok(),
        ..suggested
    };
    (service, head)
}
