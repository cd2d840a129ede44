//! The examples under `examples/`: each deploys, after which nothing is left to do, and each line of it matters.

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Ecsctl, Scenario, Scripted, cases};

/// An example, and the commands whose requests its snapshot records.
struct Example {
    /// The folder under `examples/`.
    name: &'static str,
    /// The images that it builds. Without Docker, references stand for them.
    images: &'static [&'static str],
    /// What is on AWS before each command.
    scenario: &'static str,
    deploys: &'static [Deploy],
}

/// `ecsctl deploy` of an example.
#[derive(Clone, Copy)]
struct Deploy {
    arguments: &'static [&'static str],
    /// Added to the example's scenario.
    scenario: &'static str,
    exit: i32,
}

/// The deploy of an example as it stands.
const PLAIN: Deploy = Deploy {
    arguments: &[],
    scenario: "",
    exit: 0,
};

const EXAMPLES: [Example; 20] = [
    Example {
        name: "minimal",
        images: &["web"],
        scenario: "",
        deploys: &[PLAIN],
    },
    Example {
        name: "migrations",
        images: &["web"],
        scenario: "clusters: [default, shop]",
        deploys: &[
            PLAIN,
            Deploy {
                scenario: "runs: {web: [{stopped: {exitCode: 1, log: [migrating, 'no such table']}}]}",
                exit: 10,
                ..PLAIN
            },
        ],
    },
    Example {
        name: "scheduled-jobs",
        images: &["web"],
        scenario: "clusters: [default, shop]",
        deploys: &[PLAIN],
    },
    Example {
        name: "load-balancer",
        images: &["web"],
        scenario: "
clusters: [default, shop]
targets: {'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/shop-web/73e2d6bc24d8a067': []}
sources:
  stacks:
    shop-network:
      WebTargetGroupArn: arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/shop-web/73e2d6bc24d8a067
      PrivateSubnetA: subnet-0a1b2c3d4e5f60718
      PrivateSubnetB: subnet-18273645f0e1d2c3b
      WebSecurityGroup: sg-0a1b2c3d4e5f60718
",
        deploys: &[
            PLAIN,
            Deploy {
                scenario: "account: '210987654321'",
                exit: 3,
                ..PLAIN
            },
        ],
    },
    Example {
        name: "autoscaling",
        images: &["web"],
        scenario: "
clusters: [default, shop]
targets: {'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/shop-web/73e2d6bc24d8a067': []}
",
        deploys: &[PLAIN],
    },
    Example {
        name: "step-scaling",
        images: &["worker"],
        scenario: "clusters: [default, shop]",
        deploys: &[PLAIN],
    },
    Example {
        name: "many-services",
        images: &["backend", "web"],
        scenario: "clusters: [default, shop]",
        deploys: &[
            PLAIN,
            Deploy {
                arguments: &["--timeout", "1m"],
                scenario: "rollouts: {api: [{frames: [{pending: 0}]}]}",
                exit: 6,
            },
        ],
    },
    Example {
        name: "sidecar-firelens",
        images: &["web"],
        scenario: "clusters: [default, shop]",
        deploys: &[PLAIN],
    },
    Example {
        name: "ec2",
        images: &["web"],
        scenario: "
clusters: [default, shop-ec2]
targets: {'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/shop-web/73e2d6bc24d8a067': []}
",
        deploys: &[PLAIN],
    },
    Example {
        name: "spot",
        images: &["worker"],
        scenario: "clusters: [default, shop]",
        deploys: &[PLAIN],
    },
    Example {
        name: "blue-green",
        images: &["web"],
        scenario: "
clusters: [default, shop]
targets: {'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/shop-blue/73e2d6bc24d8a067': []}
",
        deploys: &[Deploy { exit: 9, ..PLAIN }],
    },
    Example {
        name: "code-deploy",
        images: &["web"],
        scenario: "
clusters: [default, shop]
targets: {'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/shop-blue/73e2d6bc24d8a067': []}
",
        deploys: &[
            PLAIN,
            Deploy {
                scenario: "
codeDeploy: {web: {applicationName: shop, deploymentGroupName: web}}
definitions:
  - family: web
    networkMode: awsvpc
    requiresCompatibilities: [FARGATE]
    cpu: '512'
    memory: '1024'
    executionRoleArn: arn:aws:iam::123456789012:role/ecsTaskExecutionRole
    containerDefinitions:
      - name: web
        image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/web:0
        portMappings: [{containerPort: 8080}]
services:
  web:
    input:
      cluster: shop
      taskDefinition: web:1
      desiredCount: 2
      launchType: FARGATE
      deploymentController: {type: CODE_DEPLOY}
      loadBalancers:
        - containerName: web
          containerPort: 8080
          targetGroupArn: arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/shop-blue/73e2d6bc24d8a067
      networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1], securityGroups: [sg-1]}}
",
                ..PLAIN
            },
        ],
    },
    Example {
        name: "terraform",
        images: &["web"],
        scenario: "
clusters: [default, shop]
definitions:
  - family: shop-web
    networkMode: awsvpc
    requiresCompatibilities: [FARGATE]
    cpu: '512'
    memory: '1024'
    executionRoleArn: arn:aws:iam::123456789012:role/shop-web-execution
    containerDefinitions:
      - name: app
        image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:bootstrap
        portMappings: [{containerPort: 8080}]
        environment: [{name: DATABASE_HOST, value: db.shop.internal}]
services:
  shop-web:
    input:
      cluster: shop
      taskDefinition: shop-web:1
      desiredCount: 2
      launchType: FARGATE
      networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1], securityGroups: [sg-1]}}
