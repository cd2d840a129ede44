//! What is waited for on AWS at the moment, shared by the live view and the log lines.

/// The waits in progress.
#[derive(Debug, Default)]
pub(super) struct Waits {
    waits: Vec<&'static str>,
}

impl Waits {
    /// Notes that a wait began or is over.
    pub fn note(&mut self, what: &'static str, done: bool) {
        match done {
            false => self.waits.push(what),
            true => {
                let at = self.waits.iter().position(|it| *it == what);
                at.map(|at| self.waits.remove(at));
            }
        }
    }

    /// `reading the services, the repositories`; None if nothing is waited for.
    pub fn text(&self) -> Option<String> {
        let mut named: Vec<&str> = Vec::new();
        for what in &self.waits {
            if !named.contains(what) {
                named.push(what);
            }
        }
        (!named.is_empty()).then(|| format!("reading {}", named.join(", ")))
    }
}
