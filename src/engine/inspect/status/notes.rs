//! What could not be read. It is said once, however many services it concerns.

use crate::aws::AwsError;
use crate::diagnostic::Explain;

/// Sentences, each once.
#[derive(Debug, Default)]
pub struct Notes(Vec<String>);

impl Notes {
    /// What a read brought. A stand-in that lacks the operation has nothing to show, which is no news.
    pub fn take<T>(&mut self, read: Result<T, AwsError>, what: &str) -> Option<T> {
        match read {
            Ok(brought) => Some(brought),
            Err(error) => {
                tracing::debug!(%error, "not read");
                if !error.is_unsupported() {
                    let action = error.action();
                    self.add(match error.is_access_denied() {
                        true => format!("{what} can't be shown without the right to {action}"),
                        false => format!("{what} could not be read ({action}: {})", error.explain().code),
                    });
                }
                None
            }
        }
    }

    /// Adds a sentence.
    pub fn add(&mut self, sentence: String) {
        if !self.0.contains(&sentence) {
            self.0.push(sentence);
        }
    }

    /// All of them.
    pub fn into_sentences(self) -> Vec<String> {
        self.0
    }
}
