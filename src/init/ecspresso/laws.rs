//! Property tests: whatever templates stand in definitions, with their values deploy.yaml renders to what ecspresso would
//! send.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::config::{Lookups, SourceQuery, SourceReply};
use crate::init::definition_laws::{definition, normalised, some_of};
use crate::init::rendered_draft::{or_report, rendered_draft};
use crate::init::{SourceFile, SourceOptions, yaml_text};
use crate::model::{Object, Value};
use crate::schema::testing::cases;

/// A template that stands for a value.
#[derive(Clone, Copy, Debug)]
enum TemplateForm {
    Literal,
    MustEnv,
    Escaped,
    Default,
    DefaultOfTwo,
    Or,
    Printf,
    Variable,
    Parameter,
    Output,
    Export,
    Trimmed,
}

const FORMS: [TemplateForm; 12] = [
    TemplateForm::Literal,
    TemplateForm::MustEnv,
    TemplateForm::Escaped,
    TemplateForm::Default,
    TemplateForm::DefaultOfTwo,
    TemplateForm::Or,
    TemplateForm::Printf,
    TemplateForm::Variable,
    TemplateForm::Parameter,
    TemplateForm::Output,
    TemplateForm::Export,
    TemplateForm::Trimmed,
];

/// Replaces leaves by templates, and knows the values of what these name.
struct Templating<'a> {
    forms: std::iter::Cycle<std::slice::Iter<'a, (TemplateForm, usize)>>,
    lookups: Lookups,
    nth: usize,
}

impl Templating<'_> {
    /// Writes a value as JSON with templates.
    fn json(&mut self, value: &Value) -> String {
        match value {
            Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(key, value)| format!("{}: {}", escaped(key), self.json(value)));
                format!("{{\n{}}}", members.collect::<Vec<_>>().join(",\n"))
            }
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.json(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::String(text) => self.text(text),
            other => match self.template(&other.to_string()) {
                Some(template) => template,
                None => other.to_string(),
            },
        }
    }

    /// Writes a text whose end may be a template.
    fn text(&mut self, text: &str) -> String {
        let at = self
            .forms
            .clone()
            .next()
            .map_or(0, |(_, at)| *at % (text.chars().count() + 1));
        let at = text.char_indices().nth(at).map_or(text.len(), |(at, _)| at);
        let (before, after) = text.split_at(at);
        // `{` before `{{` would begin the action, and a trim marker would remove a space.
        let is_free = !after.is_empty() && !before.ends_with(['{', ' ']);
        match self.template(after).filter(|_| is_free) {
            Some(template) => {
                let written = escaped(before);
                format!("{}{template}\"", &written[..written.len() - 1])
            }
            None => escaped(text),
        }
    }

    /// Returns a template whose value is this text; None to write it out.
    fn template(&mut self, value: &str) -> Option<String> {
        let (form, _) = self.forms.next()?;
        self.nth += 1;
        let name = format!("V{}", self.nth);
        let is_plain = value
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '-' | '/' | '$'));
        let environment = |templating: &mut Self| {
            templating.lookups.env.insert(name.clone(), value.to_owned());
        };
        Some(match form {
            TemplateForm::Literal => return None,
            TemplateForm::MustEnv => {
                environment(self);
                format!("{{{{ must_env `{name}` }}}}")
            }
            TemplateForm::Escaped => {
                environment(self);
                format!("{{{{\"{name}\"|must_env|json_escape}}}}")
            }
            TemplateForm::Trimmed => {
                environment(self);
                format!("{{{{- must_env \"{name}\" }}}}")
            }
            TemplateForm::Default if is_plain => format!("{{{{ env `{name}` `{value}` }}}}"),
            TemplateForm::DefaultOfTwo => {
                environment(self);
                format!("{{{{ env `{name}_` \"{name}\" `other` }}}}")
            }
            TemplateForm::Or if is_plain => format!("{{{{ or (env `{name}` ``) `{value}` }}}}"),
            TemplateForm::Printf if !value.is_empty() => {
                environment(self);
                format!("{{{{ printf `%s` (must_env `{name}`) }}}}")
            }
            TemplateForm::Variable => {
                environment(self);
                format!("{{{{$x := must_env `{name}`}}}}{{{{$x}}}}")
            }
            TemplateForm::Parameter => {
                let query = SourceQuery::Parameter(format!("/{name}"));
                self.lookups
                    .sources
                    .insert(query, SourceReply::Text(value.to_owned()));
                format!("{{{{ ssm `/{name}` }}}}")
            }
            TemplateForm::Output => {
                let texts = [("Out".to_owned(), value.to_owned())].into();
                let reply = SourceReply::Named {
                    owner: name.clone(),
                    texts,
                };
                self.lookups
                    .sources
                    .insert(SourceQuery::Stack(name.clone()), reply);
                format!("{{{{ cfn_output `{name}` `Out` }}}}")
            }
            TemplateForm::Export => {
                let empty = || SourceReply::Named {
                    owner: "x".to_owned(),
                    texts: Default::default(),
                };
                let reply = self
                    .lookups
                    .sources
                    .entry(SourceQuery::Exports)
                    .or_insert_with(empty);
                if let SourceReply::Named { texts, .. } = reply {
                    texts.insert(name.clone(), value.to_owned());
                }
                format!("{{{{ cfn_export `{name}` }}}}")
            }
            TemplateForm::Default | TemplateForm::Or | TemplateForm::Printf => return None,
        })
    }
}

