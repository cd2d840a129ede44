//! The functions of ecspresso's templates, and what deploy.yaml has in their place.
//!
//! Sources: `env`, `must_env` and `json_escape` are those of github.com/kayac/go-config (config.go), the others those of
//! ecspresso's plugins (README, "Plugins"), and text/template's own.

use std::collections::BTreeMap;

use crate::init::go_template::{TemplateExpression, TemplateVariables};
use crate::init::open_value::OpenValue;

/// A function that can be translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TemplateFunction {
    /// The first variable that is set and not empty, else the last argument as it is.
    Env,
    /// A variable that must be set.
    MustEnv,
    /// The same text: a value is filled in after parsing, so that nothing needs escapes.
    JsonEscape,
    Or,
    Print,
    Printf,
    Parameter,
    Secret,
    StackOutput,
    Export,
    State,
    /// A state's address by a format.
    StateFormat,
}

impl TemplateFunction {
    /// The functions of the tfstate plugin.
    pub const OF_STATE: [(&str, TemplateFunction); 2] = [("tfstate", State), ("tfstatef", StateFormat)];
    /// The functions of the cloudformation plugin.
    pub const OF_CLOUDFORMATION: [(&str, TemplateFunction); 2] =
        [("cfn_output", StackOutput), ("cfn_export", Export)];
    /// The function of the ssm plugin.
    pub const OF_PARAMETERS: [(&str, TemplateFunction); 1] = [("ssm", Parameter)];
    /// The function of the secretsmanager plugin.
    pub const OF_SECRETS: [(&str, TemplateFunction); 1] = [("secretsmanager_arn", Secret)];
}

use TemplateFunction::{
    Env, Export, JsonEscape, MustEnv, Or, Parameter, Print, Printf, Secret, StackOutput, State, StateFormat,
};

/// The functions that need no plugin, and those of plugins without a prefix.
const FUNCTIONS: [(&str, TemplateFunction); 10] = [
    ("env", Env),
    ("must_env", MustEnv),
    ("json_escape", JsonEscape),
    ("or", Or),
    ("print", Print),
    ("printf", Printf),
    ("ssm", Parameter),
    ("secretsmanager_arn", Secret),
    ("cfn_output", StackOutput),
    ("cfn_export", Export),
];

/// The functions that a file may use.
#[derive(Clone, Debug)]
pub(super) struct TemplateFunctions {
    by_name: BTreeMap<String, TemplateFunction>,
}

impl TemplateFunctions {
    /// The functions of a file without plugins.
    pub fn without_plugins() -> Self {
        let functions = FUNCTIONS.into_iter();
        Self {
            by_name: functions
                .map(|(name, function)| (name.to_owned(), function))
                .collect(),
        }
    }

    /// Adds those of a plugin, with its prefix.
    pub fn add(&mut self, prefix: &str, functions: &[(&str, TemplateFunction)]) {
        for (name, function) in functions {
            self.by_name.insert(format!("{prefix}{name}"), *function);
        }
    }

    /// Translates an expression; `None` if it has no counterpart.
    pub fn translate(
        &self,
        expression: &TemplateExpression,
        variables: &TemplateVariables,
    ) -> Option<OpenValue> {
        match expression {
            TemplateExpression::Text(text) => Some(OpenValue::literal(text.as_str())),
            TemplateExpression::Variable(name) => variables.get(name).cloned(),
            TemplateExpression::Call(name, arguments) => {
                let function = self.by_name.get(name)?;
                let arguments = arguments.iter().map(|it| self.translate(it, variables));
                call(*function, &arguments.collect::<Option<Vec<_>>>()?)
            }
            TemplateExpression::Other => None,
        }
    }
}

fn call(function: TemplateFunction, arguments: &[OpenValue]) -> Option<OpenValue> {
    match (function, arguments) {
        (Env, [names @ .., default]) => env(names, default),
        (MustEnv, [name]) => variable(name),
        (JsonEscape, [value]) => Some(value.clone()),
        (Or, [values @ .., last]) => values
            .iter()
            .rev()
            .try_fold(last.clone(), |rest, value| value.or(&rest)),
        (Print, [value]) => Some(value.clone()),
        (Printf, [format, values @ ..]) => printf(format, values),
        (Parameter, [name]) => source("ssm", name),
        (Secret, [name]) => source("secretsmanager", name),
        (StackOutput, [stack, output]) => {
            let mut name = stack.clone();
            name.extend(OpenValue::literal("."));
            name.extend(output.clone());
            source("cfn", &name)
        }
        (Export, [name]) => source("cfnExport", name),
        (State, [address]) => source("tfstate", &with_double_quotes(address)),
        (StateFormat, [format, values @ ..]) => {
            source("tfstate", &with_double_quotes(&printf(format, values)?))
        }
        _ => None,
    }
}

