//! What was read of a workspace of Copilot.

/// A workspace: a folder with `copilot/` in it.
#[derive(Clone, Debug, Default)]
pub struct CopilotWorkspace {
    /// The folder's name as the user typed it.
    pub name: String,
    /// The name of the application, from `.workspace`.
    pub application: Option<String>,
    /// The manifests of services and jobs.
    pub manifests: Vec<ManifestFile>,
    /// The environments that have a folder.
    pub environments: Vec<String>,
    /// Whether there are pipelines.
    pub has_pipelines: bool,
    /// The folder that paths in manifests are relative to, itself relative to that of deploy.yaml.
    pub folder: String,
}

/// A manifest as read.
#[derive(Clone, Debug, Default)]
pub struct ManifestFile {
    /// Its path as the user would type it.
    pub path: String,
    /// Its content.
    pub text: String,
    /// What is beside it in its folder and has no counterpart.
    pub left_out: Vec<String>,
}