/// Writes a text as JSON, with `{{` as a template that prints it.
fn escaped(text: &str) -> String {
    Value::from(text).to_string().replace("{{", "{{ `{{` }}")
}

fn service() -> impl Strategy<Value = Object> {
    let count = (1..9u32).prop_map(|count| json!(count)).boxed();
    some_of(vec![
        ("desiredCount", count),
        (
            "enableECSManagedTags",
            any::<bool>().prop_map(Value::from).boxed(),
        ),
        ("propagateTags", Just(json!("TASK_DEFINITION")).boxed()),
        (
            "networkConfiguration",
            "[a-z0-9]{4}"
                .prop_map(|id| json!({"awsvpcConfiguration": {"subnets": [format!("subnet-{id}")]}}))
                .boxed(),
        ),
        (
            "tags",
            "[a-z]{1,5}"
                .prop_map(|it| json!([{"key": "team", "value": it}]))
                .boxed(),
        ),
    ])
}

fn rendered(sources: &EcspressoSources, lookups: &Lookups) -> (Value, String) {
    let draft = from_ecspresso(sources, &SourceOptions::default());
    let draft = or_report(draft, &format!("{sources:#?}"));
    let document = rendered_draft(&draft, lookups, None);
    (document["services"]["web"].clone(), yaml_text(&draft.root))
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn templates_render_to_their_values(
        task in definition(),
        mut service in service(),
        forms in prop::collection::vec((prop::sample::select(FORMS.to_vec()), 0..9usize), 1..9),
    ) {
        if task["networkMode"] != "awsvpc" {
            service.shift_remove("networkConfiguration");
        }
        let mut templating = Templating { forms: forms.iter().cycle(), lookups: Lookups::default(), nth: 0 };
        let file = |name: &str, text: String| SourceFile { name: name.to_owned(), text };
        let sources = EcspressoSources {
            config: file("ecspresso.yml", "service: web\ntask_definition: td.json\n".to_owned()),
            service_definition: Some(file("sv.json", templating.json(&Value::Object(service.clone())))),
            task_definition: Some(file("td.json", templating.json(&task))),
            folder: String::new(),
        };
        let (rendered, text) = rendered(&sources, &templating.lookups);
        prop_assert_eq!(&rendered["taskDefinition"], &normalised(&task), "{}", text);
        for (member, value) in &service {
            prop_assert_eq!(&rendered["service"][member], value, "{}", text);
        }
    }

    #[test]
    fn any_files_are_drafted_or_refused(config in "\\PC{0,40}", task in "(\\PC|[{}\"`:, \n-]){0,60}") {
        let file = |text: &str| SourceFile { name: "x.yml".to_owned(), text: text.to_owned() };
        for config in [config.as_str(), "task_definition: x"] {
            let sources = EcspressoSources {
                config: file(config),
                service_definition: None,
                task_definition: Some(file(&task)),
                folder: String::new(),
            };
            let _ = from_ecspresso(&sources, &SourceOptions::default());
        }
    }
}
