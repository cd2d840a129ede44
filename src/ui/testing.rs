//! Streams for tests.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use super::look::Look;
use super::printer::{Printer, Settings};

/// A stream that keeps what is written.
#[derive(Clone, Default)]
pub struct Captured(Arc<Mutex<Vec<u8>>>);

impl Captured {
    /// A printer, and what it wrote to stdout and to stderr.
    pub fn printer(settings: Settings, look: Look) -> (Printer, Captured, Captured) {
        let (out, err) = (Captured::default(), Captured::default());
        let printer = Printer::to(
            settings,
            (Box::new(out.clone()), look),
            (Box::new(err.clone()), look),
        );
        (printer, out, err)
    }

    /// What was written so far.
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A stream that can't be written.
pub struct FailingWriter(io::ErrorKind);

impl FailingWriter {
    /// A printer whose stdout fails in this way, and what it wrote to stderr.
    pub fn printer(kind: io::ErrorKind) -> (Printer, Captured) {
        let err = Captured::default();
        let out = (Box::new(Self(kind)) as Box<dyn Write + Send>, Look::PLAIN);
        (
            Printer::to(Settings::default(), out, (Box::new(err.clone()), Look::PLAIN)),
            err,
        )
    }
}

impl Write for FailingWriter {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
