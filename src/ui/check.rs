//! Formats the findings of `check`: those of all services first, then service by service, errors first.

use super::line::{Emphasis, Line, Symbol};
use crate::model::{CheckedServiceDocument, Finding, FindingSeverity, PreflightDocument, plural, prefixed};

/// Formats the findings, and the summary.
pub fn lines(document: &PreflightDocument) -> Vec<Line> {
    let account = prefixed(", account ", document.account.as_ref());
    let mut lines = vec![Line::of(format!(
        "{} in {}{account}",
        document.cluster, document.region
    ))];
    lines.extend(document.findings.iter().flat_map(finding_lines));
    lines.extend(document.services.iter().flat_map(service_lines));
    lines.push(summary(document));
    lines
}

fn service_lines(service: &CheckedServiceDocument) -> Vec<Line> {
    let rollout = service.rollout.as_ref();
    let rollout = rollout
        .map(|rollout| format!("    rollout {rollout}"))
        .unwrap_or_default();
    let head = Line::new().tone(Emphasis::Strong, &service.key).text(rollout);
    let findings = service.findings.iter().flat_map(finding_lines);
    std::iter::once(head).chain(findings).collect()
}

fn finding_lines(finding: &Finding) -> Vec<Line> {
    let sign = match finding.severity {
        FindingSeverity::Error => Symbol::Failed,
        FindingSeverity::Advice => Symbol::Warning,
    };
    let head = Line::of("  ").sign(sign).text(" ").text(&finding.message);
    let hint = finding.hint.as_ref();
    let hint = hint.map(|hint| Line::of("    hint: ").command(hint.clone()).hanging(6));
    std::iter::once(head.hanging(4)).chain(hint).collect()
}

/// `2 errors, 1 advice`, or `all 9 checks passed`.
fn summary(document: &PreflightDocument) -> Line {
    let errors = plural(document.errors as u64, "error");
    match (document.errors, document.advice) {
        (0, 0) => {
            let text = format!(" all {} passed", plural(document.checks as u64, "check"));
            Line::new().sign(Symbol::Done).text(text)
        }
        (0, advice) => Line::of(format!("no errors, {advice} advice")),
        (_, 0) => Line::of(errors),
        (_, advice) => Line::of(format!("{errors}, {advice} advice")),
    }
}
