//! The step summary: changes, outcomes and their causes, with links.

use std::fmt::Write as _;

use super::runner::RunLocation;
use crate::model::{Ending, Outcome, ServiceOutcome};
use crate::ui::secret_mask::shown;
use crate::ui::text;

/// Our limit for the summary. A step's summary may have 1 MiB (GitHub Docs, "Workflow commands"), shared by
/// everything that writes to it.
const LARGEST: usize = 256 * 1024;

/// The ending of one service.
pub struct ServiceSummary<'a> {
    /// The outcome as data.
    pub outcome: &'a ServiceOutcome,
    /// The outcome in a sentence.
    pub sentence: String,
    /// Why it did not end well, line by line.
    pub why: Vec<String>,
}

/// The plan's summary and its lines.
pub type ShownPlan = Option<(String, Vec<String>)>;

/// Returns the summary of a plan that is not executed.
pub fn plan(plan: &ShownPlan) -> String {
    let Some((summary, lines)) = plan else {
        return String::new();
    };
    limited(format!(
        "## ecsctl plan: {}\n\n{}\n",
        text(summary),
        fenced(lines)
    ))
}

/// Returns the summary of a run.
pub fn outcome(
    operation: Option<&str>,
    outcome: &Outcome,
    services: &[ServiceSummary<'_>],
    place: Option<&RunLocation>,
    plan: &ShownPlan,
) -> String {
    let mut page = format!(
        "## ecsctl{}: {}",
        operation
            .map(|operation| format!(" {operation}"))
            .unwrap_or_default(),
        text::ending(outcome.outcome)
    );
    if outcome.exit_code.code() != 0 {
        let _ = write!(page, " (exit {})", outcome.exit_code.code());
    }
    page.push_str("\n\n");
    if let Some(place) = place {
        let _ = writeln!(page, "{} in {}\n", text(&place.cluster), text(&place.region));
    }
    page += &table(services, place);
    for service in services {
        if !service.why.is_empty() {
            let _ = write!(
                page,
                "### {}\n\n{}\n\n",
                text(&service.outcome.name),
                text(&service.sentence)
            );
            let _ = write!(page, "{}\n\n", fenced(&service.why));
        }
    }
    let told = |name: &str| services.iter().any(|service| service.outcome.name == name);
    if let Some(error) = &outcome.error
        && !error.resource.as_deref().is_some_and(told)
    {
        let mut lines: Vec<String> = error.message.lines().map(str::to_owned).collect();
        lines.extend(error.hint.as_ref().map(|hint| format!("hint: {hint}")));
        let _ = write!(page, "{}\n\n", fenced(&lines));
    }
    if let Some((summary, lines)) = plan {
        let _ = write!(
            page,
            "<details><summary>plan: {}</summary>\n\n{}\n\n</details>\n\n",
            text(summary),
            fenced(lines)
        );
    }
    limited(page)
}

fn table(services: &[ServiceSummary<'_>], place: Option<&RunLocation>) -> String {
    if services.is_empty() {
        return String::new();
    }
    let mut table = "| service | outcome | runs | tasks |\n|---|---|---|---|\n".to_owned();
    for ServiceSummary { outcome, .. } in services {
        let name = text(&outcome.name);
        let name = match place.and_then(|place| console(place, &outcome.name)) {
            Some(link) => format!("[{name}]({link})"),
            None => name,
        };
        let mark = match outcome.outcome {
            Ending::Done | Ending::Unchanged => "",
            _ => "**",
        };
        let ending = text::ending(outcome.outcome);
        let tasks = match (outcome.running, outcome.desired) {
            (Some(running), Some(desired)) => format!("{running} of {desired} running"),
            _ => String::new(),
        };
        let runs = outcome.task_definition.as_deref().map(text::definition_name);
        let image = outcome
            .image
            .as_deref()
            .map(|image| format!(" {}", text::shorten(image)));
        let runs = text(&format!(
            "{}{}",
            runs.unwrap_or_default(),
            image.unwrap_or_default()
        ));
        let _ = writeln!(table, "| {name} | {mark}{ending}{mark} | {runs} | {tasks} |");
    }
    table.push('\n');
    table
}

/// Returns the URL of the service in the console of the region's partition.
fn console(place: &RunLocation, service: &str) -> Option<String> {
    let plain = |name: &str| {
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    let RunLocation { cluster, region, .. } = place;
    if !place.is_aws || ![cluster, region, service].iter().all(|name| plain(name)) {
        return None;
    }
    let domain = match region {
        region if region.starts_with("cn-") => "amazonaws.cn",
        region if region.starts_with("us-gov-") => "amazonaws-us-gov.com",
        _ => "aws.amazon.com",
    };
    Some(format!(
        "https://{region}.console.{domain}/ecs/v2/clusters/{cluster}/services/{service}/health?region={region}"
    ))
}

/// Escapes text for Markdown and HTML.
fn text(said: &str) -> String {
    let mut escaped = String::new();
    for c in shown(said).chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                escaped.push('\\');
                escaped.push(c);
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Returns the lines verbatim in a code fence that none of them can close.
fn fenced(lines: &[String]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| shown(line)).collect();
    let body = lines.join("\n");
    let mut fence = "```".to_owned();
    while body.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}text\n{}\n{fence}", body.trim_matches('\n'))
}

fn limited(mut page: String) -> String {
    if page.len() > LARGEST {
        let end = page.floor_char_boundary(LARGEST);
        page.truncate(end);
        page.push_str("\n\n… the log has the rest\n");
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(region: &str, is_aws: bool) -> RunLocation {
        RunLocation {
            cluster: "production".to_owned(),
            region: region.to_owned(),
            is_aws,
        }
    }

    #[test]
    fn console_links_match_the_partition() {
        let link = |region: &str| console(&place(region, true), "web").unwrap();
        assert_eq!(
            link("eu-west-1"),
            "https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/production/services/web/health?region=eu-west-1"
        );
        assert!(link("cn-north-1").starts_with("https://cn-north-1.console.amazonaws.cn/"));
        assert!(link("us-gov-west-1").starts_with("https://us-gov-west-1.console.amazonaws-us-gov.com/"));
        assert_eq!(console(&place("eu-west-1", false), "web"), None);
        assert_eq!(console(&place("eu-west-1", true), "we](b"), None);
    }

    #[test]
    fn foreign_text_is_escaped_in_markdown() {
        assert_eq!(
            text("a|b <i> _x_ `y`\u{1b}[0m"),
            "a\\|b &lt;i&gt; \\_x\\_ \\`y\\`"
        );
        let fence = fenced(&["```".to_owned(), "</details>".to_owned()]);
        assert_eq!(fence, "````text\n```\n</details>\n````");
    }

    #[test]
    fn summaries_are_truncated() {
        let page = limited("ü".repeat(LARGEST));
        assert!(page.len() < LARGEST + 40 && page.ends_with("the log has the rest\n"));
    }
}
