//! Amazon EC2 and AWS IAM, for which ecsctl has no client: they are large, and a few reads suffice. The client of Elastic Load
//! Balancing sends them, as it speaks the same query protocol (botocore's service models, `protocols`).

use aws_smithy_query::QueryWriter;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::SigningName;
use aws_types::region::{Region, SigningRegion};

/// Where IAM is: one endpoint for each partition, with the region that its signatures name (botocore's endpoints.json,
/// `iam`).
const IAM_ENDPOINTS: [(&str, &str, &str); 7] = [
    ("cn-", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
    ("us-gov-", "iam.us-gov.amazonaws.com", "us-gov-west-1"),
    ("us-iso-", "iam.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"),
    ("us-isob-", "iam.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1"),
    (
        "us-isof-",
        "iam.us-isof-south-1.csp.hci.ic.gov",
        "us-isof-south-1",
    ),
    ("eusc-", "iam.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"),
    ("", "iam.amazonaws.com", "us-east-1"),
];

/// The endpoint of another service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum QueryEndpoint {
    /// Amazon EC2, in the session's region.
    Ec2,
    /// AWS IAM, for this region's partition.
    Iam(String),
}

impl QueryEndpoint {
    /// The version of the API (botocore's service models, `apiVersion`).
    fn version(&self) -> &'static str {
        match self {
            Self::Ec2 => "2016-11-15",
            Self::Iam(_) => "2010-05-08",
        }
    }

    /// Returns a form: the operation and its members, by the names of the protocol (`SubnetId.1`).
    pub fn form(&self, operation: &str, members: &[(String, String)]) -> String {
        let mut form = String::new();
        let mut writer = QueryWriter::new(&mut form, operation, self.version());
        for (name, value) in members {
            writer.prefix(name).string(value);
        }
        writer.finish();
        form
    }

    /// Makes a request to Elastic Load Balancing one to this service. The endpoint of a stand-in stays.
    pub fn redirect(&self, request: &mut HttpRequest, config: &mut ConfigBag) -> Result<(), BoxError> {
        let uri = request.uri().to_owned();
        match self {
            Self::Ec2 => {
                request.set_uri(uri.replacen("://elasticloadbalancing", "://ec2", 1))?;
                config
                    .interceptor_state()
                    .store_put(SigningName::from_static("ec2"));
            }
            Self::Iam(region) => {
                let (_, host, signed_for) = iam_endpoint(region);
                if uri.starts_with("https://elasticloadbalancing") {
                    request.set_uri(format!("https://{host}/"))?;
                }
                let state = config.interceptor_state();
                state.store_put(SigningName::from_static("iam"));
                state.store_put(SigningRegion::from(Region::from_static(signed_for)));
            }
        }
        Ok(())
    }
}

fn iam_endpoint(region: &str) -> (&'static str, &'static str, &'static str) {
    let found = IAM_ENDPOINTS
        .iter()
        .find(|(prefix, ..)| region.starts_with(prefix));
    *found.unwrap_or(&IAM_ENDPOINTS[IAM_ENDPOINTS.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_begin_with_the_action() {
        let members = [("SubnetId.1", "subnet-1"), ("SubnetId.2", "a&b")];
        let members = members.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(
            QueryEndpoint::Ec2.form("DescribeSubnets", &members),
            "Action=DescribeSubnets&Version=2016-11-15&SubnetId.1=subnet-1&SubnetId.2=a%26b"
        );
    }

    #[test]
    fn requests_go_to_the_other_service() {
        for (endpoint, from, to) in [
            (
                QueryEndpoint::Ec2,
                "https://elasticloadbalancing.eu-west-1.amazonaws.com/",
                "https://ec2.eu-west-1.amazonaws.com/",
            ),
            (
                QueryEndpoint::Iam("eu-west-1".to_owned()),
                "https://elasticloadbalancing.eu-west-1.amazonaws.com/",
                "https://iam.amazonaws.com/",
            ),
            (
                QueryEndpoint::Iam("us-gov-east-1".to_owned()),
                "https://elasticloadbalancing.us-gov-east-1.amazonaws.com/",
                "https://iam.us-gov.amazonaws.com/",
            ),
            (
                QueryEndpoint::Iam("us-east-1".to_owned()),
                "http://127.0.0.1:5000/",
                "http://127.0.0.1:5000/",
            ),
        ] {
            let mut request = HttpRequest::empty();
            request.set_uri(from).unwrap();
            let mut config = ConfigBag::base();
            endpoint.redirect(&mut request, &mut config).unwrap();
            assert_eq!(request.uri(), to);
        }
    }
}
