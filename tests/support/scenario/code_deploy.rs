//! CodeDeploy: a service's deployment group, and how its deployments go.

use serde::Deserialize;
use serde_json::Value;

use super::{Count, Stopped};

/// A deployment group. Its names are by default those of `aws ecs deploy`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CodeDeployGroup {
    pub application_name: Option<String>,
    pub deployment_group_name: Option<String>,
    /// Members of DeploymentGroupInfo, merged over the usual ones.
    pub group: Value,
    /// How its deployments go, in order (default: healthy, and done at the fifth poll).
    pub deployments: Vec<Vec<CodeDeployFrame>>,
}

/// What the next polls show.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct CodeDeployFrame {
    /// Number of polls (default 1).
    pub polls: Option<u32>,
    /// The lifecycle event in progress; those before it have succeeded.
    pub stage: Option<String>,
    /// Running and pending tasks of the replacement task set.
    pub running: Option<Count>,
    pub pending: Option<Count>,
    /// Tasks of it that stopped since the last poll.
    pub stopped: Vec<Stopped>,
    /// The traffic is shifted: the replacement task set is PRIMARY, and the wait for the termination begins.
    pub shift: bool,
    /// Waits until somebody reroutes the traffic.
    pub ready: bool,
    /// It succeeds: the original task set is gone.
    pub settle: bool,
    /// It fails with this `errorInformation`.
    pub error: Value,
    /// The `diagnostics` of the lifecycle event in progress, which fails.
    pub diagnostics: Value,
    /// It was stopped, as `errorInformation` says, rather than failed.
    pub stopped_by_user: bool,
}

/// The frames of a healthy deployment.
pub fn usual_code_deploy(waits_for_reroute: bool) -> Vec<CodeDeployFrame> {
    let all = || Some(Count::Word(super::All::All));
    let none = || Some(Count::Number(0));
    let stage = |name: &str| CodeDeployFrame {
        stage: Some(name.to_owned()),
        ..CodeDeployFrame::default()
    };
    let mut frames = vec![
        CodeDeployFrame {
            pending: all(),
            ..stage("Install")
        },
        CodeDeployFrame {
            running: all(),
            pending: none(),
            ..stage("BeforeAllowTraffic")
        },
    ];
    if waits_for_reroute {
        frames.push(CodeDeployFrame {
            ready: true,
            ..CodeDeployFrame::default()
        });
    }
    frames.push(stage("AllowTraffic"));
    frames.push(CodeDeployFrame {
        shift: true,
        ..CodeDeployFrame::default()
    });
    frames.push(CodeDeployFrame {
        settle: true,
        ..CodeDeployFrame::default()
    });
    frames
}
