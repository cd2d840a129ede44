//! Why a plan can't be made.

use crate::diagnostic::{Explain, Explanation, Problem, Span};
use crate::exit::Exit;
use crate::model::cluster_name;

/// One reason why a plan can't be made. Nothing was changed on AWS.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The cluster isn't there and may not be made.
    #[error("no cluster {cluster} in {region}")]
    ClusterMissing {
        /// Its name.
        cluster: String,
        /// Where it was looked for.
        region: String,
    },
    /// Something else deploys this service.
    #[error("service {service} is deployed by {controller}, not by ECS")]
    Controller {
        /// The service's name.
        service: String,
        /// `an external controller`, `ECS Express`.
        controller: &'static str,
    },
    /// A CODE_DEPLOY service takes this by a CodeDeploy deployment only.
    #[error("service {service} is deployed by CodeDeploy, which has to make this change: {}", fields.join(", "))]
    CodeDeploy {
        /// The service's name.
        service: String,
        /// What would change.
        fields: Vec<String>,
    },
    /// A member that only CreateService has.
    #[error("`{field}` of service {service} can't be changed from {from} to {to}")]
    CreateOnly {
        /// The service's name.
        service: String,
        /// The cluster.
        cluster: String,
        /// The member.
        field: &'static str,
        /// What the service has.
        from: Box<str>,
        /// What the file asks for.
        to: Box<str>,
        /// Where the file says so.
        span: Span,
    },
    /// Two members that exclude each other.
    #[error("service {service} names both `launchType` and `capacityProviderStrategy`")]
    LaunchTypeAndStrategy {
        /// The service's name.
        service: String,
        /// Where the launch type is written.
        launch_type: Span,
        /// Where the strategy is written.
        strategy: Span,
    },
    /// The revision that the file names isn't there.
    #[error("no task definition {revision} for service {service}")]
    NoRevision {
        /// The service's name.
        service: String,
        /// As the file writes it.
        revision: String,
        /// Where.
        span: Option<Span>,
    },
    /// The revision that the file names was deregistered.
    #[error("task definition {revision} of service {service} is INACTIVE")]
    InactiveRevision {
        /// The service's name.
        service: String,
        /// As the file writes it.
        revision: String,
        /// Where.
        span: Option<Span>,
    },
    /// `base: live` without a service.
    #[error("service {service} does not exist yet, so there is no definition to base its own on")]
    NoLiveService {
        /// The service's name.
        service: String,
    },
    /// `${images.X.tag}` of a reference that has none.
    #[error("{placeholder} has no value: {reference} was given for it")]
    NoSuchPart {
        /// As the file writes it.
        placeholder: String,
        /// What was given with `--image`.
        reference: String,
    },
    /// Services that wait for each other.
    #[error("services depend on each other in a circle: {}", circle.join(" -> "))]
    Circle {
        /// By key, the first again at the end.
        circle: Vec<String>,
    },
    /// Nobody looked the service up: a defect.
    #[error("service {service} was not looked up on AWS")]
    NotObserved {
        /// Its key.
        service: String,
    },
}

impl PlanError {
    /// The same as a problem at a place in the file, where it has one.
    pub fn problem(&self) -> Option<Problem> {
        let (span, label) = match self {
            PlanError::CreateOnly { span, from, .. } => (*span, format!("the service has {from}")),
            PlanError::LaunchTypeAndStrategy { launch_type, .. } => (*launch_type, "one of them".to_owned()),
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
            PlanError::ClusterMissing { cluster, region } => {
                preflight("cluster-missing").resource(cluster).hint(format!(
                    "aws ecs create-cluster --cluster-name {} --region {region}, \
                     or ecsctl deploy --create-cluster",
                    cluster_name(cluster)
                ))
            }
            PlanError::Controller { service, .. } => preflight("unsupported-controller")
                .resource(service)
                .hint("ecsctl status and its like work for it; deploy it where it is kept"),
            PlanError::CodeDeploy { service, .. } => preflight("codedeploy-change").resource(service).hint(
                "start a CodeDeploy deployment, or move the service to the ECS controller \
                 (deploymentController: {type: ECS})",
            ),
            PlanError::CreateOnly {
                service,
                cluster,
                field,
                from,
                ..
            } => usage("create-only-field").resource(service).details([
                format!(
                    "AWS takes `{field}` when a service is made, and never again: set it back to {from}, \
                     or replace the service"
                ),
                format!(
                    "to replace it: aws ecs delete-service --cluster {cluster} --service {service} --force, \
                     then ecsctl deploy; its tasks stop in between"
                ),
                "without a gap: deploy it under another serviceName beside this one, move the traffic, \
                 then delete this one"
                    .to_owned(),
            ]),
            PlanError::LaunchTypeAndStrategy { service, .. } => usage("launch-type-and-strategy")
                .resource(service)
                .hint("name one of the two"),
            PlanError::NoRevision {
                service, revision, ..
            } => preflight("no-such-revision").resource(service).hint(format!(
                "aws ecs list-task-definitions --family-prefix {}",
                revision.split(':').next().unwrap_or(revision)
            )),
            PlanError::InactiveRevision { service, .. } => preflight("inactive-revision")
                .resource(service)
                .hint("name an ACTIVE revision, or register it anew"),
            PlanError::NoLiveService { service } => preflight("no-live-service")
                .resource(service)
                .hint("create it first with a definition of its own, or base it on a family or revision"),
            PlanError::NoSuchPart { .. } => usage("no-such-image-part").hint("give a reference that has it"),
            PlanError::Circle { .. } => usage("dependency-circle"),
            PlanError::NotObserved { service } => {
                Explanation::new(Exit::Unexpected, "not-observed").resource(service)
            }
        }
    }
}
