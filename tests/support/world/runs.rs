//! Tasks that belong to no service: RunTask and StopTask. Each DescribeTasks that names a task advances it.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::service::Service;
use super::task::{Origin, Task};
use super::{World, name_in};
use crate::support::protocol::{Answer, Call, Refusal};
use crate::support::scenario::Run;

/// The states of a task until it runs, one poll each (API reference: task lifecycle).
const WAY_UP: [&str; 3] = ["PROVISIONING", "PENDING", "RUNNING"];

/// Tasks started by RunTask.
#[derive(Default)]
pub struct Runs {
    pub tasks: Vec<RunningTask>,
    /// How upcoming runs go, by family.
    pub scripts: IndexMap<String, Vec<Run>>,
    /// Responses by clientToken, and the input of each.
    answered: IndexMap<String, (Value, Value)>,
}

/// A task started by RunTask.
pub struct RunningTask {
    pub task: Task,
    script: Run,
    /// Number of DescribeTasks that have shown it.
    polls: u32,
    /// Number of DescribeTasks that have not known it yet.
    unknown: u32,
}

impl RunningTask {
    /// Whether reads know it by now.
    pub fn is_known(&self) -> bool {
        self.unknown >= self.script.missing
    }
}

fn invalid(message: &str) -> Refusal {
    Refusal::new("InvalidParameterException", message)
}

impl World {
    pub(super) fn run_task(&mut self, call: &Call) -> Answer {
        let cluster = self.cluster_of(call)?;
        let token = call.text("clientToken").map(str::to_owned);
        if let Some((input, answer)) = token.as_ref().and_then(|token| self.runs.answered.get(token)) {
            if *input == call.input {
                return Ok(answer.clone());
            }
            return Err(Refusal::new(
                "ConflictException",
                "The clientToken was used by a request with other parameters.",
            ));
        }
        let definition = self.checked_definition(&call.input)?;
        if call.text("propagateTags") == Some("SERVICE") {
            return Err(invalid(
                "SERVICE is not a valid value for propagateTags in RunTask.",
            ));
        }
        if call.input["overrides"].to_string().len() > 8192 && !call.input["overrides"].is_null() {
            return Err(invalid("Overrides cannot be longer than 8192 characters."));
        }
        let family = name_in(&definition)
            .split(':')
            .next()
            .unwrap_or_default()
            .to_owned();
        let (mut tasks, mut failures) = (Vec::new(), Vec::new());
        for _ in 0..call.input["count"].as_u64().unwrap_or(1) {
            let script = self.runs.next(&family);
            if let Some(reason) = &script.refuse {
                failures.push(json!({"arn": self.base.arn(&format!("cluster/{cluster}")), "reason": reason}));
                continue;
            }
            let task = self.new_run(call, &cluster, &definition, &family);
            tasks.push(task.value(&self.base, &Value::Null));
            self.runs.tasks.push(RunningTask {
                task,
                script,
                polls: 0,
                unknown: 0,
            });
        }
        let answer = json!({"tasks": tasks, "failures": failures});
        if let Some(token) = token {
            self.runs
                .answered
                .insert(token, (call.input.clone(), answer.clone()));
        }
        Ok(answer)
    }

    fn new_run(&mut self, call: &Call, cluster: &str, definition: &str, family: &str) -> Task {
        let group = call
            .text("group")
            .map_or_else(|| format!("family:{family}"), str::to_owned);
        let origin = Origin {
            cluster,
            group,
            started_by: call.text("startedBy"),
            launch_type: call.input.get("launchType"),
            has_exec: call.input["enableExecuteCommand"] == true,
            definition,
        };
        let mut task = Task::new(&origin, self);
        task.more = json!({
            "overrides": call.input.get("overrides").cloned().unwrap_or_else(|| json!({"containerOverrides": []})),
            "tags": call.input.get("tags").cloned().unwrap_or_else(|| json!([])),
        });
        task
    }

    /// Advances those of the named tasks that RunTask started.
    pub(super) fn advance_runs(&mut self, named: &[String]) {
        let ids: Vec<&str> = named.iter().map(|named| name_in(named)).collect();
        let mut runs = std::mem::take(&mut self.runs.tasks);
        for run in runs
            .iter_mut()
            .filter(|run| ids.contains(&name_in(&run.task.arn)))
        {
            match run.is_known() {
                true => self.advance_run(run),
                false => run.unknown += 1,
            }
        }
        self.runs.tasks = runs;
    }

    fn advance_run(&mut self, run: &mut RunningTask) {
        run.polls += 1;
        let ran = run.polls.saturating_sub(u32::try_from(WAY_UP.len()).unwrap_or(3));
        match WAY_UP.get(run.polls as usize - 1) {
            _ if run.task.last_status == "STOPPED" => {}
            _ if run.task.desired_status == "STOPPED" => run.task.end_asked(),
            Some(&"RUNNING") if run.script.starts() => run.task.start(self),
            Some(status) if *status != "RUNNING" => run.task.last_status = (*status).to_owned(),
            _ if ran > run.script.polls || !run.script.starts() => {
                let stopped = run.script.stopped();
                self.fail_task(&mut run.task, &stopped);
            }
            _ => {}
        }
    }

    pub(super) fn stop_task(&mut self, call: &Call) -> Answer {
        let cluster = self.cluster_of(call)?;
        let id = name_in(call.text("task").unwrap_or_default()).to_owned();
        let reason = call.text("reason").unwrap_or("Task stopped by user").to_owned();
        let is_it = |task: &Task| task.cluster == cluster && name_in(&task.arn) == id;
        if let Some(run) = self.runs.tasks.iter_mut().find(|run| is_it(&run.task)) {
            if run.task.last_status != "STOPPED" {
                run.task.ask_to_stop(&reason);
            }
            return Ok(json!({"task": run.task.value(&self.base, &Value::Null)}));
        }
        let of_services = self.services.values_mut();
        let task = of_services
            .flat_map(|service: &mut Service| &mut service.tasks)
            .find(|task| is_it(task));
        let task = task.ok_or_else(|| invalid("The referenced task was not found."))?;
        if task.last_status != "STOPPED" {
            // The response still shows it running; the next poll shows it stopped, and another in its place.
            task.ask_to_stop(&reason);
            let shown = task.value(&self.base, &Value::Null);
            task.end_asked();
            return Ok(json!({"task": shown}));
        }
        Ok(json!({"task": task.value(&self.base, &Value::Null)}))
    }
}

impl Runs {
    /// Returns how the next run of a family goes; by default it succeeds at once.
    fn next(&mut self, family: &str) -> Run {
        match self.scripts.get_mut(family) {
            Some(list) if !list.is_empty() => list.remove(0),
            _ => Run::default(),
        }
    }
}