/// `env A B default`; `env A` is A's name where it is unset.
fn env(names: &[OpenValue], default: &OpenValue) -> Option<OpenValue> {
    match names {
        [] => variable(default)?.or(default),
        names => names
            .iter()
            .rev()
            .try_fold(default.clone(), |rest, name| variable(name)?.or(&rest)),
    }
}

fn variable(name: &OpenValue) -> Option<OpenValue> {
    let name = name.as_literal()?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let is_name =
        name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') && name.chars().all(is_part);
    is_name.then(|| OpenValue::reference(format!("env.{name}")))
}

fn source(prefix: &str, name: &OpenValue) -> Option<OpenValue> {
    Some(OpenValue::reference(format!("{prefix}:{}", name.as_name()?)))
}

/// Returns an address as Terraform writes it (github.com/fujiwara/tfstate-lookup, funcs.go: `'` means `"`).
fn with_double_quotes(address: &OpenValue) -> OpenValue {
    address.map_literals(|text| text.replace('\'', "\""))
}

/// Fills in a format with `%s`, `%d`, `%v` and `%%` (pkg.go.dev/fmt).
fn printf(format: &OpenValue, values: &[OpenValue]) -> Option<OpenValue> {
    let format = format.as_literal()?;
    let mut pieces = format.split('%');
    let mut filled = OpenValue::literal(pieces.next()?);
    let mut values = values.iter();
    let mut is_literal_percent = false;
    for piece in pieces {
        if is_literal_percent {
            is_literal_percent = false;
            filled.extend(OpenValue::literal(piece));
            continue;
        }
        match piece.chars().next() {
            None => {
                is_literal_percent = true;
                filled.extend(OpenValue::literal("%"));
            }
            Some('s' | 'd' | 'v') => {
                filled.extend(values.next()?.clone());
                filled.extend(OpenValue::literal(&piece[1..]));
            }
            Some(_) => return None,
        }
    }
    (values.next().is_none() && !is_literal_percent).then_some(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call_of(name: &str, arguments: &[&str]) -> Option<String> {
        let mut functions = TemplateFunctions::without_plugins();
        functions.add("", &TemplateFunction::OF_STATE);
        let text = |it: &&str| match it.strip_prefix('!') {
            Some(name) => TemplateExpression::Call(
                "must_env".to_owned(),
                vec![TemplateExpression::Text(name.to_owned())],
            ),
            None => TemplateExpression::Text((*it).to_owned()),
        };
        let call = TemplateExpression::Call(name.to_owned(), arguments.iter().map(text).collect());
        functions.translate(&call, &TemplateVariables::new())?.inside()
    }

    /// Each function and what deploy.yaml has in its place; `!X` is `(must_env "X")`.
    #[test]
    fn functions_have_counterparts() {
        for (name, arguments, expected) in [
            ("must_env", &["A"][..], Some("${env.A}")),
            ("must_env", &["a b"], None),
            ("must_env", &[], None),
            ("env", &["A", "b"], Some("${env.A:-b}")),
            ("env", &["A", ""], Some("${env.A:-}")),
            ("env", &["A"], Some("${env.A:-A}")),
            ("env", &["A", "B", "c"], Some("${env.A:-${env.B:-c}}")),
            ("env", &["A", "!B"], Some("${env.A:-${env.B}}")),
            ("env", &["A", "}"], None),
            ("or", &["!A", "b"], Some("${env.A:-b}")),
            ("or", &["", "b"], Some("b")),
            ("json_escape", &["!A"], Some("${env.A}")),
            ("printf", &["%s-%d%%", "!A", "1"], Some("${env.A}-1%")),
            ("printf", &["%s", "!A", "1"], None),
            ("printf", &["%5s", "!A"], None),
            ("printf", &["%s"], None),
            ("ssm", &["/a/b"], Some("${ssm:/a/b}")),
            ("ssm", &["/a/b", "1"], None),
            ("secretsmanager_arn", &["a/b"], Some("${secretsmanager:a/b}")),
            ("cfn_output", &["Stack", "Out"], Some("${cfn:Stack.Out}")),
            ("cfn_output", &["!S", "Out"], Some("${cfn:${env.S}.Out}")),
            ("cfn_export", &["a-b:c"], Some("${cfnExport:a-b:c}")),
            (
                "tfstate",
                &["aws_x.y['z'].id"],
                Some("${tfstate:aws_x.y[\"z\"].id}"),
            ),
            (
                "tfstatef",
                &["aws_x.y['%s'].id", "!Z"],
                Some("${tfstate:aws_x.y[\"${env.Z}\"].id}"),
            ),
            ("jq", &["."], None),
        ] {
            assert_eq!(
                call_of(name, arguments).as_deref(),
                expected,
                "{name} {arguments:?}"
            );
        }
    }
}
