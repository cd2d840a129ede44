//! The reasons why planning fails.

use crate::diagnostic::{Explain, Explanation, Failure, Problem, Span, Suggestion};
use crate::ecs::DeploymentGroup;
use crate::exit::Exit;
use crate::model::{CodeDeployNames, DefinitionId, cluster_name};

/// A reason why planning failed. Nothing was changed on AWS.
#[derive(Debug, Clone, thiserror::Error)]
pub enum PlanError {
    /// A failure without a position in the file.
    #[error("{0}")]
    Refused(Failure),
    /// The service is deployed by something else.
    #[error("service {service} is deployed by {controller}, not by ECS")]
    Controller {
        /// The service's name.
        service: String,
        /// `an external controller`, `ECS Express`.
        controller: &'static str,
    },
    /// The change of a member that only CreateService has.
    #[error("`{field}` of service {service} can't be changed from {from} to {to}")]
    CreateOnly {
        /// The service's name.
        service: String,
        /// Its key in the file.
        key: String,
        /// The member.
        field: &'static str,
        /// The service's value.
        from: Box<str>,
        /// The file's value.
        to: Box<str>,
        /// The position of the value in the file.
        span: Span,
    },
    /// An error at a position in the file.
    #[error("{}", problem.message)]
    InFile {
        /// The service's name.
        service: String,
        /// The exit code.
        exit: Exit,
        /// The error.
        problem: Box<Problem>,
    },
    /// Two members that exclude each other.
    #[error("service {service} has both `launchType` and `capacityProviderStrategy`")]
    LaunchTypeAndStrategy {
        /// The service's name.
        service: String,
        /// The position of the launch type.
        launch_type: Span,
        /// The position of the strategy.
        strategy: Span,
    },
    /// The revision that the file names doesn't exist.
    #[error("no task definition {revision} for service {service}")]
    NoRevision {
        /// The service's name.
        service: String,
        /// The revision as written in the file.
        revision: String,
        /// Its position.
        span: Option<Span>,
    },
    /// The revision that the file names was deregistered.
    #[error("task definition {revision} of service {service} is INACTIVE")]
    InactiveRevision {
        /// The service's name.
        service: String,
        /// The revision as written in the file.
        revision: String,
        /// Its position.
        span: Option<Span>,
    },
}

impl PlanError {
    /// Returns the error as a problem at a position in the file, if it has one.
    pub fn problem(&self) -> Option<Problem> {
        let (span, label) = match self {
            PlanError::InFile { problem, .. } => return Some((**problem).clone()),
            PlanError::CreateOnly { span, from, .. } => (*span, format!("the service has {from}")),
            PlanError::LaunchTypeAndStrategy { launch_type, .. } => (*launch_type, "one of them".to_owned()),
            PlanError::NoRevision { span, revision, .. } if family_of(revision).is_none() => {
                ((*span)?, "this family has no ACTIVE revision".to_owned())
            }
            PlanError::NoRevision { span, .. } => ((*span)?, "not on AWS".to_owned()),
            PlanError::InactiveRevision { span, .. } => ((*span)?, "deregistered".to_owned()),
            _ => return None,
        };
        let Explanation {
            code, hint, details, ..
        } = self.explain();
        let mut problem = Problem::error(code, self.to_string(), span).label(label);
        if let PlanError::LaunchTypeAndStrategy { strategy, .. } = self {
            problem = problem.other(*strategy, "and the other");
        }
        Some(Problem {
            notes: details,
            hint,
            ..problem
        })
    }
}

impl Explain for PlanError {
    fn explain(&self) -> Explanation {
        let usage = |code| Explanation::new(Exit::Usage, code);
        let preflight = |code| Explanation::new(Exit::Preflight, code);
        match self {
            PlanError::Refused(failure) => (**failure).clone(),
            PlanError::Controller { service, .. } => preflight("unsupported-controller")
                .resource(service)
                .hint("the verbs status, tasks, logs and events work for it; deploy it where it is managed"),
            PlanError::CreateOnly {
                service,
                key,
                field,
                from,
                ..
            } => usage("create-only-field")
                .resource(service)
                .details([
                    format!("`{field}` can only be set when the service is created: set it back to {from}, or replace the service"),
                    "without downtime: deploy it under another serviceName beside this one, move the traffic, \
                     then delete this one"
                        .to_owned(),
                ])
                .hint(
                    Suggestion::from("to replace it with downtime, from the stop of its tasks until new ones are healthy: ")
                        .run("delete", key.clone())
                        .then(", then ")
                        .run("deploy", format!("--only {key}")),
                ),
            PlanError::InFile {
                service,
                exit,
                problem,
            } => Explanation::new(*exit, problem.code)
                .resource(service)
                .details(problem.notes.iter().cloned())
                .maybe_hint(problem.hint.clone()),
            PlanError::LaunchTypeAndStrategy { service, .. } => usage("launch-type-and-strategy")
                .resource(service)
                .hint("remove one of the two"),
            PlanError::NoRevision {
                service, revision, ..
            } => preflight("no-such-revision").resource(service).hint(match family_of(revision) {
                Some(family) => format!("aws ecs list-task-definitions --family-prefix {family}"),
                None => format!(
                    "aws ecs list-task-definition-families --status ACTIVE lists the families; create {revision} \
                     where it is managed"
                ),
            }),
            PlanError::InactiveRevision { service, .. } => preflight("inactive-revision")
                .resource(service)
                .hint("use an ACTIVE revision, or register it again"),
        }
    }
}

