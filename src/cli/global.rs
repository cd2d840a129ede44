//! The global flags, accepted by every verb, and their environment variables.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{BoolishValueParser, NonEmptyStringValueParser};
use clap::{Args, ValueEnum, ValueHint};

const FILE: &str = "File options";
const AWS: &str = "AWS options";
const OUTPUT: &str = "Output options";

/// The prefix of the environment variables that set `--var`.
const VAR_PREFIX: &str = "ECSCTL_VAR_";

/// The flags that every verb takes.
#[derive(Clone, Debug, Default, Args)]
pub struct Global {
    /// The file to read [default: deploy.yaml or ecsctl.yaml in this folder or a parent, up to the git root]
    #[arg(short, long, global = true, value_name = "PATH", value_hint = ValueHint::FilePath)]
    #[arg(help_heading = FILE, env = "ECSCTL_FILE", hide_env_values = true)]
    pub file: Option<PathBuf>,

    /// Merge this environment of the file over the rest of it
    #[arg(short, long, global = true, value_name = "NAME", help_heading = FILE)]
    #[arg(env = "ECSCTL_ENVIRONMENT", hide_env_values = true)]
    pub environment: Option<String>,

    /// Set `${vars.NAME}`, overriding the file (repeatable) [env: ECSCTL_VAR_<NAME>]
    #[arg(long = "var", global = true, value_name = "NAME=VALUE", help_heading = FILE)]
    pub vars: Vec<Assignment>,

    /// Read `${env.NAME}` from this dotenv file too; the process's environment overrides it (repeatable)
    #[arg(long = "env-file", global = true, value_name = "PATH", value_delimiter = ',', help_heading = FILE)]
    #[arg(env = "ECSCTL_ENV_FILE", hide_env_values = true, value_hint = ValueHint::FilePath)]
    pub env_files: Vec<PathBuf>,

    /// Use this image instead of building and pushing one (repeatable)
    #[arg(long = "image", global = true, value_name = "NAME=REF", value_delimiter = ',', help_heading = FILE)]
    #[arg(env = "ECSCTL_IMAGE", hide_env_values = true)]
    pub images: Vec<Assignment>,

    /// Only these services and their images; for build and push, only these images (repeatable, comma-separated)
    #[arg(long, global = true, value_name = "NAME", value_delimiter = ',', help_heading = FILE)]
    #[arg(env = "ECSCTL_ONLY", hide_env_values = true)]
    pub only: Vec<String>,

    /// Accept ECS API members that this version does not know
    #[arg(long, global = true, help_heading = FILE, value_parser = BoolishValueParser::new())]
    #[arg(env = "ECSCTL_ALLOW_UNKNOWN_FIELDS", hide_env_values = true)]
    pub allow_unknown_fields: bool,

    /// Don't run the file's `hooks`
    #[arg(long, global = true, help_heading = FILE, value_parser = BoolishValueParser::new())]
    #[arg(env = "ECSCTL_SKIP_HOOKS", hide_env_values = true)]
    pub skip_hooks: bool,

    /// The cluster [default: the file's, `default`]
    #[arg(long, global = true, value_name = "NAME", help_heading = AWS)]
    #[arg(env = "ECSCTL_CLUSTER", hide_env_values = true)]
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub cluster: Option<String>,

    /// The region [default: the file's, AWS_REGION, AWS_DEFAULT_REGION, the profile's]
    #[arg(long, global = true, value_name = "REGION", help_heading = AWS)]
    #[arg(env = "ECSCTL_REGION", hide_env_values = true)]
    pub region: Option<String>,

    /// The profile in AWS's configuration files [default: the file's, AWS_PROFILE]
    #[arg(long, global = true, value_name = "NAME", help_heading = AWS)]
    #[arg(env = "ECSCTL_PROFILE", hide_env_values = true)]
    pub profile: Option<String>,

    /// Assume this role
    #[arg(long, global = true, value_name = "ARN", help_heading = AWS)]
    #[arg(env = "ECSCTL_ASSUME_ROLE", hide_env_values = true)]
    pub assume_role: Option<String>,

