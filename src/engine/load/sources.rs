//! Reads what `${…}` needs from AWS: everything that is needed at once, side by side, and each thing once.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use futures_util::{StreamExt, stream};

use super::states;
use crate::aws::{Aws, AwsError, AwsErrorKind, PARAMETERS_A_CALL};
use crate::config::{SourceQuery, SourceReplies, SourceReply, StateLocation};
use crate::diagnostic::{Explain, Failure, Problem, Problems, Sources, Span};
use crate::engine::polling::ReadRetry;
use crate::exit::Exit;
use crate::model::Arn;

/// How many calls are in progress at a time. Parameter Store takes 40 a second (AWS General Reference, "Systems
/// Manager endpoints and quotas", GetParameters).
const AT_ONCE: usize = 10;
/// How many things a file may read: a hundred services with ten each.
const MAX_QUERIES: usize = 1_000;

type Answered = Vec<(SourceQuery, Result<SourceReply, AwsError>)>;

/// Reads everything that is `needed`, each with a reference to it, or explains what can't be read, with its place in the file.
pub(super) async fn read(
    aws: &Aws,
    needed: &BTreeMap<SourceQuery, Span>,
    sources: &Sources,
) -> Result<SourceReplies, Failure> {
    if needed.len() > MAX_QUERIES {
        let message = format!("the file refers to more than {MAX_QUERIES} values outside of it");
        let problem = Problem::error("too-many-references", message, needed.values().last().copied());
        let mut problems = Problems::default();
        problems.push(problem);
        let failure = Failure::new(Exit::Usage, "too-many-references", "too many references");
        return Err(failure.problems(problems, sources.clone()));
    }
    let reads = SourceRead::of(needed.keys());
    let answered: Vec<Answered> = stream::iter(reads)
        .map(|read| read.run(aws))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let (mut replies, mut errors) = (SourceReplies::new(), Vec::new());
    for (query, answer) in answered.into_iter().flatten() {
        match answer {
            Ok(reply) => {
                replies.insert(query, reply);
            }
            Err(error) => errors.push((query, error)),
        }
    }
    match failure(errors, needed, sources) {
        Some(failure) => Err(failure),
        None => Ok(replies),
    }
}

/// One or more calls, all of one operation, and what they read.
enum SourceRead {
    /// At most as many as a call takes, in one region; None is the session's.
    Parameters(Option<String>, Vec<String>),
    Stack(String),
    Exports,
    Secret(String),
    /// An object: its bucket and its key.
    State(String, String),
}

impl SourceRead {
    /// Groups queries into as few calls as possible.
    fn of<'a>(queries: impl Iterator<Item = &'a SourceQuery>) -> Vec<Self> {
        let mut parameters: BTreeMap<Option<String>, Vec<String>> = BTreeMap::new();
        let mut reads = Vec::new();
        for query in queries {
            match query {
                SourceQuery::Parameter(name) => {
                    parameters.entry(region_of(name)).or_default().push(name.clone());
                }
                SourceQuery::Stack(name) => reads.push(Self::Stack(name.clone())),
                SourceQuery::Exports => reads.push(Self::Exports),
                SourceQuery::Secret(name) => reads.push(Self::Secret(name.clone())),
                SourceQuery::State(StateLocation::Object { bucket, key }) => {
                    reads.push(Self::State(bucket.clone(), key.clone()));
                }
                // `states::read_files` reads these.
                SourceQuery::State(StateLocation::File(_)) => {}
            }
        }
        for (region, names) in parameters {
            let calls = names.chunks(PARAMETERS_A_CALL);
            reads.extend(calls.map(|names| Self::Parameters(region.clone(), names.to_vec())));
        }
        reads
    }

    async fn run(self, aws: &Aws) -> Answered {
        match self {
            Self::Parameters(region, names) => parameters(&in_region(aws, region), names).await,
            Self::Stack(name) => {
                let answer = stack(&in_region(aws, region_of(&name)), &name).await;
                vec![(SourceQuery::Stack(name), answer)]
            }
            Self::Exports => vec![(SourceQuery::Exports, exports(aws).await)],
            Self::Secret(name) => {
                let answer = secret(&in_region(aws, region_of(&name)), &name).await;
                vec![(SourceQuery::Secret(name), answer)]
            }
            Self::State(bucket, key) => {
                let answer = states::object(aws, &bucket, &key).await;
                vec![(SourceQuery::State(StateLocation::Object { bucket, key }), answer)]
            }
        }
    }
}

async fn stack(aws: &Aws, name: &str) -> Result<SourceReply, AwsError> {
    let retry = ReadRetry::silent(aws.clock());
    let outputs = retry.read(|| Box::pin(aws.stack_outputs(name))).await?;
    Ok(match outputs {
        Some(texts) => SourceReply::Named {
            owner: format!("the stack `{name}`"),
            texts,
        },
        None => SourceReply::Missing(format!("the stack `{name}` doesn't exist in {}", aws.region())),
    })
}

