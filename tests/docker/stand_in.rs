//! The stand-in for AWS that `scripts/setup` starts: what a test asks of it by itself, and the cleaning up.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::ground::{Docker, endpoint};
use crate::project::Project;
use crate::support::Ecsctl;

/// Time for a container to start on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A cluster of a test's own, taken away with all that is in it at the end.
pub struct StandIn<'a> {
    address: SocketAddr,
    project: &'a Project<'a>,
}

impl<'a> StandIn<'a> {
    /// For a project, whose name its cluster, services and repositories bear.
    pub fn for_project(project: &'a Project<'a>) -> Option<Self> {
        let endpoint = endpoint()?;
        let address = endpoint.trim_start_matches("http://").trim_end_matches('/');
        Some(Self {
            address: address.parse().expect("the stand-in's address and port"),
            project,
        })
    }

    /// `ecsctl ARGUMENTS…` in the project, against the stand-in, with the real clock.
    pub fn ecsctl(&self, arguments: &[&str]) -> Ecsctl {
        self.project
            .ecsctl(arguments)
            .without("ECSCTL_TEST_CLOCK")
            .env("AWS_ENDPOINT_URL", format!("http://{}", self.address))
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .env("ECSCTL_REGISTRY", self.address.to_string())
            .env("ECSCTL_SETTLE", "2s")
    }

    /// An operation of a service that speaks JSON.
    pub fn ask(&self, service: &str, operation: &str, input: &Value) -> Value {
        let (target, name) = match service {
            "ecs" => ("AmazonEC2ContainerServiceV20141113", "ecs"),
            "ecr" => ("AmazonEC2ContainerRegistry_V20150921", "ecr"),
            _ => ("Logs_20140328", "logs"),
        };
        let headers = format!(
            "content-type: application/x-amz-json-1.1\r\nx-amz-target: {target}.{operation}\r\nauthorization: \
             AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/{name}/aws4_request, SignedHeaders=host, \
             Signature=0\r\n"
        );
        let (_, body) = exchange(self.address, "POST", "/", &headers, &input.to_string()).expect("an answer");
        serde_json::from_str(&body).unwrap_or_default()
    }

    fn cluster(&self) -> &str {
        &self.project.name
    }

    /// The service, as DescribeServices has it.
    pub fn service(&self, name: &str) -> Value {
        let input = json!({"cluster": self.cluster(), "services": [name]});
        self.ask("ecs", "DescribeServices", &input)["services"][0].clone()
    }

    /// What any write changes: the revisions of a family, and the service's deployments.
    pub fn state(&self, service: &str) -> Value {
        let revisions = self.ask("ecs", "ListTaskDefinitions", &json!({"familyPrefix": service}));
        let service = self.service(service);
        let deployments: Vec<&Value> = service["deployments"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|deployment| &deployment["id"])
            .collect();
        json!([
            revisions["taskDefinitionArns"],
            service["taskDefinition"],
            deployments
        ])
    }

    fn tasks(&self) -> Vec<Value> {
        let listed = self.ask("ecs", "ListTasks", &json!({"cluster": self.cluster()}));
        listed["taskArns"].as_array().cloned().unwrap_or_default()
    }

    /// The page that the service's one running task shows, at the address of its network interface.
    pub fn page(&self) -> String {
        let described = self.ask(
            "ecs",
            "DescribeTasks",
            &json!({"cluster": self.cluster(), "tasks": self.tasks()}),
        );
        let running: Vec<&Value> = described["tasks"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|task| task["lastStatus"] == "RUNNING")
            .collect();
        let [task] = running[..] else {
            panic!("one task runs, and not {described:#}");
        };
        let details = task["attachments"][0]["details"]
            .as_array()
            .expect("an interface");
        let address = details
            .iter()
            .find(|detail| detail["name"] == "privateIPv4Address")
            .and_then(|detail| detail["value"].as_str())
            .expect("an address");
        let address = format!("{address}:8080").parse().expect("an address");
        let begun = Instant::now();
        loop {
            // A task that runs may need a moment to listen: nothing looks at its health.
            match exchange(address, "GET", "/", "", "") {
                Ok((200, page)) => return page,
                other => assert!(begun.elapsed() < PATIENCE, "no page at {address}: {other:?}"),
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for StandIn<'_> {
    fn drop(&mut self) {
        let cluster = self.cluster();
        let services = self.ask("ecs", "ListServices", &json!({"cluster": cluster}));
        for service in services["serviceArns"].as_array().into_iter().flatten() {
            let input = json!({"cluster": cluster, "service": service, "force": true});
            self.ask("ecs", "DeleteService", &input);
        }
        for task in self.tasks() {
            self.ask("ecs", "StopTask", &json!({"cluster": cluster, "task": task}));
        }
        let revisions = self.ask("ecs", "ListTaskDefinitions", &json!({"familyPrefix": cluster}));
        for revision in revisions["taskDefinitionArns"].as_array().into_iter().flatten() {
            self.ask(
                "ecs",
                "DeregisterTaskDefinition",
                &json!({"taskDefinition": revision}),
            );
        }
        self.ask("ecs", "DeleteCluster", &json!({"cluster": cluster}));
        self.ask(
            "ecr",
            "DeleteRepository",
            &json!({"repositoryName": cluster, "force": true}),
        );
        self.ask(
            "logs",
            "DeleteLogGroup",
            &json!({"logGroupName": format!("/ecs/{cluster}")}),
        );
        if let Some(docker) = Docker::of_the_stand_in() {
            docker.remove_labelled(cluster);
        }
    }
}

/// One request and the status and body of its answer.
pub fn exchange(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    // HTTP/1.0: the answer is not in chunks, and ends with the connection.
    write!(
        stream,
        "{method} {path} HTTP/1.0\r\nhost: {address}\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head
        .split_whitespace()
        .nth(1)
        .and_then(|status| status.parse().ok());
    Ok((status.unwrap_or(0), body.to_owned()))
}

/// A daemon, for tests that also need the stand-in; None after saying which of them is missing.
pub fn ground() -> Option<Docker> {
    endpoint()?;
    Docker::find()
}
