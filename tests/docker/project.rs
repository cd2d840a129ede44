//! A person's project: a folder with deploy.yaml, a Dockerfile and what is built from it, under names of its own.

use std::collections::BTreeMap;
use std::io::Read;

use crate::ground::Docker;
use crate::support::{Ecsctl, Scripted};

/// A shell in an image made of nothing but busybox: no registry is needed.
const BASE: &str = "FROM scratch AS base\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n";

/// What a web server's Dockerfile ends with. As a container's first process httpd doesn't hear SIGTERM.
const SERVE: &str =
    "STOPSIGNAL SIGKILL\nCMD [\"/bin/busybox\", \"httpd\", \"-f\", \"-p\", \"8080\", \"-h\", \"/www\"]\n";

/// A service of one image that is built here.
pub const SERVICE: &str = r#"
region: us-east-1
images:
  web: {repository: acme/web, build: .}
services:
  web:
    taskDefinition:
      cpu: 256
      memory: 512
      executionRoleArn: arn:aws:iam::000000000000:role/ecsTaskExecutionRole
      containerDefinitions: {web: {image: "${images.web}"}}
    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}
"#;

/// A project. Its images, and containers of them, are removed when it is dropped.
pub struct Project<'a> {
    docker: &'a Docker,
    folder: tempfile::TempDir,
    /// Differs from every other project's, and may be part of any name.
    pub name: String,
}

impl<'a> Project<'a> {
    /// A folder with busybox in it.
    pub fn new(docker: &'a Docker) -> Self {
        let folder = tempfile::Builder::new().prefix("ecsctl-").tempdir().unwrap();
        let name = folder.path().file_name().unwrap().to_str().unwrap();
        let name = name.to_lowercase();
        let project = Self { docker, folder, name };
        std::fs::copy("/bin/busybox", project.path("busybox")).unwrap();
        project
    }

    /// With a file.
    #[must_use]
    pub fn with(self, name: &str, text: &str) -> Self {
        self.write(name, text);
        self
    }

    /// With a Dockerfile that goes on from a base with a shell.
    #[must_use]
    pub fn with_steps(self, steps: &str) -> Self {
        let dockerfile = self.dockerfile(steps);
        self.with("Dockerfile", &dockerfile)
    }

    /// With a service of an image that nothing else has.
    #[must_use]
    pub fn with_service(self) -> Self {
        self.with("deploy.yaml", SERVICE)
            .with_steps("COPY content /content\nCMD sleep 1\n")
            .with("content", "one")
    }

    /// With the image of a web server that shows a page, to be changed by writing `www/index.html`.
    #[must_use]
    pub fn with_page(self, page: &str) -> Self {
        self.with_steps(&format!("COPY www /www\n{SERVE}"))
            .with("www/index.html", page)
    }

    /// A Dockerfile of a base with a shell, and these steps.
    pub fn dockerfile(&self, steps: &str) -> String {
        format!("{BASE}{}{steps}", self.label())
    }

    /// The line by which the project's images are known.
    pub fn label(&self) -> String {
        format!("LABEL ecsctl.test={}\n", self.name)
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// `ecsctl ARGUMENTS…` in the folder, with the daemon and no AWS.
    pub fn ecsctl(&self, arguments: &[&str]) -> Ecsctl {
        let home = self.path(".home");
        std::fs::create_dir_all(&home).unwrap();
        Ecsctl::new(arguments)
            .inside(self.folder.path())
            .env("HOME", home.to_str().unwrap())
            .env("DOCKER_HOST", &self.docker.host)
    }

    /// The same against a scripted ECS.
    pub fn on(&self, server: &Scripted, arguments: &[&str]) -> Ecsctl {
        self.ecsctl(arguments)
            .env("AWS_ENDPOINT_URL", server.url())
            .env("ECSCTL_REGISTRY", server.registry())
    }

    /// `ecsctl build`, which must work, and the image's id.
    #[track_caller]
    pub fn build(&self) -> String {
        let output = self.ecsctl(&["build"]).run().exits(0);
        output.stdout.trim().to_owned()
    }

    /// The files of an image, and what is in them; a link as `-> target`. No container has to run for it.
    #[track_caller]
    pub fn files(&self, image: &str) -> BTreeMap<String, String> {
        let container = self.docker.ok(&["create", image, "nothing"]);
        let exported = self.docker.run(&["export", &container]);
        self.docker.ok(&["rm", &container]);
        let mut archive = tar::Archive::new(exported.stdout.as_slice());
        let files = archive.entries().unwrap().map(|entry| {
            let mut entry = entry.unwrap();
            let path = entry.path().unwrap().to_str().unwrap().to_owned();
            let mut text = Vec::new();
            match entry.link_name().unwrap() {
                Some(target) => text.extend(format!("-> {}", target.display()).into_bytes()),
                None => drop(entry.read_to_end(&mut text).unwrap()),
            }
            (path, String::from_utf8_lossy(&text).into_owned())
        });
        files.filter(|(path, _)| !path.ends_with('/')).collect()
    }
}

impl Drop for Project<'_> {
    fn drop(&mut self) {
        self.docker.remove_labelled(&self.name);
    }
}