async fn exports(aws: &Aws) -> Result<SourceReply, AwsError> {
    let retry = ReadRetry::silent(aws.clock());
    let texts = retry.read(|| Box::pin(aws.list_exports())).await?;
    Ok(SourceReply::Named {
        owner: aws.region().to_owned(),
        texts,
    })
}

async fn secret(aws: &Aws, name: &str) -> Result<SourceReply, AwsError> {
    let retry = ReadRetry::silent(aws.clock());
    let secret = retry.read(|| Box::pin(aws.describe_secret(name))).await?;
    Ok(match secret {
        Some(secret) if secret.is_deleted => {
            SourceReply::Missing(format!("the secret `{name}` is scheduled for deletion"))
        }
        Some(secret) => SourceReply::Text(secret.arn),
        None => SourceReply::Missing(format!("the secret `{name}` doesn't exist in {}", aws.region())),
    })
}

/// Returns the region in an ARN, which is where the resource is.
fn region_of(name: &str) -> Option<String> {
    let arn: Arn = name.parse().ok()?;
    Some(arn.region).filter(|region| !region.is_empty())
}

fn in_region(aws: &Aws, region: Option<String>) -> Aws {
    region.map_or_else(|| aws.clone(), |region| aws.in_region(&region))
}

async fn parameters(aws: &Aws, names: Vec<String>) -> Answered {
    let answered = parameters_of_one_call(aws, &names).await;
    let is_refused = |error: &AwsError| *error.kind() == AwsErrorKind::Refused;
    let is_one_of_several = names.len() > 1
        && answered
            .iter()
            .any(|(_, answer)| answer.as_ref().is_err_and(is_refused));
    if !is_one_of_several {
        return answered;
    }
    // One name that AWS refuses fails the call: which one?
    let single = names.chunks(1).map(|name| parameters_of_one_call(aws, name));
    join_all(single).await.into_iter().flatten().collect()
}

async fn parameters_of_one_call(aws: &Aws, names: &[String]) -> Answered {
    let retry = ReadRetry::silent(aws.clock());
    let mut found = retry.read(|| Box::pin(aws.get_parameters(names))).await;
    let answer = |name: &String| match &mut found {
        Err(error) => Err(error.clone()),
        Ok(found) => Ok(match found.remove(name) {
            None => {
                let region = aws.region();
                SourceReply::Missing(format!("the parameter `{name}` doesn't exist in {region}"))
            }
            Some(parameter) if parameter.is_secure => SourceReply::Secret {
                what: "a SecureString parameter",
                value_from: parameter.arn,
            },
            Some(parameter) => SourceReply::Text(parameter.value),
        }),
    };
    let answers: Vec<_> = names.iter().map(answer).collect();
    let queries = names.iter().cloned().map(SourceQuery::Parameter);
    queries.zip(answers).collect()
}

/// Explains failed calls: the first says how the command ends, and each is shown with the references that need it.
fn failure(
    errors: Vec<(SourceQuery, AwsError)>,
    needed: &BTreeMap<SourceQuery, Span>,
    sources: &Sources,
) -> Option<Failure> {
    let first = errors.first().map(|(_, error)| error.clone())?;
    let mut places: Vec<(AwsError, Vec<Span>)> = Vec::new();
    for (query, error) in errors {
        if !concerns(&error, &query) {
            continue;
        }
        let place = needed.get(&query).copied();
        match places.iter_mut().find(|(known, _)| is_same(known, &error)) {
            Some((_, spans)) => spans.extend(place),
            None => places.push((error, place.into_iter().collect())),
        }
    }
    let mut problems = Problems::default();
    for (error, mut spans) in places {
        spans.sort();
        problems.push(problem(&error, &spans));
    }
    Some(Failure::from(first).problems(problems, sources.clone()))
}

fn is_same(one: &AwsError, other: &AwsError) -> bool {
    one.to_string() == other.to_string() && one.message() == other.message()
}

/// Whether an error of a call that reads several things may be about this one: a denial names its resource.
fn concerns(error: &AwsError, query: &SourceQuery) -> bool {
    let denied = match error.kind() {
        AwsErrorKind::AccessDenied(Some(denial)) => denial.resource.as_deref(),
        _ => None,
    };
    match (denied, query) {
        (Some(arn), SourceQuery::Parameter(name)) => {
            let name = name.split(":parameter/").last().unwrap_or(name);
            let name = name.split(':').next().unwrap_or(name).trim_start_matches('/');
            arn.ends_with('*') || arn.ends_with(&format!(":parameter/{name}"))
        }
        _ => true,
    }
}

fn problem(error: &AwsError, spans: &[Span]) -> Problem {
    let explanation = error.explain();
    let mut problem = Problem::error(explanation.code, error.to_string(), spans.first().copied());
    for span in spans.iter().skip(1) {
        problem = problem.other(*span, "and here");
    }
    if let Some((who, words)) = explanation.said {
        problem = problem.note(format!("{who}: {words}"));
    }
    for detail in explanation.details {
        problem = problem.note(detail);
    }
    match explanation.hint {
        Some(hint) => problem.hint(hint),
        None => problem,
    }
}
