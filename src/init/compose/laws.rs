//! Property tests: what is mapped of a Compose file is in the rendered file, in whatever syntax it is written.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::config::Lookups;
use crate::init::rendered_draft::{or_report, rendered_draft};
use crate::model::{Object, Value, command_string};
use crate::schema::testing::cases;

/// A part of a service: its attributes, and the members of the container that they become.
type ComposeCase = (Value, Value);

/// Returns what `render` prints of the draft of a file.
fn through_init(file: &str) -> Value {
    let compose = ComposeFile::parse("compose.yaml", file).expect("a Compose file");
    let draft = compose.draft(&ComposeInputs::default(), &DraftHead::default());
    rendered_draft(&or_report(draft, file), &Lookups::default(), None)
}

/// A text as Compose writes it.
fn written(text: &str) -> String {
    text.replace('$', "$$")
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z0-9 ${}:#'\"%<>_./-]{1,16}", "\\PC{1,8}", "[a-z]{1,6}"]
        .prop_filter("not blank", |text| !text.trim().is_empty())
}

fn either(first: Value, second: Value, is_first: bool) -> Value {
    if is_first { first } else { second }
}

fn words(attribute: &'static str, member: &'static str) -> BoxedStrategy<ComposeCase> {
    let words = prop::collection::vec(text(), 1..4);
    (words, any::<bool>())
        .prop_map(move |(words, is_list)| {
            let list: Vec<String> = words.iter().map(|word| written(word)).collect();
            let line = written(&command_string(&words)).into();
            (
                json!({attribute: either(json!(list), line, is_list)}),
                json!({member: words}),
            )
        })
        .boxed()
}

fn pairs(attribute: &'static str) -> BoxedStrategy<(Value, Vec<(String, String)>)> {
    let pairs = prop::collection::btree_map("[A-Z]{1,4}", text(), 1..4);
    (pairs, any::<bool>())
        .prop_map(move |(pairs, is_list)| {
            let list: Vec<String> = pairs
                .iter()
                .map(|(name, value)| format!("{name}={}", written(value)))
                .collect();
            let map: Object = pairs
                .iter()
                .map(|(name, value)| (name.clone(), written(value).into()))
                .collect();
            let attributes = json!({attribute: either(json!(list), Value::Object(map), is_list)});
            (attributes, pairs.into_iter().collect())
        })
        .boxed()
}

fn environment() -> BoxedStrategy<ComposeCase> {
    pairs("environment")
        .prop_map(|(attributes, pairs)| {
            let items: Vec<Value> = pairs
                .iter()
                .map(|(name, value)| json!({"name": name, "value": value}))
                .collect();
            (attributes, json!({"environment": items}))
        })
        .boxed()
}

fn labels() -> BoxedStrategy<ComposeCase> {
    pairs("labels")
        .prop_map(|(attributes, pairs)| {
            let labels: Object = pairs
                .into_iter()
                .map(|(name, value)| (name, value.into()))
                .collect();
            (attributes, json!({"dockerLabels": labels}))
        })
        .boxed()
}

fn ports() -> BoxedStrategy<ComposeCase> {
    (1..65_535_u16, any::<bool>(), 0..3_u8)
        .prop_map(|(port, is_udp, syntax)| {
            let protocol = if is_udp { "udp" } else { "tcp" };
            let published = match syntax {
                0 => json!([format!("{port}/{protocol}")]),
                1 => json!([format!("127.0.0.1:9000:{port}/{protocol}")]),
                _ => json!([{"target": port, "published": "9000", "protocol": protocol}]),
            };
            let mapping = match is_udp {
                true => json!({"containerPort": port, "protocol": "udp"}),
                false => json!({"containerPort": port}),
            };
            (json!({"ports": published}), json!({"portMappings": [mapping]}))
        })
        .boxed()
}

fn health_check() -> BoxedStrategy<ComposeCase> {
    let numbers = (5..300_u32, 2..60_u32, 1..10_u32, 0..300_u32);
    (text(), numbers, any::<bool>())
        .prop_map(
            |(command, (interval, timeout, retries, start), is_list)| {
                let test = either(
                    json!(["CMD-SHELL", written(&command)]),
                    written(&command).into(),
                    is_list,
                );
                (
                    json!({"healthcheck": {"test": test, "interval": format!("{}m{}s", interval / 60, interval % 60),
                        "timeout": format!("{timeout}000ms"), "retries": retries, "start_period": format!("{start}s")}}),
                    json!({"healthCheck": {"command": ["CMD-SHELL", command], "interval": interval, "timeout": timeout,
                        "retries": retries, "startPeriod": start}}),
                )
            },
        )
        .boxed()
}

