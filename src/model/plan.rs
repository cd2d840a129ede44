//! The deployment plan: typed, printable, countable, and ready to apply.

use std::fmt;

use serde::Serialize;

use super::{
    CapacityBounds, Change, ChangedSecret, CodeDeployPlan, DefinitionId, Digest, DisplayValue, ImageRef,
    ImageState, Object, OrphanedSchedules, RolloutEstimate, SchedulePlan, Value, cluster_name,
};

/// Everything that a deploy will change, in the order of deploy.yaml.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// The cluster.
    pub cluster: String,
    /// Whether the cluster is created first (`--create-cluster`).
    pub create_cluster: bool,
    /// The capacity providers that are associated with the cluster when it is created.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cluster_capacity_providers: Vec<String>,
    /// Whether there is no such cluster.
    pub cluster_missing: bool,
    /// The region.
    pub region: String,
    /// The account, if known.
    pub account: Option<String>,
    /// The images that the services need.
    pub images: Vec<ImagePlan>,
    /// Log groups to create.
    pub log_groups: Vec<LogGroupPlan>,
    /// Log groups that may not be looked up. They are no changes, but a deploy that changes something creates them
    /// unless they exist.
    #[serde(skip)]
    pub unknown_log_groups: Vec<LogGroupPlan>,
    /// The services.
    pub services: Vec<ServicePlan>,
    /// The jobs with a task definition of their own: those that run on a schedule, and those of these deploys whose task
    /// definition is registered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub jobs: Vec<JobPlan>,
    /// The schedule group to create.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_schedule_group: Option<String>,
    /// The file's schedules that it no longer has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orphaned_schedules: Option<OrphanedSchedules>,
    /// Problems that don't stop the deploy.
    pub warnings: Vec<String>,
}

impl Plan {
    /// Returns the number of changes: task definitions, services, schedules, log groups, repositories, the cluster.
    pub fn changes(&self) -> usize {
        let services: usize = self.services.iter().map(ServicePlan::changes).sum();
        let repositories = self.images.iter().filter(|image| image.create_repository);
        let jobs: usize = self.jobs.iter().map(JobPlan::changes).sum();
        let orphaned = self.orphaned_schedules.as_ref();
        let deleted = orphaned.map_or(0, |it| it.deleted().len());
        let deleted = deleted + usize::from(self.create_schedule_group.is_some());
        services
            + jobs
            + deleted
            + self.log_groups.len()
            + repositories.count()
            + usize::from(self.create_cluster)
    }

    /// Returns the schedules that the plan is about.
    pub fn schedules(&self) -> impl Iterator<Item = &SchedulePlan> {
        let of_services = self.services.iter().flat_map(|it| &it.schedules);
        of_services.chain(self.jobs.iter().filter_map(|it| it.schedule.as_ref()))
    }

    /// Whether a deploy would write nothing to AWS.
    pub fn is_empty(&self) -> bool {
        self.changes() == 0
    }

    /// Returns the warning of a plan that `deploy` refuses: the cluster is missing, and may not be created.
    pub fn refusal(&self) -> Option<String> {
        let is_refused = self.cluster_missing && !self.create_cluster;
        let cluster = cluster_name(&self.cluster);
        is_refused.then(|| format!("cluster {cluster} is missing: deploy needs --create-cluster"))
    }
}

/// The planned changes of an image.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImagePlan {
    /// Its key.
    pub name: String,
    /// Its repository's URI.
    pub repository: String,
    /// Whether the repository has to be created.
    pub create_repository: bool,
    /// How much is known about the image.
    pub state: ImageState,
    /// The deployed digest, if it is the same image.
    pub deployed: Option<Digest>,
}

/// A log group to create.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogGroupPlan {
    /// Its name.
    pub name: String,
    /// Its region, if different from that of the deploy.
    pub region: Option<String>,
    /// Retention in days; unlimited by default.
    pub retention_days: Option<u32>,
}