    /// Send all AWS calls to this endpoint (for testing)
    #[arg(long, global = true, value_name = "URL", help_heading = AWS, value_hint = ValueHint::Url)]
    #[arg(env = "ECSCTL_ENDPOINT_URL", hide_env_values = true)]
    pub endpoint_url: Option<String>,

    /// Use this registry instead of ECR (for testing): [http[s]://]HOST[:PORT]
    #[arg(long, global = true, value_name = "HOST", help_heading = AWS)]
    #[arg(env = "ECSCTL_REGISTRY", hide_env_values = true)]
    pub registry: Option<String>,

    /// Output format of the result on stdout
    #[arg(short, long, global = true, value_enum, default_value_t, help_heading = OUTPUT, value_name = "FORM")]
    #[arg(env = "ECSCTL_OUTPUT", hide_env_values = true)]
    pub output: Output,

    /// Show only the result, warnings and errors
    #[arg(short, long, global = true, help_heading = OUTPUT, value_parser = BoolishValueParser::new())]
    #[arg(env = "ECSCTL_QUIET", hide_env_values = true)]
    pub quiet: bool,

    /// Show more: build logs, full digests and ids
    #[arg(short, long, global = true, help_heading = OUTPUT, value_parser = BoolishValueParser::new())]
    #[arg(env = "ECSCTL_VERBOSE", hide_env_values = true)]
    pub verbose: bool,

    /// When to use colors; auto respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_enum, default_value_t, help_heading = OUTPUT, value_name = "WHEN")]
    #[arg(env = "ECSCTL_COLOR", hide_env_values = true)]
    pub color: Color,

    /// Show progress as lines instead of a live view
    #[arg(long, global = true, help_heading = OUTPUT, value_parser = BoolishValueParser::new())]
    #[arg(env = "ECSCTL_NO_PROGRESS", hide_env_values = true)]
    pub no_progress: bool,

    /// Show environment values and sensitive fields instead of masking them
    #[arg(long, global = true, help_heading = OUTPUT, value_parser = BoolishValueParser::new())]
    #[arg(env = "ECSCTL_SHOW_VALUES", hide_env_values = true)]
    pub show_values: bool,

    /// Skip confirmations; without a terminal, rollback, stop, continue --rollback and delete need it
    #[arg(short, long, global = true, help_heading = OUTPUT, value_parser = BoolishValueParser::new())]
    #[arg(env = "ECSCTL_YES", hide_env_values = true)]
    pub yes: bool,

    /// Whether `only` comes from its variable, which names behind the verb override.
    #[arg(skip)]
    pub only_is_default: bool,

    /// The `vars` that come from `ECSCTL_VAR_<NAME>` variables.
    #[arg(skip)]
    pub vars_from_env: BTreeSet<String>,

    /// The flags that a follow-up command on the same services needs too, with their values as typed. Only
    /// flags given on the command line, not those set by variables.
    #[arg(skip)]
    pub given: Vec<(String, Option<String>)>,
}

/// The flags carried over to follow-up commands: their ids, and their spelling before a verb.
const CARRIED: [(&str, &str); 13] = [
    ("file", "-f"),
    ("environment", "-e"),
    ("vars", "--var"),
    ("env_files", "--env-file"),
    ("images", "--image"),
    ("allow_unknown_fields", "--allow-unknown-fields"),
    ("skip_hooks", "--skip-hooks"),
    ("cluster", "--cluster"),
    ("region", "--region"),
    ("profile", "--profile"),
    ("assume_role", "--assume-role"),
    ("endpoint_url", "--endpoint-url"),
    ("registry", "--registry"),
];

/// Returns the carried flags that were given on the command line. Values that are not Unicode can't be
/// shown and are left out.
pub(super) fn given(verb: &clap::ArgMatches) -> Vec<(String, Option<String>)> {
    let mut given = Vec::new();
    for (id, flag) in CARRIED {
        if verb.value_source(id) != Some(clap::parser::ValueSource::CommandLine) {
            continue;
        }
        if matches!(id, "allow_unknown_fields" | "skip_hooks") {
            if verb.get_flag(id) {
                given.push((flag.to_owned(), None));
            }
            continue;
        }
        let values = verb.get_raw(id).into_iter().flatten();
        given.extend(values.filter_map(|value| Some((flag.to_owned(), Some(value.to_str()?.to_owned())))));
    }
    given
}

