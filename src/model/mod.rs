//! Data types shared by every module. Contains no decisions and depends only on `diagnostic` and `exit`.

mod arn;
mod autoscaling;
mod change;
mod change_path;
mod changed_secret;
mod code_deploy;
mod command_string;
mod digest;
mod ending;
mod event;
mod explained_value;
mod failure;
mod hex;
mod history;
mod hook;
mod image;
mod image_reference;
mod inspect;
mod job_result;
mod job_schedules;
mod look_verb;
mod manifest;
mod node;
mod outcome_document;
mod plan;
mod preflight;
mod registry_host;
mod rollout_estimate;
mod schedule;
mod schedule_plan;
mod secret_reference;
mod service_names;
mod shell_word;
mod short_id;
mod status;
mod step_scaling;
mod text;
mod userinfo;
mod value;

pub use arn::Identity;
pub use arn::{AccountId, Arn, DefinitionId, cluster_name, is_region, short_definition};
pub use autoscaling::{
    Autoscaling, METRIC_MEMBERS, ScheduledAction, TARGET_TRACKING_CONFIGURATION, TargetTracking,
};
pub use change::{Change, DisplayValue};
pub use change_path::{ChangePath, PathStep};
pub use changed_secret::ChangedSecret;
pub use code_deploy::{CodeDeployNames, CodeDeployPlan, CodeDeploySettings};
pub use command_string::command_string;
pub use digest::Digest;
pub use ending::Ending;
pub use event::{BuildEvent, Event, HookEvent, PushEvent, RolloutEvent, Sink};
pub use explained_value::{ExplainedReference, ExplainedValue, FilePosition, ValueSource};
pub use failure::{ActionLogEntry, FailureCause, FailureLog, FailureTarget, TaskFailure};
pub use hex::hex;
pub use history::{History, PastDeployment, PastImage, PastOutcome};
pub use hook::{HookPoint, Hooks};
pub use image::{ImageAttribute, ImageRef, ImageState, Platform};
pub use image_reference::ImageReference;
pub(crate) use image_reference::check_tag;
pub use inspect::{ContainerStatus, LogLine, ServiceMessage, ServiceMessages, TaskList, TaskStatus};
pub use job_result::{JobEvent, JobResult, JobStage, task_id};
pub use job_schedules::JobSchedules;
pub use look_verb::LookVerb;
pub use manifest::{
    Base, Build, BuildSecret, Image, ImageSource, Job, JobSource, LogGroup, LogGroupId, Manifest, Repository,
    ServiceSpec, TaskDefinitionSource, split_secret,
};
pub use node::{Entry, Node, NodeKind, Part, Text};
pub use outcome_document::{AvailableActions, ErrorReport, Outcome, PausedDeployment, ServiceOutcome};
pub use plan::{
    AlarmWrite, DefinitionPlan, ImagePlan, JobPlan, LogGroupPlan, OrphanedScaling, Plan, ScalingPart,
    ScalingPlan, ScalingWrite, ServiceAction, ServicePlan,
};
pub use preflight::{CheckedServiceDocument, Finding, FindingSeverity, PreflightDocument, UnreadResource};
pub use registry_host::{RegistryHost, registry_domain};
pub use rollout_estimate::{EstimatePart, EstimateStep, RolloutEstimate};
pub use schedule::{
    AWSVPC_MEMBERS, ECS_PARAMETERS, LONGEST_FILE_NAME, SCHEDULE_MEMBERS, Schedule, TARGET_MEMBERS,
    schedule_group,
};
pub use schedule_plan::{OrphanedSchedules, ScheduleAction, SchedulePlan, ScheduleResult};
pub use secret_reference::SecretReference;
pub use service_names::ServiceNames;
pub use shell_word::shell_word;
pub use short_id::short_id;
pub use status::CapacityBounds;
pub use status::{
    Address, Addresses, AlarmStatus, DeploymentStatus, EventStatus, FailedTasks, HookStatus,
    InProgressStatus, ScalingActivityStatus, ScalingPolicyStatus, ScalingStatus, ScheduleStatus,
    ServiceStatus, Status, TargetCount, TargetGroupStatus, TaskCount,
};
pub use step_scaling::{ALARM_ACTIONS, STEP_SCALING_CONFIGURATION, StepScaling};
pub use text::{plural, prefixed, there_are};
pub use userinfo::{MASK, mask_url_passwords, mask_userinfo};
pub use value::{Object, Value, into_object};
