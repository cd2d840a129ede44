//! Where Terraform's state is: a file, or an object of Amazon S3.

use std::fmt;

/// What `tfstate:` names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StateLocation {
    /// A file, relative to the folder of deploy.yaml.
    File(String),
    /// An object.
    Object {
        /// The name of its bucket.
        bucket: String,
        /// Its key.
        key: String,
    },
}

impl StateLocation {
    /// Reads a path or `s3://BUCKET/KEY`, or returns why it is neither.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        match text.split_once("://") {
            None if text.trim().is_empty() => Err("it is empty"),
            None => Ok(Self::File(text.to_owned())),
            Some(("s3", object)) => match object.split_once('/') {
                Some((bucket, key)) if is_bucket(bucket) && !key.is_empty() => Ok(Self::Object {
                    bucket: bucket.to_owned(),
                    key: key.to_owned(),
                }),
                _ => Err("write s3://BUCKET/KEY"),
            },
            Some(_) => Err("write the path of a file, or s3://BUCKET/KEY"),
        }
    }
}

impl fmt::Display for StateLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => f.write_str(path),
            Self::Object { bucket, key } => write!(f, "s3://{bucket}/{key}"),
        }
    }
}

/// Whether it has the form of a bucket's name, which becomes part of a host name (Amazon S3 user guide, "General
/// purpose bucket naming rules"; buckets of before 2018 may have capitals and underscores).
fn is_bucket(name: &str) -> bool {
    let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    (3..=255).contains(&name.len()) && name.bytes().all(is_legal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_in_files_or_objects() {
        for (text, expected) in [
            ("terraform.tfstate", Ok("terraform.tfstate")),
            ("../infra/a b.tfstate", Ok("../infra/a b.tfstate")),
            (
                "s3://states/env:/prod/x.tfstate",
                Ok("s3://states/env:/prod/x.tfstate"),
            ),
            ("s3://states", Err("write s3://BUCKET/KEY")),
            ("s3://states/", Err("write s3://BUCKET/KEY")),
            ("s3:///key", Err("write s3://BUCKET/KEY")),
            ("s3://a b/key", Err("write s3://BUCKET/KEY")),
            (
                "gs://states/x",
                Err("write the path of a file, or s3://BUCKET/KEY"),
            ),
            ("", Err("it is empty")),
        ] {
            let location = StateLocation::parse(text).map(|location| location.to_string());
            assert_eq!(location, expected.map(str::to_owned), "{text}");
        }
    }
}
