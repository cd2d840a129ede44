use super::*;

/// Returns the messages of a service's `volumeConfigurations` and its definition's `volumes`, each with its line.
fn messages(configured: &str, volumes: &str, mounts: &str) -> Vec<String> {
    let text = format!(
        "services:
  web:
    volumeConfigurations: [{configured}]
    taskDefinition:
      cpu: 256
      memory: 512
      volumes: [{volumes}]
      containerDefinitions: {{web: {{image: busybox, mountPoints: [{mounts}]}}}}
"
    );
    let said = said(&text);
    let lines: Vec<&str> = said.lines().collect();
    let message = |at: usize| {
        let place = lines[at + 1].trim_start().trim_start_matches("--> deploy.yaml:");
        let line = place.split(':').next().unwrap_or_default();
        format!("{line} {}", lines[at].trim_start_matches("error: "))
    };
    (0..lines.len())
        .filter(|at| lines[*at].starts_with("error: "))
        .map(message)
        .collect()
}

const AT_LAUNCH: &str = "{name: data, configuredAtLaunch: true}";
const MOUNT: &str = "{sourceVolume: data, containerPath: /data}";
const EBS: &str =
    "{name: data, managedEBSVolume: {roleArn: 'arn:aws:iam::123456789012:role/x', sizeInGiB: 10}}";

#[test]
fn volume_at_launch_is_mounted_and_configured() {
    assert_eq!(messages(EBS, AT_LAUNCH, MOUNT), [""; 0]);
    assert_eq!(messages("", AT_LAUNCH, MOUNT), [""; 0]);
    assert_eq!(
        messages(EBS, AT_LAUNCH, ""),
        ["7 no container mounts the volume `data`, which is configured at launch"]
    );
    assert_eq!(
        messages(EBS, "{name: data}", MOUNT),
        ["3 the volume `data` is not configured at launch"]
    );
    assert_eq!(
        messages(EBS, "{name: data, configuredAtLaunch: false}", MOUNT),
        ["3 the volume `data` is not configured at launch"]
    );
    assert_eq!(
        messages(
            "",
            &format!("{AT_LAUNCH}, {{name: more, configuredAtLaunch: true}}"),
            MOUNT
        ),
        ["7 a task definition has at most one volume that is configured at launch"]
    );
}

#[test]
fn ebs_volume_members_go_together() {
    for (members, message) in [
        ("snapshotId: snap-1", ""),
        ("snapshotId: snap-1, volumeInitializationRate: 100", ""),
        ("sizeInGiB: 10, volumeType: gp3, throughput: 250, iops: 3000", ""),
        ("sizeInGiB: 10, throughput: 250", ""),
        ("volumeType: gp3", "3 an EBS volume needs a size or a snapshot"),
        (
            "sizeInGiB: 10, volumeInitializationRate: 100",
            "3 `volumeInitializationRate` is for volumes from a snapshot",
        ),
        (
            "sizeInGiB: 10, volumeType: io2",
            "3 an EBS volume of type io2 needs `iops`",
        ),
        (
            "sizeInGiB: 200, volumeType: st1, iops: 500",
            "3 an EBS volume of type st1 has no `iops`",
        ),
        (
            "sizeInGiB: 10, volumeType: gp2, throughput: 250",
            "3 an EBS volume of type gp2 has no `throughput`",
        ),
    ] {
        let ebs = format!(
            "{{name: data, managedEBSVolume: {{roleArn: 'arn:aws:iam::123456789012:role/x', {members}}}}}"
        );
        let expected: Vec<&str> = [message].into_iter().filter(|it| !it.is_empty()).collect();
        assert_eq!(messages(&ebs, AT_LAUNCH, MOUNT), expected, "{members}");
    }
}

#[test]
fn efs_volume_members_go_together() {
    for (members, message) in [
        ("", ""),
        (
            "transitEncryption: ENABLED, authorizationConfig: {iam: ENABLED, accessPointId: fsap-1}",
            "",
        ),
        (
            "rootDirectory: /, transitEncryption: ENABLED, authorizationConfig: {accessPointId: fsap-1}",
            "",
        ),
        ("rootDirectory: /srv, authorizationConfig: {iam: DISABLED}", ""),
        (
            "rootDirectory: /srv, transitEncryption: ENABLED, authorizationConfig: {accessPointId: fsap-1}",
            "7 `rootDirectory` of an EFS volume with an access point must be `/`",
        ),
        (
            "authorizationConfig: {iam: ENABLED}",
            "7 authorization by IAM needs an EFS volume with encryption in transit",
        ),
        (
            "transitEncryption: DISABLED, authorizationConfig: {accessPointId: fsap-1}",
            "7 an access point needs an EFS volume with encryption in transit",
        ),
    ] {
        let efs = format!("{{name: data, efsVolumeConfiguration: {{fileSystemId: fs-1, {members}}}}}");
        let expected: Vec<&str> = [message].into_iter().filter(|it| !it.is_empty()).collect();
        assert_eq!(messages("", &efs, MOUNT), expected, "{members}");
    }
}

#[test]
fn registry_has_one_port() {
    let said = said(&fargate(
        "serviceRegistries: [{registryArn: arn:x, containerName: web, containerPort: 80, port: 80}]",
    ));
    assert!(
        said.contains("a service registry has `port` or `containerName`, not both"),
        "{said}"
    );
}
