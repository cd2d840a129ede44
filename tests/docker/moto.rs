//! moto's server, which stands in for Amazon S3, EventBridge Scheduler, Application Auto Scaling, CloudWatch, and what
//! `check` reads.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::ground::address;
use crate::stand_in::{PATIENCE, exchange};
use crate::support::Ecsctl;

/// A server of a test's own.
pub struct Moto {
    server: Child,
    address: SocketAddr,
}

impl Moto {
    /// Starts one, if there is a Python that has it.
    pub fn start() -> Option<Self> {
        let python = address("ECSCTL_TEST_PYTHON")?;
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let server = Command::new(python)
            .args([
                "-m",
                "moto.server",
                "-H",
                "127.0.0.1",
                "-p",
                &address.port().to_string(),
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("moto is among scripts/test-requirements.txt");
        let moto = Self { server, address };
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            assert!(begun.elapsed() < PATIENCE, "moto doesn't listen at {address}");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(moto)
    }

    /// Makes a bucket of S3, or writes an object.
    pub fn put(&self, path: &str, text: &str) {
        let headers = "authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, \
                       SignedHeaders=host, Signature=0\r\n";
        let (status, body) = exchange(self.address, "PUT", path, headers, text).expect("an answer");
        assert_eq!(status, 200, "{path}: {body}");
    }

    /// Sends a form to a service of the query protocol.
    pub fn query(&self, service: &str, form: &str) -> String {
        let headers = format!(
            "authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/{service}/aws4_request, \
             SignedHeaders=host, Signature=0\r\ncontent-type: application/x-www-form-urlencoded\r\n"
        );
        let (status, body) = exchange(self.address, "POST", "/", &headers, form).expect("an answer");
        assert_eq!(status, 200, "{form}: {body}");
        body
    }

    /// `ecsctl ARGUMENTS…` against it.
    pub fn ecsctl(&self, arguments: &[&str]) -> Ecsctl {
        Ecsctl::new(arguments)
            .env("AWS_ENDPOINT_URL", format!("http://{}", self.address))
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