/// The planned changes of a service.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServicePlan {
    /// Its key in deploy.yaml.
    pub key: String,
    /// The ECS service's name.
    pub name: String,
    /// Its task definition.
    pub definition: DefinitionPlan,
    /// The action on the service itself.
    pub action: ServiceAction,
    /// Its autoscaling, if the file has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scaling: Option<ScalingPlan>,
    /// The schedules of the jobs that run its task definition.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<SchedulePlan>,
    /// Its CodeDeploy deployment, if CodeDeploy deploys it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_deploy: Option<CodeDeployPlan>,
    /// Secrets that its tasks have an old value of, unless the plan replaces the tasks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed_secrets: Vec<ChangedSecret>,
    /// How long the rollout takes, if the plan starts one and it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rollout: Option<RolloutEstimate>,
    /// The keys of the services that must be stable first.
    pub depends_on: Vec<String>,
    /// The jobs that run before the service is changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub before_deploy: Vec<String>,
    /// The jobs that run once the service is stable.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub after_deploy: Vec<String>,
}

impl ServicePlan {
    /// Returns the number of its parts that change.
    pub fn changes(&self) -> usize {
        usize::from(!matches!(self.definition, DefinitionPlan::Keep { .. }))
            + usize::from(!matches!(self.action, ServiceAction::Keep))
            + self.scaling.as_ref().map_or(0, ScalingPlan::changes)
            + self.schedules.iter().filter(|it| it.is_change()).count()
    }

    /// Returns the CodeDeploy deployment that is made, if the plan makes one.
    pub fn code_deployment(&self) -> Option<&CodeDeployPlan> {
        let is_new = matches!(
            self.action,
            ServiceAction::Update {
                new_definition: true,
                ..
            }
        );
        self.code_deploy.as_ref().filter(|it| is_new || it.replaces_tasks)
    }

    /// Whether the service changes whatever its pending values turn out to be: they may be those that it has.
    pub fn changes_for_certain(&self) -> bool {
        let is_known = |change: &Change| !matches!(change.after, DisplayValue::Pending(_));
        let definition = match &self.definition {
            DefinitionPlan::Keep { .. } => None,
            DefinitionPlan::Register { changes, pending, .. } => {
                Some(pending.is_empty() || changes.iter().any(is_known))
            }
        };
        match &self.action {
            ServiceAction::Keep => false,
            ServiceAction::Create { .. } => true,
            ServiceAction::Update {
                changes,
                new_definition,
                tags,
                ..
            } => {
                (*new_definition && definition != Some(false))
                    || !tags.is_empty()
                    || changes.iter().any(is_known)
            }
        }
    }
}

/// The plan of a job with a task definition of its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JobPlan {
    /// The job.
    pub name: String,
    /// Its task definition.
    pub definition: DefinitionPlan,
    /// Its schedule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule: Option<SchedulePlan>,
}

impl JobPlan {
    /// Whether it has a schedule that changes.
    pub fn has_schedule_change(&self) -> bool {
        self.schedule.as_ref().is_some_and(SchedulePlan::is_change)
    }

    /// Returns the number of its parts that change.
    pub fn changes(&self) -> usize {
        usize::from(matches!(self.definition, DefinitionPlan::Register { .. }))
            + usize::from(self.has_schedule_change())
    }
}

/// The planned action on a task definition.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "action")]
pub enum DefinitionPlan {
    /// Use an existing revision.
    #[serde(rename_all = "camelCase")]
    Keep {
        /// The revision's ARN.
        arn: String,
    },
    /// Register a new revision.
    #[serde(rename_all = "camelCase")]
    Register {
        /// The family.
        family: String,
        /// RegisterTaskDefinition's input; complete if `pending` is empty.
        input: Value,
        /// The revision it was compared with.
        baseline: Option<DefinitionId>,
        /// The differences from the baseline. Empty if there is none.
        changes: Vec<Change>,
        /// Image references to fill in after build and push.
        pending: Vec<ImageRef>,
    },
}

/// The planned action on a service.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "action")]
pub enum ServiceAction {
    /// No change.
    Keep,
    /// Create the service. `input` is CreateService's without `cluster`, `taskDefinition` and `clientToken`.
    #[serde(rename_all = "camelCase")]
    Create {
        /// CreateService's input.
        input: Value,
        /// Whether a service of that name is still draining; CreateService is refused until it is gone.
        draining: bool,
    },
    /// Update the service. `input` is UpdateService's without `cluster`, `service` and `taskDefinition`.
    #[serde(rename_all = "camelCase")]
    Update {
        /// UpdateService's input: the specified fields that differ.
        input: Value,
        /// The differences.
        changes: Vec<Change>,
        /// Whether the task definition changes with it.
        new_definition: bool,
        /// Tags to set (TagResource): only keys that the file specifies.
        tags: Vec<(String, String)>,
    },
}