",
        deploys: &[PLAIN],
    },
    Example {
        name: "monorepo",
        images: &["api", "web"],
        scenario: "
clusters: [default, shop]
region: eu-central-1
sources:
  parameters:
    /shop/network/subnet-a: subnet-0a1b2c3d4e5f60718
    /shop/network/subnet-b: subnet-18273645f0e1d2c3b
    /shop/network/security-group: sg-0a1b2c3d4e5f60718
  secrets: {shop/database: '{\"password\": \"x\"}'}
",
        deploys: &[
            Deploy {
                arguments: &["-e", "staging"],
                scenario: "account: '210987654321'",
                exit: 0,
            },
            Deploy {
                arguments: &["-e", "production"],
                ..PLAIN
            },
            Deploy { exit: 2, ..PLAIN },
            Deploy {
                arguments: &["-e", "staging"],
                exit: 3,
                ..PLAIN
            },
            Deploy {
                arguments: &["-e", "production"],
                scenario: "account: '210987654321'",
                exit: 3,
            },
            Deploy {
                arguments: &["-e", "production", "--timeout", "1m"],
                scenario: "rollouts: {api: [{frames: [{pending: 0}]}]}",
                exit: 6,
            },
        ],
    },
    Example {
        name: "service-connect",
        images: &["api", "web"],
        scenario: "clusters: [default, shop]",
        deploys: &[
            PLAIN,
            Deploy {
                arguments: &["--timeout", "1m"],
                scenario: "rollouts: {api: [{frames: [{pending: 0}]}]}",
                exit: 6,
            },
        ],
    },
    Example {
        name: "service-discovery",
        images: &["web"],
        scenario: "clusters: [default, shop]",
        deploys: &[PLAIN],
    },
    Example {
        name: "vpc-lattice",
        images: &["web"],
        scenario: "clusters: [default, shop]",
        deploys: &[PLAIN],
    },
    Example {
        name: "ebs-volume",
        images: &["worker"],
        scenario: "clusters: [default, shop]",
        deploys: &[PLAIN],
    },
    Example {
        name: "efs",
        images: &["web"],
        scenario: "clusters: [default, shop]",
        deploys: &[PLAIN],
    },
    Example {
        name: "managed-instances",
        images: &["web"],
        scenario: "clusters: [default, shop]",
        deploys: &[PLAIN],
    },
];

/// The folder of the examples.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

fn example(name: &str) -> &'static Example {
    EXAMPLES
        .iter()
        .find(|example| example.name == name)
        .expect("an example")
}

/// The files of an example by their paths in its folder, with one of them replaced.
struct Files(Vec<(String, String)>);

impl Files {
    fn of(example: &Example) -> Self {
        let folder = root().join(example.name);
        let mut files = Vec::new();
        add_files(&folder, &folder, &mut files);
        files.sort();
        Self(files)
    }

