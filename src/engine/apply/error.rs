//! Why a plan could not be carried out.

use std::borrow::Cow;

use crate::aws::AwsError;
use crate::diagnostic::Explain;
use crate::exit::Exit;

/// What was done until then stays, and the next run goes on from it.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// A call failed.
    #[error(transparent)]
    Aws(#[from] AwsError),
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
    /// Whether nobody knows what AWS did with what was sent.
    pub(super) fn leaves_open(&self) -> bool {
        matches!(self, Self::Aws(error) if error.is_ambiguous())
    }
}

impl Explain for ApplyError {
    fn exit(&self) -> Exit {
        match self {
            ApplyError::Aws(error) => error.exit(),
            ApplyError::MadeMeanwhile { .. } | ApplyError::StillDraining { .. } => Exit::Preflight,
            ApplyError::Pending { .. }
            | ApplyError::NotObserved { .. }
            | ApplyError::NoArn { .. }
            | ApplyError::NotMade { .. } => Exit::Unexpected,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            ApplyError::Aws(error) => error.code(),
            ApplyError::Pending { .. } => "image-pending",
            ApplyError::NotObserved { .. } => "not-observed",
            ApplyError::NoArn { .. } => "no-revision",
            ApplyError::MadeMeanwhile { .. } => "made-meanwhile",
            ApplyError::NotMade { .. } => "not-made",
            ApplyError::StillDraining { .. } => "still-draining",
        }
    }

    fn resource(&self) -> Option<Cow<'_, str>> {
        match self {
            ApplyError::Aws(error) => error.resource(),
            ApplyError::NoArn { family } => Some(family.into()),
            ApplyError::Pending { service, .. }
            | ApplyError::NotObserved { service }
            | ApplyError::MadeMeanwhile { service }
            | ApplyError::NotMade { service }
            | ApplyError::StillDraining { service, .. } => Some(service.into()),
        }
    }

    fn said(&self) -> Option<(&'static str, Cow<'_, str>)> {
        match self {
            ApplyError::Aws(error) => error.said(),
            _ => None,
        }
    }

    fn hint(&self) -> Option<Cow<'_, str>> {
        match self {
            ApplyError::Aws(error) => error.hint(),
            ApplyError::MadeMeanwhile { .. } => Some("ecsctl plan shows what a deploy would change in it".into()),
            ApplyError::StillDraining { service, cluster } => Some(
                format!("aws ecs list-tasks --cluster {cluster} --service-name {service} shows which tasks don't stop")
                    .into(),
            ),
            ApplyError::NoArn { .. } | ApplyError::NotMade { .. } => {
                Some("run the same command again: it goes on where it was".into())
            }
            ApplyError::Pending { .. } | ApplyError::NotObserved { .. } => None,
        }
    }

    fn details(&self) -> Vec<String> {
        match self {
            ApplyError::Aws(error) => error.details(),
            _ => Vec::new(),
        }
    }
}
