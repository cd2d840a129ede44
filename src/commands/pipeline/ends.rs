//! What came of every service that was asked for.

use crate::diagnostic::Failure;
use crate::engine::watch::{Left, ServiceResult, Watch};
use crate::exit::Exit;
use crate::model::{Ending, ErrorReport, Recourse, ServiceOutcome, ServicePlan, TaskFailure};

/// What came of every service that was asked for.
#[derive(Default)]
pub struct Ends {
    /// Those that came to an end.
    pub watched: Vec<ServiceResult>,
    /// What went wrong beside them: calls that failed, a watch that broke off.
    pub failures: Vec<Failure>,
    /// Those that came to none.
    pub open: Vec<Open>,
}

/// A service that came to no end.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// Its name.
    pub service: String,
    /// Why.
    pub why: Why,
    /// The revision that was on its way, `web:43`, where something was.
    pub definition: Option<String>,
    /// Its tasks that failed until then.
    pub failures: Vec<TaskFailure>,
}

/// Why a service came to no end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It was not touched: the service of this name, which it depends on, did not become stable.
    Dependency(String),
    /// It was not touched: going back was chosen before its turn.
    CalledOff,
    /// Going back was chosen, and no deployment of it is under way, nor has this run changed its task definition.
    AsItIs,
    /// It goes on unwatched; a failure says why.
    Left,
}

impl Open {
    /// One of which nothing more is known.
    pub fn unseen(service: &str, why: Why) -> Self {
        Self {
            service: service.to_owned(),
            why,
            definition: None,
            failures: Vec::new(),
        }
    }

    /// One that goes on unwatched.
    pub fn left(left: &Left) -> Self {
        Self {
            service: left.aim.service.clone(),
            why: Why::Left,
            definition: left.aim.short_definition().map(str::to_owned),
            failures: left.failures.clone(),
        }
    }

    /// What is worth a warning: nothing, where a failure says it.
    pub fn warning(&self) -> Option<String> {
        (self.why != Why::Left).then(|| format!("{} was {}", self.service, self.reason()))
    }

    /// What can be done about it.
    fn hint(&self) -> String {
        let service = &self.service;
        match self.why {
            Why::Dependency(_) | Why::CalledOff => format!("ecsctl deploy --only {service}"),
            Why::AsItIs => format!("ecsctl rollback {service} goes back to what ran before"),
            Why::Left => format!("ecsctl wait {service}"),
        }
    }

    /// It as why a run did not end well, where nothing else says why.
    pub fn error(&self) -> ErrorReport {
        ErrorReport {
            code: match self.why {
                Why::Dependency(_) => "dependency-failed",
                Why::CalledOff | Why::AsItIs | Why::Left => "interrupted",
            }
            .to_owned(),
            message: self
                .warning()
                .unwrap_or_else(|| format!("{}: {}", self.service, self.reason())),
            resource: Some(self.service.clone()),
            hint: Some(self.hint()),
        }
    }

    /// The exit code of a run that ends with it. Where it was left for something else, that says so.
    pub fn exit(&self) -> Option<Exit> {
        matches!(self.why, Why::CalledOff | Why::AsItIs).then_some(Exit::Interrupted)
    }

    fn reason(&self) -> String {
        match &self.why {
            Why::Dependency(other) => {
                format!("left alone: {other}, which it depends on, did not become stable")
            }
            Why::CalledOff => "left alone: going back was chosen before its turn".to_owned(),
            Why::AsItIs => {
                "left as it is: no deployment of it is under way, and this run has not changed its task definition"
                    .to_owned()
            }
            Why::Left => {
                let what = self.definition.as_deref().unwrap_or("its deployment");
                format!("{what} was under way when it was last seen, and goes on without ecsctl")
            }
        }
    }

    /// It as what came of the service.
    pub fn outcome(&self) -> ServiceOutcome {
        ServiceOutcome {
            name: self.service.clone(),
            outcome: match self.why {
                Why::Dependency(_) => Ending::Failed,
                Why::CalledOff | Why::AsItIs | Why::Left => Ending::Interrupted,
            },
            requested: self.definition.clone(),
            task_definition: None,
            image: None,
            deployment: None,
            running: None,
            desired: None,
            is_final: self.why != Why::Left,
            exercised: false,
            reason: Some(self.reason()),
            recourse: match self.why {
                Why::Dependency(_) | Why::CalledOff | Why::AsItIs => Recourse::Untouched,
                Why::Left => Recourse::Back,
            },
            cause: None,
            pause: None,
            alarms: Vec::new(),
            failures: self.failures.clone(),
        }
    }
}

impl Ends {
    /// The exit code of it all.
    pub fn exit(&self) -> Exit {
        let watched = self.watched.iter().map(ServiceResult::exit);
        let failures = self.failures.iter().map(|failure| failure.exit);
        let open = self.open.iter().filter_map(Open::exit);
        Exit::of_many(watched.chain(failures).chain(open))
    }

    /// Whether a service, by name, came to a good end.
    fn is_good(&self, service: &str) -> bool {
        let mut ends = self.watched.iter().filter(|end| end.outcome.name == service);
        ends.any(|end| end.exit() == Exit::Done)
    }

    /// Keeps those of a wave whose dependencies, all of them in waves before, came to a good end; the others are
    /// left alone, and so hold up those that depend on them.
    pub(super) fn admit<'a>(
        &mut self,
        wave: Vec<&'a ServicePlan>,
        all: &[ServicePlan],
    ) -> Vec<&'a ServicePlan> {
        let mut admitted = Vec::new();
        for service in wave {
            let mut dependencies = all.iter().filter(|it| service.depends_on.contains(&it.key));
            match dependencies.find(|it| !self.is_good(&it.name)) {
                Some(other) => {
                    let why = Why::Dependency(other.name.clone());
                    self.open.push(Open::unseen(&service.name, why));
                }
                None => admitted.push(service),
            }
        }
        admitted
    }

    /// In the order of these names, whichever came to its end first.
    pub(super) fn sort_by(&mut self, names: &[impl AsRef<str>]) {
        let place = |name: &str| names.iter().position(|it| it.as_ref() == name);
        self.watched.sort_by_key(|end| place(&end.outcome.name));
        self.open.sort_by_key(|open| place(&open.service));
    }

    /// Takes in what came of other services.
    pub fn add(&mut self, other: Ends) {
        self.watched.extend(other.watched);
        self.failures.extend(other.failures);
        self.open.extend(other.open);
    }

    /// Takes in why a watch brought some services to no end. The ends are told as they come, to whoever asked for them.
    pub(super) fn take_failures(&mut self, watch: &mut Watch) {
        self.failures.extend(watch.absent.drain(..).map(Failure::from));
        for (why, left) in watch.unwatchable.drain(..) {
            self.failures.push(why);
            self.open.push(Open::left(&left));
        }
        if let Some(broken_off) = watch.broken_off.take() {
            self.failures.push(broken_off);
            self.open
                .extend(watch.left.drain(..).map(|left| Open::left(&left)));
        }
    }
}