fn mounts() -> BoxedStrategy<ComposeCase> {
    ("[a-z][a-z_-]{0,6}[a-z]", any::<bool>(), any::<bool>())
        .prop_map(|(name, is_short, is_read_only)| {
            let mode = if is_read_only { ":ro" } else { "" };
            let volume = either(
                json!(format!("{name}:/data{mode}")),
                json!({"type": "volume", "source": name, "target": "/data", "read_only": is_read_only}),
                is_short,
            );
            let mut point = json!({"sourceVolume": name, "containerPath": "/data"});
            if is_read_only {
                point["readOnly"] = true.into();
            }
            (json!({"volumes": [volume]}), json!({"mountPoints": [point]}))
        })
        .boxed()
}

fn scalars() -> BoxedStrategy<ComposeCase> {
    (text(), any::<bool>(), 2..120_u32, 1..9000_i64)
        .prop_map(|(text, flag, stop, limit)| {
            (
                json!({"user": written(&text), "working_dir": written(&text), "read_only": flag, "init": flag,
                    "stop_grace_period": format!("{stop}s"), "ulimits": {"nofile": limit, "nproc": {"soft": limit, "hard": limit}},
                    "cap_drop": ["CAP_NET_RAW"], "tmpfs": "/tmp:size=64m,rw"}),
                json!({"user": text, "workingDirectory": text, "readonlyRootFilesystem": flag, "stopTimeout": stop,
                    "linuxParameters": {"initProcessEnabled": flag, "capabilities": {"drop": ["NET_RAW"]},
                        "tmpfs": [{"containerPath": "/tmp", "size": 64}]},
                    "ulimits": [{"name": "nofile", "softLimit": limit, "hardLimit": limit},
                        {"name": "nproc", "softLimit": limit, "hardLimit": limit}]}),
            )
        })
        .boxed()
}

fn service() -> impl Strategy<Value = ComposeCase> {
    let parts = vec![
        words("command", "command"),
        words("entrypoint", "entryPoint"),
        environment(),
        labels(),
        ports(),
        health_check(),
        mounts(),
        scalars(),
    ];
    let parts: Vec<_> = parts.into_iter().map(prop::option::of).collect();
    parts.prop_map(|parts| {
        let (mut attributes, mut members) = (json!({"image": "nginx:1.27"}), json!({}));
        for (attribute, member) in parts.into_iter().flatten() {
            for (all, part) in [(&mut attributes, attribute), (&mut members, member)] {
                all.as_object_mut()
                    .unwrap()
                    .extend(part.as_object().unwrap().clone());
            }
        }
        (attributes, members)
    })
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn nothing_mapped_is_lost_and_nothing_added(
        (attributes, expected) in service(), replicas in 0..9_u32, size in prop::sample::select(vec![(256, 512), (1024, 3072), (4096, 8192)])
    ) {
        let mut attributes = attributes;
        let cpus = f64::from(size.0) / 1024.0;
        attributes["deploy"] = json!({"replicas": replicas,
            "resources": {"limits": {"cpus": cpus.to_string(), "memory": format!("{}M", size.1)}}});
        let rendered = through_init(&json!({"services": {"web": attributes}}).to_string());
        let service = &rendered["services"]["web"];
        prop_assert_eq!(&service["service"]["desiredCount"], &json!(replicas));
        let definition = &service["taskDefinition"];
        prop_assert_eq!((&definition["cpu"], &definition["memory"]), (&json!(size.0.to_string()), &json!(size.1.to_string())));
        let mut container = definition["containerDefinitions"][0].clone();
        let members = container.as_object_mut().unwrap();
        for default in ["name", "image", "essential", "logConfiguration"] {
            prop_assert!(members.shift_remove(default).is_some(), "{}", default);
        }
        prop_assert_eq!(container, expected);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(file) = ComposeFile::parse("compose.yaml", &text) {
            let _ = file.draft(&ComposeInputs::default(), &DraftHead::default());
        }
    }

    #[test]
    fn no_value_of_an_attribute_panics(
        attribute in prop::sample::select(vec!["build", "command", "deploy", "depends_on", "env_file", "environment", "extends",
            "healthcheck", "image", "labels", "ports", "expose", "profiles", "platform", "secrets", "sysctls", "tmpfs", "ulimits", "volumes"]),
        value in prop::sample::select(vec![json!(null), json!(1), json!(true), json!(""), json!("$"), json!("a"), json!([]), json!([1]), json!([{}]),
            json!([[]]), json!([null]), json!({}), json!({"a": 1}), json!({"a": null}), json!({"test": []}), json!({"context": []}),
            json!({"service": "web"}), json!({"web": {"condition": "service_completed_successfully"}}), json!(":"), json!("/"), json!("é:/é")])
    ) {
        let file = json!({"services": {"web": {"image": "a", attribute: value}}}).to_string();
        let compose = ComposeFile::parse("compose.yaml", &file).unwrap();
        let _ = compose.env_files(&IndexMap::new());
        let _ = compose.draft(&ComposeInputs::default(), &DraftHead::default());
    }
}
