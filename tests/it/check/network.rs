//! The way from the subnets to ECR, logs and secrets.

use super::{check, codes, file, shows, with};
use crate::support::cases;

const IMAGE: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/web@sha256:0000000000000000000000000000000000000000000000000000000000000000";

/// Whether tasks reach what they need, with this route, these endpoints and this `assignPublicIp`.
fn way_out(route: &str, endpoints: &str, public: &str, is_open: bool) {
    let server = with(&format!(
        "resources: {{defaultRoute: {route}, endpoints: [{endpoints}]}}"
    ));
    let file = file().replace("public.ecr.aws/acme/shop:1", IMAGE);
    let file = file.replace(
        "securityGroups:",
        &format!("assignPublicIp: {public}, securityGroups:"),
    );
    let found = codes(&server, &file);
    let closed = found.iter().filter(|code| *code == "no-way-out").count();
    assert_eq!(closed, usize::from(!is_open), "{found:?}");
}

cases! { way_out {
    nat_gateway("nat-1", "", "DISABLED", true);
    internet_gateway_and_public_address("igw-1", "", "ENABLED", true);
    internet_gateway_alone("igw-1", "", "DISABLED", false);
    no_route("null", "", "ENABLED", false);
    all_endpoints("null", "ecr.api, ecr.dkr, s3, logs, secretsmanager, ssm", "DISABLED", true);
    no_endpoint_for_layers("null", "ecr.api, ecr.dkr, logs, secretsmanager, ssm", "DISABLED", false);
    no_endpoint_for_logs("null", "ecr.api, ecr.dkr, s3, secretsmanager, ssm", "DISABLED", false);
    no_endpoint_for_secrets("null", "ecr.api, ecr.dkr, s3, logs, ssm", "DISABLED", false);
    no_endpoint_for_parameters("null", "ecr.api, ecr.dkr, s3, logs, secretsmanager", "DISABLED", false);
} }

#[test]
fn the_hint_names_what_is_missing() {
    let server = with("resources: {defaultRoute: null, endpoints: [ecr.api, s3, logs, secretsmanager, ssm]}");
    let file = file().replace("public.ecr.aws/acme/shop:1", IMAGE);
    let output = check(&server, &file).exits(3);
    shows(
        &output,
        "tasks in subnets subnet-1, subnet-2 can't reach images (ecr.dkr): its route table has no route to the Internet",
    );
    shows(&output, "or create VPC endpoints for ecr.dkr");
}

#[test]
fn images_of_other_registries_need_the_internet() {
    let server = with("resources: {defaultRoute: null}");
    let output = check(&server, &file()).exits(3);
    shows(&output, "can't reach image public.ecr.aws/acme/shop:1");
}
