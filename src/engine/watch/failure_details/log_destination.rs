//! Where a container logs to, according to its task definition.

use crate::ecs::TaskDefinition;

/// The log destination of a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogDestination {
    /// CloudWatch Logs.
    CloudWatch {
        /// The log group.
        group: String,
        /// The log stream.
        stream: String,
        /// `awslogs-region`, if set.
        region: Option<String>,
    },
    /// A destination that ecsctl can't read.
    Elsewhere {
        /// The log driver, or `None` if there is no logConfiguration.
        driver: Option<String>,
        /// A description of the destination.
        place: String,
    },
}

/// Determines where `container` logs to. `definition` is its task definition; the tuple has the task's ID
/// and launch type; `runtime_id` is the stream name if there is no prefix.
pub fn log_destination(
    definition: &TaskDefinition,
    container: &str,
    (task, launch_type): (&str, Option<&str>),
    runtime_id: Option<&str>,
) -> Option<LogDestination> {
    let Some(configuration) = &definition.container(container)?.log_configuration else {
        return Some(LogDestination::Elsewhere {
            driver: None,
            place: unconfigured(launch_type).to_owned(),
        });
    };
    let (driver, option) = (configuration.driver.as_str(), |name: &str| {
        configuration.option(name)
    });
    if driver != "awslogs" {
        return Some(LogDestination::Elsewhere {
            driver: Some(driver.to_owned()),
            place: elsewhere(driver, &option),
        });
    }
    // API reference, LogConfiguration: with awslogs-stream-prefix the stream is
    // prefix-name/container-name/ecs-task-id; "if you don't specify a prefix …, the log stream is named after
    // the container ID that's assigned by the Docker daemon".
    let stream = match option("awslogs-stream-prefix") {
        Some(prefix) => format!("{prefix}/{container}/{task}"),
        None => runtime_id?.to_owned(),
    };
    Some(LogDestination::CloudWatch {
        group: option("awslogs-group")?.to_owned(),
        stream,
        region: option("awslogs-region").map(str::to_owned),
    })
}

/// Where a container without a logConfiguration logs to. "By default, containers use the same logging driver
/// that the Docker daemon uses" (API reference: LogConfiguration), and Docker's own default is json-file
/// (Docker's documentation: "Configure logging drivers"). On Fargate that log can't be read; logs are
/// available only where a configuration sends them (ECS developer guide, "Send Amazon ECS logs to
/// CloudWatch"). For Managed Instances this is undocumented.
fn unconfigured(launch_type: Option<&str>) -> &'static str {
    match launch_type {
        Some("FARGATE") => "no logs: the container has no logConfiguration",
        Some("EC2" | "EXTERNAL") => {
            "stored on the container instance by Docker's default log driver: the container has no logConfiguration"
        }
        _ => "unknown log location: the container has no logConfiguration",
    }
}

