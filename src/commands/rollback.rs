//! `ecsctl rollback`: the plan, the question, the way back (design §5.11).

use futures_util::future::join_all;

use crate::aws::Aws;
use crate::cli::RollbackArgs;
use crate::commands::pipeline::{Ends, Retreat, present};
use crate::commands::{Context, ends, project, select};
use crate::diagnostic::Failure;
use crate::engine::rollback::{Request, RollbackMethod, RollbackPlan, survey};
use crate::exit::Exit;
use crate::model::short_definition;
use crate::model::{Event, Manifest, Plan};
use crate::ui::plan::PlanStyle;
use crate::ui::{self, Form};

/// Said with every plan that goes back by a task definition.
const STAYS: &str = "only the task definition goes back: network, load balancer and other settings of the service stay as they are now";

/// What was found out before anything is changed.
struct Found {
    aws: Aws,
    manifest: Manifest,
    legs: Vec<RollbackPlan>,
    ends: Ends,
}

/// Find the way, show it, ask, go, and watch.
pub fn run(args: &RollbackArgs, context: &Context) -> Result<Exit, Failure> {
    let opened = project::open(context)?;
    let keys = select::services(&opened.loaded().manifest, &args.services, &context.global.only)?;
    if args.to.is_some() && keys.len() != 1 {
        return Err(one_revision());
    }
    let found = context.run(async |sink| {
        let (aws, loaded) = opened.connect(context).await?;
        let found = find(aws, loaded.manifest, &keys, args.to.as_deref()).await?;
        if !found.legs.is_empty() {
            sink.emit(Event::Planned {
                plan: Box::new(plan(&found)),
            });
        }
        Ok(found)
    })?;
    show_changes(&found, context);
    let Found {
        aws,
        manifest,
        legs,
        mut ends,
    } = found;
    if !go_ahead(&legs, context)? {
        return Err(declined());
    }
    let went = context.run(async |sink| {
        let retreat = Retreat {
            aws: &aws,
            cluster: &manifest.cluster,
            wait: &args.wait,
            sink: sink.as_ref(),
            context,
            verb: "rollback",
        };
        Ok(retreat.go_and_tell(&legs).await)
    })?;
    ends.add(went);
    Ok(ends::report(ends, context))
}

async fn find(aws: Aws, manifest: Manifest, keys: &[String], to: Option<&str>) -> Result<Found, Failure> {
    let mut ends = Ends::default();
    let there = present(&aws, &manifest, keys, &mut ends).await?;
    let surveys = there.iter().map(|it| {
        let request = Request {
            cluster: &manifest.cluster,
            key: &it.key,
            name: &it.name,
            service: &it.service,
            to,
        };
        survey(&aws, request)
    });
    let mut legs = Vec::new();
    for surveyed in join_all(surveys).await {
        match surveyed {
            Ok(leg) => legs.push(leg),
            Err(error) => ends.failures.push(error.into()),
        }
    }
    Ok(Found {
        aws,
        manifest,
        legs,
        ends,
    })
}

/// The legs as one plan.
fn plan(found: &Found) -> Plan {
    let mut warnings: Vec<String> = Vec::new();
    for leg in &found.legs {
        warnings.extend(leg.warnings.iter().map(|text| format!("{}: {text}", leg.name)));
    }
    if found.legs.iter().any(|leg| leg.way == RollbackMethod::Update) {
        warnings.push(STAYS.to_owned());
    }
    Plan {
        cluster: found.manifest.cluster.clone(),
        create_cluster: false,
        region: found.aws.region().to_owned(),
        account: found.legs.iter().find_map(|leg| leg.service.account()),
        images: Vec::new(),
        log_groups: Vec::new(),
        services: found.legs.iter().map(|leg| leg.plan.clone()).collect(),
        warnings,
    }
}

/// A log gets one line for a plan; what a rollback changes is worth more.
fn show_changes(found: &Found, context: &Context) {
    let printer = &context.printer;
    let settings = printer.settings();
    let is_live = printer.err_look().terminal && !settings.no_progress;
    if is_live || settings.quiet || settings.form == Form::Jsonl {
        return;
    }
    let style = PlanStyle {
        look: printer.err_look(),
        verbose: settings.verbose,
    };
    let plan = Plan {
        warnings: Vec::new(),
        ..plan(found)
    };
    // The first line is the place, which was said.
    let lines = ui::plan::lines(&plan, style);
    lines.iter().skip(1).for_each(|line| printer.note(line));
}

/// Asks on a terminal; elsewhere whoever runs the command has decided. A run of its own, so that the plan is on the
/// screen before the question.
fn go_ahead(legs: &[RollbackPlan], context: &Context) -> Result<bool, Failure> {
    let moving: Vec<&RollbackPlan> = legs
        .iter()
        .filter(|leg| !matches!(leg.way, RollbackMethod::Stay | RollbackMethod::Await(_)))
        .collect();
    let question = match moving.as_slice() {
        [] => return Ok(true),
        [one] => match one.to.as_deref() {
            Some(to) => format!("Roll {} back to {}?", one.name, short_definition(to)),
            None => format!("Roll {} back?", one.name),
        },
        several => format!("Roll back {} services?", several.len()),
    };
    let (printer, yes) = (&context.printer, context.global.yes);
    let answer = context.run(async |_| Ok(ui::ask(printer, yes, &[], &question).await))?;
    Ok(answer != ui::Answer::No)
}

/// One revision for several services.
fn one_revision() -> Failure {
    Failure::new(Exit::Usage, "usage", "--to names the revision of one service")
        .hint("name it too: ecsctl rollback SERVICE --to REVISION")
}

/// The person said no.
fn declined() -> Failure {
    let message = "not rolled back: nothing was changed";
    Failure::new(Exit::Interrupted, "declined", message).hint("--yes goes ahead without asking")
}