impl ServiceAction {
    /// Whether the service itself changes, not only its tags.
    pub fn is_change(&self) -> bool {
        match self {
            Self::Keep => false,
            Self::Create { .. } => true,
            Self::Update {
                input,
                new_definition,
                ..
            } => *new_definition || input.as_object().is_some_and(|it| !it.is_empty()),
        }
    }

    /// Returns the input of the call on the service itself, if there is one.
    pub fn input(&self) -> Option<&Object> {
        match self {
            Self::Keep => None,
            Self::Create { input, .. } | Self::Update { input, .. } => input.as_object(),
        }
    }

    /// Whether the call starts a deployment for certain (API reference: UpdateService, `taskDefinition`,
    /// `forceNewDeployment`).
    pub fn starts_deployment(&self) -> bool {
        match self {
            Self::Keep => false,
            Self::Create { .. } => true,
            Self::Update { new_definition, .. } => {
                let forces = self.input().and_then(|input| input.get("forceNewDeployment"));
                *new_definition || forces.and_then(Value::as_bool) == Some(true)
            }
        }
    }

    /// Whether the update changes the task definition and nothing else.
    pub fn changes_definition_alone(&self) -> bool {
        match self {
            Self::Keep | Self::Create { .. } => false,
            Self::Update {
                input,
                new_definition,
                tags,
                ..
            } => {
                *new_definition && tags.is_empty() && input.as_object().is_none_or(serde_json::Map::is_empty)
            }
        }
    }
}

/// The planned changes of a service's autoscaling. All of them are idempotent.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScalingPlan {
    /// Whether the service has no scalable target yet.
    pub create: bool,
    /// The bounds to register, if they differ.
    pub bounds: Option<CapacityBounds>,
    /// The policies to put.
    pub policies: Vec<ScalingWrite>,
    /// The alarms of step scaling policies to put.
    pub alarms: Vec<AlarmWrite>,
    /// The scheduled actions to put.
    pub scheduled_actions: Vec<ScalingWrite>,
    /// The differences.
    pub changes: Vec<Change>,
    /// ecsctl's policies and scheduled actions that the file no longer names.
    pub orphaned: Vec<OrphanedScaling>,
    /// Whether those are deleted (`--prune`).
    pub prune: bool,
}

impl ScalingPlan {
    /// Whether the target, a policy, an alarm or a scheduled action is put.
    pub fn puts(&self) -> bool {
        let writes = [&self.policies, &self.scheduled_actions];
        self.bounds.is_some() || !self.alarms.is_empty() || writes.iter().any(|it| !it.is_empty())
    }

    /// Returns what is deleted.
    pub fn deleted(&self) -> &[OrphanedScaling] {
        if self.prune { &self.orphaned } else { &[] }
    }

    /// Returns the number of changes: the autoscaling counts once, and each deleted part.
    pub fn changes(&self) -> usize {
        usize::from(self.puts()) + self.deleted().len()
    }
}

/// A policy or scheduled action to put.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScalingWrite {
    /// Its name on AWS.
    pub name: String,
    /// The input, without its name and what identifies the service.
    pub input: Value,
}

/// An alarm to put.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AlarmWrite {
    /// Its name on AWS.
    pub name: String,
    /// The policy that it triggers.
    pub policy: String,
    /// The ARN of that policy, unless it is put first.
    pub policy_arn: Option<String>,
    /// The input, without its name and the policy.
    pub input: Value,
}

/// A part of a service's autoscaling that ecsctl made, and that the file no longer names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrphanedScaling {
    /// What it is.
    pub kind: ScalingPart,
    /// Its name on AWS.
    pub name: String,
}

/// A part of a service's autoscaling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ScalingPart {
    /// A scaling policy.
    Policy,
    /// The CloudWatch alarm of a step scaling policy.
    Alarm,
    /// A scheduled action.
    ScheduledAction,
}

impl fmt::Display for ScalingPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Policy => "policy",
            Self::Alarm => "alarm",
            Self::ScheduledAction => "scheduled action",
        })
    }
}
