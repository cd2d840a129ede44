//! What is read from the file before it is loaded: the settings of the AWS session.

use super::interpolate::{Interpolator, Lookups};
use super::load::Document;
use super::{FileOverrides, typed_values};
use crate::diagnostic::{Problem, Problems};
use crate::model::{AccountId, Node};

/// The file's settings for the AWS session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionSettings {
    /// `account:`.
    pub account: Option<AccountId>,
    /// `--region`, else `region:`.
    pub region: Option<String>,
    /// `--profile`.
    pub profile: Option<String>,
    /// `profile:`.
    pub file_profile: Option<String>,
    /// `--assume-role`, else `assumeRole:`.
    pub assume_role: Option<String>,
}

impl Document {
    /// Returns the session settings, as far as they can be resolved. Problems with them are reported by
    /// `load`.
    pub fn settings(&self, lookups: &Lookups, overrides: &FileOverrides) -> SessionSettings {
        let text = |key: &str| {
            let entry = self.root.entry(key)?;
            let mut problems = Problems::default();
            let mut interpolator = Interpolator::new(&self.root, lookups, &self.sources, &mut problems);
            interpolator.resolve_vars();
            let value = known_now(&entry.value, &mut interpolator)?;
            let entry = entry.with_value(value);
            typed_values::source_text(&entry, &mut Problems::default()).filter(|text| !text.is_empty())
        };
        SessionSettings {
            account: text("account").and_then(|text| text.parse().ok()),
            region: overrides.region.clone().or_else(|| text("region")),
            profile: overrides.profile.clone(),
            file_profile: text("profile"),
            assume_role: overrides.assume_role.clone().or_else(|| text("assumeRole")),
        }
    }

    /// Reports session settings that depend on what is known only from the session.
    pub(super) fn refuse_cycles(
        &self,
        lookups: &Lookups,
        overrides: &FileOverrides,
        problems: &mut Problems,
    ) {
        for key in ["account", "region", "profile", "assumeRole"] {
            let Some(entry) = self.root.entry(key) else {
                continue;
            };
            let mut unsaid = Problems::default();
            let mut interpolator = Interpolator::new(&self.root, lookups, &self.sources, &mut unsaid);
            interpolator.node(&entry.value);
            let used = interpolator.used();
            if used.sources && key != "account" {
                let message = format!("`{key}` can't refer to a value that is read from AWS with it");
                let problem = Problem::error("circle", message, entry.value.span);
                problems.push(problem.label("write the value itself, or use `${env.…}`"));
            }
            let is_named = |key: &str| key != entry.key && typed_values::present(&self.root, key).is_some();
            let uses_region = used.region && overrides.region.is_none();
            for (fact, is_used) in [("account", used.account), ("region", uses_region)] {
                if is_used && !is_named(fact) {
                    problems.push(
                        Problem::error(
                            "circle",
                            format!("`{key}` can't refer to `${{aws.{fact}}}`, which depends on it"),
                            entry.value.span,
                        )
                        .label(if key == fact {
                            "write the value itself".to_owned()
                        } else {
                            format!("add `{fact}:` to the file")
                        }),
                    );
                }
            }
        }
    }
}

/// Interpolates a value, unless that needs a fact that isn't known yet.
pub(super) fn known_now(node: &Node, interpolator: &mut Interpolator<'_>) -> Option<Node> {
    let (node, used) = interpolator.node_with_facts(node);
    (!interpolator.is_guess(used)).then_some(node)
}
