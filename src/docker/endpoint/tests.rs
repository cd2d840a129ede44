use super::*;
use crate::diagnostic::Explain;
use crate::model::MASK;

fn host(host: &str) -> DockerEnvironment {
    DockerEnvironment {
        host: Some(host.to_owned()),
        config_dir: Some("/home/ann/.docker".into()),
        ..DockerEnvironment::default()
    }
}

fn tcp_place(host: &str, port: u16) -> EndpointCandidate {
    EndpointCandidate::Tcp {
        host: host.to_owned(),
        port,
        certificates: None,
    }
}

#[test]
fn each_form_of_docker_host() {
    let rows = [
        (
            "unix:///run/d.sock",
            EndpointCandidate::Unix("/run/d.sock".into()),
        ),
        ("tcp://10.0.0.5", tcp_place("10.0.0.5", 2375)),
        ("tcp://10.0.0.5:4444", tcp_place("10.0.0.5", 4444)),
        ("http://build.local:80/", tcp_place("build.local", 80)),
        ("tcp://[::1]:2375", tcp_place("::1", 2375)),
        ("tcp://[::1]", tcp_place("::1", 2375)),
        (
            "https://build.local",
            EndpointCandidate::Tcp {
                host: "build.local".to_owned(),
                port: 2376,
                certificates: Some("/home/ann/.docker".into()),
            },
        ),
    ];
    for (text, place) in rows {
        let found = places(&host(text)).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(found.places, [place], "{text}");
        assert_eq!(found.named_by.as_deref(), Some("DOCKER_HOST"));
    }
}

#[test]
fn an_invalid_docker_host_is_an_error_with_a_hint() {
    let rows = [
        ("/var/run/docker.sock", "not a Docker daemon address", "unix://"),
        ("unix://docker.sock", "no absolute path", "three slashes"),
        ("tcp://", "not HOST:PORT", "tcp://host:2375"),
        ("tcp://host:seventy", "not HOST:PORT", "tcp://host:2375"),
        ("tcp://[::1", "not HOST:PORT", "tcp://host:2375"),
        ("npipe:////./pipe/docker_engine", "npipe", "unix://"),
        (
            "ssh://ann@build.local:2222",
            "over ssh",
            "-p 2222 ann@build.local",
        ),
    ];
    for (text, why, cure) in rows {
        let error = places(&host(text)).expect_err(text);
        assert!(error.to_string().starts_with("DOCKER_HOST: "), "{error}");
        assert!(error.to_string().contains(why), "{error}");
        assert!(
            error
                .explain()
                .hint
                .unwrap_or_default()
                .to_string()
                .contains(cure),
            "{error:?}"
        );
    }
}

#[test]
fn tls_certificates_come_from_cert_path_or_config() {
    let mut around = host("tcp://build.local");
    around.tls_verify = true;
    let certificates = |around: &DockerEnvironment| match &places(around).unwrap().places[..] {
        [
            EndpointCandidate::Tcp {
                certificates, port, ..
            },
        ] => (certificates.clone(), *port),
        other => panic!("{other:?}"),
    };
    assert_eq!(certificates(&around), (Some("/home/ann/.docker".into()), 2376));
    around.cert_path = Some("/certs".into());
    assert_eq!(certificates(&around), (Some("/certs".into()), 2376));
}

fn context(meta: &str) -> DockerEnvironment {
    DockerEnvironment {
        context: Some(DockerContext {
            name: "prod".to_owned(),
            named_by: "DOCKER_CONTEXT".to_owned(),
            meta: Ok(meta.to_owned()),
            certificates: None,
        }),
        ..DockerEnvironment::default()
    }
}

#[test]
fn docker_host_overrides_the_context() {
    let mut around = context(r#"{"Endpoints": {"docker": {"Host": "unix:///ctx.sock"}}}"#);
    assert_eq!(
        places(&around).unwrap().places,
        [EndpointCandidate::Unix("/ctx.sock".into())]
    );
    around.host = Some("unix:///host.sock".to_owned());
    assert_eq!(
        places(&around).unwrap().places,
        [EndpointCandidate::Unix("/host.sock".into())]
    );
}

#[test]
fn a_broken_context_is_an_error_that_names_it() {
    for meta in [
        "",
        "{}",
        "[]",
        r#"{"Endpoints": {"docker": {"Host": 7}}}"#,
        r#"{"Endpoints": {"docker": {"Host": "ssh://h"}}}"#,
    ] {
        let error = places(&context(meta)).expect_err(meta);
        assert!(
            error
                .to_string()
                .contains("the Docker context `prod` of DOCKER_CONTEXT"),
            "{error}"
        );
    }
}

#[test]
fn the_usual_sockets_are_docker_then_rootless_then_podman() {
    let around = DockerEnvironment {
        home: Some("/home/ann".into()),
        runtime_dir: Some("/run/user/1000".into()),
        ..DockerEnvironment::default()
    };
    let found = places(&around).unwrap();
    assert_eq!(found.named_by, None);
    let paths: Vec<String> = found
        .places
        .iter()
        .map(|place| match place {
            EndpointCandidate::Unix(path) => path.display().to_string(),
            EndpointCandidate::Tcp { .. } => panic!("no TCP is tried unasked"),
        })
        .collect();
    assert_eq!(
        paths,
        [
            "/var/run/docker.sock",
            "/run/user/1000/docker.sock",
            "/home/ann/.docker/run/docker.sock",
            "/home/ann/.docker/desktop/docker.sock",
            "/run/user/1000/podman/podman.sock",
            "/run/podman/podman.sock",
        ]
    );
}

#[test]
fn the_context_folder_is_the_hash_of_the_name() {
    // `printf desktop-linux | sha256sum`
    assert_eq!(
        context_folder("desktop-linux"),
        "fe9c6bd7a66301f49ca9b6a70b217107cd1284598bfc254700c989b916da791e"
    );
}

#[test]
fn a_password_in_docker_host_is_masked() {
    for text in [
        "tcp://ann:s3cret@build.local:2375",
        "https://ann:s3c:ret@build.local",
        "ssh://ann:s3cret@build.local:22",
        "ann:s3cret@build.local:2375",
        "unix://ann:s3cret@build.local",
        "tcp://ann:s3/cret@build.local",
    ] {
        let error = places(&host(text)).unwrap_err();
        let explained = format!("{error} {:?}", error.explain());
        assert!(!explained.contains("s3c"), "{explained}");
        assert!(!explained.contains("cret"), "{explained}");
        assert!(
            error.to_string().contains(&format!("ann:{MASK}@build.local")),
            "{error}"
        );
    }
}