/// Where other log drivers send logs. Shows only options that name a destination, since others may be
/// secret. (API reference, LogConfiguration; Docker's documentation of each driver.)
fn elsewhere<'a>(driver: &str, option: &dyn Fn(&str) -> Option<&'a str>) -> String {
    let (to, names): (&str, &[&str]) = match driver {
        "awsfirelens" => ("sent through FireLens", &["Name", "@type"]),
        "splunk" => ("sent to Splunk", &["splunk-url"]),
        "fluentd" => ("sent to Fluentd", &["fluentd-address"]),
        "gelf" => ("sent as GELF", &["gelf-address"]),
        "syslog" => ("sent to syslog", &["syslog-address"]),
        "logentries" => ("sent to Logentries", &[]),
        "json-file" | "journald" | "local" => ("stored on the container instance", &[]),
        "none" => ("discarded", &[]),
        _ => ("sent elsewhere", &[]),
    };
    match names.iter().find_map(|name| option(name)) {
        Some(place) => format!("{to} ({place}) by log driver {driver}"),
        None => format!("{to} by log driver {driver}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn of(log: Value) -> Option<LogDestination> {
        let definition = json!({"containerDefinitions": [
            {"name": "proxy"}, {"name": "web", "logConfiguration": log}]});
        log_destination(
            &TaskDefinition::read(definition.clone()),
            "web",
            ("3f2a91c0", Some("FARGATE")),
            Some("d0cke2"),
        )
    }

    #[test]
    fn the_stream_is_prefix_container_and_task_id() {
        let options = json!({"awslogs-group": "/ecs/web", "awslogs-stream-prefix": "shop", "awslogs-region": "eu-west-1"});
        let expected = LogDestination::CloudWatch {
            group: "/ecs/web".to_owned(),
            stream: "shop/web/3f2a91c0".to_owned(),
            region: Some("eu-west-1".to_owned()),
        };
        assert_eq!(
            of(json!({"logDriver": "awslogs", "options": options})),
            Some(expected)
        );
    }

    #[test]
    fn without_a_prefix_the_stream_is_the_runtime_id() {
        let log = json!({"logDriver": "awslogs", "options": {"awslogs-group": "g"}});
        let Some(LogDestination::CloudWatch {
            stream, region: None, ..
        }) = of(log.clone())
        else {
            panic!()
        };
        assert_eq!(stream, "d0cke2");
        let definition = json!({"containerDefinitions": [{"name": "web", "logConfiguration": log}]});
        assert_eq!(
            log_destination(
                &TaskDefinition::read(definition.clone()),
                "web",
                ("3f2a91c0", None),
                None
            ),
            None
        );
    }

    #[test]
    fn other_drivers_show_the_place_and_no_secret() {
        let rows = [
            (
                json!({"logDriver": "splunk", "options": {"splunk-url": "https://splunk:8088", "splunk-token": "s3cret"}}),
                "sent to Splunk (https://splunk:8088) by log driver splunk",
            ),
            (
                json!({"logDriver": "awsfirelens", "options": {"Name": "datadog", "apikey": "s3cret"}}),
                "sent through FireLens (datadog) by log driver awsfirelens",
            ),
            (
                json!({"logDriver": "json-file"}),
                "stored on the container instance by log driver json-file",
            ),
            (
                json!({"logDriver": "tomorrow"}),
                "sent elsewhere by log driver tomorrow",
            ),
            (json!(null), "no logs: the container has no logConfiguration"),
        ];
        for (log, expected) in rows {
            let Some(LogDestination::Elsewhere { place, .. }) = of(log) else {
                panic!("{expected}")
            };
            assert_eq!(place, expected);
        }
    }

    #[test]
    fn without_a_configuration_the_launch_type_decides() {
        let definition = json!({"containerDefinitions": [{"name": "web"}]});
        for (launch_type, expected) in [
            (Some("FARGATE"), "no logs: "),
            (
                Some("EC2"),
                "stored on the container instance by Docker's default log driver: ",
            ),
            (
                Some("EXTERNAL"),
                "stored on the container instance by Docker's default log driver: ",
            ),
            (Some("MANAGED_INSTANCES"), "unknown log location: "),
            (Some("TOMORROW"), "unknown log location: "),
            (None, "unknown log location: "),
        ] {
            let Some(LogDestination::Elsewhere { driver: None, place }) = log_destination(
                &TaskDefinition::read(definition.clone()),
                "web",
                ("t", launch_type),
                None,
            ) else {
                panic!("{launch_type:?}")
            };
            assert_eq!(place, format!("{expected}the container has no logConfiguration"));
        }
    }

    #[test]
    fn invalid_definitions_have_no_log_destination() {
        for odd in [
            json!(null),
            json!([]),
            json!({"containerDefinitions": {"name": "web"}}),
        ] {
            assert_eq!(
                log_destination(&TaskDefinition::read(odd), "web", ("t", None), None),
                None
            );
        }
        assert_eq!(of(json!({"logDriver": "awslogs", "options": 3})), None);
    }
}
