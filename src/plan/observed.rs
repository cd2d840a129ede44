//! The state observed on AWS before planning.

use indexmap::IndexMap;
use jiff::Timestamp;

use crate::ecs;
use crate::model::{
    CapacityBounds, ChangedSecret, CodeDeployNames, Digest, Identity, LogGroupId, UnreadResource,
};

/// Everything that was looked up before planning.
#[derive(Clone, Debug, Default)]
pub struct Observed {
    /// The caller. `None` if it was not needed.
    pub identity: Option<Identity>,
    /// The region that every regional call goes to.
    pub region: String,
    /// The cluster.
    pub cluster: Cluster,
    /// The cluster's capacity providers. Only read if the file names one of Fargate's.
    pub capacity: Option<ecs::ClusterCapacity>,
    /// The services by their key in deploy.yaml; one for each requested service.
    pub services: IndexMap<String, ObservedService>,
    /// The images by their key in deploy.yaml.
    pub images: IndexMap<String, ObservedImage>,
    /// The log groups that were looked up and exist.
    pub log_groups: Vec<LogGroupId>,
    /// Existing log groups whose retention in days differs from the file's; they have none by default.
    pub other_retention: Vec<(LogGroupId, Option<u32>)>,
    /// The log groups that may not be looked up.
    pub unknown_log_groups: Vec<LogGroupId>,
    /// The task definitions of the jobs that have one of their own and a schedule, by the job's name.
    pub jobs: IndexMap<String, ObservedService>,
    /// What EventBridge Scheduler has of the file.
    pub schedules: ObservedSchedules,
    /// The target groups of the services. Only read to estimate and to check.
    pub target_groups: ObservedTargetGroups,
}

/// The target groups of the services.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObservedTargetGroups {
    /// Whether they were to be read.
    pub is_read: bool,
    /// Those that could be read, by ARN; `None` if there is none.
    pub groups: IndexMap<String, Option<ecs::TargetGroupSettings>>,
    /// What could not be read.
    pub unread: Vec<UnreadResource>,
}

impl ObservedTargetGroups {
    /// Whether a target group was read.
    pub fn contains(&self, arn: &str) -> bool {
        self.groups.contains_key(arn)
    }

    /// Returns a target group that exists.
    pub fn get(&self, arn: &str) -> Option<&ecs::TargetGroupSettings> {
        self.groups.get(arn)?.as_ref()
    }

    /// Adds others.
    #[must_use]
    pub fn with(mut self, others: Self) -> Self {
        self.groups.extend(others.groups);
        self.unread.extend(others.unread);
        self
    }
}

/// What EventBridge Scheduler has of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObservedSchedules {
    /// When it was read.
    pub at: Option<Timestamp>,
    /// The schedules of the jobs that were looked up, by the job's name.
    pub of_jobs: IndexMap<String, ecs::LiveSchedule>,
    /// The names of all schedules in the file's group, as far as they could be listed.
    pub names: Vec<String>,
}

/// The cluster's state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cluster {
    /// Exists, and is ACTIVE.
    #[default]
    Active,
    /// Doesn't exist (or is INACTIVE, which is the same for a deployment).
    Missing,
}

/// One service and its task definitions.
#[derive(Clone, Debug, Default)]
pub struct ObservedService {
    /// The service. `None` if it is MISSING or INACTIVE.
    pub service: Option<ecs::Service>,
    /// Whether there is a DRAINING service of that name: CreateService has to wait for it.
    pub draining: bool,
    /// The task definition that the service runs, with `tags` next to its members.
    pub running_definition: Option<ecs::TaskDefinition>,
    /// The family's latest ACTIVE revision, if it isn't the running one.
    pub latest_definition: Option<ecs::TaskDefinition>,
    /// The definition that `base:` or `FAMILY:REV` names.
    pub base_definition: Option<ecs::TaskDefinition>,
    /// The target service revision of the PRIMARY deployment, from which `monitoring` and `gatewayConnectors`
    /// are read back. Only needed if the file sets one of the two.
    pub service_revision: Option<ecs::ServiceRevision>,
    /// Whether the service has a scalable target.
    pub scalable_target: ScalableTarget,
    /// Its CodeDeploy deployment group, if CodeDeploy deploys it.
    pub deployment_group: ObservedGroup,
    /// The secrets that changed after its oldest task was created. Only read on request.
    pub changed_secrets: Vec<ChangedSecret>,
    /// Its autoscaling. Only read if the file has it, or if there is a scalable target.
    pub scaling: Option<ObservedScaling>,
}

/// A service's CodeDeploy deployment group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ObservedGroup {
    /// Not read: not needed, or not permitted.
    #[default]
    Unread,
    /// No group or application has these names.
    Missing(CodeDeployNames),
    /// The group.
    Known(ecs::DeploymentGroup),
}

/// What Application Auto Scaling has of a service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObservedScaling {
    /// The bounds of the scalable target, if there is one.
    pub bounds: Option<CapacityBounds>,
    /// The scaling policies.
    pub policies: Vec<ecs::ScalingPolicy>,
    /// The alarms of the step scaling policies that the file names.
    pub alarms: Vec<ecs::MetricAlarm>,
    /// The scheduled actions.
    pub scheduled: Vec<ecs::ScheduledScaling>,
    /// The resource label of the service's target group.
    pub resource_label: ResourceLabel,
}

/// What identifies the service's target group in the metric ALBRequestCountPerTarget.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ResourceLabel {
    /// Not needed, or the service has no target group.
    #[default]
    NoTargetGroup,
    /// `app/NAME/ID/targetgroup/NAME/ID`.
    Known(String),
    /// The service has several target groups.
    SeveralTargetGroups,
    /// No Application Load Balancer forwards to the target group, by its ARN.
    NotBalanced(String),
}

/// Whether Application Auto Scaling owns the desired count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ScalableTarget {
    /// No.
    #[default]
    None,
    /// Yes, between these bounds.
    Exists(CapacityBounds),
    /// Could not be looked up (access denied): never lower the count.
    Unknown,
}

/// An image's repository, and the deployed versions of the image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObservedImage {
    /// The repository's URI that pushes go to and tasks pull from (`--registry` applied).
    pub repository_uri: String,
    /// Whether the repository exists.
    pub repository_exists: bool,
    /// What the services' running and latest task definitions use from this repository:
    /// manifest digest → the image's config digest.
    pub deployed: IndexMap<Digest, Digest>,
}