/// Returns the error for a cluster that doesn't exist and may not be created.
pub(super) fn cluster_missing(cluster: &str, region: &str) -> PlanError {
    let message = format!("no cluster {cluster} in {region}");
    let failure = Failure::new(Exit::Preflight, "cluster-missing", message).resource(cluster);
    let create = format!(
        "aws ecs create-cluster --cluster-name {} --region {region}, or ",
        cluster_name(cluster)
    );
    PlanError::Refused(failure.hint(Suggestion::from(create).run("deploy", "--create-cluster")))
}

/// Returns the error for members that neither UpdateService nor a CodeDeploy deployment changes.
pub(super) fn codedeploy_change(service: &str, fields: &[String]) -> PlanError {
    let message = format!(
        "service {service} is deployed by CodeDeploy, so this can't be changed: {}",
        fields.join(", ")
    );
    let failure = Failure::new(Exit::Preflight, "codedeploy-change", message).resource(service);
    PlanError::Refused(failure.hint(
        "remove the change from deploy.yaml, or move the service to the ECS controller \
         (deploymentController: {type: ECS})",
    ))
}

/// Returns the error for a CODE_DEPLOY service without a deployment group.
pub(super) fn no_deployment_group(key: &str, service: &str, names: &CodeDeployNames) -> PlanError {
    let message =
        format!("service {service} is deployed by CodeDeploy, and there is no deployment group {names}");
    let failure = Failure::new(Exit::Preflight, "no-deployment-group", message).resource(service);
    PlanError::Refused(failure.hint(format!(
        "create both with aws deploy create-application and create-deployment-group, or set \
         `codeDeploy: {{applicationName: …, deploymentGroupName: …}}` of service {key}"
    )))
}

/// Returns the error for a deployment group that deploys another service.
pub(super) fn other_services_group(
    service: &str,
    names: &CodeDeployNames,
    group: &DeploymentGroup,
) -> PlanError {
    let others: Vec<String> = group
        .services
        .iter()
        .map(|(cluster, service)| format!("{service} in cluster {cluster}"))
        .collect();
    let message = format!(
        "deployment group {names} doesn't deploy service {service}, but {}",
        others.join(", ")
    );
    let failure = Failure::new(Exit::Preflight, "other-deployment-group", message).resource(service);
    PlanError::Refused(failure.hint("set `deploymentGroupName` of `codeDeploy` to the group of this service"))
}

/// Returns the error for a CODE_DEPLOY service without a load balancer.
pub(super) fn no_load_balancer(service: &str) -> PlanError {
    let message = format!("service {service} is deployed by CodeDeploy, but has no load balancer");
    let failure = Failure::new(Exit::Preflight, "no-load-balancer", message).resource(service);
    PlanError::Refused(failure.hint("add `loadBalancers` to the service: CodeDeploy shifts their traffic"))
}

/// Why `base: live` has no task definition to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoLiveDefinition {
    /// There is no service.
    NoService,
    /// The service is deleted, and its last tasks are stopping.
    Draining,
    /// Neither the service nor a PRIMARY task set has one.
    NoTaskDefinition,
}

/// Returns the error for `base: live` without a task definition.
pub(super) fn no_live_definition(service: &str, span: Span, why: NoLiveDefinition) -> PlanError {
    let why = match why {
        NoLiveDefinition::NoService => "does not exist yet",
        NoLiveDefinition::Draining => "is DRAINING",
        NoLiveDefinition::NoTaskDefinition => "runs no task definition",
    };
    let message = format!("service {service} {why}: `base: live` has no task definition to start from");
    let problem = Problem::error("no-live-service", message, span)
        .hint("create the service with a complete task definition, or use a family or revision as base");
    PlanError::InFile {
        service: service.to_owned(),
        exit: Exit::Preflight,
        problem: Box::new(problem),
    }
}

/// Returns the family of `FAMILY:REV` or a revision's ARN. `None` for a family.
fn family_of(revision: &str) -> Option<String> {
    DefinitionId::parse(revision).map(|id| id.family)
}

/// Returns the error for `${images.X.tag}` if the reference given with `--image` has no tag.
pub(super) fn no_such_part(placeholder: &str, reference: &str) -> PlanError {
    let message = format!("{placeholder} has no value in {reference}");
    let failure = Failure::new(Exit::Usage, "no-such-image-part", message);
    PlanError::Refused(failure.hint("use a reference that has it"))
}

/// Returns the error for a dependency cycle of services, by key; the first is repeated at the end.
pub(super) fn dependency_circle(circle: &[String]) -> PlanError {
    let message = format!("services depend on each other: {}", circle.join(" -> "));
    PlanError::Refused(Failure::new(Exit::Usage, "dependency-circle", message))
}

/// Returns the error for a service that was not looked up: a bug in ecsctl.
pub fn not_observed(service: &str) -> PlanError {
    let message = format!("service {service} was not read from AWS");
    PlanError::Refused(Failure::new(Exit::Unexpected, "not-observed", message).resource(service))
}
