//! What the tests stand on.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;

/// A variable of `.ecsctl-dev/env`. None when it isn't set, after saying that the test is skipped.
pub fn address(name: &str) -> Option<String> {
    let value = std::env::var(name).ok().filter(|value| !value.is_empty());
    if value.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{name} is not set");
        println!("SKIPPED: {name} is not set (run scripts/setup, then `. .ecsctl-dev/env`)");
    }
    value
}

/// A registry of the OCI distribution, without logins.
pub fn registry() -> Option<String> {
    address("ECSCTL_TEST_REGISTRY")
}

/// The stand-in for AWS.
pub fn endpoint() -> Option<String> {
    address("ECSCTL_TEST_ENDPOINT")
}

/// A Docker daemon, and Docker's own client with a configuration of its own.
pub struct Docker {
    pub host: String,
    config: tempfile::TempDir,
}

impl Docker {
    /// The daemon that `scripts/setup` found or started.
    pub fn find() -> Option<Self> {
        Some(Self {
            host: address("ECSCTL_TEST_DOCKER_HOST")?,
            config: tempfile::tempdir().unwrap(),
        })
    }

    /// The daemon that runs the stand-in's containers, where it is not the one that is tested.
    pub fn of_the_stand_in() -> Option<Self> {
        Some(Self {
            host: std::env::var("DOCKER_HOST")
                .ok()
                .filter(|host| !host.is_empty())?,
            config: tempfile::tempdir().unwrap(),
        })
    }

    /// Removes the containers and images of a project.
    pub fn remove_labelled(&self, project: &str) {
        // Containers have the labels of their images.
        let filter = format!("label=ecsctl.test={project}");
        // Parents stay that have no label: other projects' builds start from them.
        for (list, remove) in [("ps", &["rm"][..]), ("images", &["rmi", "--no-prune"])] {
            let listed = self.run(&[list, "--all", "--quiet", "--no-trunc", "--filter", &filter]);
            for id in String::from_utf8_lossy(&listed.stdout).lines() {
                self.run(&[remove, &["--force", id]].concat());
            }
        }
    }

    /// The folder of the client's configuration: nobody else's logins are in it.
    pub fn config(&self) -> &Path {
        self.config.path()
    }

    /// BuildKit and the classic builder, as DOCKER_BUILDKIT names them. The classic one runs its steps as containers.
    pub fn builders(&self) -> &'static [&'static str] {
        if self.runs_containers() {
            &["1", "0"]
        } else {
            println!("SKIPPED: the classic builder, as this daemon can't run containers");
            &["1"]
        }
    }

    /// Whether it can: a new daemon with an old runc builds, and can't.
    pub fn runs_containers(&self) -> bool {
        static ANSWER: OnceLock<bool> = OnceLock::new();
        *ANSWER.get_or_init(|| {
            let image = Tagged::import(self, format!("ecsctl.test/probe:{}", std::process::id()), "");
            let run = self.run(&["run", "--rm", "--network", "none", &image.name, "/absent"]);
            // A container that could be made says that there is no such program in it.
            let words = String::from_utf8_lossy(&run.stderr).into_owned();
            words.contains("no such file") || words.contains("not found")
        })
    }

    /// `docker ARGUMENTS…`.
    pub fn run(&self, arguments: &[&str]) -> Output {
        Command::new("docker")
            .arg("--config")
            .arg(self.config())
            .args(["--host", &self.host])
            .args(arguments)
            .output()
            .expect("docker, the client, is installed")
    }

    /// The same, and it must work.
    #[track_caller]
    pub fn ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "docker {arguments:?}: {stderr}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}

/// An image that is removed again at the end.
pub struct Tagged<'a> {
    docker: &'a Docker,
    id: String,
    pub name: String,
}

impl<'a> Tagged<'a> {
    /// A file system of one file, under a name.
    pub fn import(docker: &'a Docker, name: String, content: &str) -> Self {
        let tar = docker.config().join("layer.tar");
        let mut builder = tar::Builder::new(std::fs::File::create(&tar).unwrap());
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder
            .append_data(&mut header, "content", content.as_bytes())
            .unwrap();
        builder.finish().unwrap();
        let id = docker.ok(&["import", tar.to_str().unwrap(), &name]);
        Self { docker, id, name }
    }
}

impl Drop for Tagged<'_> {
    fn drop(&mut self) {
        // By its id, so that the digest which a push has noted goes too.
        self.docker.run(&["rmi", "--force", &self.id]);
    }
}