/// Whether `--only` was set by its variable and not on the command line.
pub(super) fn is_only_default(verb: &clap::ArgMatches) -> bool {
    verb.value_source("only") == Some(clap::parser::ValueSource::EnvVariable)
}

impl Global {
    /// Returns the names to work on: those on the command line, else those of ECSCTL_ONLY; empty for all.
    pub fn selected(&self, behind_verb: &[String]) -> Vec<String> {
        let named = self.named(behind_verb);
        match named.is_empty() {
            true => self.only.clone(),
            false => named,
        }
    }

    /// Returns the names on the command line: those behind the verb and those of `--only`.
    pub fn named(&self, behind_verb: &[String]) -> Vec<String> {
        match self.only_is_default {
            true => behind_verb.to_vec(),
            false => [behind_verb, &self.only].concat(),
        }
    }

    /// Adds `ECSCTL_VAR_<NAME>` variables to `--var`: a flag overrides its variable, and an empty variable is
    /// unset. Ignores variables that are not Unicode.
    pub(super) fn read_variables(&mut self, variables: impl Iterator<Item = (OsString, OsString)>) {
        for (key, value) in variables {
            let (Some(name), Some(value)) = (
                key.to_str().and_then(|key| key.strip_prefix(VAR_PREFIX)),
                value.to_str(),
            ) else {
                continue;
            };
            let taken = self.vars.iter().any(|var| var.name == name);
            if !name.is_empty() && !value.is_empty() && !taken {
                self.vars_from_env.insert(name.to_owned());
                self.vars.push(Assignment {
                    name: name.to_owned(),
                    value: value.to_owned(),
                });
            }
        }
    }
}

/// `NAME=VALUE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The part before the first `=`; never empty.
    pub name: String,
    /// The part after the first `=`; may be empty.
    pub value: String,
}

impl FromStr for Assignment {
    type Err = InvalidAssignment;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('=') {
            Some((name, value)) if !name.is_empty() => Ok(Self {
                name: name.to_owned(),
                value: value.to_owned(),
            }),
            _ => Err(InvalidAssignment),
        }
    }
}

/// A text without a name or `=`.
#[derive(Debug, thiserror::Error)]
#[error("write NAME=VALUE")]
pub struct InvalidAssignment;

/// The output format of the result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// Human-readable text
    #[default]
    Text,
    /// One JSON document
    Json,
    /// One JSON event per line, as they happen
    Jsonl,
}

/// When to use colors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(pairs: &[(&str, &str)]) -> Vec<(OsString, OsString)> {
        pairs
            .iter()
            .map(|(key, value)| (OsString::from(key), OsString::from(value)))
            .collect()
    }

    #[test]
    fn a_flag_wins_over_its_variable_and_an_empty_variable_is_unset() {
        let mut global = Global {
            vars: vec!["domain=flag".parse().unwrap()],
            ..Global::default()
        };
        let given = variables(&[
            ("ECSCTL_VAR_domain", "variable"),
            ("ECSCTL_VAR_tier", "gold=1"),
            ("ECSCTL_VAR_nothing", ""),
            ("ECSCTL_VAR_", "nameless"),
            ("ECSCTL_VARIETY", "other"),
        ]);
        global.read_variables(given.into_iter());
        assert_eq!(
            global.vars,
            ["domain=flag".parse().unwrap(), "tier=gold=1".parse().unwrap()]
        );
        assert_eq!(global.vars_from_env, BTreeSet::from(["tier".to_owned()]));
    }

    #[test]
    fn an_assignment_has_a_name_and_an_equals_sign() {
        assert!("=x".parse::<Assignment>().is_err());
        assert!("name".parse::<Assignment>().is_err());
        assert_eq!("a=".parse::<Assignment>().unwrap().value, "");
        assert_eq!("a=b=c".parse::<Assignment>().unwrap().value, "b=c");
    }
}