    /// Returns the text of one of them.
    fn text(&self, path: &str) -> &str {
        let mut files = self.0.iter();
        let found = files.find(|(known, _)| known == path);
        found.map_or_else(|| panic!("no file {path}"), |(_, text)| text)
    }

    /// Returns them without each line in turn of the files that ecsctl reads, with the path and the line; comments
    /// and blank lines stay.
    fn without_each_line(&self) -> impl Iterator<Item = (Self, String)> {
        let read = self.0.iter().enumerate().filter(|(_, (path, _))| {
            let path = Path::new(path);
            path.extension().is_some_and(|it| it == "yaml" || it == "env")
        });
        read.flat_map(move |(file, (path, text))| {
            let lines = text.lines().enumerate();
            let written = lines.filter(|(_, line)| !line.trim().is_empty() && !line.trim().starts_with('#'));
            written.map(move |(at, line)| {
                let rest = text.lines().enumerate().filter(|(other, _)| *other != at);
                let rest: String = rest.map(|(_, line)| format!("{line}\n")).collect();
                let mut files = self.0.clone();
                files[file].1 = rest;
                (Self(files), format!("{path}:{}: {line}", at + 1))
            })
        })
    }
}

fn add_files(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            add_files(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("a file of the example");
            let text = fs::read_to_string(&path).expect("a file of text");
            files.push((name.to_str().expect("UTF-8").to_owned(), text));
        }
    }
}

impl Example {
    fn server(&self, deploy: Deploy) -> Scripted {
        Scripted::start(Scenario::parse(&format!(
            "{}\n{}",
            self.scenario, deploy.scenario
        )))
    }

    /// Returns a run of a verb on these files, with images that were built before.
    fn run(&self, server: &Scripted, verb: &[&str], deploy: Deploy, files: &Files) -> Ecsctl {
        let images: Vec<String> = self
            .images
            .iter()
            .map(|name| format!("--image={name}=123456789012.dkr.ecr.us-east-1.amazonaws.com/{name}:1"))
            .collect();
        let images: Vec<&str> = images.iter().map(String::as_str).collect();
        self.run_to_build(server, &[verb, &images].concat(), deploy, files)
    }

    /// Returns a run of a verb that builds the images.
    fn run_to_build(&self, server: &Scripted, verb: &[&str], deploy: Deploy, files: &Files) -> Ecsctl {
        let arguments = [verb, deploy.arguments].concat();
        let run = Ecsctl::on(server, &arguments)
            .without("AWS_REGION")
            .env("GITHUB_SHA", "0123456789abcdef0123456789abcdef01234567");
        files
            .0
            .iter()
            .fold(run, |run, (path, text)| run.write(path, text))
    }

    /// Deploys and returns the exit code and what was written to AWS, in an order of its own, because services are
    /// deployed side by side.
    fn requests(&self, deploy: Deploy, files: &Files) -> (Scripted, String) {
        let server = self.server(deploy);
        let output = self.run(&server, &["deploy"], deploy, files).run();
        let log = server.log();
        let is_write = |name: &str| log.writes().contains(&name);
        let mut writes: Vec<String> = log
            .0
            .iter()
            .filter(|exchange| is_write(&exchange.name))
            .map(|exchange| {
                let mut input = exchange.input.clone();
                // Derived from the other members.
                for token in ["clientToken", "ClientToken"] {
                    input.as_object_mut().map(|members| members.remove(token));
                }
                format!("{} {}", exchange.name, pretty(&input))
            })
            .collect();
        writes.sort();
        let command = [&["deploy"], deploy.arguments].concat().join(" ");
        let head = format!("$ ecsctl {command}  # exit {}\n", output.code());
        assert!(!output.stderr.contains("panicked at"), "{}", output.stderr);
        (server, head + &writes.join("\n"))
    }

    /// Returns what it builds.
    fn images(&self, files: &Files) -> String {
        let first = self.deploys[0];
        let server = self.server(first);
        let render = self.run_to_build(&server, &["render", "-o", "json"], first, files);
        let output = render.run();
        match output.code() {
            0 => format!("images {}", pretty(&output.json()["images"])),
            code => format!("exit {code}"),
        }
    }

    /// Returns what it does: the requests of each of its deploys, and its images.
    fn effects<'a>(&'a self, files: &'a Files) -> impl Iterator<Item = String> + 'a {
        let requests = self.deploys.iter();
        let requests = requests.map(|deploy| self.requests(*deploy, files).1);
        requests.chain(std::iter::once_with(|| self.images(files)))
    }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("JSON")
}

