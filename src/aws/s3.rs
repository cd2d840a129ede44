//! Amazon S3: objects with a Terraform state.

use super::error::{AwsError, AwsErrorKind, error_text};
use super::session::Aws;
use super::wire::{AwsCall, typed};
use crate::model::is_region;

/// What S3 has where an object was looked for.
#[derive(Clone, PartialEq, Eq)]
pub enum StoredObject {
    /// The object.
    Content(Vec<u8>),
    /// The bucket has no object with the key.
    NoKey,
    /// The bucket doesn't exist.
    NoBucket,
    /// The bucket is in this region, which is not the session's.
    ElsewhereIn(String),
}

impl Aws {
    /// Calls GetObject for an object in the session's region.
    pub async fn get_object(&self, bucket: &str, key: &str) -> Result<StoredObject, AwsError> {
        let call = AwsCall::new("s3", "GetObject").on(format!("s3://{bucket}/{key}"));
        let reply = typed!(self, call.clone(), self.s3().get_object().bucket(bucket).key(key));
        let reply = match reply {
            Err(error) => return missing(&error).ok_or(error),
            Ok(reply) => reply,
        };
        match reply.body.collect().await {
            Ok(bytes) => Ok(StoredObject::Content(bytes.to_vec())),
            Err(error) => {
                let said = Some(error_text(&error));
                Err(AwsError::new(&call, AwsErrorKind::Nonsense, said))
            }
        }
    }
}

/// Returns what an error says about where the object is (Amazon S3 API reference, "Error responses").
fn missing(error: &AwsError) -> Option<StoredObject> {
    match error.aws_code()? {
        "NoSuchKey" => Some(StoredObject::NoKey),
        "NoSuchBucket" => Some(StoredObject::NoBucket),
        "PermanentRedirect" | "TemporaryRedirect" | "AuthorizationHeaderMalformed" => {
            let region = error.bucket_region().filter(|region| is_region(region))?;
            Some(StoredObject::ElsewhereIn(region.to_owned()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::testing::{Answer, FakeAws};

    fn refusal(status: u16, code: &str, more: &str) -> Answer {
        let xml = format!("<Error><Code>{code}</Code><Message>no</Message>{more}</Error>");
        Answer::Reply(status, xml)
    }

    #[tokio::test]
    async fn objects_are_read_by_bucket_and_key() {
        let region = "<Region>eu-west-1</Region>";
        let fake = FakeAws::answering([
            Answer::Reply(200, "{}".to_owned()),
            refusal(404, "NoSuchKey", ""),
            refusal(404, "NoSuchBucket", ""),
            refusal(400, "AuthorizationHeaderMalformed", region),
            refusal(301, "PermanentRedirect", "<Region>x.evil.test/</Region>"),
        ])
        .await;
        let aws = fake.session().await;
        let read = || aws.get_object("states", "env:/prod/a b.tfstate");
        assert!(read().await.unwrap() == StoredObject::Content(b"{}".to_vec()));
        assert!(read().await.unwrap() == StoredObject::NoKey);
        assert!(read().await.unwrap() == StoredObject::NoBucket);
        assert!(read().await.unwrap() == StoredObject::ElsewhereIn("eu-west-1".to_owned()));
        let Err(error) = read().await else { panic!() };
        assert_eq!(error.aws_code(), Some("PermanentRedirect"));
        let head = &fake.requests()[0].head;
        assert!(
            head.starts_with("GET /states/env%3A/prod/a%20b.tfstate"),
            "path style: {head}"
        );
    }
}
