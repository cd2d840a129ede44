//! Creates the world in a scenario's initial state.

use std::time::Duration;

use super::World;
use super::base::{Base, ago};
use super::service::Script;
use crate::support::scenario::{Scenario, Start};

/// Age of everything that exists at the start: two days.
const AGE: Duration = Duration::from_secs(2 * 24 * 3600);

pub fn world(scenario: &Scenario, port: u16) -> World {
    let caller = scenario
        .caller
        .clone()
        .unwrap_or_else(|| format!("arn:aws:iam::{}:user/ci", scenario.account));
    let mut world = World {
        base: Base::new(&scenario.account, &scenario.region, caller, port),
        clusters: scenario
            .clusters
            .iter()
            .map(|name| (name.clone(), "ACTIVE".to_owned()))
            .collect(),
        capacity_providers: scenario.capacity_providers.clone(),
        definitions: super::definitions::Definitions::default(),
        services: indexmap::IndexMap::new(),
        rollouts: indexmap::IndexMap::new(),
        runs: super::runs::Runs::default(),
        exec: scenario.exec.clone(),
        page_size: scenario.page_size,
        remembers: scenario.remembers,
        older_deployments: scenario.older_deployments,
        list_order: scenario.list_order,
        instances: scenario.instances,
        logs: super::logs::Logs::default(),
        repositories: super::registry::Repositories::default(),
        targets: scenario.targets.clone(),
        scalable: indexmap::IndexMap::new(),
        scaling: super::scaling::ScalingParts::default(),
        schedules: super::schedules::Schedules::default(),
        alarms: Vec::new(),
        metrics: indexmap::IndexMap::new(),
        code_deploy: super::code_deploy::CodeDeploy::default(),
        resources: scenario.resources.clone(),
        sources: scenario.sources.clone(),
    };
    for input in &scenario.definitions {
        world
            .definitions
            .add(input, &world.base)
            .unwrap_or_else(|refusal| panic!("scenario: {}", refusal.message));
    }
    for (name, group) in &scenario.log_groups {
        let made = world.logs.groups.entry(name.clone()).or_default();
        made.retention = group.retention_in_days;
        for (stream, lines) in &group.streams {
            world.logs.write(name, stream, lines);
        }
    }
    for (name, settings) in &scenario.repositories {
        world.repositories.create(name, settings);
    }
    for (name, start) in &scenario.services {
        service(&mut world, name, start);
    }
    let cluster_of = |name: &str| {
        let key = world.services.keys().find(|(_, service)| service == name);
        key.map_or("default", |(cluster, _)| cluster.as_str()).to_owned()
    };
    world.scalable = scenario
        .scalable_targets
        .iter()
        .map(|(name, bounds)| (format!("service/{}/{name}", cluster_of(name)), bounds.clone()))
        .collect();
    let groups = scenario.code_deploy.iter();
    let groups = groups.map(|(name, group)| ((cluster_of(name), name.clone()), group.clone()));
    world.code_deploy = super::code_deploy::CodeDeploy::new(&groups.collect());
    // Only now, so that setting up the initial state uses none of them.
    world.rollouts = scenario.rollouts.clone();
    world.runs.scripts = scenario.runs.clone();
    world
}

fn service(world: &mut World, name: &str, start: &Start) {
    let cluster = start.input["cluster"].as_str().unwrap_or("default");
    let key = (cluster.to_owned(), name.to_owned());
    let definition = start.input["taskDefinition"].as_str().unwrap_or_default();
    let definition = world
        .definitions
        .deployable(definition)
        .unwrap_or_else(|refusal| panic!("scenario: service {name}: {}", refusal.message));
    world.add_service(&key, &start.input, AGE);
    world.deploy(&key, &definition);
    // The first rollout is finished: every frame has been seen.
    let Some(mut service) = world.services.shift_remove(&key) else {
        return;
    };
    play(world, &mut service);
    for deployment in &mut service.deployments {
        deployment.created_at = ago(AGE);
        deployment.updated_at = ago(AGE);
    }
    for record in &mut service.history {
        record.started_at = ago(AGE);
        record.finished_at = Some(ago(AGE));
    }
    for event in &mut service.events {
        event["createdAt"] = ago(AGE);
    }
    service.script = Script::default();
    world.services.insert(key.clone(), service);
    for then in start.before.iter().chain(&start.then) {
        world.rollouts.insert(name.to_owned(), vec![then.rollout.clone()]);
        let definition = world
            .definitions
            .deployable(&then.task_definition)
            .unwrap_or_else(|refusal| panic!("scenario: service {name}: {}", refusal.message));
        world.deploy(&key, &definition);
        if let Some(mut service) = world.services.shift_remove(&key) {
            let is_over = start.before.iter().any(|before| std::ptr::eq(before, then));
            for _ in 0..then.polled {
                world.advance(&mut service);
            }
            if is_over {
                play(world, &mut service);
            }
            world.services.insert(key.clone(), service);
        }
    }
    if let Some(service) = world.services.get_mut(&key) {
        if let Some(status) = &start.status {
            service.status.clone_from(status);
        }
        if service.status == "INACTIVE" {
            service.deployments.clear();
            service.desired = 0;
        }
        service.drained_after = start.drained_after;
    }
}

/// Plays a change to its end; any pause is continued.
fn play(world: &mut World, service: &mut super::service::Service) {
    while !service.script.frames.is_empty() {
        let subject = service.script.subject.clone();
        if let Some(hook) = service.record_of(&subject).and_then(|record| record.waiting()) {
            hook.status = "SUCCEEDED".to_owned();
        }
        world.advance(service);
    }
}
