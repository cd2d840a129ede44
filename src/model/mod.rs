//! The data that every room shares. It decides nothing, and knows no room but `diagnostic` and `exit`.

mod arn;
mod digest;
mod event;
mod failure;
mod history;
mod image;
mod look;
mod manifest;
mod node;
mod outcome;
mod phrase;
mod plan;
mod status;
mod value;

pub use arn::Identity;
pub use arn::{AccountId, Arn, DefinitionId, cluster_name, is_region, short_definition};
pub use digest::Digest;
pub use event::{BuildEvent, Event, PushEvent, RolloutEvent, Sink};
pub use failure::{FailureCause, FailureLog, FailureTarget, TaskFailure};
pub use history::{History, PastDeployment, PastImage, PastOutcome};
pub use image::{ImageAttribute, ImageRef, ImageState, Platform};
pub use look::{ContainerStatus, LogLine, ServiceMessage, ServiceMessages, TaskList, TaskStatus};
pub use manifest::{
    Base, Build, BuildSecret, Image, ImageSource, LogGroup, LogGroupId, Manifest, Repository, ServiceSpec,
    TaskDefinitionSource,
};
pub use node::{Entry, Node, NodeKind, Part, Text};
pub use outcome::{Ending, ErrorReport, Outcome, Pause, Recourse, ServiceOutcome};
pub use phrase::prefixed;
pub use plan::{Change, DefinitionPlan, ImagePlan, LogGroupPlan, Plan, ServiceAction, ServicePlan, Shown};
pub use status::CapacityBounds;
pub use status::{
    Address, Addresses, DeploymentStatus, EventStatus, FailedTasks, FlightStatus, HookStatus, ScalingStatus,
    ServiceStatus, Status, TargetCount, TargetGroupStatus, TaskCount,
};
pub use value::{Object, Value};
