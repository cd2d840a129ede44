//! Why a plan could not be carried out.

use crate::aws::AwsError;
use crate::diagnostic::{Explain, Explanation, Failure};
use crate::exit::Exit;

/// What was done until then stays, and the next run goes on from it.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// A call failed.
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// Reading failed for good.
    #[error("{0}")]
    Read(Failure),
    /// It was cancelled before anything was sent.
    #[error("cancelled before it was sent")]
    Cancelled,
    /// The plan still waits for images: a defect.
    #[error("the task definition of {service} still waits for {}", images.join(", "))]
    Pending {
        /// The service's name.
        service: String,
        /// `${images.web}`.
        images: Vec<String>,
    },
    /// The plan changes a service that nobody looked up: a defect.
    #[error("service {service} was not looked up on AWS")]
    NotObserved {
        /// The service's name.
        service: String,
    },
    /// AWS's reply names no revision.
    #[error("AWS registered a revision of {family} and did not say which")]
    NoArn {
        /// The family.
        family: String,
    },
    /// Somebody else made a service of that name since the plan.
    #[error("service {service} was made by somebody else since the plan")]
    MadeMeanwhile {
        /// The service's name.
        service: String,
    },
    /// AWS keeps giving back the deleted service.
    #[error("service {service} could not be made: AWS answers with a deleted service of that name")]
    NotMade {
        /// The service's name.
        service: String,
    },
    /// A deleted service of that name doesn't come to its end.
    #[error("the old service {service} still drains after 15m")]
    StillDraining {
        /// The service's name.
        service: String,
        /// The cluster.
        cluster: String,
    },
}

impl ApplyError {
    /// Whether it was cancelled before anything was sent.
    pub fn is_cancelled(&self) -> bool {
        match self {
            Self::Aws(error) => error.is_cancelled(),
            Self::Cancelled => true,
            _ => false,
        }
    }

    /// Whether nobody knows what AWS did with what was sent.
    pub(super) fn is_ambiguous(&self) -> bool {
        matches!(self, Self::Aws(error) if error.is_ambiguous())
    }
}

impl From<Failure> for ApplyError {
    fn from(failure: Failure) -> Self {
        Self::Read(failure)
    }
}

impl Explain for ApplyError {
    fn explain(&self) -> Explanation {
        let unexpected = |code| Explanation::new(Exit::Unexpected, code);
        let preflight = |code| Explanation::new(Exit::Preflight, code);
        let again = "run the same command again: it goes on where it was";
        match self {
            ApplyError::Aws(error) => error.explain(),
            ApplyError::Read(failure) => (**failure).clone(),
            ApplyError::Cancelled => Explanation::new(Exit::Interrupted, "interrupted"),
            ApplyError::Pending { service, .. } => unexpected("image-pending").resource(service),
            ApplyError::NotObserved { service } => unexpected("not-observed").resource(service),
            ApplyError::NoArn { family } => unexpected("no-revision").resource(family).hint(again),
            ApplyError::MadeMeanwhile { service } => preflight("made-meanwhile")
                .resource(service)
                .hint("ecsctl plan shows what a deploy would change in it"),
            ApplyError::NotMade { service } => unexpected("not-made").resource(service).hint(again),
            ApplyError::StillDraining { service, cluster } => {
                preflight("still-draining").resource(service).hint(format!(
                    "aws ecs list-tasks --cluster {cluster} --service-name {service} \
                     shows which tasks don't stop"
                ))
            }
        }
    }
}
