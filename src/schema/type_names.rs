//! Names shapes in plain English, and links to their pages in AWS's API reference.

use super::model::{EcsOperation, ShapeName, ShapeType, model};

/// Keys that deploy.yaml has in a container besides the API's. Who reads them also removes them.
pub(super) const CONTAINER_KEYS: [&str; 1] = ["envFile"];

/// Names for shapes whose own names are too short or too long.
const WORDS: [(&str, &str); 12] = [
    ("PutMetricAlarmInput", "an alarm"),
    ("StepScalingPolicyConfiguration", "a step scaling policy"),
    ("PutScheduledActionRequest", "a scheduled action"),
    (
        "TargetTrackingScalingPolicyConfiguration",
        "a target tracking configuration",
    ),
    ("RegisterTaskDefinitionRequest", "a task definition"),
    ("CreateServiceRequest", "a service"),
    ("UpdateServiceRequest", "a service"),
    ("RunTaskRequest", "a task to run"),
    ("KeyValuePair", "a name and value"),
    ("AwsVpcConfiguration", "an awsvpc configuration"),
    ("HostVolumeProperties", "a volume's host"),
    ("ServiceManagedEBSVolumeConfiguration", "a managed EBS volume"),
];

/// Returns a shape's name in plain English, with its article: `a container definition`.
pub fn in_words(shape: &str) -> String {
    if let Some((_, words)) = WORDS.iter().find(|(name, _)| *name == shape) {
        return (*words).to_owned();
    }
    let words = split(shape).join(" ");
    // An acronym takes the article of its first letter's name: an EFS volume, a KMS key.
    let an = words.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'F', 'I', 'M', 'N', 'S']);
    format!("{} {words}", if an { "an" } else { "a" })
}

/// Splits a name into words: `EFSVolumeConfiguration` into `EFS`, `volume`, `configuration`.
fn split(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        let before_is_small = at > 0 && !letters[at - 1].is_uppercase();
        let next_is_small = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (at == 0 || before_is_small || next_is_small) {
            words.push(String::new());
        }
        match words.last_mut() {
            Some(word) => word.push(*letter),
            None => words.push(letter.to_string()),
        }
    }
    let is_acronym = |word: &String| word.len() > 1 && !word.chars().any(char::is_lowercase);
    words
        .into_iter()
        .map(|word| {
            if is_acronym(&word) {
                word
            } else {
                word.to_lowercase()
            }
        })
        .collect()
}

/// Returns the page of AWS's API reference about a shape, or about the operation whose input it is.
pub fn reference(shape: &str) -> String {
    let page = shape.strip_suffix("Request").unwrap_or(shape);
    let page = page.strip_suffix("Input").unwrap_or(page);
    let guide = if model().is_of_autoscaling(shape) {
        "autoscaling/application"
    } else if model().is_of_scheduler(shape) {
        "scheduler/latest"
    } else if model().is_of_cloudwatch(shape) {
        "AmazonCloudWatch/latest"
    } else {
        "AmazonECS/latest"
    };
    format!("https://docs.aws.amazon.com/{guide}/APIReference/API_{page}.html")
}

/// Returns the structures that have a member of this name, those nearest to the top level first.
pub fn places_of(member: &str) -> Vec<ShapeName> {
    let mut places: Vec<ShapeName> = Vec::new();
    for operation in EcsOperation::ALL {
        let mut seen = Vec::new();
        let mut level = vec![operation.input()];
        while !level.is_empty() {
            let mut next = Vec::new();
            for name in level {
                let Some(shape) = model().shape(name).filter(|_| !seen.contains(&name)) else {
                    continue;
                };
                seen.push(name);
                if shape.kind == ShapeType::Structure
                    && shape.member_shape(member).is_some()
                    && !places.contains(&name)
                {
                    places.push(name);
                }
                next.extend(shape.members().map(|(_, inner)| inner));
                next.extend([shape.member, shape.value].into_iter().flatten());
            }
            level = next;
        }
    }
    if CONTAINER_KEYS.contains(&member) {
        places.push("ContainerDefinition");
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_have_readable_names() {
        for (shape, words) in [
            ("ContainerDefinition", "a container definition"),
            ("EFSVolumeConfiguration", "an EFS volume configuration"),
            ("EBSTagSpecification", "an EBS tag specification"),
            ("S3FilesVolumeConfiguration", "an S3 files volume configuration"),
            ("Ulimit", "a ulimit"),
            ("EnvironmentFile", "an environment file"),
            ("RegisterTaskDefinitionRequest", "a task definition"),
        ] {
            assert_eq!(in_words(shape), words);
        }
    }

    #[test]
    fn a_member_is_found_where_it_belongs() {
        assert_eq!(places_of("portMappings"), ["ContainerDefinition"]);
        assert_eq!(places_of("assignPublicIp"), ["AwsVpcConfiguration"]);
        assert_eq!(
            places_of("desiredCount"),
            ["CreateServiceRequest", "UpdateServiceRequest"]
        );
        assert!(places_of("nonsense").is_empty());
    }

    #[test]
    fn the_reference_names_the_operation_of_an_input() {
        assert!(reference("CreateServiceRequest").ends_with("/API_CreateService.html"));
        assert!(reference("PortMapping").ends_with("/API_PortMapping.html"));
        assert_eq!(
            reference("PutScheduledActionRequest"),
            "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html"
        );
        assert_eq!(
            reference("RetryPolicy"),
            "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html"
        );
        assert_eq!(
            reference("PutMetricAlarmInput"),
            "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"
        );
    }
}
