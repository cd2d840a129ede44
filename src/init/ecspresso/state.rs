//! The tfstate plugin: where Terraform's state is.

use super::config::EcspressoConfig;
use crate::config::ConfigError;
use crate::init::draft::{DraftMap, DraftValue};
use crate::init::relative_path::relative;
use crate::model::{Node, Value};

/// Where Terraform's state is, for ecspresso.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatePlugin {
    /// `path`, from deploy.yaml's folder, or `url`.
    pub location: String,
    /// Whether ecsctl can read it: a file, or an object of Amazon S3.
    is_readable: bool,
}

impl StatePlugin {
    /// Reads the plugin's `config`. `folder` is the path of the configuration's folder from deploy.yaml's.
    pub fn of(config: &EcspressoConfig, plugin: &Node, folder: &str) -> Result<Self, ConfigError> {
        let text = |key: &str| match plugin.get("config").and_then(|it| it.get(key)) {
            Some(node) => config.text_of(node, key),
            None => Ok(None),
        };
        if let Some(path) = text("path")? {
            return Ok(Self::in_file(relative(folder, &path)));
        }
        let url = text("url")?.unwrap_or_default();
        Ok(match url.split_once("://") {
            Some(("file", path)) => Self::in_file(path.to_owned()),
            // ecspresso reads such a path from the current folder.
            None => Self::in_file(url),
            Some((scheme, _)) => Self {
                is_readable: scheme == "s3",
                location: url,
            },
        })
    }

    fn in_file(location: String) -> Self {
        Self {
            location,
            is_readable: true,
        }
    }

    /// Adds `tfstate:` to a file.
    pub fn put(&self, root: &mut DraftMap) {
        if self.is_readable {
            root.put(
                "tfstate",
                DraftValue::literal(&Value::from(self.location.as_str())),
            );
            return;
        }
        root.todo(format!(
            "name a copy of the Terraform state in a file or in Amazon S3: ecsctl can't read {}",
            self.location
        ));
        root.sample(&["tfstate: s3://BUCKET/KEY"]);
    }
}
