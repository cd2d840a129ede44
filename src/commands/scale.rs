//! `ecsctl scale`: other counts, and nothing else.

use futures_util::future::join;
use indexmap::IndexMap;

use crate::aws::Aws;
use crate::cli::{ScaleArgs, TaskCount, WaitOptions};
use crate::commands::pipeline::{Ends, aims};
use crate::commands::{Context, ends, project, select};
use crate::diagnostic::{Explain, Failure};
use crate::engine::service_actions::{self, Found, ServiceChange};
use crate::engine::watch::{StartState, stand_of};
use crate::exit::Exit;
use crate::model::{CapacityBounds, Event, Manifest, ServiceSpec as Wanted, Sink};
use crate::ui::{self, Answer};
use crate::verdict::{WatchRequest, WatchTarget};

/// Look, ask where autoscaling would undo it, set the counts, watch.
pub fn run(args: &ScaleArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let counts = by_key(&opened.loaded().manifest, &args.counts)?;
    let ended = context.run(async |sink| {
        let (aws, loaded) = opened.connect(context).await?;
        let scaling = Scaling {
            aws: &aws,
            manifest: &loaded.manifest,
            counts: &counts,
            wait: &args.wait,
            sink: sink.as_ref(),
            context,
        };
        scaling.run().await
    })?;
    Ok(ends::report(ended, context))
}

/// The counts by the services' keys, each service once.
fn by_key(manifest: &Manifest, counts: &[TaskCount]) -> Result<IndexMap<String, u32>, Failure> {
    let mut by_key = IndexMap::new();
    for count in counts {
        let key = select::service(manifest, &count.service)?;
        if by_key.insert(key.clone(), count.tasks).is_some() {
            return Err(named_twice(key));
        }
    }
    Ok(by_key)
}

/// A service with two counts.
fn named_twice(service: String) -> Failure {
    let message = format!("service {service} is given two counts");
    Failure::new(Exit::Usage, "named-twice", message).resource(service)
}

struct Scaling<'a> {
    aws: &'a Aws,
    manifest: &'a Manifest,
    counts: &'a IndexMap<String, u32>,
    wait: &'a WaitOptions,
    sink: &'a dyn Sink,
    context: &'a Context,
}

/// A service, the count that it is to have, and what else sets it.
struct Change<'a> {
    wanted: &'a Wanted,
    found: Found,
    count: u32,
    bounds: Option<CapacityBounds>,
}

impl Scaling<'_> {
    async fn run(&self) -> Result<Ends, Failure> {
        let changes = self.look().await?;
        self.agree(&changes, self.context).await?;
        let begin = changes.iter().map(|change| self.begin(change));
        let mut ends = Ends::default();
        ends.follow(self.aws, &self.manifest.cluster, begin, self.sink, self.context)
            .await;
        Ok(ends)
    }

    async fn look(&self) -> Result<Vec<Change<'_>>, Failure> {
        let cluster = &self.manifest.cluster;
        let keys: Vec<String> = self.counts.keys().cloned().collect();
        let pairs = select::names(self.manifest, &keys);
        let names: Vec<String> = pairs.iter().map(|(_, name)| name.clone()).collect();
        let found = service_actions::find(self.aws, cluster, &pairs, ServiceChange::Scale);
        let (found, bounds) = join(found, service_actions::bounds(self.aws, cluster, &names)).await;
        let found = found?;
        let bounds = match bounds {
            Ok(bounds) => bounds,
            Err(error) => {
                self.warn(
                    None,
                    format!("{error}: whether autoscaling sets the counts too is not known"),
                    error.explain().hint,
                );
                Vec::new()
            }
        };
        let of = |found: Found| {
            let bounds = bounds.iter().find(|(name, _)| *name == found.name);
            Some(Change {
                wanted: self.manifest.services.get(&found.key)?,
                count: *self.counts.get(&found.key)?,
                bounds: bounds.map(|(_, bounds)| *bounds),
                found,
            })
        };
        Ok(found.into_iter().filter_map(of).collect())
    }

    /// Says what else sets the counts. One that autoscaling would undo is asked about.
    async fn agree(&self, changes: &[Change<'_>], context: &Context) -> Result<(), Failure> {
        let mut outside = Vec::new();
        for change in changes {
            let name = &change.found.name;
            match (
                change.bounds,
                change
                    .bounds
                    .and_then(|it| service_actions::outside(it, change.count)),
            ) {
                (_, Some(why)) => outside.push(format!("{name}: {} is {why}", change.count)),
                (Some(bounds), None) => self.warn(
                    Some(name),
                    format!("autoscaling ({bounds}) may change the count again"),
                    None,
                ),
                (None, None) => self.compare_with_file(change),
            }
        }
        if outside.is_empty() {
            return Ok(());
        }
        match ui::ask(
            &context.printer,
            context.global.yes,
            &outside,
            "set it all the same?",
        )
        .await
        {
            Answer::Yes => Ok(()),
            answer => Err(outside_bounds(&outside, answer == Answer::No)),
        }
    }

    /// The file owns the count that it names, where nothing scales the service.
    fn compare_with_file(&self, change: &Change<'_>) {
        let named = change.wanted.fields.get("desiredCount");
        let named = named.map(|node| node.to_value(&|_| String::new()));
        let named = named.and_then(|value| value.as_u64());
        if let Some(named) = named.filter(|named| *named != u64::from(change.count)) {
            self.warn(
                Some(&change.found.name),
                format!("deploy.yaml says desiredCount: {named}, so the next deploy sets it back"),
                None,
            );
        }
    }

    async fn begin(&self, change: &Change<'_>) -> Result<StartState, Failure> {
        let (cluster, found) = (&self.manifest.cluster, &change.found);
        let before = found.service.desired_count;
        if before == Some(change.count.into()) {
            let aim = aims::of_kept(
                &found.name,
                WatchTarget::InFlight,
                &found.service,
                None,
                self.wait,
            );
            let tell = (self.sink, self.context.global.show_values);
            return Ok(stand_of((self.aws, cluster), aim, Some(&found.service), tell).await);
        }
        let scale = service_actions::scale(self.aws, cluster, found, change.count);
        let (definition, reply) = join(found.definition(self.aws), scale).await;
        let reply = reply?;
        self.sink.emit(Event::Changed {
            service: found.name.clone(),
        });
        let target = WatchTarget::of_reply(found.service.primary_id(), &reply);
        Ok(StartState::Watch(Box::new(WatchRequest {
            desired: Some(change.count.into()),
            scaled_from: before,
            ..aims::of_kept(&found.name, target, &reply, definition.as_ref(), self.wait)
        })))
    }

    fn warn(&self, service: Option<&str>, message: String, hint: Option<String>) {
        self.sink.emit(Event::Warning {
            resource: service.map(str::to_owned),
            message,
            hint,
        });
    }
}

/// Counts that autoscaling would undo. `asked` says whether a person was there to say no.
fn outside_bounds(services: &[String], asked: bool) -> Failure {
    let (exit, hint) = match asked {
        true => (Exit::Interrupted, None),
        false => (
            Exit::Preflight,
            Some("--yes sets it all the same; the bounds are moved where the autoscaling is kept"),
        ),
    };
    Failure::new(exit, "outside-scaling-bounds", services.join("; "))
        .details(["nothing was changed".to_owned()])
        .maybe_hint(hint)
}
