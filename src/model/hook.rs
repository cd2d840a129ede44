//! Local commands that run at points of a deploy (`hooks:`).

use std::collections::BTreeMap;

use serde::Serialize;

/// A point of a run at which a command of deploy.yaml runs on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum HookPoint {
    /// Before images are built, if any is.
    BeforeBuild,
    /// After all images are built.
    AfterBuild,
    /// Before `deploy` changes the cluster or a service, after the images are pushed.
    BeforeDeploy,
    /// After `deploy` changed something and every service reached the requested state.
    AfterDeploy,
    /// After `deploy` failed.
    OnFailure,
}

impl HookPoint {
    /// Every point, in the order of a run.
    pub const ALL: [Self; 5] = [
        Self::BeforeBuild,
        Self::AfterBuild,
        Self::BeforeDeploy,
        Self::AfterDeploy,
        Self::OnFailure,
    ];

    /// Returns its key under `hooks:`.
    pub fn key(self) -> &'static str {
        match self {
            Self::BeforeBuild => "beforeBuild",
            Self::AfterBuild => "afterBuild",
            Self::BeforeDeploy => "beforeDeploy",
            Self::AfterDeploy => "afterDeploy",
            Self::OnFailure => "onFailure",
        }
    }
}

/// The commands of `hooks:`, for `sh -c`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hooks {
    /// The command of each point that has one.
    pub commands: BTreeMap<HookPoint, String>,
    /// The selected environment, which the commands get in a variable.
    pub environment: Option<String>,
}
