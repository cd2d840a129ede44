//! deploy.yaml and the session with AWS that it asks for.

use crate::aws::{Aws, SessionOptions, SetupError};
use crate::cli::Assignment;
use crate::commands::Context;
use crate::config::{Loaded, Overrides};
use crate::diagnostic::Failure;
use crate::engine::load::{Ask, Project};
use crate::model::{Identity, cluster_name};
use crate::registry::Reference;
use crate::ui::{self, github::Place};

/// deploy.yaml, checked; where it rests on the account or the region and nobody has told them, stand-ins take
/// their place until `connect`.
pub struct Opened {
    project: Project,
    loaded: Loaded,
}

/// Finds, reads and checks the file, and says its warnings.
pub fn open(context: &Context) -> Result<Opened, Failure> {
    let global = &context.global;
    let pairs = |list: &[Assignment]| {
        list.iter()
            .map(|it| (it.name.clone(), it.value.clone()))
            .collect()
    };
    for image in &global.images {
        image.value.parse::<Reference>()?;
    }
    context.registry()?;
    let ask = Ask {
        file: global.file.clone(),
        vars: pairs(&global.vars),
        overrides: Overrides {
            region: global.region.clone(),
            profile: global.profile.clone(),
            assume_role: global.assume_role.clone(),
            images: pairs(&global.images),
            allow_unknown_fields: global.allow_unknown_fields,
        },
    };
    let project = Project::open(&ask)?;
    let loaded = project.load()?;
    ui::error::print_warnings(&context.printer, &loaded.warnings, &loaded.sources);
    Ok(Opened { project, loaded })
}

impl Opened {
    /// The manifest as far as it is known without AWS.
    pub fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    /// The same, for keeps.
    pub fn into_loaded(self) -> Loaded {
        self.loaded
    }

    /// Whether the manifest rests on something that only a session tells.
    pub fn needs_session(&self) -> bool {
        self.project.lacks_account(&self.loaded) || self.project.lacks_region(&self.loaded)
    }

    /// Opens the session that the flags and the file ask for, and fills in what it tells.
    pub async fn connect(self, context: &Context) -> Result<(Aws, Loaded), Failure> {
        let (aws, loaded, _) = self.connect_as(context).await?;
        Ok((aws, loaded))
    }

    /// The same, and as whom, where STS had to be asked.
    pub async fn connect_as(mut self, context: &Context) -> Result<(Aws, Loaded, Option<Identity>), Failure> {
        let aws = self.session(context).await?;
        if let Some(github) = context.printer.github() {
            github.stand_in(Place {
                cluster: cluster_name(&self.loaded.manifest.cluster).to_owned(),
                region: aws.region().to_owned(),
                is_aws: aws.endpoint_from().is_none(),
            });
        }
        if !self.needs_session() {
            return Ok((aws, self.loaded, None));
        }
        let identity = match self.project.lacks_account(&self.loaded) {
            true => Some(aws.caller_identity().await?),
            false => None,
        };
        let account = identity.as_ref().map(|identity| &identity.account);
        self.project.learn(Some(aws.region()), account);
        let loaded = self.project.load()?;
        Ok((aws, loaded, identity))
    }

    /// The same where the file rests on a session; else a session only if there happens to be one.
    pub async fn connect_if_possible(self, context: &Context) -> Result<(Option<Aws>, Loaded), Failure> {
        if self.needs_session() {
            let (aws, loaded) = self.connect(context).await?;
            return Ok((Some(aws), loaded));
        }
        Ok((self.session(context).await.ok(), self.loaded))
    }

    async fn session(&self, context: &Context) -> Result<Aws, SetupError> {
        let settings = self.project.settings();
        let options = SessionOptions {
            region: settings.region,
            profile: settings.profile,
            assume_role: settings.assume_role,
            endpoint_url: context.global.endpoint_url.clone(),
        };
        Aws::open(&options, &context.clock).await
    }
}
