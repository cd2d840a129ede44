//! Formats the deployment history for people.

use super::line::{Emphasis, Line, Symbol};
use super::tasks::TaskListStyle;
use super::{table, text, times};
use crate::model::{PastDeployment, PastImage, PastOutcome};

/// Formats one line per deployment. Details that don't fit go below it, as do AWS's messages if the
/// deployment failed.
pub fn lines(past: &[PastDeployment], style: TaskListStyle) -> Vec<Line> {
    let rows = || past.iter().map(|it| row(it, style));
    let whole = table::aligned(rows().collect(), style.look);
    let fits = |lines: &[Line]| {
        let columns = style.look.width.unwrap_or(usize::MAX);
        lines.iter().all(|line| line.trimmed_width(style.look) <= columns)
    };
    let is_whole = fits(&whole);
    let without_who = || rows().map(|mut row| row.drain(..row.len() - 1).collect::<Vec<_>>());
    let heads: Vec<Vec<Line>> = if is_whole {
        whole.into_iter().map(|line| vec![line]).collect()
    } else {
        let short = table::aligned(without_who().collect(), style.look);
        if fits(&short) {
            short.into_iter().map(|line| vec![line]).collect()
        } else {
            without_who()
                .map(|row| table::fitted(vec![row], style.look))
                .collect()
        }
    };
    let mut lines = Vec::new();
    for (head, past) in heads.into_iter().zip(past) {
        lines.extend(head);
        if let Some(by) = registered(past).filter(|_| !is_whole) {
            lines.push(Line::of("      ").text(by));
        }
        let went_well = matches!(past.outcome, PastOutcome::Done | PastOutcome::InProgress);
        if let Some(reason) = past.reason.as_ref().filter(|_| !went_well) {
            lines.push(
                Line::of("      ")
                    .tone(Emphasis::Faint, "AWS:")
                    .text(" ")
                    .text(reason),
            );
        }
    }
    lines
}

fn row(past: &PastDeployment, style: TaskListStyle) -> Vec<Line> {
    let (sign, tone, outcome) = outcome(past.outcome);
    let outcome = if past.outcome == PastOutcome::Unknown {
        &past.status
    } else {
        outcome
    };
    let runs = past.current && past.outcome == PastOutcome::Done && past.running != Some(0);
    let now = if runs { ", runs now" } else { "" };
    let images: Vec<String> = past.images.iter().map(|it| image(it, style.verbose)).collect();
    vec![
        Line::of(" ")
            .sign(sign)
            .text(" ")
            .tone(Emphasis::Strong, &past.service),
        Line::of(past.task_definition.as_deref().unwrap_or("?")),
        Line::of(
            past.created_at
                .map(|at| times::ago(at, style.look, style.now))
                .unwrap_or_default(),
        ),
        Line::new().tone(tone, outcome).text(now),
        Line::of(images.join(", ")),
        Line::of(registered(past).unwrap_or_default()),
    ]
}

/// `registered by ci`: who registered the task definition. ECS doesn't report who deployed it.
fn registered(past: &PastDeployment) -> Option<String> {
    let arn = past.registered_by.as_deref()?;
    Some(format!("registered by {}", who(arn)))
}

fn outcome(outcome: PastOutcome) -> (Symbol, Emphasis, &'static str) {
    match outcome {
        PastOutcome::Done => (Symbol::Done, Emphasis::Plain, "done"),
        PastOutcome::InProgress => (Symbol::Change, Emphasis::Warn, "in progress"),
        PastOutcome::Ending => (Symbol::Change, Emphasis::Warn, "being stopped"),
        PastOutcome::Superseded => (Symbol::Warning, Emphasis::Warn, "superseded"),
        PastOutcome::Failed => (Symbol::Failed, Emphasis::Bad, "failed"),
        PastOutcome::Stopped => (Symbol::Failed, Emphasis::Bad, "stopped"),
        PastOutcome::RollingBack => (Symbol::Failed, Emphasis::Bad, "failed, rolling back"),
        PastOutcome::RolledBack => (Symbol::Failed, Emphasis::Bad, "failed, rolled back"),
        PastOutcome::RollbackFailed => (Symbol::Failed, Emphasis::Bad, "failed, and the rollback failed"),
        PastOutcome::Unknown => (Symbol::Warning, Emphasis::Plain, ""),
    }
}

/// `acme/web@sha256:1f0c2a91`, with the digest that ECS resolved if the task definition doesn't specify one.
pub(super) fn image(image: &PastImage, verbose: bool) -> String {
    let name = image.image.as_deref().unwrap_or("?");
    let whole = match &image.digest {
        Some(digest) if !name.contains('@') => format!("{name}@{digest}"),
        _ => name.to_owned(),
    };
    if verbose { whole } else { text::shorten(&whole) }
}

/// `ci` for a user's ARN, `deploy/session` for an assumed role's, as in `status`.
fn who(arn: &str) -> &str {
    let resource = arn.splitn(6, ':').nth(5).unwrap_or(arn);
    resource.split_once('/').map_or(resource, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::ui::terminal_style::TerminalStyle;

    const HEX: &str = "1f0c2a911f0c2a911f0c2a911f0c2a911f0c2a911f0c2a911f0c2a911f0c2a91";

    fn past(definition: &str, outcome: PastOutcome) -> PastDeployment {
        PastDeployment {
            service: "web".to_owned(),
            task_definition: Some(definition.to_owned()),
            outcome,
            status: "TOMORROW".to_owned(),
            reason: Some("ECS deployment circuit breaker: tasks failed to start.".to_owned()),
            created_at: Some(Timestamp::constant(1_795_183_361 - 172_800, 0)),
            registered_by: Some("arn:aws:iam::123456789012:user/ci".to_owned()),
            images: vec![PastImage {
                container: "web".to_owned(),
                image: Some("123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web:1".to_owned()),
                digest: Some(format!("sha256:{HEX}")),
            }],
            ..PastDeployment::default()
        }
    }

    #[test]
    fn history_rows_show_when_who_and_outcome() {
        let look = TerminalStyle {
            unicode: true,
            terminal: true,
            ..TerminalStyle::PLAIN
        };
        let style = TaskListStyle {
            look,
            now: Timestamp::constant(1_795_183_361, 0),
            verbose: false,
        };
        let mut current = past("web:42", PastOutcome::Done);
        current.current = true;
        let shown = [
            current,
            past("web:41", PastOutcome::RolledBack),
            past("web:40", PastOutcome::Unknown),
        ];
        let text: String = lines(&shown, style)
            .iter()
            .map(|line| line.render(look) + "\n")
            .collect();
        assert_eq!(
            text,
            " ✓ web  web:42  2 days ago  done, runs now       acme/web:1@sha256:1f0c2a91  registered by ci
 ✗ web  web:41  2 days ago  failed, rolled back  acme/web:1@sha256:1f0c2a91  registered by ci
      AWS: ECS deployment circuit breaker: tasks failed to start.
 ! web  web:40  2 days ago  TOMORROW             acme/web:1@sha256:1f0c2a91  registered by ci
      AWS: ECS deployment circuit breaker: tasks failed to start.\n"
        );
    }
}