fn deploys_and_leaves_nothing_to_do(name: &str) {
    let example = example(name);
    let files = Files::of(example);
    let mut effects = Vec::new();
    for deploy in example.deploys {
        let (server, requests) = example.requests(*deploy, &files);
        let code = format!("  # exit {}\n", deploy.exit);
        assert!(requests.contains(&code), "{requests}");
        effects.push(requests);
        if deploy.exit == 9 {
            let approval = example.run_to_build(&server, &["continue", "web"], *deploy, &files);
            approval.run().exits(0);
        }
        if matches!(deploy.exit, 0 | 9) {
            crate::support::aws_models::assert_valid(&server);
            server.clear_log();
            let plan = example.run(&server, &["plan", "--exit-code"], *deploy, &files);
            plan.run().exits(0);
            example.run(&server, &["deploy"], *deploy, &files).run().exits(0);
            assert_eq!(server.log().writes(), [""; 0]);
        }
    }
    effects.push(example.images(&files));
    assert_snapshot!(name.replace('-', "_"), effects.join("\n\n"));
}

fn every_line_matters(name: &str) {
    let example = example(name);
    let files = Files::of(example);
    let expected: Vec<String> = example.effects(&files).collect();
    let without = files.without_each_line();
    let superfluous: Vec<String> = without
        .filter(|(files, _)| example.effects(files).eq(expected.iter().cloned()))
        .map(|(_, line)| line)
        .collect();
    assert!(
        superfluous.is_empty(),
        "these lines change nothing: {superfluous:#?}"
    );
}

/// What `init --service` writes of each service that it deploys changes nothing.
fn services_are_written_from_live(name: &str) {
    let example = example(name);
    let files = Files::of(example);
    for deploy in example
        .deploys
        .iter()
        .filter(|deploy| matches!(deploy.exit, 0 | 9))
    {
        let (server, _) = example.requests(*deploy, &files);
        if deploy.exit == 9 {
            let approval = example.run_to_build(&server, &["continue", "web"], *deploy, &files);
            approval.run().exits(0);
        }
        server.clear_log();
        crate::init::live_service::plans_nothing(&server);
    }
}

/// It renders, its builds find what they need, and three lines say why it is as it is.
fn renders_and_says_why(name: &str) {
    let example = example(name);
    let files = Files::of(example);
    let first = example.deploys[0];
    let server = example.server(first);
    example.run(&server, &["render"], first, &files).run().exits(0);
    let list = example.run_to_build(&server, &["build", "--list-context", "-o", "json"], first, &files);
    list.run().exits(0);
    let comments = files
        .text("deploy.yaml")
        .lines()
        .take_while(|line| line.starts_with('#'));
    assert_eq!(comments.count(), 3, "lines of why in {name}");
}

macro_rules! each_example {
    ($($check:ident)+) => {
        $(cases! { $check {
            minimal("minimal");
            load_balancer("load-balancer");
            autoscaling("autoscaling");
            step_scaling("step-scaling");
            many_services("many-services");
            sidecar_firelens("sidecar-firelens");
            ec2("ec2");
            spot("spot");
            blue_green("blue-green");
            code_deploy("code-deploy");
            terraform("terraform");
            monorepo("monorepo");
            migrations("migrations");
            scheduled_jobs("scheduled-jobs");
            service_connect("service-connect");
            service_discovery("service-discovery");
            vpc_lattice("vpc-lattice");
            ebs_volume("ebs-volume");
            efs("efs");
            managed_instances("managed-instances");
        } })+
    };
}

each_example! {
    deploys_and_leaves_nothing_to_do every_line_matters renders_and_says_why services_are_written_from_live
}

/// `hello` belongs to scripts/demo, which deploys it; `generate` is a program.
#[test]
fn every_folder_is_tested() {
    let entries = fs::read_dir(root()).expect("examples");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"));
    let mut names: Vec<String> = names
        .filter(|name| name != "hello" && name != "generate")
        .collect();
    names.sort();
    let mut tested = EXAMPLES.map(|example| example.name);
    tested.sort_unstable();
    assert_eq!(names, tested);
}
